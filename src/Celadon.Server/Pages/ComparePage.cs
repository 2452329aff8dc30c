using System.Text.Json.Nodes;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>
/// Alternatives on one functional unit: scores side by side, which processes make the difference, and how
/// sure it is. The URL also names the category shown ("category") and which alternative is held against the
/// first ("against", from 1).
/// </summary>
public sealed class ComparePage : Page, IHasWorkbook
{
    /// <summary>The question.</summary>
    public const string Question = "products.compare";

    private readonly CompareCharts? _charts;

    /// <summary>Makes the page.</summary>
    public ComparePage(PageContext at) : base(at)
    {
        Form = new CompareForm(at);
        at.LabelOf = pointer => CompareForm.LabelOf(at, pointer);
        try
        {
            Asked = at.Books.Ask(Question, Form.Spec, at.Number("at"), at.Http.RequestAborted);
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
            return;
        }
        Report = Spot.Of(Asked);
        Alternatives = [.. Report["alternatives"].Items.Select(a => a["name"].Text ?? "")];
        var categories = Report["categories"].Items;
        Category = categories.FirstOrDefault(c => c["id"].Text == at["category"], categories[0]);
        Against = (int)(at.Number("against", 1, Alternatives.Count - 1) ?? 1);
        Pair = Category["differences"].Items[Against - 1];
        _charts = new CompareCharts(this);
    }

    /// <summary>What is asked.</summary>
    public CompareForm Form { get; }

    /// <summary>The answer, or null when it was refused.</summary>
    public Asked? Asked { get; }

    /// <summary>Why there is no answer.</summary>
    public Finding? Refused { get; }

    /// <summary>The answer's report.</summary>
    public Spot Report { get; }

    /// <summary>Names of the alternatives, the first that which the others are held against.</summary>
    public IReadOnlyList<string> Alternatives { get; } = [];

    /// <summary>The category shown.</summary>
    public Spot Category { get; }

    /// <summary>Number of the alternative held against the first.</summary>
    public int Against { get; }

    /// <summary>The difference shown.</summary>
    public Spot Pair { get; }

    /// <inheritdoc/>
    public override string Section => "products";

    /// <inheritdoc/>
    public override string? Tab => "compare";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(CompareView);

    /// <inheritdoc/>
    public override string Title => $"{TitleSentence}";

    /// <inheritdoc/>
    public override Sentence TitleSentence
    {
        get
        {
            if (Asked is null) return At.L($"question.{Question}.title");
            var scores = Category["scores"].Items;
            var least = scores.MinBy(s => s["score"].Value!.Value);
            var all = scores.All(s => s["score"].Value == least["score"].Value);
            return Sentence.Of(At, all ? "web.compare.title.equal" : "web.compare.title",
                ("name", least["alternative"].Text ?? ""), ("score", Number(least["score"], true)),
                ("category", CategoryName), ("amount", Number(Report["amount"], true)),
                ("what", Report["function"].Text ?? ""));
        }
    }

    /// <summary>Name of the category shown.</summary>
    public string CategoryName => Category["name"].In(At.Text.Language);

    /// <summary>Whether samples were drawn and the difference is not the same in all of them.</summary>
    public bool Scatters => Pair["monteCarlo"]["deviation"].Value is { IsZero: false };

    /// <summary>How sure the difference is, in a sentence; null where it does not scatter.</summary>
    public Sentence? Sure => !Scatters ? null : Sentence.Of(At, "web.compare.sure",
        ("first", Alternatives[0]), ("second", Alternatives[Against]),
        ("share", Number(Pair["monteCarlo"]["firstLower"], true)),
        ("samples", Pair["monteCarlo"]["samples"].Text ?? ""),
        ("low", Number(Pair["monteCarlo"]["low"])), ("high", Number(Pair["monteCarlo"]["high"], true)),
        ("apart", Number(Pair["monteCarlo"]["unpaired"]["firstLower"], true)),
        ("wide", Number(Pair["monteCarlo"]["unpaired"]["deviation"])),
        ("narrow", Number(Pair["monteCarlo"]["deviation"], true)));

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => _charts?.All ?? [];

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Asked is null ? [] : [.. Shown, CompareResults.Of(this)];

