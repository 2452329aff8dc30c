using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.Results;
using Celadon.Lca.WhatIf;

namespace Celadon.Tests.Lca;

/// <summary>Cases of openLCA's own tests with their numbers, and what must be refused.</summary>
public class ModellingTests
{
    private static readonly Flow E = new("e", FlowKind.Elementary);
    private static readonly Flow R = new("r", FlowKind.Elementary);
    private static readonly Flow P = new("p", FlowKind.Product);
    private static readonly Flow Q = new("q", FlowKind.Product);
    private static readonly Flow W = new("waste", FlowKind.Waste);
    private static readonly Category Counted = new("all", [new("e", null, 1)]);

    [Fact]
    public void Waste_goes_to_its_treatment()
    {
        UnitProcess[] processes = [new("works", P, [Out(P, 1), Out(W, 2)]), new("treatment", W, [In(W, 1),
            Out(E, 2)])];
        Assert.Equal(4, Score(processes, "works", 1), 13);
    }

    [Fact]
    public void A_stored_result_is_a_process_without_inputs()
    {
        // The treatment is known by its impact alone, 21 a unit; 2 units of waste: 42.
        UnitProcess[] processes = [new("works", P, [Out(P, 1), Out(W, 2)]), new("result", W, [In(W, 1), Out(E,
            21)])];
        Assert.Equal(42, Score(processes, "works", 1), 12);
    }

    [Fact]
    public void Treatment_can_be_what_is_asked_for()
    {
        UnitProcess[] processes = [new("treatment", W, [In(W, 1), In(P, 2)]), new("works", P, [Out(P, 1),
            Out(E, 2)])];
        Assert.Equal(4, Score(processes, "treatment", 1), 13);
    }

    [Fact]
    public void Avoided_products_and_avoided_waste_are_credits()
    {
        UnitProcess[] product = [new("p1", P, [Out(P, 1), Out(E, 2), Out(Q, 0.5) with { IsAvoided = true }]),
            new("p2", Q, [Out(Q, 1), Out(E, 2)])];
        Assert.Equal(1, Score(product, "p1", 1), 13);
        UnitProcess[] waste = [new("p1", P, [Out(P, 1), Out(E, 2), In(W, 0.5) with { IsAvoided = true }]),
            new("p2", W, [In(W, 1), Out(E, 2)])];
        Assert.Equal(1, Score(waste, "p1", 1), 13);
    }

    [Fact]
    public void Physical_economic_stated_and_formula_allocation()
    {
        // 2 of e; 1 kg and 3 kg of product: a quarter, 0.5, falls to the first.
        var process = new UnitProcess("p", P, [Out(E, 2), Out(P, 1) with { Property = 1, Price = 6 },
            Out(Q, 3) with { Property = 1, Price = 2 }]);
        Assert.Equal(0.5, Score([process], "p", 1), 13);
        Assert.Equal(1.5, Score([process], "p|q", 3), 13);
        Assert.Equal(1, Score([process with { Allocation = AllocationRule.Economic }], "p", 1), 13);
        var stated = process with
        {
            Allocation = AllocationRule.Stated,
            Shares = new Dictionary<string, double> { ["p"] = 0.25, ["q"] = 0.75 },
        };
        Assert.Equal(0.5, Score([stated], "p", 1), 13);
        Assert.Equal(2, Score([process with { Allocation = AllocationRule.ReferenceBearsAll }], "p", 1), 13);
    }

    [Fact]
    public void Causal_allocation_goes_exchange_by_exchange()
    {
        var process = new UnitProcess("p", P, [Out(E, 2), Out(R, 8), Out(P, 1), Out(Q, 3)])
        {
            Allocation = AllocationRule.Causal,
            Shares = new Dictionary<string, double> { ["p"] = 0.25, ["q"] = 0.75 },
            CausalShares = new Dictionary<(string, string), double> { [("p", "r")] = 1, [("q", "r")] = 0 },
        };
        Category[] method = [new("both", [new("e", null, 1), new("r", null, 1)])];
        var assembled = SystemAssembler.Assemble([process], method);
        using var assessment = new Assessment(assembled.System);
        Assert.Equal(8.5, assessment.Solve(assembled.DemandFor("p", 1)).Score(new(0)), 13);
        Assert.Equal(1.5, assessment.Solve(assembled.DemandFor("p|q", 3)).Score(new(0)), 13);
    }

    [Fact]
    public void Substitution_expands_the_system()
    {
        // 2 of e for 1 p and 0.5 q; q made elsewhere takes 3 a unit: 2 − 1.5.
        UnitProcess[] processes = [new("p", P, [Out(P, 1), Out(Q, 0.5), Out(E, 2)])
            { Allocation = AllocationRule.Substitution }, new("q", Q, [Out(Q, 1), Out(E, 3)])];
        Assert.Equal(0.5, Score(processes, "p", 1), 13);
    }

