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
}

/// <summary>
/// Which way was taken, for what reason (a note for the developer), and how well it went: the componentwise
/// backward error, and the number of sweeps or iterations where there were any.
/// </summary>
public sealed record SolverChoice(SolverKind Kind, string Reason, double BackwardError, int Iterations = 0);
