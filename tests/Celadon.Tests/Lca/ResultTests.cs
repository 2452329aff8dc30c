using Celadon.Lca.Model;
using Celadon.Lca.Results;
using Celadon.Lca.Solving;
using CsCheck;

namespace Celadon.Tests.Lca;

/// <summary>
/// Worked cases with their published numbers (names of the cases from openLCA's, Brightway's, VoLCA's and
/// pymrio's own tests), and what must hold for every system.
/// </summary>
public class ResultTests
{
    private static readonly CategoryIndex First = new(0);

    [Fact]
    public void Two_processes_in_a_loop()
    {
        // p1 needs 1 p2, f1 in 1, f2 out 2; p2 needs 0.5 p1, f1 in 2, f2 out 1; demand 2 p1.
        var system = Systems.Of([[1, -0.5], [-1, 1]], [[1, 2], [2, 1]], [[1, 0], [0, 1]]);
        using var assessment = new Assessment(system);
        var result = assessment.Solve(new Demand(new(0), 2));
        Assert.Equal([4, 4], result.Supply.ToArray());
        Assert.Equal([12, 12], result.Inventory.ToArray());
        Assert.Equal([4, 8], result.ProcessContributions(First));
        Assert.Equal([8, 4], result.ProcessContributions(new(1)));
        Assert.Equal(10, Sankey.Of(result, First).Nodes.Single(n => n.Process.Value == 1).Total, 10);
        Assert.Equal(8, Sankey.Of(result, new(1)).Nodes.Single(n => n.Process.Value == 1).Total, 10);
    }

    [Fact]
    public void Sankey_with_a_cycle()
    {
        var system = Systems.OneFlow([[1, 0, 0], [-1, 1, -0.1], [0, -2, 1]], [1, 2, 3]);
        using var assessment = new Assessment(system);
        var sankey = Sankey.Of(assessment.Solve(new Demand(new(0), 1)), First, cutOff: 0);
        var nodes = sankey.Nodes.OrderBy(n => n.Process.Value).ToList();
        Near([1, 2.5, 7.5], nodes.Select(n => n.Direct));
        Near([11, 10, 8], nodes.Select(n => n.Total));
        Near([1, 10 / 11.0, 8 / 11.0], nodes.Select(n => n.Total / sankey.Score));
        Assert.Equal([false, true, true], nodes.Select(n => n.IsInLoop));
        Assert.Single(sankey.Links, link => link.ClosesLoop);
        Assert.Equal(0, sankey.LeftOutCount);
    }

    [Fact]
    public void A_chain_scales_with_its_reference()
    {
        var system = Systems.OneFlow([[1, 0, 0], [-1, 1, 0], [0, -1, 1]], [1, 1, 1]);
        using var assessment = new Assessment(system);
        Assert.Equal([6, 4, 2], Enumerable.Range(0, 3)
            .Select(k => assessment.Solve(new Demand(new(k), 2)).Score(First)));
    }

    [Fact]
    public void Shares_of_links()
    {
        var system = Systems.OneFlow([[1, 0, 0, 0], [-0.5, 1, 0, 0], [-0.5, 0, 1, 0], [0, -0.5, -0.5, 1]],
            [1, 1, 1, 1]);
        using var assessment = new Assessment(system);
        var result = assessment.Solve(new Demand(new(0), 1));
        Assert.Equal([1, 0.5, 0.5, 0.5], result.Supply.ToArray());
        Assert.Equal(0.5, Sankey.LinkShare(result, new(3), new(1)), 14);
        Assert.Equal(0.5, Sankey.LinkShare(result, new(3), new(2)), 14);
        Assert.Equal(1, Sankey.LinkShare(result, new(1), new(0)), 14);
        Assert.Equal(1, Sankey.LinkShare(result, new(2), new(0)), 14);
    }

    [Fact]
    public void A_partitioned_system_and_a_short_chain()
    {
        // S2 needs 0.5 P1; A1 needs 1 P2. F1: 2 of S1, 0.1 of A1; F2: 1 of S2. Factors 2 and 1.
        var first = Systems.Of([[1, -0.5, 0], [0, 1, -1], [0, 0, 1]], [[2, 0, 0.1], [0, 1, 0]], [[2, 1]]);
        using var partitioned = new Assessment(first);
        Assert.Equal(3.2, partitioned.Solve(new Demand(new(2), 1)).Score(First), 14);
        // X needs 0.6 Y, Y needs 0.4 Z, Z emits 4 CO2 and 0.003 Zn... scaled by its run of 0.24.
        var second = Systems.Of([[1, 0, 0], [-0.6, 1, 0], [0, -0.4, 1]], [[0, 0, 4], [0, 0, 0.003]],
            [[1, 0], [0, 1]]);
        using var chain = new Assessment(second);
        var result = chain.Solve(new Demand(new(0), 1));
        Near([1, 0.6, 0.24], result.Supply.ToArray());
        Near([0.96, 0.00072], result.Inventory.ToArray());
    }

