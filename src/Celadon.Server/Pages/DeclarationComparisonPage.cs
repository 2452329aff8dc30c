using System.Text.Json.Nodes;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>Two declarations number by number; refused, and told why, unless they are alike.</summary>
public sealed class DeclarationComparisonPage(PageContext at)
    : ProductAnswerPage(at, "products.declarationComparison", "comparison")
{
    /// <inheritdoc/>
    public override IReadOnlyList<(string Value, string Text)> ChoicesOf(SpecField field) =>
        DeclarationPage.ChoicesOf(At, field.Path[(field.Path.IndexOf('.', StringComparison.Ordinal) + 1)..])
            ?? base.ChoicesOf(field);

    /// <inheritdoc/>
    protected override IEnumerable<Table> Answered =>
    [
        new("differences", At.L("web.products.compared", ("first", Report["first"].Text ?? ""),
                ("second", Report["second"].Text ?? "")),
            [
                new("indicator", At.L("web.products.indicator")), new("module", At.L("web.products.module")),
                new("unit", At.L("web.products.unit")),
                new("first", Report["first"].Text ?? "", Align.Number),
                new("second", Report["second"].Text ?? "", Align.Number),
                new("difference", At.L("web.products.difference"), Align.Number),
            ],
            [.. Report["differences"].Items.Select(d => Row.Of(new Words(d["indicator"].Text ?? ""),
                new Words(d["module"].Text ?? ""),
                new Words(Show.Unit(d["difference"].Unit)) { Key = d["difference"].Unit },
                Exact(d["first"], shown: Printed("first", d)),
                Exact(d["second"], shown: Printed("second", d)),
                Exact(d["difference"], shown: Padded(d["difference"].Value?.ToString(),
                    Printed("first", d), Printed("second", d)))))]),
    ];

    /// <summary>A number with the digits its declaration states: "12.40"; null where it states
    /// none.</summary>
    private string? Printed(string side, Spot difference) =>
        (Told?[side]?["indicators"] as JsonArray)?.OfType<JsonObject>()
            .FirstOrDefault(i => (string?)i["indicator"] == difference["indicator"].Text)?["values"]
            ?[difference["module"].Text ?? ""]?.ToString();

    private JsonObject? Told => field ??= JsonNode.Parse(Spec) as JsonObject;

    /// <summary>A difference with as many decimals as the more exact of the two has; as it is where one has
    /// an exponent or is not printed.</summary>
    private static string? Padded(string? number, params ReadOnlySpan<string?> printed)
    {
        var most = 0;
        foreach (var text in printed)
        {
            if (text is null || text.Contains('e', StringComparison.OrdinalIgnoreCase)) return number;
            most = Math.Max(most, Decimals(text));
        }
        if (number is null || Decimals(number) >= most) return number;
        var bare = number.Contains('.', StringComparison.Ordinal) ? number : number + ".";
        return bare + new string('0', most - Decimals(number));
    }

    private static int Decimals(string number) =>
        number.IndexOf('.', StringComparison.Ordinal) is >= 0 and var at ? number.Length - at - 1 : 0;
}
