using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Celadon.Lca.Sparse;
using F = System.Runtime.Intrinsics.Vector512<float>;
using H = System.Runtime.Intrinsics.Vector256<float>;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// One thread's room for a condensed loop of sixteen samples. Its core is swept eight samples at a time: so
/// much of it stays in the second cache, where sixteen would be read from the third at every sweep.
/// </summary>
internal sealed unsafe class LoopRoom : IDisposable
{
    private const int Lanes = BatchKernels.Half;
    private const int Narrow = 8;

    /// <summary>Sweeps before the first leap, and between two.</summary>
    private const int FirstLeap = 4, LeapEvery = 2;

    private readonly LoopPlan _plan;
    private readonly AlignedBuffer<float> _row;
    private readonly AlignedBuffer<float> _taken;
    private readonly AlignedBuffer<float> _kept;
    private readonly AlignedBuffer<float> _own;
    private readonly AlignedBuffer<float> _weight;
    private readonly AlignedBuffer<float> _step;
    private readonly AlignedBuffer<float>[] _core;
    private readonly AlignedBuffer<float>[] _constant;
    private readonly AlignedBuffer<float>[] _value;

    public LoopRoom(LoopPlan plan, float[] weights)
    {
        _plan = plan;
        _row = new(Lanes * (long)plan.MostSlots);
        _taken = new(Lanes * (long)plan.TakenCount);
        _kept = new(Lanes * (long)plan.KeptCount);
        _own = new(Lanes * (long)plan.OwnCount);
        _weight = AlignedBuffer<float>.From(weights.AsSpan(plan.Loop.Begin, plan.CoreRows));
        _step = new(Narrow * (long)plan.CoreRows);
        _core = [new(Narrow * (long)plan.CoreCount), new(Narrow * (long)plan.CoreCount)];
        _constant = [new(Narrow * (long)plan.CoreRows), new(Narrow * (long)plan.CoreRows)];
        _value = [new(Narrow * (long)plan.CoreRows), new(Narrow * (long)plan.CoreRows)];
    }

    /// <summary>Bytes outside the managed heap.</summary>
    public long Bytes => Parts.Sum(p => p.Bytes);

    private IEnumerable<AlignedBuffer<float>> Parts =>
        [_row, _taken, _kept, _own, _weight, _step, .. _core, .. _constant, .. _value];

    public void Dispose()
    {
        foreach (var part in Parts) part.Dispose();
    }

    /// <summary>
    /// Eliminates, in all lanes, and makes residuals the constants of the condensed equations, row by row
    /// while its coefficients are at hand. Lanes in which a process takes all it makes, or more, are lost.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Condense(float* z, float* known, double* r, float* e, ref F lost)
    {
        float* kept = _kept.Pointer, taken = _taken.Pointer, own = _own.Pointer;
        float* low = _core[0].Pointer, high = _core[1].Pointer;
        var loop = _plan.Loop;
        int* make = _plan.Make, fold = _plan.Fold;
        for (var step = 0; step < loop.End - loop.Begin; step++)
        {
            var (count, from) = (make[6], make[5]);
            var isCore = step >= loop.End - loop.Kept;
            var gain = F.One;
            var slots = _row.Pointer + (Lanes * from);
            make = Eliminate(make, z, known, taken, own, ref gain);
            lost |= ~Vector512.GreaterThan(gain, F.Zero);
            if (isCore)
                for (var j = 0; j < count; j++, slots += Lanes, low += Narrow, high += Narrow)
                {
                    var value = gain * Vector512.LoadAligned(slots);
                    Vector256.StoreAligned(value.GetLower(), low);
                    Vector256.StoreAligned(value.GetUpper(), high);
                }
            else
                for (var j = 0; j < count; j++, slots += Lanes, kept += Lanes)
                    Vector512.StoreAligned(gain * Vector512.LoadAligned(slots), kept);
            fold = FoldRow(fold, _plan.PlaceOf(step), z, known, r, e, ref taken, ref own);
        }
    }

    /// <summary>
    /// One row in its slots, with what eliminated suppliers take in their place; what it takes of
    /// them and its gain are kept.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int* Eliminate(int* code, float* z, float* known, float* taken, float* own, ref F gain)
    {
        var head = code;
        var row = _row.Pointer;
        code = Gather(code, z, known, row);
        for (var m = 0; m < head[4]; m++)
        {
            var much = Vector512.LoadAligned(z + ((long)Lanes * *code));
            code = Substitute(code + 1, row, much);
        }
        for (var m = 0; m < head[5]; m++)
        {
            var much = Vector512.LoadAligned(row + (Lanes * m));
            Vector512.StoreAligned(much, taken + (Lanes * m));
            code = Substitute(code, row, much);
        }
        if (head[7] < 0) return code;
        gain /= F.One - Vector512.LoadAligned(row + head[7]);
        Vector512.StoreAligned(gain, own);
        return code;
    }

