using Celadon.Lca.Results;
using Celadon.Lca.Sampling;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// Monte Carlo: every uncertain exchange and factor drawn anew for each sample, every sample solved to its
/// own residual. The answer is the same, bit for bit, for any number of threads.
/// </summary>
public static class Simulation
{
    /// <summary>Runs the samples of a solved demand.</summary>
    /// <exception cref="OperationCanceledException">When cancelled.</exception>
    public static SimulationResult Run(LcaResult nominal, MonteCarloSettings settings,
        IProgress<MonteCarloProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(nominal);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Threads);
        using var plan = MonteCarloPlan.Of(nominal, settings);
        var samples = settings.Categories.Select(_ => new double[settings.Samples]).ToArray();
        var batches = (settings.Samples + Draws.Lanes - 1) / Draws.Lanes;
        var (next, done, gate, tally) = (-1, 0, new Lock(), new Tally());
        void Work()
        {
            using var batch = new Batch(plan);
            while (!cancel.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref next);
                if (number >= batches) break;
                batch.Run(number);
                var first = number * Draws.Lanes;
                var count = Math.Min(Draws.Lanes, settings.Samples - first);
                for (var c = 0; c < samples.Length; c++)
                    Array.Copy(batch.Scores, c * Draws.Lanes, samples[c], first, count);
                progress?.Report(new(Interlocked.Add(ref done, count), settings.Samples));
            }
            lock (gate) tally = tally.With(batch);
        }
        if (settings.Threads == 1) Work();
        else Parallel.For(0, settings.Threads,
            new ParallelOptions { MaxDegreeOfParallelism = settings.Threads }, _ => Work());
        cancel.ThrowIfCancellationRequested();
        return new SimulationResult(nominal, settings, samples, tally);
    }
}

/// <summary>How the samples were solved.</summary>
/// <param name="Sweeps">Sweeps over loops, in batches of sixteen samples.</param>
/// <param name="Rounds">Residuals in double precision, in batches of sixteen samples.</param>
/// <param name="ExactLanes">Samples that did not contract and were factored.</param>
/// <param name="WorstResidual">The largest weighted residual accepted.</param>
public readonly record struct Tally(long Sweeps, long Rounds, int ExactLanes, double WorstResidual)
{
    internal Tally With(Batch batch) => new(Sweeps + batch.Sweeps, Rounds + batch.Rounds,
        ExactLanes + batch.ExactLanes, Math.Max(WorstResidual, batch.WorstResidual));
}
