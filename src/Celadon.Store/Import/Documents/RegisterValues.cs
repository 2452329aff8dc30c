using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// Values of register items that have the right type and mean nothing: a zone that does not exist, a place of
/// no kind. They are refused where they come in, for every later question would meet them.
/// </summary>
internal static class RegisterValues
{
    /// <summary>
    /// The first member of an item that means nothing, with its value; null when all is well.
    /// </summary>
    public static (string Member, string Value)? Wrong(RegisterItem item)
    {
        if (string.IsNullOrWhiteSpace(item.Id)) return ("id", item.Id);
        return item switch
        {
            Site site => SiteZone.Find(site.Zone) is null ? ("zone", site.Zone)
                : site.EquityShare is { } share && (share.Sign < 0 || share > Amount.One)
                    ? ("equityShare", share.ToString()) : null,
            Stock stock => Named("consumer", stock.Consumer) ?? Named("producer", stock.Producer),
            Component part => Part(part),
            Meter meter => Place("from", meter.From) ?? Place("to", meter.To) ?? Measured(meter),
            _ => null,
        };
    }

    private static (string, string)? Part(Component part)
    {
        if (part.Amount.Sign <= 0) return ("amount", part.Amount.ToString());
        if (!Units.TryParse(part.Unit, out _)) return ("unit", part.Unit);
        if (part.From is { } from && !MonthSpan.TryParse(from, out _)) return ("from", from);
        if (part.To is { } to && !MonthSpan.TryParse(to, out _)) return ("to", to);
        if (part.Factor is { } factor && !factor.Contains(':', StringComparison.Ordinal))
            return ("factor", factor);
        return part.Process is { } process && !process.Contains(':', StringComparison.Ordinal)
            ? ("process", process) : null;
    }

    private static (string, string)? Named(string member, string? text) =>
        text is null ? null : Place(member, text);

    private static (string, string)? Place(string member, string text) =>
        Node.TryParse(text, out _) ? null : (member, text);

    private static (string, string)? Measured(Meter meter)
    {
        if (!Units.TryParse(meter.Unit, out _)) return ("unit", meter.Unit);
        if (meter.Scale is < 0 or > Amount.MaxStoredScale)
            return ("scale", meter.Scale.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (meter.Modulus is { } modulus && modulus.Sign <= 0) return ("modulus", modulus.ToString());
        return meter.IntervalMinutes is <= 0 ? ("intervalMinutes", $"{meter.IntervalMinutes}") : null;
    }
}
