using System.Collections.Frozen;
using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Packs;

/// <summary>A component's part in the GWP of a gas or blend.</summary>
/// <param name="Component">Canonical resource of the component.</param>
/// <param name="Fraction">Mass fraction; 1 for a pure gas.</param>
/// <param name="Row">Its GWP; null for a component that is not counted.</param>
/// <param name="Blend">The row of the composition; null for a pure gas.</param>
public sealed record GwpPart(string Component, Amount Fraction, GwpRow? Row, BlendRow? Blend);

/// <summary>The GWP of a gas or blend under a set: mass-weighted over its parts.</summary>
/// <param name="Value">kg CO2e per kg.</param>
/// <param name="Parts">The parts, in order of id.</param>
public sealed record GwpValue(Amount Value, ImmutableArray<GwpPart> Parts)
{
    /// <summary>True when a component is no Kyoto gas and is not counted.</summary>
    public bool LeavesOut => Parts.Any(part => part.Row is null);
}

/// <summary>GWP sets and the compositions of blends.</summary>
public sealed class GwpTable
{
    private readonly FrozenDictionary<(string Gas, GwpSet Set, MethaneOrigin? Origin), GwpRow> _gases;
    private readonly ILookup<string, BlendRow> _blends;

    internal GwpTable(ImmutableArray<GwpRow> gases, ImmutableArray<BlendRow> blends)
    {
        Gases = gases;
        Blends = blends;
        _gases = gases.GroupBy(row => (row.Gas, row.Set, row.Origin))
            .ToFrozenDictionary(group => group.Key, group => group.Last());
        _blends = blends.ToLookup(row => row.Blend, StringComparer.Ordinal);
    }

    /// <summary>Every GWP.</summary>
    public ImmutableArray<GwpRow> Gases { get; }

    /// <summary>Every component of every blend.</summary>
    public ImmutableArray<BlendRow> Blends { get; }

    /// <summary>
    /// The GWP of a pure gas, or null when the set does not hold it. Methane has two values and is null
    /// without an
    /// origin.
    /// </summary>
    public GwpRow? Of(string gas, GwpSet set, MethaneOrigin? origin = null) =>
        _gases.GetValueOrDefault((gas, set, gas == "methane" ? origin : null));

    /// <summary>
    /// The GWP of a gas or blend by canonical resource ("hfc-32", "r-410a", "methane"): mass-weighted over
    /// the
    /// composition. Null when the composition or a counted component's GWP is not known.
    /// </summary>
    /// <param name="resource">Canonical resource.</param>
    /// <param name="set">The set.</param>
    /// <param name="origin">
    /// For methane; escaped fossil methane is <see cref="MethaneOrigin.Fossil"/>.
    /// </param>
    public GwpValue? ValueOf(string resource, GwpSet set, MethaneOrigin? origin = null)
    {
        if (Of(resource, set, origin) is { } pure)
            return new GwpValue(pure.Value, [new GwpPart(resource, Amount.One, pure, null)]);
        var parts = _blends[resource].OrderBy(row => row.Component, StringComparer.Ordinal)
            .Select(row => (Row: row, Gwp: row.Counted ? Of(row.Component, set) : null))
            .Select(part => new GwpPart(part.Row.Component, part.Row.Fraction, part.Gwp, part.Row))
            .ToImmutableArray();
        if (parts.IsEmpty || parts.Any(part => part.Row is null && part.Blend!.Counted)) return null;
        var value = parts.Where(part => part.Row is not null)
            .Aggregate(Amount.Zero, (sum, part) => sum + part.Fraction * part.Row!.Value);
        return new GwpValue(value, parts);
    }
}
