using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Registers;

namespace Celadon.Lenses.Carbon;

/// <summary>Intensities with their bands.</summary>
/// <param name="Items">The items, in the order of the spec.</param>
/// <param name="Bands">The bands as the report prints them.</param>
/// <param name="Rounding">Decimals an intensity is rounded to, half to even, before it is classified.</param>
public sealed record TierReport(
    ImmutableArray<TierItemReport> Items, ImmutableArray<TierBand> Bands, int Rounding);

/// <summary>
/// A band. Group and tier letters run opposite ways: colour, name and numbers are shown with them, always.
/// </summary>
public sealed record TierBand(
    string Group, string Tier, string Colour, Name Name, string? Lower, string? Upper);

/// <summary>An intensity and its band.</summary>
/// <param name="Name">What was classified.</param>
/// <param name="Year">The year; null for a stated intensity.</param>
/// <param name="Edition">Edition of the series; null for a stated intensity.</param>
/// <param name="Intensity">As stated or published, in kg/kWh.</param>
/// <param name="Rounded">The number that was classified.</param>
/// <param name="Band">Its band.</param>
public sealed record TierItemReport(
    string Name, int? Year, string? Edition, Figure Intensity, Figure Rounded, TierBand Band)
        : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("intensity", Intensity);
}

/// <summary>Series of countries.</summary>
/// <param name="Edition">Edition of the series.</param>
/// <param name="Countries">The countries, in the order of the spec.</param>
public sealed record TierHistoryReport(string Edition, ImmutableArray<TierCountryReport> Countries);

/// <summary>A country.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Years">Its years, in order.</param>
/// <param name="Moves">Years in which its group changed.</param>
public sealed record TierCountryReport(
    string Code, Name Name, ImmutableArray<TierItemReport> Years, ImmutableArray<TierMove> Moves);

/// <summary>A change of group.</summary>
/// <param name="Year">The first year in the new group.</param>
/// <param name="Since">The year it is compared with: the one before in the series.</param>
/// <param name="From">Group before.</param>
/// <param name="To">Group after.</param>
/// <param name="Down">True for a move to a lower intensity.</param>
/// <param name="Change">Change of intensity between the two years, kg/kWh.</param>
public sealed record TierMove(int Year, int Since, string From, string To, bool Down, Figure Change);
