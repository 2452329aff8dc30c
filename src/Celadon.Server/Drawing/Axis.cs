using System.Globalization;

namespace Celadon.Server.Drawing;

/// <summary>A scale from zero with at most five round ticks.</summary>
internal sealed class Axis
{
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

    /// <summary>A tick as it is written.</summary>
    public string Label(double tick) => tick.ToString("N" + _decimals, CultureInfo.InvariantCulture);
}
