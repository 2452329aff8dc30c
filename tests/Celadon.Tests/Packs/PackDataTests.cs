using Celadon.Packs;
using Celadon.Quantities;

namespace Celadon.Tests.Packs;

/// <summary>The packs of the repository load clean and hold the figures of their sources.</summary>
public sealed class PackDataTests
{
    private static FactorLibrary Library => PacksUnderTest.Library;

    [Fact]
    public void Every_pack_loads_clean()
    {
        var findings = PacksUnderTest.Readings.SelectMany(reading => reading.Findings)
            .Select(finding => $"{finding.Code} {finding.Place} {string.Join(' ', finding.Args.Values)}");
        Assert.Equal([], findings);
        Assert.Equal(
            ["carbon-values", "cn-grid", "ecodesign-criteria", "electricity-intensity", "en-15804",
                "footprint-rules", "gwp-100", "gwp-100-flows", "ipcc-2006-fuels", "listed-substances",
                "pef-circular",
                "public-holidays-cn", "public-holidays-gb", "report-2018", "residual-mix",
                "resources", "scope-rules", "substitutes", "uk-desnz-2025", "uk-desnz-2026", "uk-secr"],
            PacksUnderTest.Readings.Select(reading => reading.Id));
    }

    /// <summary>Gases of the Montreal Protocol: CFCs, HCFCs, halons, solvents, methyl bromide.</summary>
    internal static bool IsOfMontreal(string gas) => gas.StartsWith("cfc-", StringComparison.Ordinal)
        || gas.StartsWith("hcfc-", StringComparison.Ordinal)
        || gas.StartsWith("halon-", StringComparison.Ordinal)
        || gas is "carbon-tetrachloride" or "methyl-bromide" or "methyl-chloroform";

    /// <summary>What the UK's factors of 2025 say of these gases, by AR5, is what gwp-100 says.</summary>
    [Fact]
    public void Potentials_of_the_Montreal_gases_are_those_of_the_UK()
    {
        var uk = Library.Pack("uk-desnz-2025")!.Factors.Where(f => f.Variant == "total")
            .ToLookup(f => f.Resource, f => f.Value!.Value);
        var gases = Library.Gwp.Gases.Where(g => g.Set == GwpSet.Ar5 && IsOfMontreal(g.Gas)).ToList();
        Assert.Equal(19, gases.Count);
        Assert.All(gases, g => Assert.Equal(g.Value, Assert.Single(uk[g.Gas])));
    }

    /// <summary>AR4, Table 2.14; AR6, Table 7.SM.7.</summary>
    [Theory]
    [InlineData(GwpSet.Ar4, "cfc-11", "4750")]
    [InlineData(GwpSet.Ar4, "hcfc-22", "1810")]
    [InlineData(GwpSet.Ar6, "cfc-12", "12500")]
    [InlineData(GwpSet.Ar6, "hcfc-123", "90.4")]
    [InlineData(GwpSet.Ar6, "halon-1301", "7200")]
    public void Potentials_are_as_printed(GwpSet set, string gas, string value) => Assert.Equal(
        Amount.Parse(value), Library.Gwp.Of(gas, set)!.Value);

    [Fact]
    public void Every_factor_names_a_resource_and_a_place_that_the_catalogues_hold() =>
        Assert.Equal([], PackReader.CheckTogether(Library)
        .Select(finding => $"{finding.Code} {finding.Args["id"]}"));

    [Theory]
    [InlineData("uk-desnz-2025", 3123, 2616, 56, 451, 1302, 1314)]
    [InlineData("uk-desnz-2026", 446, 446, 0, 0, 232, 214)]
    [InlineData("cn-grid", 89, 0, 89, 0, 0, 0)]
    [InlineData("report-2018", 2, 0, 2, 0, 0, 0)]
    [InlineData("residual-mix", 0, 0, 0, 0, 0, 0)]
    public void Factor_rows_are_counted_by_result_and_split(
        string pack, int rows, int co2e, int co2, int kwh, int split, int notSplit)
    {
        var factors = Library.Pack(pack)!.Factors;
        Assert.Equal(
            (rows, co2e, co2, kwh, split, notSplit),
            (factors.Length, Of(FactorResult.KgCo2e), Of(FactorResult.KgCo2), Of(FactorResult.KWh),
                factors.Count(f => f.Gases == GasColumns.Co2e),
                factors.Count(f => f is { Result: FactorResult.KgCo2e, Gases: GasColumns.None })));

        int Of(FactorResult result) => factors.Count(f => f.Result == result);
    }

