using System.Globalization;
using Celadon.Quantities;
using Celadon.Text;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Server.Web;

/// <summary>How stored things are written for people. The stored form is never changed by it.</summary>
public static class Show
{
    private static readonly InstantPattern Second =
        InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm 'UTC'");

    /// <summary>With a fixed number of decimals, rounded half to even, grouped: 38.57, 959,637.</summary>
    public static string Fixed(Amount amount, int decimals)
    {
        var rounded = amount.Round(decimals);
        if (rounded.IsZero && !amount.IsZero)
            return $"{(amount.Sign < 0 ? "> −" : "< ")}0.{new string('0', Math.Max(0, decimals - 1))}1";
        var text = Catalogue.Number(rounded);
        if (decimals == 0) return text;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? text + "." + new string('0', decimals) : text.PadRight(point + 1 + decimals, '0');
    }

    /// <summary>
    /// To three significant digits or the whole number, whichever says more: 0.1309, 24.5, 959,637.
    /// </summary>
    public static string Short(Amount amount)
    {
        if (amount.IsZero) return "0";
        var whole = amount.Abs().Round(0).ToString().Length;
        if (amount.Abs() >= Amount.Parse("1")) return Fixed(amount, Math.Max(0, 3 - whole));
        var text = amount.Abs().ToString();
        var first = text.AsSpan(2).IndexOfAnyExcept('0');
        return first < 0 ? "0" : Catalogue.Number(amount.Round(first + 4));
    }

    /// <summary>As it is where that is short, else to three significant digits or the whole number.</summary>
    public static string Brief(Amount amount)
    {
        var exact = Catalogue.Number(amount);
        return exact.Length <= 9 ? exact : Short(amount);
    }

    /// <summary>
    /// In ten thousands (wan) from ten thousand on, in hundred millions (yi) from there on, two decimals.
    /// </summary>
    public static string Wan(Catalogue text, Amount amount)
    {
        var size = amount.Sign < 0 ? -amount : amount;
        if (size >= 100_000_000)
            return text.Text("rooms.yi", ("number", Fixed(amount * Amount.From(1, 8), 2)));
        return size < 10_000 ? Brief(amount)
            : text.Text("rooms.wan", ("number", Fixed(amount * Amount.From(1, 4), 2)));
    }

    /// <summary>
    /// A number as it is written elsewhere, with what follows it, in ten thousands or hundred millions where
    /// it is that large: "518,528 kWh" is "51.85 万 kWh".
    /// </summary>
    public static string Grouped(Catalogue text, string shown)
    {
        var end = 0;
        while (end < shown.Length && (char.IsAsciiDigit(shown[end]) || shown[end] is ',' or '.'
            || (end == 0 && shown[end] is '+' or '-' or '−'))) end++;
        var number = shown[..end].Replace(",", "", StringComparison.Ordinal)
            .Replace("−", "-", StringComparison.Ordinal).TrimStart('+');
        if (!Amount.TryParse(number, out var amount) || amount.Abs() < 10_000) return shown;
        var sign = shown[0] is '+' or '−' ? shown[..1] : "";
        return sign + Wan(text, sign.Length > 0 ? amount.Abs() : amount) + shown[end..];
    }

    /// <summary>A mass of gas in tonnes, two decimals.</summary>
    public static string Tonnes(Amount kilograms) => Fixed(kilograms * Amount.Parse("0.001"), 2);

    /// <summary>A unit as it is set: CO₂e, m³.</summary>
    public static string Unit(string unit) => unit
        .Replace("CO2", "CO₂", StringComparison.Ordinal).Replace("CH4", "CH₄", StringComparison.Ordinal)
        .Replace("N2O", "N₂O", StringComparison.Ordinal).Replace("m3", "m³", StringComparison.Ordinal)
        .Replace("m2", "m²", StringComparison.Ordinal);

    /// <summary>A number of percent: no-break space in English, none in 中文.</summary>
    public static string Percent(Catalogue text, string number) => text.Language == "zh" ? number + "%"
        : number + " %";

    /// <summary>An instant, to the minute.</summary>
    public static string Time(Instant instant) => Second.Format(instant);

    /// <summary>A period in a zone: whole days as days, else to the minute.</summary>
    public static string Span(Catalogue text, Period period, DateTimeZone zone)
    {
        var start = period.Start.InZone(zone).LocalDateTime;
        var end = period.End.InZone(zone).LocalDateTime;
        if (start.TimeOfDay != LocalTime.Midnight || end.TimeOfDay != LocalTime.Midnight)
            return start.Date == end.Date
                ? $"{Day(text, start.Date)} {Clock(start)}–{Clock(end)}"
                : $"{Day(text, start.Date)} {Clock(start)} – {Day(text, end.Date)} {Clock(end)}";
        var last = end.Date.PlusDays(-1);
        if (start.Date == last) return Day(text, last);
        var month = start.Date.ToYearMonth();
        if (start.Day == 1 && last == start.Date.PlusMonths(1).PlusDays(-1)) return Month(text, month);
        return $"{Day(text, start.Date)} – {Day(text, last)}";
    }

    /// <summary>A day as the language writes it: 1 Sep 2026.</summary>
    public static string Day(Catalogue text, LocalDate day) => new DateOnly(day.Year, day.Month, day.Day)
        .ToString(text.Text("format.date"), text.Culture);

    /// <summary>A month as the language writes it: Sep 2026.</summary>
    public static string Month(Catalogue text, YearMonth month) => new DateOnly(month.Year, month.Month, 1)
        .ToString(text.Text("format.month"), text.Culture);

    /// <summary>A month without its year: Sep.</summary>
    public static string MonthName(Catalogue text, int month) => new DateOnly(2000, month, 1)
        .ToString(text.Text("format.monthName"), text.Culture);

    /// <summary>Months from first to last; a whole year by its number.</summary>
    public static string Months(Catalogue text, MonthSpan span)
    {
        if (span.First == span.Last) return Month(text, span.First);
        if (span.First.Year == span.Last.Year && span.Count == 12)
            return text.Text("format.year", ("year", span.First.Year));
        return text.Text("format.span", ("first", Month(text, span.First)), ("last", Month(text, span.Last)));
    }

    /// <summary>
    /// The power of ten that a residual stays below, raised: nobody counts sixteen noughts.
    /// </summary>
    public static string PowerAbove(Amount residual) => string.Concat(
        ((int)Math.Ceiling(Math.Log10(residual.ToDouble()))).ToString(CultureInfo.InvariantCulture)
            .Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));

    /// <summary>A number of bytes: 2.7 MB.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => bytes.ToString(CultureInfo.InvariantCulture) + " B",
        < 1_000_000 => Fixed(Amount.From(bytes, 3), 1) + " kB",
        < 1_000_000_000 => Fixed(Amount.From(bytes, 6), 1) + " MB",
        _ => Fixed(Amount.From(bytes, 9), 1) + " GB",
    };

    /// <summary>The beginning of a hash, enough to compare by eye.</summary>
    public static string Hash(string sha256) => sha256.Length > 8 ? sha256[..8] + "…" : sha256;

    private static string Clock(LocalDateTime time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}");
}
