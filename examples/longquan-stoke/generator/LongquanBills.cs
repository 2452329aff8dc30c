using System.Globalization;

namespace LongquanStoke;

/// <summary>Electricity bills of Longquan with 峰, 平 and 谷, and the gas bills, as Chinese workbooks.</summary>
public sealed class LongquanBills
{
    private const string Folder = "inputs/longquan/bills/";

    /// <summary>Writes the bills and plants their faults.</summary>
    public LongquanBills(MeterYear main, Papers papers)
    {
        ElectricityBook(main, papers);
        MayInTenThousands(main, papers);
        GasBook(papers);
        Electricity.Sort((a, b) => a.First.CompareTo(b.First));
    }

    /// <summary>Electricity bills in order of time.</summary>
    public List<Bill> Electricity { get; } = [];

    /// <summary>Gas bills in order of time.</summary>
    public List<Bill> Gas { get; } = [];

    /// <summary>Eleven months in one workbook; July is typed twice, and the last row is a total.</summary>
    private void ElectricityBook(MeterYear main, Papers papers)
    {
        const string file = Folder + "longquan-electricity-bills.xlsx";
        var sheet = new Workbook("电费");
        sheet.Add("龙泉与斯托克陶瓷 龙泉厂 电费单");
        sheet.Add("账单月份", "起始日期", "截止日期", "峰(kWh)", "平(kWh)", "谷(kWh)", "合计(kWh)", "金额(元)");
        var sum = 0m;
        for (var m = 0; m < 12; m++)
        {
            var month = ReportingYear.Months[m];
            if (month == new Month(2026, 5)) continue;
            var (peak, flat, valley) = Bands(main, m);
            var total = peak + flat + valley;
            object?[] cells =
            [
                Chinese(month), Chinese(month.First), Chinese(month.Last), peak, flat, valley, total,
                Cost(peak, flat, valley),
            ];
            var row = sheet.Add(cells);
            Electricity.Add(new Bill(file, row, month.First, month.Last, total, "kWh"));
            sum += total;
            if (month != new Month(2026, 7)) continue;
            papers.Plant(file, sheet.Add(cells), "", "duplicate", "the bill of July 2026 is typed twice");
        }
        papers.Plant(file, sheet.Add("合计", null, null, null, null, null, sum), "", "total-row",
            "the last row adds up the months; it is no bill");
        papers.Add(file, sheet.Write());
    }

    /// <summary>May 2026 came from another office, in units of ten thousand kilowatt hours.</summary>
    private void MayInTenThousands(MeterYear main, Papers papers)
    {
        const string file = Folder + "longquan-electricity-2026-05.xlsx";
        var month = new Month(2026, 5);
        var (peak, flat, valley) = Bands(main, 7);
        var total = peak + flat + valley;
        var sheet = new Workbook("电费清单");
        sheet.Add("用户", "龙泉与斯托克陶瓷 龙泉厂");
        sheet.Add();
        sheet.Add("账单月份", "起始日期", "截止日期", "峰(万kWh)", "平(万kWh)", "谷(万kWh)", "合计(万kWh)", "金额(元)");
        var row = sheet.Add(Chinese(month), Chinese(month.First), Chinese(month.Last), peak / 10000m,
            flat / 10000m, valley / 10000m, total / 10000m, Cost(peak, flat, valley));
        Electricity.Add(new Bill(file, row, month.First, month.Last, total, "kWh"));
        papers.Plant(file, 3, "合计(万kWh)", "unit-in-header", "units of ten thousand kilowatt hours");
        papers.Add(file, sheet.Write());
    }

    /// <summary>The tariff's hours: 峰 8 to 11 and 17 to 22, 谷 11 to 13 and 22 to 8, 平 the rest.</summary>
    private static (decimal Peak, decimal Flat, decimal Valley) Bands(MeterYear main, int m)
    {
        var month = ReportingYear.Months[m];
        long peak = 0, flat = 0, valley = 0;
        foreach (var i in main.In(month))
        {
            var hour = main.Slots[i].Begin.Hour;
            if (hour is (>= 8 and < 11) or (>= 17 and < 22)) peak += main.Values[i];
            else if (hour is >= 22 or < 8 or 11 or 12) valley += main.Values[i];
            else flat += main.Values[i];
        }
        decimal Billed(long value) =>
            decimal.Round(Numbers.Hundredths(value) * (10000 + LongquanPlan.BillOff[m]) / 10000, 0);
        return (Billed(peak), Billed(flat), Billed(valley));
    }

    private static decimal Cost(decimal peak, decimal flat, decimal valley) =>
        decimal.Round(peak * 1.12m + flat * 0.71m + valley * 0.33m, 2);

    /// <summary>Twelve gas bills in one workbook; March does not state the calorific value.</summary>
    private void GasBook(Papers papers)
    {
        const string file = Folder + "longquan-gas-bills.xlsx";
        var sheet = new Workbook("燃气费");
        sheet.Add("龙泉与斯托克陶瓷 龙泉厂 天然气账单 窑炉");
        sheet.Add("账单月份", "起始日期", "截止日期", "用气量(Nm³)", "低位发热量(MJ/Nm³)", "金额(元)");
        for (var m = 0; m < 12; m++)
        {
            var month = ReportingYear.Months[m];
            var (volume, calorific) = LongquanPlan.Gas[m];
            var row = sheet.Add(Chinese(month), Chinese(month.First), Chinese(month.Last), (decimal)volume,
                calorific, decimal.Round(volume * 4.15m, 2));
            Gas.Add(new Bill(file, row, month.First, month.Last, volume, "Nm3", calorific));
            if (calorific is null)
                papers.Plant(file, row, "低位发热量(MJ/Nm³)", "missing-calorific-value",
                    "the bill states no calorific value: its energy cannot be known from it");
        }
        papers.Add(file, sheet.Write());
    }

    private static string Chinese(Month month) => Numbers.Invariant($"{month.Year}年{month.Number}月");

    private static string Chinese(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
}
