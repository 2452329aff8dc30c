using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// What the bills of a plan say together, across files: gaps and overlaps of one flow, the same bill twice,
/// an estimate later replaced, an amount a thousand times its neighbours, a period too long to be one bill.
/// </summary>
internal static class BillChecks
{
    private const int LongestBillDays = 65;
    private const int RankOverlap = 0;

    /// <summary>One row of a bill: its bands added up, in the first one's unit.</summary>
    private sealed record Bill(Entry[] Bands, Amount Amount, double Rate)
    {
        public Entry First => Bands[0];
        public Period Period => First.Period;
        public Basis Basis => First.Basis;
        public Place At { get; } = Where(Bands[0]);
    }

    public static void Run(PlanBuilder plan)
    {
        Duplicates(plan);
        foreach (var flow in plan.Entries.Where(IsPeriodic).ToArray().GroupBy(e => (e.From, e.To, e.Resource,
            Meter: e.Facts["meter"] ?? "", Units.Parse(e.Unit).Dimension)))
        {
            plan.Pace.Check(0);
            var bills = flow.GroupBy(e => e.Period).SelectMany(BillsOf)
                .OrderBy(b => b.Period.Start).ThenBy(b => b.Period.End).ToArray();
            Lengths(plan, bills);
            Neighbours(plan, bills);
            Thousandfold.Settle(plan, [.. bills.Select(b => (b.Bands, b.Rate, b.At))]);
            Readings(plan, bills);
        }
    }

    /// <summary>
    /// Bands of one period are one bill, whether they stand side by side or below each other.
    /// </summary>
    private static IEnumerable<Bill> BillsOf(IGrouping<Period, Entry> period)
    {
        var entries = period.ToArray();
        var bands = entries.Select(e => e.Facts["tariff"]).ToArray();
        return bands.All(b => b is not null) && bands.Distinct().Count() == bands.Length
            ? [Of(entries)] : entries.GroupBy(e => e.Evidence).Select(row => Of([.. row]));
    }

    private static Bill Of(Entry[] bands)
    {
        var sum = bands.Aggregate(Amount.Zero, (total, e) => total + e.Amount);
        var unit = Units.Parse(bands[0].Unit);
        var rate = Math.Abs(sum.ToDouble()) * (double)unit.Numerator / (double)unit.Denominator
            / bands[0].Period.Length.TotalDays;
        return new Bill(bands, sum, rate);
    }

    /// <summary>
    /// What flows all the time and is billed from date to date; a delivery is an event of a day.
    /// </summary>
    private static bool IsPeriodic(Entry e) => Flows.IsPiped(e.Resource) && !e.IsStockCount
        && e.Period.Length.TotalDays > 1.5 && e.Evidence is Evidence.FileRow;

    private static Place Where(Entry e) => e.Evidence is Evidence.FileRow row
        ? new Place(row.Name, row.Sheet.Length == 0 ? null : row.Sheet, row.Row) : new Place();

    /// <summary>Equal in everything but the row: typed or sent twice. The later one is left out.</summary>
    private static void Duplicates(PlanBuilder plan)
    {
        var seen = new Dictionary<(Node, Node, string, Amount, string, Period, Basis, string), Entry>();
        var told = new HashSet<Evidence>();
        var kept = new List<Entry>(plan.Entries.Count);
        foreach (var e in plan.Entries)
        {
            plan.Pace.Check(kept.Count);
            var key = (e.From, e.To, e.Resource, e.Amount, e.Unit, e.Period, e.Basis, e.Facts.Text);
            if (seen.TryAdd(key, e) || e.Evidence == seen[key].Evidence)
            {
                kept.Add(e);
                continue;
            }
            if (told.Add(e.Evidence))
                plan.Add("import.duplicate.entry", Severity.Warning, Where(e),
                    ("row", Where(seen[key]).Row ?? 0),
                    ("file", Where(seen[key]).File ?? ""));
        }
        if (kept.Count == plan.Entries.Count) return;
        var rows = kept.Select(e => e.Evidence).ToHashSet();
        plan.Entries.Clear();
        plan.Entries.AddRange(kept);
        foreach (var evidence in told.Where(e => !rows.Contains(e))) plan.Repeat(evidence);
    }

    private static void Lengths(PlanBuilder plan, Bill[] bills)
    {
        foreach (var bill in bills)
            if (bill.Period.Length.TotalDays > LongestBillDays + 0.5)
                plan.Add("import.period.long", Severity.Warning, bill.At,
                    ("days", (int)Math.Round(bill.Period.Length.TotalDays)), ("limit", LongestBillDays));
    }

