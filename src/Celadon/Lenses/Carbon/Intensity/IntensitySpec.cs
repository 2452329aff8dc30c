using System.Collections.Immutable;
using Celadon.Lenses.Carbon.Inventory;

namespace Celadon.Lenses.Carbon;

/// <summary>Intensity ratios of a year and of the year before (UK SECR).</summary>
public sealed record IntensitySpec
{
    /// <summary>The year reported.</summary>
    public required IntensityYear Year { get; init; }

    /// <summary>
    /// The year before; null in the first year. Where the year's numerator is an inventory, null asks the
    /// books for the same months one year earlier.
    /// </summary>
    public IntensityYear? Prior { get; init; }
}

/// <summary>Emissions, energy and what they are divided by.</summary>
public sealed record IntensityYear
{
    /// <summary>Emissions: "38568.4 kg CO2e". Empty where they come from an inventory of the books.</summary>
    public ImmutableArray<StatedEmissions> Emissions { get; init; } = [];

    /// <summary>Energy, and transport that is brought to energy; beside what the inventory holds.</summary>
    public ImmutableArray<EnergyUse> Energy { get; init; } = [];

    /// <summary>An inventory of the books as numerator; null where the emissions are stated.</summary>
    public InventorySpec? Inventory { get; init; }

    /// <summary>
    /// What of the inventory counts: "1", "2-location" or "2-market", "3", or categories of Scope 3 ("3.6").
    /// </summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>Output, floor area, persons, turnover: one ratio each.</summary>
    public ImmutableArray<Denominator> Per { get; init; } = [];
}

/// <summary>A part of the emissions.</summary>
public sealed record StatedEmissions
{
    /// <summary>"Scope 1".</summary>
    public required string Name { get; init; }

    /// <summary>How much.</summary>
    public required Measure Emissions { get; init; }
}

/// <summary>A use of energy.</summary>
public sealed record EnergyUse
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>"41198.6 kWh", "134647.6 kWh gross", "26400 km".</summary>
    public required Measure Quantity { get; init; }

    /// <summary>
    /// What brings it to kWh where it is not energy: a row of basis energy-content, or "0.66 kWh/km".
    /// </summary>
    public FactorReference? Factor { get; init; }
}

/// <summary>What emissions and energy are divided by: a stated amount, or output of the books.</summary>
public sealed record Denominator
{
    /// <summary>
    /// "Ware", "Floor area", "Staff", "Turnover". The same name in the year before is compared.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>"9.8 t", "6200 m2", "58 person", "7400000 GBP"; null for output of the books.</summary>
    public Measure? Amount { get; init; }

    /// <summary>
    /// A product whose output the books hold (unit or site → stock), in the months and sites of the
    /// inventory; null where the amount is stated.
    /// </summary>
    public string? Output { get; init; }
}
