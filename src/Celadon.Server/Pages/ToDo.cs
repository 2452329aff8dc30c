using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>Something to do, what it is worth, and where it is done.</summary>
/// <param name="Title">What to do.</param>
/// <param name="Says">Why, in one sentence.</param>
/// <param name="Worth">What it is worth, short.</param>
/// <param name="Href">Where it is done.</param>
public sealed record ToDo(string Title, string Says, string Worth, string Href)
{
    /// <summary>More would not be done.</summary>
    public const int Most = 7;

    /// <summary>
    /// What the books ask for: missing records first, then missing facts, then missing factors.
    /// </summary>
    internal static IEnumerable<ToDo> Of(PageContext at, Names names, Coverage? coverage, Spot? account)
    {
        var asked = account is { } report ? Questions(at, report).Concat(Unknowns(at, report)) : [];
        return Interleave([.. Gaps(at, names, coverage)], [.. asked]);
    }

    private static IEnumerable<ToDo> Gaps(PageContext at, Names names, Coverage? coverage) =>
        (coverage?.Sources ?? []).Select(s => (Source: s, Missing: s.Months
                .Where(m => m.State is CoverageState.Missing or CoverageState.Partial).Select(m => m.Month)
                    .ToList()))
            .Where(g => g.Missing.Count > 0).OrderByDescending(g => g.Missing[^1])
                .ThenBy(g => g.Missing.Count)
            .Select(g => new ToDo(at.L("web.todo.gap", ("source", names.OfSource(g.Source))),
                at.L("web.todo.gap.says", ("months", string.Join(at.L("web.listComma"),
                    g.Missing.TakeLast(4).Select(m => Show.Month(at.Text, m))))),
                at.L("web.todo.gap.worth", ("count", g.Missing.Count)), at.Link("/ledger/import")));

    private static IEnumerable<ToDo> Questions(PageContext at, Spot report) =>
        report["questions"].Items.Select(q => new ToDo(
        at.L("web.todo.question", ("question", q["title"].In(at.Text.Language)),
        ("label", q["label"].In(at.Text.Language))),
        at.L("web.todo.question.says", ("quantity", q["quantity"].Say())),
        q["kgco2e"].Exists ? q["kgco2e"].Say() : at.L("web.todo.question.worth"),
        at.Link("/carbon/inventory") + "#gaps"));

    private static IEnumerable<ToDo> Unknowns(PageContext at, Spot report) =>
        report["unknown"].Items.Select(u => new ToDo(
        at.L("web.todo.unknown", ("label", u["label"].In(at.Text.Language))), at.L("web.todo.unknown.says"),
        u["quantity"].Say(), at.Link("/carbon/inventory") + "#gaps"));

    /// <summary>Turn by turn, so that many gaps do not push out every question.</summary>
    private static IEnumerable<ToDo> Interleave(List<ToDo> gaps, List<ToDo> asked)
    {
        for (var i = 0; i < Math.Max(gaps.Count, asked.Count); i++)
        {
            if (i < gaps.Count) yield return gaps[i];
            if (i < asked.Count) yield return asked[i];
        }
    }
}
