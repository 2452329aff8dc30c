using System.Globalization;

namespace Celadon.Store.Import.Reading;

/// <summary>
/// Dates as spreadsheets store them: days since 1900 (in which 29 February 1900 exists, an error kept for
/// compatibility) or since 1904, with the time as a fraction of a day, rounded here to the second.
/// </summary>
internal static class SerialDates
{
    private const long DaySeconds = 86_400;
    private const decimal LastSerial = 2_958_466m; // 10000-01-01

    /// <summary>
    /// Writes a serial as "2025-10-01", "2025-10-01 00:15:00" or, where the format shows time alone,
    /// "00:15:00". False for what is no date: negative, beyond the year 9999, the 60th day of 1900.
    /// </summary>
    public static bool TryFormat(
        ReadOnlySpan<char> serial, bool from1904, bool timeOnly, Span<char> output, out int length,
        out CellKind kind)
    {
        (length, kind) = (0, CellKind.Date);
        if (!decimal.TryParse(serial, NumberStyles.Float, CultureInfo.InvariantCulture, out var days)
            || days < 0 || days >= LastSerial) return false;
        var seconds = (long)Math.Round(days * DaySeconds, MidpointRounding.AwayFromZero);
        if (timeOnly)
        {
            kind = CellKind.Time;
            return output.TryWrite(CultureInfo.InvariantCulture,
                $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}", out length);
        }
        var day = seconds / DaySeconds;
        if (!from1904 && day is 60 or 0) return false;
        var epoch = from1904 ? new DateTime(1904, 1, 1) : new DateTime(1899, 12, day < 60 ? 31 : 30);
        var date = epoch.AddDays(day).AddSeconds(seconds % DaySeconds);
        return seconds % DaySeconds == 0
            ? output.TryWrite(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd}", out length)
            : output.TryWrite(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd HH:mm:ss}", out length);
    }
}
