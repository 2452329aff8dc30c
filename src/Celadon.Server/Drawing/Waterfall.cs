namespace Celadon.Server.Drawing;

/// <summary>A step of a change.</summary>
/// <param name="Name">What changed, or which total it is.</param>
/// <param name="Value">The total, or the change with its sign.</param>
/// <param name="Shown">Its number as written.</param>
/// <param name="IsTotal">True for what stands on the axis by itself.</param>
public sealed record ChangeStep(string Name, double Value, string Shown, bool IsTotal = false)
{
    /// <summary>Where its number is explained, or null.</summary>
    public string? Why { get; init; }
}

/// <summary>
/// From one total to another by steps that add up. Rows run down, so that long names stay whole on a phone;
/// the axis may begin above zero and then says so by its first number.
/// </summary>
/// <param name="Steps">The first total, the steps, the last total.</param>
/// <param name="From">What stands before the first number of an axis that begins above zero.</param>
public sealed record Waterfall(IReadOnlyList<ChangeStep> Steps, string From) : Drawing
{
    private const int RowHeight = 34;
    private const int Thick = 12;

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var ends = Ends();
        var (low, high) = Range(ends);
        double X(double value) => (value - low) / (high - low) * 100;
        var tall = Steps.Count * RowHeight + 24;
        var svg = new Svg(Label, id, tall, width, Margins.None);
        for (var i = 0; i < Steps.Count; i++)
        {
            var (step, top) = (Steps[i], i * RowHeight);
            var (from, to) = step.IsTotal ? (low, ends[i]) : (ends[i - 1], ends[i]);
            var said = step.IsTotal ? "strong halo" : "say halo";
            svg.Text(0, top + 12, step.Name, said);
            svg.Text(100, top + 12, step.Shown, said, anchor: "end", why: step.Why);
            svg.Bar(0, top + 17, 100, Thick, "track");
            var look = step.IsTotal ? "whole" : step.Value > 0 ? "rise" : "fall";
            svg.Bar(Math.Min(X(from), X(to)), top + 17, Math.Max(0.25, Math.Abs(X(to) - X(from))), Thick,
                look, $"{step.Name}: {step.Shown}");
            if (i + 1 < Steps.Count) svg.Line(X(ends[i]), top + 17 + Thick, X(ends[i]), top + RowHeight + 17,
                "lead");
        }
        svg.Line(0, Steps.Count * RowHeight, 100, Steps.Count * RowHeight, "axis");
        svg.Text(0, tall - 8, low > 0 ? $"{From} {Tick(low)}" : Tick(low));
        return svg.Text(100, tall - 8, Tick(high), anchor: "end").Done();
    }

    /// <summary>Where each row ends: totals where they are, steps where the running sum is.</summary>
    private double[] Ends()
    {
        var (ends, running) = (new double[Steps.Count], 0.0);
        for (var i = 0; i < Steps.Count; i++)
            ends[i] = running = Steps[i].IsTotal ? Steps[i].Value : running + Steps[i].Value;
        return ends;
    }

    /// <summary>From zero, but from a round number below where all happens far above zero.</summary>
    private static (double Low, double High) Range(double[] ends)
    {
        if (ends.Length == 0) return (0, 1);
        var (least, most) = (Math.Min(0, ends.Min()), Math.Max(ends.Max(), 0));
        if (most - least <= 0) return (0, 1);
        if (ends.Min() <= 0.5 * most) return (least, most);
        var axis = new Axis((most - ends.Min()) * 1.6);
        var step = axis.Ticks[^1] / (axis.Ticks.Length - 1);
        return (Math.Max(0, Math.Floor((ends.Min() - (most - ends.Min()) * 0.4) / step) * step), most);
    }

    /// <summary>Whole, to a tenth, or below 10 to three digits: a small scale has small ends.</summary>
    private static string Tick(double value) => value.ToString(value == Math.Floor(value) ? "N0"
        : Math.Abs(value) >= 10 ? "N1" : "G3", System.Globalization.CultureInfo.InvariantCulture);
}
