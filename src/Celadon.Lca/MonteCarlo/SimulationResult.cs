using Celadon.Lca.Model;
using Celadon.Lca.Results;

namespace Celadon.Lca.MonteCarlo;

/// <summary>The samples of a demand's scores.</summary>
public sealed class SimulationResult
{
    private readonly double[][] _samples;

    internal SimulationResult(LcaResult nominal, MonteCarloSettings settings, double[][] samples,
        Tally tally) =>
        (Nominal, Settings, _samples, Tally) = (nominal, settings, samples, tally);

    /// <summary>The solved demand with nominal amounts.</summary>
    public LcaResult Nominal { get; }

    /// <summary>What was asked.</summary>
    public MonteCarloSettings Settings { get; }

    /// <summary>How the samples were solved.</summary>
    public Tally Tally { get; }

    /// <summary>The samples of a category, in order of sample.</summary>
    public ReadOnlySpan<double> Samples(CategoryIndex category) => SamplesOf(category);

    /// <summary>Mean, deviation and quantiles of a category.</summary>
    public Statistics Summary(CategoryIndex category) => Statistics.Of(SamplesOf(category));

    /// <summary>
    /// The difference to another run of the same seed, sample by sample: what both share cancels.
    /// </summary>
    public Statistics Difference(SimulationResult other, CategoryIndex category)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Settings.Seed != Settings.Seed || other.Settings.Samples != Settings.Samples)
            throw new ArgumentException("Only runs with the same seed and number of samples are paired.");
        return Statistics.Of([.. SamplesOf(category).Zip(other.SamplesOf(category), (a, b) => a - b)]);
    }

    internal double[] SamplesOf(CategoryIndex category)
    {
        var c = Settings.Categories.ToList().IndexOf(category);
        return c >= 0 ? _samples[c] : throw new ArgumentException("This category was not sampled.");
    }
}
