using System.Collections.Immutable;

namespace Celadon.Lenses.Carbon;

/// <summary>Data quality of emission lines.</summary>
public sealed record QualitySpec
{
    /// <summary>The lines.</summary>
    public required ImmutableArray<QualityLine> Lines { get; init; }

    /// <summary>
    /// By whose factors the indicators give a spread; null for none. The factors are estimates of experts and
    /// known here from transcriptions, so they are used only where one is chosen by name.
    /// </summary>
    public PedigreeTable? Spread { get; init; }
}

/// <summary>Tables of factors for the pedigree of data.</summary>
public enum PedigreeTable
{
    /// <summary>
    /// GHG Protocol, Quantitative Inventory Uncertainty: the five indicators on their four levels.
    /// </summary>
    GhgProtocol,

    /// <summary>
    /// Overview and methodology of ecoinvent 2 (2007): five scores, 1 to 5, stated as the line's pedigree.
    /// </summary>
    Ecoinvent,
}

/// <summary>Scores of the pedigree matrix of ecoinvent, 1 (best) to 5.</summary>
public sealed record PedigreeScores
{
    /// <summary>Reliability of the source.</summary>
    public required int Reliability { get; init; }

    /// <summary>Completeness of the sample.</summary>
    public required int Completeness { get; init; }

    /// <summary>Temporal correlation.</summary>
    public required int Time { get; init; }

    /// <summary>Geographical correlation.</summary>
    public required int Geography { get; init; }

    /// <summary>Further technological correlation.</summary>
    public required int Technology { get; init; }
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

    /// <summary>Scores of ecoinvent's pedigree matrix, for a spread by its factors.</summary>
    public PedigreeScores? Pedigree { get; init; }

    /// <summary>
    /// Basic uncertainty of the number itself, apart from its quality: the square of its geometric standard
    /// deviation, 1 or more; null when nobody states it.
    /// </summary>
    public Quantities.Amount? Basic { get; init; }

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
