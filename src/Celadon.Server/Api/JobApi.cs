using Celadon.Server.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Celadon.Server.Api;

/// <summary>Long work: where it stands, a stream of it, and a stop.</summary>
internal static class JobApi
{
    public static IResult Job(HttpContext http, string job, Jobs jobs) => jobs.Find(job) is { } found
        ? ReadApi.Json(JobEvents.Json(found, Refusal.LanguageOf(http.Request)))
        : ReadApi.Absent(http, "job", job);

    /// <summary>Ends with the job, with the caller, or with the server.</summary>
    public static IResult Events(HttpContext http, string job, Jobs jobs, IHostApplicationLifetime server)
    {
        if (jobs.Find(job) is not { } found) return ReadApi.Absent(http, "job", job);
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted,
            server.ApplicationStopping);
        http.Response.RegisterForDispose(cancel);
        return Results.ServerSentEvents(JobEvents.Stream(found, Refusal.LanguageOf(http.Request),
            cancel.Token));
    }

    public static IResult Cancel(HttpContext http, string job, Jobs jobs)
    {
        jobs.Find(job)?.Cancel();
        return Job(http, job, jobs);
    }
}
