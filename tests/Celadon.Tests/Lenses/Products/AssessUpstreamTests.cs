using Celadon.Lca.Modelling;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Packs.Lci;
using Celadon.Tests.Lenses.Carbon;
using CsCheck;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Lenses.Products;

/// <summary>The supply chain as a tree and as a diagram.</summary>
public class AssessUpstreamTests
{
    /// <summary>openLCA, SankeyTest: a takes b, b takes 2 c, c 0.1 b.</summary>
    private static readonly LciDatabase Loop = Of(Process("a", "out 1 p1", "in 1 p2", "out 1 e"),
        Process("b", "out 1 p2", "in 2 p3", "out 2 e"),
        Process("c", "out 1 p3", "in 0.1 p2", "out 3 e"));

    /// <summary>Published totals 11, 10 and 8; of b's output a takes four fifths.</summary>
    [Fact]
    public void A_diagram_with_a_loop()
    {
        var sankey = Ask(Loop, """{ "cutOff": "0" }""").Sankey!;
        Assert.Equal([("a", 11, 1), ("b", 10, 2.5), ("c", 8, 7.5)], sankey.Nodes.OrderBy(n => n.Id)
            .Select(n => (n.Id, Round(n.Total), Round(n.Own))));
        Assert.Equal([("b", "a", 0.8, 8, false), ("b", "c", 0.2, 2, false), ("c", "b", 1, 8, true)],
            sankey.Links.OrderBy(l => l.From).ThenBy(l => l.To)
                .Select(l => (l.From, l.To, Round(l.Share), Round(l.Score), l.ClosesLoop)));
        // a: 11 less its own 1 less 8 of b; what goes round between b and c is told as not drawn.
        Assert.Equal([("a", 2), ("b", -0.5), ("c", -1.5)], sankey.Nodes.OrderBy(n => n.Id)
            .Select(n => (n.Id, Round(n.NotDrawn))));
    }

    [Fact]
    public void A_tree_marks_the_loop_and_goes_no_further()
    {
        var branches = Ask(Loop, """{ "cutOff": "0" }""").Tree!.Branches;
        Assert.Equal([(-1, 0, "a", false), (0, 1, "b", false), (1, 2, "c", false), (2, 3, "b", true)],
            branches.Select(b => (b.Parent, b.Depth, b.Id, b.IsLoop)));
        Assert.Equal([11, 10, 8, 2], branches.Select(b => Round(b.Score)));
    }

    [Theory]
    [InlineData("""{ "depth": 1 }""", 2)]
    [InlineData("""{ "branches": 3 }""", 3)]
    [InlineData("""{ "cutOff": "0.8" }""", 2)]
    public void A_tree_stops_where_it_is_told(string limits, int branches) =>
        Assert.Equal(branches, Ask(Loop, limits).Tree!.Branches.Length);

    [Theory]
    [InlineData("""{ "cutOff": "1" }""", "products.assess.upstreamShare")]
    [InlineData("""{ "cutOff": "-0.1" }""", "products.assess.upstreamShare")]
    [InlineData("""{ "depth": 0 }""", "products.assess.upstream")]
    [InlineData("""{ "branches": 501 }""", "products.assess.upstream")]
    [InlineData("""{ "links": 31 }""", "products.assess.upstream")]
    public void Limits_out_of_range_are_refused(string limits, string code) => Assert.Equal(code,
        Asking.Refused(new AssessQuestion(),
            $$"""{ "database": "small", "process": "a", "amount": "1", "upstream": {{limits}} }""",
            Library(Loop)));

    /// <summary>However little is shown, every branch and the whole diagram add up.</summary>
    [Fact]
    public void Shown_and_left_out_add_up() => Gen.Select(Gen.Int[-9, 9].Array[3, 9], Gen.Int[1, 9],
        Gen.Int[1, 4]).Sample((own, branches, links) =>
    {
        LciProcess[] chain = [.. own.Select((d, j) => Process($"{j}", [$"out 1 p{j}", $"out {d} e",
            .. Enumerable.Range(j + 1, own.Length - j - 1).Take(2).Select(k => $"in 0.5 p{k}")]))];
        var limits = $$"""{ "cutOff": "0.05", "branches": {{branches}}, "links": {{links}} }""";
        var category = Ask(Of(chain), limits, "0");
        var tree = category.Tree!.Branches;
        for (var i = 0; i < tree.Length; i++)
        {
            if (!tree[i].IsFollowed) continue;
            var parts = Value(tree[i].Own) + Value(tree[i].LeftOutBurdens) + Value(tree[i].LeftOutCredits)
                + tree.Where(b => b.Parent == i).Sum(b => Value(b.Score));
            Assert.Equal(Value(tree[i].Score), parts, 9);
        }
        var sankey = category.Sankey!;
        Assert.True(sankey.Links.Length <= links);
        Assert.Equal(Value(category.Score), sankey.Nodes.Sum(n => Value(n.Own))
            + Value(sankey.LeftOutBurdens) + Value(sankey.LeftOutCredits), 9);
        Assert.All(sankey.Nodes, n => Assert.Equal(Value(n.Total), Value(n.Own) + Value(n.NotDrawn)
            + sankey.Links.Where(l => l.To == n.Id).Sum(l => Value(l.Score)), 9));
    }, iter: 60);

