using Celadon.Quantities;

namespace Celadon.Store.Readings;

using Counting = List<(StoredLoad Stored, CountingLoad Counting)>;

/// <summary>From stored rows to the parts that count.</summary>
public sealed partial class ReadingStore
{
    private const int AnchorRows = 256;
    private const string Columns = "SELECT start, length, amount, quality, band, load, meter FROM readings";

    /// <summary>The parts that count inside [from, to), in order of time, cut to it.</summary>
    private List<CountedPart> Parts(
        ReadingMeter meter, Counting counting, long from, long to, List<CounterEvent>? events = null)
    {
        var candidates = new List<Candidate>();
        var loads = counting.ToDictionary(load => load.Counting.Id, load => load.Counting);
        var longest = counting.Where(load => load.Stored.First < to && load.Stored.Last > from)
            .Select(load => load.Stored.Longest).DefaultIfEmpty(0).Max();
        if (longest > 0)
            ReadRows(meter.Id, $"length > 0 AND start >= {from - longest} AND start < {to}", row =>
            {
                if (row.Start + row.Length > from && loads.TryGetValue(row.Load, out var load))
                    candidates.Add(new Candidate(row.Start, row.Start + row.Length, row.Amount, load.Scale,
                        row.Quality, row.Band, load.Revision, load));
            });
        if (counting.Exists(load => load.Stored.Counters > 0))
        {
            var first = Anchor(meter.Id, loads, from, back: true);
            var last = Anchor(meter.Id, loads, to, back: false);
            var steps = new List<Candidate>();
            CounterSteps.AddTo(steps, States(meter.Id, loads, first, last), meter.Modulus, events);
            candidates.AddRange(steps.Where(step => step.Start < to && step.End > from));
        }
        var parts = new List<CountedPart>(candidates.Count);
        foreach (var part in CountedReadings.Of(candidates))
            if (part.Within(from, to) is { } inside) parts.Add(inside);
        return parts;
    }

    /// <summary>The counter states that count from one instant to another, both included.</summary>
    private List<CounterState> States(string meter, Dictionary<int, CountingLoad> loads, long from, long to)
    {
        var states = new List<CounterState>();
        ReadRows(meter, $"length = 0 AND start >= {from} AND start <= {to}", row =>
        {
            if (loads.TryGetValue(row.Load, out var load))
                states.Add(new CounterState(row.Start, row.Amount, row.Quality, row.Band, load));
        });
        return CounterSteps.Counting(states);
    }

    /// <summary>
    /// The nearest counter reading before (or after) an instant that is not zero; the farthest of the zeros
    /// where there is none. Steps across the instant depend on nothing beyond it.
    /// </summary>
    private long Anchor(string meter, Dictionary<int, CountingLoad> loads, long instant, bool back)
    {
        for (var limit = AnchorRows; ; limit *= 16)
        {
            var (rows, farthest) = (0, instant);
            var states = new List<CounterState>();
            var (side, order) = back ? ("<", "DESC") : (">", "ASC");
            ReadRows(meter, $"length = 0 AND start {side} {instant} ORDER BY start {order} LIMIT {limit}",
                row =>
            {
                rows++;
                farthest = row.Start;
                if (loads.TryGetValue(row.Load, out var load))
                    states.Add(new CounterState(row.Start, row.Amount, row.Quality, row.Band, load));
            });
            var whole = rows < limit;
            // Where the rows were cut, versions of the last instant may be among those not read.
            if (!whole) states.RemoveAll(state => state.At == farthest);
            var found = CounterSteps.Counting(states);
            if (back) found.Reverse();
            foreach (var state in found)
                if (state.Value != 0) return state.At;
            if (whole) return found.Count > 0 ? found[^1].At : instant;
        }
    }

    private readonly record struct Row(
        long Start, int Length, long Amount, byte Quality, short Band, int Load, int Meter);

    private void ReadRows(string meter, FormattableString where, Action<Row> each)
    {
        if (!_meters.TryGetValue(meter, out var id)) return;
        var condition = FormattableString.Invariant(where);
        var sql = FormattableString.Invariant($"{Columns} WHERE meter = {id} AND {condition}");
        EachRow(sql, each);
    }

    /// <summary>The rows of a query that selects <see cref="Columns"/>.</summary>
    private void EachRow(string sql, Action<Row> each) => _database.ReadColumns(sql, rows =>
    {
        var start = rows.Column<long>(0);
        var length = rows.Column<int>(1);
        var amount = rows.Column<long>(2);
        var quality = rows.Column<byte>(3);
        var band = rows.Column<short>(4);
        var load = rows.Column<int>(5);
        var meter = rows.Column<int>(6);
        for (var i = 0; i < rows.Count; i++)
            each(new Row(start[i], length[i], amount[i], quality[i], band[i], load[i], meter[i]));
    });

    private string BandName(short band) => band >= 0 && band < _bandNames.Count ? _bandNames[band] : "?";
}
