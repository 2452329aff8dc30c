using Celadon.Lca.Model;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Packs.Lci;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Text;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Lenses.Products;

/// <summary>How a system was solved, what its score is worth as a number, what its samples say.</summary>
public class AssessSolvingTests
{
    private static readonly AssessQuestion Question = new();

    private static readonly LciDatabase Chain = Of(Process("a", "out 1 p1", "in 1 p2", "out 1 e"),
        Process("b", "out 1 p2", "in 2 p3", "out 2 e"), Process("c", "out 1 p3", "in 0.1 p2", "out 3 e"));

    [Theory]
    [InlineData("multifrontal")]
    [InlineData("gilbertPeierls")]
    [InlineData("gaussSeidel")]
    [InlineData("neumann")]
    [InlineData("gmres")]
    public void The_way_asked_for_is_taken_and_gives_the_same(string way)
    {
        var report = Report(Chain, $"\"process\": \"a\", \"amount\": \"1\", \"solver\": \"{way}\"");
        Assert.Equal(($"products.assess.way.{way}", "products.compare.reason.askedFor"),
            (report.Solver.Way, report.Solver.Reason));
        Assert.Equal("11", Math.Round(report.Categories[0].Score.Value.ToDouble(), 9).ToString("R", null));
        Assert.InRange(report.Categories[0].Accuracy.Digits, 9, 15);
    }

    [Fact]
    public void A_way_that_does_not_come_to_an_end_gives_way_to_a_factor_and_says_so()
    {
        var report = Report(Of(Process("a", "out 1 p1", "in 2 p2", "out 1 e"),
            Process("b", "out 1 p2", "in 2 p1", "out 1 e")),
            "\"process\": \"a\", \"amount\": \"3\", \"solver\": \"gaussSeidel\"");
        Assert.Equal(("products.assess.way.multifrontal", "products.compare.reason.didNotSettle"),
            (report.Solver.Way, report.Solver.Reason));
        Assert.Equal("-3", report.Categories[0].Score.Value.ToString());
    }

    [Fact]
    public void A_loop_that_gives_out_hardly_more_than_it_takes_is_a_warning_and_then_a_refusal()
    {
        LciDatabase With(double own) => Of(Process("a", "out 1 p1", "in 1 p2", "out 1 e") with
        {
            Exchanges = [.. Process("a", "out 1 p1", "in 1 p2", "out 1 e").Exchanges.Select(e =>
                e.Flow == "p2" ? e with { Amount = own } : e)],
        }, Process("b", "out 1 p2", "in 1 p1", "out 1 e"));
        var sound = Answer(With(0.5), "\"process\": \"a\", \"amount\": \"1\"");
        Assert.Empty(sound.Findings);
        Assert.Equal("3 kg CO2e", Asking.At(sound, "/categories/0/score"));
        Assert.InRange(((AssessReport)sound.Report).Categories[0].Accuracy.Digits, 14, 15);
        var weak = Answer(With(1 - 1e-11), "\"process\": \"a\", \"amount\": \"1\"");
        Assert.Equal(["products.assess.digits"], weak.Findings.Select(f => f.Code));
        Assert.Contains(weak.Findings[0].Args["process"], new object[] { "process a", "process b" });
        var accuracy = ((AssessReport)weak.Report).Categories[0].Accuracy;
        Assert.InRange(accuracy.Digits, 3, 5);
        // 2e11 is what the score is; one part in 1e16 of each amount, grown 1e11 times.
        Assert.InRange(accuracy.Error.Value.ToDouble(), 1e6, 1e8);
        Assert.InRange(accuracy.Condition!.Value.ToDouble(), 1e11, 1e12);
        var refused = Assert.Throws<RefusedException>(() =>
            Answer(With(1 - 1e-16), "\"process\": \"a\", \"amount\": \"1\""));
        Assert.Equal("products.assess.singular", refused.Finding.Code);
    }

