using System.Text;
using Celadon.Tests.Import;
using static Celadon.Tests.Corpus.CorpusFiles;

namespace Celadon.Tests.Corpus;

/// <summary>Meter data as British portals and loggers write them.</summary>
internal static class BritishMeters
{
    public static IEnumerable<CorpusCase> All { get; } =
    [
        // 29 March 48 × 1.25 = 60, 30 March 46 × 1.25 = 57.5, 31 March 60: 177.5; its total says 61.
        new("gb-48-columns-spring", [File("hh.csv", "MPAN,Date," + Clocks(30) + ",Total\n"
            + $"100,29/03/2025,{Times(48, "1.25")},60\n"
            + "100,30/03/2025," + Join(Enumerable.Range(1, 48).Select(i => i is 3 or 4 ? "" : "1.25"))
            + $",57.5\n100,31/03/2025,{Times(48, "1.25")},61\n")],
            ["electricity 177.5 kWh"], ["import.dst.day@", "import.check.sum@4"],
            ("import.meter", "site:stoke"), ("import.unit", "kWh")),
        // 25 October 96, 26 October 50 × 2 = 100, 27 October 96.
        new("gb-50-columns-autumn", [File("electricity-hh.csv", "Date,"
            + Join(Enumerable.Range(1, 50).Select(i => $"HH{i}")) + "\n"
            + $"25/10/2025,{Times(48, "2")},,\n26/10/2025,{Times(50, "2")}\n"
            + $"27/10/2025,{Times(48, "2")},,\n")],
            ["electricity 292 kWh"], ["import.dst.day@"],
            ("import.meter", "site:stoke"), ("import.unit", "kWh")),
        // 26 October: 01:00 and 01:30 twice; 50 × 1.5 = 75.
        new("gb-fifty-half-hours-in-rows", [File("clock.csv", "Date,kWh\n" + string.Concat(
            ((string[])["00:00", "00:30", "01:00", "01:30", "01:00", "01:30",
                .. Enumerable.Range(4, 44).Select(i => $"{i / 2:00}:{i % 2 * 30:00}")])
            .Select(t => $"26/10/2025 {t},1.5\n")))],
            ["electricity 75 kWh"], ["import.dst.day@"], ("import.meter", "site:stoke")),
        new("gb-winter-time-all-year", [File("logger.csv", "Date,kWh\n"
            + Rows("2025-03-30", 30, 48, _ => ",2"))], ["electricity 96 kWh"], ["import.clock.standard@"],
            ("import.meter", "site:stoke")),
        new("gb-end-labelled-utf16", [File("export.txt", "Reading Time\tActive import (kWh)\n"
            + Rows("2025-11-03 00:30", 30, 96, _ => "\t5"), Encoding.Unicode)],
            ["electricity 480 kWh"], ["import.labels.proved@"], ("import.meter", "site:stoke")),
        // 28 days of 24 × 10, of which 7 days are missing.
        new("gb-a-blank-week", [File("hourly.csv", "Date,kWh\n" + Rows("2025-11-01", 60, 24 * 28,
            i => i / 24 is >= 7 and < 14 ? "," : ",10"))],
            ["electricity 5040 kWh"], ["import.gap@"], ("import.meter", "site:stoke")),
        // 10 days of 48 × 4, of which the fourth day was filled with zeros: 9 × 192 = 1,728.
        new("gb-a-gap-filled-with-zeros", [File("filled.csv", "Date,kWh\n" + Rows("2025-11-01", 30, 480,
            i => i / 48 == 3 ? ",0" : ",4"))],
            ["electricity 1728 kWh"], ["import.zero.run@146"], ("import.meter", "site:stoke")),
        // 95 × 20 + 20.67.
        new("gb-thousandfold-reading", [File("slip.csv", "Date,kWh\n" + Rows("2025-11-01", 30, 96,
            i => i == 40 ? ",20670.00" : ",20"))], ["electricity 1920.67 kWh"],
            ["import.thousandfold.mended@42"], ("import.thousandfold", "mend"),
            ("import.meter", "site:stoke")),
        // Rises 10 an hour; 99,990 → 0 → … : 47 steps of 10.
        new("gb-a-counter-rolls-over", [File("counter.csv", "Date,Meter reading (kWh)\n"
            + Rows("2025-11-01", 60, 48, i => "," + (99_800 + 10 * i) % 100_000))],
            ["electricity 470 kWh"], ["import.rollover@"], ("import.meter", "site:stoke")),
        // 23 steps of 10; a new meter starts at 3; 23 steps of 10.
        new("gb-a-meter-is-replaced", [File("replaced.csv", "Date,Meter reading (kWh)\n"
            + Rows("2025-11-01", 60, 48, i => "," + (i < 24 ? 51_200 + 10 * i : 3 + 10 * (i - 24))))],
            ["electricity 460 kWh"], ["import.counter.reset@26"], ("import.meter", "site:stoke")),
        new("gb-negative-readings", [File("solar.csv", "Date,kWh\n" + Rows("2025-11-13", 30, 48,
            i => i == 20 ? ",-3" : ",5"))], ["electricity 232 kWh"], ["import.negative@22"],
            ("import.meter", "site:stoke")),
        // Row 5 repeats row 4; row 8 says 6 where row 7 said 5.
        new("gb-rows-twice", [File("twice.csv", "Date,kWh\n01/11/2025 00:00,5\n01/11/2025 00:30,5\n"
            + "01/11/2025 01:00,5\n01/11/2025 01:00,5\n01/11/2025 01:30,5\n01/11/2025 02:00,5\n"
            + "01/11/2025 02:00,6\n" + Rows("2025-11-01 02:30", 30, 43, _ => ",5"))],
            ["electricity 240 kWh"], ["import.duplicate@5", "import.duplicate.differs@8"],
            ("import.meter", "site:stoke"),
            ("import.date-order", "DMY")),
        new("gb-estimated-readings", [File("est.csv", "Date,kWh,Read type\n" + Rows("2025-11-13", 30, 48,
            i => i == 7 ? ",5,E" : ",5,A"))], ["electricity 240 kWh"], ["import.estimated@"],
            ("import.meter", "site:stoke")),
        // 48 × 20 kW × ½ h.
        new("gb-power-for-energy", [File("load.csv", "Time,Average demand (kW)\n" + Rows("2025-11-13", 30, 48,
            _ => ",20"))], ["electricity 480 kWh"], ["import.power.converted@"],
            ("import.meter", "site:stoke")),
        new("gb-morning-and-afternoon", [File("am-pm.csv", "Date and time,kWh\n" + Rows("2025-11-13", 30, 48,
            _ => ",1", "dd-MMM-yy hh:mm tt"))], ["electricity 48 kWh"], [], ("import.meter", "site:stoke")),
        new("gb-weekdays-in-dates", [File("days.csv", "Date,Electricity (kWh)\n" + Rows(
            "2025-10-01", 1440, 14, _ => ",100", "ddd d MMMM yyyy"))], ["electricity 1400 kWh"], [],
            ("import.meter", "site:stoke")),
        // Two meters in one file: 48 × 3 and 48 × 7.
        new("gb-two-meters-in-one-file", [File("two.csv", "Date,Meter,kWh\n" + Rows("2025-11-13", 30, 48,
            i => ",K1,3\n" + new DateTime(2025, 11, 13).AddMinutes(30 * i).ToString("dd/MM/yyyy HH:mm",
                System.Globalization.CultureInfo.InvariantCulture) + ",K2,7"))],
            ["electricity 480 kWh"], [], ("import.meter", "site:stoke"), ("import.meter", "site:stoke")),
        new("gb-active-and-reactive", [File("pairs.csv", "Meter,Date,Value,Unit\n" + string.Concat(
            Enumerable.Range(0, 48).Select(i => $"X1,13/11/2025 {i / 2:00}:{i % 2 * 30:00},2,kWh\n"
                + $"X1,13/11/2025 {i / 2:00}:{i % 2 * 30:00},1,kvarh\n")))],
            ["electricity 96 kWh"], ["import.reactive.not-loaded@"], ("import.meter", "site:stoke")),
        // The registered meter; offsets in the text; 24 × 2.
        new("gb-offsets-in-times", [File("M1.csv", "timestamp,kWh\n" + Rows("2025-11-01", 60, 24, _ => ",2",
            "yyyy-MM-dd'T'HH:mm:ss'+00:00'"))], ["electricity 48 kWh"], []),
        new("gb-newest-first", [File("reverse.csv", "Date,kWh\n" + string.Concat(Rows("2025-11-13", 30, 48,
            _ => ",4").Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(l => l + "\n")))],
            ["electricity 192 kWh"], [], ("import.meter", "site:stoke")),
    ];
}
