namespace Celadon.Store.Import.Detection;

/// <summary>
/// A column whose cells hold two dates each, and how the order of their parts was proved. A range proves more
/// than a date: it does not end before it begins, and no bill lasts half a year.
/// </summary>
internal sealed class RangeColumn
{
    private const int LongestDays = 200;

    private readonly DateRange[] _ranges;
    private readonly bool[] _read;

    private RangeColumn(DateRange[] ranges, bool[] read) => (_ranges, _read) = (ranges, read);

    public required DateOrder Order { get; init; }
    public required OrderProof Proof { get; init; }

    /// <summary>Index (into the rows asked for) of the cell that proves the order, or −1.</summary>
    public required int ProofIndex { get; init; }

    /// <summary>True when the cell holds two dates, or a month.</summary>
    public bool IsRead(int index) => _read[index];

    /// <summary>Local seconds of the two dates of a row; None where the cell holds none.</summary>
    public (long From, long To, DateGrain Grain) At(int index)
    {
        if (!_read[index]) return (WallTime.None, WallTime.None, DateGrain.Day);
        var (from, to) = _ranges[index].In(Order);
        return (from, to, _ranges[index].End.Grain);
    }

    private static readonly DateOrder[] Orders =
        [DateOrder.DayMonthYear, DateOrder.MonthDayYear, DateOrder.YearMonthDay];

    /// <summary>Reads the cells of the given rows.</summary>
    public static RangeColumn Read(Table table, int column, ReadOnlySpan<int> rows, DateOrder? stated)
    {
        var ranges = new DateRange[rows.Length];
        var read = new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            table.Pace.Check(i);
            var text = table.Sheet.Text(rows[i], column).Trim();
            read[i] = RangeText.TryDates(text, out ranges[i]);
            if (read[i] || !DateText.TryRead(text, out var month) || month.Grain != DateGrain.Month) continue;
            (ranges[i], read[i]) = (new DateRange(month, month, 0), true);
        }
        var (order, proof, at) = OrderOf(ranges, read, stated);
        return new RangeColumn(ranges, read) { Order = order, Proof = proof, ProofIndex = at };
    }

    private static (DateOrder Order, OrderProof Proof, int At) OrderOf(DateRange[] ranges, bool[] read,
        DateOrder? stated)
    {
        var open = Enumerable.Range(0, ranges.Length).Where(i => read[i] && IsOpen(ranges[i])).ToArray();
        if (open.Length == 0) return (DateOrder.YearMonthDay, OrderProof.Written, -1);
        if (stated is { } said) return (said, OrderProof.Stated, -1);
        var fitting = Orders.Where(o => open.All(i => Fits(ranges[i], o))).ToArray();
        if (fitting.Length == 0)
        {
            // Some cells are no ranges at all: the order most of them fit, if the rest are few.
            var best = Orders.MaxBy(o => open.Count(i => Fits(ranges[i], o)));
            return (best, open.Count(i => Fits(ranges[i], best)) * 10 >= open.Length * 9
                ? OrderProof.OnlyFit : OrderProof.Open, Alone(ranges, open, best));
        }
        if (fitting is [var only]) return (only, OrderProof.OnlyFit, Alone(ranges, open, only));
        var follow = fitting.Where(o => Follow(ranges, read, o)).ToArray();
        return follow is [var one] ? (one, OrderProof.Regular, -1) : (fitting[0], OrderProof.Open, -1);
    }

    private static bool IsOpen(DateRange range) => range.End.Grain != DateGrain.Month
        && (range.Start.Known is null || range.End.Known is null);

    private static bool Fits(DateRange range, DateOrder order)
    {
        var (from, to) = range.In(order);
        return from != WallTime.None && to != WallTime.None && from <= to
            && to - from < LongestDays * WallTime.Day;
    }

    /// <summary>The first range that fits this order alone.</summary>
    private static int Alone(DateRange[] ranges, int[] open, DateOrder order)
    {
        foreach (var i in open)
            if (Fits(ranges[i], order) && Orders.All(o => o == order || !Fits(ranges[i], o))) return i;
        return -1;
    }

    /// <summary>
    /// At least three ranges of which each begins where the one before ends, or the day after: a chain that
    /// the wrong order breaks.
    /// </summary>
    private static bool Follow(DateRange[] ranges, bool[] read, DateOrder order)
    {
        var count = 0;
        var previous = WallTime.None;
        for (var i = 0; i < ranges.Length; i++)
        {
            if (!read[i]) continue;
            var (from, to) = ranges[i].In(order);
            if (previous != WallTime.None && from - previous is not (0 or WallTime.Day)) return false;
            previous = to;
            count++;
        }
        return count >= 3;
    }
}
