using System.Globalization;

namespace LongquanStoke;

/// <summary>
/// Delivery notes, dips, logs and surveys of Stoke as activity tables, and the output as a workbook.
/// </summary>
public sealed class StokeDocuments
{
    private const string Folder = "inputs/stoke/documents/";

    /// <summary>Writes the papers and plants their faults.</summary>
    public StokeDocuments(Papers papers)
    {
        Keep(papers, "diesel.csv", Diesel());
        Keep(papers, "refrigerant.csv", Refrigerant());
        Keep(papers, "deliveries.csv", Deliveries());
        Keep(papers, "waste-notes.csv", Waste());
        Keep(papers, "dispatches.csv", Dispatches());
        Keep(papers, "commuting.csv", Commuting());
        Keep(papers, "water.csv", Water());
        Output(papers);
        PlantFaults(papers);
    }

    /// <summary>All rows.</summary>
    public List<Activity> Rows { get; } = [];

    private void Keep(Papers papers, string file, List<Activity> rows)
    {
        ActivityTable.British(papers, Folder + file, rows);
        Rows.AddRange(rows);
    }

    private static List<Activity> Diesel()
    {
        var rows = new List<Activity>();
        for (var m = 0; m < 12; m++)
            if (StokePlan.DipLitres[m] is { } litres)
                rows.Add(Dip(ReportingYear.Months[m].First, "06:00", litres));
        rows.Add(Dip(ReportingYear.Last, "22:00", StokePlan.LastDipLitres));
        foreach (var (day, litres) in StokePlan.DieselDeliveries)
            rows.Add(Activity.On(day, "supplier:potteries-fuels", "stock:diesel", "diesel", litres, "L",
                "invoiced", Numbers.Invariant($"PF-{day:yyMMdd}"), ("blend", "average-biofuel-blend")));
        return [.. rows.OrderBy(row => row.First)];
    }

    /// <summary>
    /// The tank is dipped before the first shift, and after the last one at the end of the year.
    /// </summary>
    private static Activity Dip(DateOnly day, string time, int litres) => Activity.Count(
        day, "stock:diesel", "diesel", litres, "L", Numbers.Invariant($"dip {day:yyyy-MM-dd}"),
        ("time", time));

    private static List<Activity> Refrigerant()
    {
        var rows = new List<Activity>();
        foreach (var (day, mass) in ((DateOnly, decimal)[])
            [(new(2026, 4, 15), 1.6m), (new(2026, 9, 17), 4.2m)])
        {
            var sheet = Numbers.Invariant($"service sheet {day:yyyy-MM-dd}");
            (string, string)[] method = [("method", "recharge replaces loss")];
            rows.Add(Activity.On(day, "supplier:cheadle-cooling", "unit:chiller", "r-410a", mass, "kg",
                "stated", sheet, method));
            rows.Add(Activity.On(day, "unit:chiller", "atmosphere", "r-410a", mass, "kg", "stated", sheet,
                method));
        }
        return rows;
    }

    private static List<Activity> Deliveries() => [.. StokePlan.Deliveries.Select(d => Activity.On(
        d.Day, $"supplier:{d.Supplier}", $"stock:{d.Stock}", d.Resource, d.Amount, d.Unit, "invoiced",
        Numbers.Invariant($"DN-{d.Day:yyMMdd}"), ("payer", d.Payer), ("distance", Km(d.Km)),
        ("vehicle", "HGV"),
        ("load", ""), ("production", d.Resource == "board" ? "primary" : "")))];

    private static List<Activity> Waste() => [.. StokePlan.Waste.Select(w => Activity.On(
        w.Day, "site:stoke", "waste-handler:etruria-recovery", w.Resource, w.Amount, w.Unit, "invoiced",
        Numbers.Invariant($"WTN-{w.Day:yyMMdd}"), ("ewc", w.Ewc), ("route", w.Route),
        ("wetted", w.Ewc == "10 12 08" ? "no" : "")))];

    private static List<Activity> Dispatches() => [.. StokePlan.Dispatches.Select(d => Activity.On(
        d.Day, "stock:ware", $"customer:{d.Customer}", "ware", d.Tonnes, "t", "invoiced",
        Numbers.Invariant($"DSP-{d.Day:yyMMdd}"), ("payer", d.Payer), ("distance", Km(d.Km)),
        ("vehicle", "HGV"),
        ("load", "")))];

    private static List<Activity> Commuting() => [.. ReportingYear.Months.Select((month, m) => new Activity(
        month.First, month.Last, "employee-travel", "site:stoke", "travel/car", StokePlan.CommutingKm[m],
        "km", "estimated", "staff survey May 2026", ("purpose", "commuting"), ("mode", "car"),
        ("fuel", "unknown")))];

    private static List<Activity> Water() =>
        [.. ReportingYear.Months.Select((month, m) => (month, Billed: StokePlan.WaterM3[m]))
        .Where(bill => bill.Billed is not null).Select(bill => new Activity(
            bill.month.First, bill.month.Last, "grid:water", "site:stoke", "water-supply", bill.Billed!.Value,
            "m3", "invoiced", $"W-{bill.month}"))];

    /// <summary>The kiln log: tonnes fired a month; two months are typed as text.</summary>
    private void Output(Papers papers)
    {
        const string file = Folder + "kiln-output.xlsx";
        var sheet = new Workbook("Kiln log");
        sheet.Add("Stoke works, ware out of the kilns");
        sheet.Add("Month", "Ware fired (t)", "Firings");
        for (var m = 0; m < 12; m++)
        {
            var month = ReportingYear.Months[m];
            var text = month.First.ToString("MMM yyyy", CultureInfo.InvariantCulture);
            var tonnes = StokePlan.OutputTenths[m] / 10m;
            var row = sheet.Add(m is 4 or 11 ? text : month.First, tonnes,
                (decimal)(StokePlan.OutputTenths[m] / 5));
            var fired = new Activity(month.First, month.Last, "unit:kiln", "stock:ware", "ware", tonnes, "t",
                "measured", $"kiln log {month}") { File = file, Row = row };
            Rows.Add(fired);
            if (m is 4 or 11) papers.Plant(file, row, "Month", "month-as-text",
                $"\"{text}\" is text, not a date");
        }
        papers.Add(file, sheet.Write());
    }

    private void PlantFaults(Papers papers)
    {
        foreach (var row in Rows)
        {
            if (row.Facts.Any(f => f is { Name: "payer", Value: "" }))
                papers.Plant(row.File, row.Row, "payer", "missing-fact",
                    "the note does not say who pays the carriage");
            if (row.Facts.Any(f => f is { Name: "distance", Value: "" }))
                papers.Plant(row.File, row.Row, "distance", "missing-fact",
                    "the note does not state the distance");
            if (row.Facts.Any(f => f is { Name: "route", Value: "" }))
                papers.Plant(row.File, row.Row, "route", "missing-fact",
                    "the note does not state the treatment");
            if (row.Unit == "kg" && row.Resource is "glaze-frit" or "waste/board" && row.Amount > 100)
                papers.Plant(row.File, row.Row, "unit", "mixed-unit", "kilograms in a column of tonnes");
        }
        papers.Plant(Folder + "diesel.csv", 0, "", "missing-count",
            "nobody dipped the tank on 1 May 2026: April and May are known only together");
        papers.Plant(Folder + "water.csv", 0, "", "missing-bill", "the water bill of February 2026 is lost");
    }

    private static string Km(int? distance) =>
        distance is { } km ? km.ToString(CultureInfo.InvariantCulture) + " km" : "";
}
