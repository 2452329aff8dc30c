namespace Celadon.Lca.MonteCarlo;

/// <summary>What a sample says of a distribution.</summary>
public sealed class Statistics
{
    private readonly double[] _sorted;

    private Statistics(double[] samples)
    {
        Count = samples.Length;
        var (mean, squares) = (0.0, 0.0);
        var (checkpoints, next) = (new List<(int, double, double)>(), 1);
        for (var k = 0; k < samples.Length; k++)
        {
            // Welford's recurrence (1962): no cancellation.
            var step = samples[k] - mean;
            mean += step / (k + 1);
            squares += step * (samples[k] - mean);
            if (k + 1 != next && k + 1 != samples.Length) continue;
            checkpoints.Add((k + 1, mean, k == 0 ? double.NaN : Math.Sqrt(squares / k / (k + 1))));
            next *= 2;
        }
        (Mean, Variance) = (mean, Count > 1 ? squares / (Count - 1) : double.NaN);
        Convergence = checkpoints;
        _sorted = (double[])samples.Clone();
        Array.Sort(_sorted);
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The variance, with n − 1.</summary>
    public double Variance { get; }

    /// <summary>The standard deviation, with n − 1.</summary>
    public double Deviation => Math.Sqrt(Variance);

    /// <summary>The standard error of the mean.</summary>
    public double StandardError => Deviation / Math.Sqrt(Count);

    /// <summary>The median.</summary>
    public double Median => Quantile(0.5);

    /// <summary>After 1, 2, 4, 8, … samples: mean and its standard error.</summary>
    public IReadOnlyList<(int Samples, double Mean, double StandardError)> Convergence { get; }

    /// <summary>Statistics of samples.</summary>
    public static Statistics Of(double[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        return new Statistics(samples);
    }

    /// <summary>
    /// A quantile by linear interpolation between order statistics (Hyndman and Fan 1996, definition 7).
    /// </summary>
    public double Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var place = share * (Count - 1);
        var below = Math.Min((int)place, Count - 1);
        var above = Math.Min(below + 1, Count - 1);
        return _sorted[below] + ((place - below) * (_sorted[above] - _sorted[below]));
    }

    /// <summary>
    /// Bounds between which the quantile lies with 95 % confidence, from the order statistics around it.
    /// </summary>
    public (double Low, double High) QuantileBounds(double share)
    {
        var spread = 1.96 * Math.Sqrt(Count * share * (1 - share));
        var low = Math.Clamp((int)Math.Floor((Count * share) - spread), 0, Count - 1);
        var high = Math.Clamp((int)Math.Ceiling((Count * share) + spread), 0, Count - 1);
        return (_sorted[low], _sorted[high]);
    }
}
