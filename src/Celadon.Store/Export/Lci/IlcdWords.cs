using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Celadon.Lca.Model;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Store.Export.Lci;

/// <summary>
/// Names, texts, references, numbers and spreads as ILCD writes them. What does not fit is counted.
/// </summary>
internal sealed partial class IlcdWords(LciNotHeld left)
{
    /// <summary>Signs that names and short comments may have (type String).</summary>
    public const int Name = 500;

    /// <summary>Signs that descriptions in short may have (type ST).</summary>
    public const int Short = 1000;

    /// <summary>Elements that all kinds of data sets share.</summary>
    public static readonly XNamespace Common = "http://lca.jrc.it/ILCD/Common";

    /// <summary>Attributes that openLCA writes and reads beside the format.</summary>
    public static readonly XNamespace OpenLca = "http://openlca.org/ilcd-extensions";

    /// <summary>Our own attributes: numbers of more digits than the format allows.</summary>
    public static readonly XNamespace Own = "urn:celadon:lci:1";

    /// <summary>Levels that a classification may have.</summary>
    private const int Levels = 10;

    /// <summary>A data set of a kind, "process" for one.</summary>
    public static XElement Root(XNamespace space, string kind) => new(space + $"{kind}DataSet",
        new XAttribute("version", "1.1"), new XAttribute(XNamespace.Xmlns + "common", Common.NamespaceName),
        new XAttribute(XNamespace.Xmlns + "olca", OpenLca.NamespaceName),
        new XAttribute(XNamespace.Xmlns + "own", Own.NamespaceName));

    /// <summary>A number as the shortest text that reads back to it.</summary>
    public static string Number(double value) => Doubles.Write(value);

    /// <summary>A text in English unless it is empty; longer than the type holds, cut and counted.</summary>
    public XElement? Text(XName name, string text, int most = int.MaxValue) => Plain(name, text, most) is
        { } element ? Tongue(element) : null;

    /// <summary>A text of no language.</summary>
    public XElement? Plain(XName name, string text, int most = int.MaxValue)
    {
        var clean = Clean(text);
        if (clean.Length == 0) return null;
        if (clean.Length <= most) return new XElement(name, clean);
        left.Add($"{name.LocalName}/{most}+");
        return new XElement(name, clean[..most]);
    }

    private static XElement Tongue(XElement element)
    {
        element.Add(new XAttribute(XNamespace.Xml + "lang", "en"));
        return element;
    }

