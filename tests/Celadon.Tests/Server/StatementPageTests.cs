using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Celadon.Lenses.Products;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Tests.Example;
using Celadon.Tests.House;

namespace Celadon.Tests.Server;

/// <summary>A statement is made of a footprint in the browser: filled in, looked at, kept.</summary>
[Collection("example")]
public sealed partial class StatementPageTests(ExampleWorks works) : IDisposable
{
    private const string Page = "/products/footprint/statement?site=stoke&product=ware&gwp=AR5";

    private const string Facts = "&say-companyIds=urn:company:potters.example:stoke"
        + "&say-productIds=urn:gtin:4712345060507+urn:gtin:2&say-productDescription=Fired+tableware"
        + "&say-fossilCarbonContent=0&say-biogenicNonCO2Emissions=0.001&say-landUseChangeGhgEmissions=0.2"
        + "&say-biogenicCO2Uptake=-0.5&say-exemptedEmissionsPercent=3&say-packagingEmissionsIncluded=false";

    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-statement-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_footprint_leads_to_it_with_what_was_asked()
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync(
            "/en/products/footprint?site=stoke&gwp=AR6&rules=pas2050", Cancel);
        Assert.Contains("/en/products/footprint/statement?site=stoke&amp;gwp=AR6&amp;rules=pas2050"
            + "&amp;product=ware", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "", "8 fields are still to be filled in")]
    [InlineData("zh", "", "还有 8 个字段需要填写")]
    [InlineData("en", Facts, "Statement of Fired ware: 4.91142 kg CO₂e per kilogram")]
    [InlineData("zh", Facts, "瓷器的声明：每千克 4.91142 kg CO₂e")]
    [InlineData("en", Facts + "&say-declaredUnitAmount=2", "9.62285 kg CO₂e per 2 kilogram")]
    [InlineData("en", "&product=unicorns", "There is no footprint to state")]
    public async Task It_says_what_is_missing_or_what_it_comes_to(string language, string more, string title)
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync($"/{language}"
            + (more.Contains("product=u", StringComparison.Ordinal)
                ? Page.Replace("&product=ware", "", StringComparison.Ordinal) : Page) + more, Cancel);
        Assert.Contains(title, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.DoesNotMatch(Inline(), html);
        Assert.DoesNotMatch(MissingText(), html);
        Assert.Equal(more.StartsWith("&say", StringComparison.Ordinal),
            html.Contains($"action=\"/{language}/products/footprint/statement?", StringComparison.Ordinal));
    }

    /// <summary>A field that does not fit says so beside itself, and nothing can be kept.</summary>
    [Fact]
    public async Task A_field_that_does_not_fit_says_so_beside_itself()
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync("/en" + Page + Facts
            + "&say-productClassifications=cpc&say-verification=yes", Cancel);
        Assert.Equal(2, Regex.Count(html, "class=\"field wrong\""));
        Assert.Contains("/productClassifications/0 is no URN: cpc", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Keep the statement", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_twin_holds_the_statement_and_its_fields()
    {
        await using var served = await Served.Start(works.Workspace);
        var address = (Page + Facts).Replace("statement?", "statement.json?", StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await served.Guest.GetStringAsync("/en" + address, Cancel));
        var statement = json.RootElement.GetProperty("statement");
        Assert.Empty(StatementText.Read(statement).Findings);
        Assert.Equal("4.91142", statement.GetProperty("pcf").GetProperty("pcfExcludingBiogenicUptake")
            .GetString());
        var csv = await served.Guest.GetStringAsync("/en"
            + address.Replace(".json?", ".csv?", StringComparison.Ordinal), Cancel);
        Assert.Contains("pcf.fossilGhgEmissions,4.71042,the books,fossilGhgEmissions", csv,
            StringComparison.Ordinal);
    }

    /// <summary>Kept once, it is an own statement, and the next one can say the same again.</summary>
    [Fact]
    public async Task Kept_it_is_an_own_statement_and_the_next_says_the_same_again()
    {
        foreach (var file in Directory.EnumerateFiles(works.Folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(_folder, Path.GetRelativePath(works.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        using var books = Workspace.Open(_folder, new WorkspaceOptions(NodaTime.SystemClock.Instance,
            new PackFolder(Repository.At("packs")), "owner", TimeSpan.FromSeconds(1)));
        await using var served = await Served.Start(books);
        using var missing = await Post(served, "/en" + Page);
        Assert.Contains("8 things are still to be said", WebUtility.HtmlDecode(
            await missing.Content.ReadAsStringAsync(Cancel)), StringComparison.Ordinal);
        Assert.Empty(books.Registers().Of<KeptStatement>());
        var html = await served.Guest.GetStringAsync("/en" + Page + Facts, Cancel);
        using var kept = await Post(served, WebUtility.HtmlDecode(Action().Match(html).Groups[1].Value));
        Assert.Contains("/en/products/customers", (kept.Headers.Location
            ?? kept.RequestMessage!.RequestUri!).OriginalString, StringComparison.Ordinal);
        var item = Assert.Single(books.Registers().Of<KeptStatement>());
        Assert.Equal(2, new Footprints(books).Find(item.Id)!.ProductIds.Length);
        var again = await served.Guest.GetStringAsync("/en" + Page, Cancel);
        Assert.Contains("Say what the last statement of this product said", again, StringComparison.Ordinal);
        var link = WebUtility.HtmlDecode(Again().Match(again).Groups[1].Value);
        var said = await served.Guest.GetStringAsync(link, Cancel);
        Assert.Contains("1 field is still to be filled in", said, StringComparison.Ordinal);
        Assert.Contains($"value=\"{item.Id}\"", said, StringComparison.Ordinal);
        Assert.Contains("value=\"urn:gtin:4712345060507 urn:gtin:2\"", said, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> Post(Served served, string address)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("form",
            await RunningServer.TokenOf(served.Guest, "/en/products/customers"))]);
        return await served.Guest.PostAsync(address, form, Cancel);
    }

    [GeneratedRegex("""\son\w+="|\sstyle="|<script(?![^>]*\ssrc=)""")]
    private static partial Regex Inline();

    [GeneratedRegex("""[>"](web|form|statement|term)\.[a-z]+(\.\w+)*[<"]""")]
    private static partial Regex MissingText();

    [GeneratedRegex("""method="post" action="(/en/products/footprint/statement[^"]*)""")]
    private static partial Regex Action();

    [GeneratedRegex("""href="(/en/products/footprint/statement[^"]*say-precedingPfIds[^"]*)""")]
    private static partial Regex Again();
}
