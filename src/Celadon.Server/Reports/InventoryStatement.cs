using System.Text.Json;
using Celadon.Lenses;
using Celadon.Registers;
using Celadon.Server.Pages;
using Celadon.Server.Web;
using Celadon.Text;

namespace Celadon.Server.Reports;

/// <summary>
/// The year's inventory with everything the GHG Protocol Corporate Standard (chapter 9) and the Scope 2
/// Guidance require to be said with it. Caveats are computed from what the answer holds.
/// </summary>
internal sealed class InventoryStatement : ReportPage
{
    private static readonly (string Id, string Title)[] Lines =
    [
        ("scope1", "web.scope.1"), ("scope2-location", "web.scope2.location.long"),
        ("scope2-market", "web.scope2.market.long"), ("scope3", "web.scope.3"),
    ];

    private readonly Spot _account;
    private readonly Spot _said;
    private readonly Spot _before;
    private readonly Lazy<IReadOnlyList<Table>> _tables;

    public InventoryStatement(PageContext at) : base(at, "inventory")
    {
        _tables = new(() => InventoryTables.Of(at, _account));
        if (at.Period is not { } period) return;
        _account = Answers.Inventory(period);
        _said = Answers.Disclosure(period);
        if (Answers.YearBefore(period) is { } before) _before = Answers.Inventory(before);
    }

    public override Sentence Lede => !_account.Exists ? Say("report.site.nothing")
        : Say("report.inventory.lede", ("scope1", Total(_account["scope1"]["total"]["kgco2e"])),
            ("location", Total(_account["scope2"]["location"]["total"]["kgco2e"])),
            ("market", Total(_account["scope2"]["market"]["total"]["kgco2e"])),
            ("scope3", Total(_account["scope3"]["total"]["kgco2e"])));

    protected override IEnumerable<Block> Compose()
    {
        if (!_account.Exists) yield break;
        yield return new Tabled(L("report.inventory.totals"), Totals(), [.. TotalNotes()]);
        foreach (var block in Boundary()) yield return block;
        foreach (var (id, title) in Lines)
            if (Found(id) is { } lines) yield return new Tabled(L(title), lines);
        yield return new Tabled(L("report.inventory.scope3"), Categories());
        foreach (var id in (string[])["gases", "biogenic", "removals", "captured", "outsideScopes"])
            if (Found(id) is { } apart) yield return new Tabled(apart.Caption, apart);
        yield return new Tabled(L("web.inventory.iso"), Found("iso14064") ?? Totals(),
            Say("report.iso.note"));
        yield return new Prose(L("report.inventory.method"), [.. Method()], IsList: true);
        foreach (var block in Excluded()) yield return block;
        foreach (var block in Quality()) yield return block;
        foreach (var block in Afterwards()) yield return block;
        yield return new Tabled(L("report.factors"), InventoryEvidence.Factors(At, _account));
        yield return new Tabled(L("report.packs"), InventoryEvidence.Packs(At, _account),
            [.. InventoryEvidence.Attributions(At, _account)]);
        yield return new Tabled(L("report.evidence"), InventoryEvidence.Files(At),
            Say("report.evidence.note"));
        yield return new Blank(L("report.assurance"), Say("report.assurance.fills"));
    }

    private Table? Found(string id) => _tables.Value.FirstOrDefault(t => t.Id == id);

    private Table Totals()
    {
        (string Key, Func<Spot, Spot> Of)[] rows =
        [
            ("web.scope.1", a => a["scope1"]["total"]),
            ("web.scope2.location.long", a => a["scope2"]["location"]["total"]),
            ("web.scope2.market.long", a => a["scope2"]["market"]["total"]),
            ("web.scope.3.known", a => a["scope3"]["total"]),
        ];
        return new Table("totals", L("report.inventory.totals"),
        [
            new("scope", L("web.col.scope")), new("kgco2e", L("web.col.tonnes"), Align.Number),
            new("before", L("report.col.before"), Align.Number), new("state", L("web.col.state")),
        ], [.. rows.Select(r => Row.Of(new Words(L(r.Key)), Total(r.Of(_account)["kgco2e"], false),
            OrBlank(_before.Exists ? r.Of(_before)["kgco2e"] : default),
            new Words(r.Of(_account)["kgco2e"].Exists ? L(r.Of(_account)["partial"].IsTrue
                ? "report.note.partial" : "report.note.whole") : L("web.nothingRecorded")))),
            Row.Of(new Words(L("report.scope12")), Total(_said["scope12Location"], false), new Words(""),
                new Words(L("report.scope12.how")) { Class = "quiet" }),
            Row.Of(new Words(L("report.scope12.marketWay")), Total(_said["scope12Market"], false),
                new Words(""), new Words(""))]);
    }

    private IEnumerable<Sentence> TotalNotes()
    {
        yield return Say("report.scope2.never");
        if (!_before.Exists) yield return Say("report.before.blank");
    }

