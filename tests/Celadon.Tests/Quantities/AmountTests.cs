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
    [InlineData("1e-2147483648")]
    public void Refuses_what_is_not_a_plain_decimal(string text) =>
        Assert.False(Amount.TryParse(text, out _));

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

    [Theory]
    [InlineData("1", "8", "0.125")]
    [InlineData("1", "0.003", null)]
    [InlineData("-9", "3", "-3")]
    [InlineData("1", "1024000", "0.0000009765625")]
    [InlineData("0", "7", "0")]
    [InlineData("1", "-16", "-0.0625")]
    [InlineData("2.2", "7", null)]
    public void A_quotient_is_exact_when_its_decimal_ends(string a, string b, string? quotient)
    {
        var ends = Amount.TryDivide(Amount.Parse(a), Amount.Parse(b), out var exact);
        Assert.Equal(quotient, ends ? exact.ToString() : null);
    }

    [Fact]
    public void An_exact_quotient_times_its_divisor_is_the_dividend() =>
        Gen.Select(Gen.Long, Gen.Int[0, 18], Gen.Long.Where(b => b != 0), Gen.Int[0, 18])
            .Sample((a, i, b, j) =>
        {
            var (x, y) = (Amount.From(a, i), Amount.From(b, j));
            return !Amount.TryDivide(x, y, out var quotient) || quotient * y == x;
        });

    [Fact]
    public void Division_by_zero_is_refused()
    {
        Assert.Throws<DivideByZeroException>(() => Amount.Divide(1, 0, 2));
        Assert.Throws<DivideByZeroException>(() => Amount.TryDivide(1, 0, out _));
    }

    [Theory]
    [InlineData("9223372036854775807", true)]
    [InlineData("9223372036854775808", false)]
    [InlineData("0.000000000000000001", true)]
    [InlineData("0.0000000000000000001", false)]
    public void The_books_hold_what_fits_and_refuse_the_rest(string text, bool fits)
    {
        Assert.Equal(fits, Amount.Parse(text).TryGetStored(out var unscaled, out var scale));
        if (fits) Assert.Equal(text, Amount.From(unscaled, scale).ToString());
    }

    [Fact]
    public void Text_and_JSON_come_back_as_the_same_number() =>
        Gen.Select(Gen.Long, Gen.Int[0, 18]).Sample((unscaled, scale) =>
        {
            var amount = Amount.From(unscaled, scale);
            var json = System.Text.Json.JsonSerializer.Serialize(amount);
            return Amount.Parse(amount.ToString()) == amount && json == $"\"{amount}\""
                && System.Text.Json.JsonSerializer.Deserialize<Amount>(json) == amount;
        });

    private static decimal Ten(int power) => (decimal)Math.Pow(10, power);

    private static string Plain(decimal value) =>
        value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
