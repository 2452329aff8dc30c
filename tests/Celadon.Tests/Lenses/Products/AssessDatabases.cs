using System.Globalization;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Registers;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Small databases by hand, adopted as a pack named "small".</summary>
internal static class AssessDatabases
{
    /// <summary>A library whose only pack holds the database.</summary>
    public static FactorLibrary Library(LciDatabase database, string id = "small") => FactorLibrary.From(
    [new Pack
    {
        Header = new PackHeader
        {
            Id = id, Edition = "1", Title = new Name(), Publisher = "Nobody", Published = "",
            Licence = new Licence("CC0-1.0", "CC0", "", ""), Source = "by hand", Complete = true,
            Applies = new PackApplies(AppliesBy.None, null, null), Tables = [],
        },
        Sha256 = "",
        Lci = new Lazy<LciLookup>(() => new LciLookup(database)),
    }]);

    /// <summary>A database in kg and t of processes, with one category that counts flow "e".</summary>
    public static LciDatabase Of(params LciProcess[] processes)
    {
        var flows = processes.SelectMany(p => p.Exchanges).Select(e => e.Flow).Distinct().ToList();
        return new LciDatabase
        {
            Name = "small",
            UnitGroups = [new LciUnitGroup
            {
                Id = "mass", Name = "mass",
                Units = [new("kg", "kg", 1, true, []), new("t", "t", 1000, false, [])],
            }],
            FlowProperties = [new LciFlowProperty { Id = "m", Name = "mass", UnitGroup = "mass" }],
            Flows = [.. flows.Select(f => new LciFlow
            {
                Id = f, Name = f, Properties = [new("m", 1)], Kind = f[0] switch
                {
                    'e' => FlowKind.Elementary,
                    'w' => FlowKind.Waste,
                    _ => FlowKind.Product,
                },
            })],
            Processes = [.. processes],
            Categories = [Counting(("e", 1))],
        };
    }

    /// <summary>A category with factors per kg.</summary>
    public static LciImpactCategory Counting(params (string Flow, double Value)[] factors) => new()
    {
        Id = "c", Name = "effect", Unit = "kg CO2e",
        Factors = [.. factors.Select(f => new LciImpactFactor(f.Flow, "kg", "m", f.Value, "", "", default))],
    };

    /// <summary>
    /// A process from words "in 0.5 p2", "out 1 p1" and "avoid 1 p3"; the first names the reference.
    /// </summary>
    public static LciProcess Process(string id, params string[] exchanges) => new()
    {
        Id = id, Name = $"process {id}", Reference = 1,
        Exchanges = [.. exchanges.Select((text, k) =>
        {
            var words = text.Split(' ');
            return new LciExchange
            {
                Id = k + 1, Flow = words[2], Unit = "kg", Property = "m",
                Amount = double.Parse(words[1], CultureInfo.InvariantCulture),
                IsInput = words[0] != "out", IsAvoided = words[0] == "avoid",
            };
        })],
    };
}
