using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Serialization;
using Celadon.Ledger;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses.Products;

/// <summary>A unit of the site whose own energy goes to what is made on it, before products share.</summary>
public sealed record FootprintUnit
{
    /// <summary>Id of the unit.</summary>
    public required string Unit { get; init; }

    /// <summary>
    /// Ids of the products made on it; empty for those whose output the books hold as coming from it.
    /// </summary>
    public ImmutableArray<string> Products { get; init; } = [];
}

/// <summary>What a unit took of a resource, of all that the site took of it.</summary>
/// <param name="Unit">Id of the unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Resource">Id of the resource.</param>
/// <param name="Of">Its name.</param>
/// <param name="Products">The products that share it.</param>
/// <param name="Metered">What the unit took, without what it passed on to another unit named.</param>
/// <param name="Taken">What the site took.</param>
/// <param name="Share">Metered of taken, percent.</param>
/// <param name="Months">
/// The same of each month in which the unit took some, by which lines are split; empty where months do not
/// hold together and the resource is split by the whole.
/// </param>
public sealed record FootprintUnitSplit(string Unit, Name Name, string Resource, Name Of,
    ImmutableArray<string> Products, Figure Metered, Figure Taken, Figure Share,
    ImmutableArray<FootprintUnitMonth> Months) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("metered", Metered);
}

/// <summary>What a unit took in a month.</summary>
/// <param name="Month">"2026-09".</param>
/// <param name="Metered">What the unit took.</param>
/// <param name="Taken">What the site took.</param>
/// <param name="Share">Metered of taken, percent.</param>
/// <param name="Made">
/// What was made on the unit, by what is shared: kg, or output × price; null where nothing was, or where
/// stated shares hold.
/// </param>
public sealed record FootprintUnitMonth(string Month, Figure Metered, Figure Taken, Figure Share,
    Figure? Made) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("metered", Metered);
}

/// <summary>
/// Splits the lines of energy over units before the key shares them, month by month: the first step that both
/// rules ask for. What no unit took in a month is shared by all that was made in it, and the parts of a line
/// add up to it to the last digit.
/// </summary>
internal sealed class FootprintUnits
{
    private const int MoreDecimals = 6, ShareScale = 6;

    private readonly FootprintSpec _spec;
    private readonly FootprintWeights _weights;
    private readonly List<(FootprintUnit Asked, Node Node, ImmutableArray<int> Products)> _units = [];
    private readonly Dictionary<string, Split> _byResource = new(StringComparer.Ordinal);
    private readonly InventoryReport _inventory;
    private readonly Dictionary<(int Unit, YearMonth? Month), FootprintShares> _shares = [];
    private readonly HashSet<(int Unit, YearMonth Month)> _idle = [];

    /// <summary>What the units took of a resource, in their order; what the site took of it.</summary>
    private sealed record Taking(IReadOnlyList<Figure?> Metered, Figure Taken)
    {
        /// <summary>True where units took no more than the site, and nobody less than nothing.</summary>
        public bool Holds => Taken.Value.Sign >= 0 && Sum <= Taken.Value
            && !Metered.Any(m => m is { Value.Sign: < 0 });

        public Amount Sum => Metered.OfType<Figure>().Aggregate(Amount.Zero, (s, m) => s + m.Value);
    }

    /// <summary>The takings of all months together and of each; those that do not hold.</summary>
    private sealed record Split(Taking Whole, SortedDictionary<YearMonth, Taking> Months,
        ImmutableArray<YearMonth> Failing)
    {
        public bool ByMonth => Failing.IsEmpty;
    }

    public FootprintUnits(FootprintSpec spec, View view, FactorLibrary packs, InventoryReport inventory,
        IReadOnlyList<FootprintOutput> made, FootprintWeights weights, CancellationToken cancel)
    {
        (_spec, _weights, _inventory) = (spec, weights, inventory);
        if (spec.Units.IsEmpty) return;
        var moved = Measurements.Of(view, [spec.Site], cancel).Activities.Where(a => !a.IsAdjustment
            && a.Site == spec.Site && spec.Period.Contains(a.Month)).ToList();
        for (var i = 0; i < spec.Units.Length; i++) _units.Add(UnitOf(spec, view, made, moved, i));
        foreach (var group in moved.Where(a => a.To.Kind is NodeKind.Unit or NodeKind.Site)
            .GroupBy(a => packs.Resources.Find(a.Resource)?.Id ?? a.Resource))
            if (SplitOf([.. group], group.Key) is { } split) _byResource[group.Key] = split;
        for (var i = 0; i < _units.Count; i++)
            if (_byResource.Values.All(s => s.Whole.Metered[i] is null))
                throw Refusal.At("products.footprint.unitNothing", $"/units/{i}/unit",
                    ("plant", _units[i].Asked.Unit));
        Splits = [.. _byResource.OrderBy(s => s.Key, StringComparer.Ordinal).SelectMany(s =>
            Enumerable.Range(0, _units.Count).Where(u => s.Value.Whole.Metered[u] is not null)
                .Select(u => Shown(u, s.Key, s.Value, view, packs, made)))];
    }