    [Fact]
    public void The_side_that_counts()
    {
        var process = new UnitProcess("p", P, [Out(P, 1), In(R, 1), Out(E, 1)]);
        var swapped = new UnitProcess("p", P, [Out(P, 1), Out(R, -1), In(E, -1)]);
        double Of(UnitProcess p, Direction direction, double e) => Score([p], "p", 1,
            new Category("c", [new("r", null, 1), new("e", null, e)]) { Direction = direction });
        Assert.Equal(0.5, Of(process, Direction.Input, 0.5), 13);
        Assert.Equal(1.5, Of(process, Direction.Input, -0.5), 13);
        Assert.Equal(1.5, Of(swapped, Direction.Input, -0.5), 13);
        Assert.Equal(0.5, Of(process, Direction.None, -0.5), 13);
        Assert.Equal(-0.5, Of(process, Direction.Output, 0.5), 13);
    }

    [Fact]
    public void Factors_follow_the_place_and_fall_back_to_wider_places()
    {
        string? Wider(string place) => place switch
        {
            "Longquan" => "Zhejiang",
            "Zhejiang" => "CN",
            _
            => null
        };
        var method = new Category("water", [new("e", null, 1), new("e", "CN", 3), new("e", "GB", 5)]);
        double At(string? process, string? exchange) => Score([new UnitProcess("p", P,
            [Out(P, 1), Out(E, 2) with { Location = exchange }]) { Location = process }], "p", 1, method,
                Wider);
        Assert.Equal(2, At(null, null), 13);
        Assert.Equal(6, At("Longquan", null), 13);
        Assert.Equal(10, At("Longquan", "GB"), 13);
        Assert.Equal(2, At("FR", null), 13);
    }

    /// <summary>
    /// Two places of one process are two rows: 2 here at 3 and 4 there at 5 are 26, in each category by its
    /// own places. Places that contain each other in a circle lead to the factor for anywhere.
    /// </summary>
    [Fact]
    public void Each_exchange_has_the_factor_of_its_place()
    {
        UnitProcess process = new("p", P, [Out(P, 1), Out(E, 2), Out(E, 4) with { Location = "GB" }])
            { Location = "CN" };
        Assert.Equal(26, Score([process], "p", 1, new Category("water", [new("e", "CN", 3), new("e", "GB", 5),
            new("e", null, 100)])), 13);
        Assert.Equal(4 * 5, Score([process], "p", 1, new Category("land", [new("e", "GB", 5)])), 13);
        Assert.Equal(600, Score([process], "p", 1, new Category("x", [new("e", null, 100)]),
            place => place == "CN" ? "GB" : "CN"), 13);
    }

    [Fact]
    public void Two_factors_of_one_flow_at_one_place_are_refused_by_name()
    {
        var refused = Assert.Throws<ModellingException>(() => Score([new UnitProcess("p", P, [Out(P, 1)])],
            "p", 1, new Category("water", [new("e", "CN", 3), new("e", "CN", 4)])));
        Assert.Equal((ModellingFault.FactorTwice, "water", "e"),
            (refused.Fault, refused.Process, refused.Flow));
    }

    [Fact]
    public void Amounts_by_formula_and_by_scenario()
    {
        var process = new UnitProcess("p", P, [Out(P, 1), Out(E,
            0) with { Formula = "fuel * ef / (1 - loss)" }]);
        var numbers = new Dictionary<string, double> { ["fuel"] = 10, ["ef"] = 2, ["loss"] = 0.2 };
        double With(ParameterSet set)
        {
            var assembled = SystemAssembler.Assemble([process], [Counted], parameters: set);
            using var assessment = new Assessment(assembled.System);
            return assessment.Solve(assembled.DemandFor("p", 1)).Score(new(0));
        }
        Assert.Equal(25, With(ParameterSet.Of(numbers)), 12);
        numbers["loss"] = 0;
        Assert.Equal(20, With(ParameterSet.Of(numbers)), 12);
        var fault = Assert.Throws<ModellingException>(() => SystemAssembler.Assemble([process], [Counted]));
        Assert.Equal((ModellingFault.BadFormula, "p", "e"), (fault.Fault, fault.Process, fault.Flow));
    }

    [Fact]
    public void A_chain_with_its_scales()
    {
        // C takes 2 of B, B makes 0.5 a run and takes 2 of A a run; 1 of e a run each: 1 + 4 + 8.
        Flow a = new("a", FlowKind.Product), b = new("b", FlowKind.Product), c = new("c", FlowKind.Product);
        UnitProcess[] processes = [new("A", a, [Out(a, 1), Out(E, 1)]), new("B", b, [Out(b, 0.5), In(a, 2),
            Out(E, 1)]),
            new("C", c, [Out(c, 1), In(b, 2), Out(E, 1)])];
        var assembled = SystemAssembler.Assemble(processes, [Counted]);
        using var assessment = new Assessment(assembled.System);
        var result = assessment.Solve(assembled.DemandFor("C", 1));
        Assert.Equal(13, result.Score(new(0)), 12);
        Assert.Equal([8, 4, 1], result.ProcessContributions(new(0)).Select(v => Math.Round(v, 12)));
        Assert.Equal(4, result.Supply[1], 12);
    }

