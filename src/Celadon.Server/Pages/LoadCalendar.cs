using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Celadon.Lenses;
using Celadon.Lenses.Energy.Load;
using Celadon.Quantities;
using Celadon.Server.Drawing;

namespace Celadon.Server.Pages;

/// <summary>
/// A load as the calendar draws it: what the server draws and what the script on the page reads are made
/// here, once an answer, from the same numbers.
/// </summary>
internal sealed class LoadCalendar
{
    private const int LevelCount = 8;
    private const int MostBoxes = 600;

    // Not all of the hours are equally many at each level: the low ones are told apart, the high ones too.
    private static readonly double[] Quantiles = [0.12, 0.30, 0.50, 0.65, 0.80, 0.91, 0.98];
    private static readonly double[] Round = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

    private LoadCalendar(LoadReport report, double[] limits, HeatCells cells, string data)
    {
        (Report, Limits, Cells, Data) = (report, limits, cells, data);
    }

    /// <summary>The answer.</summary>
    public LoadReport Report { get; }

    /// <summary>Where each level of colour begins, zero first, in the power's unit.</summary>
    public double[] Limits { get; }

    /// <summary>What the server draws.</summary>
    public HeatCells Cells { get; }

    /// <summary>Day and interval of the highest load of each month; null where none is known.</summary>
    public IReadOnlyList<(int Day, int Interval)?> Peaks => _peaks ??= [.. PeaksOf(Report)];

    private IReadOnlyList<(int Day, int Interval)?>? _peaks;

    /// <summary>What the script reads, as JSON.</summary>
    public string Data { get; }

    /// <summary>Makes it from an answer.</summary>
    public static LoadCalendar Of(LoadReport report)
    {
        var perDay = 24 * 60 / report.Minutes;
        var scale = report.Days.Max(d => Enumerable.Range(0, d.Power.Count)
            .Max(i => d.Power.ValueAt(i)?.Scale ?? 0));
        var grid = new long?[report.Days.Length * perDay];
        var absent = new bool[grid.Length];
        var again = new List<(int Day, int Slot, long Value)>();
        for (var day = 0; day < report.Days.Length; day++)
            Lay(report.Days[day], day, perDay, scale, grid, absent, again);
        var limits = LimitsOf(report);
        var unit = Math.Pow(10, -scale);
        var levels = new byte[grid.Length];
        for (var i = 0; i < grid.Length; i++)
            levels[i] = absent[i] ? HeatCells.Absent : grid[i] is not { } value ? HeatCells.Unknown
                : (byte)Math.Max(0, Array.FindLastIndex(limits, limit => value * unit >= limit - 1e-9));
        var estimated = MarksOf(report, perDay, day => day.Estimated);
        var cells = new HeatCells(report.Days.Length, perDay, levels,
            Boxes(report.Days.Length, perDay, i => levels[i] == HeatCells.Unknown),
            Boxes(report.Days.Length, perDay, i => estimated[i]));
        return new LoadCalendar(report, limits, cells,
            Write(report, perDay, scale, grid, absent, again, limits, cells));
    }

    private static IEnumerable<(int Day, int Interval)?> PeaksOf(LoadReport report)
    {
        foreach (var month in Enumerable.Range(0, report.Days.Length)
            .GroupBy(day => report.Days[day].Date[..7]))
        {
            (int, int)? at = null;
            var most = Amount.Zero;
            foreach (var day in month)
                for (var i = 0; i < report.Days[day].Power.Count; i++)
                    if (report.Days[day].Power.ValueAt(i) is { } value && (at is null || value > most)
                        && !report.Days[day].Suspected.Contains(i)) (at, most) = ((day, i), value);
            yield return at;
        }
    }

    private static void Lay(LoadDay day, int at, int perDay, int scale, long?[] grid, bool[] absent,
        List<(int, int, long)> again)
    {
        var slots = day.Slots;
        var seen = new bool[perDay];
        for (var i = 0; i < day.Power.Count; i++)
        {
            var slot = slots is { } odd ? odd[i] : i;
            long? value = day.Power.ValueAt(i) is { } power && power.TryGetUnscaled(scale, out var unscaled)
                ? (long)unscaled : null;
            if (seen[slot] && value is { } second) again.Add((at, slot, second));
            if (!seen[slot]) grid[at * perDay + slot] = value;
            seen[slot] = true;
        }
        for (var slot = 0; slot < perDay; slot++) absent[at * perDay + slot] = !seen[slot];
    }