    [Fact]
    public void A_supply_beyond_all_numbers_is_refused_by_name()
    {
        var huge = Process("a", "out 1 p1", "in 1 p2", "out 1 e");
        var refused = Assert.Throws<RefusedException>(() => Answer(Of(huge with
        {
            Exchanges = [huge.Exchanges[0] with { Amount = 1e-200 },
                huge.Exchanges[1] with { Amount = 1e200 }, huge.Exchanges[2]],
        }, Process("b", "out 1 p2", "out 1 e")), "\"process\": \"a\", \"amount\": \"1\""));
        Assert.Equal(("products.assess.outOfRange", "process b"),
            (refused.Finding.Code, refused.Finding.Args["name"]));
    }

    [Theory]
    [InlineData("1e307", "100", "", "products.assess.beyondNumbers")]
    [InlineData("1", "1e308", "", "products.assess.unsolvable")]
    [InlineData("1", "1", ", \"monteCarlo\": { \"samples\": 1000 }",
        "products.assess.beyondNumbers")]
    public void A_score_beyond_all_numbers_is_refused_and_no_failure(string asked, string released,
        string more, string code)
    {
        var process = Process("a", "out 1 p1", "in 10 p2", "out 10 e");
        var drawn = more.Length > 0 ? Uncertainty.Lognormal(10, 709) : Uncertainty.None;
        var refused = Assert.Throws<RefusedException>(() => Answer(Of(process with
        {
            Exchanges = [process.Exchanges[0], process.Exchanges[1] with { Uncertainty = drawn },
                process.Exchanges[2] with { Amount = 10 * double.Parse(released, null) }],
        }, Process("b", "out 1 p2", "out 1 e")),
            $"\"process\": \"a\", \"amount\": \"{asked}\"{more}"));
        Assert.Equal(code, refused.Finding.Code);
    }

    /// <summary>As US LCI has it: 0.00000107 of a flow, drawn from 0 to 9.7.</summary>
    [Theory]
    [InlineData(0, 9.7, true)]
    [InlineData(0.000001, 0.0000011, false)]
    public void A_score_far_from_its_samples_is_a_warning(double least, double most, bool said)
    {
        var process = Process("a", "out 1 p1", "out 0.00000107 e");
        var answer = Answer(Of(process with
        {
            Exchanges = [process.Exchanges[0], process.Exchanges[1] with
            {
                Uncertainty = Uncertainty.Uniform(least, most),
            }],
        }), "\"process\": \"a\", \"amount\": \"1\", \"monteCarlo\": { \"samples\": 1000 }");
        Assert.Equal(said, answer.Findings.Any(f => f.Code == "products.assess.apart"));
    }

    /// <summary>
    /// Two processes that take two of each other for one; the same behind a process of their own; one that
    /// takes twice its own product; a reference below zero. A credit is no fault.
    /// </summary>
    [Theory]
    [InlineData("-1", "process a; process b", "in 2 p2", "out 1 p2|in 2 p1", "out 1 p3")]
    [InlineData("0", "process b; process c", "in 1 p2", "out 1 p2|in 2 p3", "out 1 p3|in 2 p2")]
    [InlineData("0", "process b", "in 1 p2", "out 1 p2|in 2 p2", "out 1 p3")]
    [InlineData("3", null, "in 1 p2", "out 1 p2|in 0.5 p2", "out 1 p3")]
    [InlineData("-1", null, "avoid 2 p2", "out 1 p2", "out 1 p3")]
    public void A_system_that_cannot_exist_is_a_warning(string score, string? named, string a, string b,
        string c)
    {
        var answer = Answer(Of(Process("a", "out 1 p1", a, "out 1 e"), Process("b", [.. b.Split('|'),
            "out 1 e"]), Process("c", [.. c.Split('|'), "out 1 e"])),
            "\"process\": \"a\", \"amount\": \"1\"");
        Assert.Equal(double.Parse(score, null), ((AssessReport)answer.Report).Categories[0].Score.Value
            .ToDouble(), 1e-9);
        Assert.Equal(named, answer.Findings.SingleOrDefault(f => f.Code == "products.assess.backwards")
            ?.Args["names"]);
    }

