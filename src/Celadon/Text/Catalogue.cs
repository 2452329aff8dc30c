using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Celadon.Quantities;

namespace Celadon.Text;

/// <summary>
/// All text for people in one language, from the embedded catalogues Text/en/*.json and Text/zh/*.json. A
/// text may hold placeholders: {name} as it is, {name:number} grouped by the language, {name:date} a day,
/// {name:term} a word of a closed vocabulary, whose text stands under "term." and the word, and
/// {name:is line|lines} the words that go with one or with any other number.
/// </summary>
public sealed class Catalogue
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private Catalogue(string language, string culture)
    {
        Language = language;
        Culture = CultureInfo.GetCultureInfo(culture);
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Celadon.Text.{language}.";
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            AddTo(_texts, stream);
        }
    }

    /// <summary>
    /// Adds the texts of a file, one flat object. Read by hand: every start and every verb begins with it.
    /// </summary>
    private static void AddTo(Dictionary<string, string> texts, Stream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var json = new Utf8JsonReader(bytes);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            texts.Add(key, json.GetString()!);
        }
    }

    /// <summary>English.</summary>
    public static Catalogue English { get; } = new("en", "en-GB");

    /// <summary>中文.</summary>
    public static Catalogue Chinese => WhenAsked.Chinese;

    /// <summary>"en" or "zh".</summary>
    public string Language { get; }

    /// <summary>How the language writes numbers and dates.</summary>
    public CultureInfo Culture { get; }

    /// <summary>Every key.</summary>
    public IEnumerable<string> Keys => _texts.Keys;

    /// <summary>The catalogue of "en" or "zh"; English for anything else.</summary>
    public static Catalogue For(string? language) =>
        language is not null && language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese
            : English;

    /// <summary>True when the catalogue has the key.</summary>
    public bool Has(string key) => _texts.ContainsKey(key);

    /// <summary>The text of a key as it stands, placeholders unfilled.</summary>
    /// <exception cref="KeyNotFoundException">No such key.</exception>
    public string Raw(string key) => _texts[key];

    /// <summary>
    /// The text of a key, with its placeholders filled. A missing key shows as the key itself.
    /// </summary>
    public string Text(string key, params (string Name, object Value)[] args) =>
        Fill(_texts.GetValueOrDefault(key, key), name =>
        {
            foreach (var (argument, value) in args)
                if (argument == name) return Convert.ToString(value, CultureInfo.InvariantCulture);
            return null;
        });

    /// <summary>The sentence of a finding.</summary>
    public string Render(Finding finding) =>
        Fill(_texts.GetValueOrDefault("finding." + finding.Code, finding.Code),
            finding.Args.GetValueOrDefault);

    /// <summary>What to do about a finding, or null when there is nothing to do.</summary>
    public string? Remedy(Finding finding) =>
        _texts.TryGetValue($"finding.{finding.Code}.remedy", out var text)
            ? Fill(text, finding.Args.GetValueOrDefault) : null;

    /// <summary>A plain decimal as the language writes it: 959,636.71.</summary>
    public static string Number(Amount amount)
    {
        var text = amount.ToString();
        var digits = text.TrimStart('-');
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var grouped = new StringBuilder();
        for (var i = 0; i < whole.Length; i++)
        {
            if (i > 0 && (whole.Length - i) % 3 == 0) grouped.Append(',');
            grouped.Append(whole[i]);
        }
        if (point >= 0) grouped.Append(digits.AsSpan(point));
        return text[0] == '-' ? "−" + grouped : grouped.ToString();
    }

    /// <summary>The words before the bar for one, those after it for any other number.</summary>
    private static string OneOrMany(string value, string words) =>
        words.Split('|', 2) is [var one, var many] ? value == "1" ? one : many : words;

    private string Fill(string template, Func<string, string?> value)
    {
        if (!template.Contains('{', StringComparison.Ordinal)) return template;
        var text = new StringBuilder();
        var rest = template.AsSpan();
        for (var open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
        {
            var close = rest[open..].IndexOf('}') + open;
            if (close < open) break;
            var name = rest[(open + 1)..close];
            var colon = name.IndexOf(':');
            var format = colon < 0 ? "" : name[(colon + 1)..].ToString();
            var key = (colon < 0 ? name : name[..colon]).ToString();
            text.Append(rest[..open])
                .Append(Format(value(key) ?? rest[open..(close + 1)].ToString(), format));
            rest = rest[(close + 1)..];
        }
        return text.Append(rest).ToString();
    }

    /// <summary>Read when it is first asked for; most starts need one language.</summary>
    private static class WhenAsked
    {
        public static readonly Catalogue Chinese = new("zh", "zh-CN");
    }

    private string Format(string value, string format) => format switch
    {
        "number" when Amount.TryParse(value, out var amount) => Number(amount),
        "date" when value.Length >= 10 && DateOnly.TryParseExact(
            value.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var date) =>
            date.ToString(_texts.GetValueOrDefault("format.date", "d"), Culture),
        "term" => _texts.GetValueOrDefault("term." + value, value),
        _ when format.StartsWith("is ", StringComparison.Ordinal) => OneOrMany(value, format[3..]),
        _ => value,
    };
}
