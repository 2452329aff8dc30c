using Celadon.Lca.Model;
using Celadon.Lca.Sampling;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// How strongly the drawn values of one uncertain amount go with the drawn scores: Spearman's correlation of
/// ranks, which sees monotone dependence of any shape. What a process takes counts positive here.
/// </summary>
public sealed record RankCorrelation(VarianceShare Of, double Correlation);

/// <summary>
/// Contribution to variance from the samples themselves. The draws were not kept; since a draw depends on
/// seed,
/// sample and exchange alone, those of interest are simply made again.
/// </summary>
public static class RankCorrelations
{
    /// <summary>
    /// The correlations of those amounts that contribute most to first order, strongest first. Amounts that
    /// were
    /// scaled as shares of a market are correlated as drawn, before scaling.
    /// </summary>
    public static IReadOnlyList<RankCorrelation> Of(SimulationResult run, CategoryIndex category,
        int most = 20)
    {
        ArgumentNullException.ThrowIfNull(run);
        var scores = Ranks(run.SamplesOf(category));
        return [.. VarianceShares.Of(run.Nominal, category, most, run.Settings)
            .Select(v => new RankCorrelation(v, Correlation(scores, Ranks(Redrawn(run, v)))))
            .OrderByDescending(r => Math.Abs(r.Correlation)).ThenBy(r => r.Of.Part).ThenBy(r => r.Of.Entry)];
    }

    private static double[] Redrawn(SimulationResult run, VarianceShare share)
    {
        DrawBatch draw = share.Parameter is { } parameter
            ? (in Threefry.Key key, Span<double> batch) => parameter.Scope.Draw(key, parameter.Name, batch)
            : Drawn(run.Nominal.System, share);
        var (values, batch) = (new double[run.Settings.Samples], new double[Draws.Lanes]);
        for (var start = 0; start < values.Length; start += Draws.Lanes)
        {
            draw(Draws.KeyOf(run.Settings.Seed, start / Draws.Lanes), batch);
            var count = Math.Min(Draws.Lanes, values.Length - start);
            batch.AsSpan(0, count).CopyTo(values.AsSpan(start));
        }
        return values;
    }

    private static DrawBatch Drawn(ProductSystem system, VarianceShare share)
    {
        var part = share.Part switch
        {
            UncertainPart.Technosphere => system.Technosphere,
            UncertainPart.Biosphere => system.Biosphere,
            _ => system.Factors,
        };
        var stream = Streams.Of(system, share.Part, share.Entry);
        // What is taken stands with a minus in the matrix; to its reader more of it is more.
        var taken = share.Part == UncertainPart.Technosphere && part.Matrix.Values[share.Entry] < 0;
        var parameters = Draws.Parameters.Of(part.Of(share.Entry), taken ? -1 : 1);
        return (in Threefry.Key key, Span<double> batch) =>
        {
            Draws.Draw(key, stream, parameters, out var a, out var b);
            for (var lane = 0; lane < Draws.Lanes; lane++) batch[lane] = lane < 16 ? a[lane] : b[lane - 16];
        };
    }

    private delegate void DrawBatch(in Threefry.Key key, Span<double> batch);

    /// <summary>Ranks from 1; equal values share the mean of theirs.</summary>
    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (var k = 0; k < order.Length;)
        {
            var end = k + 1;
            while (end < order.Length && values[order[end]] == values[order[k]]) end++;
            for (var q = k; q < end; q++) ranks[order[q]] = (k + end + 1) / 2.0;
            k = end;
        }
        return ranks;
    }

    private static double Correlation(double[] a, double[] b)
    {
        var mean = (a.Length + 1) / 2.0;
        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        for (var k = 0; k < a.Length; k++)
        {
            ab += (a[k] - mean) * (b[k] - mean);
            aa += (a[k] - mean) * (a[k] - mean);
            bb += (b[k] - mean) * (b[k] - mean);
        }
        return aa == 0 || bb == 0 ? 0 : ab / Math.Sqrt(aa * bb);
    }
}
