using System.Collections.Immutable;

namespace Celadon.Lenses.Carbon;

/// <summary>Intensities of electricity to be put into the report's bands.</summary>
public sealed record TierSpec
{
    /// <summary>What is classified.</summary>
    public required ImmutableArray<TierItem> Items { get; init; }

    /// <summary>
    /// Edition of the intensity series that must be in use; null takes the one there is and names it.
    /// </summary>
    public string? Edition { get; init; }
}

/// <summary>An intensity: stated, or a country's in a year.</summary>
public sealed record TierItem
{
    /// <summary>What the user calls it; null for a country.</summary>
    public string? Name { get; init; }

    /// <summary>"0.295 kg CO2/kWh", or a pack's row.</summary>
    public FactorReference? Intensity { get; init; }

    /// <summary>A country by code or name: "GBR", "CN", "中国".</summary>
    public string? Country { get; init; }

    /// <summary>The year of the country's intensity.</summary>
    public int? Year { get; init; }
}

/// <summary>Series of countries by year, with their moves between bands.</summary>
public sealed record TierHistorySpec
{
    /// <summary>Countries by code or name.</summary>
    public required ImmutableArray<string> Countries { get; init; }

    /// <summary>First year; null for the first of each series.</summary>
    public int? From { get; init; }

    /// <summary>Last year; null for the last of each series.</summary>
    public int? To { get; init; }

    /// <summary>Edition that must be in use; null takes the one there is and names it.</summary>
    public string? Edition { get; init; }
}
