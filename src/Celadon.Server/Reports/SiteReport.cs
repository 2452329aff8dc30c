using Celadon.Ledger;
using Celadon.Server.Pages;
using Celadon.Server.Web;

namespace Celadon.Server.Reports;

/// <summary>
/// One sheet: energy, carbon, coverage, what is left out, what to do, and how to replay it.
/// </summary>
internal sealed class SiteReport : ReportPage
{
    private const int MostCategories = 4;
    private const int MostSteps = 3;
    private readonly Spot _account;
    private readonly Spot _said;
    private readonly Spot _before;
    private readonly Spot _base;
    private readonly Coverage? _coverage;

    public SiteReport(PageContext at) : base(at, "site")
    {
        if (at.Period is not { } period) return;
        _account = Answers.Inventory(period);
        _said = Answers.Disclosure(period);
        if (Answers.YearBefore(period) is { } before) _before = Answers.Disclosure(before);
        _base = ReportEnergy.BaseLoad(at, Answers, period);
        _coverage = at.Books.CoverageOf(at.Site, period);
    }

    public override bool IsOneSheet => true;

    protected override string Heading => L("report.site.heading");

    public override Sentence Lede
    {
        get
        {
            if (!_said["known"].Exists) return Say("report.site.nothing");
            var first = _said["scope12Location"].Exists
                ? Say(_said["partial"].IsTrue ? "report.site.lede.partial" : "report.site.lede", ("who", Who),
                    ("emitted", _said["scope12Location"].Cell(At, true)))
                : Say("report.site.lede.scope3", ("who", Who), ("emitted", _said["known"].Cell(At, true)));
            var open = _account["unknown"].Items.Count + _account["questions"].Items.Count;
            var last = open == 0 ? Say("report.site.lede.whole")
                : Say("report.site.lede.open", ("count", open));
            return new Sentence([.. first.Parts, .. last.Parts]);
        }
    }

    protected override IEnumerable<Block> Compose()
    {
        if (At.Period is not { } period || !_account.Exists) yield break;
        yield return new FigureRow([.. Figures()]);
        yield return new Pair(
            new Drawn(InventoryPage.SourcesOf(At, _account, "location", Answers.Gwp, 5)),
            new Tabled(L("report.energy"), ReportEnergy.ByUse(At, _said, "energy-by-use"),
                [.. ReportEnergy.Notes(At, _said)]));
        yield return new Tabled(L("report.site.inventory"), Inventory(),
            [.. ReportTables.Further(At, _account, MostCategories)]);
        yield return new Prose(L("report.site.leavesOut"), [LeavesOut()]);
        yield return new Steps(L("report.site.next"), [.. ToDo.Of(At, Names, _coverage, _account)
            .Take(MostSteps).Select(t => (t.Title, t.Worth, At.IsFile ? null : (string?)t.Href))]);
    }

    private IEnumerable<(string, Cell, Sentence)> Figures()
    {
        var electricity = _said["energyByUse"]["electricity"];
        yield return (L("report.use.electricity"), Whole(electricity),
            Compared(electricity, _before["energyByUse"]["electricity"]));
        yield return (L("report.scope12"), Total(_said["scope12Location"]), _said["scope12Market"].Exists
            ? Say("report.scope12.market", ("market", _said["scope12Market"].Cell(At))) : Sentence.None);
        if (_base.Exists) yield return (L("report.site.baseLoad"), _base["working"]["load"].Cell(At, true),
            Say("report.site.baseLoad.share", ("share", ReportTables.Percent(At, _base["share"])),
                ("site", Names.OfSite(_base["site"].Text ?? ""))));
        else yield return (L("report.energyTotal"), Whole(_said["energyTotal"]),
            Compared(_said["energyTotal"], _before["energyTotal"]));
        yield return (L("web.coverage"), _coverage?.Percent is { } percent
            ? SumPage.Covered(At, percent) : new Words(L("web.nothing")), _coverage is null ? Sentence.None
            : Sentence.Of(CoverageWords.Of(At, _coverage)));
    }

    private Cell Whole(Spot figure) => figure.Exists ? ReportEnergy.Whole(At, figure, true) : Total(figure);

    private Sentence Compared(Spot now, Spot before) => before.Exists && now.Exists
        ? Say("report.before", ("before", Whole(before))) : Say("report.noBefore");

    private Table Inventory()
    {
        var rows = new List<Row>
        {
            Line(L("web.scope.1"), _account["scope1"]["total"], _account["scope1"]["lines"]),
            Line(L("web.scope2.location.long"), _account["scope2"]["location"]["total"],
                _account["scope2"]["location"]["lines"]),
            Line(L("web.scope2.market.long"), _account["scope2"]["market"]["total"],
                _account["scope2"]["market"]["lines"]),
        };
        rows.AddRange(ReportTables.Heaviest(_account).Take(MostCategories).Select(c => Line(
            $"3.{c["category"].Text} {c["title"].In(At.Text.Language)}", c["total"], c["lines"])));
        return new Table("inventory", L("report.site.inventory"),
        [
            new("source", L("web.col.source")), new("kgco2e", L("web.col.tonnes"), Align.Number),
            new("evidence", L("report.col.weakest")), new("note", L("report.col.note")),
        ], rows)
        { Class = "tight" };
    }

    private Row Line(string name, Spot total, Spot lines)
    {
        var bases = lines.Items.Select(l => Enum.TryParse<Basis>(l["basis"].Text, true, out var b) ? b
            : (Basis?)null).OfType<Basis>().ToList();
        var nearest = lines.Items.Count(l => l["flags"].Items.Any(f => f["code"].Text == "nearest-edition"));
        string?[] notes = [total["partial"].IsTrue ? L("report.note.partial") : null,
            nearest > 0 ? L("report.note.nearest", ("count", nearest)) : null];
        return Row.Of(new Words(name), Total(total["kgco2e"], false),
            bases.Count == 0 ? Cell.Empty : new Known(bases.Max()),
            new Words(string.Join(L("web.listComma"), notes.OfType<string>())) { Class = "small quiet" });
    }

    private List<string> Labels(Spot items) =>
        [.. items.Items.Select(u => u["label"].In(At.Text.Language)).Distinct()];

    private Sentence LeavesOut()
    {
        var parts = new List<Cell>();
        void Add(Sentence sentence) => parts.AddRange(sentence.Parts);
        var unknown = Labels(_account["unknown"]);
        if (unknown.Count > 0) Add(Say("report.leaves.unknown", ("count", unknown.Count),
            ("labels", string.Join(L("web.listComma"), unknown.Take(4)))));
        var asked = Labels(_account["questions"]);
        if (asked.Count > 0) Add(Say("report.leaves.questions", ("count", asked.Count),
            ("labels", string.Join(L("web.listComma"), asked.Take(3)))));
        if (_said["estimated"].Exists) Add(Say("report.leaves.estimated",
            ("kgco2e", _said["estimated"]["kgco2e"].Cell(At, true)),
            ("percent", ReportTables.Percent(At, _said["estimated"]["percent"]))));
        var none = ReportTables.Categories(At, _account).Count(c => c.Lines is null);
        if (none > 0) Add(Say("report.leaves.categories", ("count", none)));
        return parts.Count == 0 ? Say("report.leaves.nothing") : new Sentence(parts);
    }
}
