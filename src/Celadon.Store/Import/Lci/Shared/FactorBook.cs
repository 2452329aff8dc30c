using Celadon.Packs.Lci;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// The factors of one category. A flow has one factor a place: of two that differ nobody could say which
/// counts, and both would be counted.
/// </summary>
internal sealed class FactorBook(LciLookup lookup)
{
    private readonly Dictionary<(string Flow, string Place, string Side),
        (double Value, string Formula)> _all = [];

    /// <summary>False where a flow has another factor already at that place.</summary>
    /// <param name="factor">The factor; its flow, unit and property fit.</param>
    /// <param name="side">The side of a process it holds for, where the format tells them apart.</param>
    public bool Enter(LciImpactFactor factor, string side = "")
    {
        var size = lookup.Flows.TryGetValue(factor.Flow, out var flow)
            ? lookup.ToReference(flow, factor.Unit, factor.Property) ?? 1 : 1;
        var entry = (factor.Value / size, factor.Formula);
        return _all.TryAdd((factor.Flow, factor.Location, side), entry)
            || (Doubles.Agree(_all[(factor.Flow, factor.Location, side)].Value, entry.Item1)
                && _all[(factor.Flow, factor.Location, side)].Formula == factor.Formula);
    }
}