    private static void Neighbours(PlanBuilder plan, Bill[] bills)
    {
        var credits = bills.Where(b => b.Amount.Sign < 0).ToArray();
        foreach (var credit in credits) Credit(plan, credit, bills);
        Bill? last = null;
        foreach (var bill in bills.Except(credits))
        {
            if (last is not null && !Replaces(plan, last, bill))
            {
                if (bill.Period.Start < last.Period.End)
                {
                    // A credit for exactly the days billed twice has settled them.
                    var twice = last.Period.Intersect(bill.Period);
                    if (!Array.Exists(credits, c => c.Period == twice)) Overlap(plan, last, bill);
                }
                else if (bill.Period.Start > last.Period.End)
                    plan.Add("import.gap.bill", Severity.Warning, bill.At, ("resource", bill.First.Resource),
                        ("meter", bill.First.Facts["meter"] ?? bill.First.To.ToString()),
                        ("from", Day(last.Period.End)),
                        ("to", Day(bill.Period.Start)),
                        ("days", Days(new Period(last.Period.End, bill.Period.Start))));
            }
            if (last is null || bill.Period.End >= last.Period.End) last = bill;
        }
    }

    private static void Credit(PlanBuilder plan, Bill credit, Bill[] bills)
    {
        plan.Add("import.negative.entry", Severity.Warning, credit.At, ("amount", credit.Amount),
            ("unit", credit.First.Unit));
        if (Array.Find(bills, b => b.Amount.Sign > 0 && b.Period.Overlaps(credit.Period)) is { } charged)
            plan.Add("import.correction", Severity.Info, credit.At, ("amount", credit.Amount),
                ("unit", credit.First.Unit), ("row", charged.At.Row ?? 0), ("file", charged.At.File ?? ""));
    }

    /// <summary>
    /// Days billed twice would count twice: the later row waits until a person keeps it. An estimate may
    /// overlap what was billed, because the invoiced amount counts.
    /// </summary>
    private static void Overlap(PlanBuilder plan, Bill last, Bill bill)
    {
        if (bill.Basis == Basis.Estimated || last.Basis == Basis.Estimated) return;
        (string, object)[] args =
        [
            ("row", last.At.Row ?? 0), ("file", last.At.File ?? ""), ("from", Day(bill.Period.Start)),
            ("to", Day(NodaTime.Instant.Min(last.Period.End, bill.Period.End))),
            ("days", Days(last.Period.Intersect(bill.Period)!.Value)),
        ];
        var id = $"overlap/{bill.At.File}/{bill.At.Sheet}/{bill.At.Row}";
        var answer = plan.Ask(id, "overlap", RankOverlap, bill.At,
            [new Choice("wait", "choice.import.wait"), new Choice("keep", "choice.import.keep")], "wait",
            "wait", args);
        if (answer == "keep") return;
        plan.Add("import.overlap", Severity.Error, bill.At, args);
        plan.Hold(bill.First.Evidence);
    }

    /// <summary>
    /// Two bills of one period, one of them estimated: both are kept, the invoiced one counts.
    /// </summary>
    private static bool Replaces(PlanBuilder plan, Bill a, Bill b)
    {
        if (a.Period != b.Period || a.Basis == Basis.Estimated == (b.Basis == Basis.Estimated)) return false;
        var (estimate, actual) = a.Basis == Basis.Estimated ? (a, b) : (b, a);
        plan.Add("import.estimate.replaced", Severity.Info, estimate.At, ("row", actual.At.Row ?? 0),
            ("estimate", estimate.Amount), ("actual", actual.Amount));
        return true;
    }

    /// <summary>
    /// A counter that stood higher at the start of a bill than at the end of the last: what passed is on no
    /// bill.
    /// </summary>
    private static void Readings(PlanBuilder plan, Bill[] bills)
    {
        for (var i = 1; i < bills.Length; i++)
        {
            if (bills[i - 1].First.Facts.Number("presentReading") is not { } before
                || bills[i].First.Facts.Number("previousReading") is not { } after || after == before
                || bills[i].Period.Start < bills[i - 1].Period.End) continue;
            plan.Add(after > before ? "import.counter.unbilled" : "import.counter.back", Severity.Warning,
                bills[i].At,
                ("before", before), ("after", after), ("difference", after - before),
                ("unit", bills[i].First.Unit));
        }
    }

    private static string Day(NodaTime.Instant at) => SeriesChecks.Time(at.ToUnixTimeSeconds());

    private static int Days(Period period) => (int)Math.Round(period.Length.TotalDays);
}
