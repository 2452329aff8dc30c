using System.Globalization;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store.Import.Detection;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// An amount some thousand times its neighbours is a slipped unit (Wh for kWh, litres for m³) more often than
/// a fact. It is asked, with an answer proposed; under --yes it stands as written and is a to-do.
/// </summary>
internal static class Thousandfold
{
    private const int Suspicious = 300, FewestReadings = 20, FewestBills = 4, Rank = -1;

    /// <summary>How far from a thousand times the median a slip of three places may lie.</summary>
    private const double Spread = 5;

    private const string Mend = "mend", Keep = "keep", Wait = "wait";

    /// <summary>
    /// Settles the readings of a series before it is built: mended or held in place, or kept with a warning.
    /// </summary>
    public static void Settle(SheetJob job, Series series)
    {
        var (amounts, order) = (series.Amounts, series.Axis.Order);
        var median = Median(amounts, order);
        if (median <= 0) return;
        var slipped = order.Where(p => amounts.State[p] == CellState.Read
            && (Int128)amounts.Unscaled[p] >= (Int128)median * Suspicious).ToArray();
        if (slipped.Length == 0) return;
        var finer = Finer(job, series, slipped);
        var exact = finer is not null;
        var likely = exact
            && Array.TrueForAll(slipped, p => IsThousand((double)amounts.Unscaled[p] / median));
        var rows = slipped.Select(p => job.Sheet.RowNumber(series.Rows[p])).Distinct().Order().ToArray();
        var largest = slipped.Max(p => amounts.Unscaled[p]);
        (string, object)[] args =
        [
            ("meter", series.Meter.Id), ("count", slipped.Length), ("rows", TimeAxis.Ranges(rows)),
            ("median", Amount.From(median, amounts.Scale)), ("largest", Amount.From(largest, amounts.Scale)),
            ("unit", series.Meter.Unit),
        ];
        var place = job.Place with { Row = rows[0] };
        var id = job.QuestionId("thousandfold", series.Meter.Id);
        var answer = job.Plan.Ask(id, "thousandfold", Rank, place,
            Choices(exact ? "choice.import.thousandth" : null), likely ? Mend : Wait, Keep, args);
        job.Answers[id] = answer;
        if (answer == Mend && exact)
        {
            foreach (var point in slipped) finer!.Unscaled[point] /= 1_000;
            Take(job, series, finer!);
            job.Plan.Add("import.thousandfold.mended", Severity.Warning, place, args);
        }
        else if (answer == Wait)
        {
            foreach (var point in slipped)
            {
                amounts.State[point] = CellState.Missing;
                job.Mark(series.Rows[point], RowFate.Held);
            }
            job.Plan.Add("import.thousandfold.held", Severity.Warning, place, args);
        }
        else job.Plan.Add("import.thousandfold", Severity.Warning, place, args);
    }

    /// <summary>
    /// The amounts with the decimals that a thousandth of the slipped ones needs, or null where the
    /// registered meter does not hold them.
    /// </summary>
    private static AmountColumn? Finer(SheetJob job, Series series, int[] slipped)
    {
        var amounts = series.Amounts;
        var most = job.Plan.Context.Registers.Find<Registers.Meter>(series.Meter.Id) is null ? 3
            : Math.Min(3, series.Meter.Scale - amounts.Scale);
        for (var (more, factor) = (0, (Int128)1); more <= most; more++, factor *= 10)
            if (Array.TrueForAll(slipped, p => amounts.Unscaled[p] * factor % 1_000 == 0))
                return amounts.Finer(more);
        return null;
    }

    private static void Take(SheetJob job, Series series, AmountColumn amounts)
    {
        series.Amounts = amounts;
        if (amounts.Scale <= series.Meter.Scale) return;
        series.Meter = series.Meter with { Scale = amounts.Scale };
        job.Plan.Register("meter", series.Meter);
    }

    /// <summary>The median of what was read above zero, or 0 where there is too little to compare.</summary>
    private static long Median(AmountColumn amounts, int[] order)
    {
        var positive = new long[order.Length];
        var (count, largest) = (0, 0L);
        foreach (var point in order)
        {
            if (amounts.State[point] != CellState.Read || amounts.Unscaled[point] <= 0) continue;
            positive[count++] = amounts.Unscaled[point];
            largest = Math.Max(largest, amounts.Unscaled[point]);
        }
        if (count < FewestReadings) return 0;
        // Sorted only where the largest lies so far above the middle one, which counting shows.
        var (small, bound) = (0, largest / Suspicious);
        foreach (var value in positive.AsSpan(0, count))
            if (value <= bound) small++;
        if (small <= count / 2) return 0;
        Array.Sort(positive, 0, count);
        return positive[count / 2];
    }

    /// <summary>Settles the bills of one flow. A bill's rate is its amount a day, in the base unit.</summary>
    public static void Settle(PlanBuilder plan, (Entry[] Bands, double Rate, Place At)[] bills)
    {
        if (bills.Length < FewestBills) return;
        var median = bills.Select(b => b.Rate).Order().ElementAt(bills.Length / 2);
        if (median == 0) return;
        foreach (var (bands, rate, at) in bills)
        {
            var large = rate >= median * Suspicious;
            if (!large && (rate <= 0 || rate * Suspicious > median)) continue;
            var sum = bands.Aggregate(Amount.Zero, (total, e) => total + e.Amount);
            (string, object)[] args =
                [("amount", sum), ("unit", bands[0].Unit), ("times", Rounded(rate / median))];
            var answer = plan.Ask($"thousandfold/{at.File}/{at.Sheet}/{at.Row}", "thousandfold.bill", Rank,
                at, Choices(large ? "choice.import.thousandth" : "choice.import.thousandfold"),
                IsThousand(large ? rate / median : median / rate) ? Mend : Wait, Keep, args);
            if (answer == Wait) plan.Hold(bands[0].Evidence);
            if (answer == Mend) foreach (var band in bands) Replace(plan, band, large);
            plan.Add(answer switch
            {
                Mend => "import.thousandfold.bill.mended",
                Wait => "import.thousandfold.bill.held",
                _ => "import.thousandfold.bill",
            }, Severity.Warning, at, args);
        }
    }

    /// <summary>The entry with its mark three places on; what the paper says stays as a fact.</summary>
    private static void Replace(PlanBuilder plan, Entry entry, bool large)
    {
        var at = plan.Entries.IndexOf(entry);
        if (at < 0) return;
        var amount = large
            ? Amount.From(entry.Amount.Unscaled, entry.Amount.Scale + 3) : entry.Amount * 1_000;
        plan.Entries[at] = entry with
        {
            Amount = amount,
            Facts = entry.Facts.With("asWritten", $"{entry.Amount} {entry.Unit}"),
        };
    }

    private static IEnumerable<Choice> Choices(string? mend)
    {
        if (mend is not null) yield return new Choice(Mend, mend);
        yield return new Choice(Keep, "choice.import.as-stated");
        yield return new Choice(Wait, "choice.import.wait");
    }

    private static bool IsThousand(double times) => times is >= 1_000 / Spread and <= 1_000 * Spread;

    private static string Rounded(double ratio) => ratio >= 1
        ? Math.Round(ratio).ToString(CultureInfo.InvariantCulture)
        : ratio.ToString("0.#####", CultureInfo.InvariantCulture);
}
