using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Store;

namespace Celadon.Server.Web;

/// <summary>
/// A place in an answer by its JSON Pointer. Pages read answers through it, so that the number that is shown
/// is by construction the number that is explained.
/// </summary>
/// <param name="Asked">The answer.</param>
/// <param name="Pointer">Where in its report.</param>
/// <param name="Json">What stands there, or null.</param>
public readonly record struct Spot(Asked Asked, string Pointer, JsonNode? Json)
{
    /// <summary>The whole report.</summary>
    public static Spot Of(Asked asked) => new(asked, "", JsonSerializer.SerializeToNode(
        asked.Answer.Report, asked.Answer.Report.GetType(), Question.Json));

    /// <summary>A property.</summary>
    public Spot this[string name] => new(Asked,
        Pointer + "/" + name.Replace("~", "~0", StringComparison.Ordinal)
            .Replace("/", "~1", StringComparison.Ordinal),
        (Json as JsonObject)?[name]);

    /// <summary>True when something stands there.</summary>
    public bool Exists => Json is not null;

    /// <summary>The items of an array or the values of an object.</summary>
    public IReadOnlyList<Spot> Items
    {
        get
        {
            var here = this;
            return Json switch
            {
                JsonArray array => [.. array.Select((item, i) => new Spot(here.Asked,
                    string.Create(CultureInfo.InvariantCulture, $"{here.Pointer}/{i}"), item))],
                JsonObject map => [.. map.Select(pair => here[pair.Key])],
                _ => [],
            };
        }
    }

    /// <summary>The last part of the pointer: the name in a map.</summary>
    public string Name => Pointer[(Pointer.LastIndexOf('/') + 1)..]
        .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary>A text, a number or a truth as text; null for anything else.</summary>
    public string? Text => Json is JsonValue value ? value.ToString() : null;

    /// <summary>True when a truth stands there and holds.</summary>
    public bool IsTrue => Json is JsonValue value && value.TryGetValue<bool>(out var truth) && truth;

    /// <summary>A figure's number, or null when no figure stands there.</summary>
    public Amount? Value => (Json as JsonObject)?["value"] is JsonValue value
        && Amount.TryParse(value.ToString(), out var amount)
        ? amount : null;

    /// <summary>A figure's unit, or empty.</summary>
    public string Unit => (Json as JsonObject)?["unit"]?.ToString() ?? "";

    /// <summary>A name in both languages, in the page's one.</summary>
    public string In(string language) => Json is JsonObject name
        ? (language == "zh" ? name["zh"] ?? name["en"] : name["en"] ?? name["zh"])?.ToString() ?? "" : Text
            ?? "";

    /// <summary>
    /// A cell with the number and its explanation: masses of gas in tonnes, all else as it is; the word for
    /// unknown where no figure stands.
    /// </summary>
    /// <param name="at">The page.</param>
    /// <param name="withUnit">True where no head names the unit.</param>
    /// <param name="estimated">True when it holds an estimate.</param>
    public Cell Cell(PageContext at, bool withUnit = false, bool estimated = false)
    {
        if (Value is not { } value) return new Unknown();
        var tonnes = IsMass;
        var shown = tonnes ? Show.Tonnes(value) : Show.Brief(value);
        return new Number(value, Unit, shown,
            at.Why(Asked, Pointer))
        {
            ShownUnit = withUnit ? (tonnes ? "t" + Unit[2..] : Unit) : null,
            Estimated = estimated,
        };
    }

    /// <summary>The number with its unit in words and its explanation, for sentences.</summary>
    public Cell Said(PageContext at) => Value is { } value
        ? new Number(value, Unit, Say(), at.Why(Asked, Pointer)) : new Words("");

    /// <summary>The number with its unit in words, for sentences.</summary>
    public string Say() => Value is not { } value ? "" : IsMass ? $"{Show.Tonnes(value)} t"
        : $"{Show.Brief(value)} {Show.Unit(Unit)}";

    private bool IsMass => Unit.StartsWith("kg CO2", StringComparison.Ordinal)
        && !Unit.Contains('/', StringComparison.Ordinal);
}
