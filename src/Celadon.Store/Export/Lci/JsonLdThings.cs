using System.Collections.Immutable;
using System.Text.Json;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;

namespace Celadon.Store.Export.Lci;

/// <summary>The things of a database in the words of openLCA's schema version 2.</summary>
internal sealed class JsonLdThings(LciDatabase database, LciNotHeld notes, LciNotHeld beside)
{
    private readonly LciLookup _lookup = new(database);
    private readonly Dictionary<string, string> _currencies = database.Currencies
        .DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => c.Name, StringComparer.Ordinal);

    /// <summary>Every file with its folder, identifier and what writes it.</summary>
    public IEnumerable<(string Folder, string Id, Action<Utf8JsonWriter> Write)> All() =>
    [
        .. Files("unit_groups", database.UnitGroups, Group),
        .. Files("flow_properties", database.FlowProperties, Property),
        .. Files("currencies", database.Currencies, Currency),
        .. Files("locations", database.Locations, Location),
        .. Files("flows", database.Flows, Flow),
        .. Files("processes", database.Processes, Process),
        .. Files("lcia_categories", database.Categories, Category),
        .. Files("lcia_methods", database.Methods, Method),
        .. database.Parameters.Select(p => ("parameters", p.Id,
            (Action<Utf8JsonWriter>)(json => Parameter(json, p, "GLOBAL_SCOPE")))),
        .. Files("product_systems", database.Systems, System),
    ];

    private static IEnumerable<(string, string, Action<Utf8JsonWriter>)> Files<T>(string folder,
        ImmutableArray<T> things, Action<Utf8JsonWriter, T> write) where T : LciEntity =>
        things.Select(t => (folder, t.Id, (Action<Utf8JsonWriter>)(json => write(json, t))));

    private JsonLdObject Entity(Utf8JsonWriter json, string type, LciEntity thing) =>
        new JsonLdObject(json, thing.Extra, notes).Text("@type", type).Text("@id", thing.Id)
            .Text("name", thing.Name).Text("category", thing.Category);

    private void Group(Utf8JsonWriter json, LciUnitGroup group)
    {
        using var thing = Entity(json, "UnitGroup", group).Ref("defaultFlowProperty", "FlowProperty",
            group.DefaultProperty, NameOf(_lookup.Properties, group.DefaultProperty))
            .List("units", group.Units, unit =>
            {
                using var inner = new JsonLdObject(json, unit.Extra, notes).Text("@type", "Unit")
                    .Text("@id", unit.Id).Text("name", unit.Name).Number("conversionFactor", unit.Factor)
                    .Flag("isRefUnit", unit.IsReference)
                    .List("synonyms", unit.Synonyms, json.WriteStringValue);
            });
    }

    private void Property(Utf8JsonWriter json, LciFlowProperty property)
    {
        using var thing = Entity(json, "FlowProperty", property)
            .Text("flowPropertyType", property.IsEconomic ? "ECONOMIC_QUANTITY" : "PHYSICAL_QUANTITY")
            .Ref("unitGroup", "UnitGroup", property.UnitGroup, NameOf(_lookup.Groups, property.UnitGroup));
    }

    private void Currency(Utf8JsonWriter json, LciCurrency currency)
    {
        using var thing = Entity(json, "Currency", currency).Text("code", currency.Code)
            .Number("conversionFactor", currency.Factor)
            .Ref("refCurrency", "Currency", currency.Reference);
    }

    private void Location(Utf8JsonWriter json, LciLocation location)
    {
        using var thing = Entity(json, "Location", location).Text("code", location.Code)
            .Number("latitude", location.Latitude).Number("longitude", location.Longitude);
    }

    private void Flow(Utf8JsonWriter json, LciFlow flow)
    {
        var synonyms = flow.Synonyms.Where(s => s.Contains(';', StringComparison.Ordinal)
            || s.Trim().Length != s.Length || s.Length == 0).ToList();
        notes.Add("flows.synonyms", synonyms.Count);
        using var thing = Entity(json, "Flow", flow)
            .Text("flowType", flow.Kind switch
            {
                FlowKind.Product => "PRODUCT_FLOW",
                FlowKind.Waste => "WASTE_FLOW",
                _ => "ELEMENTARY_FLOW",
            }).Text("cas", flow.Cas).Text("formula", flow.Formula)
            .Text("synonyms", string.Join(';', flow.Synonyms.Except(synonyms)))
            .Ref("location", "Location", flow.Location, NameOf(_lookup.Locations, flow.Location))
            .List("flowProperties", flow.Properties, factor =>
            {
                using var inner = new JsonLdObject(json, "", notes).Text("@type", "FlowPropertyFactor")
                    .Ref("flowProperty", "FlowProperty", factor.Property,
                        NameOf(_lookup.Properties, factor.Property))
                    .Number("conversionFactor", factor.Factor)
                    .Flag("isRefFlowProperty", ReferenceEquals(factor, flow.Properties[0]));
            });
    }

    private void Process(Utf8JsonWriter json, LciProcess process)
    {
        using var thing = Entity(json, "Process", process)
            .Text("processType", process.IsResult ? "LCI_RESULT" : "UNIT_PROCESS")
            .Text("defaultAllocationMethod",
                process.Allocation is { } rule ? Rule(rule, isDefault: true) : "")
            .Ref("location", "Location", process.Location, NameOf(_lookup.Locations, process.Location))
            .List("parameters", process.Parameters, p => Parameter(json, p, "PROCESS_SCOPE"))
            .List("exchanges", process.Exchanges, e => Exchange(json, e, e.Id == process.Reference));
        var factors = process.AllocationFactors
            .Where(f => Rule(f.Rule, isDefault: false).Length > 0).ToList();
        thing.List("allocationFactors", factors, factor =>
        {
            using var inner = new JsonLdObject(json, "", notes).Text("@type", "AllocationFactor")
                .Text("allocationType", Rule(factor.Rule, isDefault: false))
                .Ref("product", "Flow", factor.Product, NameOf(_lookup.Flows, factor.Product))
                .Exchange("exchange", factor.Exchange).Number("value", factor.Value)
                .Text("formula", factor.Formula);
        });
        notes.Add("allocationFactors", process.AllocationFactors.Length - factors.Count);
    }

    /// <summary>The word of a rule; empty, and said where it is a process's own, when it has none.</summary>
    private string Rule(AllocationRule rule, bool isDefault)
    {
        var word = rule switch
        {
            AllocationRule.Physical => "PHYSICAL_ALLOCATION",
            AllocationRule.Economic => "ECONOMIC_ALLOCATION",
            AllocationRule.Causal => "CAUSAL_ALLOCATION",
            AllocationRule.ReferenceBearsAll when isDefault => "NO_ALLOCATION",
            _ => "",
        };
        if (isDefault && word.Length == 0) notes.Add($"allocation {Packs.Vocabulary.Word(rule)}");
        return word;
    }

    private void Exchange(Utf8JsonWriter json, LciExchange e, bool isReference)
    {
        using var thing = new JsonLdObject(json, e.Extra, notes).Text("@type", "Exchange")
            .Whole("internalId", e.Id).Ref("flow", "Flow", e.Flow, NameOf(_lookup.Flows, e.Flow))
            .Ref("unit", "Unit", e.Unit, _lookup.Unit(e.Unit)?.Name ?? "")
            .Ref("flowProperty", "FlowProperty", e.Property, NameOf(_lookup.Properties, e.Property))
            .Number("amount", e.Amount).Either("isInput", e.IsInput)
            .Flag("isQuantitativeReference", isReference).Flag("isAvoidedProduct", e.IsAvoided)
            .Ref("defaultProvider", "Process", e.Provider, NameOf(_lookup.Processes, e.Provider))
            .Text("amountFormula", e.Formula).Spread(e.Uncertainty, notes)
            .Number("baseUncertainty", e.BaseUncertainty).Text("dqEntry", e.DataQuality)
            .Ref("location", "Location", e.Location, NameOf(_lookup.Locations, e.Location))
            .Number("costValue", e.Cost)
            .Ref("currency", "Currency", e.Currency, _currencies.GetValueOrDefault(e.Currency, ""));
    }

    private void Parameter(Utf8JsonWriter json, LciParameter parameter, string scope)
    {
        using var thing = new JsonLdObject(json, parameter.Extra, notes).Text("@type", "Parameter")
            .Text("@id", parameter.Id).Text("name", parameter.Name).Text("parameterScope", scope)
            .Either("isInputParameter", parameter.Formula.Length == 0).Text("formula", parameter.Formula)
            .Number("value", parameter.Value).Spread(parameter.Uncertainty, notes);
    }

    private void Category(Utf8JsonWriter json, LciImpactCategory category)
    {
        using var thing = Entity(json, "ImpactCategory", category).Text("refUnit", category.Unit)
            .Text("direction", category.Direction switch
            {
                Direction.Input => "INPUT",
                Direction.Output => "OUTPUT",
                _ => "",
            })
            .List("parameters", category.Parameters, p => Parameter(json, p, "IMPACT_SCOPE"))
            .List("impactFactors", category.Factors, factor =>
            {
                using var inner = new JsonLdObject(json, "", notes).Text("@type", "ImpactFactor")
                    .Ref("flow", "Flow", factor.Flow, NameOf(_lookup.Flows, factor.Flow))
                    .Ref("unit", "Unit", factor.Unit, _lookup.Unit(factor.Unit)?.Name ?? "")
                    .Ref("flowProperty", "FlowProperty", factor.Property,
                        NameOf(_lookup.Properties, factor.Property))
                    .Number("value", factor.Value).Text("formula", factor.Formula)
                    .Ref("location", "Location", factor.Location,
                        NameOf(_lookup.Locations, factor.Location))
                    .Spread(factor.Uncertainty, notes);
            });
    }

    /// <summary>
    /// A method. The format has no damage categories: they go beside it, with what sets say of them.
    /// </summary>
    private void Method(Utf8JsonWriter json, LciMethod method)
    {
        void Category(string id)
        {
            using var inner = new JsonLdObject(json, "", notes).Text("@type", "ImpactCategory")
                .Text("@id", id).Text("name", NameOf(_lookup.Categories, id));
        }
        var damages = method.Damages.DistinctBy(d => d.Id)
            .ToDictionary(d => d.Id, d => d.Name, StringComparer.Ordinal);
        if (damages.Count > 0) beside.Add("lcia_methods.damageCategories", damages.Count);
        using var thing = Entity(json, "ImpactMethod", method)
            .List("impactCategories", method.Categories, Category)
            .List("damageCategories", method.Damages, damage =>
            {
                using var inner = new JsonLdObject(json, "", notes).Text("@id", damage.Id)
                    .Text("name", damage.Name).Text("refUnit", damage.Unit)
                    .List("factors", damage.Factors, factor =>
                    {
                        using var one = new JsonLdObject(json, "", notes)
                            .Ref("impactCategory", "ImpactCategory", factor.Category,
                                NameOf(_lookup.Categories, factor.Category))
                            .Number("value", factor.Factor);
                    });
            })
            .List("nwSets", method.Weightings, set => Set(json, set, damages));
    }

    private void Set(Utf8JsonWriter json, LciWeighting set, Dictionary<string, string> damages)
    {
        using var inner = new JsonLdObject(json, "", notes).Text("@type", "NwSet")
            .Text("@id", set.Id).Text("name", set.Name).Text("weightedScoreUnit", set.Unit)
            .List("factors", [.. set.Factors.Where(f => !damages.ContainsKey(f.Category))], factor =>
            {
                using var one = new JsonLdObject(json, "", notes)
                    .Ref("impactCategory", "ImpactCategory", factor.Category,
                        NameOf(_lookup.Categories, factor.Category))
                    .Number("normalisationFactor", factor.Normalisation)
                    .Number("weightingFactor", factor.Weight);
            })
            .List("damageFactors", [.. set.Factors.Where(f => damages.ContainsKey(f.Category))], factor =>
            {
                using var one = new JsonLdObject(json, "", notes)
                    .Ref("damageCategory", "DamageCategory", factor.Category, damages[factor.Category])
                    .Number("normalisationFactor", factor.Normalisation)
                    .Number("weightingFactor", factor.Weight);
            });
    }

    private void System(Utf8JsonWriter json, LciProductSystem system)
    {
        using var thing = Entity(json, "ProductSystem", system)
            .Ref("refProcess", "Process", system.Process, NameOf(_lookup.Processes, system.Process))
            .Exchange("refExchange", system.Exchange).Number("targetAmount", system.Amount)
            .Ref("targetUnit", "Unit", system.Unit, _lookup.Unit(system.Unit)?.Name ?? "")
            .Ref("targetFlowProperty", "FlowProperty", system.Property,
                NameOf(_lookup.Properties, system.Property))
            .List("processes", system.ProcessesOf(), id =>
            {
                using var inner = new JsonLdObject(json, "", notes).Text("@type", "Process")
                    .Text("@id", id).Text("name", NameOf(_lookup.Processes, id));
            })
            .List("processLinks", system.Links, link =>
            {
                using var inner = new JsonLdObject(json, "", notes)
                    .Ref("provider", "Process", link.Provider, NameOf(_lookup.Processes, link.Provider))
                    .Ref("process", "Process", link.Process, NameOf(_lookup.Processes, link.Process))
                    .Ref("flow", "Flow", link.Flow, NameOf(_lookup.Flows, link.Flow))
                    .Exchange("exchange", link.Exchange);
            });
    }

    private static string NameOf<T>(IReadOnlyDictionary<string, T> things, string id) where T : LciEntity =>
        things.TryGetValue(id, out var thing) ? thing.Name : "";
}
