using System.Collections.Concurrent;
using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Journal;
using Celadon.Text;

namespace Celadon.Server;

/// <summary>
/// What the pages and the API need from a workspace, and nothing else. May be called from several requests at
/// once; listings read through a connection of their own, beside the writer.
/// </summary>
public sealed partial class Books : IDisposable
{
    private const int MostKept = 64;
    private static readonly TimeSpan BeforeChecking = TimeSpan.FromSeconds(3);
    private const int MostAnswers = 16;
    private readonly List<(AnswerKey Key, Asked Answer)> _answers = [];
    private readonly InFlight<AnswerKey, Asked> _asking = new();
    private readonly Lock _answering = new();
    private readonly Workspace _workspace;
    private readonly JournalFile _reader;
    private readonly ConcurrentDictionary<(long Position, string Key), object> _kept = new();
    private volatile IReadOnlyList<Finding> _breaks = [];
    private volatile bool _checking;

    private Books(Workspace workspace)
    {
        _workspace = workspace;
        _reader = workspace.Journal.Reader();
    }

    /// <summary>The books of a workspace, which stays its owner's to close.</summary>
    public static Books Of(Workspace workspace) => new(workspace);

    /// <summary>Where the journal stands now.</summary>
    public Head Head
    {
        get
        {
            var (position, hash) = _reader.Head();
            IReadOnlyList<Finding> wrong = [.. _workspace.Health.Where(f => f.Severity == Severity.Error),
                .. _breaks];
            var condition = _workspace.IsReadOnly || _breaks.Count > 0 ? ChainCondition.Damaged
                : _checking ? ChainCondition.Checking : ChainCondition.Whole;
            return new Head(position, Convert.ToHexStringLower(hash), condition, wrong);
        }
    }

    /// <summary>What exists now.</summary>
    public RegisterSet Registers => Keep("registers", _workspace.Registers);

    /// <summary>First and last month that any record touches; null while nothing was recorded.</summary>
    public MonthSpan? Extent => Keep("extent", () => new Box<MonthSpan?>(_workspace.Extent())).Value;

    /// <summary>What the packs in use say about the world.</summary>
    public FactorLibrary Library => _workspace.Library();

    /// <summary>What a resource is called, or null when no pack names it.</summary>
    public Name? ResourceName(string resource) => Library.Resources.Find(resource)?.Name;

    /// <summary>Asks a question of the books.</summary>
    /// <param name="question">"carbon.inventory".</param>
    /// <param name="spec">Its spec as JSON.</param>
    /// <param name="at">A position, or null for now.</param>
    /// <param name="cancel">Stops long work.</param>
    /// <exception cref="RefusedException">No such question, a spec that does not fit, or no
    /// answer.</exception>
    public Asked Ask(string question, string spec, long? at, CancellationToken cancel) =>
        KeepAnswer(new AnswerKey(_reader.Head().Position, question, spec, at),
            () => _workspace.Ask(Questions.Get(question), spec, at, cancel), cancel);

    /// <summary>Explains the number at a JSON Pointer of an answer, with a page of its rows.</summary>
    public Explained Explain(Asked asked, string pointer, int skip, int take) =>
        _workspace.Explain(asked, pointer, skip, take);

    /// <summary>
    /// Checks the whole chain beside the work; <see cref="Head"/> says so meanwhile, and what it found
    /// afterwards.
    /// </summary>
    public Task CheckChain(CancellationToken cancel)
    {
        if (_workspace.IsReadOnly) return Task.CompletedTask;
        _checking = true;
        return Task.Run(async () =>
        {
            try
            {
                // The first page comes first.
                await Task.Delay(BeforeChecking, cancel);
                using var reader = _workspace.Journal.Reader();
                var breaks = new List<Break>();
                reader.VerifyChain(0, ChainFormat.Genesis(reader.WorkspaceId), breaks,
                    inBackground: true, cancel: cancel);
                _breaks = [.. breaks.Select(b => Finding.Of("chain." + b.Reason, Severity.Error,
                    new Place(Record: b.Position), ("position", b.Position), ("kind", b.Kind)))];
                _checking = false;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                // The server stops; the next start checks again.
            }
        }, CancellationToken.None);
    }

    /// <summary>
    /// Asks beside the start of the server what the first page will ask, so that it finds the packs read and
    /// the account computed, or waits for them.
    /// </summary>
    public Task Warm(CancellationToken cancel) => Task.Run(() =>
    {
        try
        {
            if (UsualPeriod is { } period)
            {
                Ask("carbon.inventory", Pages.InventoryPage.UsualSpec(period), null, cancel);
                Ask("carbon.statistics", Pages.TodayPage.StatisticsSpec(null, period), null, cancel);
            }
        }
        catch (Exception e) when (e is RefusedException or OperationCanceledException)
        {
            // The page itself will say what is refused; a server that stops needs nothing.
        }
    }, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    /// <summary>
    /// What was computed at this position already, or is now. A new record makes everything new.
    /// </summary>
    private T Keep<T>(string key, Func<T> compute) where T : class
    {
        var position = _reader.Head().Position;
        if (_kept.TryGetValue((position, key), out var known)) return (T)known;
        var value = compute();
        foreach (var old in _kept.Keys)
            if (old.Position != position || _kept.Count > MostKept) _kept.TryRemove(old, out _);
        _kept[(position, key)] = value;
        return value;
    }

    /// <summary>The last few answers: an answer holds the view it came from, which may be large.</summary>
    private Asked KeepAnswer(AnswerKey key, Func<Asked> compute, CancellationToken cancel)
    {
        lock (_answering)
        {
            var known = _answers.FindIndex(a => a.Key == key);
            if (known >= 0) return _answers[known].Answer;
        }
        return _asking.Get(key, () =>
        {
            var answer = compute();
            lock (_answering)
            {
                _answers.RemoveAll(a => a.Key.Position != key.Position);
                _answers.Add((key, answer));
                if (_answers.Count > MostAnswers) _answers.RemoveAt(0);
            }
            return answer;
        }, cancel);
    }

    private sealed record AnswerKey(long Position, string Question, string Spec, long? At);

    private sealed record Box<T>(T Value);
}

/// <summary>Where the journal stands.</summary>
/// <param name="Position">The last record; 0 when there is none.</param>
/// <param name="Hash">Its hash, lower-case hex.</param>
/// <param name="Condition">What is known of the chain.</param>
/// <param name="Findings">What is wrong with the workspace, when anything is.</param>
public sealed record Head(long Position, string Hash, ChainCondition Condition,
    IReadOnlyList<Finding> Findings);

/// <summary>What is known of the chain.</summary>
public enum ChainCondition
{
    /// <summary>Verified from the first record to the last.</summary>
    Whole,

    /// <summary>The tail is verified, the rest is being checked.</summary>
    Checking,

    /// <summary>Something does not fit; the workspace is open for reading only.</summary>
    Damaged,
}

/// <summary>A way to narrow a listing.</summary>
/// <param name="Name">"resource", "basis", "kind".</param>
/// <param name="Values">Its values with how many rows have each, most first.</param>
public sealed record Facet(string Name, IReadOnlyList<(string Value, long Count)> Values)
{
    /// <summary>Counts by value as a facet, most first.</summary>
    internal static Facet Of(string name, IEnumerable<(string Value, long Count)> counts) => new(name,
        [.. counts.GroupBy(c => c.Value).Select(g => (g.Key, g.Sum(c => c.Count)))
            .Where(c => c.Key.Length > 0 && c.Item2 > 0)
            .OrderByDescending(c => c.Item2).ThenBy(c => c.Key, StringComparer.Ordinal)]);
}
