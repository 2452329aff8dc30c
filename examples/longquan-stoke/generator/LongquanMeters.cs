namespace LongquanStoke;

/// <summary>
/// Electricity at Longquan: a main meter every quarter of an hour and the counter of the office.
/// </summary>
public sealed class LongquanMeters
{
    /// <summary>A counter of the office shows five digits and one decimal, then starts again.</summary>
    public const long CounterModulusTenths = 1_000_000;

    private static readonly (DateOnly First, DateOnly Last)[] Holidays =
    [
        (new(2025, 10, 1), new(2025, 10, 8)),
        (new(2026, 1, 1), new(2026, 1, 3)),
        (new(2026, 2, 13), new(2026, 2, 24)),
        (new(2026, 4, 4), new(2026, 4, 6)),
        (new(2026, 5, 1), new(2026, 5, 5)),
        (new(2026, 6, 19), new(2026, 6, 21)),
        (new(2026, 9, 25), new(2026, 9, 27)),
    ];

    /// <summary>Draws the year.</summary>
    public LongquanMeters()
    {
        Main = new MeterYear("longquan-m1", Clock.Slots(Clock.Shanghai, 15));
        for (var m = 0; m < 12; m++)
        {
            var month = ReportingYear.Months[m];
            var dice = new Dice($"longquan-electricity/{month}");
            var total = 960000 + 26000L * LongquanPlan.OutputTenths[m] + dice.Between(-9000, 9000);
            Main.Fill(month, total, Load);
        }
        Counter = Office();
    }

    /// <summary>The main meter.</summary>
    public MeterYear Main { get; }

    /// <summary>
    /// Readings of the office counter in tenths of a kilowatt hour, Mondays at half past eight.
    /// </summary>
    public List<(DateOnly Day, long Tenths)> Counter { get; }

    private static bool IsHoliday(DateOnly day) => Holidays.Any(h => day >= h.First && day <= h.Last);

    /// <summary>Six working days a week; fans and the drying room by night.</summary>
    private static int Load(Slot slot) =>
        IsHoliday(slot.Day) ? 14 : slot.Begin.DayOfWeek == DayOfWeek.Sunday ? 22
        : slot.Begin.Hour switch { 12 => 70, >= 8 and < 18 => 110, >= 18 and < 22 => 60, _ => 34 };

    private static List<(DateOnly Day, long Tenths)> Office()
    {
        var dice = new Dice("longquan-offices");
        var readings = new List<(DateOnly, long)>();
        var level = 924_186L;
        for (var day = ReportingYear.First; day <= ReportingYear.Last; day = day.AddDays(1))
        {
            if (day.DayOfWeek == DayOfWeek.Monday || day == ReportingYear.First || day == ReportingYear.Last)
                readings.Add((day, level % CounterModulusTenths));
            level += IsHoliday(day) || day.DayOfWeek == DayOfWeek.Sunday ? dice.Between(90, 130)
                : dice.Between(390, 520);
        }
        return readings;
    }
}
