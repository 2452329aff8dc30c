using Celadon.Lenses;
using Celadon.Quantities;

namespace Celadon.Store.Readings;

public sealed partial class ReadingStore
{
    /// <summary>The readings that count in a period at a position, as a lens takes them.</summary>
    /// <exception cref="Celadon.Text.RefusedException">As <see cref="MonthsAt"/>.</exception>
    public IntervalSeries IntervalsAt(ReadingMeter meter, Period period, long position) => Guarded(() =>
    {
        var parts = PartsIn(meter, period, position);
        var scale = parts.Count == 0 ? 0 : parts.Max(part => part.Of.Scale);
        var powers = Enumerable.Range(0, scale + 1).Select(power => (long)Amount.Pow10(power)).ToArray();
        var count = parts.Count;
        var records = new List<long>();
        var series = new IntervalSeries
        {
            Meter = meter.Id,
            Scale = scale,
            Start = new long[count],
            Length = new int[count],
            Unscaled = new long[count],
            Quality = new byte[count],
            IsShare = new bool[count],
            Record = new int[count],
            Records = [.. parts.Select(part => part.Of.Load.Batch).Distinct()],
        };
        records.AddRange(series.Records);
        for (var i = 0; i < count; i++)
        {
            var part = parts[i];
            series.Start[i] = part.From;
            series.Length[i] = checked((int)(part.To - part.From));
            series.Unscaled[i] = checked((long)part.Amount * powers[scale - part.Of.Scale]);
            series.Quality[i] = part.Of.Quality;
            series.IsShare[i] = part.IsShare;
            series.Record[i] = i > 0 && records[series.Record[i - 1]] == part.Of.Load.Batch
                ? series.Record[i - 1] : records.IndexOf(part.Of.Load.Batch);
        }
        return series;
    });
}