    /// <summary>Miller and Blair, Input-Output Analysis, chapter 2.</summary>
    [Fact]
    public void An_input_output_table()
    {
        var (z, output) = (new[] { new double[] { 150, 500 }, [200, 100] }, new double[] { 1000, 2000 });
        double[][] a = [.. z.Select((row, i) => row.Select((v, j) => (i == j ? 1
            : 0) - (v / output[j])).ToArray())];
        var system = Systems.OneFlow(a, [0.3, 0.25]);
        using var assessment = new Assessment(system);
        Near([1.25412541, 0.2640264], assessment.Solve(new Demand(new(0), 1)).Supply.ToArray(), 1e-6);
        Near([0.330033, 1.12211221], assessment.Solve(new Demand(new(1), 1)).Supply.ToArray(), 1e-6);
        var result = assessment.Solve(new Demand(new(0), 600), new Demand(new(1), 1500));
        Near([1247.5, 1841.6], result.Supply.ToArray(), 0.05);
        Near([374.25, 460.4], result.ProcessContributions(First), 0.02);
    }

    [Fact]
    public void An_avoided_product_is_a_credit_that_stays_visible()
    {
        // p1 emits 2 and saves 0.5 p2, which emits 2.
        var system = Systems.OneFlow([[1, 0], [0.5, 1]], [2, 2]);
        using var assessment = new Assessment(system);
        var result = assessment.Solve(new Demand(new(0), 1));
        Assert.Equal(1, result.Score(First), 14);
        var balance = Balance.Of(result.ProcessContributions(First));
        Assert.Equal((2, -1), (balance.Burdens, balance.Credits));
        var tree = UpstreamTree.Of(result, First, new TreeLimits(CutOff: 0.9));
        Assert.Equal(-1, tree.Nodes[0].LeftOut.Credits, 14);
        Assert.Equal(0, tree.Nodes[0].LeftOut.Burdens);
    }

    /// <summary>
    /// p takes q, which emits 10 and saves r, which would emit 10: nothing in sum, yet neither is nothing.
    /// </summary>
    [Fact]
    public void A_burden_that_a_credit_cancels_is_shown_with_its_credit()
    {
        var system = Systems.OneFlow([[1, 0, 0], [-1, 1, 0], [0, 1, 1]], [1, 10, 10]);
        using var assessment = new Assessment(system);
        var result = assessment.Solve(new Demand(new(0), 1));
        Assert.Equal(1, result.Score(First), 13);
        var tree = UpstreamTree.Of(result, First, new TreeLimits(CutOff: 0.05));
        Near([1, 0, -10], tree.Nodes.Select(n => n.Score));
        Near([1, 10, -10], tree.Nodes.Select(n => n.Direct));
        var sankey = Sankey.Of(result, First, cutOff: 0.06);
        Assert.Equal([1, 2], sankey.Nodes.Select(n => n.Process.Value).Order());
        Near([10, -10], sankey.Nodes.OrderBy(n => n.Process.Value).Select(n => n.Direct));
    }

    [Fact]
    public void A_tree_marks_its_loops_and_balances_at_every_node()
    {
        var system = Systems.OneFlow([[1, 0, 0], [-1, 1, -0.1], [0, -2, 1]], [1, 2, 3]);
        using var assessment = new Assessment(system);
        var tree = UpstreamTree.Of(assessment.Solve(new Demand(new(0), 1)), First, new TreeLimits(CutOff: 0));
        Assert.Equal([0, 1, 2, 1], tree.Nodes.Select(n => n.Process.Value));
        Assert.Equal([false, false, false, true], tree.Nodes.Select(n => n.IsLoop));
        // 1 of p2 has intensity 10; 2 of p3 bring 8; the loop takes 0.2 of p2 again, which is 2.
        Near([11, 10, 8, 2], tree.Nodes.Select(n => n.Score));
    }

