using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>
/// The flows of all files: products and wastes by name alone, substances by compartment, subcompartment and
/// name.
/// </summary>
internal sealed class SimaFlows(FlowBook book)
{
    private readonly HashSet<string> _wastes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Compartment, string Name), string> _cas = [];
    private readonly Dictionary<(string Compartment, string Name), Dictionary<string, string>> _subs = [];

    /// <summary>Says that a name is of a waste.</summary>
    public void IsWaste(string name) => _wastes.Add(name);

    /// <summary>Takes a list of substances: name, unit, CAS number, comment.</summary>
    public void List(string compartment, SimaBlock block)
    {
        foreach (var row in block.Rows.Where(r => !r.IsEmpty))
            if (SimaText.Cas(row[2]) is { Length: > 0 } cas) _cas.TryAdd((compartment, row[0]), cas);
    }

    /// <summary>A product or waste; the unit in which it is made says most about what measures it.</summary>
    public LciFlow Product(string name, UnitBook.Entry unit, bool isMaker) =>
        book.Enter(NamedId.Of("simapro", "product", NamedId.Same(name)), unit, isMaker ? 1000 : 1,
            () => new LciFlow
        {
            Id = NamedId.Of("simapro", "product", NamedId.Same(name)),
            Name = name,
            Kind = _wastes.Contains(name) ? FlowKind.Waste : FlowKind.Product,
            Properties = [],
        });

    /// <summary>A substance from or to nature.</summary>
    public LciFlow Elementary(string compartment, string sub, string name, UnitBook.Entry unit,
        int weight = 1000)
    {
        sub = SimaText.Sub(sub);
        name = NamedId.Same(name);
        var id = NamedId.Of("simapro", "flow", compartment, sub, name);
        if (!_subs.TryGetValue((compartment, name), out var subs))
            _subs[(compartment, name)] = subs = new(StringComparer.Ordinal);
        subs[sub] = id;
        return book.Enter(id, unit, weight, () => new LciFlow
        {
            Id = id,
            Name = name,
            Category = sub.Length == 0 ? compartment : $"{compartment}/{sub}",
            Kind = FlowKind.Elementary,
            Properties = [],
            Cas = _cas.GetValueOrDefault((compartment, name), ""),
        });
    }

    /// <summary>The flows of a substance by subcompartment.</summary>
    public IReadOnlyDictionary<string, string> SubsOf(string compartment, string name) =>
        _subs[(compartment, name)];
}