    /// <summary>
    /// A market of 0.7 and 0.3 from makers that release 2 and 2: kept together every sample is 2; drawn one
    /// by one the mean is 2·exp(σ²/2).
    /// </summary>
    [Fact]
    public void Shares_of_a_market_are_kept_to_their_sum_where_asked()
    {
        var market = Process("m", "out 1 p1", "in 0.7 p2", "in 0.3 p2");
        var database = Of(market with
        {
            Exchanges = [market.Exchanges[0], .. market.Exchanges.Skip(1).Select((e, k) => e with
            {
                Provider = k == 0 ? "x" : "y", Uncertainty = Uncertainty.Lognormal(e.Amount, 0.6),
            })],
        }, Process("x", "out 1 p2", "out 2 e"), Process("y", "out 1 p2", "out 2 e"));
        AssessedSpread Drawn(string more) => Report(database,
            $"\"process\": \"m\", \"amount\": \"1\", \"monteCarlo\": {{ \"samples\": 3200{more} }}")
            .Categories[0].MonteCarlo!;
        var (free, kept) = (Drawn(""), Drawn(", \"keepShares\": true"));
        Assert.InRange(free.Mean.Value.ToDouble(), 2.3, 2.5);
        Assert.Equal(2, kept.Mean.Value.ToDouble(), 1e-6);
        Assert.Equal(2, kept.High.Value.ToDouble(), 1e-6);
    }

    /// <summary>0.5 ± 0.05 of p2, which releases 4 ± 0.2 of e.</summary>
    [Fact]
    public void What_drives_the_variance_is_named_and_the_mean_converges()
    {
        var (works, mill) = (Process("a", "out 1 p1", "in 0.5 p2"), Process("b", "out 1 p2", "out 4 e"));
        var database = Of(works with
        {
            Exchanges = [works.Exchanges[0], works.Exchanges[1] with
            {
                Uncertainty = Uncertainty.Normal(0.5, 0.05),
            }],
        }, mill with
        {
            Exchanges = [mill.Exchanges[0], mill.Exchanges[1] with
            {
                Uncertainty = Uncertainty.Normal(4, 0.2),
            }],
        });
        var spread = Report(database,
            "\"process\": \"a\", \"amount\": \"1\", \"monteCarlo\": { \"samples\": 4000 }")
            .Categories[0].MonteCarlo!;
        Assert.Equal([("products.assess.part.technosphere", "process a", "p2"),
            ("products.assess.part.biosphere", "process b", "e")],
            spread.Variance.Select(v => (v.Part, v.Process, v.Flow)));
        Assert.Equal(["process b", null], spread.Variance.Select(v => v.Provider));
        // (4·0.05)² = 0.04 and (0.5·0.2)² = 0.01.
        Assert.Equal([80, 20], spread.Variance.Select(v => Math.Round(v.Share.Value.ToDouble(), 6)));
        // Spearman's of normals: 6/π·asin(ρ/2), ρ = √0.8 and √0.2.
        Assert.Equal(6 / Math.PI * Math.Asin(Math.Sqrt(0.8) / 2),
            spread.Variance[0].Rank.Value.ToDouble(), 0.03);
        Assert.Equal(6 / Math.PI * Math.Asin(Math.Sqrt(0.2) / 2),
            spread.Variance[1].Rank.Value.ToDouble(), 0.05);
        Assert.Equal([1, 2, 4, 8], spread.Convergence.Take(4).Select(c => c.Samples));
        Assert.Equal(4000, spread.Convergence[^1].Samples);
        var (first, last) = (spread.Convergence[0], spread.Convergence[^1]);
        Assert.Equal((first.Mean.Value, first.Mean.Value), (first.Low.Value, first.High.Value));
        Assert.Equal((spread.Low.Value, spread.Median.Value, spread.High.Value),
            (last.Low.Value, last.Median.Value, last.High.Value));
        Assert.Equal(0, spread.VarianceRest!.Value.ToDouble());
        Assert.Equal(spread.Deviation.Value.ToDouble() / Math.Sqrt(4000),
            spread.StandardError.Value.ToDouble(), 1e-9);
        Assert.Equal(0, spread.Exact);
    }

