using System.Globalization;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>
/// Why a number that a page adds up itself: the figures it is the sum or the difference of, each with its own
/// explanation, and the records under a flow. Shown as a page and in the drawer, as <see cref="WhyPage"/> is.
/// </summary>
public sealed partial class SumPage : Page
{
    private readonly Names _names;

    private SumPage(PageContext at) : base(at) => _names = new Names(at);

    /// <summary>The number.</summary>
    public Amount Sum { get; private init; }

    /// <summary>Its unit.</summary>
    public string Unit { get; private init; } = "";

    /// <summary>How it comes from the operands, in words.</summary>
    public string Formula { get; private init; } = "";

    /// <summary>What it is the sum or difference of.</summary>
    public Table Operands { get; private set; } = null!;

    /// <inheritdoc/>
    public override string Section => "";

    /// <inheritdoc/>
    public override Type View => typeof(SumView);

    /// <inheritdoc/>
    public override string Title => At.L("web.why.title", ("number", Unit == "%"
        ? Show.Percent(At.Text, Text.Catalogue.Number(Sum))
        : $"{Text.Catalogue.Number(Sum)} {Show.Unit(Unit)}"));

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Operands];

    /// <summary>
    /// A number of the comparison of two periods: a line or all of them, of one period or the difference.
    /// </summary>
    public static SumPage? OfChange(PageContext at)
    {
        var page = new ChangePage(at);
        var chosen = at.Number("beyond") is { } first
            ? [.. page.Changes.Where(c => !c.Difference.IsZero).Skip((int)Math.Min(first, int.MaxValue))]
            : page.Changes.Where(c => at["line"] is null
                || (c.Scope == at["scope"] && c.Key == at["line"])).ToList();
        if (chosen.Count == 0) return null;
        var (before, after) = (at["side"] != "after", at["side"] != "before");
        Amount Add(Func<ChangePage.Change, Amount?> of) =>
            chosen.Aggregate(Amount.Zero, (sum, c) => sum + (of(c) ?? Amount.Zero));
        var (old, now) = (Add(c => c.Before), Add(c => c.After));
        var sum = new SumPage(at)
        {
            Sum = before && after ? now - old : before ? old : now,
            Unit = ChangePage.Unit,
            Formula = before && after ? at.L("sums.difference",
                ("now", Said(now, chosen.Exists(c => c.After is not null))),
                ("then", Said(old, chosen.Exists(c => c.Before is not null)))) : at.L("sums.sum"),
        };
        // What is not recorded counts as nothing in a difference, and is not called zero.
        string Said(Amount value, bool known) => known ? Text.Catalogue.Number(value) : at.L("web.nothing");
        List<Row> rows =
        [
            .. after ? chosen.SelectMany(c => c.Now.Select(p => sum.Line(p, c.Name, page.Pair.After, true)))
                : [],
            .. before ? chosen.SelectMany(c => c.Then.Select(p =>
                sum.Line(p, c.Name, page.Pair.Before, !after))) : [],
        ];
        sum.Operands = sum.TableOf(rows);
        return sum;
    }

    /// <summary>A line of the bars of an account: the figures of every site and factor of one name.</summary>
    public static SumPage? OfLine(PageContext at)
    {
        if (at.Period is not { } period || new InventoryPage(at) is not { Asked: not null } page) return null;
        var line = InventoryPage.LinesOf(page.Report, page.Shown)
            .FirstOrDefault(l => l.Look == $"s{at["scope"]}" && l.Key == at["line"]);
        if (line is null) return null;
        var sum = new SumPage(at) { Sum = line.Sum, Unit = ChangePage.Unit, Formula = at.L("sums.sum") };
        sum.Operands = sum.TableOf(
            [.. line.Parts.Select(p => sum.Line(p, line.NameIn(at.Text.Language), period, true))]);
        return sum;
    }

    /// <summary>A month of the account: its scopes, as the chart of months stacks them.</summary>
    public static SumPage? OfMonth(PageContext at)
    {
        if (new InventoryPage(at) is not { Asked: not null } page) return null;
        var month = page.Report["months"].Items.FirstOrDefault(m => m["month"].Text == at["month"]);
        if (!MonthSpan.TryParse(month["month"].Text, out var span)) return null;
        var parts = InventoryCharts.ScopesOf(page.Shown).Select(s => (s.Look, Part: month[s.Property]))
            .Where(p => p.Part["kgco2e"].Value is not null).ToList();
        var sum = new SumPage(at)
        {
            Sum = parts.Aggregate(Amount.Zero, (total, p) => total + p.Part["kgco2e"].Value!.Value),
            Unit = ChangePage.Unit,
            Formula = at.L("sums.sum"),
        };
        sum.Operands = sum.TableOf(
            [.. parts.Select(p => sum.Line(p.Part, at.L($"web.scope.{p.Look[1..]}"), span, true))]);
        return sum;
    }

    /// <summary>A flow between two places, or what is not metered further: its records by month.</summary>
    public static SumPage? OfFlow(PageContext at)
    {
        if (at.Period is not { } period) return null;
        var edges = new FlowEdges(at, period, FlowsPage.KindOf(at));
        if (edges.All.FirstOrDefault(e => e.Id == at["flow"]) is not { } edge) return null;
        var sum = new SumPage(at)
        {
            Sum = edge.Amount,
            Unit = edges.Unit,
            Formula = at.L(edge.IsLoss ? "sums.rest" : "sums.records"),
        };
        sum.Operands = sum.TableOf([.. edge.Parts.SelectMany(sum.Records)]);
        return sum;
    }

    /// <summary>What a place of a diagram of flows gives or takes, whichever is more: its flows.</summary>
    public static SumPage? OfPlace(PageContext at)
    {
        if (new FlowsPage(at).OfPlace(at["place"] ?? "") is not { } place) return null;
        var sum = new SumPage(at) { Sum = place.Sum, Unit = place.Unit, Formula = at.L("sums.sum") };
        sum.Operands = sum.TableOf([.. place.Flows.Select(f => Row.Of(
            new Words(Show.Months(at.Text, at.Period!.Value)) { Class = "nb" }, new Words(f.Way), Adds,
            f.Amount with { ShownUnit = place.Unit }))]);
        return sum;
    }

    /// <summary>The documents that a cost in one currency is the sum of.</summary>
    public static SumPage? OfCost(PageContext at)
    {
        if (at.Period is not { } period) return null;
        var costs = at.Books.CostsOf(at.Site, period);
        var total = costs.Totals.FirstOrDefault(t => t.Currency == at["currency"]);
        if (total.Currency is null) return null;
        var sum = new SumPage(at)
        {
            Sum = total.Sum, Unit = total.Currency, Formula = at.L("sums.prices"),
        };
        sum.Operands = sum.TableOf([.. costs.Prices.Where(p => !p.Replaced && p.Currency == total.Currency)
            .Select(p => Row.Of(
                new Words(Show.Span(at.Text, p.Entry.Period, sum._names.ZoneOf(p.Entry))) { Class = "nb" },
                new Words(sum._names.OfResource(p.Entry.Resource))
                {
                    Below = at.L("sums.record", ("position", p.Position)),
                }, Adds, new Plain(p.Share, at.Link("/ledger/records/"
                    + p.Position.ToString(CultureInfo.InvariantCulture)))
                { Unit = p.Currency, Decimals = CostsPage.Cents }))]);
        return sum;
    }

    private Table TableOf(IReadOnlyList<Row> rows) => new("operands", At.L("web.why.operands"),
    [
        new("period", At.L("web.col.period")), new("what", At.L("web.col.what")),
        new("sign", At.L("sums.sign")), new("amount", At.L("web.col.amount"), Align.Number),
    ], rows)
    {
        Total = Row.Of(new Words(At.L("web.total")), Cell.Empty, Cell.Empty,
            new Plain(Sum) { Unit = Unit }),
    };

    private Row Line(Spot part, string name, MonthSpan period, bool adds) => Row.Of(
        new Words(Show.Months(At.Text, period)) { Key = period.ToString(), Class = "nb" },
        new Words(name) { Below = part["site"].Text is { } site ? _names.OfSite(site) : null },
        Sign(adds), Figure(ChangePage.FigureOf(part)));

    private Number Figure(Spot figure) => new(figure.Value!.Value, figure.Unit,
        Text.Catalogue.Number(figure.Value.Value), At.Why(figure.Asked, figure.Pointer))
    { ShownUnit = figure.Unit };

    private static Words Adds => new("+") { Key = "+" };

    private static Words TakesOff => new("−") { Key = "-" };

    private static Words Divides => new("÷") { Key = "/" };

    private static Words Times => new("×") { Key = "*" };

    private static Words Sign(bool adds) => adds ? Adds : TakesOff;

    /// <summary>A figure of an account as it is; else the records of a month, readings together.</summary>
    private IEnumerable<Row> Records(FlowPart part)
    {
        if (part.Figure is { } figure)
        {
            yield return Row.Of(new Words(Show.Months(At.Text, At.Period!.Value)) { Class = "nb" },
                new Words(part.Name), Sign(part.Adds), Figure(figure));
            yield break;
        }
        var activity = part.Activity!;
        var month = new MonthSpan(activity.Month, activity.Month);
        foreach (var record in Explainer.Leaves(activity.Quantity).GroupBy(l => (l.Position, l.Meter)))
        {
            var given = record.Aggregate(Amount.Zero, (sum, l) => sum + l.Contribution);
            var position = record.Key.Position.ToString(CultureInfo.InvariantCulture);
            yield return Row.Of(
                new Words(Show.Months(At.Text, month)) { Key = month.ToString(), Class = "nb" },
                new Words(part.Name)
                {
                    Below = record.Key.Meter is { } meter
                        ? At.L("sums.readings", ("meter", _names.OfMeter(meter)), ("count", record.Count()))
                        : At.L("sums.record", ("position", record.Key.Position)),
                },
                Sign(part.Adds), new Plain(part.InUnit(given), At.Link($"/ledger/records/{position}"))
                    { Unit = Unit });
        }
    }
}
