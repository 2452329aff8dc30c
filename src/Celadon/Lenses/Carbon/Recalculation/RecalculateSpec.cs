using System.Collections.Immutable;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Changes since the base year, to be tested against the organisation's recalculation policy.
/// </summary>
public sealed record RecalculateSpec
{
    /// <summary>The base year, as the organisation names it.</summary>
    public required string BaseYear { get; init; }

    /// <summary>Base-year emissions as reported, by line: "Scope 1", "3.4".</summary>
    public required ImmutableArray<BaseLine> Reported { get; init; }

    /// <summary>
    /// Significance threshold of the policy: "5 %". Null takes the one in the organisation's register.
    /// </summary>
    public Measure? Threshold { get; init; }

    /// <summary>
    /// True when one base year or target covers all scopes; false when scopes or categories have their own
    /// (Scope 3 Standard, tables 9.4 and 9.5).
    /// </summary>
    public required bool SingleTarget { get; init; }

    /// <summary>What changed.</summary>
    public required ImmutableArray<BaseChange> Changes { get; init; }
}

/// <summary>A line of the base-year inventory.</summary>
public sealed record BaseLine
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its emissions in the base year.</summary>
    public required Measure Emissions { get; init; }
}

/// <summary>A change and what it does to the base year.</summary>
public sealed record BaseChange
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of change it is.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The line it changes.</summary>
    public required string Line { get; init; }

    /// <summary>
    /// Base-year emissions of what changed, as reported ("0 kg CO2e" when they were not in it).
    /// </summary>
    public required Measure Before { get; init; }

    /// <summary>The same as they would be reported now.</summary>
    public required Measure After { get; init; }

    /// <summary>For structural changes: whether the operation existed in the base year.</summary>
    public bool? ExistedInBaseYear { get; init; }

    /// <summary>
    /// For outsourcing and insourcing: whether the activity's emissions were already reported.
    /// </summary>
    public bool? PreviouslyReported { get; init; }
}

/// <summary>
/// Kinds of change (GHG Protocol Corporate Standard, chapter 5; Scope 3 Standard, section 9.3).
/// </summary>
public enum ChangeKind
{
    /// <summary>Two companies become one.</summary>
    Merger,

    /// <summary>An operation is bought.</summary>
    Acquisition,

    /// <summary>An operation is sold.</summary>
    Divestment,

    /// <summary>An activity is given to a third party.</summary>
    Outsourcing,

    /// <summary>An activity is taken in-house.</summary>
    Insourcing,

    /// <summary>A calculation method changes.</summary>
    Method,

    /// <summary>A factor or its GWP is improved.</summary>
    Factor,

    /// <summary>An error, or several that add up, is found.</summary>
    Error,

    /// <summary>A category is added to the inventory.</summary>
    CategoryAdded,

    /// <summary>An activity is added inside a category.</summary>
    ActivityAdded,

    /// <summary>Output, product mix, own openings and closures: growth or decline. Never a reason.</summary>
    Organic,

    /// <summary>
    /// A factor changed because the world did: a cleaner grid, another fuel. Never a reason.
    /// </summary>
    RealChange,
}
