using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The eco-design sheet of a product and its listed substances.</summary>
public sealed class EcoDesignPage(PageContext at)
    : ProductAnswerPage(at, "products.ecodesign", "ecodesign")
{
    /// <inheritdoc/>
    protected override IEnumerable<Table> Answered =>
    [
        new("criteria", At.L("web.products.criteria", ("product", Report["product"].Text ?? "")),
            [
                new("criterion", At.L("web.products.criterion")), new("stage", At.L("web.products.stage")),
                new("verdict", At.L("web.products.verdict")), new("evidence", At.L("web.products.evidence")),
            ],
            [.. Report["criteria"].Items.Select(c => Row.Of(
                new Words(Named(c["name"])) { Key = c["id"].Text },
                new Words(At.L($"web.products.stage.{c["stage"].Text}")) { Key = c["stage"].Text },
                Verdict(c), new Words(c["evidence"].Text ?? "")))]),
        new("substances", At.L("web.products.substances"),
            [
                new("part", At.L("web.products.part")), new("substance", At.L("web.products.substance")),
                new("list", At.L("web.products.list")),
                new("percent", At.L("web.products.percent"), Align.Number),
                new("limit", At.L("web.products.limit"), Align.Number),
                new("verdict", At.L("web.products.verdict")),
                new("substitute", At.L("web.products.substitute")),
            ],
            [.. Report["substances"].Items.Select(s => Row.Of(new Words(s["part"].Text ?? ""),
                new Words(Named(s["name"])) { Key = s["cas"].Text, Below = s["cas"].Text },
                new Words(s["list"].Text ?? "") { Below = s["source"].Text }, Exact(s["percent"]),
                Exact(s["limit"]), Verdict(s), new Words(Named(s["substitute"]))))]),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Value, string Text)> ChoicesOf(SpecField field) => field.Path switch
    {
        "judgements.criterion" => [.. At.Books.Library.Packs.SelectMany(p => p.Criteria)
            .OrderBy(c => c.Order).DistinctBy(c => c.Id)
            .Select(c => (c.Id, c.Name.In(At.Text.Language, c.Id)))],
        "judgements.verdict" => [.. field.Choices.Select(c => (c, At.L($"web.products.verdict.{c}")))],
        "parts.substances.cas" => [.. At.Books.Library.Packs.SelectMany(p => p.Substances)
            .DistinctBy(s => s.Cas).Select(s => (s.Cas, s.Name.In(At.Text.Language, s.Cas)))
            .Select(s => (s.Cas, s.Cas.Any(char.IsAsciiDigit) ? $"{s.Item2} · {s.Cas}" : s.Item2))
            .OrderBy(s => s.Item2, StringComparer.Create(At.Text.Culture, true))],
        _ => base.ChoicesOf(field),
    };

    private Words Verdict(Spot of) =>
        new(At.L($"web.products.verdict.{of["verdict"].Text}")) { Key = of["verdict"].Text };
}
