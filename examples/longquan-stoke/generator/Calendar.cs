using System.Globalization;

namespace LongquanStoke;

/// <summary>A calendar month.</summary>
public readonly record struct Month(int Year, int Number)
{
    /// <summary>Its first day.</summary>
    public DateOnly First => new(Year, Number, 1);

    /// <summary>Its last day.</summary>
    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    /// <summary>The month of a day.</summary>
    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>"2025-10".</summary>
    public override string ToString() => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

/// <summary>The reporting year of the works: October 2025 to September 2026.</summary>
public static class ReportingYear
{
    /// <summary>First day.</summary>
    public static readonly DateOnly First = new(2025, 10, 1);

    /// <summary>Last day.</summary>
    public static readonly DateOnly Last = new(2026, 9, 30);

    /// <summary>The twelve months.</summary>
    public static readonly Month[] Months = [.. Enumerable.Range(0, 12).Select(i =>
        Month.Of(First.AddMonths(i)))];
}

/// <summary>
/// An interval of a meter: its start in UTC and its two ends as the clock on the wall shows them.
/// </summary>
public readonly record struct Slot(DateTime Utc, DateTime Begin, DateTime End)
{
    /// <summary>The local day it begins on.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Begin);
}

/// <summary>
/// The wall clocks of the two sites. The rules are written out, so that the files do not depend on the time
/// zone data of the machine: British Summer Time ended on 26 October 2025 and began on 29 March 2026, both at
/// 01:00 UTC; China keeps UTC+8 all year.
/// </summary>
public static class Clock
{
    private static readonly DateTime SummerEnds = new(2025, 10, 26, 1, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime SummerBegins = new(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc);

    /// <summary>Local time in London.</summary>
    public static DateTime London(DateTime utc) =>
        utc < SummerEnds || utc >= SummerBegins ? utc.AddHours(1) : utc;

    /// <summary>Local time in Shanghai.</summary>
    public static DateTime Shanghai(DateTime utc) => utc.AddHours(8);

    /// <summary>The intervals of the reporting year by a local clock.</summary>
    public static Slot[] Slots(Func<DateTime, DateTime> local, int minutes)
    {
        var utc = ReportingYear.First.AddDays(-1).ToDateTime(default, DateTimeKind.Utc);
        while (DateOnly.FromDateTime(local(utc)) < ReportingYear.First) utc = utc.AddMinutes(minutes);
        var slots = new List<Slot>();
        for (; DateOnly.FromDateTime(local(utc)) <= ReportingYear.Last; utc = utc.AddMinutes(minutes))
            slots.Add(new Slot(utc, local(utc), local(utc.AddMinutes(minutes))));
        return [.. slots];
    }
}
