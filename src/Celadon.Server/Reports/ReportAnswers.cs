using System.Text.Json.Nodes;
using Celadon.Quantities;
using Celadon.Server.Pages;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Reports;

/// <summary>
/// The answers that a report is made of, in the order in which it asked. A report computes nothing itself:
/// each of its numbers stands in one of these at a pointer.
/// </summary>
/// <param name="at">The page.</param>
public sealed class ReportAnswers(PageContext at)
{
    private readonly List<Asked> _all = [];
    private readonly List<Finding> _refused = [];

    /// <summary>The answers.</summary>
    public IReadOnlyList<Asked> All => _all;

    /// <summary>Why a question has no answer.</summary>
    public IReadOnlyList<Finding> Refused => _refused;

    /// <summary>The GWP set of the report.</summary>
    public string Gwp { get; } = InventoryPage.GwpSets.FirstOrDefault(g => g == at["gwp"])
        ?? InventoryPage.GwpSets[0];

    /// <summary>The name of an answer within the report: "a1".</summary>
    public string NameOf(Asked asked) => Invariant($"a{_all.FindIndex(a => ReferenceEquals(a, asked)) + 1}");

    /// <summary>Asks; an answer that was refused is a spot where nothing stands.</summary>
    public Spot Ask(string question, string spec)
    {
        try
        {
            var asked = at.Books.Ask(question, spec, at.Number("at"), at.Http.RequestAborted);
            if (!_all.Contains(asked)) _all.Add(asked);
            return Spot.Of(asked);
        }
        catch (RefusedException refused)
        {
            _refused.Add(refused.Finding);
            return default;
        }
    }

    /// <summary>
    /// carbon.inventory of months and sites, with how well it is known; all sites of the page when none are
    /// named.
    /// </summary>
    public Spot Inventory(MonthSpan period, params string[] sites)
    {
        var spec = SpecOf(period, sites);
        spec["uncertainty"] = new JsonObject();
        return Ask("carbon.inventory", spec.ToJsonString());
    }

    /// <summary>carbon.disclosure of months and sites.</summary>
    public Spot Disclosure(MonthSpan period, params string[] sites) =>
        Ask("carbon.disclosure", SpecOf(period, sites).ToJsonString());

    /// <summary>The same months a year earlier, when the books reach back to the first of them.</summary>
    public MonthSpan? YearBefore(MonthSpan period)
    {
        var before = new MonthSpan(period.First.PlusMonths(-12), period.Last.PlusMonths(-12));
        return at.Books.Extent is { } all && all.First <= before.First ? before : null;
    }

    /// <summary>The sites asked about: those named, or the chosen one, or all (empty).</summary>
    private JsonObject SpecOf(MonthSpan period, string[] sites)
    {
        if (sites.Length == 0 && at.Site is { } chosen) sites = [chosen];
        var spec = new JsonObject
        {
            ["period"] = period.ToString(), ["gwp"] = Gwp, ["allowNearestEdition"] = true,
            ["allowWiderPlace"] = true,
        };
        if (sites.Length > 0) spec["sites"] = new JsonArray([.. sites.Select(s => (JsonNode)s)]);
        if (InventoryPage.ConsolidationOf(at) is { } approach) spec["consolidation"] = approach;
        return spec;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