    /// <summary>A text as XML can hold it and readers give it back; what it cannot is counted.</summary>
    public string Clean(string text)
    {
        var clean = text;
        if (!clean.All(XmlConvert.IsXmlChar))
        {
            var kept = new System.Text.StringBuilder();
            foreach (var rune in clean.EnumerateRunes())
                if (rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)) kept.Append(rune);
            if (kept.Length < clean.Length) left.Add("signs");
            clean = kept.ToString();
        }
        if (clean.Length != clean.Trim().Length) left.Add("spaces");
        return clean.Trim();
    }

    /// <summary>A reference to another data set of the package.</summary>
    public XElement Reference(XName name, string type, string folder, string id, string title) => new(name,
        new XAttribute("type", type), new XAttribute("refObjectId", id),
        new XAttribute("uri", $"../{folder}/{id}.xml"), Text(Common + "shortDescription", title, Short));

    /// <summary>The path of a category as levels.</summary>
    public XElement? Classification(XNamespace space, string path, bool isElementary = false)
    {
        if (path.Length == 0) return null;
        var levels = path.Split('/', Levels).Select(Clean).ToList();
        if (levels.Any(l => l.Length == 0)) left.Add("category");
        return new XElement(space + "classificationInformation",
            new XElement(Common + (isElementary ? "elementaryFlowCategorization" : "classification"),
                levels.Where(l => l.Length > 0).Select((level, i) => new XElement(
                    Common + (isElementary ? "category" : "class"),
                    new XAttribute("level", i.ToString(CultureInfo.InvariantCulture)), level))));
    }

    /// <summary>
    /// Version of the data set, and when it was entered and last changed, as far as the format can hold them.
    /// </summary>
    /// <param name="space">Name space of the kind of data set.</param>
    /// <param name="beside">What stands beside the thing.</param>
    /// <param name="stamp">When it was entered; empty when not known.</param>
    /// <param name="revised">When it was last changed; empty when not known, or of no place.</param>
    public static XElement? Administration(XNamespace space, IlcdBeside beside, string stamp = "",
        string revised = "")
    {
        var version = beside.Take("version", Version().IsMatch);
        var published = version.Length + revised.Length == 0 ? null
            : new XElement(space + "publicationAndOwnership",
                revised.Length == 0 ? null : new XElement(Common + "dateOfLastRevision", revised),
                version.Length == 0 ? null : new XElement(Common + "dataSetVersion", version));
        return stamp.Length == 0 && published is null ? null
            : new XElement(space + "administrativeInformation", stamp.Length == 0 ? null
                : new XElement(space + "dataEntryBy", new XElement(Common + "timeStamp", stamp)), published);
    }

    /// <summary>True for a day with a time, as the format's dates are (xs:dateTime).</summary>
    public static bool IsInstant(string text) => Instant().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _);

    /// <summary>
    /// The spread of an amount in the words of the format, whose relative deviations have five digits, three
    /// of them decimals.
    /// </summary>
    public static IEnumerable<XElement> Spread(XNamespace space, Uncertainty spread, string last)
    {
        var (kind, least, most, wide) = spread.Kind switch
        {
            // The square of the geometric deviation, and twice the deviation (ILCD).
            Distribution.Lognormal => ("log-normal", null, null, Percent(Math.Exp(2 * spread.B))),
            Distribution.Normal => ("normal", null, null, Percent(2 * spread.B)),
            Distribution.Uniform => ("uniform", Number(spread.A), Number(spread.B), ""),
            Distribution.Triangular => ("triangular", Number(spread.A), Number(spread.C), ""),
            _ => ((string)"", (string?)null, (string?)null, (string?)""),
        };
        if (kind.Length == 0 || wide is null) yield break;
        if (least is not null) yield return new(space + $"minimum{last}", least);
        if (most is not null) yield return new(space + $"maximum{last}", most);
        yield return new(space + "uncertaintyDistributionType", kind);
        if (wide.Length > 0) yield return new(space + "relativeStandardDeviation95In", wide);
    }

    /// <summary>
    /// Five digits, three decimals at most; null where that is not within a hundredth of the number.
    /// </summary>
    public static string? Percent(double value)
    {
        if (!double.IsFinite(value) || Math.Abs(value) >= 99_999.5) return null;
        var whole = Math.Abs(value) >= 1
            ? (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1 : 0;
        var rounded = Math.Round((decimal)value, Math.Clamp(5 - whole, 0, 3));
        return Math.Abs((double)rounded - value) > 0.01 * Math.Abs(value) ? null
            : rounded.ToString("0.###", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The exact spread as an attribute, "lognormal 1 0.1 0"; null when there is none. A distribution for
    /// which the format has no word stands there alone, and is counted.
    /// </summary>
    public static XAttribute? Exact(Uncertainty spread, LciNotHeld beside)
    {
        if (!spread.IsUncertain) return null;
        if (spread.Kind is not (Distribution.Lognormal or Distribution.Normal or Distribution.Uniform
            or Distribution.Triangular)) beside.Add($"uncertainty {Packs.Vocabulary.Word(spread.Kind)}");
        return new(Own + "spread", string.Join(' ', Packs.Vocabulary.Word(spread.Kind), Number(spread.A),
            Number(spread.B), Number(spread.C)));
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Instant();

    [GeneratedRegex(@"^\d{2}\.\d{2}(\.\d{3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}

/// <summary>
/// What a thing's first format said beside the model: what is taken is written, the rest is counted by its
/// name when disposed of.
/// </summary>
internal sealed class IlcdBeside(string extra, string kind, LciNotHeld left) : IDisposable
{
    private readonly Dictionary<string, JsonElement> _values = Read(extra, left);

    /// <summary>Takes a text; empty when there is none, or it does not fit and stays to be counted.</summary>
    public string Take(string name, Predicate<string>? fits = null)
    {
        if (!_values.TryGetValue(name, out var value) || value.ValueKind != JsonValueKind.String
            || value.GetString() is not { } text || fits?.Invoke(text) == false) return "";
        _values.Remove(name);
        return text;
    }

    /// <summary>Takes an object to be taken apart in turn.</summary>
    public IlcdBeside Inner(string name)
    {
        var inner = _values.Remove(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value.GetRawText() : "";
        return new IlcdBeside(inner, $"{kind}.{name}", left);
    }

    /// <summary>Counts what was not taken.</summary>
    public void Dispose()
    {
        foreach (var name in _values.Keys) left.Add($"{kind}.{name}");
    }

    private static Dictionary<string, JsonElement> Read(string extra, LciNotHeld left)
    {
        if (extra.Length == 0) return [];
        try
        {
            using var json = JsonDocument.Parse(extra);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json.RootElement.EnumerateObject().DistinctBy(p => p.Name)
                    .ToDictionary(p => p.Name, p => p.Value.Clone(), StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            // Counted below, as any text that is no object.
        }
        left.Add("extra");
        return [];
    }
}
