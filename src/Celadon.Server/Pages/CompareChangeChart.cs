using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;
using Celadon.Store;

namespace Celadon.Server.Pages;

/// <summary>From the first to the other alternative by its changes, and what they do to each other.</summary>
internal static class CompareChangeChart
{
    /// <summary>Relative to the largest part: less than the digits of the scores can tell.</summary>
    private static readonly Amount Telling = Amount.From(1, 9);

    /// <summary>The chart; null where the difference is one change alone, or not told apart.</summary>
    public static Chart? Of(ComparePage page, string small, string source)
    {
        var at = page.At;
        var split = page.Pair["changes"];
        var choice = split["choice"];
        var hasChoice = choice.Value is { IsZero: false };
        if (!split.Exists || split["parts"].Items.Count + (hasChoice ? 1 : 0) < 2) return null;
        var parts = new List<(string Name, Spot Part)>();
        if (hasChoice) parts.Add((at.L("web.compare.choice"), choice));
        parts.AddRange(split["parts"].Items.Select(p => (Name(at, p), p["alone"])));
        var largest = parts.Select(p => p.Part.Value ?? Amount.Zero).MaxBy(Size);
        var interaction = split["interaction"];
        var acts = Size(interaction.Value!.Value) > Size(largest) * Telling;
        var scores = page.Category["scores"].Items;
        ChangeStep Step(string name, Spot part) => new(name, CompareCharts.Value(part),
            CompareCharts.Signed(part.Value!.Value)) { Why = at.Why(part.Asked, part.Pointer) };
        List<ChangeStep> steps = [CompareCharts.Total(at, scores[0]),
            .. parts.Where(p => p.Part.Exists).Select(p => Step(p.Name, p.Part))];
        if (acts) steps.Add(Step(at.L("web.compare.interaction"), interaction));
        steps.Add(CompareCharts.Total(at, scores[page.Against]));
        var most = parts.MaxBy(p => Size(p.Part.Value ?? Amount.Zero));
        var title = Sentence.Of(at, acts ? "web.compare.split" : "web.compare.split.adds",
            ("first", page.Alternatives[0]), ("second", page.Alternatives[page.Against]),
            ("difference", page.Number(page.Pair["difference"], true)), ("most", most.Name),
            ("part", page.Number(most.Part, true)), ("interaction", page.Number(interaction, true)));
        var twin = new Table("changes", at.L("web.compare.split.caption"),
            [
                new("change", at.L("web.compare.kind")),
                new("alone", at.L("web.compare.alone"), Align.Number),
            ],
            [
                .. parts.Select(p => Row.Of(new Words(p.Name)
                    { Below = p.Part.Exists ? null : at.L("web.compare.alone.none") }, page.Number(p.Part))),
                Row.Of(new Words(at.L("web.compare.interaction")), acts ? page.Number(interaction)
                    : new Words(at.L("web.compare.interaction.none"))),
            ])
        {
            Total = Row.Of(new Words(at.L("web.total")), page.Number(page.Pair["difference"])),
        };
        return new Chart("changes-chart", title, small,
            new Waterfall(steps, at.L("charts.axisFrom")) { Label = $"{title}" }, twin, source)
        {
            Legend = [("whole", at.L("web.compare.legend.score")),
                ("rise", at.L("web.compare.legend.more")), ("fall", at.L("web.compare.legend.less"))],
        };
    }

    private static Amount Size(Amount value) => value.Sign < 0 ? -value : value;

    /// <summary>A change in words, with names as they are.</summary>
    private static string Name(PageContext at, Spot change)
    {
        var kind = change["kind"].Text;
        var stated = change["stated"] is { Value: { } value } spot
            ? $"{ComparePage.Say(value)} {Show.Unit(spot.Unit)}".TrimEnd() : "";
        return at.L(kind == "parameter" && !change["process"].Exists ? "web.compare.did.wide"
            : $"web.compare.did.{kind}", ("process", change["process"].Text ?? ""),
            ("what", change["what"].Text ?? ""), ("to", change["to"].Text ?? ""), ("stated", stated));
    }
}
