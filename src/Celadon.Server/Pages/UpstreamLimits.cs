using System.Text.Json.Nodes;
using Celadon.Quantities;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>
/// How far a supply chain is followed, as the address asks: "cutOff" in percent, "depth" in tiers, "branches"
/// in lines. What stands there goes into the spec as it is, so that nonsense is refused and not mended.
/// </summary>
public sealed class UpstreamLimits(PageContext at)
{
    private static readonly string[] Names = ["cutOff", "depth", "branches"];

    /// <summary>The least part that is still a branch, %.</summary>
    public string CutOff => Typed("cutOff") ?? "1";

    /// <summary>Deepest tier.</summary>
    public string Depth => Typed("depth") ?? "10";

    /// <summary>Most lines of the tree.</summary>
    public string Branches => Typed("branches") ?? "100";

    /// <summary>True where one of them is not the usual.</summary>
    public bool AreOwn => (CutOff, Depth, Branches) != ("1", "10", "100");

    /// <summary>The limits in the spec, with how many links are drawn.</summary>
    public JsonObject Spec(int links) => new()
    {
        ["cutOff"] = Amount.TryParse(CutOff, out var percent)
            ? (percent * Amount.From(1, 2)).ToString() : CutOff,
        ["depth"] = CompareForm.Whole(Depth),
        ["branches"] = CompareForm.Whole(Branches),
        ["links"] = links,
    };

    /// <summary>What the page calls the field that a place of the spec comes from, or null.</summary>
    public static string? LabelOf(PageContext at, string pointer) =>
        Array.Find(Names, n => pointer == "/upstream/" + n) is { } name ? at.L($"web.assess.limit.{name}")
            : null;

    private string? Typed(string name) => at[name]?.Trim();
}
