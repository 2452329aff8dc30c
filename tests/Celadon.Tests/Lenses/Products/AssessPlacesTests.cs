using Celadon.Lca.Modelling;
using Celadon.Lenses.Products;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Tests.Packs;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Regionalised factors and causal shares of databases, as a question meets them.</summary>
public class AssessPlacesTests
{
    /// <summary>2 kg of e1, where the process is, at factors 1 (anywhere), 3 (GB) and 7 (CN).</summary>
    [Theory]
    [InlineData("GB", "6")]
    [InlineData("GB-STE", "6")]
    [InlineData("GBR", "6")]
    [InlineData("CN-ZJ", "14")]
    [InlineData("CN-33", "14")]
    [InlineData("FR", "2")]
    [InlineData("", "2")]
    public void A_factor_of_a_country_serves_its_provinces(string code, string score) =>
        Assert.Equal(score, Score(With(("here", code), ("gb", "GB"), ("cn", "CN"))));

    /// <summary>What a province has of its own comes first, and the world comes last.</summary>
    [Theory]
    [InlineData("CN-ZJ", "GLO", "14")]
    [InlineData("CN", "GLO", "14")]
    [InlineData("FR", "GLO", "22")]
    [InlineData("CN-ZJ", "CN-ZJ", "22")]
    public void The_narrowest_place_counts(string code, string third, string score) => Assert.Equal(score,
        Score(With(("here", code), ("gb", "GB"), ("cn", "CN"), ("third", third)), 11));

    /// <summary>
    /// Method and processes in two databases that name places by identifiers of their own; the process's
    /// database does not know the country that the method has a factor for.
    /// </summary>
    [Fact]
    public void Places_of_two_databases_are_one_by_their_codes()
    {
        var ours = With(("4711", "GB-STE")) with { Categories = [] };
        var theirs = With(("gb", "GB"), ("cn", "CN"));
        var packs = FactorLibrary.From([.. PacksUnderTest.Library.Packs, .. Library(ours).Packs,
            .. Library(theirs, "theirs").Packs]);
        var report = (AssessReport)Asking.Ask(new AssessQuestion(), """
            { "database": "small", "process": "1", "amount": "1", "method": { "database": "theirs" } }
            """, packs).Report;
        Assert.Equal("6", Assert.Single(report.Categories).Score.Value.ToString());
    }

    /// <summary>A factor of a wider place is never silent where the method tells places apart.</summary>
    [Theory]
    [InlineData("GB", null)]
    [InlineData("GB-STE", "e1, GB-STE → GB")]
    [InlineData("FR", "e1, FR → *")]
    [InlineData("", "e1, ? → *")]
    public void A_wider_factor_is_said(string code, string? names)
    {
        var database = With(("here", code), ("gb", "GB"), ("cn", "CN"));
        var answer = Asking.Ask(new AssessQuestion(), Spec,
            FactorLibrary.From([.. PacksUnderTest.Library.Packs, .. Library(database).Packs]));
        Assert.Equal(names, answer.Findings.SingleOrDefault(f => f.Code == "products.assess.widerFactor")
            ?.Args["names"]);
    }

    /// <summary>Two places with one code are one; two different factors for it are refused.</summary>
    [Fact]
    public void Two_factors_at_places_of_one_code_are_refused()
    {
        var database = With(("here", "GB"), ("gb", "GB"), ("cn", "GBR"));
        Assert.Equal("products.assess.factorTwice", Asking.Refused(new AssessQuestion(), Spec,
            FactorLibrary.From([.. PacksUnderTest.Library.Packs, .. Library(database).Packs])));
    }

    /// <summary>
    /// As openLCA and ILCD state causes: exchange by exchange, none for all. Of e1 on two lines, 2 and
    /// 6 kg, p1 bears a half and a quarter: 2.5.
    /// </summary>
    [Fact]
    public void Causes_are_taken_exchange_by_exchange()
    {
        var process = Process("1", "out 1 p1", "out 4 p2", "out 2 e1", "out 6 e1") with
        {
            Allocation = AllocationRule.Causal,
            AllocationFactors =
            [
                new(AllocationRule.Causal, "p1", 3, 0.5, ""), new(AllocationRule.Causal, "p2", 3, 0.5, ""),
                new(AllocationRule.Causal, "p1", 4, 0.25, ""), new(AllocationRule.Causal, "p2", 4, 0.75, ""),
            ],
        };
        Assert.Equal("2.5", Score(Counted(process)));
        Assert.Equal("products.assess.shares", Asking.Refused(new AssessQuestion(), Spec, Library(Counted(
            process with { AllocationFactors = process.AllocationFactors[..2] }))));
    }

    private const string Spec = """{ "database": "small", "process": "1", "amount": "1" }""";

    private static string Score(LciDatabase database, double third = 0)
    {
        var category = database.Categories[0];
        if (third > 0) database = database with
        {
            Categories = [category with
            {
                Factors = [.. category.Factors.Where(f => f.Location.Length > 0),
                    new LciImpactFactor("e1", "kg", "m", third, "", "third", default)],
            }],
        };
        return ((AssessReport)Asking.Ask(new AssessQuestion(), Spec, FactorLibrary.From(
            [.. PacksUnderTest.Library.Packs, .. Library(database).Packs])).Report).Categories
            .Single().Score.Value.ToString();
    }

    private static LciDatabase Counted(LciProcess process) =>
        Of(process) with { Categories = [Counting(("e1", 1))] };

    /// <summary>A process at the first of the places, and factors for anywhere, "gb" and "cn".</summary>
    private static LciDatabase With(params (string Id, string Code)[] places) =>
        Of(Process("1", "out 1 p1", "out 2 e1") with
        {
            Location = places[0].Code.Length > 0 ? places[0].Id : "",
        }) with
        {
            Locations = [.. places.Select(p => new LciLocation { Id = p.Id, Name = p.Id, Code = p.Code })],
            Categories = [Counting() with
            {
                Factors = [.. new[] { ("", 1.0), ("gb", 3), ("cn", 7) }.Select(f =>
                    new LciImpactFactor("e1", "kg", "m", f.Item2, "", f.Item1, default))],
            }],
        };
}
