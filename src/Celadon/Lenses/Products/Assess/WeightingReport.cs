using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>A set for normalisation and weighting that a method brings.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Method">Name of its method.</param>
/// <param name="Year">The year that its name states; null when it states none, or several.</param>
/// <param name="Normalises">Whether it has references to divide scores by.</param>
/// <param name="Weights">Whether it has weights.</param>
public sealed record AssessedSet(string Id, string Name, string Method, int? Year, bool Normalises,
    bool Weights);

/// <summary>
/// A damage category: the sum of scores of impact categories, each times the factor of its method.
/// </summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Method">Name of its method.</param>
/// <param name="Score">The damage.</param>
public sealed record AssessedDamage(string Id, Name Name, string Method, Figure Score) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("score", Score);

    /// <summary>What the samples say of it; null when none were asked for.</summary>
    public SampledScore? MonteCarlo { get; init; }
}

/// <summary>
/// Scores by a set for normalisation and weighting. Weights are a choice of values: ISO 14044:2006, 4.4.5,
/// keeps weighted results out of comparative assertions that are disclosed to the public.
/// </summary>
/// <param name="Set">The set.</param>
/// <param name="Unit">Unit of weighted scores; empty when the set states none.</param>
/// <param name="Rows">One a category or damage category of the set, in its order.</param>
/// <param name="Total">All weighted scores added; null when the set has no weights.</param>
/// <param name="LeftOut">
/// Names of what the method scores and the set does not count; nothing of them is in the total.
/// </param>
public sealed record AssessedWeighting(AssessedSet Set, string Unit, ImmutableArray<AssessedWeight> Rows,
    Figure? Total, ImmutableArray<string> LeftOut)
{
    /// <summary>What the samples say of the total; null without samples, or without a total.</summary>
    public SampledScore? MonteCarlo { get; init; }
}

/// <summary>A score, normalised and weighted.</summary>
/// <param name="Id">Identifier of the category or damage category.</param>
/// <param name="Name">Its name.</param>
/// <param name="Score">The score itself.</param>
/// <param name="Normalised">Over the reference of the set; null when the set has none for it.</param>
/// <param name="Weighted">
/// Times the weight, after normalisation where the set normalises; null when the set has no weight for it.
/// </param>
public sealed record AssessedWeight(string Id, Name Name, Figure Score, Figure? Normalised,
    Figure? Weighted)
{
    /// <summary>
    /// What the samples say of the weighted score, of the normalised one where the set has no weight; null
    /// without samples, or where there is neither.
    /// </summary>
    public SampledScore? MonteCarlo { get; init; }
}

/// <summary>
/// What samples say of a score that is a sum of others, each times a number: it is added up in every sample,
/// so that what categories share in a sample stays together.
/// </summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Median">Median.</param>
/// <param name="Deviation">Standard deviation, with n − 1.</param>
/// <param name="Low">2.5th percentile.</param>
/// <param name="LowerQuarter">25th percentile.</param>
/// <param name="UpperQuarter">75th percentile.</param>
/// <param name="High">97.5th percentile.</param>
/// <param name="StandardError">Standard error of the mean.</param>
public sealed record SampledScore(int Samples, uint Seed, Figure Mean, Figure Median, Figure Deviation,
    Figure Low, Figure LowerQuarter, Figure UpperQuarter, Figure High, Figure StandardError);