    /// <summary>What was split how.</summary>
    public ImmutableArray<FootprintUnitSplit> Splits { get; } = [];

    private FootprintUnitSplit Shown(int unit, string resource, Split split, View view, FactorLibrary packs,
        IReadOnlyList<FootprintOutput> made)
    {
        var (asked, _, products) = _units[unit];
        var metered = split.Whole.Metered[unit]!;
        return new FootprintUnitSplit(asked.Unit, view.Registers.Find<PlantUnit>(asked.Unit)!.Name, resource,
            packs.Resources.Find(resource)?.Name ?? new Name(resource),
            [.. products.Select(p => made[p].Product)], metered, split.Whole.Taken,
            Percent(metered, split.Whole.Taken), [.. split.Months
                .Where(m => split.ByMonth && m.Value.Metered[unit] is not null)
                .Select(m => new FootprintUnitMonth(Text(m.Key), m.Value.Metered[unit]!, m.Value.Taken,
                    Percent(m.Value.Metered[unit]!, m.Value.Taken), _weights.Key == FootprintKey.Stated
                        ? null : _weights.Shares(products, FromOf(unit), m.Key)?.Sum))]);
    }

    /// <summary>
    /// What a reader must know of the months: a resource that was split by the whole, a month without a
    /// meter, without output. To be asked when all lines are shared.
    /// </summary>
    public IEnumerable<Finding> Findings()
    {
        foreach (var (resource, split) in _byResource.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            if (!split.ByMonth)
                yield return Finding.Of("products.footprint.unitWhole", Severity.Warning, null,
                    ("resource", resource), ("months", Text(split.Failing)));
            for (var i = 0; i < _units.Count && split.ByMonth; i++)
            {
                var without = split.Months.Where(m => m.Value.Metered[i] is null
                    && !m.Value.Taken.Value.IsZero).Select(m => m.Key).ToList();
                if (split.Whole.Metered[i] is not null && without.Count > 0)
                    yield return Finding.Of("products.footprint.unitUnmetered", Severity.Warning, null,
                        ("plant", _units[i].Asked.Unit), ("resource", resource), ("months", Text(without)));
            }
        }
        foreach (var idle in _idle.GroupBy(i => i.Unit).OrderBy(g => g.Key))
            yield return idle.Key < _units.Count
                ? Finding.Of("products.footprint.unitIdle", Severity.Info, null,
                    ("plant", _units[idle.Key].Asked.Unit), ("months", Text(idle.Select(i => i.Month))))
                : Finding.Of("products.footprint.siteIdle", Severity.Info, null, ("site", _spec.Site),
                    ("months", Text(idle.Select(i => i.Month))));
    }

    /// <summary>The parts of a line, one a product.</summary>
    public Figure[] Parts(InventoryLine line)
    {
        if (line.Scope is not ("1" or "2" or "biogenic") && (line.Scope != "3" || line.Category != "3")
            || !_byResource.TryGetValue(line.Resource, out var split) || split.Whole.Taken.Value.IsZero)
            return _weights.Parts(line.Kgco2e);
        var whole = line.Kgco2e;
        var parts = Enumerable.Range(0, _weights.Count).Select(_ => new List<(string, Figure)>()).ToList();
        foreach (var (label, month, piece) in Pieces(line, split))
            foreach (var (product, part) in PartsOf(piece, split, month))
                parts[product].Add((label, part));
        return [.. parts.Select(p => Figure.Sum(whole.Unit, p))];
    }

