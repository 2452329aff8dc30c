using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>Two declarations number by number; refused, and told why, unless they are alike.</summary>
public sealed class DeclarationComparisonPage(PageContext at)
    : ProductAnswerPage(at, "products.declarationComparison", "comparison")
{
    /// <inheritdoc/>
    public override IReadOnlyList<(string Value, string Text)> ChoicesOf(SpecField field) =>
        DeclarationPage.ChoicesOf(At, field.Path[(field.Path.IndexOf('.', StringComparison.Ordinal) + 1)..])
            ?? base.ChoicesOf(field);

    /// <inheritdoc/>
    protected override IEnumerable<Table> Answered =>
    [
        new("differences", At.L("web.products.compared", ("first", Report["first"].Text ?? ""),
                ("second", Report["second"].Text ?? "")),
            [
                new("indicator", At.L("web.products.indicator")), new("module", At.L("web.products.module")),
                new("unit", At.L("web.products.unit")),
                new("first", Report["first"].Text ?? "", Align.Number),
                new("second", Report["second"].Text ?? "", Align.Number),
                new("difference", At.L("web.products.difference"), Align.Number),
            ],
            [.. Report["differences"].Items.Select(d => Row.Of(new Words(d["indicator"].Text ?? ""),
                new Words(d["module"].Text ?? ""),
                new Words(Show.Unit(d["difference"].Unit)) { Key = d["difference"].Unit },
                Exact(d["first"]), Exact(d["second"]), Exact(d["difference"])))]),
    ];
}
