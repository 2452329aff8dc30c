using Celadon.Store.Import.Reading;

namespace Celadon.Store.Import.Detection;

/// <summary>How the order of a column's dates was found.</summary>
internal enum OrderProof : byte { Written, OnlyFit, Regular, Stated, Open }

/// <summary>A column of dates as local seconds, and how their order was proved.</summary>
internal sealed class DateColumn
{
    /// <summary>Local seconds of each row asked for; None where the cell is empty or no date.</summary>
    public required long[] Local { get; init; }

    /// <summary>Seconds ahead of UTC where the text states it, else null for the whole column.</summary>
    public required int[]? Offset { get; init; }

    public required DateGrain Grain { get; init; }
    public required DateOrder Order { get; init; }
    public required OrderProof Proof { get; init; }

    /// <summary>Index (into the rows asked for) of the cell that proves the order, or −1.</summary>
    public required int ProofIndex { get; init; }

    /// <summary>How many cells a spreadsheet had turned round (day and month swapped), mended here.</summary>
    public required int Swapped { get; init; }

    private DateParts[] _parts = [];
    private bool[] _read = [];

    /// <summary>The same cells in another order.</summary>
    public long[] In(DateOrder order) => At(_parts, _read, order);

    /// <summary>
    /// The same column where another states its order; what a spreadsheet turned stays mended.
    /// </summary>
    public DateColumn Stated(DateOrder order)
    {
        if (Swapped > 0) return this;
        var (found, proof, at) = OrderOf(_parts, _read, order);
        return new DateColumn
        {
            Local = found == Order ? Local : At(_parts, _read, found),
            Offset = Offset,
            Grain = Grain,
            Order = found,
            Proof = proof,
            ProofIndex = at,
            Swapped = 0,
            _parts = _parts,
            _read = _read,
        };
    }

    private static readonly DateOrder[] Orders =
        [DateOrder.DayMonthYear, DateOrder.MonthDayYear, DateOrder.YearMonthDay];

    /// <summary>Reads the cells of the given rows.</summary>
    public static DateColumn Read(Table table, int column, ReadOnlySpan<int> rows, DateOrder? stated)
    {
        var parts = new DateParts[rows.Length];
        var read = new bool[rows.Length];
        var grain = DateGrain.Month;
        var hasOffset = false;
        int mixedDates = 0, mixedTexts = 0;
        var run = new DateRun();
        for (var i = 0; i < rows.Length; i++)
        {
            table.Pace.Check(i);
            read[i] = run.TryRead(table.Sheet.Text(rows[i], column), out parts[i]);
            if (!read[i]) continue;
            if (parts[i].Grain > grain) grain = parts[i].Grain;
            hasOffset |= parts[i].Offset != DateText.NoOffset;
            if (table.Sheet.Kind(rows[i], column) == CellKind.Date) mixedDates++;
            else if (parts[i].Known is null) mixedTexts++;
        }
        var swapped = mixedDates > 0 && mixedTexts > 0 ? Unswap(table, column, rows, parts, read) : 0;
        var (order, proof, at) = swapped > 0 ? (DateOrder.DayMonthYear, OrderProof.Regular, -1)
            : OrderOf(parts, read, stated);
        return new DateColumn
        {
            Local = At(parts, read, order),
            Offset = hasOffset ? [.. parts.Select(p => p.Offset)] : null,
            Grain = grain,
            Order = order,
            Proof = proof,
            ProofIndex = at,
            Swapped = swapped,
            _parts = parts,
            _read = read,
        };
    }

    private static long[] At(DateParts[] parts, bool[] read, DateOrder order)
    {
        var local = new long[parts.Length];
        // The day is reckoned once for the rows that name it.
        var day = default(DateParts);
        var start = WallTime.None;
        for (var i = 0; i < local.Length; i++)
        {
            local[i] = WallTime.None;
            if (!read[i]) continue;
            if (!parts[i].IsSameDay(day))
            {
                day = parts[i] with { Seconds = 0 };
                start = day.At(order);
            }
            if (start != WallTime.None) local[i] = start + parts[i].Seconds;
        }
        return local;
    }

