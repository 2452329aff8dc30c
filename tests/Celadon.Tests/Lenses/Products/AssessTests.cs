using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Packs.Lci;
using Celadon.Tests.Lenses.Carbon;
using CsCheck;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Lenses.Products;

/// <summary>
/// Published cases of openLCA's and Brightway's own tests through the question, and what it refuses.
/// </summary>
public class AssessTests
{
    private static readonly AssessQuestion Question = new();

    /// <summary>Two processes that each use what the other makes.</summary>
    internal const string Loop = """
        {
          "process": "p1", "amount": "2",
          "system": {
            "flows": [
              { "name": "product 1", "unit": "kg", "kind": "product" },
              { "name": "product 2", "unit": "kg", "kind": "product" },
              { "name": "f1", "unit": "kg", "kind": "elementary" },
              { "name": "f2", "unit": "kg", "kind": "elementary" }
            ],
            "processes": [
              { "name": "p1", "reference": "product 1", "exchanges": [
                { "flow": "product 1", "amount": "1", "unit": "kg" },
                { "flow": "product 2", "amount": "1", "unit": "kg", "input": true },
                { "flow": "f1", "amount": "1", "unit": "kg", "input": true },
                { "flow": "f2", "amount": "2", "unit": "kg" } ] },
              { "name": "p2", "reference": "product 2", "exchanges": [
                { "flow": "product 2", "amount": "1", "unit": "kg" },
                { "flow": "product 1", "amount": "0.5", "unit": "kg", "input": true },
                { "flow": "f1", "amount": "2", "unit": "kg", "input": true },
                { "flow": "f2", "amount": "1", "unit": "kg" } ] }
            ],
            "categories": [
              { "name": "use of f1", "unit": "kg", "factors": [ { "flow": "f1", "factor": "1" } ] },
              { "name": "release of f2", "unit": "kg", "factors": [ { "flow": "f2", "factor": "1" } ] }
            ]
          }
        }
        """;

    /// <summary>openLCA, SelfLoopAnalysisTest: totals 12 and 12, direct 4 and 8, 8 and 4.</summary>
    [Fact]
    public void A_loop_of_two_processes()
    {
        var answer = Asking.Ask(Question, Loop);
        Assert.Equal("12 kg", Asking.At(answer, "/categories/0/score"));
        Assert.Equal("12 kg", Asking.At(answer, "/categories/1/score"));
        var report = (AssessReport)answer.Report;
        Assert.Equal(["p1 4", "p2 8"], Named(report.Categories[0].Processes));
        Assert.Equal(["p1 8", "p2 4"], Named(report.Categories[1].Processes));
        Assert.Equal("4", Asking.At(answer, "/categories/0/processes/top/0/score/@/0"));
        // Upstream of p2, openLCA's 10, is what is taken of p2 with the loop back through p1.
        // It comes from sweeps, which stop at a backward error and not at the last digit.
        Assert.Equal([("p1", 2), ("p2", 10)], Rounded(report.Categories[0].FirstTier));
        Assert.Equal([("p1", 4), ("p2", 8)], Rounded(report.Categories[1].FirstTier));
        Assert.Empty(answer.Findings);
    }

    /// <summary>
    /// The example by hand: 90 + 0.05 × 125 + 1.2 × 8 kWh for 100 kg of bowls, of which the mine takes
    /// 0.3 × 0.06 again; heat 900 + 6 × 8 MJ.
    /// </summary>
    [Fact]
    public void The_example_is_right_by_hand()
    {
        var report = (AssessReport)Asking.Ask(Question, Question.Example).Report;
        const double power = 105.85 / (1 - 0.018), heat = 948;
        Assert.Equal((0.7 * power) + (0.06 * heat) + 2.5 + 2.4 + (0.3 * 0.15 * power),
            report.Categories[0].Score.Value.ToDouble(), 1e-9);
        Assert.Equal(0.002 * power, report.Categories[1].Score.Value.ToDouble(), 1e-12);
        Assert.NotNull(report.Categories[0].Tree);
    }

    /// <summary>openLCA, SankeyTest: direct parts 1, 2.5, 7.5 of 11.</summary>
    [Fact]
    public void A_chain_with_a_loop()
    {
        var report = Ask("a", 1, Of(
            Process("a", "out 1 p1", "in 1 p2", "out 1 e"),
            Process("b", "out 1 p2", "in 2 p3", "out 2 e"),
            Process("c", "out 1 p3", "in 0.1 p2", "out 3 e")));
        Assert.Equal("11", report.Categories[0].Score.Value.ToString());
        Assert.Equal(["a 1", "b 2.5", "c 7.5"], Ids(report.Categories[0].Processes));
    }

