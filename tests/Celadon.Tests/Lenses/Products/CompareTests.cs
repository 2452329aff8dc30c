using System.Text.Json.Nodes;
using Celadon.Lca.Model;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Packs.Lci;
using Celadon.Tests.Lenses.Carbon;
using CsCheck;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Alternatives side by side, against closed forms and against systems built anew.</summary>
public class CompareTests
{
    private static readonly CompareQuestion Question = new();

    /// <summary>By hand: 25 × (0.6 × 0.55 + 1.05) + 40 × 0.55 = 56.5, 47.25 and 42.625.</summary>
    [Fact]
    public void The_example_by_hand()
    {
        var answer = Asking.Ask(Question, Question.Example);
        Assert.Equal(["56.5", "47.25", "42.625"], Enumerable.Range(0, 3).Select(i =>
            Asking.At(answer, $"/categories/0/scores/{i}/score").Replace(" kg CO2e", "")));
        Assert.Equal("-9.25 kg CO2e", Asking.At(answer, "/categories/0/differences/0/difference"));
        Assert.StartsWith("-16.371681415", Asking.At(answer, "/categories/0/differences/0/percent"));
        var report = (CompareReport)answer.Report;
        // Glass goes, board comes, and less power is drawn: 0.6 × 25 + 40 − 1.1 × 30 − 30 kWh × 0.55.
        Assert.Equal(["glass from sand -26.25", "board mill 12.6", "power plant 4.4"],
            report.Categories[0].Differences[0].Processes.Top.Select(p => $"{p.Name} {p.Difference.Value}"));
        Assert.Equal(("products.assess.way.lowRank", 1), (report.Alternatives[2].Solver.Way,
            report.Alternatives[2].Solver.Changed));
        Assert.Empty(answer.Findings);
    }

    /// <summary>Nearly all digits of both scores, fewer of their difference.</summary>
    [Fact]
    public void The_example_says_what_its_digits_are_worth()
    {
        var category = ((CompareReport)Asking.Ask(Question, Question.Example).Report).Categories[0];
        Assert.All(category.Scores, s => Assert.Equal((14, false), (s.Accuracy.Digits, s.Accuracy.IsWeak)));
        var pair = category.Differences[0];
        Assert.Equal(category.Scores[0].Accuracy.Error.Value + category.Scores[1].Accuracy.Error.Value,
            pair.Error.Value);
        Assert.InRange(pair.Digits, 12, 14);
    }

    /// <summary>
    /// A million released less a million taken up leave 0.1, and 3e-10 more: sums of such size are not worth
    /// that much.
    /// </summary>
    [Fact]
    public void A_difference_that_rounding_may_have_made_is_said_to_be_none()
    {
        static string Process(string name, string released) => $$"""
            { "name": "{{name}}", "reference": "ware {{name}}", "exchanges": [
              { "flow": "ware {{name}}", "amount": "1", "unit": "kg" },
              { "flow": "released", "amount": "{{released}}", "unit": "kg" },
              { "flow": "taken up", "amount": "1000000", "unit": "kg", "input": true } ] }
            """;
        var answer = Asking.Ask(Question, $$"""
            { "functionalUnit": { "what": "ware", "amount": "1", "unit": "kg" },
              "alternatives": [ { "name": "A", "process": "a" }, { "name": "B", "process": "b" } ],
              "system": {
                "flows": [ { "name": "ware a", "unit": "kg", "kind": "product" },
                  { "name": "ware b", "unit": "kg", "kind": "product" },
                  { "name": "released", "unit": "kg", "kind": "elementary" },
                  { "name": "taken up", "unit": "kg", "kind": "elementary" } ],
                "processes": [ {{Process("a", "1000000.1")}}, {{Process("b", "1000000.1000000003")}} ],
                "categories": [ { "name": "climate", "unit": "kg", "factors": [
                  { "flow": "released", "factor": "1" }, { "flow": "taken up", "factor": "-1" } ] } ] } }
            """);
        var category = ((CompareReport)answer.Report).Categories[0];
        var pair = category.Differences[0];
        Assert.False(pair.Difference.Value.IsZero);
        Assert.Equal((0, "0.1"), (pair.Digits, category.Scores[0].Score.Value.Round(6).ToString()));
        Assert.InRange(category.Scores[0].Accuracy.Digits, 7, 9);
        var finding = Assert.Single(answer.Findings, f => f.Code == "products.compare.rounding");
        Assert.Equal("/categories/0/differences/0/error", finding.Place!.Pointer);
    }

