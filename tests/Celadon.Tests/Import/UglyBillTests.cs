using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import;

namespace Celadon.Tests.Import;

/// <summary>Bills and tables as suppliers and works write them, each with what is wrong in it.</summary>
public sealed class UglyBillTests
{
    [Fact]
    public void Bills_with_a_gap_an_overlap_a_credit_and_a_thousandfold()
    {
        var plan = Ugly.Plan("gas-bills.csv", """
            Northern Gas Ltd;;;;
            Account;4711;;;
            From;To;Volume (m3);Calorific value (MJ/m3, gross);Net amount (£)
            01/01/2025;31/01/2025;3.960;39,4;1.980,00
            01/02/2025;28/02/2025;4.390;39,4;2.195,00
            03/03/2025;31/03/2025;3.870;39,5;1.935,00
            01/04/2025;30/04/2025;4.050.000;39,5;2.025,00
            28/04/2025;31/05/2025;3.700;39,5;1.850,00
            01/04/2025;30/04/2025;-350;39,5;-175,00
            01/06/2025;15/08/2025;9.000;39,5;4.500,00
            """, Ugly.Stoke, Ugly.Windows1252, yes: true);
        Assert.Equal("Windows-1252", plan.Documents[0].Encoding);
        Assert.Equal(["3960 m3", "4390 m3", "3870 m3", "4050000 m3", "-350 m3", "9000 m3"],
            plan.Amounts());
        Assert.Equal("39.4 MJ/m3 gross", plan.Entries[0].Facts["calorificValue"]);
        Assert.Equal("1980 GBP", plan.Entries[0].Facts["price"]);
        Assert.Equal("2025-01-01T00:00:00Z/2025-02-01T00:00:00Z", plan.Entries[0].Period.ToString());
        Assert.Equal("2", plan.Only("import.gap.bill").Args["days"]);
        Assert.Equal((8, "3"),
            (plan.Only("import.overlap").Place!.Row, plan.Only("import.overlap").Args["days"]));
        Assert.Equal(new RowCounts(10, 6, 0, 1, 0, 3), plan.Documents[0].Rows);
        Assert.Equal(("wait", 8), (plan.Only("import.todo.overlap").Args["used"],
            plan.Only("import.todo.overlap").Place!.Row));
        Assert.Equal(7, plan.Only("import.thousandfold.bill").Place!.Row);
        Assert.Equal("-350", plan.Only("import.negative.entry").Args["amount"]);
        Assert.Equal("76", plan.Only("import.period.long").Args["days"]);
    }

    [Fact]
    public void Tariff_bands_are_entries_and_their_total_a_check()
    {
        var plan = Ugly.Plan("电费.csv", """
            龙泉厂电费单
            电费年月,尖(kWh),峰(kWh),平(kWh),谷(kWh),合计(kWh),电费(元)
            2024年3月,120,3000,2000,1500,6620,4800.50
            2024年4月,110,3100,2100,1600,6900,4950.00
            2024-04,110,3100,2100,1600,6900,4950.00
            合计,230,6100,4100,3100,13530,9750.50
            """, Ugly.Longquan, Ugly.Gb18030);
        Assert.Equal(8, plan.Entries.Length);
        Assert.Equal(
            ["120 kWh", "110 kWh", "3000 kWh", "3100 kWh", "2000 kWh", "2100 kWh", "1500 kWh", "1600 kWh"],
            plan.Amounts());
        Assert.Equal(["sharp", "peak", "flat", "valley"],
            plan.Entries.Select(e => e.Facts["tariff"]).Distinct());
        Assert.Equal("2024-02-29T16:00:00Z/2024-03-31T16:00:00Z", plan.Entries[0].Period.ToString());
        Assert.Equal((4, "6900", "6910"), (plan.Findings.First(f => f.Code == "import.check.sum").Place!.Row,
            plan.Findings.First(f => f.Code == "import.check.sum").Args["stated"],
            plan.Findings.First(f => f.Code == "import.check.sum").Args["sum"]));
        Assert.Equal(5, plan.Only("import.duplicate.entry").Place!.Row);
        Assert.Equal(new RowCounts(6, 2, 0, 0, 1, 3), plan.Documents[0].Rows);
    }

