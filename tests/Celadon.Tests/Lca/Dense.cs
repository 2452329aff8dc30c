using Celadon.Lca.Model;

namespace Celadon.Tests.Lca;

/// <summary>The plain twin: the same sums with full matrices and Gauss-Jordan with pivoting.</summary>
internal static class Dense
{
    /// <summary>The technosphere as a full matrix, products by processes.</summary>
    public static double[][] Technosphere(ProductSystem system)
    {
        var n = system.ProcessCount;
        return [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n)
            .Select(j => system.Technosphere.Matrix[i, j]).ToArray())];
    }

    /// <summary>
    /// x of Ax = b, refined twice: elimination without scaling alone suffers from units that differ.
    /// </summary>
    public static double[] Solve(double[][] a, double[] b)
    {
        var x = Eliminate(a, b);
        for (var step = 0; step < 2; step++)
        {
            var residual = b.Select((value, i) => value - a[i].Zip(x, (p, q) => p * q).Sum()).ToArray();
            x = [.. x.Zip(Eliminate(a, residual), (value, correction) => value + correction)];
        }
        return x;
    }

    private static double[] Eliminate(double[][] a, double[] b)
    {
        var n = b.Length;
        var m = a.Select((row, i) => row.Append(b[i]).ToArray()).ToArray();
        for (var k = 0; k < n; k++)
        {
            var best = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(m[i][k]));
            (m[k], m[best]) = (m[best], m[k]);
            for (var i = 0; i < n; i++)
            {
                if (i == k) continue;
                var factor = m[i][k] / m[k][k];
                for (var j = k; j <= n; j++) m[i][j] -= factor * m[k][j];
            }
        }
        return [.. m.Select((row, i) => row[n] / row[i])];
    }

    /// <summary>The transpose.</summary>
    public static double[][] Transposed(double[][] a) =>
        [.. Enumerable.Range(0, a[0].Length).Select(j => a.Select(row => row[j]).ToArray())];
}