    /// <summary>
    /// A = x a and B = x b of lognormals with ln-deviations 0.5, 0.2, 0.3 and medians 1, 2, 2.4: A is lower
    /// where a is below b, Φ(ln 1.2 / √(0.2² + 0.3²)); apart, Φ(ln 1.2 / √(0.2² + 0.3² + 2 × 0.5²)).
    /// </summary>
    [Fact]
    public void Two_lognormals_with_a_shared_input()
    {
        var database = Of(
            Uncertain(Process("a", "out 1 pa", "in 2 p"), 1, 2, 0.2),
            Uncertain(Process("b", "out 1 pb", "in 2.4 p"), 1, 2.4, 0.3),
            Uncertain(Process("x", "out 1 p", "out 1 e"), 1, 1, 0.5));
        var samples = Drawn(Ask(database, [("a", ""), ("b", "")], 10_000));
        const double paired = 0.69345, apart = 0.59084;
        Assert.Equal(paired, Normal(Math.Log(1.2) / Math.Sqrt(0.13)), 1e-4);
        Assert.Equal(apart, Normal(Math.Log(1.2) / Math.Sqrt(0.63)), 1e-4);
        // Four standard errors of a share in 10,000 samples.
        Assert.Equal(100 * paired, samples.FirstLower.Value.ToDouble(), 1.9);
        Assert.Equal(100 * apart, samples.Unpaired.FirstLower.Value.ToDouble(), 1.9);
        Assert.Equal("100", (samples.FirstLower.Value + samples.SecondLower.Value + samples.Equal.Value)
            .ToString());
        Assert.True(samples.Unpaired.Deviation.Value > samples.Deviation.Value);
        Assert.Equal(10_000, samples.Histogram.Sum(b => b.Count));
        Assert.Contains(samples.Histogram, b => b.From.Value.IsZero);
    }

