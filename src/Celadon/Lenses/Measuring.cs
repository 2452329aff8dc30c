using System.Collections.Immutable;
using System.Numerics;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses;

/// <summary>
/// One run over the rows of a view. Rows of movements that simply add up go straight into cells (shape ×
/// month); running supplies and movements known on several bases are gathered and settled flow by flow.
/// </summary>
internal sealed partial class Measuring
{
    private readonly View _view;
    private readonly MonthSpan _span;
    private readonly Measurements _owner;
    private readonly ImmutableArray<string> _sites;
    private readonly ShapeInfo[] _shapes;
    private readonly Dictionary<string, MonthClock> _clocks = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Share[]> _shares = [];
    private readonly Cell?[] _cells;
    private readonly Dictionary<FlowKey, List<int>> _gathered = [];

    public Measuring(View view, MonthSpan span, Measurements owner, ImmutableArray<string> sites)
    {
        (_view, _span, _owner, _sites) = (view, span, owner, sites);
        var metered = view.Registers.Of<Meter>().Select(m => (m.FromNode, m.ToNode, m.Resource)).ToHashSet();
        _shapes = [.. view.Shapes.Select(shape => Describe(shape, metered))];
        var several = _shapes.GroupBy(s => s.Flow)
            .Where(g => g.Select(s => s.Shape.Basis).Distinct().Count() > 1)
            .Select(g => g.Key).ToHashSet();
        foreach (var shape in _shapes) shape.IsGathered = shape.Runs || several.Contains(shape.Flow);
        _cells = new Cell?[_shapes.Length * span.Count * 2];
    }

    public List<Activity> Activities { get; } = [];

    public List<FlowCoverage> Coverage { get; } = [];

    public List<Finding> Findings { get; } = [];

    /// <summary>A flow: from where to where, what.</summary>
    internal readonly record struct FlowKey(Node From, Node To, string Resource);

    /// <summary>What a row gives to a month; a row that was not chosen has none.</summary>
    internal readonly record struct Share(int Month, Amount Amount, bool IsAdjustment);

    /// <summary>A sum being made: integers at one scale, rescaled when a finer row comes.</summary>
    private sealed class Cell
    {
        private BigInteger _large;
        private Int128 _sum;
        public int Scale;
        public long Count, First;

        public Amount Sum => Amount.From(_large + (BigInteger)_sum, Scale);

        public void Add(long unscaled, int scale, long position)
        {
            if (Count++ == 0) (First, Scale) = (position, scale);
            if (scale == Scale) _sum += unscaled;
            else AddRescaled(unscaled, scale);
            if (Int128.Abs(_sum) > (Int128)1 << 120)
            {
                _large += (BigInteger)_sum;
                _sum = 0;
            }
        }

        public void Add(Amount amount, long position)
        {
            if (Count++ == 0) First = position;
            var sum = Sum + amount;
            (_sum, _large, Scale) = (0, sum.Unscaled, sum.Scale);
        }

        private void AddRescaled(long unscaled, int scale)
        {
            if (scale < Scale)
            {
                _large += unscaled * Amount.Pow10(Scale - scale);
                return;
            }
            _large = (_large + (BigInteger)_sum) * Amount.Pow10(scale - Scale) + unscaled;
            (_sum, Scale) = (0, scale);
        }
    }

    /// <summary>What the run needs to know of a shape.</summary>
    private sealed class ShapeInfo(FlowShape shape, FlowKey flow, string site, MonthClock clock, bool runs)
    {
        public FlowShape Shape { get; } = shape;
        public FlowKey Flow { get; } = flow;
        public string Site { get; } = site;
        public MonthClock Clock { get; } = clock;

        /// <summary>A supply that runs all the time has one amount a month.</summary>
        public bool Runs { get; } = runs;

        /// <summary>Settled flow by flow rather than summed at once.</summary>
        public bool IsGathered { get; set; }

        /// <summary>Stock counts move nothing; other sites are not asked for.</summary>
        public bool IsIgnored { get; init; }
    }

