using Celadon.Registers;
using Celadon.Server.Web;

namespace Celadon.Server.Reports;

/// <summary>
/// Streamlined Energy and Carbon Reporting (United Kingdom, Environmental Reporting Guidelines 2019, chapter
/// 2): energy in kWh, emissions, at least one ratio, the year before, the method, efficiency actions. What
/// the books do not hold stays blank.
/// </summary>
internal sealed class SecrStatement : ReportPage
{
    private static readonly string[] Uses = ["electricity", "gas", "transport", "other"];
    private readonly Spot _uk;
    private readonly Spot _ukBefore;
    private readonly Spot _all;
    private readonly Spot _account;
    private readonly bool _abroad;

    public SecrStatement(PageContext at) : base(at, "secr")
    {
        if (at.Period is not { } period) return;
        var sites = at.Books.Registers.Of<Site>().ToList();
        string[] here = [.. sites.Where(s => s.Country == "GB" && (at.Site is null || s.Id == at.Site))
            .Select(s => s.Id)];
        _abroad = at.Site is null && sites.Count > here.Length;
        if (here.Length == 0) return;
        _account = Answers.Inventory(period, here);
        _uk = Answers.Disclosure(period, here);
        if (Answers.YearBefore(period) is { } before) _ukBefore = Answers.Disclosure(before, here);
        if (_abroad) _all = Answers.Disclosure(period);
    }

    public override Sentence Lede => !_uk["energyTotal"].Exists ? Say("report.secr.nothing")
        : Say(_uk["energyComplete"].IsTrue ? "report.secr.lede" : "report.secr.lede.partial", ("who", Who),
            ("energy", ReportEnergy.Whole(At, _uk["energyTotal"], true)),
            ("emitted", Total(_uk["scope12Location"])));

    protected override IEnumerable<Block> Compose()
    {
        if (!_uk.Exists) yield break;
        yield return new Tabled(L("report.secr.energy"), Energy(), [.. ReportEnergy.Notes(At, _uk)]);
        yield return new Tabled(L("report.secr.emissions"), Emissions(), Say("report.scope2.never"));
        yield return _uk["ratios"].Items.Count > 0
            ? new Tabled(L("report.secr.ratio"), Ratios(), Say("report.secr.ratio.note"))
            : new Blank(L("report.secr.ratio"), Say("report.secr.ratio.fills"));
        yield return new Prose(L("report.inventory.method"), [.. Method()], IsList: true);
        yield return new Blank(L("report.secr.actions"), Say("report.secr.actions.fills"));
        if (!_ukBefore.Exists)
            yield return new Blank(L("report.secr.before"), Say("report.secr.before.fills"));
        yield return new Prose(L("report.secr.thresholds"), [Thresholds()]);
        yield return new Tabled(L("report.packs"), InventoryEvidence.Packs(At, _account),
            [.. InventoryEvidence.Attributions(At, _account)]);
    }

    private Column[] Columns(string first) =>
    [
        new("what", first), new("uk", L("report.secr.uk"), Align.Number),
        new("before", L("report.col.before"), Align.Number),
        .. _abroad ? [new Column("all", L("report.secr.all"), Align.Number)] : Array.Empty<Column>(),
    ];

    private Row Line(string name, Cell uk, Cell before, Cell all) => new(
        [new Words(name), uk, before, .. _abroad ? [all] : Array.Empty<Cell>()]);

    private Table Energy() => new("energy", L("report.secr.energy"), Columns(L("report.col.kwh")),
        [.. Uses.Select(u => Line(L($"report.use.{u}"), OrNothing(_uk["energyByUse"][u]),
            Before(_ukBefore["energyByUse"][u]), OrNothing(_all["energyByUse"][u])))])
    {
        Class = "stack years",
        Total = Line(L(_uk["energyComplete"].IsTrue ? "web.total" : "web.totalPartial"),
            OrNothing(_uk["energyTotal"]), Before(_ukBefore["energyTotal"]), OrNothing(_all["energyTotal"])),
    };

