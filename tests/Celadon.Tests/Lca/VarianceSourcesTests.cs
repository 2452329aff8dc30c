using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;
using Celadon.Lca.WhatIf;

namespace Celadon.Tests.Lca;

/// <summary>
/// Contributions to variance of parameters, and of what is drawn once and stands in several places, against
/// closed forms.
/// </summary>
public sealed class VarianceSourcesTests
{
    private static readonly Flow P1 = new("p1", FlowKind.Product), P2 = new("p2", FlowKind.Product),
        P3 = new("p3", FlowKind.Product), E = new("e", FlowKind.Elementary);

    private static readonly Category[] Method = [new("c", [new RegionalFactor("e", null, 1)])];

    /// <summary>
    /// h = 5p + q + u over two processes: linear in independent numbers, so that the parts are the whole. p
    /// drives two exchanges and counts once.
    /// </summary>
    [Fact]
    public void Parameters_stand_beside_exchanges_and_count_once()
    {
        var scope = Scope("", ("p", Uncertainty.Uniform(1, 3), 2), ("q", Uncertainty.Normal(4, 2), 4));
        UnitProcess[] processes = [Made("1", P1, Takes(P2, "1", scope), Emits("2 * p", scope)),
            Made("2", P2, Emits("3 * p + q", scope), Emits("7", scope) with
            {
                Uncertainty = Uncertainty.Uniform(6, 8),
            })];
        var (shares, drawn) = Of(processes, Method);
        Assert.Equal(["p", "q", null], shares.Select(s => s.Parameter?.Name));
        double[] variances = [25.0 / 3, 4, 1.0 / 3];
        foreach (var (expected, share) in variances.Zip(shares))
        {
            Assert.Equal(expected, share.Variance, 1e-6);
            Assert.Equal(expected / variances.Sum(), share.Share, 1e-6);
        }
        Assert.Equal(UncertainPart.Parameter, shares[0].Part);
        Assert.Equal(5, shares[0].Sensitivity, 1e-6);
        Assert.Equal(1, shares.Sum(s => s.Share), 1e-12);
        Assert.Equal(variances.Sum(), drawn.Summary(new(0)).Variance, 0.05 * variances.Sum());
        // 5p goes with the score as ρ = √(25/3 ÷ 12⅔), as ranks do nearly.
        Assert.Equal(0.81, RankCorrelations.Of(drawn, new(0))[0].Correlation, 0.02);
    }

    /// <summary>In a loop h = 1 ÷ (1 − p), whose derivative is h².</summary>
    [Fact]
    public void A_parameter_in_a_loop_has_the_derivative_of_the_whole()
    {
        var scope = Scope("", ("p", Uncertainty.Normal(0.5, 0.01), 0.5));
        var (shares, _) = Of([Made("1", P1, Takes(P2, "1", scope)),
            Made("2", P2, Takes(P1, "p", scope), Emits("1", scope))], Method);
        Assert.Equal(Math.Pow(4 * 0.01, 2), Assert.Single(shares).Variance, 1e-8);
    }

    /// <summary>h = p · p by an emission and a factor: the derivative is 2p.</summary>
    [Fact]
    public void A_parameter_of_an_amount_and_a_factor_counts_once()
    {
        var scope = Scope("", ("p", Uncertainty.Uniform(2, 4), 3));
        var (shares, _) = Of([Made("1", P1, Emits("p", scope))],
            [new("c", [new RegionalFactor("e", null, 3) { Driven = By("p", scope) }])]);
        Assert.Equal(36.0 / 3, Assert.Single(shares).Variance, 1e-6);
    }

    /// <summary>What is taken from one is given to the other: p and 1 − p, so p matters nothing.</summary>
    [Fact]
    public void A_parameter_that_cancels_has_no_share()
    {
        var scope = Scope("", ("p", Uncertainty.Uniform(0, 1), 0.5));
        var (shares, _) = Of([Made("1", P1, Takes(P2, "1", scope), Emits("p", scope)),
            Made("2", P2, Emits("1 - p", scope))], Method);
        Assert.All(shares, s => Assert.True(s.Variance < 1e-20));
    }

    /// <summary>Two processes with a p of their own each, and a formula of one over the wider q.</summary>
    [Fact]
    public void Parameters_of_one_name_are_told_apart_by_their_owners()
    {
        var wider = Scope("", ("q", Uncertainty.Uniform(0, 2), 1));
        var (one, two) = (Scope("1", wider, [("p", "2 * Q")]),
            Scope("2", wider, [], ("p", Uncertainty.Normal(1, 1), 1)));
        var (shares, _) = Of([Made("1", P1, Takes(P2, "1", one), Emits("p", one)),
            Made("2", P2, Emits("p", two))], Method);
        Assert.Equal([("", "q"), ("2", "p")],
            shares.Select(s => (s.Parameter!.Owner, s.Parameter.Name)));
        Assert.Equal(4.0 / 3, shares[0].Variance, 1e-6);
        Assert.Equal(1, shares[1].Variance, 1e-6);
    }

