using Celadon.Lca.Model;
using Celadon.Lca.Sampling;
using Celadon.Lca.WhatIf;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// What parameters and uncertain amounts come to in several cases at once: in the samples of a batch, or a
/// little beside their stated values.
/// </summary>
internal abstract class Drawing
{
    private readonly Dictionary<ParameterScope, ParameterSet[]> _done = [];

    /// <summary>How many cases.</summary>
    public abstract int Count { get; }

    /// <summary>The parameters of a scope, case by case.</summary>
    public ParameterSet[] Of(ParameterScope scope) =>
        _done.TryGetValue(scope, out var known) ? known : _done[scope] = Worked(scope);

    /// <summary>An amount that is drawn from a random stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="amount">The stated amount.</param>
    /// <param name="of">Its uncertainty.</param>
    /// <param name="values">Gets the values.</param>
    public abstract void Amounts(uint stream, double amount, in Uncertainty of, Span<double> values);

    /// <summary>Works the parameters of a scope out.</summary>
    protected abstract ParameterSet[] Worked(ParameterScope scope);
}

/// <summary>The thirty-two samples of a batch.</summary>
internal sealed class BatchDrawing(Threefry.Key key) : Drawing
{
    public override int Count => Draws.Lanes;

    public override void Amounts(uint stream, double amount, in Uncertainty of, Span<double> values)
    {
        Draws.Draw(key, stream, Draws.Parameters.Of(of, 1), out var a, out var b);
        for (var lane = 0; lane < Draws.Lanes; lane++) values[lane] = lane < 16 ? a[lane] : b[lane - 16];
    }

    protected override ParameterSet[] Worked(ParameterScope scope) => scope.Drawn(key, this);
}

/// <summary>
/// All as stated but for one uncertain number, which is a little less in the first case and a little more in
/// the second: for derivatives.
/// </summary>
internal sealed class NudgedDrawing(UncertainSource nudged, double step) : Drawing
{
    public override int Count => 2;

    public override void Amounts(uint stream, double amount, in Uncertainty of, Span<double> values)
    {
        var by = nudged.Parameter is null && nudged.Stream == stream ? step : 0;
        (values[0], values[1]) = (amount - by, amount + by);
    }

    protected override ParameterSet[] Worked(ParameterScope scope) =>
        [scope.Nudged(nudged.Parameter, -step, this, 0), scope.Nudged(nudged.Parameter, step, this, 1)];
}

/// <summary>A parameter whose value is uncertain.</summary>
/// <param name="Scope">Where it stands.</param>
/// <param name="Name">Its name there.</param>
public sealed record UncertainParameter(ParameterScope Scope, string Name)
{
    /// <summary>Whose parameter it is.</summary>
    public string Owner => Scope.Owner;
}

/// <summary>An uncertain number that others follow: a parameter, or an amount by its random stream.</summary>
/// <param name="Parameter">The parameter; null for an amount.</param>
/// <param name="Stream">The random stream of the amount.</param>
/// <param name="Nominal">The stated value.</param>
/// <param name="Uncertainty">Its uncertainty.</param>
internal readonly record struct UncertainSource(UncertainParameter? Parameter, uint Stream, double Nominal,
    Uncertainty Uncertainty);
