using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Ilcd;

/// <summary>
/// Reads impact methods: a data set is a category, and those of one methodology make a method. Factors of
/// flows that the package does not hold can never meet an exchange: they are left out and counted.
/// </summary>
internal sealed class IlcdMethods(IlcdParts parts, LciLookup lookup, LciNotes notes)
{
    private readonly SortedDictionary<string, List<string>> _methods = new(StringComparer.Ordinal);
    private readonly IlcdSets _sets = new();
    private int _count;

    /// <summary>The methods.</summary>
    public IEnumerable<LciMethod> Methods => _methods.Select(m => new LciMethod
    {
        Id = NamedId.Of("ilcd", "method", m.Key),
        Name = m.Key,
        Categories = [.. m.Value],
        Damages = _sets.Damages(m.Key),
        Weightings = _sets.Sets(m.Key),
    });

    /// <summary>A category.</summary>
    public LciImpactCategory Read(XmlItem root)
    {
        var information = root.Needed("LCIAMethodInformation");
        var data = information.Needed("dataSetInformation");
        var id = IlcdParts.Id(data);
        var reference = information.Needed("quantitativeReference");
        var property = reference.Ref("referenceQuantity");
        // The format wants it; empty it says nothing.
        information["geography"]?.Take();
        var factors = new List<(Direction Side, LciImpactFactor Factor)>();
        var (without, book) = (0, new FactorBook(lookup));
        foreach (var item in root["characterisationFactors"]?.All("factor") ?? [])
        {
            if (++_count > notes.Limits.Exchanges)
                throw new UnusableException(Finding.Of("formats.tooMany", Severity.Error, item.Place,
                    ("most", notes.Limits.Exchanges)));
            if (Factor(item) is not { } factor) without++;
            else if (book.Enter(factor.Factor, factor.Side.ToString())) factors.Add(factor);
            else
                throw new UnusableException(Finding.Of("lci.factorTwice", Severity.Error, item.Place,
                    ("file", item.File), ("at", $"factor:{item.Line}"),
                    ("flow", LciNotes.Shown(lookup.Flows[factor.Factor.Flow].Name))));
        }
        if (without > 0)
            notes.Say(Finding.Of("lci.factorFlows", Severity.Info, root.Place, ("file", root.File),
                ("count", without)));
        _sets.Take(root, id);
        foreach (var methodology in data.All("methodology").Select(m => m.Text).Where(t => t.Length > 0)
            .Distinct())
        {
            if (!_methods.TryGetValue(methodology, out var own)) _methods[methodology] = own = [];
            own.Add(id);
        }
        var sides = factors.Select(f => f.Side).Distinct().ToList();
        return new LciImpactCategory
        {
            Id = id,
            Name = data.Title(),
            Category = data.TextOf("impactCategory") is { Length: > 0 } kind ? kind : data.Category(),
            Unit = lookup.Properties.TryGetValue(property, out var measured)
                && lookup.Groups.TryGetValue(measured.UnitGroup, out var group)
                ? group.Units.First(u => u.IsReference).Name
                : throw reference.Dangling("flow property or unit group", property),
            // A category of both sides counts amounts as they stand.
            Direction = sides is [var only] && root.Attribute("direction") != "none" ? only : Direction.None,
            Factors = [.. factors.Select(f => f.Factor)],
            Extra = root.Beside(data).Written(),
        };
    }

    /// <summary>A factor, for the reference unit of its flow; null where the flow is not there.</summary>
    private (Direction Side, LciImpactFactor Factor)? Factor(XmlItem item)
    {
        var id = item.Ref("referenceToFlowDataSet");
        var value = item.Number("meanValue") ?? throw item.Missing("meanValue");
        var side = item.TextOf("exchangeDirection") switch
        {
            "Input" => Direction.Input,
            "Output" => Direction.Output,
            "" => Direction.None,
            var other => throw item.Wrong("exchangeDirection", other),
        };
        if (!lookup.Flows.TryGetValue(id, out var flow))
        {
            item.TakeAll();
            return null;
        }
        var property = flow.Properties[0].Property;
        if (!lookup.Properties.TryGetValue(property, out var measured)
            || !lookup.Groups.TryGetValue(measured.UnitGroup, out var group))
            throw item.Dangling("flow property or unit group", property);
        var native = item.Spread(value, notes);
        var (unit, of, number) = item.Stated(lookup, flow, value, isPerUnit: true)
            ?? (group.Units.First(u => u.IsReference).Id, property, value);
        return (side, new(id, unit, of, number, "", parts.Place(item.TextOf("location")),
            item.Exact() ?? native));
    }
}
