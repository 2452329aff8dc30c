using Celadon.Quantities;
using Celadon.Store.Import.Detection;
using Celadon.Text;
using NodaTime;

namespace Celadon.Store.Import.Documents;

/// <summary>The period of each row of a bill: two dates, a range in one cell, a month, or one date.</summary>
internal sealed class BillPeriods
{
    private readonly (long From, long To)?[] _local;

    private BillPeriods((long From, long To)?[] local) => _local = local;

    /// <summary>Local seconds [from, to) of a row, or null where the row was refused.</summary>
    public (long From, long To)? At(int index) => _local[index];

    /// <summary>The period of a row in a zone; the dates as written where there is none.</summary>
    public Period? In(int index, DateTimeZone? zone)
    {
        if (_local[index] is not var (from, to)) return null;
        return new Period(Of(from, zone), Of(to, zone));

        static Instant Of(long local, DateTimeZone? zone) => zone is null ? Instant.FromUnixTimeSeconds(local)
            : zone.AtLeniently(LocalDateTime.FromDateTime(DateTime.UnixEpoch.AddSeconds(local))).ToInstant();
    }

    /// <summary>The column that dates a row, by which totals and notes are told from data.</summary>
    public static Column? KeyOf(SheetJob job) =>
        job.Find("start") is not null && job.Find("end") is not null ? job.Find("start")
            : job.Find("period", "month", "time", "start", "end", "year");

    /// <summary>Reads the periods; null while a date order is open.</summary>
    public static BillPeriods? Read(SheetJob job, int[] rows)
    {
        if (job.Find("start") is { } start && job.Find("end") is { } end) return Pairs(job, start, end, rows);
        if (job.Find("period") is { } period) return Ranges(job, period, rows);
        if (job.Find("month") is { } month) return Months(job, month, rows);
        return job.Find("time", "start", "end") is { } date ? Days(job, date, rows) : null;
    }

    private static BillPeriods? Pairs(SheetJob job, Column start, Column end, int[] rows)
    {
        // An order that only one of the two columns proves holds for both.
        var first = DateColumn.Read(job.Table, start.Index, rows, SheetQuestions.StatedOrder(job.Map));
        var last = DateColumn.Read(job.Table, end.Index, rows, SheetQuestions.StatedOrder(job.Map));
        DateColumn? from, to;
        if (first.Proof == OrderProof.Open && last.Proof is OrderProof.OnlyFit or OrderProof.Stated)
            (from, to) = (first.Stated(last.Order), SheetQuestions.Settled(job, end, rows, last));
        else if (last.Proof == OrderProof.Open && first.Proof is OrderProof.OnlyFit or OrderProof.Stated)
            (from, to) = (SheetQuestions.Settled(job, start, rows, first), last.Stated(first.Order));
        else if (first.Proof == OrderProof.Open && last.Proof == OrderProof.Open
            && ByLength(first, last) is { } order)
            (from, to) = (first.Stated(order), last.Stated(order));
        else
        {
            from = SheetQuestions.Settled(job, start, rows, first);
            to = from is null ? null : last.Stated(from.Order);
        }
        return from is null || to is null ? null : Pairs(job, start, end, rows, from, to);
    }

    /// <summary>A bill that ends before it begins, or lasts over a year, disproves an order.</summary>
    private static DateOrder? ByLength(DateColumn first, DateColumn last)
    {
        var candidates = new List<DateOrder>();
        foreach (var order in (ReadOnlySpan<DateOrder>)[DateOrder.DayMonthYear, DateOrder.MonthDayYear])
        {
            var (from, to) = (first.In(order), last.In(order));
            var fits = true;
            for (var i = 0; i < from.Length && fits; i++)
                fits = from[i] == WallTime.None || to[i] == WallTime.None
                    || to[i] >= from[i] && to[i] - from[i] < 200 * WallTime.Day;
            if (fits) candidates.Add(order);
        }
        return candidates is [var only] ? only : null;
    }

    private static BillPeriods Pairs(
        SheetJob job, Column start, Column end, int[] rows, DateColumn from, DateColumn to)
    {
        var shared = to.Grain == DateGrain.Time || SharesDays(from.Local, to.Local);
        var local = new (long, long)?[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            if (from.Local[i] == WallTime.None) Unreadable(job, rows[i], start);
            else if (to.Local[i] == WallTime.None) Unreadable(job, rows[i], end);
            else
            {
                var until = shared ? to.Local[i] : to.Local[i] + WallTime.Day;
                if (until <= from.Local[i])
                    job.Refuse("import.period.backward", rows[i], end.Index,
                        ("start", WallTime.Format(from.Local[i])),
                        ("end", WallTime.Format(to.Local[i])));
                else local[i] = (from.Local[i], until);
            }
        }
        job.Plan.Add(shared ? "import.period.shared" : "import.period.inclusive", Severity.Info, job.Place);
        return new BillPeriods(local);
    }