    /// <summary>
    /// Days as the sources count them: GOV.UK's data file by year, and the numbers of days that the notices
    /// of the State Council state (2025: 1 + 8 + 3 + 5 + 3 + 8; 2026: 3 + 9 + 3 + 5 + 3 + 3 + 7).
    /// </summary>
    [Theory]
    [InlineData("GB-EAW", 2025, 8, 0)]
    [InlineData("GB-EAW", 2026, 8, 0)]
    [InlineData("GB-SCT", 2025, 9, 0)]
    [InlineData("GB-SCT", 2026, 10, 0)]
    [InlineData("GB-NIR", 2027, 10, 0)]
    [InlineData("CN", 2025, 28, 5)]
    [InlineData("CN", 2026, 33, 6)]
    [InlineData("CN", 2027, 0, 0)]
    public void Public_holidays_are_counted_as_their_source_counts_them(
        string place, int year, int holidays, int worked)
    {
        var days = Library.Holidays(place).Where(d => d.Date.Year == year).ToList();
        Assert.Equal((holidays, worked), (days.Count(d => !d.IsWorked), days.Count(d => d.IsWorked)));
        Assert.Equal(days.Count, days.Select(d => d.Date).Distinct().Count());
        Assert.All(days.Where(d => d.IsWorked), d =>
            Assert.Contains(d.Date.DayOfWeek, (NodaTime.IsoDayOfWeek[])[NodaTime.IsoDayOfWeek.Saturday,
                NodaTime.IsoDayOfWeek.Sunday]));
        if (place != "CN")
            Assert.DoesNotContain(days, d => d.Date.DayOfWeek >= NodaTime.IsoDayOfWeek.Saturday);
    }

    [Theory]
    [InlineData("secr/employees", "250", "person")]
    [InlineData("secr/turnover", "36000000", "GBP")]
    [InlineData("secr/balance-sheet", "18000000", "GBP")]
    [InlineData("secr/de-minimis", "40000", "kWh")]
    public void Thresholds_of_rules_stand_in_packs(string id, string value, string unit) =>
        Assert.Equal((value, unit), ($"{Library.Value(id)!.Value}", Library.Value(id)!.Unit));

    [Fact]
    public void Other_tables_hold_what_their_sources_hold() => Assert.Equal(
        (6020, 226, 1990, 2025, 19, 99, 33),
        (Library.Intensity.Rows.Length, Library.Intensity.Rows.Select(r => r.Code).Distinct().Count(),
            Library.Intensity.Rows.Min(r => r.Year), Library.Intensity.Rows.Max(r => r.Year),
            Library.Pack("ipcc-2006-fuels")!.Factors.Length, Library.Gwp.Gases.Length,
            Library.Gwp.Gases.Select(row => (row.Gas, row.Origin)).Distinct().Count()));

