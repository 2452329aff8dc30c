using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Approach 2: every number is drawn once a sample, whatever lines use it. A draw depends on seed, sample
/// and number alone, and sums run in the order of samples, so that the answer has the same bytes for any
/// number of threads.
/// </summary>
internal sealed class Simulation(
    MonteCarloSpec spec, List<(string Name, Figure Emissions)> lines, List<UncertainInput> inputs,
        Figure total,
    CancellationToken cancel)
{
    /// <summary>Samples are computed in this many lanes, whatever the machine has.</summary>
    private const int Lanes = 64;

    private const string Prefix = "formula.carbon.uncertainty.";

    /// <summary>The samples' mean, deviation and quantiles.</summary>
    /// <exception cref="RefusedException">The number of samples lies outside its range.</exception>
    public MonteCarloReport Run(List<Finding> findings)
    {
        if (spec.Samples is < 1_000 or > 1_000_000)
            throw Refuse.At("carbon.uncertainty.samples", "/monteCarlo/samples", ("samples", spec.Samples));
        var samples = Draw();
        Array.Sort(samples);
        if (samples[0] < 0)
            findings.Add(Finding.Of("carbon.uncertainty.negativeDraws", Severity.Warning, null,
                ("count", Array.FindIndex(samples, s => s >= 0) is var i and >= 0 ? i : samples.Length)));
        var mean = Mean(samples);
        var deviation = Math.Sqrt(Mean([.. samples.Select(s => (s - mean) * (s - mean))])
            * (samples.Length / (samples.Length - 1.0)));
        Operand[] from = [new("operand.emissions", total),
            new("operand.samples", Count(spec.Samples, "samples")),
            new("operand.seed", Count(spec.Seed, "seed"))];
        var middle = Number(mean, "mean");
        var (low, high) = (Number(Quantile(samples, 0.025), "quantile"),
            Number(Quantile(samples, 0.975), "quantile"));
        return new MonteCarloReport(spec.Samples, spec.Seed, "Philox4x32-10", middle,
            Number(deviation, "deviation"),
            low, Number(Quantile(samples, 0.5), "quantile"), high, Relative(low), Relative(high));

        Figure Number(double value, string formula) =>
            Figure.FromDouble(value, total.Unit, new Trace.Formula(Prefix + formula, from));

        Figure Relative(Figure bound) => middle.Value.IsZero ? bound
            : new Figure(Amount.Divide((bound.Value - middle.Value) * 100, middle.Value.Abs(), 6), "%",
                new Trace.Formula(Prefix + "fromMean",
                    [new("operand.bound", bound), new("operand.mean", middle)]));
    }

    private double[] Draw()
    {
        var emissions = lines.Select(l => l.Emissions.Value.ToDouble()).ToArray();
        var samples = new double[spec.Samples];
        var used = Enumerable.Range(0, lines.Count).Select(i =>
            Enumerable.Range(0, inputs.Count)
                .SelectMany(x => inputs[x].Lines.Where(l => l == i).Select(_ => x)).ToArray())
            .ToArray();
        Parallel.For(0, Lanes, new ParallelOptions { CancellationToken = cancel }, lane =>
        {
            var drawn = new double[inputs.Count];
            for (var sample = lane; sample < samples.Length; sample += Lanes)
            {
                for (var x = 0; x < drawn.Length; x++)
                    drawn[x] = inputs[x].Multiplier(Philox.Uniform(unchecked((ulong)spec.Seed), (uint)sample,
                        (uint)x));
                var sum = 0.0;
                for (var i = 0; i < emissions.Length; i++)
                {
                    var line = emissions[i];
                    foreach (var x in used[i]) line *= drawn[x];
                    sum += line;
                }
                samples[sample] = sum;
            }
        });
        return samples;
    }

    /// <summary>The mean, summed in pairs so that rounding grows with the logarithm of the count.</summary>
    private static double Mean(double[] values) => Sum(values, 0, values.Length) / values.Length;

    private static double Sum(double[] values, int from, int count)
    {
        if (count > 128) return Sum(values, from, count / 2) + Sum(values, from + count / 2,
            count - count / 2);
        var sum = 0.0;
        for (var i = from; i < from + count; i++) sum += values[i];
        return sum;
    }

    /// <summary>
    /// Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
    /// </summary>
    private static double Quantile(double[] sorted, double p)
    {
        var at = (sorted.Length - 1) * p;
        var below = (int)Math.Floor(at);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static Figure Count(long count, string field) =>
        new(count, "", new Trace.Given("/monteCarlo/" + field));
}
