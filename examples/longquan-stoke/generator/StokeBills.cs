using System.Globalization;

namespace LongquanStoke;

/// <summary>Electricity and gas bills of Stoke as workbooks, two gas bills as text.</summary>
public sealed class StokeBills
{
    private const string Folder = "inputs/stoke/bills/";

    /// <summary>
    /// Billed periods of electricity with how far the supplier's figure lies from the main meter, in
    /// hundredths of a percent. 4 and 5 June are on no bill.
    /// </summary>
    private static readonly (string Name, DateOnly First, DateOnly Last, int Off)[] Periods =
    [
        ("2025-10", new(2025, 9, 24), new(2025, 10, 23), 9),
        ("2025-11", new(2025, 10, 24), new(2025, 11, 25), -7),
        ("2025-12", new(2025, 11, 26), new(2025, 12, 31), 14),
        ("2026-01", new(2026, 1, 1), new(2026, 1, 31), 11),
        ("2026-02", new(2026, 2, 1), new(2026, 3, 4), 1160),
        ("2026-02-actual", new(2026, 2, 1), new(2026, 3, 4), 8),
        ("2026-03", new(2026, 3, 5), new(2026, 3, 31), -12),
        ("2026-04", new(2026, 4, 1), new(2026, 4, 30), 6),
        ("2026-05", new(2026, 5, 1), new(2026, 6, 3), 10),
        ("2026-06", new(2026, 6, 6), new(2026, 7, 2), -5),
        ("2026-07", new(2026, 7, 3), new(2026, 7, 31), 13),
        ("2026-08", new(2026, 8, 1), new(2026, 8, 31), 7),
        ("2026-09", new(2026, 9, 1), new(2026, 9, 30), 0),
    ];

    /// <summary>
    /// Gas in cubic metres with the month's calorific value. Every share by days converts to kilowatt hours
    /// without a remainder at two decimals, so that no rule of rounding can shift the account. 1 to 4 January
    /// are on no bill.
    /// </summary>
    private static readonly
        (string Name, DateOnly First, DateOnly Last, int Volume, decimal Calorific)[] GasPeriods =
    [
        ("2025-10", new(2025, 9, 24), new(2025, 10, 28), 12250, 39.0m),
        ("2025-11", new(2025, 10, 29), new(2025, 11, 30), 13200, 39.0m),
        ("2025-12", new(2025, 12, 1), new(2025, 12, 31), 10500, 39.6m),
        ("2026-01", new(2026, 1, 5), new(2026, 1, 31), 12125, 39.6m),
        ("2026-02", new(2026, 2, 1), new(2026, 2, 28), 13500, 39.5m),
        ("2026-03", new(2026, 3, 1), new(2026, 3, 31), 13800, 39.5m),
        ("2026-04", new(2026, 4, 1), new(2026, 4, 30), 11700, 39.5m),
        ("2026-05", new(2026, 5, 1), new(2026, 5, 31), 12000, 39.3m),
        ("2026-06", new(2026, 6, 1), new(2026, 6, 30), 10500, 39.3m),
        ("2026-07", new(2026, 7, 1), new(2026, 7, 31), 8700, 39.0m),
        ("2026-08", new(2026, 8, 1), new(2026, 8, 31), 11250, 39.0m),
        ("2026-09", new(2026, 9, 1), new(2026, 9, 30), 12000, 39.5m),
    ];

    /// <summary>What passed the gas meter on the days that no bill covers; only its counter knows.</summary>
    public const int UnbilledGas = 1060;

    /// <summary>Volume correction that every UK gas bill carries for temperature and pressure.</summary>
    public const decimal VolumeCorrection = 1.02264m;

    /// <summary>Writes the bills.</summary>
    public StokeBills(MeterYear main, Papers papers)
    {
        foreach (var (name, first, last, off) in Periods)
            Electricity.Add(Write(main, papers, name, first, last, off));
        var counter = 184220;
        foreach (var period in GasPeriods)
        {
            if (period.Name == "2026-01") counter += UnbilledGas;
            Gas.Add(WriteGas(
                papers, period.Name, period.First, period.Last, period.Volume, period.Calorific, counter));
            counter += period.Volume;
        }
        PlantFaults(papers);
    }

    /// <summary>Electricity bills in order of arrival, the estimate among them.</summary>
    public List<Bill> Electricity { get; } = [];

    /// <summary>Gas bills in order of time.</summary>
    public List<Bill> Gas { get; } = [];