    [Theory]
    [InlineData("uk-desnz-2025:fuels/gaseous-fuels/natural-gas/kwh-gross-cv", "0.18296")]
    [InlineData("uk-desnz-2025:uk-electricity/electricity-generated/electricity-uk/kwh/kwh", "0.177")]
    [InlineData("uk-desnz-2025:business-travel-land/cars-by-size/average-car/diesel/km", "0.17304")]
    [InlineData("uk-desnz-2025:business-travel-land/cars-by-size/average-car/petrol/km", "0.16272")]
    [InlineData("uk-desnz-2025:business-travel-land/cars-by-size/average-car/unknown/km", "0.16725")]
    [InlineData("uk-desnz-2025:business-travel-land/cars-by-size/average-car/battery-electric-vehicle/km",
        "0.04047")]
    [InlineData("uk-desnz-2025:freighting-goods/hgv-all-diesel/all-hgvs/average-laden/tonne-km", "0.10163")]
    [InlineData("uk-desnz-2025:waste-disposal/refuse/commercial-and-industrial-waste/landfill/tonnes",
        "520.5327")]
    [InlineData("uk-desnz-2025:waste-disposal/refuse/commercial-and-industrial-waste/"
        + "incineration-with-energy-recovery/tonnes", "4.68568")]
    [InlineData("uk-desnz-2025:material-use/construction/aggregates/primary-material-production/tonnes",
        "7.79306")]
    [InlineData("uk-desnz-2025:material-use/construction/aggregates/closed-loop-source/tonnes", "3.21835")]
    [InlineData("uk-desnz-2026:fuels/gaseous-fuels/natural-gas/kwh-gross-cv", "0.18231")]
    [InlineData("uk-desnz-2026:fuels/gaseous-fuels/natural-gas/kwh-net-cv", "0.20199")]
    [InlineData("uk-desnz-2026:fuels/gaseous-fuels/natural-gas/cubic-metres", "2.02633")]
    [InlineData("uk-desnz-2026:water-supply/water-supply/water-supply/cubic-metres", "0.1913")]
    [InlineData("cn-grid:cn-grid/cn/2020", "0.5703")]
    [InlineData("cn-grid:cn-grid/cn/2021", "0.5568")]
    [InlineData("cn-grid:cn-grid/cn/2022", "0.5366")]
    [InlineData("cn-grid:cn-grid/cn/2023", "0.5306")]
    [InlineData("cn-grid:cn-grid/cn/2023/excluding-traded-non-fossil", "0.6096")]
    [InlineData("cn-grid:cn-grid/cn-zj/2023", "0.4974")]
    [InlineData("cn-grid:cn-grid/cn-north/2021", "0.712")]
    [InlineData("cn-grid:cn-grid/cn-he/2022", "0.7252")]
    [InlineData("cn-grid:cn-grid/cn-yn/2022", "0.1073")]
    public void A_published_figure_stands_as_it_was_published(string key, string value) =>
        Assert.Equal(value, Library.Factor(key)!.Value.ToString());

    [Fact]
    public void Statuses_follow_the_sources()
    {
        var grid = Library.Pack("cn-grid")!.Factors;
        Assert.All(grid, f => Assert.Equal(
            f.Variant.Length > 0 || (f.DataYear is 2021 or 2022 && f.Place != "CN") ? FactorStatus.One
            : FactorStatus.Two,
            f.Status));
        Assert.Equal(75, grid.Count(f => f.Status == FactorStatus.One));
        Assert.Equal(["aviation-turbine-fuel", "coke-oven-coke", "crude-oil", "natural-gas-liquids"],
            Library.Pack("ipcc-2006-fuels")!.Factors.Where(f => f.Status == FactorStatus.One)
            .Select(f => f.Resource).Order());
    }

    [Fact]
    public void Fuel_defaults_are_masses_without_a_value()
    {
        var gas = Library.Factor("ipcc-2006-fuels:ipcc-2006/manufacturing/natural-gas")!;
        Assert.Equal(
            (GasColumns.Mass, null, "56100", "1", "0.1", "TJ", CalorificBasis.Net),
            (gas.Gases, gas.Value, gas.Co2.ToString(), gas.Ch4.ToString(), gas.N2o.ToString(),
                gas.ActivityUnit.Code, gas.Calorific));
    }

    [Theory]
    [InlineData("GBR", 2018, "285.65")]
    [InlineData("GB", 2024, "216.5")]
    [InlineData("CHN", 2000, "783.51")]
    [InlineData("中国", 2018, "636.89")]
    [InlineData("China", 2024, "555.4")]
    [InlineData("FRA", 2024, "40.48")]
    [InlineData("POL", 2018, "809.01")]
    [InlineData("OWID_WRL", 2024, "471.08")]
    public void Intensities_are_those_of_the_source(string country, int year, string grams) =>
        Assert.Equal(grams, Library.Intensity.Of(country, year)!.GramsPerKwh.ToString());

