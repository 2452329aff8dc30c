using System.Globalization;
using System.Text;

namespace LongquanStoke;

/// <summary>
/// The meter files of Stoke as the data collector and three loggers send them, faults included.
/// </summary>
public static class StokeMeterFiles
{
    private const string Folder = "inputs/stoke/electricity/";

    /// <summary>Writes all files and plants their faults.</summary>
    public static void Write(StokeMeters stoke, Papers papers)
    {
        MainLastQuarterOf2025(stoke.Main, papers);
        MainFirstQuarterOf2026(stoke.Main, papers);
        MainSecondQuarter(stoke.Main, papers);
        MainThirdQuarter(stoke.Main, papers);
        Kiln(stoke.Kiln, papers);
        Press(stoke.Press, papers);
        Compressors(stoke.Compressors, papers);
        Offices(stoke.Offices, papers);
        Canteen(stoke.Canteen, papers);
    }

    /// <summary>Long, one date-and-time column; 9 December arrives twice.</summary>
    private static void MainLastQuarterOf2025(MeterYear meter, Papers papers)
    {
        const string file = Folder + "stoke-m1-2025-q4.csv";
        var table = new TextTable();
        table.Line("Meter,Date/Time,Consumption (kWh),Status");
        string Row(int i) => $"{meter.Id},{British(meter.Slots[i].Begin)},{Numbers.Fixed(meter.Values[i])},A";
        foreach (var i in meter.Between(new(2025, 10, 1), new(2025, 12, 31))) table.Line(Row(i));
        foreach (var i in meter.Between(new(2025, 12, 9), new(2025, 12, 9))) table.Line(Row(i));
        papers.Plant(file, table.Row - 47, "", "duplicate",
            "the 48 half-hours of 9 December 2025 are sent again");
        var second = meter.At(2025, 10, 26, 1, 0) + 2;
        papers.Plant(file, second + 2, "Date/Time", "dst-long-day",
            "26 October 2025 has 50 half-hours: 01:00 and 01:30 stand twice, summer time first");
        papers.Add(file, table.ToString());
    }

    /// <summary>
    /// Wide, 48 columns and a day total, Windows-1252. On 14 January the data collector was off for three
    /// hours and its first value after that is a thousand times too large; 29 March has 46 half-hours.
    /// </summary>
    private static void MainFirstQuarterOf2026(MeterYear meter, Papers papers)
    {
        const string file = Folder + "stoke-m1-2026-q1.csv";
        var table = new TextTable("\r\n");
        table.Line("Half-hourly consumption – Stoke works");
        table.Line("kWh, clock time, meter E14S20431");
        table.Line("");
        var labels = Enumerable.Range(0, 48).Select(i => $"{i / 2:00}:{i % 2 * 30:00}").ToArray();
        table.Cells(["Meter", "Date", .. labels, "Day total"]);
        var firstLost = meter.At(2026, 1, 14, 2, 0);
        for (var i = firstLost; i < firstLost + 6; i++) meter.Missing.Add(i);
        meter.Wrong.Add(firstLost + 6);
        foreach (var (day, indexes) in meter.Days(new(2026, 1, 1), new(2026, 3, 31)))
        {
            var cells = new string[48];
            Array.Fill(cells, "");
            long total = 0;
            foreach (var i in indexes.Where(i => !meter.Missing.Contains(i)))
            {
                var value = meter.Values[i] * (meter.Wrong.Contains(i) ? 1000 : 1);
                var begin = meter.Slots[i].Begin;
                cells[begin.Hour * 2 + begin.Minute / 30] = Numbers.Fixed(value);
                total += value;
            }
            var row = table.Cells([meter.Id, British(day), .. cells, Numbers.Fixed(total)]);
            if (day == new DateOnly(2026, 1, 14))
            {
                papers.Plant(file, row, "02:00", "gap",
                    "six half-hours, 02:00 to 05:00, are empty: the data collector was off");
                papers.Plant(file, row, "05:00", "thousandfold",
                    Numbers.Fixed(meter.Values[firstLost + 6]) + " kWh is written a thousand times too high");
            }
            if (day == new DateOnly(2026, 3, 29))
                papers.Plant(file, row, "01:00", "dst-short-day",
                    "29 March 2026 has 46 half-hours: the empty 01:00 and 01:30 never were");
        }
        papers.Plant(file, 4, "Day total", "total-column",
            "the last column is the sum of the row, no interval");
        papers.Plant(file, 1, "", "encoding", "Windows-1252 with a dash in a title line; header on row 4");
        papers.Add(file, CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(table.ToString()));
    }

    /// <summary>Long, date and time apart; begins with the last day of the quarter before.</summary>
    private static void MainSecondQuarter(MeterYear meter, Papers papers)
    {
        const string file = Folder + "stoke-m1-2026-q2.csv";
        papers.Plant(file, 2, "Date", "overlap",
            "31 March 2026 is also in stoke-m1-2026-q1.csv, with equal values");
        papers.Add(file, DateTimeColumns(meter, new(2026, 3, 31), new(2026, 6, 30), "\r\n"));
    }

    /// <summary>Long and clean: September is the worked month of the ledger.</summary>
    private static void MainThirdQuarter(MeterYear meter, Papers papers) => papers.Add(
        Folder + "stoke-m1-2026-q3.csv", DateTimeColumns(meter, new(2026, 7, 1), new(2026, 9, 30), "\n"));

