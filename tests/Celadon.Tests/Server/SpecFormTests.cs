using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Celadon.Lenses;
using Celadon.Server.Pages;
using Celadon.Server.Web;
using Celadon.Text;
using Microsoft.AspNetCore.Http;

namespace Celadon.Tests.Server;

/// <summary>
/// Facts of a product as fields: what the fields say is the spec, rows come and go, and what is wrong stands
/// beside its field.
/// </summary>
public sealed partial class SpecFormTests(ServedSample served) : IClassFixture<ServedSample>
{
    public static TheoryData<string, string> Forms =>
    [
        .. ProductAnswerPage.WithForms.Select(f => new TheoryDataRow<string, string>(f.Key, f.Value)),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Forms))]
    public void What_the_fields_of_an_example_say_is_the_example(string tab, string question)
    {
        var form = ProductAnswerPage.FormOf(question);
        var example = JsonNode.Parse(Questions.Get(question).Example)!.AsObject();
        var fields = Flat(form.Of(example)).ToList();
        Assert.Equal(fields.Count, fields.DistinctBy(f => f.Pointer).Count());
        var read = SpecForm.Said(form.Read(new FormCollection(fields.ToDictionary(f => f.Pointer,
            f => new Microsoft.Extensions.Primitives.StringValues(f.Value)))));
        Assert.True(JsonNode.DeepEquals(example, read), $"{tab}: {read}");
    }

    [Theory, MemberData(nameof(Forms))]
    public void Every_field_is_called_something_in_both_languages(string tab, string question)
    {
        var form = ProductAnswerPage.FormOf(question);
        foreach (var path in Paths(form.Of(JsonNode.Parse(Questions.Get(question).Example)!.AsObject())))
            foreach (var language in (string[])["en", "zh"])
            {
                var label = ProductAnswerPage.LabelOf(tab, path);
                Assert.True(Catalogue.For(language).Has(label), label);
            }
    }

    [Fact]
    public void Rows_come_and_go_and_a_pointer_that_leads_nowhere_changes_nothing()
    {
        var spec = JsonNode.Parse("""{"designs":[{"name":"a","lives":[{"kind":"use"}]}]}""")!.AsObject();
        Assert.Equal("""{"designs":[{"name":"a","lives":[{"kind":"use"},{}]}]}""",
            SpecForm.Add(spec, "/designs/0/lives").ToJsonString());
        Assert.Equal("""{"designs":[{"name":"a","lives":[{}]}]}""",
            SpecForm.Remove(spec, "/designs/0/lives/0").ToJsonString());
        var before = spec.ToJsonString();
        foreach (var nowhere in (string[])["/designs/7/lives", "/designs/0/name", "/designs/0/name/x"])
            Assert.Equal(before, SpecForm.Add(spec, nowhere).ToJsonString());
        foreach (var nowhere in (string[])["/designs/9", "/designs/-1", "/nothing/0", "/designs/0/name"])
            Assert.Equal(before, SpecForm.Remove(spec, nowhere).ToJsonString());
        Assert.Equal("""{"designs":[{"name":"a"}]}""", SpecForm.Said(spec).ToJsonString());
    }

    [Fact]
    public void Full_width_digits_are_digits_and_empty_fields_are_left_out()
    {
        var read = ProductAnswerPage.FormOf("products.breakEven").Read(new FormCollection(new()
        {
            ["/unit"] = "  MJ ", ["/reusable"] = "１４．０８８", ["/residual"] = " ", ["/nobody"] = "asked",
        }));
        Assert.Equal("""{"unit":"MJ","reusable":"14.088"}""", read.ToJsonString());
    }

    [Theory]
    [InlineData("en", "Not answered yet")]
    [InlineData("zh", "尚未作答")]
    public async Task What_is_missing_or_unreadable_is_said_beside_its_field(string language, string said)
    {
        using var guest = await served.Server.Guest();
        var missing = await Page(guest, $"/{language}/products/circular?spec=" + Uri.EscapeDataString(
            """{"product":"x","unit":"kg","materials":[{"name":"a","mass":"1","recycledContent":"0"}]}"""));
        Assert.Contains(said, missing, StringComparison.Ordinal);
        Assert.Equal(["/materials/0/virgin"], Wrong().Matches(missing).Select(m => m.Groups[1].Value));
        var unreadable = await Page(guest, $"/{language}/products/breakEven?spec=" + Uri.EscapeDataString(
            """{"unit":"MJ","reusable":"0,5","disposable":"1","return":"0","uncertainty":"0"}"""));
        Assert.Equal(["/reusable"], Wrong().Matches(unreadable).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public async Task A_sent_form_becomes_the_spec_in_the_address_and_is_answered()
    {
        using var guest = await served.Server.Guest();
        const string path = "/en/products/breakEven";
        var page = await Page(guest, path);
        var fields = FieldsOf(page);
        fields["/reusable"] = "20";
        using var sent = await guest.PostAsync(path, new FormUrlEncodedContent(fields), Cancel);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var answered = await Page(guest, sent.Headers.Location!.ToString());
        Assert.Contains("name=\"/reusable\" value=\"20\"", answered, StringComparison.Ordinal);
        Assert.Contains("id=\"numbers\"", answered, StringComparison.Ordinal);
        Assert.DoesNotContain("This is the example", answered, StringComparison.Ordinal);

        fields = FieldsOf(await Page(guest, "/en/products/lives"));
        fields["do"] = "add:/designs/0/lives";
        using var added = await guest.PostAsync("/en/products/lives",
            new FormUrlEncodedContent(fields), Cancel);
        var more = await Page(guest, added.Headers.Location!.ToString());
        Assert.Contains("name=\"/designs/0/lives/1/kind\"", more, StringComparison.Ordinal);
        Assert.DoesNotContain("aria-invalid", more, StringComparison.Ordinal);
    }

    /// <summary>The declaration leaves as it is shown; one with an error does not leave.</summary>
    [Fact]
    public async Task A_declaration_is_a_file_of_its_own_unless_it_has_an_error()
    {
        using var guest = await served.Server.Guest();
        var html = WebUtility.HtmlDecode(await guest.GetStringAsync("/en/products/declaration", Cancel));
        var link = Regex.Match(html, "href=\"(/export/declaration.xml[^\"]+)\"").Groups[1].Value;
        var xml = await guest.GetStringAsync(link, Cancel);
        Assert.Contains("Stoneware tile, glazed", xml, StringComparison.Ordinal);
        Assert.Contains("12.40", xml, StringComparison.Ordinal);
        var spec = JsonNode.Parse(Questions.Get("products.declaration").Example)!;
        // Without C1 an obligatory module is missing.
        foreach (var indicator in spec["indicators"]!.AsArray())
            indicator!["values"]!.AsObject().Remove("C1");
        var wrong = Uri.EscapeDataString(spec.ToJsonString());
        Assert.DoesNotContain("/export/declaration.xml", await guest.GetStringAsync(
            $"/en/products/declaration?spec={wrong}", Cancel), StringComparison.Ordinal);
        using var refused = await guest.GetAsync($"/export/declaration.xml?spec={wrong}", Cancel);
        Assert.False(refused.IsSuccessStatusCode);
    }

    /// <summary>Two declarations, a field a fact; another number of one changes its difference.</summary>
    [Theory]
    [InlineData("en", "The other declaration")]
    [InlineData("zh", "另一份声明")]
    public async Task Two_declarations_are_compared_from_a_form(string language, string said)
    {
        using var guest = await served.Server.Guest();
        var path = $"/{language}/products/comparison";
        var page = await Page(guest, path);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"GWP-total\" selected", page, StringComparison.Ordinal);
        var fields = FieldsOf(page);
        Assert.Equal("8.10", fields["/second/indicators/0/values/A1-A3"]);
        var example = JsonNode.Parse(Questions.Get("products.declarationComparison").Example)!;
        example["second"]!["indicators"]![0]!["values"]!["A1-A3"] = "9.40";
        var answered = await Page(guest, $"{path}?spec={Uri.EscapeDataString(example.ToJsonString())}");
        Assert.Contains("−3", answered, StringComparison.Ordinal);
        Assert.Contains("name=\"/second/indicators/0/values/A1-A3\" value=\"9.40\"", answered,
            StringComparison.Ordinal);
    }

    private static Dictionary<string, string> FieldsOf(string page)
    {
        var form = page[page.IndexOf("id=\"facts\"", StringComparison.Ordinal)..];
        return Inputs().Matches(form[..form.IndexOf("</form>", StringComparison.Ordinal)])
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
    }

    private static async Task<string> Page(HttpClient guest, string path)
    {
        using var answer = await guest.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static IEnumerable<SpecField> Flat(IEnumerable<SpecItem> items) => items.SelectMany(item =>
        item switch
        {
            SpecField field => [field],
            SpecKeys keys => keys.Keys,
            SpecGroup group => Flat(group.Items),
            SpecRows rows => Flat(rows.Rows),
            _ => [],
        });

    private static IEnumerable<string> Paths(IEnumerable<SpecItem> items) => items.SelectMany(item =>
        (IEnumerable<string>)[item.Path, .. item switch
        {
            SpecGroup group => Paths(group.Items),
            SpecRows rows => Paths(rows.Rows),
            _ => Array.Empty<string>(),
        }]).Distinct();

    [GeneratedRegex("class=\"field wrong\">.*?name=\"([^\"]+)\"", RegexOptions.Singleline)]
    private static partial Regex Wrong();

    [GeneratedRegex("<input(?: type=\"hidden\")? name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Inputs();
}
