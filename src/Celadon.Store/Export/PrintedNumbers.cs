using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Celadon.Quantities;

namespace Celadon.Store;

/// <summary>A number that a report shows.</summary>
/// <param name="Answer">Name of the answer within the report: "a1".</param>
/// <param name="Pointer">Where it stands in the answer's report.</param>
/// <param name="Exact">The exact value that stands behind it, with its unit, as written.</param>
/// <param name="Shown">What is printed.</param>
public sealed record PrintedNumber(string Answer, string Pointer, string Exact, string Shown);

/// <summary>
/// Reads the numbers of a report that was written as a file, and compares each with the answer it comes from.
/// </summary>
public static partial class PrintedNumbers
{
    private static readonly Amount Thousandth = Amount.From(1, 3);

    /// <summary>Every number of a report file, in order.</summary>
    public static IEnumerable<PrintedNumber> Read(string html) => Link().Matches(html).Select(m =>
        new PrintedNumber(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value),
            WebUtility.HtmlDecode(m.Groups[3].Value), WebUtility.HtmlDecode(m.Groups[4].Value)));

    /// <summary>
    /// True when a number that is printed is the one in its answer: the exact value is equal to the last
    /// digit, and the printed one is it (or, for a mass of gas in kilograms, a thousandth of it) rounded to
    /// the decimals that are printed.
    /// </summary>
    /// <param name="number">The number.</param>
    /// <param name="report">The report of its answer ("answer" in the file of the answer).</param>
    public static bool Holds(PrintedNumber number, JsonNode? report)
    {
        if (At(report, number.Pointer) is not JsonObject figure
            || !Amount.TryParse(figure["value"]?.ToString() ?? "", out var value)
            || !TryRead(number.Exact.Split(' ')[0], out var exact) || exact != value) return false;
        var unit = figure["unit"]?.ToString() ?? "";
        var isMass = unit.StartsWith("kg CO2", StringComparison.Ordinal)
            && !unit.Contains('/', StringComparison.Ordinal);
        return Shows(number.Shown, value) || (isMass && Shows(number.Shown, value * Thousandth));
    }

    /// <summary>What stands at a JSON Pointer, or null.</summary>
    public static JsonNode? At(JsonNode? node, string pointer)
    {
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                JsonObject map => map[name],
                JsonArray list when int.TryParse(name, out var i) && i >= 0 && i < list.Count => list[i],
                _ => null,
            };
        }
        return node;
    }

    private static bool Shows(string shown, Amount value)
    {
        var text = shown.TrimEnd('%', ' ', '\u00a0');
        if (text.StartsWith("< ", StringComparison.Ordinal))
            return TryRead(text[2..], out var least) && !value.IsZero && value.Abs() < least;
        if (text.StartsWith("> ", StringComparison.Ordinal))
            return TryRead(text[2..], out var most) && value.Sign < 0 && value > most;
        if (!TryRead(text, out var printed)) return false;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return value.Round(point < 0 ? 0 : text.Length - point - 1) == printed;
    }

    /// <summary>A number as both languages write it: grouped by commas, with a true minus.</summary>
    private static bool TryRead(string text, out Amount amount) => Amount.TryParse(text
        .Replace(",", "", StringComparison.Ordinal).Replace('−', '-'), out amount);

    [GeneratedRegex("<a class=\"n\" href=\"#(a[0-9]+)(/[^\"]*)\"\\s+title=\"([^\"]*)\">([^<]*)</a>")]
    private static partial Regex Link();
}
