using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses;

/// <summary>Settling of running supplies, and of movements known on several bases.</summary>
internal sealed partial class Measuring
{
    /// <summary>The part of a row that falls into a month.</summary>
    private readonly record struct Part(int Row, Amount Amount, long Start, long End);

    /// <summary>One way a supply's month is known.</summary>
    private sealed record Candidate(
        string Source, int Rank, List<(Part Part, Amount Kept)> Parts,
        List<(Meter Meter, MeterMonth Month)> Meters,
        long Known);

    private void SettleGathered(CancellationToken cancel)
    {
        foreach (var meter in _view.Registers.Of<Meter>().Where(m => IsAskedFor(m.Site)))
        {
            var flow = new FlowKey(meter.FromNode, meter.ToNode, meter.Resource);
            if (!_gathered.ContainsKey(flow)) _gathered[flow] = [];
        }
        foreach (var (flow, rows) in _gathered.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            var meters = _view.Registers.Of<Meter>()
                .Where(m => m.FromNode == flow.From && m.ToNode == flow.To && m.Resource == flow.Resource)
                    .ToList();
            var site = meters.Count > 0 ? meters[0].Site
                : (_view.Registers.SiteOf(flow.To) ?? _view.Registers.SiteOf(flow.From))?.Id ?? "";
            var clock = ClockOf(site);
            var months = new List<Part>[_span.Count];
            foreach (var row in rows)
            {
                _shares[row] = [];
                AddParts(row, clock, months);
            }
            var runs = meters.Count > 0 || flow.From.Kind == NodeKind.Grid;
            for (var month = 0; month < _span.Count; month++)
            {
                var parts = months[month] ?? [];
                if (!runs) SettleMonth(flow, clock, month, parts, world => BestBasis(world));
                else
                    foreach (var (point, ofPoint, metersOfPoint) in Points(parts, meters))
                        SettleRunning(flow, site, point, clock, month, ofPoint, metersOfPoint);
            }
        }
    }

    private void AddParts(int row, MonthClock clock, List<Part>[] months)
    {
        var columns = _view.Entries;
        long start = columns.Start[row], end = columns.End[row];
        if (clock.MonthOf(start, end) is >= 0 and var only)
        {
            (months[only] ??= []).Add(new Part(row, columns.AmountAt(row), start, end));
            return;
        }
        foreach (var share in MonthShares(clock, columns.AmountAt(row), columns.PeriodAt(row)))
            (months[share.Month] ??= []).Add(new Part(row, share.Amount,
                Math.Max(start, clock.Limits[share.Month]), Math.Min(end, clock.Limits[share.Month + 1])));
    }

    /// <summary>
    /// The supplies of a flow: one for each meter that a document or the register names; all in one where a
    /// document names none and there are several.
    /// </summary>
    private IEnumerable<(string Point, List<Part> Parts, List<Meter> Meters)> Points(
        List<Part> parts, List<Meter> meters)
    {
        var named = parts.Select(p => PointOf(p) ?? "").Concat(meters.Select(m => m.Id)).Distinct().ToList();
        var single = named.Where(n => n.Length > 0).ToList();
        if (single.Count <= 1 || named.Contains(""))
        {
            yield return (single.Count == 1 ? single[0] : "", parts, meters);
            yield break;
        }
        foreach (var point in single.Order(StringComparer.Ordinal))
            yield return (point, [.. parts.Where(p => PointOf(p) == point)],
                [.. meters.Where(m => m.Id == point)]);
    }

    private string? PointOf(Part part) => ShapeOf(part).Facts["meter"];

    private FlowShape ShapeOf(Part part) => _shapes[_view.Entries.Shape[part.Row]].Shape;

    private void SettleRunning(
        FlowKey flow, string site, string point, MonthClock clock, int month, List<Part> parts,
        List<Meter> meters)
    {
        var length = clock.Limits[month + 1] - clock.Limits[month];
        var closed = clock.IsClosed(month);
        if (closed)
        {
            var then = Choose(Candidates(World(parts, clock.ClosedThrough[month]), [], month), length);
            var now = Choose(Candidates(World(parts, long.MaxValue), meters, month), length);
            KeepParts(then?.Parts ?? [], month, isAdjustment: false, sign: 1);
            if (then is not null) AddCoverage(flow, site, point, month, then, length);
            if (Same(then, now)) return;
            KeepParts(then?.Parts.Where(p => now?.Meters.Count > 0 ? !IsPosted(p.Part) : true).ToList() ?? [],
                month, isAdjustment: true, sign: -1);
            KeepParts(now?.Parts ?? [], month, isAdjustment: true, sign: 1);
            AdjustMeters(flow, site, month, then, now);
            return;
        }
        var candidates = Candidates(World(parts, long.MaxValue), meters, month);
        if ((Overridden(flow, month, candidates) ?? Choose(candidates, length)) is not { } chosen) return;
        KeepParts(chosen.Parts, month, isAdjustment: false, sign: 1);
        foreach (var (meter, reading) in chosen.Meters) Activities.Add(FromMeter(flow, site, meter, reading));
        AddCoverage(flow, site, point, month, chosen, length);
        Compare(flow, point, month, chosen, candidates, length);
    }

