using System.Text.RegularExpressions;
using Celadon.Lenses;
using Celadon.Text;

namespace Celadon.Tests.House;

/// <summary>
/// What the program's sources say about the texts: which finding codes and which keys they name.
/// </summary>
/// <param name="Named">Whole literals.</param>
/// <param name="Beginnings">Literals that are completed at run time: "web.facet.", "cli.".</param>
/// <param name="Codes">Finding codes, with a place that uses each.</param>
internal sealed partial record CatalogueUse(
    IReadOnlySet<string> Named, IReadOnlyList<string> Beginnings, IReadOnlyDictionary<string, string> Codes)
{
    private static readonly string[] FileKinds =
        [".json", ".csv", ".sql", ".db", ".md", ".xlsx", ".cs", ".js", ".css", ".svg", ".duckdb", ".sqlite",
            ".lock", ".zip"];

    /// <summary>Reads sources.</summary>
    /// <param name="files">C# and Razor files.</param>
    /// <param name="subjects">
    /// First words of finding codes: a dotted literal that begins with one is a code.
    /// </param>
    public static CatalogueUse Read(IEnumerable<SourceFile> files, IReadOnlySet<string> subjects)
    {
        var (named, beginnings) = (new HashSet<string>(), new HashSet<string>());
        var codes = new Dictionary<string, string>();
        foreach (var file in files)
        {
            foreach (var literal in LiteralsOf(file))
            {
                if (literal.BeforeHole || literal.Text.EndsWith('.'))
                {
                    if (Beginning().IsMatch(literal.Text)) beginnings.Add(literal.Text);
                    continue;
                }
                named.Add(literal.Text);
                if (file.Extension == ".cs" && IsCode(literal.Text, subjects))
                    codes.TryAdd(literal.Text, $"{file.Path}:{file.LineOf(literal.At)}");
            }
            foreach (var (code, at) in DirectCodes(file))
                codes.TryAdd(code, $"{file.Path}:{file.LineOf(at)}");
        }
        return new CatalogueUse(named, [.. beginnings], codes);
    }

    /// <summary>
    /// Reads everything under src, with the subjects that the catalogue and the sources know.
    /// </summary>
    public static CatalogueUse OfTheProgram()
    {
        var files = Repository.Under("src").Where(f => f.Extension is ".cs" or ".razor").ToArray();
        var known = Catalogue.English.Keys.Where(k => k.StartsWith("finding.", StringComparison.Ordinal))
            .Select(k => k.Split('.')[1]);
        var direct = files.SelectMany(DirectCodes).Select(c => c.Code.Split('.')[0]);
        var plain = files.SelectMany(Asked).Select(a => a.Key)
            .Concat(Catalogue.English.Keys.Where(k => !k.StartsWith("finding.", StringComparison.Ordinal)))
            .Select(key => key.Split('.')[0]);
        return Read(files, known.Concat(direct).Except(plain).ToHashSet());
    }

    /// <summary>The keys that a source asks a catalogue for, word for word.</summary>
    public static IEnumerable<(string Key, int Line)> Asked(SourceFile file) => Ask().Matches(file.Text)
        .Select(m => (m.Groups[1].Value, file.LineOf(m.Index)));

    /// <summary>The placeholders of a text, without their formats.</summary>
    public static IEnumerable<string> Placeholders(string text) =>
        Placeholder().Matches(text).Select(m => m.Groups[1].Value).Distinct();

    /// <summary>
    /// The calls that make a finding with its code and all its arguments in place: code, names of arguments,
    /// line.
    /// </summary>
    public static IEnumerable<(string Code, string[] Args, int Line)> PlainCalls(SourceFile file)
    {
        if (file.Extension != ".cs") yield break;
        var source = CSharpSource.Read(file.Text);
        foreach (Match match in Call().Matches(source.Code))
        {
            var end = EndOfCall(source.Code, match.Index + match.Length);
            var inside = source.Literals.Where(l => l.At >= match.Index && l.At < end).ToArray();
            var call = source.Code[match.Index..end];
            if (inside is not [{ BeforeHole: false } first, ..]
                || call.Contains("..", StringComparison.Ordinal)
                || source.Code[(match.Index + match.Length)..first.At].Trim() != "\"") continue;
            var args = inside.Where(l => source.Code[..(l.At - 1)].TrimEnd().EndsWith('(') && l != first);
            var names = args.Select(l => l.Text).ToArray();
            if (names.Length > 0 || !call.Contains("args", StringComparison.Ordinal))
                yield return (first.Text, names, file.LineOf(match.Index));
        }
    }

    private static IEnumerable<(string Code, int At)> DirectCodes(SourceFile file)
    {
        if (file.Extension != ".cs") return [];
        var source = CSharpSource.Read(file.Text);
        return from Match match in Call().Matches(source.Code)
               let comma = source.Code.IndexOf(',', match.Index)
               let end = comma < 0 ? EndOfCall(source.Code, match.Index + match.Length) : comma
               from literal in source.Literals
               where literal.At > match.Index && literal.At < end && !literal.BeforeHole
                   && DottedName().IsMatch(literal.Text)
               select (literal.Text, literal.At);
    }

    private static int EndOfCall(string code, int open)
    {
        var depth = 1;
        var at = open;
        for (; at < code.Length && depth > 0; at++)
            depth += code[at] switch { '(' => 1, ')' => -1, _ => 0 };
        return at;
    }

    private static bool IsCode(string text, IReadOnlySet<string> subjects) => DottedName().IsMatch(text)
        && subjects.Contains(text.Split('.')[0])
        && !FileKinds.Any(kind => text.EndsWith(kind, StringComparison.Ordinal))
        && !Questions.Contains(text) && !Catalogue.English.Has(text);

    private static readonly HashSet<string> Questions =
        [.. Registrations.Questions.Select(question => question.Name)];

    private static IEnumerable<Literal> LiteralsOf(SourceFile file) => file.Extension == ".cs"
        ? CSharpSource.Read(file.Text).Literals
        : Quoted().Matches(file.Text).Select(m =>
            new Literal(m.Index, m.Index + m.Length, m.Groups[1].Value, m.Groups[2].Value == "{"));

    [GeneratedRegex(@"\b(?:Finding|RefusedException)\.Of\(|\bnew\s+Finding\(")]
    private static partial Regex Call();

    [GeneratedRegex("\\b(?:L|Text)\\(\"([a-z][A-Za-z0-9]*(?:\\.[A-Za-z0-9-]+)+)\"")]
    private static partial Regex Ask();

    [GeneratedRegex(@"^[a-z][A-Za-z0-9]*(\.[a-zA-Z0-9][A-Za-z0-9]*)+$")]
    private static partial Regex DottedName();

    [GeneratedRegex(@"^[a-z][A-Za-z0-9]*\.([a-zA-Z0-9]+\.)*$")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\{(\w+)(?::(?:\w+|is [^{}|]+\|[^{}|]+))?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("(?<=\")([^\"{}\n]*)(?=([\"{]))")]
    private static partial Regex Quoted();
}
