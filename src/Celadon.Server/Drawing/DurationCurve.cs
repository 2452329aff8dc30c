using System.Globalization;
using System.Text;

namespace Celadon.Server.Drawing;

/// <summary>A point of a duration curve that is read out.</summary>
/// <param name="Hours">Hours at or above the load.</param>
/// <param name="Value">The load.</param>
/// <param name="Text">What to write beside it.</param>
/// <param name="Short">What to write on a phone.</param>
public sealed record DurationMark(double Hours, double Value, string Text, string Short)
{
    /// <summary>Where its number is explained, or null.</summary>
    public string? Why { get; init; }
}

/// <summary>
/// Load against the hours in which it is reached or passed, on a linear axis: an hour is an hour. The base
/// that never stops is the dark sediment.
/// </summary>
/// <param name="Loads">Loads from the highest down, evenly spaced over the hours.</param>
/// <param name="Hours">All hours.</param>
/// <param name="Base">Base load; null when it was not found.</param>
/// <param name="Unit">Unit of the loads.</param>
/// <param name="AxisName">What runs along x.</param>
/// <param name="Marks">At most four.</param>
public sealed record DurationCurve(
    IReadOnlyList<double> Loads, double Hours, double? Base, string Unit, string AxisName,
    IReadOnlyList<DurationMark> Marks) : Drawing
{
    private const int Tall = 400;
    private const double Top = 40;
    private const double Floor = Tall - 44;

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var axis = new Axis(Loads.Count == 0 ? 1 : Loads[0]);
        double Y(double value) => Floor - Math.Max(0, value) / axis.Most * (Floor - Top);
        var svg = new Svg(Label, id, Tall, width, Margins.Axis).YAxis(axis, Y, Unit);
        var paths = new List<(string, string)> { (Under(Y), "above") };
        if (Base is { } line) paths.Add((Under(load => Y(Math.Min(load, line))), "base"));
        paths.Add((Along(Y), "ln series"));
        svg.Paths([.. paths]);
        var hours = new Axis(Hours);
        for (var i = 0; i < hours.Ticks.Length; i++)
        {
            var tick = hours.Ticks[i];
            if (tick > Hours * 0.93) continue;
            svg.Line(tick / Hours * 100, Floor, tick / Hours * 100, Floor + 4, "axis");
            svg.Text(tick / Hours * 100, Floor + 18, hours.Label(tick), i % 2 == 1 ? "wider" : "",
                anchor: tick == 0 ? "start" : "middle");
        }
        svg.Line(100, Floor, 100, Floor + 4, "axis");
        svg.Text(100, Floor + 18, Hours.ToString("N0", CultureInfo.InvariantCulture), anchor: "end");
        svg.Text(100, Tall - 4, AxisName, anchor: "end");
        Mark(svg, Y);
        return svg.Done();
    }

    /// <summary>Points read out, each text a step above its point and clear of the one before.</summary>
    private void Mark(Svg svg, Func<double, double> y)
    {
        var last = double.MinValue;
        foreach (var mark in Marks)
        {
            var (x, at) = (mark.Hours / Hours * 100, y(mark.Value));
            var text = Math.Max(at - (mark.Hours == 0 ? -4 : 28), last + 18);
            last = text;
            svg.Line(x, at, x, text + 4, "lead");
            svg.Dot(x, at, 3, "dot");
            var (dx, anchor) = x > 62 ? (-6, "end") : (10, "start");
            svg.Text(x, text, mark.Text, "say halo wider", dx: dx, anchor: anchor, why: mark.Why);
            svg.Text(x, text, mark.Short, "say halo narrower", dx: dx, anchor: anchor, why: mark.Why);
        }
    }

    private string Along(Func<double, double> y)
    {
        var path = new StringBuilder();
        for (var i = 0; i < Loads.Count; i++)
            path.Append(i == 0 ? 'M' : 'L').Append(X(i)).Append(' ').Append(Svg.N(y(Loads[i])));
        return path.ToString();
    }

    private string Under(Func<double, double> y) =>
        $"M0 {Svg.N(Floor)}{Along(y).Replace('M', 'L')}V{Svg.N(Floor)}Z";

    private string X(int i) => Svg.N(Loads.Count < 2 ? 0 : i * 1000.0 / (Loads.Count - 1));
}
