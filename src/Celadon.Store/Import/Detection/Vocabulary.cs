using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Celadon.Store.Import.Detection;

/// <summary>
/// The words that suppliers and loggers put above their columns, in English and Chinese, from
/// vocabulary.json: data, so that a new supplier's word is a line there and no code.
/// </summary>
internal sealed class Vocabulary
{
    private readonly FrozenDictionary<string, string> _roles;
    private readonly FrozenDictionary<string, string> _bands;
    private readonly FrozenDictionary<string, string> _resources;
    private readonly FrozenDictionary<string, string> _facts;
    private readonly FrozenDictionary<string, string> _basis;
    private readonly FrozenSet<string> _totals;
    private readonly FrozenDictionary<string, string> _average;
    private readonly FrozenDictionary<string, string> _overrides;
    private readonly FrozenDictionary<string, string> _bill;

    private Vocabulary(Words words)
    {
        _roles = Invert(words.Roles);
        _bands = Invert(words.Bands);
        _resources = Invert(words.Resources);
        _facts = Invert(words.Facts);
        _basis = Invert(words.Basis);
        _overrides = Invert(words.Overrides);
        _bill = Invert(words.Bill);
        Records = [.. words.Records.Select(r => KeyValuePair.Create(r.Key,
            (IReadOnlyDictionary<string, string>)Invert(r.Value)))];
        _totals = words.TotalWords.ToFrozenSet(StringComparer.Ordinal);
        _average = words.AverageWords.ToFrozenDictionary(word => word, StringComparer.Ordinal);
    }

    /// <summary>The words in use.</summary>
    public static Vocabulary Shared { get; } = Load();

    /// <summary>
    /// Kinds of records file ("overrides", "withdrawn", "statements", "actors"), each with the part that a
    /// whole header names.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyDictionary<string, string>>> Records { get; }

    /// <summary>The column of a bill of materials that a whole header names, or null.</summary>
    public string? BillOf(string header) => _bill.GetValueOrDefault(Plain(header));

    /// <summary>"category", "factor" or "measurement", as a cell calls it; null for anything else.</summary>
    public string? OverrideOf(string text) => _overrides.GetValueOrDefault(Plain(text));

    /// <summary>What a header names, and how long the matching word is (0: nothing matched).</summary>
    public (string? Role, int Strength) RoleOf(string header) => Longest(_roles, Plain(header));

    /// <summary>
    /// The tariff band a header names, or null. A band word alone in a longer Latin name does not count.
    /// </summary>
    public string? BandOf(string header)
    {
        var plain = Plain(header);
        return Longest(_bands, plain) is var (band, strength) && band is not null
            && (strength * 2 >= plain.Length || plain.Any(c => c > '\u2E80')) ? band : null;
    }

    /// <summary>The resource a text names, or null.</summary>
    public string? ResourceOf(string? text) => text is null ? null : Longest(_resources, Plain(text)).Value;

    /// <summary>The resource that a whole text names, or null.</summary>
    public string? ExactResourceOf(string text) => _resources.GetValueOrDefault(Plain(text));

    /// <summary>The fact a header names ("distance"), or null; the whole header must match.</summary>
    public string? FactOf(string header) => _facts.GetValueOrDefault(Plain(header));

    /// <summary>The basis a cell names ("发票" is invoiced), or null.</summary>
    public Ledger.Basis? BasisOf(string? text) => text is not null
        && _basis.TryGetValue(Plain(text), out var name)
        ? Enum.Parse<Ledger.Basis>(name, ignoreCase: true) : null;

    /// <summary>True where a header of power says that it is the average of its interval.</summary>
    public bool SaysAverage(string header) => Longest(_average, Plain(header)).Strength > 0;

    /// <summary>True for "Total", "合计:", "Grand total 2025", "本月合计".</summary>
    public bool IsTotal(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        if (cell.Length is 0 or > 40 || char.IsAsciiDigit(cell[0])) return false;
        var plain = Plain(cell.ToString());
        if (_totals.Contains(plain)) return true;
        foreach (var word in _totals)
            if (word[0] > '\u2E80' ? plain.EndsWith(word, StringComparison.Ordinal)
                    || plain.StartsWith(word, StringComparison.Ordinal)
                : plain.StartsWith(word + " ", StringComparison.Ordinal)
                    || plain.EndsWith(" " + word, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>
    /// Lower case, half-width, words separated by one space, brackets and what they hold removed.
    /// </summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        var depth = 0;
        var previous = ' ';
        Span<char> buffer = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        foreach (var c in NumberText.HalfWidth(text, buffer))
        {
            if (c is '(' or '[') depth++;
            if (depth == 0)
            {
                // Underscores, dots and dashes separate words: "Usage_kWh", "date-time".
                var letter = char.IsLetterOrDigit(c)
                    || c is '#' or '£' or '€' ? char.ToLowerInvariant(c) : ' ';
                if (letter != ' ' || previous != ' ') plain.Append(letter);
                previous = letter;
            }
            if (c is ')' or ']' && depth > 0) depth--;
        }
        return plain.ToString().Trim();
    }

    private static (string? Value, int Strength) Longest(FrozenDictionary<string, string> words, string plain)
    {
        if (plain.Length == 0) return (null, 0);
        if (words.TryGetValue(plain, out var exact)) return (exact, plain.Length + 100);
        string? best = null;
        var strength = 0;
        var padded = " " + plain + " ";
        foreach (var (word, value) in words)
        {
            if (word.Length <= strength) continue;
            var found = word[0] > '\u2E80'
                ? plain.Contains(word, StringComparison.Ordinal)
                : padded.Contains(" " + word + " ", StringComparison.Ordinal);
            if (found) (best, strength) = (value, word.Length);
        }
        return (best, strength);
    }

    private static FrozenDictionary<string, string> Invert(Dictionary<string, string[]> words)
    {
        var inverted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (value, names) in words)
            foreach (var name in names) inverted.TryAdd(Plain(name), value);
        return inverted.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Vocabulary Load()
    {
        using var stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream("Celadon.Store.Import.vocabulary.json")!;
        return new Vocabulary(JsonSerializer.Deserialize<Words>(stream, JsonSerializerOptions.Web)!);
    }

    private sealed record Words(
        Dictionary<string, string[]> Roles, Dictionary<string, string[]> Bands,
        Dictionary<string, string[]> Resources, Dictionary<string, string[]> Facts,
        Dictionary<string, string[]> Basis, string[] TotalWords, string[] AverageWords,
        Dictionary<string, Dictionary<string, string[]>> Records, Dictionary<string, string[]> Overrides,
        Dictionary<string, string[]> Bill);
}