    private static Bill Write(
        MeterYear main, Papers papers, string name, DateOnly first, DateOnly last, int off)
    {
        var file = $"{Folder}electricity-{name}.xlsx";
        var estimated = name == "2026-02";
        var units = name == "2026-09" ? 41250m : Billed(main, first, last, off);
        var sheet = new Workbook("Invoice");
        sheet.Add("Trent & Mersey Energy Ltd", null, null, "Electricity invoice");
        sheet.Add("Invoice", $"TME-{name}", name == "2026-02-actual" ? "replaces TME-2026-02" : null);
        sheet.Add("Customer", "Longquan & Stoke Ceramics, Stoke works, Stoke-on-Trent");
        sheet.Add("Issued", last.AddDays(6));
        sheet.Add();
        sheet.Add("Meter", "From", "To", "Read", "Units (kWh)", "Rate (GBP/kWh)", "Net amount (GBP)");
        var asText = name is "2025-11" or "2026-04";
        var row = sheet.Add(main.Id, asText ? British(first) : first, asText ? British(last) : last,
            estimated ? "E" : "A", units, 0.24m, decimal.Round(units * 0.24m, 2));
        sheet.Add();
        sheet.Add("VAT 20 %", null, null, null, null, null, decimal.Round(units * 0.048m, 2));
        papers.Add(file, sheet.Write());
        return new Bill(file, row, first, last, units, "kWh", Estimated: estimated);
    }

    /// <summary>
    /// What the supplier bills, in whole kilowatt hours; days before the year at a plain 1,390 kWh each.
    /// </summary>
    private static decimal Billed(MeterYear main, DateOnly first, DateOnly last, int off)
    {
        var before = Math.Max(0, ReportingYear.First.DayNumber - first.DayNumber) * 1390m;
        var kilowattHours = Numbers.Hundredths(main.Flowed(first, last)) + before;
        return decimal.Round(kilowattHours * (10000 + off) / 10000, 0);
    }

    /// <summary>
    /// The gas bill with its counter readings; row 7 of the sheet, or row 2 of the text file.
    /// </summary>
    public static Bill WriteGas(
        Papers papers, string name, DateOnly first, DateOnly last, int volume, decimal calorific, int counter,
        string folder = Folder, string? replaces = null)
    {
        string[] header =
        [
            "Meter", "From", "To", "Read", "Previous reading", "Present reading", "Volume (m3)",
            "Correction factor", "Calorific value (MJ/m3, gross)", "Net amount (GBP)",
        ];
        var amount = decimal.Round(volume * 0.71m, 2);
        if (name is "2026-02" or "2026-03")
        {
            var text = new TextTable("\r\n");
            text.Cells(header);
            var line = text.Cells(
            [
                "stoke-gas", British(first), British(last), "A", Whole(counter), Whole(counter + volume),
                Whole(volume), Numbers.Text(VolumeCorrection), Numbers.Text(calorific), Numbers.Text(amount),
            ]);
            papers.Add($"{folder}gas-{name}.csv", text.ToString());
            return new Bill($"{folder}gas-{name}.csv", line, first, last, volume, "m3", calorific);
        }
        var sheet = new Workbook("Invoice");
        sheet.Add("Northline Gas Supply", null, null, "Gas invoice");
        sheet.Add("Invoice", $"NGS-{name}", replaces);
        sheet.Add("Customer", "Longquan & Stoke Ceramics, Stoke works, kiln house");
        sheet.Add("Issued", last.AddDays(4));
        sheet.Add();
        sheet.Add([.. header]);
        var row = sheet.Add("stoke-gas", first, last, "A", (decimal)counter, (decimal)(counter + volume),
            (decimal)volume, VolumeCorrection, calorific, amount);
        papers.Add($"{folder}gas-{name}.xlsx", sheet.Write());
        return new Bill($"{folder}gas-{name}.xlsx", row, first, last, volume, "m3", calorific);
    }

    private void PlantFaults(Papers papers)
    {
        foreach (var bill in Electricity.Concat(Gas))
            if (Month.Of(bill.First) != Month.Of(bill.Last))
                papers.Plant(bill.File, bill.Row, "From", "period-not-month",
                    Numbers.Invariant($"{bill.First:yyyy-MM-dd} to {bill.Last:yyyy-MM-dd}, both included"));
        var estimate = Electricity.Single(b => b.Estimated);
        papers.Plant(estimate.File, estimate.Row, "Read", "estimated",
            "an estimate, replaced by electricity-2026-02-actual.xlsx for the same days");
        papers.Plant($"{Folder}electricity-2026-06.xlsx", 7, "From", "missing-days",
            "4 and 5 June 2026 are on no bill");
        papers.Plant($"{Folder}gas-2026-01.xlsx", 7, "From", "missing-days",
            $"1 to 4 January 2026 are on no bill; by the counter {Whole(UnbilledGas)} m3 passed");
        foreach (var name in (string[])["2025-11", "2026-04"])
            papers.Plant($"{Folder}electricity-{name}.xlsx", 7, "From", "date-as-text",
                "the dates are text, day first");
    }

    private static string British(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
