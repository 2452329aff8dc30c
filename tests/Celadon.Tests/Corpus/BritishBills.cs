using Celadon.Tests.Import;
using static Celadon.Tests.Corpus.CorpusFiles;

namespace Celadon.Tests.Corpus;

/// <summary>Bills and monthly tables as British suppliers and works write them.</summary>
internal static class BritishBills
{
    private static readonly (string, string)[] None = [];

    public static IEnumerable<CorpusCase> All { get; } =
    [
        // 12,400 + 11,900 − 350 = 23,950.
        new("gb-credit-note", [File("elec.csv", """
            Midland Power Ltd,,,
            Account 4711,,,
            From,To,Electricity (kWh),Net (£)
            01/01/2025,31/01/2025,"12,400","2,976.00"
            01/02/2025,28/02/2025,"11,900","2,856.00"
            01/01/2025,31/01/2025,-350,-84.00
            """)], ["electricity 23950 kWh"], ["import.negative.entry@6", "import.correction@6"]),
        // Decimal commas: 3,960.5 + 4,390 + 3,870 = 12,220.5.
        new("gb-semicolons-decimal-commas", [File("gas.csv", """
            From;To;Volume (m³);Calorific value (MJ/m3, gross);Net amount (£)
            01/01/2025;31/01/2025;3.960,5;39,4;1.980,00
            01/02/2025;28/02/2025;4.390,0;39,4;2.195,00
            01/03/2025;31/03/2025;3.870,0;39,5;1.935,00
            """, Ugly.Windows1252)], ["natural-gas 12220.5 m3"], []),
        new("gb-bom-and-quoted-newlines", [File("elec.csv", "From,To,\"Usage\n(kWh)\",\"Remarks\"\n"
            + "01/01/2025,31/01/2025,1000,\"read by\nthe fitter\"\n01/02/2025,28/02/2025,900,\n",
            new System.Text.UTF8Encoding(true))], ["electricity 1900 kWh"], []),
        new("gb-two-header-rows", [File("utilities-2025.csv", """
            Monthly utilities,,,,,,
            ,Electricity,,Gas,,Water,
            Month,kWh,£,m3,£,m3,£
            Jan-25,41000,9840.00,12000,8520,310,620.00
            Feb-25,38500,9240.00,11200,7952,288,576.00
            Total,79500,19080.00,23200,16472,600,1196.00
            """, Ugly.Windows1252)],
            ["electricity 79500 kWh", "natural-gas 23200 m3", "water-supply 598 m3"],
            ["import.total.differs@6", "import.row.total@6"]),
        new("gb-merged-cells", [Ugly.Workbook("site-bills.xlsx",
            [
                ["Stoke works: electricity 2025", "", "", ""], ["Quarter", "Month", "kWh", "£"],
                ["Q1", "@45658", "=41000", "=9840"], ["", "@45689", "=38500", "=9240"],
                ["", "@45717", "=40000", "=9600"], ["Q2", "@45748", "=36000", "=8640"],
            ], "A1:D1", "A3:A5")], ["electricity 155500 kWh"], []),
        // A subtotal after each quarter, and one of them wrong: 118,000 for 119,500.
        new("gb-totals-in-the-middle", [File("elec.csv", """
            Month,Electricity (kWh)
            Jan-25,41000
            Feb-25,38500
            Mar-25,40000
            Q1 total,118000
            Apr-25,36000
            May-25,35000
            Jun-25,34000
            Q2 total,105000
            Grand total,224500
            """)], ["electricity 224500 kWh"],
            ["import.row.total@5", "import.total.differs@5", "import.row.total@9"]),
        // 40,500 + 38,500 + 41,200 = 120,200 kWh; tonnes are refused.
        new("gb-units-in-cells", [File("elec.csv", """
            Period,Electricity
            01/01/2025 - 31/01/2025,"40,500 kWh"
            01/02/2025 - 28/02/2025,"38,500kWh"
            01/03/2025 - 31/03/2025,41.2 MWh
            01/04/2025 - 30/04/2025,120 t
            """)], ["electricity 120200 kWh"], ["import.unit.unlike@5"]),
        new("gb-mixed-date-forms", [File("elec.csv", """
            Start date,End date,kWh
            2025-01-01,31/01/2025,41000
            1 Feb 2025,28-Feb-25,38500
            01/03/2025,31.03.2025,40000
            """)], ["electricity 119500 kWh"], []),
        // Ten days of January written day first, and one of February month first: 10 × 100.
        new("gb-mixed-date-orders", [File("diesel.csv", "Date,Fuel,Litres (L),Supplier\n"
            + string.Concat(Enumerable.Range(13, 10).Select(d => $"{d}/01/2025,diesel,100,Fuels Ltd\n"))
            + "02/28/2025,diesel,100,Fuels Ltd\n")], ["diesel 1000 L"], ["import.date.unreadable@12"]),
        new("gb-both-date-orders-fit", [File("elec.csv", """
            From,To,kWh
            01/04/2025,04/05/2025,41000
            """)], ["electricity 41000 kWh"], [], ("import.date-order", "DMY")),
        new("gb-dates-turned-by-a-spreadsheet", [Ugly.Workbook("diesel.xlsx",
            [
                ["Date", "Fuel", "Litres (L)", "Supplier"],
                // 1 to 6 October stored as 10 January to 10 June, and 13 to 15 October left as text.
                .. Enumerable.Range(1, 6).Select(d => new[] {
                    "@" + (45667 + new[] { 0, 0, 31, 59, 90, 120, 151 }[d]), "diesel", "=100", "Fuels Ltd" }),
                ["07/10/2025", "diesel", "=100", "Fuels Ltd"],
                ["13/10/2025", "diesel", "=100", "Fuels Ltd"], ["14/10/2025", "diesel", "=100", "Fuels Ltd"],
            ])], ["diesel 900 L"], []),
        // 5 April twice in bills: the second waits, 12,000 + 13,000 stay.
        new("gb-overlapping-bills", [File("elec.csv", """
            From,To,Electricity (kWh)
            01/03/2025,05/04/2025,12000
            01/04/2025,30/04/2025,11000
            01/05/2025,31/05/2025,13000
            """)], ["electricity 25000 kWh"], ["import.overlap@3"], ("import.overlap", "wait")),
        // Litres typed into a column of m3: 4,050,000 is 4,050.
        new("gb-thousandfold-bill", [File("gas.csv", """
            From,To,Volume (m3)
            01/01/2025,31/01/2025,3960
            01/02/2025,28/02/2025,4390
            01/03/2025,31/03/2025,3870
            01/04/2025,30/04/2025,4050000
            01/05/2025,31/05/2025,3900
            """)], ["natural-gas 20170 m3"], ["import.thousandfold.bill.mended@5"],
            ("import.thousandfold.bill", "mend")),
        new("gb-estimate-replaced",
            [
                File("feb.csv", "Meter,From,To,Read,Units (kWh)\nX9,01/02/2025,28/02/2025,E,55993\n"),
                File("feb-actual.csv", "Meter,From,To,Read,Units (kWh)\nX9,01/02/2025,28/02/2025,A,50213\n"),
            ], ["electricity 50213 kWh", "electricity 55993 kWh estimated"], ["import.estimate.replaced@2"]),
        new("gb-estimate-marks-in-cells", [File("water.csv", """
            From,To,Water (m3)
            01/01/2025,31/01/2025,310 A
            01/02/2025,28/02/2025,288 E
            01/03/2025,31/03/2025,295 A
            """)], ["water-supply 288 m3 estimated", "water-supply 605 m3"], []),
        new("gb-shared-reading-day", [File("water.csv", """
            Previous read date,Present read date,Water (m3)
            15/01/2025,15/02/2025,310
            15/02/2025,16/03/2025,288
            16/03/2025,15/04/2025,301
            """)], ["water-supply 899 m3"], ["import.period.shared@"]),
        new("gb-quarter-in-one-bill", [File("water.csv", """
            From,To,Water (m3)
            01/01/2025,31/03/2025,899
            01/04/2025,30/06/2025,910
            """)], ["water-supply 1809 m3"], ["import.period.long@2", "import.period.long@3"]),
        new("gb-missing-month", [File("elec.csv", """
            From,To,kWh
            13/01/2025,12/02/2025,41000
            13/03/2025,12/04/2025,40000
            """)], ["electricity 81000 kWh"], ["import.gap.bill@3"]),
        new("gb-gas-in-therms", [File("gas.csv", """
            From,To,Gas (therms)
            13/01/2025,12/02/2025,1400
            13/02/2025,12/03/2025,1300
            """)], ["natural-gas 2700 therm"], [], ("import.calorific", "gross")),
        new("gb-day-numbers", [File("elec.csv",
            "Start date,End date,kWh\n45658,45688,41000\n45689,45716,38000\n")],
            ["electricity 79000 kWh"], []),
        new("gb-ranges-in-a-cell", [File("elec.csv", """
            Billing period,kWh,Net (£)
            1-30 Apr 2026,41000,9840
            1 May - 31 May 2026,40000,9600
            01/06/2026 - 30/06/2026,39000,9360
            """, Ugly.Windows1252)], ["electricity 120000 kWh"], []),
        new("gb-trailing-notes", [File("elec.csv", """
            From,To,kWh
            01/01/2025,31/01/2025,41000
            01/02/2025,28/02/2025,38500

            * February was read by the customer.
            Queries: 01782 000000
            """)], ["electricity 79500 kWh"], ["import.row.note@5", "import.row.note@6"]),
        new("gb-the-same-bill-twice", [File("elec.csv", """
            From,To,kWh,Invoice
            13/01/2025,12/02/2025,41000,A1
            13/01/2025,12/02/2025,41000,A1
            13/02/2025,12/03/2025,38500,A2
            """)], ["electricity 79500 kWh"], ["import.duplicate.entry@3"]),
        new("gb-a-hidden-sheet", [Ugly.Books("bills.xlsx",
            ("Electricity", false,
                [["From", "To", "Electricity (kWh)"], ["13/01/2025", "12/02/2025", "=41000"]]),
            ("old", true, [["From", "To", "Gas (m3)"], ["13/01/2025", "12/02/2025", "=900"]]))],
            ["electricity 41000 kWh", "natural-gas 900 m3"], ["import.sheet.hidden@"]),
        new("gb-a-zip-of-bills", [ZipFileTests.Zip("2025.zip",
            ("elec/bills.csv", "From,To,Electricity (kWh)\n13/01/2025,12/02/2025,41000\n"u8.ToArray()),
            ("gas/bills.csv", "From,To,Gas (m3)\n13/01/2025,12/02/2025,900\n"u8.ToArray()),
            ("../evil.csv", "x"u8.ToArray()))],
            ["electricity 41000 kWh", "natural-gas 900 m3"], ["import.zip.opened@", "import.zip.path@"]),
        new("gb-spaces-and-apostrophes-in-numbers", [File("elec.csv", """
            From;To;kWh
            13/01/2025;12/02/2025;41 000
            13/02/2025;12/03/2025;38'500
            13/03/2025;12/04/2025;39 250
            """)], ["electricity 118750 kWh"], []),
        new("gb-blank-is-not-zero", [File("elec.csv", """
            Month,Electricity (kWh),Gas (m3)
            Jan-25,41000,
            Feb-25,-,900
            Mar-25,n/a,0
            """)], ["electricity 41000 kWh", "natural-gas 900 m3"], []),
        new("gb-check-of-readings", [File("elec.csv", """
            Month,Previous reading,Present reading,Multiplier,Units used (kWh)
            Jan-25,1000,1100.5,40,4020
            Feb-25,1100.5,1190,40,3850
            Mar-25,1195,1290,40,3800
            """)], ["electricity 11670 kWh"], ["import.check.reading@3", "import.counter.unbilled@4"]),
    ];
}
