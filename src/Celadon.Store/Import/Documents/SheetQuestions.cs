using Celadon.Registers;
using Celadon.Store.Import.Detection;
using Celadon.Text;
using NodaTime;

namespace Celadon.Store.Import.Documents;

/// <summary>What a sheet may have to ask, each answered by the map, by proof, or by a person.</summary>
internal static class SheetQuestions
{
    private const int RankDateOrder = 1, RankUnit = 2, RankLabels = 3, RankZone = 4, RankClock = 8;

    /// <summary>The date order a map states, or null.</summary>
    public static DateOrder? StatedOrder(ImportMap? map) => map?.DateOrder switch
    {
        "YMD" => DateOrder.YearMonthDay,
        "DMY" => DateOrder.DayMonthYear,
        "MDY" => DateOrder.MonthDayYear,
        _ => null,
    };

    /// <summary>
    /// Reads a date column and settles its order. Null when the order is open and only what is proved is
    /// accepted: the sheet then waits for the answer.
    /// </summary>
    public static DateColumn? Dates(SheetJob job, Column column, ReadOnlySpan<int> rows) =>
        Settled(job, column, rows, DateColumn.Read(job.Table, column.Index, rows, StatedOrder(job.Map)));

    /// <summary>The same of a column that was read.</summary>
    public static DateColumn? Settled(SheetJob job, Column column, ReadOnlySpan<int> rows, DateColumn dates)
    {
        if (dates.Swapped > 0)
            job.Plan.Add("import.date.swapped", Severity.Warning, job.Table.At(rows[0], column.Index),
                ("count", dates.Swapped));
        if (dates.Proof == OrderProof.Open)
        {
            if (AskOrder(job, column, rows) is not { } answered) return null;
            dates = dates.Stated(answered);
        }
        Proved(job, column, rows, dates.Proof, dates.Order, dates.ProofIndex);
        return dates;
    }

    /// <summary>
    /// Reads a column of two dates a cell and settles their order; null when it is open and only what is
    /// proved is accepted.
    /// </summary>
    public static RangeColumn? Ranges(SheetJob job, Column column, ReadOnlySpan<int> rows)
    {
        var ranges = RangeColumn.Read(job.Table, column.Index, rows, StatedOrder(job.Map));
        if (ranges.Proof == OrderProof.Open)
        {
            if (AskOrder(job, column, rows) is not { } answered) return null;
            ranges = RangeColumn.Read(job.Table, column.Index, rows, answered);
        }
        Proved(job, column, rows, ranges.Proof, ranges.Order, ranges.ProofIndex);
        return ranges;
    }

    /// <summary>
    /// Day or month first, asked: proposed is what another column of dates proves, else what the site's
    /// country writes. Null where the rows wait for the answer.
    /// </summary>
    private static DateOrder? AskOrder(SheetJob job, Column column, ReadOnlySpan<int> rows)
    {
        var proposed = job.Plan.OnlySite?.Country is "US" ? "MDY" : "DMY";
        foreach (var other in job.Columns)
            if (other != column && other.Profile.MostlyDates
                && DateColumn.Read(job.Table, other.Index, rows, null) is { Proof: OrderProof.OnlyFit } proof)
                proposed = Code(proof.Order);
        var choice = job.Plan.Ask(job.QuestionId("date-order", column.Head.Header), "date-order",
            RankDateOrder, job.Table.At(rows[0], column.Index),
            [new Choice("DMY", "choice.import.dmy"), new Choice("MDY", "choice.import.mdy"),
                new Choice("YMD", "choice.import.ymd")],
            proposed, "", ("value", job.Sheet.Value(rows[0], column.Index)));
        return StatedOrder(new ImportMap { DateOrder = choice });
    }

