using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server.Web;
using NodaTime;

namespace Celadon.Server.Pages;

/// <summary>Where a month of a site stands on its way to being closed.</summary>
public enum MonthState
{
    /// <summary>Closed: later facts are adjustments.</summary>
    Closed,

    /// <summary>Over, and every expected record is there.</summary>
    Ready,

    /// <summary>Over, and records are missing.</summary>
    Missing,

    /// <summary>Not over yet.</summary>
    Running,
}

/// <summary>A month of a site with what is there of what is expected.</summary>
/// <param name="Site">The site.</param>
/// <param name="Month">The month in its time.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Whole">Sources with a record of the whole month, measured or invoiced.</param>
/// <param name="Expected">Sources that should have one; the others are in part, estimated or missing.</param>
/// <param name="Closing">The closing in force, or null.</param>
public sealed record SiteMonth(
    Site Site, YearMonth Month, MonthState State, int Whole, int Expected,
    Ledger.ClosingInForce? Closing)
{
    /// <summary>"2026-09".</summary>
    public string Text => new MonthSpan(Month, Month).ToString();

    /// <summary>The months of some sites, latest first.</summary>
    internal static IReadOnlyList<SiteMonth> Of(Books books, string? site, MonthSpan period) =>
        [.. books.Registers.Of<Site>().Where(s => site is null || s.Id == site).SelectMany(s =>
        {
            var coverage = books.CoverageOf(s.Id, period);
            return period.Months.Select((month, i) => At(books, s, month,
                [.. coverage.Sources.Select(source => source.Months[i])]));
        }).OrderByDescending(m => m.Month).ThenBy(m => m.Site.Id, StringComparer.Ordinal)];

    /// <summary>One month of a site.</summary>
    internal static SiteMonth Of(Books books, Site site, YearMonth month, MonthSpan? around) =>
        At(books, site, month, [.. CellsOf(books, site.Id, month, around).Select(c => c.Month)]);

    /// <summary>
    /// What a month of a site should hold, source by source. What to expect shows in other months: those
    /// around it, else the year before it.
    /// </summary>
    internal static IEnumerable<(CoverageSource Source, MonthCoverage Month)> CellsOf(
        Books books, string site, YearMonth month, MonthSpan? around)
    {
        var span = around is { Count: > 1 } near && near.Contains(month) ? near
            : new MonthSpan(month.PlusMonths(-11), month);
        return books.CoverageOf(site, span).Sources.Select(s => (s, s.Months.Single(m => m.Month == month)));
    }

    private static SiteMonth At(Books books, Site site, YearMonth month, IReadOnlyList<MonthCoverage> cells)
    {
        var closing = books.Closings.LastOrDefault(c => c.Closing.Site == site.Id
            && c.Closing.Month == month);
        var whole = cells.Count(c => c.State == CoverageState.Present);
        var state = closing is not null ? MonthState.Closed
            : !books.IsOver(site, month) ? MonthState.Running
            : whole == cells.Count && whole > 0 ? MonthState.Ready
            : MonthState.Missing;
        return new SiteMonth(site, month, state, whole, cells.Count, closing);
    }
}

/// <summary>The months of the period, site by site: closed, ready, missing records, still running.</summary>
public sealed class ClosingsPage : Page
{
    /// <summary>Makes the page.</summary>
    public ClosingsPage(PageContext at) : base(at)
    {
        Months = at.Period is { } period ? SiteMonth.Of(at.Books, at.Site, period) : [];
        Table = TableOf();
    }

    /// <summary>The months, latest first.</summary>
    public IReadOnlyList<SiteMonth> Months { get; }

    /// <summary>Those that can be closed, the oldest first: months are closed in order.</summary>
    public IReadOnlyList<SiteMonth> Ready => At.Books.Head.Condition == ChainCondition.Damaged ? []
        : [.. Months.Where(m => m.State == MonthState.Ready).Reverse()];

    /// <summary>As a table.</summary>
    public Table Table { get; }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "closing";

    /// <inheritdoc/>
    public override Type View => typeof(ClosingsView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Table];

    /// <inheritdoc/>
    public override string Title => Months.Count == 0 ? At.L("rooms.closing.none")
        : At.L("rooms.closing.title", ("closed", Months.Count(m => m.State == MonthState.Closed)),
            ("months", Months.Count), ("ready", Months.Count(m => m.State == MonthState.Ready)));

    private Table TableOf() => new("months", At.L("rooms.closing.caption"),
    [
        new("month", At.L("web.field.month")), new("site", At.L("web.col.site")),
        new("state", At.L("web.col.state")), new("whole", At.L("web.col.whole"), Align.Number),
        new("step", At.L("rooms.step")),
    ], [.. Months.Select(m => new Row(
    [
        new Words(Show.Month(At.Text, m.Month), Page(m)) { Key = m.Text, Class = "nb" },
        new Words(m.Site.Name.In(At.Text.Language, m.Site.Id)) { Key = m.Site.Id },
        StateOf(m), new Words(FormattableString.Invariant($"{m.Whole} / {m.Expected}")) { Class = "nb" },
        m.State switch
        {
            MonthState.Ready => new Words(At.L("rooms.closing.do"), Page(m)) { Key = "close" },
            MonthState.Missing => new Words(At.L("rooms.closing.see"), Page(m)) { Key = "see" },
            _ => Cell.Empty,
        },
    ]))]);

    /// <summary>A month's state as a cell: what is ready waits quietly, the others carry a sign.</summary>
    private Cell StateOf(SiteMonth month) => month.State == MonthState.Ready
        ? new Words(Words(At, month)) { Class = "good" }
        : new State(VerdictOf(month.State), Words(At, month));

    /// <summary>The sign of a month's state.</summary>
    internal static Verdict VerdictOf(MonthState state) => state switch
    {
        MonthState.Closed => Verdict.Pass,
        MonthState.Missing => Verdict.Cannot,
        _ => Verdict.Outside,
    };

    /// <summary>A month's state in words.</summary>
    internal static string Words(PageContext at, SiteMonth month) =>
        at.L($"rooms.month.{month.State.ToString().ToLowerInvariant()}",
            ("count", month.Expected - month.Whole));

    private string Page(SiteMonth month) => At.Link(ClosingPage.PathOf(month.Site.Id, month.Text));
}