    /// <summary>The tables that the page shows.</summary>
    public IReadOnlyList<Table> Shown => [.. ((Table[])
        [Sorting.By(At, Scores()), CompareAccuracy.Of(this), Sorting.By(At, Solved())])
        .Select(t => t with { NamesInFiles = true })];

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Value)> About => Asked is not { } asked ? []
        : [.. ResultTable.AboutOf(At, Title, asked, Database, MethodSaid),
            (At.L("web.about.category"), CategoryName)];

    /// <summary>The database that is asked; null for a system of the spec's own.</summary>
    public PackHeader? Database => Form.Library.Pack(Form.Text("database"))?.Header;

    /// <summary>The name of the method that is taken.</summary>
    public string MethodSaid => Database is null ? At.L("web.compare.source.spec")
        : MethodChoices.Name(At, Form.Method);

    /// <inheritdoc/>
    public override JsonObject Data => Asked is null ? []
        : new() { ["answer"] = JsonNode.Parse(AnswerJson.Write(Asked)) };

    /// <summary>A number in its own unit, with its explanation; a dash for none.</summary>
    public Cell Number(Spot spot, bool withUnit = false) => spot.Value is not { } value
        ? new Words("–") { Class = "quiet" }
        : new Number(value, spot.Unit, spot.Unit == "%" ? Percent(value) : Say(value),
            At.Why(spot.Asked, spot.Pointer))
        {
            ShownUnit = withUnit ? spot.Unit : null,
        };

    /// <summary>A share or a change in percent, to a tenth.</summary>
    private static string Percent(Amount value) =>
        Show.Fixed(value, value.Round(0) == value ? 0 : 1).Replace('-', '−');

    /// <summary>A number as this page writes it.</summary>
    public static string Say(Amount value) => Show.Brief(value).Replace('-', '−');

    /// <summary>Every category: scores side by side, and the differences in percent.</summary>
    private Table Scores() => new("scores", At.L("web.compare.scores"),
        [
            new("category", At.L("web.compare.category")), new("unit", At.L("web.products.unit")),
            .. Alternatives.Select((name, i) => new Column($"alternative{i + 1}", name, Align.Number)),
            .. Alternatives.Skip(1).Select((name, i) => new Column($"percent{i + 2}",
                At.L("web.compare.percent", ("name", name), ("first", Alternatives[0])), Align.Number)),
        ],
        [.. Report["categories"].Items.Select(c => new Row(
            [
                new Words(c["name"].In(At.Text.Language), At.Here(("category", c["id"].Text)))
                {
                    Key = c["id"].Text,
                },
                new Words(Show.Unit(c["scores"].Items[0]["score"].Unit)),
                .. c["scores"].Items.Select(s => Number(s["score"])),
                .. c["differences"].Items.Select(d => Number(d["percent"])),
            ]))]);

    /// <summary>What each alternative is and how it was solved.</summary>
    private Table Solved() => new("alternatives", At.L("web.compare.alternatives"),
        [
            new("name", At.L("web.compare.name")), new("process", At.L("web.compare.process")),
            new("referenceFlow", At.L("web.compare.referenceFlow"), Align.Number),
            new("changes", At.L("web.compare.changes"), Align.Number),
            new("unlinked", At.L("web.compare.unlinked"), Align.Number),
            new("solved", At.L("web.compare.solved")),
            new("residual", At.L("web.compare.residual"), Align.Number),
        ],
        [.. Report["alternatives"].Items.Select(a => Row.Of(
            new Words(a["name"].Text ?? ""),
            new Words(a["process"].Text ?? "", Form.Lookup is null ? null : At.Link("/products/assess",
                ("db", Form.Text("database")), ("process", a["processId"].Text), ("method", Form.Method)))
            {
                Below = a["flow"].Text, Key = a["processId"].Text,
            },
            Number(a["referenceFlow"], true), new Words(a["changes"].Text ?? ""),
            new Words(a["unlinked"].Text ?? ""),
            new Words(At.L(a["solver"]["way"].Text ?? ""))
            {
                Below = At.L(a["solver"]["reason"].Text ?? ""), Key = a["solver"]["way"].Text,
            },
            Residual(a["solver"]["backwardError"])))]);

    /// <summary>A residual by its power of ten.</summary>
    public Cell Residual(Spot spot, bool withUnit = false)
    {
        if (Number(spot, withUnit) is not Number number || number.Value.IsZero) return Number(spot, withUnit);
        return number with
        {
            Shown = At.L("web.compare.residual.below", ("power", Show.PowerAbove(number.Value))),
        };
    }
}