    /// <summary>How the order was found, for the preview and for the template.</summary>
    private static void Proved(SheetJob job, Column column, ReadOnlySpan<int> rows, OrderProof proof,
        DateOrder order, int at)
    {
        column.Certainty = proof == OrderProof.Stated ? Certainty.Stated
            : proof == OrderProof.Open ? Certainty.Asked : Certainty.Proved;
        if (at >= 0)
            column.Because = Finding.Of("import.date.proof", Severity.Info,
                job.Table.At(rows[at], column.Index), ("value", job.Sheet.Value(rows[at], column.Index)));
        else if (proof == OrderProof.Regular)
            column.Because =
                Finding.Of("import.date.regular", Severity.Info, job.Place, ("order", Code(order)));
        // Dates that carry their own order decide nothing for the next file, which may hold text.
        if (proof != OrderProof.Written) job.Decided = job.Decided with { DateOrder = Code(order) };
    }

    private static string Code(DateOrder order) => order switch
    {
        DateOrder.YearMonthDay => "YMD",
        DateOrder.DayMonthYear => "DMY",
        _ => "MDY",
    };

    /// <summary>Begin or end: stated, proved by the first and last times, or asked.</summary>
    public static LabelEnd Labels(SheetJob job, Column time, long first, long last, int step)
    {
        var stated = job.Map?.Labels;
        stated ??= Vocabulary.Shared.RoleOf(time.Head.Name).Role switch
        {
            "time-begin" => "begin",
            "time-end" => "end",
            _ => null,
        };
        var proved = TimeAxis.Prove(first, last, step);
        if (stated is null && proved is { } end)
        {
            if (step < WallTime.Day)
                job.Plan.Add("import.labels.proved", Severity.Info, job.Place,
                    ("end", end == LabelEnd.End ? "end" : "begin"),
                    ("first", WallTime.Format(first)), ("last", WallTime.Format(last)));
            stated = end == LabelEnd.End ? "end" : "begin";
        }
        if (stated is null)
        {
            var likely = WallTime.Mod(first) == step || WallTime.Mod(last) == 0 ? "end" : "begin";
            stated = job.Plan.Ask(job.QuestionId("labels"), "labels", RankLabels, job.Place,
                [new Choice("begin", "choice.import.begin"), new Choice("end", "choice.import.end")], likely,
                "begin",
                ("first", WallTime.Format(first)), ("last", WallTime.Format(last)), ("minutes", step / 60));
        }
        job.Decided = job.Decided with { Labels = stated };
        return stated == "end" ? LabelEnd.End : LabelEnd.Begin;
    }

    /// <summary>
    /// The clock of the times: the offset they state, the map's zone, the zone of the meter's site or of the
    /// only site, else asked; under --yes "times as written".
    /// </summary>
    public static SiteClock Clock(SheetJob job, Meter? meter, ReadOnlySpan<long> local, bool allStated)
    {
        var above = job.Table.Preamble;
        var id = job.Map?.Zone ?? above.GetValueOrDefault("zone") ?? above.GetValueOrDefault("time zone")
            ?? above.GetValueOrDefault("timezone") ?? above.GetValueOrDefault("时区") ?? HeaderZone(job);
        var zone = id is null ? null : ZoneOf(id);
        if (id is not null && zone is null)
            job.Plan.Add("import.zone.unknown", Severity.Error, job.Place, ("zone", id));
        if (zone is null)
        {
            var registers = job.Plan.Registers;
            var site = meter is null ? null : registers.Find<Site>(meter.Site);
            site ??= MeterNames.SiteOf(job);
            if (site is not null) zone = ZoneOf(site.Zone);
        }
        if (allStated) return zone is null ? SiteClock.AsWritten : new SiteClock(zone, false);
        if (zone is null)
        {
            var answer = job.Plan.Ask(job.QuestionId("zone"), "zone", RankZone, job.Place,
                [new Choice("Europe/London", null), new Choice("Asia/Shanghai", null),
                    new Choice("as-written", "choice.import.as-written")], "as-written", "as-written");
            zone = answer == "as-written" ? null : ZoneOf(answer);
            if (zone is null) return new SiteClock(DateTimeZone.Utc, false);
        }
        job.Decided = job.Decided with { Zone = zone.Id };
        return new SiteClock(zone, Standard(job, zone, meter, local));
    }

