using System.Collections.Immutable;
using System.Text.Json;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>
/// A statement as the factor of what was bought: kg CO2e per unit without biogenic uptake, as carbon.category
/// takes it under the supplier-specific method (GHG Protocol, Scope 3 guidance, formula 1.1).
/// </summary>
/// <param name="Value">Per one unit.</param>
/// <param name="Unit">"kg CO2e/m2".</param>
/// <param name="Source">Whose statement, which, and of which period.</param>
public sealed record StatementFactor(Amount Value, string Unit, string Source)
{
    /// <summary>Decimals of a quotient that does not end.</summary>
    private const int Scale = 20;

    private static readonly ImmutableDictionary<string, string> Units = new Dictionary<string, string>
    {
        ["liter"] = "L", ["kilogram"] = "kg", ["cubic meter"] = "m3", ["kilowatt hour"] = "kWh",
        ["megajoule"] = "MJ", ["ton kilometer"] = "tkm", ["square meter"] = "m2", ["piece"] = "piece",
        ["hour"] = "h",
    }.ToImmutableDictionary();

    /// <summary>The books' own unit for one that a footprint is declared in; null where there is none.
    /// </summary>
    internal static string? UnitOf(string declared) => Units.GetValueOrDefault(declared);

    /// <summary>The factor of a statement; null where the books have no such unit.</summary>
    public static StatementFactor? Of(ProductFootprintStatement statement)
    {
        var pcf = statement.Pcf;
        if (pcf[PcfValue.ExcludingUptake] is not { } whole || pcf.UnitCount.Sign <= 0
            || !Units.TryGetValue(pcf.Unit, out var unit)) return null;
        var value = Amount.TryDivide(whole, pcf.UnitCount, out var exact)
            ? exact : Amount.Divide(whole, pcf.UnitCount, Scale);
        return new StatementFactor(value, $"kg CO2e/{unit}", string.Join("; ", statement.Company,
            statement.Product, statement.Id, $"{pcf.ReferenceStart}/{pcf.ReferenceEnd}"));
    }

    /// <summary>As it stands in a spec: {"value":"9.75","unit":"kg CO2e/m2","source":"…"}.</summary>
    public string ToSpec() => JsonSerializer.Serialize(
        new { value = Value.ToString(), unit = Unit, source = Source }, Written);

    private static readonly JsonSerializerOptions Written =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
