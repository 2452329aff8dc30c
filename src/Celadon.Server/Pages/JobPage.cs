using System.Text.Json.Nodes;
using Celadon.Server.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Celadon.Server.Pages;

/// <summary>
/// Work under way: what, how far, and a button that stops it. Leads on by itself when it ends.
/// </summary>
public sealed class JobPage : Page
{
    private JobPage(PageContext at, Job job) : base(at) => Job = job;

    /// <summary>The page of the job in the path, or null.</summary>
    public static JobPage? Find(PageContext at) => at.Http.RequestServices.GetRequiredService<Jobs>()
        .Find((string)at.Http.GetRouteValue("job")!) is { } job ? new JobPage(at, job) : null;

    /// <summary>The job.</summary>
    public Job Job { get; }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "import";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(JobView);

    /// <inheritdoc/>
    public override int? Refresh => Job.State == JobState.Working ? 1 : null;

    /// <inheritdoc/>
    public override string? Onward
    {
        get
        {
            if (Job is not { State: JobState.Done, Goal: { } goal }) return null;
            if (goal.Flash is { } flash) Flash.Set(At.Http, flash, goal.Batch);
            return $"/{At.Text.Language}{goal.Path}";
        }
    }

    /// <inheritdoc/>
    public override string Title => At.L(Job.State switch
    {
        JobState.Failed => "rooms.job.failed",
        JobState.Cancelled => "rooms.job.cancelled",
        _ => $"rooms.job.{Job.Kind}",
    }, ("subject", Job.Subject));

    /// <summary>How far it is, in words.</summary>
    public string Says => JobEvents.Says(Job, At.Text);

    /// <inheritdoc/>
    public override JsonObject Data => JobEvents.Json(Job, At.Text);
}
