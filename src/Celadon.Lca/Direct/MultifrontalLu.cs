using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Celadon.Lca.Sparse;

namespace Celadon.Lca.Direct;

/// <summary>
/// LU by fronts with the pivots on the diagonal as they come. A technosphere whose processes give out more
/// than they take back is an M-matrix up to scaling, and needs no pivoting (Fiedler and Pták 1962); whether
/// it went well is measured afterwards by the residual. Not for two threads at once.
/// </summary>
internal sealed unsafe class MultifrontalLu : IDisposable
{
    private readonly FrontPlan _plan;
    private readonly AlignedBuffer<double> _panels;
    private readonly AlignedBuffer<double> _x;
    private readonly AlignedBuffer<double> _room;
    private readonly double[] _outside;
    private Workshop? _workshop;
    private int _factored;

    /// <summary>Room for the factor of one plan.</summary>
    public MultifrontalLu(FrontPlan plan)
    {
        _plan = plan;
        _panels = new(plan.PanelStarts[^1]);
        _x = new(plan.Size + FrontPlan.Lanes);
        _room = new(plan.Size + (2 * FrontPlan.Lanes));
        _outside = new double[plan.Outside.Exchange.Length];
    }

    /// <summary>Bytes held outside the managed heap.</summary>
    public long Bytes => _panels.Bytes + _x.Bytes + _room.Bytes + (_workshop?.Bytes ?? 0);

    /// <summary>Factors the matrix with these amounts; false when a pivot is zero.</summary>
    public bool Factor(double[] values)
    {
        _workshop ??= new Workshop(_plan);
        var done = Factor(values, _workshop);
        if (++_factored > 1) return done;
        // Most systems are factored once. Who does it again will do so often: then the room is kept.
        _workshop.Dispose();
        _workshop = null;
        return done;
    }

    private bool Factor(double[] values, Workshop workshop)
    {
        for (var q = 0; q < _outside.Length; q++) _outside[q] = values[_plan.Outside.Exchange[q]];
        var top = 0L;
        workshop.Largest.Clear();
        foreach (var t in _plan.Sequence)
        {
            var (width, rest) = (_plan.Fronts.Width[t], _plan.Fronts.Rows[t].Length);
            if (width == 1 && rest == 0 && _plan.Fronts.Children[t].Length == 0)
            {
                if (!FactorSingle(t, values)) return false;
                continue;
            }
            var pitch = FrontPlan.Pitch(width + rest);
            var front = t == _plan.Largest ? workshop.Largest.Pointer : workshop.Front.Pointer;
            if (t != _plan.Largest)
                new Span<double>(front, (width + rest + FrontPlan.Lanes) * pitch).Clear();
            for (var q = _plan.ExchangeStarts[t]; q < _plan.ExchangeStarts[t + 1]; q++)
                front[_plan.Place[q]] += values[_plan.Exchange[q]];
            if (t != _plan.Largest) top = Pop(t, workshop.Stack.Pointer, front, pitch, top);
            if (!FrontKernels.Eliminate(front, pitch, width + rest, width, workshop.Room.Pointer))
                return false;
            Keep(t, front, width, rest, pitch);
            if (rest == 0) continue;
            var remainder = front + ((long)width * pitch) + width;
            if (_plan.Parent[t] == _plan.Largest)
                Extend(t, remainder, pitch, workshop.Largest.Pointer, LargestPitch());
            else top += Push(workshop.Stack.Pointer + top, remainder, rest, pitch);
        }
        return true;
    }

    /// <summary>x = A⁻¹b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(ReadOnlySpan<double> b, Span<double> x)
    {
        var z = _x.Pointer;
        for (var k = 0; k < _plan.Size; k++) z[k] = b[_plan.Order[k]];
        fixed (int* starts = _plan.Outside.Starts, rows = _plan.Outside.Rows)
        fixed (double* outside = _outside)
            for (var g = _plan.Groups.Count - 1; g >= 0; g--)
            {
                var (first, end) = (_plan.GroupFronts[g], _plan.GroupFronts[g + 1]);
                for (var t = first; t < end; t++) Forward(t, z);
                for (var t = end - 1; t >= first; t--) Backward(t, z);
                for (var k = _plan.Groups.Starts[g]; k < _plan.Groups.Starts[g + 1]; k++)
                    if (z[k] != 0)
                        for (var q = starts[k]; q < starts[k + 1]; q++) z[rows[q]] -= outside[q] * z[k];
            }
        for (var k = 0; k < _plan.Size; k++) x[_plan.Order[k]] = z[k];
    }