    /// <summary>
    /// Bills whose end is the next one's start share the reading day, which then counts once; otherwise the
    /// last day belongs to the bill.
    /// </summary>
    private static bool SharesDays(long[] from, long[] to)
    {
        var ends = to.Where(t => t != WallTime.None).ToHashSet();
        var starts = from.Where(f => f != WallTime.None).Distinct().ToArray();
        var shared = starts.Count(ends.Contains);
        var next = starts.Count(s => ends.Contains(s - WallTime.Day));
        // A one-day row starts and ends on its day, and says nothing.
        for (var i = 0; i < from.Length; i++)
            if (from[i] == to[i]) return false;
        return shared > 0 && shared > next;
    }

    private static BillPeriods? Ranges(SheetJob job, Column period, int[] rows)
    {
        if (SheetQuestions.Ranges(job, period, rows) is not { } ranges) return null;
        var local = new (long, long)?[rows.Length];
        var read = Enumerable.Range(0, rows.Length).Select(ranges.At).ToArray();
        var shared = SharesDays([.. read.Select(r => r.From)], [.. read.Select(r => r.To)]);
        for (var i = 0; i < rows.Length; i++)
        {
            var (from, to, grain) = read[i];
            if (from == WallTime.None || to == WallTime.None || to < from)
            {
                Unreadable(job, rows[i], period);
                continue;
            }
            local[i] = (from, grain switch
            {
                DateGrain.Month => NextMonth(to),
                DateGrain.Time => to,
                _ => shared ? to : to + WallTime.Day,
            });
        }
        return new BillPeriods(local);
    }

    private static BillPeriods? Months(SheetJob job, Column month, int[] rows)
    {
        var year = job.Find("year");
        var local = new (long, long)?[rows.Length];
        DateColumn? dates = null;
        if (!month.Profile.MostlyNumbers || month.Profile.Months)
        {
            dates = SheetQuestions.Dates(job, month, rows);
            if (dates is null) return null;
        }
        int? lastYear = YearIn(job.Table.Title) ?? YearIn(job.Table.SheetName) ?? YearIn(job.File.Stem);
        for (var i = 0; i < rows.Length; i++)
        {
            var from = dates?.Local[i] ?? WallTime.None;
            if (from == WallTime.None)
            {
                lastYear = YearIn(job.Text(rows[i], year)) ?? lastYear;
                var number = job.Sheet.Value(rows[i], month.Index).TrimEnd('月');
                if (lastYear is { } known
                    && int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture,
                    out var m) && m is >= 1 and <= 12) from = WallTime.Days(known, m, 1) * WallTime.Day;
            }
            if (from == WallTime.None) Unreadable(job, rows[i], month);
            else
            {
                var date = WallTime.DateOf(from);
                var first = WallTime.Of(new DateOnly(date.Year, date.Month, 1));
                local[i] = (first, NextMonth(first));
            }
        }
        return new BillPeriods(local);
    }

    /// <summary>The year a text names ("2025年能源台账", "bills-2025"), or null.</summary>
    public static int? YearIn(string? text)
    {
        for (var i = 0; text is not null && i + 4 <= text.Length; i++)
            if (text.AsSpan(i, 2) is "20" && char.IsAsciiDigit(text[i + 2]) && char.IsAsciiDigit(text[i + 3])
                && (i == 0 || !char.IsAsciiDigit(text[i - 1]))
                    && (i + 4 == text.Length || !char.IsAsciiDigit(text[i + 4])))
                return int.Parse(text.AsSpan(i, 4), System.Globalization.CultureInfo.InvariantCulture);
        return null;
    }

    private static BillPeriods? Days(SheetJob job, Column date, int[] rows)
    {
        if (SheetQuestions.Dates(job, date, rows) is not { } dates) return null;
        var local = new (long, long)?[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            if (dates.Local[i] == WallTime.None) Unreadable(job, rows[i], date);
            else
            {
                var day = dates.Local[i] - WallTime.Mod(dates.Local[i]);
                local[i] = (day, day + WallTime.Day);
            }
        }
        return new BillPeriods(local);
    }

    private static long NextMonth(long local) => WallTime.Of(WallTime.DateOf(local).AddMonths(1));

    private static void Unreadable(SheetJob job, int row, Column column) =>
        job.Refuse("import.date.unreadable", row, column.Index,
        ("value", job.Sheet.Value(row, column.Index)));
}
