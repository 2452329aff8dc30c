using System.Text.Json.Nodes;
using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>What changed between two periods of equal length, by line and category, from two
/// accounts.</summary>
public sealed class ChangePage : Page
{
    /// <summary>Unit of every number.</summary>
    internal const string Unit = "kg CO2e";

    /// <summary>Makes the page.</summary>
    public ChangePage(PageContext at) : base(at)
    {
        Pairs = [.. PairsOf(at)];
        var chosen = Pairs.FirstOrDefault(p => p.Name == at["compare"]);
        Pair = chosen.Name is null ? Pairs.Count > 0 ? Pairs[0] : default : chosen;
        if (Pair.Name is null) return;
        try
        {
            Before = Spot.Of(Ask(Pair.Before));
            After = Spot.Of(Ask(Pair.After));
            Changes = [.. Compared()];
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
        }
    }

    /// <summary>Two periods that can be compared.</summary>
    /// <param name="Name">"year", "before", "halves".</param>
    /// <param name="Before">The earlier.</param>
    /// <param name="After">The later.</param>
    public readonly record struct PeriodPair(string Name, MonthSpan Before, MonthSpan After);

    /// <summary>A line or category of both accounts.</summary>
    /// <param name="Scope">"1", "2", "3".</param>
    /// <param name="Key">The same in both languages: what it is in English.</param>
    /// <param name="Name">What it is.</param>
    /// <param name="Then">Its lines in the earlier account; none where nothing is recorded.</param>
    /// <param name="Now">Its lines in the later.</param>
    public sealed record Change(
        string Scope, string Key, string Name, IReadOnlyList<Spot> Then, IReadOnlyList<Spot> Now)
    {
        /// <summary>kg CO2e of the earlier; null where nothing is recorded.</summary>
        public Amount? Before => SumOf(Then);

        /// <summary>kg CO2e of the later; null where nothing is recorded.</summary>
        public Amount? After => SumOf(Now);

        /// <summary>Later less earlier; what was not recorded counts as nothing.</summary>
        public Amount Difference => (After ?? Amount.Zero) - (Before ?? Amount.Zero);

        private static Amount? SumOf(IReadOnlyList<Spot> parts) => parts.Count == 0 ? null
            : parts.Aggregate(Amount.Zero, (sum, p) => sum + FigureOf(p).Value!.Value);
    }

    /// <summary>What can be compared.</summary>
    public IReadOnlyList<PeriodPair> Pairs { get; }

    /// <summary>What is compared.</summary>
    public PeriodPair Pair { get; }

    /// <summary>The earlier account.</summary>
    public Spot Before { get; }

    /// <summary>The later account.</summary>
    public Spot After { get; }

    /// <summary>Lines and categories, the largest change first.</summary>
    public IReadOnlyList<Change> Changes { get; } = [];

    /// <summary>Why there is no answer.</summary>
    public Finding? Refused { get; }

    /// <summary>"market" or "location".</summary>
    public string Shown => At["view"] == "market" ? "market" : "location";

    /// <summary>True when a total of either account is partial: what is unknown may be the
    /// difference.</summary>
    public bool IsPartial => ((Spot[])[Before, After]).Any(r => r["scope1"]["total"]["partial"].IsTrue
        || r["scope2"][Shown]["total"]["partial"].IsTrue || r["scope3"]["total"]["partial"].IsTrue);

    /// <inheritdoc/>
    public override string Section => "carbon";

    /// <inheritdoc/>
    public override string Tab => "change";

    /// <inheritdoc/>
    public override Type View => typeof(ChangeView);

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => Changes.Count == 0 ? [] : [Steps];

    /// <inheritdoc/>
    public override JsonObject Data => Changes.Count == 0 ? [] : new()
    {
        ["before"] = JsonNode.Parse(AnswerJson.Write(Before.Asked)),
        ["after"] = JsonNode.Parse(AnswerJson.Write(After.Asked)),
    };

    /// <inheritdoc/>
    public override string Title => Changes.Count == 0 ? At.L("charts.change.none")
        : At.L("charts.change.page", ("before", Show.Months(At.Text, Pair.Before)),
            ("after", Show.Months(At.Text, Pair.After)));

