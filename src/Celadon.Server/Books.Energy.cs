using Celadon.Lenses.Energy.Load;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server.Pages;

namespace Celadon.Server;

public sealed partial class Books
{
    private const int SecondsOfALoad = 3600;

    /// <summary>
    /// Meters that have a load to look at in some months: readings at least every hour on average.
    /// Electricity first, supplies before sub-meters, the larger before the smaller.
    /// </summary>
    public IReadOnlyList<MeteredLoad> LoadsOf(string? site, MonthSpan period) =>
        Keep($"loads {site} {period}", () => new Box<IReadOnlyList<MeteredLoad>>(FindLoads(site, period)))
            .Value;

    /// <summary>What the calendar of a load is drawn from, made once from its answer.</summary>
    internal LoadCalendar CalendarOf(string spec, LoadReport report) =>
        Keep($"calendar {spec}", () => LoadCalendar.Of(report));

    private List<MeteredLoad> FindLoads(string? site, MonthSpan period)
    {
        var view = _workspace.ViewAt(period, _reader.Head().Position);
        var months = view.MeterMonths.GroupBy(m => m.Meter).ToDictionary(g => g.Key, g => g.ToList());
        return [.. view.Registers.Of<Meter>()
            .Where(m => (site is null || m.Site == site) && months.ContainsKey(m.Id))
            .Select(m => (Meter: m, Rows: months[m.Id]))
            .Where(m => m.Rows.Sum(r => r.Known) <= SecondsOfALoad * m.Rows.Sum(r => r.Count))
            .Select(m => new MeteredLoad(m.Meter,
                m.Rows.Aggregate(Amount.Zero, (sum, row) => sum + row.Sum), !m.Meter.FromNode.IsInside))
            .OrderByDescending(m => m.Meter.Resource == "electricity").ThenByDescending(m => m.IsSupply)
            .ThenByDescending(m => m.Sum).ThenBy(m => m.Meter.Id, StringComparer.Ordinal)];
    }
}

/// <summary>A meter whose readings are a load, with their sum.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Sum">Sum of its readings in the months asked for, in its unit.</param>
/// <param name="IsSupply">True where it supplies the site; false for a sub-meter.</param>
public sealed record MeteredLoad(Meter Meter, Amount Sum, bool IsSupply);
