using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Celadon.Store.Files;
using Celadon.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Celadon.Server.Api;

/// <summary>
/// A caller that heard no answer sends the same request again with the same Idempotency-Key and gets the
/// answer of the first. Answers lie in the workspace, synced before they are given. A crash between the
/// books and the answer lets the request run again; then the books themselves refuse or skip what they hold
/// already (a file loaded twice writes nothing, a batch is reversed once, a month is closed once).
/// </summary>
internal sealed class IdempotencyFilter(Books books) : IEndpointFilter
{
    private const string Header = "Idempotency-Key";
    private const int MostKept = 10_000;
    private static readonly ConcurrentDictionary<string, byte> Running = new(StringComparer.Ordinal);

    public async ValueTask<object?> InvokeAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0) return await next(context);
        if (key.Length > 200 || key.Any(char.IsControl))
            throw RefusedException.Of("api.key", ("value", key.Length));
        var asked = await RequestHash(http);
        var path = Path.Combine(books.Folder, "api-answers", Hash(Encoding.UTF8.GetBytes(key)) + ".json");
        if (!Running.TryAdd(path, 0)) return Conflict(http, "api.keyRunning");
        try
        {
            if (File.Exists(path)) return Repeat(http, path, asked);
            var result = await next(context);
            if (result is ContentHttpResult { StatusCode: null or 200, ResponseContent: { } answer })
                Keep(path, asked, answer);
            return result;
        }
        finally
        {
            Running.TryRemove(path, out _);
        }
    }

    private static IResult Repeat(HttpContext http, string path, string asked)
    {
        var kept = JsonNode.Parse(File.ReadAllBytes(path))!;
        if (kept["request"]!.GetValue<string>() != asked) return Conflict(http, "api.keyReused");
        http.Response.Headers["Idempotency-Replayed"] = "true";
        return Results.Text(kept["answer"]!.GetValue<string>(), "application/json", Encoding.UTF8);
    }

    private static void Keep(string path, string asked, string answer)
    {
        var kept = new JsonObject { ["request"] = asked, ["answer"] = answer };
        Durable.Write(path, Encoding.UTF8.GetBytes(kept.ToJsonString()));
        var files = new DirectoryInfo(Path.GetDirectoryName(path)!).GetFiles("*.json");
        foreach (var old in files.OrderByDescending(f => f.LastWriteTimeUtc).Skip(MostKept)) old.Delete();
    }

    private static IResult Conflict(HttpContext http, string code) => Web.Refusal.Result(http,
        StatusCodes.Status409Conflict, Finding.Of(code, Severity.Error, null));

    /// <summary>What was asked: path, query and body; of files their names and bytes.</summary>
    private static async Task<string> RequestHash(HttpContext http)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Path}\n{http.Request.QueryString}\n"));
        if (http.Request.HasFormContentType)
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            foreach (var file in form.Files)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{file.FileName}\n{file.Length}\n"));
                await using var bytes = file.OpenReadStream();
                hash.AppendData(await SHA256.HashDataAsync(bytes, http.RequestAborted));
            }
        }
        else
        {
            http.Request.EnableBuffering();
            hash.AppendData(await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted));
            http.Request.Body.Position = 0;
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
