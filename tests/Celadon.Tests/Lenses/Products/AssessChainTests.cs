using Celadon.Lca.Modelling;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Packs.Lci;
using Celadon.Tests.Lenses.Carbon;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Which processes a score rests on, and what is said of the others.</summary>
public class AssessChainTests
{
    private static readonly LciProcess Bad = Process("3", "out 1 p3", "out 1 p3");

    [Fact]
    public void A_fault_elsewhere_is_a_warning_and_in_the_chain_a_refusal()
    {
        var database = Of(Process("1", "out 1 p1", "in 1 p2", "out 1 e"), Process("2", "out 1 p2", "out 2 e"),
            Bad);
        var answer = Answer("1", database);
        Assert.Equal("3 kg CO2e", Asking.At(answer, "/categories/0/score"));
        Assert.Equal("process 3", Assert.Single(answer.Findings, f => f.Code == "products.assess.faulty")
            .Args["names"]);
        var reached = Of(Process("1", "out 1 p1", "in 1 p3"), Bad);
        Assert.Equal("products.assess.outputTwice", Asking.Refused(new AssessQuestion(),
            """{ "database": "small", "process": "1", "amount": "1" }""", Library(reached)));
    }

    /// <summary>One of two candidates is in the chain by another way; the open input stays open.</summary>
    [Fact]
    public void Of_several_providers_none_is_chosen_because_it_is_reached()
    {
        var process = Process("1", "out 1 p1", "in 1 p2", "in 1 p2", "out 1 e");
        var stated = process.Exchanges[1] with { Provider = "2a" };
        var database = Of(process with
        {
            Exchanges = [process.Exchanges[0], stated, .. process.Exchanges[2..]],
        }, Process("2a", "out 1 p2", "out 5 e"), Process("2b", "out 1 p2", "out 7 e"));
        var report = (AssessReport)Answer("1", database).Report;
        Assert.Equal("6", report.Categories[0].Score.Value.ToString());
        Assert.Equal(2, Assert.Single(report.CutOff.First).Candidates);
    }

    /// <summary>1 takes p2 of 2a or 2b: by the system of this process, by its name, by none.</summary>
    [Theory]
    [InlineData("2b", "", "8")]
    [InlineData("2a", "", "6")]
    [InlineData("2b", ", \"productSystem\": \"other\"", "6")]
    public void Links_of_product_systems_come_first(string provider, string more, string score)
    {
        var database = Of(Process("1", "out 1 p1", "in 1 p2", "out 1 e"),
            Process("2a", "out 1 p2", "out 5 e"), Process("2b", "out 1 p2", "out 7 e"));
        var answer = Answer("1", database with { Systems = [System("s", "1", provider),
            System("other", "2a", "2a")] }, more);
        Assert.Equal(score + " kg CO2e", Asking.At(answer, "/categories/0/score"));
        Assert.Contains(answer.Findings, f => f.Code == "products.assess.storedLinks");
    }

    [Fact]
    public void Systems_that_disagree_decide_nothing()
    {
        var database = Of(Process("1", "out 1 p1", "in 1 p2", "out 1 e"),
            Process("2a", "out 1 p2", "out 5 e"), Process("2b", "out 1 p2", "out 7 e"));
        database = database with { Systems = [System("s", "1", "2a"), System("t", "1", "2b")] };
        Assert.Equal("1 kg CO2e", Asking.At(Answer("1", database), "/categories/0/score"));
        Assert.Equal("products.assess.productSystem", Asking.Refused(new AssessQuestion(),
            """{ "database": "small", "process": "1", "amount": "1", "productSystem": "u" }""",
            Library(database)));
    }

    /// <summary>A quarter, or the reference bears all: said by the process, the spec, nobody.</summary>
    [Fact]
    public void Where_no_allocation_rule_is_given_is_said()
    {
        var silent = Process("1", "out 1 p1", "out 3 p2", "out 2 e");
        var stated = silent with { Allocation = AllocationRule.Physical };
        var free = silent with { Allocation = AllocationRule.ReferenceBearsAll };
        Assert.Equal(("2 kg CO2e", "products.assess.noRule"), Said(silent, ""));
        Assert.Equal(("0.5 kg CO2e", ""), Said(stated, ""));
        Assert.Equal(("2 kg CO2e", "products.assess.free"), Said(free, ""));
        Assert.Equal(("2 kg CO2e", "products.assess.free"),
            Said(stated, ", \"allocation\": \"referenceBearsAll\""));
        Assert.Equal("3 kg", Asking.At(Answer("1", Of(silent)), "/coProducts/0/amount"));

        static (string, string) Said(LciProcess process, string more)
        {
            var answer = Answer("1", Of(process), more);
            return (Asking.At(answer, "/categories/0/score"),
                string.Join(' ', answer.Findings.Select(f => f.Code)));
        }
    }

    /// <summary>The co-product replaces the same product made by 2: 10 less 3 × 2.</summary>
    [Fact]
    public void A_co_product_that_replaces_production_reaches_it() => Assert.Equal("4 kg CO2e",
        Asking.At(Answer("1", Of(Process("1", "out 1 p1", "out 3 p2", "out 10 e") with
        {
            Allocation = AllocationRule.Substitution,
        }, Process("2", "out 1 p2", "out 2 e"))), "/categories/0/score"));

    private static LciProductSystem System(string name, string process, string provider) => new()
    {
        Id = "id " + name, Name = name, Process = process, Amount = 1, Unit = "kg", Property = "m",
        Links = [new("1", 2, provider, "p2")],
    };

    private static Answer Answer(string process, LciDatabase database, string more = "") =>
        Asking.Ask(new AssessQuestion(),
            $$"""{ "database": "small", "process": "{{process}}", "amount": "1"{{more}} }""",
            Library(database));
}
