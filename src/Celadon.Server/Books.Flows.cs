using Celadon.Lenses;
using Celadon.Ledger;
using Celadon.Quantities;

namespace Celadon.Server;

public sealed partial class Books
{
    /// <summary>What counts of every flow of the chosen sites in the period.</summary>
    public IReadOnlyList<Activity> ActivitiesOf(string? site, MonthSpan period) => Keep(
        $"activities {site} {period}", () => new Box<IReadOnlyList<Activity>>([.. Measurements.Of(
            _workspace.ViewAt(period, _reader.Head().Position)).Activities.Where(a =>
                !a.IsAdjustment && a.From != a.To && (site is null || a.Site == site))])).Value;

    /// <summary>The closings in force of the chosen sites in the period.</summary>
    public IReadOnlyList<ClosingInForce> ClosingsOf(string? site, MonthSpan period) =>
        [.. _workspace.ViewAt(period, _reader.Head().Position).Closings.Where(c =>
            period.Contains(c.Closing.Month) && (site is null || c.Closing.Site == site))];
}
