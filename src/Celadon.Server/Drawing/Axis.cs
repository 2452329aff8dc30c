using System.Globalization;

namespace Celadon.Server.Drawing;

/// <summary>A scale from zero with at most five round ticks.</summary>
internal sealed class Axis
{
    private const int MostBetween = 6;

    private readonly int _decimals;

    /// <summary>A scale that holds the given most.</summary>
    public Axis(double most)
    {
        if (!(most > 0)) most = 1;
        var raw = most / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.First(s => s * power >= raw * 0.999) * power;
        _decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9) + (step / power == 2.5 ? 1 : 0));
        Ticks = [.. Enumerable.Range(0, (int)Math.Ceiling(most / step - 1e-9) + 1).Select(i => i * step)];
        Most = Ticks[^1];
    }

    /// <summary>The ticks, zero first.</summary>
    public double[] Ticks { get; }

    /// <summary>The highest tick.</summary>
    public double Most { get; }

    /// <summary>Round numbers between two bounds, neither of which need be zero: six or so.</summary>
    public static IEnumerable<double> Between(double low, double high)
    {
        var axis = new Axis((high - low) * 4 / MostBetween);
        var step = axis.Ticks[^1] / (axis.Ticks.Length - 1);
        for (var k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (1e-9 * step); k++)
            yield return k * step;
    }

    /// <summary>Such a number as it is written.</summary>
    public static string Say(double value) => (value == 0 ? 0 : value)
        .ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>
    /// By what numbers are divided so that they can be read on an axis, and their unit then: "10⁻⁶ CTUh".
    /// </summary>
    public static (double By, string Unit) Scaled(double most, string unit)
    {
        if (!(most > 0) || most is >= 0.01 and < 100_000) return (1, unit);
        var power = (int)Math.Floor(Math.Log10(most) / 3) * 3;
        var raised = string.Concat(power.ToString(CultureInfo.InvariantCulture)
            .Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
        return (Math.Pow(10, power), $"10{raised} {unit}".TrimEnd());
    }

    /// <summary>A tick as it is written.</summary>
    public string Label(double tick) => tick.ToString("N" + _decimals, CultureInfo.InvariantCulture);
}
