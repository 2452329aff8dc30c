using Celadon.Quantities;
using CsCheck;

namespace Celadon.Tests.Quantities;

public class AmountTests
{
    [Theory]
    [InlineData("1.50", "1.5")]
    [InlineData("-0.10", "-0.1")]
    [InlineData("12e3", "12000")]
    [InlineData("12.5e-3", "0.0125")]
    [InlineData("000", "0")]
    public void Reads_and_writes_the_normal_form(string text, string normal) =>
        Assert.Equal(normal, Amount.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData(".")]
    [InlineData("1e999")]
    public void Refuses_what_is_not_a_plain_decimal(string text) => Assert.False(Amount.TryParse(text, out _));

    [Theory]
    [InlineData("1", "8", 2, "0.12")]
    [InlineData("3", "8", 2, "0.38")]
    [InlineData("-1", "3", 3, "-0.333")]
    [InlineData("484723.36", "3.6", 2, "134645.38")]
    public void Divides_half_to_even_at_the_stated_scale(string a, string b, int scale, string quotient) =>
        Assert.Equal(quotient, Amount.Divide(Amount.Parse(a), Amount.Parse(b), scale).ToString());

    [Fact]
    public void Sums_and_products_agree_with_decimal() =>
        Gen.Select(Gen.Long[-1_000_000_000, 1_000_000_000], Gen.Int[0, 6],
                Gen.Long[-1_000_000_000, 1_000_000_000], Gen.Int[0, 6])
            .Sample((a, i, b, j) =>
            {
                var (x, y) = (Amount.From(a, i), Amount.From(b, j));
                var (p, q) = (new decimal(a) / Ten(i), new decimal(b) / Ten(j));
                return (x + y) == Amount.Parse(Plain(p + q)) && (x * y) == Amount.Parse(Plain(p * q))
                    && x.CompareTo(y) == p.CompareTo(q);
            });

    private static decimal Ten(int power) => (decimal)Math.Pow(10, power);

    private static string Plain(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
