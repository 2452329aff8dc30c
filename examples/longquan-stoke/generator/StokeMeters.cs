namespace LongquanStoke;

/// <summary>
/// Electricity at Stoke: five sub-meters and the rest that nobody meters; the main meter is their sum in
/// every half-hour.
/// </summary>
public sealed class StokeMeters
{
    private static readonly DateOnly[] BankHolidays =
    [
        new(2025, 12, 25), new(2025, 12, 26), new(2026, 1, 1), new(2026, 4, 3), new(2026, 4, 6),
        new(2026, 5, 4),
        new(2026, 5, 25), new(2026, 8, 31),
    ];

    /// <summary>
    /// September as the worked month of the ledger has it, in hundredths of a kilowatt hour.
    /// </summary>
    private static readonly long[] September = [2401020, 830040, 512000, 200000, 90500, 86300];

    private static readonly int[] OfficesByMonth =
        [2300, 2650, 2500, 2900, 2700, 2500, 2200, 2000, 1900, 1750, 1800, 2000];

    /// <summary>Draws the year.</summary>
    public StokeMeters()
    {
        var slots = Clock.Slots(Clock.London, 30);
        Main = new MeterYear("stoke-m1", slots);
        Kiln = new MeterYear("stoke-kiln", slots);
        Press = new MeterYear("stoke-press", slots);
        Compressors = new MeterYear("stoke-compressors", slots);
        Offices = new MeterYear("stoke-offices", slots);
        Canteen = new MeterYear("stoke-canteen", slots);
        var rest = new MeterYear("stoke-rest", slots);
        MeterYear[] parts = [Kiln, Press, Compressors, Offices, Canteen, rest];
        Func<Slot, int>[] profiles = [KilnLoad, PressLoad, CompressorLoad, OfficeLoad, CanteenLoad, RestLoad];
        for (var m = 0; m < 12; m++)
            for (var part = 0; part < parts.Length; part++)
                parts[part].Fill(ReportingYear.Months[m], Totals(m)[part], profiles[part]);
        for (var i = 0; i < slots.Length; i++) Main.Values[i] = parts.Sum(part => part.Values[i]);
    }

    /// <summary>The main meter.</summary>
    public MeterYear Main { get; }

    /// <summary>The decorating kiln and the fans of the gas kilns.</summary>
    public MeterYear Kiln { get; }

    /// <summary>Presses.</summary>
    public MeterYear Press { get; }

    /// <summary>Compressors.</summary>
    public MeterYear Compressors { get; }

    /// <summary>Offices.</summary>
    public MeterYear Offices { get; }

    /// <summary>Canteen.</summary>
    public MeterYear Canteen { get; }

    /// <summary>The five sub-meters.</summary>
    public MeterYear[] SubMeters => [Kiln, Press, Compressors, Offices, Canteen];

    /// <summary>
    /// The month's energy of each part: a fixed share, a share per tonne of ware, a throw of the dice.
    /// </summary>
    private static long[] Totals(int month)
    {
        if (month == 11) return September;
        var tenths = StokePlan.OutputTenths[month];
        var dice = new Dice($"stoke-electricity/{ReportingYear.Months[month]}");
        return
        [
            (539000 + 19000L * tenths + dice.Between(-4000, 4000) * 10) / 10 * 10,
            (20000 + 8270L * tenths + dice.Between(-1000, 1000) * 10) / 10 * 10,
            (190000 + 3290L * tenths + dice.Between(-500, 500) * 10) / 10 * 10,
            OfficesByMonth[month] * 100 + dice.Between(-300, 300) * 10,
            80000 + 1070L * tenths + dice.Between(-100, 100) * 10,
            86000 + dice.Between(-500, 500) * 10,
        ];
    }

    private static bool IsWorkday(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day);

    /// <summary>
    /// Bank holidays, the days between Christmas and New Year, and the potters' fortnight of late June.
    /// </summary>
    private static bool IsHoliday(DateOnly day) => BankHolidays.Contains(day)
        || (day >= new DateOnly(2025, 12, 24) && day <= new DateOnly(2026, 1, 2))
        || (day >= new DateOnly(2026, 6, 27) && day <= new DateOnly(2026, 7, 10));

    private static int KilnLoad(Slot slot) =>
        IsWorkday(slot.Day) ? slot.Begin.Hour is >= 6 and < 22 ? 130 : 85
        : IsHoliday(slot.Day) ? 22 : slot.Begin.DayOfWeek == DayOfWeek.Saturday ? 60 : 28;

    private static int PressLoad(Slot slot) => !IsWorkday(slot.Day) ? 2 : slot.Begin.Hour switch
    {
        10 or 18 => 45,
        >= 6 and < 14 => 100,
        >= 14 and < 22 => slot.Begin.DayOfWeek == DayOfWeek.Friday ? 6 : 80,
        _ => 3,
    };

    private static int CompressorLoad(Slot slot) =>
        IsWorkday(slot.Day) && slot.Begin.Hour is >= 6 and < 22 ? 70 : 18;

    private static int OfficeLoad(Slot slot) =>
        IsWorkday(slot.Day) && slot.Begin.Hour is >= 8 and < 18 ? 60 : 9;

    private static int CanteenLoad(Slot slot) => !IsWorkday(slot.Day) ? 10
        : slot.Begin.Hour switch { 12 => 70, >= 6 and < 14 => 45, _ => 10 };

    private static int RestLoad(Slot slot) => slot.Begin.Hour is >= 7 and < 20 ? 4 : 6;
}