    private Table Emissions()
    {
        Cell Of(Spot said, string name) => OrBlank(said[name]);
        Cell Section(string scope) => scope == "1" ? Total(_account["scope1"]["total"]["kgco2e"], false)
            : Total(_account["scope2"][scope]["total"]["kgco2e"], false);
        return new Table("emissions", L("report.secr.emissions"), Columns(L("web.col.tonnes")),
        [
            Line(L("web.scope.1"), Section("1"), Cell.Empty, Cell.Empty),
            Line(L("web.scope2.location.long"), Section("location"), Cell.Empty, Cell.Empty),
            Line(L("web.scope2.market.long"), Section("market"), Cell.Empty, Cell.Empty),
        ])
        {
            Class = "stack years",
            Total = Line(L("report.scope12"), Of(_uk, "scope12Location"), Of(_ukBefore, "scope12Location"),
                Of(_all, "scope12Location")),
        };
    }

    private Table Ratios()
    {
        Spot Same(Spot said, string? name) =>
            said["ratios"].Items.FirstOrDefault(r => r["name"].Text == name);
        return new Table("ratios", L("report.secr.ratio"), Columns(L("report.col.ratio")),
            [.. _uk["ratios"].Items.Select(r => Line(RatioName(r), r["emissions"].Cell(At, true),
                Before(Same(_ukBefore, r["name"].Text)["emissions"], unit: true),
                Same(_all, r["name"].Text)["emissions"] is { Exists: true } all ? all.Cell(At, true)
                    : new Unknown()))])
        { Class = "stack years" };
    }

    private string RatioName(Spot ratio) => ratio["name"].Text switch
    {
        "floorArea" => L("report.ratio.floorArea"),
        "persons" => L("report.ratio.persons"),
        var product => L("report.ratio.output", ("product",
            At.Books.Registers.Find<Product>(product ?? "")?.Name.In(At.Text.Language, product!)
                ?? product!)),
    };

    private IEnumerable<Sentence> Method()
    {
        yield return Say("report.secr.method", ("gwp", Answers.Gwp));
        foreach (var pack in _account["packs"].Items.Where(p => p["id"].Text?.StartsWith("uk-desnz",
            StringComparison.Ordinal) == true))
            yield return Sentence.Of(L("report.secr.factors", ("pack", pack["title"].In(At.Text.Language)),
                ("edition", pack["edition"].Text ?? "")));
        foreach (var limit in _uk["limits"].Items)
            yield return Say("report.secr.limit", ("limit", L($"report.limit.{limit["code"].Text}")),
                ("percent", ReportTables.Percent(At, limit["percent"])));
        yield return Say("report.secr.transport");
        if (_uk["partial"].IsTrue) yield return Say("report.secr.partial");
    }

    /// <summary>Who has to report, by the thresholds that a pack in use holds.</summary>
    private Sentence Thresholds()
    {
        Plain? Of(string id) => At.Books.Library.Value(id) is not { } value ? null
            // A file has no page of factors to lead to.
            : new Plain(value.Value, At.Explains is not null ? null
                : At.Link("/ledger/factors", ("pack", value.Pack.Id), ("row", id)));
        return (Of("secr/employees"), Of("secr/turnover"), Of("secr/balance-sheet"), Of("secr/de-minimis"))
            is ({ } staff, { } turnover, { } balance, { } low)
            ? Say("report.secr.thresholds.says", ("staff", staff), ("turnover", turnover),
                ("balance", balance), ("low", low))
            : Say("report.secr.thresholds.unknown");
    }

    private Cell Before(Spot figure, bool unit = false) => figure.Exists
        ? unit ? figure.Cell(At, true) : ReportEnergy.Whole(At, figure) : Blank;

    private Cell OrNothing(Spot figure) => figure.Exists ? ReportEnergy.Whole(At, figure)
        : new Words(L("web.nothing")) { Class = "faint", Key = "" };
}