    /// <summary>
    /// A line by months as its records lie, and what of it lies in none: that which rounding a document once
    /// leaves between the months and the whole. Undivided where months do not hold.
    /// </summary>
    private IEnumerable<(string Label, YearMonth? Month, Figure Piece)> Pieces(
        InventoryLine line, Split split)
    {
        var months = _inventory.MonthsOf(line).ToList();
        if (!split.ByMonth || months.Count == 0)
        {
            yield return ("operand.whole", null, line.Kgco2e);
            yield break;
        }
        foreach (var (month, kgco2e) in months.Where(m => !m.Kgco2e.Value.IsZero))
            yield return (Text(month), month, kgco2e);
        var left = line.Kgco2e.Value
            - months.Aggregate(Amount.Zero, (sum, m) => sum + m.Kgco2e.Value);
        if (!left.IsZero)
            yield return ("operand.rounding", null, new Figure(left, line.Kgco2e.Unit, new Trace.Formula(
                "formula.products.footprint.lessMonths", [new("operand.whole", line.Kgco2e),
                    .. months.Select(m => new Operand(Text(m.Month), m.Kgco2e))])));
    }

    /// <summary>The parts of a piece by product: what each unit took of it, then what none did.</summary>
    private IEnumerable<(int Product, Figure Part)> PartsOf(Figure piece, Split split, YearMonth? month)
    {
        // A month's amount without a month's supply, as an own tank may have it, goes by the whole.
        var taking = month is { } m && split.Months.TryGetValue(m, out var own) && !own.Taken.Value.IsZero
            ? own : split.Whole;
        var scale = Math.Max(taking.Taken.Value.Scale, taking.Metered.Max(t => t?.Value.Scale ?? 0));
        List<BigInteger> by = [.. taking.Metered.Select(t => Whole(t?.Value ?? Amount.Zero, scale))];
        by.Add(Whole(taking.Taken.Value - taking.Sum, scale));
        var pieces = Apportion.ByLargestRemainder(piece.Value, by, piece.Value.Scale + MoreDecimals);
        var parts = new SortedDictionary<int, List<(string, Figure)>>();
        for (var i = 0; i < by.Count; i++)
        {
            if (by[i].IsZero) continue;
            var isRest = i == _units.Count;
            var of = new Figure(pieces[i], piece.Unit, new Trace.Formula(isRest
                ? "formula.products.footprint.unitRest" : "formula.products.footprint.unitPart",
                [new("operand.whole", piece), .. isRest ? taking.Metered.OfType<Figure>().Select(t =>
                    new Operand("operand.metered", t)) : [new Operand("operand.metered", taking.Metered[i]!)],
                    new("operand.taken", taking.Taken)]));
            var shares = SharesOf(i, month);
            foreach (var (part, product) in FootprintWeights.Parts(of, shares).Zip(shares.Of))
            {
                if (!parts.TryGetValue(product, out var known)) parts[product] = known = [];
                known.Add((isRest ? "operand.rest" : $"{_units[i].Node}", part));
            }
        }
        return parts.Select(p => (p.Key, Figure.Sum(piece.Unit, p.Value)));
    }

    /// <summary>
    /// By what the products of a unit, or all for the rest, share in a month: by what was made in it, and in
    /// a month in which nothing was by what was made in all.
    /// </summary>
    private FootprintShares SharesOf(int unit, YearMonth? month)
    {
        if (_shares.TryGetValue((unit, month), out var known)) return known;
        IReadOnlyList<int> of = unit < _units.Count ? _units[unit].Products
            : [.. Enumerable.Range(0, _weights.Count)];
        var from = FromOf(unit);
        if (month is not null && _weights.Shares(of, from, month) is null) _idle.Add((unit, month.Value));
        return _shares[(unit, month)] = _weights.Shares(of, from, month) ?? _weights.Shares(of, from, null)
            ?? throw Refusal.At("products.footprint.noWeight", "/allocation");
    }

    /// <summary>
    /// Where what shares was made: on the unit itself where the books say so, else, as for the rest, anywhere
    /// on the site.
    /// </summary>
    private Node? FromOf(int unit) => unit < _units.Count && _units[unit].Asked.Products.IsEmpty
        ? _units[unit].Node : null;

