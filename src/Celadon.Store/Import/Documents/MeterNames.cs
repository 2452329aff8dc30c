using System.Globalization;
using System.Text;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import.Detection;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>Finds the meter a series belongs to, or proposes a new one.</summary>
internal static class MeterNames
{
    private const int RankMeter = 6;

    /// <summary>
    /// The registered meter of a name: its id, either name, or its remark (serial number, MPAN).
    /// </summary>
    public static Meter? Registered(PlanBuilder plan, string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        if (plan.Meters.TryGetValue(name, out var meter)) return meter;
        return plan.Meters.Values.FirstOrDefault(m => Same(m.Name.En, name) || Same(m.Name.Zh, name)
            || Same(m.Note, name));
    }

    /// <summary>The meter of a column where rows do not name one: map, title, header, else null.</summary>
    public static Meter? OfColumn(SheetJob job, Column column) =>
        Registered(job.Plan, column.Map?.Meter) ?? Registered(job.Plan, job.Default("meter"))
        ?? Registered(job.Plan, column.Head.Name) ?? Registered(job.Plan, column.Head.Header)
        ?? Registered(job.Plan, job.Table.SheetName) ?? Begins(job);

    /// <summary>
    /// The registered meter whose id begins the name of the file: "stoke-m1-2026-q1" is of "stoke-m1".
    /// </summary>
    private static Meter? Begins(SheetJob job)
    {
        var stem = Slug(job.File.Stem);
        return job.Plan.Meters.Values.Where(m => stem.Equals(m.Id, StringComparison.OrdinalIgnoreCase)
            || stem.StartsWith(m.Id + "-", StringComparison.OrdinalIgnoreCase))
            .MaxBy(m => m.Id.Length);
    }

    /// <summary>
    /// The site of a sheet: the map's, one whose id or name stands in the file's name or title, the only one.
    /// </summary>
    public static Site? SiteOf(SheetJob job)
    {
        var sites = job.Plan.Registers.Of<Site>().ToArray();
        if (job.Default("site") is { } named && Array.Find(sites, s => s.Id == named || Same(s.Name.En, named)
            || Same(s.Name.Zh, named)) is { } stated) return stated;
        var stem = "-" + Slug(job.File.Stem) + "-";
        var found = sites.Where(s => stem.Contains("-" + s.Id + "-", StringComparison.OrdinalIgnoreCase)
            || Names(job.Table.Title, s.Name.En) || Names(job.Table.Title, s.Name.Zh)).Take(2).ToArray();
        return found is [var one] ? one : job.Plan.OnlySite;
    }

    /// <summary>The site whose id begins the name of a meter: "stoke-gas".</summary>
    public static Site? SiteOfMeterName(Site[] sites, string? meter) => meter is null ? null
        : Array.Find(sites, s => meter.StartsWith(s.Id + "-", StringComparison.OrdinalIgnoreCase));

    /// <summary>True when a title holds a name.</summary>
    public static bool Names(string title, string? name) =>
        name is { Length: > 1 } && title.Contains(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The id of a meter that is not registered: what the map, the row or the title calls it, else the file.
    /// </summary>
    public static string NewId(SheetJob job, Column column, string? named, bool several)
    {
        if ((column.Map?.Meter ?? named ?? job.Default("meter")) is { } stated) return stated.Trim();
        var id = Slug(job.File.Stem);
        if (job.Content.Sheets.Length > 1) id += "-" + Slug(job.Sheet.Name);
        return several ? $"{id}-{Slug(column.Head.Name)}" : id;
    }

    /// <summary>
    /// Proposes a meter. From and to are the public network and the site where the workspace has one; that it
    /// feeds the whole site is a question, and a to-do under --yes.
    /// </summary>
    public static Meter Propose(SheetJob job, string id, string? resource, Unit unit, int scale,
        MeterReading kind, int? minutes)
    {
        var registers = job.Plan.Registers;
        var site = SiteOf(job);
        var to = job.Map?.Defaults.GetValueOrDefault("to") ?? (site is null ? "site" : "site:" + site.Id);
        var from = job.Map?.Defaults.GetValueOrDefault("from") ?? Flows.SourceOf(resource, site);
        if (job.Map?.Defaults.ContainsKey("to") != true)
            to = job.Plan.Ask(job.QuestionId("meter", id), "meter", RankMeter, job.Place,
                [new Choice(to, "choice.import.whole-site"),
                    .. registers.Of<PlantUnit>().Take(8).Select(unit => new Choice("unit:" + unit.Id, null))],
                to, to, ("meter", id));
        var meter = new Meter
        {
            Id = id,
            Site = site?.Id ?? "",
            From = from,
            To = to,
            Resource = resource ?? "",
            Unit = unit.Code,
            Scale = scale,
            Reading = kind,
            IntervalMinutes = minutes,
        };
        job.Plan.Register("meter", meter);
        job.Plan.Add("import.meter.new", Severity.Info, job.Place, ("meter", id), ("from", from), ("to", to),
            ("unit", unit.Code));
        return meter;
    }

    /// <summary>Lower case letters, digits and dashes; Chinese characters stay.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
        {
            if (char.IsLetterOrDigit(c)
                || c == '.') slug.Append(char.ToLower(c, CultureInfo.InvariantCulture));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().Trim('-') is { Length: > 0 } id ? id : "meter";
    }

    private static bool Same(string? a, string b) => a is not null
        && a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
