using System.Text.Json;
using System.Text.RegularExpressions;
using Celadon.Text;

namespace Celadon.Tests.House;

/// <summary>
/// Both languages say the same, every finding has its sentence and its remedy, and no text is left over.
/// </summary>
public partial class CatalogueTests
{
    private static readonly CatalogueUse Use = CatalogueUse.OfTheProgram();

    [Fact]
    public void Both_languages_have_the_same_keys_in_the_same_files()
    {
        Assert.NotEmpty(Catalogue.English.Keys);
        Assert.Equal(Files("en").Keys, Files("zh").Keys);
        Found.None(Files("en").SelectMany(file =>
            Difference(file.Key, file.Value.Keys, Files("zh")[file.Key].Keys)));
    }

    [Fact]
    public void Both_languages_fill_the_same_placeholders() => Found.None(
        from key in Catalogue.English.Keys.Order(StringComparer.Ordinal)
        where Catalogue.Chinese.Has(key)
        let differ = Difference(key, CatalogueUse.Placeholders(Catalogue.English.Raw(key)),
            CatalogueUse.Placeholders(Catalogue.Chinese.Raw(key)))
        from difference in differ
        select difference);

    [Fact]
    public void Every_finding_the_program_names_has_a_sentence_and_a_remedy()
    {
        Assert.True(Use.Codes.Count > 10);
        Found.None(from code in Use.Codes.OrderBy(c => c.Key, StringComparer.Ordinal)
                   from catalogue in (Catalogue[])[Catalogue.English, Catalogue.Chinese]
                   from key in (string[])[$"finding.{code.Key}", $"finding.{code.Key}.remedy"]
                   where !catalogue.Has(key)
                   select $"{catalogue.Language}: {key} ({code.Value})");
    }

    [Fact]
    public void Every_text_the_program_asks_for_is_there() => Found.None(
        from file in Repository.Under("src")
        where file.Extension is ".cs" or ".razor"
        from asked in CatalogueUse.Asked(file)
        where !Catalogue.English.Has(asked.Key)
        select $"{asked.Key} ({file.Path}:{asked.Line})");

    [Fact]
    public void A_question_for_a_text_is_seen() => Assert.Equal([("web.one", 2)],
        CatalogueUse.Asked(new SourceFile("a.razor",
            "<b>\n@L(\"web.one\") @L($\"web.{x}\") @Link(\"web.two\")</b>")));

    [Fact]
    public void A_finding_gives_its_texts_what_they_ask_for()
    {
        var calls = Repository.Under("src").SelectMany(file => CatalogueUse.PlainCalls(file)
            .Select(call => (file, call))).ToArray();
        Assert.NotEmpty(calls);
        Found.None(from c in calls
                   from key in (string[])[$"finding.{c.call.Code}", $"finding.{c.call.Code}.remedy"]
                   where Catalogue.English.Has(key)
                   from name in CatalogueUse.Placeholders(Catalogue.English.Raw(key)).Except(c.call.Args)
                   select $"{c.file.Path}:{c.call.Line}: {key} asks for {{{name}}}");
    }

    [Fact]
    public void Every_text_is_said_somewhere() => Found.None(Catalogue.English.Keys
        .Where(key => !IsSaid(key, Use) && !IsOfAQuestion(key) && !IsOfASetting(key))
            .Order(StringComparer.Ordinal));

    /// <summary>Chinese punctuation is full width.</summary>
    [Fact]
    public void Chinese_texts_use_Chinese_punctuation() => Found.None(
        from key in Catalogue.Chinese.Keys.Order(StringComparer.Ordinal)
        let text = Catalogue.Chinese.Raw(key)
        where HalfWidth().IsMatch(text)
        select $"{key}: {text}");

    [Fact]
    public void A_text_without_a_speaker_and_a_code_without_a_text_are_caught()
    {
        var use = CatalogueUse.Read(
            [
                new SourceFile("src/A.cs",
                    "throw RefusedException.Of(ok ? \"a.x\" : \"a.y\", (\"n\", 1));\nSay(\"a.z\");"),
                new SourceFile("src/B.razor", "<b title=\"@L(\"web.one\")\">@L($\"web.kind.{k}\")</b>"),
            ], new HashSet<string> { "a" });
        Assert.Equal(["a.x", "a.y", "a.z"], use.Codes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("src/A.cs:2", use.Codes["a.z"]);
        Assert.True(IsSaid("finding.a.x", use) && IsSaid("finding.a.y.remedy", use)
            && IsSaid("web.kind.entry", use));
        Assert.True(IsSaid("web.one", use));
        Assert.False(IsSaid("finding.a.w", use));
        Assert.False(IsSaid("web.two", use));
    }

    [Fact]
    public void An_argument_that_is_missing_is_caught()
    {
        var calls = CatalogueUse.PlainCalls(new SourceFile("src/A.cs",
            """
            f();
            Finding.Of("a.x", Severity.Info, null, ("n", 1), ("m", "text"));
            Finding.Of(code, ("n", 1));
            """));
        Assert.Equal([("a.x", "n m", 2)], calls.Select(c => (c.Code, string.Join(' ', c.Args), c.Line)));
    }

    [Theory]
    [InlineData("用电量,千瓦时", true)]
    [InlineData("用电量，1,000 千瓦时", false)]
    [InlineData("文件: a", true)]
    public void Half_width_punctuation_after_Chinese_is_caught(string text, bool caught) =>
        Assert.Equal(caught, HalfWidth().IsMatch(text));

    private static bool IsSaid(string key, CatalogueUse use)
    {
        if (key.StartsWith("finding.", StringComparison.Ordinal))
        {
            var code = key["finding.".Length..];
            if (code.EndsWith(".remedy", StringComparison.Ordinal)) code = code[..^".remedy".Length];
            return use.Named.Contains(code) || Completes(code, use);
        }
        return use.Named.Contains(key) || Completes(key, use);
    }

    private static bool IsOfAQuestion(string key) => Registrations.Questions
        .Any(question => key == $"question.{question.Name}.title"
            || key == $"question.{question.Name}.about");

    private static bool IsOfASetting(string key) => key.StartsWith("setting.", StringComparison.Ordinal)
        && Registrations.Settings.Contains(key["setting.".Length..]);

    private static bool Completes(string key, CatalogueUse use) => use.Beginnings.Any(beginning =>
        beginning != "finding." && key.StartsWith(beginning, StringComparison.Ordinal));

    private static IEnumerable<string> Difference(string what, IEnumerable<string> en, IEnumerable<string> zh)
    {
        var (left, right) = (en.ToHashSet(), zh.ToHashSet());
        return left.Except(right).Select(x => $"{what}: only en has {x}")
            .Concat(right.Except(left).Select(x => $"{what}: only zh has {x}"));
    }

    private static SortedDictionary<string, Dictionary<string, string>> Files(string language) =>
        new(Repository.Under($"src/Celadon/Text/{language}").ToDictionary(f => Path.GetFileName(f.Path),
            f => JsonSerializer.Deserialize<Dictionary<string, string>>(f.Text, EachKeyOnce)!),
            StringComparer.Ordinal);

    /// <summary>A key that a file holds twice would silently say the second text in place of the first.
    /// </summary>
    private static readonly JsonSerializerOptions EachKeyOnce = new() { AllowDuplicateProperties = false };

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}[,;:!?](?!\w)|\p{IsCJKUnifiedIdeographs}[,;!?]")]
    private static partial Regex HalfWidth();
}
