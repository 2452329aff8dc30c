using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>
/// A question about a product whose facts all stand in its spec: the spec in a form, the answer in tables.
/// Without a spec it shows the question's example, and says so.
/// </summary>
public abstract class ProductAnswerPage : Page, ISpecPage
{
    private static readonly IReadOnlyList<string> Modules =
    [
        "A1-A3", "A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "C1", "C2", "C3",
        "C4", "D",
    ];

    /// <summary>Pages whose facts have a field each, by tab, with their question.</summary>
    internal static readonly IReadOnlyDictionary<string, string> WithForms =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["declaration"] = "products.declaration", ["circular"] = "products.circularFootprint",
            ["ecodesign"] = "products.ecodesign", ["lives"] = "products.lives",
            ["breakEven"] = "products.breakEven", ["comparison"] = "products.declarationComparison",
        };

    /// <summary>Makes the page.</summary>
    /// <param name="at">What it is made from.</param>
    /// <param name="question">The question's name.</param>
    /// <param name="tab">The page's tab and path.</param>
    protected ProductAnswerPage(PageContext at, string question, string tab) : base(at)
    {
        (Question, Tab) = (question, tab);
        IsExample = string.IsNullOrWhiteSpace(at["spec"]);
        Spec = IsExample ? ExampleWords.In(at.Text, Questions.Get(question).Example) : at["spec"]!;
        IsEditing = at["edit"] == "1";
        at.LabelOf = pointer => Fields is null ? null : SpecLabels.At(at, pointer, KeyOf, UnitSaid);
        if (at["read"] is { } token) FileRead = at.Books.DeclarationBy(token);
        if (WithForms.ContainsKey(tab)) Fields = FieldsOf(question, Spec);
        if (IsEditing) return;
        try
        {
            Asked = at.Books.Ask(question, Spec, at.Number("at"), at.Http.RequestAborted);
            Report = Spot.Of(Asked);
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
        }
    }

    /// <summary>The question's name.</summary>
    public string Question { get; }

    /// <summary>The spec that is answered, as it was written.</summary>
    public string Spec { get; }

    /// <summary>True when nobody gave a spec.</summary>
    public bool IsExample { get; }

    /// <summary>The file that the facts were read from, with what was found; null for none.</summary>
    public StagedDeclaration? FileRead { get; }

    /// <summary>Where a file with the facts can be sent to; null where none can.</summary>
    public virtual string? Upload => null;

    /// <summary>True while rows are added or taken away: nothing is answered then.</summary>
    public bool IsEditing { get; }

    /// <summary>The spec's facts, a field each; null where the spec is no object, or has no form.</summary>
    public IReadOnlyList<SpecItem>? Fields { get; }

    /// <summary>The answer, or null when it was refused.</summary>
    public Asked? Asked { get; }

    /// <summary>Its report.</summary>
    public Spot Report { get; }

    /// <summary>Why there is no answer.</summary>
    public Finding? Refused { get; }

    /// <inheritdoc/>
    public sealed override string Section => "products";

    /// <inheritdoc/>
    public sealed override string? Tab { get; }

    /// <inheritdoc/>
    public sealed override bool IsTimeless => true;

    /// <inheritdoc/>
    public sealed override Type View => typeof(ProductAnswerView);

    /// <inheritdoc/>
    public sealed override string Title => TitleSentence.ToString();

    /// <inheritdoc/>
    public sealed override Sentence TitleSentence => Asked is null ? At.L($"question.{Question}.title")
        : Found ?? At.L($"question.{Question}.title");

    /// <summary>The answer in words; null where the question's own name says as much.</summary>
    protected virtual Sentence? Found => null;

    /// <inheritdoc/>
    public sealed override IEnumerable<Table> Tables => Asked is null ? []
        : Answered.Select(t => t.Id == "sheet" ? t : Sorting.By(At, t));

    /// <inheritdoc/>
    public sealed override JsonObject Data
    {
        get
        {
            var data = new JsonObject();
            if (FileRead is { } read) data["read"] = new JsonObject
            {
                ["file"] = read.File,
                ["findings"] = new JsonArray([.. read.Findings.Select(f => Web.Refusal.Json(f, At.Text))]),
            };
            if (Asked is not null) data["answer"] = JsonNode.Parse(AnswerJson.Write(Asked));
            return data;
        }
    }

    /// <summary>The values a field may have and what they are called; empty where anything may
    /// stand.</summary>
    /// <param name="field">The field.</param>
    public virtual IReadOnlyList<(string Value, string Text)> ChoicesOf(SpecField field) => field.Kind switch
    {
        FactKind.Truth => [("true", At.L("form.yes")), ("false", At.L("form.no"))],
        _ => [.. field.Choices.Select(c => (c, c))],
    };

    /// <summary>The answer as a file of another format: address and name; null for none.</summary>
    public virtual (string Href, string Text)? File => null;

    /// <summary>What is wrong with a fact or group of facts, in words; null when nothing is.</summary>
    /// <param name="item">The fact or the group.</param>
    public string? WrongOf(SpecItem item) => WrongOf(At, Refused, item);

    /// <summary>The same for any page: what a refusal says at a place that is a fact.</summary>
    internal static string? WrongOf(PageContext at, Finding? refused, SpecItem item)
    {
        if (refused is not { Place.Pointer: { } pointer }) return null;
        var names = refused.Code == "ask.spec.missing" && refused.Args.TryGetValue("names", out var missing)
            ? missing.Split(", ") : [];
        if (item is SpecField or SpecRows
            && names.Any(name => $"{pointer.TrimEnd('/')}/{name}" == item.Pointer))
            return at.L("form.missing");
        if (names.Length > 0 || pointer != item.Pointer) return null;
        return IsOfFields(refused) && item is SpecField { Kind: FactKind.Number } ? at.L("form.number")
            : at.Codes.Render(refused);
    }

    /// <summary>The text key of a fact's label.</summary>
    public string KeyOf(string path) => LabelOf(Tab!, path);

    /// <summary>
    /// The text that a fact is called by. What stands in each of two declarations is called as it is in one.
    /// </summary>
    /// <param name="tab">The page's tab.</param>
    /// <param name="path">What the fact is called after.</param>
    internal static string LabelOf(string tab, string path) => tab == "comparison"
        && path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        ? $"form.declaration{path[dot..]}" : $"form.{tab}.{path}";

    /// <summary>The unit that the other facts are stated in, as it is written; a word for it while there is
    /// none.</summary>
    public string UnitSaid => Fields?.OfType<SpecField>().FirstOrDefault(f => f.Path is "unit" or "service")
        ?.Value is { Length: > 0 } unit ? Show.Unit(unit) : At.L("form.unit");

    /// <summary>True for rows of which there are always as many.</summary>
    public bool IsFixed(string path) => FixedRows(Question, path) > 0;

    /// <summary>
    /// True when the spec could not be read at places that have a field, where the form says so.
    /// </summary>
    public bool IsOfTheForm => Fields is not null && Refused is { Place: not null } refused
        && IsOfFields(refused);

    /// <summary>True for what is said of a fact that is missing or cannot be read.</summary>
    private static bool IsOfFields(Finding refused) => refused.Code is "ask.spec.missing" or "ask.spec.value"
        or "ask.spec.valueLike" or "ask.spec.choice";

    /// <summary>The form of a question.</summary>
    internal static SpecForm FormOf(string question) => new(Questions.Get(question).Schema, _ => Modules,
        path => FixedRows(question, path));

    private static int FixedRows(string question, string path) =>
        question == "products.lives" && path == "designs" ? 2 : 0;

    private static IReadOnlyList<SpecItem>? FieldsOf(string question, string spec)
    {
        try
        {
            return JsonNode.Parse(spec) is JsonObject facts ? FormOf(question).Of(facts) : null;
        }
        catch (System.Text.Json.JsonException)
        {
            // The answer says where it is no JSON; a form cannot show it.
            return null;
        }
    }

    /// <summary>The answer in tables.</summary>
    protected abstract IEnumerable<Table> Answered { get; }

    /// <summary>A number as it is, in its own unit, never turned into tonnes; a dash for none.</summary>
    protected Cell Exact(Spot spot, bool withUnit = false, string? shown = null) =>
        spot.Value is not { } value
        ? new Words("–") { Class = "quiet" }
        : new Number(value, spot.Unit, (shown ?? value.ToString()).Replace('-', '−'),
            At.Why(spot.Asked, spot.Pointer))
        {
            ShownUnit = withUnit ? spot.Unit : null,
        };

    /// <summary>A name in both languages.</summary>
    protected string Named(Spot spot) => spot.In(At.Text.Language);
}
