using Celadon.Quantities;
using Celadon.Registers;
using NodaTime;

namespace Celadon.Packs;

/// <summary>
/// A row of a factor table: what one unit of an activity emits, and everything that says when and where.
/// </summary>
public sealed record Factor
{
    /// <summary>The pack it stands in.</summary>
    public required PackHeader Pack { get; init; }

    /// <summary>Its id in the pack: "fuels/gaseous-fuels/natural-gas/kwh-gross-cv".</summary>
    public required string Id { get; init; }

    /// <summary>Row of its file, from 1 with the header as row 1.</summary>
    public required int Row { get; init; }

    /// <summary>Canonical resource; empty when it is reachable by id only.</summary>
    public required string Resource { get; init; }

    /// <summary>What part of the chain it counts.</summary>
    public required FactorBasis Basis { get; init; }

    /// <summary>Place, by its id in the table of places.</summary>
    public required string Place { get; init; }

    /// <summary>
    /// What distinguishes it from other rows of its resource: fuel, load, route, blend. Empty for the general
    /// row.
    /// </summary>
    public required string Variant { get; init; }

    /// <summary>Its name in both languages.</summary>
    public required Name Name { get; init; }

    /// <summary>The publisher's own path to it.</summary>
    public required string Group { get; init; }

    /// <summary>Unit of the activity.</summary>
    public required Unit ActivityUnit { get; init; }

    /// <summary>Gross or net where the activity is fuel energy.</summary>
    public required CalorificBasis Calorific { get; init; }

    /// <summary>What it gives.</summary>
    public required FactorResult Result { get; init; }

    /// <summary>What its gas columns hold.</summary>
    public required GasColumns Gases { get; init; }

    /// <summary>The published value per activity unit; null when the gas columns are masses.</summary>
    public Amount? Value { get; init; }

    /// <summary>CO2 per activity unit; null when not split.</summary>
    public Amount? Co2 { get; init; }

    /// <summary>CH4 per activity unit; null when not split.</summary>
    public Amount? Ch4 { get; init; }

    /// <summary>N2O per activity unit; null when not split.</summary>
    public Amount? N2o { get; init; }

    /// <summary>
    /// kg biogenic CO2 per activity unit, outside the value; null when the row states none.
    /// </summary>
    public Amount? Biogenic { get; init; }

    /// <summary>
    /// The GWP set of its CO2e; null for masses, CO2 and kWh, and where the publisher mixes sets.
    /// </summary>
    public GwpSet? Gwp { get; init; }

    /// <summary>True where the publisher mixes GWP sets in one value.</summary>
    public bool MixedGwp { get; init; }

    /// <summary>Which GWP value its CH4 column was made with, or takes; null when not split.</summary>
    public MethaneOrigin? Methane { get; init; }

    /// <summary>Scope as its publisher files it: "1", "2", "3", "outside", or empty.</summary>
    public required string Scope { get; init; }

    /// <summary>Scope 3 category by common reading, or empty where it depends on the facts.</summary>
    public required string Category { get; init; }

    /// <summary>The year its data describe; null when not stated.</summary>
    public int? DataYear { get; init; }

    /// <summary>When this row was published, where it differs from the pack; else empty.</summary>
    public required string Published { get; init; }

    /// <summary>First day it applies, where it differs from the pack.</summary>
    public LocalDate? From { get; init; }

    /// <summary>First day after, where it differs from the pack.</summary>
    public LocalDate? To { get; init; }

    /// <summary>How it came to be known.</summary>
    public required FactorStatus Status { get; init; }

    /// <summary>Where it stands at its source.</summary>
    public required string Source { get; init; }

    /// <summary>When it was published: a year, a month or a day; empty when not known.</summary>
    public string PublishedOn => Published.Length > 0 ? Published : Pack.Published;

    /// <summary>First day it applies; null when it has no date.</summary>
    public LocalDate? AppliesFrom => From ?? Pack.Applies.From;

    /// <summary>First day after it applies; null when it has no date.</summary>
    public LocalDate? AppliesTo => To ?? Pack.Applies.To;

    /// <summary>"uk-desnz-2026:fuels/gaseous-fuels/natural-gas/kwh-gross-cv".</summary>
    public string Key => $"{Pack.Id}:{Id}";

    /// <summary>
    /// The edition as a reader knows it: the year of the row's own window, else the pack's edition.
    /// </summary>
    public string Edition => From is { } from
        ? from.Year.ToString(System.Globalization.CultureInfo.InvariantCulture) : Pack.Edition;

    /// <summary>Publisher, edition, licence and place at the source, in one line.</summary>
    public string Citation => $"{Pack.Citation}; {Source}";

    /// <summary>Unit of its result per activity unit: "kg CO2e/kWh".</summary>
    public string UnitText => $"{ResultUnit}/{ActivityUnit.Code}";

    /// <summary>Unit of what it gives: "kg CO2e", "kg CO2", "kWh".</summary>
    public string ResultUnit => Result switch
    {
        FactorResult.KgCo2e => "kg CO2e",
        FactorResult.KgCo2 => "kg CO2",
        _ => "kWh",
    };
}

/// <summary>How a value under a GWP set came about.</summary>
public enum ValueOrigin
{
    /// <summary>As published: the set is the publisher's own, or the factor is CO2 only or kWh.</summary>
    Published,

    /// <summary>The gas columns, taken back to masses by the publisher's GWP and weighted anew.</summary>
    Reweighted,

    /// <summary>Gas masses times GWP.</summary>
    FromMasses,
}

/// <summary>What a factor is worth under a chosen GWP set, per activity unit.</summary>
/// <param name="Total">kg CO2e (kg CO2 for a CO2-only factor, kWh for energy content).</param>
/// <param name="Co2">kg CO2e of CO2; null when not split.</param>
/// <param name="Ch4">kg CO2e of CH4; null when not split.</param>
/// <param name="N2o">kg CO2e of N2O; null when not split.</param>
/// <param name="Origin">How it came about.</param>
public sealed record FactorValue(Amount Total, Amount? Co2, Amount? Ch4, Amount? N2o, ValueOrigin Origin)
{
    /// <summary>True when the gases are known apart.</summary>
    public bool IsSplit => Co2 is not null;
}
