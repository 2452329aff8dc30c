using System.Numerics;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Store.Readings;

/// <summary>The local stretches that readings are summed over.</summary>
public enum SumLevel
{
    /// <summary>A local hour; the hour that the clocks repeat is two.</summary>
    Hour = 0,

    /// <summary>A local day of 23, 24 or 25 hours.</summary>
    Day = 1,

    /// <summary>A local calendar month.</summary>
    Month = 2,
}

/// <summary>
/// A table of half-hours (quarter-hours where the zone is off by a quarter, as in Nepal) with the local hour,
/// day and month each belongs to, for whole local months. Local time is looked up, never computed row by row.
/// </summary>
internal sealed class LocalCalendar
{
    private const int HalfHour = 1800;

    private readonly long _start;
    private readonly int _step;
    private readonly int[] _hourOfCell;
    private readonly int[] _dayOfHour;
    private readonly int[] _monthOfDay;
    private readonly long[][] _starts;

    /// <summary>The calendar of a zone for whole months.</summary>
    public LocalCalendar(SiteZone zone, MonthSpan months)
    {
        Months = months;
        var period = months.In(zone);
        _start = period.Start.ToUnixTimeSeconds();
        End = period.End.ToUnixTimeSeconds();
        var offsets = zone.Zone.GetZoneIntervals(period.Start, period.End)
            .Select(i => (Start: Math.Max(i.HasStart ? i.Start.ToUnixTimeSeconds() : _start, _start),
                Offset: i.WallOffset.Seconds)).ToArray();
        _step = offsets.Aggregate(
            HalfHour, (step, o) => (int)BigInteger.GreatestCommonDivisor(step, o.Offset));
        _hourOfCell = new int[(End - _start) / _step];
        List<long> hours = [], days = [], monthStarts = [];
        List<int> dayOfHour = [], monthOfDay = [];
        var (at, offset, lastDay, month) = (-1, int.MinValue, long.MinValue, months.First.PlusMonths(-1));
        for (var cell = 0; cell < _hourOfCell.Length; cell++)
        {
            var instant = _start + (long)cell * _step;
            var shifted = at + 1 < offsets.Length && instant >= offsets[at + 1].Start;
            if (shifted) at++;
            var local = instant + offsets[at].Offset;
            var day = Math.DivRem(local, 86_400).Quotient;
            // Clocks that fall back over midnight repeat an hour of the day before; the new day goes on.
            var newDay = day > lastDay;
            if (newDay || local % 3600 == 0 || (shifted && offsets[at].Offset != offset))
            {
                if (newDay)
                {
                    var date = LocalDate.FromDateTime(DateTime.UnixEpoch.AddDays(day)).ToYearMonth();
                    if (date > month)
                    {
                        month = date;
                        monthStarts.Add(instant);
                    }
                    days.Add(instant);
                    monthOfDay.Add(monthStarts.Count - 1);
                    lastDay = day;
                }
                hours.Add(instant);
                dayOfHour.Add(days.Count - 1);
            }
            offset = offsets[at].Offset;
            _hourOfCell[cell] = hours.Count - 1;
        }
        _starts = [[.. hours, End], [.. days, End], [.. monthStarts, End]];
        (_dayOfHour, _monthOfDay) = ([.. dayOfHour], [.. monthOfDay]);
    }

    /// <summary>The months it covers.</summary>
    public MonthSpan Months { get; }

    /// <summary>First second, since 1970 UTC.</summary>
    public long Start => _start;

    /// <summary>First second after.</summary>
    public long End { get; }

    /// <summary>Seconds in a cell: 1800, or 900 and less where the zone needs it.</summary>
    public int Step => _step;

    /// <summary>How many hours, days or months.</summary>
    public int Count(SumLevel level) => _starts[(int)level].Length - 1;

    /// <summary>First second of a bucket; that of the bucket after the last is the end.</summary>
    public long StartOf(SumLevel level, int bucket) => _starts[(int)level][bucket];

    /// <summary>The bucket that holds an instant inside the calendar.</summary>
    public int BucketOf(SumLevel level, long instant)
    {
        var hour = _hourOfCell[(int)((instant - _start) / _step)];
        if (level == SumLevel.Hour) return hour;
        var day = _dayOfHour[hour];
        return level == SumLevel.Day ? day : _monthOfDay[day];
    }
}
