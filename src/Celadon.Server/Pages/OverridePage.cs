using System.Globalization;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Server.Web;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>
/// Where a person says what a rule could not, or says it differently: the category or the factor of one
/// entry, or of all entries of a flow. What is chosen is recorded with its reason, entry by entry.
/// </summary>
public sealed class OverridePage : Page
{
    private readonly Names _names;

    private OverridePage(
        PageContext at, string resource, IReadOnlyList<(long Position, Entry Entry)> entries,
        string? flow = null) : base(at)
    {
        _names = new Names(at);
        (Of, Resource, Flow) = (entries, resource, flow);
        Entries = TableOf();
        var (open, unknown) = Asked();
        (Question, Unknown) = (open, unknown);
    }

    /// <summary>The page of the entry or flow in the URL, or null when there is none.</summary>
    public static OverridePage? Find(PageContext at)
    {
        if (at.Number("entry", 1) is { } position)
            return at.Books.Record(position)
                is { Row: { Body: EntryRecord entry, ReversedBy: 0 } }
                ? new OverridePage(at, entry.Entry.Resource, [(position, entry.Entry)]) : null;
        if (!Node.TryParse(at["from"], out var from) || !Node.TryParse(at["to"], out var to)
            || at["resource"] is not { } resource) return null;
        if (at["whole"] is not null && at.Period is { } period)
            return new OverridePage(at, resource, at.Books.EntriesOf(from, to, resource, period),
                $"{from}|{to}|{resource}");
        return MonthSpan.TryParse(at["months"], out var months)
            && at.Books.EntriesOf(from, to, resource, months) is { Count: > 0 } entries
            ? new OverridePage(at, resource, entries) : null;
    }

    /// <summary>What moves.</summary>
    public string Resource { get; }

    /// <summary>The flow, "from|to|resource", where all of it is overridden; else null.</summary>
    public string? Flow { get; }

    /// <summary>The flow in words, or null.</summary>
    public string? FlowName => Flow?.Split('|') is [var from, var to, _]
        ? $"{_names.Of(Node.Parse(from))} → {_names.Of(Node.Parse(to))}" : null;

    /// <summary>The entries it is about.</summary>
    public IReadOnlyList<(long Position, Entry Entry)> Of { get; }

    /// <summary>As a table.</summary>
    public Table Entries { get; }

    /// <summary>The open question of the account about them, or null.</summary>
    public Spot? Question { get; }

    /// <summary>What the account says of them when they have no figure, or null.</summary>
    public Spot? Unknown { get; }

    /// <summary>What the answers to the question lead to, with what each would add.</summary>
    public IReadOnlyList<(string Value, string Says, string Adds)> Options =>
        Question is not { } question ? [] : [.. question["options"].Items
            .Where(o => o["scope"].Text is { Length: > 0 })
            .Select(o => ($"{o["scope"].Text}.{o["category"].Text};{question["fact"].Text}={o["value"].Text}",
                $"{Answer(question["fact"].Text, o["value"].Text)} → {CategoryName(o)}",
                o["kgco2e"].Exists ? o["kgco2e"].Say() : ""))];

    /// <summary>
    /// The fact that the question waits for, where no category answers it: its name, what it means, and the
    /// values it takes or an example; null else.
    /// </summary>
    public (string Name, string Title, string[] Values, string Example)? Fact =>
        Question is not { } question || Options.Count > 0
            || At.Books.FactOf(question["fact"].Text ?? "") is not { } fact ? null
            : (fact.Name, fact.Title.In(At.Text.Language, fact.Name), fact.Values.Contains('|')
                ? [.. fact.Values.Split('|').Where(v => v != "…")] : [], fact.Values);

    /// <summary>The nearest factors: id, name, unit and what to mind.</summary>
    public IReadOnlyList<(string Id, string Name, string Unit, string Note)> Candidates =>
        Unknown is not { } unknown ? [] : [.. unknown["candidates"].Items.Select(c =>
            (c["factorId"].Text ?? "", c["name"].In(At.Text.Language), Show.Unit(c["unit"].Text ?? ""),
                c["note"].In(At.Text.Language)))];

