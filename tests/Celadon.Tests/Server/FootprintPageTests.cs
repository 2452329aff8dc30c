using System.Net;
using System.Text.RegularExpressions;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Server;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Tests.Example;
using Microsoft.AspNetCore.Builder;

namespace Celadon.Tests.Server;

/// <summary>The page of footprints over the example works, as a browser asks for it.</summary>
[Collection("example")]
public sealed partial class FootprintPageTests(ExampleWorks works)
{
    private const string Path = "/products/footprint?site=stoke";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("&rules=pas2050&view=market&gwp=AR6")]
    [InlineData("&include=3.6&include=3.2&twin=stages-chart")]
    [InlineData("&rules=pas2050&include=3.7")]
    [InlineData("&period=1999-01")]
    [InlineData("&key=economic&reason=&weight-ware=x")]
    public async Task A_page_shows_in_both_languages_and_holds_nothing_inline(string query)
    {
        await using var served = await Served.Start(works.Workspace);
        foreach (var language in (string[])["en", "zh"])
        {
            var html = await served.Guest.GetStringAsync($"/{language}{Path}{query}", Cancel);
            Assert.DoesNotMatch(Inline(), html);
            Assert.DoesNotMatch(MissingText(), html);
            Assert.Single(Heading().Matches(html));
            Assert.Contains("id=\"ask\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_section_leads_to_the_footprints()
    {
        await using var served = await Served.Start(works.Workspace);
        using var answer = await served.Guest.GetAsync("/zh/products", Cancel);
        Assert.Equal("/zh/products/footprint", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>A row of the lines belongs to the stage above it, so the lines keep their order.</summary>
    [Fact]
    public async Task Only_tables_whose_rows_stand_for_themselves_are_sorted()
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync("/en" + Path, Cancel);
        Assert.Contains("id=\"lines\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("sort-lines", html, StringComparison.Ordinal);
        Assert.Contains("sort-unknown=what", html, StringComparison.Ordinal);
    }

    /// <summary>540,400.44 kg of 114.7 t; the boundary, what is left out and why, and the balance.</summary>
    [Fact]
    public async Task The_page_says_boundary_reasons_and_balance()
    {
        await using var served = await Served.Start(works.Workspace);
        var html = Words(await served.Guest.GetStringAsync("/en" + Path, Cancel));
        Assert.Contains("Fired ware: at least 4,711 kg CO₂e/t from cradle to gate", html,
            StringComparison.Ordinal);
        Assert.Contains("From cradle to the gate of Stoke works, Oct 2025 – Sept 2026. It includes materials",
            html, StringComparison.Ordinal);
        Assert.Contains("business travel, because it is no part of making the product", html,
            StringComparison.Ordinal);
        Assert.Contains("Products 540,400 kg CO₂e + excluded 74,055 kg CO₂e = inventory of the site 614,455 "
            + "kg CO₂e ; difference 0 kg CO₂e", html, StringComparison.Ordinal);
        var chinese = Words(await served.Guest.GetStringAsync("/zh" + Path, Cancel));
        Assert.Contains("商务差旅（不属于产品的制造）", chinese, StringComparison.Ordinal);
    }

    /// <summary>With use and end of life the sentences say grave; one alone stays apart.</summary>
    [Fact]
    public async Task The_sentences_end_where_the_figure_ends()
    {
        await using var served = await Served.Start(works.Workspace);
        async Task<string> Of(string language, string life) => Words(await served.Guest.GetStringAsync(
            $"/{language}{Path}&life={Uri.EscapeDataString(life)}", Cancel));
        var whole = await Of("en", $"[{Use},{Treated}}}]");
        Assert.Contains("Fired ware: at least 6,132 kg CO₂e/t from cradle to grave", whole,
            StringComparison.Ordinal);
        Assert.Contains("From cradle to grave, made at Stoke works, Oct 2025 – Sept 2026. It includes", whole,
            StringComparison.Ordinal);
        Assert.Contains("after the gate use and end of life", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("cradle to the gate", whole, StringComparison.Ordinal);
        Assert.Contains("从摇篮到坟墓至少", await Of("zh", $"[{Use},{Treated}}}]"),
            StringComparison.Ordinal);
        var use = await Of("en", $"[{Use}}}]");
        Assert.Contains("Beyond the gate, apart from that: use.", use, StringComparison.Ordinal);
        Assert.Contains("“Fired ware” has a use and no end of life stated", use, StringComparison.Ordinal);
    }

    /// <summary>Delivery by the ledger: its name, what is left among the excluded, and the balance.</summary>
    [Fact]
    public async Task A_delivery_of_the_ledger_is_said_and_balanced()
    {
        await using var served = await Served.Start(works.Workspace);
        var asked = Path + "&life=" + Uri.EscapeDataString(
            """[{"product":"ware","delivery":{"fromBooks":true}}]""");
        var html = Words(await served.Guest.GetStringAsync("/en" + asked, Cancel));
        Assert.Contains("Fired ware: beyond the gate", html, StringComparison.Ordinal);
        Assert.Contains("carriage between sites and what else follows", html, StringComparison.Ordinal);
        Assert.Contains("+ their delivery 3,530 kg CO₂e + excluded 70,525 kg CO₂e = inventory of the site "
            + "614,455 kg CO₂e ; difference 0 kg CO₂e", html, StringComparison.Ordinal);
        Assert.Contains("“瓷器”止于客户", Words(await served.Guest.GetStringAsync("/zh" + asked, Cancel)),
            StringComparison.Ordinal);
    }

    private const string Use = """
        {"product":"ware","use":{"energy":"10","unit":"kWh","years":10,
         "factor":"uk-desnz-2025:uk-electricity/electricity-generated/electricity-uk/kwh/kwh"}
        """;

    private const string Treated = """
        "endOfLife":[{"name":"recycling","share":"1",
         "factor":"uk-desnz-2025:material-use/other/glass/primary-material-production/tonnes"}]
        """;

    /// <summary>Ids in findings are names on the page, in its language.</summary>
    [Fact]
    public async Task Findings_call_things_by_their_names()
    {
        using var books = works.Copy();
        books.Load(House.Repository.At("examples/records/bill-of-materials.csv"));
        await using var served = await Served.Start(books.Workspace);
        var chinese = Words(await served.Guest.GetStringAsync("/zh" + Path, Cancel));
        Assert.Contains("“瓷器”止于大门", chinese, StringComparison.Ordinal);
        Assert.Matches("不再按物料清单重复计入：[^a-z。]+。", chinese);
        Assert.Contains("已使用但没有数值：高岭土（瓷土）、黏土、", chinese, StringComparison.Ordinal);
    }

    /// <summary>A rating by PACT of one item: its tables, and the sentence that says of how much.</summary>
    [Fact]
    public async Task The_quality_of_the_data_stands_beside_the_primary_share()
    {
        await using var served = await Served.Start(works.Workspace);
        var asked = Path + "&quality=" + Uri.EscapeDataString("""
            {"scheme":"pact","ratings":[{"item":"natural-gas","technology":"1","geography":"2","time":"1.5"}]}
            """);
        var html = Words(await served.Guest.GetStringAsync("/en" + asked, Cancel));
        Assert.Contains("By the indicators of PACT, lowest best: 1.50 for the", html,
            StringComparison.Ordinal);
        Assert.Contains("Fired ware: ratings line by line", html, StringComparison.Ordinal);
        Assert.Contains("技术代表性", Words(await served.Guest.GetStringAsync("/zh" + asked, Cancel)),
            StringComparison.Ordinal);
        Assert.DoesNotContain("Over the whole life", html, StringComparison.Ordinal);
        var life = asked + "&life=" + Uri.EscapeDataString($"[{Use},{Treated}}}]");
        Assert.Matches("Over the whole life the score is 1.50 ?, for the [0-9.]+ ?% ?of it",
            Words(await served.Guest.GetStringAsync("/en" + life, Cancel)));
        Assert.Contains("就整个生命周期而言", Words(await served.Guest.GetStringAsync("/zh" + life, Cancel)),
            StringComparison.Ordinal);
        var csv = await served.Guest.GetStringAsync("/en/products/footprint.csv" + asked[19..]
            + "&table=quality-lines", Cancel);
        Assert.Contains("technology", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_number_leads_to_an_explanation_with_the_same_number()
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync("/en" + Path, Cancel);
        var links = Number().Matches(html).DistinctBy(m => m.Groups[1].Value).ToList();
        Assert.True(links.Count > 60, $"{links.Count} numbers");
        foreach (var link in links.DistinctBy(m => Digits().Replace(m.Groups[1].Value, "")))
        {
            var exact = WebUtility.HtmlDecode(link.Groups[2].Value);
            var why = await served.Guest.GetStringAsync(WebUtility.HtmlDecode(link.Groups[1].Value), Cancel);
            Assert.Contains(exact.Split(' ')[0], WebUtility.HtmlDecode(why), StringComparison.Ordinal);
        }
    }

    /// <summary>A second product: refused without a key, and the form asks for a weight of each.</summary>
    [Fact]
    public async Task Several_products_are_shared_only_by_a_stated_key()
    {
        using var books = works.Copy();
        books.Workspace.Append("tiles", [new EntryRecord(new Entry(Node.Parse("site:stoke"),
            Node.Parse("stock:ware"), "tiles", Amount.Parse("114.7"), "t",
            SiteZone.Get("Europe/London").Month(new NodaTime.YearMonth(2026, 9)), Basis.Measured,
            new Evidence.StatedBy("tester"), Facts.None))]);
        await using var served = await Served.Start(books.Workspace);
        var refused = await served.Guest.GetStringAsync("/en" + Path, Cancel);
        Assert.Contains("No footprint can be given as asked", Words(refused), StringComparison.Ordinal);
        Assert.Contains("name=\"weight-tiles\"", refused, StringComparison.Ordinal);
        var shared = await served.Guest.GetStringAsync("/en" + Path
            + "&key=stated&reason=by+floor&weight-tiles=0.25&weight-ware=0.75", Cancel);
        Assert.Contains("share every line by stated shares. Reason stated: “by floor”", Words(shared),
            StringComparison.Ordinal);
        Assert.Contains("25.0 %", shared, StringComparison.Ordinal);
        var balanced = Words(await served.Guest.GetStringAsync("/en" + Path
            + "&key=mass&reason=same+body&product=ware", Cancel));
        Assert.Contains("difference 0 kg CO₂e", balanced, StringComparison.Ordinal);
        Assert.Contains("Fired ware: every line", balanced, StringComparison.Ordinal);
        Assert.Contains("50.0 %", balanced, StringComparison.Ordinal);
    }

    /// <summary>The example of a bill: a tree, what counts how, and a file that is read in again.</summary>
    [Fact]
    public async Task A_bill_of_materials_is_a_tree_and_a_file_that_is_read_in_again()
    {
        using var books = works.Copy();
        books.Load(House.Repository.At("examples/records/bill-of-materials.csv"));
        Assert.Equal(5, books.Workspace.Registers().Of<Registers.Component>().Count());
        await using var served = await Served.Start(books.Workspace);
        var html = await served.Guest.GetStringAsync("/en" + Path, Cancel);
        Assert.Contains("class=\"in-2\">Glass flux", html, StringComparison.Ordinal);
        Assert.Contains("− from bills of materials", Words(html), StringComparison.Ordinal);
        Assert.Contains("in the books, not again", Words(html), StringComparison.Ordinal);
        Assert.DoesNotMatch(MissingText(), await served.Guest.GetStringAsync("/zh" + Path, Cancel));
        var file = await served.Guest.GetByteArrayAsync("/en/products/footprint.csv?site=stoke"
            + "&table=bill-file", Cancel);
        var again = Importer.Plan([new SourceFile("bill.csv", file)],
            new ImportContext { Registers = books.Workspace.Registers() });
        Assert.Empty(again.Findings);
        Assert.Equal(books.Workspace.Registers().Of<Registers.Component>().Select(Registers.RegisterSet.Write)
            .Order(StringComparer.Ordinal), again.Registers.Select(r => r.Json)
            .Order(StringComparer.Ordinal));
    }

    /// <summary>Where a unit has energy of its own, the page shows what it took month by month.</summary>
    [Fact]
    public async Task What_units_took_stands_month_by_month()
    {
        await using var served = await Served.Start(works.Workspace);
        var units = Path + "&units=" + Uri.EscapeDataString("""[{"unit":"kiln"}]""");
        foreach (var (language, caption) in ((string, string)[])
            [("en", "Split over units, month by month"), ("zh", "逐月按用能单元拆分")])
            Assert.Contains($"<h2>{caption}</h2>",
                await served.Guest.GetStringAsync($"/{language}{units}", Cancel), StringComparison.Ordinal);
        var csv = await served.Guest.GetStringAsync("/en" + units.Replace("footprint?",
            "footprint.csv?table=unit-months&", StringComparison.Ordinal), Cancel);
        Assert.Equal(1 + 12, csv.Trim().Split('\n').Length);
    }

    /// <summary>Every fact of a life, a unit, a rating has a field with a label in both languages.</summary>
    [Fact]
    public async Task Facts_have_fields_and_stand_in_the_address()
    {
        await using var served = await Served.Start(works.Workspace);
        var facts = Path + "&edit=1&life=" + Uri.EscapeDataString("""
            [{"delivery":{"legs":[{}]},"endOfLife":[{}],"circular":{"product":"ware","unit":"kg CO2e",
              "materials":[{"name":"m"}]}}]
            """) + "&units=" + Uri.EscapeDataString("[{}]") + "&quality=" + Uri.EscapeDataString(
            """{"scheme":"pact","ratings":[{}]}""");
        foreach (var language in (string[])["en", "zh"])
        {
            var html = await served.Guest.GetStringAsync($"/{language}{facts}", Cancel);
            Assert.DoesNotMatch(Inline(), html);
            Assert.DoesNotMatch("[>\"]form\\.[a-z]", html);
            foreach (var name in (string[])["/life/0/product", "/life/0/delivery/legs/0/distanceKm",
                "/life/0/use/years", "/life/0/endOfLife/0/share", "/life/0/circular/materials/0/virgin",
                "/units/0/unit", "/units/0/products", "/quality/ratings/0/technology"])
                Assert.Contains($"name=\"{name}\"", html, StringComparison.Ordinal);
        }
    }

    /// <summary>What no form can show is said by the answer and stays in the address.</summary>
    [Theory]
    [InlineData("no json")]
    [InlineData("""[{"product":"ware","product":"ware"}]""")]
    [InlineData("7")]
    public async Task Facts_that_are_no_facts_are_refused_with_a_page(string life)
    {
        await using var served = await Served.Start(works.Workspace);
        var html = Words(await served.Guest.GetStringAsync(
            $"/en{Path}&life={Uri.EscapeDataString(life)}", Cancel));
        Assert.Contains("No footprint can be given as asked", html, StringComparison.Ordinal);
    }

    /// <summary>Fields become the address; a row is added without an answer; the rest stays asked.</summary>
    [Fact]
    public async Task Fields_are_read_back_into_the_address()
    {
        await using var served = await Served.Start(works.Workspace);
        var page = await served.Guest.GetStringAsync("/en" + Path, Cancel);
        Assert.Contains("value=\"add:/life\"", page, StringComparison.Ordinal);
        var added = await Send(served, page, ("site", "stoke"), ("rules", "pas2050"), ("do", "add:/life"));
        Assert.Contains("rules=pas2050", added, StringComparison.Ordinal);
        Assert.EndsWith("&edit=1#at-life", added, StringComparison.Ordinal);
        var editing = await served.Guest.GetStringAsync(added.Split('#')[0], Cancel);
        Assert.Matches("<option value=\"ware\"[^>]*>Fired ware", editing);
        Assert.Contains("Facts of the footprint, not answered yet", editing, StringComparison.Ordinal);
        var asked = await Send(served, editing, ("site", "stoke"), ("/life/0/product", "ware"),
            ("/life/0/use/energy", "10"), ("/life/0/use/unit", "kWh"), ("/life/0/use/years", "10"),
            ("/life/0/use/factor",
                "uk-desnz-2025:uk-electricity/electricity-generated/electricity-uk/kwh/kwh"),
            ("/units/0/unit", ""), ("/units/0/products", "ware、 tiles"), ("stray", "x"));
        Assert.DoesNotContain("stray", asked, StringComparison.Ordinal);
        Assert.Contains("[\"ware\",\"tiles\"]", Uri.UnescapeDataString(asked), StringComparison.Ordinal);
        Assert.Contains("\"years\":10", Uri.UnescapeDataString(asked), StringComparison.Ordinal);
        Assert.DoesNotContain("edit=1", asked, StringComparison.Ordinal);
    }

    private static async Task<string> Send(Served served, string page,
        params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Append(("form",
            Token().Match(page).Groups[1].Value)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var answer = await served.Guest.PostAsync("/en/products/footprint", content, Cancel);
        var at = answer.RequestMessage!.RequestUri!;
        return at.PathAndQuery + at.Fragment;
    }

    private static string Words(string html) => Spaces().Replace(WebUtility.HtmlDecode(
        Tags().Replace(html, " ")), " ");

    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>|<style|<[a-z][^>]*\\s(style|on[a-z]+)\\s*=")]
    private static partial Regex Inline();

    [GeneratedRegex("[>\"]web\\.[a-z]")]
    private static partial Regex MissingText();

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<h1")]
    private static partial Regex Heading();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("class=\"n\" href=\"([^\"]+)\"\\s+title=\"([^\"]+)\"")]
    private static partial Regex Number();

    [GeneratedRegex("%2F\\d+|/\\d+")]
    private static partial Regex Digits();
}
