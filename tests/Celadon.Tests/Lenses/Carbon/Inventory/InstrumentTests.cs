using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Tests.Packs;
using static Celadon.Tests.Lenses.Carbon.Inventory.InventoryAsking;

namespace Celadon.Tests.Lenses.Carbon.Inventory;

/// <summary>
/// The market-based method: order of instruments, one MWh used once, and what cannot be used.
/// </summary>
public class InstrumentTests
{
    private static readonly Instrument Good = StokeSeptember.Certificate;

    private static (InventoryReport Report, Answer Answer) With(params Instrument[] instruments)
    {
        var month = new StokeSeptember();
        month.Entry("grid:GB", "site:stoke", "electricity", "41198.60", "kWh", Basis.Invoiced);
        month.Books.Add([.. instruments]);
        return Ask(month.Books.View(StokeSeptember.Month));
    }

    public static TheoryData<string, Instrument> Unusable => new()
    {
        { "instrument.notRetired", Good with { RetiredFor = null } },
        { "instrument.retiredForOther", Good with { RetiredFor = "site:elsewhere" } },
        { "instrument.otherMarket", Good with { Market = "CN" } },
        { "instrument.noAmount", Good with { Mwh = null } },
        { "instrument.vintage", Good with { Vintage = 2024 } },
        { "instrument.vintage", Good with { Vintage = 2027 } },
        { "instrument.window", Good with { From = "2026-12", To = "2026-01" } },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void What_cannot_be_used_is_a_finding_and_covers_nothing(string code, Instrument instrument)
    {
        var (report, answer) = With(instrument);
        Assert.Single(answer.Of(code));
        Assert.Equal("5395.368656", At(report, "/scope2/market"));
    }

    [Fact]
    public void A_serial_number_is_used_once()
    {
        var (report, answer) = With(Good, Good with { Id = "second", Serial = "ST-2026-000015 to 000034" });
        Assert.Equal("second", Assert.Single(answer.Of("instrument.serialTwice")).Args["instrument"]);
        Assert.Equal("2776.168656", At(report, "/scope2/market"));
    }

    [Fact]
    public void Serial_numbers_that_follow_are_other_megawatt_hours()
    {
        var (report, answer) = With(Good, Good with { Id = "second", Serial = "ST-2026-000021 至 000040" });
        Assert.Empty(answer.Of("instrument.serialTwice"));
        Assert.Equal("156.968656", At(report, "/scope2/market"));
    }

    [Fact]
    public void Certificates_come_before_contracts_and_contracts_before_the_rate_of_the_supplier()
    {
        var (report, _) = With(
            Good with
            {
                Id = "rate",
                Kind = InstrumentKind.SupplierRate,
                Mwh = null,
                Serial = null,
                KgCo2ePerKwh = Amount.Parse("0.2"),
            },
            Good with
            {
                Id = "contract",
                Kind = InstrumentKind.Contract,
                Mwh = 10,
                Serial = null,
                KgCo2ePerKwh = Amount.Parse("0.05"),
            },
            Good);
        var lines = report.Scope2.Market.Lines;
        Assert.Equal(["certificate", "contract", "supplier-rate"], lines.Select(l => l.Kind));
        Assert.Equal(["20000", "10000", "11198.6"], lines.Select(l => $"{l.Quantity.Value}"));
        Assert.Equal("2739.72", At(report, "/scope2/market"));
        Assert.Equal("5395.368656", At(report, "/scope2/location"));
    }

    [Fact]
    public void More_than_the_site_used_is_a_finding_and_never_less_than_nothing()
    {
        var (report, answer) = With(Good with { Mwh = 50, From = "2026-09", To = "2026-09" });
        Assert.Equal("8801.4", Assert.Single(answer.Of("instrument.excess")).Args["unusedKwh"]);
        Assert.Equal("0", At(report, "/scope2/market"));
        Assert.Equal("41198.6", Assert.Single(report.Scope2.Market.Lines).Quantity.Value.ToString());
    }

    [Fact]
    public void An_instrument_that_could_be_used_before_the_report_is_named()
    {
        var (_, answer) = With(Good);
        Assert.Equal("2026-01", Assert.Single(answer.Of("instrument.beforePeriod")).Args["from"]);
        Assert.Empty(With(Good with { From = "2026-09" }).Answer.Of("instrument.beforePeriod"));
    }

    [Fact]
    public void Criteria_that_were_not_checked_are_named()
    {
        var (_, answer) = With(Good with { Quality = ["sole-claim"] });
        Assert.Contains("tracked-and-retired",
            Assert.Single(answer.Of("instrument.quality")).Args["criteria"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_residual_mix_comes_before_the_average_of_the_grid()
    {
        var grid = PacksUnderTest.Library.FactorsOf("electricity", FactorBasis.ElectricityGeneration)
            .Single(f => f.Pack.Id == "uk-desnz-2026" && f.Variant.Length == 0);
        var mix = grid with
        {
            Id = "residual",
            Basis = FactorBasis.ResidualMix,
            Value = Amount.Parse("0.3"),
            Gases = GasColumns.None,
            Co2 = null,
            Ch4 = null,
            N2o = null
        };
        var packs = FactorLibrary.From(PacksUnderTest.Library.Packs.Select(p => p.Header.Id == "uk-desnz-2026"
            ? p with { Factors = p.Factors.Add(mix) } : p));
        var month = new StokeSeptember();
        month.Entry("grid:GB", "site:stoke", "electricity", "10000", "kWh", Basis.Invoiced);
        var (report, answer) = Ask(month.Books.View(StokeSeptember.Month), packs: packs);
        Assert.Equal(("residual-mix", "3000"),
            (report.Scope2.Market.Lines[0].Kind, At(report, "/scope2/market")));
        Assert.Empty(answer.Of("inventory.noResidualMix"));
        Assert.Equal("1309.6", At(report, "/scope2/location"));
    }

    [Fact]
    public void A_residual_mix_known_from_one_transcription_is_used_when_it_is_chosen_by_name()
    {
        var average = PacksUnderTest.Library.FactorsOf("electricity", FactorBasis.ElectricityGeneration)
            .Single(f => f.Pack.Id == "uk-desnz-2026" && f.Variant.Length == 0);
        var mix = average with
        {
            Id = "residual",
            Basis = FactorBasis.ResidualMix,
            Value = Amount.Parse("0.3"),
            Status = FactorStatus.One,
            Gases = GasColumns.None,
            Co2 = null,
            Ch4 = null,
            N2o = null,
        };
        var packs = FactorLibrary.From(PacksUnderTest.Library.Packs.Select(p => p.Header.Id == "uk-desnz-2026"
            ? p with { Factors = p.Factors.Add(mix) } : p));
        var month = new StokeSeptember();
        month.Entry("grid:GB", "site:stoke", "electricity", "10000", "kWh", Basis.Invoiced);
        Assert.Equal("1309.6",
            At(Ask(month.Books.View(StokeSeptember.Month), packs: packs).Report, "/scope2/market"));
        month.Books.Override("flow", "grid:GB|site:stoke|electricity", "factor", "uk-desnz-2026:residual");
        var (report, _) = Ask(month.Books.View(StokeSeptember.Month), packs: packs);
        Assert.Equal("3000", At(report, "/scope2/market"));
        Assert.Equal("1309.6", At(report, "/scope2/location"));
    }

    [Fact]
    public void An_instrument_covers_its_months_alone()
    {
        var month = new StokeSeptember();
        foreach (var (first, last) in ((string, string)[])[("2026-08-01", "2026-08-31"),
            ("2026-09-01", "2026-09-30")])
            month.Books.Entry(
                "grid:GB", "site:stoke", "electricity", "15000", "kWh", first, last, Basis.Invoiced);
        month.Books.Add(Good with { From = "2026-09", To = "2026-09" });
        var (report, _) = Ask(month.Books.View("2026-08/2026-09"),
            """{"period":"2026-08/2026-09","gwp":"AR5","allowNearestEdition":true}""");
        Assert.Equal(["15000", "15000"], report.Scope2.Market.Lines.Select(l => $"{l.Quantity.Value}"));
        Assert.Equal("1964.4", At(report, "/scope2/market"));
    }
}
