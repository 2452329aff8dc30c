using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;
using Celadon.Lca.Sampling;
using Celadon.Lca.WhatIf;

namespace Celadon.Tests.Lca;

/// <summary>Amounts by formulas over uncertain parameters, against closed forms.</summary>
public sealed class DrivenAmountTests
{
    private const int Many = 20_000;

    private static readonly Flow P1 = new("p1", FlowKind.Product), P2 = new("p2", FlowKind.Product),
        P3 = new("p3", FlowKind.Product),
        E = new("e", FlowKind.Elementary);

    /// <summary>2p with p uniform from 1 to 3: mean 4, variance 4 · 2²/12.</summary>
    [Fact]
    public void An_emission_follows_its_parameter()
    {
        var drawn = Run(Scope(("p", Uncertainty.Uniform(1, 3), 2)), s => [Made("1", P1, Emits("2 * p", s))]);
        Near(4, Math.Sqrt(4.0 / 3), drawn);
    }

    /// <summary>The value of a formula, not of its mean: E(p²) = (3³ − 1³) / (3 · 2) = 13/3.</summary>
    [Fact]
    public void A_formula_is_worked_out_for_each_sample()
    {
        var scope = Scope([("p", Uncertainty.Uniform(1, 3), 2)], ("q", "p ^ 2"));
        var drawn = Run(scope, s => [Made("1", P1, Emits("q", s))]);
        Near(13.0 / 3, Math.Sqrt((121.0 / 5) - (169.0 / 9)), drawn);
    }

    /// <summary>One parameter in two exchanges of two processes: p and 1 − p are always 1.</summary>
    [Fact]
    public void What_shares_a_parameter_varies_together()
    {
        var drawn = Run(Scope(("p", Uncertainty.Uniform(0, 1), 0.5)), s => [
            Made("1", P1, Emits("p", s), Takes(P2, "1", null)), Made("2", P2, Emits("1 - p", s))]);
        Assert.Equal(1, drawn.Mean, 1e-6);
        Assert.Equal(0, drawn.Deviation, 1e-6);
    }

    /// <summary>
    /// 1 takes 1 of 2, which takes p of 1 and emits 1: 1/(1 − p), whose mean over 0 to one half is 2 ln 2
    /// and whose square has the mean 2.
    /// </summary>
    [Fact]
    public void A_loop_is_solved_for_each_sample()
    {
        var drawn = Run(Scope(("p", Uncertainty.Uniform(0, 0.5), 0.25)), s => [
            Made("1", P1, Takes(P2, "1", null)), Made("2", P2, Takes(P1, "p", s), Emits("1", null))]);
        Near(2 * Math.Log(2), Math.Sqrt(2 - (4 * Math.Log(2) * Math.Log(2))), drawn);
    }

    /// <summary>
    /// An emission p − ½ that is nominally nothing, behind a loop: 1 takes q of 2, which takes 0.8 of 1 and
    /// 0.5 of 3. Variance 1/12 · E((0.5 q / (1 − 0.8 q))²), q uniform from 0.7 to 0.9, by Simpson's rule.
    /// </summary>
    [Fact]
    public void What_is_nominally_nothing_is_drawn_on_solved_samples()
    {
        var scope = Scope(("p", Uncertainty.Uniform(0, 1), 0.5), ("q", Uncertainty.Uniform(0.7, 0.9), 0.8));
        var drawn = Run(scope, s => [Made("1", P1, Takes(P2, "q", s)),
            Made("2", P2, Takes(P1, "0.8", null), Takes(P3, "0.5", null)),
            Made("3", P3, Emits("p - 0.5", s))]);
        double Squared(double q) => Math.Pow(0.5 * q / (1 - (0.8 * q)), 2);
        var mean = Enumerable.Range(0, 101).Sum(k => Squared(0.7 + (0.002 * k))
            * (k is 0 or 100 ? 1 : k % 2 == 1 ? 4 : 2)) / 300;
        Near(0, Math.Sqrt(mean / 12), drawn);
    }

