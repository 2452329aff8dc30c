namespace LongquanStoke;

/// <summary>
/// The papers of Longquan as activity tables with Chinese headers, and its output as a workbook.
/// </summary>
public sealed class LongquanDocuments
{
    private const string Folder = "inputs/longquan/documents/";

    /// <summary>Writes the papers and plants their faults.</summary>
    public LongquanDocuments(Papers papers)
    {
        Keep(papers, "diesel.csv", Diesel());
        Keep(papers, "lpg.csv", Lpg());
        Keep(papers, "refrigerant.csv", Refrigerant());
        Keep(papers, "deliveries.csv", Deliveries());
        Keep(papers, "waste.csv", Waste());
        Keep(papers, "dispatches.csv", Dispatches());
        Keep(papers, "commuting.csv", Commuting());
        Keep(papers, "water.csv", Water());
        Output(papers);
    }

    /// <summary>All rows.</summary>
    public List<Activity> Rows { get; } = [];

    private void Keep(Papers papers, string file, List<Activity> rows)
    {
        ActivityTable.InChinese(papers, Folder + file, rows);
        Rows.AddRange(rows);
        foreach (var row in rows.Where(r => r.Resource == "water-supply" && r.Unit == "t"))
            papers.Plant(row.File, row.Row, "单位", "mixed-unit",
                "water in tonnes; the other months are in cubic metres");
    }

    /// <summary>
    /// <summary>The standby generator: diesel bought in cans and burned in test runs.</summary>
    private static List<Activity> Diesel()
    {
        (string, string)[] density = [("density", "0.835 kg/L")];
        Activity Bought(DateOnly day) =>
            Activity.On(day, "supplier:ouhai-petroleum", "stock:longquan-diesel", "diesel", 200m,
            "L", "invoiced", Numbers.Invariant($"OP-{day:yyMMdd}"), density);
        Activity Burned(DateOnly day, decimal litres) =>
            Activity.On(day, "stock:longquan-diesel", "unit:longquan-genset",
            "diesel", litres, "L", "measured", Numbers.Invariant($"run {day:yyyy-MM-dd}"), density);
        return
        [
            Bought(new(2025, 12, 8)), Burned(new(2025, 12, 20), 150m), Burned(new(2026, 2, 16), 76m),
            Bought(new(2026, 6, 15)), Burned(new(2026, 7, 3), 110m),
        ];
    }

    /// <summary>Bottles for the test kiln, weighed before and after each quarter.</summary>
    private static List<Activity> Lpg()
    {
        var rows = new List<Activity>();
        foreach (var (first, bought, burned) in ((DateOnly, decimal, decimal)[])
            [
                (new(2025, 10, 1), 600m, 550m), (new(2026, 1, 1), 400m, 420m), (new(2026, 4, 1), 600m, 600m),
                (new(2026, 7, 1), 600m, 580m),
            ])
        {
            rows.Add(Activity.On(first.AddDays(6), "supplier:lishui-gas", "stock:longquan-lpg", "lpg", bought,
                "kg", "invoiced", Numbers.Invariant($"LG-{first.AddDays(6):yyMMdd}")));
            rows.Add(new Activity(first, first.AddMonths(3).AddDays(-1), "stock:longquan-lpg",
                "unit:longquan-test-kiln", "lpg", burned, "kg", "measured",
                Numbers.Invariant($"weighing {first.AddMonths(3):yyyy-MM-dd}")));
        }
        return rows;
    }

    private static List<Activity> Refrigerant()
    {
        var day = new DateOnly(2026, 8, 5);
        (string, string)[] method = [("method", "recharge replaces loss")];
        return
        [
            Activity.On(day, "supplier:lishui-cooling", "unit:longquan-chiller", "r-32", 0.8m, "kg", "stated",
                "LC-260805", method),
            Activity.On(day, "unit:longquan-chiller", "atmosphere", "r-32", 0.8m, "kg", "stated", "LC-260805",
                method),
        ];
    }

    private static List<Activity> Deliveries()
    {
        Activity Note(DateOnly day, string stock, string resource, decimal tonnes, int km) => Activity.On(
            day, "supplier:baoxi-clays", $"stock:{stock}", resource, tonnes, "t", "invoiced",
            Numbers.Invariant($"BX-{day:yyMMdd}"), ("payer", "us"),
            ("distance", Numbers.Invariant($"{km} km")), ("vehicle", "HGV"));
        return
        [
            Note(new(2025, 11, 12), "longquan-clay", "clay", 45m, 60),
            Note(new(2026, 3, 20), "longquan-clay", "clay", 18m, 60),
            Note(new(2026, 6, 9), "longquan-glaze", "glaze", 1.6m, 340),
        ];
    }

    private static List<Activity> Waste()
    {
        Activity Note(DateOnly day, decimal tonnes) =>
            Activity.On(day, "site:longquan", "waste-handler:longquan-bricks",
            "waste/ceramics", tonnes, "t", "invoiced", Numbers.Invariant($"FW-{day:yyMMdd}"),
            ("route", "制砖"));
        return [Note(new(2026, 1, 14), 6.2m), Note(new(2026, 7, 15), 5.4m)];
    }

    private static List<Activity> Dispatches()
    {
        Activity Note(DateOnly day, decimal tonnes) =>
            Activity.On(day, "stock:longquan-ware", "customer:hangzhou-galleries",
            "ware", tonnes, "t", "invoiced", Numbers.Invariant($"CK-{day:yyMMdd}"), ("payer", "customer"),
            ("distance", "380 km"),
            ("vehicle", "HGV"));
        return [Note(new(2025, 12, 18), 7.5m), Note(new(2026, 5, 21), 9.0m), Note(new(2026, 9, 10), 5.8m)];
    }

    private static List<Activity> Commuting() =>
    [
        new(ReportingYear.First, ReportingYear.Last, "employee-travel", "site:longquan", "travel/e-bike",
            14400m, "km", "estimated", "员工调查 2026-05", ("purpose", "commuting"), ("mode", "e-bike"),
            ("fuel", "electricity")),
        new(ReportingYear.First, ReportingYear.Last, "employee-travel", "site:longquan", "travel/car", 31200m,
            "km",
            "estimated", "员工调查 2026-05", ("purpose", "commuting"), ("mode", "car"), ("fuel", "unknown")),
    ];

    private static List<Activity> Water() => [.. ReportingYear.Months.Select((month, m) => new Activity(
        month.First, month.Last, "grid:water", "site:longquan", "water-supply", LongquanPlan.WaterM3[m],
        month == new Month(2026, 4) ? "t" : "m3", "invoiced", $"SF-{month}"))];

    private void Output(Papers papers)
    {
        const string file = Folder + "longquan-output.xlsx";
        var sheet = new Workbook("月产量");
        sheet.Add("月份", "月产量(件)", "月产量(吨)");
        for (var m = 0; m < 12; m++)
        {
            var month = ReportingYear.Months[m];
            var tonnes = LongquanPlan.OutputTenths[m] / 10m;
            var row = sheet.Add(Numbers.Invariant($"{month.Year}年{month.Number}月"),
                (decimal)LongquanPlan.OutputPieces[m], tonnes);
            Rows.Add(new Activity(month.First, month.Last, "unit:longquan-kiln", "stock:longquan-ware",
                "ware", tonnes, "t", "measured", $"月产量 {month}") { File = file, Row = row });
        }
        papers.Add(file, sheet.Write());
    }
}
