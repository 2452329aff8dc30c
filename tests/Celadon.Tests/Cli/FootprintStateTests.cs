using System.Text.Json;
using Celadon.Lenses.Products;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Tests.Example;
using Celadon.Tests.House;

namespace Celadon.Tests.Cli;

/// <summary>"footprint state" over the example works: a whole statement from the books.</summary>
[Collection("example")]
public sealed class FootprintStateTests(ExampleWorks works) : IDisposable
{
    private const string Spec = """
        {"period":"2025-10/2026-09","site":"stoke","rules":"iso14067","gwp":"AR5","electricity":"location",
         "allowNearestEdition":true,"allowWiderPlace":true MORE}
        """;

    private const string Gtin = "urn:gtin:4712345060507";

    /// <summary>What the books of the example do not know.</summary>
    private static readonly string[] Facts =
    [
        "companyIds=urn:company:potters.example:stoke", "productIds=" + Gtin,
        "productDescription=Fired tableware", "fossilCarbonContent=0", "biogenicNonCO2Emissions=0.001",
        "landUseChangeGhgEmissions=0.2", "biogenicCO2Uptake=-0.5", "exemptedEmissionsPercent=3",
        "packagingEmissionsIncluded=false", "ccsTechnologicalCO2CaptureIncluded=false",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-state-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Every field that only a person knows is asked for by its name, and none is assumed.</summary>
    [Fact]
    public async Task What_the_books_do_not_know_is_asked_for_by_name()
    {
        var ran = await State("");
        Assert.Equal(1, ran.Exit);
        Assert.Equal("", ran.Out);
        Assert.Equal(["companyIds", "productDescription", "productIds", "fossilCarbonContent",
            "biogenicNonCO2Emissions", "landUseChangeGhgEmissions", "biogenicCO2Uptake"],
            ran.Error.Split('\n').Where(l => l.Contains("[footprint.state.ask]", StringComparison.Ordinal))
                .Select(l => l.Split(':')[1].Trim().Split('/')[^1]));
        Assert.Contains("6 things used have no figure", ran.Error, StringComparison.Ordinal);
        Assert.Contains("Glaze frit", ran.Error, StringComparison.Ordinal);
    }

    /// <summary>
    /// 540,400.4415856 kg of 114.7 t; with land use change .2 and an uptake of .5 beside it, as the sums of
    /// PACT 3.0.3 have them.
    /// </summary>
    [Fact]
    public async Task With_that_it_is_a_statement_that_the_checks_accept()
    {
        var ran = (await State("", Facts)).Ends(0);
        var read = StatementText.Read(System.Text.Encoding.UTF8.GetBytes(ran.Out));
        Assert.Empty(read.Findings);
        var pcf = ran.Json.GetProperty("pcf");
        foreach (var (field, value) in ((string, string)[])[
            ("declaredUnitOfMeasurement", "kilogram"), ("declaredUnitAmount", "1"),
            ("productMassPerDeclaredUnit", "1"), ("fossilGhgEmissions", "4.71042"),
            ("biogenicNonCO2Emissions", "0.001"), ("landUseChangeGhgEmissions", "0.2"),
            ("pcfExcludingBiogenicUptake", "4.91142"), ("pcfIncludingBiogenicUptake", "4.41142"),
            ("referencePeriodStart", "2025-09-30T23:00:00Z"), ("referencePeriodEnd", "2026-09-30T23:00:00Z"),
            ("geographyCountry", "GB"), ("primaryDataShare", "83.13"), ("exemptedEmissionsPercent", "3"),
            ("fossilCarbonContent", "0")])
            Assert.Equal(value, pcf.GetProperty(field).GetString());
        Assert.Equal("AR5", Assert.Single(pcf.GetProperty("ipccCharacterizationFactors").EnumerateArray())
            .GetString());
        Assert.Equal("ISO14067", Assert.Single(pcf.GetProperty("crossSectoralStandards").EnumerateArray())
            .GetString());
        Assert.Equal("Longquan & Stoke Ceramics", ran.Json.GetProperty("companyName").GetString());
        Assert.StartsWith("From cradle to the gate of Stoke works", pcf.GetProperty(
            "boundaryProcessesDescription").GetString(), StringComparison.Ordinal);
        Assert.Equal(["2025", "2026"], pcf.GetProperty("secondaryEmissionFactorSources").EnumerateArray()
            .Select(s => s.GetProperty("version").GetString()));
        Assert.False(pcf.TryGetProperty("dqi", out _));
        Assert.Contains("[footprint.state.notRated]", ran.Error, StringComparison.Ordinal);
    }

    /// <summary>The rules, standards and structures that a person adds; a list may be said again.</summary>
    [Fact]
    public async Task What_is_said_stands_in_it_and_goes_before_the_file()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "facts.json"), """
            {"productIds":["urn:gtin:1"],"geographyCountrySubdivision":"GB-STE","crossSectoralStandards":
             ["PACT-3.0"],"productOrSectorSpecificRules":[{"operator":"PEF","ruleNames":["tableware"]}],
             "declaredUnitAmount":"2","validityPeriodStart":"2026-10-01T00:00:00Z","comment":"trial"}
            """, TestContext.Current.CancellationToken);
        var ran = (await State("", [.. Facts, "productIds=urn:gtin:2"], "--with", "facts.json")).Ends(0);
        var pcf = ran.Json.GetProperty("pcf");
        Assert.Equal([Gtin, "urn:gtin:2"], ran.Json.GetProperty("productIds").EnumerateArray()
            .Select(i => i.GetString()));
        Assert.False(pcf.TryGetProperty("geographyCountry", out _));
        Assert.Equal(("GB-STE", "2", "9.42285"), (pcf.GetProperty("geographyCountrySubdivision").GetString(),
            pcf.GetProperty("productMassPerDeclaredUnit").GetString(),
            (decimal.Parse(pcf.GetProperty("pcfExcludingBiogenicUptake").GetString()!,
                System.Globalization.CultureInfo.InvariantCulture) - 0.2m)
                .ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(["ISO14067", "PACT-3.0"], pcf.GetProperty("crossSectoralStandards").EnumerateArray()
            .Select(s => s.GetString()));
        Assert.Equal("PEF", pcf.GetProperty("productOrSectorSpecificRules")[0].GetProperty("operator")
            .GetString());
        Assert.Equal("trial", ran.Json.GetProperty("comment").GetString());
    }

    [Theory]
    [InlineData("pcfExcludingBiogenicUptake=1", "footprint.state.name")]
    [InlineData("nothing", "footprint.state.say")]
    [InlineData("declaredUnitOfMeasurement=square meter", "footprint.state.unit")]
    [InlineData("declaredUnitAmount=0", "footprint.sign")]
    [InlineData("biogenicCO2Uptake=0.5", "footprint.sign")]
    [InlineData("biogenicNonCO2Emissions=5", "footprint.sign")]
    [InlineData("technologicalCO2Removals=0.1", "footprint.sign")]
    [InlineData("companyIds=potters", "footprint.urn")]
    [InlineData("fossilCarbonContent=1e3", "footprint.decimal")]
    [InlineData("packagingEmissionsIncluded=perhaps", "footprint.text")]
    [InlineData("productOrSectorSpecificRules=PEF", "footprint.text")]
    [InlineData("validityPeriodStart=soon", "footprint.date")]
    public async Task What_cannot_stand_is_said_with_its_field(string fact, string code)
    {
        var name = fact.Split('=')[0] + "=";
        var ran = await State("", [.. Facts.Where(f => !f.StartsWith(name, StringComparison.Ordinal)), fact]);
        Assert.NotEqual(0, ran.Exit);
        Assert.Equal("", ran.Out);
        Assert.Contains($"[{code}]", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    public async Task Facts_are_an_object(string facts)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "facts.json"), facts,
            TestContext.Current.CancellationToken);
        var ran = await State("", [], "--with", "facts.json");
        Assert.Contains("[footprint.state.with]", ran.Error, StringComparison.Ordinal);
    }

    /// <summary>PAS 2050, the sixth report and a life in the spec say what else a person would be asked.
    /// </summary>
    [Fact]
    public async Task The_spec_says_rules_report_and_what_stands_in_its_life()
    {
        var ran = (await State(""","life":[{"product":"ware","uptake":"-120","landUseChange":"30"}]""",
            [.. Facts.Where(f => !f.StartsWith("landUse", StringComparison.Ordinal)
                && !f.StartsWith("biogenicCO2", StringComparison.Ordinal))])).Ends(0);
        var pcf = ran.Json.GetProperty("pcf");
        Assert.Equal(("0.03", "-0.12", "4.74142", "4.62142"), (
            pcf.GetProperty("landUseChangeGhgEmissions").GetString(),
            pcf.GetProperty("biogenicCO2Uptake").GetString(),
            pcf.GetProperty("pcfExcludingBiogenicUptake").GetString(),
            pcf.GetProperty("pcfIncludingBiogenicUptake").GetString()));
    }

    /// <summary>Kept, it goes the way of every statement, and says what it is from.</summary>
    [Fact]
    public async Task Kept_it_can_be_allowed_to_a_customer_and_says_what_it_is_from()
    {
        (await State("", Facts, "--keep", "--out", "ware.json")).Ends(0);
        Assert.True(File.Exists(Path.Combine(_folder, "ware.json")));
        (await Terminal.Run(_folder, ["footprint", "customer", "builder", "--workspace", Books])).Ends(0);
        (await Terminal.Run(_folder, ["footprint", "consent", "builder", Gtin, "--from", "2026-01-01",
            "--ground", "contract 7", "--workspace", Books])).Ends(0);
        using (var books = Workspace.Open(Books, new WorkspaceOptions(NodaTime.SystemClock.Instance,
            new PackFolder(Repository.At("packs")), "owner", TimeSpan.FromSeconds(1))))
        {
            var kept = Assert.Single(books.Registers().Of<KeptStatement>());
            Assert.StartsWith("products.footprint ware @", kept.Note, StringComparison.Ordinal);
            var offered = Assert.Single(new Footprints(books).For("builder"));
            Assert.Equal(kept.Id, JsonDocument.Parse(offered.Utf8).RootElement.GetProperty("id").GetString());
        }
        var again = (await State("", Facts)).Ends(0);
        Assert.Contains("[footprint.state.earlier]", again.Error, StringComparison.Ordinal);
    }

    private string Books => Path.Combine(_folder, "books");

    private async Task<Ran> State(string more, string[]? facts = null, params string[] options)
    {
        if (!Directory.Exists(Books))
            foreach (var file in Directory.EnumerateFiles(works.Folder, "*", SearchOption.AllDirectories))
            {
                var to = Path.Combine(Books, Path.GetRelativePath(works.Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }
        return await Terminal.Run(_folder, ["footprint", "state", "--in",
            Spec.Replace(" MORE", more, StringComparison.Ordinal), "--workspace", Books,
            .. (facts ?? []).SelectMany(f => (string[])["--say", f]), .. options]);
    }
}
