using Celadon.Lca.Model;
using Celadon.Lca.Results;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// A nominal solution by which errors of samples can be weighed. Residuals are weighed by nominal
/// intensities; where an emission or a factor is nominally nothing and yet drawn, nothing would weigh on what
/// it hangs on, and samples would be taken for solved that are not. There a typical draw stands in for the
/// nominal amount. What is drawn does not depend on it.
/// </summary>
internal sealed class Weighable : IDisposable
{
    /// <summary>Nominal amounts below this share of what is drawn count as nothing.</summary>
    private const double Nothing = 1e-6;

    private readonly Assessment? _own;

    private Weighable(LcaResult result, Assessment? own) => (Result, _own) = (result, own);

    /// <summary>The solution to weigh by.</summary>
    public LcaResult Result { get; }

    /// <summary>The nominal solution itself wherever it will do.</summary>
    public static Weighable Of(LcaResult nominal, MonteCarloSettings settings)
    {
        var (system, driven) = (nominal.System, new DrivenPlan(nominal.System, settings));
        var (biosphere, factors) = (Typical(system.Biosphere, p => Size(driven, driven.Biosphere(p))),
            Typical(system.Factors, p => Size(driven, driven.Factor(p))));
        if (biosphere is null && factors is null) return new(nominal, null);
        var own = new Assessment(new ProductSystem(system.Technosphere, biosphere ?? system.Biosphere,
            factors ?? system.Factors, system.Names));
        return new(own.Take(nominal.RightHandSide, nominal), own);
    }

    public void Dispose() => _own?.Dispose();

    private static double Size(DrivenPlan driven, int amount) => amount < 0 ? 0 : driven.Largest(amount);

    /// <summary>Most amounts: not nothing, and drawn within a few orders of magnitude around
    /// themselves.</summary>
    private static bool IsPlain(in Uncertainty u, double value) => u.Kind == Distribution.Lognormal
        && value != 0 && u.B <= 3 && Math.Abs(u.A) <= 10 * Math.Abs(value);

    private static UncertainMatrix? Typical(UncertainMatrix matrix, Func<int, double> sizeOfDriven)
    {
        double[]? values = null;
        for (var p = 0; p < matrix.Matrix.Count; p++)
        {
            var u = matrix.Of(p);
            if (IsPlain(u, matrix.Matrix.Values[p])) continue;
            var typical = sizeOfDriven(p);
            if (u.IsUncertain) typical = Math.Max(typical, Math.Sqrt(u.Variance + (u.Mean * u.Mean)));
            if (Math.Abs(matrix.Matrix.Values[p]) >= Nothing * typical) continue;
            values ??= (double[])matrix.Matrix.Values.Clone();
            values[p] = typical;
        }
        return values is null ? null : matrix with { Matrix = matrix.Matrix.With(values) };
    }
}