    private static string DateTimeColumns(MeterYear meter, DateOnly first, DateOnly last, string newline)
    {
        var table = new TextTable(newline);
        table.Line("Date,Time,kWh");
        foreach (var i in meter.Between(first, last))
        {
            var begin = meter.Slots[i].Begin;
            table.Line($"{British(meter.Slots[i].Day)},{Time(begin)},{Numbers.Fixed(meter.Values[i])}");
        }
        return table.ToString();
    }

    /// <summary>A logger that writes instants in UTC.</summary>
    private static void Kiln(MeterYear meter, Papers papers)
    {
        const string file = Folder + "stoke-kiln.csv";
        var table = new TextTable();
        table.Line("timestamp,kWh");
        foreach (var i in meter.Between(ReportingYear.First, ReportingYear.Last))
        {
            var utc = meter.Slots[i].Utc.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
            table.Line($"{utc},{Numbers.Fixed(meter.Values[i])}");
        }
        papers.Plant(file, 2, "timestamp", "time-zone",
            "instants in UTC: the first half-hour is 2025-09-30T23:00Z");
        papers.Add(file, table.ToString());
    }

    /// <summary>Wide by settlement period, 1 to 50; two hours are missing in February.</summary>
    private static void Press(MeterYear meter, Papers papers)
    {
        const string file = Folder + "stoke-press.csv";
        var lost = meter.At(2026, 2, 11, 15, 0);
        for (var i = lost; i < lost + 4; i++) meter.Missing.Add(i);
        Periods(meter, papers, file, "HH", value => Numbers.Fixed(value), (day, row) =>
        {
            if (day == new DateOnly(2026, 2, 11))
                papers.Plant(file, row, "HH31", "gap", "four half-hours, 15:00 to 17:00, are empty");
        });
    }

    /// <summary>Wide by settlement period, in watt hours; one value below zero.</summary>
    private static void Compressors(MeterYear meter, Papers papers)
    {
        const string file = Folder + "stoke-compressors.csv";
        var negative = meter.At(2026, 5, 20, 3, 30);
        meter.Wrong.Add(negative);
        Periods(meter, papers, file, "Wh ", value => Numbers.Invariant($"{value * 10}"), (day, row) =>
        {
            if (day == new DateOnly(2026, 5, 20))
                papers.Plant(file, row, "Wh 8", "negative", "the value of 03:30 carries a minus sign");
        });
        papers.Plant(file, 1, "", "unit-in-header", "watt hours, not kilowatt hours");
    }

    private static void Periods(
        MeterYear meter, Papers papers, string file, string label, Func<long, string> format,
        Action<DateOnly, int> note)
    {
        var table = new TextTable();
        table.Cells(["Date", .. Enumerable.Range(1, 50).Select(i => Numbers.Invariant($"{label}{i}"))]);
        foreach (var (day, indexes) in meter.Days(ReportingYear.First, ReportingYear.Last))
        {
            var cells = indexes.Select(i => meter.Missing.Contains(i) ? ""
                : format(meter.Wrong.Contains(i) ? -meter.Values[i] : meter.Values[i]));
            var row = table.Cells([British(day), .. cells, .. Enumerable.Repeat("", 50 - indexes.Length)]);
            if (indexes.Length != 48)
                papers.Plant(file, row, "", indexes.Length == 50 ? "dst-long-day" : "dst-short-day",
                    Numbers.Invariant($"{indexes.Length} half-hours, numbered through"));
            note(day, row);
        }
        papers.Add(file, table.ToString());
    }

    /// <summary>Long with the end of each half-hour as its label; 3 November arrives twice.</summary>
    private static void Offices(MeterYear meter, Papers papers)
    {
        const string file = Folder + "stoke-offices.csv";
        var table = new TextTable();
        table.Line("Period ending,kWh");
        foreach (var i in meter.Between(ReportingYear.First, ReportingYear.Last))
        {
            var row = $"{British(meter.Slots[i].End)},{Numbers.Fixed(meter.Values[i])}";
            table.Line(row);
            if (meter.Slots[i].Day != new DateOnly(2025, 11, 3)) continue;
            table.Line(row);
            if (meter.Slots[i].Begin.TimeOfDay == default)
                papers.Plant(file, table.Row, "", "duplicate",
                    "every half-hour of 3 November 2025 stands twice");
        }
        papers.Plant(file, 2, "Period ending", "end-label",
            "a label is the end of its half-hour: the first is 00:30");
        papers.Add(file, table.ToString());
    }

    /// <summary>A German logger: semicolons, decimal commas, dotted dates.</summary>
    private static void Canteen(MeterYear meter, Papers papers)
    {
        const string file = Folder + "stoke-canteen.csv";
        var table = new TextTable("\r\n");
        table.Line("Datum;Uhrzeit;kWh");
        foreach (var i in meter.Between(ReportingYear.First, ReportingYear.Last))
        {
            var begin = meter.Slots[i].Begin;
            var day = begin.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
            var value = Numbers.Fixed(meter.Values[i]).Replace('.', ',');
            table.Line($"{day};{Time(begin)};{value}");
        }
        papers.Plant(file, 1, "", "decimal-comma",
            "semicolons between columns, a comma as decimal mark, dotted dates");
        papers.Add(file, table.ToString());
    }

    private static string British(DateTime time) =>
        time.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string British(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string Time(DateTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
