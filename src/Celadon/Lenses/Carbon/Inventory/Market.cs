using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// The market-based method (Scope 2 Guidance, chapter 6): each site's electricity is covered by its
/// instruments in order, month by month; what is left takes the residual mix of its grid, or its average with
/// a warning.
/// </summary>
internal sealed class Market
{
    private static readonly Unit Kwh = Units.Parse("kWh");

    private readonly RegisterSet _registers;
    private readonly FactorLibrary _packs;
    private readonly Boundary _boundary;
    private readonly Picking _picking;
    private readonly LineBuilding _building;
    private readonly YearMonth _first;
    private readonly List<Finding> _findings;
    private readonly Instruments _instruments;
    private readonly SortedSet<string> _withoutResidual = new(StringComparer.Ordinal);

    public Market(
        RegisterSet registers, FactorLibrary packs, Boundary boundary, Picking picking, LineBuilding building,
        YearMonth first, List<Finding> findings)
    {
        _first = first;
        (_registers, _packs, _boundary) = (registers, packs, boundary);
        (_picking, _building, _findings) = (picking, building, findings);
        _instruments = new Instruments(registers, packs, findings);
    }

    /// <summary>Grids whose average stands in for a residual mix that is not published.</summary>
    public IReadOnlyCollection<string> WithoutResidual => _withoutResidual;

    /// <summary>A month's electricity under one factor for what instruments leave.</summary>
    private sealed class Slot(YearMonth month, Pick rest, List<(Claim, Conversion)> claims, Amount kwh)
    {
        public YearMonth Month { get; } = month;
        public Pick Rest { get; } = rest;
        public List<(Claim Claim, Conversion Conversion)> Claims { get; } = claims;
        public Amount Left { get; set; } = kwh;
        public List<(string Label, Figure Figure)> Covered { get; } = [];
    }

    /// <summary>The lines for electricity that counts in its months.</summary>
    public IEnumerable<InventoryLine> Lines(IReadOnlyList<Claim> electricity)
    {
        foreach (var group in electricity.GroupBy(c => (c.Activity.Site, Market: MarketOf(c)))
            .OrderBy(g => g.Key.Site, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Market, StringComparer.Ordinal))
        {
            var slots = SlotsOf(group);
            if (slots.Count == 0) continue;
            if (_registers.Find<Site>(group.Key.Site) is { } site)
                foreach (var (instrument, window) in _instruments.Of(site, group.Key.Market))
                    if (Cover(instrument, window, slots) is { } line)
                        yield return line;
            foreach (var line in Rest(slots)) yield return line;
        }
        foreach (var grid in _withoutResidual)
            _findings.Add(Finding.Of("inventory.noResidualMix", Severity.Warning, null, ("grid", grid)));
    }

    /// <summary>The lines for what was recorded after closing: no instrument is allotted anew.</summary>
    public IEnumerable<InventoryLine> Adjustments(IReadOnlyList<Claim> electricity) => electricity
        .GroupBy(c => c.Activity.Site).OrderBy(g => g.Key, StringComparer.Ordinal)
        .SelectMany(group => Rest(SlotsOf(group))).Where(line => !line.Quantity.Value.IsZero);

    private string MarketOf(Claim claim) => _packs.Places.CountryOf(_picking.PlaceOf(claim));

    private List<Slot> SlotsOf(IEnumerable<Claim> claims)
    {
        var found = claims.Select(c => (Claim: c, Factor: FactorOfRest(c))).Where(c => c.Factor is not null);
        return [.. found.GroupBy(c => (c.Claim.Activity.Month, c.Factor!.Pick!.Id)).OrderBy(g => g.Key.Month)
            .ThenBy(g => g.Key.Id, StringComparer.Ordinal).Select(g =>
            {
                var own = g.Select(c => (c.Claim, c.Factor!.Conversion)).ToList();
                return new Slot(g.Key.Month, g.First().Factor!.Pick!, own,
                    _building.QuantityOf(own, Kwh).Value);
            })];
    }