    /// <summary>The entries of a row in its slots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int* Gather(int* code, float* z, float* known, float* row)
    {
        var head = code;
        code += 8;
        for (var q = 0; q < head[0]; q++, code++) Vector512.StoreAligned(F.Zero, row + *code);
        for (var q = 0; q < head[1]; q++, code += 2)
            Vector512.StoreAligned(Vector512.LoadAligned(z + ((long)Lanes * code[1])), row + code[0]);
        for (var q = 0; q < head[2]; q++, code += 2)
            Vector512.StoreAligned(Vector512.LoadAligned(row + code[0])
                + Vector512.LoadAligned(z + ((long)Lanes * code[1])), row + code[0]);
        for (var q = 0; q < head[3]; q++, code += 2)
            Vector512.StoreAligned(Vector512.LoadAligned(row + code[0])
                + Vector512.Create(known[code[1]]), row + code[0]);
        return code;
    }

    /// <summary>What an eliminated supplier takes, in its place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int* Substitute(int* code, float* row, F much)
    {
        var from = _kept.Pointer + ((long)Lanes * code[0]);
        var count = code[1];
        code += 2;
        for (var j = 0; j < count; j++, from += Lanes)
        {
            var to = row + code[j];
            Vector512.StoreAligned(Vector512.FusedMultiplyAdd(much, Vector512.LoadAligned(from),
                Vector512.LoadAligned(to)), to);
        }
        return code + count;
    }

