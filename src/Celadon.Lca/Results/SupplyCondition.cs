using Celadon.Lca.Model;
using Celadon.Lca.Solving;

namespace Celadon.Lca.Results;

/// <summary>
/// Whether a supply is a solution or only the rounding of one: how much relative errors of the amounts grow
/// in it, summed over all processes, by one solve of the transposed system (the first step of Hager,
/// Condition estimates, SIAM J. Sci. Stat. Comput. 5, 1984, which is the last where all supply is positive).
/// </summary>
internal static class SupplyCondition
{
    /// <summary>Growth at which not two digits of the supply are left.</summary>
    private const double Lost = 5e13;

    /// <summary>A supply below this share of its throughput is what credits left over.</summary>
    private const double LeastShare = 1e-3;

    private const double Least = 1e-100;

    /// <summary>The choice with the growth.</summary>
    /// <exception cref="InvalidSystemException">No digit is left: the process is named.</exception>
    public static SolverChoice Checked(ProductSystem system, double[] x, double[] b, SolverChoice choice,
        Func<double[], double[]?> solveTransposed)
    {
        if (Array.FindIndex(x, v => !double.IsFinite(v)) is >= 0 and var bad)
            throw Fault(FaultKind.OutOfRange, system, bad);
        var (sizes, own) = (system.Paired.Sizes(x, b), Own(system.Paired));
        // Of one unit of the demand, so that a demand of any size asks the same of the numbers.
        var unit = b.Length == 0 ? 0 : b.Max(Math.Abs);
        if (unit == 0) return choice;
        var weights = new double[x.Length];
        for (var j = 0; j < x.Length; j++)
        {
            var size = Math.Max(Math.Abs(x[j]), LeastShare * sizes[j] / own[j]) / unit;
            // Of processes that nothing reaches, or next to nothing, nothing is asked.
            weights[j] = size > Least ? 1 / size : 0;
            sizes[j] /= unit;
        }
        if (solveTransposed(weights) is not { } lambda) return choice;
        var (sum, most, weakest) = (0.0, 0.0, 0);
        for (var i = 0; i < x.Length; i++)
        {
            var part = sizes[i] == 0 ? 0 : Math.Abs(lambda[i]) * sizes[i];
            sum += part;
            if (!(part <= most)) (most, weakest) = (part, i);
        }
        // Beyond all numbers: the units are too far apart for the question, not the system singular.
        if (!double.IsFinite(sum)) return choice;
        return sum < Lost ? choice with { Condition = sum }
            : throw Fault(FaultKind.Singular, system, weakest);
    }

    /// <summary>What each process exchanges of its own product, both ways added.</summary>
    private static double[] Own(PairedMatrix matrix)
    {
        var own = new double[matrix.Size];
        for (var j = 0; j < own.Length; j++)
            for (var p = matrix.Starts[j]; p < matrix.Starts[j + 1]; p++)
                if (matrix.RowOf[p] == j) own[j] += Math.Abs(matrix.Values[p]);
        return own;
    }

    private static InvalidSystemException Fault(FaultKind kind, ProductSystem system, int process) =>
        new([new ModelFault(kind, new(process), null, system.Names.Process(new(process)))]);
}
