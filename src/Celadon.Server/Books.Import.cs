using System.Collections.Immutable;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Server;

/// <summary>An import that was read and not yet recorded.</summary>
/// <param name="Token">Names it.</param>
/// <param name="Files">The files.</param>
/// <param name="Plan">How they were read, what is wrong with them, what they would write.</param>
/// <param name="New">What of it the books do not hold yet.</param>
/// <param name="Answers">Answers given so far.</param>
/// <param name="Maps">How to read the files, where that is stated.</param>
/// <param name="Doubts">What is doubtful about them beside what reading them shows.</param>
public sealed record Staged(
    string Token, IReadOnlyList<SourceFile> Files, ImportPlan Plan, NewInPlan New,
    ImmutableSortedDictionary<string, string> Answers, ImmutableArray<ImportMap> Maps,
    ImmutableArray<Finding> Doubts)
{
    /// <summary>Everything a person should know, worst first.</summary>
    public IEnumerable<Finding> Findings => Plan.Findings.Concat(New.Findings).Concat(Doubts)
        .OrderByDescending(f => f.Severity);
}

/// <summary>What an import adds of one meter or carrier.</summary>
/// <param name="Meter">The meter; empty for entries.</param>
/// <param name="Resource">What flows.</param>
/// <param name="Before">What the books say of it now; null when nothing.</param>
/// <param name="Adds">What it adds.</param>
/// <param name="After">
/// What they say then; null where what is there and what comes overlap, so that it is no plain sum.
/// </param>
/// <param name="Unit">Unit of both.</param>
/// <param name="Count">Readings or entries.</param>
public sealed record ImportEffect(
    string Meter, string Resource, Amount? Before, Amount Adds, Amount? After, string Unit, long Count);

public sealed partial class Books
{
    private const int MostStaged = 4;
    private readonly List<Staged> _staged = [];
    private readonly Lock _staging = new();

    /// <summary>
    /// Reads files without recording anything. The result is asked for again by its token until it is
    /// committed or dropped; only the last few are kept.
    /// </summary>
    public Staged Stage(IReadOnlyList<SourceFile> files, Action<ImportProgress>? progress = null,
        CancellationToken cancel = default) =>
        Remember(ServeOptions.NewSecret()[..32], files, ImmutableSortedDictionary<string, string>.Empty, [],
            [], progress, cancel);

    /// <summary>
    /// A staged import, or null when it was committed, dropped or pushed out by later ones.
    /// </summary>
    public Staged? StagedBy(string token)
    {
        lock (_staging) return _staged.Find(s => s.Token == token);
    }

    /// <summary>Reads a staged import again with answers to its questions.</summary>
    public Staged? Answer(string token, IEnumerable<KeyValuePair<string, string>> answers,
        Action<ImportProgress>? progress = null, CancellationToken cancel = default) =>
        StagedBy(token) is { } staged ? Remember(token, staged.Files, staged.Answers.SetItems(answers),
            staged.Maps, staged.Doubts, progress, cancel) : null;

    /// <summary>The forms of files that were read before, as they are remembered.</summary>
    public IReadOnlyList<ImportMap> Templates => Keep("templates", () =>
        _reader.Template("import") is { } kept ? (IReadOnlyList<ImportMap>)ImportMap.Parse(kept) : []);

    /// <summary>Records a staged import as one batch.</summary>
    /// <exception cref="RefusedException">web.import.gone: it is no longer staged.</exception>
    public Imported Commit(
        string token, ImportChoices choices, CancellationToken cancel, Action<long>? progress = null)
    {
        var staged = StagedBy(token) ?? throw RefusedException.Of("web.importGone");
        var imported = _workspace.Commit(staged.Files, staged.Plan, choices, progress, cancel);
        Drop(token);
        return imported;
    }

    /// <summary>Forgets a staged import.</summary>
    public void Drop(string token)
    {
        lock (_staging) _staged.RemoveAll(s => s.Token == token);
    }

    /// <summary>What a staged import adds, by meter and carrier, beside what the books say now.</summary>
    public IReadOnlyList<ImportEffect> EffectOf(Staged staged)
    {
        var status = Keep("status", _workspace.GetStatus);
        var position = _reader.Head().Position;
        var readings = staged.New.Readings.GroupBy(r => (r.Draft.Meter, r.Draft.Resource, r.Draft.Unit))
            .Select(g =>
            {
                var before = status.Meters.FirstOrDefault(m => m.Meter == g.Key.Meter)?.Sum;
                var adds = g.Aggregate(Amount.Zero, (sum, r) => sum + r.Draft.Sum);
                var overlaps = _workspace.Readings.SpanAt(g.Key.Meter, position) is { } held
                    && g.Any(r => r.Draft.Span.Overlaps(held));
                return new ImportEffect(g.Key.Meter, g.Key.Resource, before, adds,
                    overlaps ? null : (before ?? Amount.Zero) + adds, g.Key.Unit,
                    g.Sum(r => (long)r.Draft.Count));
            });
        var entries = staged.New.Entries.Where(e => !e.IsStockCount).GroupBy(e => (e.Resource, e.Unit))
            .Select(g =>
            {
                var before = status.Entries.FirstOrDefault(c =>
                    c.Resource == g.Key.Resource && c.Unit == g.Key.Unit)?.Sum;
                var adds = g.Aggregate(Amount.Zero, (sum, e) => sum + e.Amount);
                return new ImportEffect("", g.Key.Resource, before, adds, (before ?? Amount.Zero) + adds,
                    g.Key.Unit, g.Count());
            });
        return [.. readings, .. entries];
    }

    private Staged Remember(
        string token, IReadOnlyList<SourceFile> files, ImmutableSortedDictionary<string, string> answers,
        ImmutableArray<ImportMap> maps, ImmutableArray<Finding> doubts, Action<ImportProgress>? progress,
        CancellationToken cancel)
    {
        var plan = _workspace.Plan(files, maps, provedOnly: false, answers, progress, cancel);
        var fresh = _workspace.NewIn(plan, new ImportChoices(), progress, cancel);
        var staged = new Staged(token, files, plan, fresh, answers, maps, doubts);
        // Up to here a stop leaves what was staged before as it was.
        cancel.ThrowIfCancellationRequested();
        lock (_staging)
        {
            _staged.RemoveAll(s => s.Token == token);
            _staged.Add(staged);
            if (_staged.Count > MostStaged) _staged.RemoveAt(0);
        }
        return staged;
    }
}