    [Fact]
    public void Two_header_rows_name_three_resources()
    {
        var plan = Ugly.Plan("utilities-2025.csv", """
            Monthly utilities,,,,,,
            ,Electricity,,Gas,,Water,
            Month,kWh,£,m3,£,m3,£
            Jan-25,41000,9840.00,12000,8520,310,620.00
            Feb-25,38500,9240.00,11200,7952,288,576.00
            Total,79500,19080.00,23200,16472,598,1196.00
            """, Ugly.Stoke, Ugly.Windows1252);
        Assert.Equal(
            ["electricity 41000 kWh 9840 GBP", "electricity 38500 kWh 9240 GBP",
            "natural-gas 12000 m3 8520 GBP",
            "natural-gas 11200 m3 7952 GBP", "water-supply 310 m3 620 GBP", "water-supply 288 m3 576 GBP"],
            plan.Entries.Select(e => $"{e.Resource} {e.Amount} {e.Unit} {e.Facts["price"]}"));
        Assert.Equal(["grid:GB", "grid:gas", "grid:water"],
            plan.Entries.Select(e => e.From.ToString()).Distinct());
        Assert.False(plan.Has("import.total.differs"));
        Assert.Equal("Total", plan.Only("import.row.total").Args["text"]);
    }

    [Fact]
    public void Units_in_cells_are_converted_exactly_or_refused()
    {
        var plan = Ugly.Plan("bills.csv", """
            Period,Electricity
            01/01/2025 - 31/01/2025,4.05万kWh
            01/02/2025 - 28/02/2025,"38,500 kWh"
            01/03/2025 - 31/03/2025,41.2 MWh
            01/04/2025 - 30/04/2025,120 t
            """, Ugly.Stoke);
        Assert.Equal(["4.05 万kWh", "3.85 万kWh", "4.12 万kWh"], plan.Amounts());
        var refused = plan.Only("import.unit.unlike");
        Assert.Equal((5, "t"), (refused.Place!.Row, refused.Args["unit"]));
        Assert.Equal(new RowCounts(5, 3, 1, 0, 0, 1), plan.Documents[0].Rows);
    }

    [Fact]
    public void An_estimate_in_one_file_is_replaced_by_the_actual_of_another()
    {
        const string header = "Meter,From,To,Read,Units (kWh)\n";
        var plan = Ugly.Plan(
        [
            Ugly.File("feb.csv", header + "M1,01/02/2025,28/02/2025,E,55993\n"),
            Ugly.File("feb-actual.csv", header + "M1,01/02/2025,28/02/2025,A,50213\n"),
        ], Ugly.Stoke);
        Assert.Equal([Basis.Estimated, Basis.Invoiced], plan.Entries.Select(e => e.Basis));
        Assert.Equal(("feb.csv", "50213"), (plan.Only("import.estimate.replaced").Place!.File,
            plan.Only("import.estimate.replaced").Args["actual"]));
        Assert.False(plan.Has("import.overlap"));
    }

    [Fact]
    public void Readings_times_the_multiplier_must_be_the_amount()
    {
        var plan = Ugly.Plan("电表.csv", """
            抄表月份,上次示数,本次示数,倍率,用电量(kWh)
            2024年1月,1000,1100.5,40,4020
            2024年2月,1100.5,1190,40,3850
            2024年3月,1195,1290,40,3800
            """, Ugly.Longquan);
        var check = plan.Only("import.check.reading");
        Assert.Equal((3, "3850", "3580"), (check.Place!.Row, check.Args["stated"], check.Args["readings"]));
        Assert.Equal("5", plan.Only("import.counter.unbilled").Args["difference"]);
    }

