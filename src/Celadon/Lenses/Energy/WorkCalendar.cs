using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Lenses.Energy;

/// <summary>Whether a local day is worked.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DayKind>))]
public enum DayKind
{
    /// <summary>A day on which is worked.</summary>
    [JsonStringEnumMemberName("working")] Working,

    /// <summary>A day of rest, a holiday or a shutdown.</summary>
    [JsonStringEnumMemberName("nonWorking")] NonWorking,
}

/// <summary>
/// Which days are worked, as whoever asks states it. Public holidays count where a place is named whose days
/// a pack holds; of a works' own days off nothing is known but what is stated.
/// </summary>
public sealed record WorkCalendar
{
    /// <summary>The weekdays that are worked; Monday to Friday when nothing is stated.</summary>
    public ImmutableArray<IsoDayOfWeek> Weekdays { get; init; } =
    [
        IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday,
        IsoDayOfWeek.Friday,
    ];

    /// <summary>Days not worked all the same: "2026-12-25" or "2026-12-24/2027-01-02".</summary>
    public ImmutableArray<string> Shutdown { get; init; } = [];

    /// <summary>Days worked all the same, in the same form; they go before all else.</summary>
    public ImmutableArray<string> Worked { get; init; } = [];

    /// <summary>
    /// The place whose public holidays are not worked and whose exchanged days (调休) are, as packs hold them:
    /// "GB-EAW", "CN". Null for none.
    /// </summary>
    public string? Holidays { get; init; }

    /// <summary>The kind of a date, as a function made once for many dates.</summary>
    /// <param name="packs">Hold the public holidays.</param>
    /// <param name="period">The months looked at.</param>
    /// <param name="findings">Told which holidays were taken, and of years that no pack holds.</param>
    /// <exception cref="RefusedException">
    /// energy.date: a date or range cannot be read. energy.holidays.place: no pack holds this place.
    /// </exception>
    internal Func<LocalDate, DayKind> Rule(FactorLibrary packs, MonthSpan period, List<Finding> findings)
    {
        var known = Holidays is null ? [] : Known(packs, period, findings);
        var weekdays = Weekdays.IsDefault ? [] : Weekdays.ToHashSet();
        if (weekdays.Contains(IsoDayOfWeek.None)) throw Refusal("/calendar/weekdays", "none");
        var shut = Ranges(Shutdown, "/calendar/shutdown");
        var worked = Ranges(Worked, "/calendar/worked");
        return date => In(worked, date) || (!In(shut, date)
            && (known.TryGetValue(date, out var isWorked) ? isWorked : weekdays.Contains(date.DayOfWeek)))
            ? DayKind.Working : DayKind.NonWorking;
    }

    /// <summary>
    /// The holidays (false) and exchanged days (true) of the place; years without any are said.
    /// </summary>
    private Dictionary<LocalDate, bool> Known(FactorLibrary packs, MonthSpan period, List<Finding> findings)
    {
        var days = packs.Holidays(Holidays!);
        if (days.Count == 0) throw new RefusedException(Finding.Of("energy.holidays.place", Severity.Error,
            new Place(Pointer: "/calendar/holidays"), ("place", Holidays!),
            ("places", string.Join(", ", packs.HolidayPlaces))));
        var years = days.Select(day => day.Date.Year).ToHashSet();
        var unknown = period.Months.Select(month => month.Year).Distinct()
            .Where(year => !years.Contains(year)).ToList();
        if (unknown.Count > 0)
            findings.Add(Finding.Of("energy.holidays.years", Severity.Warning, null, ("place", Holidays!),
                ("years", string.Join(", ", unknown))));
        var within = days.Where(day => period.Contains(day.Date.ToYearMonth())).ToList();
        findings.Add(Finding.Of("energy.holidays.taken", Severity.Info, null,
            ("holidays", within.Count(day => !day.IsWorked)), ("worked", within.Count(day => day.IsWorked)),
            ("place", Holidays!), ("pack", days[0].Pack.Id), ("edition", days[0].Pack.Edition)));
        return within.GroupBy(day => day.Date).ToDictionary(g => g.Key, g => g.Last().IsWorked);
    }

    private static bool In(List<(LocalDate First, LocalDate Last)> ranges, LocalDate date) =>
        ranges.Exists(range => date >= range.First && date <= range.Last);

    private static List<(LocalDate First, LocalDate Last)> Ranges(ImmutableArray<string> texts, string at)
    {
        var ranges = new List<(LocalDate, LocalDate)>();
        foreach (var text in texts.IsDefault ? [] : texts)
        {
            var parts = (text ?? "").Split('/');
            var (first, last) = (LocalDatePattern.Iso.Parse(parts[0]), LocalDatePattern.Iso.Parse(parts[^1]));
            if (parts.Length > 2 || !first.Success || !last.Success || last.Value < first.Value)
                throw Refusal(at, text ?? "");
            ranges.Add((first.Value, last.Value));
        }
        return ranges;
    }

    private static RefusedException Refusal(string at, string text) => new(Finding.Of(
        "energy.date", Severity.Error, new Place(Pointer: at), ("text", text)));
}
