using System.Collections.Immutable;
using Celadon.Quantities;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses.Energy.Basic;

/// <summary>From the grid of a meter to its basic energy.</summary>
internal sealed class BasicComputation
{
    /// <summary>Decimals of a load that comes from a division.</summary>
    private const int LoadDecimals = 6;

    private const int PercentDecimals = 2;
    private const int HourDecimals = 4;
    private const int DaysOfAMonth = 5;

    private readonly BasicSpec _spec;
    private readonly LoadGrid _grid;
    private readonly ReadMeter _meter;
    private readonly Figure? _price;
    private readonly List<Finding> _findings;
    private readonly string _power;
    private readonly ImmutableArray<BasicDay> _days;

    public BasicComputation(
        BasicSpec spec, LoadGrid grid, ReadMeter meter, Figure? price, List<Finding> findings)
    {
        (_spec, _grid, _meter, _price, _findings) = (spec, grid, meter, price, findings);
        _power = EnergyUnits.PowerOf(grid.Unit);
        _days = [.. grid.Days.Where(IsWhole).Select(DayOf)];
    }

    /// <summary>The basic load of a whole day with the intervals it is the mean of.</summary>
    private sealed record BasicDay(GridDay Day, Amount Load, int[] Cells);

    public BasicMeter Report()
    {
        var total = _grid.Energy(0, _grid.Count);
        var (working, other) = (DaysOf(DayKind.Working), DaysOf(DayKind.NonWorking));
        Say(working, other);
        _grid.SaySuspects(_findings);
        BasicDays[] kinds = [.. new[] { working, other }.OfType<BasicDays>()];
        var energy = Sum(kinds, d => d.Energy, _grid.Unit);
        var under = Sum(kinds, d => d.Under, _grid.Unit);
        var line = _spec.Line is { } level ? Under(new Figure(level, _power, new Trace.Given("/line")),
            _ => true) : null;
        var hours = Hours(_grid.Length, "formula.energy.periodHours");
        var one = new Figure(Amount.One, _power, new Trace.Constant("constant.energy.kilowatt"));
        var kilowatt = Figure.Product(_grid.Unit, "formula.energy.kilowatt",
            new Operand("operand.energy.load", one), new Operand("operand.energy.hours", hours));
        var months = Months();
        return new BasicMeter(_meter.Meter.Id, _meter.Meter.Site, MeterChoice.IsSupply(_meter.Meter),
            _grid.Minutes, _grid.Zone.Id, total, Share(KnownHours(_ => true), hours)!, working, other, energy,
            Share(energy, total), Cost(energy), under, Share(under, total), line, Share(line, total),
            kilowatt, Cost(kilowatt), [.. months.Select(m => m.Month)], SavingOf(months));
    }

    private static Figure? Sum(BasicDays[] kinds, Func<BasicDays, Figure> of, string unit) => kinds switch
    {
        [] => null,
        [var only] => of(only),
        _ => Figure.Sum(unit, [("operand.energy.working", of(kinds[0])),
            ("operand.energy.nonWorking", of(kinds[1]))]),
    };

    /// <summary>Wholly known and not estimated: an estimate says nothing about the lowest.</summary>
    private bool IsWhole(GridDay day)
    {
        for (var cell = day.First; cell < day.First + day.Count; cell++)
            if (!_grid.IsKnown(cell) || _grid.IsEstimated(cell)) return false;
        return true;
    }

    private BasicDay DayOf(GridDay day)
    {
        var cells = Enumerable.Range(day.First, day.Count).ToArray();
        Array.Sort(cells, (a, b) => _grid.UnscaledAt(a) != _grid.UnscaledAt(b)
            ? _grid.UnscaledAt(a).CompareTo(_grid.UnscaledAt(b)) : a.CompareTo(b));
        var lowest = cells[..LowestOf(day.Count)];
        var sum = Int128.Zero;
        foreach (var cell in lowest) sum += _grid.UnscaledAt(cell);
        return new BasicDay(day, Amount.Divide(Amount.From(sum, _grid.Scale) * _grid.PerHour, lowest.Length,
            LoadDecimals), lowest);
    }