    /// <summary>The factor for what instruments leave: residual mix, else the average of the grid.</summary>
    private Resolved? FactorOfRest(Claim claim)
    {
        var residual = _picking.Of(claim, FactorBasis.ResidualMix);
        if (residual.Pick is { } mix) return residual with { Pick = mix with { Kind = "residual-mix" } };
        var average = _picking.Of(claim);
        if (average.Pick is not { } pick) return null;
        _withoutResidual.Add(_picking.PlaceOf(claim));
        return average with { Pick = pick with { Kind = "grid-average" } };
    }

    private InventoryLine? Cover(Instrument instrument, MonthSpan window, List<Slot> slots)
    {
        var position = _registers.PositionOf("instrument", instrument.Id);
        var inWindow = slots.Where(s => window.Contains(s.Month)).ToList();
        var close = inWindow.Where(s => Instruments.IsClose(instrument, s.Month)).ToList();
        if (close.Count < inWindow.Count)
            Say("instrument.vintage", instrument, position, ("vintage", instrument.Vintage ?? 0),
                ("months", string.Join(", ", inWindow.Except(close).Select(s => Claim.Text(s.Month)))));
        if (instrument.Mwh is not null && window.First < _first)
            Say("instrument.beforePeriod", instrument, position, ("from", instrument.From),
                ("period", Claim.Text(_first)));
        var whole = instrument.Mwh is { } mwh ? mwh * 1000 : (Amount?)null;
        var left = whole;
        var parts = new List<(string Label, Figure Figure)>();
        var months = new Dictionary<YearMonth, Figure>();
        foreach (var slot in close.Where(s => s.Left.Sign > 0))
        {
            var taken = left is { } limit && limit < slot.Left ? limit : slot.Left;
            if (taken.Sign <= 0) break;
            var part = Part(instrument, position, slot, taken);
            parts.Add((Claim.Text(slot.Month), part));
            months[slot.Month] = months.TryGetValue(slot.Month, out var other)
                ? Figure.Sum("kWh", [("", other), ("", part)]) : part;
            slot.Covered.Add((instrument.Id, part));
            (slot.Left, left) = (slot.Left - taken, left - taken);
        }
        if (left is { Sign: > 0 } over && slots.Count > 0 && window.Last <= slots[^1].Month)
            Say("instrument.excess", instrument, position, ("mwh", instrument.Mwh!.Value),
                ("unusedKwh", over));
        if (parts.Count == 0) return null;
        var covered = close.Where(s => s.Covered.Exists(c => c.Label == instrument.Id)).ToList();
        return Line(
            PickOf(instrument, position), parts is [var only] ? only.Figure : Figure.Sum("kWh", parts),
            [.. covered.SelectMany(s => s.Claims)],
            // Where something is left after it, its own amount bounds it: the meter's error moves the rest.
            [.. covered.Where(s => s.Left.IsZero).SelectMany(s => s.Claims)], months, instrument.Name);
    }

    /// <summary>
    /// What an instrument covers of a month: the month as it was measured where it covers all of it.
    /// </summary>
    private Figure Part(Instrument instrument, long position, Slot slot, Amount taken)
    {
        var consumption = _building.QuantityOf(slot.Claims, Kwh);
        if (taken == consumption.Value) return consumption;
        var operands = new List<Operand> { new("operand.inventory.consumption", consumption) };
        if (instrument.Mwh is { } mwh)
            operands.Add(new Operand("operand.inventory.instrument", new Figure(mwh, "MWh",
                new Trace.Registered("instrument", instrument.Id, "mwh", position))));
        operands.AddRange(slot.Covered.Select(c => new Operand("operand.inventory.coveredBefore", c.Figure)));
        return new Figure(taken, "kWh", new Trace.Formula("formula.inventory.covered", operands));
    }

