using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Celadon.Bench.Lca;

/// <summary>What one core of this machine can do: the limits that figures are held against.</summary>
internal static class MachineLimits
{
    /// <summary>Reading so many megabytes again and again, in bytes a second.</summary>
    public static double Bandwidth(int megabytes)
    {
        var data = new double[megabytes * 131_072];
        Sum(data);
        var runs = Math.Max(3, 800 / megabytes);
        var clock = Stopwatch.StartNew();
        for (var r = 0; r < runs; r++) _sink += Sum(data);
        return data.Length * 8.0 * runs / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Independent multiply-adds in registers, in operations a second.</summary>
    public static double Flops()
    {
        const int rounds = 20_000_000;
        Multiply(1000);
        var clock = Stopwatch.StartNew();
        _sink += Multiply(rounds);
        return rounds * 8 * 16.0 / clock.Elapsed.TotalSeconds;
    }

    private static double _sink;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(double[] data)
    {
        Vector512<double> a = default, b = default, c = default, d = default;
        for (var i = 0; i + 32 <= data.Length; i += 32)
        {
            a += Vector512.LoadUnsafe(ref data[i]);
            b += Vector512.LoadUnsafe(ref data[i + 8]);
            c += Vector512.LoadUnsafe(ref data[i + 16]);
            d += Vector512.LoadUnsafe(ref data[i + 24]);
        }
        return Vector512.Sum(a + b + c + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Multiply(int rounds)
    {
        var (x, y) = (Vector512.Create(0.999), Vector512.Create(0.001));
        Vector512<double> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x;
        for (var i = 0; i < rounds; i++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }
}
