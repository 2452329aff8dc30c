using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.Results;
using CsCheck;

namespace Celadon.Tests.Lca;

/// <summary>
/// Co-products in closed forms: what a process causes is borne wholly and once, whichever rule divides it.
/// </summary>
public class AllocationTests
{
    private static readonly Flow E = new("e", FlowKind.Elementary);
    private static readonly Flow F = new("f", FlowKind.Elementary);
    private static readonly Flow P = new("p", FlowKind.Product);
    private static readonly Flow Q = new("q", FlowKind.Product);
    private static readonly Flow Power = new("power", FlowKind.Product);
    private static readonly Category Both = new("all", [new("e", null, 1), new("f", null, 1)]);
    private static readonly UnitProcess Plant = new("plant", Power, [Out(Power, 1), Out(E, 0.5)]);

    /// <summary>
    /// One flow on two lines: 10 kWh for drying, nine tenths of it for p, and 20 kWh for firing, a quarter.
    /// At 0.5 a kWh p bears (9 + 5) × 0.5 = 7, q (1 + 15) × 0.5 = 8, together the 15 of 30 kWh. No share
    /// holds for the process as a whole: databases state causes exchange by exchange.
    /// </summary>
    [Fact]
    public void Causal_shares_hold_line_by_line()
    {
        var (p, q) = Scores(Kiln(0.9, 0.25));
        Assert.Equal(7, p, 13);
        Assert.Equal(8, q, 13);
    }

    [Theory]
    [InlineData(0.9, null, ModellingFault.SharesDoNotAddUp, "power")]
    [InlineData(1.2, 0.25, ModellingFault.ShareBelowZero, "power")]
    public void A_line_without_a_cause_is_refused_and_not_guessed(double drying, double? firing,
        ModellingFault fault, string flow)
    {
        var refused = Assert.Throws<ModellingException>(() => Allocation.Divide(Kiln(drying, firing)));
        Assert.Equal((fault, "kiln", flow), (refused.Fault, refused.Process, refused.Flow));
    }

    [Fact]
    public void A_line_of_nothing_needs_no_cause() => Assert.Equal(2, Allocation.Divide(Kiln(0.9, null) with
    {
        Exchanges = [Out(P, 1), Out(Q, 3), In(Power, 10) with { Line = "drying" },
            In(Power, 0) with { Line = "firing" }],
    }).Count);

    /// <summary>Common shares hold where an exchange states none of its own.</summary>
    [Fact]
    public void Common_shares_fill_in()
    {
        var (p, q) = Scores(Kiln(0.9, null) with
        {
            Shares = new Dictionary<string, double> { ["p"] = 0.4, ["q"] = 0.6 },
        });
        Assert.Equal((9 + 8) * 0.5, p, 13);
        Assert.Equal((1 + 12) * 0.5, q, 13);
    }

    /// <summary>Whatever the rule, the products together bear what the undivided process causes.</summary>
    [Fact]
    public void Nothing_is_lost_and_nothing_twice() => Gen.Select(Gen.Double[0.1, 9], Gen.Double[0.1, 9],
        Gen.Double[0.1, 9], Gen.Double[0.1, 9], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[0, 3])
        .Sample((p, q, byP, byQ, first, second, rule) =>
        {
            var process = new UnitProcess("kiln", P, [Out(P, p) with { Property = byP, Price = byP },
                Out(Q, q) with { Property = byQ, Price = byQ }, In(Power, 3) with { Line = "drying" },
                In(Power, 5) with { Line = "firing" }, Out(F, 2) with { Line = "air" }])
            {
                Allocation = (AllocationRule)rule,
                Shares = rule == 3 ? Two(first) : new Dictionary<string, double>(),
                CausalShares = Causes(("drying", first), ("firing", second), ("air", first * second)),
            };
            var (ofP, ofQ) = Scores(process, p, q);
            Assert.Equal((3 + 5) * 0.5 + 2, ofP + ofQ, 9);
            // In closed form: by amount times property or price; as stated; line by line.
            var share = rule == 3 ? first : p * byP / (p * byP + q * byQ);
            var causal = (3 * first + 5 * second) * 0.5 + 2 * first * second;
            Assert.Equal(rule == (int)AllocationRule.Causal ? causal : share * 6, ofP, 9);
        });

    /// <summary>Amounts in grams at a thousandth of the price are the same process.</summary>
    [Fact]
    public void Units_do_not_matter()
    {
        UnitProcess Of(double unit) => new("kiln", P, [Out(P, 2 * unit) with { Price = 6 / unit },
            Out(Q, 3) with { Price = 4 }, Out(F, 8)]) { Allocation = AllocationRule.Economic };
        Assert.Equal(4, Scores(Of(1), 2, 3).P, 13);
        Assert.Equal(4, Scores(Of(1000), 2000, 3).P, 12);
    }

    /// <summary>
    /// What nobody pays for is waste: a price below zero would give p more than the whole, 12 ÷ (12 − 3).
    /// </summary>
    [Theory]
    [InlineData(AllocationRule.Economic)]
    [InlineData(AllocationRule.Physical)]
    [InlineData(AllocationRule.Stated)]
    public void A_share_below_zero_is_refused(AllocationRule rule)
    {
        var process = new UnitProcess("kiln", P, [Out(P, 2) with { Price = 6, Property = 6 },
            Out(Q, 3) with { Price = -1, Property = -1 }, Out(F, 8)])
        {
            Allocation = rule, Shares = Two(4.0 / 3),
        };
        var refused = Assert.Throws<ModellingException>(() => Allocation.Divide(process));
        Assert.Equal((ModellingFault.ShareBelowZero, "q"), (refused.Fault, refused.Flow));
    }

    private static UnitProcess Kiln(double drying, double? firing) => new("kiln", P, [Out(P, 1), Out(Q, 3),
        In(Power, 10) with { Line = "drying" }, In(Power, 20) with { Line = "firing" }])
    {
        Allocation = AllocationRule.Causal,
        CausalShares = firing is { } share ? Causes(("drying", drying), ("firing", share))
            : Causes(("drying", drying)),
    };

    private static Dictionary<(string, string), double> Causes(params (string Line, double OfP)[] lines) =>
        lines.SelectMany(l => new[] { (("p", l.Line), l.OfP), (("q", l.Line), 1 - l.OfP) })
            .ToDictionary(x => x.Item1, x => x.Item2);

    private static Dictionary<string, double> Two(double ofP) => new() { ["p"] = ofP, ["q"] = 1 - ofP };

    private static (double P, double Q) Scores(UnitProcess process, double p = 1, double q = 3)
    {
        var assembled = SystemAssembler.Assemble([process, Plant], [Both]);
        using var assessment = new Assessment(assembled.System);
        return (assessment.Solve(assembled.DemandFor("kiln", p)).Score(new(0)),
            assessment.Solve(assembled.DemandFor("kiln|q", q)).Score(new(0)));
    }

    private static UnitExchange Out(Flow flow, double amount) => new(flow, amount, false);

    private static UnitExchange In(Flow flow, double amount) => new(flow, amount, true);
}
