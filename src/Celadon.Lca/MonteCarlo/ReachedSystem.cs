using System.Runtime.CompilerServices;
using Celadon.Lca.Iterative;
using Celadon.Lca.Model;
using Celadon.Lca.Results;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// The processes that a demand reaches, in the order in which samples are solved, with their scales. Of each
/// loop the core comes first, then the eliminated processes in the reverse of the order of their elimination.
/// </summary>
internal sealed record ReachedSystem(int[] Processes, int[] At, Stretch[] Stretches, double[] Scale,
    double[] Constants, float[] Weights)
{
    public static ReachedSystem Of(LcaResult nominal, IReadOnlyList<CategoryIndex> categories,
        DrivenPlan driven)
    {
        var paired = nominal.System.Paired;
        var condensed = nominal.Assessment.Condensed;
        var needed = Needed(paired, nominal.RightHandSide);
        var (processes, stretches, order) = (new List<int>(), new List<Stretch>(), new int[paired.Size]);
        for (var j = 0; j < order.Length; j++) order[condensed.At[j]] = j;
        foreach (var (from, kept, to, isLoop) in Whole(condensed))
        {
            // Of a loop all or nothing is reached, so that its core stays what it is.
            var begin = processes.Count;
            for (var k = from; k < to; k++) if (needed[order[k]]) processes.Add(order[k]);
            if (processes.Count == begin) continue;
            stretches.Add(new(begin, isLoop ? begin + kept - from : processes.Count, processes.Count,
                isLoop));
        }
        var at = new int[paired.Size];
        Array.Fill(at, -1);
        for (var i = 0; i < processes.Count; i++) at[processes[i]] = i;
        var scale = Scales(paired, nominal, processes);
        var constants = processes.Select((j, i) => nominal.RightHandSide[j] / paired.Diagonal[j] / scale[i]);
        return new ReachedSystem([.. processes], at, [.. stretches], scale, [.. constants],
            WeightsOf(nominal, categories, processes, scale, driven));
    }

    private static IEnumerable<Stretch> Whole(SweepMatrix condensed)
    {
        var (folds, next) = (condensed.Folds, 0);
        foreach (var zone in condensed.Zones)
        {
            var isFold = next < folds.Count && zone.Begin >= folds[next].Begin;
            if (!isFold) yield return new(zone.Begin, zone.End, zone.End, false);
            if (!isFold || zone.End < folds[next].End) continue;
            var fold = folds[next++];
            yield return new(fold.Begin, fold.Kept, fold.End, true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool[] Needed(PairedMatrix paired, double[] b)
    {
        var (needed, open) = (new bool[paired.Size], new Stack<int>());
        for (var j = 0; j < b.Length; j++)
            if (b[j] != 0)
            {
                needed[j] = true;
                open.Push(j);
            }
        while (open.TryPop(out var j))
            for (var p = paired.Starts[j]; p < paired.Starts[j + 1]; p++)
            {
                if (needed[paired.RowOf[p]]) continue;
                needed[paired.RowOf[p]] = true;
                open.Push(paired.RowOf[p]);
            }
        return needed;
    }

    /// <summary>
    /// The nominal supply; where burdens and credits cancel in it, the size of what flows through instead.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Scales(PairedMatrix paired, LcaResult nominal, List<int> processes)
    {
        var through = new double[paired.Size];
        foreach (var j in processes)
            for (var p = paired.Starts[j]; p < paired.Starts[j + 1]; p++)
                if (paired.RowOf[p] != j)
                    through[paired.RowOf[p]] += Math.Abs(paired.Values[p] * nominal.SupplyOf[j]);
        return [.. processes.Select(j =>
        {
            var gross = (through[j] + Math.Abs(nominal.RightHandSide[j])) / Math.Abs(paired.Diagonal[j]);
            var x = nominal.SupplyOf[j];
            return Math.Abs(x) > 1e-6 * gross ? x : gross > 0 ? gross : 1;
        })];
    }

    /// <summary>
    /// How much a relative error in the supply of each process can matter to any of the scores.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] WeightsOf(LcaResult nominal, IReadOnlyList<CategoryIndex> categories,
        List<int> processes, double[] scale, DrivenPlan driven)
    {
        var weights = new float[processes.Count];
        foreach (var category in categories)
        {
            var lambda = nominal.Assessment.IntensitiesByProcess(category);
            var direct = Largest(nominal.System, processes, category, driven);
            var gross = Balance.Of(nominal.ProcessContributions(category)).Gross;
            var size = Math.Max(Math.Abs(nominal.Score(category)), 1e-3 * gross);
            if (size == 0) size = processes.Select((j, i) => Math.Abs(direct[j] * scale[i])).Max();
            if (size == 0) continue;
            for (var i = 0; i < weights.Length; i++)
            {
                var j = processes[i];
                var intensity = Math.Max(Math.Abs(lambda[j] * nominal.System.Paired.Diagonal[j]),
                    Math.Abs(direct[j]));
                weights[i] = Math.Max(weights[i], (float)Math.Abs(intensity * scale[i] / size));
            }
        }
        return weights;
    }

    /// <summary>
    /// What each process may itself give to the score, whatever the signs and including amounts that are
    /// nominally zero but drawn.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Largest(ProductSystem system, List<int> processes, CategoryIndex category,
        DrivenPlan driven)
    {
        var (b, factors, largest) = (system.Biosphere, Factors(system, category, driven),
            new double[system.ProcessCount]);
        foreach (var j in processes)
            for (var p = b.Matrix.Starts[j]; p < b.Matrix.Starts[j + 1]; p++)
                if (factors[b.Matrix.RowOf[p]] is not 0 and var factor)
                    largest[j] += Math.Abs(factor) * (Math.Abs(b.Matrix.Values[p])
                        + (driven.Biosphere(p) is >= 0 and var n ? driven.Largest(n)
                            : Math.Sqrt(b.Of(p).Variance)));
        return largest;
    }

    /// <summary>The factors of a category; where one is driven, the largest it is seen to be.</summary>
    private static double[] Factors(ProductSystem system, CategoryIndex category, DrivenPlan driven)
    {
        var (c, factors) = (system.Factors.Matrix, system.FactorRow(category));
        for (var e = 0; driven.Count > 0 && e < factors.Length; e++)
            for (var p = c.Starts[e]; p < c.Starts[e + 1]; p++)
                if (c.RowOf[p] == category.Value && driven.Factor(p) is >= 0 and var n)
                    factors[e] = Math.Max(Math.Abs(factors[e]), driven.Largest(n));
        return factors;
    }
}
