using System.Collections.Immutable;

namespace Celadon.Lenses.Carbon;

/// <summary>Uncertainty of a sum of activity data × factor, each number with its 95 % half width.</summary>
public sealed record UncertaintySpec
{
    /// <summary>The lines.</summary>
    public required ImmutableArray<UncertainLine> Lines { get; init; }

    /// <summary>Approach 2; null for approach 1 alone.</summary>
    public MonteCarloSpec? MonteCarlo { get; init; }
}

/// <summary>A seeded simulation.</summary>
public sealed record MonteCarloSpec
{
    /// <summary>Key of the generator: the same seed gives the same answer, to the last digit.</summary>
    public required long Seed { get; init; }

    /// <summary>How many samples, 1,000 to 1,000,000.</summary>
    public required int Samples { get; init; }
}

/// <summary>Activity × what converts it, if anything × factor.</summary>
public sealed record UncertainLine
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Activity data.</summary>
    public required UncertainNumber Activity { get; init; }

    /// <summary>
    /// What stands between activity and factor, each with its own uncertainty: a calorific value
    /// ("39.5 MJ/m3 gross"), a density ("0.84 kg/litre"), a volume correction, a distance ("310 km").
    /// </summary>
    public ImmutableArray<UncertainNumber> Conversions { get; init; } = [];

    /// <summary>Emission factor.</summary>
    public required UncertainNumber Factor { get; init; }
}

/// <summary>A number and how well it is known.</summary>
public sealed record UncertainNumber
{
    /// <summary>
    /// Which number it is. Numbers of one id are one number: wholly correlated, drawn once. Null for one of
    /// its own; a factor from a pack's row is its row's.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>Its value: "100000 kWh", "0.13096 kg CO2e/kWh", or a pack's row.</summary>
    public required FactorReference Value { get; init; }

    /// <summary>
    /// Half width of the 95 % interval relative to the value: "5 %". Null when unknown; never zero for that.
    /// </summary>
    public Measure? Uncertainty { get; init; }

    /// <summary>Its distribution; normal where nothing is said and a half width is given.</summary>
    public Distribution? Distribution { get; init; }

    /// <summary>Lowest value, for triangular and uniform; in the unit of the value.</summary>
    public Measure? Low { get; init; }

    /// <summary>Highest value, for triangular and uniform.</summary>
    public Measure? High { get; init; }
}

/// <summary>Shapes of uncertainty.</summary>
public enum Distribution
{
    /// <summary>Symmetric around the value.</summary>
    Normal,

    /// <summary>Positive and skewed; the value is its mean.</summary>
    Lognormal,

    /// <summary>Between low and high with the value as its mode.</summary>
    Triangular,

    /// <summary>Anywhere between low and high.</summary>
    Uniform,
}