    /// <summary>What a process makes may be driven: 1 emitted for p made, mean ln 3 / 2.</summary>
    [Fact]
    public void The_output_of_a_process_follows_its_parameter()
    {
        var scope = Scope(("p", Uncertainty.Uniform(1, 3), 2));
        var drawn = Run(scope, s => [new UnitProcess("1", P1,
            [new UnitExchange(P1, 2, false) { Driven = By("p", s) }, Emits("1", null)])]);
        Near(Math.Log(3) / 2, Math.Sqrt((1.0 / 3) - (Math.Log(3) * Math.Log(3) / 4)), drawn);
    }

    /// <summary>A process's own parameter hides the wider one; another process still sees it.</summary>
    [Fact]
    public void A_nearer_parameter_hides_a_wider_one()
    {
        var wider = Scope(("p", Uncertainty.Uniform(1, 3), 2));
        var own = new ParameterScope("1", new Dictionary<string, double> { ["P"] = 5 },
            new Dictionary<string, string>(), new Dictionary<string, Uncertainty>(), wider);
        Assert.False(own.Varies(FormulaParser.Parse("p")));
        Assert.True(wider.Varies(FormulaParser.Parse("p")));
        var drawn = Run(wider, s => [Made("1", P1, Emits("p", own), Takes(P2, "1", null)),
            Made("2", P2, Emits("p", s))]);
        Near(7, Math.Sqrt(1.0 / 3), drawn);
    }

    /// <summary>An uncertain factor of 1 to 3 and an independent amount of the same: mean 4.</summary>
    [Fact]
    public void An_uncertain_factor_multiplies_what_is_driven()
    {
        var scope = Scope(("p", Uncertainty.Uniform(1, 3), 2));
        var drawn = Run(scope, s => [Made("1", P1, Emits("p", s))], Uncertainty.Uniform(1, 3));
        Near(4, Math.Sqrt((13.0 / 3 * 13 / 3) - 16), drawn);
    }

    [Fact]
    public void An_uncertainty_of_the_exchange_itself_comes_first()
    {
        var scope = Scope(("p", Uncertainty.Uniform(1, 3), 2));
        var drawn = Run(scope, s => [Made("1", P1, Emits("p", s) with
        {
            Uncertainty = Uncertainty.Uniform(10, 12),
        })]);
        Near(11, Math.Sqrt(1.0 / 3), drawn);
    }

    /// <summary>Two products of one process at a quarter and three quarters.</summary>
    [Fact]
    public void A_share_of_a_co_product_holds_for_what_is_driven()
    {
        var scope = Scope(("p", Uncertainty.Uniform(1, 3), 2));
        var drawn = Run(scope, s => [new UnitProcess("1", P1, [new UnitExchange(P1, 1, false),
            new UnitExchange(P2, 1, false), Emits("4 * p", s)])
        {
            Allocation = AllocationRule.Stated,
            Shares = new Dictionary<string, double> { ["p1"] = 0.25, ["p2"] = 0.75 },
        }]);
        Near(2, Math.Sqrt(1.0 / 3), drawn);
    }

    [Fact]
    public void Draws_repeat_whatever_the_threads_and_the_rest_of_the_system()
    {
        var scope = Scope(("p", Uncertainty.Lognormal(1, 0.3), 1));
        double[] Samples(int threads, params UnitProcess[] more) => Simulate([
            Made("1", P1, Emits("p", scope)), .. more], default, 100, threads).Samples(new(0)).ToArray();
        Assert.Equal(Samples(1), Samples(2));
        Assert.Equal(Samples(1), Samples(1, Made("2", P2, Emits("3", null))));
    }

