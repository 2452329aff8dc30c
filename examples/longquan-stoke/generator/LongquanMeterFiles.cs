using System.Globalization;
using System.Text;

namespace LongquanStoke;

/// <summary>
/// The meter files of Longquan: one a month, as the grid company's portal gives them, and a counter list.
/// </summary>
public static class LongquanMeterFiles
{
    private const string Folder = "inputs/longquan/electricity/";

    /// <summary>On this day the modem was off: power flowed, and no value arrived.</summary>
    private static readonly DateOnly Silent = new(2026, 2, 16);

    /// <summary>Writes all files and plants their faults.</summary>
    public static void Write(LongquanMeters longquan, Papers papers)
    {
        foreach (var month in ReportingYear.Months)
        {
            var file = $"{Folder}longquan-m1-{month}.csv";
            if (month == new Month(2026, 8)) Wide(longquan.Main, month, file, papers);
            else Long(longquan.Main, month, file, papers);
        }
        Counter(longquan, papers);
    }

    /// <summary>
    /// A title, the header 时间 and 电量, the end of each quarter of an hour. April is UTF-8 with ISO dates; June
    /// is in MWh; two hours of 12 December come twice; 16 February is missing.
    /// </summary>
    private static void Long(MeterYear meter, Month month, string file, Papers papers)
    {
        var april = month == new Month(2026, 4);
        var june = month == new Month(2026, 6);
        var table = new TextTable("\r\n");
        table.Line(Numbers.Invariant($"龙泉与斯托克陶瓷 龙泉厂 总表 {month.Year}年{month.Number}月"));
        table.Line(june ? "时间,电量(MWh)" : "时间,电量(kWh)");
        var format = april ? "yyyy-MM-dd HH:mm" : "yyyy年M月d日 HH:mm";
        foreach (var i in meter.In(month))
        {
            if (meter.Slots[i].Day == Silent) meter.Missing.Add(i);
            if (meter.Missing.Contains(i)) continue;
            var value = june ? (meter.Values[i] / 100000m).ToString("0.00000", CultureInfo.InvariantCulture)
                : Numbers.Fixed(meter.Values[i]);
            var row = $"{meter.Slots[i].End.ToString(format, CultureInfo.InvariantCulture)},{value}";
            table.Line(row);
            if (meter.Slots[i].Day != new DateOnly(2025, 12, 12)
                || meter.Slots[i].Begin.Hour is not (9 or 10)) continue;
            table.Line(row);
            if (meter.Slots[i].Begin is { Hour: 9, Minute: 0 })
                papers.Plant(file, table.Row, "", "duplicate",
                    "the eight values of 09:00 to 11:00 stand twice");
        }
        if (month == Month.Of(Silent))
            papers.Plant(file, 0, "时间", "gap",
                "96 quarters of an hour of 16 February 2026 are missing: the modem was off");
        if (june) papers.Plant(file, 2, "电量(MWh)", "unit-in-header", "megawatt hours in this month only");
        if (month == ReportingYear.Months[0])
            papers.Plant(file, 3, "时间", "end-label",
                "a label is the end of its quarter of an hour, in every month");
        papers.Plant(file, 1, "", "encoding", april ? "UTF-8 with byte order mark, ISO dates; header on row 2"
            : "GB18030; a title line above the header");
        papers.Add(file, Encode(table.ToString(), april));
    }

    /// <summary>August by days, 96 columns from 00:15 to 24:00.</summary>
    private static void Wide(MeterYear meter, Month month, string file, Papers papers)
    {
        var table = new TextTable("\r\n");
        table.Line(Numbers.Invariant($"龙泉与斯托克陶瓷 龙泉厂 总表 {month.Year}年{month.Number}月 电量(kWh)"));
        table.Cells(["日期", .. Enumerable.Range(1, 96).Select(i => $"{i / 4:00}:{i % 4 * 15:00}")]);
        foreach (var (day, indexes) in meter.Days(month.First, month.Last))
            table.Cells([day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture),
                .. indexes.Select(i => Numbers.Fixed(meter.Values[i]))]);
        papers.Plant(file, 2, "24:00", "midnight-label",
            "96 columns; the last one is 24:00, the end of the same day");
        papers.Plant(file, 1, "", "encoding", "GB18030; a title line above the header");
        papers.Add(file, Encode(table.ToString(), false));
    }

    private static void Counter(LongquanMeters longquan, Papers papers)
    {
        const string file = Folder + "longquan-offices.csv";
        var table = new TextTable();
        table.Line("抄表时间,读数(kWh),抄表人");
        var last = 0L;
        foreach (var (day, tenths) in longquan.Counter)
        {
            if (day == new DateOnly(2026, 7, 6)) continue;
            var time = day == ReportingYear.Last ? "17:30" : "08:30";
            var reading = (tenths / 10m).ToString("0.0", CultureInfo.InvariantCulture);
            var row = table.Line(Numbers.Invariant($"{day:yyyy/M/d} {time},{reading},L03"));
            if (tenths < last)
                papers.Plant(file, row, "读数(kWh)", "roll-over",
                    "the counter passed 99,999.9 and starts again");
            if (day == new DateOnly(2026, 7, 13))
                papers.Plant(file, row, "抄表时间", "gap",
                    "6 July 2026 was not read: two weeks between readings");
            last = tenths;
        }
        papers.Add(file, table.ToString());
    }

    private static byte[] Encode(string text, bool utf8) => utf8
        ? [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)]
        : CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text);
}
