using System.Globalization;
using Celadon.Lenses.Carbon;
using Celadon.Quantities;

namespace Celadon.Tests.Lenses.Carbon;

public class UncertaintyTests
{
    private static readonly UncertaintyQuestion Question = new();

    /// <summary>Known answers of Random123 (kat_vectors, philox4x32 with ten rounds).</summary>
    [Theory]
    [InlineData("00000000 00000000 00000000 00000000", "00000000 00000000",
        "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff",
        "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0",
        "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void Philox_gives_its_published_vectors(string counter, string key, string words)
    {
        var c = Words(counter);
        var k = Words(key);
        var w = Words(words);
        Assert.Equal((w[0], w[1], w[2], w[3]), Philox.Block((c[0], c[1], c[2], c[3]), (k[0], k[1])));
    }

    [Theory]
    [InlineData(1, "2.718281828459045")]
    [InlineData(-20.5, "1.2501528663867426E-09")]
    [InlineData(0, "1")]
    [InlineData(300.25, "2.4941248615349213E+130")]
    public void Exp_is_right_to_the_last_places(double x, string value) =>
        Assert.True(Math.Abs(PortableMath.Exp(x) / double.Parse(value,
            CultureInfo.InvariantCulture) - 1) < 1e-15);

    [Theory]
    [InlineData(10, 2.302585092994046)]
    [InlineData(0.3, -1.2039728043259361)]
    [InlineData(1.0000001, 9.9999995058387e-8)]
    [InlineData(1e-300, -690.7755278982137)]
    public void Log_is_right_to_the_last_places(double x, double value) =>
        Assert.True(Math.Abs(PortableMath.Log(x) / value - 1) < 1e-13);

    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-12, -7.034483825301131)]
    public void Normal_quantiles_are_those_of_the_tables(double p, double z) =>
        Assert.True(Math.Abs(PortableMath.NormalQuantile(p) / z - 1) < 1e-13);

    [Theory]
    [InlineData("2", 6, "1.414214")]
    [InlineData("1000000", 6, "1000")]
    [InlineData("0.0000000004", 6, "0.00002")]
    [InlineData("12345.6789", 3, "111.111")]
    public void Roots_are_rounded_to_the_nearest(string square, int scale, string root) =>
        Assert.Equal(root, SquareRoot.Of(Amount.Parse(square), scale).ToString());

    /// <summary>IPCC 2006, volume 1, equations 3.1 and 3.2, worked by hand: √(3² + 4²) = 5.</summary>
    [Fact]
    public void A_product_adds_relative_half_widths_in_quadrature()
    {
        var answer = Asking.Ask(Question, Spec("a", "b"), ProjectPacks.Library);
        Assert.Equal("5 %", Asking.At(answer, "/lines/0/interval/percent"));
        Assert.Equal("3.535534 %", Asking.At(answer, "/approach1/percent"));
        Assert.Equal("70.710678 kg CO2e", Asking.At(answer, "/approach1/halfWidth"));
        Assert.Equal("high", ((UncertaintyReport)answer.Report).Approach1!.Word);
    }

    /// <summary>
    /// One factor on both lines: 4 % stays whole, 3 % shrinks to 2.12 %: √(4.5 + 16) = 4.53 %.
    /// </summary>
    [Fact]
    public void A_factor_of_two_lines_is_wholly_correlated()
    {
        var answer = Asking.Ask(Question, Spec("grid", "grid"), ProjectPacks.Library);
        Assert.Equal("4.527693 %", Asking.At(answer, "/approach1/percent"));
        Assert.Equal("grid", ((UncertaintyReport)answer.Report).Inputs[0].Id);
        Assert.Equal("78.04878 %", Asking.At(answer, "/inputs/0/varianceShare"));
    }

    [Fact]
    public void Unknown_stays_unknown()
    {
        var answer = Asking.Ask(Question, """
            { "lines": [
              { "name": "known", "activity": { "value": "100 kWh", "uncertainty": "5 %" },
                "factor": { "value": "3 kg CO2e/kWh", "uncertainty": "5 %" } },
              { "name": "unknown", "activity": { "value": "100 kWh" },
                "factor": { "value": "1 kg CO2e/kWh", "uncertainty": "5 %" } } ],
              "monteCarlo": { "seed": 1, "samples": 1000 } }
            """, ProjectPacks.Library);
        var report = (UncertaintyReport)answer.Report;
        Assert.Null(report.Approach1);
        Assert.Null(report.MonteCarlo);
        Assert.Null(report.Lines[1].Interval);
        Assert.NotNull(report.Lines[0].Interval);
        Assert.Equal("25 %", Asking.At(answer, "/unknownShare"));
        Assert.Contains(answer.Findings, f => f.Code == "carbon.uncertainty.unknown");
    }

    [Fact]
    public void Simulation_repeats_to_the_last_digit_and_agrees_with_propagation()
    {
        var spec = Spec("grid", "grid")
            .Replace("]}", "], \"monteCarlo\": { \"seed\": 7, \"samples\": 100000 } }",
            StringComparison.Ordinal);
        var answer = Asking.Ask(Question, spec, ProjectPacks.Library);
        var again = Asking.Ask(Question, spec, ProjectPacks.Library);
        foreach (var part in (string[])["mean", "standardDeviation", "low", "median", "high"])
            Assert.Equal(Asking.At(answer, "/monteCarlo/" + part), Asking.At(again, "/monteCarlo/" + part));
        Assert.Equal(2000, Number(answer, "/monteCarlo/mean"), 1.0);
        Assert.Equal(2000 * 0.04527693 / 1.96, Number(answer, "/monteCarlo/standardDeviation"), 0.5);
        Assert.Equal(4.53, Number(answer, "/monteCarlo/highPercent"), 0.1);
    }

