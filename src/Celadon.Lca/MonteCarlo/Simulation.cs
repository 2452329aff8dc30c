using System.Runtime.ExceptionServices;
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
        ArgumentOutOfRangeException.ThrowIfZero(settings.Categories.Count);
        var samples = settings.Categories.Select(_ => new double[settings.Samples]).ToArray();
        // Nothing asked for sets nothing in motion, whatever is drawn.
        if (!Array.Exists(nominal.RightHandSide, b => b != 0))
            return new SimulationResult(nominal, settings, samples, default);
        using var weighable = Weighable.Of(nominal, settings);
        using var plan = MonteCarloPlan.Of(weighable.Result, settings);
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
        else InParallel(settings.Threads, Work);
        cancel.ThrowIfCancellationRequested();
        return new SimulationResult(nominal, settings, samples, tally);
    }

    /// <summary>What one thread cannot do is thrown as it is, as it would be by one thread alone.</summary>
    private static void InParallel(int threads, Action work)
    {
        try
        {
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => work());
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}

/// <summary>How the samples were solved.</summary>
/// <param name="Sweeps">Sweeps over cores of loops, of eight samples each.</param>
/// <param name="Rounds">Residuals in double precision, of sixteen samples each.</param>
/// <param name="ExactLanes">Samples that did not contract and were factored.</param>
/// <param name="WorstResidual">The largest weighted residual accepted.</param>
public readonly record struct Tally(long Sweeps, long Rounds, int ExactLanes, double WorstResidual)
{
    internal Tally With(Batch batch) => new(Sweeps + batch.Sweeps, Rounds + batch.Rounds,
        ExactLanes + batch.ExactLanes, Math.Max(WorstResidual, batch.WorstResidual));
}
