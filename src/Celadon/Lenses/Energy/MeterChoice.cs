using System.Collections.Immutable;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Energy;

/// <summary>A meter of a question with its readings and the step they come in.</summary>
/// <param name="Meter">The register's item.</param>
/// <param name="Zone">The local time of its site; UTC for a meter that is at no site yet.</param>
/// <param name="Series">Its readings.</param>
/// <param name="Minutes">The step they come in.</param>
internal sealed record ReadMeter(Meter Meter, SiteZone Zone, IntervalSeries Series, int Minutes);

/// <summary>From what a spec names to meters whose readings can be looked at interval by interval.</summary>
internal static class MeterChoice
{
    /// <summary>Steps that divide the hour and are in use. Longer readings are bills, not a load.</summary>
    public static readonly ImmutableArray<int> Steps = [5, 10, 15, 20, 30, 60];

    /// <summary>
    /// The meters named, or all of the resource: those with interval readings in the period. What has none,
    /// or comes in longer steps than an hour, is said and left out.
    /// </summary>
    /// <exception cref="RefusedException">
    /// energy.noMeter: a name that no meter has. energy.noReadings: nothing is left.
    /// </exception>
    public static ImmutableArray<ReadMeter> Of(
        View view, IntervalRequest request, ImmutableArray<string> sites, List<Finding> findings)
    {
        foreach (var id in request.Meters.IsDefault ? [] : request.Meters)
            if (view.Registers.Find<Meter>(id) is null) throw RefusedException.Of("energy.noMeter",
                ("meter", id), ("meters", string.Join(", ", view.Registers.Of<Meter>()
                    .Where(m => m.Resource == request.Resource).Select(m => m.Id))));
        var found = ImmutableArray.CreateBuilder<ReadMeter>();
        foreach (var meter in request.In(view.Registers, sites))
        {
            if (!view.Intervals.TryGetValue(meter.Id, out var series)) continue;
            var minutes = StepOf(series);
            if (minutes == 0)
                findings.Add(Finding.Of("energy.coarse", Severity.Info, null, ("meter", meter.Id)));
            else if (ZoneOf(meter, view.Registers) is { } zone)
                found.Add(new ReadMeter(meter, zone, series, minutes));
        }
        return found.Count > 0 ? found.ToImmutable() : throw RefusedException.Of("energy.noReadings",
            ("resource", request.Resource), ("period", view.Period!.Value));
    }

    /// <summary>True for a meter through which a site is supplied: what flows there is in no other.</summary>
    public static bool IsSupply(Meter meter) => !meter.FromNode.IsInside;

    /// <summary>The shortest step that holds the commonest length of readings; 0 beyond an hour.</summary>
    private static int StepOf(IntervalSeries series)
    {
        var common = series.Length.CountBy(length => length).OrderByDescending(c => c.Value)
            .ThenBy(c => c.Key).First().Key;
        return Steps.FirstOrDefault(minutes => common <= minutes * 60);
    }

    private static SiteZone? ZoneOf(Meter meter, RegisterSet registers) => meter.Site.Length == 0
        ? SiteZone.Get("Etc/UTC")
        : registers.Find<Site>(meter.Site) is { } site ? SiteZone.Find(site.Zone) : null;
}