    /// <summary>Lognormal, triangular and uniform draws have the moments of their formulas.</summary>
    [Theory]
    [InlineData("\"uncertainty\": \"60 %\", \"distribution\": \"lognormal\"", 1.0, 0.306128)]
    [InlineData("\"low\": \"50 kWh\", \"high\": \"200 kWh\", \"distribution\": \"triangular\"", 1.166667,
        0.311805)]
    [InlineData("\"low\": \"50 kWh\", \"high\": \"200 kWh\", \"distribution\": \"uniform\"", 1.25, 0.433013)]
    public void Distributions_have_their_moments(string shape, double mean, double deviation)
    {
        var answer = Asking.Ask(Question, $$"""
            { "lines": [ { "name": "x", "activity": { "value": "100 kWh", {{shape}} },
                "factor": { "value": "0.01 kg CO2e/kWh", "uncertainty": "0 %" } } ],
              "monteCarlo": { "seed": 11, "samples": 200000 } }
            """, ProjectPacks.Library);
        Assert.Equal(mean, Number(answer, "/monteCarlo/mean"), 0.004);
        Assert.Equal(deviation, Number(answer, "/monteCarlo/standardDeviation"), 0.004);
    }

    [Fact]
    public void The_example_keeps_its_digits()
    {
        var answer = Asking.Ask(Question, Question.Example, ProjectPacks.Library);
        Assert.Equal("35170.324612 kg CO2e", Asking.At(answer, "/total"));
        Assert.Equal("6.221803 %", Asking.At(answer, "/approach1/percent"));
        string[] parts = ["mean", "standardDeviation", "low", "median", "high"];
        Assert.Equal(
            ["35172.0604714 kg CO2e", "1122.13540062 kg CO2e", "33236.2031686 kg CO2e",
                "35077.1131888 kg CO2e",
                "37623.841861 kg CO2e"],
            parts.Select(p => Asking.At(answer, "/monteCarlo/" + p)));
    }

    /// <summary>24 t × 310 km × 0.09 kg/tkm with 1, 10 and 15 %: √(1 + 100 + 225) = 18.055 %.</summary>
    [Fact]
    public void What_stands_between_activity_and_factor_has_an_uncertainty_of_its_own()
    {
        const string line = """
            { "name": "%", "activity": { "value": "24 t", "uncertainty": "1 %" },
              "conversions": [{ "id": "road", "value": "310 km", "uncertainty": "10 %" }],
              "factor": { "value": "0.09 kg CO2e/tkm", "uncertainty": "15 %" } }
            """;
        var answer = Asking.Ask(Question, $"{{ \"lines\": [ {line} ] }}", ProjectPacks.Library);
        Assert.Equal("669.6 kg CO2e", Asking.At(answer, "/total"));
        Assert.Equal("18.05547 %", Asking.At(answer, "/approach1/percent"));
        Assert.Equal(["/lines/0/factor", "road", "/lines/0/activity"],
            ((UncertaintyReport)answer.Report).Inputs.Select(i => i.Id));
        // The road is one number for both lines, the others are not: √(1 + 225) ÷ √2 and 10 together.
        answer = Asking.Ask(Question, $"{{ \"lines\": [ {line}, {line} ], "
            + "\"monteCarlo\": { \"seed\": 3, \"samples\": 200000 } }", ProjectPacks.Library);
        Assert.Equal("14.594519 %", Asking.At(answer, "/approach1/percent"));
        Assert.Equal(1339.2, Number(answer, "/monteCarlo/mean"), 1.0);
        Assert.Equal(0.14594519 * 1339.2 / 1.96, Number(answer, "/monteCarlo/standardDeviation"), 0.6);
    }

    [Fact]
    public void A_conversion_of_unknown_uncertainty_leaves_the_total_open_and_units_are_checked()
    {
        var answer = Asking.Ask(Question, Diesel("kg/litre"), ProjectPacks.Library);
        Assert.Equal("5325.6 kg CO2e", Asking.At(answer, "/total"));
        Assert.Null(((UncertaintyReport)answer.Report).Approach1);
        Assert.Contains("/lines/0/conversions/0",
            (string)answer.Findings.Single(f => f.Code == "carbon.uncertainty.unknown").Args["inputs"],
            StringComparison.Ordinal);
        Assert.Equal("carbon.units", Assert.Throws<Celadon.Text.RefusedException>(() =>
            Asking.Ask(Question, Diesel("kg/kWh"), ProjectPacks.Library)).Finding.Code);

        static string Diesel(string unit) => $$"""
            { "lines": [ { "name": "Diesel", "activity": { "value": "2000 litre", "uncertainty": "1 %" },
              "conversions": [{ "value": "0.84 {{unit}}" }],
              "factor": { "value": "3.17 kg CO2e/kg", "uncertainty": "2 %" } } ] }
            """;
    }

    private static string Spec(string one, string two) => $$"""
        { "lines": [
          { "name": "A", "activity": { "value": "1000 kWh", "uncertainty": "3 %" },
            "factor": { "id": "{{one}}", "value": "1 kg CO2e/kWh", "uncertainty": "4 %" } },
          { "name": "B", "activity": { "value": "1000 kWh", "uncertainty": "3 %" },
            "factor": { "id": "{{two}}", "value": "1 kg CO2e/kWh", "uncertainty": "4 %" } } ]}
        """;

    private static double Number(Celadon.Lenses.Answer answer, string pointer) =>
        double.Parse(Asking.At(answer, pointer).Split(' ')[0], CultureInfo.InvariantCulture);

    private static uint[] Words(string text) =>
        [.. text.Split(' ').Select(w => uint.Parse(w, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
}
