using System.Globalization;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Server.Web;
using Celadon.Store;

namespace Celadon.Server.Pages;

/// <summary>
/// Why this number: its formula and operands, each a link on; the factor with its source; the rows of the
/// books under it, down to file and row. The drawer shows the same component; the CLI and the API say the
/// same.
/// </summary>
public sealed class WhyPage : Page
{
    private const int PageLength = 25;
    private readonly Names _names;

    private WhyPage(PageContext at, Asked asked, string pointer) : base(at)
    {
        Skip = (int)(at.Number("skip", 0, int.MaxValue / 2) ?? 0);
        Take = (int)(at.Number("take", 1, 1000) ?? PageLength);
        Explained = at.Books.Explain(asked, pointer, Skip, Take);
        _names = new Names(at);
        Rows = RowsOf();
    }

    /// <summary>The explanation of the number in the URL, or null when none is named.</summary>
    /// <exception cref="Text.RefusedException">No such question or number.</exception>
    public static WhyPage? Find(PageContext at)
    {
        if (at["question"] is not { } question || at["number"] is not { } number) return null;
        var asked = at.Books.Ask(question, at["spec"] ?? "{}", at.Number("at"), at.Http.RequestAborted);
        return new WhyPage(at, asked, number);
    }

    /// <summary>The number explained, with the shown rows.</summary>
    public Explained Explained { get; }

    /// <summary>The answer the number stands in.</summary>
    public Asked Asked => Explained.Asked;

    /// <summary>Its formula and operands.</summary>
    public Explanation Explanation => Explained.Explanation;

    /// <summary>Rows left out before the shown ones.</summary>
    public int Skip { get; }

    /// <summary>Rows shown at most.</summary>
    public int Take { get; }

    /// <summary>The rows of the books under the number.</summary>
    public Table Rows { get; }

    /// <summary>The number with its unit, exact.</summary>
    public string Value =>
        $"{Text.Catalogue.Number(Explanation.Figure.Value)} {Show.Unit(Explanation.Figure.Unit)}".TrimEnd();

    /// <inheritdoc/>
    public override string Section => "";

    /// <inheritdoc/>
    public override Type View => typeof(WhyView);

    /// <inheritdoc/>
    public override string Title => At.L("web.why.title", ("number", Value));

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Explanation.IsSummed ? [Rows] : [];

    /// <inheritdoc/>
    public override JsonObject Data =>
        new() { ["explanation"] = JsonNode.Parse(ExplanationJson.Write(Explained)) };

    /// <summary>The line that gives the same explanation on the command line, whole, to be copied.</summary>
    public string Replay
    {
        get
        {
            var spec = Asked.SpecJson.Replace("'", "'\\''", StringComparison.Ordinal);
            var at = At.At is { } position ? " --at " + position : "";
            return $"echo '{spec}' | celadon explain {Asked.Question.Name} --in - "
                + $"--number {Explanation.Pointer}{at}";
        }
    }

    /// <summary>A label of an operand: a text of ours, else a name of the books or a gas.</summary>
    public string Label(string label) => At.Text.Has(label) ? At.L(label)
        : Made(label) ?? OfResource(label) ?? (_names.OfItem(label) is var item && item != label ? item
            : label.Length <= 5 ? Show.Unit(label) : OfSite(label) ?? label);

    /// <summary>"electricity, stoke" by the names of resource and site; else null.</summary>
    private string? OfResource(string label) => label.Split(", ") is [var resource, var site]
        && At.Books.Registers.Find<Registers.Site>(site) is not null
            ? At.L("web.source.flow", ("resource", _names.OfResource(resource)), ("to", _names.OfSite(site)))
            : null;

    /// <summary>
    /// "2026-09 unit:kiln → stock:ware" or "unit:kiln" by the names of month and places; else null.
    /// </summary>
    private string? Made(string label) => label.Split(' ', 2) is [var month, var way]
        && way.Split(" → ") is [var from, var to] && Quantities.MonthSpan.TryParse(month, out var span)
        && Node.TryParse(from, out var giver) && Node.TryParse(to, out var taker)
        ? $"{Show.Months(At.Text, span)} {_names.Of(giver)} → {_names.Of(taker)}"
        : Node.TryParse(label, out var place) && place.Id is { Length: > 0 } ? _names.Of(place) : null;

    /// <summary>
    /// "stoke: natural-gas, combustion" by the names of site, resource and basis; else null.
    /// </summary>
    private string? OfSite(string label)
    {
        if (label.Split(": ", 2) is not [var site, var rest]
            || At.Books.Registers.Find<Registers.Site>(site) is null) return null;
        var parts = rest.Split(", ").Select(part => At.Text.Has($"term.{part}") ? At.L($"term.{part}")
            : _names.OfItem(part));
        return At.L("web.why.atSite", ("site", _names.OfSite(site)),
            ("what", string.Join(At.L("web.why.comma"), parts)));
    }

    /// <summary>Where the flow under a line of an account is overridden; null for other numbers.</summary>
    public string? Override => Asked.Question.Name == "carbon.inventory"
        && Explained.Leaves is [var leaf, ..] && FlowOf(leaf) is { } flow
        && Explanation.Pointer.Contains("/lines/", StringComparison.Ordinal)
        ? At.Link("/ledger/override", ("from", flow.From), ("to", flow.To), ("resource", flow.Resource),
            ("whole", "1")) : null;

