using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;
using Celadon.Lca.Sampling;
using Celadon.Lca.WhatIf;

namespace Celadon.Tests.Lca;

/// <summary>
/// Shares that a rule gives by amount or price follow the amounts of every sample: each sample against its
/// own draws, made again one by one.
/// </summary>
public sealed class AmountShareTests
{
    private const int Samples = 320;
    private const ulong Seed = 5;

    private static readonly Flow P1 = new("p1", FlowKind.Product), P2 = new("p2", FlowKind.Product),
        W = new("w", FlowKind.Waste), E = new("e", FlowKind.Elementary);

    private static readonly Uncertainty A = Uncertainty.Uniform(1, 3), B = Uncertainty.Lognormal(4, 0.3);

    /// <summary>
    /// a of p1 and b of p2 share an emission of 4: one p1 bears 4 · by ÷ (a · by + b), where p2 counts 1.
    /// </summary>
    [Theory]
    [InlineData(AllocationRule.Physical)]
    [InlineData(AllocationRule.Economic)]
    public void A_share_by_amount_or_price_follows_the_amounts(AllocationRule rule)
    {
        UnitExchange Made(Flow flow, double amount, Uncertainty of, uint stream, double by) =>
            new(flow, amount, false) { Uncertainty = of, Stream = stream, Property = by, Price = by };
        var drawn = Run([new UnitProcess("1", P1, [Made(P1, 2, A, 1, 5), Made(P2, 4, B, 2, 1),
            new UnitExchange(E, 4, false)]) { Allocation = rule }]);
        var (a, b) = (Redrawn(A, 1), Redrawn(B, 2));
        for (var k = 0; k < Samples; k++)
            Assert.Equal(4 * 5 / ((a[k] * 5) + b[k]), drawn[k], 1e-5);
    }

    /// <summary>
    /// What is shared is uncertain too, and an input; co-products taken as they are made bear all: u of an
    /// input of 3 each, and v itself.
    /// </summary>
    [Fact]
    public void Co_products_taken_as_they_are_made_bear_all()
    {
        var (u, v) = (Uncertainty.Normal(2, 0.2), Uncertainty.Uniform(4, 6));
        UnitExchange Made(Flow flow, double amount, Uncertainty of, uint stream, bool isInput = false) =>
            new(flow, amount, isInput) { Uncertainty = of, Stream = stream, Property = 1 };
        Flow whole = new("whole", FlowKind.Product), p3 = new("p3", FlowKind.Product);
        var drawn = Run([new UnitProcess("2", whole, [new(whole, 1, false), Made(P1, 2, A, 1, true),
                Made(P2, 4, B, 2, true)]),
            new UnitProcess("3", P1, [Made(P1, 2, A, 1), Made(P2, 4, B, 2), Made(p3, 2, u, 3, true),
                Made(E, 5, v, 4)]),
            new UnitProcess("4", p3, [new(p3, 1, false), new UnitExchange(E, 3, false)])], "2");
        var (inputs, released) = (Redrawn(u, 3), Redrawn(v, 4));
        for (var k = 0; k < Samples; k++)
            Assert.Equal((inputs[k] * 3) + released[k], drawn[k], 1e-5 * drawn[k]);
    }

    /// <summary>Waste that is treated is an input, and drawn as such: the same draw with another
    /// sign.</summary>
    [Theory]
    [InlineData(Distribution.Normal)]
    [InlineData(Distribution.Uniform)]
    [InlineData(Distribution.Triangular)]
    public void Treatment_shares_by_what_it_takes(Distribution kind)
    {
        var taken = kind switch
        {
            Distribution.Normal => Uncertainty.Normal(2, 0.2),
            Distribution.Uniform => A,
            _ => Uncertainty.Triangular(1, 1.5, 3),
        };
        var drawn = Run([new UnitProcess("1", W, [
            new(W, 2, true) { Uncertainty = taken, Stream = 1, Property = 1 },
            new(P2, 4, false) { Property = 1 }, new UnitExchange(E, 4, false)])]);
        var w = Redrawn(taken, 1);
        for (var k = 0; k < Samples; k++) Assert.Equal(4 / (w[k] + 4), drawn[k], 1e-5);
    }