    /// <summary>openLCA, DemandTest: a chain asked for at each of its ends.</summary>
    [Theory]
    [InlineData("a", "6")]
    [InlineData("b", "4")]
    [InlineData("c", "2")]
    public void A_demand_anywhere_in_a_chain(string process, string score) => Assert.Equal(score,
        Score(process, 2, Process("a", "out 1 p1", "in 1 p2", "out 1 e"),
            Process("b", "out 1 p2", "in 1 p3", "out 1 e"), Process("c", "out 1 p3", "out 1 e")));

    /// <summary>A process that makes 2 t releases 6 kg: without a unit 1 is 1 t, which releases 3.</summary>
    [Theory]
    [InlineData("", "1 t", "3")]
    [InlineData(", \"unit\": \"t\"", "1 t", "3")]
    [InlineData(", \"unit\": \"kg\"", "1 kg", "0.003")]
    public void Without_a_unit_the_amount_is_in_that_of_the_process(string unit, string amount, string score)
    {
        var made = Process("a", "out 2 p1", "out 6 e");
        made = made with { Exchanges = [made.Exchanges[0] with { Unit = "t" }, made.Exchanges[1]] };
        var answer = Asking.Ask(Question, $$"""
            { "database": "small", "process": "a", "amount": "1"{{unit}} }
            """, Library(Of(made)));
        Assert.Equal(amount, Asking.At(answer, "/amount"));
        Assert.Equal($"{score} kg CO2e", Asking.At(answer, "/categories/0/score"));
    }

    /// <summary>openLCA, LinkContributionsTest: supply 1, 0.5, 0.5, 0.5.</summary>
    [Fact]
    public void A_supplier_shared_by_two()
    {
        var report = Ask("1", 1, Of(
            Process("1", "out 1 p1", "in 0.5 p2", "in 0.5 p3", "out 1 e"),
            Process("2", "out 1 p2", "in 0.5 p4", "out 1 e"),
            Process("3", "out 1 p3", "in 0.5 p4", "out 1 e"), Process("4", "out 1 p4", "out 1 e")));
        Assert.Equal(["1 1", "2 0.5", "3 0.5", "4 0.5"], Ids(report.Categories[0].Processes));
        Assert.Equal(["1 1", "2 0.75", "3 0.75"], Ids(report.Categories[0].FirstTier));
    }

    /// <summary>openLCA, AvoidedFlowsTest: 2 less 0.5 × 2, for a product and for a waste.</summary>
    [Theory]
    [InlineData("out 1 p2", "avoid 0.5 p2")]
    [InlineData("in 1 w", "avoid 0.5 w")]
    public void What_is_avoided_is_a_credit_beside_the_burden(string made, string avoided)
    {
        var report = Ask("1", 1, Of(Process("1", "out 1 p1", "out 2 e", avoided),
            Process("2", made, "out 2 e")));
        var parts = report.Categories[0].Processes;
        Assert.Equal(("1", "2", "-1"), (report.Categories[0].Score.Value.ToString(),
            parts.Burdens.Value.ToString(), parts.Credits.Value.ToString()));
    }

    /// <summary>openLCA, AllocationTest: shares .25 and .75, stated or as a formula of a parameter.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("param / 100", "1 - param / 100")]
    public void Co_products_take_the_stated_shares(string first, string second) => Assert.Equal("0.5",
        Score("1", 1, Process("1", "out 1 p1", "out 3 p2", "out 2 e") with
        {
            Parameters = [new("x", "param", 25, "", default)],
            Allocation = AllocationRule.Physical,
            AllocationFactors =
            [
                new(AllocationRule.Physical, "p1", null, 0.25, first),
                new(AllocationRule.Physical, "p2", null, 0.75, second),
            ],
        }));

    /// <summary>The same by mass, 1 and 3 kg, and for wastes that are treated together.</summary>
    [Theory]
    [InlineData("out 1 p1", "out 3 p2")]
    [InlineData("in 1 w1", "in 3 w2")]
    public void Co_products_in_one_unit_are_shared_by_amount(string first, string second) =>
        Assert.Equal("0.5", Score("1", 1, Process("1", first, second, "out 2 e") with
        {
            Allocation = AllocationRule.Physical,
        }));

