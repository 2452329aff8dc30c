using System.Text.RegularExpressions;
using Celadon.Lenses;
using Celadon.Text;

namespace Celadon.Tests.House;

/// <summary>The documents say what the program does, in both languages.</summary>
public partial class DocsTests
{
    /// <summary>
    /// Set to write the guide's generated pages instead of comparing them (dotnet run dev.cs docs).
    /// </summary>
    private const string Accept = "CELADON_ACCEPT_DOCS";

    [Fact]
    public void The_generated_pages_of_the_guide_are_current()
    {
        var pages = GuidePages.All().ToArray();
        Assert.NotEmpty(pages);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            foreach (var (path, text) in pages) File.WriteAllText(Repository.At(path), text);
        Found.None(pages.Where(page => !File.Exists(Repository.At(page.Path))
                || File.ReadAllText(Repository.At(page.Path)) != page.Text)
            .Select(page => $"{page.Path} is out of date: run dotnet run dev.cs docs"));
    }

    [Fact]
    public void Every_question_is_registered_and_explained()
    {
        Assert.NotEmpty(Registrations.Questions);
        var registered = typeof(Question).Assembly.GetType("Celadon.Lenses.Questions")?.GetProperty("All")
            ?.GetValue(null) as System.Collections.IEnumerable;
        var names = registered?.Cast<Question>().Select(question => question.Name).ToArray() ?? [];
        Found.None(Registrations.Questions.Select(q => q.Name).Except(names)
            .Select(name => $"{name}: not registered"));
        Found.None(from question in Registrations.Questions
                   from catalogue in Languages
                   from key in (string[])[$"question.{question.Name}.title",
                       $"question.{question.Name}.about"]
                   where !catalogue.Has(key)
                   select $"{catalogue.Language}: {key}");
    }

    [Fact]
    public void Every_example_of_a_question_is_a_spec_that_it_reads() => Assert.All(Registrations.Questions,
        question => Assert.IsType(question.SpecType, question.ReadSpec(question.Example), exactMatch: false));

    [Fact]
    public void Every_verb_and_what_it_takes_is_explained()
    {
        Assert.SkipUnless(Registrations.HasCommandLine,
            "skipped: waits for these tests to reference src/Celadon.Cli, whose verbs they look at");
        Assert.NotEmpty(Registrations.Verbs);
        Found.None(from verb in Registrations.Verbs
                   from catalogue in Languages
                   from key in verb.Words.Select(word => $"{verb.Key}.{word.TrimStart('-')}")
                       .Append($"{verb.Key}.about")
                   where !catalogue.Has(key)
                   select $"{catalogue.Language}: {key}");
    }

    [Fact]
    public void Every_setting_is_explained()
    {
        Assert.SkipUnless(Registrations.HasCommandLine,
            "skipped: waits for these tests to reference src/Celadon.Cli, which reads the settings");
        Assert.NotEmpty(Registrations.Settings);
        Found.None(from setting in Registrations.Settings
                   from catalogue in Languages
                   where !catalogue.Has($"setting.{setting}")
                   select $"{catalogue.Language}: setting.{setting}");
    }

    /// <summary>
    /// Every lens that answers something says in its README what, by which clause, formula and example.
    /// </summary>
    [Fact]
    public void Every_lens_has_a_README_that_names_its_questions() => Found.None(
        from question in Registrations.Questions
        let lens = question.GetType().Namespace!.Split('.')[2]
        let readme = Repository.Files.FirstOrDefault(f => f.Path == $"src/Celadon/Lenses/{lens}/README.md")
        where readme is null || !readme.Text.Contains($"`{question.Name}`", StringComparison.Ordinal)
        select $"src/Celadon/Lenses/{lens}/README.md does not name {question.Name}");

    [Fact]
    public void Both_languages_of_the_guide_have_the_same_pages_and_sections()
    {
        var (en, zh) = (Pages("en"), Pages("zh"));
        Assert.Contains("README.md", en.Keys);
        Assert.Equal(en.Keys, zh.Keys);
        Assert.All(en, page =>
            Assert.Equal((page.Key, Headings(page.Value)), (page.Key, Headings(zh[page.Key]))));
        Assert.Equal(Headings(Read("README.md")), Headings(Read("README.zh.md")));
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere() => Found.None(
        from file in Repository.Files
        where file.Extension == ".md"
        from target in Links(file.Text)
        let path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.At(file.Path))!, target))
        where !File.Exists(path) && !Directory.Exists(path)
        select $"{file.Path}: {target}");

    [Fact]
    public void Links_and_headings_are_seen()
    {
        Assert.Equal(["a/b.md", "c"],
            Links("[x](a/b.md#d) and [y](https://example.org) and [z](c) and [w](#here)"));
        Assert.Equal("# ## ##", Headings("# A\n## B\n```\n# no\n```\n## C\n"));
    }

    /// <summary>
    /// Each package the repository takes is accounted for, with its reason and its licence.
    /// </summary>
    [Fact]
    public void Every_dependency_has_its_paragraph_and_its_licence()
    {
        var packages = PackageVersion().Matches(Read("Directory.Packages.props"))
            .Select(m => m.Groups[1].Value).ToArray();
        Assert.True(packages.Length > 5);
        var (decisions, notices) = (Read("docs/decisions.md"), Read("THIRD-PARTY.md"));
        Found.None(packages.Where(p => !decisions.Contains($"`{p}`", StringComparison.Ordinal))
            .Select(p => $"docs/decisions.md does not weigh {p}"));
        Found.None(packages.Where(p => !notices.Contains($"`{p}`", StringComparison.Ordinal))
            .Select(p => $"THIRD-PARTY.md does not name {p}"));
    }

    /// <summary>A package that nothing takes is a promise for nothing.</summary>
    [Fact]
    public void Every_package_listed_is_taken_by_a_project()
    {
        var taken = Repository.Files.Where(f => f.Extension == ".csproj")
            .SelectMany(f => PackageReference().Matches(f.Text)).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.NotEmpty(taken);
        Found.None(PackageVersion().Matches(Read("Directory.Packages.props")).Select(m => m.Groups[1].Value)
            .Where(package => !taken.Contains(package)
                && (package != "Microsoft.Playwright"
                    || Directory.Exists(Repository.At("tests/Celadon.Browser.Tests")))));
    }

    private static readonly Catalogue[] Languages = [Catalogue.English, Catalogue.Chinese];

    private static string Read(string path) => File.ReadAllText(Repository.At(path));

    private static SortedDictionary<string, string> Pages(string language) =>
        new(Repository.Under($"docs/guide/{language}")
            .ToDictionary(f => f.Path[$"docs/guide/{language}/".Length..], f => f.Text),
            StringComparer.Ordinal);

    private static string Headings(string text) => string.Join(' ', Fenced().Replace(text, "").Split('\n')
        .Where(line => line.StartsWith('#')).Select(line => line.Split(' ')[0]));

    private static IEnumerable<string> Links(string text) => Link().Matches(Fenced().Replace(text, ""))
        .Select(m => m.Groups[1].Value.Split('#')[0])
        .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal));

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("PackageReference Include=\"([^\"]+)\"")]
    private static partial Regex PackageReference();

    [GeneratedRegex("PackageVersion Include=\"([^\"]+)\"")]
    private static partial Regex PackageVersion();
}