    private static bool[] MarksOf(LoadReport report, int perDay, Func<LoadDay, IEnumerable<int>> of)
    {
        var marks = new bool[report.Days.Length * perDay];
        for (var day = 0; day < report.Days.Length; day++)
            foreach (var i in of(report.Days[day]))
                marks[day * perDay + (report.Days[day].Slots is { } odd ? odd[i] : i)] = true;
        return marks;
    }

    /// <summary>Round loads near quantiles of the known hours, rising.</summary>
    private static double[] LimitsOf(LoadReport report)
    {
        var limits = new List<double> { 0 };
        if (report.Duration is not { Curve: { Count: > 0 } curve }) return [0];
        foreach (var quantile in Quantiles)
        {
            var value = curve.ValueAt((int)((1 - quantile) * (curve.Count - 1)))!.Value.ToDouble();
            if (value <= 0) continue;
            var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
            var round = Round.MinBy(r => Math.Abs(r * power - value)) * power;
            if (round > limits[^1] * 1.000001) limits.Add(Math.Round(round, 9));
        }
        return [.. limits.Take(LevelCount)];
    }

    /// <summary>Stretches of a day; days that are whole alike, one after the other, are one box.</summary>
    private static List<HeatBox> Boxes(int days, int perDay, Func<int, bool> has)
    {
        var boxes = new List<HeatBox>();
        for (var day = 0; day < days; day++)
            for (var slot = 0; slot < perDay; slot++)
            {
                if (!has(day * perDay + slot)) continue;
                var first = slot;
                while (slot + 1 < perDay && has(day * perDay + slot + 1)) slot++;
                var before = boxes.FindLastIndex(b => b.LastDay == day - 1 && b.FirstSlot == first
                    && b.LastSlot == slot);
                if (before >= 0) boxes[before] = boxes[before] with { LastDay = day };
                else if (boxes.Count < MostBoxes) boxes.Add(new HeatBox(day, day, first, slot));
            }
        return boxes;
    }

    private static string Write(LoadReport report, int perDay, int scale, long?[] grid, bool[] absent,
        List<(int Day, int Slot, long Value)> again, double[] limits, HeatCells cells)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("start", report.Days[0].Date);
            json.WriteNumber("days", report.Days.Length);
            json.WriteNumber("per", perDay);
            json.WriteNumber("minutes", report.Minutes);
            json.WriteNumber("scale", scale);
            json.WriteStartArray("limits");
            foreach (var limit in limits) json.WriteNumberValue(limit);
            json.WriteEndArray();
            json.WriteString("cells", Packed(grid, absent));
            Write(json, "unknown", cells.Unknowns);
            Write(json, "estimated", cells.Estimates);
            json.WriteStartArray("again");
            foreach (var (day, slot, value) in again) Write(json, day, slot, value);
            json.WriteEndArray();
            json.WriteStartObject("odd");
            for (var day = 0; day < report.Days.Length; day++)
                if (report.Days[day].Slots is { } slots)
                {
                    json.WriteStartArray(day.ToString(CultureInfo.InvariantCulture));
                    foreach (var slot in slots) json.WriteNumberValue(slot);
                    json.WriteEndArray();
                }
            json.WriteEndObject();
            json.WriteStartArray("totals");
            foreach (var day in report.Days)
                if (day.Total is null) json.WriteNullValue();
                else json.WriteStringValue(day.Total.Value.ToString());
            json.WriteEndArray();
            json.WriteStartArray("suspected");
            var suspected = MarksOf(report, perDay, day => day.Suspected);
            for (var i = 0; i < suspected.Length; i++) if (suspected[i]) json.WriteNumberValue(i);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<HeatBox> boxes)
    {
        json.WriteStartArray(name);
        foreach (var box in boxes) Write(json, box.FirstDay, box.LastDay, box.FirstSlot, box.LastSlot);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, params long[] numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    /// <summary>
    /// Four bytes a cell, little-endian, in base 64: the power × 10^scale, −2^31 for unknown, −2^31 + 1 for
    /// a step that the day does not have. Two bytes and −2^15 where all fit.
    /// </summary>
    private static string Packed(long?[] grid, bool[] absent)
    {
        var small = grid.All(value => value is null or (> short.MinValue + 1 and <= short.MaxValue));
        var size = small ? 2 : 4;
        long none = small ? short.MinValue : int.MinValue;
        var bytes = new byte[1 + grid.Length * size];
        bytes[0] = (byte)size;
        for (var i = 0; i < grid.Length; i++)
        {
            var value = absent[i] ? none + 1 : Math.Clamp(grid[i] ?? none, int.MinValue, int.MaxValue);
            if (small) BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(1 + i * size), (short)value);
            else BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1 + i * size), (int)value);
        }
        return Convert.ToBase64String(bytes);
    }
}