    /// <summary>Month limits of a site in seconds, and up to which position each month is closed.</summary>
    internal sealed class MonthClock(SiteZone zone, long[] limits, long[] closedThrough)
    {
        public SiteZone Zone { get; } = zone;

        /// <summary>Start of each month, and the end of the last.</summary>
        public long[] Limits { get; } = limits;

        /// <summary>Position up to which each month is closed; the largest number while it is open.</summary>
        public long[] ClosedThrough { get; } = closedThrough;

        private int _last;

        /// <summary>The month that wholly holds [start, end), or −1.</summary>
        public int MonthOf(long start, long end)
        {
            var last = _last; // A hint that threads may overwrite; any value is right.
            if (start >= Limits[last] && end <= Limits[last + 1]) return last;
            var index = Array.BinarySearch(Limits, start);
            if (index < 0) index = ~index - 1;
            if (index < 0 || index + 1 >= Limits.Length || end > Limits[index + 1]) return -1;
            return _last = index;
        }

        public bool IsClosed(int month) => ClosedThrough[month] != long.MaxValue;
    }

    public void Run(CancellationToken cancel)
    {
        var columns = _view.Entries;
        for (var row = 0; row < columns.Count; row++)
        {
            if ((row & 0xffff) == 0) cancel.ThrowIfCancellationRequested();
            var shape = _shapes[columns.Shape[row]];
            if (shape.IsIgnored) continue;
            if (shape.IsGathered) Gather(shape.Flow, row);
            else if (shape.Clock.MonthOf(columns.Start[row], columns.End[row]) is >= 0 and var month)
                CellOf(columns.Shape[row], month, columns.Position[row] > shape.Clock.ClosedThrough[month])
                    .Add(columns.Unscaled[row], columns.Scale[row], columns.Position[row]);
            else ShareOut(row, shape);
        }
        SettleGathered(cancel);
        EmitCells();
    }

    private ShapeInfo Describe(FlowShape shape, HashSet<(Node, Node, string)> metered)
    {
        var site = (_view.Registers.SiteOf(shape.To) ?? _view.Registers.SiteOf(shape.From))?.Id ?? "";
        var runs = shape.From.Kind == NodeKind.Grid
            || metered.Contains((shape.From, shape.To, shape.Resource));
        return new ShapeInfo(shape, new FlowKey(shape.From, shape.To, shape.Resource), site, ClockOf(site),
            runs)
        {
            IsIgnored = shape.From == shape.To || !IsAskedFor(site),
        };
    }

    private bool IsAskedFor(string site) => _sites.IsEmpty || _sites.Contains(site);

    private MonthClock ClockOf(string site)
    {
        if (_clocks.TryGetValue(site, out var clock)) return clock;
        var zone = _view.Registers.Find<Site>(site) is { } known ? SiteZone.Find(known.Zone) : null;
        if (zone is null && site.Length > 0)
            Findings.Add(Finding.Of("site.zoneUnknown", Severity.Warning, null, ("site", site)));
        zone ??= SiteZone.Get("Etc/UTC");
        var limits = _span.Months.Select(m => zone.Month(m).Start.ToUnixTimeSeconds())
            .Append(zone.Month(_span.Last).End.ToUnixTimeSeconds()).ToArray();
        var closed = _span.Months
            .Select(m => _view.ClosingOf(site, m) is { } closing ? closing.Position : long.MaxValue)
                .ToArray();
        return _clocks[site] = new MonthClock(zone, limits, closed);
    }

    private void Gather(FlowKey flow, int row)
    {
        if (!_gathered.TryGetValue(flow, out var rows)) _gathered[flow] = rows = [];
        rows.Add(row);
    }

    private Cell CellOf(int shape, int month, bool isAdjustment) =>
        _cells[(shape * _span.Count + month) * 2 + (isAdjustment ? 1 : 0)] ??= new Cell();

    /// <summary>Gives each month its share of an entry that runs over several.</summary>
    private void ShareOut(int row, ShapeInfo shape)
    {
        var shares = MonthShares(shape.Clock, _view.Entries.AmountAt(row), _view.Entries.PeriodAt(row))
            .Select(s => s with
            { IsAdjustment = _view.Entries.Position[row] > shape.Clock.ClosedThrough[s.Month] })
            .ToArray();
        Keep(row, shares);
    }

