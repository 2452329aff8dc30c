using System.Globalization;
using System.Text;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import;

namespace Celadon.Tests.Import;

/// <summary>Meter files as loggers and portals write them, each with what is wrong in it.</summary>
public sealed class UglyMeterFileTests
{
    private static string Rows(DateTime first, int minutes, int count, string format, Func<int,
        string> value) =>
        string.Concat(Enumerable.Range(0, count).Select(i =>
            first.AddMinutes(minutes * i).ToString(format, CultureInfo.InvariantCulture) + value(i) + "\n"));

    [Fact]
    public void The_night_of_fifty_half_hours_is_resolved_by_the_order_of_its_rows()
    {
        // 26 October 2025: 01:00 and 01:30 occur twice.
        var times = new List<string>();
        for (var i = 0; i < 4; i++) times.Add($"26/10/2025 0{i / 2}:{i % 2 * 30:00}");
        times.AddRange(["26/10/2025 01:00", "26/10/2025 01:30"]);
        for (var i = 4; i < 48; i++) times.Add($"26/10/2025 {i / 2:00}:{i % 2 * 30:00}");
        var plan =
            Ugly.Plan("M1.csv", "Date,kWh\n" + string.Concat(times.Select(t => t + ",1.5\n")), Ugly.Stoke);
        var readings = Assert.Single(plan.Readings);
        Assert.Equal(50, readings.Count);
        Assert.Equal("2025-10-25T23:00:00Z/2025-10-27T00:00:00Z", readings.Span.ToString());
        Assert.Equal(Amount.Parse("75"), readings.Sum);
        Assert.Equal("50", plan.Only("import.dst.day").Args["count"]);
        Assert.Empty(plan.Problems());
    }

    [Fact]
    public void Readings_in_the_hour_that_spring_skips_prove_winter_time()
    {
        var text = "Date,kWh\n" + Rows(new(2025, 3, 30), 30, 48, "dd/MM/yyyy HH:mm", _ => ",2");
        var plan = Ugly.Plan("M1.csv", text, Ugly.Stoke);
        Assert.Equal("2025-03-30 01:30", plan.Only("import.clock.standard").Args["time"]);
        Assert.Equal("2025-03-30T00:00:00Z/2025-03-31T00:00:00Z",
            Assert.Single(plan.Readings).Span.ToString());
        Assert.Empty(plan.Problems());
    }

    [Fact]
    public void Forty_eight_columns_close_their_day_and_leave_spring_two_cells()
    {
        var header = "MPAN,Date," + string.Join(',', Enumerable.Range(1, 48).Select(i =>
            $"{i / 2 % 24:00}:{i % 2 * 30:00}")) + ",Total\n";
        var full = string.Join(',', Enumerable.Repeat("1.25", 48));
        // 30 March: the cells that end at 01:30 and 02:00 stay empty; 46 half-hours, 57.5 kWh.
        var spring = string.Join(',', Enumerable.Range(1, 48).Select(i => i is 3 or 4 ? "" : "1.25"));
        var plan = Ugly.Plan("half-hours.csv", header
            + $"M1,29/03/2025,{full},60\nM1,30/03/2025,{spring},57.5\nM1,31/03/2025,{full},61\n", Ugly.Stoke);
        var readings = Assert.Single(plan.Readings);
        Assert.Equal(142, readings.Count);
        Assert.Equal(Amount.Parse("177.5"), readings.Sum);
        Assert.Equal("2025-03-29T00:00:00Z/2025-03-31T23:00:00Z", readings.Span.ToString());
        Assert.Equal("46", plan.Only("import.dst.day").Args["count"]);
        var sum = plan.Only("import.check.sum");
        Assert.Equal((4, "61", "60"), (sum.Place!.Row, sum.Args["stated"], sum.Args["sum"]));
    }

