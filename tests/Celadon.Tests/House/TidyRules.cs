using System.Text.RegularExpressions;
using Celadon.Quantities;

namespace Celadon.Tests.House;

/// <summary>The rules of docs/style.md that a test keeps.</summary>
internal static partial class TidyRules
{
    /// <summary>Longest line, in characters.</summary>
    public const int LineLimit = 110;

    /// <summary>How much may stand beside a literal on a line that cannot be broken.</summary>
    public const int LiteralMargin = 50;

    /// <summary>Longest method, in lines.</summary>
    public const int MethodLimit = 70;

    /// <summary>Longest file of code, in lines.</summary>
    public const int FileLimit = 500;

    private static readonly string[] Code = [".cs", ".razor", ".js", ".sql"];

    /// <summary>
    /// Where words that suppliers and people write are recognised: they are data, not text.
    /// </summary>
    private static readonly string[] Recognisers =
    [
        "src/Celadon/Quantities/Units.cs", "src/Celadon.Store/Import/", "src/Celadon.Cli/Verbs/ImportVerb.cs",
        "src/Celadon/Lenses/Carbon/Inventory/SerialRange.cs",
        "src/Celadon/Lenses/Carbon/Inventory/StatedValue.cs",
    ];

    /// <summary>A language is offered by its own name.</summary>
    private const string OwnName = "中文";

    /// <summary>Codes of units are names in the books, in whatever script.</summary>
    private static readonly HashSet<string> UnitCodes = [.. Units.All.Select(unit => unit.Code)];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TidyRule> All { get; } =
    [
        new("line-length", f => Code.Contains(f.Extension), LongLines),
        new("method-length", f => f.Extension == ".cs", file => MemberLengths.Of(file.Text)
            .Where(m => m.Length > MethodLimit)
            .Select(m => new Offence(m.Line, $"{m.Length} lines, at most {MethodLimit}: {m.Head}"))),
        new("file-length", f => Code.Contains(f.Extension), file => file.Lines.Length > FileLimit + 1
            ? [new Offence(FileLimit + 1, $"{file.Lines.Length} lines, at most {FileLimit}")] : []),
        new("unfinished", IsOurs, file => Matches(file, Unfinished())),
        new("no-conflict-left", _ => true, file => Matches(file, Conflict())),
        new("one-heading", f => f.Extension == ".md", OneHeading),
        new("control-characters", IsOurs, file => Matches(file, Control())),
        new("machine-paths", _ => true, file => Matches(file, MachinePath())),
        new("no-hosts-in-the-build", IsBuild, file => Matches(file, Host())),
        new("other-trades", IsOurs, file => Matches(file, OtherTrades())),
        new("skip-says-why", f => f.Extension == ".cs"
            && f.Path.StartsWith("tests/", StringComparison.Ordinal), Skips),
        new("doors-check-who-comes", f => f.Extension == ".cs"
            && f.Path.StartsWith("src/Celadon.Server/", StringComparison.Ordinal)
            && f.Path != "src/Celadon.Server/Web/Doors.cs", file => Matches(file, UncheckedDoor())),
        new("no-text-for-people-in-code", f => f.Path.StartsWith("src/", StringComparison.Ordinal)
            && f.Extension is ".cs" or ".razor" or ".js" or ".sql", TextForPeople),
    ];

    /// <summary>Data that came from elsewhere (packs, examples) keeps its own words and line ends.</summary>
    private static bool IsOurs(SourceFile file) => file.Path is not ("LICENSE" or "THIRD-PARTY.md")
        && file.Extension is not ".csv" && !file.Path.StartsWith("examples/", StringComparison.Ordinal);

    private static bool IsBuild(SourceFile file) =>
        file.Extension is ".csproj" or ".props" or ".targets" or ".slnx"
        || file.Path is "dev.cs" or ".ci/run" or "global.json"
        || file.Path.EndsWith(".config", StringComparison.Ordinal);

    private static IEnumerable<Offence> Matches(SourceFile file, Regex pattern) => pattern.Matches(file.Text)
        .Select(match => new Offence(file.LineOf(match.Index), Visible(match.Value)));

    private static string Visible(string text) => string.Concat(text.Select(c =>
        char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format
            ? $"U+{(int)c:X4}" : c.ToString()));

    /// <summary>
    /// A line that is little else than a literal (a row of data, a pattern) cannot be broken.
    /// </summary>
    private static IEnumerable<Offence> LongLines(SourceFile file)
    {
        if (file.Lines.All(line => line.Length <= LineLimit)) yield break;
        var literals = file.Extension == ".cs" ? CSharpSource.Read(file.Text).Literals : [];
        var start = 0;
        foreach (var (line, i) in file.Lines.Select((line, i) => (line.TrimEnd('\r'), i)))
        {
            var end = start + line.Length;
            var said = literals.Sum(l => Math.Max(0, Math.Min(l.End, end) - Math.Max(l.At, start)));
            if (line.Length > LineLimit && line.Length - said > LiteralMargin)
                yield return new Offence(i + 1, $"{line.Length} characters, at most {LineLimit}");
            start += file.Lines[i].Length + 1;
        }
    }

