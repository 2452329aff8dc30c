using System.Globalization;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>Two designs over their lives: a table an indicator, which are never added together.</summary>
public sealed class LivesPage(PageContext at) : ProductAnswerPage(at, "products.lives", "lives")
{
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
