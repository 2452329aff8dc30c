using Celadon.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Celadon.Server.Web;

/// <summary>
/// Turns what went wrong into a refusal: said, placed, with the next step; never a stack of calls.
/// </summary>
internal static class Failures
{
    public static async Task Catch(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (RefusedException refused) when (!context.Response.HasStarted)
        {
            await Answer(context, StatusCodes.Status422UnprocessableEntity, refused.Finding);
        }
        catch (Exception failure) when (IsTooLarge(failure) && !context.Response.HasStarted)
        {
            await Answer(context, StatusCodes.Status413PayloadTooLarge,
                Finding.Of("serve.tooLarge", Severity.Error, null));
        }
        catch (AntiforgeryValidationException) when (!context.Response.HasStarted)
        {
            await Answer(context, StatusCodes.Status400BadRequest,
                Finding.Of("serve.oldForm", Severity.Error, null));
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Answer(context, bad.StatusCode, Finding.Of("serve.badRequest", Severity.Error, null));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Celadon.Server")
                .LogError(failure, "{Method} {Path}", context.Request.Method, context.Request.Path);
            await Answer(context, StatusCodes.Status500InternalServerError,
                Finding.Of("serve.failed", Severity.Error, null, ("kind", failure.GetType().Name)));
        }
    }

    /// <summary>The check of a form's token reads the form, and hides that it was too large.</summary>
    private static bool IsTooLarge(Exception failure) => failure is InvalidDataException
        || failure is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
        || failure is AntiforgeryValidationException { InnerException: { } inner } && IsTooLarge(inner);

    private static Task Answer(HttpContext context, int status, Finding finding)
    {
        var policy = SafeHeaders(context);
        context.Response.Clear();
        foreach (var (name, value) in policy) context.Response.Headers[name] = value;
        return Refusal.Write(context, status, finding);
    }

    private static KeyValuePair<string,
        Microsoft.Extensions.Primitives.StringValues>[] SafeHeaders(HttpContext context) =>
        [.. context.Response.Headers.Where(h => h.Key
            is not ("Content-Type" or "Content-Length" or "Content-Disposition"))];
}