    private static (DateOrder Order, OrderProof Proof, int At) OrderOf(DateParts[] parts, bool[] read,
        DateOrder? stated)
    {
        Span<int> fits = stackalloc int[3];
        Span<int> alone = [-1, -1, -1];
        var open = 0;
        DateOrder? written = null;
        var fitting = 0;
        var day = default(DateParts);
        for (var i = 0; i < parts.Length; i++)
        {
            if (!read[i]) continue;
            if (parts[i].Known is { } known)
            {
                written ??= known;
                continue;
            }
            open++;
            if (!parts[i].IsSameDay(day))
            {
                (day, fitting) = (parts[i], 0);
                for (var o = 0; o < 3; o++)
                    if (day.Fits(Orders[o])) fitting |= 1 << o;
            }
            int count = 0, last = 0;
            for (var o = 0; o < 3; o++)
            {
                if ((fitting & 1 << o) == 0) continue;
                fits[o]++;
                count++;
                last = o;
            }
            if (count == 1 && alone[last] < 0) alone[last] = i;
        }
        if (open == 0) return (written ?? DateOrder.YearMonthDay, OrderProof.Written, -1);
        if (stated is { } order) return (order, OrderProof.Stated, -1);
        var candidates = new List<int>();
        for (var o = 0; o < 3; o++)
            if (fits[o] == open) candidates.Add(o);
        if (candidates.Count == 0)
        {
            // Some cells are no dates at all: the order most of them fit, if the rest are few.
            var best = fits[0] >= fits[1] && fits[0] >= fits[2] ? 0 : fits[1] >= fits[2] ? 1 : 2;
            return (Orders[best], fits[best] * 10 >= open * 9 ? OrderProof.OnlyFit : OrderProof.Open,
                alone[best]);
        }
        if (candidates.Count == 1) return (Orders[candidates[0]], OrderProof.OnlyFit, alone[candidates[0]]);
        return ByRegularity(parts, read, candidates);
    }

    /// <summary>
    /// Of several orders that fit every cell, the only one under which time runs forward in even steps.
    /// </summary>
    private static (DateOrder, OrderProof, int) ByRegularity(DateParts[] parts, bool[] read,
        List<int> candidates)
    {
        var scores = candidates.Select(o => (Order: o, Irregular: Irregular(At(parts, read, Orders[o]))))
            .OrderBy(s => s.Irregular).ThenBy(s => s.Order).ToArray();
        return scores[0].Irregular == 0 && scores[1].Irregular > 0
            ? (Orders[scores[0].Order], OrderProof.Regular, -1)
            : (Orders[scores[0].Order], OrderProof.Open, -1);
    }

    /// <summary>
    /// How many steps differ from the usual one; steps of 28 to 31 days are one kind, equal times are none.
    /// </summary>
    internal static int Irregular(long[] local)
    {
        var steps = new Dictionary<long, int>();
        var previous = WallTime.None;
        var total = 0;
        foreach (var time in local)
        {
            if (time == WallTime.None) continue;
            if (previous != WallTime.None && time != previous)
            {
                var step = time - previous;
                if (step / WallTime.Day is >= 28 and <= 31) step = 30 * WallTime.Day;
                steps[step] = steps.GetValueOrDefault(step) + 1;
                total++;
            }
            previous = time;
        }
        return total == 0 ? 0 : total - steps.Values.Max();
    }

    /// <summary>
    /// A spreadsheet set to month-first turns 01/10/2025 into 10 January and leaves 13/10/2025 as text. The
    /// sign is that no true date has a day above 12, every text has, and that turning the true dates round
    /// makes time run evenly. Returns how many were turned round.
    /// </summary>
    private static int Unswap(Table table, int column, ReadOnlySpan<int> rows, DateParts[] parts, bool[] read)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (!read[i]) continue;
            var isDate = table.Sheet.Kind(rows[i], column) == CellKind.Date;
            if (isDate ? parts[i].C > 12 : parts[i].Known is null && parts[i].A <= 12) return 0;
        }
        var before = Irregular(At(parts, read, DateOrder.DayMonthYear));
        var turned = parts.ToArray();
        var count = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!read[i] || table.Sheet.Kind(rows[i], column) != CellKind.Date) continue;
            turned[i] = parts[i] with { B = parts[i].C, C = parts[i].B };
            if (parts[i].B != parts[i].C) count++;
        }
        if (Irregular(At(turned, read, DateOrder.DayMonthYear)) >= before) return 0;
        turned.CopyTo(parts, 0);
        return count;
    }
}
