using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Celadon.Lca.Model;
using Celadon.Lca.Results;
using Celadon.Lca.Sampling;
using Celadon.Lca.Sparse;
using D = System.Runtime.Intrinsics.Vector512<double>;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// One category: the exchanges with nature that it counts, row by row, with factor and scale multiplied in.
/// An uncertain factor is drawn once a sample, one by formula follows its parameters; either holds for every
/// process that has the flow.
/// </summary>
internal sealed unsafe class ScorePlan : IDisposable
{
    private readonly AlignedBuffer<int> _starts;
    private readonly (int Row, int Driven, int Slot, double Unit)[] _driven;
    private readonly AlignedBuffer<int> _factor;
    private readonly AlignedBuffer<double> _known;
    private readonly DrawTable _emissions;
    private readonly DrawTable _factors;
    private readonly int[] _drivenFactors;
    private readonly int _rows;

    private readonly double _unit;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ScorePlan(LcaResult result, ReachedSystem reached, DrivenPlan driven, CategoryIndex category)
    {
        _rows = reached.Processes.Length;
        var system = result.System;
        // In units of the nominal score, so that single precision suits any method's unit.
        var gross = Balance.Of(result.ProcessContributions(category)).Gross;
        _unit = gross > 0 ? gross : 1;
        var (nominal, slotOf, factorDraws, drivenFactors) = FactorsOf(system, category, driven);
        var (b, starts, slots) = (system.Biosphere, new int[_rows + 1], new List<int>());
        var (known, draws) = (new double[_rows], new List<(uint, Draws.Parameters)>());
        var followed = new List<(int, int, int, double)>();
        for (var i = 0; i < _rows; i++)
        {
            var j = reached.Processes[i];
            for (var p = b.Matrix.Starts[j]; p < b.Matrix.Starts[j + 1]; p++)
            {
                var (flow, amount) = (b.Matrix.RowOf[p], b.Matrix.Values[p]);
                var slot = slotOf[flow];
                var k = (slot >= 0 ? 1 : nominal[flow]) * reached.Scale[i] / _unit;
                if (k == 0) continue;
                if (driven.Biosphere(p) is >= 0 and var follows)
                {
                    followed.Add((i, follows, slot, k));
                    continue;
                }
                if (!b.Of(p).IsUncertain && slot < 0)
                {
                    known[i] += amount * k;
                    continue;
                }
                slots.Add(slot);
                draws.Add((Streams.Of(system, UncertainPart.Biosphere, p), b.Of(p).IsUncertain
                    ? Draws.Parameters.Of(b.Of(p), k)
                    : Draws.Parameters.Exactly(amount * k)));
            }
            starts[i + 1] = draws.Count;
        }
        (_starts, _factor) = (AlignedBuffer<int>.From(starts), AlignedBuffer<int>.From([.. slots]));
        _known = AlignedBuffer<double>.From(known);
        _driven = [.. followed];
        (_emissions, _factors) = (new DrawTable(draws), new DrawTable(factorDraws));
        _drivenFactors = drivenFactors;
        HasUncertainFactors = factorDraws.Count + drivenFactors.Length > 0;
        FactorRoom = 32L * (factorDraws.Count + drivenFactors.Length);
    }

    /// <summary>Uncertain exchanges with nature.</summary>
    public int Count => _emissions.Count;

    public bool HasUncertainFactors { get; }

    /// <summary>Doubles needed for the drawn factors of a batch.</summary>
    public long FactorRoom { get; }

