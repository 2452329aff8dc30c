using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Packs;
using Celadon.Store.Import.Lci;
using Celadon.Store.Import.Lci.JsonLd;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Tests.Import.Lci;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Tests.Packs;

namespace Celadon.Tests.Lenses.Products;

/// <summary>
/// The US Life Cycle Inventory as published, which brings no method, weighed with global warming potentials
/// of our own packs.
/// </summary>
public sealed class AssessUsLciTests
{
    private static readonly string Package =
        Path.Combine(House.Repository.Root, "..", "shared", "data", "uslci-jsonld-v1.zip");

    private static readonly Lazy<FactorLibrary> Packs = new(() =>
    {
        using var package = LciPackage.Open(Package);
        var database = Assembled.Clean(JsonLdReader.Read("US LCI", package.Parts));
        return FactorLibrary.From([.. PacksUnderTest.Library.Packs, PackReader.Read(LciPack.Of(database,
            new LciPackWords("uslci", "CC0-1.0", "US LCI", "NREL")), "uslci").Pack!]);
    });

    /// <summary>
    /// Fossil carbon dioxide of five processes as two other methods gave it, through the lens: the flows
    /// called "Carbon dioxide, fossil" have the potential 1 in every set, so that what they give to the score
    /// is their mass.
    /// </summary>
    [Theory]
    [InlineData("62993671", 0.96562692169175, 1e-11)]
    [InlineData("317adcbc", 0.0702533515073, 1e-11)]
    [InlineData("018446d9", 0.198199484131742, 1e-11)]
    [InlineData("ac54bc7d", 2.022, 5e-5)]
    [InlineData("ce38752e", 1.4487, 5e-5)]
    public void Fossil_carbon_dioxide(string process, double expected, double within)
    {
        var fossil = Ask(process, "AR6").Categories.Single(c => c.Id == "fossil");
        var mass = fossil.Flows.Top.Where(f => f.Name.StartsWith("Carbon dioxide, fossil",
            StringComparison.Ordinal)).Sum(f => f.Score.Value.ToDouble());
        Assert.Equal(expected, mass, within * expected);
        Assert.True(fossil.Flows.RestCount == 0, "all flows are shown");
    }

    /// <summary>
    /// The sets differ by their potentials alone: the score is the masses, found by asking, times the rows of
    /// the table.
    /// </summary>
    [Theory]
    [InlineData("AR5", 30, 28, 265)]
    [InlineData("AR6", 29.8, 27, 273)]
    public void The_score_of_cement_is_mass_times_potential(string set, double fossil, double biogenic,
        double nitrous)
    {
        var report = Ask("62993671", set);
        var total = report.Categories.Single(c => c.Id == "total");
        foreach (var flow in total.Flows.Top)
        {
            var potential = flow.Name switch
            {
                var n when n.StartsWith("Methane, biogenic", StringComparison.Ordinal) => biogenic,
                "Methane" or "Methane, fossil" => fossil,
                "Dinitrogen monoxide" or "Nitrous oxide" => nitrous,
                var n when n.StartsWith("Carbon dioxide", StringComparison.Ordinal) => 1,
                _ => (double?)null,
            };
            if (potential is not { } gwp) continue;
            var operands = Explainer.OperandsOf(flow.Score.Trace);
            Assert.Equal(gwp, operands[1].Figure.Value.ToDouble(), 1e-9);
            Assert.Equal(flow.Score.Value.ToDouble(), operands[0].Figure.Value.ToDouble() * gwp,
                1e-9 * Math.Abs(flow.Score.Value.ToDouble()));
        }
        var parts = report.Categories.Where(c => c.Id is "fossil" or "biogenic-methane" or "land-use")
            .Sum(c => c.Score.Value.ToDouble());
        Assert.Equal(total.Score.Value.ToDouble(), parts, 1e-9);
    }

    [Fact]
    public void Gases_without_a_potential_are_named_with_their_amount()
    {
        var answer = Answer("ce38752e", "AR6");
        var method = ((AssessReport)answer.Report).Method;
        Assert.Contains(answer.Findings, f => f.Code == "products.assess.suspects");
        Assert.Equal(method.SuspectCount, method.Suspects.Length);
        Assert.All(method.Suspects, s => Assert.NotEqual("0", s.Amount.Value.ToString()));
        Assert.DoesNotContain(method.Others, o => o.Name.Contains("carbon dioxide",
            StringComparison.OrdinalIgnoreCase) && o.Compartment.StartsWith("air", StringComparison.Ordinal));
        Assert.True(method.Flows > method.WithFactor && method.WithFactor > 3);
    }

    /// <summary>Side by side as each alone; with coal power in place of gas power it is more.</summary>
    [Fact]
    public void Compared_each_scores_as_assessed_alone()
    {
        var (now, before) = (Ask("89389d98", "AR6"), Ask("96bffbb9", "AR6"));
        var report = (CompareReport)Asking.Ask(new CompareQuestion(), """
            { "database": "uslci", "linking": "firstByName", "allocation": "referenceBearsAll",
              "method": { "pack": "gwp-100-flows", "gwp": "AR6" },
              "functionalUnit": { "what": "electricity", "amount": "1", "unit": "kWh" },
              "alternatives": [
                { "name": "2010", "process": "Electricity, at Grid, US, 2010" },
                { "name": "2008", "process": "Electricity, at Grid, US, 2008" },
                { "name": "coal", "process": "Electricity, at Grid, US, 2010", "suppliers": [
                  { "process": "Electricity, at Grid, US, 2010",
                    "flow": "Electricity, natural gas, at power plant",
                    "to": "Electricity, bituminous coal, at power plant" } ] } ] }
            """, Packs.Value).Report;
        var scores = report.Categories[0].Scores;
        Assert.Equal(Total(now), scores[0].Score.Value.ToDouble(), 1e-11);
        Assert.Equal(Total(before), scores[1].Score.Value.ToDouble(), 1e-11);
        Assert.True(scores[2].Score.Value > scores[0].Score.Value);
        Assert.Equal(("products.assess.way.lowRank", 1), (report.Alternatives[2].Solver.Way,
            report.Alternatives[2].Solver.Changed));
        Assert.InRange(report.Alternatives[2].Solver.BackwardError.Value.ToDouble(), 0, 1e-13);
    }

    private static double Total(AssessReport report) =>
        report.Categories.Single(c => c.Id == "total").Score.Value.ToDouble();

    private static AssessReport Ask(string process, string set) => (AssessReport)Answer(process, set).Report;

    private static Answer Answer(string process, string set)
    {
        Assert.SkipUnless(File.Exists(Package), "skipped: ../shared/data/uslci-jsonld-v1.zip not present");
        var id = Packs.Value.Database("uslci")!.Processes.Keys.Single(p =>
            p.StartsWith(process, StringComparison.Ordinal));
        return Asking.Ask(new AssessQuestion(), $$"""
            { "database": "uslci", "process": "{{id}}", "amount": "1", "linking": "firstByName", "top": 100,
              "allocation": "referenceBearsAll", "method": { "pack": "gwp-100-flows", "gwp": "{{set}}" } }
            """, Packs.Value);
    }
}
