using System.Globalization;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Tests.Import;

/// <summary>Columns of power: energy by the interval's length, exactly, or refused.</summary>
public sealed class PowerColumnTests
{
    private static string Rows(string header, int minutes, int count, Func<int, string> value) =>
        header + "\n" + string.Concat(Enumerable.Range(0, count).Select(i =>
            new DateTime(2025, 11, 3).AddMinutes(minutes * i)
                .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + "," + value(i) + "\n"));

    [Fact]
    public void Kilowatts_of_quarter_hours_are_a_quarter_of_their_number_in_kilowatt_hours()
    {
        // 95 × 40.5 kW and one of 41 kW: (95 × 40.5 + 41) ÷ 4 = 972.125 kWh.
        var plan = Ugly.Plan("load.csv",
            Rows("Time,Average power (kW)", 15, 96, i => i == 50 ? "41" : "40.5"), Ugly.Longquan);
        var readings = Assert.Single(plan.Readings);
        Assert.Equal((Amount.Parse("972.125"), "kWh", 96), (readings.Sum, readings.Unit, readings.Count));
        var said = plan.Only("import.power.converted");
        Assert.Equal((Severity.Info, "900", "kW"), (said.Severity, said.Args["seconds"], said.Args["power"]));
        Assert.False(plan.Has("import.power.not-loaded"));
    }

    [Fact]
    public void A_logger_that_does_not_say_average_is_a_warning()
    {
        var plan = Ugly.Plan("负荷.csv", Rows("时间,有功功率(kW)", 15, 96, _ => "12"), Ugly.Longquan);
        Assert.Equal(Amount.Parse("288"), Assert.Single(plan.Readings).Sum);
        Assert.Equal(Severity.Warning, plan.Only("import.power.assumed").Severity);
    }

    [Fact]
    public void Ten_minutes_are_a_sixth_of_an_hour_and_the_sum_is_exact()
    {
        // 144 × 10 kW ÷ 6 = 240 kWh; each interval 1.666 or 1.667.
        var plan = Ugly.Plan("load.csv", Rows("Time,Average kW", 10, 144, _ => "10"), Ugly.Longquan);
        var readings = Assert.Single(plan.Readings);
        Assert.Equal(Amount.Parse("240"), readings.Sum);
        Assert.Equal(3, readings.Scale);
        Assert.All(readings.Unscaled, v => Assert.InRange(v, 1_666, 1_667));
        Assert.Equal("240", plan.Only("import.power.shared").Args["sum"]);
    }

    [Fact]
    public void Megawatts_go_into_the_unit_of_the_registered_meter()
    {
        var plan = Ugly.Plan("M1.csv", Rows("Time,Mean demand MW", 30, 48, _ => "0.0412"), Ugly.Stoke);
        // 48 × 41.2 kW ÷ 2 = 988.8 kWh.
        Assert.Equal(Amount.Parse("988.8"), Assert.Single(plan.Readings).Sum);
    }

    [Fact]
    public void A_row_of_forty_eight_half_hours_of_kilowatts_is_converted_too()
    {
        var header = "Date," + string.Join(',', Enumerable.Range(0, 48)
            .Select(i => $"{i / 2:00}:{i % 2 * 30:00}"));
        var plan = Ugly.Plan("load.csv", "Half-hourly load (kW)\n" + header + "\n"
            + string.Join('\n', new[] { "13/11/2025", "14/11/2025" }.Select(d =>
                d + "," + string.Join(',', Enumerable.Repeat("20", 48)))) + "\n", Ugly.Longquan);
        Assert.Equal(Amount.Parse("960"), Assert.Single(plan.Readings).Sum);
    }

    [Fact]
    public void An_interval_that_is_not_proved_is_refused_and_one_that_is_stated_is_read()
    {
        string[] times = ["08:00", "08:07", "08:31", "09:40", "09:45"];
        var text = "Time,Power (kW)\n" + string.Concat(times.Select(t => $"2025-11-13 {t},12\n"));
        var plan = Ugly.Plan("load.csv", text, Ugly.Longquan);
        Assert.Empty(plan.Readings);
        Assert.Equal(Severity.Error, plan.Only("import.power.interval").Severity);
        var stated = Ugly.Plan("load.csv", text, Ugly.Longquan,
            map: """{"format":"celadon-map/1","intervalMinutes":5}""");
        Assert.Equal(Amount.Parse("5"), Assert.Single(stated.Readings).Sum);
    }

    [Theory]
    [InlineData("Time,kWh,kW")]
    [InlineData("Time,kWh,Max demand (kW)")]
    public void Beside_energy_power_says_the_same_again_and_is_not_loaded(string header)
    {
        var plan = Ugly.Plan("load.csv", Rows(header, 30, 48, _ => "5,10"), Ugly.Longquan);
        Assert.Equal(Amount.Parse("240"), Assert.Single(plan.Readings).Sum);
    }

    [Theory]
    [InlineData("Time,Instantaneous power (kW)")]
    [InlineData("时间,最大负荷(kW)")]
    [InlineData("Time,Apparent power (kVA)")]
    public void Momentary_largest_and_apparent_power_are_no_energy(string header) =>
        Assert.Empty(Ugly.Plan("load.csv", Rows(header, 30, 48, _ => "5"), Ugly.Longquan).Readings);
}