    private void AddCoverage(FlowKey flow, string site, string point, int month, Candidate chosen,
        long length) =>
        Coverage.Add(new FlowCoverage(site, _span.First.PlusMonths(month), flow.From, flow.To, flow.Resource,
            point,
            chosen.Source, Math.Min(chosen.Known, length), length));

    /// <summary>
    /// What was known up to a position: later rows are not there, and what was taken back by then is gone.
    /// </summary>
    private List<Part> World(List<Part> parts, long through)
    {
        var columns = _view.Entries;
        var takenBack = parts.Where(p => columns.Reverses[p.Row] != 0 && columns.Position[p.Row] <= through)
            .Select(p => columns.Reverses[p.Row]).ToHashSet();
        return [.. parts.Where(p => columns.Reverses[p.Row] == 0 && columns.Position[p.Row] <= through
            && !takenBack.Contains(columns.Position[p.Row]))];
    }

    private List<Candidate> Candidates(List<Part> parts, List<Meter> meters, int month)
    {
        var candidates = new List<Candidate>();
        var posted = parts.Where(IsPosted).ToList();
        var readings = meters.SelectMany(m => _view.MeterMonths
            .Where(r => r.Meter == m.Id && r.Month == _span.First.PlusMonths(month) && r.Count > 0)
            .Select(r => (Meter: m, Month: r))).ToList();
        if (readings.Count > 0)
        {
            var missing = meters.Exists(m => readings.TrueForAll(r => r.Meter != m));
            candidates.Add(new Candidate("meter", 0, [], readings, missing ? 0 : readings.Min(r =>
                r.Month.Known
                    + (_clocks[r.Meter.Site].Limits[month + 1] - _clocks[r.Meter.Site].Limits[month])
                    - r.Month.Length)));
        }
        else if (posted.Count > 0)
        {
            candidates.Add(new Candidate("posted", 0, [.. posted.Select(p => (p, p.Amount))], [],
                posted.Min(p => long.Parse(ShapeOf(p).Facts["known"] ?? "0",
                    System.Globalization.CultureInfo.InvariantCulture))));
        }
        foreach (var basis in parts.Where(p => !IsPosted(p)).GroupBy(p => ShapeOf(p).Basis)
            .OrderBy(g => g.Key))
            candidates.Add(FromParts(basis.Key, [.. basis]));
        return candidates;
    }

    private bool IsPosted(Part part) => ShapeOf(part).Facts["posted"] is not null;

    /// <summary>
    /// Documents of one basis laid along the month. Where two overlap the earlier one keeps the time they
    /// share; tariff bands run side by side, and negative amounts (credit notes) take no time.
    /// </summary>
    private Candidate FromParts(Basis basis, List<Part> parts)
    {
        var kept = new List<(Part, Amount)>();
        var known = 0L;
        foreach (var band in parts.GroupBy(p => ShapeOf(p).Facts["tariff"] ?? "")
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            long covered = long.MinValue, knownOfBand = 0, last = 0;
            foreach (var part in band.OrderBy(p => p.Start).ThenByDescending(p => p.End)
                .ThenByDescending(p => p.Amount))
            {
                if (part.Amount.Sign < 0)
                {
                    kept.Add((part, part.Amount));
                    continue;
                }
                var start = Math.Max(part.Start, covered);
                if (part.Start < covered)
                    Findings.Add(Finding.Of("flow.overlap", Severity.Warning,
                        new Place(Record: _view.Entries.Position[part.Row]),
                        ("basis", ChainFormat.NameOf(basis)),
                        ("position", _view.Entries.Position[part.Row]), ("other", last)));
                if (start >= part.End) continue;
                kept.Add((part, start == part.Start ? part.Amount : Amount.Divide(
                    part.Amount * (part.End - start), part.End - part.Start,
                    Math.Max(3, part.Amount.Scale))));
                knownOfBand += part.End - start;
                (covered, last) = (part.End, _view.Entries.Position[part.Row]);
            }
            known = Math.Max(known, knownOfBand);
        }
        return new Candidate(ChainFormat.NameOf(basis), 1 + (int)basis, kept, [], known);
    }