    [Fact]
    public void A_month_merged_over_its_bands_dates_every_row_and_an_amount_counts_once()
    {
        string[][] rows =
        [
            ["2025年电费", "", "", ""], ["月份", "时段", "用电量(kWh)", "金额(元)"],
            ["2025年1月", "峰", "=3000", "=2500.5"], ["", "平", "=2000", ""], ["", "谷", "=1500", ""],
            ["2025年2月", "峰", "=3100", "=2600"], ["", "平", "=2050", ""], ["", "谷", "=1450", ""],
        ];
        var plan =
            Ugly.Plan([Ugly.Workbook("电费.xlsx", rows, "A1:D1", "A3:A5", "A6:A8", "D3:D5", "D6:D8")],
            Ugly.Longquan);
        Assert.Equal(["3000 kWh", "2000 kWh", "1500 kWh", "3100 kWh", "2050 kWh", "1450 kWh"],
            plan.Amounts());
        Assert.Equal(2, plan.Entries.Select(e => e.Period).Distinct().Count());
        Assert.Equal(["peak", "flat", "valley"], plan.Entries.Take(3).Select(e => e.Facts["tariff"]));
    }

    [Fact]
    public void A_register_with_months_as_columns_takes_its_year_from_the_title()
    {
        var plan = Ugly.Plan("台账.csv", """
            龙泉厂2024年能源消耗台账,,,,,
            能源名称,单位,1月,2月,3月,合计
            电力,万kWh,4.05,3.9,4.1,12.05
            天然气,Nm3,6180,5200,,11380
            柴油,L,200,0,150,351
            """, Ugly.Longquan);
        Assert.Equal(
            ["electricity 4.05 万kWh", "electricity 3.9 万kWh", "electricity 4.1 万kWh", "natural-gas 6180 Nm3",
            "natural-gas 5200 Nm3", "diesel 200 L", "diesel 0 L", "diesel 150 L"],
            plan.Entries.Select(e => $"{e.Resource} {e.Amount} {e.Unit}"));
        Assert.Equal("2023-12-31T16:00:00Z/2024-01-31T16:00:00Z", plan.Entries[0].Period.ToString());
        Assert.Equal((5, "1"),
            (plan.Only("import.check.sum").Place!.Row, plan.Only("import.check.sum").Args["difference"]));
    }

    [Fact]
    public void Binary_leftovers_behind_the_fifteenth_digit_are_said()
    {
        string[][] rows =
        [
            ["Month", "Electricity (kWh)"], ["@45658", "=12.100000000000001"],
                ["@45689", "=0.30000000000000004"],
            ["@45717", "=41198.6"],
        ];
        var plan = Ugly.Plan([Ugly.Workbook("bills.xlsx", rows)], Ugly.Stoke);
        Assert.Equal(["12.1 kWh", "0.3 kWh", "41198.6 kWh"], plan.Amounts());
        Assert.Equal("2", plan.Only("import.number.artefact").Args["count"]);
    }

    [Fact]
    public void Serial_day_numbers_in_text_are_dates()
    {
        var plan =
            Ugly.Plan("bills.csv", "Start date,End date,kWh\n45658,45688,41000\n45689,45716,38000\n",
            Ugly.Stoke);
        Assert.Equal("2025-01-01T00:00:00Z/2025-02-01T00:00:00Z", plan.Entries[0].Period.ToString());
        Assert.Equal("2025-02-01T00:00:00Z/2025-03-01T00:00:00Z", plan.Entries[1].Period.ToString());
    }

    [Fact]
    public void Bills_that_share_the_reading_day_count_it_once()
    {
        var plan = Ugly.Plan("bills.csv", """
            Previous read date,Present read date,Units used (kWh)
            15/01/2025,15/02/2025,41000
            15/02/2025,16/03/2025,38000
            16/03/2025,15/04/2025,39000
            """, Ugly.Stoke);
        Assert.Equal("2025-01-15T00:00:00Z/2025-02-15T00:00:00Z", plan.Entries[0].Period.ToString());
        Assert.True(plan.Has("import.period.shared"));
        Assert.False(plan.Has("import.overlap"));
    }

