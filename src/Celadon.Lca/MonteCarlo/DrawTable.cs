using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Celadon.Lca.Model;
using Celadon.Lca.Sampling;
using Celadon.Lca.Sparse;
using F = System.Runtime.Intrinsics.Vector512<float>;

namespace Celadon.Lca.MonteCarlo;

/// <summary>Uncertain coefficients, one after the other, with what their draws need.</summary>
internal sealed unsafe class DrawTable : IDisposable
{
    private readonly AlignedBuffer<Draws.Parameters> _parameters;
    private readonly AlignedBuffer<uint> _ids;
    private readonly bool _allLognormal;

    /// <summary>A table of draws, each with its random stream.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public DrawTable(IReadOnlyList<(uint Stream, Draws.Parameters Parameters)> draws)
    {
        Count = draws.Count;
        _parameters = new(Count);
        _ids = new(Count);
        _allLognormal = true;
        for (var q = 0; q < Count; q++)
        {
            (_ids.Pointer[q], _parameters.Pointer[q]) = (draws[q].Stream, draws[q].Parameters);
            _allLognormal &= draws[q].Parameters.Kind == Distribution.Lognormal;
        }
    }

    /// <summary>Number of coefficients.</summary>
    public int Count { get; }

    /// <summary>
    /// Whether all draws are lognormal and the machine has registers of 512 bits: then
    /// <see cref="LognormalDraws"/> does.
    /// </summary>
    public bool IsLognormal => _allLognormal && Vector512.IsHardwareAccelerated;

    /// <summary>The draws of a coefficient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Draw(in Threefry.Key key, long q, out F first, out F second)
    {
        var p = _parameters.Pointer + q;
        if (_allLognormal && !Vector512.IsHardwareAccelerated)
            NarrowDraws.Lognormal(key, _ids.Pointer[q], p->A, p->B, out first, out second);
        else Draws.Draw(key, _ids.Pointer[q], *p, out first, out second);
    }

    /// <summary>The draws of a coefficient in a table of lognormal ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DrawLognormal(in Threefry.Key key, long q, out F first, out F second)
    {
        var p = _parameters.Pointer + q;
        Threefry.Blocks(key, _ids.Pointer[q], out var a, out var b);
        FloatMath.Normal(a, b, out var n0, out var n1);
        var (s, median) = (Vector512.Create(p->B), Vector512.Create(p->A));
        first = FloatMath.Exp2(s * n0) * median;
        second = FloatMath.Exp2(s * n1) * median;
    }

    public void Dispose()
    {
        _parameters.Dispose();
        _ids.Dispose();
    }
}

/// <summary>
/// How a loop draws. One over lognormal draws alone calls nothing: all it needs stays in registers.
/// </summary>
internal interface IDraws
{
    /// <summary>The draws of a coefficient.</summary>
    static abstract void Draw(DrawTable table, in Threefry.Key key, long q, out F first, out F second);
}

/// <summary>Draws of any distribution.</summary>
internal readonly struct AnyDraws : IDraws
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Draw(DrawTable table, in Threefry.Key key, long q, out F first, out F second) =>
        table.Draw(key, q, out first, out second);
}

/// <summary>Draws of a table that has only lognormal ones.</summary>
internal readonly struct LognormalDraws : IDraws
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Draw(DrawTable table, in Threefry.Key key, long q, out F first, out F second) =>
        table.DrawLognormal(key, q, out first, out second);
}
