using System.Collections.Immutable;
using System.Text.Json.Serialization;
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
/// Which days are worked, as whoever asks states it. No holidays are known here: they stand under
/// <see cref="Shutdown"/>, and days worked in exchange (调休) under <see cref="Worked"/>.
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

    /// <summary>The kind of a date, as a function made once for many dates.</summary>
    /// <exception cref="RefusedException">energy.date: a date or range cannot be read.</exception>
    internal Func<LocalDate, DayKind> Rule()
    {
        var weekdays = Weekdays.IsDefault ? [] : Weekdays.ToHashSet();
        if (weekdays.Contains(IsoDayOfWeek.None)) throw Refusal("/calendar/weekdays", "none");
        var shut = Ranges(Shutdown, "/calendar/shutdown");
        var worked = Ranges(Worked, "/calendar/worked");
        return date => In(worked, date) || (!In(shut, date) && weekdays.Contains(date.DayOfWeek))
            ? DayKind.Working : DayKind.NonWorking;
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
