using System.Text;

namespace Celadon.Server.Drawing;

/// <summary>What the first samples say.</summary>
/// <param name="Count">How many.</param>
/// <param name="Low">Their lower quantile.</param>
/// <param name="Median">Their median.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="High">Their upper quantile.</param>
/// <param name="Shown">The same in words.</param>
public sealed record SettlingPoint(int Count, double Low, double Median, double Mean, double High,
    string Shown);

/// <summary>
/// How mean and quantiles settle with the number of samples, each doubling a step of one width: where the
/// lines run level, more samples change nothing.
/// </summary>
/// <param name="Points">After 1, 2, 4, … samples.</param>
/// <param name="Unit">Unit of the numbers.</param>
/// <param name="CountName">What is counted.</param>
public sealed record Settling(IReadOnlyList<SettlingPoint> Points, string Unit, string CountName) : Drawing
{
    private const int Tall = 280;
    private const double Top = 40;
    private const double Floor = Tall - 44;
    private const double Narrow = 7;

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var (low, high) = Range();
        double Y(double value) => Floor - ((value - low) / (high - low) * (Floor - Top));
        var svg = new Svg(Label, id, Tall, width, Margins.Axis);
        var (by, unit) = Axis.Scaled(Math.Max(Math.Abs(low), Math.Abs(high)), Unit);
        foreach (var tick in Axis.Between(low / by, high / by))
        {
            var at = Math.Round(Y(tick * by)) + 0.5;
            svg.Line(0, at, 100, at, "grid").Text(0, at + 3.5, Axis.Say(tick), dx: -8, anchor: "end");
        }
        svg.Text(0, Top - 18, unit, dx: -8).Line(0, Floor + 0.5, 100, Floor + 0.5, "axis");
        svg.Paths((Band(Y), "above"), (Along(p => Y(p.Low)), "ln c3"), (Along(p => Y(p.High)), "ln c3"),
            (Along(p => Y(p.Median)), "ln c2"), (Along(p => Y(p.Mean)), "ln c1"));
        for (var i = 0; i < Points.Count; i++)
        {
            var (point, x) = (Points[i], X(i) / 10);
            svg.Dot(x, Y(point.Mean), 3, "dot", point.Shown);
            // The last need be no power of two, and then stands near the one before.
            if (i == Points.Count - 2 && X(i + 1) - X(i) < 10 * Narrow) continue;
            svg.Text(x, Floor + 18, Celadon.Text.Catalogue.Number(point.Count),
                (Points.Count - 1 - i) % 2 == 1 ? "wider" : "",
                anchor: i == 0 ? "start" : i == Points.Count - 1 ? "end" : "middle");
        }
        return svg.Text(100, Tall - 4, CountName, anchor: "end").Done();
    }

    private (double Low, double High) Range()
    {
        var (low, high) = (Points.Min(p => Math.Min(p.Low, p.Mean)), Points.Max(p =>
            Math.Max(p.High, p.Mean)));
        var room = high > low ? (high - low) / 20 : Math.Max(Math.Abs(high), 1) / 20;
        return (low - room, high + room);
    }

    private double X(int i) => Points.Count < 2 ? 0
        : Math.Log2(Points[i].Count) / Math.Log2(Points[^1].Count) * 1000;

    private string Along(Func<SettlingPoint, double> y)
    {
        var path = new StringBuilder();
        for (var i = 0; i < Points.Count; i++)
            path.Append(i == 0 ? 'M' : 'L').Append(Svg.N(X(i))).Append(' ').Append(Svg.N(y(Points[i])));
        return path.ToString();
    }

    private string Band(Func<double, double> y)
    {
        var path = new StringBuilder(Along(p => y(p.High)));
        for (var i = Points.Count - 1; i >= 0; i--)
            path.Append('L').Append(Svg.N(X(i))).Append(' ').Append(Svg.N(y(Points[i].Low)));
        return path.Append('Z').ToString();
    }
}