    /// <summary>brightway2-calc, test_partitioned_lca: 3.2.</summary>
    [Fact]
    public void A_system_in_three_parts()
    {
        var database = Of(Process("S1", "out 1 p1", "out 2 e1"),
            Process("S2", "out 1 p2", "in 0.5 p1", "out 1 e2"),
            Process("A1", "out 1 p3", "in 1 p2", "out 0.1 e1"));
        var report = Ask("A1", 1, database with { Categories = [Counting(("e1", 2), ("e2", 1))] });
        Assert.Equal("3.2", report.Categories[0].Score.Value.ToString());
        Assert.Equal(["e1 2.2", "e2 1"], Ids(report.Categories[0].Flows));
    }

    [Fact]
    public void Amounts_and_factors_come_in_any_unit_of_their_flow()
    {
        var process = Process("1", "out 1 p1", "out 1 e");
        var database = Of(process with
        {
            Exchanges = [.. process.Exchanges.Select(e => e with { Unit = "t", Amount = 2 })],
        });
        var category = database.Categories[0];
        database = database with
        {
            Categories = [category with { Factors = [category.Factors[0] with { Unit = "t", Value = 500 }] }],
        };
        // 3 t, as the process speaks of t: they release 3 t at 500 each.
        Assert.Equal("1500", Ask("process 1", 3, database).Categories[0].Score.Value.ToString());
    }

    [Fact]
    public void What_leads_nowhere_is_listed_where_it_is_taken()
    {
        var database = Of(Process("1", "out 1 p1", "in 2 p2", "out 1 e"),
            Process("2", "out 1 p2", "in 3 p9"), Process("3", "out 1 p3", "in 1 p8"));
        var answer = Answer("1", 1, database);
        Assert.Equal("6 kg", Asking.At(answer, "/cutOff/first/0/amount"));
        Assert.Equal(1, ((AssessReport)answer.Report).CutOff.Count);
        Assert.Equal(["products.assess.unlinked"], answer.Findings.Select(f => f.Code));
    }

    [Fact]
    public void Of_several_providers_none_is_chosen_unless_a_rule_is()
    {
        var database = Of(Process("1", "out 1 p1", "in 1 p2", "out 1 e"),
            Process("2a", "out 1 p2", "out 5 e"), Process("2b", "out 1 p2", "out 7 e"));
        Assert.Equal("1", Ask("1", 1, database).Categories[0].Score.Value.ToString());
        Assert.Equal("6", Ask("1", 1, database, ", \"linking\": \"firstByName\"")
            .Categories[0].Score.Value.ToString());
    }

    [Fact]
    public void Processes_and_co_products_that_are_left_out_are_counted()
    {
        var answer = Answer("1", 1, Of(Process("1", "out 1 p1", "out 1 p2", "out 1 e"),
            Process("2", "in 1 p2")));
        Assert.Equal(["products.assess.skipped", "products.assess.noRule"],
            answer.Findings.Select(f => f.Code));
    }

    [Fact]
    public void Shown_and_rest_add_up_to_the_score() => Gen.Select(Gen.Int[-9, 9].Array[3, 12], Gen.Int[1, 5])
        .Sample((direct, top) =>
        {
            var chain = direct.Select((d, j) => Process($"{j:00}", [$"out 1 p{j}", $"out {d} e",
                .. j + 1 < direct.Length ? [$"in 1 p{j + 1}"] : Array.Empty<string>()]));
            var category = Ask("00", 2, Of([.. chain]), $", \"top\": {top}").Categories[0];
            var score = category.Score.Value;
            Assert.Equal(2 * direct.Sum(), score.ToDouble(), 9);
            foreach (var parts in (AssessedParts[])[category.Processes, category.Flows, category.FirstTier])
            {
                Assert.True(parts.Top.Length <= top);
                Assert.Equal(score.ToDouble(), (parts.Top.Aggregate(parts.RestBurdens.Value
                    + parts.RestCredits.Value, (sum, p) => sum + p.Score.Value)).ToDouble(), 9);
                Assert.Equal(score.ToDouble(), (parts.Burdens.Value + parts.Credits.Value).ToDouble(), 9);
            }
        }, iter: 50);

