using System.Collections.Frozen;
using System.Xml.Linq;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Store.Export.Lci;

/// <summary>
/// Impact categories as ILCD data sets of methods. The unit of a category must be a flow property there: the
/// first of the database with that unit, else one that is made for it.
/// </summary>
internal sealed class IlcdMethodSets(LciDatabase database, IlcdWords words, LciNotHeld left,
    LciNotHeld beside)
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.Ordinal,
        "Climate change", "Ozone depletion", "Terrestrial Eutrophication", "Aquatic Eutrophication",
        "Acidification", "Photochemical ozone creation", "Land use", "Abiotic resource depletion",
        "Biotic resource depletion", "Ionizing radiation", "Cancer human health effects",
        "Non-cancer human health effects", "Respiratory inorganics", "Aquatic eco-toxicity",
        "Terrestrial eco-toxicity", "other");

    private static readonly XNamespace M = "http://lca.jrc.it/ILCD/LCIAMethod";
    private static readonly XNamespace Common = IlcdWords.Common;
    private readonly LciLookup _lookup = new(database);

    /// <summary>Every data set with its folder and identifier.</summary>
    public IEnumerable<(string Folder, string Id, XElement Root)> All()
    {
        var made = new SortedDictionary<string, LciFlowProperty>(StringComparer.Ordinal);
        var inputs = database.Processes.SelectMany(p => p.Exchanges).GroupBy(e => e.Flow)
            .Where(g => g.All(e => e.IsInput)).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var category in database.Categories)
            yield return ("lciamethods", category.Id,
                Category(category, Measure(category.Unit, made), inputs));
        var parts = new IlcdPartSets(database, words, left);
        foreach (var (unit, property) in made)
        {
            var group = new LciUnitGroup
            {
                Id = property.UnitGroup,
                Name = property.Name,
                Units = [new(NamedId.Of("ilcd", "unit", property.UnitGroup, unit), unit, 1, true, [])],
            };
            yield return ("unitgroups", group.Id, parts.Group(group));
            yield return ("flowproperties", property.Id, parts.Property(property));
        }
        foreach (var method in database.Methods)
        {
            left.Add("lcia_methods.nwSets", method.Categories.IsEmpty ? method.Weightings.Length
                : method.Weightings.Count(s => s.Factors.IsEmpty));
            left.Add("lcia_methods.damageCategories", method.Damages.Count(d => d.Factors.IsEmpty));
            if (method.Categories.IsEmpty || method.Category.Length > 0 || method.Extra.Length > 0)
                left.Add("lcia_methods");
        }
    }

    /// <summary>The flow property whose reference unit is that of a category.</summary>
    private LciFlowProperty Measure(string unit, SortedDictionary<string, LciFlowProperty> made)
    {
        var known = database.FlowProperties.Where(p => _lookup.Groups.TryGetValue(p.UnitGroup, out var group)
            && group.Units.Any(u => u.IsReference && u.Name == unit))
            .MinBy(p => p.Id, StringComparer.Ordinal);
        if (known is not null) return known;
        if (!made.TryGetValue(unit, out var property))
            made[unit] = property = new LciFlowProperty
            {
                Id = NamedId.Of("ilcd", "quantity", unit),
                Name = unit,
                UnitGroup = NamedId.Of("ilcd", "units", unit),
            };
        return property;
    }

    private XElement Category(LciImpactCategory category, LciFlowProperty measure, HashSet<string> inputs)
    {
        using var extra = new IlcdBeside(category.Extra, "lcia_categories", left);
        left.Add("lcia_categories.parameters", category.Parameters.Length);
        var known = Known.Contains(category.Category);
        var root = IlcdWords.Root(M, "LCIAMethod");
        if (category.Direction == Direction.None && category.Factors.Length > 0)
        {
            beside.Add("lcia_categories.direction");
            root.Add(new XAttribute(IlcdWords.Own + "direction", "none"));
        }
        // The format has the version of a method only beside who made it, which is not known here.
        if (extra.Take("version") is { Length: > 0 } version)
            root.Add(new XAttribute(IlcdWords.Own + "dataSetVersion", words.Clean(version)));
        root.Add(new XElement(M + "LCIAMethodInformation",
            new XElement(M + "dataSetInformation", new XElement(Common + "UUID", category.Id),
                words.Text(Common + "name", category.Name, IlcdWords.Name),
                database.Methods.Where(m => m.Categories.Contains(category.Id))
                    .Select(m => words.Plain(M + "methodology", m.Name)),
                known ? null : words.Classification(M, category.Category),
                known ? new XElement(M + "impactCategory", category.Category) : null,
                words.Text(Common + "generalComment", extra.Take("description"))),
            new XElement(M + "quantitativeReference", words.Reference(M + "referenceQuantity",
                "flow property data set", "flowproperties", measure.Id, measure.Name)),
            new XElement(M + "geography")),
            new XElement(M + "modellingAndValidation",
                new XElement(M + "LCIAMethodNormalisationAndWeighting", Beside(category))),
            category.Factors.IsEmpty ? null : new XElement(M + "characterisationFactors",
                category.Factors.Select(f => Factor(f, category.Direction, inputs))));
        return root;
    }

    /// <summary>
    /// What methods say of a category after its score: its part of damage categories and of sets for
    /// normalisation and weighting. What sets say of damage categories stands with the first category.
    /// </summary>
    private XElement? Beside(LciImpactCategory category)
    {
        var items = new List<XElement>();
        foreach (var method in database.Methods.Where(m => m.Categories.Contains(category.Id)))
        {
            var damages = method.Damages.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
            for (var i = 0; i < method.Damages.Length; i++)
            {
                var damage = method.Damages[i];
                for (var k = 0; k < damage.Factors.Length; k++)
                    if (damage.Factors[k].Category == category.Id)
                        items.Add(Item("damage", method, damage.Id, damage.Name, damage.Unit, i, k,
                            ("factor", damage.Factors[k].Factor)));
            }
            for (var i = 0; i < method.Weightings.Length; i++)
            {
                var set = method.Weightings[i];
                for (var k = 0; k < set.Factors.Length; k++)
                {
                    var factor = set.Factors[k];
                    var isDamage = damages.Contains(factor.Category);
                    if (isDamage ? category.Id != method.Categories[0] : factor.Category != category.Id)
                        continue;
                    var item = Item("set", method, set.Id, set.Name, set.Unit, i, k,
                        ("normalisation", factor.Normalisation), ("weight", factor.Weight));
                    if (isDamage) item.Add(new XAttribute("of", factor.Category));
                    items.Add(item);
                }
            }
        }
        return items.Count == 0 ? null : new XElement(Common + "other", items);
    }

    private XElement Item(string kind, LciMethod method, string id, string name, string unit, int number,
        int at, params ReadOnlySpan<(string Name, double? Value)> numbers)
    {
        beside.Add(kind == "set" ? "lcia_methods.nwSets" : "lcia_methods.damageCategories");
        var item = new XElement(IlcdWords.Own + kind, new XAttribute("method", words.Clean(method.Name)),
            new XAttribute("id", id), new XAttribute("name", words.Clean(name)),
            new XAttribute("unit", words.Clean(unit)), new XAttribute("number", number),
            new XAttribute("at", at));
        foreach (var (named, value) in numbers)
            if (value is { } stated) item.Add(new XAttribute(named, IlcdWords.Number(stated)));
        return item;
    }

    private XElement Factor(LciImpactFactor factor, Direction direction, HashSet<string> inputs)
    {
        var flow = _lookup.Flows.GetValueOrDefault(factor.Flow);
        var unit = flow is null ? 1 : _lookup.ToReference(flow, factor.Unit, factor.Property) ?? 1;
        var place = _lookup.Locations.GetValueOrDefault(factor.Location);
        var isInput = direction == Direction.Input
            || (direction == Direction.None && inputs.Contains(factor.Flow));
        if (factor.Formula.Length > 0) left.Add("impactFactors.formula");
        return new XElement(M + "factor",
            unit == 1 ? null : new[]
            {
                new XAttribute(IlcdWords.OpenLca + "unitId", factor.Unit),
                new XAttribute(IlcdWords.OpenLca + "propertyId", factor.Property),
                new XAttribute(IlcdWords.OpenLca + "amount", IlcdWords.Number(factor.Value)),
            },
            IlcdWords.Exact(factor.Uncertainty, beside),
            words.Reference(M + "referenceToFlowDataSet", "flow data set", "flows", factor.Flow,
                flow?.Name ?? ""),
            place is null ? null : words.Plain(M + "location", IlcdPartSets.CodeOf(place), IlcdWords.Name),
            new XElement(M + "exchangeDirection", isInput ? "Input" : "Output"),
            new XElement(M + "meanValue", IlcdWords.Number(factor.Value / unit)),
            IlcdWords.Spread(M, factor.Uncertainty.Times(1 / unit), "Value"));
    }
}