    [Fact]
    public void Normalised_and_weighted() => Assert.Equal((8, 12, 24),
        (Weighting.Normalised(4, 0.5), Weighting.Weighted(4, 3), Weighting.NormalisedAndWeighted(4, 0.5, 3)));

    [Fact]
    public void What_leads_nowhere_is_cut_off_and_listed()
    {
        Flow power = new("power", FlowKind.Product), steel = new("steel", FlowKind.Product);
        UnitProcess[] processes = [new("works", P, [Out(P, 1), In(power, 3), In(steel, 2), Out(E,
            1)]) { Location = "CN" },
            new("grid CN", power, [Out(power, 1), Out(E, 10)]) { Location = "CN" },
            new("grid GB", power, [Out(power, 1), Out(E, 2)]) { Location = "GB" }];
        var assembled = SystemAssembler.Assemble(processes, [Counted]);
        Assert.Equal([new("works", "power", 3, 2), new UnlinkedExchange("works", "steel", 2, 0)],
            assembled.Unlinked);
        Assert.Equal(1, Score(processes, "works", 1), 13);
        Assert.Equal(31, Score(processes, "works", 1, policy: LinkPolicy.SamePlace), 13);
        Assert.Equal(31, Score(processes, "works", 1, policy: LinkPolicy.FirstByName), 13);
        processes[0] = processes[0] with
        {
            Exchanges = [.. processes[0].Exchanges.Select(e => e.Flow == power
                ? e with { Provider = "grid GB" } : e)],
        };
        Assert.Equal(7, Score(processes, "works", 1), 13);
    }

    [Fact]
    public void What_cannot_be_modelled_is_refused_by_name()
    {
        Fault(ModellingFault.NoReference, "q", new UnitProcess("x", Q, [Out(P, 1)]));
        Fault(ModellingFault.NothingToAllocateBy, "q",
            new UnitProcess("x", P, [Out(P, 1) with { Property = 1 }, Out(Q, 1)]));
        Fault(ModellingFault.SharesDoNotAddUp, "p", new UnitProcess("x", P, [Out(P, 1) with { Price = 0 },
            Out(Q, 3) with { Price = 0 }]) { Allocation = AllocationRule.Economic });
        Fault(ModellingFault.SharesDoNotAddUp, "p", new UnitProcess("x", P, [Out(P, 1) with { Price = 1 },
            Out(Q, 3) with { Price = 1 }, Out(Q, 1) with { Price = 1 }])
        { Allocation = AllocationRule.Economic });
        Fault(ModellingFault.SharesDoNotAddUp, "p", new UnitProcess("x", P, [Out(P, 1), Out(Q, 1)])
        {
            Allocation = AllocationRule.Stated,
            Shares = new Dictionary<string, double> { ["p"] = 0.5, ["q"] = 0.4 },
        });
        Fault(ModellingFault.NoSuchProvider, "q",
            new UnitProcess("x", P, [Out(P, 1), In(Q, 1) with { Provider = "nobody" }]));
        Fault(ModellingFault.SameName, "p", new UnitProcess("x", P, [Out(P, 1)]),
            new UnitProcess("x", P, [Out(P, 1)]));
    }

    [Fact]
    public void Free_co_products_are_listed()
    {
        var process = new UnitProcess("x", P, [Out(P, 1), Out(Q, 2)])
        {
            Allocation = AllocationRule.ReferenceBearsAll,
        };
        Assert.Equal([new UnlinkedExchange("x", "q", 2, 0)],
            SystemAssembler.Assemble([process], [Counted]).FreeCoProducts);
    }

    private static UnitExchange In(Flow flow, double amount) => new(flow, amount, true);

    private static UnitExchange Out(Flow flow, double amount) => new(flow, amount, false);

    private static double Score(UnitProcess[] processes, string demand, double amount,
        Category? method = null,
        Func<string, string?>? wider = null, LinkPolicy policy = LinkPolicy.CutOff)
    {
        var assembled = SystemAssembler.Assemble(processes, [method ?? Counted], policy, wider);
        using var assessment = new Assessment(assembled.System);
        return assessment.Solve(assembled.DemandFor(demand, amount)).Score(new(0));
    }

    private static void Fault(ModellingFault expected, string flow, params UnitProcess[] processes)
    {
        var fault = Assert.Throws<ModellingException>(() => SystemAssembler.Assemble(processes, [Counted]));
        Assert.Equal((expected, "x", flow), (fault.Fault, fault.Process, fault.Flow));
    }
}
