using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Store.Import.Lci.EcoSpold;

/// <summary>
/// Master data of an EcoSpold 2 package, where it has any: names of units and places, and what flows are
/// called besides. Datasets repeat most of it; what they say themselves comes first.
/// </summary>
internal sealed class SpoldMaster
{
    private readonly Dictionary<string, string> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LciLocation> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Cas, string Formula, List<string> Synonyms)> _flows =
        new(StringComparer.Ordinal);

    /// <summary>All places, in order of identifier.</summary>
    public IEnumerable<LciLocation> Places => _used.Order(StringComparer.Ordinal).Select(id => _places[id]);

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Takes a file of master data; false where its root is none that is read.</summary>
    public bool Take(XmlItem root)
    {
        switch (root.Name)
        {
            case "validUnits":
                foreach (var unit in root.All("unit"))
                    _units.TryAdd(unit.Attribute("id"), unit.TextIn("name"));
                return true;
            case "validGeographies":
                foreach (var place in root.All("geography")) TakePlace(place);
                return true;
            case "validIntermediateExchanges":
                foreach (var flow in root.All("intermediateExchange")) TakeFlow(flow);
                return true;
            case "validElementaryExchanges":
                foreach (var flow in root.All("elementaryExchange")) TakeFlow(flow);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The name of a unit; empty when unknown.</summary>
    public string Unit(string id) => _units.GetValueOrDefault(id, "");

    /// <summary>The identifier of the place that a dataset names; empty when it names none.</summary>
    public string Place(XmlItem? geography)
    {
        if (geography is null) return "";
        var (id, code) = (geography.Attribute("geographyId"), geography.TextIn("shortname"));
        if (id.Length == 0) id = code.Length == 0 ? "" : NamedId.Of("ecospold", "place", code);
        if (id.Length == 0) return "";
        _used.Add(id);
        if (!_places.TryGetValue(id, out var known) || known.Code.Length == 0)
            _places[id] = new LciLocation
            {
                Id = id,
                Name = known?.Name is { Length: > 0 } name ? name : code.Length > 0 ? code : id,
                Code = code,
                Latitude = known?.Latitude,
                Longitude = known?.Longitude,
            };
        return id;
    }

    /// <summary>CAS number, formula and synonyms of a flow.</summary>
    public (string Cas, string Formula, List<string> Synonyms) Flow(string id) =>
        _flows.GetValueOrDefault(id, ("", "", []));

    private void TakePlace(XmlItem place)
    {
        var id = place.Attribute("id");
        var code = place.TextIn("shortname");
        if (id.Length == 0) return;
        _places.TryAdd(id, new LciLocation
        {
            Id = id,
            Name = place.TextIn("name") is { Length: > 0 } name ? name : code,
            Code = code,
            Latitude = Doubles.Parse(place.Attribute("latitude")),
            Longitude = Doubles.Parse(place.Attribute("longitude")),
        });
    }

    private void TakeFlow(XmlItem flow) => _flows.TryAdd(flow.Attribute("id"),
        (flow.Attribute("casNumber"), flow.Attribute("formula"),
            [.. flow.All("synonym").Select(s => s.Text).Where(s => s.Length > 0)]));
}