    [Fact]
    public void Systems_hold_together() => Gen.Select(Gen.Int[0, 100_000], Gen.Int[2, 60]).Sample((seed,
        size) =>
    {
        var system = Systems.Random(seed, size, 3, credits: seed % 2 == 0);
        using var assessment = new Assessment(system);
        assessment.Prepare([new(0), new(1)]);
        var (one, two) = (new Demand(new(seed % size), 1.5), new Demand(new((seed / 7) % size), 2));
        var both = assessment.Solve(one, two);
        for (var c = 0; c < 2; c++)
        {
            CategoryIndex category = new(c);
            var score = both.Score(category);
            var gross = Balance.Of(both.ProcessContributions(category)).Gross;
            void Same(double part) => Assert.True(Math.Abs(part - score) <= 1e-9 * Math.Max(gross, 1e-12));
            Same(both.ProcessContributions(category).Sum());
            Same(both.FlowContributions(category).Sum());
            Same(both.FirstTier(category).Sum(p => p.Score));
            Same((one.Amount * assessment.Intensity(category, one.Product))
                + (two.Amount * assessment.Intensity(category, two.Product)));
            Same(assessment.Solve(one).Score(category) + assessment.Solve(two).Score(category));
            var sankey = Sankey.Of(both, category, 0.05);
            Same(sankey.Nodes.Sum(n => n.Direct) + sankey.LeftOut.Net);
            TreeBalances(UpstreamTree.Of(both, category, new TreeLimits(0.02, 200)), gross);
        }
    }, iter: 60);

    private static void TreeBalances(UpstreamTree tree, double gross)
    {
        for (var at = 0; at < tree.Nodes.Count; at++)
        {
            var node = tree.Nodes[at];
            if (!node.IsFollowed) continue;
            var parts = node.Direct + node.LeftOut.Net + tree.Nodes.Where(n => n.Parent == at).Sum(n
                => n.Score);
            Assert.True(Math.Abs(parts - node.Score) <= 1e-9 * Math.Max(gross, 1e-12));
        }
    }

    [Fact]
    public void Scores_do_not_depend_on_units_or_on_the_order_of_processes() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[2, 40]).Sample((seed, size) =>
        {
            var system = Systems.Random(seed, size, 3);
            var random = new Random(seed + 1);
            var to = Enumerable.Range(0, size).ToArray();
            random.Shuffle(to);
            var unit = Enumerable.Range(0, size).Select(_ => Math.Pow(10,
                (4 * random.NextDouble()) - 2)).ToArray();
            var builder = new ProductSystemBuilder(size, size, 5, 2);
            var (a, b, c) = (system.Technosphere.Matrix, system.Biosphere.Matrix, system.Factors.Matrix);
            for (var j = 0; j < size; j++)
            {
                var run = Math.Exp(random.NextDouble());
                for (var p = a.Starts[j]; p < a.Starts[j + 1]; p++)
                    builder.Exchange(new(to[j]), new(to[a.RowOf[p]]), a.Values[p] * unit[a.RowOf[p]] * run);
                for (var p = b.Starts[j]; p < b.Starts[j + 1]; p++)
                    builder.Emit(new(to[j]), new(b.RowOf[p]), b.Values[p] * run);
            }
            for (var e = 0; e < 5; e++)
                for (var p = c.Starts[e]; p < c.Starts[e + 1]; p++)
                    builder.Factor(new(c.RowOf[p]), new(e), c.Values[p]);
            using var before = new Assessment(system);
            using var after = new Assessment(builder.Build());
            var k = seed % size;
            var expected = before.Solve(new Demand(new(k), 1)).Score(First);
            var actual = after.Solve(new Demand(new(to[k]), unit[k])).Score(First);
            Assert.True(Math.Abs(expected - actual) <= 1e-10 * Math.Abs(expected));
        }, iter: 60);

    [Fact]
    public void Large_systems_are_swept_and_the_answer_says_so()
    {
        var size = Assessment.FactorLimit + 1;
        var builder = new ProductSystemBuilder(size, size, 1, 1).Factor(new(0), new(0), 1);
        for (var j = 0; j < size; j++)
            builder.Exchange(new(j), new(j), 1).Emit(new(j), new(0), 1)
                .Exchange(new(j), new((j + 1) % size), -0.5);
        using var assessment = new Assessment(builder.Build());
        var result = assessment.Solve(new Demand(new(0), 1));
        Assert.Equal(SolverKind.GaussSeidel, result.Choice.Kind);
        Assert.Equal(2, result.Score(First), 11);
    }

    private static void Near(IEnumerable<double> expected, IEnumerable<double> actual,
        double tolerance = 1e-11)
    {
        foreach (var (e, a) in expected.Zip(actual))
            Assert.True(Math.Abs(e - a) <= tolerance * Math.Max(1, Math.Abs(e)), $"{e} {a}");
    }
}
