using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>A line: one resource of one site under one factor, over all months.</summary>
public sealed record InventoryLine : IHasPrincipalFigure
{
    /// <summary>"1", "2", "3", "biogenic", "removals", "captured", "outside".</summary>
    public required string Scope { get; init; }

    /// <summary>
    /// Scope 3: "1" to "15". Else "stationary", "mobile", "fugitive", "process", "electricity", "heat", …
    /// </summary>
    public required string Category { get; init; }

    /// <summary>
    /// What multiplies: the basis of the factor ("combustion", "well-to-tank", "transport"), or for the
    /// market-based method "certificate", "contract", "supplier-rate", "residual-mix", "grid-average".
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>What it is: the resource's name, or the instrument's.</summary>
    public required Name Label { get; init; }

    /// <summary>The title of the rule that gave it.</summary>
    public required Name Title { get; init; }

    /// <summary>Id of the rule that gave it.</summary>
    public required string Rule { get; init; }

    /// <summary>Id of the site; empty where no site can be told.</summary>
    public required string Site { get; init; }

    /// <summary>
    /// First month with an amount, as a period with the last: "2026-09", "2025-10/2026-09".
    /// </summary>
    public required MonthSpan Period { get; init; }

    /// <summary>Canonical id of the resource.</summary>
    public required string Resource { get; init; }

    /// <summary>How much, in the factor's unit.</summary>
    public required Figure Quantity { get; init; }

    /// <summary>Gross or net where the quantity is fuel energy; null otherwise.</summary>
    public required CalorificBasis? Calorific { get; init; }

    /// <summary>Of that, the estimated part; null when nothing is estimated.</summary>
    public required Figure? Estimated { get; init; }

    /// <summary>kg CO2e per unit under the report's GWP set.</summary>
    public required Figure Factor { get; init; }

    /// <summary>"pack:row" of the factor, or "instrument:id".</summary>
    public required string FactorId { get; init; }

    /// <summary>The factor's own name.</summary>
    public required Name FactorName { get; init; }

    /// <summary>Pack of the factor; null for an instrument.</summary>
    public required string? Pack { get; init; }

    /// <summary>Quantity × factor (× share), kg CO2e.</summary>
    public required Figure Kgco2e { get; init; }

    /// <summary>Of that, by gas, as far as the factor is split.</summary>
    public required ImmutableSortedDictionary<string, Figure> Gases { get; init; }

    /// <summary>Of that, what the factor's publisher does not split; null when there is none.</summary>
    public required Figure? NotSplit { get; init; }

    /// <summary>The weakest evidence under it.</summary>
    public required Basis Basis { get; init; }

    /// <summary>What a reader must know of it.</summary>
    public required ImmutableArray<InventoryFlag> Flags { get; init; }

    /// <summary>Other factors that a reader may want to choose by name.</summary>
    public required ImmutableArray<InventoryCandidate> Candidates { get; init; }

    /// <summary>Overrides that shaped it.</summary>
    public required ImmutableArray<InventoryOverride> Overrides { get; init; }

    /// <summary>
    /// Months of the flows under it that are known only in part, or of which nothing is known.
    /// </summary>
    public required bool Partial { get; init; }

    (string Property, Figure Figure) IHasPrincipalFigure.Principal => ("kgco2e", Kgco2e);
}

/// <summary>Something a reader must know of a line; its text stands under "inventory.flag.CODE".</summary>
/// <param name="Code">
/// "nearest-edition", "part-of-period", "wider-place", "chosen-by-name", "one-transcription",
/// "general-knowledge", "variant-by-default", "default-calorific-value", "default-density", "co2-only",
/// "not-split", "reweighted", "part-not-counted", "estimated", "asks".
/// </param>
/// <param name="Wanted">What was wanted; null where it does not apply.</param>
/// <param name="Taken">What was taken instead.</param>
public sealed record InventoryFlag(string Code, string? Wanted = null, string? Taken = null);

/// <summary>A factor that was near.</summary>
/// <param name="FactorId">"pack:row".</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">"kg CO2e/t".</param>
/// <param name="Reason">Why it is not the answer: "related-resource", "other-edition", …</param>
/// <param name="Note">What is different about a related resource; null otherwise.</param>
public sealed record InventoryCandidate(string FactorId, Name Name, string Unit, string Reason, Name? Note);

/// <summary>An override that shaped a line.</summary>
/// <param name="Position">Of its record.</param>
/// <param name="What">"category" or "factor".</param>
/// <param name="Value">What it was set to.</param>
/// <param name="Reason">Why.</param>
public sealed record InventoryOverride(long Position, string What, string Value, string Reason);

/// <summary>Something that happened and has no figure.</summary>
public sealed record InventoryUnknown
{
    /// <summary>Scope it belongs to; empty where no rule can tell.</summary>
    public required string Scope { get; init; }

    /// <summary>Category it belongs to, "1|2" for one of several; empty where no rule can tell.</summary>
    public required string Category { get; init; }

    /// <summary>Basis of the factor that is missing; empty where no rule can tell.</summary>
    public required string Basis { get; init; }

    /// <summary>What it is.</summary>
    public required Name Label { get; init; }

    /// <summary>Title of the rule; null where there is none.</summary>
    public required Name? Title { get; init; }

    /// <summary>Id of the site; empty where no site can be told.</summary>
    public required string Site { get; init; }

    /// <summary>Its months.</summary>
    public required MonthSpan Period { get; init; }

    /// <summary>Who gave it.</summary>
    public required string From { get; init; }

    /// <summary>Who took it.</summary>
    public required string To { get; init; }

