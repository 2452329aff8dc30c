using System.Globalization;

namespace Celadon.Server.Drawing;

/// <summary>A class of a histogram.</summary>
/// <param name="From">Its lower bound.</param>
/// <param name="To">Its upper bound.</param>
/// <param name="Count">How many are in it.</param>
/// <param name="Shown">What it holds, in words.</param>
public sealed record HistogramBin(double From, double To, int Count, string Shown);

/// <summary>
/// How often a difference is how large. Zero is a line wherever it is near enough; what lies below it has
/// another colour than what lies above.
/// </summary>
/// <param name="Bins">The classes, from the least up.</param>
/// <param name="CountName">What is counted.</param>
/// <param name="Unit">Unit of the difference.</param>
public sealed record Histogram(IReadOnlyList<HistogramBin> Bins, string CountName, string Unit) : Drawing
{
    private const int Tall = 280;
    private const double Top = 44;
    private const double Floor = Tall - 44;
    private const int MostTicks = 6;

    /// <summary>Zero farther away than so many widths of all classes is left out.</summary>
    private const double Far = 3;

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var (low, high) = Range();
        double X(double value) => (value - low) / (high - low) * 100;
        var axis = new Axis(Bins.Count == 0 ? 1 : Bins.Max(b => b.Count));
        double Y(double count) => Floor - (count / axis.Most * (Floor - Top));
        var svg = new Svg(Label, id, Tall, width, Margins.Axis).YAxis(axis, Y, CountName);
        foreach (var bin in Bins.Where(b => b.Count > 0))
        {
            // One value alone has no width of its own.
            var (from, to) = bin.To > bin.From ? (X(bin.From), X(bin.To))
                : (X(bin.From) - 1, X(bin.From) + 1);
            svg.Bar(from + 0.1, Y(bin.Count), Math.Max(0.2, to - from - 0.2), Floor - Y(bin.Count),
                bin.From >= 0 && bin.To > 0 ? "rise" : bin.To <= 0 && bin.From < 0 ? "fall" : "whole",
                bin.Shown);
        }
        if (low <= 0 && high >= 0) svg.Line(X(0), Top - 18, X(0), Floor + 6, "tick");
        foreach (var tick in Ticks(low, high))
            svg.Text(X(tick), Floor + 20, Say(tick), anchor: X(tick) < 4 ? "start" : X(tick) > 96 ? "end"
                : "middle");
        return svg.Text(100, Tall - 4, Unit, anchor: "end").Done();
    }

    private (double Low, double High) Range()
    {
        if (Bins.Count == 0) return (-1, 1);
        var (low, high) = (Bins[0].From, Bins[^1].To);
        if (low == high) (low, high) = low == 0 ? (-1, 1) : (low - Math.Abs(low), high + Math.Abs(high));
        var far = Far * (high - low);
        return (low > 0 && low <= far ? 0 : low, high < 0 && -high <= far ? 0 : high);
    }

    /// <summary>Zero where it is seen, and round numbers to both sides.</summary>
    private static IEnumerable<double> Ticks(double low, double high)
    {
        var axis = new Axis((high - low) * 4 / MostTicks);
        var step = axis.Ticks[^1] / (axis.Ticks.Length - 1);
        for (var k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (1e-9 * step); k++)
            yield return k * step;
    }

    private static string Say(double value) => (Math.Abs(value) < 1e-12 ? 0 : value)
        .ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');
}