    private IEnumerable<InventoryLine> Rest(List<Slot> slots)
    {
        foreach (var group in slots.GroupBy(s =>
            (s.Rest.Id, Flags: string.Join(';', s.Rest.Flags.Select(f => f.Code))))
            .OrderBy(g => g.Key.Id, StringComparer.Ordinal).ThenBy(g => g.Key.Flags, StringComparer.Ordinal))
        {
            var claims = group.SelectMany(s => s.Claims).ToList();
            var left = group.Aggregate(Amount.Zero, (sum, s) => sum + s.Left);
            if (left.IsZero) continue;
            yield return Line(group.First().Rest, LeftOf([.. group]), claims,
                [.. group.Where(s => !s.Left.IsZero).SelectMany(s => s.Claims)],
                group.Where(s => !s.Left.IsZero).GroupBy(s => s.Month)
                    .ToDictionary(g => g.Key, g => LeftOf([.. g])), null);
        }
    }

    /// <summary>What instruments leave of months: consumption less what they cover.</summary>
    private Figure LeftOf(List<Slot> slots)
    {
        var consumption = _building.QuantityOf([.. slots.SelectMany(s => s.Claims)], Kwh);
        var covered = slots.SelectMany(s => s.Covered).ToList();
        return covered.Count == 0 ? consumption : new Figure(
            slots.Aggregate(Amount.Zero, (sum, s) => sum + s.Left), "kWh",
            new Trace.Formula("formula.inventory.lessCovered",
                [new Operand("operand.inventory.consumption", consumption),
                    .. covered.Select(c => new Operand(c.Label, c.Figure))]));
    }

    private InventoryLine Line(
        Pick pick, Figure quantity, List<(Claim Claim, Conversion Conversion)> claims,
        List<(Claim Claim, Conversion Conversion)> moving, Dictionary<YearMonth, Figure> months, Name? label)
    {
        var first = claims[0].Claim;
        var activities = claims.Select(c => c.Claim.Activity).ToList();
        _boundary.Counts(first.Activity.Site, out var share);
        var line = LineBuilding.Compose(pick, new Conversion.Plain().Apply(quantity, pick.Unit, 0), share);
        return _building.Keep(line with
        {
            Scope = "2",
            Category = first.Category,
            Site = first.Activity.Site,
            Resource = first.Resource.Id,
            Label = label is { } name && (name.En ?? name.Zh) is not null ? name : first.Resource.Name,
            Title = first.Rule.Title,
            Rule = first.Rule.Id,
            Period = Claim.SpanOf(activities),
            Basis = activities.Max(a => a.Basis),
            Overrides = first.Overrides,
            Flags = [.. pick.Flags.Select(f => LineBuilding.OfSpan(f, activities))],
            Partial = _building.IsPartial(activities),
        }, new LineParts(pick, share, claims, moving)
        {
            Months = months.ToDictionary(m => m.Key,
                m => new Conversion.Plain().Apply(m.Value, pick.Unit, 0)),
        });
    }

    private static Pick PickOf(Instrument instrument, long position)
    {
        var rate = new Figure(instrument.KgCo2ePerKwh, "kg CO2e/kWh",
            new Trace.Registered("instrument", instrument.Id, "kgCo2ePerKwh", position));
        return new Pick
        {
            Id = $"instrument:{instrument.Id}",
            Pack = null,
            Name = instrument.Name,
            Unit = Kwh,
            Value = rate,
            Rest = rate.Value.IsZero ? null : rate,
            Kind = instrument.Kind switch
            {
                InstrumentKind.Certificate => "certificate",
                InstrumentKind.Contract => "contract",
                _ => "supplier-rate",
            },
        };
    }

    private void Say(
        string code, Instrument instrument, long position, params (string Name, object Value)[] args) =>
        _findings.Add(Finding.Of(code, Severity.Warning, new Place(Record: position),
            [("instrument", instrument.Id), ("site", instrument.Site), .. args]));
}
