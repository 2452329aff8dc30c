namespace LongquanStoke;

/// <summary>
/// The plain activity table for everything else: ware shipped from Longquan to Stoke leg by leg, journeys, a
/// press, an insurance.
/// </summary>
public static class Everything
{
    private const string File = "inputs/activities.csv";

    /// <summary>Day on which ware leaves Longquan, and tonnes; each leg follows some days later.</summary>
    private static readonly (DateOnly Day, decimal Tonnes)[] Shipments =
    [
        (new(2025, 11, 5), 12.5m), (new(2026, 1, 28), 11.8m), (new(2026, 4, 29), 13.2m),
        (new(2026, 6, 24), 12.1m),
    ];

    /// <summary>Writes the table and returns its rows.</summary>
    public static List<Activity> Write(Papers papers)
    {
        var rows = new List<Activity>();
        foreach (var (day, tonnes) in Shipments)
        {
            rows.Add(Leg(day, "longquan-ware", "ningbo-port", tonnes, "420 km", "HGV"));
            rows.Add(Leg(
                day.AddDays(6), "ningbo-port", "felixstowe-port", tonnes, "19900 km", "container ship"));
            rows.Add(Leg(day.AddDays(44), "felixstowe-port", "ware", tonnes, "300 km", "HGV"));
        }
        foreach (var (day, kilometres) in ((DateOnly, decimal)[])
            [(new(2025, 11, 11), 1410m), (new(2026, 2, 3), 940m), (new(2026, 6, 9), 1880m)])
            rows.Add(Trip(day, "travel/rail", kilometres, "pkm", ("service", "national")));
        rows.Add(Trip(new(2026, 3, 9), "travel/taxi", 118m, "km", ("service", "regular")));
        rows.Add(Trip(new(2026, 3, 9), "travel/flight", 36600m, "pkm", ("haul", "long-haul"),
            ("class", "economy"), ("radiative forcing", "with-rf")));
        rows.Add(Activity.On(new(2026, 2, 10), "supplier:brno-presses", "unit:press", "machinery", 86000m,
            "GBP", "invoiced", "BP-4471", ("capitalised", "yes")));
        rows.Add(Activity.On(new(2026, 1, 5), "supplier:black-country-mutual", "site:stoke", "insurance",
            12400m, "GBP", "invoiced", "policy 2026"));
        rows = [.. rows.OrderBy(row => row.First)];
        ActivityTable.Iso(papers, File, rows);
        return rows;
    }

    private static Activity Leg(
        DateOnly day, string from, string to, decimal tonnes, string distance, string vehicle) =>
        Activity.On(day, $"stock:{from}", $"stock:{to}", "ware", tonnes, "t", "invoiced",
            Numbers.Invariant($"FR-{day:yyMMdd}"), ("payer", "us"), ("distance", distance),
            ("vehicle", vehicle));

    private static Activity Trip(
        DateOnly day, string resource, decimal amount, string unit, params (string, string)[] facts) =>
        Activity.On(day, "employee-travel", "site:stoke", resource, amount, unit, "invoiced",
            Numbers.Invariant($"TR-{day:yyMMdd}"), [("purpose", "business"), .. facts]);
}
