using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import;

/// <summary>Collects what the sheets of an import yield into an <see cref="ImportPlan"/>.</summary>
internal sealed class PlanBuilder(ImportContext context)
{
    private const int MostQuestions = 3;

    private readonly List<Finding> _findings = [];
    private readonly List<ImportQuestion> _questions = [];
    private readonly List<RegisterRecord> _registers = [];
    private readonly List<BatchFile> _files = [];
    private readonly List<DocumentPlan> _documents = [];

    public ImportContext Context => context;

    /// <summary>Tells how far the reading is, and ends it when it is cancelled.</summary>
    public ImportPace Pace { get; } = new(context.Progress, context.Cancel);

    public List<Entry> Entries { get; } = [];
    public List<ReadingsDraft> Readings { get; } = [];
    public List<RecordBody> Records { get; } = [];
    public List<ActorName> Names { get; } = [];

    /// <summary>Meters of which a file in this plan has shown that its clock follows summer time.</summary>
    public HashSet<string> LocalClocks { get; } = new(StringComparer.Ordinal);

    /// <summary>Meters registered or proposed, by id.</summary>
    public SortedDictionary<string, Meter> Meters { get; } = new(
        context.Registers.Of<Meter>().ToDictionary(meter => meter.Id), StringComparer.OrdinalIgnoreCase);

    /// <summary>How many findings of one code a sheet lists one by one; the rest are counted.</summary>
    private const int MostAlike = 100;

    private readonly Dictionary<(string Code, string? File, string? Sheet), int> _alike = [];

    public void Add(Finding finding)
    {
        var key = (finding.Code, finding.Place?.File, finding.Place?.Sheet);
        var count = _alike[key] = _alike.GetValueOrDefault(key) + 1;
        if (count <= MostAlike) _findings.Add(finding);
    }

    public void Add(string code, Severity severity, Place? place, params (string, object)[] args) =>
        Add(Finding.Of(code, severity, place, args));

    public void Add(DocumentPlan document) => _documents.Add(document);

    public void Add(SourceFile file) => _files.Add(new BatchFile(file.Name, file.Sha256, file.Bytes.Length));

    private ImmutableArray<SourceFile> _members = [];

