using Celadon.Lca.Model;

namespace Celadon.Lca.MonteCarlo;

/// <summary>What to draw and how exactly.</summary>
public sealed record MonteCarloSettings
{
    /// <summary>Number of samples.</summary>
    public int Samples { get; init; } = 1000;

    /// <summary>The same seed gives the same draws for the same exchanges: comparisons are paired.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Categories scored.</summary>
    public IReadOnlyList<CategoryIndex> Categories { get; init; } = [new(0)];

    /// <summary>Threads; the result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Bound on each sample's residual, weighted with nominal intensities and relative to the nominal score:
    /// what the score can be wrong by, to first order.
    /// </summary>
    public double Tolerance { get; init; } = 2e-10;

    /// <summary>
    /// Groups of exchanges (numbers as given to the builder) that are shares of a market: in each sample they
    /// are scaled together so that their sum stays what it is nominally. Independent lognormal shares would
    /// push the mean off.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Shares { get; init; } = [];

    /// <summary>
    /// Exchanges whose amounts follow uncertain parameters; their own uncertainties are not drawn.
    /// </summary>
    public IReadOnlyList<DrivenExchange> Driven { get; init; } = [];
}

/// <summary>Samples finished.</summary>
public readonly record struct MonteCarloProgress(int Done, int Total);
