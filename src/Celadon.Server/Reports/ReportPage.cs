using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Celadon.Server.Drawing;
using Celadon.Server.Pages;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Reports;

/// <summary>
/// A report: blocks made from answers, shown as a page with its sheet of paper, or written as a file.
/// </summary>
public abstract class ReportPage : Page
{
    private readonly Lazy<IReadOnlyList<Block>> _blocks;

    /// <summary>Asks what the report needs.</summary>
    protected ReportPage(PageContext at, string name) : base(at)
    {
        Name = name;
        Names = new Names(at);
        Answers = new ReportAnswers(at);
        _blocks = new Lazy<IReadOnlyList<Block>>(() => [.. Compose()]);
    }

    /// <summary>Every kind of report with what makes it, in the order they are listed.</summary>
    public static ImmutableArray<(string Name, Func<PageContext, ReportPage> Make)> Kinds { get; } =
    [
        ("site", at => new SiteReport(at)), ("inventory", at => new InventoryStatement(at)),
        ("secr", at => new SecrStatement(at)), ("sustainability", at => new SustainabilityReport(at)),
    ];

    /// <summary>The report named in the path, or null.</summary>
    public static ReportPage? Find(PageContext at) => Make(at,
        at.Http.GetRouteValue("report") as string ?? "");

    /// <summary>A report by its name, or null.</summary>
    public static ReportPage? Make(PageContext at, string name) =>
        Kinds.FirstOrDefault(k => k.Name == name).Make?.Invoke(at);

    /// <summary>Its name: "site".</summary>
    public string Name { get; }

    /// <summary>The answers it is made of.</summary>
    public ReportAnswers Answers { get; }

    /// <summary>What it is called, in the page's language.</summary>
    public string Kind => At.L($"report.{Name}.title");

    /// <summary>What its title says it is about; the kind of report where nothing better is said.</summary>
    protected virtual string Heading => Kind;

    /// <summary>The line above the title on paper: whose report, which months.</summary>
    public string Whose => At.L("report.whose", ("who", Who),
        ("months", At.Period is { } p ? Show.Months(At.Text, p) : ""));

    /// <summary>The first paragraph.</summary>
    public abstract Sentence Lede { get; }

    /// <summary>Its parts.</summary>
    public IReadOnlyList<Block> Blocks => _blocks.Value;

    /// <summary>True when it stands on one sheet.</summary>
    public virtual bool IsOneSheet => false;

    /// <inheritdoc/>
    public override string Section => "carbon";

    /// <inheritdoc/>
    public override string Tab => "reports";

    /// <inheritdoc/>
    public override Type View => typeof(ReportView);

    /// <inheritdoc/>
    public override string Title => At.Period is { } p
        ? At.L("report.named", ("report", Heading), ("months", Show.Months(At.Text, p))) : Kind;

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Blocks.SelectMany(b => b.Tables);

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => Blocks.SelectMany(b => b.Charts);

    /// <inheritdoc/>
    public override JsonObject Data
    {
        get
        {
            _ = Blocks;
            return new JsonObject
            {
                ["report"] = Name,
                ["lede"] = Lede.ToString(),
                ["answers"] = new JsonObject(Answers.All.Select(a => KeyValuePair.Create(Answers.NameOf(a),
                    JsonNode.Parse(AnswerJson.Write(a))))),
            };
        }
    }

    /// <summary>Places and resources by name.</summary>
    protected Names Names { get; }

    /// <summary>The site or the organisation.</summary>
    protected string Who => At.Site is { } site ? Names.OfSite(site)
        : At.Books.Registers.Of<Registers.Organisation>().FirstOrDefault() is { } o
            ? o.Name.In(At.Text.Language, o.Id) : At.L("report.allSites");

    /// <summary>Makes the parts.</summary>
    protected abstract IEnumerable<Block> Compose();

    /// <summary>A sentence of the catalogue.</summary>
    protected Sentence Say(string key, params (string Name, object Value)[] args) =>
        Sentence.Of(At, key, args);

    /// <summary>A text of the catalogue.</summary>
    protected string L(string key, params (string Name, object Value)[] args) => At.L(key, args);

    /// <summary>A total with its unit, or the words for nothing recorded.</summary>
    protected Cell Total(Spot figure, bool unit = true) => figure.Exists ? figure.Cell(At, unit)
        : new Words(L("web.nothing")) { Class = "faint", Key = "" };

    /// <summary>A number, or the word that nothing stands here.</summary>
    protected Cell OrBlank(Spot figure, bool unit = false) => figure.Exists ? figure.Cell(At, unit) : Blank;

    /// <summary>The word that nothing stands here, and that it is not zero.</summary>
    protected Cell Blank => new Words(L("report.blank")) { Class = "unk", Key = "" };

    /// <summary>True for a cell that was left blank.</summary>
    protected static bool IsBlank(Cell cell) => cell is Words { Class: "unk" };
}
