using Celadon.Quantities;
using Celadon.Store.Import.Detection;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>What a cell of an amount column held.</summary>
internal enum CellState : byte { Read, Missing, Refused }

/// <summary>A column of amounts as integers of one scale, with the state and quality of each.</summary>
internal sealed class AmountColumn
{
    public required long[] Unscaled { get; init; }
    public required CellState[] State { get; init; }

    /// <summary>True where the cell itself carries an estimate mark.</summary>
    public required bool[]? Estimated { get; init; }

    public required int Scale { get; init; }

    /// <summary>The amount of a cell.</summary>
    public Amount At(int index) =>
        State[index] == CellState.Read ? Amount.From(Unscaled[index], Scale) : Amount.Zero;

    /// <summary>Sum of the cells that were read.</summary>
    public Amount Sum()
    {
        Int128 sum = 0;
        foreach (var value in Unscaled) sum += value;
        return Amount.From((System.Numerics.BigInteger)sum, Scale);
    }

    /// <summary>The same cells with other amounts.</summary>
    public AmountColumn With(long[] unscaled, int scale)
    {
        var scales = new byte[unscaled.Length];
        Array.Fill(scales, (byte)scale);
        var common = TrailingZeros(unscaled, scales, scale);
        for (var i = 0; i < unscaled.Length; i++) unscaled[i] /= Pow(scale - common);
        return new AmountColumn
        {
            Unscaled = unscaled,
            State = State,
            Estimated = Estimated,
            Scale = common,
        };
    }

    /// <summary>The same amounts with more decimals, or null where one of them would not fit.</summary>
    public AmountColumn? Finer(int decimals)
    {
        var unscaled = (long[])Unscaled.Clone();
        for (var i = 0; i < unscaled.Length; i++)
            if (!Rescale(ref unscaled[i], Scale, Scale + decimals)) return null;
        return new AmountColumn
        {
            Unscaled = unscaled,
            State = State,
            Estimated = Estimated,
            Scale = Scale + decimals,
        };
    }

    /// <summary>
    /// Reads the cells of one column, or (wide tables) any list of cells. A cell with a unit of its own is
    /// converted exactly to the column's unit; what cannot be read is refused with a finding each.
    /// </summary>
    /// <param name="job">The sheet.</param>
    /// <param name="style">How its numbers are written.</param>
    /// <param name="rows">Row of each cell.</param>
    /// <param name="columns">Column of each cell, or a single one for all.</param>
    /// <param name="unit">Unit the amounts are wanted in, or null where none is known.</param>
    /// <param name="factor">What plain numbers are multiplied with: header unit to wanted unit, times a CT
    /// ratio.</param>
    public static AmountColumn Read(
        SheetJob job, NumberStyle style, ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, Unit? unit,
        Amount factor)
    {
        var unscaled = new long[rows.Length];
        var scales = new byte[rows.Length];
        var state = new CellState[rows.Length];
        bool[]? estimated = null;
        var (common, uniform) = (0, factor == Amount.One);
        for (var i = 0; i < rows.Length; i++)
        {
            job.Plan.Pace.Step();
            var column = columns[columns.Length == 1 ? 0 : i];
            var text = job.Sheet.Text(rows[i], column);
            if (uniform && NumberText.TryPlain(text, style.Decimal, out unscaled[i], out var scale)
                && !job.Sheet.IsSpread(rows[i], column))
            {
                scales[i] = (byte)scale;
                if (scale > common) common = scale;
                continue;
            }
            unscaled[i] = 0;
            state[i] = Slow(job, style, rows[i], column, unit, factor, out var amount, out var marked);
            if (marked) (estimated ??= new bool[rows.Length])[i] = true;
            if (state[i] != CellState.Read) continue;
            if (!amount.TryGetStored(out unscaled[i], out scale))
            {
                state[i] = CellState.Refused;
                unscaled[i] = 0;
                job.Refuse("import.number.large", rows[i], column, ("value", text.Trim().ToString()));
                continue;
            }
            scales[i] = (byte)scale;
            if (scale > common) common = scale;
        }
        common = TrailingZeros(unscaled, scales, common);
        for (var i = 0; i < rows.Length; i++)
        {
            if (scales[i] == common || unscaled[i] == 0) continue;
            if (Rescale(ref unscaled[i], scales[i], common)) continue;
            state[i] = CellState.Refused;
            unscaled[i] = 0;
            job.Refuse("import.number.large", rows[i], columns[columns.Length == 1 ? 0 : i],
                ("value", job.Sheet.Value(rows[i], columns[columns.Length == 1 ? 0 : i])));
        }
        return new AmountColumn { Unscaled = unscaled, State = state, Estimated = estimated, Scale = common };
    }

    /// <summary>A scale that every value shares as trailing zeros ("3.10", "4.00") is not needed.</summary>
    private static int TrailingZeros(long[] unscaled, byte[] scales, int common)
    {
        for (; common > 0; common--)
            for (var i = 0; i < unscaled.Length; i++)
                if (scales[i] >= common && unscaled[i] % Pow(scales[i] - common + 1) != 0) return common;
        return common;
    }

    private static bool Rescale(ref long value, int from, int to)
    {
        if (to < from) value /= Pow(from - to);
        else
        {
            var wide = (Int128)value * Pow(to - from);
            if (wide > long.MaxValue || wide < long.MinValue) return false;
            value = (long)wide;
        }
        return true;
    }

    private static long Pow(int power)
    {
        var result = 1L;
        for (var i = 0; i < power; i++) result *= 10;
        return result;
    }

    private static CellState Slow(SheetJob job, NumberStyle style, int row, int column, Unit? unit,
        Amount factor,
        out Amount amount, out bool estimated)
    {
        (amount, estimated) = (Amount.Zero, false);
        var text = job.Sheet.Text(row, column);
        if (NumberText.IsMissing(text) || job.Sheet.IsSpread(row, column)) return CellState.Missing;
        if (job.Sheet.Kind(row, column) == Reading.CellKind.Number) style = NumberStyle.Point;
        if (!NumberText.TryRead(text, style, out amount, out var marks))
        {
            job.Refuse("import.number.unreadable", row, column, ("value", text.Trim().ToString()));
            return CellState.Refused;
        }
        estimated = marks.Estimated == true;
        if (marks.Unit is null || unit is null || !UnitText.TryParse(marks.Unit, out var own))
        {
            amount *= factor;
            return CellState.Read;
        }
        if (own.Code == unit.Code) return CellState.Read;
        if (Convert(amount, own, unit) is { } converted)
        {
            amount = converted;
            return CellState.Read;
        }
        job.Refuse("import.unit.unlike", row, column, ("value", text.Trim().ToString()),
            ("unit", own.Code), ("expected", unit.Code));
        return CellState.Refused;
    }

    /// <summary>The amount in another unit where the conversion is exact, else null.</summary>
    public static Amount? Convert(Amount amount, Unit from, Unit to)
    {
        if (!from.ConvertsTo(to)) return null;
        var (numerator, denominator) = from.RatioTo(to);
        var exact = Amount.From(amount.Unscaled * numerator, amount.Scale);
        if (denominator.IsOne) return exact;
        var quotient = Amount.Divide(exact, Amount.From(denominator), exact.Scale + 18);
        return quotient * Amount.From(denominator) == exact ? quotient : null;
    }
}
