using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import.Detection;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// Meter data with a row an interval: a time, one or more amounts, perhaps the meter's name in the row.
/// </summary>
internal static class MeterLong
{
    public static void Plan(SheetJob job)
    {
        var time = job.Find("time", "time-begin", "time-end", "period")!;
        var (rows, totals) = RowFilter.Split(job, time);
        var times = Times(job, time, rows);
        if (times is not var (local, offsets) || rows.Length == 0)
        {
            foreach (var row in rows) job.Mark(row, RowFate.Held);
            job.Finish(DocumentKind.MeterLong);
            return;
        }
        var groups = Groups(job, rows);
        var first = groups.Values.First().Meter ?? job.Columns.Where(c => c.Role is "amount" or "reading")
            .Select(c => MeterNames.OfColumn(job, c)).FirstOrDefault(m => m is not null);
        var clock =
            SheetQuestions.Clock(job, first, local, offsets is not null
            && !offsets.Contains(DateText.NoOffset));
        foreach (var group in groups.Values)
            if (!BesideEnergy(job, group, groups.Values))
                PlanGroup(job, time, group, rows, local, offsets, clock, totals);
        Reactive(job);
        job.Finish(DocumentKind.MeterLong);
    }

    /// <summary>Rows of power beside rows of energy of the same meter say the same again.</summary>
    private static bool BesideEnergy(SheetJob job, Group group, IEnumerable<Group> groups)
    {
        if (group.Unit is not { } unit || !PowerColumns.IsPower(unit)
            || !groups.Any(g => g.Named == group.Named && g.Unit is { } own && !PowerColumns.IsPower(own)))
            return false;
        job.Plan.Add("import.power.not-loaded", Severity.Warning, job.Place, ("columns", unit.Code));
        return true;
    }

    private sealed record Group(string? Named, Meter? Meter, Unit? Unit, List<int> Points);

    /// <summary>
    /// Points (indexes into the rows) by the meter and the unit the row names, in order of appearance.
    /// </summary>
    private static Dictionary<string, Group> Groups(SheetJob job, int[] rows)
    {
        var groups = new Dictionary<string, Group>(StringComparer.Ordinal);
        var (meter, unit) = (job.Find("meter"), job.Find("unit"));
        if (meter is null && unit is null)
        {
            groups[""] = new Group(null, null, null, [.. Enumerable.Range(0, rows.Length)]);
            return groups;
        }
        var lookup = groups.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> buffer = stackalloc char[256];
        for (var i = 0; i < rows.Length; i++)
        {
            job.Plan.Pace.Check(i);
            var name = meter is null ? default : job.Sheet.Text(rows[i], meter.Index).Trim();
            var own = unit is null ? default : job.Sheet.Text(rows[i], unit.Index).Trim();
            var key = Key(buffer, name, own);
            if (!lookup.TryGetValue(key, out var group))
            {
                var named = name.IsEmpty ? null : name.ToString();
                lookup[key] = group = new Group(named, MeterNames.Registered(job.Plan, named),
                    UnitText.TryParse(own.ToString(), out var stated) ? stated : null, []);
            }
            group.Points.Add(i);
        }
        return groups;
    }

    /// <summary>
    /// Meter and unit in one key; names longer than any real one are told apart by their beginning.
    /// </summary>
    private static ReadOnlySpan<char> Key(Span<char> buffer, ReadOnlySpan<char> name, ReadOnlySpan<char> unit)
    {
        name = name[..Math.Min(name.Length, 200)];
        unit = unit[..Math.Min(unit.Length, 50)];
        name.CopyTo(buffer);
        buffer[name.Length] = '\n';
        unit.CopyTo(buffer[(name.Length + 1)..]);
        return buffer[..(name.Length + 1 + unit.Length)];
    }

    /// <summary>
    /// Local seconds of each row, from one or two columns; null while the date order is open.
    /// </summary>
    private static (long[] Local, int[]? Offsets)? Times(SheetJob job, Column time, int[] rows)
    {
        if (time.Role == "period") return Ranges(job, time, rows);
        if (SheetQuestions.Dates(job, time, rows) is not { } dates) return null;
        var clock = dates.Grain == DateGrain.Time ? null : job.Find("clock", "period-number");
        for (var i = 0; i < rows.Length; i++)
        {
            job.Plan.Pace.Check(i);
            if (dates.Local[i] == WallTime.None)
                job.Refuse("import.date.unreadable", rows[i], time.Index,
                    ("value", job.Sheet.Value(rows[i], time.Index)));
            else if (clock is not null) dates.Local[i] = WithClock(job, clock, rows[i], dates.Local[i]);
        }
        return (dates.Local, dates.Offset);
    }

