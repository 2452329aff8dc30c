using System.Globalization;
using Celadon.Text;
using NodaTime.TimeZones;

namespace Celadon.Server.Web;

/// <summary>Countries with their time zones, as a reader chooses where a site lies.</summary>
internal static class Places
{
    /// <summary>"GB|Europe/London" with its name; the United Kingdom and China first, then by name.</summary>
    public static IReadOnlyList<(string Value, string Name)> Of(Catalogue text)
    {
        var zones = TzdbDateTimeZoneSource.Default.ZoneLocations ?? [];
        return [.. zones.GroupBy(z => z.CountryCode)
            .SelectMany(g => g.Select(z => (Code: g.Key, z.ZoneId, Name: NameOf(g.Key, z.CountryName, text),
                Several: g.Skip(1).Any())))
            .OrderBy(p => p.Code switch { "GB" => 0, "CN" => 1, _ => 2 })
            .ThenBy(p => p.Name, StringComparer.Create(text.Culture, true))
                .ThenBy(p => p.ZoneId, StringComparer.Ordinal)
            .Select(p => ($"{p.Code}|{p.ZoneId}", p.Several ? $"{p.Name} · {p.ZoneId}" : p.Name))];
    }

    private static string NameOf(string code, string english, Catalogue text)
    {
        if (text.Has($"rooms.country.{code}")) return text.Text($"rooms.country.{code}");
        if (text.Language == "en") return english;
        var before = CultureInfo.CurrentUICulture;
        try
        {
            // The names of countries come from the platform's locale data, in the language of the thread.
            CultureInfo.CurrentUICulture = text.Culture;
            return new RegionInfo(code).DisplayName;
        }
        catch (ArgumentException)
        {
            return english;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
