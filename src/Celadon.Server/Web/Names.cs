using Celadon.Ledger;
using Celadon.Registers;

namespace Celadon.Server.Web;

/// <summary>What places, resources and records are called in the page's language.</summary>
public sealed class Names(PageContext at)
{
    private readonly RegisterSet _registers = at.Books.Registers;

    private Packs.BookNames Books => field ??= new Packs.BookNames(_registers, at.Books.Library, at.Text);

    /// <summary>A place: its own name, else the word for its kind with its id.</summary>
    public string Of(Node node)
    {
        if (node.Kind == NodeKind.Grid && node.Id is { Length: > 0 } network)
            return at.Text.Has($"rooms.grid.{network}") ? at.L($"rooms.grid.{network}")
                : at.L("rooms.grid.of", ("country", network));
        var word = at.L($"web.node.{node.KindName}");
        if (string.IsNullOrEmpty(node.Id)) return word;
        Name? name = node.Kind switch
        {
            NodeKind.Site => _registers.Find<Site>(node.Id)?.Name,
            NodeKind.Unit => _registers.Find<PlantUnit>(node.Id)?.Name,
            NodeKind.Stock => _registers.Find<Stock>(node.Id)?.Name,
            NodeKind.Supplier => _registers.Find<Supplier>(node.Id)?.Name,
            _ => null,
        };
        return name?.In(at.Text.Language, node.Id) ?? at.L("web.node.named", ("kind", word), ("id", node.Id));
    }

    /// <summary>A resource by the catalogue of resources, else its id.</summary>
    public string OfResource(string resource) =>
        at.Books.ResourceName(resource)?.In(at.Text.Language, resource) ?? resource;

    /// <summary>A product, a resource or a component of a bill by its name, else its id.</summary>
    public string OfItem(string id) => Books.OfItem(id);

    /// <summary>A meter: its own name, else its id.</summary>
    public string OfMeter(string meter) =>
        _registers.Find<Meter>(meter)?.Name.In(at.Text.Language, meter) ?? meter;

    /// <summary>A supplier: its own name, else its id.</summary>
    public string OfSupplier(string supplier) =>
        _registers.Find<Supplier>(supplier)?.Name.In(at.Text.Language, supplier) ?? supplier;

    /// <summary>A site: its own name, else its id.</summary>
    public string OfSite(string site) => _registers.Find<Site>(site)?.Name.In(at.Text.Language, site) ?? site;

    /// <summary>The answer to a question about a missing fact: "us", "landfill".</summary>
    public string OfAnswer(string? fact, string? value)
    {
        var key = $"rooms.fact.{fact}.{value}";
        return at.Text.Has(key) ? at.L(key) : at.Codes.OfValues(value ?? "");
    }

    /// <summary>What a code in a finding is called, by the argument it stands in; null for anything
    /// else.</summary>
    internal string? OfArgument(string argument, string code) => argument switch
    {
        "meter" => _registers.Find<Meter>(code)?.Name.In(at.Text.Language, code),
        "resource" => at.Books.ResourceName(code)?.In(at.Text.Language, code),
        "month" or "period" => Quantities.MonthSpan.TryParse(code, out var span)
            ? Show.Months(at.Text, span) : null,
        "months" => OfMonths(code),
        "source" or "kept" or "other" => at.Text.Has($"names.source.{code}") ? at.L($"names.source.{code}")
            : null,
        "flow" => OfFlow(code),
        _ => Books.OfArgument(argument, code),
    };

    /// <summary>Several months with a comma between; null for anything else, such as how many.</summary>
    private string? OfMonths(string months)
    {
        var names = months.Split(", ").Select(m => Quantities.MonthSpan.TryParse(m, out var month)
            ? Show.Months(at.Text, month) : null).ToList();
        return names.Contains(null) ? null : string.Join(at.L("names.and"), names);
    }

    /// <summary>"grid:GB → site:stoke (electricity)" by the names of places and resource.</summary>
    private string? OfFlow(string flow)
    {
        var parts = flow.TrimEnd(')').Split([" → ", " ("], StringSplitOptions.None);
        return parts.Length != 3 || !Node.TryParse(parts[0], out var from)
            || !Node.TryParse(parts[1], out var to) ? null
            : at.L("names.flow", ("from", Of(from)), ("to", Of(to)), ("resource", OfResource(parts[2])));
    }

