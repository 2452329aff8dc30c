using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Sample;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server;
using Celadon.Text;
using NodaTime;

namespace Celadon.Tests.Server;

/// <summary>
/// Books made by hand, so that a page can be shown in a state that real books reach only with effort: a file with a
/// script in its name, a damaged chain, an empty workspace.
/// </summary>
internal sealed class SampleBooks : Books
{
    public const string HostileName = "<script>alert(1)</script>.html";
    public static readonly string HostileSha = new('a', 64);
    public static readonly string BillSha = new('b', 64);
    private static readonly Instant Then = Instant.FromUtc(2026, 10, 12, 9, 14);
    private readonly List<(long Position, long Batch, RecordBody Body)> _records = [];
    private readonly Dictionary<long, long> _reversed = [];

    public SampleBooks(bool empty = false)
    {
        if (empty) return;
        Add(new BatchRecord(Then, "owner", "register", [], "", ""));
        Add(Register("site", new Site { Id = "stoke", Country = "GB", Zone = "Europe/London", Name = new("Stoke-on-Trent", "特伦特河畔斯托克") }));
        Add(Register("site", new Site { Id = "longquan", Country = "CN", Zone = "Asia/Shanghai", Name = new("Longquan", "龙泉") }));
        Add(Register("meter", new Meter { Id = "M1", Site = "stoke", From = "grid:GB", To = "site:stoke", Resource = "electricity",
            Unit = "kWh", Name = new("Main incomer M1", "总进线 M1") }));
        Add(new BatchRecord(Then, "owner", "import", [new BatchFile("gas-2026-09.csv", BillSha, 1234), new BatchFile(HostileName, HostileSha, 64)], "", "September bills"));
        Add(Bill("natural-gas", "grid:gas", "site:stoke", "12000", "m3", BillSha, "gas-2026-09.csv", 7));
        Add(Bill("electricity", "grid:GB", "site:stoke", "41250", "kWh", BillSha, "gas-2026-09.csv", 8));
        Add(Bill("water-supply", "grid:water", "site:stoke", "310", "m3", HostileSha, HostileName, 2));
        Add(new ReadingsRecord("M1", Span, 1440, Amount.Parse("41198.60"), 2, new string('c', 64), 0, BillSha, ""));
    }

    private static Period Span => SiteZone.Get("Europe/London").Month(new YearMonth(2026, 9));

    public override Head Head => new(_records.Count, _records.Count == 0 ? "" : new string('9', 64), Condition, Problems);

    public ChainCondition Condition { get; init; } = ChainCondition.Whole;

    public IReadOnlyList<Finding> Problems { get; init; } = [];

    public override RegisterSet Registers => RegisterSet.From(_records.Where(r => r.Body is RegisterRecord)
        .Select(r => (r.Position, (RegisterRecord)r.Body)));

    public override MonthSpan? Extent => _records.Count == 0 ? null : MonthSpan.Parse("2025-10/2026-09");

    public override IReadOnlyList<PackInUse> Packs =>
    [
        new("sample-2026", "2026", new Name("Sample factors", "示例因子"), "Sample publisher", "OGL v3",
            "Contains sample figures", "Sample source", "", new string('d', 64), 1),
    ];

    public override Name? ResourceName(string resource) => resource switch
    {
        "natural-gas" => new Name("Natural gas", "天然气"), "electricity" => new Name("Electricity", "电力"),
        "water-supply" => new Name("Water supply", "自来水"), _ => null,
    };

    public override IReadOnlyList<Question> Questions => [];

    public override Asked Ask(string question, string spec, long? at, CancellationToken cancel)
    {
        if (question != "carbon.inventory") throw RefusedException.Of("ask.unknown", ("question", question));
        var period = JsonNode.Parse(spec)?["period"]?.ToString() ?? "2026-09";
        var report = SampleReport.Of(MonthSpan.Parse(period), () => _records.Where(r => r.Body is EntryRecord).Take(2)
            .Select((r, i) => new Leaf(Amount.Parse(i == 0 ? "100000" : "34647.60"), Amount.Parse("6000"), "m3", r.Position, Span)));
        var envelope = new JsonObject
        {
            ["question"] = question, ["position"] = _records.Count,
            ["report"] = JsonSerializer.SerializeToNode(report, Question.Json),
        };
        return new Asked(question, spec, _records.Count, new Answer(report, [Finding.Of("flow.differs", Severity.Info, null,
            ("flow", "electricity"), ("month", "2026-09"), ("kept", "meter"), ("keptAmount", "41198.60"), ("unit", "kWh"),
            ("other", "bill"), ("otherAmount", "41250"), ("difference", "51.40"), ("percent", "0.12"))]), envelope);
    }

    public override IReadOnlyList<LeafOrigin> OriginsOf(IReadOnlyList<Leaf> leaves) => [.. leaves.Select(leaf =>
        new LeafOrigin(leaf, (_records[(int)leaf.Position - 1].Body as EntryRecord)?.Entry.Evidence, 5, false))];

    public override Coverage CoverageOf(string? site, MonthSpan period) => new(
    [
        Source("M1", "Electricity, main incomer", "electricity", period, i => i < 11 ? CoverageState.Present : CoverageState.Partial),
        Source("gas", "Natural gas, bills", "natural-gas", period, i => i == 7 ? CoverageState.Estimated
            : i == 10 ? CoverageState.Missing : CoverageState.Present),
        Source("water", "Water, bills", "water-supply", period, i => i % 3 == 2 ? CoverageState.Present : CoverageState.Missing),
    ]);

