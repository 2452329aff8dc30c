using Celadon.Lca.Model;

namespace Celadon.Lca.Modelling;

/// <summary>Which side of a process an impact category counts as positive.</summary>
public enum Direction
{
    /// <summary>Every exchange as it stands.</summary>
    None,

    /// <summary>Inputs count, outputs count against: use of resources.</summary>
    Input,

    /// <summary>Outputs count, inputs count against: emissions and their uptake.</summary>
    Output,
}

/// <summary>The impact of one unit of a flow, at a place or anywhere.</summary>
public sealed record RegionalFactor(string Flow, string? Location, double Factor,
    Uncertainty Uncertainty = default)
{
    /// <summary>Number of its random stream; all uncertain amounts of a model have one, or none.</summary>
    public uint? Stream { get; init; }

    /// <summary>
    /// What drives it where samples are drawn; null where it stands by itself. An uncertainty of its own
    /// comes first.
    /// </summary>
    public MonteCarlo.DrivenAmount? Driven { get; init; }
}

/// <summary>An impact category with its factors.</summary>
public sealed record Category(string Id, IReadOnlyList<RegionalFactor> Factors)
{
    /// <summary>Which side counts.</summary>
    public Direction Direction { get; init; }
}

/// <summary>
/// Looks factors up: the factor of the place, else of the places that contain it, one after the other, else
/// the one for anywhere.
/// </summary>
internal sealed class FactorLookup
{
    private readonly Dictionary<(string Flow, string? Location), RegionalFactor> _factors = [];
    private readonly HashSet<string> _regional = new(StringComparer.Ordinal);
    private readonly Func<string, string?> _containing;

    /// <param name="category">The category.</param>
    /// <param name="containing">The next wider place of a place; null at the top.</param>
    public FactorLookup(Category category, Func<string, string?> containing)
    {
        _containing = containing;
        foreach (var factor in category.Factors)
        {
            if (factor.Location is not null) _regional.Add(factor.Flow);
            if (!_factors.TryAdd((factor.Flow, factor.Location), factor))
                throw new ModellingException(ModellingFault.FactorTwice, category.Id, factor.Flow);
        }
    }

    /// <summary>True where the category tells the flow apart by place.</summary>
    public bool IsRegional(string flow) => _regional.Contains(flow);

    public RegionalFactor? Find(string flow, string? location)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var place = location; place is not null && seen.Add(place); place = _containing(place))
            if (_factors.TryGetValue((flow, place), out var found)) return found;
        return _factors.GetValueOrDefault((flow, null));
    }
}

/// <summary>Normalisation and weighting, after characterisation.</summary>
public static class Weighting
{
    /// <summary>A score relative to a reference, such as that of one inhabitant a year.</summary>
    public static double Normalised(double score, double reference) => score / reference;

    /// <summary>A score times the weight that a method gives to its category.</summary>
    public static double Weighted(double score, double weight) => score * weight;

    /// <summary>Normalised and then weighted; only such scores of different categories may be
    /// added.</summary>
    public static double NormalisedAndWeighted(double score, double reference, double weight) =>
        Normalised(score, reference) * weight;
}
