using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>
/// The eco-design sheet of a product, its listed substances, and what may stand in for them.
/// </summary>
public sealed class EcoDesignPage(PageContext at)
    : ProductAnswerPage(at, "products.ecodesign", "ecodesign")
{
    /// <inheritdoc/>
    protected override Sentence Found
    {
        get
        {
            // A substance may stand on several lists, with a row each.
            int Of(string list, params string[] verdicts) => Report[list].Items
                .Where(i => verdicts.Contains(i["verdict"].Text))
                .DistinctBy(i => (i["id"].Text, i["part"].Text, i["cas"].Text)).Count();
            var above = Of("substances", "fail");
            return Sentence.Of(At, above > 0 ? "web.products.ecodesign.found.above"
                : Of("substances", "suspected") > 0 ? "web.products.ecodesign.found.suspected"
                : "web.products.ecodesign.found", ("product", Report["product"].Text ?? ""),
                ("met", Of("criteria", "pass")), ("fail", Of("criteria", "fail")),
                ("open", Of("criteria", "cannotJudge", "suspected")), ("above", above),
                ("suspected", Of("substances", "suspected")));
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<Table> Answered =>
    [
        new("criteria", At.L("web.products.criteria", ("product", Report["product"].Text ?? "")),
            [
                new("criterion", At.L("web.products.criterion")), new("stage", At.L("web.products.stage")),
                new("verdict", At.L("web.products.verdict")), new("evidence", At.L("web.products.evidence")),
            ],
            [.. Report["criteria"].Items.Select(c => Row.Of(
                new Words(Named(c["name"])) { Key = c["id"].Text },
                new Words(At.L($"web.products.stage.{c["stage"].Text}")) { Key = c["stage"].Text },
                Verdict(c), Evidence(c)))]),
        new("substances", At.L("web.products.substances"),
            [
                new("part", At.L("web.products.part")), new("substance", At.L("web.products.substance")),
                new("list", At.L("web.products.list")),
                new("percent", At.L("web.products.percent"), Align.Number),
                new("limit", At.L("web.products.limit"), Align.Number),
                new("verdict", At.L("web.products.verdict")),
                new("substitute", At.L("web.products.substitute")),
            ],
            [.. Report["substances"].Items.Select(s => Row.Of(new Words(s["part"].Text ?? ""),
                new Words(Named(s["name"])) { Key = s["cas"].Text, Below = NumberOf(s["cas"]) },
                new Words(At.Codes.OfLists(s["list"].Text ?? ""))
                    { Key = s["list"].Text, Below = s["source"].Text },
                Exact(s["percent"]), Exact(s["limit"]), Verdict(s), Count(s["substitutes"])))]),
        .. Report["substitutes"].Items is { Count: > 0 } substitutes ? [Substitutes(substitutes)]
            : Array.Empty<Table>(),
    ];

    /// <summary>
    /// What may stand in for the substances, by use. It is a table of its own since a substance stands on
    /// several lists and has several uses.
    /// </summary>
    private Table Substitutes(IReadOnlyList<Spot> substitutes) =>
        new("substitutes", At.L("web.products.substitutes"),
            [
                new("for", At.L("web.products.standsInFor")), new("use", At.L("web.products.for")),
                new("substitute", At.L("web.products.substituteOne")),
                new("lists", At.L("web.products.onLists")), new("standing", At.L("web.products.standing")),
                new("caveat", At.L("web.products.caveat")), new("source", At.L("web.products.source")),
            ],
            [.. substitutes.Select(s => Row.Of(
                new Words(Named(s["forName"])) { Key = s["for"].Text, Below = NumberOf(s["for"]) },
                new Words(Named(s["use"])),
                new Words(Named(s["name"])) { Key = s["id"].Text, Below = s["cas"].Text }, Lists(s),
                new Words(s["standing"].Text is { } standing ? At.L($"term.{standing}") : "")
                    { Key = s["standing"].Text },
                new Words(Named(s["caveat"])),
                new Words(s["source"].Text ?? "")
                {
                    Class = "quiet",
                    Tags = [.. s["links"].Items.Select((link, i) =>
                        (At.L("web.products.link", ("number", i + 1)), link.Text))],
                }))]);

    /// <summary>CAS numbers; the id of a group says no more than its name.</summary>
    private static string? NumberOf(Spot cas) => cas.Text?.Any(char.IsAsciiDigit) == true ? cas.Text : null;

    /// <summary>How many substitutes the sources name; in words where they name none.</summary>
    private Words Count(Spot ids) => ids.Items.Count == 0
        ? new(At.L("web.products.substitutesNone")) { Class = "quiet", Key = "" }
        : new(At.L("web.products.substitutesSome", ("count", ids.Items.Count)), "#substitutes")
            { Key = string.Join('|', ids.Items.Select(id => id.Text)) };

    /// <summary>The lists that a substitute stands on itself.</summary>
    private Words Lists(Spot substitute)
    {
        var lists = string.Join(", ", substitute["listed"].Items.Select(list => list.Text));
        return lists.Length > 0 ? new Words(At.Codes.OfLists(lists)) { Class = "warn", Key = lists }
            : new Words(At.L(substitute["cas"].Exists ? "web.products.onNoList" : "web.products.noNumber"))
                { Class = "quiet", Key = "" };
    }

    /// <summary>What shows it; where substances decided, they, by their names.</summary>
    private Words Evidence(Spot criterion) => new(criterion["bySubstances"].IsTrue
        ? string.Join(At.L("web.products.aboveAnd"), Report["substances"].Items
            .Where(s => s["verdict"].Text == "fail")
            .GroupBy(s => (Part: s["part"].Text, Name: Named(s["name"]), Is: s["percent"].Value,
                Limit: s["limit"].Value)).Select(lists => At.L("web.products.above",
                    ("part", lists.Key.Part ?? ""), ("name", lists.Key.Name),
                    ("percent", lists.Key.Is?.ToString() ?? ""),
                    ("limit", lists.Key.Limit?.ToString() ?? ""),
                    ("list", At.Codes.OfLists(string.Join(", ", lists.Select(s => s["list"].Text)))))))
        : criterion["evidence"].Text ?? "") { Key = criterion["evidence"].Text };

    /// <inheritdoc/>
    public override IReadOnlyList<(string Value, string Text)> ChoicesOf(SpecField field) => field.Path switch
    {
        "judgements.criterion" => [.. At.Books.Library.Packs.SelectMany(p => p.Criteria)
            .OrderBy(c => c.Order).DistinctBy(c => c.Id)
            .Select(c => (c.Id, c.Name.In(At.Text.Language, c.Id)))],
        "judgements.verdict" => [.. field.Choices.Select(c => (c, At.L($"web.products.verdict.{c}")))],
        "parts.substances.cas" => [.. At.Books.Library.Packs.SelectMany(p => p.Substances)
            .DistinctBy(s => s.Cas).Select(s => (s.Cas, s.Name.In(At.Text.Language, s.Cas)))
            .Select(s => (s.Cas, s.Cas.Any(char.IsAsciiDigit) ? $"{s.Item2} · {s.Cas}" : s.Item2))
            .OrderBy(s => s.Item2, StringComparer.Create(At.Text.Culture, true))],
        _ => base.ChoicesOf(field),
    };

    private Words Verdict(Spot of) =>
        new(At.L($"web.products.verdict.{of["verdict"].Text}")) { Key = of["verdict"].Text };
}