    /// <summary>Every category there is: value and name.</summary>
    public IEnumerable<(string Value, string Name)> Categories => At.Books.Library.Categories
        .Where(c => c.Scope is "1" or "2" or "3")
        .Select(c => ($"{c.Scope}.{c.Category}",
            c.Scope == "3" ? $"3.{c.Category} {c.Title.In(At.Text.Language, c.Category)}"
                : At.L("rooms.override.scope", ("scope", c.Scope),
                    ("name", c.Title.In(At.Text.Language, c.Category)))));

    /// <summary>What overrides stand already.</summary>
    public IEnumerable<(long Position, OverrideRecord Override)> Standing => Of
        .SelectMany(e => At.Books.OverridesOf(e.Position, e.Entry)).DistinctBy(o => o.Position);

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "records";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(OverrideView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Entries];

    /// <inheritdoc/>
    public override string Title => Question is { } question
        ? At.L("web.todo.question", ("label", Label), ("question", question["title"].In(At.Text.Language)))
        : Unknown is not null ? At.L("web.todo.unknown", ("label", Label))
        : At.L("rooms.override.title", ("label", Label));

    private string Label => _names.OfResource(Resource);

    /// <summary>Where to go afterwards.</summary>
    public string Back => Flow is not null ? At.Link("/carbon/inventory")
        : Of.Count == 1 && At["entry"] is not null
        ? At.Link($"/ledger/records/{Of[0].Position.ToString(CultureInfo.InvariantCulture)}")
        : At.Link("/today");

    /// <summary>A value of a fact in words, as far as there are words for it.</summary>
    public string Answer(string? fact, string? value) =>
        new Names(At).OfAnswer(fact, value);

    private string CategoryName(Spot option)
    {
        var (scope, category) = (option["scope"].Text ?? "", option["category"].Text ?? "");
        var title = At.Books.Library.Category(scope, category)?.Title.In(At.Text.Language, category)
            ?? category;
        return scope == "3" ? $"3.{category} {title}" : title;
    }

    private (Spot?, Spot?) Asked()
    {
        if (At.Period is not { } period || At["entry"] is not null || Flow is not null) return default;
        try
        {
            var report = Spot.Of(At.Books.Ask("carbon.inventory",
                InventoryPage.SpecOf(At, period, InventoryPage.GwpSets[0]), null, At.Http.RequestAborted));
            bool IsIt(Spot s) => s["from"].Text == At["from"] && s["to"].Text == At["to"]
                && s["resource"].Text == At["resource"];
            Spot? First(string list) => report[list].Items.Where(IsIt).Select(s => (Spot?)s).FirstOrDefault();
            return (First("questions"), First("unknown"));
        }
        catch (RefusedException)
        {
            // Without an account the page still takes an override; it only proposes nothing.
            return default;
        }
    }

    private Table TableOf() => new("entries", At.L("web.records.caption"),
    [
        new("what", At.L("web.col.what")), new("period", At.L("web.col.period")),
        new("amount", At.L("web.col.amount"), Align.Number), new("unit", At.L("web.col.unit")),
        new("position", At.L("web.col.position"), Align.Number),
    ], [.. Of.Select(e => Row.Of(
        new Words(_names.OfResource(e.Entry.Resource), Record(e.Position))
        {
            Below = $"{_names.Of(e.Entry.From)} → {_names.Of(e.Entry.To)}", Mark = e.Entry.Basis,
        },
        new Words(Show.Span(At.Text, e.Entry.Period, _names.ZoneOf(e.Entry)))
            { Key = e.Entry.Period.ToString(), Class = "nb" },
        new Plain(e.Entry.Amount), new Words(Show.Unit(e.Entry.Unit)) { Key = e.Entry.Unit },
        new Words(Catalogue.Number(e.Position)) { Class = "faint" }))]);

    private string Record(long position) =>
        At.Link($"/ledger/records/{position.ToString(CultureInfo.InvariantCulture)}");
}