    /// <summary>p of p1 and 1 of p2 share 4 with p from 1 to 3: one bears 4 ÷ (p + 1), mean 2 ln 2.</summary>
    [Fact]
    public void A_share_by_amount_follows_a_parameter()
    {
        var scope = new ParameterScope("", new Dictionary<string, double> { ["p"] = 2 },
            new Dictionary<string, string>(), new Dictionary<string, Uncertainty> { ["p"] = A });
        var drawn = Run([new UnitProcess("1", P1, [
            new(P1, 2, false)
            {
                Property = 1, Driven = new FormulaAmount(FormulaParser.Parse("p"), scope, 1),
            },
            new(P2, 1, false) { Property = 1 }, new UnitExchange(E, 4, false)])]);
        var p = new double[Draws.Lanes];
        scope.Draw(Draws.KeyOf(Seed, 0), "p", p);
        for (var k = 0; k < p.Length; k++) Assert.Equal(4 / (p[k] + 1), drawn[k], 1e-5);
        Assert.Equal(2 * Math.Log(2), drawn.ToArray().Average(), 0.1);
    }

    [Fact]
    public void Amounts_that_add_up_to_nothing_are_said()
    {
        UnitExchange Made(Flow flow, uint stream) => new(flow, 1, false)
        {
            Uncertainty = Uncertainty.DiscreteUniform(0, 1), Stream = stream, Property = 1,
        };
        var fault = Assert.Throws<ModellingException>(() => Run([new UnitProcess("1", P1,
            [Made(P1, 1), Made(P2, 2), new UnitExchange(E, 4, false)])]));
        Assert.Equal((ModellingFault.DrawnAmountsGiveNoShares, "1"), (fault.Fault, fault.Process));
    }

    /// <summary>h = 4 ÷ (a + 2): the amount stands in the output and in the share, and counts once.</summary>
    [Fact]
    public void What_the_amount_does_to_the_variance_is_counted_once()
    {
        var (system, result) = Solved([new UnitProcess("1", P1, [
            new(P1, 2, false) { Uncertainty = Uncertainty.Normal(2, 0.02), Stream = 1, Property = 1 },
            new(P2, 2, false) { Property = 1 }, new UnitExchange(E, 4, false)])], "1");
        var share = Assert.Single(VarianceShares.Of(result, new(0), 50, new() { Driven = system.Driven }));
        Assert.Equal(UncertainPart.Technosphere, share.Part);
        Assert.Equal(Math.Pow(0.25 * 0.02, 2), share.Variance, 1e-12);
    }

    private static double[] Run(UnitProcess[] processes, string asked = "1")
    {
        var (system, result) = Solved(processes, asked);
        return Simulation.Run(result, new() { Samples = Samples, Seed = Seed, Driven = system.Driven })
            .Samples(new(0)).ToArray();
    }

    private static (AssembledSystem, LcaResult) Solved(UnitProcess[] processes, string asked)
    {
        var system = SystemAssembler.Assemble(processes,
            [new Category("c", [new RegionalFactor("e", null, 1)])]);
        return (system, new Assessment(system.System).Solve(system.DemandFor(asked, 1)));
    }

    private static double[] Redrawn(Uncertainty of, uint stream) =>
        [.. Enumerable.Range(0, Samples).Select(k =>
        {
            Draws.Draw(Draws.KeyOf(Seed, k / Draws.Lanes), stream, Draws.Parameters.Of(of, 1), out var a,
                out var b);
            var lane = k % Draws.Lanes;
            return (double)(lane < 16 ? a[lane] : b[lane - 16]);
        })];
}
