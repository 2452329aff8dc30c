namespace Celadon.Server.Drawing;

/// <summary>A class of a histogram.</summary>
/// <param name="From">Its lower bound.</param>
/// <param name="To">Its upper bound.</param>
/// <param name="Count">How many are in it.</param>
/// <param name="Shown">What it holds, in words.</param>
public sealed record HistogramBin(double From, double To, int Count, string Shown);

/// <summary>A number that is marked among the classes.</summary>
/// <param name="Value">The number.</param>
/// <param name="Look">"c1", "c2", "c3".</param>
/// <param name="Shown">What it is, in words, with its number.</param>
public sealed record HistogramMark(double Value, string Look, string Shown);

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

    /// <summary>Numbers marked by a line over the whole height; none beyond the classes.</summary>
    public IReadOnlyList<HistogramMark> Marks { get; init; } = [];

    /// <summary>One look for all classes, and no zero line: for numbers that are no difference.</summary>
    public string? Look { get; init; }

    /// <summary>Zero farther away than so many widths of all classes is left out.</summary>
    private const double Far = 3;

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var (low, high) = Range();
        var (by, unit) = Axis.Scaled(Math.Max(Math.Abs(low), Math.Abs(high)), Unit);
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
                Look ?? (bin.From >= 0 && bin.To > 0 ? "rise"
                    : bin.To <= 0 && bin.From < 0 ? "fall" : "whole"),
                bin.Shown);
        }
        if (Look is null && low <= 0 && high >= 0) svg.Line(X(0), Top - 18, X(0), Floor + 6, "tick");
        foreach (var mark in Marks.Where(m => m.Value >= low && m.Value <= high))
            svg.Line(X(mark.Value), Top - 10, X(mark.Value), Floor, "rim")
                .Line(X(mark.Value), Top - 10, X(mark.Value), Floor, "ln " + mark.Look, mark.Shown);
        foreach (var tick in Axis.Between(low / by, high / by))
        {
            var x = X(tick * by);
            svg.Text(x, Floor + 20, Axis.Say(tick), anchor: x < 4 ? "start" : x > 96 ? "end" : "middle");
        }
        return svg.Text(100, Tall - 4, unit, anchor: "end").Done();
    }

    private (double Low, double High) Range()
    {
        if (Bins.Count == 0) return (-1, 1);
        var (low, high) = (Bins[0].From, Bins[^1].To);
        if (low == high) (low, high) = low == 0 ? (-1, 1) : (low - Math.Abs(low), high + Math.Abs(high));
        if (Look is not null) return (low, high);
        var far = Far * (high - low);
        return (low > 0 && low <= far ? 0 : low, high < 0 && -high <= far ? 0 : high);
    }
}
