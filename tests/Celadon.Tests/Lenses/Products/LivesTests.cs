using System.Text.Json;
using Celadon.Lenses.Products;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Designs over several lives, and when a reusable one has paid for itself.</summary>
public class LivesTests
{
    private static readonly LivesQuestion Question = new();
    private static readonly BreakEvenQuestion BreakEven = new();

    [Fact]
    public void Burdens_accumulate_per_unit_of_service()
    {
        var answer = Asking.Ask(Question, Question.Example);
        Assert.Equal("0.25444 MJ/use", Asking.At(answer, "/indicators/0/second/0/perService"));
        Assert.Equal("106.088 MJ", Asking.At(answer, "/indicators/0/second/1/burden"));
        Assert.Equal("0.212176 MJ/use", Asking.At(answer, "/indicators/0/second/1/perService"));
        Assert.Equal("-0.333824 MJ/use", Asking.At(answer, "/indicators/0/difference"));
        Assert.Equal("-0.01 GBP/use", Asking.At(answer, "/indicators/1/difference"));
    }

    /// <summary>
    /// People by the same rule: 1.15 h for 200 uses, 2.65 h for 500; 0.5 h lost per 1,000 h worked is 1.8 s
    /// an hour, 2.07 s and 4.77 s. The mug saves energy and money and takes more work than the cup: nothing
    /// is netted.
    /// </summary>
    [Fact]
    public void Social_indicators_accumulate_as_the_others_do_and_say_where_they_come_from()
    {
        var answer = Asking.Ask(Question, Question.Example);
        Assert.Equal("0.00575 h/use", Asking.At(answer, "/indicators/2/second/0/perService"));
        Assert.Equal("0.0053 h/use", Asking.At(answer, "/indicators/2/second/1/perService"));
        Assert.Equal("0.0051 h/use", Asking.At(answer, "/indicators/2/difference"));
        Assert.Equal("0.01035 s/use", Asking.At(answer, "/indicators/3/second/0/perService"));
        Assert.Equal("0.00954 s/use", Asking.At(answer, "/indicators/3/second/1/perService"));
        Assert.Equal("0.00918 s/use", Asking.At(answer, "/indicators/3/difference"));
        var report = (LivesReport)answer.Report;
        Assert.Equal([BurdenKind.Environment, BurdenKind.Cost, BurdenKind.Social, BurdenKind.Social],
            report.Indicators.Select(i => i.Kind));
        Assert.All(report.Indicators, i => Assert.All(i.First.Concat(i.Second), life =>
            Assert.Equal(i.Kind == BurdenKind.Social, life.Source is not null)));
    }

    [Theory]
    [InlineData("\"unit\": \"GBP\"", "\"unit\": \"CNY\"", "products.lives.unlike")]
    [InlineData("\"indicator\": \"Cost\"", "\"indicator\": \"Price\"", "products.lives.oneSided")]
    [InlineData("\"service\": \"300\"", "\"service\": \"-300\"", "products.lives.service")]
    [InlineData("\"indicator\": \"Cost\"", "\"indicator\": \"Energy\"", "products.lives.twice")]
    [InlineData("\"kind\": \"reuse\"", "\"kind\": \"endOfLife\"", "products.lives.endOfLife")]
    [InlineData("\"service\": \"use\"", "\"service\": \" \"", "products.lives.designs")]
    public void Refuses_what_cannot_be_compared(string old, string changed, string code)
    {
        var at = Question.Example.LastIndexOf(old, StringComparison.Ordinal);
        Assert.Equal(code, Asking.Refused(Question,
            Question.Example[..at] + changed + Question.Example[(at + old.Length)..]));
    }

    /// <summary>4e-7 kg over 3 million uses is 1.33e-13 kg a use, and not nothing.</summary>
    [Fact]
    public void A_small_burden_of_much_service_is_not_nothing()
    {
        var answer = Asking.Ask(Question, Question.Example.Replace("0.546", "0.0000004",
            StringComparison.Ordinal).Replace("\"service\": \"1\"", "\"service\": \"3000000\"",
            StringComparison.Ordinal));
        Assert.StartsWith("0.000000000000133333333333", Asking.At(answer, "/indicators/0/first/0/perService"),
            StringComparison.Ordinal);
    }

