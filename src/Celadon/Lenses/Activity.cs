using Celadon.Ledger;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Lenses;

/// <summary>
/// What counts of one flow in one month of one site: the measurement that precedence chose, or a part of it
/// with the same stated facts. Everything a lens computes from the books starts here.
/// </summary>
/// <param name="Site">Id of the site it belongs to; empty where no site can be told.</param>
/// <param name="Month">Local month of the site.</param>
/// <param name="From">Who gave it.</param>
/// <param name="To">Who took it.</param>
/// <param name="Resource">What.</param>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Calorific">Gross or net for fuel energy.</param>
/// <param name="Basis">How it is known.</param>
/// <param name="Facts">What the documents state.</param>
/// <param name="Quantity">How much, with the rows of the books under it.</param>
/// <param name="Estimated">The part of it that is estimated, in the same unit.</param>
/// <param name="IsAdjustment">True for what was recorded after the month was closed.</param>
/// <param name="FirstPosition">Position of the first record under it, for facts and findings.</param>
public sealed record Activity(
    string Site, YearMonth Month, Node From, Node To, string Resource, string Unit, CalorificBasis Calorific,
    Basis Basis, Facts Facts, Figure Quantity, Amount Estimated, bool IsAdjustment, long FirstPosition);

/// <summary>How much of a site's month a flow's chosen measurement covers.</summary>
/// <param name="Site">Id of the site.</param>
/// <param name="Month">Local month.</param>
/// <param name="From">Who gives.</param>
/// <param name="To">Who takes.</param>
/// <param name="Resource">What.</param>
/// <param name="Point">The meter or supply, where stated.</param>
/// <param name="Source">"meter", "posted" or the basis that was chosen.</param>
/// <param name="Known">Seconds covered.</param>
/// <param name="Length">Seconds in the month.</param>
public sealed record FlowCoverage(
    string Site, YearMonth Month, Node From, Node To, string Resource, string Point, string Source,
    long Known, long Length);
