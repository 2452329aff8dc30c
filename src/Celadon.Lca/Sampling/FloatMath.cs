using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using F = System.Runtime.Intrinsics.Vector512<float>;
using I = System.Runtime.Intrinsics.Vector512<int>;
using UL = System.Runtime.Intrinsics.Vector512<ulong>;

namespace Celadon.Lca.Sampling;

/// <summary>
/// Logarithm, power of two and normal deviates in sixteen single-precision lanes. Our own polynomials, so
/// that a draw is the same on every machine: only additions, fused multiply-adds and square roots occur.
/// Errors: logarithm 1.2e-7, power of two 8e-8, relative; invisible in a sample.
/// </summary>
internal static class FloatMath
{
    private const float TwoToMinus31 = 4.656612873077393e-10f;
    private const float TwoToMinus33 = 1.1641532182693481e-10f;

    /// <summary>Sixteen numbers of (0, 1] from 31 random bits each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Uniform(UL bits) => Vector512.FusedMultiplyAdd(
        Vector512.ConvertToSingle(Vector512.ShiftRightLogical(bits.AsUInt32(), 1).AsInt32()),
        Vector512.Create(TwoToMinus31), Vector512.Create(TwoToMinus33));

    /// <summary>Natural logarithm of positive numbers (reduction and polynomial after Cephes'
    /// logf).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Log(F x)
    {
        I bits = x.AsInt32(), e = Vector512.ShiftRightArithmetic(bits - Vector512.Create(0x3f3504f3), 23);
        var t = (bits - Vector512.ShiftLeft(e, 23)).AsSingle() - C(1f);
        var p = C(7.0376836292e-2f);
        p = Vector512.FusedMultiplyAdd(p, t, C(-1.1514610310e-1f));
        p = Vector512.FusedMultiplyAdd(p, t, C(1.1676998740e-1f));
        p = Vector512.FusedMultiplyAdd(p, t, C(-1.2420140846e-1f));
        p = Vector512.FusedMultiplyAdd(p, t, C(1.4249322787e-1f));
        p = Vector512.FusedMultiplyAdd(p, t, C(-1.6668057665e-1f));
        p = Vector512.FusedMultiplyAdd(p, t, C(2.0000714765e-1f));
        p = Vector512.FusedMultiplyAdd(p, t, C(-2.4999993993e-1f));
        p = Vector512.FusedMultiplyAdd(p, t, C(3.3333331174e-1f));
        var t2 = t * t;
        var r = Vector512.FusedMultiplyAdd(p * t, t2, Vector512.FusedMultiplyAdd(t2, C(-0.5f), t));
        return Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(e), C(0.693147180559945f), r);
    }

    /// <summary>Two to a power between −125 and 125; beyond, the nearest of these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Exp2(F y)
    {
        y = Vector512.MinNative(Vector512.MaxNative(y, C(-125f)), C(125f));
        // Adding 1.5·2^23 leaves the nearest whole number in the low bits.
        var shifted = y + C(12582912f);
        var f = y - (shifted - C(12582912f));
        var p = C(1.535336188319500e-4f);
        p = Vector512.FusedMultiplyAdd(p, f, C(1.339887440266574e-3f));
        p = Vector512.FusedMultiplyAdd(p, f, C(9.618437357674640e-3f));
        p = Vector512.FusedMultiplyAdd(p, f, C(5.550332471162809e-2f));
        p = Vector512.FusedMultiplyAdd(p, f, C(2.402264791363012e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, C(6.931472028550421e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, C(1f));
        return (p.AsInt32() + Vector512.ShiftLeft(shifted.AsInt32(), 23)).AsSingle();
    }

    /// <summary>
    /// Thirty-two normal deviates (Box and Muller 1958): the radius from one word, and from the other 29 bits
    /// of angle in the first octant, a bit that swaps sine and cosine and two signs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Normal(UL a, UL b, out F n0, out F n1)
    {
        var radius = Vector512.Sqrt(C(-2f) * Log(Uniform(a)));
        var i = b.AsInt32();
        var f = Vector512.ConvertToSingle(i & Vector512.Create(0x1FFFFFFF))
            * C((float)(Math.PI / 4 / 536870912.0));
        var z = f * f;
        var s = Vector512.FusedMultiplyAdd(z, C(-1.9515295891e-4f), C(8.3321608736e-3f));
        s = Vector512.FusedMultiplyAdd(s, z, C(-1.6666654611e-1f));
        s = Vector512.FusedMultiplyAdd(s * z, f, f);
        var c = Vector512.FusedMultiplyAdd(z, C(2.443315711809948e-5f), C(-1.388731625493765e-3f));
        c = Vector512.FusedMultiplyAdd(c, z, C(4.166664568298827e-2f));
        c = Vector512.FusedMultiplyAdd(c * z, z, Vector512.FusedMultiplyAdd(z, C(-0.5f), C(1f)));
        var swap = Vector512.ShiftRightArithmetic(Vector512.ShiftLeft(i, 2), 31).AsSingle();
        var sign = Vector512.Create(int.MinValue);
        n0 = ((radius * Vector512.ConditionalSelect(swap, s, c)).AsInt32() ^ (i & sign)).AsSingle();
        n1 = ((radius * Vector512.ConditionalSelect(swap, c, s)).AsInt32()
            ^ (Vector512.ShiftLeft(i, 1) & sign)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F C(float value) => Vector512.Create(value);
}