    /// <summary>y = A⁻ᵀg.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SolveTransposed(ReadOnlySpan<double> g, Span<double> y)
    {
        var z = _x.Pointer;
        for (var k = 0; k < _plan.Size; k++) z[k] = g[_plan.Order[k]];
        fixed (int* starts = _plan.Outside.Starts, rows = _plan.Outside.Rows)
        fixed (double* outside = _outside)
            for (var group = 0; group < _plan.Groups.Count; group++)
            {
                for (var k = _plan.Groups.Starts[group]; k < _plan.Groups.Starts[group + 1]; k++)
                {
                    var sum = z[k];
                    for (var q = starts[k]; q < starts[k + 1]; q++) sum -= outside[q] * z[rows[q]];
                    z[k] = sum;
                }
                var (first, end) = (_plan.GroupFronts[group], _plan.GroupFronts[group + 1]);
                for (var t = first; t < end; t++) ForwardTransposed(t, z);
                for (var t = end - 1; t >= first; t--) BackwardTransposed(t, z);
            }
        for (var k = 0; k < _plan.Size; k++) y[_plan.Order[k]] = z[k];
    }

    public void Dispose()
    {
        _panels.Dispose();
        _workshop?.Dispose();
        _x.Dispose();
        _room.Dispose();
    }

    private bool FactorSingle(int t, double[] values)
    {
        var pivot = 0.0;
        for (var q = _plan.ExchangeStarts[t]; q < _plan.ExchangeStarts[t + 1]; q++)
            pivot += values[_plan.Exchange[q]];
        _panels.Pointer[_plan.PanelStarts[t]] = pivot;
        return pivot != 0 && double.IsFinite(pivot);
    }

    private int LargestPitch() => FrontPlan.Pitch(_plan.Fronts.Width[_plan.Largest]
        + _plan.Fronts.Rows[_plan.Largest].Length);

    /// <summary>Adds the remainders of a front's children, last pushed first; returns the new top.</summary>
    private long Pop(int t, double* stack, double* front, int pitch, long top)
    {
        for (var c = _plan.Fronts.Children[t].Length - 1; c >= 0; c--)
        {
            var child = _plan.Fronts.Children[t][c];
            var size = _plan.Fronts.Rows[child].Length;
            top -= (long)size * FrontPlan.Padded(size);
            Extend(child, stack + top, FrontPlan.Padded(size), front, pitch);
        }
        return top;
    }

    /// <summary>Adds a child's remainder to its parent, run by run of neighbouring columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Extend(int child, double* remainder, int from, double* front, int pitch)
    {
        var (size, count) = (_plan.Fronts.Rows[child].Length, _plan.ParentRuns[child].Length);
        if (count == 0)
        {
            ExtendOneByOne(child, remainder, from, front, pitch);
            return;
        }
        fixed (int* rowIn = _plan.ParentRow[child], runs = _plan.ParentRuns[child])
            for (var i = 0; i < size; i++)
            {
                var target = front + ((long)rowIn[i] * pitch);
                var source = remainder + ((long)i * from);
                for (var r = 0; r < count; r += 3)
                {
                    double* a = source + runs[r], b = target + runs[r + 1];
                    var (length, k) = (runs[r + 2], 0);
                    for (; k + 8 <= length; k += 8)
                        Vector512.Store(Vector512.Load(b + k) + Vector512.Load(a + k), b + k);
                    for (; k < length; k++) b[k] += a[k];
                }
            }
    }

    /// <summary>The same entry by entry, for columns that have few neighbours in the parent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ExtendOneByOne(int child, double* remainder, int from, double* front, int pitch)
    {
        var size = _plan.Fronts.Rows[child].Length;
        fixed (int* places = _plan.ParentRow[child])
            for (var i = 0; i < size; i++)
            {
                var target = front + ((long)places[i] * pitch);
                var source = remainder + ((long)i * from);
                var k = 0;
                for (; k + 4 <= size; k += 4)
                {
                    double* a = target + places[k], b = target + places[k + 1];
                    double* c = target + places[k + 2], d = target + places[k + 3];
                    *a += source[k];
                    *b += source[k + 1];
                    *c += source[k + 2];
                    *d += source[k + 3];
                }
                for (; k < size; k++) target[places[k]] += source[k];
            }
    }

    /// <summary>Copies the eliminated rows and columns into the factor.</summary>
    private void Keep(int t, double* front, int width, int rest, int pitch)
    {
        var (across, along) = (FrontPlan.Padded(width), FrontPlan.Padded(rest));
        var panel = _panels.Pointer + _plan.PanelStarts[t];
        for (var i = 0; i < width; i++)
            Buffer.MemoryCopy(front + ((long)i * pitch), panel + ((long)i * across), width * 8L,
                width * 8L);
        panel += (long)width * across;
        for (var i = 0; i < width; i++)
            Buffer.MemoryCopy(front + ((long)i * pitch) + width, panel + ((long)i * along),
                rest * 8L,
                rest * 8L);
        panel += (long)width * along;
        for (var i = 0; i < rest; i++)
        {
            var row = front + ((long)(width + i) * pitch);
            for (var j = 0; j < width; j++) panel[((long)j * along) + i] = row[j];
        }
    }

