using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Store.Readings;

/// <summary>What the readings of a meter need to know of it to be summed.</summary>
/// <param name="Id">Id of the meter.</param>
/// <param name="Zone">The local time of its site.</param>
/// <param name="Modulus">
/// Where its counter starts again at zero; null when it does not or nobody said.
/// </param>
public sealed record ReadingMeter(string Id, SiteZone Zone, Amount? Modulus = null)
{
    /// <summary>A meter of the register, with the zone of its site.</summary>
    /// <exception cref="RefusedException">meter.site: the site or its zone is not known.</exception>
    public static ReadingMeter Of(Meter meter, RegisterSet registers) => ZoneOf(meter, registers) is { } zone
        ? new ReadingMeter(meter.Id, zone, meter.Modulus)
        : throw RefusedException.Of("meter.site", ("meter", meter.Id), ("site", meter.Site));

    /// <summary>
    /// The zone of a meter's site, or null where site or zone is not known. A meter that is at no site yet
    /// keeps its times as they are written, which is in UTC.
    /// </summary>
    public static SiteZone? ZoneOf(Meter meter, RegisterSet registers) => meter.Site.Length == 0
        ? SiteZone.Get("Etc/UTC") : registers.Find<Site>(meter.Site)
            is { } site ? SiteZone.Find(site.Zone) : null;

    /// <summary>What rollups depend on, as text: they are rebuilt when it changes.</summary>
    internal string Basis => $"{Zone.Id} {SiteZone.DatabaseVersion} {Modulus?.ToString() ?? "-"}";
}