    [Fact]
    public void Samples_whose_loops_grow_are_counted_and_warned_of()
    {
        var a = Process("a", "out 1 p1", "in 0.9 p2", "out 1 e");
        var answer = Answer(Of(a with
        {
            Exchanges = [a.Exchanges[0], a.Exchanges[1] with
            {
                Uncertainty = Uncertainty.Lognormal(0.9, 0.3),
            }, a.Exchanges[2]],
        }, Process("b", "out 1 p2", "in 0.9 p1", "out 1 e")),
            "\"process\": \"a\", \"amount\": \"1\", \"monteCarlo\": { \"samples\": 320 }");
        Assert.Contains("products.assess.growing", answer.Findings.Select(f => f.Code));
        Assert.InRange(((AssessReport)answer.Report).Categories[0].MonteCarlo!.Exact, 30, 200);
    }

    /// <summary>Each shape that a spec can state, by its mean and variance.</summary>
    [Theory]
    [InlineData("\"distribution\": \"lognormal\", \"spread\": \"1.2\"", 10.1676, 1.8687)]
    [InlineData("\"distribution\": \"normal\", \"spread\": \"2\"", 10, 2)]
    [InlineData("\"distribution\": \"uniform\", \"least\": \"6\", \"most\": \"12\"", 9, 1.73205)]
    [InlineData("\"distribution\": \"triangular\", \"least\": \"6\", \"most\": \"12\"", 9.33333, 1.24722)]
    [InlineData("\"distribution\": \"pert\", \"least\": \"6\", \"most\": \"12\"", 9.66667, 1.11270)]
    [InlineData("\"distribution\": \"gamma\", \"shape\": \"4\"", 10, 5)]
    [InlineData("\"distribution\": \"weibull\", \"shape\": \"2\"", 10, 5.22723)]
    [InlineData("\"distribution\": \"discreteUniform\", \"least\": \"6\", \"most\": \"12\"", 9, 2)]
    public void Shapes_of_uncertainty_in_a_spec(string uncertainty, double mean, double deviation)
    {
        var spread = ((AssessReport)Asking.Ask(Question, $$"""
            { "process": "works", "amount": "1", "monteCarlo": { "samples": 10000 }, "system": {
              "flows": [ { "name": "good", "unit": "kg", "kind": "product" },
                { "name": "e", "unit": "kg", "kind": "elementary" } ],
              "processes": [ { "name": "works", "reference": "good", "exchanges": [
                { "flow": "good", "amount": "1", "unit": "kg" },
                { "flow": "e", "amount": "10", "unit": "kg", "uncertainty": { {{uncertainty}} } } ] } ],
              "categories": [ { "name": "c", "unit": "kg", "factors": [ { "flow": "e", "factor": "1" } ] } ]
            } }
            """).Report).Categories[0].MonteCarlo!;
        Assert.Equal(mean, spread.Mean.Value.ToDouble(), 4.5 * deviation / 100);
        Assert.Equal(deviation, spread.Deviation.Value.ToDouble(), 0.06 * deviation);
    }

    private static AssessReport Report(LciDatabase database, string spec) =>
        (AssessReport)Answer(database, spec).Report;

    private static Answer Answer(LciDatabase database, string spec) =>
        Asking.Ask(Question, $"{{ \"database\": \"small\", {spec} }}", Library(database));
}
