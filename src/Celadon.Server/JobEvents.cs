using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Celadon.Server.Web;
using Celadon.Store.Import;
using Celadon.Text;

namespace Celadon.Server;

/// <summary>A job in words and as JSON, now and as it goes on.</summary>
internal static class JobEvents
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    /// <summary>How far it is, in words.</summary>
    public static string Says(Job job, Catalogue text)
    {
        (string, object) seconds = ("seconds", (long)job.Elapsed.TotalSeconds);
        return job.Reading is { } reading
            ? ImportWords.Of(text, reading) + " · " + text.Text("rooms.job.time", seconds)
            : job.Total > 0
                ? text.Text("rooms.job.count", ("count", job.Count), ("total", job.Total), seconds)
                : text.Text("rooms.job.time", seconds);
    }

    /// <summary>Where it stands; once it has ended, where its result is or why there is none.</summary>
    public static JsonObject Json(Job job, Catalogue text)
    {
        var json = new JsonObject
        {
            ["job"] = job.Id,
            ["kind"] = job.Kind,
            ["subject"] = job.Subject,
            ["state"] = StateOf(job),
            ["count"] = job.Count,
            ["total"] = job.Total,
            ["file"] = job.Reading?.File,
            ["files"] = job.Reading?.Files,
            ["stage"] = job.Reading?.Stage.ToString().ToLowerInvariant(),
            ["says"] = Says(job, text),
        };
        if (job.Goal is { Batch: > 0 } goal) json["batch"] = goal.Batch;
        if (job.Goal?.Answer is { } answer) json["answer"] = answer.DeepClone();
        if (job.Failure is { } failure) json["findings"] = new JsonArray(Refusal.Json(failure, text));
        return json;
    }

    /// <summary>
    /// A "progress" event whenever something moved, at most five a second, then one event named by how it
    /// ended: "done", "failed" or "cancelled".
    /// </summary>
    public static async IAsyncEnumerable<SseItem<string>> Stream(Job job, Catalogue text,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var last = "";
        while (job.State == JobState.Working)
        {
            var now = Json(job, text).ToJsonString();
            if (now != last) yield return new SseItem<string>(last = now, "progress");
            await Task.WhenAny(job.Ended, Task.Delay(Pace, cancel));
            cancel.ThrowIfCancellationRequested();
        }
        yield return new SseItem<string>(Json(job, text).ToJsonString(), StateOf(job));
    }

    private static string StateOf(Job job) => job.State.ToString().ToLowerInvariant();
}