    /// <summary>
    /// Scores of the thirty-two samples; y of the first half, then of the second. Each weight is drawn, used
    /// and forgotten.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Score(in Threefry.Key key, double* y0, double* y1, double* factors, double* driven,
        double* scores)
    {
        for (var f = 0; f < _factors.Count; f++)
        {
            _factors.Draw(key, f, out var a, out var b);
            Widen(a, b, factors + (32L * f));
        }
        for (var f = 0; f < _drivenFactors.Length; f++)
            new Span<double>(driven + (32L * _drivenFactors[f]), Draws.Lanes).CopyTo(
                new Span<double>(factors + (32L * (_factors.Count + f)), Draws.Lanes));
        D s0 = default, s1 = default, s2 = default, s3 = default;
        foreach (var (row, follows, slot, unit) in _driven)
        {
            double* value = driven + (32L * follows), factor = factors + (32L * Math.Max(slot, 0));
            double* a = y0 + (16L * row), b = y1 + (16L * row);
            var known = slot < 0;
            s0 += Followed(value, known ? null : factor, unit) * Vector512.LoadAligned(a);
            s1 += Followed(value + 8, known ? null : factor + 8, unit) * Vector512.LoadAligned(a + 8);
            s2 += Followed(value + 16, known ? null : factor + 16, unit) * Vector512.LoadAligned(b);
            s3 += Followed(value + 24, known ? null : factor + 24, unit) * Vector512.LoadAligned(b + 8);
        }
        if (_emissions.IsLognormal && !HasUncertainFactors)
            Rows<LognormalDraws>(key, y0, y1, factors, ref s0, ref s1, ref s2, ref s3);
        else Rows<AnyDraws>(key, y0, y1, factors, ref s0, ref s1, ref s2, ref s3);
        Vector512.Store(s0 * Vector512.Create(_unit), scores);
        Vector512.Store(s1 * Vector512.Create(_unit), scores + 8);
        Vector512.Store(s2 * Vector512.Create(_unit), scores + 16);
        Vector512.Store(s3 * Vector512.Create(_unit), scores + 24);
    }

    /// <summary>What each process lets go, times its supply.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rows<T>(in Threefry.Key key, double* y0, double* y1, double* factors, ref D t0, ref D t1,
        ref D t2, ref D t3) where T : struct, IDraws
    {
        var (s0, s1, s2, s3, local) = (t0, t1, t2, t3, key);
        for (var i = 0; i < _rows; i++)
        {
            var u0 = Vector512.Create(_known.Pointer[i]);
            D u1 = u0, u2 = u0, u3 = u0;
            if (typeof(T) == typeof(AnyDraws) && HasUncertainFactors)
                Row(local, i, factors, ref u0, ref u1, ref u2, ref u3);
            else
                for (var q = _starts.Pointer[i]; q < _starts.Pointer[i + 1]; q++)
                {
                    T.Draw(_emissions, local, q, out var a, out var b);
                    u0 += Vector512.WidenLower(a);
                    u1 += Vector512.WidenUpper(a);
                    u2 += Vector512.WidenLower(b);
                    u3 += Vector512.WidenUpper(b);
                }
            s0 = Vector512.FusedMultiplyAdd(u0, Vector512.LoadAligned(y0 + (16L * i)), s0);
            s1 = Vector512.FusedMultiplyAdd(u1, Vector512.LoadAligned(y0 + (16L * i) + 8), s1);
            s2 = Vector512.FusedMultiplyAdd(u2, Vector512.LoadAligned(y1 + (16L * i)), s2);
            s3 = Vector512.FusedMultiplyAdd(u3, Vector512.LoadAligned(y1 + (16L * i) + 8), s3);
        }
        (t0, t1, t2, t3) = (s0, s1, s2, s3);
    }

    public void Dispose()
    {
        _starts.Dispose();
        _factor.Dispose();
        _known.Dispose();
        _emissions.Dispose();
        _factors.Dispose();
    }

    /// <summary>Eight values of what is driven, with its unit and, where it is drawn, its factor.</summary>
    private static D Followed(double* value, double* factor, double unit)
    {
        var amount = Vector512.Create(unit) * Vector512.Load(value);
        return factor == null ? amount : amount * Vector512.Load(factor);
    }

    private void Row(in Threefry.Key key, int i, double* factors, ref D u0, ref D u1, ref D u2, ref D u3)
    {
        for (var q = _starts.Pointer[i]; q < _starts.Pointer[i + 1]; q++)
        {
            _emissions.Draw(key, q, out var a, out var b);
            var slot = _factor.Pointer[q];
            var one = Vector512.Create(1.0);
            var f = factors + (32L * Math.Max(slot, 0));
            u0 += Vector512.WidenLower(a) * (slot < 0 ? one : Vector512.Load(f));
            u1 += Vector512.WidenUpper(a) * (slot < 0 ? one : Vector512.Load(f + 8));
            u2 += Vector512.WidenLower(b) * (slot < 0 ? one : Vector512.Load(f + 16));
            u3 += Vector512.WidenUpper(b) * (slot < 0 ? one : Vector512.Load(f + 24));
        }
    }

    private static void Widen(Vector512<float> a, Vector512<float> b, double* to)
    {
        Vector512.Store(Vector512.WidenLower(a), to);
        Vector512.Store(Vector512.WidenUpper(a), to + 8);
        Vector512.Store(Vector512.WidenLower(b), to + 16);
        Vector512.Store(Vector512.WidenUpper(b), to + 24);
    }

    /// <summary>
    /// Nominal factors by flow, the slot of each that varies (−1 where it is known), what to draw, and, in
    /// the slots after those, what is driven.
    /// </summary>
    private static (double[] Nominal, int[] Slots, List<(uint, Draws.Parameters)> Draws, int[] Driven)
        FactorsOf(ProductSystem system, CategoryIndex category, DrivenPlan driven)
    {
        var (c, nominal) = (system.Factors, system.FactorRow(category));
        var (slots, draws) = (new int[nominal.Length], new List<(uint, Draws.Parameters)>());
        var followed = new List<(int Flow, int Driven)>();
        Array.Fill(slots, -1);
        for (var e = 0; e < nominal.Length; e++)
            for (var p = c.Matrix.Starts[e]; p < c.Matrix.Starts[e + 1]; p++)
            {
                var follows = driven.Factor(p);
                if (c.Matrix.RowOf[p] != category.Value || (!c.Of(p).IsUncertain && follows < 0)) continue;
                if (slots[e] >= 0)
                    throw new NotSupportedException("Two uncertain factors of one flow in one category.");
                if (follows >= 0)
                {
                    // Its place is known when all draws are; until then it is taken.
                    slots[e] = 0;
                    followed.Add((e, follows));
                    continue;
                }
                slots[e] = draws.Count;
                draws.Add((Streams.Of(system, UncertainPart.Factor, p),
                    Draws.Parameters.Of(c.Of(p), 1)));
            }
        for (var f = 0; f < followed.Count; f++) slots[followed[f].Flow] = draws.Count + f;
        return (nominal, slots, draws, [.. followed.Select(f => f.Driven)]);
    }
}
