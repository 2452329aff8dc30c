using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses.Products;

/// <summary>
/// Something a site made: its register where there is one, how much, and of that what was made where in
/// which month.
/// </summary>
internal sealed record FootprintOutput(string Product, Name Name, Product? Registered, Figure Output,
    IReadOnlyList<(YearMonth Month, Node From, (string Label, Figure Figure) Part)> Months)
{
    /// <summary>What was made on a unit in a month; null for nothing recorded.</summary>
    /// <param name="from">The unit; null for all of the site.</param>
    /// <param name="month">The month; null for all months.</param>
    public Figure? In(Node? from, YearMonth? month)
    {
        if (from is null && month is null) return Output;
        var parts = Months.Where(m => (from is null || m.From == from) && (month is null || m.Month == month))
            .Select(m => m.Part).ToList();
        return parts.Count == 0 ? null : Figure.Sum(Output.Unit, parts);
    }
}

/// <summary>By what some of the products share something: their numbers and weights.</summary>
internal sealed record FootprintShares(IReadOnlyList<int> Of, IReadOnlyList<Figure> Weights, Figure Sum);

/// <summary>
/// The weights by which products share burdens. Parts of a line are quantised once, by largest remainder, so
/// that they add up to it.
/// </summary>
internal sealed class FootprintWeights
{
    /// <summary>Decimals that a part gets beyond those of its line.</summary>
    private const int MoreDecimals = 6, ShareScale = 6;

    private readonly List<FootprintOutput> _made;
    private readonly Func<FootprintOutput, Figure> _weigh;
    private readonly List<Figure> _weights = [];
    private readonly Figure _sum;

    public FootprintWeights(FootprintSpec spec, View view, List<FootprintOutput> made, List<Finding> findings)
    {
        _made = made;
        _weigh = m => m.Output;
        if (made.Count == 1)
        {
            if (spec.Allocation is not null)
                findings.Add(Finding.Of("products.footprint.oneProduct", Severity.Info, null,
                    ("product", made[0].Product)));
            _weights.Add(made[0].Output);
        }
        else
        {
            var allocation = spec.Allocation ?? throw Refusal.At("products.footprint.allocation",
                "/allocation", ("site", spec.Site),
                ("products", string.Join(", ", made.Select(m => m.Product))));
            if (string.IsNullOrWhiteSpace(allocation.Reason))
                throw Refusal.At("products.footprint.reason", "/allocation/reason");
            (Key, Reason) = (allocation.Key, allocation.Reason);
            _weigh = m => Weight(allocation, m, view);
            _weights.AddRange(made.Select(_weigh));
            if (allocation.Key == FootprintKey.Stated
                && _weights.Aggregate(Amount.Zero, (sum, w) => sum + w.Value) != Amount.One)
                throw Refusal.At("products.footprint.shares", "/allocation/weights",
                    ("sum", _weights.Aggregate(Amount.Zero, (sum, w) => sum + w.Value)));
        }
        _sum = Figure.Sum(_weights[0].Unit, [.. made.Select((m, i) => (m.Product, _weights[i]))]);
        if (_sum.Value.Sign <= 0 || _weights.Exists(w => w.Value.Sign < 0))
            throw Refusal.At("products.footprint.noWeight", "/allocation");
    }

    /// <summary>By what products share; null where there is one alone.</summary>
    public FootprintKey? Key { get; }

    /// <summary>Why.</summary>
    public string? Reason { get; }

    /// <summary>How many products there are.</summary>
    public int Count => _weights.Count;

    /// <summary>The share of a product in percent; null where there is one alone.</summary>
    public Figure? ShareOf(int product) => Key is null ? null
        : new Figure(Amount.Divide(_weights[product].Value * 100, _sum.Value, ShareScale), "%",
            new Trace.Formula("formula.products.footprint.percent",
                [new("operand.part", _weights[product]), new("operand.whole", _sum)]));

    /// <summary>The parts of a line, one a product, by all that was made in all months.</summary>
    public Figure[] Parts(Figure line) =>
        Parts(line, new FootprintShares([.. Enumerable.Range(0, Count)], _weights, _sum));

