using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import.Detection;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// Meter data with a row a day and a column an interval: 00:30 … 00:00, HH1 … HH48 (to 50 in the night the
/// clock goes back), 1 … 96. Laid out in order of time it is a series like any other.
/// </summary>
internal static class MeterWide
{
    public static void Plan(SheetJob job)
    {
        var date = job.Find("time", "month", "start") ?? job.Columns[0];
        var (rows, _) = RowFilter.Split(job, date);
        if (rows.Length == 0 || SheetQuestions.Dates(job, date, rows) is not { } dates)
        {
            foreach (var row in rows) job.Mark(row, RowFate.Held);
            job.Finish(DocumentKind.MeterWide);
            return;
        }
        for (var i = 0; i < rows.Length; i++)
            if (dates.Local[i] == WallTime.None)
                job.Refuse("import.date.unreadable", rows[i], date.Index,
                    ("value", job.Sheet.Value(rows[i], date.Index)));
        var values = job.Columns.First(c => c.Index == job.Labels[0].Column);
        foreach (var group in Groups(job, rows)) PlanGroup(job, date, values, group, rows, dates.Local);
        CheckSums(job, values, rows);
        foreach (var column in job.Columns.Where(c => job.Labels.Any(l => l.Column == c.Index)))
            (column.Role, column.Unit, column.Certainty) = ("amount", values.Unit, Certainty.Matched);
        job.Finish(DocumentKind.MeterWide);
    }

    private sealed record Group(string Meter, string Unit, List<int> Days);

    /// <summary>
    /// Days (indexes into the rows) by meter and unit: a file may list active and reactive days by turns.
    /// </summary>
    private static IEnumerable<Group> Groups(SheetJob job, int[] rows)
    {
        var (meter, unit) = (job.Find("meter"), job.Find("unit"));
        return Enumerable.Range(0, rows.Length)
            .GroupBy(i => (Meter: job.Text(rows[i], meter) ?? "", Unit: job.Text(rows[i], unit) ?? ""))
            .Select(g => new Group(g.Key.Meter, g.Key.Unit, [.. g]));
    }

    private static void PlanGroup(SheetJob job, Column date, Column values, Group group, int[] rows,
        long[] dates)
    {
        var meter = MeterNames.Registered(job.Plan, group.Meter) ?? MeterNames.OfColumn(job, values);
        if (!UnitText.TryParse(group.Unit, out var unit)) unit = SheetQuestions.Unit(job, values, meter);
        if (unit is null) return;
        if (unit.Dimension.ToString() == "Q" && meter is null && values.Map is null)
        {
            job.Plan.Add("import.reactive.not-loaded", Severity.Info, job.Place, ("columns", group.Unit));
            return;
        }
        var days = group.Days.Where(i => dates[i] != WallTime.None).OrderBy(i => dates[i]).ToArray();
        if (days.Length == 0) return;
        var step = Step(job);
        var labels = Labels(job, date, dates, days, step);
        var local = days.Select(i => dates[i]).ToArray();
        var clock =
            SheetQuestions.Clock(job, meter, WithLabels(job, local, [.. days.Select(i => rows[i])]), false);
        var (points, utc) = Lay(job, clock, rows, dates, days, labels, step);
        int[] pointRows = [.. points.Select(p => p.Row)], pointColumns = [.. points.Select(p => p.Column)];
        if (Read(job, values, meter, unit, (pointRows, pointColumns), utc, step) is not var (target, read))
            return;
        RefuseImpossible(job, points, utc, read, clock);
        values.Unit = unit;
        var resource = SheetQuestions.Resource(job, values, meter, unit);
        meter ??= MeterNames.Propose(job, MeterNames.NewId(job, values,
            group.Meter.Length > 0 ? group.Meter : null, false), resource, target, read.Scale,
            MeterReading.Interval, step / 60);
        if (read.Scale > meter.Scale)
        {
            job.Plan.Add("import.scale", Severity.Error, job.Place, ("meter", meter.Id),
                ("scale", meter.Scale),
                ("found", read.Scale));
            return;
        }
        var axis = new TimeAxis
        {
            Order = [.. Enumerable.Range(0, points.Count)],
            Utc = utc,
            Local = utc,
            Step = step,
        };
        SeriesBuilder.Add(job, new Series
        {
            Meter = meter,
            Resource = resource ?? "",
            Axis = axis,
            Labels = LabelEnd.Begin,
            Amounts = read,
            Rows = pointRows,
            Columns = pointColumns,
            Estimated = Flags(job, pointRows),
            Zone = clock.Zone,
        }, counter: false);
    }

    /// <summary>
    /// The amounts of the cells in the unit they are kept in; power becomes energy. Null when refused.
    /// </summary>
    private static (Unit Target, AmountColumn Read)? Read(SheetJob job, Column values, Meter? meter,
        Unit unit, (int[] Rows, int[] Columns) cells, long[] utc, int step)
    {
        if (PowerColumns.IsPower(unit))
        {
            long[] times = [.. utc.Where(t => t != WallTime.None)];
            if (PowerColumns.Open(job, values, meter, unit, times, step) is not { } power) return null;
            var kilowatts = AmountColumn.Read(job, values.Style, cells.Rows, cells.Columns,
                PowerColumns.Kilowatt, power.ToKilowatt);
            return (power.Target, PowerColumns.Energy(job, values, kilowatts, power, step, meter?.Scale));
        }
        var target = meter is not null && Units.TryParse(meter.Unit, out var registered) ? registered : unit;
        if (AmountColumn.Convert(values.Map?.Multiplier ?? Amount.One, unit, target) is { } factor)
            return (target, AmountColumn.Read(job, values.Style, cells.Rows, cells.Columns, target, factor));
        job.Plan.Add("import.unit.unlike", Severity.Error, job.Place, ("value", values.First),
            ("unit", unit.Code), ("expected", target.Code));
        return null;
    }

