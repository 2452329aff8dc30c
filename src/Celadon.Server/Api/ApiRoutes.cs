using Celadon.Server.Safety;
using Celadon.Server.Web;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Celadon.Server.Api;

/// <summary>The API: what there is to read and to write, and how its doors are kept.</summary>
internal static class ApiRoutes
{
    private static readonly ApiParameter Cursor = new("cursor"), Take = new("take", "integer");
    private static readonly ApiParameter At = new("at", "integer"), Language = new("lang", "string", false,
        "en", "zh");

    /// <summary>Every door, in the order of the document.</summary>
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/api/status", "status", ReadApi.Status),
        new("GET", "/api/questions", "questions", AskApi.Questions) { Parameters = [Language] },
        new("POST", "/api/ask/{question}", "ask", AskApi.Ask)
            { Parameters = [new("question", Required: true), At] },
        new("POST", "/api/explain/{question}", "explain", AskApi.Explain)
        {
            Parameters = [new("question", Required: true), new("number", Required: true), At,
                new("skip", "integer"), Take],
        },
        new("GET", "/api/records", "records", ReadApi.Records)
        {
            IsListing = true,
            Parameters = [new("site"), new("period"), new("kind"), new("resource"), new("basis"),
                new("batch", "integer"), new("evidence"), new("q"), Cursor, Take],
        },
        new("GET", "/api/records/{position}", "record", ReadApi.Record)
            { Parameters = [new("position", "integer", true)] },
        new("GET", "/api/batches", "batches", ReadApi.Batches)
            { IsListing = true, Parameters = [Cursor, Take] },
        new("GET", "/api/registers", "registers", ReadApi.Registers) { Parameters = [new("type")] },
        new("GET", "/api/meters/{meter}/readings", "readings", ReadApi.Readings)
        {
            IsListing = true,
            Parameters = [new("meter", Required: true), new("month", Required: true), Cursor, Take],
        },
        new("GET", "/api/evidence", "evidence", ReadApi.Evidence)
            { IsListing = true, Parameters = [Cursor, Take] },
        new("GET", "/api/databases", "databases", DatabaseApi.Databases),
        new("GET", "/api/databases/{database}", "database", DatabaseApi.Database)
            { Parameters = [new("database", Required: true)] },
        new("GET", "/api/databases/{database}/processes", "processes", DatabaseApi.Processes)
        {
            IsListing = true,
            Parameters = [new("database", Required: true), new("q"), Cursor, Take],
        },
        new("GET", "/api/databases/{database}/processes/{process}", "process", DatabaseApi.Process)
            { Parameters = [new("database", Required: true), new("process", Required: true)] },
        new("POST", "/api/imports", "import", WriteApi.Import)
        {
            TakesFiles = true,
            Parameters = [new("dryRun", "boolean"), new("again", "boolean"), new("correct", "boolean"),
                new("background", "boolean")],
        },
        new("GET", "/api/jobs/{job}", "job", JobApi.Job)
            { Parameters = [new("job", Required: true), Language] },
        new("GET", "/api/jobs/{job}/events", "jobEvents", JobApi.Events)
            { IsStream = true, Parameters = [new("job", Required: true), Language] },
        new("POST", "/api/jobs/{job}/cancel", "jobCancel", JobApi.Cancel)
            { Body = [], Parameters = [new("job", Required: true), Language] },
        new("POST", "/api/reversals", "reverse", WriteApi.Reverse)
            { Body = [new("position", "integer", true), new("reason", Required: true)] },
        new("POST", "/api/closings", "close", WriteApi.Close)
            { Body = [new("site", Required: true), new("month", Required: true), new("note")] },
        new("GET", "/api/openapi.json", "openapi", OpenApi.Answer) { Parameters = [Language] },
    ];

    /// <summary>Maps every door.</summary>
    public static void Map(WebApplication app, ServeOptions options)
    {
        foreach (var route in All)
        {
            if (!route.Writes)
            {
                app.MapDoor(route.Method, route.Path, route.Handler);
                continue;
            }
            var mapped = app.MapDoor(route.Method, route.Path, route.Handler, HoldsToken, AnsweredOnce)
                .DisableAntiforgery();
            if (route.TakesFiles)
                mapped.WithMetadata(new RequestSizeLimitAttribute(options.UploadBytes + 1024 * 1024));
        }
    }

    private static ValueTask<object?> AnsweredOnce(
        EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        new IdempotencyFilter(invocation.HttpContext.RequestServices.GetRequiredService<Books>())
            .InvokeAsync(invocation, next);

    /// <summary>
    /// What changes the books takes the token, never a browser's session: a page of another site cannot send
    /// the token, whatever it makes a browser do.
    /// </summary>
    private static async ValueTask<object?> HoldsToken(
        EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        KeyGate.ShowsToken(invocation.HttpContext.Request) ? await next(invocation)
            : Web.Refusal.Result(invocation.HttpContext, StatusCodes.Status401Unauthorized,
                Finding.Of("api.tokenOnly", Severity.Error, null));
}
