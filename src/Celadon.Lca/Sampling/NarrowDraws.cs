using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using F = System.Runtime.Intrinsics.Vector256<float>;
using I = System.Runtime.Intrinsics.Vector256<int>;
using UL = System.Runtime.Intrinsics.Vector256<ulong>;

namespace Celadon.Lca.Sampling;

/// <summary>
/// Lognormal draws for machines without registers of 512 bits: <see cref="Threefry"/> and
/// <see cref="FloatMath"/> over again, operation by operation, in registers of 256 bits. The results are the
/// same to the last bit, which a test keeps; wide vectors taken apart by the compiler would take four times
/// as long.
/// </summary>
internal static class NarrowDraws
{
    private const float TwoToMinus31 = 4.656612873077393e-10f;
    private const float TwoToMinus33 = 1.1641532182693481e-10f;

    /// <summary>Thirty-two draws; median and deviation (of the logarithm to base two) given.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Lognormal(in Threefry.Key key, ulong id, float median, float deviation,
        out Vector512<float> first, out Vector512<float> second)
    {
        Half(key, false, id, median, deviation, out var a, out var b);
        Half(key, true, id, median, deviation, out var c, out var d);
        (first, second) = (Vector512.Create(a, c), Vector512.Create(b, d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(in Threefry.Key key, bool upper, ulong id, float median, float deviation,
        out F a,
        out F b)
    {
        Blocks(key, upper, id, out var x, out var y);
        Normal(x, y, out var n0, out var n1);
        var (s, m) = (Vector256.Create(deviation), Vector256.Create(median));
        (a, b) = (Exp2(s * n0) * m, Exp2(s * n1) * m);
    }

    /// <summary>Four blocks at once: the lower or the upper half of a key's eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Blocks(in Threefry.Key key, bool upper, ulong id, out UL a, out UL b)
    {
        var (key0, key1, key2) = (key.Key0.GetLower(), key.Key1.GetLower(), key.Key2.GetLower());
        var x = upper ? key.Counter.GetUpper() : key.Counter.GetLower();
        var y = Vector256.Create(id) + key1;
        x += y;
        y = Rotate(y, 16) ^ x;
        x += y;
        y = Rotate(y, 42) ^ x;
        x += y;
        y = Rotate(y, 12) ^ x;
        x += y;
        y = Rotate(y, 31) ^ x;
        x += key1;
        y += key2 + Vector256.Create(1UL);
        x += y;
        y = Rotate(y, 16) ^ x;
        x += y;
        y = Rotate(y, 32) ^ x;
        x += y;
        y = Rotate(y, 24) ^ x;
        x += y;
        y = Rotate(y, 21) ^ x;
        x += key2;
        y += key0 + Vector256.Create(2UL);
        x += y;
        y = Rotate(y, 16) ^ x;
        x += y;
        y = Rotate(y, 42) ^ x;
        x += y;
        y = Rotate(y, 12) ^ x;
        x += y;
        y = Rotate(y, 31) ^ x;
        x += key0;
        y += key1 + Vector256.Create(3UL);
        x += y;
        y = Rotate(y, 16) ^ x;
        (a, b) = (x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UL Rotate(UL x, int r) =>
        Vector256.ShiftLeft(x, r) | Vector256.ShiftRightLogical(x, 64 - r);

    /// <summary>Eight numbers of (0, 1] from 31 random bits each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Uniform(UL bits) => Vector256.FusedMultiplyAdd(
        Vector256.ConvertToSingle(Vector256.ShiftRightLogical(bits.AsUInt32(), 1).AsInt32()),
        Vector256.Create(TwoToMinus31), Vector256.Create(TwoToMinus33));

    /// <summary>Natural logarithm of positive numbers (reduction and polynomial after Cephes'
    /// logf).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Log(F x)
    {
        I bits = x.AsInt32(), e = Vector256.ShiftRightArithmetic(bits - Vector256.Create(0x3f3504f3), 23);
        var t = (bits - Vector256.ShiftLeft(e, 23)).AsSingle() - C(1f);
        var p = C(7.0376836292e-2f);
        p = Vector256.FusedMultiplyAdd(p, t, C(-1.1514610310e-1f));
        p = Vector256.FusedMultiplyAdd(p, t, C(1.1676998740e-1f));
        p = Vector256.FusedMultiplyAdd(p, t, C(-1.2420140846e-1f));
        p = Vector256.FusedMultiplyAdd(p, t, C(1.4249322787e-1f));
        p = Vector256.FusedMultiplyAdd(p, t, C(-1.6668057665e-1f));
        p = Vector256.FusedMultiplyAdd(p, t, C(2.0000714765e-1f));
        p = Vector256.FusedMultiplyAdd(p, t, C(-2.4999993993e-1f));
        p = Vector256.FusedMultiplyAdd(p, t, C(3.3333331174e-1f));
        var t2 = t * t;
        var r = Vector256.FusedMultiplyAdd(p * t, t2, Vector256.FusedMultiplyAdd(t2, C(-0.5f), t));
        return Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(e), C(0.693147180559945f), r);
    }

    /// <summary>Two to a power between −125 and 125; beyond, the nearest of these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Exp2(F y)
    {
        y = Vector256.MinNative(Vector256.MaxNative(y, C(-125f)), C(125f));
        // Adding 1.5·2^23 leaves the nearest whole number in the low bits.
        var shifted = y + C(12582912f);
        var f = y - (shifted - C(12582912f));
        var p = C(1.535336188319500e-4f);
        p = Vector256.FusedMultiplyAdd(p, f, C(1.339887440266574e-3f));
        p = Vector256.FusedMultiplyAdd(p, f, C(9.618437357674640e-3f));
        p = Vector256.FusedMultiplyAdd(p, f, C(5.550332471162809e-2f));
        p = Vector256.FusedMultiplyAdd(p, f, C(2.402264791363012e-1f));
        p = Vector256.FusedMultiplyAdd(p, f, C(6.931472028550421e-1f));
        p = Vector256.FusedMultiplyAdd(p, f, C(1f));
        return (p.AsInt32() + Vector256.ShiftLeft(shifted.AsInt32(), 23)).AsSingle();
    }

    /// <summary>
    /// Sixteen normal deviates (Box and Muller 1958): the radius from one word, and from the other 29 bits
    /// of angle in the first octant, a bit that swaps sine and cosine and two signs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Normal(UL a, UL b, out F n0, out F n1)
    {
        var radius = Vector256.Sqrt(C(-2f) * Log(Uniform(a)));
        var i = b.AsInt32();
        var f = Vector256.ConvertToSingle(i & Vector256.Create(0x1FFFFFFF))
            * C((float)(Math.PI / 4 / 536870912.0));
        var z = f * f;
        var s = Vector256.FusedMultiplyAdd(z, C(-1.9515295891e-4f), C(8.3321608736e-3f));
        s = Vector256.FusedMultiplyAdd(s, z, C(-1.6666654611e-1f));
        s = Vector256.FusedMultiplyAdd(s * z, f, f);
        var c = Vector256.FusedMultiplyAdd(z, C(2.443315711809948e-5f), C(-1.388731625493765e-3f));
        c = Vector256.FusedMultiplyAdd(c, z, C(4.166664568298827e-2f));
        c = Vector256.FusedMultiplyAdd(c * z, z, Vector256.FusedMultiplyAdd(z, C(-0.5f), C(1f)));
        var swap = Vector256.ShiftRightArithmetic(Vector256.ShiftLeft(i, 2), 31).AsSingle();
        var sign = Vector256.Create(int.MinValue);
        n0 = ((radius * Vector256.ConditionalSelect(swap, s, c)).AsInt32() ^ (i & sign)).AsSingle();
        n1 = ((radius * Vector256.ConditionalSelect(swap, c, s)).AsInt32()
            ^ (Vector256.ShiftLeft(i, 1) & sign)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F C(float value) => Vector256.Create(value);
}
