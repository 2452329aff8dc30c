using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Lenses.Energy.Load;

/// <summary>energy.load: calendar, profile by the clock, and duration of a load.</summary>
public sealed class LoadQuestion : Question<LoadSpec, LoadReport>
{
    /// <inheritdoc/>
    public override string Name => "energy.load";

    /// <inheritdoc/>
    public override string Example => """{ "period": "2026-09", "sites": ["stoke"], "minutes": 60 }""";

    /// <inheritdoc/>
    protected override ViewRequest? Needs(LoadSpec spec) =>
        new(spec.Period, spec.Sites) { Intervals = new IntervalRequest(spec.Resource, spec.Meters) };

    /// <inheritdoc/>
    protected override LoadReport Compute(
        LoadSpec spec, View? view, FactorLibrary packs, List<Finding> findings, CancellationToken cancel)
    {
        if ((spec.Quantiles.IsDefault ? [] : spec.Quantiles).Any(q => q is < 0 or > 100))
            throw RefusedException.Of("energy.quantile");
        var meters = Chosen(spec, view!, findings);
        var grid = new LoadGrid(meters, spec.Period, StepOf(spec, meters),
            spec.Calendar.Rule(packs, spec.Period, findings));
        cancel.ThrowIfCancellationRequested();
        return new LoadComputation(spec, grid, meters, findings).Report();
    }

    private static ImmutableArray<ReadMeter> Chosen(LoadSpec spec, View view, List<Finding> findings)
    {
        var all = MeterChoice.Of(view, new IntervalRequest(spec.Resource, spec.Meters), spec.Sites, findings);
        ImmutableArray<ReadMeter> meters = spec.Meters.IsDefaultOrEmpty
            ? [.. all.Where(m => MeterChoice.IsSupply(m.Meter))] : all;
        if (meters.IsEmpty) throw RefusedException.Of("energy.noReadings",
            ("resource", spec.Resource), ("period", spec.Period));
        foreach (var inner in meters)
            if (meters.FirstOrDefault(m => m != inner && m.Meter.ToNode == inner.Meter.FromNode)
                is { } outer)
                throw RefusedException.Of("energy.twice",
                    ("outer", outer.Meter.Id), ("inner", inner.Meter.Id));
        if (meters.Select(m => m.Zone.Id).Distinct().Skip(1).Any()) throw RefusedException.Of("energy.zones",
            ("zones", string.Join(", ", meters.Select(m => m.Zone.Id).Distinct())));
        if (meters.Select(m => m.Meter.Unit).Distinct().Skip(1).Any())
            throw RefusedException.Of("energy.units",
                ("units", string.Join(", ", meters.Select(m => m.Meter.Unit).Distinct())));
        return meters;
    }

    private static int StepOf(LoadSpec spec, ImmutableArray<ReadMeter> meters)
    {
        var longest = meters.Max(m => m.Minutes);
        if (spec.Minutes is not { } minutes) return longest;
        return minutes >= longest && MeterChoice.Steps.Contains(minutes) ? minutes
            : throw RefusedException.Of("energy.step", ("minutes", minutes), ("longest", longest),
                ("steps", string.Join(", ", MeterChoice.Steps)));
    }
}
