using Celadon.Server.Safety;
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
        catch (Exception failure) when (IsNoRequest(failure) && !context.Response.HasStarted)
        {
            await Answer(context, (failure as BadHttpRequestException)?.StatusCode
                ?? StatusCodes.Status400BadRequest, Finding.Of("serve.badRequest", Severity.Error, null));
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

    /// <summary>
    /// The check of a form's token reads the form, and hides that it was too large. A form that is no form is
    /// told by the same exception, in other words.
    /// </summary>
    private static bool IsTooLarge(Exception failure) => failure is InvalidDataException
        && failure.Message.Contains("exceeded", StringComparison.Ordinal)
        || failure is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
        || failure is AntiforgeryValidationException { InnerException: { } inner } && IsTooLarge(inner);

    /// <summary>The request breaks off or is none: nothing of ours failed.</summary>
    private static bool IsNoRequest(Exception failure) => failure is BadHttpRequestException
        or InvalidDataException || (failure is IOException
            && failure.Source?.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) == true);

    /// <summary>
    /// Begins the answer anew: what a page set before it failed (a type, a name, marks of its renderer) goes.
    /// </summary>
    private static Task Answer(HttpContext context, int status, Finding finding)
    {
        context.Response.Clear();
        SecurityHeaders.Set(context.Response);
        return Refusal.Write(context, status, finding);
    }
}
