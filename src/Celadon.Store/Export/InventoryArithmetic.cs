using System.Globalization;
using System.Text.Json.Nodes;
using Celadon.Quantities;

namespace Celadon.Store;

/// <summary>
/// Recomputes what an answer to carbon.inventory can show by itself: each line as quantity × factor × the
/// site's share, each total as the sum of its lines, gases and what is not split as the whole.
/// </summary>
/// <param name="report">The report of the answer.</param>
internal sealed class InventoryArithmetic(JsonNode report)
{
    private readonly Dictionary<string, Amount> _shares = (report["sites"] as JsonArray ?? [])
        .Where(s => Value(s!["share"]) is not null)
        .ToDictionary(s => s!["site"]!.ToString(), s => Value(s!["share"])!.Value);

    /// <summary>How many numbers were recomputed.</summary>
    public long Checked { get; private set; }

    /// <summary>Pointers of numbers that do not come out.</summary>
    public IEnumerable<string> Wrong()
    {
        foreach (var (at, section) in Sections())
        {
            var lines = section["lines"] as JsonArray ?? [];
            for (var i = 0; i < lines.Count; i++)
                if (!LineHolds(lines[i]!))
                    yield return string.Create(CultureInfo.InvariantCulture, $"{at}/lines/{i}/kgco2e");
            if (section["total"] is not { } total) continue;
            Checked++;
            if (Sum(lines.Select(l => l!["kgco2e"])) != Value(total["kgco2e"]))
                yield return $"{at}/total/kgco2e";
            var gases = (total["byGas"] as JsonObject ?? []).Select(g => g.Value).Append(total["notSplit"]);
            Checked++;
            if (Sum(gases) != Value(total["kgco2e"])) yield return $"{at}/total/byGas";
        }
        var categories = report["scope3"]?["categories"] as JsonArray ?? [];
        if (report["scope3"]?["total"] is not { } whole) yield break;
        Checked++;
        if (Sum(categories.Select(c => c!["total"]!["kgco2e"])) != Value(whole["kgco2e"]))
            yield return "/scope3/total/kgco2e";
    }

    private IEnumerable<(string At, JsonNode Section)> Sections()
    {
        if (report["scope1"] is { } direct) yield return ("/scope1", direct);
        foreach (var view in (string[])["location", "market"])
            if (report["scope2"]?[view] is { } energy) yield return ($"/scope2/{view}", energy);
        foreach (var (category, i) in (report["scope3"]?["categories"] as JsonArray ?? [])
            .Select((c, i) => (c!, i)))
            yield return (string.Create(CultureInfo.InvariantCulture, $"/scope3/categories/{i}"), category);
    }

    private bool LineHolds(JsonNode line)
    {
        Checked++;
        if (Value(line["quantity"]) is not { } quantity || Value(line["factor"]) is not { } factor
            || Value(line["kgco2e"]) is not { } kg) return false;
        var share = _shares.TryGetValue(line["site"]?.ToString() ?? "", out var known) ? known : Amount.One;
        return quantity * factor * share == kg;
    }

    private static Amount Sum(IEnumerable<JsonNode?> figures) =>
        figures.Select(Value).OfType<Amount>().Aggregate(Amount.Zero, (sum, value) => sum + value);

    private static Amount? Value(JsonNode? figure) =>
        Amount.TryParse(figure?["value"]?.ToString() ?? "", out var value) ? value : null;
}