    [Fact]
    public void A_formula_without_a_value_at_what_was_drawn_is_said()
    {
        var scope = Scope(("p", Uncertainty.Uniform(-1, 1), 1));
        Assert.Throws<FormulaException>(() => Run(scope, s => [Made("1", P1, Emits("ln(p)", s))]));
    }

    /// <summary>A share of p, uniform from 0 to 1, of an emission of 4: mean 2, deviation 4/√12.</summary>
    [Fact]
    public void A_share_of_a_co_product_follows_its_parameter()
    {
        var drawn = Run(Scope(("p", Uncertainty.Uniform(0, 1), 0.5)), s => [Shared(s, Emits("4", null))]);
        Near(2, 4 / Math.Sqrt(12), drawn);
    }

    /// <summary>Nominally nothing falls to the product; drawn it bears p, and never stands still.</summary>
    [Fact]
    public void A_share_that_is_nominally_nothing_is_drawn_too()
    {
        var drawn = Run(Scope(("p", Uncertainty.Uniform(0, 1), 0)), s => [Shared(s, Emits("4", null))]);
        Near(2, 4 / Math.Sqrt(12), drawn);
    }

    /// <summary>
    /// 1 takes one of each co-product of 2 and so bears all of it: 5 for certain, and of an uncertain
    /// emission just that, since the exchange keeps its stream in both columns.
    /// </summary>
    [Fact]
    public void Co_products_together_bear_all_in_every_sample()
    {
        var scope = Scope(("p", Uncertainty.Uniform(0, 1), 0.5));
        UnitProcess[] All(UnitExchange emission) => [Made("1", P3, Takes(P1, "1", null),
            Takes(P2, "1", null)), Shared(scope, emission) with { Id = "2" }];
        var still = Run(scope, _ => All(Emits("5", null)));
        Assert.Equal(5, still.Mean, 1e-6);
        Assert.Equal(0, still.Deviation, 1e-6);
        Near(4, Math.Sqrt(4.0 / 12) * 2, Run(scope, _ => All(Emits("4", null) with
        {
            Uncertainty = Uncertainty.Uniform(2, 6), Stream = 7,
        })));
    }

    /// <summary>
    /// An emission of 1 to 3 by itself times a share of 0 to 1: mean 1, E(a²) E(p²) = 13/3 ÷ 3.
    /// </summary>
    [Fact]
    public void What_is_shared_is_drawn_by_itself()
    {
        var drawn = Run(Scope(("p", Uncertainty.Uniform(0, 1), 0.5)), s => [Shared(s,
            Emits("2", null) with { Uncertainty = Uncertainty.Uniform(1, 3) })]);
        Near(1, Math.Sqrt((13.0 / 9) - 1), drawn);
    }

    /// <summary>Amount and share are one parameter: E(p²) = 1/3, E(p⁴) = 1/5.</summary>
    [Fact]
    public void Amount_and_share_may_follow_one_parameter()
    {
        var drawn = Run(Scope(("p", Uncertainty.Uniform(0, 1), 0.5)), s => [Shared(s, Emits("p", s))]);
        Near(1.0 / 3, Math.Sqrt((1.0 / 5) - (1.0 / 9)), drawn);
    }

    /// <summary>By cause: of the emission p falls to the product, of what it takes the stated half.</summary>
    [Fact]
    public void A_share_by_cause_follows_its_parameter()
    {
        var scope = Scope(("p", Uncertainty.Uniform(0, 1), 0.5));
        var process = Shared(scope, Emits("4", null), Takes(P3, "2", null)) with
        {
            Allocation = AllocationRule.Causal,
            DrivenShares = new Dictionary<string, DrivenAmount>(),
            CausalShares = new Dictionary<(string, string), double>
            {
                [("p1", "e")] = 0.5, [("p2", "e")] = 0.5,
            },
            DrivenCausalShares = new Dictionary<(string, string), DrivenAmount>
            {
                [("p1", "e")] = By("p", scope), [("p2", "e")] = By("1 - p", scope),
            },
        };
        Near(2 + 3, 4 / Math.Sqrt(12), Run(scope, _ => [process, Made("3", P3, Emits("3", null))]));
    }

