using Celadon.Lca.Iterative;
using Celadon.Lca.Model;

namespace Celadon.Lca.Results;

/// <summary>
/// A process in the diagram. <see cref="Total"/> is its own part and all upstream of it, with what runs
/// through its own loops counted once: s_j·λ_j ÷ (A⁻¹)_jj.
/// </summary>
public sealed record SankeyNode(ProcessIndex Process, double Direct, double Total, bool IsInLoop);

/// <summary>
/// What one process takes of another: the share of the supplier's whole output, and that share of the
/// supplier's total. A negative amount is a credit. <see cref="ClosesLoop"/> marks the links that, taken
/// away, leave no loop.
/// </summary>
public sealed record SankeyLink(ProcessIndex Supplier, ProcessIndex Consumer, double Amount, double Share,
    double Score, bool ClosesLoop);

/// <summary>
/// Nodes and links for a diagram of flows. What is too small to be drawn is counted: direct parts of nodes
/// left out, burdens and credits apart, so that shown and left out add up to the score.
/// </summary>
public sealed record Sankey(double Score, IReadOnlyList<SankeyNode> Nodes, IReadOnlyList<SankeyLink> Links,
    Balance LeftOut, int LeftOutCount)
{
    /// <summary>The diagram of a result.</summary>
    /// <param name="result">Solved demand.</param>
    /// <param name="category">Impact category.</param>
    /// <param name="cutOff">
    /// Processes whose total, and whose own part, is below this share of the gross score are left out: a
    /// burden that a credit behind it cancels is shown.
    /// </param>
    /// <param name="mostNodes">Most processes drawn, largest first.</param>
    public static Sankey Of(LcaResult result, CategoryIndex category, double cutOff = 0.01,
        int mostNodes = 60)
    {
        ArgumentNullException.ThrowIfNull(result);
        var system = result.System;
        var (lambda, direct) = (result.Assessment.IntensitiesByProcess(category),
            result.ProcessContributions(category));
        var gross = Balance.Of(direct).Gross;
        var order = result.Assessment.SweepOrder;
        var inLoop = new bool[direct.Length];
        foreach (var zone in order.Zones.Where(z => z.IsLoop))
            for (var k = zone.Begin; k < zone.End; k++) inLoop[order.Order[k]] = true;
        var nodes = Enumerable.Range(0, direct.Length)
            .Select(j => (j, size: Math.Max(Math.Abs(direct[j]),
                Math.Abs(result.SupplyOf[j] * system.Paired.Diagonal[j] * lambda[j]))))
            .Where(x => x.size > 0 && x.size >= cutOff * gross).OrderByDescending(x => x.size).ThenBy(x
                => x.j)
            .Take(mostNodes)
            .Select(x => new SankeyNode(new(x.j), direct[x.j], Total(result, lambda, x.j, inLoop[x.j]),
                inLoop[x.j]))
            .ToList();
        var shown = nodes.ToDictionary(n => n.Process.Value);
        var leftOut = Enumerable.Range(0, direct.Length).Where(j => !shown.ContainsKey(j) && direct[j] != 0)
            .ToList();
        return new Sankey(result.Score(category), nodes, LinksOf(result, shown, order),
            Balance.Of(leftOut.Select(j => direct[j])), leftOut.Count);
    }

    /// <summary>The share of a supplier's output that a consumer takes in a result.</summary>
    public static double LinkShare(LcaResult result, ProcessIndex supplier, ProcessIndex consumer)
    {
        ArgumentNullException.ThrowIfNull(result);
        var paired = result.System.Paired;
        var (taken, j) = (0.0, consumer.Value);
        for (var p = paired.Starts[j]; p < paired.Starts[j + 1]; p++)
            if (paired.RowOf[p] == supplier.Value) taken -= paired.Values[p] * result.SupplyOf[j];
        var output = paired.Diagonal[supplier.Value] * result.SupplyOf[supplier.Value];
        return output == 0 ? 0 : taken / output;
    }

    private static double Total(LcaResult result, double[] lambda, int j, bool inLoop)
    {
        var paired = result.System.Paired;
        var total = result.SupplyOf[j] * lambda[j];
        if (!inLoop) return total * paired.Diagonal[j];
        var (b, x) = (new double[lambda.Length], new double[lambda.Length]);
        b[j] = 1;
        result.Assessment.Direct.Solve(b, x);
        // Nothing to divide by: the other loops would run without end, were it not for this process.
        return x[j] == 0 ? total * paired.Diagonal[j] : total / x[j];
    }

    private static List<SankeyLink> LinksOf(LcaResult result, Dictionary<int, SankeyNode> shown,
        SweepOrder order)
    {
        var (paired, links) = (result.System.Paired, new List<SankeyLink>());
        var zoneOf = new int[paired.Size];
        for (var z = 0; z < order.Zones.Length; z++)
            for (var k = order.Zones[z].Begin; k < order.Zones[z].End; k++) zoneOf[order.Order[k]] = z;
        foreach (var consumer in shown.Values)
        {
            var j = consumer.Process.Value;
            for (var p = paired.Starts[j]; p < paired.Starts[j + 1]; p++)
            {
                var i = paired.RowOf[p];
                if (i == j || !shown.TryGetValue(i, out var supplier)) continue;
                var amount = -paired.Values[p] * result.SupplyOf[j];
                var output = paired.Diagonal[i] * result.SupplyOf[i];
                if (amount == 0 || output == 0) continue;
                links.Add(new(supplier.Process, consumer.Process, amount, amount / output,
                    amount / output * supplier.Total, zoneOf[i] == zoneOf[j] && order.At[i] < order.At[j]));
            }
        }
        return links;
    }
}