    private void Keep(int row, Share[] shares)
    {
        _shares[row] = shares;
        foreach (var share in shares)
            CellOf(_view.Entries.Shape[row], share.Month, share.IsAdjustment)
                .Add(share.Amount, _view.Entries.Position[row]);
    }

    /// <summary>
    /// An amount over a period shared out to its months: by local days where it starts and ends at midnight,
    /// else by seconds; in steps of a thousandth of the unit or the amount's own. Months outside the view
    /// drop out last.
    /// </summary>
    private IEnumerable<Share> MonthShares(MonthClock clock, Amount amount, Period period)
    {
        var months = clock.Zone.MonthsOf(period).ToArray();
        var byDays = IsMidnight(clock.Zone, period.Start) && IsMidnight(clock.Zone, period.End);
        var weights = months.Select(month =>
        {
            var part = clock.Zone.Month(month).Intersect(period)!.Value;
            return byDays ? Days(clock.Zone, part) : (BigInteger)(long)part.Length.TotalSeconds;
        }).ToArray();
        var shares = Apportion.ByLargestRemainder(amount, weights, Math.Max(3, amount.Scale));
        for (var i = 0; i < months.Length; i++)
            if (_span.Contains(months[i])) yield return new Share(IndexOf(months[i]), shares[i], false);
    }

    private int IndexOf(YearMonth month) =>
        (month.Year - _span.First.Year) * 12 + month.Month - _span.First.Month;

    private static bool IsMidnight(SiteZone zone, Instant instant) =>
        zone.Zone.AtStartOfDay(zone.DateOf(instant)).ToInstant() == instant;

    private static BigInteger Days(SiteZone zone, Period part) =>
        NodaTime.Period.DaysBetween(zone.DateOf(part.Start), zone.DateOf(part.End));

    private void EmitCells()
    {
        for (var index = 0; index < _cells.Length; index++)
        {
            if (_cells[index] is not { } cell) continue;
            var isAdjustment = index % 2 == 1;
            var month = index / 2 % _span.Count;
            var shapeIndex = index / 2 / _span.Count;
            if (isAdjustment && cell.Sum.IsZero) continue;
            Activities.Add(ActivityOf(shapeIndex, month, isAdjustment, cell));
        }
    }

    private Activity ActivityOf(int shapeIndex, int month, bool isAdjustment, Cell cell)
    {
        var info = _shapes[shapeIndex];
        var shape = info.Shape;
        var trace = new Trace.Rows("formula.entries", cell.Count,
            () => LeavesOf(shapeIndex, info, month, isAdjustment));
        return new Activity(info.Site, _span.First.PlusMonths(month), shape.From, shape.To, shape.Resource,
            shape.Unit,
            shape.Calorific, shape.Basis, shape.Facts, new Figure(cell.Sum, shape.Unit, trace),
            shape.Basis == Basis.Estimated ? cell.Sum : Amount.Zero, isAdjustment, cell.First);
    }

    private IEnumerable<Leaf> LeavesOf(int shapeIndex, ShapeInfo info, int month, bool isAdjustment)
    {
        var columns = _view.Entries;
        var rows = _owner.RowsOf(shapeIndex);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows.Span[i];
            Amount part;
            if (_shares.TryGetValue(row, out var shares))
            {
                part = shares.Where(s => s.Month == month && s.IsAdjustment == isAdjustment)
                    .Aggregate(Amount.Zero, (sum, s) => sum + s.Amount);
                if (part.IsZero) continue;
            }
            else if (info.Clock.MonthOf(columns.Start[row], columns.End[row]) != month
                || columns.Position[row] > info.Clock.ClosedThrough[month] != isAdjustment) continue;
            else part = columns.AmountAt(row);
            yield return new Leaf(part, columns.AmountAt(row), info.Shape.Unit,
                columns.Reverses[row] != 0 ? columns.Reverses[row] : columns.Position[row],
                columns.PeriodAt(row));
        }
    }
}