    private static (FootprintUnit, Node, ImmutableArray<int>) UnitOf(FootprintSpec spec, View view,
        IReadOnlyList<FootprintOutput> made, List<Activity> moved, int i)
    {
        var (asked, at) = (spec.Units[i], $"/units/{i}");
        if (view.Registers.Find<PlantUnit>(asked.Unit)?.Site != spec.Site
            || spec.Units.Take(i).Any(u => u.Unit == asked.Unit))
            throw Refusal.At("products.footprint.unit", at + "/unit", ("plant", asked.Unit), ("names",
                string.Join(", ", view.Registers.Of<PlantUnit>().Where(u => u.Site == spec.Site)
                    .Select(u => u.Id))));
        var node = new Node(NodeKind.Unit, asked.Unit);
        var stated = asked.Products.IsEmpty
            ? [.. moved.Where(a => a.From == node && a.To.Kind == NodeKind.Stock
                && made.Any(m => m.Product == a.Resource)).Select(a => a.Resource)]
            : asked.Products;
        var products = stated.Distinct().Select(p => made.Select(m => m.Product).ToList().IndexOf(p)).Order()
            .ToImmutableArray();
        if (products.IsEmpty || products[0] < 0)
            throw Refusal.At("products.footprint.unitProducts", at + "/products", ("plant", asked.Unit),
                ("items", string.Join(", ", made.Select(m => m.Product))));
        return (asked, node, products);
    }

    /// <summary>
    /// Of one resource: what came to the site or its units from outside or from a stock, and of that what
    /// each unit kept, in all months and in each. Null where no unit took any.
    /// </summary>
    private Split? SplitOf(List<Activity> taken, string resource)
    {
        if (!_units.Exists(u => taken.Exists(a => a.To == u.Node))) return null;
        // What a unit gives to the site, such as a generator, came to the site too.
        var into = taken.Where(a => a.From.Kind is not (NodeKind.Unit or NodeKind.Site)
            || (a.From.Kind == NodeKind.Unit && a.To.Kind == NodeKind.Site)).ToList();
        var inside = taken.Where(a => _units.Exists(u => a.To == u.Node || a.From == u.Node)).ToList();
        if (into.Count == 0) return null;
        var unit = into[0].Unit;
        if (into.Concat(inside).Any(a => a.Unit != unit))
            throw Refusal.At("products.footprint.unitMeasure", "/units", ("resource", resource), ("units",
                string.Join(", ", into.Concat(inside).Select(a => a.Unit).Distinct())));
        var whole = TakingOf(into, inside, unit);
        if (!whole.Holds)
            throw Refusal.At("products.footprint.unitOver", "/units", ("resource", resource),
                ("metered", whole.Sum), ("taken", whole.Taken.Value), ("unit", unit));
        var months = new SortedDictionary<YearMonth, Taking>();
        foreach (var month in into.Concat(inside).Select(a => a.Month).Distinct())
            months[month] = TakingOf([.. into.Where(a => a.Month == month)],
                [.. inside.Where(a => a.Month == month)], unit);
        return new Split(whole, months, [.. months.Where(m => !m.Value.Holds).Select(m => m.Key)]);
    }

    private Taking TakingOf(List<Activity> into, List<Activity> inside, string unit) => new(
        [.. _units.Select(u => Kept(u.Node, inside, unit))],
        Figure.Sum(unit, [.. into.Select(a => (LabelOf(a), a.Quantity))]));

    /// <summary>
    /// What came into a unit less what it passed on to another unit named; null for nothing.
    /// </summary>
    private Figure? Kept(Node unit, List<Activity> inside, string code)
    {
        var came = inside.Where(a => a.To == unit).ToList();
        if (came.Count == 0) return null;
        var passed = inside.Where(a => a.From == unit && _units.Exists(u => u.Node == a.To)).ToList();
        var sum = Figure.Sum(code, [.. came.Select(a => (LabelOf(a), a.Quantity))]);
        if (passed.Count == 0) return sum;
        var on = Figure.Sum(code, [.. passed.Select(a => (LabelOf(a), a.Quantity))]);
        return new Figure(sum.Value - on.Value, code, new Trace.Formula(
            "formula.products.footprint.unitKept", [new("operand.metered", sum),
                new("operand.passedOn", on)]));
    }

    private static string Text(YearMonth month) =>
        FormattableString.Invariant($"{month.Year:0000}-{month.Month:00}");

    private static string Text(IEnumerable<YearMonth> months) =>
        string.Join(", ", months.Order().Select(Text));

    private static string LabelOf(Activity a) =>
        $"{Text(a.Month)} {a.From} → {a.To}";

    private static BigInteger Whole(Amount amount, int scale)
    {
        amount.TryGetUnscaled(scale, out var unscaled);
        return unscaled;
    }

    private static Figure Percent(Figure part, Figure whole) => new(
        whole.Value.IsZero ? Amount.Zero : Amount.Divide(part.Value * 100, whole.Value, ShareScale), "%",
        new Trace.Formula("formula.products.footprint.percent",
            [new("operand.part", part), new("operand.whole", whole)]));
}