    /// <summary>What both take falls out: 3 x − 2 x = x in every sample, moments of a lognormal.</summary>
    [Fact]
    public void Only_what_both_share_is_uncertain()
    {
        var samples = Drawn(Ask(Of(Process("a", "out 1 pa", "in 2 p"), Process("b", "out 1 pb", "in 3 p"),
            Uncertain(Process("x", "out 1 p", "out 1 e"), 1, 1, 0.5)), [("a", ""), ("b", "")], 10_000));
        Assert.Equal("100 %", $"{samples.FirstLower.Value} {samples.FirstLower.Unit}");
        Assert.Equal(Math.Exp(0.125), samples.Mean.Value.ToDouble(), 0.03);
        Assert.Equal(Math.Exp(0.5 * 1.959964), samples.High.Value.ToDouble(), 0.15);
        // The worked example of the lens's README.
        Assert.Equal(71.68, samples.Unpaired.FirstLower.Value.ToDouble(), 1.9);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""", "amounts": [{ "process": "b", "flow": "e", "amount": "4", "unit": "kg" }]""")]
    [InlineData(""", "suppliers": [{ "process": "a", "flow": "p2", "to": "b" }]""")]
    public void Alternatives_that_are_the_same_differ_by_exactly_nothing(string change)
    {
        var difference = Ask(Loop(), [("a", ""), ("a", change)], 100).Categories[0].Differences[0];
        Assert.True(difference.Difference.Value.IsZero && difference.Percent!.Value.IsZero);
        Assert.Empty(difference.Processes.Top);
        var samples = difference.MonteCarlo!;
        Assert.True(samples.Deviation.Value.IsZero && samples.High.Value.IsZero);
        Assert.Equal("100", samples.Equal.Value.ToString());
        Assert.Equal(100, Assert.Single(samples.Histogram).Count);
    }

    /// <summary>The same change made in the database itself, assessed by the other question.</summary>
    [Theory]
    [InlineData("\"suppliers\": [{ \"process\": \"a\", \"flow\": \"p2\", \"to\": \"c\" }]", "c", 0.5, 4)]
    [InlineData("\"suppliers\": [{ \"process\": \"a\", \"flow\": \"p2\", \"to\": \"c\", \"ratio\": \"3\" }]",
        "c", 1.5, 4)]
    [InlineData("\"amounts\": [{ \"process\": \"a\", \"flow\": \"p2\", \"amount\": \"0.0007\", "
        + "\"unit\": \"t\" }]", "b", 0.7, 4)]
    [InlineData("\"amounts\": [{ \"process\": \"b\", \"flow\": \"e\", \"amount\": \"7\", \"unit\": \"kg\", "
        + "\"input\": false }]", "b", 0.5, 7)]
    public void A_change_is_the_system_built_anew(string change, string provider, double taken,
        double emitted)
    {
        var now = Loop();
        var anew = now with
        {
            Processes = [.. now.Processes.Select(p => p with
            {
                Exchanges = [.. p.Exchanges.Select(e => (p.Id, e.Flow) switch
                {
                    ("a", "p2") => Rescaled(e, taken) with
                    {
                        Provider = provider, Flow = provider == "c" ? "p3" : "p2",
                    },
                    ("b", "e") => Rescaled(e, emitted),
                    _ => e,
                })],
            })],
        };
        var report = Ask(now, [("a", ""), ("a", ", " + change)], 500);
        var expected = Assessed(anew, 500);
        var score = report.Categories[0].Scores[1];
        Assert.Equal(expected.Score.Value.ToDouble(), score.Score.Value.ToDouble(), 1e-10);
        Assert.InRange(report.Alternatives[1].Solver.BackwardError.Value.ToDouble(), 0, 1e-13);
        // The same draws for the same exchanges, whichever question is asked and whoever is the supplier.
        Assert.Equal(expected.MonteCarlo!.Mean.Value.ToDouble(), score.MonteCarlo!.Mean.Value.ToDouble(),
            1e-5);
        Assert.Equal(expected.MonteCarlo.High.Value.ToDouble(), score.MonteCarlo.High.Value.ToDouble(), 1e-5);
    }

    [Fact]
    public void A_parameter_of_the_database_or_of_a_process_takes_another_value()
    {
        var process = Process("a", "out 1 p1", "out 1 e");
        var database = Of(process with
        {
            Parameters = [new("q", "own", 2, "", default), new("r", "both", 0, "own * wide", default)],
            Exchanges = [process.Exchanges[0], process.Exchanges[1] with { Formula = "both" }],
        }) with
        {
            Parameters = [new("w", "wide", 3, "", default)],
        };
        var report = Ask(database, [("a", ""),
            ("a", ", \"parameters\": [{ \"name\": \"Wide\", \"value\": \"5\" }]"),
            ("a", ", \"parameters\": [{ \"name\": \"own\", \"process\": \"a\", \"value\": \"7\" }]")]);
        Assert.Equal(["6", "10", "21"], report.Categories[0].Scores.Select(s => s.Score.Value.ToString()));
        Assert.Equal(["products.assess.way.multifrontal"],
            report.Alternatives.Select(a => a.Solver.Way).Distinct());
        Assert.Equal("products.compare.calculated", Refused(database,
            ", \"parameters\": [{ \"name\": \"both\", \"process\": \"a\", \"value\": \"1\" }]"));
    }

    /// <summary>As US LCI has them: formulas name parameters without the spaces around their names.</summary>
    [Fact]
    public void A_parameter_is_known_without_the_spaces_around_its_name()
    {
        var process = Process("a", "out 1 p1", "out 1 e");
        var database = Of(process with
        {
            Parameters = [new("q", "own ", 2, "", default), new("r", " both", 0, "own * 3", default)],
            Exchanges = [process.Exchanges[0], process.Exchanges[1] with { Formula = "both" }],
        });
        var report = Ask(database, [("a", ""),
            ("a", ", \"parameters\": [{ \"name\": \"own\", \"process\": \"a\", \"value\": \"7\" }]")]);
        Assert.Equal(["6", "21"], report.Categories[0].Scores.Select(s => s.Score.Value.ToString()));
    }

    [Fact]
    public void A_product_that_is_not_the_function_states_how_much_of_it_fulfils_it()
    {
        var report = Ask(Of(Process("a", "out 1 p1", "out 3 e"), Process("b", "out 1 p2", "out 1 e")),
            [("a", ""), ("b", ", \"referenceFlow\": { \"amount\": \"0.008\", \"unit\": \"t\" }")]);
        Assert.Equal(["3", "8"], report.Categories[0].Scores.Select(s => s.Score.Value.ToString()));
        Assert.Equal("8 kg", $"{report.Alternatives[1].ReferenceFlow.Value} "
            + report.Alternatives[1].ReferenceFlow.Unit);
    }

    [Fact]
    public void What_is_shown_and_the_rest_add_up_and_the_other_way_round_all_signs_turn() =>
        Gen.Select(Gen.Int[0, 9].Array[8], Gen.Int[0, 9].Array[8], Gen.Int[1, 5]).Sample((own, taken, top) =>
        {
            var suppliers = own.Select((e, j) => Uncertain(Process($"s{j}", $"out 1 ps{j}", $"out {e} e"), 1,
                e, 0.3));
            var takers = ((string[])["a", "b"]).Select((name, side) => Process(name, [$"out 1 p{name}",
                .. taken.Select((t, j) => $"in {(side == 0 ? t : 9 - t) / 10.0} ps{j}")]));
            var database = Of([.. takers, .. suppliers]);
            var there = Ask(database, [("a", ""), ("b", "")], 64, $", \"top\": {top}");
            var back = Ask(database, [("b", ""), ("a", "")], 64, $", \"top\": {top}");
            var (x, y) = (there.Categories[0].Differences[0], back.Categories[0].Differences[0]);
            Assert.True(x.Processes.Top.Length <= top);
            Assert.Equal(x.Difference.Value.ToDouble(), x.Processes.Top.Aggregate(x.Processes.RestMore.Value
                + x.Processes.RestLess.Value, (sum, p) => sum + p.Difference.Value).ToDouble(), 1e-9);
            Assert.Equal(x.Difference.Value, -y.Difference.Value);
            Assert.Equal(x.MonteCarlo!.FirstLower.Value, y.MonteCarlo!.SecondLower.Value);
            Assert.Equal(x.MonteCarlo.Mean.Value.ToDouble(), -y.MonteCarlo.Mean.Value.ToDouble(), 1e-9);
        }, iter: 30);

    [Fact]
    public void Samples_repeat_with_their_seed()
    {
        var database = Loop();
        ComparedSamples Once(int seed) => Drawn(Ask(database, [("a", ""), ("c", ReferenceFlow)], 200,
            seed: seed));
        var (first, again, other) = (Once(7), Once(7), Once(8));
        Assert.Equal((first.Mean.Value, first.Low.Value, first.FirstLower.Value),
            (again.Mean.Value, again.Low.Value, again.FirstLower.Value));
        Assert.NotEqual(first.Mean.Value, other.Mean.Value);
    }

    [Fact]
    public void What_is_missing_and_what_is_not_drawn_is_said()
    {
        var answer = Answer(Of(Process("a", "out 1 p1", "in 1 p9", "out 1 e"), Process("b", "out 1 p2",
            "out 1 e")), [("a", ""), ("b", "")], 10);
        Assert.Equal(["products.compare.unlinked", "products.compare.still"],
            answer.Findings.Select(f => f.Code));
        Assert.Equal("/alternatives/0", answer.Findings[0].Place!.Pointer);
    }

    public static TheoryData<string, string> Wrong() => new()
    {
        { "referenceFlow: { amount: '0', unit: 'kg' }", "amount" },
        { "referenceFlow: { amount: '1', unit: 'MJ' }", "flowUnit" },
        { "functionalUnit: { what: 'other', amount: '1', unit: 'kg' }", "functionalUnit" },
        { "functionalUnit: { what: 'work', amount: '2', unit: 'kg' }", "functionalUnit" },
        { "functionalUnit: { what: 'work', amount: '1', unit: 't' }", "functionalUnit" },
        { "suppliers: [{ process: 'a', flow: 'p7', to: 'c' }]", "exchange" },
        { "suppliers: [{ process: 'a', flow: 'p2', from: 'c', to: 'b' }]", "exchange" },
        { "suppliers: [{ process: 'a', flow: 'p2', to: 'w' }]", "kind" },
        { "suppliers: [{ process: 'a', flow: 'p2', to: 'c', ratio: '0' }]", "amount" },
        { "amounts: [{ process: 'a', flow: 'e', amount: '1', unit: 'm' }]", "flowUnit" },
        { "amounts: [{ process: 'd', flow: 'p2', amount: '1', unit: 'kg' }]", "notReached" },
        { "suppliers: [{ process: 'a', flow: 'p2', to: 'd' }], amounts: [{ process: 'd', flow: 'p2', "
            + "amount: '1', unit: 'kg' }]", "severalExchanges" },
        { "parameters: [{ name: 'x', value: '1' }]", "parameter" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_does_not_fit_is_refused(string change, string code)
    {
        var json = System.Text.RegularExpressions.Regex.Replace(change, "([a-zA-Z]+):", "\"$1\":")
            .Replace('\'', '"');
        var database = Loop();
        database = database with
        {
            Processes = [.. database.Processes, Process("w", "in 1 w1"),
                Process("d", "out 1 p5", "in 1 p2", "in 2 p2")],
            Flows = [.. database.Flows, .. Of(Process("w", "in 1 w1"), Process("d", "out 1 p5")).Flows],
        };
        Assert.Equal("products.compare." + code, Refused(database, ", " + json));
    }

    [Theory]
    [InlineData("l", "", "unit")]
    [InlineData("kg", "1", "alternatives")]
    [InlineData("kg", "twice", "twice")]
    public void Alternatives_that_cannot_be_compared(string unit, string how, string code)
    {
        var one = """{ "name": "A", "process": "a" }""";
        var other = how switch
        {
            "1" => "",
            "twice" => ", " + one,
            _ => """, { "name": "B", "process": "b" }""",
        };
        Assert.Equal("products.compare." + code, Asking.Refused(Question, $$"""
            { "database": "small", "functionalUnit": { "what": "work", "amount": "1", "unit": "{{unit}}" },
              "alternatives": [{{one}}{{other}}] }
            """, Library(Loop())));
    }

    /// <summary>Takes 1 of b (4 each) and 2 of c (3 each): 10; of b 5: 26; of c from b too: 12.</summary>
    [Fact]
    public void Of_two_suppliers_of_one_flow_the_one_named_is_changed()
    {
        var taker = Process("a", "out 1 p1", "in 1 p2", "in 2 p2");
        var report = Ask(Of(taker with
        {
            Exchanges = [taker.Exchanges[0], taker.Exchanges[1] with { Provider = "b" },
                taker.Exchanges[2] with { Provider = "c" }],
        }, Process("b", "out 1 p2", "out 4 e"), Process("c", "out 1 p2", "out 3 e")),
        [
            ("a", ""),
            ("a", ", \"amounts\": [{ \"process\": \"a\", \"flow\": \"p2\", \"from\": \"b\", "
                + "\"amount\": \"5\", \"unit\": \"kg\" }]"),
            ("a", """, "suppliers": [{ "process": "a", "flow": "p2", "from": "c", "to": "b" }]"""),
        ]);
        Assert.Equal(["10", "26", "12"], report.Categories[0].Scores.Select(s => s.Score.Value.ToString()));
    }

    [Fact]
    public void Another_unit_needs_a_ratio()
    {
        var spec = JsonNode.Parse(Question.Example)!;
        spec["alternatives"]![2]!["suppliers"]![0]!["to"] = "power plant";
        Assert.Equal("products.compare.ratio", Asking.Refused(Question, spec.ToJsonString()));
        spec["alternatives"]![2]!["suppliers"]![0]!["ratio"] = "2";
        // 25 kg of glass are 50 kWh: 90 kWh × 0.55.
        Assert.Equal("49.5 kg CO2e", Asking.At(Asking.Ask(Question, spec.ToJsonString()),
            "/categories/0/scores/2/score"));
    }

    /// <summary>Where the small system states no width, it cannot be drawn.</summary>
    [Theory]
    [InlineData("lognormal", "1.3", true)]
    [InlineData("normal", "0.1", true)]
    [InlineData("lognormal", null, false)]
    [InlineData("uniform", "1", false)]
    public void Uncertainties_of_a_small_system(string distribution, string? spread, bool drawn)
    {
        var spec = JsonNode.Parse(Question.Example)!;
        var stated = new JsonObject { ["distribution"] = distribution };
        if (spread is not null) stated["spread"] = spread;
        spec["system"]!["processes"]![0]!["exchanges"]![1]!["uncertainty"] = stated;
        if (drawn) Asking.Ask(Question, spec.ToJsonString());
        else Assert.Equal("products.assess.uncertainty", Asking.Refused(Question, spec.ToJsonString()));
    }

    private const string ReferenceFlow = ", \"referenceFlow\": { \"amount\": \"2\", \"unit\": \"kg\" }";

    /// <summary>a takes 0.5 of b or c; b takes 0.2 of a. Inputs and emissions are drawn.</summary>
    private static LciDatabase Loop() => Of(
        Uncertain(Uncertain(Process("a", "out 1 p1", "in 0.5 p2", "out 2 e"), 1, 0.5, 0.2), 2, 2, 0.1),
        Uncertain(Process("b", "out 1 p2", "in 0.2 p1", "out 4 e"), 2, 4, 0.3),
        Uncertain(Process("c", "out 1 p3", "out 3 e"), 1, 3, 0.3));

    private static LciProcess Uncertain(LciProcess process, int exchange, double median, double sigma) =>
        process with
        {
            Exchanges = process.Exchanges.SetItem(exchange, process.Exchanges[exchange] with
            {
                Uncertainty = median == 0 ? Uncertainty.None : Uncertainty.Lognormal(median, sigma),
            }),
        };

    /// <summary>Both follow one parameter, p and p + 1: whatever is drawn, the difference is 1.</summary>
    [Fact]
    public void What_both_take_from_a_parameter_is_drawn_alike()
    {
        LciProcess Following(string id, string product, string formula)
        {
            var process = Process(id, $"out 1 {product}", "out 2 e");
            return process with
            {
                Exchanges = [process.Exchanges[0], process.Exchanges[1] with { Formula = formula }],
            };
        }
        var report = Ask(Of(Following("a", "p1", "p"), Following("b", "p2", "p + 1")) with
        {
            Parameters = [new("p", "p", 2, "", Uncertainty.Uniform(1, 3))],
        }, [("a", ""), ("b", "")], 500);
        var drawn = Drawn(report);
        Assert.Equal(1, drawn.Mean.Value.ToDouble(), 1e-6);
        Assert.Equal(0, drawn.Deviation.Value.ToDouble(), 1e-6);
        Assert.True(report.Categories[0].Scores[0].MonteCarlo!.Deviation.Value.ToDouble() > 0.5);
    }

    private static LciExchange Rescaled(LciExchange e, double amount) => e with
    {
        Amount = amount, Uncertainty = e.Uncertainty.Times(amount / e.Amount),
    };

    private static AssessedCategory Assessed(LciDatabase database, int samples) =>
        ((AssessReport)Asking.Ask(new AssessQuestion(), $$"""
            { "database": "small", "process": "a", "amount": "1",
              "monteCarlo": { "samples": {{samples}}, "seed": 3 } }
            """, Library(database)).Report).Categories[0];

    private static string Refused(LciDatabase database, string change) => Asking.Refused(Question,
        Spec([("a", ""), ("a", change)], null, "", 3), Library(database));

    private static ComparedSamples Drawn(CompareReport report) =>
        report.Categories[0].Differences[0].MonteCarlo!;

    private static CompareReport Ask(LciDatabase database, (string, string)[] alternatives,
        int? samples = null, string more = "", int seed = 3) =>
        (CompareReport)Answer(database, alternatives, samples, more, seed).Report;

    private static Answer Answer(LciDatabase database, (string, string)[] alternatives,
        int? samples = null, string more = "", int seed = 3) =>
        Asking.Ask(Question, Spec(alternatives, samples, more, seed), Library(database));

    private static string Spec((string Process, string More)[] alternatives, int? samples, string more,
        int seed) => $$"""
        { "database": "small", "functionalUnit": { "what": "work", "amount": "1", "unit": "kg" },
          "alternatives": [{{string.Join(", ", alternatives.Select((a, i) =>
              $$"""{ "name": "{{i}}", "process": "{{a.Process}}"{{a.More}} }"""))}}]
          {{(samples is { } n ? $$""", "monteCarlo": { "samples": {{n}}, "seed": {{seed}} }""" : "")}}
          {{more}} }
        """;

    /// <summary>The normal distribution, by integrating its density with Simpson's rule.</summary>
    private static double Normal(double z)
    {
        const int steps = 2000;
        double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        var h = z / steps;
        return 0.5 + (h / 3 * Enumerable.Range(0, steps + 1).Sum(k =>
            Density(k * h) * (k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2)));
    }
}
