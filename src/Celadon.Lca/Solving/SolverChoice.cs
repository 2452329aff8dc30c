namespace Celadon.Lca.Solving;

/// <summary>The ways of solving.</summary>
public enum SolverKind
{
    /// <summary>LU by dense fronts, pivots on the diagonal.</summary>
    Multifrontal,

    /// <summary>Column by column LU with threshold pivoting.</summary>
    GilbertPeierls,

    /// <summary>Sweeps in an order that minimises feedback.</summary>
    GaussSeidel,

    /// <summary>The supply chain added up tier by tier.</summary>
    Neumann,

    /// <summary>Krylov iteration preconditioned by a kept factor.</summary>
    Gmres,

    /// <summary>The kept factor of another system, corrected for the processes that differ.</summary>
    LowRank,
}

/// <summary>Why a way of solving was taken.</summary>
public enum SolverReason
{
    /// <summary>Nothing was solved yet.</summary>
    NotSolved,

    /// <summary>The caller asked for it.</summary>
    AskedFor,

    /// <summary>Pivots on the diagonal leave a small residual.</summary>
    DiagonalPivots,

    /// <summary>A pivot on the diagonal is zero.</summary>
    ZeroPivot,

    /// <summary>Pivots on the diagonal leave too large a residual.</summary>
    LargeResidual,

    /// <summary>The loops contract.</summary>
    LoopsContract,

    /// <summary>The factor of a near system was at hand.</summary>
    NearFactor,

    /// <summary>Few processes differ from a system whose factor was at hand.</summary>
    FewChanges,

    /// <summary>The way that was asked for did not come to an end: the loops do not contract.</summary>
    DidNotSettle,
}

/// <summary>
/// Which way was taken, for what reason, and how well it went: the componentwise backward error, and the
/// number of sweeps or iterations (of a low-rank correction, its rank) where there were any.
/// </summary>
public sealed record SolverChoice(SolverKind Kind, SolverReason Reason, double BackwardError,
    int Iterations = 0)
{
    /// <summary>
    /// By how much relative errors of the amounts may grow in the supply, summed over all processes; no
    /// number where it was not worked out.
    /// </summary>
    public double Condition { get; init; } = double.NaN;
}