    private static IEnumerable<Offence> OneHeading(SourceFile file)
    {
        var (fenced, headings) = (false, new List<int>());
        foreach (var (line, i) in file.Lines.Select((line, i) => (line, i)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            if (!fenced && line.StartsWith("# ", StringComparison.Ordinal)) headings.Add(i + 1);
        }
        if (headings.Count == 0) yield return new Offence(1, "no first-level heading");
        foreach (var second in headings.Skip(1))
            yield return new Offence(second, "a second first-level heading");
    }

    /// <summary>A test that is left out says in a sentence what it waits for.</summary>
    private static IEnumerable<Offence> Skips(SourceFile file)
    {
        var source = CSharpSource.Read(file.Text);
        foreach (Match match in SkipCall().Matches(source.Code))
        {
            var line = file.LineOf(match.Index);
            var reason = source.Literals.Where(l => l.At >= match.Index + match.Length
                && file.LineOf(l.At) - line <= 2).Select(l => l.Text);
            if (string.Join(" … ", reason).Split(' ').Length < 3) yield return new Offence(line, match.Value);
        }
    }

    private static IEnumerable<Offence> TextForPeople(SourceFile file)
    {
        if (Recognisers.Any(path => file.Path.StartsWith(path, StringComparison.Ordinal))) return [];
        if (file.Extension != ".cs")
        {
            var said = file with { Text = MarkupComment().Replace(file.Text, Blank) };
            return Matches(said, Han()).Where(o => o.What != OwnName)
                .Concat(file.Extension == ".razor" ? Matches(said, TextNode()) : []);
        }
        var source = CSharpSource.Read(file.Text);
        var chinese = source.Literals.Where(l => Han().IsMatch(l.Text) && !UnitCodes.Contains(l.Text))
            .Select(l => new Offence(file.LineOf(l.At), l.Text));
        var written = ConsoleWrite().Matches(source.Code).Select(match => (match, literal: source.Literals
                .FirstOrDefault(l => l.At >= match.Index + match.Length - 1
                    && l.At <= match.Index + match.Length + 2)))
            .Where(x => x.literal is not null && Words().IsMatch(x.literal.Text))
            .Select(x => new Offence(file.LineOf(x.match.Index), x.literal!.Text));
        return chinese.Concat(written);
    }

    private static string Blank(Match match) => new([.. match.Value.Select(c => c == '\n' ? c : ' ')]);

    /// <summary>
    /// What changes the books is mapped by MapForm or MapDoor, which name what is checked before it.
    /// </summary>
    [GeneratedRegex(@"\.Map(Post|Put|Patch|Delete|Methods)\(")]
    private static partial Regex UncheckedDoor();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^(<{7}|>{7}|={7})( .*)?$", RegexOptions.Multiline)]
    private static partial Regex Conflict();

    [GeneratedRegex(
        @"[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF\t]")]
    private static partial Regex Control();

    /// <summary>A path that exists on somebody's machine only.</summary>
    [GeneratedRegex(@"(?<![\w.:/$}{*-])/(home|root|Users|work|tmp|var/folders)/[\w.-]+|[A-Za-z]:\\Users\\")]
    private static partial Regex MachinePath();

    /// <summary>The build takes its packages from wherever the machine is set up to.</summary>
    [GeneratedRegex(@"https?://[\w.-]+")]
    private static partial Regex Host();

    /// <summary>How a text came about is not the product's subject.</summary>
    [GeneratedRegex(@"\b(language " + @"model|chat ?b" + @"ot|sub-?a" + @"gent|co-auth" + @"ored-by)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex OtherTrades();

    [GeneratedRegex(@"\bSkip\s*=\s*(?="")|\bAssert\.Skip(When|Unless)?\(")]
    private static partial Regex SkipCall();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}+")]
    private static partial Regex Han();

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->|(?<!:)//[^\n]*|/\*.*?\*/|--[^\n]*", RegexOptions.Singleline)]
    private static partial Regex MarkupComment();

    /// <summary>
    /// Words between tags; names in capitals (CSV, SHA-256) and commands are the same in every language.
    /// </summary>
    [GeneratedRegex(@">(?!\s*(?:Celadon|celadon [a-z]+)\s*<)[^<>@{}();=]*\p{Ll}{2,}[^<>@{}();=]*</")]
    private static partial Regex TextNode();

    [GeneratedRegex(@"\b(Console|Out|Error)\.Write(Line)?(Async)?\(")]
    private static partial Regex ConsoleWrite();

    [GeneratedRegex(@"\p{L}{2,} \p{L}{2,}")]
    private static partial Regex Words();
}
