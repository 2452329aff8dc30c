using Celadon.Quantities;
using Celadon.Store.Import;
using Celadon.Store.Import.Detection;
using CsCheck;

namespace Celadon.Tests.Import;

/// <summary>Numbers, dates and units as people write them into cells.</summary>
public sealed class CellTextTests
{
    [Theory]
    [InlineData("1234.5", '.', "1234.5")]
    [InlineData("1,234.50", '.', "1234.5")]
    [InlineData("1.234,50", ',', "1234.5")]
    [InlineData("1 234 567", '.', "1234567")]
    [InlineData("1'234.5", '.', "1234.5")]
    [InlineData("１，２３４．５", '.', "1234.5")]
    [InlineData("(12.5)", '.', "-12.5")]
    [InlineData("12.5-", '.', "-12.5")]
    [InlineData("−12.5", '.', "-12.5")]
    [InlineData("12.50 CR", '.', "-12.5")]
    [InlineData("£1,234.56", '.', "1234.56")]
    [InlineData("-£5.00", '.', "-5")]
    [InlineData("4.05万", '.', "40500")]
    [InlineData("1.2亿", '.', "120000000")]
    [InlineData("1.5E-3", '.', "0.0015")]
    [InlineData("123.4E", '.', "123.4")]
    [InlineData("123 (est)", '.', "123")]
    [InlineData("38,500 kWh", '.', "38500")]
    [InlineData(".5", '.', "0.5")]
    public void A_number_is_read_exactly(string text, char mark, string expected)
    {
        Assert.True(NumberText.TryRead(text, new NumberStyle(mark, true), out var amount, out _));
        Assert.Equal(Amount.Parse(expected), amount);
    }

    [Theory]
    [InlineData("1,23,4.5")]
    [InlineData("12,34")]
    [InlineData("1.2.3")]
    [InlineData("m3")]
    [InlineData("12 apples")]
    [InlineData("12 34")]
    [InlineData("oops")]
    public void What_is_no_number_is_not_guessed(string text) =>
        Assert.False(NumberText.TryRead(text, NumberStyle.Point, out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData(" - ")]
    [InlineData("n/a")]
    [InlineData("无")]
    [InlineData("NULL")]
    public void Nothing_is_missing_and_not_zero(string text) => Assert.True(NumberText.IsMissing(text));

    [Theory]
    [InlineData("2025-10-01T00:15:00Z", "2025-10-01 00:15")]
    [InlineData("2025/10/1 0:15", "2025-10-01 00:15")]
    [InlineData("01/10/2025 24:00", "2025-10-02")]
    [InlineData("1-Oct-25", "2025-10-01")]
    [InlineData("1 October 2025 12:15 AM", "2025-10-01 00:15")]
    [InlineData("Wed 01/10/2025 11:45 pm", "2025-10-01 23:45")]
    [InlineData("01.10.2025 14.30", "2025-10-01 14:30")]
    [InlineData("2025年10月1日 0时15分", "2025-10-01 00:15")]
    [InlineData("2025年10月1日 下午3:05", "2025-10-01 15:05")]
    [InlineData("２０２５年１０月１日", "2025-10-01")]
    [InlineData("20251001", "2025-10-01")]
    [InlineData("202510010015", "2025-10-01 00:15")]
    [InlineData("45931.0104166667", "2025-10-01 00:15")]
    [InlineData("2024年3月", "2024-03-01")]
    [InlineData("Mar-24", "2024-03-01")]
    [InlineData("2024.03", "2024-03-01")]
    public void A_date_is_read_whatever_it_looks_like(string text, string expected)
    {
        Assert.True(DateText.TryRead(text, out var date));
        Assert.Equal(expected, WallTime.Format(date.At(DateOrder.DayMonthYear)));
    }

    [Theory]
    [InlineData("31/02/2025")]
    [InlineData("2025-13-01")]
    [InlineData("3.17")]
    [InlineData("25:00")]
    [InlineData("1,234.5")]
    [InlineData("Total 2025")]
    public void What_is_no_date_is_refused(string text) =>
        Assert.False(DateText.TryRead(text, out var date) && date.Fits(DateOrder.DayMonthYear));

    [Theory]
    [InlineData("2025-10-01T00:15:00+08:00", 28_800)]
    [InlineData("2025-10-01 00:15 BST", 3_600)]
    [InlineData("2025-10-01 00:15Z", 0)]
    public void A_stated_offset_is_kept(string text, int offset)
    {
        Assert.True(DateText.TryRead(text, out var date));
        Assert.Equal(offset, date.Offset);
    }

    [Theory]
    [InlineData("Usage_kWh", "kWh")]
    [InlineData("电量(万kWh)", "万kWh")]
    [InlineData("用气量（Nm³）", "Nm3")]
    [InlineData("CO2(tCO2)", "t")]
    [InlineData("Wh 17", "Wh")]
    [InlineData("Net amount (£)", "GBP")]
    [InlineData("Lagging_Current_Reactive_Power_kVarh", "kVArh")]
    [InlineData("Meter", null)]
    [InlineData("Status", null)]
    public void A_header_carries_its_unit(string header, string? unit) =>
        Assert.Equal(unit, UnitText.OfHeader(header).Unit?.Code);

    [Fact]
    public void Every_day_of_two_centuries_is_its_own_number() => Gen.Int[0, 80_000].Sample(offset =>
    {
        var date = new DateOnly(1950, 1, 1).AddDays(offset);
        var days = WallTime.Days(date.Year, date.Month, date.Day);
        return WallTime.DateOf(days * WallTime.Day + 86_399) == date
            && WallTime.Of(date) == days * WallTime.Day;
    });

    [Fact]
    public void Grouping_and_width_never_change_a_number() =>
        Gen.Select(Gen.Long[0, 999_999_999_999], Gen.Int[0, 999]).Sample((whole, cents) =>
        {
            var amount = Amount.From(whole) + Amount.From(cents, 3);
            var british =
                whole.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) + $".{cents:000}";
            var german = british.Replace(',', ' ').Replace('.', ',').Replace(' ', '.');
            return NumberText.TryRead(british, NumberStyle.Point, out var a, out _) && a == amount
                && NumberText.TryRead(german, new NumberStyle(',', true), out var b, out _) && b == amount;
        });

    [Fact]
    public void A_counter_conserves_what_passed_through_any_number_of_roll_overs() =>
        Gen.Long[0, 9_000].Array[2, 60].Sample(steps =>
        {
            // A modulus of 100,000 and steps below a tenth of it: every fall is a roll-over.
            var states = new List<long> { 50_000 };
            foreach (var step in steps) states.Add((states[^1] + step) % 100_000);
            return CounterSteps.Of([.. states], 100_000).Sum == steps.Sum();
        });
}