    /// <summary>The zone a header of times states: "Time (UTC)", "时间 (UTC+8)"; null for none.</summary>
    private static string? HeaderZone(SheetJob job)
    {
        foreach (var header in job.Columns.Where(c => c.Role.StartsWith("time", StringComparison.Ordinal))
            .Select(c => c.Head.Header))
        {
            var at = header.IndexOf("UTC", StringComparison.Ordinal);
            if (at < 0) continue;
            var id = "UTC" + string.Concat(header[(at + 3)..].Trim()
                .TakeWhile(c => char.IsAsciiDigit(c) || c is '+' or '-' or ':'));
            if (ZoneOf(id) is not null) return id;
        }
        return null;
    }

    /// <summary>An IANA zone, "UTC", "GMT" or an offset.</summary>
    private static DateTimeZone? ZoneOf(string id)
    {
        if (id is "UTC" or "GMT" or "Z") return DateTimeZone.Utc;
        if (Quantities.SiteZone.Find(id) is { } zone) return zone.Zone;
        var text = id.Replace("UTC", "", StringComparison.OrdinalIgnoreCase);
        return text is ['+' or '-', ..] && ClockText.TryRead("0:00" + text, out _, out var offset)
            ? DateTimeZone.ForOffset(Offset.FromSeconds(offset)) : null;
    }

    /// <summary>
    /// A logger that never changes its clock writes times that the zone's clock skips in spring: readings
    /// inside that hour prove winter time all year.
    /// </summary>
    private static bool Standard(SheetJob job, DateTimeZone zone, Meter? meter, ReadOnlySpan<long> local)
    {
        if (job.Map?.Clock is { } stated)
        {
            // Remembered for the next file too, which may not show it.
            job.Decided = job.Decided with { Clock = stated };
            return stated == "standard";
        }
        if (zone.MinOffset == zone.MaxOffset) return false;
        var probe = new SiteClock(zone, false);
        foreach (var time in local)
        {
            if (time == WallTime.None || !probe.Skips(time)) continue;
            job.Plan.Add("import.clock.standard", Severity.Info, job.Place, ("time", WallTime.Format(time)),
                ("zone", zone.Id));
            job.Decided = job.Decided with { Clock = "standard" };
            return true;
        }
        return AskClock(job, zone, meter, local, probe);
    }

    /// <summary>Summer without a change in the file: clock time is likely, and not shown.</summary>
    private static bool AskClock(
        SheetJob job, DateTimeZone zone, Meter? meter, ReadOnlySpan<long> local, SiteClock clock)
    {
        if (local.IsEmpty) return false;
        long first = long.MaxValue, last = long.MinValue;
        foreach (var time in local)
        {
            if (time == WallTime.None) continue;
            (first, last) = (Math.Min(first, time), Math.Max(last, time));
        }
        var (start, end) = (Instant(clock, first), Instant(clock, last));
        var changes = zone.GetZoneInterval(start) != zone.GetZoneInterval(end);
        var summer = zone.GetZoneInterval(start).Savings != Offset.Zero
            || zone.GetZoneInterval(end).Savings != Offset.Zero;
        if (changes && meter is not null) job.Plan.LocalClocks.Add(meter.Id);
        // Days follow the calendar, whatever clock the logger keeps.
        var daily = true;
        foreach (var time in local) daily &= time == WallTime.None || WallTime.Mod(time) == 0;
        if (daily || changes || !summer || meter is not null && job.Plan.LocalClocks.Contains(meter.Id))
            return false;
        return job.Plan.Ask(job.QuestionId("clock"), "clock", RankClock, job.Place,
            [new Choice("local", "choice.import.local"), new Choice("standard", "choice.import.standard")],
            "local", "local", ("zone", zone.Id)) == "standard";

        static NodaTime.Instant Instant(SiteClock clock, long local) =>
            NodaTime.Instant.FromUnixTimeSeconds(
            Math.Max(clock.One(local, WallTime.None, 0), -62_135_596_800));
    }