    private static long WithClock(SheetJob job, Column clock, int row, long date)
    {
        var text = job.Sheet.Text(row, clock.Index).Trim();
        if (clock.Role == "period-number")
        {
            if (NumberText.TryPlain(text, '.', out var number, out var scale) && scale == 0
                && number is >= 1 and <= 100)
                return date + (number - 1) * (job.Map?.IntervalMinutes ?? 30) * 60;
        }
        else if (ClockText.TryRead(text, out var seconds, out _)
            || RangeText.TryClocks(text, out seconds, out _))
            return date + seconds;
        job.Refuse("import.date.unreadable", row, clock.Index, ("value", text.ToString()));
        return WallTime.None;
    }

    /// <summary>
    /// "2025-10-01 00:00 - 2025-10-01 00:15": the beginning is read, the end says how long.
    /// </summary>
    private static (long[] Local, int[]? Offsets)? Ranges(SheetJob job, Column time, int[] rows)
    {
        if (SheetQuestions.Ranges(job, time, rows) is not { } ranges) return null;
        var local = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            local[i] = ranges.At(i).From;
            if (local[i] == WallTime.None)
                job.Refuse("import.date.unreadable", rows[i], time.Index,
                    ("value", job.Sheet.Value(rows[i], time.Index)));
        }
        return (local, null);
    }

    private static void PlanGroup(SheetJob job, Column time, Group group, int[] allRows, long[] allLocal,
        int[]? allOffsets, SiteClock clock, List<int> totals)
    {
        var whole = group.Points.Count == allRows.Length;
        int[] rows = whole ? allRows : [.. group.Points.Select(p => allRows[p])];
        var local = whole ? allLocal : [.. group.Points.Select(p => allLocal[p])];
        int[]? offsets = allOffsets is null || whole
            ? allOffsets : [.. group.Points.Select(p => allOffsets[p])];
        var (order, arranged, mended) = TimeAxis.Arrange(local);
        if (order.Length == 0) return;
        if (mended > 0)
            job.Find("import.midnight", Severity.Info, rows[order[0]], time.Index, ("count", mended),
                ("first", WallTime.Format(arranged[0])), ("last", WallTime.Format(arranged[^1])));
        var step = job.Map?.IntervalMinutes * 60 ?? TimeAxis.UsualStep(arranged);
        var axis = TimeAxis.Of(order, arranged, offsets, clock, step);
        RefuseSkipped(job, time, rows, order, arranged, axis, clock);
        var estimated = Flags(job, rows);
        LabelEnd? labels = null;
        var amounts = job.Columns.Where(c => c.Role is "amount" or "reading" && !IsReactive(c)).ToArray();
        var bands = amounts.Length > 1 && amounts.All(c => c.Band is not null);
        foreach (var column in amounts)
        {
            var meter = group.Meter ?? MeterNames.OfColumn(job, column);
            if ((group.Unit ?? SheetQuestions.Unit(job, column, meter)) is not { } unit) continue;
            if (unit.Dimension.ToString() == "Q" && meter is null && column.Map is null)
            {
                job.Plan.Add("import.reactive.not-loaded", Severity.Info, job.Place, ("columns", unit.Code));
                continue;
            }
            if (Read(job, column, meter, unit, rows, arranged, step) is not var (target, read)) continue;
            var counter = !PowerColumns.IsPower(unit) && IsCounter(job, column, meter, read, order);
            // A day's label names the day, a counter's the instant: only shorter intervals have two ends.
            labels ??= counter ? null : SheetQuestions.Labels(
                job, time, Wall(axis, 0, offsets, clock), Wall(axis, ^1, offsets, clock), step);
            var resource = SheetQuestions.Resource(job, column, meter, unit);
            meter ??= MeterNames.Propose(job,
                MeterNames.NewId(job, column, group.Named, amounts.Length > 1 && !bands), resource, target,
                read.Scale, counter ? MeterReading.Counter : MeterReading.Interval,
                counter || step == 0 ? null : step / 60);
            if (read.Scale > meter.Scale)
            {
                job.Plan.Add("import.scale", Severity.Error, job.Place with { Column = column.Head.Header },
                    ("meter", meter.Id), ("scale", meter.Scale), ("found", read.Scale));
                continue;
            }
            SeriesBuilder.Add(job, new Series
            {
                Meter = meter,
                Resource = resource ?? "",
                Axis = axis,
                Labels = labels ?? LabelEnd.Begin,
                Amounts = read,
                Rows = rows,
                Columns = [column.Index],
                Estimated = estimated,
                Band = column.Band ?? "",
                Zone = ReferenceEquals(clock, SiteClock.AsWritten) ? null : clock.Zone,
            }, counter);
            column.Unit ??= unit;
            column.Resource ??= resource;
            if (whole) RowFilter.CheckTotals(job, totals, column, rows, read.At);
            CheckColumns.Run(job, column, read, rows, target);
        }
    }

    /// <summary>
    /// The amounts of a column in the unit they are kept in; power becomes energy. Null when it is refused.
    /// </summary>
    private static (Unit Target, AmountColumn Read)? Read(SheetJob job, Column column, Meter? meter,
        Unit unit, int[] rows, long[] times, int step)
    {
        if (!PowerColumns.IsPower(unit))
            return Target(job, column, meter, unit) is not ({ } target, var factor) ? null
                : (target, AmountColumn.Read(job, column.Style, rows, [column.Index], target, factor));
        if (PowerColumns.Open(job, column, meter, unit, times, step) is not { } power) return null;
        var read = AmountColumn.Read(job, column.Style, rows, [column.Index], PowerColumns.Kilowatt,
            power.ToKilowatt);
        return (power.Target, PowerColumns.Energy(job, column, read, power, step, meter?.Scale));
    }

    /// <summary>Times that the clock change skipped are refused.</summary>
    private static void RefuseSkipped(
        SheetJob job, Column time, int[] rows, int[] order, long[] arranged, TimeAxis axis, SiteClock clock)
    {
        for (var i = 0; i < order.Length; i++)
            if (axis.Utc[i] == WallTime.None)
                job.Refuse("import.dst.skipped", rows[order[i]], time.Index,
                    ("time", WallTime.Format(arranged[i])), ("zone", clock.Zone.Id));
    }

    /// <summary>
    /// A label on the site's wall clock: where the file states an offset, seen from the site's zone.
    /// </summary>
    private static long Wall(TimeAxis axis, Index at, int[]? offsets, SiteClock clock)
    {
        if (offsets is null || axis.Utc[at] == WallTime.None) return axis.Local[at];
        var instant = NodaTime.Instant.FromUnixTimeSeconds(axis.Utc[at]);
        return axis.Utc[at] + clock.Zone.GetUtcOffset(instant).Seconds;
    }

    /// <summary>
    /// The unit the readings are kept in and the factor to it: the registered meter's, else the file's.
    /// </summary>
    private static (Unit? Unit, Amount Factor) Target(SheetJob job, Column column, Meter? meter, Unit unit)
    {
        var target = meter is not null && Units.TryParse(meter.Unit, out var registered) ? registered
            : unit.Code.StartsWith('万') && Units.TryParse(unit.Code[1..], out var plain) ? plain : unit;
        if (AmountColumn.Convert(column.Map?.Multiplier ?? Amount.One, unit, target) is { } factor) return (
            target, factor);
        job.Plan.Add("import.unit.unlike", Severity.Error, job.Place with { Column = column.Head.Header },
            ("value", column.First), ("unit", unit.Code), ("expected", target.Code));
        return (null, Amount.One);
    }

    private static bool[]? Flags(SheetJob job, int[] rows)
    {
        if (job.Find("estimated") is not { } column) return null;
        var flags = new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            flags[i] = NumberText.EstimateMark(job.Sheet.Text(rows[i], column.Index)) == true;
        return flags;
    }

    /// <summary>
    /// A counter never falls but at its end, and moves little against what it shows. Stated by the meter's
    /// register or the header; else proved by at least eight states that only rise.
    /// </summary>
    private static bool IsCounter(SheetJob job, Column column, Meter? meter, AmountColumn amounts,
        int[] order)
    {
        if (meter is not null) return meter.Reading == MeterReading.Counter;
        if (column.Role == "reading") return true;
        if (column.Certainty == Certainty.Stated) return false;
        int rises = 0, falls = 0, states = 0;
        long first = 0, previous = 0;
        foreach (var point in order)
        {
            if (amounts.State[point] != CellState.Read) continue;
            var value = amounts.Unscaled[point];
            if (states++ == 0) first = value;
            else if (value > previous) rises++;
            else if (value < previous) falls++;
            previous = value;
        }
        var counter = states >= 8 && rises * 2 > states && falls * 50 <= states && first > 0;
        if (counter)
            job.Plan.Add("import.counter.proved", Severity.Info,
                job.Place with { Column = column.Head.Header },
                ("count", states), ("falls", falls));
        return counter;
    }

    private static bool IsReactive(Column column) =>
        column.Map is null && (column.Unit?.Dimension.ToString() == "Q"
            || column.Resource?.StartsWith("reactive", StringComparison.Ordinal) == true);

    /// <summary>
    /// Reactive energy is loaded where the map names a meter for it; otherwise it is named as left out.
    /// </summary>
    private static void Reactive(SheetJob job)
    {
        var reactive = job.Columns.Where(c => c.Role is "amount" && IsReactive(c)).ToArray();
        foreach (var column in reactive) (column.Role, column.Certainty) = ("reactive", Certainty.NotLoaded);
        if (reactive.Length > 0)
            job.Plan.Add("import.reactive.not-loaded", Severity.Info, job.Place,
                ("columns", string.Join(", ", reactive.Select(c => c.Head.Header))));
    }
}
