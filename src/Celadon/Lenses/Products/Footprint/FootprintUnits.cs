using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Serialization;
using Celadon.Ledger;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

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
public sealed record FootprintUnitSplit(string Unit, Name Name, string Resource, Name Of,
    ImmutableArray<string> Products, Figure Metered, Figure Taken, Figure Share) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("metered", Metered);
}

/// <summary>
/// Splits the lines of energy over units before the key shares them: the first step that both rules ask for.
/// What no unit took is shared by all products, and the parts of a line add up to it to the last digit.
/// </summary>
internal sealed class FootprintUnits
{
    private const int MoreDecimals = 6, ShareScale = 6;

    private readonly FootprintWeights _weights;
    private readonly List<(FootprintUnit Asked, Node Node, ImmutableArray<int> Products)> _units = [];
    private readonly Dictionary<string, Split> _byResource = new(StringComparer.Ordinal);

    /// <summary>What the units took of a resource, in their order; what the site took of it.</summary>
    private sealed record Split(IReadOnlyList<Figure?> Metered, Figure Taken);

    public FootprintUnits(FootprintSpec spec, View view, FactorLibrary packs,
        IReadOnlyList<FootprintOutput> made, FootprintWeights weights, CancellationToken cancel)
    {
        _weights = weights;
        if (spec.Units.IsEmpty) return;
        var moved = Measurements.Of(view, [spec.Site], cancel).Activities.Where(a => !a.IsAdjustment
            && a.Site == spec.Site && spec.Period.Contains(a.Month)).ToList();
        for (var i = 0; i < spec.Units.Length; i++) _units.Add(UnitOf(spec, view, made, moved, i));
        foreach (var group in moved.Where(a => a.To.Kind is NodeKind.Unit or NodeKind.Site)
            .GroupBy(a => packs.Resources.Find(a.Resource)?.Id ?? a.Resource))
            if (SplitOf([.. group], group.Key) is { } split) _byResource[group.Key] = split;
        for (var i = 0; i < _units.Count; i++)
            if (_byResource.Values.All(s => s.Metered[i] is null))
                throw Refusal.At("products.footprint.unitNothing", $"/units/{i}/unit",
                    ("plant", _units[i].Asked.Unit));
        Splits = [.. _byResource.OrderBy(s => s.Key, StringComparer.Ordinal).SelectMany(s =>
            _units.Select((u, i) => (u, s.Value.Metered[i])).Where(u => u.Item2 is not null).Select(u =>
                new FootprintUnitSplit(u.u.Asked.Unit, view.Registers.Find<PlantUnit>(u.u.Asked.Unit)!.Name,
                    s.Key, packs.Resources.Find(s.Key)?.Name ?? new Name(s.Key),
                    [.. u.u.Products.Select(p => made[p].Product)], u.Item2!, s.Value.Taken,
                    Percent(u.Item2!, s.Value.Taken))))];
    }

    /// <summary>What was split how.</summary>
    public ImmutableArray<FootprintUnitSplit> Splits { get; } = [];

    /// <summary>The parts of a line, one a product.</summary>
    public Figure[] Parts(InventoryLine line)
    {
        if (line.Scope is not ("1" or "2" or "biogenic") && (line.Scope != "3" || line.Category != "3")
            || !_byResource.TryGetValue(line.Resource, out var split) || split.Taken.Value.IsZero)
            return _weights.Parts(line.Kgco2e);
        var whole = line.Kgco2e;
        var scale = Math.Max(split.Taken.Value.Scale, split.Metered.Max(m => m?.Value.Scale ?? 0));
        List<BigInteger> by = [.. split.Metered.Select(m => Whole(m?.Value ?? Amount.Zero, scale))];
        by.Add(Whole(split.Taken.Value, scale) - by.Aggregate(BigInteger.Zero, (sum, m) => sum + m));
        var pieces = Apportion.ByLargestRemainder(whole.Value, by, whole.Value.Scale + MoreDecimals);
        var parts = Enumerable.Range(0, _weights.Count).Select(_ => new List<(string, Figure)>()).ToList();
        for (var i = 0; i < by.Count; i++)
        {
            if (by[i].IsZero) continue;
            var isRest = i == _units.Count;
            var piece = new Figure(pieces[i], whole.Unit, new Trace.Formula(isRest
                ? "formula.products.footprint.unitRest" : "formula.products.footprint.unitPart",
                [new("operand.whole", whole), .. isRest ? split.Metered.OfType<Figure>().Select(m =>
                    new Operand("operand.metered", m)) : [new Operand("operand.metered", split.Metered[i]!)],
                    new("operand.taken", split.Taken)]));
            ImmutableArray<int> of = isRest ? [.. Enumerable.Range(0, _weights.Count)] : _units[i].Products;
            foreach (var (part, product) in _weights.Parts(piece, of).Zip(of))
                parts[product].Add((isRest ? "operand.rest" : $"{_units[i].Node}", part));
        }
        return [.. parts.Select(p => Figure.Sum(whole.Unit, p))];
    }

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
            ? [.. moved.Where(a => a.From == node && a.To.Kind == NodeKind.Stock).Select(a => a.Resource)]
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
    /// each unit kept. Null where no unit took any.
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
        var metered = _units.Select(u => Kept(u.Node, inside, unit)).ToList();
        var total = Figure.Sum(unit, [.. into.Select(a => (LabelOf(a), a.Quantity))]);
        var sum = metered.OfType<Figure>().Aggregate(Amount.Zero, (s, m) => s + m.Value);
        if (sum > total.Value || metered.Exists(m => m is { Value.Sign: < 0 }))
            throw Refusal.At("products.footprint.unitOver", "/units", ("resource", resource),
                ("metered", sum), ("taken", total.Value), ("unit", unit));
        return new Split(metered, total);
    }

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

    private static string LabelOf(Activity a) =>
        FormattableString.Invariant($"{a.Month.Year:0000}-{a.Month.Month:00} {a.From} → {a.To}");

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
