using System.Text.Json;
using System.Text.RegularExpressions;
using Celadon.Tests.House;
using Celadon.Text;

namespace Celadon.Tests.Cli;

/// <summary>
/// What scripts may rely on: exit codes, JSON of every verb, amounts as text with their unit.
/// </summary>
[Collection("demo")]
public sealed partial class ContractTests(DemoBooks demo)
{
    private const string Account = """{"period":"2025-10/2026-09","gwp":"AR5","allowNearestEdition":true,"allowWiderPlace":true}""";

    public static TheoryData<int, string[]> Lines => new()
    {
        { 0, ["--help"] },
        { 0, ["--version"] },
        { 0, ["import", "--help"] },
        { 0, ["status"] },
        { 0, ["questions"] },
        { 0, ["verify"] },
        { 0, ["packs"] },
        { 0, ["packs", "show", "gwp-100"] },
        { 0, ["packs", "verify"] },
        { 0, ["export", "registers"] },
        { 2, [] },
        { 2, ["nonsense"] },
        { 2, ["status", "--nonsense"] },
        { 2, ["status", "more"] },
        { 2, ["import"] },
        { 2, ["ask"] },
        { 2, ["ask", "carbon.inventory", "--at", "yesterday"] },
        { 2, ["explain", "carbon.inventory"] },
        { 2, ["reverse", "first", "--reason", "x"] },
        { 2, ["reverse", "1"] },
        { 2, ["export", "gossip"] },
        { 2, ["close", "stoke"] },
        { 3, ["status", "--workspace", "nowhere"] },
        { 3, ["ask", "carbon.nothing"] },
        { 3, ["ask", "carbon.inventory", "--in", "{nonsense"] },
        { 3, ["ask", "carbon.inventory", "--in", "{}"] },
        { 3, ["ask", "carbon.inventory", "--in", """{"period":"whenever"}"""] },
        { 3, ["ask", "carbon.inventory", "--in", """{"period":"2026","colour":"green"}"""] },
        { 3, ["ask", "carbon.inventory", "--in", "missing.json"] },
        { 3, ["ask", "carbon.inventory", "--in", "."] },
        { 3, ["ask", "carbon.inventory", "--in", Account, "--at", "999999"] },
        { 3, ["ask", "carbon.inventory", "--in", Account, "--at", "-1"] },
        { 3, ["explain", "carbon.inventory", "--in", Account, "--number", "/nowhere"] },
        { 3, ["explain", "carbon.inventory", "--in", Account, "--number", "/period"] },
        { 3, ["explain", "carbon.inventory", "--in", Account, "--number", "/scope1/total/kgco2e/@/99"] },
        { 3, ["check", "--period", "whenever"] },
        { 3, ["close", "nowhere", "2026-01"] },
        { 3, ["close", "stoke", "sometime"] },
        { 3, ["close", "stoke", "2999-01"] },
        { 3, ["reverse", "999999", "--reason", "x"] },
        { 3, ["reverse", "0", "--reason", "x"] },
        { 3, ["backup", "."] },
        { 3, ["export", "entries", "--out", "."] },
        { 3, ["packs", "show", "nothing"] },
        { 3, ["packs", "show", "gwp-100", "no-such-row"] },
        { 3, ["packs", "adopt", "nothing"] },
        { 3, ["packs", "adopt", "gwp-100"] },
        { 3, ["import", "missing.csv", "--yes"] },
        { 3, ["init"] },
        { 3, ["serve", "--urls", "http://0.0.0.0:5080"] },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Exit_codes_are_the_documented_ones(int exit, string[] args)
    {
        var before = Head();
        var ran = (await Terminal.Run(demo.Folder, args)).Ends(exit);
        if (exit == 3) Assert.Matches(@"\[[a-z]+\.[A-Za-z.-]+\]\n  → ", ran.Error.ReplaceLineEndings("\n"));
        if (exit is 2 or 3) Assert.NotEmpty(ran.Error);
        if (exit != 3 || !args.Contains("serve"))
            Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
        Assert.Equal(before, Head());
        if (exit != 3) return;
        var json = (await Terminal.Run(demo.Folder, [.. args, "--json"])).Ends(3);
        Assert.Contains($"[{json.Refused}]", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_workspace_every_verb_that_needs_one_says_so()
    {
        var empty = Directory.CreateTempSubdirectory("celadon-none-").FullName;
        foreach (var line in (string[][])[["status"], ["check"], ["verify"], ["export", "entries"], ["serve"],
            ["backup", "b"], ["close", "stoke", "2026-01"], ["reverse", "1", "--reason", "x"],
            ["ask", "carbon.inventory", "--in", Account]])
            Assert.Equal("workspace.none", (await Terminal.Run(empty, [.. line, "--json"])).Ends(3).Refused);
        foreach (var line in (string[][])[["questions"], ["packs", "list"], ["packs", "verify"]])
            (await Terminal.Run(empty, line)).Ends(0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(empty));
        Directory.Delete(empty);
    }

    [Fact]
    public async Task Every_example_of_the_questions_is_accepted_as_it_stands()
    {
        var empty = Directory.CreateTempSubdirectory("celadon-none-").FullName;
        var questions = (await Terminal.Run(empty, "questions", "--json")).Ends(0).Json;
        Directory.Delete(empty);
        Assert.NotEqual(0, questions.GetArrayLength());
        foreach (var question in questions.EnumerateArray())
        {
            Assert.Equal(["name", "title", "schema", "example"],
                question.EnumerateObject().Select(p => p.Name));
            Assert.NotEmpty(question.GetProperty("title").GetString()!);
            Assert.Equal(JsonValueKind.Object, question.GetProperty("schema").ValueKind);
            var answer = (await Terminal.Run(demo.Folder, question.GetProperty("example").GetRawText(),
                ["ask", question.GetProperty("name").GetString()!, "--in", "-", "--json"])).Ends(0);
            AssertAmounts(answer.Json);
        }
    }

    [Fact]
    public async Task The_status_has_totals_by_meter_and_carrier_with_coverage_and_head()
    {
        var status = (await Terminal.Run(demo.Folder, "status", "--json")).Ends(0).Json;
        Assert.Equal(["folder", "position", "head", "readOnly", "sites", "batches", "closings", "meters",
            "entries"],
            status.EnumerateObject().Select(p => p.Name));
        Assert.Matches("^[0-9a-f]{64}$", status.GetProperty("head").GetString());
        foreach (var meter in status.GetProperty("meters").EnumerateArray())
        {
            Assert.Equal(["meter", "resource", "total", "readings", "period", "coverage"],
                meter.EnumerateObject().Select(p => p.Name));
            Assert.Equal("%", meter.GetProperty("coverage").GetProperty("unit").GetString());
        }
        foreach (var carrier in status.GetProperty("entries").EnumerateArray())
            Assert.Equal(["resource", "total", "count"], carrier.EnumerateObject().Select(p => p.Name));
        Assert.True(AssertAmounts(status) > 10);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("check")]
    [InlineData("verify")]
    [InlineData("questions")]
    [InlineData("packs", "list")]
    [InlineData("packs", "show", "gwp-100")]
    [InlineData("packs", "show", "report-2018", "electricity")]
    [InlineData("packs", "show", "report-2018", "report-2018/electricity/gb")]
    [InlineData("packs", "verify")]
    [InlineData("ask", "carbon.inventory", "--in", Account)]
    [InlineData("explain", "carbon.inventory", "--in", Account, "--number", "/scope1/total/kgco2e")]
    [InlineData("backup", "../backup")]
    [InlineData("close", "stoke", "2025-10")]
    [InlineData("reverse", "2", "--reason", "a trial")]
    [InlineData("export", "entries", "--out", "../entries.csv")]
    public async Task Every_verb_writes_one_JSON_document_when_asked(params string[] args)
    {
        var writes = args[0] is "close" or "reverse" or "backup" or "export";
        using var copy = writes ? demo.Copy() : null;
        var ran = await Terminal.Run(copy?.Folder ?? demo.Folder, [.. args, "--json"]);
        Assert.True(ran.Exit is 0 or 1, ran.Out + ran.Error);
        AssertAmounts(ran.Json);
    }

    [Fact]
    public async Task The_rows_under_a_number_are_streamed_as_JSON_lines()
    {
        var ran = (await Terminal.Run(demo.Folder, "explain", "carbon.inventory", "--in", Account, "--number",
            "/scope1/total/kgco2e", "--leaves")).Ends(0);
        var lines = ran.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        foreach (var line in lines) AssertAmounts(JsonDocument.Parse(line).RootElement);
    }

    [Fact]
    public async Task Refusals_speak_the_language_asked_for()
    {
        var ran = (await Terminal.Run(demo.Folder, "ask", "carbon.nothing", "--lang", "zh")).Ends(3);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", ran.Error);
        var help = (await Terminal.Run(demo.Folder, "import", "--help", "--lang", "zh")).Ends(0);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", help.Out);
    }

    /// <summary>Whatever file was started: the program is called as people type it.</summary>
    [Theory]
    [InlineData("--help", "celadon [command] [options]")]
    [InlineData("import --help", "celadon import")]
    public async Task Help_calls_the_program_by_its_name(string line, string usage)
    {
        var help = (await Terminal.Run(demo.Folder, line.Split(' '))).Ends(0).Out;
        Assert.Contains(usage, help, StringComparison.Ordinal);
        Assert.DoesNotContain("Celadon.", help.Split("Options:")[0], StringComparison.Ordinal);
        (await Terminal.Run(demo.Folder, "--version")).Ends(0);
    }

    public static TheoryData<string> Verbs => [.. Registrations.Verbs.Select(verb => verb.Name)];

    /// <summary>Sub-verbs share arguments; each one's help says what it means by them.</summary>
    [Theory, MemberData(nameof(Verbs))]
    public async Task Help_says_what_this_verb_takes(string name)
    {
        var verb = Registrations.Verbs.Single(v => v.Name == name);
        var help = (await Terminal.Run(demo.Folder, [.. name.Split(' '), "--help"])).Ends(0).Out;
        Assert.All(verb.Words, word => Assert.Contains(
            Catalogue.English.Text($"{verb.Key}.{word.TrimStart('-')}"), help, StringComparison.Ordinal));
    }

    /// <summary>
    /// Wherever an amount stands it is a plain decimal as text, beside its unit. Returns how many there were.
    /// </summary>
    private static int AssertAmounts(JsonElement json)
    {
        var count = 0;
        switch (json.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray()) count += AssertAmounts(item);
                break;
            case JsonValueKind.Object:
                if (json.TryGetProperty("value", out var value) && json.TryGetProperty("unit", out var unit))
                {
                    Assert.Equal(JsonValueKind.String, value.ValueKind);
                    Assert.Equal(JsonValueKind.String, unit.ValueKind);
                    Assert.Matches(PlainDecimal(), value.GetString());
                    count++;
                }
                foreach (var property in json.EnumerateObject()) count += AssertAmounts(property.Value);
                break;
            case JsonValueKind.Number:
                Assert.True(json.TryGetInt64(out _), $"{json} is neither a count nor an amount as text.");
                break;
        }
        return count;
    }

    private string Head()
    {
        using var journal = Celadon.Store.Journal.JournalFile.Open(
            Celadon.Store.Workspace.JournalPath(demo.Folder), readOnly: true);
        return Convert.ToHexStringLower(journal.Head().Hash);
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$")]
    private static partial Regex PlainDecimal();
}
