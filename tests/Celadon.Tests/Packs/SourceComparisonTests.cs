using Celadon.Packs;
using Celadon.Quantities;
using static Celadon.Tests.Packs.PacksUnderTest;

namespace Celadon.Tests.Packs;

/// <summary>
/// Every figure of the packs against the collected source files, where those lie beside the repository.
/// </summary>
public sealed class SourceComparisonTests
{
    [Fact]
    public void UK_2025_holds_every_value_of_its_source()
    {
        var expected = Rows("data/uk-desnz-2025-factors.csv").Select(row => (
            Group: row["row_group"] + " " + row["scope"], Value: Number(row["value"]),
            Co2: Number(row["kgco2e_of_co2"]),
            Ch4: Number(row["kgco2e_of_ch4"]), N2o: Number(row["kgco2e_of_n2o"])));
        var held = Library.Pack("uk-desnz-2025")!.Factors.Select(f => (
            Group: f.Source.Split(' ')[^1]
                + (f.Scope == "outside" ? " Outside of Scopes" : " Scope " + f.Scope),
            f.Value, f.Co2, f.Ch4, f.N2o));
        Assert.Equal(expected.Order(), held.Order());
    }

    /// <summary>
    /// Gas masses there were derived by division with GWP 28 and 265; here they are CO2e again, as published.
    /// </summary>
    [Fact]
    public void UK_2026_holds_every_value_of_its_source()
    {
        var held = Library.Pack("uk-desnz-2026")!.Factors.ToDictionary(f => f.Source.Split(' ')[^1]);
        var rows = Rows("data/uk-desnz-2026-factors.csv");
        Assert.Equal(held.Count, rows.Count);
        Assert.All(rows, row =>
        {
            var factor = held[row["source_row_group"]];
            Assert.Equal((Number(row["kgco2e_per_unit_published"]), Number(row["kgco2_per_unit"]),
                Number(row["biogenic_kgco2_per_unit"])), (factor.Value, factor.Co2, factor.Biogenic));
            if (factor.Gases == GasColumns.None) return;
            AssertNear(factor.Ch4!.Value, Number(row["kgch4_per_unit_derived"])!.Value * 28);
            AssertNear(factor.N2o!.Value, Number(row["kgn2o_per_unit_derived"])!.Value * 265);
        });
    }

    [Fact]
    public void China_IPCC_and_GWP_hold_every_value_of_their_source()
    {
        var expected = Rows("data/reference-factors-cn-ipcc-gwp.csv")
            .Select(row => Number(row["value"])!.Value);
        var held = Library.Pack("cn-grid")!.Factors.Select(f => f.Value!.Value)
            .Concat(Library.Gwp.Gases.Where(row => !PackDataTests.IsOfMontreal(row.Gas))
                .Select(row => row.Value))
            .Concat(Library.Pack("ipcc-2006-fuels")!.FuelProperties.Select(p => p.Value))
            .Concat(Library.Pack("ipcc-2006-fuels")!.Factors.SelectMany(f =>
                (Amount[])[f.Co2!.Value, f.Ch4!.Value, f.N2o!.Value]));
        Assert.Equal(expected.Order(), held.Order());
    }

    [Fact]
    public void Intensities_hold_every_row_of_their_source()
    {
        var expected = Rows("data/electricity-carbon-intensity.csv")
            .Select(row => string.Join(' ', row["iso3"],
            row["year"], Number(row["carbon_intensity_g_per_kwh"]), Number(row["gen_total_twh"]),
            Number(row["coal_twh"]),
            Number(row["solar_twh"])));
        var held = Library.Intensity.Rows.Select(row => string.Join(' ', row.Code, row.Year, row.GramsPerKwh,
            row.GenerationTwh, Source(row, "coal"), Source(row, "solar")));
        Assert.Equal(expected.Order(StringComparer.Ordinal), held.Order(StringComparer.Ordinal));

        static Amount? Source(IntensityRow row, string source) =>
            row.BySourceTwh.TryGetValue(source, out var twh) ? twh : null;
    }

    /// <summary>
    /// A spreadsheet's number of 17 digits (0.0000033152000000000005) is its number of 15: both files were
    /// read from
    /// binary floating point.
    /// </summary>
    private static Amount? Number(string text)
    {
        if (text.Length == 0) return null;
        var number = Amount.Parse(text);
        var digits = number.Unscaled.ToString(System.Globalization.CultureInfo.InvariantCulture)
            .TrimStart('-').Length;
        return digits > 15 ? number.Round(number.Scale - (digits - 15)) : number;
    }

    private static void AssertNear(Amount held, Amount expected) => Assert.True(
        (held - expected).Abs() <= expected.Abs() * Amount.Parse("0.000000000005"), $"{held} for {expected}");

    private static List<Dictionary<string, string>> Rows(string path)
    {
        var records = PackCsv.Parse(Reference(path), path, [])!.Value;
        return [.. records.Skip(1).Select(record => records[0].Cells.Zip(record.Cells)
            .ToDictionary(cell => cell.First, cell => cell.Second))];
    }
}
