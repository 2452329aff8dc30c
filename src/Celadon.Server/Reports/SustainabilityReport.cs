using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server.Web;

namespace Celadon.Server.Reports;

/// <summary>
/// A corporate sustainability report: what the books can evidence, topic by topic, and what they cannot as a
/// blank with what would fill it. Nothing is written that no record stands behind.
/// </summary>
internal sealed class SustainabilityReport : ReportPage
{
    private static readonly (string Topic, string[] Blanks)[] NotInTheBooks =
    [
        ("people", ["training", "accidents", "diversity", "pay"]),
        ("community", ["investment", "complaints"]),
        ("governance", ["policy", "compliance", "assurance"]),
    ];

    private readonly Spot _account;
    private readonly Spot _said;
    private readonly Spot _before;

    public SustainabilityReport(PageContext at) : base(at, "sustainability")
    {
        if (at.Period is not { } period) return;
        _account = Answers.Inventory(period);
        _said = Answers.Disclosure(period);
        if (Answers.YearBefore(period) is { } before) _before = Answers.Disclosure(before);
    }

    public override Sentence Lede
    {
        get
        {
            var rows = Blocks.OfType<Tabled>().SelectMany(t => t.Table.Rows).ToList();
            var blank = rows.Count(r => IsBlank(r.Cells[1]));
            return Say("report.sustainability.lede", ("who", Who), ("filled", rows.Count - blank),
                ("blank", blank));
        }
    }

    protected override IEnumerable<Block> Compose()
    {
        if (!_account.Exists) yield break;
        yield return Topic("organisation", Organisation());
        yield return Topic("energy", Energy());
        yield return Topic("emissions", Emissions());
        yield return Topic("water", Lines(l => IsWater(l) && l["kind"].Text != "well-to-tank",
            "water"));
        yield return Topic("waste", Lines(l => l["category"].Text == "5" && !IsWater(l), "waste"));
        yield return Topic("materials", Lines(l => l["category"].Text == "1" && !IsWater(l), "materials"));
        foreach (var (topic, blanks) in NotInTheBooks)
            yield return Topic(topic, blanks.Select(b => Empty($"{topic}.{b}")));
        yield return new Tabled(L("report.packs"), InventoryEvidence.Packs(At, _account),
            [.. InventoryEvidence.Attributions(At, _account)]);
    }

    private static bool IsWater(Spot line) =>
        line["resource"].Text?.StartsWith("water", StringComparison.Ordinal) == true;

    private Tabled Topic(string topic, IEnumerable<Row> rows) => new(L($"report.topic.{topic}"),
        new Table(topic, L($"report.topic.{topic}"),
        [
            new("indicator", L("report.col.indicator")),
            new("value", L("report.col.evidenced"), Align.Number),
            new("before", L("report.col.before"), Align.Number), new("fills", L("report.col.fills")),
        ], [.. rows])
        { Class = "stack topic" });

    private Row Empty(string what) => Row.Of(new Words(L($"report.blank.{what}")), Blank,
        Blank, new Words(L($"report.fills.{what}")) { Class = "quiet" });

    private static Row Filled(string name, Cell now, Cell? before = null, string? note = null) => Row.Of(
        new Words(name), now, before ?? Cell.Empty, new Words(note ?? "") { Class = "quiet" });

    private IEnumerable<Row> Organisation()
    {
        var registers = At.Books.Registers;
        yield return Filled(L("report.sites"), Count(_account["sites"].Items.Count));
        var persons = _said["ratios"].Items.FirstOrDefault(r => r["name"].Text == "persons");
        yield return persons.Exists ? Filled(L("report.ratio.people"), persons["per"].Cell(At, true))
            : Empty("organisation.persons");
        yield return Filled(L("report.suppliers"), Count(registers.Of<Supplier>().Count()));
        var any = false;
        foreach (var ratio in _said["ratios"].Items.Where(r => r["name"].Text is not ("persons"
            or "floorArea")))
        {
            any = true;
            var id = ratio["name"].Text!;
            yield return Filled(L("report.output", ("product",
                registers.Find<Product>(id)?.Name.In(At.Text.Language, id) ?? id)),
                ratio["per"].Cell(At, true));
        }
        if (!any) yield return Empty("organisation.output");
    }

    private IEnumerable<Row> Energy()
    {
        foreach (var use in (string[])["electricity", "gas", "transport", "other"])
            if (_said["energyByUse"][use].Exists)
                yield return Filled(L($"report.use.{use}"), Kwh(_said["energyByUse"][use]),
                    Before(_before["energyByUse"][use]));
        yield return _said["energyTotal"].Exists
            ? Filled(L("report.energyTotal"), Kwh(_said["energyTotal"]), Before(_before["energyTotal"]),
                _said["energyComplete"].IsTrue ? null : L("report.note.energyPartial"))
            : Empty("use.total");
        var contracted = _account["scope2"]["market"]["lines"].Items
            .Where(l => l["kind"].Text is "certificate" or "contract").ToList();
        if (contracted.Count == 0) yield return Empty("use.renewable");
        foreach (var line in contracted)
            yield return Filled(L("report.instrument.named", ("name", line["label"].In(At.Text.Language))),
                line["quantity"].Cell(At, true));
    }

    private IEnumerable<Row> Emissions()
    {
        (string Key, Spot Total)[] totals =
        [
            ("web.scope.1", _account["scope1"]["total"]),
            ("web.scope2.location.long", _account["scope2"]["location"]["total"]),
            ("web.scope2.market.long", _account["scope2"]["market"]["total"]),
            ("web.scope.3.known", _account["scope3"]["total"]),
        ];
        foreach (var (key, total) in totals)
            yield return Filled(L(key), total["kgco2e"].Exists ? total["kgco2e"].Cell(At, true)
                : Blank, null, total["partial"].IsTrue ? L("report.note.partial") : null);
        yield return Filled(L("report.scope12"), Total(_said["scope12Location"]),
            _before["scope12Location"].Exists ? _before["scope12Location"].Cell(At, true) : Blank);
        foreach (var ratio in _said["ratios"].Items.Where(r => r["name"].Text is not ("persons"
            or "floorArea")))
            yield return Filled(L("report.ratio.perOutput"), ratio["emissions"].Cell(At, true));
        yield return Empty("emissions.target");
    }

    private IEnumerable<Row> Lines(Func<Spot, bool> fits, string topic)
    {
        var lines = _account["scope3"]["categories"].Items.SelectMany(c => c["lines"].Items).Where(fits)
            .Concat(_account["unknown"].Items.Where(u => u["scope"].Text == "3" && fits(u)))
            .DistinctBy(l => l["quantity"]["value"].Text + l["resource"].Text).ToList();
        if (lines.Count == 0) yield return Empty(topic + ".any");
        foreach (var line in lines)
            yield return Filled(line["label"].In(At.Text.Language), line["quantity"].Cell(At, true), null,
                line["kgco2e"].Exists ? null : L("report.note.noFactor"));
    }

    private static Web.Plain Count(int count) => new(Amount.From(count));

    private Cell Before(Spot figure) => figure.Exists ? Kwh(figure) : Blank;

    private Cell Kwh(Spot figure) => ReportEnergy.Whole(At, figure, true);
}
