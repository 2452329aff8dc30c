using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Celadon.Store.Import;
using Celadon.Text;

namespace Celadon.Server;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>At work.</summary>
    Working,

    /// <summary>Finished; <see cref="Job.Goal"/> says where its result is.</summary>
    Done,

    /// <summary>Refused or failed; <see cref="Job.Failure"/> says why.</summary>
    Failed,

    /// <summary>Stopped by a person; nothing was recorded.</summary>
    Cancelled,
}

/// <summary>Where the result of a job is.</summary>
/// <param name="Path">A page, without the language.</param>
/// <param name="Flash">What to say there, or null.</param>
/// <param name="Batch">The batch it made, or 0.</param>
/// <param name="Answer">What a caller of the API is answered, or null.</param>
public sealed record JobGoal(string Path, string? Flash = null, long Batch = 0, JsonObject? Answer = null);

/// <summary>
/// Work that may take longer than a page: it has a page of its own, a count, and can be stopped.
/// </summary>
public sealed class Job
{
    private volatile bool _stop;
    private volatile Action? _stopping;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private volatile Told? _told;
    private long _count;
    private readonly long _total;

    internal Job(string kind, string subject, long total) => (Kind, Subject, _total) = (kind, subject, total);

    private sealed record Told(ImportProgress Progress);

    /// <summary>Names it in its address.</summary>
    public string Id { get; } = ServeOptions.NewSecret()[..32];

    /// <summary>"read", "record", "close" or "import".</summary>
    public string Kind { get; }

    /// <summary>What it works on.</summary>
    public string Subject { get; }

    /// <summary>How many steps it has; 0 when that is not known.</summary>
    public long Total => Reading?.Total ?? _total;

    /// <summary>How many are done.</summary>
    public long Count
    {
        get => Reading?.Rows ?? Interlocked.Read(ref _count);
        set => Interlocked.Exchange(ref _count, value);
    }

    /// <summary>How far files are read; null before the first word of it, and of other work.</summary>
    public ImportProgress? Reading => _told?.Progress;

    /// <summary>Takes note of how far files are read.</summary>
    public void Tell(ImportProgress progress) => _told = new Told(progress);

    /// <summary>How long it has been at work.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Where it stands.</summary>
    public JobState State { get; private set; }

    /// <summary>Where its result is, once it is done.</summary>
    public JobGoal? Goal { get; private set; }

    /// <summary>Why it failed.</summary>
    public Finding? Failure { get; private set; }

    /// <summary>Ends when the job does; never fails.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Asks it to stop; a batch is recorded whole or not at all.</summary>
    public void Cancel()
    {
        _stop = true;
        try
        {
            _stopping?.Invoke();
        }
        catch (ObjectDisposedException)
        {
            // It ended at this very moment.
        }
    }

    internal void Start(Func<Job, CancellationToken, JobGoal> work) => Ended = Task.Run(() =>
    {
        using var cancel = new CancellationTokenSource();
        _stopping = cancel.Cancel;
        if (_stop) cancel.Cancel();
        try
        {
            var goal = work(this, cancel.Token);
            (Goal, State) = (goal, _stop && goal.Batch == 0 ? JobState.Cancelled : JobState.Done);
        }
        catch (RefusedException refused)
        {
            (Failure, State) = (refused.Finding, JobState.Failed);
        }
        catch (OperationCanceledException)
        {
            State = JobState.Cancelled;
        }
#pragma warning disable CA1031 // Whatever went wrong is said on the job's page; the server goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = Finding.Of("serve.failed", Severity.Error, null, ("kind", failure.GetType().Name));
            State = JobState.Failed;
        }
        finally
        {
            _stopping = null;
            _watch.Stop();
        }
    });
}

/// <summary>
/// The jobs of this run of the server: all that are at work, which must stay in reach of whoever would stop
/// them, and the latest that ended, for their pages.
/// </summary>
public sealed class Jobs
{
    private const int MostKept = 32;
    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>Starts a job.</summary>
    /// <param name="kind">"read", "record", "close" or "import".</param>
    /// <param name="subject">What it works on, in words of the user's own: names of files.</param>
    /// <param name="total">How many steps; 0 when that is not known.</param>
    /// <param name="work">The work; says where its result is.</param>
    public Job Start(string kind, string subject, long total, Func<Job, CancellationToken, JobGoal> work)
    {
        var job = new Job(kind, subject, total);
        _jobs[job.Id] = job;
        _order.Enqueue(job.Id);
        job.Start(work);
        for (var left = _order.Count; left > MostKept && _order.TryDequeue(out var old); left--)
        {
            if (_jobs.TryGetValue(old, out var one) && one.State == JobState.Working) _order.Enqueue(old);
            else _jobs.TryRemove(old, out _);
        }
        return job;
    }

    /// <summary>A job by its id, or null.</summary>
    public Job? Find(string id) => _jobs.GetValueOrDefault(id);
}