    /// <summary>The files with those that zips among them hold.</summary>
    public ImmutableArray<SourceFile> Open(IReadOnlyList<SourceFile> files)
    {
        var opened = ZipFiles.Open(files, context.Limits, _findings);
        _members = [.. opened.Except(files)];
        return opened;
    }

    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);

    /// <summary>
    /// A file that names people is never kept as evidence, nor named in the chain: names can be erased,
    /// evidence and chain cannot.
    /// </summary>
    public void Forget(SourceFile file) => _forgotten.Add(file.Sha256);

    /// <summary>Names stand in a file of their own: what else it held could not be evidenced.</summary>
    private void SettleForgotten()
    {
        foreach (var file in _files.Where(f => _forgotten.Contains(f.Sha256)).ToArray())
        {
            var others = _documents.Where(d => d.Sha256 == file.Sha256 && d.Kind is not DocumentKind.Unknown
                && d.Sheet != "").Count(d => d.Kind != DocumentKind.Records);
            var records = _documents.Count(d => d.Sha256 == file.Sha256 && d.Kind == DocumentKind.Records);
            // A zip that held it would be kept, and the names with it.
            if (others == 0 && records == 1 && !_members.Any(m => m.Sha256 == file.Sha256)) continue;
            Add("import.record.actorsAlone", Severity.Error, new Place(file.Name));
            Names.Clear();
            _forgotten.Remove(file.Sha256);
        }
    }

    private RegisterSet? _known;

    /// <summary>What exists: the workspace's registers and what this plan adds to them.</summary>
    public RegisterSet Registers => _known ??= RegisterSet.From(context.Registers.All
        .Select(item =>
        (item.Position, new RegisterRecord(item.Type, item.Item.Id, RegisterSet.Write(item.Item))))
        .Concat(_registers.Select(record => (0L, record))));

    /// <summary>An item that is not registered after all.</summary>
    public void Unregister(string type, string id)
    {
        if (type == "meter") Meters.Remove(id);
        _registers.RemoveAll(r => r.Type == type && r.Id == id);
        _known = null;
    }

    public void Register(string type, RegisterItem item)
    {
        if (item is Meter meter) Meters[item.Id] = meter;
        _registers.RemoveAll(r => r.Type == type && r.Id == item.Id);
        _registers.Add(new RegisterRecord(type, item.Id, RegisterSet.Write(item)));
        _known = null;
    }

    /// <summary>An item that exists no more from now on.</summary>
    public void Withdraw(string type, string id)
    {
        _registers.RemoveAll(r => r.Type == type && r.Id == id);
        _registers.Add(new RegisterRecord(type, id, ""));
        _known = null;
    }

    private readonly List<ImportMap> _adopted = [];

    /// <summary>
    /// The template of a supplier's earlier file, made the template of a file of another name.
    /// </summary>
    public ImportMap Adopt(ImportMap template)
    {
        _adopted.Add(template);
        return template;
    }

    /// <summary>Answers that were given, here or for a file of the same form before, by question.</summary>
    public SortedDictionary<string, string> Answered { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Asks a question unless it is answered. Returns the answer to work with: the given one; else the
    /// proposed one; under --yes <paramref name="least"/>, which assumes least (empty: the rows wait).
    /// </summary>
    public string Ask(string id, string code, int rank, Place place, IEnumerable<Choice> choices,
        string proposed,
        string least, params (string, object)[] args)
    {
        if (context.Answers.TryGetValue(id, out var answer)) return Answered[id] = answer;
        foreach (var map in context.Maps.Concat(context.Templates).Concat(_adopted))
            if (map.Answers.TryGetValue(id, out answer)) return Answered[id] = answer;
        var used = context.ProvedOnly ? least : proposed;
        if (!_questions.Exists(q => q.Id == id)) _questions.Add(new ImportQuestion(id, "import." + code,
            Finding.Of(code, Severity.Info, place, args).Args, place,
            [.. choices], proposed, used, rank));
        return used;
    }

    /// <summary>A row that another one repeats: no longer loaded, and counted as a repeat.</summary>
    public void Repeat(Evidence evidence) => Recount(evidence, counts => counts with
    {
        Loaded = counts.Loaded - 1,
        Repeats = counts.Repeats + 1,
    });

    /// <summary>A row that waits for an answer: its entries leave the plan, and it counts as held.</summary>
    public void Hold(Evidence evidence)
    {
        if (Entries.RemoveAll(e => e.Evidence == evidence) == 0) return;
        Recount(evidence, counts => counts with { Loaded = counts.Loaded - 1, Held = counts.Held + 1 });
    }

    private void Recount(Evidence evidence, Func<RowCounts, RowCounts> change)
    {
        if (evidence is not Evidence.FileRow row) return;
        var at = _documents.FindIndex(d => d.Sha256 == row.Sha256 && d.Sheet == row.Sheet);
        if (at >= 0) _documents[at] = _documents[at] with { Rows = change(_documents[at].Rows) };
    }

    /// <summary>The file and sheet a draft came from.</summary>
    public Place PlaceOf(ReadingsDraft draft) => new(
        _files.Find(f => f.Sha256 == draft.FileSha256)?.Name, draft.Sheet.Length == 0 ? null : draft.Sheet);

    /// <summary>The only site there is, or null.</summary>
    public Site? OnlySite => Registers.Of<Site>().Take(2).ToArray() is [var only] ? only : null;

    public ImportPlan Build()
    {
        Documents.BillChecks.Run(this);
        SettleForgotten();
        var totals = Totals();
        var order = _questions.OrderBy(q => q.Rank).ThenBy(q => q.Id, StringComparer.Ordinal).ToArray();
        var asked = context.ProvedOnly ? [] : order.GroupBy(q => q.Place.File, StringComparer.Ordinal)
            .SelectMany(file => file.Take(MostQuestions)).ToImmutableArray();
        foreach (var open in order.Except(asked))
            _findings.Add(new Finding("import.todo." + open.Code["import.".Length..], Severity.Warning,
                open.Args.SetItem("used", open.Used.Length == 0 ? "–" : open.Used), open.Place));
        foreach (var ((code, file, sheet), count) in _alike.Where(pair => pair.Value > MostAlike))
            _findings.Add(Finding.Of("import.more", Severity.Warning, new Place(file, sheet),
                ("code", code), ("count", count - MostAlike)));
        return new ImportPlan
        {
            Files = [.. _files.Where(f => !_forgotten.Contains(f.Sha256))],
            Records = [.. Records],
            Names = [.. Names],
            Members = _members,
            Documents = [.. _documents],
            Questions = asked,
            Findings = InOrder(),
            Entries = [.. Entries],
            Readings = [.. Readings],
            Registers = [.. _registers],
            Totals = totals,
            Map = ImportMap.Write([.. _documents.Select(d => d.Template).OfType<ImportMap>()]),
        };
    }

    /// <summary>By file in the order given, then by sheet, row and severity.</summary>
    private ImmutableArray<Finding> InOrder()
    {
        var files = _files.Select((file, index) => (file.Name, index)).DistinctBy(f => f.Name)
            .ToDictionary(f => f.Name, f => f.index, StringComparer.Ordinal);
        return [.. _findings.Select((finding, index) => (finding, index))
            .OrderBy(f =>
            f.finding.Place?.File is { } name ? files.GetValueOrDefault(name, int.MaxValue) : -1)
            .ThenBy(f => f.finding.Place?.Sheet, StringComparer.Ordinal)
            .ThenBy(f => f.finding.Place?.Row ?? 0).ThenBy(f => f.index).Select(f => f.finding)];
    }

    private ImmutableArray<PlanTotal> Totals()
    {
        var readings = Readings.GroupBy(r => (r.Meter, r.Resource, r.Unit), (key, drafts) =>
        {
            var (sum, count) = Documents.SeriesTotals.Of(this, [.. drafts]);
            return new PlanTotal(key.Meter, key.Resource, sum, key.Unit, count, Basis.Measured);
        }).ToArray();
        var entries = Entries.Where(e => !e.IsStockCount)
            .GroupBy(e => (Meter: e.Facts["meter"] ?? "", e.Resource, e.Unit, e.Basis), (key, list) =>
            {
                var all = list.ToArray();
                return new PlanTotal(key.Meter, key.Resource,
                    all.Aggregate(Amount.Zero, (sum, e) => sum + e.Amount),
                    key.Unit, all.Length, key.Basis);
            });
        return [.. readings.Concat(entries).OrderBy(t => t.Resource, StringComparer.Ordinal)
            .ThenBy(t => t.Meter, StringComparer.Ordinal).ThenBy(t => t.Unit, StringComparer.Ordinal)
            .ThenBy(t => t.Basis)];
    }
}
