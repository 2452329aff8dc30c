using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Server.Web;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Pages;

/// <summary>One record: what it says, what proves it, and what became of it.</summary>
public sealed class RecordPage : Page
{
    private readonly Names _names;

    private RecordPage(PageContext at, RecordDetail record) : base(at)
    {
        Record = record;
        _names = new Names(at);
        Fields = [.. FieldsOf(record.Row.Body)];
    }

    /// <summary>The page of the record in the path, or null.</summary>
    public static RecordPage? Find(PageContext at) =>
        at.Books.Record(long.Parse((string)at.Http.GetRouteValue("position")!,
            CultureInfo.InvariantCulture)) is { } record
            ? new RecordPage(at, record) : null;

    /// <summary>The record.</summary>
    public RecordDetail Record { get; }

    /// <summary>What it says, field by field: name, value, where the value leads.</summary>
    public IReadOnlyList<(string Name, string Value, string? Href)> Fields { get; }

    /// <summary>What happened to it, in order of position: position, what, by which batch.</summary>
    public IEnumerable<(long Position, string Says)> History => Steps.OrderBy(s => s.Position);

    private IEnumerable<(long Position, string Says)> Steps
    {
        get
        {
            var row = Record.Row;
            foreach (var version in Record.Versions.Where(v => v < row.Position))
                yield return (version, At.L("web.history.earlier"));
            yield return (row.Position, At.L("web.history.recorded",
                ("time", Show.Time(Record.Batch.Header.At)), ("actor", Record.Batch.ActorName)));
            if (Record.Reverses is { } reverses)
                yield return (reverses.Position, At.L("web.history.reverses",
                    ("what", _names.Of(reverses.Body).Says)));
            foreach (var version in Record.Versions.Where(v => v > row.Position))
                yield return (version, At.L("web.history.later"));
            foreach (var step in Since()) yield return step;
            if (Record.Reversal is { } reversal)
                yield return (reversal.Position, At.L("web.history.reversed",
                    ("reason", (reversal.Body as ReversalRecord)?.Reason ?? "")));
            foreach (var step in Instead()) yield return step;
        }
    }

    /// <summary>True when it can be taken back from here.</summary>
    public bool CanReverse => Record.Row.ReversedBy == 0 && At.Books.CanReverse(Record.Row)
        && At.Books.Head.Condition != ChainCondition.Damaged;

    /// <summary>True when its category or factor can be set from here.</summary>
    public bool CanOverride => CanReverse && Record.Row.Body is EntryRecord { Entry.IsStockCount: false };

    /// <summary>What was said about an entry later: overrides, and the closings of its months.</summary>
    private IEnumerable<(long Position, string Says)> Since()
    {
        if (Record.Row.Body is not EntryRecord { Entry: var entry }) yield break;
        foreach (var (position, one) in At.Books.OverridesOf(Record.Row.Position, entry))
            yield return (position, At.L("rooms.history.overridden", ("what", At.L($"rooms.what.{one.What}")),
                ("value", one.Value), ("reason", one.Reason)));
        if ((At.Books.Registers.SiteOf(entry.To) ?? At.Books.Registers.SiteOf(entry.From)) is not { } site)
            yield break;
        var zone = Quantities.SiteZone.Get(site.Zone);
        foreach (var closing in At.Books.Closings.Where(c => c.Closing.Site == site.Id
            && zone.Month(c.Closing.Month).Overlaps(entry.Period)
            && (Record.Row.ReversedBy == 0 || Record.Row.ReversedBy > c.Closing.Through)))
            yield return (closing.Position, At.L(closing.Closing.Through >= Record.Row.Position
                ? "rooms.history.closed" : "rooms.history.afterClosing",
                ("month", Show.Month(At.Text, closing.Closing.Month))));
    }

