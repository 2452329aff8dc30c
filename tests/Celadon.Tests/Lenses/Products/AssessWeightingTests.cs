using System.Collections.Immutable;
using Celadon.Lca.Model;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Packs.Lci;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Text;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Lenses.Products;

/// <summary>
/// Damage categories, normalisation and weighting after the scores. By hand: climate 10 kg, smog 4 kg.
/// </summary>
public class AssessWeightingTests
{
    private static readonly LciMethod Method = new()
    {
        Id = "m", Name = "Method", Categories = ["climate", "smog", "noise"],
        Damages = [new("health", "Human health", "DALY", [new("climate", 2), new("smog", 5)]),
            new("rest", "Quiet", "h", [new("noise", 1)])],
        Weightings =
        [
            new("world", "World 2010 / H", "Pt", [new("climate", 4, 0.5), new("smog", 8, 0.25)]),
            new("plain", "Weights alone", "UBP", [new("climate", null, 3), new("smog", 0, 2)]),
            new("damage", "Damages 1999, 2010", "", [new("health", 80, 300), new("gone", 1, 1)]),
            new("share", "Persons", "", [new("climate", 5, null), new("noise", null, null)]),
        ],
    };

    private static LciDatabase Works(params LciMethod[] methods) => Of(Process("1", "out 1 p1", "out 10 e1",
        "out 2 e2")) with
    {
        Categories = [Category("climate", "kg CO2e", ("e1", 1)), Category("smog", "kg NOx", ("e2", 2)),
            Category("noise", "dB")],
        Methods = [.. methods],
    };

    private static LciImpactCategory Category(string id, string unit, params (string, double)[] factors) =>
        Counting(factors) with { Id = id, Name = id + "!", Unit = unit };

    private static Answer Answer(string more, params LciMethod[] methods) => Asking.Ask(new AssessQuestion(),
        $$"""{ "database": "small", "process": "1", "amount": "1"{{more}} }""", Library(Works(methods)));

    private static string Set(string id) => $$""", "weighting": "{{id}}" """;

    /// <summary>10 × 2 + 4 × 5 DALY; noise has no exchange.</summary>
    [Fact]
    public void Damages_are_sums_of_scores_times_their_factors()
    {
        var answer = Answer("", Method);
        Assert.Equal("40 DALY", Asking.At(answer, "/damages/0/score"));
        Assert.Equal("0 h", Asking.At(answer, "/damages/1/score"));
        Assert.Null(((AssessReport)answer.Report).Weighting);
        Assert.Empty(((AssessReport)Answer(""", "categories": ["climate"] """, Method).Report).Damages);
    }

    [Fact]
    public void The_sets_of_a_method_are_named_with_the_year_that_they_state() => Assert.Equal(
        [("World 2010 / H", 2010, true, true), ("Weights alone", null, false, true),
            ("Damages 1999, 2010", null, true, true), ("Persons", null, true, false)],
        ((AssessReport)Answer("", Method).Report).Method.Sets.Select(s =>
            (s.Name, s.Year, s.Normalises, s.Weights)));

    /// <summary>10 ÷ 4 × 0.5 + 4 ÷ 8 × 0.25; noise is not counted, and said.</summary>
    [Fact]
    public void Scores_are_divided_by_references_and_multiplied_with_weights()
    {
        var answer = Answer(Set("World 2010 / H"), Method);
        Assert.Equal("2.5", Asking.At(answer, "/weighting/rows/0/normalised"));
        Assert.Equal("1.25 Pt", Asking.At(answer, "/weighting/rows/0/weighted"));
        Assert.Equal("0.125 Pt", Asking.At(answer, "/weighting/rows/1/weighted"));
        Assert.Equal("1.375 Pt", Asking.At(answer, "/weighting/total"));
        Assert.Equal("noise!", Assert.Single(((AssessReport)answer.Report).Weighting!.LeftOut));
        Assert.Equal("1", Assert.Single(answer.Findings, f => f.Code == "products.assess.setLeavesOut")
            .Args["n"]);
    }

    /// <summary>10 × 3 + 4 × 2: a reference of 0 is none.</summary>
    [Fact]
    public void A_set_without_references_weighs_the_scores_themselves()
    {
        var answer = Answer(Set("plain"), Method);
        Assert.Equal("38 UBP", Asking.At(answer, "/weighting/total"));
        Assert.All(((AssessReport)answer.Report).Weighting!.Rows, r => Assert.Null(r.Normalised));
    }

    /// <summary>40 DALY ÷ 80 × 300; what the set says of no category is named.</summary>
    [Fact]
    public void A_set_over_damages_weighs_them()
    {
        var answer = Answer(Set("damage"), Method);
        Assert.Equal("150", Asking.At(answer, "/weighting/total"));
        Assert.Equal(["Quiet", "gone"], ((AssessReport)answer.Report).Weighting!.LeftOut);
    }

    [Fact]
    public void Weights_are_said_to_be_a_choice_of_values_and_references_alone_are_not()
    {
        Assert.Equal("World 2010 / H", Assert.Single(Answer(Set("world"), Method).Findings,
            f => f.Code == "products.assess.valueChoice").Args["set"]);
        var answer = Answer(Set("share"), Method);
        Assert.DoesNotContain(answer.Findings, f => f.Code == "products.assess.valueChoice");
        Assert.Null(((AssessReport)answer.Report).Weighting!.Total);
        Assert.Equal(["smog!", "noise!"], ((AssessReport)answer.Report).Weighting!.LeftOut);
    }

