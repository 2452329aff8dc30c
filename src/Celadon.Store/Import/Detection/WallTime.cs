namespace Celadon.Store.Import.Detection;

/// <summary>
/// Wall-clock time as whole seconds since 1970-01-01 00:00 of whatever clock the file follows. Plain
/// integers, because a column of a year's quarter-hours is compared, stepped and sorted before any zone is
/// known.
/// </summary>
internal static class WallTime
{
    public const long Day = 86_400;

    /// <summary>No time: the cell was empty or unreadable.</summary>
    public const long None = long.MinValue;

    /// <summary>
    /// Days since 1970 of a civil date (Gregorian; algorithm of H. Hinnant, chrono-compatible calendars).
    /// </summary>
    public static long Days(int year, int month, int day)
    {
        var y = month <= 2 ? year - 1 : year;
        var era = (y >= 0 ? y : y - 399) / 400;
        var yearOfEra = y - era * 400;
        var dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        var dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    /// <summary>The date of a time.</summary>
    public static DateOnly DateOf(long seconds) =>
        DateOnly.FromDayNumber((int)(Math.DivRem(seconds - Mod(seconds), Day).Quotient + UnixEpochDay));

    /// <summary>Seconds since midnight.</summary>
    public static int Mod(long seconds)
    {
        var rest = seconds % Day;
        return (int)(rest < 0 ? rest + Day : rest);
    }

    /// <summary>A date at midnight.</summary>
    public static long Of(DateOnly date) => (date.DayNumber - UnixEpochDay) * Day;

    /// <summary>"2025-10-01 00:15", or the date alone at midnight.</summary>
    public static string Format(long seconds)
    {
        var time = Mod(seconds);
        var date = DateOf(seconds).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return time == 0 ? date : $"{date} {time / 3600:00}:{time / 60 % 60:00}";
    }

    private static readonly long UnixEpochDay = new DateOnly(1970, 1, 1).DayNumber;
}