    /// <summary>The whole intervals in the lowest percent, at least one: 9 of 96, 4 of 48.</summary>
    private int LowestOf(int count) => Math.Max(1, count * _spec.Percent / 100);

    private Figure FigureOf(BasicDay day)
    {
        var sum = Int128.Zero;
        foreach (var cell in day.Cells) sum += _grid.UnscaledAt(cell);
        var energy = _grid.Energy(sum, [.. day.Cells.Order().Select(cell => (cell, 1))]);
        var hours = new Figure(Amount.Divide(day.Cells.Length, _grid.PerHour, HourDecimals), "h",
            new Trace.Formula("formula.energy.slotHours", []));
        return new Figure(day.Load, _power, new Trace.Formula("formula.energy.lowest",
            [new Operand("operand.energy.lowest", energy), new Operand("operand.energy.hours", hours)]));
    }

    /// <summary>The median of days: the middle one, or the mean of the two in the middle.</summary>
    private Figure? Median(IEnumerable<BasicDay> days)
    {
        var sorted = days.OrderBy(d => d.Load).ThenBy(d => d.Day.Date).ToArray();
        if (sorted.Length == 0) return null;
        var middle = sorted[((sorted.Length - 1) / 2)..(sorted.Length / 2 + 1)];
        var load = Amount.Divide(middle.Aggregate(Amount.Zero, (sum, d) => sum + d.Load), middle.Length,
            LoadDecimals);
        return new Figure(load, _power, new Trace.Formula("formula.energy.median", [.. middle.Select(d =>
            new Operand(NodaTime.Text.LocalDatePattern.Iso.Format(d.Day.Date), FigureOf(d)))]));
    }

    private BasicDays? DaysOf(DayKind kind)
    {
        var days = _days.Where(d => d.Day.Kind == kind).ToArray();
        if (Median(days) is not { } load) return null;
        var all = _grid.Days.Where(d => d.Kind == kind).ToArray();
        var hours = KnownHours(day => day.Kind == kind);
        var sum = Int128.Zero;
        foreach (var day in all)
            for (var cell = day.First; cell < day.First + day.Count; cell++) sum += _grid.UnscaledAt(cell);
        var total = _grid.Energy(sum, [.. all.Select(d => (d.First, d.Count))]);
        var energy = Figure.Product(_grid.Unit, "formula.energy.basic",
            new Operand("operand.energy.load", load), new Operand("operand.energy.hours", hours));
        return new BasicDays(load, days.Length, all.Length, LowestOf(24 * _grid.PerHour), hours, energy,
            total, Share(energy, total), Under(load, day => day.Kind == kind), Cost(energy));
    }

    /// <summary>Σ min(energy of an interval, line) over the known intervals of some days.</summary>
    private Figure Under(Figure line, Func<GridDay, bool> of)
    {
        Amount.Divide(line.Value, _grid.PerHour, LoadDecimals + _grid.Scale).TryGetUnscaled(
            LoadDecimals + _grid.Scale, out var limit);
        var factor = Amount.Pow10(LoadDecimals);
        var (below, above, sum) = (new List<(int, int)>(), 0L, Int128.Zero);
        foreach (var day in _grid.Days.Where(of))
            for (var cell = day.First; cell < day.First + day.Count; cell++)
            {
                if (!_grid.IsKnown(cell)) continue;
                if (_grid.UnscaledAt(cell) * factor >= limit) above++;
                else
                {
                    below.Add((cell, 1));
                    sum += _grid.UnscaledAt(cell);
                }
            }
        var hours = new Figure(Amount.Divide(above, _grid.PerHour, HourDecimals), "h",
            new Trace.Formula("formula.energy.atOrAbove", [new Operand("operand.energy.level", line)]));
        return Figure.Sum(_grid.Unit,
        [
            ("operand.energy.below", _grid.Energy(sum, below)),
            ("operand.energy.atLine", Figure.Product(_grid.Unit, "formula.energy.basic",
                new Operand("operand.energy.load", line), new Operand("operand.energy.hours", hours))),
        ]);
    }

