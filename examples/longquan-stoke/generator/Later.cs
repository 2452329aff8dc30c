using System.Globalization;

namespace LongquanStoke;

/// <summary>
/// What comes after the year: the September gas bill put right, and two half-hours corrected.
/// </summary>
public static class Later
{
    private const string Folder = "later/";

    /// <summary>The volume that the gas bill of September should have shown, in m³.</summary>
    public const int GasVolume = 11200;

    /// <summary>What the two half-hours gain, in hundredths of a kilowatt hour.</summary>
    public static readonly (int Day, int Hour, int Minute, long More)[] HalfHours =
        [(15, 10, 0, 1710), (15, 10, 30, 1810)];

    /// <summary>
    /// Writes the two files. The counter reading at the start is the one on the first September bill.
    /// </summary>
    public static void Write(MeterYear main, StokeBills bills, Papers papers)
    {
        var counter = 184220 + StokeBills.UnbilledGas + (int)bills.Gas.SkipLast(1).Sum(bill => bill.Quantity);
        StokeBills.WriteGas(
            papers, "2026-09-corrected", new(2026, 9, 1), new(2026, 9, 30), GasVolume, 39.5m, counter, Folder,
            "replaces NGS-2026-09: present reading misread");
        var table = new TextTable();
        table.Line("Date,Time,kWh,Remark");
        foreach (var (day, hour, minute, more) in HalfHours)
        {
            var i = main.At(2026, 9, day, hour, minute);
            var begin = main.Slots[i].Begin.ToString("dd/MM/yyyy,HH:mm", CultureInfo.InvariantCulture);
            table.Line($"{begin},{Numbers.Fixed(main.Values[i] + more)},corrected by the meter operator");
        }
        papers.Add(Folder + "stoke-m1-2026-09-correction.csv", table.ToString());
    }
}
