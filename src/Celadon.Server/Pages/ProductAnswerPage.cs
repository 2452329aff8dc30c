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
public abstract class ProductAnswerPage : Page
{
    /// <summary>Makes the page.</summary>
    /// <param name="at">What it is made from.</param>
    /// <param name="question">The question's name.</param>
    /// <param name="tab">The page's tab and path.</param>
    protected ProductAnswerPage(PageContext at, string question, string tab) : base(at)
    {
        (Question, Tab) = (question, tab);
        IsExample = string.IsNullOrWhiteSpace(at["spec"]);
        Spec = IsExample ? Questions.Get(question).Example : at["spec"]!;
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
    public sealed override string Title => At.L($"question.{Question}.title");

    /// <inheritdoc/>
    public sealed override IEnumerable<Table> Tables => Asked is null ? [] : Answered;

    /// <inheritdoc/>
    public sealed override JsonObject Data => Asked is null ? []
        : new() { ["answer"] = JsonNode.Parse(AnswerJson.Write(Asked)) };

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
