using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Carbon;

/// <summary>Emissions by line, with one total for each kind: CO2 and CO2e are never added.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Totals">One a kind ("kg CO2", "kg CO2e", "kg CH4").</param>
/// <param name="Biogenic">Biogenic CO2, outside the totals; null when no line states any.</param>
public sealed record EmissionsReport(
    ImmutableArray<EmissionsLineReport> Lines, ImmutableArray<Figure> Totals, Figure? Biogenic);

/// <summary>A line.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Emissions">Its emissions; null where its gases stay apart for want of a GWP set.</param>
/// <param name="Gases">Its gases, where they are known apart.</param>
/// <param name="Biogenic">Its biogenic CO2, apart.</param>
public sealed record EmissionsLineReport(
    string Name, Figure? Emissions, ImmutableArray<GasReport> Gases, Figure? Biogenic) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal =>
        Emissions is { } emissions ? ("emissions", emissions) : ("gases/0/mass", Gases[0].Mass!);
}

/// <summary>One gas of a line.</summary>
/// <param name="Gas">"CO2", "CH4", "N2O", …</param>
/// <param name="Mass">Its mass; null where the publisher gives CO2 equivalents only.</param>
/// <param name="Co2e">Its CO2 equivalent; null without a GWP set.</param>
public sealed record GasReport(string Gas, Figure? Mass, Figure? Co2e);