    [Fact]
    public void Shares_that_do_not_add_up_when_drawn_are_refused()
    {
        var scope = Scope(("p", Uncertainty.Uniform(0, 1), 0.5), ("q", Uncertainty.Uniform(0, 1), 0.5));
        var process = Shared(scope, Emits("4", null)) with
        {
            DrivenShares = new Dictionary<string, DrivenAmount>
            {
                ["p1"] = By("p", scope), ["p2"] = By("q", scope),
            },
        };
        Assert.Equal(ModellingFault.DrawnSharesDoNotAddUp, Assert.Throws<ModellingException>(() =>
            Run(scope, _ => [process])).Fault);
    }

    /// <summary>A factor of p, and an emission of p or of 2: 13/3 and 4.</summary>
    [Theory]
    [InlineData("p", 13.0 / 3, 121.0 / 5)]
    [InlineData("2", 4, 4 * 13.0 / 3)]
    public void A_factor_follows_its_parameter(string amount, double mean, double square)
    {
        var scope = Scope(("p", Uncertainty.Uniform(1, 3), 2));
        var system = SystemAssembler.Assemble([Made("1", P1, Emits(amount, amount == "p" ? scope : null))],
            [new Category("c", [new RegionalFactor("e", null, 2) { Driven = By("p", scope) }])]);
        using var assessment = new Assessment(system.System);
        Near(mean, Math.Sqrt(square - (mean * mean)), Simulation.Run(
            assessment.Solve(system.DemandFor("1", 1)),
            new MonteCarloSettings { Samples = Many, Driven = system.Driven }).Summary(new(0)));
    }

    /// <summary>
    /// A factor that is nominally nothing, behind a loop: 1 takes q of 2, which takes 0.8 of 1 and emits 1.
    /// Every sample is (p − 2) · q ÷ (1 − 0.8 q) with its own draws.
    /// </summary>
    [Fact]
    public void A_factor_that_is_nominally_nothing_is_drawn_on_solved_samples()
    {
        var scope = Scope(("p", Uncertainty.Uniform(1, 3), 2), ("q", Uncertainty.Uniform(0.5, 1.1), 0.8));
        var system = SystemAssembler.Assemble([Made("1", P1, Takes(P2, "q", scope)),
            Made("2", P2, Takes(P1, "0.8", null), Emits("1", null))],
            [new Category("c", [new RegionalFactor("e", null, 0) { Driven = By("p - 2", scope) }])]);
        using var assessment = new Assessment(system.System);
        var drawn = Simulation.Run(assessment.Solve(system.DemandFor("1", 1)),
            new MonteCarloSettings { Samples = 320, Seed = 3, Driven = system.Driven }).Samples(new(0));
        var (p, q) = (new double[Draws.Lanes], new double[Draws.Lanes]);
        for (var k = 0; k < drawn.Length; k++)
        {
            var key = Draws.KeyOf(3, k / Draws.Lanes);
            scope.Draw(key, "p", p);
            scope.Draw(key, "q", q);
            var (a, b) = (p[k % Draws.Lanes], q[k % Draws.Lanes]);
            Assert.Equal((a - 2) * b / (1 - (0.8 * b)), drawn[k], 1e-5);
        }
    }

