using System.Collections.Immutable;
using Celadon.Quantities;
using Celadon.Text;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Lenses.Energy;

/// <summary>A local day of a grid.</summary>
/// <param name="Date">Its date.</param>
/// <param name="Kind">Whether it is worked.</param>
/// <param name="First">Its first cell.</param>
/// <param name="Count">How many cells: 46, 48 or 50 of half-hours.</param>
internal readonly record struct GridDay(LocalDate Date, DayKind Kind, int First, int Count);

/// <summary>
/// The readings of one or more meters on a grid of equal steps, counted from the start of each local day. A
/// cell holds the energy of its stretch; it is known when readings of every meter cover it wholly. Readings
/// that reach over the edge of a cell are shared in time by cumulative rounding, so that cells add up.
/// </summary>
internal sealed class LoadGrid
{
    private const int SuspectTimes = 10;

    private readonly ImmutableArray<ReadMeter> _meters;
    private readonly long[] _bounds;
    private readonly long[] _amount;
    private readonly int[] _seconds;
    private readonly byte[] _marks;
    private readonly long _suspectAbove;

    /// <summary>The grid of meters in one zone and unit.</summary>
    /// <param name="meters">At least one.</param>
    /// <param name="months">The period.</param>
    /// <param name="minutes">The step; a divisor of 60.</param>
    /// <param name="kindOf">Which days are worked.</param>
    public LoadGrid(ImmutableArray<ReadMeter> meters, MonthSpan months, int minutes,
        Func<LocalDate, DayKind> kindOf)
    {
        _meters = meters;
        Minutes = minutes;
        Zone = meters[0].Zone;
        Unit = meters[0].Meter.Unit;
        Scale = meters.Max(m => m.Series.Scale);
        PerHour = 60 / minutes;
        (_bounds, Days) = Lay(Zone, months, minutes * 60, kindOf);
        _amount = new long[_bounds.Length - 1];
        _seconds = new int[_amount.Length];
        _marks = new byte[_amount.Length];
        foreach (var meter in meters) Fill(meter.Series);
        _suspectAbove = SuspectAbove();
    }

    /// <summary>The step in minutes.</summary>
    public int Minutes { get; }

    /// <summary>How many cells an hour has: what turns a cell's kWh into kW.</summary>
    public int PerHour { get; }

    /// <summary>Local time.</summary>
    public SiteZone Zone { get; }

    /// <summary>Unit of the amounts.</summary>
    public string Unit { get; }

    /// <summary>Amounts are integers × 10^-scale.</summary>
    public int Scale { get; }

    /// <summary>The days in order.</summary>
    public ImmutableArray<GridDay> Days { get; }

    /// <summary>How many cells.</summary>
    public int Count => _amount.Length;

    /// <summary>The energy of a cell as far as it is known.</summary>
    public long UnscaledAt(int cell) => _amount[cell];

    /// <summary>Seconds of a cell that readings cover, of all meters together.</summary>
    public int SecondsAt(int cell) => _seconds[cell];

    /// <summary>True when every meter covers the cell wholly.</summary>
    public bool IsKnown(int cell) => _seconds[cell] == Minutes * 60 * _meters.Length;

    /// <summary>True when a reading in the cell is marked estimated.</summary>
    public bool IsEstimated(int cell) => (_marks[cell] & 1) != 0;

    /// <summary>True when the cell holds a share in time of a reading that is longer than it.</summary>
    public bool IsInterpolated(int cell) => (_marks[cell] & 2) != 0;

    /// <summary>
    /// True when a cell holds more than ten times what 99 percent of the known cells do not pass: a decimal
    /// point lost, a month's energy in one interval. It is booked, but no peak is believed from it.
    /// </summary>
    public bool IsSuspected(int cell) => _amount[cell] > _suspectAbove;

    /// <summary>When a cell begins.</summary>
    public Instant StartOf(int cell) => Instant.FromUnixTimeSeconds(_bounds[cell]);

    /// <summary>Length of the whole grid in seconds, all meters together.</summary>
    public long Length => (_bounds[^1] - _bounds[0]) * _meters.Length;

    /// <summary>The step of the day in which a cell begins by the clock: 0 at midnight.</summary>
    public int SlotOf(GridDay day, int cell)
    {
        var seconds = _bounds[day.First + day.Count] - _bounds[day.First];
        if (seconds == NodaConstants.SecondsPerDay) return cell - day.First;
        var time = StartOf(cell).InZone(Zone.Zone).TimeOfDay;
        return (time.Hour * 60 + time.Minute) / Minutes;
    }

    /// <summary>The energy of cells, traced to the readings that cover them.</summary>
    public Figure Energy(int first, int count = 1)
    {
        var sum = Int128.Zero;
        for (var cell = first; cell < first + count; cell++) sum += _amount[cell];
        return Energy(sum, [(first, count)]);
    }

    /// <summary>A sum over stretches of cells, traced to the readings that cover them.</summary>
    public Figure Energy(Int128 sum, IReadOnlyList<(int First, int Count)> stretches) =>
        new(Amount.From(sum, Scale), Unit, new Trace.Rows("formula.readings",
            stretches.Sum(s => LeafCount(s.First, s.Count)),
            () => stretches.SelectMany(s => Leaves(s.First, s.Count))));

    /// <summary>The mean power of a cell without its trace.</summary>
    public Amount PowerValue(int cell) => Amount.From((Int128)_amount[cell] * PerHour, Scale);