    /// <summary>From where to where and what, as the entry or the reading's meter says.</summary>
    private (string From, string To, string Resource)? FlowOf(TracedLeaf leaf)
    {
        if (leaf.Kind == "reading")
            return At.Books.Registers.Find<Registers.Meter>(leaf.Flow) is { } meter
                ? (meter.From, meter.To, meter.Resource) : null;
        var parts = leaf.Flow.TrimEnd(')').Split([" → ", " ("], StringSplitOptions.None);
        return parts.Length == 3 ? (parts[0], parts[1], parts[2]) : null;
    }

    /// <summary>What the question is called.</summary>
    public string QuestionTitle => At.Text.Has($"question.{Asked.Question.Name}.title")
        ? At.L($"question.{Asked.Question.Name}.title") : Asked.Question.Name;

    /// <summary>An operand as a number that leads on.</summary>
    public Number Operand(ExplainedOperand operand) => new(operand.Figure.Value, operand.Figure.Unit,
        Text.Catalogue.Number(operand.Figure.Value),
        At.Why(Asked, operand.Pointer))
    { ShownUnit = operand.Figure.Unit };

    /// <summary>
    /// The source of a number that is not computed: name and value, and where the value leads.
    /// </summary>
    public IEnumerable<(string Name, string Value, string? Href)> Source => Explanation.Figure.Trace switch
    {
        Trace.PackRow p =>
        [
            (At.L("web.why.pack"), p.Pack, At.Link("/ledger/packs/" + p.Pack)),
            (At.L("web.why.row"), p.Row, At.Link("/ledger/factors", ("pack", p.Pack), ("row", p.Row))),
            (At.L("web.why.column"), p.Column, null), (At.L("web.why.citation"), p.Citation, null),
        ],
        Trace.Given g => [(At.L("web.why.given"), g.Pointer, null)],
        Trace.Fact f => [(At.L("web.why.fact"), f.Name, null),
        (At.L("web.col.position"), Number(f.Position), Record(f.Position))],
        Trace.Registered r =>
        [
            (At.L("web.why.register"), $"{At.L($"web.register.{r.Type}")} {r.Id}", null),
            (At.L("web.why.field"), r.Field, null),
            (At.L("web.col.position"), Number(r.Position), Record(r.Position)),
        ],
        Trace.Constant c => [(At.L("web.why.constant"), Label(c.Source), null)],
        _ => [],
    };

    private Table RowsOf()
    {
        var shown = Explained.Leaves.Length;
        return new Table("rows", At.L("web.why.rows"),
        [
            new("period", At.L("web.col.period")), new("amount", At.L("web.col.amount"), Align.Number),
            new("unit", At.L("web.col.unit")),
            new("contribution", At.L("web.col.contributionIn", ("unit", Show.Unit(Explanation.Figure.Unit))),
            Align.Number),
            new("place", At.L("web.col.evidence")),
            new("record", At.L("web.col.position"), Align.Number, Secondary: true),
        ], [.. Explained.Leaves.Select(Line)])
        {
            Pager = new Pager(At.L("web.pager.range", ("first", shown == 0 ? 0 : Skip + 1),
                ("last", Skip + shown),
                    ("total", Explanation.LeafCount)),
                Skip + shown < Explanation.LeafCount && shown > 0 ? At.Here(("skip", Digits(Skip + Take)))
                    : null,
                Skip == 0 ? null : At.Here(("skip", null))),
        };
    }

    private Row Line(TracedLeaf leaf)
    {
        var place = leaf.Kind == "reading" && At.Books.Registers.Find<Registers.Meter>(leaf.Flow) is { } meter
            ? new Node(NodeKind.Site, meter.Site) : SiteIn(leaf.Flow);
        return Row.Of(new Words(Show.Span(At.Text, leaf.Period,
            _names.ZoneOf(place)))
        { Key = leaf.Period.ToString(), Class = "nb" },
            new Plain(leaf.Amount), new Words(Show.Unit(leaf.Unit)) { Key = leaf.Unit },
            new Plain(leaf.Contribution),
            Evidence(leaf), new Words(Number(leaf.Position),
            Record(leaf.Position))
            { Key = Digits(leaf.Position) });
    }

    /// <summary>The taking place of "from → to (resource)", for the zone its times are shown in.</summary>
    private static Node SiteIn(string flow)
    {
        var parts = flow.Split(" → ");
        return parts.Length == 2 && Node.TryParse(parts[1].Split(" (")[0], out var node) ? node : default;
    }

    private Words Evidence(TracedLeaf leaf) => leaf.Sha256.Length == 0 ? new Words(leaf.File)
        : new Words(leaf.File, At.Link($"/ledger/evidence/{leaf.Sha256}", ("sheet", leaf.Sheet),
            ("row", leaf.Row > 0 ? Digits(leaf.Row) : null)))
        {
            Key = leaf.Row > 0 ? $"{leaf.File}:{leaf.Sheet}:{Digits(leaf.Row)}" : leaf.File,
            Below = string.Join(" · ", new[]
            {
                leaf.Sheet, leaf.Row > 0 ? At.L("web.place.row", ("row", leaf.Row)) : "",
                leaf.Withdrawn ? At.L("web.record.withdrawn") : "",
            }.Where(p => p.Length > 0)),
        };

    private string Record(long position) => At.Link($"/ledger/records/{Digits(position)}");

    private static string Number(long number) => Text.Catalogue.Number(number);

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
