using Celadon.Lenses.Carbon;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>
/// Energy by carrier: gross and net apart, electricity by equivalent value (GB/T 2589: 0.1229 kgce/kWh).
/// </summary>
public class StatisticsTests
{
    private static readonly StatisticsQuestion Question = new();

    [Fact]
    public void Electricity_takes_the_equivalent_value_and_gross_gas_has_no_coal_equivalent()
    {
        var answer = Asking.Ask(Question, """
            { "lines": [
              { "site": "longquan", "carrier": "electricity", "quantity": "100000 kWh" },
              { "site": "stoke", "carrier": "electricity", "quantity": "41.1986 MWh" },
              { "site": "stoke", "carrier": "natural-gas", "quantity": "12000 m3",
                "through": ["1.02264", "39.5 MJ/m3 gross"] } ] }
            """, ProjectPacks.Library);
        var report = (StatisticsReport)answer.Report;
        Assert.Equal("12.29 tce", Asking.At(answer, "/rows/0/tce"));
        Assert.Equal("5.06330794 tce", Asking.At(answer, "/rows/1/tce"));
        Assert.Equal("134647.6 kWh gross", Asking.At(answer, "/rows/2/energy"));
        Assert.Null(report.Rows[2].Tce);
        Assert.Equal(["kWh", "kWh gross"], report.Energy.Select(e => e.Unit));
        Assert.Equal("141198.6 kWh", Asking.At(answer, "/energy/0"));
        Assert.Equal("17.35330794 tce", Asking.At(answer, "/tce"));
        Assert.False(report.TceComplete);
        Assert.Contains(answer.Findings, f => f.Code == "carbon.statistics.noTce");
    }

    /// <summary>1 t of diesel at 42.705 GJ net is 42.705 / 29.3076 tce.</summary>
    [Fact]
    public void Net_energy_goes_by_the_size_of_the_unit()
    {
        var answer = Asking.Ask(Question, """
            { "lines": [ { "site": "longquan", "carrier": "diesel", "quantity": "1000 kg",
              "through": ["42.705 GJ/t net"] } ] }
            """, ProjectPacks.Library);
        Assert.Equal("11862.5 kWh net", Asking.At(answer, "/rows/0/energy"));
        Assert.Equal("1.45713057364 tce", Asking.At(answer, "/tce"));
        Assert.True(((StatisticsReport)answer.Report).TceComplete);
    }

    [Fact]
    public void Without_a_stated_value_a_published_one_is_named()
    {
        var answer = Asking.Ask(Question, """
            { "lines": [ { "site": "longquan", "carrier": "diesel", "quantity": "1 t" } ] }
            """, ProjectPacks.Library);
        Assert.Contains(answer.Findings, f => f.Code == "carbon.statistics.published");
        Assert.EndsWith(" kWh net", Asking.At(answer, "/rows/0/energy"), StringComparison.Ordinal);
    }
}
