using Celadon.Lca.Model;
using Celadon.Lca.Sampling;
using Celadon.Lca.WhatIf;

namespace Celadon.Lca.MonteCarlo;

/// <summary>An amount that a formula over uncertain parameters gives, anew for each sample.</summary>
/// <param name="Formula">The formula.</param>
/// <param name="Scope">Where its names are looked up.</param>
/// <param name="Factor">What its value is multiplied with: unit, share of a co-product, sign.</param>
public sealed record DrivenAmount(Formula Formula, ParameterScope Scope, double Factor)
{
    /// <summary>A share of a co-product, itself by formula, that it is multiplied with; else null.</summary>
    public DrivenAmount? Share { get; init; }

    /// <summary>
    /// An amount drawn from the exchange's own random stream that it is multiplied with: what is shared where
    /// the share alone is a formula. Certain for none.
    /// </summary>
    public Uncertainty Drawn { get; init; }

    /// <summary>The same amount times a number.</summary>
    public DrivenAmount Times(double k) => this with { Factor = Factor * k };

    /// <summary>The thirty-two values of a batch of samples.</summary>
    /// <param name="key">The batch.</param>
    /// <param name="stream">The random stream of the exchange.</param>
    /// <param name="done">Parameters already drawn for the batch.</param>
    /// <param name="values">Gets the values.</param>
    /// <exception cref="FormulaException">A formula has no value at what was drawn.</exception>
    internal void Fill(in Threefry.Key key, uint stream, Dictionary<ParameterScope, ParameterSet[]> done,
        Span<double> values)
    {
        var sets = Scope.Drawn(key, done);
        for (var lane = 0; lane < Draws.Lanes; lane++)
            values[lane] = Factor * Formula.Value(sets[lane].Values);
        if (Share is { } share)
        {
            Span<double> shares = stackalloc double[Draws.Lanes];
            share.Fill(key, stream, done, shares);
            for (var lane = 0; lane < Draws.Lanes; lane++) values[lane] *= shares[lane];
        }
        if (!Drawn.IsUncertain) return;
        Draws.Draw(key, stream, Draws.Parameters.Of(Drawn, 1), out var a, out var b);
        for (var lane = 0; lane < Draws.Lanes; lane++) values[lane] *= lane < 16 ? a[lane] : b[lane - 16];
    }
}

/// <summary>An exchange or a factor whose amount is driven by parameters.</summary>
/// <param name="Part">Technosphere, biosphere or factors.</param>
/// <param name="Number">Its number there, as given to the builder.</param>
/// <param name="Amount">What drives it.</param>
public sealed record DrivenExchange(UncertainPart Part, int Number, DrivenAmount Amount);