    private Figure KnownHours(Func<GridDay, bool> of)
    {
        var seconds = _grid.Days.Where(of).Sum(day =>
            Enumerable.Range(day.First, day.Count).Sum(cell => (long)_grid.SecondsAt(cell)));
        return Hours(seconds, "formula.energy.knownHours");
    }

    private static Figure Hours(long seconds, string name) =>
        new(Amount.Divide(seconds, 3600, HourDecimals), "h", new Trace.Formula(name, []));

    private static Figure? Share(Figure? part, Figure whole) => part is null || whole.Value.Sign <= 0 ? null
        : new Figure(Amount.Divide(part.Value * 100, whole.Value, PercentDecimals), "%",
            new Trace.Formula("formula.energy.share",
                [new Operand("operand.part", part), new Operand("operand.whole", whole)]));

    private Figure? Cost(Figure? energy) => energy is null || _price is null ? null
        : Figure.Product(_price.Unit.Split('/')[0], "formula.energy.cost",
            new Operand("operand.energy", energy), new Operand("operand.energy.price", _price));

    private List<(YearMonth At, BasicMonth Month)> Months() => [.. _spec.Period.Months.Select(month =>
    {
        Figure? Of(DayKind kind) => Median(_days.Where(d =>
            d.Day.Kind == kind && d.Day.Date.ToYearMonth() == month));
        return (month, new BasicMonth(new MonthSpan(month, month).ToString(), Of(DayKind.Working),
            Of(DayKind.NonWorking)));
    })];

    /// <summary>
    /// (load − lowest load) × hours known, over the months in which five whole days of the kind are known.
    /// </summary>
    private BasicSaving? SavingOf(List<(YearMonth At, BasicMonth Month)> months)
    {
        var parts = new List<(string Label, Figure Figure)>();
        var names = new[] { "", "" };
        foreach (var kind in (DayKind[])[DayKind.Working, DayKind.NonWorking])
        {
            var loads = months.Select(m => (m.At, m.Month, Load: kind == DayKind.Working
                ? m.Month.Working : m.Month.NonWorking))
                .Where(m => m.Load is not null && _days.Count(d => d.Day.Kind == kind
                    && d.Day.Date.ToYearMonth() == m.At) >= DaysOfAMonth).ToList();
            if (loads.Count < 2) continue;
            var (_, lowest, least) = loads.MinBy(m => m.Load!.Value);
            names[(int)kind] = lowest.Month;
            parts.AddRange(loads.Where(m => m.Load!.Value > least!.Value).Select(m => (m.Month.Month,
                Figure.Product(_grid.Unit, "formula.energy.spared",
                    new Operand("operand.energy.above", new Figure(m.Load!.Value - least!.Value, _power,
                        new Trace.Formula("formula.energy.difference",
                            [new Operand(m.Month.Month, m.Load), new Operand(lowest.Month, least)]))),
                    new Operand("operand.energy.hours", KnownHours(day =>
                        day.Kind == kind && day.Date.ToYearMonth() == m.At))))));
        }
        if (parts.Count == 0) return null;
        var energy = Figure.Sum(_grid.Unit, parts);
        return new BasicSaving(names[0], names[1], energy, Cost(energy));
    }

    private void Say(BasicDays? working, BasicDays? other)
    {
        foreach (var (kind, days) in ((DayKind, BasicDays?)[])[(DayKind.Working, working),
            (DayKind.NonWorking, other)])
            if (days is null && _grid.Days.Any(d => d.Kind == kind))
                _findings.Add(Finding.Of(kind == DayKind.Working ? "energy.noWorkingDay"
                    : "energy.noOtherDay", Severity.Warning, null, ("meter", _meter.Meter.Id)));
        var left = _grid.Days.Length - _days.Length;
        if (left > 0)
            _findings.Add(Finding.Of("energy.daysLeftOut", Severity.Info, null,
                ("meter", _meter.Meter.Id), ("count", left), ("days", _grid.Days.Length)));
    }
}
