using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;

namespace Celadon.Tests.Packs.Lci;

/// <summary>A database with one of everything that its tables keep.</summary>
internal static class SmallDatabase
{
    /// <summary>Text that a careless table would break.</summary>
    private const string Awkward = "a,\"b\"|c\\d\r\ne\tf 釉";

    /// <summary>The database.</summary>
    public static LciDatabase Make(double amount = 0.1, Uncertainty uncertainty = default) => new()
    {
        Name = "Small",
        UnitGroups = [new() { Id = "g", Name = "Mass", Category = "Units/SI", DefaultProperty = "m", Units =
            [new("kg", "kg", 1, true, ["kilogram", "k|g", "k\\g"]) { Extra = """{"a":1}""" },
                new("t", "t", 1000, false, [])] }],
        FlowProperties = [new() { Id = "m", Name = "Mass", UnitGroup = "g", Extra = """{"version":"1"}""" },
            new() { Id = "e", Name = "Money", UnitGroup = "g", IsEconomic = true }],
        Currencies = [new() { Id = "c", Name = "Euro", Code = "EUR", Factor = 1.1, Reference = "u" }],
        Locations = [new() { Id = "l", Name = "Jingdezhen", Code = "CN-36", Latitude = 29.3,
                Longitude = -0.0 },
            new() { Id = "nowhere", Name = "Nowhere" }],
        Flows = [new() { Id = "f", Name = Awkward, Kind = FlowKind.Product, Location = "l", Cas = "7-1",
                Formula = "SiO2", Synonyms = ["x", "y"], Properties = [new("m", 1), new("e", 1 / 3d)] },
            new() { Id = "air", Name = "CO2", Kind = FlowKind.Elementary, Properties = [new("m", 1)] }],
        Processes = [new()
        {
            Id = "p", Name = Awkward, Location = "l", IsResult = true, Reference = 7, Extra = Awkward,
            Allocation = AllocationRule.ReferenceBearsAll,
            Exchanges = [new() { Id = 7, Flow = "f", Unit = "t", Property = "m", Amount = 1,
                    IsInput = false },
                new() { Id = 2, Flow = "air", Unit = "kg", Property = "m", Amount = amount, IsInput = true,
                    IsAvoided = true, Provider = "p", Formula = "2*x", Uncertainty = uncertainty,
                    Location = "l", Cost = -1e-300, Currency = "c", DataQuality = "(1;2;3)",
                    BaseUncertainty = 1.05, Extra = """{"description":"say \"so\""}""" }],
            AllocationFactors = [new(AllocationRule.Physical, "f", null, 0.25, "x"),
                new(AllocationRule.Causal, "f", 2, 0.75, "")],
            Parameters = [new("i", "x", 5, "", Uncertainty.Normal(5, 0.5), """{"description":"d"}""")],
        },
            new() { Id = "empty", Name = "Empty", Exchanges = [] }],
        Categories = [new() { Id = "gwp", Name = "Climate", Unit = "kg CO2e", Direction = Direction.Output,
            Factors = [new("air", "kg", "m", 1.5, "y", "l", Uncertainty.Uniform(1, 2))],
            Parameters = [new("j", "y", 2, "1+1", default)] }],
        Methods = [new() { Id = "me", Name = "Method", Categories = ["gwp"],
            Damages = [new("d", "Health", "DALY", [new("gwp", 1e-6)]), new("d2", "None", "", [])],
            Weightings =
            [new("w", "World", "Pt", [new("gwp", 0.5, null)]), new("none", "None", "", [])] }],
        Parameters = [new("k", "z", 1e300, "", Uncertainty.Triangular(-1, 0, 1))],
        Systems = [new() { Id = "s", Name = "System", Process = "p", Exchange = 7, Amount = 2, Unit = "kg",
            Property = "m", Links = [new("p", 2, "p", "f")] }],
        Documents = [new("sources", "d", "Book", """{"name":"Book"}""")],
    };
}
