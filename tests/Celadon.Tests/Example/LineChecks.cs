using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;

namespace Celadon.Tests.Example;

/// <summary>
/// Holds the lines of a report against an expected one. The generator adds up all goods that a lorry carries;
/// the report has a line for each, so that lines of one factor in one category of one site are added up
/// first.
/// </summary>
internal static class LineChecks
{
    /// <summary>True when a line of the report is (a part of) the expected one.</summary>
    public static bool Fits(ExpectedLine expected, string section, InventoryLine line, FactorLibrary packs) =>
        section == expected.Scope && line.Category == expected.ReportCategory && line.Site == expected.Site
        && IsRow(expected, line, packs);

    /// <summary>Compares quantity, kilograms, gases and flags.</summary>
    public static void Equal(ExpectedLine expected, InventoryReport report, FactorLibrary packs)
    {
        var lines = report.Lines().Where(l => Fits(expected, l.Section, l.Line, packs)).Select(l => l.Line)
            .ToList();
        Assert.NotEmpty(lines);
        var unit = Units.Parse(expected.Unit.Split(' ')[0]);
        Assert.Equal(expected.Quantity, lines.Select(l =>
            new Quantity(l.Quantity.Value, Units.Parse(l.Quantity.Unit)).In(unit).Amount).Total().ToString());
        Assert.Equal(expected.Kg, lines.Select(l => l.Kgco2e.Value).Total().ToString());
        foreach (var (gas, kilograms) in (ReadOnlySpan<(string, string)>)
            [("co2", expected.Co2), ("ch4", expected.Ch4), ("n2o", expected.N2o)])
        {
            // The generator states a gas only where it needs it; what it states must agree.
            if (kilograms.Length > 0)
                Assert.Equal(kilograms, lines.Select(l => l.Gases[gas].Value).Total().ToString());
        }
        if (expected.Biogenic.Length > 0)
            Assert.Equal(expected.Biogenic, report.Biogenic.Lines
                .Where(l => l.Site == expected.Site && l.Resource == lines[0].Resource)
                .Select(l => l.Kgco2e.Value).Total().ToString());
        Assert.All(lines, line =>
        {
            Assert.Equal(expected.Flag.Length > 0, Has(line, "nearest-edition"));
            Assert.Equal(expected.Note.Contains("CO2 only", StringComparison.Ordinal), Has(line, "co2-only"));
            Assert.Equal(expected.Note == "estimated", Has(line, "estimated"));
            Assert.Equal(expected.Unit.EndsWith("gross", StringComparison.Ordinal),
                line.Calorific == CalorificBasis.Gross);
            Assert.Equal(expected.Unit.EndsWith("net", StringComparison.Ordinal),
                line.Calorific == CalorificBasis.Net);
        });
    }

    private static bool Has(InventoryLine line, string flag) => line.Flags.Any(f => f.Code == flag);

    /// <summary>True when the line's factor is the published row that the generator names.</summary>
    private static bool IsRow(ExpectedLine expected, InventoryLine line, FactorLibrary packs) =>
        expected.Source switch
        {
            "uk-desnz 2026" => line.Pack == "uk-desnz-2026" && RowGroup(line, packs) == expected.Row,
            "uk-desnz 2025" => line.Pack == "uk-desnz-2025" && RowGroup(line, packs) == expected.Row,
            "IPCC 2006, volume 2" => line.Pack == "ipcc-2006-fuels" && line.FactorId.EndsWith(
                "/" + ResourceCatalogue.Slug(expected.Row), StringComparison.Ordinal),
            "IPCC AR5" => line.Pack == "gwp-100" && line.FactorId
                == $"gwp-100:AR5/{packs.Resources.Find(expected.Name)!.Id}",
            "China grid 2023" => line.FactorId == "cn-grid:cn-grid/cn/2023" && expected.Row == "national",
            "instrument" => line.FactorId == $"instrument:{expected.Row}",
            _ => throw new InvalidOperationException($"The expected account names {expected.Source}."),
        };

    private static string RowGroup(InventoryLine line, FactorLibrary packs) =>
        packs.Factor(line.FactorId)!.Source.Split("row group ")[^1];
}