    [Fact]
    public void The_sets_of_another_database_are_asked_with_its_method()
    {
        var packs = Celadon.Packs.FactorLibrary.From([.. Library(Works() with { Categories = [] }).Packs,
            .. Library(Works(Method), "theirs").Packs]);
        var answer = Asking.Ask(new AssessQuestion(), """
            { "database": "small", "process": "1", "amount": "1", "weighting": "world",
              "method": { "database": "theirs" } }
            """, packs);
        Assert.Equal("1.375 Pt", Asking.At(answer, "/weighting/total"));
    }

    /// <summary>
    /// e1 uniform from 8 to 12, e2 from 1 to 3 (twice in smog): the total is e1 ÷ 8 + e2 ÷ 16, its variance
    /// (4/3) ÷ 64 + (1/3) ÷ 256.
    /// </summary>
    [Fact]
    public void Weighted_scores_are_added_up_in_every_sample()
    {
        var report = Drawn(Set("world"), Uncertainty.Uniform(8, 12), Uncertainty.Uniform(1, 3));
        var total = report.Weighting!.MonteCarlo!;
        var deviation = Math.Sqrt((4.0 / 3 / 64) + (1.0 / 3 / 256));
        Near(1.375, deviation, total);
        Assert.Equal("Pt", total.Median.Unit);
        Assert.True(total.Low.Value < total.LowerQuarter.Value && total.LowerQuarter.Value
            < total.Median.Value && total.Median.Value < total.UpperQuarter.Value);
        Near(1.25, Math.Sqrt(4.0 / 3) / 8, report.Weighting.Rows[0].MonteCarlo!);
        Near(40, Math.Sqrt((4 * 4 / 3.0) + (100 / 3.0)), report.Damages[0].MonteCarlo!);
        // Through damages, and by references alone.
        Near(150, 3.75 * Math.Sqrt((4 * 4 / 3.0) + (100 / 3.0)), Drawn(Set("damage"),
            Uncertainty.Uniform(8, 12), Uncertainty.Uniform(1, 3)).Weighting!.MonteCarlo!);
        var share = Drawn(Set("share"), Uncertainty.Uniform(8, 12), default).Weighting!;
        Assert.Null(share.MonteCarlo);
        Near(2, Math.Sqrt(4.0 / 3) / 5, share.Rows[0].MonteCarlo!);
        Assert.Null(share.Rows[1].MonteCarlo);
    }

    /// <summary>What two categories share cancels in every sample: 3 × e1 − 2 × 1.5 × e1.</summary>
    [Fact]
    public void What_categories_share_stays_together_in_a_sample()
    {
        var works = Works(Method);
        var total = Drawn(works with
        {
            Categories = [works.Categories[0], Category("smog", "kg NOx", ("e1", -1.5)), works.Categories[2]],
        }, Set("plain"), Uncertainty.Uniform(8, 12), default).Weighting!.MonteCarlo!;
        Assert.Equal(0, total.Mean.Value.ToDouble(), 1e-6);
        Assert.Equal(0, total.Deviation.Value.ToDouble(), 1e-6);
    }

    private static AssessReport Drawn(string more, Uncertainty e1, Uncertainty e2) =>
        Drawn(Works(Method), more, e1, e2);

    private static AssessReport Drawn(LciDatabase works, string more, Uncertainty e1, Uncertainty e2)
    {
        var made = works.Processes[0];
        return (AssessReport)Asking.Ask(new AssessQuestion(), $$"""
            { "database": "small", "process": "1", "amount": "1", "monteCarlo": { "samples": 5000, "seed": 3 }
              {{more}} }
            """, Library(works with
            {
                Processes = [made with
                {
                    Exchanges = [made.Exchanges[0], made.Exchanges[1] with { Uncertainty = e1 },
                        made.Exchanges[2] with { Uncertainty = e2 }],
                }],
            })).Report;
    }

    private static void Near(double mean, double deviation, SampledScore drawn)
    {
        Assert.Equal(mean, drawn.Mean.Value.ToDouble(), 5 * deviation / Math.Sqrt(drawn.Samples));
        Assert.Equal(deviation, drawn.Deviation.Value.ToDouble(), deviation / 20);
    }

    [Theory]
    [InlineData(""", "weighting": "mars" """, "set")]
    [InlineData(""", "weighting": "World 2010 / H" """, "severalSets")]
    [InlineData(""", "weighting": "world", "categories": ["climate"] """, "setWhole")]
    public void A_set_that_cannot_be_taken(string more, string code) => Assert.Equal(
        "products.assess." + code, Asking.Refused(new AssessQuestion(),
            $$"""{ "database": "small", "process": "1", "amount": "1"{{more}} }""", Library(Works(Method,
                Method with { Id = "n", Name = "Other", Weightings = [.. Method.Weightings.Select(w =>
                    w with { Id = "n" + w.Id })] }))));

    [Fact]
    public void A_method_without_sets_and_numbers_out_of_range()
    {
        const string asked = """
            { "database": "small", "process": "1", "amount": "1", "weighting": "world" }
            """;
        string Refused(LciMethod method) =>
            Asking.Refused(new AssessQuestion(), asked, Library(Works(method)));
        Assert.Equal("products.assess.noSets", Refused(Method with { Weightings = [] }));
        ImmutableArray<LciWeighting> vast = [new("world", "W", "", [new("climate", 1e-310, 1e300)])];
        Assert.Equal("products.assess.setRange", Refused(Method with { Weightings = vast }));
    }
}
