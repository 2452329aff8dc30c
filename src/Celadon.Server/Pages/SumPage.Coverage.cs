using Celadon.Quantities;
using Celadon.Server.Web;
using NodaTime;

namespace Celadon.Server.Pages;

public sealed partial class SumPage
{
    /// <summary>
    /// Why the coverage of a site and period is what it is: every expected record that is missing, there in
    /// part, estimated or whole, by its source, each with what it counts for.
    /// </summary>
    public static SumPage? OfCoverage(PageContext at)
    {
        if (at.Period is not { } period || at.Books.CoverageOf(at.Site, period) is not
            { Percent: { } percent } coverage) return null;
        var sum = new SumPage(at)
        {
            Sum = Amount.From(percent), Unit = "%",
            Formula = at.L("sums.coverage", ("expected", coverage.Expected)),
        };
        sum.Operands = sum.TableOf(coverage);
        return sum;
    }

    /// <summary>The coverage as a number that leads to its reason; words alone where no page is.</summary>
    internal static Cell Covered(PageContext at, int percent) => at.IsFile
        ? new Words(Show.Percent(at.Text, FormattableString.Invariant($"{percent}")))
        : new Number(Amount.From(percent), "%", FormattableString.Invariant($"{percent}"),
            at.Link("/why/coverage")) { ShownUnit = "%" };

    private Table TableOf(Coverage coverage) => new("operands", At.L("sums.coverage.records"),
    [
        new("state", At.L("web.col.state")), new("source", At.L("web.col.source")),
        new("months", At.L("sums.coverage.months")),
        new("records", At.L("sums.coverage.count"), Align.Number),
        new("amount", At.L("sums.coverage.counts"), Align.Number),
    ], [.. States.SelectMany(state => coverage.Sources.SelectMany(s => LinesOf(s, state)))])
    {
        Total = Row.Of(new Words(At.L("web.total")), Cell.Empty, Cell.Empty,
            new Plain(Amount.From(coverage.Expected)), new Plain(Parts(coverage.Sources
                .SelectMany(s => s.Months).Where(m => m.State != CoverageState.Later))) { Decimals = 2 }),
    };

    /// <summary>What wants doing first comes first.</summary>
    private static readonly (CoverageState State, Verdict Sign)[] States =
    [
        (CoverageState.Missing, Verdict.Cannot), (CoverageState.Partial, Verdict.Suspected),
        (CoverageState.Estimated, Verdict.Suspected), (CoverageState.Present, Verdict.Pass),
    ];

    /// <summary>A line for all months of a source in one state; a month in part has its own share.</summary>
    private IEnumerable<Row> LinesOf(CoverageSource source, (CoverageState State, Verdict Sign) kind) =>
        source.Months.Where(m => m.State == kind.State)
            .GroupBy(m => kind.State != CoverageState.Partial ? default
                : (m.KnownPercent, m.EstimatedPercent))
            .Select(months => Row.Of(
                new State(kind.Sign, At.L($"sums.coverage.{kind.State.ToString().ToLowerInvariant()}")),
                new Words(_names.OfSource(source), kind.State is CoverageState.Present
                    or CoverageState.Estimated ? At.Link("/ledger/records", ("resource", source.Resource))
                    : ToDo.Where(At, source)),
                new Words(RunsOf([.. months.Select(m => m.Month)])),
                new Plain(Amount.From(months.Count())), new Plain(Parts(months)) { Decimals = 2 }));

    /// <summary>Shares of months, added: 100 percent of a month is one record.</summary>
    private static Amount Parts(IEnumerable<MonthCoverage> months) =>
        Amount.From(months.Sum(m => m.KnownPercent + m.EstimatedPercent), 2);

    /// <summary>Months that follow one another as one span: "Oct 2025 to Dec 2025, Mar 2026".</summary>
    private string RunsOf(IReadOnlyList<YearMonth> months)
    {
        var runs = new List<MonthSpan>();
        foreach (var month in months)
        {
            if (runs.Count > 0 && runs[^1].Last.PlusMonths(1) == month)
                runs[^1] = new MonthSpan(runs[^1].First, month);
            else runs.Add(new MonthSpan(month, month));
        }
        return string.Join(At.L("web.listComma"), runs.Select(r => Show.Months(At.Text, r)));
    }
}