    /// <summary>Seconds between two labels; of period numbers the day divided by their count.</summary>
    private static int Step(SheetJob job)
    {
        if (job.Map?.IntervalMinutes is { } minutes) return minutes * 60;
        var labels = job.Labels;
        if (labels[0].Kind == LabelKind.Number) return labels.Count switch
        {
            >= 90 => 900,
            >= 46 => 1_800,
            _ => 3_600
        };
        long[] times = [.. labels.Select(l => (long)l.Value)];
        return TimeAxis.UsualStep(times);
    }

    private static LabelEnd Labels(SheetJob job, Column date, long[] dates, int[] days, int step)
    {
        var labels = job.Labels;
        if (labels[0].Kind is LabelKind.Number or LabelKind.ClockRange) return LabelEnd.Begin;
        var (first, last) = (labels[0].Value, labels[^1].Value);
        // 00:30 … 24:00 or 00:00: the last column closes the day.
        var end = last is 0 or (int)WallTime.Day ? dates[days[^1]] + WallTime.Day : dates[days[^1]] + last;
        return SheetQuestions.Labels(job, date, dates[days[0]] + first, end, step);
    }

    private static long[] WithLabels(SheetJob job, long[] days, int[] rows)
    {
        // Period numbers count elapsed intervals and say nothing about the clock.
        if (job.Labels[0].Kind == LabelKind.Number) return days;
        var times = new List<long>(days.Length * job.Labels.Count);
        for (var d = 0; d < days.Length; d++)
            foreach (var label in job.Labels)
                if (HoldsValue(job.Sheet.Text(rows[d], label.Column))) times.Add(days[d] + label.Value);
        return [.. times];
    }

    /// <summary>Blank and zero are how files fill an hour that does not occur.</summary>
    private static bool HoldsValue(ReadOnlySpan<char> text) =>
        !NumberText.IsMissing(text) && text.IndexOfAnyInRange('1', '9') >= 0;

    private readonly record struct Point(int Row, int Column, int Number);

    /// <summary>
    /// Every cell in order of time with its start. Numbered periods count from local midnight in elapsed
    /// time, so that a day of 46 or 50 half-hours needs no special case; labelled ones follow the clock,
    /// whose skipped hour is None.
    /// </summary>
    private static (List<Point> Points, long[] Utc) Lay(SheetJob job, SiteClock clock, int[] rows,
        long[] dates,
        int[] days, LabelEnd labels, int step)
    {
        var points = new List<Point>(days.Length * job.Labels.Count);
        var utc = new List<long>(points.Capacity);
        var previous = WallTime.None;
        foreach (var day in days)
        {
            job.Plan.Pace.Check(points.Count);
            var midnight = clock.One(dates[day], WallTime.None, step);
            var length = clock.One(dates[day] + WallTime.Day, WallTime.None, step) - midnight;
            for (var n = 0; n < job.Labels.Count; n++)
            {
                var label = job.Labels[n];
                points.Add(new Point(rows[day], label.Column, n));
                if (label.Kind == LabelKind.Number)
                {
                    var start = midnight + (long)(label.Value - job.Labels[0].Value) * step;
                    utc.Add(start - midnight < length ? start : WallTime.None);
                    continue;
                }
                var seconds =
                    labels == LabelEnd.End ? (label.Value == 0 ? WallTime.Day : label.Value) - step
                    : label.Value;
                var at = clock.Skips(dates[day] + seconds) || IsChange(clock, dates[day] + seconds)
                    ? WallTime.None : clock.One(dates[day] + seconds, previous, step);
                if (at != WallTime.None) previous = at;
                utc.Add(at);
            }
        }
        return (points, [.. utc]);
    }

    /// <summary>
    /// A start at the very change of the clock in spring is written one hour later as well: not a cell of its
    /// own.
    /// </summary>
    private static bool IsChange(SiteClock clock, long local) =>
        !clock.Standard && clock.Skips(local + 1);

    /// <summary>
    /// A value in a cell whose time never was: zero or blank there is how files fill the row.
    /// </summary>
    private static void RefuseImpossible(SheetJob job, List<Point> points, long[] utc, AmountColumn read,
        SiteClock clock)
    {
        for (var i = 0; i < points.Count; i++)
            if (utc[i] == WallTime.None && read.State[i] == CellState.Read && read.Unscaled[i] != 0)
                job.Refuse("import.dst.skipped", points[i].Row, points[i].Column,
                    ("time", job.Table.Columns[points[i].Column].Header), ("zone", clock.Zone.Id));
    }

    private static bool[]? Flags(SheetJob job, int[] rows) => job.Find("estimated") is { } column
        ? [.. rows.Select(row => NumberText.EstimateMark(job.Sheet.Text(row, column.Index)) == true)] : null;

    /// <summary>A column of day totals must be the sum of its day.</summary>
    private static void CheckSums(SheetJob job, Column values, int[] rows)
    {
        if (job.Find("total") is not { } total) return;
        foreach (var row in rows)
        {
            if (!NumberText.TryRead(job.Sheet.Text(row, total.Index), total.Style, out var stated,
                out _)) continue;
            var sum = Amount.Zero;
            foreach (var label in job.Labels)
                if (NumberText.TryRead(job.Sheet.Text(row, label.Column), values.Style, out var value,
                    out _)) sum += value;
            if (sum != stated)
                job.Find("import.check.sum", Severity.Warning, row, total.Index, ("stated", stated),
                    ("sum", sum),
                    ("difference", stated - sum));
        }
    }
}
