using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// What statements say beside the inventory: scopes 1 and 2 together, energy in kWh, ratios, and how much of
/// the total rests on what. Masses are kg CO2e under one GWP set.
/// </summary>
public sealed record DisclosureReport
{
    /// <summary>The months.</summary>
    public required MonthSpan Period { get; init; }

    /// <summary>The GWP set.</summary>
    public required GwpSet Gwp { get; init; }

    /// <summary>Scopes 1 and 2, location-based; null when the books hold neither.</summary>
    public required Figure? Scope12Location { get; init; }

    /// <summary>Scopes 1 and 2, market-based.</summary>
    public required Figure? Scope12Market { get; init; }

    /// <summary>Scopes 1, 2 (location-based) and 3, as far as they are known.</summary>
    public required Figure? Known { get; init; }

    /// <summary>True when something that belongs to scopes 1 and 2 has no figure.</summary>
    public required bool Partial { get; init; }

    /// <summary>Energy by site and carrier.</summary>
    public required ImmutableArray<DisclosureEnergy> Energy { get; init; }

    /// <summary>
    /// Energy in kWh by use: "electricity", "gas", "transport", "other"; uses with nothing are absent.
    /// </summary>
    public required ImmutableSortedDictionary<string, Figure> EnergyByUse { get; init; }

    /// <summary>All energy in kWh as far as it is known; null when none is.</summary>
    public required Figure? EnergyTotal { get; init; }

    /// <summary>False when a carrier could not be brought to kWh.</summary>
    public required bool EnergyComplete { get; init; }

    /// <summary>
    /// Emissions and energy per output, floor area and person, as far as the books hold them.
    /// </summary>
    public required ImmutableArray<DisclosureRatio> Ratios { get; init; }

    /// <summary>
    /// How the known total is evidenced, by the weakest evidence of each line: "measured", "invoiced", …
    /// </summary>
    public required ImmutableArray<DisclosureShare> Evidence { get; init; }

    /// <summary>
    /// The part of the known total that rests on estimated amounts; null when nothing does.
    /// </summary>
    public required DisclosureShare? Estimated { get; init; }

    /// <summary>
    /// How much of the known total rests on each limit ("nearest-edition", "co2-only", …).
    /// </summary>
    public required ImmutableArray<DisclosureShare> Limits { get; init; }

    /// <summary>
    /// Of the market-based Scope 2, what no instrument covers and no residual mix prices, so that it stands
    /// at the grid's average; null when there is none.
    /// </summary>
    public required DisclosureShare? WithoutResidualMix { get; init; }
}

/// <summary>Energy of a carrier at a site.</summary>
/// <param name="Site">Id of the site.</param>
/// <param name="Country">Its country; empty where it is not known.</param>
/// <param name="Carrier">Canonical resource.</param>
/// <param name="Use">"electricity", "gas", "transport" or "other".</param>
/// <param name="Quantity">As it is recorded.</param>
/// <param name="Energy">In kWh, kWh gross or kWh net; null when no calorific value is known.</param>
public sealed record DisclosureEnergy(
    string Site, string Country, string Carrier, string Use, Figure Quantity, Figure? Energy)
    : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal =>
        Energy is { } energy ? ("energy", energy) : ("quantity", Quantity);
}

/// <summary>A ratio of scopes 1 and 2 (location-based) and of energy.</summary>
/// <param name="Name">"floorArea", "persons", or the id of a product.</param>
/// <param name="Per">What is divided by, with its unit.</param>
/// <param name="Emissions">kg CO2e per unit.</param>
/// <param name="Energy">kWh per unit; null when no energy is known.</param>
public sealed record DisclosureRatio(string Name, Figure Per, Figure Emissions, Figure? Energy)
    : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal => ("emissions", Emissions);
}

/// <summary>A part of a total.</summary>
/// <param name="Code">What the part has in common.</param>
/// <param name="Lines">How many lines.</param>
/// <param name="Kgco2e">Their sum.</param>
/// <param name="Percent">Its share of the total; null where the total is zero.</param>
public sealed record DisclosureShare(string Code, int Lines, Figure Kgco2e, Figure? Percent)
    : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal => ("kgco2e", Kgco2e);
}