    private IEnumerable<Block> Boundary()
    {
        var organisation = _account["organisation"].Text is { } id
            ? At.Books.Registers.Find<Organisation>(id) : null;
        var sentences = new List<Sentence>
        {
            Say(organisation is null ? "report.boundary.noOrganisation" : "report.boundary.organisation",
                ("organisation", organisation?.Name.In(At.Text.Language, organisation.Id) ?? ""),
                ("approach", L($"report.approach.{_account["consolidation"].Text}"))),
            organisation?.BaseYear is { } year
                ? Say("report.baseYear", ("year", year), ("threshold",
                    organisation.RecalculationThresholdPercent is { } t
                        ? Show.Percent(At.Text, t.ToString()) : L("report.baseYear.noThreshold")))
                : Say("report.baseYear.none"),
        };
        yield return new Prose(L("report.boundary"), sentences);
        yield return new Tabled(null, new Table("boundary", L("report.boundary"),
        [
            new("site", L("web.col.site")), new("country", L("web.col.country")),
            new("counts", L("web.col.counts")), new("share", L("web.col.share"), Align.Number),
            new("scope1", L("web.scope.1"), Align.Number),
            new("scope2Location", L("web.scope2.location"), Align.Number),
            new("scope2Market", L("web.scope2.market"), Align.Number),
            new("scope3", L("web.scope.3"), Align.Number),
        ], [.. _account["sites"].Items.Select(s => Row.Of(
            new Words(s["name"].In(At.Text.Language)) { Key = s["site"].Text },
            new Words(At.Codes.OfPlace(s["country"].Text ?? "")) { Key = s["country"].Text },
            new Words(L(s["included"].IsTrue ? "report.counts" : "web.inventory.leftOut")),
            s["share"].Exists ? s["share"].Cell(At) : Cell.Empty, Total(s["scope1"], false),
            Total(s["scope2Location"], false), Total(s["scope2Market"], false), Total(s["scope3"], false)))]),
            Say("report.boundary.tonnes"));
    }

    private Table Categories() => new("categories", L("report.inventory.scope3"),
    [
        new("category", L("web.col.category")), new("kgco2e", L("web.col.tonnes"), Align.Number),
        new("state", L("web.col.state")),
    ], [.. ReportTables.Categories(At, _account).Select(c => Row.Of(
        new Words($"3.{c.Category} {c.Title}"),
        c.Lines is { } lines ? lines["total"]["kgco2e"].Cell(At) : new Unknown(),
        new Words(c.Lines is { } some ? L(some["total"]["partial"].IsTrue ? "report.note.partial"
            : "report.note.whole") : L("report.categories.none"))))]);

    /// <summary>The method and its limits, as the answer computed them.</summary>
    private IEnumerable<Sentence> Method()
    {
        yield return Say("report.method.formula");
        foreach (var caveat in _account["caveats"].Items)
            if (caveat.Json?.Deserialize<Finding>(Question.Json) is { } finding)
                yield return Sentence.Of(At.Codes.Render(finding));
        if (_said["withoutResidualMix"].Exists) yield return Say("report.method.noResidual",
            ("kgco2e", _said["withoutResidualMix"]["kgco2e"].Cell(At, true)),
            ("percent", ReportTables.Percent(At, _said["withoutResidualMix"]["percent"])));
    }

    private IEnumerable<Block> Excluded()
    {
        if (Found("unknown") is { } unknown)
            yield return new Tabled(L("report.unknown"), unknown, Say("report.unknown.note"));
        if (_account["questions"].Items.Count > 0)
            yield return new Tabled(L("report.questions"), InventoryEvidence.Questions(At, _account),
                Say("report.questions.note"));
        var gaps = InventoryEvidence.Gaps(At, _account);
        if (gaps.Rows.Count > 0) yield return new Tabled(L("report.gaps"), gaps, Say("report.gaps.note"));
    }

    private IEnumerable<Block> Quality()
    {
        yield return new Tabled(L("report.quality"), InventoryEvidence.Shares(At, _said["evidence"].Items,
            "quality", c => L($"web.basis.{c}")), _said["estimated"].Exists
                ? Say("report.quality.estimated", ("kgco2e", _said["estimated"]["kgco2e"].Cell(At, true)),
                    ("percent", ReportTables.Percent(At, _said["estimated"]["percent"])))
                : Say("report.quality.noEstimates"));
        if (_said["limits"].Items.Count > 0)
            yield return new Tabled(L("report.limits"), InventoryEvidence.Shares(At, _said["limits"].Items,
                "limits", c => L($"report.limit.{c}")), Say("report.limits.note"));
        var intervals = new UncertaintyTables(At, _account).All().FirstOrDefault();
        if (intervals is not null && _account["uncertainty"]["numbers"].Items.Count > 0)
            yield return new Tabled(L("report.uncertainty"), intervals, Say("report.uncertainty.says",
                ("count", new Words($"{_account["uncertainty"]["open"].Items.Count}"))));
        else yield return new Blank(L("report.uncertainty"), Say("report.uncertainty.fills"));
    }

    private IEnumerable<Block> Afterwards()
    {
        var adjustments = InventoryEvidence.Adjustments(At, _account);
        if (adjustments.Rows.Count > 0)
            yield return new Tabled(L("report.adjustments"), adjustments, Say("report.adjustments.note"));
        if (_account["changes"].Items.Count > 0)
            yield return new Tabled(L("report.changes"), InventoryEvidence.Changes(At, _account),
                Say("report.changes.note"));
    }
}
