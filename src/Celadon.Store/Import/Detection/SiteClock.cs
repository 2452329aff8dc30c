using NodaTime;

namespace Celadon.Store.Import.Detection;

/// <summary>
/// Turns the times of a file into instants. A zone's clock is followed through its summer time: an hour that
/// occurs twice is resolved by the order of the rows, an hour that does not occur is reported. A file that
/// ran on winter time all year, or states an offset, has one fixed offset.
/// </summary>
internal sealed class SiteClock(DateTimeZone zone, bool standard)
{
    private long _safeFrom = long.MaxValue;
    private long _safeTo = long.MinValue;
    private long _offset;

    /// <summary>The clock of the times as written, where no zone is known.</summary>
    public static SiteClock AsWritten { get; } = new(DateTimeZone.Utc, false);

    /// <summary>The zone.</summary>
    public DateTimeZone Zone => zone;

    /// <summary>True when winter time holds all year.</summary>
    public bool Standard => standard;

    /// <summary>Seconds since 1970 UTC of each local time; None where the clock never showed it.</summary>
    /// <param name="local">Local seconds, in the order of the rows.</param>
    /// <param name="step">Usual step in seconds, by which a repeated hour is resolved.</param>
    public long[] ToUtc(ReadOnlySpan<long> local, long step)
    {
        var utc = new long[local.Length];
        var previous = WallTime.None;
        for (var i = 0; i < local.Length; i++)
        {
            utc[i] = local[i] == WallTime.None ? WallTime.None : One(local[i], previous, step);
            if (utc[i] != WallTime.None) previous = utc[i];
        }
        return utc;
    }

    /// <summary>One local time, given the instant before it.</summary>
    public long One(long local, long previous, long step)
    {
        if (local >= _safeFrom && local < _safeTo) return local - _offset;
        var time = LocalDateTime.FromDateTime(DateTime.UnixEpoch.AddSeconds(local));
        if (standard)
        {
            var winter = Winter(time);
            return local - winter;
        }
        var mapping = zone.MapLocal(time);
        if (mapping.Count == 1)
        {
            Remember(mapping.EarlyInterval, local);
            return local - mapping.EarlyInterval.WallOffset.Seconds;
        }
        if (mapping.Count == 0)
        {
            // The instant of the change itself may be written either way; inside the gap the clock never was.
            var change = mapping.EarlyInterval.End.ToUnixTimeSeconds();
            return local - mapping.EarlyInterval.WallOffset.Seconds == change ? change : WallTime.None;
        }
        var early = local - mapping.EarlyInterval.WallOffset.Seconds;
        var late = local - mapping.LateInterval.WallOffset.Seconds;
        if (previous == WallTime.None) return early;
        return Math.Abs(early - previous - step) <= Math.Abs(late - previous - step) ? early : late;
    }

    /// <summary>True for a local time that the zone's clock skips (the change itself excepted).</summary>
    public bool Skips(long local)
    {
        if (local >= _safeFrom && local < _safeTo) return false;
        var mapping = zone.MapLocal(LocalDateTime.FromDateTime(DateTime.UnixEpoch.AddSeconds(local)));
        if (mapping.Count == 1) Remember(mapping.EarlyInterval, local);
        if (mapping.Count != 0) return false;
        var before = mapping.EarlyInterval;
        return local - before.WallOffset.Seconds != before.End.ToUnixTimeSeconds();
    }

    private int Winter(LocalDateTime time)
    {
        var interval = zone.GetZoneInterval(zone.AtLeniently(time).ToInstant());
        return interval.StandardOffset.Seconds;
    }

    /// <summary>Keeps the stretch around a local time in which nothing is ambiguous.</summary>
    private void Remember(NodaTime.TimeZones.ZoneInterval interval, long local)
    {
        const long margin = 7_200;
        _offset = interval.WallOffset.Seconds;
        _safeFrom = interval.HasStart ? interval.Start.ToUnixTimeSeconds() + _offset + margin : local;
        _safeTo =
            interval.HasEnd ? interval.End.ToUnixTimeSeconds() + _offset - margin
            : local + 400 * WallTime.Day;
        if (local < _safeFrom || local >= _safeTo) (_safeFrom, _safeTo) = (long.MaxValue, long.MinValue);
    }
}
