using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server.Web;
using Celadon.Store;
using NodaTime;

namespace Celadon.Server.Pages;

/// <summary>
/// What the energy pages ask: which meter, which months, which days are worked. All of it stands in the URL:
/// "meter", "period", "week" (digits 1 Monday to 7 Sunday), "shut" and "worked" (dates or ranges with
/// commas), "holidays" (a place whose public holidays a pack holds).
/// </summary>
internal sealed class EnergySpec
{
    /// <summary>A calendar of more days than fit a screen is hard to read: a year and a month.</summary>
    private const int MostMonths = 13;

    /// <summary>
    /// Beyond so many months of meters the readings take seconds to go through: the page asks first.
    /// </summary>
    private const int MostMeterMonths = 180;

    private const string FullWeek = "12345";

    public EnergySpec(PageContext at)
    {
        At = at;
        if (at.Period is not { } period) return;
        Months = MonthsOf(period);
        Loads = at.Books.LoadsOf(at.Site, period);
        Chosen = Loads.FirstOrDefault(l => l.Meter.Id == at["meter"]) ?? (Loads.Count > 0 ? Loads[0] : null);
    }

    public PageContext At { get; }

    /// <summary>The months gone through: of a longer period the last twelve.</summary>
    public static MonthSpan MonthsOf(MonthSpan period) => period.Count <= MostMonths ? period
        : new MonthSpan(period.Last.PlusMonths(-11), period.Last);

    /// <summary>The months shown: of a longer period the last twelve.</summary>
    public MonthSpan? Months { get; }

    /// <summary>Meters that can be looked at.</summary>
    public IReadOnlyList<MeteredLoad> Loads { get; } = [];

    /// <summary>The one looked at; null where none has a load.</summary>
    public MeteredLoad? Chosen { get; }

    /// <summary>The weekdays worked, as digits.</summary>
    public string Week => At["week"] is { } week && week.Any(char.IsDigit)
        ? string.Concat(week.Where(c => c is >= '1' and <= '7').Distinct().Order()) : FullWeek;

    /// <summary>What a meter is called, with its site where several are shown.</summary>
    public string NameOf(Meter meter)
    {
        var names = new Names(At);
        return At.Site is null && Loads.Select(l => l.Meter.Site).Distinct().Skip(1).Any()
            ? At.L("web.energy.meterAt", ("meter", names.OfMeter(meter.Id)),
                ("site", names.OfSite(meter.Site)))
            : names.OfMeter(meter.Id);
    }

    /// <summary>The question about a meter.</summary>
    public string Of(Meter meter) => Spec(meter, "meters", meter.Id);

    /// <summary>How many meters there are of the chosen one's resource at its site.</summary>
    public int Beside => Loads.Count(l => l.Meter.Site == Chosen!.Meter.Site
        && l.Meter.Resource == Chosen.Meter.Resource);

    /// <summary>
    /// True where all meters of the site are compared: when that takes a moment only, or the reader asked.
    /// </summary>
    public bool IsOfAll => Chosen!.Meter.Site.Length > 0
        && (Beside * Months!.Value.Count <= MostMeterMonths || At["all"] is not null);

    /// <summary>The question about the chosen meter, or about all of its resource at its site.</summary>
    public string OfAll => IsOfAll ? Spec(Chosen!.Meter, "sites", Chosen.Meter.Site) : Of(Chosen!.Meter);

    /// <summary>The sum of the chosen meter's months, which the question about them explains.</summary>
    public Number SumOf(MonthSpan months, Amount sum) => new(sum, Chosen!.Meter.Unit, Show.Brief(sum),
        At.Link("/why", ("question", "energy.load"),
            ("spec", Spec(Chosen.Meter, "meters", Chosen.Meter.Id, months)), ("number", "/total"),
            ("at", At.At)));

    /// <summary>All that a meter counted, as its load explains it.</summary>
    public Number SumOf(MeteredLoad load) => new(load.Sum, load.Meter.Unit, Show.Fixed(load.Sum, 0),
        At.Link("/why", ("question", "energy.load"), ("spec", Of(load.Meter)), ("number", "/total"),
            ("at", At.At)));

    /// <summary>Meters that hang on no other one shown.</summary>
    public IEnumerable<MeteredLoad> Tops => Loads.Where(l => l.IsSupply
        || !Loads.Any(s => s.IsSupply && s.Meter.ToNode == l.Meter.FromNode
            && s.Meter.Resource == l.Meter.Resource));

    /// <summary>The sub-meters behind a supply.</summary>
    public IReadOnlyList<MeteredLoad> PartsOf(MeteredLoad supply) => [.. Loads.Where(l => l != supply
        && !l.IsSupply && l.Meter.FromNode == supply.Meter.ToNode
        && l.Meter.Resource == supply.Meter.Resource)];

    /// <summary>What none of them counted.</summary>
    public Amount RestOf(MeteredLoad supply) =>
        PartsOf(supply).Aggregate(supply.Sum, (rest, part) => rest - part.Sum);

    /// <summary>What of a supply a sub-meter counted or, without one, none did; in percent.</summary>
    public Amount ShareOf(MeteredLoad supply, MeteredLoad? part) => supply.Sum.Sign <= 0 ? Amount.Zero
        : Amount.Divide((part?.Sum ?? RestOf(supply)) * 100, supply.Sum, 1);

    /// <summary>Where a number that the page draws from several figures is explained.</summary>
    /// <param name="of">Which: "below", "rest", "days", "part", "left", "leftPart".</param>
    /// <param name="level">The load that "below" is about.</param>
    /// <param name="supply">The supply that the last three are about.</param>
    /// <param name="part">Its sub-meter, for "part".</param>
    public string Why(string of, Amount? level = null, MeteredLoad? supply = null, MeteredLoad? part = null)
        => At.Link("/why/load", ("of", of), ("level", level?.ToString()),
            ("meter", supply?.Meter.Id ?? At["meter"]), ("sub", part?.Meter.Id), ("all", At["all"]),
            ("week", At["week"]), ("shut", At["shut"]), ("worked", At["worked"]),
            ("holidays", At["holidays"]), ("at", At.At));

    private string Spec(Meter meter, string name, string value, MonthSpan? months = null)
    {
        var spec = new JsonObject { ["period"] = (months ?? Months!.Value).ToString() };
        if (value.Length > 0) spec[name] = new JsonArray(value);
        if (meter.Resource != "electricity") spec["resource"] = meter.Resource;
        var calendar = new JsonObject();
        if (Week != FullWeek)
            calendar["weekdays"] = new JsonArray([.. Week.Select(c => (JsonNode)((IsoDayOfWeek)(c - '0'))
                .ToString().ToLowerInvariant())]);
        foreach (var (key, days) in new[] { ("shutdown", At["shut"]), ("worked", At["worked"]) })
            if (days is not null) calendar[key] = new JsonArray([.. days.Split(
                [',', '，', '、', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries
                    | StringSplitOptions.TrimEntries).Select(d => (JsonNode)d)]);
        if (At["holidays"] is { Length: > 0 } place) calendar["holidays"] = place;
        if (calendar.Count > 0) spec["calendar"] = calendar;
        return spec.ToJsonString();
    }

    /// <summary>A figure of an answer as a number that leads to its explanation.</summary>
    public Number Number(Asked asked, Figure figure, string pointer, string? shown = null,
        bool withUnit = false) =>
        new(figure.Value, figure.Unit, shown ?? Show.Brief(figure.Value), At.Why(asked, pointer))
        {
            ShownUnit = withUnit ? figure.Unit : null,
        };
}