    [Fact]
    public void The_activity_table_keeps_what_the_document_says_and_refuses_what_it_cannot_place()
    {
        var plan = Ugly.Plan("notes.csv", """
            start,end,from,to,resource,amount,unit,basis,payer,distance,radiative forcing
            13/01/2025,13/01/2025,supplier:clays,stock:clay,clay,24,t,invoiced,us,80 km,
            20/01/2025,20/01/2025,site:stoke,waste-handler:acme,waste/board,850,kg,invoiced,,,
            21/01/2025,21/01/2025,the yard,stock:clay,clay,1,t,invoiced,,,
            22/01/2025,22/01/2025,supplier:clays,stock:clay,clay,2,bags,invoiced,,,
            23/01/2025,23/01/2025,supplier:clays,stock:clay,clay,,t,invoiced,,,
            24/01/2025,24/01/2025,supplier:clays,stock:clay,clay,3,t,guessed,,,
            30/02/2025,30/02/2025,supplier:clays,stock:clay,clay,3,t,invoiced,,,
            """, Ugly.Stoke);
        Assert.Equal(["24 t", "850 kg"], plan.Amounts());
        Assert.Equal("""{"distance":"80 km","payer":"us"}""", plan.Entries[0].Facts.Text);
        Assert.Equal("2025-01-13T00:00:00Z/2025-01-14T00:00:00Z", plan.Entries[0].Period.ToString());
        Assert.Equal(
            ["import.node.unknown@4", "import.unit.unknown@5", "import.number.missing@6",
            "import.basis.unknown@7",
            "import.date.unreadable@8"], plan.Problems());
        Assert.Equal(new RowCounts(8, 2, 5, 0, 0, 1), plan.Documents[0].Rows);
    }

    [Fact]
    public void Output_by_month_goes_from_the_site_into_its_stock()
    {
        var plan =
            Ugly.Plan("产量.csv", "月份,月产量(件),月产量(吨)\n2024年1月,10330,6.2\n2024年2月,4010,2.4\n", Ugly.Longquan);
        Assert.Equal(
            ["site:longquan → stock:longquan/ware 6.2 t", "site:longquan → stock:longquan/ware 2.4 t"],
            plan.Entries.Select(e => $"{e.From} → {e.To} {e.Amount} {e.Unit}"));
        Assert.Equal("10330 piece", plan.Entries[0].Facts["also-piece"]);
        Assert.Equal(Basis.Measured, plan.Entries[0].Basis);
    }

    private static RegisterSet WithStocks(params Stock[] stocks) => RegisterSet.From(
        Ugly.Longquan.All.Select(i => (i.Position, new RegisterRecord(i.Type, i.Item.Id,
            RegisterSet.Write(i.Item)))).Concat(stocks.Select(s => (1L,
            new RegisterRecord("stock", s.Id, RegisterSet.Write(s))))));

    private static readonly Stock Ware = new() { Id = "ware", Site = "longquan", Resource = "ware" };

    private static readonly Stock Port = new() { Id = "port", Site = "longquan", Resource = "ware" };

    private const string Fired = "月份,月产量(吨)\n2024年1月,6.2\n";

    [Fact]
    public void Output_goes_from_the_producer_of_a_stock_into_it()
    {
        var plan = Ugly.Plan("产量.csv", Fired, WithStocks(Port, Ware with { Producer = "unit:kiln" }));
        Assert.Equal("unit:kiln → stock:ware", $"{plan.Entries[0].From} → {plan.Entries[0].To}");
        Assert.Empty(plan.Questions);
    }

    [Fact]
    public void Which_of_two_stocks_output_goes_into_is_asked_and_not_guessed()
    {
        var asked = Ugly.Plan("产量.csv", Fired, WithStocks(Port, Ware));
        var question = Assert.Single(asked.Questions);
        Assert.Equal("import.stock", question.Code);
        Assert.Equal(["port", "ware"], question.Choices.Select(c => c.Id).Order());
        var answered = Ugly.Plan("产量.csv", Fired, WithStocks(Port, Ware), answers: (question.Id, "ware"));
        Assert.Equal("stock:ware", answered.Entries[0].To.ToString());
        var unasked = Ugly.Plan("产量.csv", Fired, WithStocks(Port, Ware), yes: true);
        Assert.Equal("stock:longquan/ware", unasked.Entries[0].To.ToString());
        Assert.True(unasked.Has("import.todo.stock"));
    }

