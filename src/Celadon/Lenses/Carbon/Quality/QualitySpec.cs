using System.Collections.Immutable;

namespace Celadon.Lenses.Carbon;

/// <summary>Data quality of emission lines.</summary>
public sealed record QualitySpec
{
    /// <summary>The lines.</summary>
    public required ImmutableArray<QualityLine> Lines { get; init; }
}

/// <summary>
/// A line with its five indicators (Scope 3 Standard, table 7.6 and box 7.2); null where not assessed.
/// </summary>
public sealed record QualityLine
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Its emissions, which weigh it: "24547.6 kg CO2e".</summary>
    public required Measure Emissions { get; init; }

    /// <summary>Same technology; similar; different; unknown.</summary>
    public QualityLevel? Technology { get; init; }

    /// <summary>Less than 3, 6, 10 years of difference; more, or age unknown.</summary>
    public QualityLevel? Time { get; init; }

    /// <summary>Same area; similar; different; unknown.</summary>
    public QualityLevel? Geography { get; init; }

    /// <summary>All sites; more than half; less than half or a shorter time; unknown.</summary>
    public QualityLevel? Completeness { get; init; }

    /// <summary>
    /// Verified measurement; partly assumed or not verified; qualified estimate; non-qualified estimate.
    /// </summary>
    public QualityLevel? Reliability { get; init; }

    /// <summary>PACT's three ratings, where the supplier states them.</summary>
    public PactRatings? Pact { get; init; }
}

/// <summary>The four levels, best first; their number is the score.</summary>
public enum QualityLevel
{
    /// <summary>1.</summary>
    VeryGood = 1,

    /// <summary>2.</summary>
    Good = 2,

    /// <summary>3.</summary>
    Fair = 3,

    /// <summary>4.</summary>
    Poor = 4,
}

/// <summary>Ratings of a PACT footprint (version 3 carries these three); 1 is best.</summary>
public sealed record PactRatings
{
    /// <summary>Technological representativeness.</summary>
    public required Quantities.Amount Technological { get; init; }

    /// <summary>Geographical representativeness.</summary>
    public required Quantities.Amount Geographical { get; init; }

    /// <summary>Temporal representativeness.</summary>
    public required Quantities.Amount Temporal { get; init; }
}