    /// <summary>
    /// What flows: the map, the registered meter, the header, the title above the table, the name of the
    /// sheet or file, the unit where only one thing is measured in it; else asked. Null while it is open.
    /// </summary>
    public static string? Resource(SheetJob job, Column column, Meter? meter, Quantities.Unit? unit)
    {
        var words = Vocabulary.Shared;
        var stated =
            column.Map?.Resource ?? job.Map?.Defaults.GetValueOrDefault("resource") ?? meter?.Resource;
        if (stated is not null) return stated;
        var found =
            column.Resource ?? words.ResourceOf(job.Default("resource")) ?? words.ResourceOf(job.Table.Title)
            ?? words.ResourceOf(job.Table.SheetName) ?? words.ResourceOf(job.File.Stem.Replace('_', ' '));
        if (found is not null) return found;
        var dimension = unit?.Dimension.ToString();
        if (dimension == "Q") return "reactive-lagging";
        if (unit is not null && (unit.Code is "kWh" or "MWh" or "万kWh" or "GWh"
            || PowerColumns.IsPower(unit)))
        {
            job.Plan.Add("import.resource.by-unit", Severity.Info,
                job.Place with { Column = column.Head.Header },
                ("resource", "electricity"), ("unit", unit.Code));
            return "electricity";
        }
        var answer = job.Plan.Ask(job.QuestionId("resource", column.Head.Header), "resource", RankUnit,
            job.Place with { Column = column.Head.Header },
            [new Choice("electricity", null), new Choice("natural-gas", null),
            new Choice("water-supply", null)],
            dimension == "L3" ? "natural-gas" : "", "", ("column", column.Head.Header));
        return answer.Length == 0 ? null : answer;
    }

    /// <summary>
    /// The unit of a column: the map, the header, the map's or title's unit; else asked. Null while open.
    /// </summary>
    public static Quantities.Unit? Unit(SheetJob job, Column column, Meter? meter)
    {
        if (column.Unit is { } unit) return unit;
        if (job.Default("unit") is null
            && UnitText.OfHeader(job.Table.Title).Unit is { } titled) return titled;
        string?[] stated = [job.Default("unit"), job.Table.Preamble.GetValueOrDefault("单位"), meter?.Unit];
        foreach (var text in stated)
            if (UnitText.TryParse(text, out unit))
            {
                if (text == meter?.Unit && job.Default("unit") is null)
                    job.Plan.Add("import.unit.by-meter", Severity.Info,
                        job.Place with { Column = column.Head.Header },
                        ("unit", unit.Code), ("meter", meter!.Id));
                return unit;
            }
        if (NumberText.TryRead(column.First, column.Style, out _, out var marks)
            && UnitText.TryParse(marks.Unit, out unit))
            return unit;
        var power = Vocabulary.Shared.RoleOf(column.Head.Name).Role == "power";
        var answer = job.Plan.Ask(job.QuestionId("unit", column.Head.Header), "unit", RankUnit,
            job.Place with { Column = column.Head.Header },
            power ? [new Choice("kW", null), new Choice("MW", null), new Choice("kWh", null)]
                : [new Choice("kWh", null), new Choice("m3", null), new Choice("t", null)],
            power ? "kW" : IsOfElectricity(job, column) ? "kWh" : "", "",
            ("column", column.Head.Header), ("value", column.First));
        return UnitText.TryParse(answer, out unit) ? unit : null;
    }

    /// <summary>
    /// The header, band or title names electricity, or a day has a column for each half or quarter of an
    /// hour, as only electricity is settled.
    /// </summary>
    private static bool IsOfElectricity(SheetJob job, Column column) =>
        column.Resource is "electricity" || column.Band is not null || job.Labels.Count >= 46
        || Vocabulary.Shared.ResourceOf(job.Table.Title) is "electricity"
        || Vocabulary.Shared.ResourceOf(job.File.Stem.Replace('_', ' ')) is "electricity";
}
