using Celadon.Lca.Modelling;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Tests.Packs;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Methods that stand beside a database.</summary>
public class AssessMethodTests
{
    private const string Gases = """, "method": { "pack": "gwp-100-flows", "gwp": "AR5" }""";

    private static readonly LciDatabase Air = Renamed(Of(Process("1", "out 1 p1", "out 10 e1", "out 2 e2",
        "out 3 e3", "in 4 e4", "out 5 e5", "out 6 e6")) with { Categories = [] },
        ("e1", "Carbon dioxide, fossil", "air/unspecified"), ("e2", "Methane, biogenic", "air/unspecified"),
        ("e3", "Carbon dioxide, biogenic", "air/unspecified"),
        ("e4", "Carbon dioxide, in air", "resource/in air"),
        ("e5", "Ethane, trifluoro-, HFC-143", "air/unspecified"), ("e6", "Phosphate", "water/river"));

    /// <summary>By hand, AR5: 10 × 1 + 2 × 28; biogenic CO2 3 released less 4 taken up.</summary>
    [Theory]
    [InlineData("total", "66")]
    [InlineData("fossil", "10")]
    [InlineData("biogenic-methane", "56")]
    [InlineData("biogenic-co2", "-1")]
    public void Potentials_by_category(string category, string score) => Assert.Equal(score,
        Report(Gases, Air).Categories.Single(c => c.Id == category).Score.Value.ToString());

    [Fact]
    public void What_has_no_factor_is_named()
    {
        var answer = Answer(Gases, Air);
        var method = ((AssessReport)answer.Report).Method;
        Assert.Equal((6, 4), (method.Flows, method.WithFactor));
        Assert.Equal("5 kg", Asking.At(answer, "/method/suspects/0/amount"));
        Assert.Equal("Ethane, trifluoro-, HFC-143", Assert.Single(method.Suspects).Name);
        Assert.Equal("Phosphate", Assert.Single(method.Others).Name);
        Assert.Equal(["Carbon dioxide, biogenic", "Carbon dioxide, in air"], method.Treated.Select(t =>
            t.Name));
        Assert.Equal("1", Assert.Single(answer.Findings, f => f.Code == "products.assess.suspects")
            .Args["n"]);
    }

    [Fact]
    public void A_flow_that_is_not_measured_by_mass_is_named_and_not_counted()
    {
        var volume = Air with
        {
            UnitGroups = [new LciUnitGroup
            {
                Id = "mass", Name = "volume", Units = [new("kg", "m3", 1, true, [])],
            }],
        };
        var report = Report(Gases, volume);
        Assert.Equal((0, 5), (report.Method.WithFactor, report.Method.SuspectCount));
        Assert.Contains(Answer(Gases, volume).Findings, f => f.Code == "products.assess.noFactor");
    }

    /// <summary>Theirs in t where ours is in kg; a flow by identifier, one by name, one by neither.</summary>
    [Fact]
    public void Methods_of_another_database_find_their_flows_here()
    {
        var other = Renamed(Of(Process("x", "out 1 p1", "out 1 e1", "out 1 e22", "out 1 e33")),
            ("e1", "other words", ""), ("e22", "METHANE, biogenic", "Emissions/air/unspecified"),
            ("e33", "Carbon dioxide, biogenic", "water/river")) with
        {
            Categories = [Counting(("e1", 1), ("e22", 7), ("e33", 100)), Counting(("e1", 5)) with
            {
                Id = "d", Name = "other effect",
            }],
            Methods = [new LciMethod { Id = "m", Name = "both of one", Categories = ["c"] }],
        };
        var inTonnes = other with
        {
            UnitGroups = [new LciUnitGroup
            {
                Id = "mass", Name = "mass",
                Units = [new("t", "t", 1, true, []), new("kg", "kg", 0.001, false, [])],
            }],
        };
        foreach (var theirs in (LciDatabase[])[other, inTonnes])
        {
            var packs = FactorLibrary.From([.. Library(Air).Packs, .. Library(theirs, "theirs").Packs]);
            const string all = """, "method": { "database": "theirs" }""";
            const string one = """, "method": { "database": "theirs", "name": "both of one" }""";
            Assert.Equal(["24", "50"], ((AssessReport)Answer(all, packs).Report).Categories
                .Select(c => c.Score.Value.ToString()));
            Assert.Equal(["24"], ((AssessReport)Answer(one, packs).Report).Categories
                .Select(c => c.Score.Value.ToString()));
        }
    }

    [Theory]
    [InlineData("""{ "pack": "gwp-100-flows" }""", "methodSet")]
    [InlineData("""{ "pack": "gwp-100", "gwp": "AR5" }""", "methodPack")]
    [InlineData("""{ "pack": "gwp-100-flows", "database": "small" }""", "methodEither")]
    [InlineData("""{ "gwp": "AR5" }""", "methodEither")]
    [InlineData("""{ "database": "none" }""", "database")]
    [InlineData("""{ "database": "small" }""", "noCategories")]
    [InlineData("""{ "database": "small", "name": "x" }""", "methodName")]
    public void A_method_that_is_not_there(string method, string code) => Assert.Equal(
        "products.assess." + code, Asking.Refused(new AssessQuestion(),
            $$"""{ "database": "small", "process": "1", "amount": "1", "method": {{method}} }""", With(Air)));

    [Fact]
    public void A_system_in_the_spec_has_its_own_categories() => Assert.Equal(
        "products.assess.methodForSystem", Asking.Refused(new AssessQuestion(),
            AssessTests.Loop.Replace("\"p1\", \"amount\": \"2\"", "\"p1\", \"amount\": \"2\"" + Gases,
                StringComparison.Ordinal), With(Air)));

    private static LciDatabase Renamed(LciDatabase database,
        params (string Id, string Name, string Path)[] flows) => database with
    {
        Flows = [.. database.Flows.Select(f => flows.FirstOrDefault(x => x.Id == f.Id) is
        { Id.Length: > 0 } x ? f with { Name = x.Name, Category = x.Path } : f)],
    };

    private static AssessReport Report(string more, LciDatabase database) =>
        (AssessReport)Answer(more, database).Report;

    private static Answer Answer(string more, LciDatabase database) => Answer(more, With(database));

    private static Answer Answer(string more, FactorLibrary packs) => Asking.Ask(new AssessQuestion(),
        $$"""{ "database": "small", "process": "1", "amount": "1"{{more}} }""", packs);

    private static FactorLibrary With(LciDatabase database) =>
        FactorLibrary.From([.. PacksUnderTest.Library.Packs, .. Library(database).Packs]);
}
