using System.Text;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Tests.Import.Lci;

/// <summary>A small package of JSON-LD in schema version 2, and the same in version 1.</summary>
internal static class JsonLdFiles
{
    /// <summary>
    /// A tile of 2 kg takes 3 kWh (7.2 MJ + 1 kWh) of power, avoids 1 kWh, and comes with a co-product that
    /// bears a quarter. Power emits 0.5 kg CO2 a kWh; the tile itself emits "gas * 2" = 0.8 kg.
    /// </summary>
    public static readonly (string Name, string Json)[] Two =
    [
        ("openlca.json", """{"schemaVersion":2}"""),
        ("unit_groups/mass.json", """
            {"@type":"UnitGroup","@id":"mass","name":"Mass","category":"Units","version":"01.00",
             "defaultFlowProperty":{"@id":"m"},"units":[{"@id":"kg","name":"kg","conversionFactor":1.0,
             "isRefUnit":true,"synonyms":["kilogram"]},{"@id":"g","name":"g","conversionFactor":0.001}]}
            """),
        ("unit_groups/energy.json", """
            {"@id":"energy","name":"Energy","units":[{"@id":"MJ","name":"MJ","conversionFactor":1,
             "isRefUnit":true},{"@id":"kWh","name":"kWh","conversionFactor":3.6}]}
            """),
        ("flow_properties/m.json", """
            {"@id":"m","name":"Mass","flowPropertyType":"PHYSICAL_QUANTITY","unitGroup":{"@id":"mass"}}
            """),
        ("flow_properties/en.json", """{"@id":"en","name":"Energy","unitGroup":{"@id":"energy"}}"""),
        ("locations/gb.json", """{"@id":"gb","name":"Britain","code":"GB","latitude":54.0,"longitude":-2}"""),
        ("flows/tile.json", Flow("tile", "PRODUCT_FLOW", "m")),
        ("flows/shard.json", Flow("shard", "PRODUCT_FLOW", "m")),
        ("flows/power.json", Flow("power", "PRODUCT_FLOW", "en")),
        ("flows/co2.json", Flow("co2", "ELEMENTARY_FLOW", "m")),
        ("processes/kiln.json", """
            {"@type":"Process","@id":"kiln","name":"Kiln","category":"Ceramics/Tiles","tags":["x"],
             "processType":"UNIT_PROCESS","location":{"@id":"gb"},
             "defaultAllocationMethod":"PHYSICAL_ALLOCATION",
             "parameters":[{"@id":"q","name":"gas","isInputParameter":true,"value":0.4,
               "uncertainty":{"distributionType":"UNIFORM_DISTRIBUTION","minimum":0.3,"maximum":0.5}}],
             "exchanges":[
              {"internalId":4,"flow":{"@id":"tile"},"unit":{"@id":"kg"},"flowProperty":{"@id":"m"},
               "amount":2,"isInput":false,"isQuantitativeReference":true},
              {"internalId":5,"flow":{"@id":"shard"},"amount":1,"isInput":false},
              {"internalId":6,"flow":{"@id":"power"},"unit":{"@id":"MJ"},"amount":7.2,"isInput":true,
               "defaultProvider":{"@type":"Process","@id":"grid"},"dqEntry":"(1;2)",
               "baseUncertainty":1.05,"description":"meter","uncertainty":
               {"distributionType":"LOG_NORMAL_DISTRIBUTION","geomMean":7.2,"geomSd":1.2}},
              {"internalId":7,"flow":{"@id":"power"},"unit":{"@id":"kWh"},"amount":1,"isInput":true},
              {"internalId":8,"flow":{"@id":"power"},"unit":{"@id":"kWh"},"amount":1,"isInput":true,
               "isAvoidedProduct":true},
              {"internalId":9,"flow":{"@id":"co2"},"unit":{"@id":"g"},"amount":800,"isInput":false,
               "amountFormula":"gas * 2000"}],
             "allocationFactors":[
              {"allocationType":"PHYSICAL_ALLOCATION","product":{"@id":"tile"},"value":0.75},
              {"allocationType":"PHYSICAL_ALLOCATION","product":{"@id":"shard"},"value":0.25},
              {"allocationType":"CAUSAL_ALLOCATION","product":{"@id":"tile"},"value":0.6,
               "exchange":{"internalId":9}}]}
            """),
        ("processes/grid.json", """
            {"@id":"grid","name":"Grid","exchanges":[
             {"internalId":1,"flow":{"@id":"power"},"unit":{"@id":"kWh"},"amount":1,"isInput":false,
              "isQuantitativeReference":true},
             {"internalId":2,"flow":{"@id":"co2"},"amount":0.5,"isInput":false}]}
            """),
        ("lcia_categories/gwp.json", """
            {"@id":"gwp","name":"climate","refUnit":"kg CO2e","direction":"OUTPUT","impactFactors":[
             {"flow":{"@id":"co2"},"unit":{"@id":"g"},"flowProperty":{"@id":"m"},"value":0.001},
             {"flow":{"@id":"elsewhere"},"value":9}]}
            """),
        ("lcia_methods/me.json", """
            {"@id":"me","name":"Method","impactCategories":[{"@id":"gwp"}],"nwSets":[{"@id":"nw",
             "name":"World","weightedScoreUnit":"Pt","factors":[{"impactCategory":{"@id":"gwp"},
             "normalisationFactor":0.5,"weightingFactor":3}]}]}
            """),
        ("parameters/g.json", """
            {"@id":"gp","name":"wide","isInputParameter":false,"formula":"1+1","value":2}
            """),
        ("product_systems/s.json", """
            {"@id":"s","name":"System","refProcess":{"@id":"kiln"},"refExchange":{"internalId":4},
             "targetAmount":500,"targetUnit":{"@id":"g"},"processes":[{"@id":"kiln"},{"@id":"grid"}],
             "processLinks":[{"provider":{"@id":"grid"},"process":{"@id":"kiln"},"flow":{"@id":"power"},
              "exchange":{"internalId":7}}]}
            """),
        ("sources/book.json", """{"@id":"book","name":"Book","year":2020}"""),
    ];

    /// <summary>The files as parts.</summary>
    public static LciPart[] Parts(params IEnumerable<(string Name, string Json)> files) =>
        [.. files.Select(f => LciPart.Of(f.Name, Encoding.UTF8.GetBytes(f.Json)))];

    /// <summary>The package with a piece of one file replaced.</summary>
    public static LciPart[] With(string file, string from, string to)
    {
        Assert.Contains(from, Two.Single(f => f.Name == file).Json, StringComparison.Ordinal);
        return Parts(Two.Select(f => f.Name == file
            ? (f.Name, f.Json.Replace(from, to, StringComparison.Ordinal)) : f));
    }

    private static string Flow(string id, string type, string property) => $$"""
        {"@id":"{{id}}","name":"{{id}}","flowType":"{{type}}","version":"02.00","flowProperties":[
         {"flowProperty":{"@id":"{{property}}"},"conversionFactor":1,"isRefFlowProperty":true}]}
        """;
}
