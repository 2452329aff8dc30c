using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Celadon.Quantities;

/// <summary>
/// Whole calendar months from the first to the last, both included, in the local time of each site:
/// "2026-09", "2026" or "2025-10/2026-09".
/// </summary>
[JsonConverter(typeof(MonthSpanJson))]
public readonly record struct MonthSpan
{
    /// <summary>Months from first to last.</summary>
    /// <exception cref="ArgumentException">The last is before the first.</exception>
    public MonthSpan(YearMonth first, YearMonth last)
    {
        if (last < first) throw new ArgumentException($"The last month {last} is before the first {first}.");
        First = first;
        Last = last;
    }

    /// <summary>The first month.</summary>
    public YearMonth First { get; }

    /// <summary>The last month, included.</summary>
    public YearMonth Last { get; }

    /// <summary>How many months.</summary>
    public int Count => (Last.Year - First.Year) * 12 + Last.Month - First.Month + 1;

    /// <summary>Every month in order.</summary>
    public IEnumerable<YearMonth> Months
    {
        get
        {
            for (var month = First; month <= Last; month = month.PlusMonths(1)) yield return month;
        }
    }

    /// <summary>
    /// The calendar year that holds most of the months; the later one when two hold equally many. UK
    /// conversion factors are chosen by it.
    /// </summary>
    public int MainYear => Months.GroupBy(m => m.Year).OrderBy(g => g.Count()).ThenBy(g => g.Key).Last().Key;

    /// <summary>True when the month is one of them.</summary>
    public bool Contains(YearMonth month) => month >= First && month <= Last;

    /// <summary>The period in a site's time.</summary>
    public Period In(SiteZone zone) => new(zone.Month(First).Start, zone.Month(Last).End);

    /// <summary>Reads "2026-09", "2026" or "2025-10/2026-09".</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MonthSpan span)
    {
        span = default;
        if (text is null) return false;
        var parts = text.Split('/');
        if (parts.Length == 1 && parts[0].Length == 4 && Year(parts[0], out var year))
            span = new MonthSpan(new YearMonth(year, 1), new YearMonth(year, 12));
        else if (parts.Length == 1 && Month(parts[0], out var only)) span = new MonthSpan(only, only);
        else if (parts.Length == 2 && Month(parts[0], out var first) && Month(parts[1], out var last)
            && last >= first)
            span = new MonthSpan(first, last);
        else return false;
        return true;
    }

    /// <summary>Reads "2026-09", "2026" or "2025-10/2026-09".</summary>
    /// <exception cref="FormatException">The text is not a span of months.</exception>
    public static MonthSpan Parse(string text) => TryParse(text, out var span)
        ? span : throw new FormatException($"'{text}' is not a month, year or month/month.");

    /// <summary>"2026-09" or "2025-10/2026-09".</summary>
    public override string ToString() => First == Last ? Text(First) : $"{Text(First)}/{Text(Last)}";

    private static string Text(YearMonth m) =>
        string.Create(CultureInfo.InvariantCulture, $"{m.Year:0000}-{m.Month:00}");

    private static bool Year(string text, out int year) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out year)
            && year is >= 1900 and <= 2200;

    private static bool Month(string text, out YearMonth month)
    {
        month = default;
        if (text.Length != 7 || text[4] != '-' || !Year(text[..4], out var year)
            || !int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > 12) return false;
        month = new YearMonth(year, number);
        return true;
    }
}

/// <summary>A month span in JSON is its text.</summary>
public sealed class MonthSpanJson : JsonConverter<MonthSpan>
{
    /// <inheritdoc/>
    public override MonthSpan Read(ref Utf8JsonReader reader, Type typeToConvert,
        JsonSerializerOptions options) =>
        MonthSpan.TryParse(reader.GetString(), out var span)
            ? span : throw new JsonException(
                "A period is a month, a year or month/month: 2026-09, 2026, 2025-10/2026-09.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MonthSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
