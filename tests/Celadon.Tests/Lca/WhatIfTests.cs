using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.Results;
using Celadon.Lca.WhatIf;
using CsCheck;

namespace Celadon.Tests.Lca;

public class WhatIfTests
{
    private static readonly CategoryIndex First = new(0);

    [Fact]
    public void A_swapped_supplier_by_hand()
    {
        // p1 takes 2 of grid power (5 each); swapped to solar (1 each): 3 + 10 becomes 3 + 2.
        var system = Systems.OneFlow([[1, 0, 0], [-2, 1, 0], [0, 0, 1]], [3, 5, 1]);
        using var assessment = new Assessment(system);
        Assert.Equal(13, assessment.Solve(new Demand(new(0), 1)).Score(First), 13);
        var scenario = Scenario.Of(assessment, ExchangeChange.Swap(system, new(0), new(1), new(2)));
        Assert.Equal(1, scenario.Rank);
        Assert.Equal(5, scenario.Score(First, new Demand(new(0), 1)), 13);
        Assert.Equal([1, 0, 2], scenario.Supply(new Demand(new(0), 1)).Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void A_scenario_equals_the_system_built_anew() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[5, 50], Gen.Int[1, 6]).Sample((seed, size, count) =>
        {
            var system = Systems.Random(seed, size, 3);
            var random = new Random(seed);
            var changes = new List<ExchangeChange>();
            for (var k = 0; k < count; k++)
            {
                var (i, j) = (random.Next(size), random.Next(size));
                var a = system.Technosphere.Matrix;
                var unit = a.Values.Where((_, p) => a.RowOf[p] == i).Max(Math.Abs);
                if (i != j) changes.Add(new(new(j), new(i), -0.05 * random.NextDouble() * Math.Min(1, unit)));
            }
            var dense = Dense.Technosphere(system);
            foreach (var (process, product, added) in changes) dense[product.Value][process.Value] += added;
            using var assessment = new Assessment(system);
            var nominal = assessment.Solve(new Demand(new(seed % size), 1));
            var expected = Dense.Solve(dense, nominal.RightHandSide);
            var scenario = Scenario.Of(assessment, [.. changes]);
            DirectSolverTests.Near(expected, scenario.Supply(new Demand(new(seed % size), 1)));
            var g = system.DirectScores(First);
            var score = g.Zip(expected, (a, b) => a * b).Sum();
            Assert.Equal(score, scenario.Score(nominal.Supply, g), 1e-8 * Math.Abs(score));
        }, iter: 80);

    [Fact]
    public void Scenarios_of_parameters_stand_side_by_side()
    {
        // A works takes 1/(1 − loss) of power, which emits ef a unit; 3 of its own: 3 + 2/0.8, 3 + 2/0.5, 3
        // + 1/0.8.
        Flow power = new("power", FlowKind.Product), good = new("good", FlowKind.Product),
            e = new("e", FlowKind.Elementary);
        UnitProcess[] processes = [
            new("works", good, [new(good, 1, false), new(e, 3, false),
                new(power, 0, true) { Formula = "1 / (1 - loss)" }]),
            new("plant", power, [new(power, 1, false), new(e, 0, false) { Formula = "ef" }])];
        AssembledSystem With(double loss, double ef) => SystemAssembler.Assemble(processes,
            [new Category("c", [new("e", null, 1)])], parameters: ParameterSet.Of(
                new Dictionary<string, double> { ["loss"] = loss, ["ef"] = ef }));
        var now = With(0.2, 2);
        using var assessment = new Assessment(now.System);
        var (leaky, green) = (Scenario.Between(assessment, With(0.5, 2).System),
            Scenario.Between(assessment, With(0.2, 1).System));
        Assert.Equal((1, 0), (leaky.Rank, green.Rank));
        var compared = Comparison.Of(assessment, [First], [("leaky", leaky), ("green", green)],
            now.DemandFor("works", 1));
        Assert.Equal(["", "leaky", "green"], compared.Select(c => c.Name));
        Assert.Equal([5.5, 7, 4.25], compared.Select(c => Math.Round(c.Scores[0], 12)));
        Assert.Equal([0, 1.5, -1.25], compared.Select(c => Math.Round(c.Differences[0], 12)));
    }

    [Fact]
    public void A_change_that_makes_a_process_eat_all_it_makes_is_refused_by_name()
    {
        var names = SystemNames.Numbers with { Process = _ => "boiler" };
        using var assessment = new Assessment(Systems.Of([[2, 0], [0, 1]], [[1, 1]], [[1]], names));
        var scenario = Scenario.Of(assessment, new ExchangeChange(new(0), new(0), -2));
        var fault = Assert.Throws<InvalidSystemException>(() => scenario.Supply(new Demand(new(0), 1)))
            .Faults.Single();
        Assert.Equal((FaultKind.Singular, "boiler"), (fault.Kind, fault.Name));
    }

    /// <summary>A change that leaves a loop 1e-15 of what it makes is as good as one that leaves
    /// nothing.</summary>
    [Fact]
    public void A_change_that_only_rounding_keeps_from_closing_a_loop_is_refused()
    {
        var before = Systems.OneFlow([[1, -0.5], [-1, 1]], [1, 1]);
        using var assessment = new Assessment(before);
        using var changed = new Assessment(Systems.OneFlow([[1, -1 + 1e-15], [-1, 1]], [1, 1]));
        var scenario = Scenario.Between(assessment, changed.System);
        Assert.Equal(1, scenario.Rank);
        Assert.Equal(FaultKind.Singular, Assert.Throws<InvalidSystemException>(() =>
            scenario.Solve(changed, new Demand(new(0), 1))).Faults[0].Kind);
    }

    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("-2^2", -4)]
    [InlineData("2^-1", 0.5)]
    [InlineData("2^3^2", 512)]
    [InlineData("(1 + 2) * 3 / 4 - 1", 1.25)]
    [InlineData("1.5e3 + .5", 1500.5)]
    [InlineData("if(load > 0.5; load * 100; 1 / 0)", 80)]
    [InlineData("Max(1; 2, 3) + min(4;5) + sum(1;1;1)", 10)]
    [InlineData("sqrt(abs(-16)) + ln(e) + log10(100) + exp(0) + floor(1.9) + ceil(1.1) + round(2.5)", 13)]
    [InlineData("and(1; 2 <> 3; not(0)) + or(0; 1 >= 1) + (2 = 3) + (1 <= 0)", 2)]
    [InlineData("cos_phi * LOAD", 0.72)]
    public void Formulas_are_worked_out(string text, double expected) => Assert.Equal(expected,
        FormulaParser.Parse(text).Value(new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase)
        {
            ["load"] = 0.8,
            ["cos_phi"] = 0.9,
        }), 12);

    [Theory]
    [InlineData("1 +", 3)]
    [InlineData("2 * (3 + 4", 10)]
    [InlineData("1 2", 2)]
    [InlineData("1\0 + 2", 1)]
    [InlineData("read(\"file\")", 5)]
    [InlineData("unknown + 1", 0)]
    [InlineData("nofunction(1)", 0)]
    [InlineData("1.2.3", 0)]
    [InlineData("1 / 0", 0)]
    [InlineData("", 0)]
    public void What_is_no_formula_is_refused_with_its_place(string text, int position)
    {
        var fault = Assert.Throws<FormulaException>(() =>
            FormulaParser.Parse(text).Value(new Dictionary<string, double>()));
        Assert.Equal(position, fault.Position);
    }

    [Fact]
    public void No_input_overflows_the_stack_or_hangs()
    {
        Assert.Throws<FormulaException>(() => FormulaParser.Parse(new string('(', 100_000)));
        Assert.Throws<FormulaException>(() => FormulaParser.Parse(new string('-', 100_000) + "1"));
        Gen.String[Gen.Char["0123456789.+-*/^()<>=;,abeif "], 0, 40].Sample(text =>
        {
            try
            {
                FormulaParser.Parse(text).Value(new Dictionary<string, double> { ["a"] = 1, ["b"] = 2 });
            }
            catch (FormulaException)
            {
            }
        }, iter: 2000);
    }

    [Fact]
    public void Parameters_follow_one_another_and_the_nearer_scope_hides_the_wider()
    {
        var wider = ParameterSet.Of(new Dictionary<string, double> { ["loss"] = 0.05, ["base"] = 10 });
        var formulas = new Dictionary<string, string>
        {
            ["total"] = "net * (1 + Loss)",
            ["net"] = "base * 2"
        };
        var set = ParameterSet.Of(new Dictionary<string, double> { ["loss"] = 0.1 }, formulas, wider);
        Assert.Equal(22, set.Values["TOTAL"], 12);
        var scenario = ParameterSet.Of(new Dictionary<string, double> { ["loss"] = 0.1, ["net"] = 30 },
            formulas, wider);
        Assert.Equal(33, scenario.Values["total"], 12);
    }

    [Fact]
    public void Parameters_that_go_round_are_named()
    {
        var fault = Assert.Throws<FormulaException>(() => ParameterSet.Of(new Dictionary<string, double>(),
            new Dictionary<string, string> { ["a"] = "b + 1", ["b"] = "2 * c", ["c"] = "a" }));
        Assert.Contains("a → b → c → a", fault.Fault, StringComparison.Ordinal);
    }
}
