using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Server;

/// <summary>Which pack rows.</summary>
/// <param name="Pack">Id of the pack, or null for all.</param>
/// <param name="Text">Words that must all occur in name or id, or null.</param>
/// <param name="Resource">Resource id, or null.</param>
/// <param name="Basis">"combustion", "life-cycle", …, or null.</param>
/// <param name="Place">"GB", "CN", or null.</param>
/// <param name="Row">Id of one row, or null.</param>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to give.</param>
public sealed record PackQuery(
    string? Pack = null, string? Text = null, string? Resource = null, string? Basis = null,
    string? Place = null,
    string? Row = null, int Skip = 0, int Take = 50);

/// <summary>A row of a pack that carries a number.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Id">Its id in the pack.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Resource">Resource id, or empty.</param>
/// <param name="Basis">What the number counts: a basis of factors, "gwp", "calorific-value", "density",
/// "value", "intensity".</param>
/// <param name="Place">Where it holds, or empty.</param>
/// <param name="Value">The number; null when its gases are stated apart.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Status">How the row was read.</param>
/// <param name="Fields">Everything else the row says, by text key of the field.</param>
public sealed record PackRowInfo(
    PackHeader Pack, string Id, Name Name, string Resource, string Basis, string Place, Amount? Value,
    string Unit,
    string Status, IReadOnlyList<(string Field, string Value)> Fields);

/// <summary>Pack rows with their facets.</summary>
public sealed record PackListing(IReadOnlyList<PackRowInfo> Rows, int Total, IReadOnlyList<Facet> Facets);

/// <summary>Every row of the packs that carries a number, to be narrowed.</summary>
internal static class PackRows
{
    public static PackListing Find(FactorLibrary library, PackQuery query)
    {
        var words = query.Text?.Split(' ',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        bool Fits(PackRowInfo r) => (query.Resource is null || r.Resource == query.Resource)
            && (query.Basis is null || r.Basis == query.Basis)
                && (query.Place is null || r.Place == query.Place)
            && (query.Row is null || r.Id == query.Row)
            && Array.TrueForAll(words, w => Has(r.Id, w) || Has(r.Name.En, w) || Has(r.Name.Zh, w));
        var rows = library.Packs.Where(p => query.Pack is null || p.Header.Id == query.Pack)
            .SelectMany(RowsOf)
            // Thresholds of rules stand behind the factors that most come for.
            .Where(Fits).OrderBy(r => r.Basis == "value").ToList();
        return new PackListing([.. rows.Skip(query.Skip).Take(query.Take)], rows.Count,
        [
            Facet.Of("pack", rows.Select(r => (r.Pack.Id, 1L))),
            Facet.Of("basis", rows.Select(r => (r.Basis, 1L))),
            Facet.Of("resource", rows.Select(r => (r.Resource, 1L))),
            Facet.Of("place", rows.Select(r => (r.Place, 1L))),
        ]);
    }

    private static IEnumerable<PackRowInfo> RowsOf(Pack pack) =>
    [
        .. pack.Factors.Select(OfFactor),
        .. pack.Gwps.Select(g => new PackRowInfo(g.Pack, g.Id, g.Name, g.Gas, "gwp", "", g.Value,
        "kg CO2e/kg", Word(g.Status),
            [("set", g.Set.ToString().ToUpperInvariant()), ("source", g.Source)])),
        .. pack.FuelProperties.Select(f =>
            new PackRowInfo(f.Pack, f.Id, f.Name, f.Resource, f.Property, f.Place, f.Value,
            $"{f.Numerator.Code}/{f.Denominator.Code}", Word(f.Status), [("variant", f.Variant),
                ("calorific", f.Calorific == CalorificBasis.None ? "" : Word(f.Calorific)),
                ("source", f.Source)])),
        .. pack.Values.Select(v => new PackRowInfo(v.Pack, v.Id, v.Name, "", "value", "", v.Value, v.Unit,
            Word(v.Status), [("source", v.Source)])),
        .. pack.Intensities.Select(i => new PackRowInfo(i.Pack,
        FormattableString.Invariant($"{i.Code}/{i.Year}"), i.Name,
            "electricity", "intensity", i.Place.Length > 0 ? i.Place : i.Code, i.GramsPerKwh, "g CO2e/kWh",
            "",
            [("year", FormattableString.Invariant($"{i.Year}")),
            ("generation", i.GenerationTwh is { } g ? $"{g} TWh" : "")])),
    ];

    private static PackRowInfo OfFactor(Factor f) =>
        new(f.Pack, f.Id, f.Name, f.Resource, Word(f.Basis), f.Place, f.Value,
        f.UnitText, Word(f.Status),
        [
            ("group", f.Group), ("variant", f.Variant),
            ("calorific", f.Calorific == CalorificBasis.None ? "" : Word(f.Calorific)),
            ("co2", GasOf(f, f.Co2, "CO2")), ("ch4", GasOf(f, f.Ch4, "CH4")),
            ("n2o", GasOf(f, f.N2o, "N2O")),
            ("gases", f.Gases == GasColumns.None ? "" : Word(f.Gases)),
            ("biogenic", f.Biogenic?.ToString() ?? ""),
            ("set", f.Gwp?.ToString().ToUpperInvariant() ?? ""), ("scope", f.Scope), ("category", f.Category),
            ("year", f.DataYear is { } year ? FormattableString.Invariant($"{year}") : ""),
            ("from", f.AppliesFrom?.ToString("uuuu-MM-dd", null) ?? ""),
            ("to", f.AppliesTo?.ToString("uuuu-MM-dd", null) ?? ""),
            ("source", f.Source),
        ]);

    /// <summary>
    /// A gas with its unit: a mass of it, or what it comes to in CO2e; empty when not split.
    /// </summary>
    private static string GasOf(Factor f, Quantities.Amount? amount, string gas)
    {
        if (amount is not { } value) return "";
        var unit = f.Gases == GasColumns.Mass ? $"kg {gas}/{f.ActivityUnit.Code}" : f.UnitText;
        return $"{Text.Catalogue.Number(value)} {Web.Show.Unit(unit)}";
    }

    /// <summary>A word of a closed vocabulary as the packs write it.</summary>
    private static string Word<T>(T value) where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>
    /// A word that begins with what was typed; anywhere where words are written without spaces.
    /// </summary>
    private static bool Has(string? text, string word)
    {
        if (text is null) return false;
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
            if (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])
                || !char.IsAsciiLetterOrDigit(word[0])) return true;
        return false;
    }
}
