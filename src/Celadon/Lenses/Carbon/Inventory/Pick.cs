using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// A factor as a line uses it: its value under the report's GWP set, by gas, with traces and flags.
/// </summary>
internal sealed record Pick
{
    /// <summary>"pack:row" or "instrument:id".</summary>
    public required string Id { get; init; }

    /// <summary>What multiplies.</summary>
    public required string Kind { get; init; }

    /// <summary>Its pack; null for an instrument.</summary>
    public required string? Pack { get; init; }

    /// <summary>Its own name.</summary>
    public required Name Name { get; init; }

    /// <summary>Unit of the activity.</summary>
    public required Unit Unit { get; init; }

    /// <summary>Gross or net where the activity is fuel energy.</summary>
    public CalorificBasis Calorific { get; init; }

    /// <summary>Result per unit.</summary>
    public required Figure Value { get; init; }

    /// <summary>Result per unit, by gas.</summary>
    public ImmutableSortedDictionary<string, Figure> Gases { get; init; } = Sorted([]);

    /// <summary>Result per unit that is not split; null when the gases are the whole.</summary>
    public Figure? Rest { get; init; }

    /// <summary>Unit of the result: "kg CO2e", "kg CO2".</summary>
    public string ResultUnit { get; init; } = "kg CO2e";

    /// <summary>True for a gas outside the Kyoto basket.</summary>
    public bool IsOutsideKyoto { get; init; }

    /// <summary>What a reader must know.</summary>
    public ImmutableArray<InventoryFlag> Flags { get; init; } = [];

    /// <summary>Other factors worth a look.</summary>
    public ImmutableArray<InventoryCandidate> Candidates { get; init; } = [];

    /// <summary>Packs whose rows it uses beside its own.</summary>
    public ImmutableArray<string> OtherPacks { get; init; } = [];

    /// <summary>Gases in order.</summary>
    public static ImmutableSortedDictionary<string, Figure> Sorted(
        IEnumerable<KeyValuePair<string, Figure>> gases) =>
        gases.ToImmutableSortedDictionary(StringComparer.Ordinal);
}

/// <summary>
/// The outcome of looking for a factor: a pick with the conversion that leads to it, or why there is none.
/// </summary>
/// <param name="Pick">The factor; null when refused or when there is nothing to count.</param>
/// <param name="Conversion">How the amount becomes what it multiplies.</param>
/// <param name="Refusal">Why there is none; null when there is nothing to count.</param>
/// <param name="Candidates">The nearest factors of a refusal.</param>
internal sealed record Resolved(
    Pick? Pick, Conversion Conversion, Finding? Refusal, ImmutableArray<InventoryCandidate> Candidates)
{
    /// <summary>
    /// The row of a factor table that was selected, with its flags, also where the GWP set gives it no value;
    /// null where none was.
    /// </summary>
    public (Factor Row, ImmutableArray<InventoryFlag> Flags)? Selected { get; init; }

    public static Resolved Found(Pick pick, Conversion conversion) => new(pick, conversion, null, []);

    public static readonly Resolved Nothing = new(null, new Conversion.Plain(), null, []);

    public static Resolved Refused(Finding why, ImmutableArray<InventoryCandidate> candidates = default) =>
        new(null, new Conversion.Plain(), why with { Severity = Severity.Warning },
            candidates.IsDefault ? [] : candidates);
}