    [Fact]
    public void Numbered_periods_count_elapsed_half_hours_through_both_changes()
    {
        var header = "Date," + string.Join(',', Enumerable.Range(1, 50).Select(i => $"HH{i}")) + "\n";
        static string Day(string date, int periods) =>
            date + "," + string.Join(',',
            Enumerable.Range(1, 50).Select(i => i <= periods ? "2" : "")) + "\n";
        var text = header + Day("29/03/2025", 48) + Day("30/03/2025", 46) + Day("31/03/2025", 48);
        var plan = Ugly.Plan("M1.csv", text, Ugly.Stoke);
        Assert.Equal(142, Assert.Single(plan.Readings).Count);
        Assert.Empty(plan.Problems());
    }

    [Fact]
    public void A_continental_logger_has_semicolons_and_decimal_commas()
    {
        var plan = Ugly.Plan("canteen.csv", """
            Datum;Uhrzeit;kWh
            13.10.2025;00:00;0,61
            13.10.2025;00:30;1.234,5
            13.10.2025;01:00;0,39

            """, Ugly.Stoke, map: """{"defaults":{"meter":"M1"},"labels":"begin"}""");
        Assert.Equal(Amount.Parse("1235.5"), Assert.Single(plan.Readings).Sum);
        Assert.Equal(';', plan.Documents[0].Delimiter);
    }

    [Fact]
    public void Gb18030_with_titles_full_width_digits_and_a_wrong_total()
    {
        var plan = Ugly.Plan("总表.csv", """
            龙泉厂 电量日报
            单位：万kWh
            日期,用电量
            2024年3月1日,０．４０５
            2024年3月2日,0.395
            2024年3月3日,0.4万
            合计,1.3
            注：数据由集抄系统导出
            """, Ugly.Longquan, Ugly.Gb18030);
        var readings = Assert.Single(plan.Readings);
        Assert.Equal("GB18030", plan.Documents[0].Encoding);
        Assert.Equal(("kWh", MeterReading.Interval, 3), (readings.Unit, readings.Kind, readings.Count));
        // 0.4万 of 万kWh is 4,000 × 10,000 kWh: as written, and a thousandfold slip a person must see.
        Assert.Equal(Amount.Parse("40008000"), readings.Sum);
        Assert.Equal("注：数据由集抄系统导出", plan.Only("import.row.note").Args["text"]);
        Assert.Equal("1.3", plan.Only("import.total.differs").Args["stated"]);
    }

    [Fact]
    public void Utf16_with_tabs_and_a_twelve_hour_clock()
    {
        var plan = Ugly.Plan("M1.txt", "Date\tTime\tUsage (kWh)\r\n"
            + "10/13/2025\t12:00 AM\t1.1\r\n10/13/2025\t12:30 AM\t1.2\r\n10/13/2025\t1:00 AM\t1.3\r\n"
            + "10/13/2025\t12:00 PM\t1.4\r\n", Ugly.Stoke, Encoding.Unicode);
        var readings = Assert.Single(plan.Readings);
        Assert.Equal("UTF-16LE", plan.Documents[0].Encoding);
        Assert.Equal([0, 1_800, 3_600, 43_200], readings.Start.Select(s => s - readings.Start[0]));
        Assert.Equal("21", plan.Only("import.gap").Args["count"]);
    }

    [Fact]
    public void A_file_without_a_header_and_newest_first()
    {
        var plan = Ugly.Plan("M1.csv", string.Concat(Enumerable.Range(0, 96).Reverse().Select(i =>
            $"2025-11-0{1 + i / 48} {i % 48 / 2:00}:{i % 2 * 30:00},{i + 1}\n")), Ugly.Stoke);
        var readings = Assert.Single(plan.Readings);
        Assert.Equal(Amount.Parse("4656"), readings.Sum);
        Assert.Equal((1L, 96), (readings.Unscaled[0], readings.Row[0]));
        Assert.Equal("2025-11-01T00:00:00Z/2025-11-03T00:00:00Z", readings.Span.ToString());
    }