    private static Candidate? Choose(List<Candidate> candidates, long length) =>
        candidates.OrderBy(c => c.Rank).FirstOrDefault(c => c.Known >= length)
        ?? candidates.OrderByDescending(c => c.Known).ThenBy(c => c.Rank).FirstOrDefault();

    /// <summary>
    /// What an override says shall count of a flow, where the month has it; the last one stated counts.
    /// </summary>
    private Candidate? Overridden(FlowKey flow, int month, List<Candidate> candidates)
    {
        if (_view.Overrides.Count == 0) return null;
        var key = $"{flow.From}|{flow.To}|{flow.Resource}";
        var (position, one) = _view.Overrides.LastOrDefault(o => o.Override is
            { What: "measurement", Subject: "flow" } && o.Override.Key == key);
        if (one is null || candidates.Find(c => c.Source == one.Value) is not { } stated) return null;
        Findings.Add(Finding.Of("flow.overridden", Severity.Info, new Place(Record: position),
            ("flow", Text(flow)), ("month", MonthText(month)), ("source", one.Value),
            ("reason", one.Reason)));
        return stated;
    }

    private static bool Same(Candidate? a, Candidate? b) => a is not null && b is not null
        && a.Meters.Count == 0 && b.Meters.Count == 0
        && a.Parts.Select(p => (p.Part.Row, p.Kept)).SequenceEqual(b.Parts.Select(p => (p.Part.Row, p.Kept)));

    private void KeepParts(List<(Part Part, Amount Kept)> parts, int month, bool isAdjustment, int sign)
    {
        foreach (var (part, kept) in parts)
        {
            var shares = _shares[part.Row];
            _shares[part.Row] = [.. shares, new Share(month, sign * kept, isAdjustment)];
            CellOf(_view.Entries.Shape[part.Row], month, isAdjustment)
                .Add(sign * kept, _view.Entries.Position[part.Row]);
        }
    }

    /// <summary>
    /// Movements known on several bases over one and the same period count once, on the best basis.
    /// </summary>
    private List<(Part Part, Amount Kept)> BestBasis(List<Part> parts)
    {
        var kept = new List<(Part, Amount)>();
        foreach (var group in parts.GroupBy(p => (p.Start, p.End)))
        {
            var best = group.Min(p => ShapeOf(p).Basis);
            kept.AddRange(group.Where(p => ShapeOf(p).Basis == best).Select(p => (p, p.Amount)));
        }
        return kept;
    }

    private void SettleMonth(
        FlowKey flow, MonthClock clock, int month, List<Part> parts,
        Func<List<Part>, List<(Part Part, Amount Kept)>> choose)
    {
        if (parts.Count == 0) return;
        var now = choose(World(parts, long.MaxValue));
        if (!clock.IsClosed(month))
        {
            KeepParts(now, month, isAdjustment: false, sign: 1);
            var all = World(parts, long.MaxValue).Count;
            if (all > now.Count)
                Findings.Add(Finding.Of("flow.alternatives", Severity.Info, null, ("flow", Text(flow)),
                    ("month", MonthText(month)), ("count", all - now.Count)));
            return;
        }
        var then = choose(World(parts, clock.ClosedThrough[month]));
        KeepParts(then, month, isAdjustment: false, sign: 1);
        KeepParts([.. then.Except(now)], month, isAdjustment: true, sign: -1);
        KeepParts([.. now.Except(then)], month, isAdjustment: true, sign: 1);
    }

    private Activity FromMeter(FlowKey flow, string site, Meter meter, MeterMonth reading) => new(
        site, reading.Month, flow.From, flow.To, flow.Resource, meter.Unit, meter.Calorific, Basis.Measured,
        MeterFacts(meter, reading), new Figure(reading.Sum, meter.Unit, ReadingsTrace(meter, reading)),
        reading.Estimated, IsAdjustment: false, FirstPosition: 0);

    private static Facts MeterFacts(Meter meter, MeterMonth reading) =>
        Facts.Of(("meter", meter.Id), ("tariff", reading.Band.Length == 0 ? null : reading.Band));