    /// <summary>What stands now for the same movement, when this entry was taken back.</summary>
    private IEnumerable<(long Position, string Says)> Instead()
    {
        if (Record.Row is not { ReversedBy: > 0, Body: EntryRecord { Entry: var entry } }) yield break;
        var zone = Quantities.SiteZone.Get(_names.ZoneOf(entry).Id);
        var months = zone.MonthsOf(entry.Period).ToList();
        foreach (var (position, other) in At.Books.EntriesOf(entry.From, entry.To, entry.Resource,
            new Quantities.MonthSpan(months[0], months[^1]))
            .Where(e => e.Position > Record.Row.Position && e.Entry.Period.Overlaps(entry.Period)).Take(5))
            yield return (position, At.L("rooms.history.instead",
                ("amount", other.Amount), ("unit", Show.Unit(other.Unit))));
    }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "records";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(RecordView);

    /// <inheritdoc/>
    public override string Title => _names.Of(Record.Row.Body).Says;

    /// <summary>The line below the title.</summary>
    public string? Below => _names.Of(Record.Row.Body).Below;

    /// <inheritdoc/>
    public override JsonObject Data => new()
    {
        ["record"] = new JsonObject
        {
            ["position"] = Record.Row.Position,
            ["kind"] = RecordsPage.KindOf(Record.Row.Body),
            ["hash"] = Record.Hash,
            ["batch"] = Record.Row.Batch,
            ["reversedBy"] = Record.Row.ReversedBy > 0 ? Record.Row.ReversedBy
                : null,
            ["fields"] = new JsonObject(Fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)f.Value))),
        },
    };

    private IEnumerable<(string Name, string Value, string? Href)> FieldsOf(RecordBody body) => body switch
    {
        EntryRecord e => OfEntry(e.Entry),
        ReadingsRecord r => OfReadings(r),
        RegisterRecord r => OfRegister(r),
        ReversalRecord r => [(At.L("web.field.target"), Number(r.Target), To(r.Target)),
        (At.L("web.field.reason"), r.Reason, null)],
        ClosingRecord c => [(At.L("web.field.site"), _names.OfSite(c.Site), null),
            (At.L("web.field.month"), Show.Month(At.Text, c.Month), null),
            (At.L("web.field.through"), Number(c.Through), To(c.Through)),
            (At.L("web.field.head"), c.HeadHash, null)],
        OverrideRecord o => [(At.L("web.field.subject"), o.Key, null), (At.L("web.field.what"), o.What, null),
            (At.L("web.field.value"), o.Value, null), (At.L("web.field.reason"), o.Reason, null)],
        PackAdoptedRecord p => [(At.L("web.field.pack"), $"{p.Pack.Id} {p.Pack.Edition}",
            At.Link("/ledger/packs/" + p.Pack.Id)), ("SHA-256", p.Pack.Sha256, null)],
        EvidenceWithdrawnRecord e => [("SHA-256", e.Sha256, Evidence(e.Sha256)),
        (At.L("web.field.reason"), e.Reason, null)],
        StatementSentRecord s => [(At.L("web.field.what"), _names.OfStatement(s.What), null),
            (At.L("web.field.to"), s.To, null),
            ("SHA-256", s.Sha256, At.Books.SentBytes(s.Sha256) is null ? null
                : $"/statements/{s.Sha256}"), (At.L("web.field.consent"), s.Consent, null)],
        BatchRecord b => [(At.L("web.field.time"), Show.Time(b.At), null),
        (At.L("web.field.actor"), b.Actor, null),
            (At.L("web.field.note"), b.Note, null)],
        _ => [],
    };

    private IEnumerable<(string Name, string Value, string? Href)> OfEntry(Entry e)
    {
        yield return (At.L("web.field.from"), _names.Of(e.From), null);
        yield return (At.L("web.field.to"), _names.Of(e.To), null);
        yield return (At.L("web.field.resource"), _names.OfResource(e.Resource),
            At.Link("/ledger/factors", ("resource", e.Resource)));
        yield return (At.L("web.field.amount"), $"{Text.Catalogue.Number(e.Amount)} {Show.Unit(e.Unit)}",
            null);
        yield return (At.L("web.field.period"), Show.Span(At.Text, e.Period, _names.ZoneOf(e)),
            null);
        var titles = At.Books.Library.Packs.SelectMany(p => p.FactNames).ToLookup(f => f.Name, f => f.Title);
        foreach (var (name, value) in e.Facts.Values)
            yield return (titles[name].FirstOrDefault()?.In(At.Text.Language, name) ?? Said(name),
                name switch
                {
                    "meter" => _names.OfMeter(value),
                    "supplier" => _names.OfSupplier(value),
                    // "39.5 MJ/m3 gross" is a quantity, not a list of answers.
                    _ => value is [>= '0' and <= '9', ..] ? Show.Unit(value) : _names.OfAnswer(name, value),
                }, null);
        foreach (var field in OfEvidence(e.Evidence)) yield return field;
    }

    private IEnumerable<(string Name, string Value, string? Href)> OfEvidence(Evidence evidence)
    {
        if (evidence is Evidence.FileRow file)
        {
            yield return (At.L("web.field.file"), file.Name, Evidence(file.Sha256, file.Row));
            if (file.Sheet.Length > 0) yield return (At.L("web.field.sheet"), file.Sheet, null);
            yield return (At.L("web.field.row"), Number(file.Row), null);
        }
        else if (evidence is Evidence.MeterReadings meter)
        {
            yield return (At.L("web.field.meter"), _names.OfMeter(meter.Meter), null);
            yield return (At.L("web.field.through"), Number(meter.Through), To(meter.Through));
        }
        else if (evidence is Evidence.StatedBy stated)
        {
            yield return (At.L("web.field.statedBy"), stated.Actor, null);
        }
    }

    /// <summary>In the time of the meter's site, which is named; in UTC where it is not known.</summary>
    private string SpanOf(ReadingsRecord r)
    {
        var zone = At.Books.Registers.Find<Registers.Meter>(r.Meter) is { } meter
            ? _names.ZoneOf(new Node(NodeKind.Site, meter.Site)) : NodaTime.DateTimeZone.Utc;
        return $"{Show.Span(At.Text, r.Span, zone)} ({zone.Id})";
    }

    private IEnumerable<(string Name, string Value, string? Href)> OfReadings(ReadingsRecord r) =>
    [
        (At.L("web.field.meter"), _names.OfMeter(r.Meter), null),
        (At.L("web.field.count"), Number(r.Count), null),
        (At.L("web.field.sum"), Text.Catalogue.Number(r.Sum), null),
        (At.L("web.field.period"), SpanOf(r), null),
        (At.L("web.field.revision"), Number(r.Revision), null),
        (At.L("web.field.content"), r.ContentSha256, null),
        (At.L("web.field.file"), Show.Hash(r.FileSha256), r.FileSha256.Length > 0 ? Evidence(r.FileSha256)
            : null),
    ];

    private IEnumerable<(string Name, string Value, string? Href)> OfRegister(RegisterRecord r)
    {
        if (r.Json.Length == 0) yield break;
        using var json = JsonDocument.Parse(r.Json);
        foreach (var property in json.RootElement.EnumerateObject())
            yield return (Said(property.Name), property.Name == "name" ? NameIn(property.Value)
                : property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()!
                : property.Value.GetRawText(), null);
    }

    /// <summary>What a fact or a field of a register is called; else its own name.</summary>
    private string Said(string name) =>
        At.Text.Has($"rooms.said.{name}") ? At.L($"rooms.said.{name}") : name;

    /// <summary>A name as it is written in both languages, the page's own first.</summary>
    private string NameIn(JsonElement name) => string.Join(" · ", name.EnumerateObject()
        .OrderByDescending(p => p.Name == At.Text.Language).Select(p => p.Value.GetString()));

    private static string Number(long number) => Text.Catalogue.Number(number);

    private string To(long position) =>
        At.Link($"/ledger/records/{position.ToString(CultureInfo.InvariantCulture)}");

    private string Evidence(string sha256, int? row = null) => At.Link($"/ledger/evidence/{sha256}",
        ("row", row?.ToString(CultureInfo.InvariantCulture)));
}