    [Theory]
    [InlineData("t", "2000 kg CO2e")]
    [InlineData("kg", "2 kg CO2e")]
    public void The_amount_may_stand_in_any_unit_of_the_flow(string unit, string score)
    {
        var database = Of(Process("1", "out 1 p1", "out 1 e"));
        string Spec(string name) =>
            $$"""{ "database": "small", "process": "1", "amount": "2", "unit": "{{name}}" }""";
        var answer = Asking.Ask(new AssessQuestion(), Spec(unit), Library(database));
        Assert.Equal((score, $"2 {unit}"), (Asking.At(answer, "/categories/0/score"),
            Asking.At(answer, "/amount")));
        Assert.Equal("products.assess.amountUnit",
            Asking.Refused(new AssessQuestion(), Spec("MJ"), Library(database)));
    }

    /// <summary>Bins hold every sample once, and lie about the median.</summary>
    [Fact]
    public void Samples_lie_in_bins()
    {
        var process = Process("1", "out 1 p1", "out 10 e");
        var database = Of(process with
        {
            Exchanges = [process.Exchanges[0], process.Exchanges[1] with
            {
                Uncertainty = Celadon.Lca.Model.Uncertainty.Uniform(8, 12),
            }],
        });
        var spread = ((AssessReport)Asking.Ask(new AssessQuestion(), """
            { "database": "small", "process": "1", "amount": "1", "monteCarlo": { "samples": 4000 } }
            """, Library(database)).Report).Categories[0].MonteCarlo!;
        Assert.Equal(20, spread.Bins.Length);
        Assert.Equal(4000, spread.Bins.Sum(b => Value(b.Count)) + Value(spread.Below) + Value(spread.Above));
        // Uniform: each bin has 198 ± 14 samples.
        Assert.All(spread.Bins, b => Assert.InRange(Value(b.Count), 128, 268));
        Assert.Equal(9, Value(spread.LowerQuarter), 0.15);
        Assert.Equal(11, Value(spread.UpperQuarter), 0.15);
    }

    /// <summary>A parameter of the database and one of the process: p + q, uniform each: mean 12, no
    /// more than the root of a sixth off.</summary>
    [Fact]
    public void Parameters_are_drawn_with_the_samples()
    {
        var process = Process("1", "out 1 p1", "out 12 e");
        LciParameter Uniform(string name, double from, double to) => new(name, name, (from + to) / 2, "",
            Celadon.Lca.Model.Uncertainty.Uniform(from, to));
        var database = Of(process with
        {
            Exchanges = [process.Exchanges[0], process.Exchanges[1] with { Formula = "p + q" }],
            Parameters = [Uniform("q", 1, 3)],
        }) with { Parameters = [Uniform("p", 9, 11)] };
        var category = ((AssessReport)Asking.Ask(new AssessQuestion(), """
            { "database": "small", "process": "1", "amount": "1", "monteCarlo": { "samples": 4000 } }
            """, Library(database)).Report).Categories[0];
        Assert.Equal("12", category.Score.Value.ToString());
        Assert.Equal(12, Value(category.MonteCarlo!.Mean), 5 * 0.8165 / Math.Sqrt(4000));
        Assert.Equal(0.8165, Value(category.MonteCarlo.Deviation), 0.04);
    }

    private static AssessedCategory Ask(LciDatabase database, string limits, string process = "a") =>
        ((AssessReport)Asking.Ask(new AssessQuestion(), $$"""
            { "database": "small", "process": "{{process}}", "amount": "1", "upstream": {{limits}} }
            """, Library(database)).Report).Categories[0];

    private static double Round(Figure figure) => Math.Round(Value(figure), 9);

    private static double Value(Figure figure) => figure.Value.ToDouble();
}
