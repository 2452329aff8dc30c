namespace Celadon.Lca.Iterative;

/// <summary>
/// Whether sweeps may stop: when changes shrink by a factor r a sweep, what is still missing after a change δ
/// is δ·r/(1 − r). The factor is the larger of the last two, and never taken below a quarter, since the first
/// sweeps shrink faster than the last.
/// </summary>
internal struct Settling(double tolerance)
{
    private const double LeastFactor = 0.25;

    private double _change = double.NaN;
    private double _factor = double.NaN;

    /// <summary>Takes note of the largest relative change of a sweep.</summary>
    public bool IsReached(double change)
    {
        if (change == 0) return true;
        var (factor, before) = (change / _change, _factor);
        (_change, _factor) = (change, factor);
        var r = Math.Max(LeastFactor, Math.Max(factor, before));
        return r < 1 && change * r <= tolerance * (1 - r);
    }
}
