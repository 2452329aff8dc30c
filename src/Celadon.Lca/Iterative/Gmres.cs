using Celadon.Lca.Direct;
using Celadon.Lca.Model;
using Celadon.Lca.Solving;

namespace Celadon.Lca.Iterative;

/// <summary>
/// GMRES (Saad and Schultz, SIAM J. Sci. Stat. Comput. 7, 1986), preconditioned from the right by the factor
/// of a system that is near: another draw, another scenario. One factor then serves many systems.
/// </summary>
internal static class Gmres
{
    private const int Basis = 40;
    private const int Restarts = 5;

    /// <summary>
    /// Solves the system with these amounts; null when it does not come to <paramref name="tolerance"/>
    /// (componentwise backward error).
    /// </summary>
    public static (double[] Supply, SolverChoice Choice)? Solve(DirectSolver near, PairedMatrix matrix,
        double[] b, double tolerance = 1e-13)
    {
        var (n, x, steps) = (matrix.Size, new double[matrix.Size], 0);
        for (var restart = 0; restart < Restarts; restart++)
        {
            var residual = Minus(b, Times(matrix, x));
            var update = new double[n];
            steps += Cycle(near, matrix, residual, update);
            for (var i = 0; i < n; i++) x[i] += update[i];
            var error = matrix.BackwardError(x, b);
            if (error <= tolerance)
                return (x, new SolverChoice(SolverKind.Gmres, SolverReason.NearFactor, error,
                    steps));
            if (double.IsNaN(error)) return null;
        }
        return null;
    }

    private static int Cycle(DirectSolver near, PairedMatrix matrix, double[] residual, double[] update)
    {
        var n = residual.Length;
        var beta = Norm(residual);
        if (beta == 0) return 0;
        var (v, z) = (new List<double[]>(), new List<double[]>());
        v.Add([.. residual.Select(r => r / beta)]);
        var h = new double[Basis + 1, Basis];
        var (cos, sin, g) = (new double[Basis], new double[Basis], new double[Basis + 1]);
        g[0] = beta;
        var steps = 0;
        while (steps < Basis && Math.Abs(g[steps]) > 1e-17 * beta)
        {
            var direction = new double[n];
            near.Solve(v[steps], direction);
            z.Add(direction);
            var w = Times(matrix, direction);
            for (var i = 0; i <= steps; i++)
            {
                h[i, steps] = Dot(w, v[i]);
                for (var k = 0; k < n; k++) w[k] -= h[i, steps] * v[i][k];
            }
            h[steps + 1, steps] = Norm(w);
            Rotate(h, cos, sin, g, steps);
            steps++;
            if (h[steps, steps - 1] == 0) break;
            var length = h[steps, steps - 1];
            h[steps, steps - 1] = 0;
            v.Add([.. w.Select(value => value / length)]);
        }
        var y = new double[steps];
        for (var i = steps - 1; i >= 0; i--)
        {
            var sum = g[i];
            for (var k = i + 1; k < steps; k++) sum -= h[i, k] * y[k];
            y[i] = sum / h[i, i];
            for (var k = 0; k < n; k++) update[k] += y[i] * z[i][k];
        }
        return steps;
    }

    /// <summary>Givens rotations that keep the least-squares problem triangular.</summary>
    private static void Rotate(double[,] h, double[] cos, double[] sin, double[] g, int column)
    {
        for (var i = 0; i < column; i++)
        {
            var (a, b) = (h[i, column], h[i + 1, column]);
            (h[i, column], h[i + 1, column]) = ((cos[i] * a) + (sin[i] * b), (cos[i] * b) - (sin[i] * a));
        }
        var (x, y) = (h[column, column], h[column + 1, column]);
        var length = Math.Sqrt((x * x) + (y * y));
        (cos[column], sin[column]) = (x / length, y / length);
        h[column, column] = length;
        g[column + 1] = -sin[column] * g[column];
        g[column] *= cos[column];
    }

    private static double[] Times(PairedMatrix matrix, double[] x)
    {
        var y = new double[matrix.Size];
        for (var j = 0; j < matrix.Size; j++)
            if (x[j] != 0)
                for (var p = matrix.Starts[j]; p < matrix.Starts[j + 1]; p++)
                    y[matrix.RowOf[p]] += matrix.Values[p] * x[j];
        return y;
    }

    private static double[] Minus(double[] a, double[] b) => [.. a.Select((value, i) => value - b[i])];

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