    private Trace.Rows ReadingsTrace(Meter meter, MeterMonth reading) =>
        new("formula.readings", reading.Count,
        () => _view.Details.ReadingsOf(meter.Id, reading.Month, reading.Band).Select(r => new Leaf(
            r.Amount, r.Amount, meter.Unit, r.Batch, r.Period, meter.Id,
            _clocks[meter.Site].Zone.DateOf(r.Period.Start).ToString("uuuu-MM-dd",
                System.Globalization.CultureInfo.InvariantCulture))));

    /// <summary>Readings that came after closing: what they say now, less what was posted.</summary>
    private void AdjustMeters(FlowKey flow, string site, int month, Candidate? then, Candidate? now)
    {
        if (now is null || now.Meters.Count == 0) return;
        foreach (var (meter, reading) in now.Meters)
        {
            var posted = then?.Parts.Where(p => IsPosted(p.Part) && PointOf(p.Part) == meter.Id
                && (ShapeOf(p.Part).Facts["tariff"] ?? "") == reading.Band).ToList() ?? [];
            var was = posted.Aggregate(Amount.Zero, (sum, p) => sum + p.Kept);
            if (was == reading.Sum) continue;
            var today = new Figure(reading.Sum, meter.Unit, ReadingsTrace(meter, reading));
            var closedRows = posted.Select(p => _view.Entries.Position[p.Part.Row]).ToList();
            var then2 = new Figure(was, meter.Unit, new Trace.Rows("formula.entries", posted.Count, () =>
                posted.Select(p => new Leaf(p.Kept, p.Kept, meter.Unit, _view.Entries.Position[p.Part.Row],
                    _view.Entries.PeriodAt(p.Part.Row)))));
            Activities.Add(new Activity(site, _span.First.PlusMonths(month), flow.From, flow.To,
                flow.Resource,
                meter.Unit, meter.Calorific, Basis.Measured, MeterFacts(meter, reading),
                new Figure(reading.Sum - was, meter.Unit, new Trace.Formula("formula.adjustment",
                    [new Operand("operand.today", today), new Operand("operand.posted", then2)])),
                Amount.Zero, IsAdjustment: true, closedRows.FirstOrDefault()));
        }
    }

    private void Compare(
        FlowKey flow, string point, int month, Candidate chosen, List<Candidate> candidates, long length)
    {
        if (chosen.Known < length)
            Findings.Add(Finding.Of("flow.partial", Severity.Warning, null, ("flow", Text(flow)),
                ("month", MonthText(month)), ("source", chosen.Source),
                ("percent", Amount.Divide((Amount)chosen.Known * 100, length, 2))));
        foreach (var other in candidates.Where(c => c != chosen && c.Known >= length))
        {
            if (TotalOf(chosen, out var unit) is not { } mine
                || TotalOf(other, out var otherUnit) is not { } theirs
                || !unit!.ConvertsTo(otherUnit!)) continue;
            var difference = new Quantity(theirs, otherUnit!).In(unit).Amount - mine;
            if (difference.IsZero || mine.IsZero) continue;
            var percent = Amount.Divide(difference * 100, mine, 2);
            var accuracy = candidates.SelectMany(c => c.Meters).Select(m => m.Meter.AccuracyPercent)
                .FirstOrDefault(a => a is not null);
            var within = accuracy is { } most && percent.Abs() <= most;
            Findings.Add(Finding.Of(within ? "flow.differsWithinClass" : "flow.differs",
                within ? Severity.Info : Severity.Warning, null,
                ("flow", Text(flow)), ("point", point), ("month", MonthText(month)), ("kept", chosen.Source),
                ("keptAmount", mine), ("other", other.Source), ("otherAmount", mine + difference),
                ("difference", difference), ("percent", percent), ("unit", unit.Code)));
        }
    }

    private Amount? TotalOf(Candidate candidate, out Unit? unit)
    {
        unit = null;
        var total = Amount.Zero;
        foreach (var (code, amount) in candidate.Meters.Select(m => (m.Meter.Unit, m.Month.Sum))
            .Concat(candidate.Parts.Select(p => (ShapeOf(p.Part).Unit, p.Kept))))
        {
            if (!Units.TryParse(code, out var own)) return null;
            unit ??= own;
            if (!own.ConvertsTo(unit)) return null;
            total += new Quantity(amount, own).In(unit).Amount;
        }
        return unit is null ? null : total;
    }

    private static string Text(FlowKey flow) => $"{flow.From} → {flow.To} ({flow.Resource})";

    private string MonthText(int month)
    {
        var at = _span.First.PlusMonths(month);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{at.Year:0000}-{at.Month:00}");
    }
}