    [Fact]
    public void A_table_of_two_works_whose_rows_name_their_places_asks_for_no_site()
    {
        var second = RegisterSet.From(Ugly.Longquan.All.Concat(Ugly.Stoke.All).Select(i =>
            (i.Position, new RegisterRecord(i.Type, i.Item.Id, RegisterSet.Write(i.Item)))));
        const string head = "start,end,from,to,resource,amount,unit\n";
        const string placed = "2025-01-13,2025-01-13,supplier:clays,site:stoke,clay,24,t\n"
            + "2025-01-14,2025-01-14,site:longquan,waste-handler:lishui,waste,2,t\n";
        Assert.Empty(Ugly.Plan("moves.csv", head + placed, second).Questions);
        var nowhere = Ugly.Plan("moves.csv", head + placed
            + "2025-01-15,2025-01-15,supplier:clays,customer:acme,clay,1,t\n", second);
        Assert.Equal("import.site", Assert.Single(nowhere.Questions).Code);
    }

    [Fact]
    public void Gas_in_kilowatt_hours_asks_gross_or_net_unless_the_header_says()
    {
        const string rows = "13/01/2025,31/01/2025,1000\n";
        var asked = Ugly.Plan("gas.csv", "From,To,Gas (kWh)\n" + rows, Ugly.Stoke);
        Assert.Equal("import.calorific", Assert.Single(asked.Questions).Code);
        Assert.Equal(CalorificBasis.Gross, asked.Entries[0].Calorific);
        Assert.Equal(CalorificBasis.None,
            Ugly.Plan("gas.csv", "From,To,Gas (kWh)\n" + rows, Ugly.Stoke, yes: true)
            .Entries[0].Calorific);
        var said = Ugly.Plan("gas.csv", "From,To,Gas (kWh net)\n" + rows, Ugly.Stoke);
        Assert.Equal((0, CalorificBasis.Net), (said.Questions.Length, said.Entries[0].Calorific));
    }

    [Fact]
    public void A_row_that_overlaps_is_kept_when_a_person_says_so_and_a_credit_settles_it()
    {
        const string bills =
            "From,To,Electricity (kWh)\n01/01/2025,31/01/2025,1000\n28/01/2025,28/02/2025,900\n";
        var waiting = Ugly.Plan("bills.csv", bills, Ugly.Stoke);
        Assert.Equal(["1000 kWh"], waiting.Amounts());
        var kept = Ugly.Plan("bills.csv", bills, Ugly.Stoke, answers: (waiting.Questions[0].Id, "keep"));
        Assert.Equal((2, false), (kept.Entries.Length, kept.Has("import.overlap")));
        var settled = Ugly.Plan("bills.csv", bills + "28/01/2025,31/01/2025,-120\n", Ugly.Stoke);
        Assert.Equal((3, false), (settled.Entries.Length, settled.Has("import.overlap")));
    }

    [Fact]
    public void Active_and_reactive_rows_of_one_meter_are_told_apart_by_their_unit()
    {
        var text = "Meter,Date,Value,Unit\n" + string.Concat(Enumerable.Range(0, 48).Select(i =>
        {
            var time = $"13/11/2025 {i / 2:00}:{i % 2 * 30:00}";
            return $"X1,{time},2,kWh\nX1,{time},1,kvarh\n";
        }));
        var plan = Ugly.Plan("hh.csv", text, Ugly.Stoke);
        Assert.Equal("X1 96 kWh", Assert.Single(plan.Readings.Select(r => $"{r.Meter} {r.Sum} {r.Unit}")));
        Assert.Equal("kVArh", plan.Only("import.reactive.not-loaded").Args["columns"]);
        Assert.False(plan.Has("import.duplicate.differs"));
    }
}
