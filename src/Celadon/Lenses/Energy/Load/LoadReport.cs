using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Celadon.Quantities;

namespace Celadon.Lenses.Energy.Load;

/// <summary>How a supply was drawn on: calendar, profile and duration.</summary>
/// <param name="Period">The months.</param>
/// <param name="Zone">IANA zone of all local times.</param>
/// <param name="Minutes">The step.</param>
/// <param name="Unit">Unit of energies ("kWh").</param>
/// <param name="PowerUnit">Unit of powers ("kW").</param>
/// <param name="Meters">The meters, added up.</param>
/// <param name="Total">Energy of the period as far as it is known: the sum of the readings.</param>
/// <param name="Known">Share of the period that readings cover, percent.</param>
/// <param name="Estimated">The part of the total from readings marked estimated; null when none is.</param>
/// <param name="Mean">Mean power: total ÷ hours known.</param>
/// <param name="Peak">The highest interval that is not suspected; null when none is known.</param>
/// <param name="LoadFactor">Mean ÷ peak, percent; null without a peak.</param>
/// <param name="Profile">The day by the clock, for working and for other days.</param>
/// <param name="Days">The calendar.</param>
/// <param name="Duration">How long the load was how high; null when no interval is known.</param>
/// <param name="Gaps">Stretches without readings, in order.</param>
public sealed record LoadReport(
    string Period, string Zone, int Minutes, string Unit, string PowerUnit,
    ImmutableArray<LoadMeter> Meters, Figure Total, Figure Known, Figure? Estimated, Figure? Mean,
    LoadPeak? Peak, Figure? LoadFactor, ImmutableArray<LoadProfile> Profile, ImmutableArray<LoadDay> Days,
    LoadDuration? Duration, ImmutableArray<LoadGap> Gaps);

/// <summary>A meter of a load.</summary>
/// <param name="Meter">Its id.</param>
/// <param name="Site">Its site; empty for none.</param>
/// <param name="Minutes">The step its readings come in.</param>
/// <param name="Readings">How many of them count.</param>
public sealed record LoadMeter(string Meter, string Site, int Minutes, long Readings);

/// <summary>The highest interval.</summary>
/// <param name="Power">Its mean power.</param>
/// <param name="Date">Its local date.</param>
/// <param name="Time">The local time it begins at, with the offset from UTC where the day repeats an
/// hour.</param>
public sealed record LoadPeak(Figure Power, string Date, string Time);

/// <summary>The day by the clock over the days of one kind.</summary>
/// <param name="Days">Which days.</param>
/// <param name="Count">How many of them there are in the period.</param>
/// <param name="Slots">One a step of the day; a step of which nothing is known is left out.</param>
public sealed record LoadProfile(DayKind Days, int Count, ImmutableArray<LoadSlot> Slots);

/// <summary>A step of the day.</summary>
/// <param name="Time">When it begins: "09:30".</param>
/// <param name="Count">How many intervals it sums up.</param>
/// <param name="Mean">Mean power.</param>
/// <param name="Least">The smallest.</param>
/// <param name="Most">The greatest.</param>
/// <param name="Quantiles">The quantiles asked for, in the spec's order.</param>
public sealed record LoadSlot(
    string Time, int Count, Figure Mean, Figure Least, Figure Most, ImmutableArray<Figure> Quantiles);

/// <summary>A day of the calendar.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Kind">Whether it is worked.</param>
/// <param name="Total">Its energy as far as it is known; null when nothing is.</param>
/// <param name="KnownPercent">Share of the day that readings cover, whole percent, rounded down.</param>
/// <param name="Power">
/// Mean power of each interval from the start of the day on, in <see cref="LoadReport.PowerUnit"/>; null
/// where it is not wholly known. A day has 46, 48 or 50 half-hours.
/// </param>
/// <param name="Estimated">Which of them hold estimated readings.</param>
/// <param name="Interpolated">Which of them hold a share in time of a longer reading.</param>
/// <param name="Suspected">
/// Which of them are so high that a fault is likely: they stand in the total, but in no peak, profile or
/// duration.
/// </param>
/// <param name="Slots">
/// The step of the day by the clock of each interval; null where they simply count up.
/// </param>
public sealed record LoadDay(
    string Date, DayKind Kind, Figure? Total, int KnownPercent, LoadCells Power,
    ImmutableArray<int> Estimated, ImmutableArray<int> Interpolated, ImmutableArray<int> Suspected,
    ImmutableArray<int>? Slots);

/// <summary>How long the load was how high.</summary>
/// <param name="Hours">Hours that are known.</param>
/// <param name="Shares">The load that was reached or passed in so many percent of the hours.</param>
/// <param name="Levels">Hours at or above round loads.</param>
public sealed record LoadDuration(
    Figure Hours, ImmutableArray<LoadShare> Shares, ImmutableArray<LoadLevel> Levels)
{
    /// <summary>Every known power, the highest first: what a drawing follows.</summary>
    [JsonIgnore] public LoadCells Curve { get; init; } = LoadCells.Empty;
}

/// <summary>A point of the duration curve.</summary>
/// <param name="Percent">Percent of the hours; 0 is the peak.</param>
/// <param name="Power">The load reached or passed.</param>
public sealed record LoadShare(int Percent, Figure Power);

/// <summary>Hours at or above a round load.</summary>
/// <param name="Power">The load.</param>
/// <param name="Hours">Hours at or above it.</param>
/// <param name="Percent">Their share of the known hours.</param>
public sealed record LoadLevel(Figure Power, Figure Hours, Figure Percent);

/// <summary>A stretch without readings of a meter.</summary>
/// <param name="Meter">Its id.</param>
/// <param name="From">First instant, ISO 8601 UTC.</param>
/// <param name="To">First instant after.</param>
/// <param name="Hours">Its length.</param>
public sealed record LoadGap(string Meter, string From, string To, Figure Hours);

/// <summary>
/// The powers of a day's intervals: figures when looked at, plain decimals and nulls in JSON.
/// </summary>
[JsonConverter(typeof(LoadCellsJson))]
public sealed class LoadCells : IReadOnlyList<Figure?>
{
    private readonly Func<int, Figure?> _at;
    private readonly Func<int, Amount?> _value;
    private Figure?[]? _made;

    internal LoadCells(int count, Func<int, Amount?> value, Func<int, Figure?> at) =>
        (Count, _value, _at) = (count, value, at);

    /// <summary>No intervals.</summary>
    public static LoadCells Empty { get; } = new(0, _ => null, _ => null);

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>The power of an interval without its trace; null where it is not known.</summary>
    public Amount? ValueAt(int index) => _value(index);

    /// <summary>The figure of an interval, made when it is first looked at.</summary>
    public Figure? this[int index] => (_made ??= new Figure?[Count])[index] ??= _at(index);

    /// <inheritdoc/>
    public IEnumerator<Figure?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Writes cells as an array of plain decimals.</summary>
public sealed class LoadCellsJson : JsonConverter<LoadCells>
{
    /// <inheritdoc/>
    public override LoadCells Read(ref Utf8JsonReader reader, Type typeToConvert,
        JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written, not read.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LoadCells value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        for (var i = 0; i < value.Count; i++)
            if (value.ValueAt(i) is { } power) writer.WriteStringValue(power.ToString());
            else writer.WriteNullValue();
        writer.WriteEndArray();
    }
}
