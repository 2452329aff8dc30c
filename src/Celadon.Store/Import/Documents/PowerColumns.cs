using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import.Detection;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// Average power over an interval made into energy: kWh = kW × seconds ÷ 3,600. The interval must be proved
/// or stated, because a power whose duration is guessed is a guessed energy.
/// </summary>
internal static class PowerColumns
{
    private static readonly Unit KilowattHour = Units.Parse("kWh");

    /// <summary>What power is read in.</summary>
    public static Unit Kilowatt { get; } = Units.Parse("kW");

    /// <summary>True for kW, MW, W; apparent power (kVA) does no work and is none.</summary>
    public static bool IsPower(Unit unit) => unit.ConvertsTo(Kilowatt);

    /// <summary>
    /// How a column of power is read: the plain numbers' factor to kW, and what its energy is measured in.
    /// </summary>
    public sealed record Reading(Unit Target, Amount ToKilowatt, Amount ToTarget);

    /// <summary>
    /// Says that a column of power is read as energy, or refuses it and says why. Null when it is refused.
    /// </summary>
    public static Reading? Open(SheetJob job, Column column, Meter? meter, Unit unit, long[] times, int step)
    {
        var place = job.Place with { Column = column.Head.Header };
        if (!IsProved(job, times, step))
        {
            job.Plan.Add("import.power.interval", Severity.Error, place, ("column", column.Head.Header),
                ("minutes", step / 60));
            return null;
        }
        var target = meter is not null && Units.TryParse(meter.Unit, out var registered) ? registered
            : KilowattHour;
        if (AmountColumn.Convert(Amount.One, unit, Kilowatt) is not { } toKilowatt
            || AmountColumn.Convert(Amount.One, KilowattHour, target) is not { } toTarget)
        {
            job.Plan.Add("import.unit.unlike", Severity.Error, place, ("value", column.First),
                ("unit", unit.Code), ("expected", target.Code));
            return null;
        }
        var said = Vocabulary.Shared.SaysAverage(column.Head.Header)
            || Vocabulary.Shared.SaysAverage(job.Table.Title);
        job.Plan.Add(said ? "import.power.converted" : "import.power.assumed",
            said ? Severity.Info : Severity.Warning, place, ("column", column.Head.Header),
            ("seconds", step), ("power", unit.Code), ("energy", target.Code));
        return new Reading(target, toKilowatt * (column.Map?.Multiplier ?? Amount.One), toTarget);
    }

    /// <summary>
    /// The interval a map states; else at least three times of which nine in ten steps are alike and no
    /// second step runs beside it. A day's value is rarely its average, so shorter than a day only.
    /// </summary>
    private static bool IsProved(SheetJob job, long[] times, int step)
    {
        if (job.Map?.IntervalMinutes is not null) return step > 0;
        if (step is <= 0 or >= (int)WallTime.Day || times.Length < 3) return false;
        int alike = 0, all = 0;
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] == times[i - 1]) continue;
            all++;
            if (times[i] - times[i - 1] == step) alike++;
        }
        return alike * 10 >= all * 9 && TimeAxis.SecondStep(times, step) == 0;
    }

    /// <summary>
    /// The energy of a column read in kW. Where kW × seconds ÷ 3,600 is no finite decimal (ten minutes are a
    /// sixth of an hour) the sum is exact and each interval has its share of it by cumulative rounding.
    /// </summary>
    /// <param name="job">The sheet.</param>
    /// <param name="column">The column, for its place.</param>
    /// <param name="power">The column in kW.</param>
    /// <param name="reading">What <see cref="Open"/> gave.</param>
    /// <param name="seconds">Length of an interval.</param>
    /// <param name="meterScale">Decimals that the registered meter holds, or null.</param>
    public static AmountColumn Energy(SheetJob job, Column column, AmountColumn power, Reading reading,
        int seconds, int? meterScale)
    {
        var factor = reading.ToTarget.Unscaled * seconds;
        var (scale, exact) = (power.Scale + reading.ToTarget.Scale, false);
        for (var more = 0; more <= 4 && !exact; more++)
            if ((exact = (factor * Amount.Pow10(more) % 3_600).IsZero)) scale += more;
        if (!exact) scale = meterScale ?? power.Scale + reading.ToTarget.Scale + 3;
        var (from, unscaled) = (power.Scale + reading.ToTarget.Scale, new long[power.Unscaled.Length]);
        System.Numerics.BigInteger sum = 0, given = 0;
        for (var i = 0; i < unscaled.Length; i++)
        {
            sum += power.Unscaled[i] * factor;
            var whole = Scaled(sum, scale - from);
            unscaled[i] = (long)System.Numerics.BigInteger.Min(whole - given, long.MaxValue);
            given = whole;
        }
        if (!exact)
            job.Plan.Add("import.power.shared", Severity.Info,
                job.Place with { Column = column.Head.Header }, ("seconds", seconds),
                ("sum", Amount.From(given, scale)), ("energy", reading.Target.Code));
        return power.With(unscaled, scale);
    }

    /// <summary>A sum of kW × seconds in steps of 10^-scale kWh, half to even.</summary>
    private static System.Numerics.BigInteger Scaled(System.Numerics.BigInteger sum, int shift) => shift >= 0
        ? Amount.RoundedQuotient(sum * Amount.Pow10(shift), 3_600)
        : Amount.RoundedQuotient(sum, 3_600 * Amount.Pow10(-shift));
}
