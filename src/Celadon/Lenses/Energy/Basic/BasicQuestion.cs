using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Lenses.Energy.Basic;

/// <summary>energy.basic: what runs whether or not anything is made, its share and its cost.</summary>
public sealed class BasicQuestion : Question<BasicSpec, BasicReport>
{
    private const int MostPercent = 50;

    /// <inheritdoc/>
    public override string Name => "energy.basic";

    /// <inheritdoc/>
    public override string Example => """{ "period": "2025-10/2026-09", "sites": ["stoke"] }""";

    /// <inheritdoc/>
    protected override ViewRequest? Needs(BasicSpec spec) =>
        new(spec.Period, spec.Sites) { Intervals = new IntervalRequest(spec.Resource, spec.Meters) };

    /// <inheritdoc/>
    protected override BasicReport Compute(
        BasicSpec spec, View? view, FactorLibrary packs, List<Finding> findings, CancellationToken cancel)
    {
        if (spec.Percent is < 1 or > MostPercent)
            throw RefusedException.Of("energy.percent", ("percent", spec.Percent));
        var kindOf = spec.Calendar.Rule(packs, spec.Period, findings);
        var meters = MeterChoice.Of(
            view!, new IntervalRequest(spec.Resource, spec.Meters), spec.Sites, findings);
        var prices = Prices.Of(spec, view!, [.. meters.Select(m => m.Meter)], findings);
        var found = ImmutableArray.CreateBuilder<BasicMeter>();
        foreach (var meter in meters)
        {
            cancel.ThrowIfCancellationRequested();
            var grid = new LoadGrid([meter], spec.Period, meter.Minutes, kindOf);
            found.Add(new BasicComputation(spec, grid, meter, prices.For(meter.Meter), findings).Report());
        }
        return new BasicReport(spec.Period.ToString(), spec.Percent, prices.Report,
            [.. found.OrderByDescending(m => m.Supply).ThenByDescending(m => m.Energy?.Value)
                .ThenBy(m => m.Meter, StringComparer.Ordinal)]);
    }
}