    private static long Push(double* to, double* remainder, int rest, int pitch)
    {
        var along = FrontPlan.Padded(rest);
        for (var i = 0; i < rest; i++)
            Buffer.MemoryCopy(remainder + ((long)i * pitch), to + ((long)i * along), rest * 8L, rest * 8L);
        return (long)rest * along;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int t, double* z)
    {
        var (width, rest) = (_plan.Fronts.Width[t], _plan.Fronts.Rows[t].Length);
        var (across, along) = (FrontPlan.Padded(width), FrontPlan.Padded(rest));
        var d = _panels.Pointer + _plan.PanelStarts[t];
        var x = z + _plan.Fronts.First[t];
        var any = false;
        for (var c = 0; c < width && !any; c++) any = x[c] != 0;
        if (!any) return;
        PanelKernels.Lower(d, width, across, x, _room.Pointer);
        if (rest == 0) return;
        PanelKernels.Combine(d + ((long)width * (across + along)), width, along, x, _room.Pointer);
        Scatter(t, z, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int t, double* z)
    {
        var (width, rest) = (_plan.Fronts.Width[t], _plan.Fronts.Rows[t].Length);
        var (across, along) = (FrontPlan.Padded(width), FrontPlan.Padded(rest));
        var d = _panels.Pointer + _plan.PanelStarts[t];
        var x = z + _plan.Fronts.First[t];
        if (rest > 0)
        {
            Gather(t, z, rest, along);
            PanelKernels.Project(d + ((long)width * across), width, along, _room.Pointer, x);
        }
        PanelKernels.Upper(d, width, across, x, _room.Pointer);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardTransposed(int t, double* z)
    {
        var (width, rest) = (_plan.Fronts.Width[t], _plan.Fronts.Rows[t].Length);
        var (across, along) = (FrontPlan.Padded(width), FrontPlan.Padded(rest));
        var d = _panels.Pointer + _plan.PanelStarts[t];
        var x = z + _plan.Fronts.First[t];
        PanelKernels.UpperTransposed(d, width, across, x, _room.Pointer);
        if (rest == 0) return;
        PanelKernels.Combine(d + ((long)width * across), width, along, x, _room.Pointer);
        Scatter(t, z, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardTransposed(int t, double* z)
    {
        var (width, rest) = (_plan.Fronts.Width[t], _plan.Fronts.Rows[t].Length);
        var (across, along) = (FrontPlan.Padded(width), FrontPlan.Padded(rest));
        var d = _panels.Pointer + _plan.PanelStarts[t];
        var x = z + _plan.Fronts.First[t];
        if (rest > 0)
        {
            Gather(t, z, rest, along);
            PanelKernels.Project(d + ((long)width * (across + along)), width, along, _room.Pointer, x);
        }
        PanelKernels.LowerTransposed(d, width, across, x, _room.Pointer);
    }

    private void Scatter(int t, double* z, int rest)
    {
        var room = _room.Pointer;
        fixed (int* rows = _plan.Fronts.Rows[t])
            for (var i = 0; i < rest; i++) z[rows[i]] -= room[i];
    }

    private void Gather(int t, double* z, int rest, int padded)
    {
        var room = _room.Pointer;
        fixed (int* rows = _plan.Fronts.Rows[t])
            for (var i = 0; i < rest; i++) room[i] = z[rows[i]];
        for (var i = rest; i < padded; i++) room[i] = 0;
    }

    /// <summary>Room that only a factorisation needs: the largest front, another one, and what
    /// waits.</summary>
    private sealed class Workshop(FrontPlan plan) : IDisposable
    {
        public AlignedBuffer<double> Largest { get; } = new(plan.LargestRoom);

        public AlignedBuffer<double> Front { get; } = new(plan.OtherRoom);

        public AlignedBuffer<double> Stack { get; } = new(plan.LargestStack + FrontPlan.Lanes);

        public AlignedBuffer<double> Room { get; } = new(Packed.Room(plan.MostRows));

        public long Bytes => Largest.Bytes + Front.Bytes + Stack.Bytes + Room.Bytes;

        public void Dispose()
        {
            Largest.Dispose();
            Front.Dispose();
            Stack.Dispose();
            Room.Dispose();
        }
    }
}
