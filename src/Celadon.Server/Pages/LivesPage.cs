using System.Globalization;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>Two designs over their lives: a table an indicator, which are never added together.</summary>
public sealed class LivesPage(PageContext at) : ProductAnswerPage(at, "products.lives", "lives")
{
    /// <inheritdoc/>
    protected override Sentence Found
    {
        get
        {
            var all = Report["indicators"].Items;
            string Names(int sign) => string.Join(At.L("names.and"), all.Where(i =>
                (i["difference"].Value?.Sign ?? 0) == sign).Select(i => i["name"].Text ?? ""));
            var (lower, higher) = (Names(-1), Names(1));
            (string, object)[] designs =
                [("first", Report["first"].Text ?? ""), ("second", Report["second"].Text ?? "")];
            return (lower.Length > 0, higher.Length > 0) switch
            {
                (true, true) => Sentence.Of(At, "web.products.lives.found.both",
                    [.. designs, ("lower", lower), ("higher", higher)]),
                (true, false) => One(designs, lower, "second", "first", all),
                (false, true) => One(designs, higher, "first", "second", all),
                _ => Sentence.Of(At, "web.products.lives.found.none", designs),
            };
        }
    }

    /// <summary>One design is lower wherever they differ; of one indicator alone by how much.</summary>
    private Sentence One((string Name, object Value)[] designs, string names, string better, string worse,
        IReadOnlyList<Spot> all)
    {
        object Of(string design) => designs.First(d => d.Name == design).Value;
        return all.Count == 1 && all[0]["difference"] is { Value: { } value } difference
            ? Sentence.Of(At, "web.products.lives.found.by", ("better", Of(better)), ("worse", Of(worse)),
                ("names", names), ("difference", Exact(difference, withUnit: true,
                    Show.Brief(value.Abs()))))
            : Sentence.Of(At, "web.products.lives.found", ("better", Of(better)), ("worse", Of(worse)),
                ("names", names));
    }

    /// <inheritdoc/>
    protected override IEnumerable<Table> Answered => Report["indicators"].Items.Select((indicator, i) =>
        new Table(string.Create(CultureInfo.InvariantCulture, $"indicator{i + 1}"),
            CaptionOf(indicator["name"].Text ?? "", At.L($"web.products.burden.{indicator["kind"].Text}")),
            [
                new("design", At.L("web.products.design")), new("life", At.L("web.products.life")),
                new("burden", At.L("web.products.burden"), Align.Number),
                new("service", At.L("web.products.service"), Align.Number),
                new("perService", At.L("web.products.perService"), Align.Number),
            ],
            [.. Lives(indicator, "first"), .. Lives(indicator, "second")])
        {
            Total = Row.Of(new Words(At.L("web.products.difference")), Cell.Empty, Cell.Empty, Cell.Empty,
                Exact(indicator["difference"], withUnit: true)),
        });

    /// <summary>An indicator with what it is about, once where it is called the same.</summary>
    private string CaptionOf(string indicator, string kind) =>
        indicator.Equals(kind, StringComparison.OrdinalIgnoreCase) ? indicator
            : At.L("web.products.lives.caption", ("indicator", indicator), ("kind", kind));

    /// <inheritdoc/>
    public override IReadOnlyList<(string Value, string Text)> ChoicesOf(SpecField field) => field.Path switch
    {
        "designs.lives.kind" => [.. field.Choices.Select(c => (c, At.L($"web.products.life.{c}")))],
        "designs.lives.burdens.kind" => [.. field.Choices.Select(c => (c, At.L($"web.products.burden.{c}")))],
        _ => base.ChoicesOf(field),
    };

    private IEnumerable<Row> Lives(Spot indicator, string design) => indicator[design].Items.Select(life =>
        Row.Of(new Words(Report[design].Text ?? ""), new Words(At.L($"web.products.life.{life["kind"].Text}"))
            { Key = life["kind"].Text, Below = life["source"].Text }, Exact(life["burden"], true),
            Exact(life["service"], true), Exact(life["perService"], true)));
}
