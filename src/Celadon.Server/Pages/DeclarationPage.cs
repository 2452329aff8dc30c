using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>A product declaration as a sheet: what it is, then indicator by module.</summary>
public sealed class DeclarationPage(PageContext at)
    : ProductAnswerPage(at, "products.declaration", "declaration")
{
    private static readonly string[] Facts =
        ["product", "owner", "programme", "number", "pcr", "verifier", "issued", "validUntil", "cutOff"];

    /// <inheritdoc/>
    protected override IEnumerable<Table> Answered =>
    [
        new("sheet", Report["product"].Text ?? "",
            [new("fact", At.L("web.products.fact")), new("value", At.L("web.products.value"))],
            [.. Facts.Where(f => Report[f].Exists).Select(f => Row.Of(
                    new Words(At.L($"web.products.fact.{f}")) { Key = f }, new Words(Report[f].Text ?? ""))),
                Unit, Mass, Life,
                .. Report["scenarios"].Items.Select(s => Row.Of(
                    new Words(At.L("web.products.fact.scenario", ("module", s["module"].Text ?? ""))),
                    new Words(s["text"].Text ?? "")))]),
        .. Report["indicators"].Items.GroupBy(i => i["group"].Text ?? "").Select(Group),
    ];

    /// <summary>As an ILCD+EPD data set; none while it has an error and is no declaration.</summary>
    public override (string Href, string Text)? File => Asked is null
        || Asked.Answer.Findings.Any(f => f.Severity == Celadon.Text.Severity.Error) ? null
        : ($"/export/declaration.xml?lang={At.Text.Language}&{ProductForms.Query(Spec)}",
            At.L("web.products.declaration.file"));

    /// <inheritdoc/>
    public override string Upload => DeclarationForms.Place;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Value, string Text)> ChoicesOf(SpecField field) =>
        ChoicesOf(At, field.Path) ?? base.ChoicesOf(field);

    /// <summary>The values that a fact of a declaration may have; null where anything may stand.</summary>
    /// <param name="at">What the page is made from.</param>
    /// <param name="path">The fact, from the declaration on.</param>
    internal static IReadOnlyList<(string Value, string Text)>? ChoicesOf(PageContext at, string path) =>
        path switch
        {
            "indicators.indicator" => [.. at.Books.Library.Packs.SelectMany(p => p.Indicators)
                .OrderBy(i => i.Order).DistinctBy(i => i.Id)
                .Select(i => (i.Id, $"{i.Id} · {i.Name.In(at.Text.Language, i.Id)}"))],
            "modules" => [("ND", "ND"), ("MNR", "MNR")],
            _ => null,
        };

    private Row Unit => Row.Of(new Words(At.L("web.products.fact.unit")),
        Exact(Report["unit"]["amount"], withUnit: true));

    private Row Mass => Row.Of(new Words(At.L("web.products.fact.mass")),
        Exact(Report["unit"]["mass"], withUnit: true));

    private Row Life => Row.Of(new Words(At.L("web.products.fact.serviceLife")),
        Exact(Report["serviceLife"], withUnit: true));

    private Table Group(IGrouping<string, Spot> group) => new($"indicators-{group.Key}",
        At.L($"web.products.group.{group.Key}"),
        [
            new("indicator", At.L("web.products.indicator")), new("unit", At.L("web.products.unit")),
            .. Report["modules"].Items.Select(m => new Column(m["id"].Text!, m["id"].Text!, Align.Number)),
            new("lifeCycle", At.L("web.products.lifeCycle"), Align.Number),
        ],
        [.. group.Select(row => new Row(
        [
            new Words(row["id"].Text!) { Below = Named(row["name"]) },
            new Words(Show.Unit(row["unit"].Text!)) { Key = row["unit"].Text },
            .. row["cells"].Items.Select(c => c["value"].Exists ? Exact(c["value"], shown: c["printed"].Text)
                : new Words(c["status"].Text!) { Class = "quiet" }),
            Exact(row["lifeCycle"]),
        ]))]);
}
