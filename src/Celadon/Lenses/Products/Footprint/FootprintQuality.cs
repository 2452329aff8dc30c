using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>By whose indicators data are rated; the best rating is the lowest.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FootprintScheme>))]
public enum FootprintScheme
{
    /// <summary>PACT version 3: technology, geography, time.</summary>
    [JsonStringEnumMemberName("pact")] Pact,

    /// <summary>
    /// Product Environmental Footprint: technology, geography, time, precision; the rating of a line is their
    /// mean.
    /// </summary>
    [JsonStringEnumMemberName("pef")] Pef,

    /// <summary>
    /// GHG Protocol, Product and Scope 3 Standards: technology, time, geography, completeness, reliability on
    /// four levels.
    /// </summary>
    [JsonStringEnumMemberName("ghgProtocol")] GhgProtocol,
}

/// <summary>How the data behind a footprint are rated. No scheme is a default.</summary>
public sealed record FootprintQualitySpec
{
    /// <summary>By whose indicators.</summary>
    public required FootprintScheme Scheme { get; init; }

    /// <summary>
    /// Takes what the books know where no rating is stated: age and place of a factor, how an amount was
    /// found, how much of the months is covered. The scheme ghgProtocol alone says how that is rated.
    /// </summary>
    public bool FromBooks { get; init; }

    /// <summary>Ratings as they are stated.</summary>
    public ImmutableArray<FootprintRating> Ratings { get; init; } = [];
}

/// <summary>Ratings of the lines of one item; null for an indicator that is not rated.</summary>
public sealed record FootprintRating
{
    /// <summary>
    /// Id of the resource or component; beyond the gate the name of a leg or treatment, "use",
    /// "landUseChange", or a term of the circular formula: "recycling".
    /// </summary>
    public required string Item { get; init; }

    /// <summary>
    /// The stage, where it is of the lines of that stage alone: "upstreamEnergy"; beyond the gate
    /// "landUseChange", "delivery", "use", "endOfLife".
    /// </summary>
    public string? Stage { get; init; }

    /// <summary>Id of the product, where it is of its lines alone.</summary>
    public string? Product { get; init; }

    /// <summary>Technological representativeness.</summary>
    public Amount? Technology { get; init; }

    /// <summary>Geographical representativeness.</summary>
    public Amount? Geography { get; init; }

    /// <summary>Temporal representativeness.</summary>
    public Amount? Time { get; init; }

    /// <summary>Precision, of PEF.</summary>
    public Amount? Precision { get; init; }

    /// <summary>Completeness, of the GHG Protocol.</summary>
    public Amount? Completeness { get; init; }

    /// <summary>Reliability, of the GHG Protocol.</summary>
    public Amount? Reliability { get; init; }

    /// <summary>The rating of an indicator; null where it is not rated.</summary>
    internal Amount? Of(string indicator) => indicator switch
    {
        "technology" => Technology,
        "geography" => Geography,
        "time" => Time,
        "precision" => Precision,
        "completeness" => Completeness,
        _ => Reliability,
    };
}

/// <summary>How good the data behind a product's footprint are, weighted by contribution.</summary>
/// <param name="Scheme">By whose indicators.</param>
/// <param name="Indicators">The scheme's indicators over the lines that have them.</param>
/// <param name="Score">
/// Of the lines that are wholly rated, the mean of the indicators, weighted by contribution; null when no
/// line is.
/// </param>
/// <param name="Level">
/// What the scheme calls that score: "excellent", "veryGood", "good", "fair", "poor"; null where it calls it
/// nothing.
/// </param>
/// <param name="Share">Wholly rated lines of the total, percent.</param>
/// <param name="Lines">The lines with their ratings, in order of contribution.</param>
public sealed record FootprintQuality(
    FootprintScheme Scheme, ImmutableArray<FootprintIndicator> Indicators, Figure? Score, string? Level,
    Figure Share, ImmutableArray<FootprintRatedLine> Lines) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => Score is { } score ? ("score", score)
        : ("share", Share);

    /// <summary>
    /// As a statement to a customer gives it: the ratings of technology, geography and time by PACT where all
    /// of the total has them; else null, for a rating of a part is none of the whole.
    /// </summary>
    public DataQuality? Stated
    {
        get
        {
            if (Scheme != FootprintScheme.Pact || Indicators.Any(i => i.Share.Value != 100)) return null;
            Amount? Of(string name) => Indicators.First(i => i.Name == name).Score?.Value;
            return new DataQuality(Of("technology"), Of("geography"), Of("time"));
        }
    }
}

/// <summary>An indicator over a product's lines.</summary>
/// <param name="Name">"technology", "geography", "time", "precision", "completeness", "reliability".</param>
/// <param name="Score">Weighted by contribution; null when no line has it.</param>
/// <param name="Share">Lines that have it of the total, percent.</param>
public sealed record FootprintIndicator(string Name, Figure? Score, Figure Share) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => Score is { } score ? ("score", score)
        : ("share", Share);
}

/// <summary>A line with its ratings.</summary>
/// <param name="Item">Id of the resource or component; beyond the gate the name of a part.</param>
/// <param name="Label">What it is.</param>
/// <param name="Title">The title of the rule that gave it.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="Share">Of the total, percent.</param>
/// <param name="Ratings">What is known of it, in the scheme's order.</param>
/// <param name="Score">Mean of all the scheme's indicators; null when one is not known.</param>
public sealed record FootprintRatedLine(
    string Item, Name Label, Name Title, string Stage, Figure Share, ImmutableArray<FootprintRated> Ratings,
    Figure? Score) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("share", Share);
}

/// <summary>A rating.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Rating">The rating.</param>
/// <param name="From">"stated" in the spec, or "books".</param>
public sealed record FootprintRated(string Indicator, Figure Rating, string From) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("rating", Rating);
}
