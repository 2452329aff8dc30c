using System.Globalization;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The records of the journal; the facets and the search stand in the URL.</summary>
public sealed class RecordsPage : Page
{
    /// <summary>The parameters that narrow the listing.</summary>
    internal static readonly string[] Filters = ["kind", "resource", "basis", "batch", "evidence", "q"];

    private const int PageLength = 50;
    private readonly Names _names;

    /// <summary>Makes the page.</summary>
    public RecordsPage(PageContext at) : base(at)
    {
        _names = new Names(at);
        Listing = at.Books.Records(new RecordQuery(at.Site, at["all"] is null ? at.Period : null, at["kind"],
            at["resource"], Enum.TryParse<Basis>(at["basis"], true, out var basis) ? basis : null,
            at.Number("batch", 1), at["evidence"], at["q"], at.Number("before", 1), PageLength));
        Records = RowsOf();
    }

    /// <summary>What the query selects.</summary>
    public RecordListing Listing { get; }

    /// <summary>The records as a table.</summary>
    public Table Records { get; }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "records";

    /// <inheritdoc/>
    public override Type View => typeof(RecordsView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Records];

    /// <inheritdoc/>
    public override string Title => Listing.Total == 0 && At.Period is null ? At.L("web.records.none")
        : At.L("web.records.title", ("count", Listing.Total));

    /// <summary>What narrows the listing now: name and value, and the page without it.</summary>
    public IEnumerable<(string Name, string Value, string Without)> Chosen => Filters
        .Where(f => At[f] is not null)
        .Select(f => (f, ValueName(f, At[f]!), At.Here((f, null), ("before", null))));

    /// <summary>A value of a facet in words.</summary>
    public string ValueName(string facet, string value) => facet switch
    {
        "kind" => At.L($"web.kind.{value}"),
        "basis" => At.L($"web.basis.{value}"),
        "resource" => _names.OfResource(value),
        "evidence" => At.Books.EvidenceOf(value)?.Name ?? Show.Hash(value),
        _ => value,
    };

    private Table RowsOf()
    {
        Column[] columns =
        [
            new("what", At.L("web.col.what")),
            new("period", At.L("web.col.period")), new("amount", At.L("web.col.amount"), Align.Number),
            new("unit", At.L("web.col.unit")), new("basis", At.L("web.col.basis")),
            new("batch", At.L("web.col.batch"), Align.Number, Secondary: true),
            new("position", At.L("web.col.position"), Align.Number),
        ];
        var shown = Listing.Rows.Count;
        return new Table("records", At.L("web.records.caption"), columns, [.. Listing.Rows.Select(Line)])
        {
            Pager = new Pager(At.L("web.pager.says", ("shown", shown), ("total", Listing.Total)),
                Listing.Next is { } next ? At.Here(("before", Text(next))) : null,
                At["before"] is null ? null : At.Here(("before", null))),
        };
    }

    private Row Line(RecordRow record)
    {
        var (says, below) = _names.Of(record.Body);
        var entry = (record.Body as EntryRecord)?.Entry;
        var span = entry?.Period ?? (record.Body as ReadingsRecord)?.Span;
        var what = new Words(says, At.Link($"/ledger/records/{Text(record.Position)}")) { Below = below };
        return new Row(
        [
            what,
            span is { } period ? new Words(Show.Span(At.Text, period, ZoneOf(record.Body)))
                { Key = period.ToString(), Class = "nb" } : Cell.Empty,
            entry is not null ? new Plain(entry.Amount)
                : record.Body is ReadingsRecord readings ? new Plain(readings.Sum) : Cell.Empty,
            new Words(Show.Unit(entry?.Unit ?? UnitOf(record.Body))) { Key = entry?.Unit
                ?? UnitOf(record.Body) },
            record.ReversedBy > 0 ? new State(Verdict.Outside, At.L("web.record.reversedShort"))
                : entry is not null ? new Known(entry.Basis)
                : new Words(At.L($"web.kind.{KindOf(record.Body)}")) { Class = "quiet" },
            new Words(Catalogue(record.Batch), At.Link($"/ledger/batches/{Text(record.Batch)}"))
                { Key = Text(record.Batch) },
            new Words(Catalogue(record.Position)) { Key = Text(record.Position), Class = "faint" },
        ], record.ReversedBy > 0 ? "gone" : null);
    }

    private NodaTime.DateTimeZone ZoneOf(RecordBody body) => body switch
    {
        EntryRecord e => _names.ZoneOf(e.Entry),
        ReadingsRecord r when At.Books.Registers.Find<Registers.Meter>(r.Meter) is { } meter =>
            _names.ZoneOf(new Node(NodeKind.Site, meter.Site)),
        _ => NodaTime.DateTimeZone.Utc,
    };

    private string UnitOf(RecordBody body) => body is ReadingsRecord r
        ? At.Books.Registers.Find<Registers.Meter>(r.Meter)?.Unit ?? "" : "";

    /// <summary>The written kind of a record: "entry", "pack-adopted".</summary>
    internal static string KindOf(RecordBody body) =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(body.Kind.ToString());

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Catalogue(long number) => Celadon.Text.Catalogue.Number(number);
}