    [Fact]
    public void Estimates_repeats_and_contradictions_are_settled_or_held()
    {
        var plan = Ugly.Plan("M1.csv", """
            Meter,Date/Time,kWh,Read type
            M1,13/10/2025 00:00,10,A
            M1,13/10/2025 00:30,12,E
            M1,13/10/2025 00:30,11.5,A
            M1,13/10/2025 01:00,9,A
            M1,13/10/2025 01:00,9,A
            M1,13/10/2025 01:30,8,A
            M1,13/10/2025 01:30,8.4,A
            M1,13/10/2025 02:00,7E,A
            M1,13/10/2025 02:30,n/a,A
            M1,13/10/2025 03:00,oops,A
            M1,13/10/2025 03:30,6,A
            """, Ugly.Stoke, map: """{"labels":"begin"}""");
        var readings = Assert.Single(plan.Readings);
        Assert.Equal(Amount.Parse("51.5"), readings.Sum);
        Assert.Equal([0, 0, 0, 0, 2, 0], readings.Quality.Select(q => (int)q));
        Assert.Equal(new RowCounts(12, 6, 1, 1, 2, 2), plan.Documents[0].Rows);
        Assert.Equal(("12", "11.5"), (plan.Only("import.estimate.replaced").Args["estimate"],
            plan.Only("import.estimate.replaced").Args["actual"]));
        Assert.Equal(["import.duplicate.differs@8", "import.number.unreadable@11", "import.gap@12"],
            plan.Problems());
    }

    [Fact]
    public void A_blank_week_is_a_gap_and_never_zero()
    {
        var text =
            "Date,kWh\n" + Rows(new(2025, 11, 1), 1_440, 21, "yyyy-MM-dd",
            i => i is >= 7 and < 14 ? "," : ",100");
        var plan = Ugly.Plan("M1.csv", text, Ugly.Stoke);
        Assert.Equal(Amount.Parse("1400"), Assert.Single(plan.Readings).Sum);
        var gap = plan.Only("import.gap");
        Assert.Equal(("7", "2025-11-08T00:00:00Z", "2025-11-15T00:00:00Z"),
            (gap.Args["count"], gap.Args["from"], gap.Args["to"]));
    }

    [Fact]
    public void A_slipped_unit_a_negative_and_a_lone_zero_are_named_with_their_rows()
    {
        var text = "Date,kWh\n" + Rows(new(2025, 11, 1), 30, 480, "yyyy-MM-dd HH:mm",
            i => i switch { 100 => ",20670", 200 => ",-5", 300 => ",0", _ => ",20.67" });
        var plan = Ugly.Plan("M1.csv", text, Ugly.Stoke, yes: true);
        Assert.Equal("102", plan.Only("import.thousandfold").Args["rows"]);
        Assert.Equal(("202", "-5"),
            (plan.Only("import.negative").Args["rows"], plan.Only("import.negative").Args["sum"]));
        Assert.Equal("302", plan.Only("import.zero").Args["rows"]);
    }

    [Fact]
    public void A_counter_rolls_over_and_is_later_replaced()
    {
        var plan = Ugly.Plan("kiln.csv", """
            Read date,Meter reading (kWh)
            01/01/2025,999000
            01/02/2025,999984.5
            01/03/2025,20
            01/04/2025,1520
            01/05/2025,12
            13/06/2025,112
            """, Ugly.Stoke);
        var readings = Assert.Single(plan.Readings);
        Assert.Equal(MeterReading.Counter, readings.Kind);
        // 984.5 + (20 + 1,000,000 − 999,984.5) + 1,500 + unknown + 100.
        Assert.Equal(Amount.Parse("2620"), readings.Sum);
        Assert.Equal("1000000", plan.Only("import.rollover").Args["modulus"]);
        Assert.Equal(6, plan.Only("import.counter.reset").Place!.Row);
    }

