using NodaTime;

namespace Celadon.Quantities;

/// <summary>
/// The local time of a site: its days, months and interval counts. Zones come from NodaTime's own copy of the
/// time zone database, whose version belongs to an answer, so that two machines agree.
/// </summary>
public sealed class SiteZone
{
    private SiteZone(DateTimeZone zone) => Zone = zone;

    /// <summary>The zone rules.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>IANA name: "Europe/London".</summary>
    public string Id => Zone.Id;

    /// <summary>Version of the time zone database in use.</summary>
    public static string DatabaseVersion => DateTimeZoneProviders.Tzdb.VersionId;

    /// <summary>The zone of an IANA name, or null when the name is unknown.</summary>
    public static SiteZone? Find(string id) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone ? new SiteZone(zone) : null;

    /// <summary>The zone of an IANA name.</summary>
    /// <exception cref="ArgumentException">No such zone.</exception>
    public static SiteZone Get(string id) => Find(id) ?? throw new ArgumentException($"No time zone '{id}'.");

    /// <summary>A local day, which may last 23, 24 or 25 hours.</summary>
    public Period Day(LocalDate date) =>
        new(Zone.AtStartOfDay(date).ToInstant(), Zone.AtStartOfDay(date.PlusDays(1)).ToInstant());

    /// <summary>Local days from the first to the last, both included.</summary>
    public Period Days(LocalDate first, LocalDate last) =>
        new(Zone.AtStartOfDay(first).ToInstant(), Zone.AtStartOfDay(last.PlusDays(1)).ToInstant());

    /// <summary>A local calendar month.</summary>
    public Period Month(YearMonth month)
    {
        var first = month.OnDayOfMonth(1);
        return Days(first, first.PlusMonths(1).PlusDays(-1));
    }

    /// <summary>The local date of an instant.</summary>
    public LocalDate DateOf(Instant instant) => instant.InZone(Zone).Date;

    /// <summary>The local month of an instant.</summary>
    public YearMonth MonthOf(Instant instant) => DateOf(instant).ToYearMonth();

    /// <summary>The local months a period touches, in order.</summary>
    public IEnumerable<YearMonth> MonthsOf(Period period)
    {
        var month = MonthOf(period.Start);
        var last = MonthOf(period.End - Duration.Epsilon);
        for (; month <= last; month = month.PlusMonths(1)) yield return month;
    }

    /// <summary>The local dates a period touches, in order.</summary>
    public IEnumerable<LocalDate> DatesOf(Period period)
    {
        var last = DateOf(period.End - Duration.Epsilon);
        for (var date = DateOf(period.Start); date <= last; date = date.PlusDays(1)) yield return date;
    }

    /// <summary>
    /// How many whole intervals of the given minutes a period holds: a day has 46, 48 or 50 half-hours.
    /// </summary>
    public static int Intervals(Period period, int minutes) =>
        (int)(period.Length.ToInt64Nanoseconds() / (minutes * NodaConstants.NanosecondsPerMinute));
}