    [Theory]
    [InlineData("GBR", 1990, "C red")]
    [InlineData("GBR", 2000, "B blue")]
    [InlineData("GBR", 2018, "A green")]
    [InlineData("GBR", 2024, "A green")]
    [InlineData("CHN", 2000, "C red")]
    [InlineData("CHN", 2018, "B blue")]
    [InlineData("CHN", 2024, "B blue")]
    [InlineData("POL", 2018, "C red")]
    [InlineData("POL", 2024, "B blue")]
    [InlineData("OWID_EU27", 2018, "B blue")]
    [InlineData("OWID_EU27", 2024, "A green")]
    [InlineData("OWID_WRL", 2024, "B blue")]
    public void Both_countries_moved_to_a_lower_group(string country, int year, string band)
    {
        var found = Library.Intensity.BandOf(Kilograms(Library.Intensity.Of(country, year)!))!;
        Assert.Equal(band, $"{found.Group} {found.Colour}");
    }

    /// <summary>
    /// The reference counts 28, 23 and 14 countries of group C: it left Kosovo out with the aggregates, whose
    /// codes look like its own (OWID_KOS). It is no aggregate, so group C has one more.
    /// </summary>
    [Theory]
    [InlineData(2000, 57, 125, 28 + 1)]
    [InlineData(2018, 55, 134, 23 + 1)]
    [InlineData(2024, 64, 117, 14 + 1)]
    public void Countries_are_counted_by_group(int year, int a, int b, int c)
    {
        var groups = Library.Intensity.Rows.Where(row => row.IsCountry && row.Year == year)
            .ToLookup(row => Library.Intensity.BandOf(Kilograms(row))!.Group);
        Assert.Equal((a, b, c), (groups["A"].Count(), groups["B"].Count(), groups["C"].Count()));
        Assert.Contains(groups["C"], row => row.Code == "OWID_KOS");
    }

    [Theory]
    [InlineData("0.25", "A", "C", "green")]
    [InlineData("0.29", "A", "C", "green")]
    [InlineData("0.295", "B", "B", "blue")]
    [InlineData("0.294999", "A", "C", "green")]
    [InlineData("0.285", "A", "C", "green")]
    [InlineData("0.69", "B", "B", "blue")]
    [InlineData("0.695", "C", "A", "red")]
    [InlineData("0", "A", "C", "green")]
    [InlineData("3", "C", "A", "red")]
    public void Between_the_printed_bands_half_to_even_decides(string kgPerKwh, string group, string tier,
        string colour)
    {
        var band = Library.Intensity.BandOf(Amount.Parse(kgPerKwh))!;
        Assert.Equal((group, tier, colour), (band.Group, band.Tier, band.Colour));
    }

    [Fact]
    public void A_year_outside_the_series_is_not_extrapolated() =>
        Assert.Equal((null, null),
        (Library.Intensity.Of("CHN", 1995), Library.Intensity.Of("Atlantis", 2018)));

    [Fact]
    public void Every_licence_names_itself_and_every_row_its_source() => Assert.All(Library.Packs, pack =>
    {
        Assert.NotEqual("", pack.Header.Licence.Name);
        Assert.Equal(64, pack.Sha256.Length);
        Assert.All(pack.Factors, factor => Assert.NotEqual("", factor.Source));
    });

    /// <summary>The columns of every kind stand in the documentation as the files have them.</summary>
    [Fact]
    public void The_documentation_names_the_columns_of_every_kind()
    {
        var text = string.Join(' ', PacksUnderTest.Document("docs/packs.md").Split(
            (char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.All(Library.Packs.SelectMany(pack =>
            pack.Header.Tables.Select(table => (pack.Header.Id, table))), it =>
        {
            var bytes = PacksUnderTest.Folder.Read(it.Id, it.table.File)!;
            var header = System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0,
                Array.IndexOf(bytes, (byte)'\n')));
            Assert.Contains($"`{it.table.Kind}`", text, StringComparison.Ordinal);
            Assert.Contains(header.Replace(",", ", ", StringComparison.Ordinal), text,
                StringComparison.Ordinal);
        });
    }

    private static Amount Kilograms(IntensityRow row) => row.GramsPerKwh * Amount.Parse("0.001");
}