    /// <summary>Canonical id of the resource, or the books' own word where the catalogue has none.</summary>
    public required string Resource { get; init; }

    /// <summary>How much.</summary>
    public required Figure Quantity { get; init; }

    /// <summary>True when it was recorded after its month was closed.</summary>
    public required bool Adjustment { get; init; }

    /// <summary>Why it has no figure, and what to do.</summary>
    public required Finding Reason { get; init; }

    /// <summary>The nearest factors.</summary>
    public required ImmutableArray<InventoryCandidate> Candidates { get; init; }
}

/// <summary>A missing fact.</summary>
public sealed record InventoryOpenQuestion
{
    /// <summary>
    /// The fact: "payer", "route", "capitalised"; or the field of a site's register that the consolidation
    /// approach needs: "operationalControl", "financialControl", "equityShare".
    /// </summary>
    public required string Fact { get; init; }

    /// <summary>The question.</summary>
    public required Name Title { get; init; }

    /// <summary>Scope it belongs to.</summary>
    public required string Scope { get; init; }

    /// <summary>The categories it may belong to.</summary>
    public required ImmutableArray<string> Categories { get; init; }

    /// <summary>What it is about.</summary>
    public required Name Label { get; init; }

    /// <summary>Id of the site; empty where no site can be told.</summary>
    public required string Site { get; init; }

    /// <summary>Its months.</summary>
    public required MonthSpan Period { get; init; }

    /// <summary>Who gave it.</summary>
    public required string From { get; init; }

    /// <summary>Who took it.</summary>
    public required string To { get; init; }

    /// <summary>Canonical id of the resource.</summary>
    public required string Resource { get; init; }

    /// <summary>How much; null where it is about a whole site.</summary>
    public required Figure? Quantity { get; init; }

    /// <summary>
    /// What stands in neither total meanwhile, where it does not depend on the answer; else null.
    /// </summary>
    public required Figure? Kgco2e { get; init; }

    /// <summary>The answers and what each would add.</summary>
    public required ImmutableArray<InventoryOption> Options { get; init; }
}

/// <summary>An answer to a question.</summary>
/// <param name="Value">Value of the fact.</param>
/// <param name="Scope">Scope it leads to; empty when it gives no line.</param>
/// <param name="Category">Category it leads to.</param>
/// <param name="Kgco2e">What it would add; null when that is not known or nothing.</param>
public sealed record InventoryOption(string Value, string Scope, string Category, Figure? Kgco2e);

/// <summary>Energy of one carrier at one site.</summary>
/// <param name="Carrier">Canonical resource.</param>
/// <param name="Name">Its name.</param>
/// <param name="Site">Id of the site.</param>
/// <param name="Calorific">Gross or net for fuel energy; null otherwise.</param>
/// <param name="Quantity">As it is counted.</param>
/// <param name="Kwh">In kWh; null where no calorific value is known.</param>
public sealed record InventoryEnergy(
    string Carrier, Name Name, string Site, CalorificBasis? Calorific, Figure Quantity, Figure? Kwh)
    : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal =>
        Kwh is { } kwh ? ("kwh", kwh) : ("quantity", Quantity);
}

/// <summary>How much of the period a running supply is known.</summary>
/// <param name="Site">Id of the site.</param>
/// <param name="From">Who gives.</param>
/// <param name="To">Who takes.</param>
/// <param name="Resource">What.</param>
/// <param name="Point">The meter or supply; empty where not stated.</param>
/// <param name="Percent">Share of the period's seconds that is known.</param>
/// <param name="Missing">Months of which nothing is known.</param>
/// <param name="Incomplete">Months of which a part is known.</param>
public sealed record InventoryCoverage(
    string Site, string From, string To, string Resource, string Point, Amount Percent,
    ImmutableArray<string> Missing, ImmutableArray<string> Incomplete);

/// <summary>Why a figure differs from the one that was kept.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InventoryChangeReason>))]
public enum InventoryChangeReason
{
    /// <summary>The line is new.</summary>
    [JsonStringEnumMemberName("new-line")] NewLine,

    /// <summary>The line is no longer there.</summary>
    [JsonStringEnumMemberName("gone")] Gone,

    /// <summary>Another row or edition of a pack.</summary>
    [JsonStringEnumMemberName("other-factor")] OtherFactor,

    /// <summary>The same row has another value: the pack was reissued.</summary>
    [JsonStringEnumMemberName("factor-value")] FactorValue,

    /// <summary>The quantity differs.</summary>
    [JsonStringEnumMemberName("quantity")] Quantity,

    /// <summary>Share or method: everything named is equal, the result is not.</summary>
    [JsonStringEnumMemberName("program")] Program,
}

/// <summary>A line of a closed month that differs from the kept answer.</summary>
/// <param name="Month">The month: "2026-09".</param>
/// <param name="Scope">Its scope: "1", "2-location", "2-market", "3".</param>
/// <param name="Category">Its category.</param>
/// <param name="Site">Its site.</param>
/// <param name="Resource">Its resource.</param>
/// <param name="Kind">What multiplies.</param>
/// <param name="Old">kg CO2e as kept; null for a new line.</param>
/// <param name="New">kg CO2e now; null for one that is gone.</param>
/// <param name="Difference">New less old; what was not there counts as nothing.</param>
/// <param name="Why">Why.</param>
/// <param name="OldFactor">"pack:row = value" as kept.</param>
/// <param name="NewFactor">"pack:row = value" now.</param>
public sealed record InventoryChange(
    string Month, string Scope, string Category, string Site, string Resource, string Kind, Figure? Old,
    Figure? New, Figure Difference, ImmutableArray<InventoryChangeReason> Why, string? OldFactor,
    string? NewFactor);
