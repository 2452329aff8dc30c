using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Store.Declarations;
using Celadon.Tests.Lenses.Carbon;

namespace Celadon.Tests.Server;

/// <summary>A declaration comes in as a file: its facts into the form, what was found beside them.</summary>
public sealed partial class DeclarationUploadTests(ServedSample served) : IClassFixture<ServedSample>
{
    private const string Page = "/en/products/declaration";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Out as a file, in by the page, and out again: the same bytes.</summary>
    [Fact]
    public async Task A_declaration_comes_in_and_leaves_as_it_came()
    {
        using var guest = await served.Server.Guest();
        var bytes = EpdXml.Write(Example, ProjectPacks.Library);
        using var answer = await Send(guest, ("tile.xml", bytes));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var address = answer.Headers.Location!.ToString();
        Assert.Matches("read=[0-9a-f]{32}&spec=", address);
        var html = WebUtility.HtmlDecode(await guest.GetStringAsync(address, Cancel));
        Assert.Contains("Read from tile.xml", html, StringComparison.Ordinal);
        Assert.Contains("Everything in the file has its place here", html, StringComparison.Ordinal);
        Assert.Contains("name=\"/product\" value=\"Stoneware tile, glazed\"", html,
            StringComparison.Ordinal);
        Assert.DoesNotContain("This is the example", html, StringComparison.Ordinal);
        var export = Export().Match(html).Groups[1].Value;
        Assert.Equal(Encoding.UTF8.GetString(bytes), await guest.GetStringAsync(export, Cancel));
        // A number of it explains itself by the packed spec.
        var why = Why().Match(html).Groups[1].Value;
        using var reason = await guest.GetAsync(why, Cancel);
        Assert.Equal(HttpStatusCode.OK, reason.StatusCode);
    }

    [Fact]
    public async Task What_could_not_be_carried_is_said_with_line_and_remedy_in_both_languages()
    {
        using var guest = await served.Server.Guest();
        using var answer = await Send(guest, ("foreign.xml", Encoding.UTF8.GetBytes("""
            <p:processDataSet xmlns:p="http://lca.jrc.it/ILCD/Process"
              xmlns:c="http://lca.jrc.it/ILCD/Common" xmlns:e="http://www.iai.kit.edu/EPD/2013">
            <p:LCIAResults><p:LCIAResult><p:referenceToLCIAMethodDataSet><c:shortDescription
              xml:lang="en">Other (XYZ)</c:shortDescription></p:referenceToLCIAMethodDataSet><c:other>
              <e:amount e:module="A1-A3">1</e:amount></c:other></p:LCIAResult></p:LCIAResults>
            </p:processDataSet>
            """)));
        var address = answer.Headers.Location!.ToString();
        foreach (var (language, says, remedy) in ((string, string, string)[])
            [("en", "is not an indicator of the packs in use", "Add it to a pack of your own"),
                ("zh", "XYZ", "foreign.xml")])
        {
            var html = WebUtility.HtmlDecode(await guest.GetStringAsync(
                address.Replace("/en/", $"/{language}/", StringComparison.Ordinal), Cancel));
            Assert.Contains(says, html, StringComparison.Ordinal);
            Assert.Contains(remedy, html, StringComparison.Ordinal);
            Assert.Contains("<span class=\"where\">foreign.xml", html, StringComparison.Ordinal);
        }
        var json = JsonNode.Parse(await guest.GetStringAsync(
            address.Replace("declaration?", "declaration.json?", StringComparison.Ordinal), Cancel))!;
        Assert.Contains("declaration.read.indicator", json["read"]!["findings"]!.AsArray()
            .Select(f => f!["code"]!.ToString()));
    }

    /// <summary>Entities that grow, elements without end, no XML: refused with the file's name.</summary>
    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>")]
    [InlineData("words")]
    [InlineData("")]
    [InlineData("<a>")]
    [InlineData("<html></html>")]
    public async Task A_file_that_is_no_declaration_is_refused_where_it_stands(string text)
    {
        using var guest = await served.Server.Guest();
        using var answer = await Send(guest, ("bad.xml", Encoding.UTF8.GetBytes(text)));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var address = answer.Headers.Location!.ToString();
        Assert.DoesNotContain("spec=", address, StringComparison.Ordinal);
        var html = WebUtility.HtmlDecode(await guest.GetStringAsync(address, Cancel));
        Assert.Contains("class=\"finding error\"", html, StringComparison.Ordinal);
        Assert.Contains("Read from bad.xml", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_one_file_and_one_too_large_are_refused()
    {
        using var guest = await served.Server.Guest();
        using var two = await Send(guest, ("a.xml", [1]), ("b.xml", [1]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, two.StatusCode);
        using var large = await Send(guest, ("a.xml", new byte[EpdReader.MostBytes + 1]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, large.StatusCode);
        Assert.Contains("Export one process data set", await large.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal);
        using var stranger = await guest.PostAsync(Page + "/read", new MultipartFormDataContent
        {
            { new ByteArrayContent([1]), "files", "a.xml" },
        }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, stranger.StatusCode);
    }

    [Fact]
    public async Task What_was_found_in_a_file_that_is_gone_is_said_to_be_gone()
    {
        using var guest = await served.Server.Guest();
        Assert.Contains("no longer kept", await guest.GetStringAsync(Page + "?read=" + new string('0', 32),
            Cancel), StringComparison.Ordinal);
    }

    private static DeclarationSpec Example
    {
        get
        {
            var question = new DeclarationQuestion();
            return (DeclarationSpec)question.ReadSpec(question.Example);
        }
    }

    private static async Task<HttpResponseMessage> Send(HttpClient guest,
        params (string Name, byte[] Bytes)[] files)
    {
        using var content = new MultipartFormDataContent
        {
            { new StringContent(await RunningServer.TokenOf(guest, Page)), "form" },
        };
        foreach (var (name, bytes) in files) content.Add(new ByteArrayContent(bytes), "files", name);
        return await guest.PostAsync(Page + "/read", content, Cancel);
    }

    [GeneratedRegex("href=\"(/export/declaration.xml[^\"]+)\"")]
    private static partial Regex Export();

    [GeneratedRegex("href=\"(/en/why[^\"]+)\"")]
    private static partial Regex Why();
}
