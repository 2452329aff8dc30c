using Celadon.Lca.Modelling;
using Celadon.Lca.Results;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci;
using Celadon.Store.Import.Lci.JsonLd;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Tests.Import.Lci;

/// <summary>
/// The US Life Cycle Inventory as published (JSON-LD, version 1): through the importer, a pack and back, it
/// gives the five results that two other methods gave.
/// </summary>
public sealed class UsLciImportTests
{
    private static readonly string Package =
        Path.Combine(House.Repository.Root, "..", "shared", "data", "uslci-jsonld-v1.zip");

    private static readonly Lazy<LciReading> Reading = new(() =>
    {
        using var package = LciPackage.Open(Package);
        return JsonLdReader.Read("US LCI", package.Parts);
    });

    private static readonly Lazy<LciLookup> Kept = new(() => PackReader.Read(LciPack.Of(
        Assembled.Clean(Reading.Value), new LciPackWords("uslci", "CC0-1.0", "US LCI", "NREL")), "uslci")
        .Pack!.Lci!.Value);

    private static readonly Lazy<AssembledSystem> Built = new(() => Assembled.Of(WithCarbonDioxide(
        Kept.Value.Database), LinkPolicy.FirstByName));

    private static void NeedsData() =>
        Assert.SkipUnless(File.Exists(Package), "skipped: ../shared/data/uslci-jsonld-v1.zip not present");

    [Theory]
    [InlineData("62993671", 0.96562692169175, 1e-11)]
    [InlineData("317adcbc", 0.0702533515073, 1e-11)]
    [InlineData("018446d9", 0.198199484131742, 1e-11)]
    [InlineData("ac54bc7d", 2.022, 5e-5)]
    [InlineData("ce38752e", 1.4487, 5e-5)]
    public void Fossil_carbon_dioxide(string process, double expected, double within)
    {
        NeedsData();
        using var assessment = new Assessment(Built.Value.System);
        var id = Built.Value.Processes.Single(p =>
            p.Id.StartsWith(process, StringComparison.Ordinal)).Id;
        Assert.Equal(expected, assessment.Solve(Built.Value.DemandFor(id, 1)).Score(new(0)),
            within * expected);
    }

    [Fact]
    public void It_is_counted_as_published()
    {
        NeedsData();
        Assert.Equal(new LciCounts(766, 4601, 32526, 6480, 2755, 0, 0), LciCounts.Of(Kept.Value.Database));
        Assert.Contains(Reading.Value.Findings, f => f.Code == "lci.noCandidate"
            && f.Args["count"] == "2755" && f.Args["of"] == "6480");
        // Ten parameters have a space behind their name, which the formulas that use them leave out.
        Assert.DoesNotContain(Reading.Value.Findings, f => f.Code == "lci.formula");
        Assert.Equal(687 - 1 + 78 - 1, Kept.Value.Database.Documents.Length);
    }

    /// <summary>Its units are not all what their names mean; our template can hold it all the same.</summary>
    [Fact]
    public void Written_as_our_template_it_is_read_again_whole()
    {
        NeedsData();
        var (parts, _) = TemplateFiles.Written(Kept.Value.Database, asBook: false);
        var again = Assembled.Clean(Celadon.Store.Import.Lci.Template.TemplateReader.Read("US LCI", parts));
        Assert.Equal(LciCounts.Of(Kept.Value.Database), LciCounts.Of(again));
        var units = again.UnitGroups.SelectMany(g => g.Units).ToLookup(u => u.Name);
        Assert.Equal(0.09, Assert.Single(units["ft2"]).Factor, 1e-12);
    }

    /// <summary>A category of 1 for what is called "Carbon dioxide, fossil"; co-products are free.</summary>
    private static LciDatabase WithCarbonDioxide(LciDatabase database)
    {
        var lookup = new LciLookup(database);
        return database with
        {
            Processes = [.. database.Processes.Select(p => p with
            {
                AllocationFactors = [],
                Exchanges = [.. p.Exchanges.Select(e => e with { Formula = "", Uncertainty = default })],
            })],
            Categories = [new()
            {
                Id = "CO2",
                Name = "CO2",
                Unit = "kg",
                Factors = [.. database.Flows.Where(f => f.Kind == FlowKind.Elementary
                        && f.Name.StartsWith("Carbon dioxide, fossil", StringComparison.Ordinal))
                    .Select(f => new LciImpactFactor(f.Id, lookup.Groups[lookup.Properties[
                        f.Properties[0].Property].UnitGroup].Units.Single(u => u.IsReference).Id,
                        f.Properties[0].Property, 1, "", "", default))],
            }],
        };
    }
}
