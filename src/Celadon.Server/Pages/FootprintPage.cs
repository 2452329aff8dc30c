using System.Text.Json.Nodes;
using Celadon.Server.Drawing;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>Footprints of a site's products, from its ledger; the question stands in the URL.</summary>
public sealed class FootprintPage : Page, ISpecPage
{
    private readonly IReadOnlyList<Table> _tables = [];
    private readonly FootprintFacts _facts;
    private readonly (Spot Report, Finding? Refused) _bare;

    /// <summary>Makes the page.</summary>
    public FootprintPage(PageContext at) : base(at)
    {
        Choice = new FootprintChoice(at);
        _facts = new FootprintFacts(at, Choice);
        at.LabelOf = pointer => SpecLabels.At(at, pointer, FootprintFacts.KeyOf, UnitSaid);
        IsEditing = at["edit"] == "1";
        if (Choice.Site is null || at.Period is null) return;
        try
        {
            if (IsEditing) return;
            Asked = at.Books.Ask("products.footprint", Choice.Spec(at.Period.Value), at.Number("at"),
                at.Http.RequestAborted);
            Report = Spot.Of(Asked);
            Product = Report["products"].Items.FirstOrDefault(p => p["product"].Text == at["product"]);
            if (!Product.Exists) Product = Report["products"].Items[0];
            _tables = FootprintTables.Of(at, Report, Product);
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
        }
        finally
        {
            if (Asked is null) _bare = Bare(at);
        }
    }

    /// <summary>The answer without the facts, for what fields may hold.</summary>
    private (Spot Report, Finding? Refused) Bare(PageContext at)
    {
        try
        {
            return (Spot.Of(at.Books.Ask("products.footprint",
                Choice.Spec(at.Period!.Value, withFacts: false), at.Number("at"), at.Http.RequestAborted)),
                null);
        }
        catch (RefusedException refused)
        {
            return (default, refused.Finding);
        }
    }

    /// <summary>What is asked.</summary>
    public FootprintChoice Choice { get; }

    /// <summary>True while rows of facts are added or taken away: nothing is answered then.</summary>
    public bool IsEditing { get; }

    /// <summary>What follows the gate, units and ratings, a field each; null where it is no JSON.</summary>
    public IReadOnlyList<SpecItem>? Fields => _facts.Fields;

    /// <inheritdoc/>
    public string UnitSaid => Known["products"].Items is [var only] ? Show.Unit(only["output"].Unit)
        : At.L("form.footprint.unit");

    /// <inheritdoc/>
    public string KeyOf(string path) => FootprintFacts.KeyOf(path);

    /// <inheritdoc/>
    public IReadOnlyList<(string Value, string Text)> ChoicesOf(SpecField field) =>
        _facts.ChoicesOf(field, Made, Known);

    /// <inheritdoc/>
    public string? WrongOf(SpecItem item) => ProductAnswerPage.WrongOf(At, Refused, item);

    /// <inheritdoc/>
    public bool IsFixed(string path) => false;

    /// <summary>The answer; null in an empty workspace or when it was refused.</summary>
    public Asked? Asked { get; }

    /// <summary>Its report.</summary>
    public Spot Report { get; }

    /// <summary>The product whose stages and lines are shown.</summary>
    public Spot Product { get; }

    /// <summary>Why there is no answer.</summary>
    public Finding? Refused { get; }

    /// <summary>Ids of what the site made, as far as the answer or its refusal tells.</summary>
    public IReadOnlyList<string> Made => Known.Exists
        ? [.. Known["products"].Items.Select(p => p["product"].Text!)]
        : _bare.Refused?.Code == "products.footprint.allocation"
            ? _bare.Refused.Args["products"].Split(", ") : Choice.Weighed;

    private Spot Known => Asked is null ? _bare.Report : Report;

    /// <summary>A table by its id, or null when it would be empty.</summary>
    public Table? Table(string id) => _tables.FirstOrDefault(t => t.Id == id);

    /// <summary>The bill of the product shown as a workbook.</summary>
    public string BillBook => $"/{At.Text.Language}{BillFiles.Path}?product="
        + Uri.EscapeDataString(Product["product"].Text ?? "");

    /// <summary>Where a statement to customers is made of the product shown.</summary>
    public string StatementOf => At.Beside(StatementPage.Place, ("product", Product["product"].Text),
        ("edit", null), ("table", null));

    /// <summary>What a product is called.</summary>
    public string NameOf(string product) => new Names(At).OfItem(product);

    /// <inheritdoc/>
    public override string Section => "products";

    /// <inheritdoc/>
    public override string Tab => "footprint";

