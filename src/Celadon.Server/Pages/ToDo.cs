using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>Something to do, what it is worth, and where it is done.</summary>
/// <param name="Title">What to do.</param>
/// <param name="Says">Why, in one sentence.</param>
/// <param name="Worth">What it is worth, short.</param>
/// <param name="Href">Where it is done.</param>
/// <param name="Do">The word of the one click that leads there.</param>
public sealed record ToDo(string Title, Sentence Says, Sentence Worth, string Href, string Do)
{
    /// <summary>More would not be done.</summary>
    public const int Most = 7;

    /// <summary>
    /// What the books ask for: missing records, missing facts, missing factors, months that can be closed.
    /// </summary>
    internal static IEnumerable<ToDo> Of(PageContext at, Names names, Coverage? coverage, Spot? account)
    {
        List<ToDo> asked = account is { } report ? [.. Questions(at, report), .. Unknowns(at, report)] : [];
        return Interleave([.. Gaps(at, names, coverage)], asked, [.. Closable(at, names)]);
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
                HowMany(at, g.Source), Where(at, g.Source),
                at.L(IsRead(at, g.Source) ? "today.do.read" : "today.do.load")));

    private static string HowMany(PageContext at, CoverageSource source) =>
        at.L((source.Missing, source.Partial) switch
        {
            (_, 0) => "web.todo.gap.missing",
            (0, _) => "web.todo.gap.partial",
            _ => "web.todo.gap.both",
        }, ("missing", source.Missing), ("partial", source.Partial));

    private static bool IsRead(PageContext at, CoverageSource source) =>
        at.Books.Registers.Find<Registers.Meter>(source.Point) is
        { Reading: Registers.MeterReading.Counter };

    /// <summary>Where a missing record of a source is read or brought in.</summary>
    internal static string Where(PageContext at, CoverageSource source) => IsRead(at, source)
        ? at.Link("/ledger/reading", ("meter", source.Point))
        : at.Link("/ledger/import", ("for", $"{source.From}|{source.To}|{source.Resource}|{source.Point}"));

    private static IEnumerable<ToDo> Questions(PageContext at, Spot report) =>
        report["questions"].Items.Select(q => new ToDo(
        at.L("web.todo.question", ("question", q["title"].In(at.Text.Language)),
        ("label", q["label"].In(at.Text.Language))),
        q["quantity"].Exists ? Sentence.Of(at, "web.todo.question.says", ("quantity", q["quantity"].Said(at)))
            : at.L("web.todo.control.says"),
        q["kgco2e"].Exists ? new Sentence([q["kgco2e"].Said(at)]) : at.L("web.todo.question.worth"),
        q["quantity"].Exists ? Override(at, q) : at.Link("/ledger/import"), at.L("today.do.answer")));

    private static IEnumerable<ToDo> Unknowns(PageContext at, Spot report) =>
        report["unknown"].Items.OrderByDescending(u => u["candidates"].Items.Count > 0).Select(u => new ToDo(
        at.L("web.todo.unknown", ("label", u["label"].In(at.Text.Language))), at.L("web.todo.unknown.says"),
        new Sentence([u["quantity"].Said(at)]), Override(at, u), at.L("today.do.choose")));

    /// <summary>Where a question or an unknown of an account is settled.</summary>
    internal static string Override(PageContext at, Spot item) => at.Link("/ledger/override",
        ("from", item["from"].Text), ("to", item["to"].Text), ("resource", item["resource"].Text),
        ("months", item["period"].Text));

    /// <summary>The oldest month of each site that can be closed: months are closed in order.</summary>
    private static IEnumerable<ToDo> Closable(PageContext at, Names names) => at.Period is not { } period ? []
        : SiteMonth.Of(at.Books, at.Site, period).Where(m => m.State == MonthState.Ready)
            .GroupBy(m => m.Site.Id).Select(g => g.Last())
            .Select(m => new ToDo(at.L("today.close", ("month", Show.Month(at.Text, m.Month)),
                ("site", names.OfSite(m.Site.Id))), at.L("today.close.says"),
                at.L("today.close.worth", ("whole", m.Whole), ("expected", m.Expected)),
                at.Link(ClosingPage.PathOf(m.Site.Id, m.Text)), at.L("today.do.close")));

    /// <summary>Turn by turn, so that many of one kind do not push out the others.</summary>
    private static IEnumerable<ToDo> Interleave(params List<ToDo>[] kinds)
    {
        for (var i = 0; i < kinds.Max(k => k.Count); i++)
            foreach (var kind in kinds)
                if (i < kind.Count) yield return kind[i];
    }
}