    /// <summary>Of two factors one is drawn by itself, one follows, and one stands: 2·2 + 3·2 + 5.</summary>
    [Fact]
    public void Factors_that_are_drawn_that_follow_and_that_stand_are_told_apart()
    {
        var scope = Scope(("p", Uncertainty.Uniform(1, 3), 2));
        Flow f = new("f", FlowKind.Elementary), g = new("g", FlowKind.Elementary);
        var system = SystemAssembler.Assemble([Made("1", P1, new UnitExchange(g, 5, false),
            Of(f, false, "3", null), Emits("2", null))], [new Category("c", [
            new RegionalFactor("e", null, 2) { Driven = By("p", scope) },
            new RegionalFactor("f", null, 2, Uncertainty.Uniform(1, 3)), new RegionalFactor("g", null, 1)])]);
        using var assessment = new Assessment(system.System);
        Near(15, Math.Sqrt((4 + 9) / 3.0), Simulation.Run(assessment.Solve(system.DemandFor("1", 1)),
            new MonteCarloSettings { Samples = Many, Driven = system.Driven }).Summary(new(0)));
    }

    private static Statistics Run(ParameterScope scope, Func<ParameterScope, UnitProcess[]> processes,
        Uncertainty factor = default) =>
        Simulate(processes(scope), factor, Many, 1).Summary(new(0));

    private static SimulationResult Simulate(UnitProcess[] processes, Uncertainty factor, int samples,
        int threads)
    {
        var system = SystemAssembler.Assemble(processes,
            [new Category("c", [new RegionalFactor("e", null, factor.IsUncertain ? factor.Mean : 1,
                factor)])]);
        using var assessment = new Assessment(system.System);
        return Simulation.Run(assessment.Solve(system.DemandFor("1", 1)), new MonteCarloSettings
        {
            Samples = samples,
            Threads = threads,
            Driven = system.Driven,
        });
    }

    /// <summary>Within five standard errors of the mean, and a twentieth of the deviation.</summary>
    private static void Near(double mean, double deviation, Statistics drawn)
    {
        Assert.Equal(mean, drawn.Mean, 5 * deviation / Math.Sqrt(drawn.Count));
        Assert.Equal(deviation, drawn.Deviation, deviation / 20);
    }

    private static ParameterScope Scope(params (string Name, Uncertainty Of, double Value)[] numbers) =>
        Scope(numbers, []);

    private static ParameterScope Scope((string Name, Uncertainty Of, double Value)[] numbers,
        params (string Name, string Text)[] formulas) => new("",
        numbers.ToDictionary(n => n.Name, n => n.Value), formulas.ToDictionary(f => f.Name, f => f.Text),
        numbers.ToDictionary(n => n.Name, n => n.Of));

    private static UnitProcess Made(string id, Flow product, params UnitExchange[] exchanges) =>
        new(id, product, [new UnitExchange(product, 1, false), .. exchanges]);

    /// <summary>"1" makes one of p1 and one of p2, which bear p and 1 − p of what it exchanges.</summary>
    private static UnitProcess Shared(ParameterScope scope, params UnitExchange[] exchanges)
    {
        var p = FormulaParser.Parse("p").Value(scope.Nominal.Values);
        return new("1", P1, [new(P1, 1, false), new(P2, 1, false), .. exchanges])
        {
            Allocation = AllocationRule.Stated,
            Shares = new Dictionary<string, double> { ["p1"] = p, ["p2"] = 1 - p },
            DrivenShares = new Dictionary<string, DrivenAmount>
            {
                ["p1"] = By("p", scope), ["p2"] = By("1 - p", scope),
            },
        };
    }

    private static UnitExchange Emits(string formula, ParameterScope? scope) => Of(E, false, formula, scope);

    private static UnitExchange Takes(Flow flow, string formula, ParameterScope? scope) =>
        Of(flow, true, formula, scope);

    private static UnitExchange Of(Flow flow, bool isInput, string formula, ParameterScope? scope) =>
        new(flow, scope is null ? FormulaParser.Parse(formula).Value(new Dictionary<string, double>())
            : FormulaParser.Parse(formula).Value(scope.Nominal.Values), isInput)
        {
            Driven = scope is null ? null : By(formula, scope),
        };

    private static FormulaAmount By(string formula, ParameterScope scope) =>
        new FormulaAmount(FormulaParser.Parse(formula), scope, 1);
}
