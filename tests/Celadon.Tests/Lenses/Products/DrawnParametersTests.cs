using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lenses.Products;
using Celadon.Packs.Lci;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Text;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Lenses.Products;

/// <summary>
/// Parameters of a database that are uncertain: shares, factors and amounts by formula follow them in the
/// samples of one product and of alternatives.
/// </summary>
public sealed class DrawnParametersTests
{
    private const int Many = 5000;

    /// <summary>A share of p, uniform from 0 to 0.5, of an emission of 4: mean 1, deviation 2/√12.</summary>
    [Fact]
    public void A_share_by_formula_is_drawn() =>
        Near(1, 2 / Math.Sqrt(12), Assess(Sharing("1 - p")).MonteCarlo!);

    [Fact]
    public void Shares_that_add_up_at_the_stated_parameters_alone_are_refused()
    {
        var refused = Assert.Throws<RefusedException>(() => Assess(Sharing("3 * p")));
        Assert.Equal("products.assess.drawnShares", refused.Finding.Code);
        Assert.NotNull(Catalogue.English.Remedy(refused.Finding));
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    /// <summary>A factor of k, uniform from 1 to 3, of the category's own: mean 4, deviation 2/√3.</summary>
    [Fact]
    public void A_factor_by_formula_is_drawn() =>
        Near(4, 2 / Math.Sqrt(3), Assess(Weighed("k")).MonteCarlo!);

    /// <summary>An emission of 2 by k − 2, with k uniform from 1 to 3: mean 0, deviation 2/√3.</summary>
    [Fact]
    public void A_factor_that_is_nominally_nothing_is_drawn_too() =>
        Near(0, 2 / Math.Sqrt(3), Assess(Weighed("k - 2")).MonteCarlo!);

    /// <summary>The share of p1 in 4 by mass is 1 ÷ (1 + a), a uniform from 1 to 3: mean 2 ln 2.</summary>
    [Fact]
    public void A_share_by_amount_is_drawn()
    {
        var made = Process("a", "out 1 p1", "out 2 p2", "out 4 e");
        var drawn = Assess(Of(made with
        {
            Allocation = AllocationRule.Physical,
            Exchanges = made.Exchanges.SetItem(1, made.Exchanges[1] with
            {
                Uncertainty = Uncertainty.Uniform(1, 3),
            }),
        })).MonteCarlo!;
        // The mean of 16 ÷ (1 + a)² is 16 · (1/2 − 1/4) ÷ 2.
        Near(2 * Math.Log(2), Math.Sqrt(2 - (4 * Math.Log(2) * Math.Log(2))), drawn);
    }

    [Fact]
    public void Drawn_amounts_that_give_no_shares_are_refused()
    {
        var made = Process("a", "out 1 p1", "out 1 p2", "out 4 e");
        var refused = Assert.Throws<RefusedException>(() => Assess(Of(made with
        {
            Allocation = AllocationRule.Physical,
            Exchanges = [.. made.Exchanges.Select((e, k) => k == 2 ? e : e with
            {
                Uncertainty = Uncertainty.DiscreteUniform(0, 1),
            })],
        })));
        Assert.Equal("products.assess.drawnAmounts", refused.Finding.Code);
        Assert.NotNull(Catalogue.English.Remedy(refused.Finding));
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    /// <summary>2k + 4p: of the variance k gives 4/20 and p 16/20; each says whose it is.</summary>
    [Fact]
    public void Parameters_have_a_share_of_the_variance_by_name()
    {
        var weighed = Weighed("k");
        var process = weighed.Processes[0];
        var shares = Assess(weighed with
        {
            Processes = [process with
            {
                Exchanges = process.Exchanges.SetItem(1, process.Exchanges[1] with { Formula = "p" }),
            }],
            Parameters = [new("p", "p", 2, "", Uncertainty.Uniform(0, 4))],
        }).MonteCarlo!.Variance;
        Assert.Equal([("products.assess.part.parameter", "", "p", 80), ("products.assess.part.parameter",
            "effect", "k", 20)], shares.Select(s => (s.Part, s.Process, s.Parameter,
                (int)Math.Round(s.Share.Value.ToDouble()))));
    }

    /// <summary>
    /// p is 2, uniform from 1 to 3; an alternative states 4 and so 2 to 6, and differs by p in each sample.
    /// </summary>
    [Fact]
    public void A_parameter_of_an_alternative_is_drawn_around_its_own_value()
    {
        var difference = Compare(Emitting("p"), """
            , "parameters": [{ "name": "p", "value": "4" }]
            """);
        Near(2, 1 / Math.Sqrt(3), difference.Mean.Value.ToDouble(), difference.Deviation.Value.ToDouble());
    }

    /// <summary>A stated amount stands for its formula: 10 and 5 to 15, a difference of 4p.</summary>
    [Fact]
    public void A_stated_amount_is_drawn_around_itself_and_not_by_the_formula()
    {
        var difference = Compare(Emitting("p"), """
            , "amounts": [{ "process": "a", "flow": "e", "amount": "10", "unit": "kg" }]
            """);
        Near(8, 4 / Math.Sqrt(3), difference.Mean.Value.ToDouble(), difference.Deviation.Value.ToDouble());
    }

    /// <summary>p of b at 3 a kilogram; then twice as much of c at 1: the difference is −p.</summary>
    [Fact]
    public void A_supplier_taken_in_a_ratio_multiplies_what_is_drawn()
    {
        var taking = Process("a", "out 1 p1", "in 2 p2");
        var database = Of(taking with
        {
            Exchanges = [taking.Exchanges[0], taking.Exchanges[1] with { Formula = "p" }],
        }, Process("b", "out 1 p2", "out 3 e"), Process("c", "out 1 p3", "out 1 e")) with
        {
            Parameters = [new("p", "p", 2, "", Uncertainty.Uniform(1, 3))],
        };
        var difference = Compare(database, """
            , "suppliers": [{ "process": "a", "flow": "p2", "to": "c", "ratio": "2" }]
            """);
        Near(-2, 1 / Math.Sqrt(3), difference.Mean.Value.ToDouble(), difference.Deviation.Value.ToDouble());
    }

    /// <summary>Both alternatives weigh by one drawn factor: 2k − 4k, never apart.</summary>
    [Fact]
    public void Alternatives_share_a_factor_that_is_drawn()
    {
        var difference = Compare(Weighed("k"), """
            , "amounts": [{ "process": "a", "flow": "e", "amount": "4", "unit": "kg" }]
            """);
        Near(4, 2 / Math.Sqrt(3), difference.Mean.Value.ToDouble(), difference.Deviation.Value.ToDouble());
    }

    /// <summary>a makes p1 and p2, which share an emission of 4 by p and the rest.</summary>
    private static LciDatabase Sharing(string rest) => Of(Process("a", "out 1 p1", "out 1 p2", "out 4 e") with
    {
        Parameters = [new("x", "p", 0.25, "", Uncertainty.Uniform(0, 0.5))],
        Allocation = AllocationRule.Physical,
        AllocationFactors =
        [
            new(AllocationRule.Physical, "p1", null, 0.25, "p"),
            new(AllocationRule.Physical, "p2", null, 0.75, rest),
        ],
    });

    /// <summary>a emits 2, weighed by a factor of the category's parameter.</summary>
    private static LciDatabase Weighed(string formula)
    {
        var database = Of(Process("a", "out 1 p1", "out 2 e"));
        return database with
        {
            Categories = [.. database.Categories.Select(c => c with
            {
                Parameters = [new("k", "k", 2, "", Uncertainty.Uniform(1, 3))],
                Factors = [.. c.Factors.Select(f => f with { Formula = formula })],
            })],
        };
    }

    private static LciDatabase Emitting(string formula)
    {
        var process = Process("a", "out 1 p1", "out 2 e");
        return Of(process with
        {
            Exchanges = [process.Exchanges[0], process.Exchanges[1] with { Formula = formula }],
        }) with
        {
            Parameters = [new("p", "p", 2, "", Uncertainty.Uniform(1, 3))],
        };
    }

    private static AssessedCategory Assess(LciDatabase database) =>
        ((AssessReport)Asking.Ask(new AssessQuestion(), $$"""
            { "database": "small", "process": "a", "amount": "1",
              "monteCarlo": { "samples": {{Many}}, "seed": 3 } }
            """, Library(database)).Report).Categories[0];

    private static ComparedSamples Compare(LciDatabase database, string change) =>
        ((CompareReport)Asking.Ask(new CompareQuestion(), $$"""
            { "database": "small", "functionalUnit": { "what": "work", "amount": "1", "unit": "kg" },
              "alternatives": [{ "name": "now", "process": "a" },
                { "name": "otherwise", "process": "a"{{change}} }],
              "monteCarlo": { "samples": {{Many}}, "seed": 3 } }
            """, Library(database)).Report).Categories[0].Differences[0].MonteCarlo!;

    private static void Near(double mean, double deviation, AssessedSpread drawn) =>
        Near(mean, deviation, drawn.Mean.Value.ToDouble(), drawn.Deviation.Value.ToDouble());

    /// <summary>Within five standard errors of the mean, and a twentieth of the deviation.</summary>
    private static void Near(double mean, double deviation, double drawnMean, double drawnDeviation)
    {
        Assert.Equal(mean, drawnMean, 5 * deviation / Math.Sqrt(Many));
        Assert.Equal(deviation, drawnDeviation, deviation / 20);
    }
}