    /// <inheritdoc/>
    public override Type View => typeof(FootprintView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => _tables;

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => Asked is null ? [] : [Stages];

    /// <inheritdoc/>
    public override JsonObject Data => Asked is null ? []
        : new() { ["answer"] = JsonNode.Parse(AnswerJson.Write(Asked)) };

    /// <inheritdoc/>
    public override string Title => $"{TitleSentence}";

    /// <inheritdoc/>
    public override Sentence TitleSentence
    {
        get
        {
            if (IsEditing) return At.L("web.footprint.editing");
            if (Asked is null) return At.L(Refused is null ? "web.footprint.none" : "web.footprint.refused");
            var several = Report["products"].Items.Count > 1;
            var whole = Product["grave"]["whole"];
            if (!several && whole.Exists)
                return Sentence.Of(At, Report["partial"].IsTrue ? "web.footprint.title.grave.atLeast"
                    : "web.footprint.title.grave", ("product", NameIn(Product["name"])),
                    ("perUnit", whole.Said(At)));
            return Sentence.Of(At, (several, Report["partial"].IsTrue) switch
            {
                (true, true) => "web.footprint.title.several.atLeast",
                (true, false) => "web.footprint.title.several",
                (false, true) => "web.footprint.title.atLeast",
                _ => "web.footprint.title",
            }, ("count", Report["products"].Items.Count), ("site", Choice.SiteName),
                ("product", NameIn(Product["name"])), several
                    ? ("total", Report["reconciliation"]["products"].Said(At))
                    : ("perUnit", Product["perUnit"].Said(At)));
        }
    }

    /// <summary>"From cradle to the gate of Stoke, …: includes …; excludes … because …".</summary>
    public Sentence Boundary => FootprintSentences.Boundary(At, Report, Choice.SiteName);

    /// <summary>By what the products share and why.</summary>
    public Sentence Allocation => FootprintSentences.Allocation(At, Report);

    /// <summary>What the rules would let go, and that it is counted all the same.</summary>
    public Sentence CutOff => FootprintSentences.CutOff(At, Product["cutOff"],
        Report["partial"].IsTrue);

    /// <summary>How good the data of the whole life are, where it has a score.</summary>
    public Sentence? QualityOfLife => Product["grave"]["quality"]["score"].Exists
        ? FootprintSentences.WholeLife(At, Product["grave"]) : null;

    /// <summary>What the rules would let go of the whole life.</summary>
    public Sentence? CutOffOfLife => Product["grave"]["cutOff"].Exists
        ? FootprintSentences.CutOff(At, Product["grave"]["cutOff"], Report["partial"].IsTrue) : null;

    /// <summary>How good the data are, and how much of the footprint is primary.</summary>
    public Sentence Quality => FootprintSentences.Quality(At, Product);

    /// <summary>Products and what is excluded against the inventory.</summary>
    public Sentence Reconciliation => FootprintSentences.Reconciliation(At, Report["reconciliation"]);

    /// <summary>The stages of the product as bars, in order of the life cycle.</summary>
    public Chart Stages
    {
        get
        {
            var stages = Product["stages"].Items;
            string Name(Spot stage) => At.L($"web.footprint.stage.{stage["stage"].Text}");
            var bars = stages.Select(s => new BarItem(Name(s), s["perUnit"].Value!.Value.ToDouble(),
                $"{Show.Brief(s["perUnit"].Value!.Value)} {Show.Unit(s["perUnit"].Unit)}", "s1")
                {
                    Why = At.Why(s.Asked, s["perUnit"].Pointer),
                });
            var twin = new Table("stages", At.L("web.footprint.stages"),
            [
                new("stage", At.L("web.footprint.stage")),
                new("perUnit", Show.Unit(Product["perUnit"].Unit), Align.Number),
                new("kgco2e", At.L("web.col.kgco2e"), Align.Number), new("share", At.L("web.col.share")),
            ], [.. stages.Select(s => Row.Of(new Words(Name(s)) { Key = s["stage"].Text },
                FootprintTables.Exact(At, s["perUnit"]), FootprintTables.Exact(At, s["total"]),
                FootprintTables.Share(At, s["share"])))]);
            var most = stages.MaxBy(s => s["total"].Value!.Value);
            var title = Sentence.Of(At, "web.footprint.most", ("stage", Name(most)),
                ("product", NameIn(Product["name"])), ("share", most["share"].Value is { } share
                    ? new Number(share, "%", Show.Percent(At.Text, Show.Fixed(share, 1)),
                        At.Why(most.Asked, most["share"].Pointer)) : new Words("")));
            return new Chart("stages-chart", title, At.L("web.footprint.small",
                ("unit", Show.Unit(Product["perUnit"].Unit)), ("period", Show.Months(At.Text,
                    At.Period!.Value)), ("gwp", Report["gwp"].Text ?? ""),
                ("view", At.L($"web.scope2.{Report["electricity"].Text}"))),
                new Bars([.. bars]) { Label = $"{title}" }, twin,
                At.L("web.chart.source", ("position", Report.Asked.Position)));
        }
    }

    private string NameIn(Spot name) => name.In(At.Text.Language);
}
