using System.Collections.Concurrent;
using Celadon.Lenses;
using Celadon.Lenses.Carbon;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Quantities;
using Celadon.Store;

namespace Celadon.Tests.Example;

/// <summary>
/// Every question with its example, asked of the example works: each figure as it stands in a golden file,
/// each traced, and each sum carried by rows of the books to the last digit.
/// </summary>
[Collection("example")]
public sealed class QuestionTests(ExampleWorks works)
{
    private static readonly ConcurrentDictionary<string, Asked> Asked = new();

    public static TheoryData<string> Names => [.. Questions.All.Select(q => q.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_figures_of_an_answer_are_golden(string name)
    {
        var figures = Explainer.All(Ask(name).Answer.Report).ToList();
        Assert.NotEmpty(figures);
        Golden.Equal(name, figures.Select(f => $"{f.Pointer} {f.Figure.Value} {f.Figure.Unit}".TrimEnd()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_answer_has_a_traced_figure(string name)
    {
        var report = Ask(name).Answer.Report;
        var figures = Explainer.All(report).ToList();
        // Some answers compute nothing: a declaration's figures are stated, a limit stands in a pack.
        Assert.True(figures.Exists(f => Explainer.OperandsOf(f.Figure.Trace).Count > 0)
            || figures.TrueForAll(f => f.Figure.Trace is Trace.Given or Trace.PackRow));
        Assert.All(Explainer.All(report), f =>
        {
            var explained = Explainer.Explain(report, f.Pointer);
            Assert.Equal(f.Figure, explained.Figure);
            Assert.All(explained.Operands, o =>
                Assert.Equal(o.Figure, Explainer.Find(report, o.Pointer).Figure));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_leaves_of_every_sum_add_up_to_it(string name)
    {
        var asked = Ask(name);
        Assert.All(Explainer.All(asked.Answer.Report).Where(f => Explainer.IsSummed(f.Figure.Trace)), f =>
        {
            var (sum, count) = (Amount.Zero, 0L);
            foreach (var leaf in Explainer.Leaves(f.Figure))
                (sum, count) = (sum + leaf.Contribution, count + 1);
            Assert.Equal((f.Pointer, f.Figure.Value), (f.Pointer, sum));
            Assert.Equal(count, Explainer.Explain(asked.Answer.Report, f.Pointer).LeafCount);
        });
    }

    [Fact]
    public void The_scopes_of_the_account_rest_on_rows_of_the_books()
    {
        var asked = Ask("carbon.inventory");
        foreach (var pointer in (string[])
            ["/scope1/total/kgco2e", "/scope2/location/total/kgco2e", "/scope3/total/kgco2e"])
        {
            Assert.True(Explainer.Explain(asked.Answer.Report, pointer).IsSummed, pointer);
            var leaves = works.Workspace.Leaves(asked, pointer).ToList();
            Assert.Equal(asked.At(pointer), leaves.Select(l => l.Contribution).Total().ToString());
            Assert.All(leaves, leaf => Assert.True(leaf.File.Length > 0 && leaf.Batch > 0, $"{leaf}"));
        }
    }

    /// <summary>IPCC 2006, table 1.4: natural gas 54,300 to 58,300 around 56,100 kg CO2/TJ.</summary>
    [Fact]
    public void An_interval_that_a_pack_states_counts_and_the_share_covered_is_said()
    {
        var asked = works.Workspace.Ask(Questions.Get("carbon.inventory"), """
            {"period":"2025-10/2026-09","gwp":"AR5","allowNearestEdition":true,"allowWiderPlace":true,
             "uncertainty":{"bases":[{"basis":"invoiced","uncertainty":"2 %","source":"a test"}]}}
            """);
        var report = (InventoryReport)asked.Answer.Report;
        var gas = report.Uncertainty!.Numbers.Single(n =>
            n.Id == "factor:ipcc-2006-fuels:ipcc-2006/manufacturing/natural-gas");
        Assert.Equal("3.565062", $"{gas.Percent.Value}");
        Assert.Contains(report.Uncertainty.Open, l => l.Resource == "natural-gas" && l.Site == "stoke");
        Assert.Equal("133506.23996815", $"{report.Uncertainty.Scope1!.Covered.Value}");
    }

    /// <summary>SECR on the books: Scope 1 and 2 over the ware of both works; no year before.</summary>
    [Fact]
    public void A_ratio_takes_its_numerator_from_the_inventory_of_the_same_books()
    {
        var asked = works.Workspace.Ask(Questions.Get("carbon.intensity"), """
            {"year":{"inventory":{"period":"2025-10/2026-09","gwp":"AR5","allowNearestEdition":true,
               "allowWiderPlace":true,"sites":["stoke"]},"scopes":["1","2-location"],
              "per":[{"name":"Ware","output":"ware"},{"name":"Floor","amount":"6200 m2"}]}}
            """);
        var inventory = works.Workspace.Ask(Questions.Get("carbon.inventory"), """
            {"period":"2025-10/2026-09","gwp":"AR5","allowNearestEdition":true,"allowWiderPlace":true,
             "sites":["stoke"]}
            """);
        var sum = Amount.Parse(inventory.At("/scope1/total/kgco2e"))
            + Amount.Parse(inventory.At("/scope2/location/total/kgco2e"));
        Assert.Equal($"{sum}", asked.At("/emissions"));
        // A bill of September 2025 reaches into the year before: no year to compare with.
        Assert.Null(((IntensityReport)asked.Answer.Report).PriorEmissions);
        Assert.Contains(asked.Answer.Findings, f => f.Code == "carbon.intensity.priorIncomplete");
        Assert.Equal(sum, works.Workspace.Leaves(asked, "/emissions").Select(l => l.Contribution).Total());
    }

    private Asked Ask(string name) => Asked.GetOrAdd(name, n =>
        works.Workspace.Ask(Questions.Get(n), Questions.Get(n).Example));
}
