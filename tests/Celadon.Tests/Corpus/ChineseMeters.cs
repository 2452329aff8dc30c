using Celadon.Tests.Import;
using static Celadon.Tests.Corpus.CorpusFiles;

namespace Celadon.Tests.Corpus;

/// <summary>Meter data as Chinese collection systems and loggers write them.</summary>
internal static class ChineseMeters
{
    public static IEnumerable<CorpusCase> All { get; } =
    [
        // Two days of 96 × 2.5.
        new("cn-96-columns", [File("日电量96点.csv", "表号,数据日期," + Clocks(15, end: false) + "\n"
            + $"D1,2025-05-13,{Times(96, "2.5")}\nD1,2025-05-14,{Times(96, "2.5")}\n", Ugly.Gb18030)],
            ["electricity 480 kWh"], [], ("import.meter", "site:longquan"), ("import.unit", "kWh")),
        // 24 hours as ranges over the columns, two days of 24 × 10.
        new("cn-hours-as-ranges", [File("分时电量.csv", "日期,"
            + Join(Enumerable.Range(0, 24).Select(h => $"{h:00}:00-{h + 1:00}:00")) + ",合计\n"
            + $"2025-05-13,{Times(24, "10")},240\n2025-05-14,{Times(24, "10")},250\n")],
            ["electricity 480 kWh"], ["import.check.sum@3"], ("import.meter", "site:longquan"),
            ("import.unit", "kWh")),
        // 96 × 40 kW ÷ 4.
        new("cn-power-curve", [File("负荷曲线.csv", "时间,有功功率(kW)\n" + Rows("2025-05-13", 15, 96, _ => ",40",
            "yyyy-MM-dd HH:mm"))], ["electricity 960 kWh"], ["import.power.assumed@"],
            ("import.meter", "site:longquan")),
        // The midnight of each day carries the date of the day it ends: 3 × 24 × 5.
        new("cn-midnight-of-the-wrong-day", [File("采集.csv", "时间,电量(kWh)\n" + string.Concat(
            Enumerable.Range(0, 3).Select(d => string.Concat(Enumerable.Range(1, 24).Select(h =>
                $"2025-05-{13 + d:00} {h % 24:00}:00,5\n")))))],
            ["electricity 360 kWh"], ["import.midnight@2"], ("import.meter", "site:longquan")),
        new("cn-written-dates-and-hours", [File("抄表.csv", "数据时间,用电量(千瓦时)\n" + Rows("2025-05-13", 60, 48,
            _ => ",3", "yyyy年M月d日 H时mm分"), Ugly.Gb18030)], ["electricity 144 kWh"], [],
            ("import.meter", "site:longquan")),
        // A counter of quarter-hours with a CT ratio is energy by its differences: 95 × 0.5.
        new("cn-counter-readings", [File("示数.csv", "采集时间,正向有功总示值(kWh)\n" + Rows("2025-05-13", 15, 96,
            i => "," + (1200 + 0.5m * i).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture),
            "yyyy-MM-dd HH:mm:ss"))], ["electricity 47.5 kWh"], [], ("import.meter", "site:longquan")),
        // Bands as columns of a day: 30 days of 50 + 30 + 20.
        new("cn-daily-bands", [File("日分时.csv", "日期,峰(kWh),平(kWh),谷(kWh)\n" + Rows("2025-05-01", 1440, 30,
            _ => ",50,30,20", "yyyy/M/d"))], ["electricity 3000 kWh"], [], ("import.meter", "site:longquan")),
        new("cn-gas-meter-of-the-kiln", [File("天然气流量.csv", "时间,用气量(Nm3)\n" + Rows("2025-05-13", 60, 48,
            i => i == 30 ? ",0" : ",12.5", "yyyyMMddHHmm"))], ["natural-gas 587.5 Nm3"], [],
            ("import.meter", "site:longquan")),
        new("cn-time-split-in-two-columns", [File("分钟数据.csv", "日期,时刻,电量(kWh)\n" + string.Concat(
            Enumerable.Range(0, 96).Select(i => $"2025.05.13,{i / 4:00}:{i % 4 * 15:00},1.25\n")))],
            ["electricity 120 kWh"], [], ("import.meter", "site:longquan")),
    ];
}