    [Fact]
    public void A_half_hourly_midnight_label_of_the_day_it_ends_is_mended()
    {
        var text = new StringBuilder("Date,kWh\n");
        for (var day = 1; day <= 3; day++)
            for (var i = 1; i <= 48; i++)
                text.Append(CultureInfo.InvariantCulture,
                    $"{day:00}/12/2025 {i / 2 % 24:00}:{i % 2 * 30:00},1\n");
        var plan = Ugly.Plan("M1.csv", text.ToString(), Ugly.Stoke);
        Assert.Equal("3", plan.Only("import.midnight").Args["count"]);
        Assert.Equal("end", plan.Only("import.labels.proved").Args["end"]);
        Assert.Equal("2025-12-01T00:00:00Z/2025-12-04T00:00:00Z",
            Assert.Single(plan.Readings).Span.ToString());
        Assert.Empty(plan.Problems());
    }

    [Fact]
    public void Dates_that_fit_both_orders_are_asked_and_wait_under_yes()
    {
        const string text = "Date,kWh\n01/02/2025,100\n01/03/2025,110\n01/04/2025,120\n";
        var asked = Ugly.Plan("M1.csv", text, Ugly.Stoke);
        var question = Assert.Single(asked.Questions);
        Assert.Equal(("import.date-order", "DMY"), (question.Code, question.Proposed));
        var waiting = Ugly.Plan("M1.csv", text, Ugly.Stoke, yes: true);
        Assert.Empty(waiting.Readings);
        Assert.Equal(3, waiting.Documents[0].Rows.Held);
        Assert.True(waiting.Has("import.todo.date-order"));
        var answered = Ugly.Plan("M1.csv", text, Ugly.Stoke, yes: true, answers: (question.Id, "MDY"));
        Assert.Equal("2025-01-02T00:00:00Z/2025-01-05T00:00:00Z",
            Assert.Single(answered.Readings).Span.ToString());
    }

    [Fact]
    public void Dates_that_a_spreadsheet_turned_round_are_turned_back()
    {
        // 1 to 12 October became true dates with month first (10 January …); from the 13th on they stayed
        // text.
        var rows = new List<string[]> { new[] { "Date", "kWh" } };
        for (var day = 1; day <= 20; day++)
            rows.Add([day <= 12
                ? "@" + new DateTime(2025, day, 10).ToOADate().ToString(CultureInfo.InvariantCulture)
                : $"{day}/10/2025", "=5"]);
        var plan = Ugly.Plan([Ugly.Workbook("M1.xlsx", [.. rows])], Ugly.Stoke);
        Assert.Equal("11", plan.Only("import.date.swapped").Args["count"]);
        Assert.Equal("2025-09-30T23:00:00Z/2025-10-20T23:00:00Z",
            Assert.Single(plan.Readings).Span.ToString());
    }

    [Fact]
    public void Watt_hours_become_kilowatt_hours_of_the_registered_meter()
    {
        var text = "Date,Usage (Wh)\n" + Rows(new(2025, 11, 1), 30, 48, "yyyy-MM-dd HH:mm", _ => ",1330");
        Assert.Equal(Amount.Parse("63.84"),
            Assert.Single(Ugly.Plan("M1.csv", text, Ugly.Stoke).Readings).Sum);
    }

    [Fact]
    public void More_decimals_than_the_meter_holds_are_refused_not_rounded()
    {
        var text = "Date,kWh\n" + Rows(new(2025, 11, 1), 30, 48, "yyyy-MM-dd HH:mm", _ => ",1.005");
        var plan = Ugly.Plan("M1.csv", text, Ugly.Stoke);
        Assert.Empty(plan.Readings);
        Assert.Equal(("2", "3"),
            (plan.Only("import.scale").Args["scale"], plan.Only("import.scale").Args["found"]));
    }
}
