using System.Collections.Immutable;
using Celadon.Lca.Model;
using Celadon.Lca.Results;

namespace Celadon.Lenses.Products;

/// <summary>The supply chain behind a score, as a tree and as a diagram of flows.</summary>
internal sealed class AssessUpstream(AssessFigures all, MethodCategory category, CategoryIndex index,
    AssessUpstreamLimits limits)
{
    private readonly Operand _score = new("operand.assess.score", AssessFigures.Of(all.Result.Score(index),
        category.Unit, "formula.products.assess.score", []));

    /// <summary>The tree: the process asked for, what it takes, what that takes.</summary>
    public AssessedTree Tree()
    {
        var tree = UpstreamTree.Of(all.Result, index,
            new TreeLimits(limits.CutOff.ToDouble(), limits.Branches, limits.Depth));
        return new AssessedTree([.. tree.Nodes.Select(Branch)]);
    }

    /// <summary>The diagram: what each process takes of another, with what lies behind it.</summary>
    public AssessedSankey Sankey()
    {
        var drawn = Lca.Results.Sankey.Of(all.Result, index, limits.CutOff.ToDouble());
        var sorted = drawn.Links.OrderByDescending(l => Math.Abs(l.Score)).ThenBy(l => l.Supplier.Value)
            .ThenBy(l => l.Consumer.Value).ToList();
        var shown = sorted.Take(limits.Links).ToList();
        var into = shown.ToLookup(l => l.Consumer.Value);
        var linked = shown.SelectMany(l => (int[])[l.Supplier.Value, l.Consumer.Value])
            .Append(all.Root).ToHashSet();
        var nodes = drawn.Nodes.Where(n => linked.Contains(n.Process.Value)).ToList();
        var left = drawn.LeftOut;
        foreach (var node in drawn.Nodes.Except(nodes)) left = left.With(node.Direct);
        return new AssessedSankey([.. nodes.Select(n => Node(n, into[n.Process.Value]))],
            [.. shown.Select(Link)], drawn.Links.Count - shown.Count,
            Of(left.Burdens, "formula.products.assess.rest"),
            Of(left.Credits, "formula.products.assess.rest"),
            drawn.LeftOutCount + drawn.Nodes.Count - nodes.Count);
    }

    private AssessedBranch Branch(UpstreamNode node)
    {
        var (id, name) = Called(node.Process);
        var taken = AssessFigures.Of(node.Amount, all.OutputUnit(node.Process.Value),
            "formula.products.assess.along", [all.Asked]);
        return new AssessedBranch(node.Parent, node.Depth, id, name, taken,
            Of(node.Score, "formula.products.assess.tier", new Operand("operand.assess.taken", taken)),
            Of(node.Direct, "formula.products.assess.branchOwn", new Operand("operand.assess.taken", taken)),
            Of(node.LeftOut.Burdens, "formula.products.assess.rest"),
            Of(node.LeftOut.Credits, "formula.products.assess.rest"), node.LeftOutCount, node.IsLoop,
            node.IsFollowed);
    }

    private AssessedNode Node(SankeyNode node, IEnumerable<SankeyLink> into)
    {
        var (id, name) = Called(node.Process);
        var (total, own) = (Of(node.Total, "formula.products.assess.total"),
            Of(node.Direct, "formula.products.assess.process", all.RunsOf(node.Process.Value)));
        List<SankeyLink> taken = [.. into];
        List<Operand> parts = [new("operand.assess.total", total), new("operand.assess.own", own),
            .. taken.Select(l => new Operand(Called(l.Supplier).Name, Link(l).Score))];
        return new AssessedNode(id, name, own, total,
            Of(node.Total - node.Direct - taken.Sum(l => l.Score), "formula.products.assess.notDrawn",
                [.. parts]), node.IsInLoop);
    }

    private AssessedLink Link(SankeyLink link)
    {
        var ((from, fromName), (to, toName)) = (Called(link.Supplier), Called(link.Consumer));
        var amount = AssessFigures.Of(link.Amount, all.OutputUnit(link.Supplier.Value),
            "formula.products.assess.between", [all.RunsOf(link.Consumer.Value)]);
        var share = AssessFigures.Of(link.Share, "", "formula.products.assess.share",
            [new("operand.assess.taken", amount)]);
        return new AssessedLink(from, fromName, to, toName, amount, share,
            Of(link.Score, "formula.products.assess.link", new Operand("operand.assess.share", share)),
            link.ClosesLoop);
    }

    private (string Id, string Name) Called(ProcessIndex process)
    {
        var id = all.System.Processes[process.Value].Id;
        return (id, AssessNames.Of(all.Lookup, id));
    }

    private Figure Of(double value, string formula, params Operand[] operands) =>
        AssessFigures.Of(value, category.Unit, formula, operands is [] ? [_score] : operands);
}