    /// <summary>
    /// Hocking 1994 with his inputs before rounding, MJ (against paper 0.546 and foam 0.198, washing 0.184),
    /// and two of a calculator: 15 against 0.25 less 0.03 in money, 1.2 against 0.03 less 0.005 in kg CO2.
    /// </summary>
    [Theory]
    [InlineData("14.088", "0.546", "0.184", 1, "38.9", "39")]
    [InlineData("6.344", "0.546", "0.184", 1, "17.5", "18")]
    [InlineData("5.521", "0.546", "0.184", 1, "15.3", "16")]
    [InlineData("14.088", "0.198", "0.184", 0, "1006", "1007")]
    [InlineData("6.344", "0.198", "0.184", 0, "453", "454")]
    [InlineData("5.521", "0.198", "0.184", 0, "394", "395")]
    [InlineData("15", "0.25", "0.03", 1, "68.2", "69")]
    [InlineData("1.2", "0.03", "0.005", 0, "48", "49")]
    public void Meets_the_printed_break_even(string made, string disposable, string back, int digits,
        string printed, string from)
    {
        var report = (BreakEvenReport)Asking.Ask(BreakEven, Spec(made, disposable, back, "0.001")).Report;
        Assert.Equal(printed, report.Uses.Value.Round(digits).ToString());
        Assert.Equal(from, report.From.Value.ToString());
        Assert.True(report.Fewest.Value < report.Uses.Value && report.Uses.Value < report.Most.Value);
    }

    [Theory]
    [InlineData("0.184", "0.184", "0.001", "products.breakEven.never")]
    [InlineData("0.198", "0.184", "0.014", "products.breakEven.uncertain")]
    public void Refuses_without_a_saving_that_is_sure(string disposable, string back, string uncertainty,
        string code) => Assert.Equal(code,
        Asking.Refused(BreakEven, Spec("14.088", disposable, back, uncertainty)));

    [Theory]
    [InlineData("reusable", "-1")]
    [InlineData("residual", "15")]
    [InlineData("disposable", "-1")]
    [InlineData("return", "-1")]
    [InlineData("lossRate", "1.1")]
    [InlineData("uncertainty", "-0.1")]
    public void A_number_out_of_its_range_is_told_with_its_place(string name, string value)
    {
        var all = new Dictionary<string, string>
        {
            ["unit"] = "MJ", ["reusable"] = "14", ["disposable"] = "1", ["return"] = "0.1",
            ["uncertainty"] = "0", [name] = value,
        };
        var refused = Assert.Throws<RefusedException>(() => BreakEven.Compute(BreakEven.ReadSpec(
            JsonSerializer.Serialize(all)), null, FactorLibrary.Empty, CancellationToken.None)).Finding;
        Assert.Equal(("products.breakEven.range", "/" + name), (refused.Code, refused.Place!.Pointer));
    }

    [Fact]
    public void At_the_first_use_that_is_better_it_is_and_before_it_is_not() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Int[2, 900], Gen.Int[0, 900]).Where((_, d, w) => d > w + 1)
            .Sample((made, disposable, back) =>
            {
                var spec = Spec($"{made}", $"{disposable}", $"{back}", "1");
                var report = (BreakEvenReport)Asking.Ask(BreakEven, spec).Report;
                var from = report.From.Value;
                Assert.True(made + from * back < from * disposable);
                Assert.True(made + (from - 1) * back >= (from - 1) * disposable);
            });

    private static string Spec(string made, string disposable, string back, string uncertainty) => $$"""
        { "unit": "MJ", "reusable": "{{made}}", "disposable": "{{disposable}}", "return": "{{back}}",
          "uncertainty": "{{uncertainty}}" }
        """;
}
