using Celadon.Lca.Model;
using Celadon.Lca.WhatIf;

namespace Celadon.Lca.MonteCarlo;

/// <summary>An amount that a formula over uncertain parameters gives, anew for each sample.</summary>
/// <param name="Formula">The formula.</param>
/// <param name="Scope">Where its names are looked up.</param>
/// <param name="Factor">What its value is multiplied with: unit, share of a co-product, sign.</param>
public sealed record DrivenAmount(Formula Formula, ParameterScope Scope, double Factor)
{
    /// <summary>The same amount times a number.</summary>
    public DrivenAmount Times(double k) => this with { Factor = Factor * k };
}

/// <summary>An exchange whose amount is driven by parameters.</summary>
/// <param name="Part">Technosphere or biosphere.</param>
/// <param name="Number">Its number there, as given to the builder.</param>
/// <param name="Amount">What drives it.</param>
public sealed record DrivenExchange(UncertainPart Part, int Number, DrivenAmount Amount);