    /// <summary>The mean power of a cell: its energy × how many of it an hour has.</summary>
    public Figure Power(int cell) => Figure.Product(EnergyUnits.PowerOf(Unit), "formula.energy.power",
        new Operand("operand.energy", Energy(cell)),
        new Operand("operand.perHour", new Figure(PerHour, "/h",
            new Trace.Constant("constant.energy.perHour"))));

    /// <summary>Says which intervals are suspected, if any are.</summary>
    public void SaySuspects(List<Finding> findings)
    {
        var suspects = Enumerable.Range(0, Count).Where(c => IsKnown(c) && IsSuspected(c)).ToArray();
        if (suspects.Length == 0) return;
        var first = StartOf(suspects[0]).InZone(Zone.Zone).LocalDateTime;
        findings.Add(Finding.Of("energy.suspect", Severity.Warning, null,
            ("meter", string.Join(" + ", _meters.Select(m => m.Meter.Id))), ("count", suspects.Length),
            ("time", LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Format(first)),
            ("amount", Amount.From(_amount[suspects[0]], Scale)), ("unit", Unit)));
    }

    private long LeafCount(int first, int count) =>
        _meters.Sum(m => { var (from, to) = Range(m.Series, first, count); return (long)to - from; });

    private IEnumerable<Leaf> Leaves(int first, int count)
    {
        foreach (var meter in _meters)
        {
            var (from, to) = Range(meter.Series, first, count);
            for (var i = from; i < to; i++)
            {
                var leaf = meter.Series.LeafAt(i, Unit);
                yield return leaf with
                {
                    Contribution = Amount.From(
                        Share(meter.Series, i, _bounds[first], _bounds[first + count]), meter.Series.Scale),
                };
            }
        }
    }

    /// <summary>The readings of a series that touch cells.</summary>
    private (int From, int To) Range(IntervalSeries series, int first, int count)
    {
        var from = LowerBound(series.Start, _bounds[first]);
        if (from > 0 && series.Start[from - 1] + series.Length[from - 1] > _bounds[first]) from--;
        return (from, LowerBound(series.Start, _bounds[first + count]));
    }

    private static int LowerBound(long[] starts, long instant)
    {
        var at = Array.BinarySearch(starts, instant);
        return at < 0 ? ~at : at;
    }

    private static Int128 Share(IntervalSeries series, int i, long from, long to)
    {
        var (start, length, amount) = (series.Start[i], (long)series.Length[i], series.Unscaled[i]);
        return TimeShare.UpTo(amount, to - start, length) - TimeShare.UpTo(amount, from - start, length);
    }

    private void Fill(IntervalSeries series)
    {
        var factor = (Int128)Amount.Pow10(Scale - series.Scale);
        var cell = 0;
        for (var i = 0; i < series.Count; i++)
        {
            var (start, end) = (series.Start[i], series.Start[i] + series.Length[i]);
            while (cell < _amount.Length && _bounds[cell + 1] <= start) cell++;
            for (var at = cell; at < _amount.Length && _bounds[at] < end; at++)
            {
                var whole = start >= _bounds[at] && end <= _bounds[at + 1];
                var share = whole ? series.Unscaled[i] : Share(series, i, _bounds[at], _bounds[at + 1]);
                _amount[at] = checked((long)(_amount[at] + share * factor));
                _seconds[at] += (int)(Math.Min(end, _bounds[at + 1]) - Math.Max(start, _bounds[at]));
                if (series.Quality[i] == (byte)Ledger.ReadingQuality.Estimated) _marks[at] |= 1;
                if (!whole || series.IsShare[i]) _marks[at] |= 2;
            }
        }
    }

    private long SuspectAbove()
    {
        var known = Enumerable.Range(0, Count).Where(IsKnown).Select(cell => _amount[cell]).Order().ToArray();
        if (known.Length == 0) return long.MaxValue;
        var usual = known[(known.Length * 99 + 99) / 100 - 1];
        return usual is > 0 and < long.MaxValue / SuspectTimes ? usual * SuspectTimes : long.MaxValue;
    }

    private static (long[] Bounds, ImmutableArray<GridDay> Days) Lay(
        SiteZone zone, MonthSpan months, int step, Func<LocalDate, DayKind> kindOf)
    {
        var bounds = new List<long>();
        var days = ImmutableArray.CreateBuilder<GridDay>();
        var last = months.Last.OnDayOfMonth(1).PlusMonths(1);
        long end = 0;
        for (var date = months.First.OnDayOfMonth(1); date < last; date = date.PlusDays(1))
        {
            var day = zone.Day(date);
            end = day.End.ToUnixTimeSeconds();
            var first = bounds.Count;
            for (var at = day.Start.ToUnixTimeSeconds(); at < end; at += step) bounds.Add(at);
            days.Add(new GridDay(date, kindOf(date), first, bounds.Count - first));
        }
        bounds.Add(end);
        return ([.. bounds], days.ToImmutable());
    }
}

/// <summary>What the rate of a unit is called.</summary>
internal static class EnergyUnits
{
    /// <summary>"kWh" flows as "kW"; anything else as itself an hour.</summary>
    public static string PowerOf(string unit) => unit switch
    {
        "kWh" => "kW",
        "MWh" => "MW",
        "Wh" => "W",
        _ => unit + "/h",
    };
}