    /// <summary>
    /// Residuals into the constants of the condensed equations. Those of eliminated processes wait in e for
    /// <see cref="Unfold"/>; corrections of earlier stretches are known and go in.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fold(float* z, float* known, double* r, float* e)
    {
        float* taken = _taken.Pointer, own = _own.Pointer;
        var code = _plan.Fold;
        for (var step = 0; step < _plan.Loop.End - _plan.Loop.Begin; step++)
            code = FoldRow(code, _plan.PlaceOf(step), z, known, r, e, ref taken, ref own);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int* FoldRow(int* code, long at, float* z, float* known, double* r, float* e, ref float* taken,
        ref float* own)
    {
        var head = code;
        code += 4;
        F a = BatchKernels.Single(r + (Lanes * at)), b = default;
        for (var q = 0; q < head[0]; q++, code += 2)
            b = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(z + ((long)Lanes * code[0])),
                Vector512.LoadAligned(e + code[1]), b);
        for (var q = 0; q < head[1]; q++, code += 2)
            b = Vector512.FusedMultiplyAdd(Vector512.Create(known[code[0]]),
                Vector512.LoadAligned(e + code[1]), b);
        for (var m = 0; m < head[2]; m++, code++, taken += Lanes)
            a = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(taken), Vector512.LoadAligned(e + *code), a);
        a += b;
        if (head[3] != 0)
        {
            a *= Vector512.LoadAligned(own);
            own += Lanes;
        }
        if (at >= _plan.Loop.Kept) Vector512.StoreAligned(a, e + (Lanes * at));
        else Keep(a, Narrow * (at - _plan.Loop.Begin));
        return code;
    }

    /// <summary>The constant of a row of the core, which is its first value too.</summary>
    private void Keep(F a, long at)
    {
        Vector256.StoreAligned(a.GetLower(), _constant[0].Pointer + at);
        Vector256.StoreAligned(a.GetUpper(), _constant[1].Pointer + at);
        Vector256.StoreAligned(a.GetLower(), _value[0].Pointer + at);
        Vector256.StoreAligned(a.GetUpper(), _value[1].Pointer + at);
    }

    /// <summary>
    /// Sweeps the core until its changes are small enough in all lanes that are not lost; returns the sweeps
    /// of both halves. Now and then it leaps to where the last steps lead (reduced rank extrapolation of
    /// order one in each lane; Eddy 1979): what is slow in these loops is mostly one mode.
    /// </summary>
    public int Sweep(F enough, ref F lost, int most)
    {
        var low = SweepHalf(0, enough.GetLower(), lost.GetLower(), most, out var lostLow);
        var high = SweepHalf(1, enough.GetUpper(), lost.GetUpper(), most, out var lostHigh);
        lost = Vector512.Create(lostLow, lostHigh);
        return low + high;
    }

    private int SweepHalf(int half, H enough, H before, int most, out H lost)
    {
        lost = before;
        for (var sweep = 1; _plan.CoreCount > 0; sweep++)
        {
            var change = SweepCore(half, out var down, out var square);
            lost |= ~Vector256.LessThan(change, Vector256.Create(1e20f));
            if (sweep == most || Vector256.EqualsAll((Vector256.LessThanOrEqual(change, enough) | lost)
                .AsInt32(), Vector256<int>.AllBitsSet)) return sweep;
            if (sweep >= FirstLeap && (sweep - FirstLeap) % LeapEvery == 0) Leap(half, down, square);
        }
        return 0;
    }

    /// <summary>
    /// One Gauss-Seidel sweep of the core; returns Σ w|change| of each lane, and for the leap the products of
    /// the change of the change with the change and with itself.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private H SweepCore(int half, out H down, out H square)
    {
        float* z = _core[half].Pointer, c = _constant[half].Pointer, e = _value[half].Pointer;
        float* weight = _weight.Pointer, steps = _step.Pointer;
        int* starts = _plan.CoreStarts, column = _plan.CoreColumns;
        H change = default, first = default, second = default;
        for (var i = 0; i < _plan.CoreRows; i++)
        {
            H a = Vector256.LoadAligned(c + (Narrow * i)), b = default, d = default, f = default;
            var end = _plan.CoreColumns + starts[i + 1];
            for (; column + 3 < end; column += 4, z += 4 * Narrow)
            {
                a = Vector256.FusedMultiplyAdd(Vector256.LoadAligned(z), Vector256.LoadAligned(e + column[0]),
                    a);
                b = Vector256.FusedMultiplyAdd(Vector256.LoadAligned(z + Narrow),
                    Vector256.LoadAligned(e + column[1]), b);
                d = Vector256.FusedMultiplyAdd(Vector256.LoadAligned(z + (2 * Narrow)),
                    Vector256.LoadAligned(e + column[2]), d);
                f = Vector256.FusedMultiplyAdd(Vector256.LoadAligned(z + (3 * Narrow)),
                    Vector256.LoadAligned(e + column[3]), f);
            }
            for (; column < end; column++, z += Narrow)
                b = Vector256.FusedMultiplyAdd(Vector256.LoadAligned(z), Vector256.LoadAligned(e + *column),
                    b);
            a += b + (d + f);
            float* own = e + (Narrow * i), last = steps + (Narrow * i);
            H step = a - Vector256.LoadAligned(own), turn = step - Vector256.LoadAligned(last);
            var w = Vector256.Create(weight[i]);
            change = Vector256.FusedMultiplyAdd(w, Vector256.Abs(step), change);
            first = Vector256.FusedMultiplyAdd(w * turn, step, first);
            second = Vector256.FusedMultiplyAdd(w * turn, turn, second);
            Vector256.StoreAligned(a, own);
            Vector256.StoreAligned(step, last);
        }
        (down, square) = (first, second);
        return change;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Leap(int half, H down, H square)
    {
        var far = Vector256.Min(Vector256.Max(-down / square, Vector256.Create(-0.5f)), Vector256.Create(3f));
        far = Vector256.ConditionalSelect(Vector256.GreaterThan(square, H.Zero), far, H.Zero);
        float* e = _value[half].Pointer, step = _step.Pointer;
        for (var i = 0; i < Narrow * _plan.CoreRows; i += Narrow)
            Vector256.StoreAligned(Vector256.FusedMultiplyAdd(far, Vector256.LoadAligned(step + i),
                Vector256.LoadAligned(e + i)), e + i);
    }

    /// <summary>Corrections of the core, and of the eliminated rows from them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Unfold(float* e)
    {
        var loop = _plan.Loop;
        var code = _plan.Back;
        float* low = _value[0].Pointer, high = _value[1].Pointer;
        var to = e + ((long)Lanes * loop.Begin);
        for (var i = 0; i < _plan.CoreRows; i++, to += Lanes)
            Vector512.StoreAligned(Vector512.Create(Vector256.LoadAligned(low + (Narrow * i)),
                Vector256.LoadAligned(high + (Narrow * i))), to);
        for (var i = loop.Kept; i < loop.End; i++, to += Lanes)
        {
            var from = _kept.Pointer + ((long)Lanes * code[0]);
            var count = code[1];
            code += 2;
            var a = Vector512.LoadAligned(to);
            for (var j = 0; j < count; j++, from += Lanes)
                a = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(from),
                    Vector512.LoadAligned(e + code[j]), a);
            code += count;
            Vector512.StoreAligned(a, to);
        }
    }
}
