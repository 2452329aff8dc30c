using System.Text;

namespace Celadon.Server.Drawing;

/// <summary>
/// One day as steps: an interval is an interval. Base load is the dark sediment, a typical day is dashed, a
/// missing interval is a gap with a hatch and never zero.
/// </summary>
/// <param name="Values">Mean power of each interval; null where there is no reading.</param>
/// <param name="Base">Base load in the same unit; null when it was not found.</param>
/// <param name="Compare">A typical day, of equal length, or empty.</param>
/// <param name="Unit">Their unit.</param>
/// <param name="Hours">Labels along the day, evenly spaced from its start to its end.</param>
/// <param name="Peak">What to write at the highest interval, or null.</param>
/// <param name="Tall">Height in pixels.</param>
public sealed record DayLoad(
    IReadOnlyList<double?> Values, double? Base, IReadOnlyList<double?> Compare, string Unit,
    IReadOnlyList<string> Hours, string? Peak, int Tall = 320) : Drawing
{
    /// <summary>Where the number at the highest interval is explained, or null.</summary>
    public string? Why { get; init; }

    private const double Top = 40;
    private double Floor => Tall - 24;

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var axis = new Axis(Values.Concat(Compare).Max() ?? 1);
        double Y(double value) => Floor - value / axis.Most * (Floor - Top);
        var svg = new Svg(Label, id, Tall, width, Margins.Axis).YAxis(axis, Y, Unit);
        var paths = new List<(string, string)> { (Under(Values, Y), "above") };
        if (Base is { } floor) paths.Add((
            Under([.. Values.Select(v => v is { } x ? Math.Min(x, floor) : v)], Y), "base"));
        if (Compare.Count > 0)
        {
            // Where the typical day runs within the dark sediment, a rim keeps it readable.
            paths.Add((Steps([.. Compare.Select(v => v < Base ? v : null)], Y), "ln rim"));
            paths.Add((Steps(Compare, Y), "ln compare"));
        }
        paths.Add((Steps(Values, Y), "ln series"));
        svg.Paths([.. paths]);
        foreach (var (from, to) in Gaps())
            svg.Bar(from * 100.0 / Values.Count, Floor - 16, (to - from) * 100.0 / Values.Count, 15.5, "unk");
        for (var i = 0; i < Hours.Count; i++)
            svg.Text(100.0 * i / (Hours.Count - 1), Tall - 6, Hours[i], i % 2 == 1 ? "wider" : "",
                anchor: i == 0 ? "start" : i == Hours.Count - 1 ? "end" : "middle");
        Mark(svg, Y);
        return svg.Done();
    }

    private void Mark(Svg svg, Func<double, double> y)
    {
        if (Peak is null) return;
        var at = Enumerable.Range(0, Values.Count).MaxBy(i => Values[i] ?? double.MinValue);
        if (Values[at] is not { } value) return;
        var x = (at + 0.5) * 100 / Values.Count;
        svg.Line(x, y(value) - 4, x, y(value) - 14, "lead");
        svg.Text(x, y(value) - 18, Peak, "say halo", dx: x > 62 ? 4 : -4, anchor: x > 62 ? "end" : "start",
            why: Why);
    }

    private IEnumerable<(int From, int To)> Gaps()
    {
        for (var i = 0; i < Values.Count; i++)
        {
            if (Values[i] is not null) continue;
            var from = i;
            while (i < Values.Count && Values[i] is null) i++;
            yield return (from, i);
        }
    }

    private static string Steps(IReadOnlyList<double?> values, Func<double, double> y)
    {
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value) continue;
            var starts = i == 0 || values[i - 1] is null;
            path.Append(starts ? $"M{X(i, values)} " : "V").Append(Svg.N(y(value))).Append('H')
                .Append(X(i + 1, values));
        }
        return path.ToString();
    }

    private string Under(IReadOnlyList<double?> values, Func<double, double> y)
    {
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value) continue;
            if (i == 0 || values[i - 1] is null) path.Append('M').Append(X(i, values)).Append(' ')
                .Append(Svg.N(Floor));
            path.Append('V').Append(Svg.N(y(value))).Append('H').Append(X(i + 1, values));
            if (i == values.Count - 1 || values[i + 1] is null) path.Append('V').Append(Svg.N(Floor))
                .Append('Z');
        }
        return path.ToString();
    }

    private static string X(int i, IReadOnlyList<double?> values) => Svg.N(i * 1000.0 / values.Count);
}