    /// <summary>A source of records: its meter, else what it brings and to where.</summary>
    public string OfSource(CoverageSource source)
    {
        var resource = OfResource(source.Resource);
        if (source.Point.Length == 0 || _registers.Find<Meter>(source.Point) is null)
            return at.L("web.source.flow", ("resource", resource), ("to", Of(source.To)));
        return at.Site is null && source.Site.Length > 0
            ? at.L("web.source.meterAt", ("resource", resource), ("meter", OfMeter(source.Point)),
                ("site", OfSite(source.Site)))
            : at.L("web.source.meter", ("resource", resource), ("meter", OfMeter(source.Point)));
    }

    /// <summary>
    /// A statement that was sent, in words: "site en 2025-10/2026-09 stoke" is a report, its language, months
    /// and site, "footprint" with an id that of a product; anything else stands as it was written.
    /// </summary>
    public string OfStatement(string what)
    {
        var parts = what.Split(' ');
        if (parts is ["footprint", var id] && _registers.Find<KeptStatement>(id) is { } kept)
            return at.L("names.footprint", ("product", kept.Name.In(at.Text.Language, id)));
        if (parts.Length < 3 || !at.Text.Has($"report.{parts[0]}.title")) return what;
        var said = new List<string> { at.L($"report.{parts[0]}.title"), parts[1] };
        if (Quantities.MonthSpan.TryParse(parts[2], out var span)) said.Add(Show.Months(at.Text, span));
        if (parts.Length > 3) said.Add(OfSite(parts[3]));
        return string.Join(" · ", said);
    }

    /// <summary>The zone a place's times are shown in: its site's, else UTC.</summary>
    public NodaTime.DateTimeZone ZoneOf(params Node[] nodes)
    {
        foreach (var node in nodes)
            if (_registers.SiteOf(node) is { } site
                && Quantities.SiteZone.Find(site.Zone) is { } zone) return zone.Zone;
        return NodaTime.DateTimeZone.Utc;
    }

    /// <summary>
    /// The zone an entry's times are shown in: of taker's and giver's the one whose days its period keeps (a
    /// consignment is dated where it sets out), else the taker's.
    /// </summary>
    public NodaTime.DateTimeZone ZoneOf(Entry entry)
    {
        var zones = new[] { ZoneOf(entry.To, entry.From), ZoneOf(entry.From, entry.To) };
        return Array.Find(zones, zone => IsMidnight(entry.Period.Start, zone)
            && IsMidnight(entry.Period.End, zone)) ?? zones[0];

        static bool IsMidnight(NodaTime.Instant at, NodaTime.DateTimeZone zone) =>
            at.InZone(zone).TimeOfDay == NodaTime.LocalTime.Midnight;
    }

    /// <summary>What is registered by its name, else its id.</summary>
    private string NameOf(RegisterRecord record) => _registers.All
        .FirstOrDefault(r => r.Type == record.Type && r.Item.Id == record.Id).Item?.Name
            .In(at.Text.Language, record.Id) ?? record.Id;

    /// <summary>What a record says, in a few words, with a second line.</summary>
    public (string Says, string? Below) Of(RecordBody body) => body switch
    {
        EntryRecord { Entry: var e } => (OfResource(e.Resource),
            e.IsStockCount ? at.L("web.record.count", ("place", Of(e.From)))
                : $"{Of(e.From)} → {Of(e.To)}"),
        RegisterRecord r => (at.L($"web.register.{r.Type}") + " " + NameOf(r),
            r.Json.Length == 0 ? at.L("web.record.removed") : NameOf(r) == r.Id ? null : r.Id),
        ReadingsRecord r => (OfMeter(r.Meter), at.L("web.record.readings", ("count", r.Count))),
        ReversalRecord r => (at.L("web.record.reversal", ("target", r.Target)), r.Reason),
        ClosingRecord c => (at.L("web.record.closing", ("site", OfSite(c.Site)),
            ("month", Show.Month(at.Text, c.Month))), null),
        OverrideRecord o => (at.L("web.record.override", ("key", o.Key), ("what", o.What),
        ("value", o.Value)), o.Reason),
        PackAdoptedRecord p => ($"{p.Pack.Id} {p.Pack.Edition}", Show.Hash(p.Pack.Sha256)),
        EvidenceWithdrawnRecord e => (Show.Hash(e.Sha256), e.Reason),
        StatementSentRecord s => (OfStatement(s.What), at.L("web.record.sentTo", ("to", s.To))),
        BatchRecord b => (at.L($"web.purpose.{b.Purpose}"), b.Note.Length > 0 ? b.Note : null),
        _ => (body.Kind.ToString(), null),
    };
}
