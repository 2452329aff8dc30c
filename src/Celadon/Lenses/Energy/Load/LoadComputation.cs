using System.Collections.Immutable;
using System.Globalization;
using Celadon.Quantities;
using Celadon.Text;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Lenses.Energy.Load;

/// <summary>From a grid to the report.</summary>
internal sealed class LoadComputation(
    LoadSpec spec, LoadGrid grid, ImmutableArray<ReadMeter> meters, List<Finding> findings)
{
    /// <summary>Decimals of a power that comes from a division.</summary>
    private const int PowerDecimals = 6;

    private const int PercentDecimals = 2;
    private const int HourDecimals = 4;
    private readonly string _power = EnergyUnits.PowerOf(grid.Unit);

    /// <summary>The intervals that say something of power: wholly known and not suspected.</summary>
    private readonly int[] _known =
        [.. Enumerable.Range(0, grid.Count).Where(cell => grid.IsKnown(cell) && !grid.IsSuspected(cell))];


    public LoadReport Report()
    {
        var total = grid.Energy(0, grid.Count);
        var hours = KnownHours();
        var mean = hours.Value.IsZero ? null : Figure.Quotient(_power, "formula.energy.mean",
            new Operand("operand.energy", total), new Operand("operand.energy.hours", hours), PowerDecimals);
        int? top = _known.Length == 0 ? null : _known.MaxBy(grid.UnscaledAt);
        var peak = top is { } cell ? PeakOf(cell) : null;
        var gaps = Gaps();
        Say(gaps);
        grid.SaySuspects(findings);
        return new LoadReport(
            spec.Period.ToString(), grid.Zone.Id, grid.Minutes, grid.Unit, _power,
            [.. meters.Select(m => new LoadMeter(m.Meter.Id, m.Meter.Site, m.Minutes, m.Series.Count))],
            total, KnownShare(hours), Estimated(), mean, peak,
            mean is null || peak is null || peak.Power.Value.Sign <= 0 ? null : Ratio(mean, peak.Power),
            [.. grid.Days.Select(d => d.Kind).Distinct().Order().Select(ProfileOf)],
            [.. grid.Days.Select(DayOf)], _known.Length == 0 ? null : DurationOf(), gaps);
    }

    private static Figure Ratio(Figure part, Figure whole) => new(
        Amount.Divide(part.Value * 100, whole.Value, PercentDecimals), "%",
        new Trace.Formula("formula.energy.share",
            [new Operand("operand.part", part), new Operand("operand.whole", whole)]));

    private LoadPeak PeakOf(int cell)
    {
        var at = grid.StartOf(cell).InZone(grid.Zone.Zone);
        var repeats = grid.Zone.Zone.MapLocal(at.LocalDateTime).Count > 1;
        return new LoadPeak(grid.Power(cell), LocalDatePattern.Iso.Format(at.Date),
            Clock(at.TimeOfDay) + (repeats ? OffsetPattern.GeneralInvariant.Format(at.Offset) : ""));
    }

    private Figure KnownHours()
    {
        var seconds = Enumerable.Range(0, grid.Count).Sum(cell => (long)grid.SecondsAt(cell));
        return Hours(seconds, "formula.energy.knownHours");
    }

    /// <summary>Hours that are counted, not summed from rows of the books.</summary>
    private Figure Hours(long seconds, string name) => new(
        Amount.Divide(seconds, 3600 * meters.Length, HourDecimals), "h", new Trace.Formula(name, []));

    private Figure KnownShare(Figure hours)
    {
        var all = Hours(grid.Length, "formula.energy.periodHours");
        return new Figure(Amount.Divide(hours.Value * 100, all.Value, PercentDecimals), "%",
            new Trace.Formula("formula.energy.share",
                [new Operand("operand.energy.knownHours", hours), new Operand("operand.energy.hours", all)]));
    }

    private Figure? Estimated()
    {
        var (sum, rows) = (Amount.Zero, new List<(IntervalSeries Series, int At)>());
        foreach (var meter in meters)
            for (var i = 0; i < meter.Series.Count; i++)
                if (meter.Series.Quality[i] == (byte)Ledger.ReadingQuality.Estimated)
                {
                    sum += meter.Series.AmountAt(i);
                    rows.Add((meter.Series, i));
                }
        return rows.Count == 0 ? null : new Figure(sum, grid.Unit, new Trace.Rows("formula.readings",
            rows.Count, () => rows.Select(r => r.Series.LeafAt(r.At, grid.Unit))));
    }

    private LoadDay DayOf(GridDay day)
    {
        var cells = Enumerable.Range(day.First, day.Count);
        var seconds = cells.Sum(cell => (long)grid.SecondsAt(cell));
        var length = (long)day.Count * grid.Minutes * 60 * meters.Length;
        var slots = cells.Select(cell => grid.SlotOf(day, cell)).ToImmutableArray();
        return new LoadDay(LocalDatePattern.Iso.Format(day.Date), day.Kind,
            seconds == 0 ? null : grid.Energy(day.First, day.Count), (int)(seconds * 100 / length),
            new LoadCells(day.Count, i => grid.IsKnown(day.First + i) ? grid.PowerValue(day.First + i) : null,
                i => grid.IsKnown(day.First + i) ? grid.Power(day.First + i) : null),
            [.. cells.Where(grid.IsEstimated).Select(cell => cell - day.First)],
            [.. cells.Where(grid.IsInterpolated).Select(cell => cell - day.First)],
            [.. cells.Where(c => grid.IsKnown(c) && grid.IsSuspected(c)).Select(cell => cell - day.First)],
            slots.Select((slot, i) => slot == i).All(same => same) ? null : slots);
    }

    private LoadProfile ProfileOf(DayKind kind)
    {
        var days = grid.Days.Where(d => d.Kind == kind).ToList();
        var slots = days.SelectMany(day => Enumerable.Range(day.First, day.Count)
            .Where(cell => grid.IsKnown(cell) && !grid.IsSuspected(cell))
            .Select(cell => (Slot: grid.SlotOf(day, cell), Cell: cell)))
            .ToLookup(c => c.Slot, c => c.Cell);
        return new LoadProfile(kind, days.Count,
            [.. slots.OrderBy(s => s.Key).Select(s => SlotOf(s.Key, [.. s]))]);
    }

    private LoadSlot SlotOf(int slot, int[] cells)
    {
        var sum = Int128.Zero;
        foreach (var cell in cells) sum += grid.UnscaledAt(cell);
        var energy = grid.Energy(sum, [.. cells.Select(cell => (cell, 1))]);
        var hours = new Figure(Amount.Divide(cells.Length, grid.PerHour, HourDecimals), "h",
            new Trace.Formula("formula.energy.slotHours", []));
        var mean = new Figure(Amount.Divide(energy.Value * grid.PerHour, cells.Length, PowerDecimals), _power,
            new Trace.Formula("formula.energy.mean",
                [new Operand("operand.energy", energy), new Operand("operand.energy.hours", hours)]));
        Array.Sort(cells, (a, b) => grid.UnscaledAt(a) != grid.UnscaledAt(b)
            ? grid.UnscaledAt(a).CompareTo(grid.UnscaledAt(b)) : a.CompareTo(b));
        return new LoadSlot(Clock(LocalTime.Midnight.PlusMinutes(slot * grid.Minutes)), cells.Length, mean,
            Same("formula.energy.least", cells[0]), Same("formula.energy.most", cells[^1]),
            [.. (spec.Quantiles.IsDefault ? [] : spec.Quantiles)
                .Select(q => Same("formula.energy.quantile", cells[RankOf(q, cells.Length)]))]);
    }

    /// <summary>The nearest rank: the smallest value that at least q percent do not pass.</summary>
    private static int RankOf(int percent, int count) =>
        Math.Max(0, (int)(((long)percent * count + 99) / 100) - 1);

    /// <summary>A statistic that is one of the intervals itself.</summary>
    private Figure Same(string name, int cell)
    {
        var power = grid.Power(cell);
        return power with
        {
            Trace = new Trace.Formula(name, [new Operand("operand.energy.interval", power)]),
        };
    }

    private LoadDuration DurationOf()
    {
        var order = (int[])_known.Clone();
        Array.Sort(order, (a, b) => grid.UnscaledAt(a) != grid.UnscaledAt(b)
            ? grid.UnscaledAt(b).CompareTo(grid.UnscaledAt(a)) : a.CompareTo(b));
        var hours = Hours((long)order.Length * grid.Minutes * 60 * meters.Length,
            "formula.energy.intervalHours");
        int[] percents = [0, 1, 2, 5, .. Enumerable.Range(1, 18).Select(i => i * 5 + 5), 98, 99, 100];
        return new LoadDuration(hours,
            [.. percents.Select(p => new LoadShare(p,
                Same("formula.energy.passed", order[RankOf(p, order.Length)])))],
            [.. RoundLoads.Between(grid.Power(order[^1]).Value, grid.Power(order[0]).Value)
                .Select(level => LevelOf(level, order, hours))])
        {
            Curve = new LoadCells(order.Length, i => grid.PowerValue(order[i]), i => grid.Power(order[i])),
        };
    }

    private LoadLevel LevelOf(Amount level, int[] order, Figure hours)
    {
        var energy = Amount.Divide(level, grid.PerHour, HourDecimals + grid.Scale);
        // The first interval below the level, in the order from the highest down.
        var (low, high) = (0, order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Amount.From(grid.UnscaledAt(order[middle]), grid.Scale) >= energy) low = middle + 1;
            else high = middle;
        }
        var power = new Figure(level, _power, new Trace.Constant("constant.energy.level"));
        var above = new Figure(Amount.Divide(low, grid.PerHour, HourDecimals), "h", new Trace.Formula(
            "formula.energy.atOrAbove", [new Operand("operand.energy.level", power)]));
        return new LoadLevel(power, above, Ratio(above, hours));
    }

    private ImmutableArray<LoadGap> Gaps()
    {
        var gaps = ImmutableArray.CreateBuilder<LoadGap>();
        var (start, end) = (grid.StartOf(0).ToUnixTimeSeconds(),
            grid.StartOf(0).ToUnixTimeSeconds() + grid.Length / meters.Length);
        foreach (var meter in meters)
        {
            var at = start;
            for (var i = 0; i <= meter.Series.Count; i++)
            {
                var next = i == meter.Series.Count ? end : meter.Series.Start[i];
                if (next > at) gaps.Add(GapOf(meter, at, next));
                if (i < meter.Series.Count) at = meter.Series.Start[i] + meter.Series.Length[i];
            }
        }
        return gaps.ToImmutable();
    }

    private static LoadGap GapOf(ReadMeter meter, long from, long to) => new(meter.Meter.Id,
        InstantPattern.General.Format(Instant.FromUnixTimeSeconds(from)),
        InstantPattern.General.Format(Instant.FromUnixTimeSeconds(to)),
        new Figure(Amount.Divide(to - from, 3600, HourDecimals), "h",
            new Trace.Formula("formula.energy.gapHours", [])));

    private void Say(ImmutableArray<LoadGap> gaps)
    {
        foreach (var group in gaps.GroupBy(g => g.Meter))
        {
            var longest = group.MaxBy(g => g.Hours.Value)!;
            findings.Add(Finding.Of("energy.gap", Severity.Warning, null, ("meter", group.Key),
                ("count", group.Count()), ("from", Local(longest.From)), ("to", Local(longest.To)),
                ("hours", group.Aggregate(Amount.Zero, (sum, g) => sum + g.Hours.Value))));
        }
    }

    /// <summary>An instant by the site's clock: "2026-01-14 02:00".</summary>
    private string Local(string instant)
    {
        var at = InstantPattern.General.Parse(instant).Value.InZone(grid.Zone.Zone);
        return $"{LocalDatePattern.Iso.Format(at.Date)} {Clock(at.TimeOfDay)}";
    }

    private static string Clock(LocalTime time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}");
}
