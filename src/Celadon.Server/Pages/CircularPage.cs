using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The circular footprint of a product: terms down, materials across.</summary>
public sealed class CircularPage(PageContext at)
    : ProductAnswerPage(at, "products.circularFootprint", "circular")
{
    private static readonly string[] Terms =
    [
        "virgin", "recycledOwn", "recycledVirgin", "recycling", "recyclingCredit", "energyRecovery",
        "heatCredit", "electricityCredit", "disposal",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Value, string Text)> ChoicesOf(SpecField field) =>
        field.Path == "materials.allocationFrom" ? [.. At.Books.Library.Packs.SelectMany(p => p.Values)
            .Where(v => v.Id.StartsWith("cff/a/", StringComparison.Ordinal)).DistinctBy(v => v.Id)
            .Select(v => (v.Id, At.L("form.circular.value", ("name", v.Name.In(At.Text.Language, v.Id)),
                ("value", v.Value))))] : base.ChoicesOf(field);

    /// <inheritdoc/>
    protected override IEnumerable<Table> Answered
    {
        get
        {
            var materials = Report["materials"].Items;
            return [new Table("terms", At.L("web.products.terms", ("product", Report["product"].Text ?? ""),
                    ("unit", Show.Unit(Report["unit"].Text ?? ""))),
                [
                    new("term", At.L("web.products.term")),
                    .. materials.Select((m, i) => new Column($"material{i + 1}", m["name"].Text ?? "",
                        Align.Number)),
                    new("total", At.L("web.products.total"), Align.Number),
                ],
                [.. Terms.Select(term => new Row(
                [
                    new Words(At.L($"operand.circular.term.{term}")) { Key = term },
                    .. materials.Select(m => Exact(m["terms"][term])), Exact(Report["terms"][term]),
                ]))])
            {
                Total = new Row([new Words(At.L("web.products.total")),
                    .. materials.Select(m => Exact(m["total"])), Exact(Report["total"])]),
            }];
        }
    }
}