    /// <summary>
    /// How some of the products share by what was made of them on a unit or in a month; by the stated shares
    /// where those were asked for, whatever was made. Null where nothing was made.
    /// </summary>
    /// <param name="of">Numbers of the products.</param>
    /// <param name="from">The unit; null for all of the site.</param>
    /// <param name="month">The month; null for all months.</param>
    public FootprintShares? Shares(IReadOnlyList<int> of, Node? from, YearMonth? month)
    {
        var weights = of.Select(i => (i, Weight: Key == FootprintKey.Stated ? _weights[i]
            : _made[i].In(from, month) is { } made ? _weigh(_made[i] with { Output = made }) : null))
            .Where(w => w.Weight is not null).ToList();
        if (weights.Count == 0) return null;
        var sum = Figure.Sum(_weights[0].Unit, [.. weights.Select(w => (_made[w.i].Product, w.Weight!))]);
        return sum.Value.Sign <= 0 || weights.Exists(w => w.Weight!.Value.Sign < 0) ? null
            : new FootprintShares([.. weights.Select(w => w.i)], [.. weights.Select(w => w.Weight!)], sum);
    }

    /// <summary>The parts of a figure, one for each product of the shares, in their order.</summary>
    public static Figure[] Parts(Figure whole, FootprintShares by)
    {
        if (by.Of.Count == 1)
            return [new Figure(whole.Value, whole.Unit, new Trace.Sum([new("operand.whole", whole)]))];
        var scale = by.Weights.Max(w => w.Value.Scale);
        var weights = by.Weights.Select(w =>
        {
            w.Value.TryGetUnscaled(scale, out var unscaled);
            return unscaled;
        });
        var parts = Apportion.ByLargestRemainder(whole.Value, [.. weights],
            whole.Value.Scale + MoreDecimals);
        return [.. parts.Select((part, at) => new Figure(part, whole.Unit, new Trace.Formula(
            "formula.products.footprint.part", [new("operand.whole", whole),
                new("operand.weight", by.Weights[at]), new("operand.weights", by.Sum)])))];
    }

    /// <summary>
    /// The footprint of one piece: where the books count pieces it is that of a unit; where they count mass,
    /// by the piece's mass in the register. Null where neither is so.
    /// </summary>
    public static Figure? PerPiece(FootprintOutput made, Figure perUnit, View view)
    {
        if (made.Registered?.MassKg is not { } mass || made.Output.Unit == "piece"
            || KgPer(made.Output.Unit) is not { } kg) return null;
        var piece = new Figure(mass, "kg", new Trace.Registered("product", made.Product, "massKg",
            view.Registers.PositionOf("product", made.Product)));
        return new Figure(Amount.Divide(perUnit.Value * mass, kg, 12),
            $"{perUnit.Unit.Split('/')[0]}/piece", new Trace.Formula("formula.products.footprint.perPiece",
                [new("operand.emissions", perUnit), new("operand.mass", piece)]));
    }

    private static Figure Weight(FootprintAllocation allocation, FootprintOutput made, View view)
    {
        if (allocation.Key == FootprintKey.Mass) return Mass(made, view);
        var at = allocation.Weights.Select((w, i) => (w, i)).FirstOrDefault(w => w.w.Product == made.Product);
        if (at.w is null)
            throw Refusal.At("products.footprint.noWeightOf", "/allocation/weights",
                ("product", made.Product));
        var given = new Figure(at.w.Value, "", new Trace.Given($"/allocation/weights/{at.i}/value"));
        return allocation.Key == FootprintKey.Stated ? given
            : new Figure(made.Output.Value * given.Value, "", new Trace.Formula(
                "formula.products.footprint.revenue",
                [new("operand.output", made.Output), new("operand.price", given)]));
    }

    private static Figure Mass(FootprintOutput made, View view)
    {
        if (KgPer(made.Output.Unit) is { } kg)
            return new Figure(made.Output.Value * kg, "kg", new Trace.Formula(
                "formula.products.footprint.mass", [new("operand.output", made.Output)]));
        if (made.Output.Unit != "piece" || made.Registered?.MassKg is not { } mass)
            throw Refusal.At("products.footprint.noMass", "/allocation/key", ("product", made.Product),
                ("unit", made.Output.Unit));
        var piece = new Figure(mass, "kg/piece", new Trace.Registered("product", made.Product, "massKg",
            view.Registers.PositionOf("product", made.Product)));
        return new Figure(made.Output.Value * mass, "kg", new Trace.Formula("formula.products.footprint.mass",
            [new("operand.output", made.Output), new("operand.mass", piece)]));
    }

    /// <summary>How many kg a unit of mass is, or null for another unit.</summary>
    private static Amount? KgPer(string unit)
    {
        if (!Units.TryParse(unit, out var mass) || !mass.ConvertsTo(Units.Parse("kg"))) return null;
        var (numerator, denominator) = mass.RatioTo(Units.Parse("kg"));
        return Amount.TryDivide(Amount.From(numerator), Amount.From(denominator), out var kg) ? kg : null;
    }
}
