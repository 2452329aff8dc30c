using System.Collections.Immutable;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lenses.Products;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Text;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Lenses.Products;

/// <summary>What products.assess refuses, each by its code and in both languages.</summary>
public class AssessRefusalTests
{
    private static readonly AssessQuestion Question = new();

    private static readonly LciProcess Plain = Process("1", "out 1 p1", "out 1 e");

    [Theory]
    [InlineData("\"process\": \"1\", \"amount\": \"0\"", "products.assess.amount")]
    [InlineData("\"process\": \"1\", \"amount\": \"1\", \"top\": 0", "products.assess.top")]
    [InlineData("\"process\": \"1\", \"amount\": \"1\", \"monteCarlo\": { \"samples\": 10001 }",
        "products.assess.samples")]
    [InlineData("\"process\": \"proces 1\", \"amount\": \"1\"", "products.assess.process")]
    [InlineData("\"process\": \"1\", \"amount\": \"1\", \"categories\": [\"x\"]", "products.assess.category")]
    public void A_spec_that_does_not_fit(string spec, string code) =>
        Assert.Equal(code, Refused(spec, Of(Plain)));

    [Fact]
    public void The_nearest_names_and_the_databases_there_are_named()
    {
        Assert.Equal("process 1", Args("small", "proces 1")["nearest"]);
        Assert.Equal("small", Args("smal", "1")["there"]);
    }

    [Fact]
    public void Neither_or_no_database()
    {
        const string one = """{ "process": "1", "amount": "1" }""";
        Assert.Equal("products.assess.either", Asking.Refused(Question, one));
        Assert.Equal("products.assess.noDatabases", Asking.Refused(Question,
            """{ "database": "small", "process": "1", "amount": "1" }"""));
        Assert.Equal("products.assess.noCategories", Refused(Of(Plain) with { Categories = [] }));
    }

    public static TheoryData<string> Models() => [.. Faulty.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_that_cannot_be_solved(string code) =>
        Assert.Equal("products.assess." + code, Refused(Faulty[code]));

    [Fact]
    public void An_uncertainty_stands_in_the_way_only_where_it_is_drawn()
    {
        var database = Of(Plain with
        {
            Exchanges = [Plain.Exchanges[0], Plain.Exchanges[1] with
            {
                Uncertainty = new(Distribution.DiscreteUniform, 2, 1, 1),
            }],
        });
        Asking.Ask(Question, """{ "database": "small", "process": "1", "amount": "1" }""", Library(database));
        Assert.Equal("products.assess.unsolvable", Refused(
            "\"process\": \"1\", \"amount\": \"1\", \"monteCarlo\": { \"samples\": 10 }", database));
    }

    /// <summary>In a spec it is refused where it stands, drawn or not.</summary>
    [Theory]
    [InlineData("\"distribution\": \"lognormal\", \"spread\": \"0.9\"")]
    [InlineData("\"distribution\": \"lognormal\"")]
    [InlineData("\"distribution\": \"normal\", \"spread\": \"-1\"")]
    [InlineData("\"distribution\": \"uniform\", \"least\": \"2\", \"most\": \"1\"")]
    [InlineData("\"distribution\": \"triangular\", \"least\": \"2\", \"most\": \"3\"")]
    [InlineData("\"distribution\": \"gamma\", \"shape\": \"0\"")]
    public void An_impossible_uncertainty_of_a_spec_is_refused_where_it_stands(string uncertainty)
    {
        var spec = AssessTests.Loop.Replace("\"flow\": \"f1\", \"amount\": \"1\", \"unit\": \"kg\",",
            $"\"flow\": \"f1\", \"amount\": \"1\", \"unit\": \"kg\", \"uncertainty\": {{ {uncertainty} }},",
            StringComparison.Ordinal);
        var refused = Assert.Throws<RefusedException>(() => Asking.Ask(Question, spec));
        Assert.Equal(("products.assess.uncertainty", "/system/processes/0/exchanges/2/uncertainty"),
            (refused.Finding.Code, refused.Finding.Place?.Pointer));
    }

    private static readonly Dictionary<string, LciDatabase> Faulty = new()
    {
        ["noReference"] = Of(Process("1", "in 1 p1")),
        ["singular"] = Of(Process("1", "out 1 p1", "in 1 p2"), Process("2", "out 1 p2", "in 1 p1")),
        ["severalProcesses"] = Of(Process("a", "out 1 p1") with { Name = "1" },
            Process("b", "out 1 p2") with { Name = "1" }),
        ["provider"] = Of(Process("1", "out 1 p1") with
        {
            Exchanges = [.. Plain.Exchanges, Process("", "in 1 p2").Exchanges[0] with { Provider = "none" }],
        }),
        ["shares"] = Of(Process("1", "out 1 p1", "out 1 p2") with
        {
            AllocationFactors = [new(AllocationRule.Economic, "p1", null, 0.4, "")],
        }),
        ["allocateBy"] = Of(Process("1", "out 1 p1", "out 1 p2") with
        {
            Allocation = AllocationRule.Economic,
        }),
        ["outputTwice"] = Of(Process("1", "out 1 p1", "out 1 p1")),
        ["unit"] = Of(Plain with { Exchanges = [Plain.Exchanges[0] with { Unit = "MJ" }] }),
        ["flow"] = Of(Plain) with { Flows = [.. Of(Plain).Flows.Where(f => f.Id != "e")] },
        ["formula"] = Of(Plain with { Exchanges = [Plain.Exchanges[0] with { Formula = "2 * unknown" }] }),
        ["factorTwice"] = Of(Plain) with { Categories = [Counting(("e", 1), ("e", 2))] },
    };

    private static string Refused(LciDatabase database) =>
        Refused("\"process\": \"1\", \"amount\": \"1\"", database);

    private static string Refused(string spec, LciDatabase database) => Asking.Refused(Question,
        $$"""{ "database": "small", {{spec}} }""", Library(database));

    private static ImmutableSortedDictionary<string, string> Args(string database, string process) =>
        Assert.Throws<RefusedException>(() => Question.Compute(Question.ReadSpec(
            $$"""{ "database": "{{database}}", "process": "{{process}}", "amount": "1" }"""), null,
            Library(Of(Plain)), CancellationToken.None)).Finding.Args;
}
