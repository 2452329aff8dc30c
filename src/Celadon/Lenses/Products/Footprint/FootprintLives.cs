using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>Use and end of life as they are stated, under the rules that were asked for.</summary>
internal sealed class FootprintLives(FootprintSpec spec, View view, FactorLibrary packs,
    IReadOnlyDictionary<string, CircularFootprintReport> circular)
{
    private const string Unit = "kg CO2e";

    /// <summary>Decimals of a weight.</summary>
    private const int WeightScale = 12;

    /// <summary>What is stated must be of a product that was made, once each.</summary>
    public void Check(IEnumerable<string> made)
    {
        for (var i = 0; i < spec.Life.Length; i++)
        {
            var life = spec.Life[i];
            if (!made.Contains(life.Product) || spec.Life.Take(i).Any(l => l.Product == life.Product))
                throw Refusal.At("products.footprint.lifeProduct", $"/life/{i}/product",
                    ("product", life.Product), ("items", string.Join(", ", made)));
            if (life.Use is { Years: < 1 or > 100 })
                throw Refusal.At("products.footprint.years", $"/life/{i}/use/years");
            if (life.Uptake is { Sign: > 0 })
                throw Refusal.At("products.footprint.uptake", $"/life/{i}/uptake");
            if (life.Circular is not null && !life.EndOfLife.IsEmpty)
                throw Refusal.At("products.footprint.twoMethods", $"/life/{i}/circular");
            var shares = life.EndOfLife.Aggregate(Amount.Zero, (sum, t) => sum + t.Share);
            if (!life.EndOfLife.IsEmpty
                && (shares != Amount.One || life.EndOfLife.Any(t => t.Share.Sign < 0)))
                throw Refusal.At("products.footprint.treatments", $"/life/{i}/endOfLife", ("sum", shares));
        }
    }

    /// <summary>A product beyond the gate; null where nothing is stated.</summary>
    public FootprintGrave? Of(FootprintOutput made, Figure perUnit)
    {
        var at = spec.Life.Select((l, i) => (Life: l, i)).FirstOrDefault(l => l.Life.Product == made.Product);
        if (at.Life is not { } life) return null;
        var (here, unit) = ($"/life/{at.i}", $"{Unit}/{made.Output.Unit}");
        var use = life.Use is { } u ? Used(u, here + "/use", unit) : null;
        var end = life.Circular is not null ? AfterUse(circular[made.Product], unit)
            : life.EndOfLife.IsEmpty ? null : Treated(life, made, here, unit);
        var whole = use is null || end is null ? null : Figure.Sum(unit,
            [("operand.gate", perUnit), ("operand.use", use), ("operand.endOfLife", end)]);
        var uptake = Stated(life.Uptake, here + "/uptake", unit);
        return new FootprintGrave(use, end, whole,
            whole is null || spec.Rules != FootprintRules.Pas2050 ? null
                : Weighted(perUnit, use!, end!, life.Use!.Years, unit, here),
            uptake, uptake is null ? null : Figure.Sum(unit,
                [("operand.excludingUptake", whole ?? perUnit), ("operand.uptake", uptake)]),
            Stated(life.LandUseChange, here + "/landUseChange", unit));
    }

    private static Figure? Stated(Amount? amount, string at, string unit) =>
        amount is { } value ? new Figure(value, unit, new Trace.Given(at)) : null;

    private Figure Used(FootprintUse use, string at, string unit) => Figure.Product(unit,
        "formula.products.footprint.use",
        new("operand.quantity", new Figure(use.Energy, $"{use.Unit}/a", new Trace.Given(at + "/energy"))),
        new("operand.years", new Figure(use.Years, "a", new Trace.Given(at + "/years"))),
        new("operand.factor", Factor(use.Factor, use.Unit, at)));

    /// <summary>By the cut-off method: mass × Σ share × factor.</summary>
    private Figure Treated(FootprintLife life, FootprintOutput made, string here, string unit)
    {
        var mass = Mass(life, made, here);
        return Figure.Sum(unit, [.. life.EndOfLife.Select((t, i) => (t.Name, Figure.Product(unit,
            "formula.products.footprint.treatment", new("operand.mass", mass),
            new("operand.share", new Figure(t.Share, "", new Trace.Given($"{here}/endOfLife/{i}/share"))),
            new("operand.factor", Factor(t.Factor, "kg", $"{here}/endOfLife/{i}")))))]);
    }

    private Figure Mass(FootprintLife life, FootprintOutput made, string here)
    {
        if (life.MassKg is { } stated) return new Figure(stated, "kg", new Trace.Given(here + "/massKg"));
        if (Ratio(made.Output.Unit, "kg") is { } kilograms)
            return new Figure(kilograms, "kg", new Trace.Constant("constant.products.unit"));
        if (made.Registered?.MassKg is { } registered && made.Output.Unit == "piece")
            return new Figure(registered, "kg", new Trace.Registered("product", made.Product, "massKg",
                view.Registers.PositionOf("product", made.Product)));
        throw Refusal.At("products.footprint.lifeMass", here, ("product", made.Product));
    }

    /// <summary>The terms of the circular formula after use; those of what goes in are in the gate.</summary>
    private static Figure AfterUse(CircularFootprintReport report, string unit)
    {
        var t = report.Terms;
        var parts = new[] { t.Recycling, t.RecyclingCredit, t.EnergyRecovery, t.HeatCredit,
            t.ElectricityCredit, t.Disposal }.OfType<Figure>().ToList();
        if (report.Unit != Unit || parts.Count == 0)
            throw Refusal.At("products.footprint.circularUnit", "/life", ("unit", report.Unit));
        return new Figure(parts.Aggregate(Amount.Zero, (sum, p) => sum + p.Value), unit,
            new Trace.Formula("formula.products.footprint.afterUse",
                [.. parts.Select(p => new Operand("operand.part", p))]));
    }

    /// <summary>
    /// Use in equal parts over its years, the end of life at once after the last. A single release within the
    /// years of the rule loses the slope for each year, any other a year of the period for each year.
    /// </summary>
    private Figure Weighted(Figure gate, Figure use, Figure end, int years, string unit, string here)
    {
        var (period, slope) = (Rule("period", here), Rule("delay/slope", here));
        var sum = Enumerable.Range(1, years).Aggregate(Amount.Zero, (s, year) => s + period.Value - year);
        var spread = Weight(sum, period.Value * years, "formula.products.footprint.spread", period);
        var single = years >= Rule("delay/from", here).Value && years <= Rule("delay/to", here).Value
            ? Weight(period.Value - slope.Value * years, period.Value, "formula.products.footprint.single",
                period, slope)
            : Weight(period.Value - years, period.Value, "formula.products.footprint.spread", period);
        return Figure.Sum(unit, [("operand.gate", gate),
            ("operand.use", Figure.Product(unit, "formula.products.footprint.weighted",
                new("operand.use", use), new("operand.weight", spread))),
            ("operand.endOfLife", Figure.Product(unit, "formula.products.footprint.weighted",
                new("operand.endOfLife", end), new("operand.weight", single)))]);
    }

    private static Figure Weight(Amount part, Amount whole, string formula, params Figure[] from) => new(
        Amount.Divide(part, whole, WeightScale), "", new Trace.Formula(formula,
            [.. from.Select(f => new Operand("operand.rule", f))]));

    /// <summary>A figure of the rules from a pack.</summary>
    private Figure Rule(string id, string at) => FootprintRuleValues.Of(packs, id)
        ?? throw Refusal.At("products.footprint.noRule", at, ("id", FootprintRuleValues.Prefix + id));

    private Figure Factor(string key, string unit, string at)
    {
        if (packs.Factor(key) is not { } row || row.Result == FactorResult.KWh
            || packs.ValueOf(row, spec.Gwp) is not { } value
            || Ratio(unit, row.ActivityUnit.Code) is not { } by)
            throw Refusal.At("products.footprint.lifeFactor", at + "/factor", ("factor", key),
                ("unit", unit));
        var published = new Figure(value.Total, $"{Unit}/{row.ActivityUnit.Code}",
            new Trace.PackRow(row.Pack.Id, row.Id, "value", row.Citation));
        return by == Amount.One ? published : Figure.Product($"{Unit}/{unit}",
            "formula.products.footprint.per", new("operand.factor", published),
            new("operand.conversion", new Figure(by, "", new Trace.Constant("constant.products.unit"))));
    }

    private static Amount? Ratio(string from, string to)
    {
        if (!Units.TryParse(from, out var unit) || !Units.TryParse(to, out var wanted)
            || !unit.ConvertsTo(wanted)) return null;
        var (numerator, denominator) = unit.RatioTo(wanted);
        return Amount.Divide(Amount.From(numerator), Amount.From(denominator), WeightScale);
    }
}