    private static CoverageSource Source(string id, string name, string resource, MonthSpan period, Func<int, CoverageState> state) =>
        new(id, name, resource, "stoke", [.. period.Months.Select((m, i) => new MonthCoverage(m, state(i),
            state(i) switch { CoverageState.Present => 100, CoverageState.Partial => 62, _ => 0 },
            state(i) == CoverageState.Estimated ? 100 : 0))]);

    public override RecordListing Records(RecordQuery query)
    {
        var all = _records.Where(r => (query.Batch is null || r.Batch == query.Batch)
            && (query.Kind is null || r.Body.Kind.ToString().Equals(query.Kind, StringComparison.OrdinalIgnoreCase))
            && (query.Resource is null || (r.Body as EntryRecord)?.Entry.Resource == query.Resource)
            && (query.Evidence is null || ((r.Body as EntryRecord)?.Entry.Evidence as Evidence.FileRow)?.Sha256 == query.Evidence))
            .Reverse().ToList();
        var rows = all.Where(r => query.Before is null || r.Position < query.Before).Take(query.Take).Select(RowOf).ToList();
        return new RecordListing(rows, all.Count,
        [
            new Facet("kind", [.. all.GroupBy(r => r.Body.Kind.ToString().ToLowerInvariant()).Select(g => (g.Key, (long)g.Count()))]),
            new Facet("resource", [.. all.Select(r => r.Body).OfType<EntryRecord>().GroupBy(e => e.Entry.Resource)
                .Select(g => (g.Key, (long)g.Count()))]),
        ], null);
    }

    public override RecordDetail? Record(long position) => position < 1 || position > _records.Count ? null
        : new RecordDetail(RowOf(_records[(int)position - 1]), new string('e', 64),
            Batch(_records[(int)position - 1].Batch)!, null, null, [], false);

    public override IReadOnlyList<BatchInfo> Batches(long? before, int take) => [.. _records
        .Where(r => r.Body is BatchRecord && (before is null || r.Position < before)).Reverse().Take(take).Select(r => Batch(r.Position)!)];

    public override BatchInfo? Batch(long position)
    {
        var all = _records.Where(r => r.Batch == position).ToList();
        return all.Count == 0 || all[0].Body is not BatchRecord header ? null : new BatchInfo(position, all[^1].Position,
            header, "owner", all.Count(r => r.Body is EntryRecord), all.Select(r => r.Body).OfType<ReadingsRecord>().Sum(r => r.Count),
            _reversed.GetValueOrDefault(position), header.Purpose == "import" && !_reversed.ContainsKey(position));
    }

    public override long Reverse(long batch, string reason, string actor)
    {
        if (Batch(batch) is null) throw RefusedException.Of("reverse.nothing", ("position", batch));
        Add(new BatchRecord(Then, actor, "reverse", [], "", ""));
        var by = _records.Count;
        Add(new ReversalRecord(batch, reason, ""));
        return _reversed[batch] = by;
    }

    public override IReadOnlyList<EvidenceInfo> Evidence(int skip, int take) =>
        _records.Count == 0 ? [] : [.. new[] { BillSha, HostileSha }.Select(s => EvidenceOf(s)!).Skip(skip).Take(take)];

    public override EvidenceInfo? EvidenceOf(string sha256) => sha256 == BillSha
        ? new EvidenceInfo(sha256, "gas-2026-09.csv", 1234, Then, 5, 2, null)
        : sha256 == HostileSha ? new EvidenceInfo(sha256, HostileName, 64, Then, 5, 1, null) : null;

    public override Stream? OpenEvidence(string sha256) => EvidenceOf(sha256) is null ? null : new MemoryStream(
        Encoding.UTF8.GetBytes(sha256 == HostileSha ? "<html><script>alert(document.cookie)</script></html>"
            : string.Join('\n', Enumerable.Range(1, 40).Select(i => $"{i},2026-09-{i:00},=1+1,\"<b>12,000</b>\""))));

    public override PackListing PackRows(PackQuery query) => new(
    [
        new PackRowInfo("sample-2026", "fuels/sample", new Name("Sample factor", "示例因子"), "natural-gas", "combustion", "GB",
            Amount.Parse("0.18231"), "kg CO2e/kWh", "source", [("id", "fuels/sample"), ("value", "0.18231")]),
    ], 1, [new Facet("basis", [("combustion", 1)])]);

    public override ImportPreview Stage(IReadOnlyList<UploadedFile> files, CancellationToken cancel) => throw new NotSupportedException();

    public override ImportPreview? Staged(string token) => null;

    public override ImportPreview Answer(string token, IReadOnlyDictionary<string, string> answers, CancellationToken cancel) =>
        throw new NotSupportedException();

    public override long Commit(string token, string actor, CancellationToken cancel) => throw new NotSupportedException();

    public override void Drop(string token) => throw new NotSupportedException();

    private void Add(RecordBody body)
    {
        var position = _records.Count + 1;
        _records.Add((position, body is BatchRecord ? position : _records[^1].Batch, body));
    }

    private RecordRow RowOf((long Position, long Batch, RecordBody Body) r) =>
        new(r.Position, r.Batch, r.Body, _reversed.GetValueOrDefault(r.Batch));

    private static RegisterRecord Register(string type, RegisterItem item) => new(type, item.Id, RegisterSet.Write(item));

    private static EntryRecord Bill(string resource, string from, string to, string amount, string unit, string sha, string file, int row) =>
        new(new Entry(Node.Parse(from), Node.Parse(to), resource, Amount.Parse(amount), unit, Span, Basis.Invoiced,
            new Evidence.FileRow(sha, file, "", row), Facts.Of(("price", "9900 GBP"), ("supplier", "=HYPERLINK(\"x\")"))));
}
