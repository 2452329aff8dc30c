using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses;

/// <summary>
/// From the rows of a view to what counts: each flow of each site's month once, whatever number of
/// measurements the books hold of it. The law (docs/ledger.md): a supply that runs all the time (from a grid,
/// or with a meter on it) has one amount a month, from the first of these that covers the month wholly:
/// interval meter, bill, calculation, estimate, statement; where none does, from the one that covers most.
/// What was not chosen is a check, and its difference a finding. Other movements add up, except that the same
/// movement over the same period known on several bases counts once, on the best. Entries over several months
/// are shared out by days; shares add up to the entry.
/// </summary>
public sealed class Measurements
{
    private readonly View _view;
    private Lazy<(int[] Rows, int[] First)> _byShape;

    private Measurements(View view)
    {
        _view = view;
        _byShape = new(() => IndexByShape(view));
    }

    /// <summary>What counts, in order of site, month, flow and facts.</summary>
    public ImmutableArray<Activity> Activities { get; private set; } = [];

    /// <summary>How much of each month each running supply covers.</summary>
    public ImmutableArray<FlowCoverage> Coverage { get; private set; } = [];

    /// <summary>Differences, overlaps, gaps.</summary>
    public ImmutableArray<Finding> Findings { get; private set; } = [];

    /// <summary>What counts in a view, of all sites and of what belongs to none.</summary>
    public static Measurements Of(View view, CancellationToken cancel = default) => Of(view, [], cancel);

    /// <summary>What counts in a view: computed once, since a view never changes.</summary>
    /// <param name="view">The view.</param>
    /// <param name="sites">Ids of the sites to look at; empty for all and for what belongs to none.</param>
    /// <param name="cancel">Stops long work.</param>
    public static Measurements Of(View view, ImmutableArray<string> sites,
        CancellationToken cancel = default) =>
        view.Measured.GetOrAdd(string.Join('|', sites), _ => Compute(view, sites, cancel));

    private static Measurements Compute(View view, ImmutableArray<string> sites, CancellationToken cancel)
    {
        var measurements = new Measurements(view);
        if (view.Period is not { } span) return measurements;
        var measuring = new Measuring(view, span, measurements, sites);
        measuring.Run(cancel);
        measurements.Activities = [.. measuring.Activities
            .OrderBy(a => a.Site, StringComparer.Ordinal).ThenBy(a => a.Month)
            .ThenBy(a => a.From.ToString(), StringComparer.Ordinal)
                .ThenBy(a => a.To.ToString(), StringComparer.Ordinal)
            .ThenBy(a => a.Resource, StringComparer.Ordinal).ThenBy(a => a.Unit, StringComparer.Ordinal)
            .ThenBy(a => a.Basis).ThenBy(a => a.Facts.Text, StringComparer.Ordinal)
                .ThenBy(a => a.IsAdjustment)];
        measurements.Coverage = [.. measuring.Coverage];
        measurements.Findings = [.. measuring.Findings, .. SubMetering.Of(measurements)];
        return measurements;
    }

    /// <summary>The rows of a shape, in order of position.</summary>
    internal ReadOnlyMemory<int> RowsOf(int shape)
    {
        var (rows, first) = _byShape.Value;
        return rows.AsMemory(first[shape]..first[shape + 1]);
    }

    private static (int[] Rows, int[] First) IndexByShape(View view)
    {
        var shapes = view.Entries.Shape;
        var first = new int[view.Shapes.Length + 1];
        foreach (var shape in shapes) first[shape + 1]++;
        for (var i = 1; i < first.Length; i++) first[i] += first[i - 1];
        var rows = new int[shapes.Length];
        var next = first[..^1];
        for (var row = 0; row < shapes.Length; row++) rows[next[shapes[row]]++] = row;
        return (rows, first);
    }
}