    [Fact]
    public void Samples_repeat_with_their_seed_and_lie_about_the_score()
    {
        var process = Process("1", "out 1 p1", "out 10 e");
        var database = Of(process with
        {
            Exchanges = [process.Exchanges[0], process.Exchanges[1] with
            {
                Uncertainty = Uncertainty.Uniform(8, 12),
            }],
        });
        AssessedSpread Drawn(int seed) => Ask("1", 1, database,
            $$""", "monteCarlo": { "samples": 2000, "seed": {{seed}} }""")
            .Categories[0].MonteCarlo!;
        var (first, again, other) = (Drawn(7), Drawn(7), Drawn(8));
        Assert.Equal((first.Mean.Value, first.Low.Value), (again.Mean.Value, again.Low.Value));
        Assert.NotEqual(first.Mean.Value, other.Mean.Value);
        // A uniform from 8 to 12: deviation 4/√12, percentiles 8.1 and 11.9; five standard errors.
        Assert.Equal(10, first.Mean.Value.ToDouble(), 5 * 1.1547 / Math.Sqrt(2000));
        Assert.Equal(1.1547, first.Deviation.Value.ToDouble(), 0.06);
        Assert.Equal(8.1, first.Low.Value.ToDouble(), 0.07);
        Assert.Equal(11.9, first.High.Value.ToDouble(), 0.07);
    }

    /// <summary>The same shares, credit and waste where the system stands in the spec.</summary>
    [Theory]
    [InlineData("""{ "flow": "b", "amount": "3", "unit": "kg" }""",
        """[{ "flow": "a", "share": "0.25" }, { "flow": "b", "share": "0.75" }]""", "0.5")]
    [InlineData("""{ "flow": "b", "amount": "0.5", "unit": "kg", "input": true, "avoided": true }""", "[]",
        "1")]
    [InlineData("""{ "flow": "w", "amount": "2", "unit": "kg" }""", "[]", "12")]
    public void A_system_in_the_spec_goes_the_same_way(string exchange, string shares, string score) =>
        Assert.Equal(score + " kg", Asking.At(Asking.Ask(Question, Inline(exchange, shares)),
            "/categories/0/score"));

    [Theory]
    [InlineData("""{ "flow": "b", "amount": "3", "unit": "kg" }""", "shares")]
    [InlineData("""{ "flow": "b", "amount": "3", "unit": "t", "input": true }""", "unit")]
    [InlineData("""{ "flow": "z", "amount": "3", "unit": "kg" }""", "flow")]
    public void A_system_in_the_spec_is_held_to_the_same_rules(string exchange, string code) =>
        Assert.Equal("products.assess." + code, Asking.Refused(Question, Inline(exchange, "[]")));

    /// <summary>1 a emits 2 and has one exchange more; b emits 2 a kg, treating w emits 5 a kg.</summary>
    private static string Inline(string exchange, string shares) => $$"""
        { "process": "1", "amount": "1", "system": {
          "flows": [
            { "name": "a", "unit": "kg", "kind": "product" },
            { "name": "b", "unit": "kg", "kind": "product" },
            { "name": "w", "unit": "kg", "kind": "waste" },
            { "name": "e", "unit": "kg", "kind": "elementary" } ],
          "processes": [
            { "name": "1", "reference": "a", "shares": {{shares}}, "exchanges": [
              { "flow": "a", "amount": "1", "unit": "kg" }, { "flow": "e", "amount": "2", "unit": "kg" },
              {{exchange}} ] },
            { "name": "2", "reference": "b", "exchanges": [
              { "flow": "b", "amount": "1", "unit": "kg" }, { "flow": "e", "amount": "2", "unit": "kg" } ] },
            { "name": "3", "reference": "w", "exchanges": [
              { "flow": "w", "amount": "1", "unit": "kg", "input": true },
              { "flow": "e", "amount": "5", "unit": "kg" } ] } ],
          "categories": [
            { "name": "c", "unit": "kg", "factors": [ { "flow": "e", "factor": "1" } ] } ] } }
        """;

    private static AssessReport Ask(string process, int amount, LciDatabase database, string more = "") =>
        (AssessReport)Answer(process, amount, database, more).Report;

    private static Answer Answer(string process, int amount, LciDatabase database, string more = "") =>
        Asking.Ask(Question,
            $$"""{ "database": "small", "process": "{{process}}", "amount": "{{amount}}"{{more}} }""",
            Library(database));

    private static string Score(string process, int amount, params LciProcess[] processes) =>
        Ask(process, amount, Of(processes)).Categories[0].Score.Value.ToString();

    private static IEnumerable<string> Ids(AssessedParts parts) => parts.Top
        .Select(p => $"{p.Id} {p.Score.Value}").Order(StringComparer.Ordinal);

    private static IEnumerable<(string Name, double Score)> Rounded(AssessedParts parts) => parts.Top
        .Select(p => (p.Name, Math.Round(p.Score.Value.ToDouble(), 10))).OrderBy(p => p.Name);

    private static IEnumerable<string> Named(AssessedParts parts) => parts.Top
        .Select(p => $"{p.Name} {p.Score.Value}").Order(StringComparer.Ordinal);
}
