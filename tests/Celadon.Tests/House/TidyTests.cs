namespace Celadon.Tests.House;

/// <summary>
/// The style, kept: each rule over every file, and each rule shown to catch what it is for.
/// </summary>
public class TidyTests
{
    public static TheoryData<string> Rules => [.. TidyRules.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_file_keeps(string rule)
    {
        var kept = Rule(rule);
        var files = Repository.Files.Where(kept.AppliesTo).ToArray();
        Assert.NotEmpty(files);
        var offences = from file in files
                       from offence in kept.Check(file)
                       select $"{file.Path}:{offence.Line}: {offence.What}";
        Found.None(offences);
    }

    /// <summary>Rule, file, text that breaks it, and the line that the rule must name.</summary>
    public static TheoryData<string, string, string, int> Violations => new()
    {
        { "line-length", "src/A.cs", "short\n" + new string('x', 111), 2 },
        { "line-length", "src/A.cs", "a();\n// " + string.Concat(Enumerable.Repeat("words ", 20)), 2 },
        { "line-length", "src/A.cs", $"{new string('x', 60)}(\"{new string('y', 60)}\");", 1 },
        { "method-length", "src/A.cs", $"class A\n{{\n    void B()\n    {{\n{Lines(70)}    }}\n}}\n", 3 },
        { "method-length", "src/A.cs",
            $"record A(int B)\n{{\n    int C() => B switch\n    {{\n{Lines(70)}    }};\n}}\n", 3 },
        { "method-length", "src/A.cs",
            $"class A {{ class B {{\n  int C {{ get {{\n{Lines(70)} }} }}\n}} }}\n", 2 },
        { "file-length", "src/A.cs", Lines(501), 501 },
        { "unfinished", "docs/a.md", "# A\n" + "TO" + "DO: later\n", 2 },
        { "unfinished", "src/A.cs", "// " + "FIX" + "ME\n", 1 },
        { "unfinished", "src/A.cs", "x();\n// a HA" + "CK\n", 2 },
        { "no-conflict-left", "src/A.cs", "a();\n" + new string('<', 7) + " HEAD\nb();\n", 2 },
        { "one-heading", "docs/a.md", "# A\ntext\n# B\n", 3 },
        { "one-heading", "docs/a.md", "## A\n", 1 },
        { "control-characters", "src/A.cs", "a\nb\tc", 2 },
        { "control-characters", "src/A.cs", "a\r\nb", 1 },
        { "control-characters", "src/A.cs", "\uFEFFa", 1 },
        { "control-characters", "docs/a.md", "# A\nright\u202Eleft", 2 },
        { "machine-paths", "src/A.cs", "open(\"/ho" + "me/ann/books\")", 1 },
        { "machine-paths", "docs/a.md", "# A\nC:\\Us" + "ers\\ann\n", 2 },
        { "no-hosts-in-the-build", "src/A/A.csproj", "<A>\n<B>http" + "s://packages.example/</B>", 2 },
        { "no-hosts-in-the-build", ".ci/run", "curl http" + "://example.org/tool", 1 },
        { "other-trades", "docs/a.md", "# A\nwritten by a chatb" + "ot\n", 2 },
        { "skip-says-why", "tests/A.cs", "[Fact(Skip = \"slow\")]", 1 },
        { "skip-says-why", "tests/A.cs", "x();\nAssert.SkipWhen(a, \"\");", 2 },
        { "no-text-for-people-in-code", "src/A.cs", "var a = 1;\nvar b = \"能源\";", 2 },
        { "no-text-for-people-in-code", "src/A.cs", "var b = $\"{a} 千克\";", 1 },
        { "no-text-for-people-in-code", "src/A.cs", "Console.WriteLine(\"All is well\");", 1 },
        { "no-text-for-people-in-code", "src/A.razor", "<p>\n<b>All is well</b></p>", 2 },
        { "doors-check-who-comes", "src/Celadon.Server/A.cs", "a\nforms.MapPost(\"/a\", Take);\n", 2 },
        { "no-text-for-people-in-code", "src/a.js", "// 注释\nsay(\"能源\")", 2 },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void The_rule_catches(string rule, string path, string text, int line)
    {
        var (kept, file) = (Rule(rule), new SourceFile(path, text));
        Assert.True(kept.AppliesTo(file));
        Assert.Equal([line], kept.Check(file).Select(offence => offence.Line));
    }

    /// <summary>Rule, file, and text that is near a violation but none.</summary>
    public static TheoryData<string, string, string> Innocent => new()
    {
        { "line-length", "src/A.cs", new string('x', 110) },
        { "doors-check-who-comes", "src/Celadon.Server/A.cs", "forms.MapForm(\"/a\", Take);\n" },
        { "line-length", "src/A.cs", $"    [InlineData(\"{new string('x', 140)}\")]" },
        { "line-length", "src/A.cs", $"var a = \"\"\"\n{new string('x', 140)}\n\"\"\";" },
        { "method-length", "src/A.cs", $"class A\n{{\n    void B()\n    {{\n{Lines(67)}    }}\n}}\n" },
        { "method-length", "src/A.cs", $"class A\n{{\n    int[] B = new[] {{\n{Lines(90)}    }};\n}}\n" },
        { "method-length", "src/A.cs",
            $"class A\n{{\n{string.Concat(Enumerable.Repeat("int B() => 1;\n", 90))}}}\n" },
        { "method-length", "src/A.cs", "class A { string B() => \"{{{{\"; char C() => '{'; }\n" },
        { "one-heading", "docs/a.md", "# A\n```\n# a comment\n```\n## B\n" },
        { "control-characters", "src/A.cs", "a\nb\n" },
        { "machine-paths", "src/A.cs", "get(\"/en/works/list\")" },
        { "skip-says-why", "tests/A.cs", "Assert.Skip(\"skipped: the reference data are not present\");" },
        { "no-text-for-people-in-code", "src/A.cs",
            "/// <summary>Net, 低位.</summary>\nvar a = \"kWh\"; // 千瓦时" },
        { "no-text-for-people-in-code", "src/A.cs", "Console.WriteLine(text.Text(\"cli.done\"));" },
        { "no-text-for-people-in-code", "src/A.razor", "<b>@L(\"web.all\")</b><i>Celadon</i>@* 注释 *@" },
        { "no-text-for-people-in-code", "src/A.cs", "if (unit.Code is \"亩\") return;" },
        { "no-text-for-people-in-code", "src/Celadon/Quantities/Units.cs", "Add(\"亩\");" },
    };

    [Theory]
    [MemberData(nameof(Innocent))]
    public void The_rule_lets_pass(string rule, string path, string text) =>
        Assert.Empty(Rule(rule).Check(new SourceFile(path, text)));

    [Fact]
    public void Every_rule_is_shown_to_catch_something() =>
        Assert.Empty(TidyRules.All.Select(rule => rule.Name)
            .Except(Violations.Select(row => row.Data.Item1)));

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("        x();\n", count));

    private static TidyRule Rule(string name) => TidyRules.All.Single(rule => rule.Name == name);
}
