using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// What the bills of a plan say together, across files: gaps and overlaps of one flow, the same bill twice, an
/// estimate later replaced, an amount a thousand times its neighbours, a period too long to be one bill.
/// </summary>
internal static class BillChecks
{
    private const int LongestBillDays = 65;
    private const int Thousandfold = 300;

    public static void Run(PlanBuilder plan)
    {
        Duplicates(plan);
        foreach (var flow in plan.Entries.Where(IsPeriodic).GroupBy(e => (e.From, e.To, e.Resource, e.Unit,
            Meter: e.Facts["meter"] ?? "", Tariff: e.Facts["tariff"] ?? "")))
        {
            var bills = flow.OrderBy(e => e.Period.Start).ThenBy(e => e.Period.End).ToArray();
            Lengths(plan, bills);
            Neighbours(plan, bills);
            Magnitudes(plan, bills);
            Readings(plan, bills);
        }
    }

    /// <summary>What flows all the time and is billed from date to date; a delivery is an event of a day.</summary>
    private static bool IsPeriodic(Entry e) => Flows.IsPiped(e.Resource) && !e.IsStockCount
        && e.Period.Length.TotalDays > 1.5 && e.Evidence is Evidence.FileRow;

    private static Place At(Entry e) => e.Evidence is Evidence.FileRow row
        ? new Place(row.Name, row.Sheet.Length == 0 ? null : row.Sheet, row.Row) : new Place();

    /// <summary>Equal in everything but the row: typed or sent twice. The later one is left out.</summary>
    private static void Duplicates(PlanBuilder plan)
    {
        var seen = new Dictionary<(Node, Node, string, Amount, string, Period, Basis, string), Entry>();
        for (var i = 0; i < plan.Entries.Count;)
        {
            var e = plan.Entries[i];
            var key = (e.From, e.To, e.Resource, e.Amount, e.Unit, e.Period, e.Basis, e.Facts.Text);
            if (seen.TryAdd(key, e))
            {
                i++;
                continue;
            }
            plan.Repeat(e);
            plan.Add("import.duplicate.entry", Severity.Warning, At(e), ("row", At(seen[key]).Row ?? 0),
                ("file", At(seen[key]).File ?? ""), ("amount", e.Amount), ("unit", e.Unit));
            plan.Entries.RemoveAt(i);
        }
    }

    private static void Lengths(PlanBuilder plan, Entry[] bills)
    {
        foreach (var bill in bills)
            if (bill.Period.Length.TotalDays > LongestBillDays + 0.5)
                plan.Add("import.period.long", Severity.Warning, At(bill),
                    ("days", (int)Math.Round(bill.Period.Length.TotalDays)), ("limit", LongestBillDays));
    }

    private static void Neighbours(PlanBuilder plan, Entry[] bills)
    {
        Entry? last = null;
        foreach (var bill in bills)
        {
            if (last is not null && bill.Period == last.Period && Replaces(plan, last, bill)) continue;
            if (last is not null && bill.Period.Start < last.Period.End)
            {
                // A credit or correction takes back what an overlapping row charged.
                if (bill.Amount.Sign < 0 || last.Amount.Sign < 0)
                    plan.Add("import.correction", Severity.Info, At(bill), ("amount", bill.Amount), ("unit", bill.Unit),
                        ("row", At(last).Row ?? 0), ("file", At(last).File ?? ""));
                else if (bill.Basis != Basis.Estimated && last.Basis != Basis.Estimated)
                    plan.Add("import.overlap", Severity.Error, At(bill), ("row", At(last).Row ?? 0),
                        ("file", At(last).File ?? ""), ("from", Day(bill.Period.Start)),
                        ("to", Day(NodaTime.Instant.Min(last.Period.End, bill.Period.End))),
                        ("days", Days(last.Period.Intersect(bill.Period)!.Value)));
            }
            else if (last is not null && bill.Period.Start > last.Period.End)
                plan.Add("import.gap.bill", Severity.Warning, At(bill), ("resource", bill.Resource),
                    ("meter", bill.Facts["meter"] ?? bill.To.ToString()), ("from", Day(last.Period.End)),
                    ("to", Day(bill.Period.Start)), ("days", Days(new Period(last.Period.End, bill.Period.Start))));
            if (bill.Amount.Sign < 0)
                plan.Add("import.negative.entry", Severity.Warning, At(bill), ("amount", bill.Amount), ("unit", bill.Unit));
            if (last is null || bill.Period.End >= last.Period.End) last = bill;
        }
    }

    /// <summary>Two bills of one period, one of them estimated: both are kept, the invoiced one counts.</summary>
    private static bool Replaces(PlanBuilder plan, Entry a, Entry b)
    {
        if (a.Basis == Basis.Estimated == (b.Basis == Basis.Estimated)) return false;
        var (estimate, actual) = a.Basis == Basis.Estimated ? (a, b) : (b, a);
        plan.Add("import.estimate.replaced", Severity.Info, At(estimate), ("row", At(actual).Row ?? 0),
            ("estimate", estimate.Amount), ("actual", actual.Amount));
        return true;
    }

    /// <summary>An amount per day far from the median of its flow: litres typed as m³, kWh as Wh.</summary>
    private static void Magnitudes(PlanBuilder plan, Entry[] bills)
    {
        if (bills.Length < 4) return;
        var rates = bills.Select(b => Amount.Divide(b.Amount.Abs(), Amount.From((long)b.Period.Length.TotalSeconds), 12))
            .ToArray();
        var median = rates.Order().ElementAt(rates.Length / 2);
        if (median.IsZero) return;
        for (var i = 0; i < bills.Length; i++)
        {
            var large = rates[i] >= median * Thousandfold;
            var small = !rates[i].IsZero && rates[i] * Thousandfold <= median;
            if (large || small)
                plan.Add("import.thousandfold.bill", Severity.Warning, At(bills[i]), ("amount", bills[i].Amount),
                    ("unit", bills[i].Unit), ("times", large
                        ? Amount.Divide(rates[i], median, 0) : Amount.Divide(rates[i], median, 5)));
        }
    }

    /// <summary>A counter that stood higher at the start of a bill than at the end of the last: what passed is on no bill.</summary>
    private static void Readings(PlanBuilder plan, Entry[] bills)
    {
        for (var i = 1; i < bills.Length; i++)
        {
            if (bills[i - 1].Facts.Number("presentReading") is not { } before
                || bills[i].Facts.Number("previousReading") is not { } after || after == before
                || bills[i].Period.Start < bills[i - 1].Period.End) continue;
            plan.Add(after > before ? "import.counter.unbilled" : "import.counter.back", Severity.Warning, At(bills[i]),
                ("before", before), ("after", after), ("difference", after - before), ("unit", bills[i].Unit));
        }
    }

    private static string Day(NodaTime.Instant at) => SeriesChecks.Time(at.ToUnixTimeSeconds());

    private static int Days(Period period) => (int)Math.Round(period.Length.TotalDays);
}
