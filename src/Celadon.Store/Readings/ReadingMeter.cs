using Celadon.Quantities;
using Celadon.Registers;

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
    /// <exception cref="ArgumentException">The site or its zone is not known.</exception>
    public static ReadingMeter Of(Meter meter, RegisterSet registers)
    {
        var site = registers.Find<Site>(meter.Site)
            ?? throw new ArgumentException(
                $"Meter '{meter.Id}' names the site '{meter.Site}', which is not known.");
        return new ReadingMeter(meter.Id, SiteZone.Get(site.Zone), meter.Modulus);
    }

    /// <summary>What rollups depend on, as text: they are rebuilt when it changes.</summary>
    internal string Basis => $"{Zone.Id} {SiteZone.DatabaseVersion} {Modulus?.ToString() ?? "-"}";
}