/// <summary>Figures of the rules that stand in packs.</summary>
internal static class FootprintRuleValues
{
    /// <summary>What stands before their ids.</summary>
    public const string Prefix = "pas2050/";

    /// <summary>A figure, or null where no pack in use has it.</summary>
    public static Figure? Of(FactorLibrary packs, string id) => Named(packs, Prefix + id);

    /// <summary>The same by its whole id.</summary>
    public static Figure? Named(FactorLibrary packs, string id) => packs.Value(id) is { } value
        ? new Figure(value.Value, value.Unit,
            new Trace.PackRow(value.Pack.Id, value.Id, "value", value.Source))
        : null;

    /// <summary>Which lines the rules would let go; null without the figures.</summary>
    public static FootprintCutOff? CutOff(FactorLibrary packs, IEnumerable<FootprintLine> all)
    {
        if (Of(packs, "small") is not { } threshold || Of(packs, "covered") is not { } covered) return null;
        var small = all.Where(l => l.Share.Value < threshold.Value).ToList();
        var sum = Figure.Sum("%", [.. small.Select(l => (l.Traced, l.Share))]);
        return new FootprintCutOff(threshold, small.Count, sum, new Figure(100 - sum.Value, "%",
            new Trace.Formula("formula.products.footprint.left", [new("operand.part", sum)])), covered);
    }
}
