using Celadon.Lca.Model;

namespace Celadon.Lca.Results;

/// <summary>How far to follow a supply chain.</summary>
/// <param name="CutOff">
/// Branches that are smaller than this share of the gross score, and whose first process is, are left out and
/// counted.
/// </param>
/// <param name="MostNodes">Most branches shown.</param>
/// <param name="MostDepth">Deepest tier shown.</param>
public sealed record TreeLimits(double CutOff = 0.01, int MostNodes = 500, int MostDepth = 50);

/// <summary>
/// One branch of the tree. Its score is its own part, plus its branches, plus what was left out.
/// </summary>
public sealed record UpstreamNode(int Parent, int Depth, ProcessIndex Process, double Amount, double Score,
    double Direct)
{
    /// <summary>
    /// True where the process stands already between here and the root: the loop is not run through again,
    /// its whole further course is in the score of this node.
    /// </summary>
    public bool IsLoop { get; init; }

    /// <summary>True where the branches were followed.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>Branches left out, burdens and credits apart.</summary>
    public Balance LeftOut { get; init; }

    /// <summary>Number of branches left out.</summary>
    public int LeftOutCount { get; init; }
}

/// <summary>
/// The supply chain as a tree, followed where the score is largest first. Every node balances: nothing is
/// lost to the cut-off without being shown as left out.
/// </summary>
public sealed class UpstreamTree
{
    private readonly List<UpstreamNode> _nodes = [];

    private UpstreamTree(double score) => Score = score;

    /// <summary>The score of the demand.</summary>
    public double Score { get; }

    /// <summary>The nodes; a parent stands before its branches, roots have the parent −1.</summary>
    public IReadOnlyList<UpstreamNode> Nodes => _nodes;

    /// <summary>Follows the supply chain of a result.</summary>
    public static UpstreamTree Of(LcaResult result, CategoryIndex category, TreeLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        limits ??= new TreeLimits();
        var lambda = result.Assessment.IntensitiesByProcess(category);
        var direct = result.System.DirectScores(category);
        var tree = new UpstreamTree(result.Score(category));
        var gross = Balance.Of(result.ProcessContributions(category)).Gross;
        var least = limits.CutOff * gross;
        var open = new PriorityQueue<int, (double, int)>();
        void Add(int parent, int depth, int process, double amount)
        {
            var (score, own) = (amount * lambda[process],
                amount / result.System.Paired.Diagonal[process] * direct[process]);
            var at = tree._nodes.Count;
            tree._nodes.Add(new(parent, depth, new(process), amount, score, own)
            {
                IsLoop = tree.IsAbove(parent, process),
            });
            open.Enqueue(at, (-Math.Max(Math.Abs(score), Math.Abs(own)), at));
        }
        for (var j = 0; j < result.RightHandSide.Length; j++)
            if (result.RightHandSide[j] != 0) Add(-1, 0, j, result.RightHandSide[j]);
        while (open.TryDequeue(out var at, out _))
        {
            var node = tree._nodes[at];
            if (node.IsLoop || node.Depth >= limits.MostDepth
                || tree._nodes.Count >= limits.MostNodes) continue;
            tree.Follow(at, result.System, (lambda, direct), least, limits, Add);
        }
        return tree;
    }

    private void Follow(int at, ProductSystem system, (double[] Behind, double[] Direct) of, double least,
        TreeLimits limits, Action<int, int, int, double> add)
    {
        var (node, paired) = (_nodes[at], system.Paired);
        var j = node.Process.Value;
        var scale = node.Amount / paired.Diagonal[j];
        var inputs = new List<(int Supplier, double Amount)>();
        for (var p = paired.Starts[j]; p < paired.Starts[j + 1]; p++)
            if (paired.RowOf[p] != j) inputs.Add((paired.RowOf[p], -paired.Values[p] * scale));
        var (leftOut, count) = (default(Balance), 0);
        // By the branch or by its first process, whichever weighs more: what cancels is not nothing.
        double Size((int Supplier, double Amount) x) => Math.Abs(x.Amount) * Math.Max(
            Math.Abs(of.Behind[x.Supplier]), Math.Abs(of.Direct[x.Supplier] / paired.Diagonal[x.Supplier]));
        foreach (var (supplier, amount) in inputs.OrderByDescending(Size).ThenBy(x => x.Supplier))
        {
            var score = amount * of.Behind[supplier];
            if (Size((supplier, amount)) < least || _nodes.Count >= limits.MostNodes)
            {
                leftOut = leftOut.With(score);
                count++;
            }
            else add(at, node.Depth + 1, supplier, amount);
        }
        _nodes[at] = node with { IsFollowed = true, LeftOut = leftOut, LeftOutCount = count };
    }

    private bool IsAbove(int parent, int process)
    {
        for (var at = parent; at >= 0; at = _nodes[at].Parent)
            if (_nodes[at].Process.Value == process) return true;
        return false;
    }
}
