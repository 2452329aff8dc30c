using System.Globalization;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Store.Readings;
using NodaTime;

namespace Celadon.Server.Pages;

/// <summary>
/// The numbers of a day of a meter, which the load of its month explains. The load is asked when a reader
/// follows a number, not before.
/// </summary>
internal static class DayLink
{
    /// <summary>Decimals of a mean power that a page works out itself.</summary>
    public const int Decimals = 4;

    /// <summary>The energy of a day.</summary>
    public static Number Total(PageContext at, DayProfile day, LocalDate date, Amount sum) =>
        new(sum, day.Meter.Unit, Show.Fixed(sum, 0), Why(at, day, date, "total"));

    /// <summary>The mean power of an interval of a day in kW.</summary>
    public static Number Power(PageContext at, DayProfile day, LocalDate date, CountedSeries series, int slot)
    {
        var power = PowerOf(series, slot);
        return new Number(power, "kW", Show.Fixed(power, 1), Why(at, day, date, $"power/{Digits(slot)}"));
    }

    /// <summary>The energy of an interval of the day.</summary>
    public static Number Energy(PageContext at, DayProfile day, int slot)
    {
        var amount = day.Series.Amount[slot];
        return new Number(amount, day.Meter.Unit, Text.Catalogue.Number(amount),
            Why(at, day, day.Date, $"power/{Digits(slot)}/@/0"));
    }

    /// <summary>Mean power of an interval in kW.</summary>
    public static Amount PowerOf(CountedSeries series, int slot) =>
        Amount.Divide(series.Amount[slot] * 3600, series.Length[slot], Decimals);

    /// <summary>The day that a series holds.</summary>
    public static LocalDate DateOf(DayProfile day, CountedSeries series) =>
        day.Zone.DateOf(Instant.FromUnixTimeSeconds(series.Start[0]));

    private static string Why(PageContext at, DayProfile day, LocalDate date, string path)
    {
        var month = new MonthSpan(date.ToYearMonth(), date.ToYearMonth());
        var spec = new JsonObject
        {
            ["period"] = month.ToString(), ["meters"] = new JsonArray(day.Meter.Id),
        };
        return at.Link("/why", ("question", "energy.load"), ("spec", spec.ToJsonString()),
            ("number", $"/days/{Digits(date.Day - 1)}/{path}"), ("at", at.At));
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
