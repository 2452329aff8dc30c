using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Products;

/// <summary>The circular footprint of a product, term by term.</summary>
/// <param name="Product">The product.</param>
/// <param name="Unit">Unit of the indicator.</param>
/// <param name="Terms">Each term over all materials, burdens and credits apart.</param>
/// <param name="Materials">Each material with its terms.</param>
/// <param name="Total">Sum of the materials.</param>
public sealed record CircularFootprintReport(
    string Product, string Unit, CircularTerms Terms, ImmutableArray<CircularMaterialReport> Materials,
    Figure Total) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("total", Total);
}

/// <summary>A material.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="EndOfLifeStated">False when only the terms of the input are counted.</param>
/// <param name="Allocation">A, as stated or from a pack; null where no term needs it.</param>
/// <param name="Terms">Its terms.</param>
/// <param name="Total">Their sum.</param>
public sealed record CircularMaterialReport(
    string Name, bool EndOfLifeStated, Figure? Allocation, CircularTerms Terms, Figure Total)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("total", Total);
}

/// <summary>
/// The terms of the formula, in the indicator's unit; a credit is negative. Null: not stated, or not needed.
/// </summary>
/// <param name="Virgin">(1−R1) E_V.</param>
/// <param name="RecycledOwn">R1 A E_rec.</param>
/// <param name="RecycledVirgin">R1 (1−A) E_V Q_Sin/Q_P.</param>
/// <param name="Recycling">(1−A) R2 E_recEoL.</param>
/// <param name="RecyclingCredit">−(1−A) R2 E*_V Q_Sout/Q_P.</param>
/// <param name="EnergyRecovery">(1−B) R3 E_ER.</param>
/// <param name="HeatCredit">−(1−B) R3 LHV X_ER,heat E_SE,heat.</param>
/// <param name="ElectricityCredit">−(1−B) R3 LHV X_ER,elec E_SE,elec.</param>
/// <param name="Disposal">(1−R2−R3) E_D.</param>
public sealed record CircularTerms(
    Figure? Virgin, Figure? RecycledOwn, Figure? RecycledVirgin, Figure? Recycling, Figure? RecyclingCredit,
    Figure? EnergyRecovery, Figure? HeatCredit, Figure? ElectricityCredit, Figure? Disposal)
{
    /// <summary>The terms that there are, each with its text key.</summary>
    internal IReadOnlyList<(string Label, Figure Figure)> Stated =>
        [.. All.Where(t => t.Figure is not null).Select(t => (t.Label, t.Figure!))];

    /// <summary>Every term, each with its text key.</summary>
    internal IReadOnlyList<(string Label, Figure? Figure)> All =>
    [
        ("operand.circular.term.virgin", Virgin),
        ("operand.circular.term.recycledOwn", RecycledOwn),
        ("operand.circular.term.recycledVirgin", RecycledVirgin),
        ("operand.circular.term.recycling", Recycling),
        ("operand.circular.term.recyclingCredit", RecyclingCredit),
        ("operand.circular.term.energyRecovery", EnergyRecovery),
        ("operand.circular.term.heatCredit", HeatCredit),
        ("operand.circular.term.electricityCredit", ElectricityCredit),
        ("operand.circular.term.disposal", Disposal),
    ];

    /// <summary>The terms from a list in the order of <see cref="All"/>.</summary>
    internal static CircularTerms Of(IReadOnlyList<Figure?> terms) => new(terms[0], terms[1], terms[2],
        terms[3], terms[4], terms[5], terms[6], terms[7], terms[8]);
}
