using System.IO.Compression;
using System.Text.Json;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.Results;
using Celadon.Lca.Solving;

namespace Celadon.Tests.Lca;

/// <summary>
/// The US Life Cycle Inventory, 766 processes as they were published: fossil carbon dioxide per unit of
/// product,
/// known from two other methods. Linking: the flow's only provider, else the first by identifier; what has
/// none
/// is cut off; co-products bear nothing.
/// </summary>
public sealed class UsLciTests
{
    private static readonly string Package =
        Path.Combine(House.Repository.Root, "..", "shared", "data", "uslci-jsonld-v1.zip");

    private static readonly Lazy<AssembledSystem> System = new(Read);

    [Theory]
    [InlineData("62993671-574c-3fc5-b66a-6be3bb21ad3d", 0.96562692169175)]
    [InlineData("317adcbc", 0.0702533515073)]
    [InlineData("018446d9", 0.198199484131742)]
    [InlineData("ac54bc7d", 2.022)]
    [InlineData("ce38752e", 1.4487)]
    public void Fossil_carbon_dioxide(string process, double expected)
    {
        Assert.SkipUnless(File.Exists(Package), "skipped: ../shared/data/uslci-jsonld-v1.zip not present");
        var system = System.Value;
        using var assessment = new Assessment(system.System);
        var id = system.Processes.Single(p => p.Id.StartsWith(process, StringComparison.Ordinal)).Id;
        var result = assessment.Solve(system.DemandFor(id, 1));
        Assert.Equal(expected, result.Score(new(0)), 5e-5 * expected);
        if (expected.ToString("R", null).Length > 10)
            Assert.Equal(expected, result.Score(new(0)), 1e-11 * expected);
        Assert.Equal(SolverKind.Multifrontal, result.Choice.Kind);
        Assert.InRange(result.Accuracy(new(0)).Digits, 11, 15);
        Assert.InRange(result.Choice.Condition, 1, 1e7);
        Assert.Equal(result.Score(new(0)),
            assessment.Intensity(new(0), new(system.Process(id).Value)), 1e-11 * expected);
    }

    [Fact]
    public void Its_shape()
    {
        Assert.SkipUnless(File.Exists(Package), "skipped: ../shared/data/uslci-jsonld-v1.zip not present");
        var shape = SystemCheck.Shape(System.Value.System);
        Assert.Equal(766, System.Value.System.ProcessCount);
        Assert.Equal(32, shape.Loops.Max(l => l.Count));
        Assert.Equal(734, 766 - shape.Loops.Sum(l => l.Count - 1));
    }

    private static AssembledSystem Read()
    {
        using var zip = ZipFile.OpenRead(Package);
        JsonElement[] Of(string folder) => [.. zip.Entries
            .Where(e => e.FullName.StartsWith(folder + "/", StringComparison.Ordinal) && e.Length > 0)
            .Select(e =>
            {
                using var stream = e.Open();
                return JsonDocument.Parse(stream).RootElement;
            })];
        var units = Of("unit_groups").SelectMany(g => g.GetProperty("units").EnumerateArray())
            .ToDictionary(Id, u => u.GetProperty("conversionFactor").GetDouble());
        var properties = Of("flows").SelectMany(f => f.GetProperty("flowProperties").EnumerateArray()
                .Select(p => ((Id(f), Id(p.GetProperty("flowProperty"))),
                    p.GetProperty("conversionFactor").GetDouble())))
            .DistinctBy(x => x.Item1).ToDictionary(x => x.Item1, x => x.Item2);
        var processes = Of("processes").Select(p => Process(p, units, properties)).ToList();
        var fossil = processes.SelectMany(p => p.Names).Where(n =>
                n.Value.StartsWith("Carbon dioxide, fossil", StringComparison.Ordinal))
            .Select(n => n.Key).Distinct().Select(id => new RegionalFactor(id, null, 1)).ToList();
        return SystemAssembler.Assemble(processes.Select(p => p.Process), [new Category("CO2", fossil)],
            LinkPolicy.FirstByName);
    }

    private static (UnitProcess Process, Dictionary<string, string> Names) Process(JsonElement p,
        Dictionary<string, double> units, Dictionary<(string, string), double> properties)
    {
        var (exchanges, names) = (new List<UnitExchange>(), new Dictionary<string, string>());
        Flow? reference = null;
        foreach (var e in p.GetProperty("exchanges").EnumerateArray())
        {
            var given = e.GetProperty("flow");
            var kind = given.GetProperty("flowType").GetString() switch
            {
                "PRODUCT_FLOW" => FlowKind.Product,
                "WASTE_FLOW" => FlowKind.Waste,
                _ => FlowKind.Elementary,
            };
            var flow = new Flow(Id(given), kind);
            if (kind == FlowKind.Elementary) names[flow.Id] = given.GetProperty("name").GetString()!;
            var amount = e.GetProperty("amount").GetDouble() * units[Id(e.GetProperty("unit"))]
                / properties[(flow.Id, Id(e.GetProperty("flowProperty")))];
            exchanges.Add(new UnitExchange(flow, amount, e.GetProperty("input").GetBoolean()));
            if (e.TryGetProperty("quantitativeReference", out var is1) && is1.GetBoolean()) reference = flow;
        }
        return (new UnitProcess(Id(p), reference!,
            exchanges)
        { Allocation = AllocationRule.ReferenceBearsAll }, names);
    }

    private static string Id(JsonElement e) => e.GetProperty("@id").GetString()!;
}
