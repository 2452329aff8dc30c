using Celadon.Tests.Import;
using static Celadon.Tests.Corpus.CorpusFiles;

namespace Celadon.Tests.Corpus;

/// <summary>Bills and ledgers as Chinese suppliers and works write them.</summary>
internal static class ChineseBills
{
    public static IEnumerable<CorpusCase> All { get; } =
    [
        // 6,620 + 6,910; the second total says 6,900.
        new("cn-sharp-peak-flat-valley", [File("电费.csv", """
            龙泉厂电费单
            电费年月,尖(kWh),峰(kWh),平(kWh),谷(kWh),合计(kWh),电费(元)
            2024年3月,120,3000,2000,1500,6620,4800.50
            2024年4月,110,3100,2100,1600,6900,4950.00
            合计,230,6100,4100,3100,13520,9750.50
            """, Ugly.Gb18030)], ["electricity 13530 kWh"], ["import.check.sum@4", "import.row.total@5"]),
        new("cn-ten-thousand-kilowatt-hours", [File("用电.csv", """
            月份,用电量(万kWh),金额(元)
            2024年1月,4.05,28350
            2024年2月,3.9,27300
            """)], ["electricity 7.95 万kWh"], []),
        // １２３４．５ and ９８７．５ in full-width digits.
        new("cn-full-width-digits", [File("水费.csv", """
            月份，用水量（立方米），金额（元）
            """.Replace('，', ',') + "\n２０２４年３月,１２３４．５,３７００\n２０２４年４月,９８７．５,２９６２\n", Ugly.Gb18030)],
            ["water-supply 2222 m3"], []),
        new("cn-month-merged-over-bands", [Ugly.Workbook("电费明细.xlsx",
            [
                ["2025年电费", "", "", ""], ["月份", "时段", "用电量(kWh)", "金额(元)"],
                ["2025年1月", "峰", "=3000", "=2500.5"], ["", "平", "=2000", ""], ["", "谷", "=1500", ""],
                ["2025年2月", "峰", "=3100", "=2600"], ["", "平", "=2050", ""], ["", "谷", "=1450", ""],
            ], "A1:D1", "A3:A5", "A6:A8", "D3:D5", "D6:D8")], ["electricity 13100 kWh"], []),
        new("cn-months-as-columns", [File("台账.csv", """
            龙泉厂2024年能源消耗台账,,,,,
            能源名称,单位,1月,2月,3月,合计
            电力,万kWh,4.05,3.9,4.1,12.05
            天然气,Nm3,6180,5200,,11380
            柴油,L,200,0,150,351
            """, Ugly.Gb18030)],
            ["diesel 350 L", "electricity 12.05 万kWh", "natural-gas 11380 Nm3"], ["import.check.sum@5"]),
        // (1100.5 − 1000) × 40 = 4,020 and (1190 − 1100.5) × 40 = 3,580, written as 3,850.
        new("cn-readings-and-multiplier", [File("电表抄表.csv", """
            抄表月份,上次示数,本次示数,倍率,用电量(kWh)
            2024年1月,1000,1100.5,40,4020
            2024年2月,1100.5,1190,40,3850
            """)], ["electricity 7870 kWh"], ["import.check.reading@3"]),
        new("cn-ranges-in-a-cell", [File("气费.csv", """
            计费周期,用气量(Nm3),金额(元)
            2026年4月1日至4月30日,6180,24720
            2026.05.01-05.31,5900,23600
            2026年6月1日-30日,5600,22400
            """, Ugly.Gb18030)], ["natural-gas 17680 Nm3"], []),
        new("cn-titles-and-signatures", [File("水费台账.csv", """
            龙泉青瓷有限公司水费台账,,
            编制单位：设备科,,
            年月,用水量(吨),金额(元)
            2024-01,310,930
            2024-02,288,864
            合计,598,1794
            填表人：王工,审核：李工,2024年3月2日
            """)], ["water-supply 598 t"], ["import.row.total@6", "import.row.note@7"]),
        new("cn-deliveries-of-diesel", [File("柴油入库.csv", """
            日期,品种,数量(升),供应商,金额(元)
            2024/3/5,柴油,200,中石化,1520
            2024/3/19,0#柴油,150,中石化,1140
            """)], ["diesel 350 L"], []),
        new("cn-coal-equivalent-beside", [File("能耗.csv", """
            月份,用电量(kWh),折标煤(tce)
            2024年1月,41000,5.0389
            2024年2月,38500,4.7317
            2024年3月,40000,4.9160
            2024年4月,39000,4.9000
            """)], ["electricity 158500 kWh"], ["import.check.disagrees@5"]),
        new("cn-output-in-two-units", [File("产量.csv", """
            月份,月产量(件),月产量(吨)
            2024年1月,10330,6.2
            2024年2月,4010,2.4
            """)], ["ware 8.6 t"], []),
        // 40,500 a month; March in Wh: 41,000,000.
        new("cn-watt-hours-for-kilowatt-hours", [File("用电量.csv", """
            月份,用电量(kWh)
            2024年1月,40500
            2024年2月,38000
            2024年3月,41000000
            2024年4月,39500
            2024年5月,40000
            """)], ["electricity 199000 kWh"], ["import.thousandfold.bill.mended@4"],
            ("import.thousandfold.bill", "mend")),
        new("cn-negative-settlement", [File("结算.csv", """
            起始日期,截止日期,电量(千瓦时),电费(元)
            2024-01-01,2024-01-31,41000,28700
            2024-01-01,2024-01-31,-600,-420
            """)], ["electricity 40400 kWh"], ["import.negative.entry@3"]),
    ];
}