    /// <summary>Two co-products that share an uncertain emission and are both taken: h = e.</summary>
    [Fact]
    public void An_exchange_that_co_products_share_counts_once()
    {
        var scope = Scope("");
        var (shares, drawn) = Of([Made("1", P3, Takes(P1, "1", scope), Takes(P2, "1", scope)),
            new UnitProcess("2", P1, [new(P1, 1, false), new(P2, 1, false), Emits("4", scope) with
            {
                Uncertainty = Uncertainty.Uniform(2, 6), Stream = 7,
            }])
            {
                Allocation = AllocationRule.Stated,
                Shares = new Dictionary<string, double> { ["p1"] = 0.25, ["p2"] = 0.75 },
            }], Method);
        Assert.Equal(4.0 / 3, Assert.Single(shares).Variance, 1e-9);
        Assert.Equal(4.0 / 3, drawn.Summary(new(0)).Variance, 0.05);
    }

    /// <summary>
    /// One factor for release and uptake, drawn once: h = (3 − 1) f, in every sample and in the variance.
    /// </summary>
    [Fact]
    public void A_factor_on_both_sides_is_one_draw_and_counts_once()
    {
        var (shares, drawn) = Of([Made("1", P1, new UnitExchange(E, 3, false), new UnitExchange(E, 1, true))],
            [new("c", [new RegionalFactor("e", null, 2, Uncertainty.Normal(2, 0.5)) { Stream = 9 }])
            {
                Direction = Direction.Output,
            }]);
        Assert.Equal(4 * 0.25, Assert.Single(shares).Variance, 1e-9);
        Assert.Equal(1, drawn.Summary(new(0)).Variance, 0.05);
    }

    /// <summary>
    /// Half from a supplier at 1 and half from one at 3, kept to their sum: h = (a + 3b) ÷ (a + b), whose
    /// derivatives are −1 and 1. By itself a more of either would be 1 and 3.
    /// </summary>
    [Fact]
    public void More_of_one_share_of_a_market_is_less_of_the_other()
    {
        var builder = new ProductSystemBuilder(3, 3, 1, 1).Exchange(new(0), new(0), 1)
            .Exchange(new(1), new(1), 1).Exchange(new(2), new(2), 1)
            .Exchange(new(0), new(1), -0.5, Uncertainty.Lognormal(-0.5, 0.05))
            .Exchange(new(0), new(2), -0.5, Uncertainty.Lognormal(-0.5, 0.05))
            .Emit(new(1), new(0), 1).Emit(new(2), new(0), 3).Factor(new(0), new(0), 1);
        using var assessment = new Assessment(builder.Build());
        var settings = new MonteCarloSettings { Samples = 20_000, Shares = [[3, 4]] };
        var result = assessment.Solve(new Demand(new(0), 1));
        var shares = VarianceShares.Of(result, new(0), 50, settings);
        var expected = 2 * Uncertainty.Lognormal(0.5, 0.05).Variance;
        Assert.Equal(expected, shares.Sum(s => s.Variance), 1e-9);
        Assert.Equal(expected, Simulation.Run(result, settings).Summary(new(0)).Variance, 0.05 * expected);
    }

    private static (IReadOnlyList<VarianceShare>, SimulationResult) Of(UnitProcess[] processes,
        Category[] method)
    {
        var system = SystemAssembler.Assemble(processes, method);
        using var assessment = new Assessment(system.System);
        var drawn = Simulation.Run(assessment.Solve(system.DemandFor("1", 1)),
            new() { Samples = 20_000, Driven = system.Driven });
        return (VarianceShares.Of(drawn.Nominal, new(0), 50, drawn.Settings), drawn);
    }

    private static ParameterScope Scope(string owner,
        params (string Name, Uncertainty Of, double At)[] all) => Scope(owner, null, [], all);

    private static ParameterScope Scope(string owner, ParameterScope? wider,
        (string Name, string Text)[] formulas, params (string Name, Uncertainty Of, double At)[] all) =>
        new(owner, all.ToDictionary(n => n.Name, n => n.At), formulas.ToDictionary(f => f.Name, f => f.Text),
            all.ToDictionary(n => n.Name, n => n.Of), wider);

    private static UnitProcess Made(string id, Flow product, params UnitExchange[] exchanges) =>
        new(id, product, [new UnitExchange(product, 1, false), .. exchanges]);

    private static UnitExchange Emits(string formula, ParameterScope scope) => Of(E, false, formula, scope);

    private static UnitExchange Takes(Flow flow, string formula, ParameterScope scope) =>
        Of(flow, true, formula, scope);

    private static UnitExchange Of(Flow flow, bool isInput, string formula, ParameterScope scope) =>
        new(flow, FormulaParser.Parse(formula).Value(scope.Nominal.Values), isInput)
        {
            Driven = scope.Varies(FormulaParser.Parse(formula)) ? By(formula, scope) : null,
        };

    private static FormulaAmount By(string formula, ParameterScope scope) =>
        new(FormulaParser.Parse(formula), scope, 1);
}