    /// <summary>The waterfall from the earlier total to the later.</summary>
    public Chart Steps => InventoryCharts.Steps(At, "change", Says(),
        At.L("charts.change.small", ("before", Show.Months(At.Text, Pair.Before)),
            ("after", Show.Months(At.Text, Pair.After)), ("view", At.L($"web.scope2.{Shown}"))),
        Changes.Select(c => (c.Name, c.Difference, (string?)Summed(c.Difference, "", c, null).Why)),
        (Show.Months(At.Text, Pair.Before), Total(c => c.Before),
            Summed(Amount.Zero, "", null, "before").Why),
        (Show.Months(At.Text, Pair.After), Total(c => c.After), Summed(Amount.Zero, "", null, "after").Why),
        Twin(), At.L("web.chart.source", ("position", After.Asked.Position)), beyond => At.Link("/why/change",
            ("compare", Pair.Name), ("view", At["view"]), ("consolidation", At["consolidation"]),
            ("beyond", beyond.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    private Table Twin() => new("change-lines", At.L("charts.change.table"),
    [
        new("scope", At.L("web.col.scope")), new("line", At.L("web.col.line")),
        new("before", Show.Months(At.Text, Pair.Before), Align.Number),
        new("after", Show.Months(At.Text, Pair.After), Align.Number),
        new("difference", At.L("charts.col.difference"), Align.Number),
    ], [.. Changes.Select(c => Row.Of(new Words(At.L($"web.scope.{c.Scope}")) { Key = c.Scope },
        new Words(c.Name), Linked(c, c.Before, c.Then, "before"), Linked(c, c.After, c.Now, "after"),
        Summed(c.Difference, InventoryCharts.Signed(c.Difference), c, null)))])
    {
        Total = Row.Of(new Words(At.L("web.total")), Cell.Empty,
            Summed(Total(c => c.Before), Show.Tonnes(Total(c => c.Before)), null, "before"),
            Summed(Total(c => c.After), Show.Tonnes(Total(c => c.After)), null, "after"),
            Summed(Total(c => c.Difference), InventoryCharts.Signed(Total(c => c.Difference)), null, null)),
    };

    /// <summary>
    /// A line of an account explains itself there; several of one name are a sum that names them.
    /// </summary>
    private Cell Linked(Change change, Amount? value, IReadOnlyList<Spot> parts, string side) =>
        value is not { } known ? new Words(At.L("web.nothing")) { Class = "faint", Key = "" }
        : parts.Count == 1 ? FigureOf(parts[0]).Cell(At)
        : Summed(known, Show.Tonnes(known), change, side);

    private Number Summed(Amount value, string shown, Change? change, string? side) => new(value, Unit, shown,
        At.Link("/why/change", ("compare", Pair.Name), ("view", At["view"]),
            ("consolidation", At["consolidation"]), ("scope", change?.Scope), ("line", change?.Key),
            ("side", side)));

    private Amount Total(Func<Change, Amount?> of) =>
        Changes.Aggregate(Amount.Zero, (sum, c) => sum + (of(c) ?? Amount.Zero));

    private Sentence Says()
    {
        var difference = Total(c => c.Difference);
        var most = Changes.MaxBy(c => c.Difference.Abs())!;
        return Sentence.Of(At, difference.Sign > 0 ? "charts.change.up" : "charts.change.down",
            ("tonnes", Summed(difference.Abs(), Show.Tonnes(difference.Abs()), null, null)),
            ("line", most.Name), ("part", Summed(most.Difference,
                InventoryCharts.Signed(most.Difference), most, null)));
    }

    private Asked Ask(MonthSpan period) => At.Books.Ask("carbon.inventory",
        InventoryPage.SpecOf(At, period, InventoryPage.GwpSets[0]), null, At.Http.RequestAborted);

    private IEnumerable<Change> Compared()
    {
        var (before, after) = (ItemsOf(Before), ItemsOf(After));
        return before.Keys.Union(after.Keys).Select(key => new Change(key.Scope, key.Key,
                NameOf(after.GetValueOrDefault(key, []).Concat(before.GetValueOrDefault(key, [])).First(),
                    At.Text.Language), before.GetValueOrDefault(key, []), after.GetValueOrDefault(key, [])))
            .OrderByDescending(c => c.Difference.Abs()).ThenBy(c => c.Scope, StringComparer.Ordinal)
            .ThenBy(c => c.Name, StringComparer.Ordinal);
    }

    /// <summary>Resources of Scope 1 and 2, categories of Scope 3, as far as they have a figure.</summary>
    private Dictionary<(string Scope, string Key), List<Spot>> ItemsOf(Spot report) =>
        report["scope1"]["lines"].Items.Select(l => (Scope: "1", Spot: l))
            .Concat(report["scope2"][Shown]["lines"].Items.Select(l => (Scope: "2", Spot: l)))
            .Concat(report["scope3"]["categories"].Items.Select(c => (Scope: "3", Spot: c)))
            .Where(l => FigureOf(l.Spot).Value is not null)
            .GroupBy(l => (l.Scope, Key: NameOf(l.Spot, "en")))
            .ToDictionary(g => g.Key, g => g.Select(l => l.Spot).ToList());

    /// <summary>The figure of a line, or the total of a category.</summary>
    internal static Spot FigureOf(Spot part) =>
        part["category"].Exists && part["total"].Exists ? part["total"]["kgco2e"] : part["kgco2e"];

    private static string NameOf(Spot part, string language) => part["label"].Exists
        ? part["label"].In(language) : $"3.{part["category"].Text} {part["title"].In(language)}";

    /// <summary>The same months a year earlier, the months just before, or the halves of the
    /// period.</summary>
    private static IEnumerable<PeriodPair> PairsOf(PageContext at)
    {
        if (at.Period is not { } period || at.Books.Extent is not { } all) yield break;
        foreach (var (name, back) in ((string, int)[])[("year", 12), ("before", period.Count)])
        {
            if (name == "before" && back == 12) continue;
            var earlier = new MonthSpan(period.First.PlusMonths(-back), period.Last.PlusMonths(-back));
            if (earlier.First >= all.First) yield return new PeriodPair(name, earlier, period);
        }
        if (period.Count < 2) yield break;
        var half = period.Count / 2;
        yield return new PeriodPair("halves",
            new MonthSpan(period.Last.PlusMonths(1 - 2 * half), period.Last.PlusMonths(-half)),
            new MonthSpan(period.Last.PlusMonths(1 - half), period.Last));
    }
}
