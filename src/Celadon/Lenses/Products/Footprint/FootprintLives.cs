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

    /// <summary>Decimals where one unit is no exact multiple of another, as in bills.</summary>
    private const int RatioScale = 18;

    /// <summary>What is stated must be of a product that was made, once each.</summary>
    public void Check(IEnumerable<string> made)
    {
        for (var i = 0; i < spec.Life.Length; i++)
        {
            var life = spec.Life[i];
            if (!made.Contains(life.Product) || spec.Life.Take(i).Any(l => l.Product == life.Product))
                throw Refusal.At("products.footprint.lifeProduct", $"/life/{i}/product",
                    ("product", life.Product), ("items", string.Join(", ", made)));
            CheckDelivery(life.Delivery, $"/life/{i}/delivery");
            if (life.Use is { Years: < 1 or > 100 })
                throw Refusal.At("products.footprint.years", $"/life/{i}/use/years");
            if (life.Use is { Energy.Sign: < 0 } || life.MassKg is { Sign: <= 0 })
                throw Refusal.At("products.footprint.lifeSign",
                    $"/life/{i}/{(life.MassKg is { Sign: <= 0 } ? "massKg" : "use/energy")}");
            if (life.Uptake is { Sign: > 0 })
                throw Refusal.At("products.footprint.uptake", $"/life/{i}/uptake");
            if (life.Release is { Sign: < 0 })
                throw Refusal.At("products.footprint.release", $"/life/{i}/release");
            if (life.Circular is not null && !life.EndOfLife.IsEmpty)
                throw Refusal.At("products.footprint.twoMethods", $"/life/{i}/circular");
            var shares = life.EndOfLife.Aggregate(Amount.Zero, (sum, t) => sum + t.Share);
            if (!life.EndOfLife.IsEmpty
                && (shares != Amount.One || life.EndOfLife.Any(t => t.Share.Sign < 0)))
                throw Refusal.At("products.footprint.treatments", $"/life/{i}/endOfLife", ("sum", shares));
        }
    }

    /// <summary>By the ledger or by legs, and a leg by its distance or its fuel.</summary>
    private static void CheckDelivery(FootprintDelivery? delivery, string at)
    {
        if (delivery is null) return;
        if (delivery.FromBooks != delivery.Legs.IsEmpty)
            throw Refusal.At("products.footprint.delivery", at);
        for (var i = 0; i < delivery.Legs.Length; i++)
        {
            var leg = delivery.Legs[i];
            if (leg.DistanceKm is null == leg.Fuel is null || leg.Fuel is null != leg.Unit is null
                || leg.DistanceKm is { Sign: < 0 } || leg.Fuel is { Sign: < 0 })
                throw Refusal.At("products.footprint.leg", $"{at}/legs/{i}");
            if (leg.Share is { } share && (share.Sign <= 0 || share > Amount.One))
                throw Refusal.At("products.footprint.legShare", $"{at}/legs/{i}/share");
        }
    }

    /// <summary>True where the ledger's carriage to customers counts for a product.</summary>
    public bool TakesCarriage(string product) =>
        spec.Life.Any(l => l.Product == product && l.Delivery is { FromBooks: true });

    /// <summary>A product beyond the gate; null where nothing is stated.</summary>
    /// <param name="made">The product.</param>
    /// <param name="perUnit">To the gate, per unit.</param>
    /// <param name="delivered">What the ledger holds of its delivery, per unit; null for nothing.</param>
    public FootprintGrave? Of(FootprintOutput made, Figure perUnit, Figure? delivered)
    {
        if (LifeOf(made) is not var (life, here)) return null;
        var (unit, parts) = ($"{Unit}/{made.Output.Unit}", Parts(made));
        Figure? Stage(string stage) => parts.Where(p => p.Stage == stage).ToList() is { Count: > 0 } of
            ? Figure.Sum(unit, [.. of.Select(p => (p.Item, p.PerUnit))]) : null;
        var (land, delivery, use) = (Stated(life.LandUseChange, here + "/landUseChange", unit),
            delivered ?? Stage("delivery"), Stage("use"));
        var end = life.Circular is not null ? AfterUse(circular[made.Product], unit) : Stage("endOfLife");
        var gate = land is null ? null
            : Figure.Sum(unit, [("operand.gate", perUnit), ("operand.landUseChange", land)]);
        List<(string, Figure)> atOnce = delivery is null ? [("operand.gate", gate ?? perUnit)]
            : [("operand.gate", gate ?? perUnit), ("operand.delivery", delivery)];
        var whole = use is null || end is null ? null : Figure.Sum(unit,
            [.. atOnce, ("operand.use", use), ("operand.endOfLife", end)]);
        var (uptake, release) = (Stated(life.Uptake, here + "/uptake", unit),
            Stated(life.Release, here + "/release", unit));
        List<(string, Figure)> with = [("operand.excludingUptake", whole ?? gate ?? perUnit)];
        if (whole is not null && release is not null) with.Add(("operand.release", release));
        return new FootprintGrave(delivery, use, end, whole,
            whole is null || spec.Rules != FootprintRules.Pas2050 ? null
                : Weighted(atOnce, use!, end!, life.Use!.Years, unit, here),
            uptake, uptake is null ? null : Figure.Sum(unit, [.. with, ("operand.uptake", uptake)]), land)
        {
            GateWithLandUse = gate,
            Release = release,
        };
    }

    /// <summary>
    /// What is stated beyond the books, part by part, per unit made: land use change, legs, use, treatments
    /// or terms of the circular formula.
    /// </summary>
    public IReadOnlyList<LifePart> Parts(FootprintOutput made)
    {
        if (LifeOf(made) is not var (life, here)) return [];
        var (unit, parts) = ($"{Unit}/{made.Output.Unit}", new List<LifePart>());
        if (Stated(life.LandUseChange, here + "/landUseChange", unit) is { } land)
            parts.Add(new("landUseChange", "landUseChange", land, null));
        foreach (var (leg, i) in (life.Delivery?.Legs ?? []).Select((l, i) => (l, i)))
            parts.Add(new("delivery", leg.Name, Leg(leg, life, made, here, $"{here}/delivery/legs/{i}", unit),
                leg.Factor));
        if (life.Use is { } use) parts.Add(new("use", "use", Used(use, here + "/use", unit), use.Factor));
        if (life.Circular is not null)
            foreach (var (name, term) in TermsAfterUse(circular[made.Product]))
                parts.Add(new("endOfLife", name, new Figure(term.Value, unit,
                    new Trace.Sum([new("operand.part", term)])), null));
        if (life.EndOfLife.IsEmpty) return parts;
        var mass = Mass(life, made, here);
        foreach (var (t, i) in life.EndOfLife.Select((t, i) => (t, i)))
            parts.Add(new("endOfLife", t.Name, Treated(t, mass, unit, $"{here}/endOfLife/{i}"), t.Factor));
        return parts;
    }

    private (FootprintLife Life, string At)? LifeOf(FootprintOutput made)
    {
        var at = spec.Life.Select((l, i) => (Life: l, i)).FirstOrDefault(l => l.Life.Product == made.Product);
        return at.Life is null ? null : (at.Life, $"/life/{at.i}");
    }

    private static Figure? Stated(Amount? amount, string at, string unit) =>
        amount is { } value ? new Figure(value, unit, new Trace.Given(at)) : null;

    /// <summary>Mass × distance × factor, or fuel × factor; of the part that goes this way.</summary>
    private Figure Leg(FootprintLeg leg, FootprintLife life, FootprintOutput made, string here, string at,
        string unit)
    {
        var operands = new List<Operand>();
        if (leg.DistanceKm is { } km)
        {
            var mass = Mass(life, made, here);
            operands.Add(new("operand.mass", new Figure(mass.Value * Amount.From(1, 3), "t",
                new Trace.Formula("formula.products.footprint.tonnes", [new("operand.mass", mass)]))));
            operands.Add(new("operand.distance", new Figure(km, "km", new Trace.Given(at + "/distanceKm"))));
        }
        else
            operands.Add(new("operand.quantity", new Figure(leg.Fuel!.Value, leg.Unit!,
                new Trace.Given(at + "/fuel"))));
        if (leg.Share is { } share)
            operands.Add(new("operand.share", new Figure(share, "", new Trace.Given(at + "/share"))));
        operands.Add(new("operand.factor",
            Factor(leg.Factor, leg.DistanceKm is null ? leg.Unit! : "tkm", at)));
        return Figure.Product(unit, leg.DistanceKm is null ? "formula.products.footprint.legFuel"
            : "formula.products.footprint.leg", [.. operands]);
    }

    private Figure Used(FootprintUse use, string at, string unit) => Figure.Product(unit,
        "formula.products.footprint.use",
        new("operand.quantity", new Figure(use.Energy, $"{use.Unit}/a", new Trace.Given(at + "/energy"))),
        new("operand.years", new Figure(use.Years, "a", new Trace.Given(at + "/years"))),
        new("operand.factor", Factor(use.Factor, use.Unit, at)));

    /// <summary>By the cut-off method: mass × share × factor.</summary>
    private Figure Treated(FootprintTreatment t, Figure mass, string unit, string at) => Figure.Product(unit,
        "formula.products.footprint.treatment", new("operand.mass", mass),
        new("operand.share", new Figure(t.Share, "", new Trace.Given(at + "/share"))),
        new("operand.factor", Factor(t.Factor, "kg", at)));

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
        var parts = TermsAfterUse(report).Select(t => t.Term).ToList();
        if (report.Unit != Unit || parts.Count == 0)
            throw Refusal.At("products.footprint.circularUnit", "/life", ("unit", report.Unit));
        return new Figure(parts.Aggregate(Amount.Zero, (sum, p) => sum + p.Value), unit,
            new Trace.Formula("formula.products.footprint.afterUse",
                [.. parts.Select(p => new Operand("operand.part", p))]));
    }

    private static IEnumerable<(string Name, Figure Term)> TermsAfterUse(CircularFootprintReport report)
    {
        var t = report.Terms;
        return new (string Name, Figure? Term)[]
        {
            ("recycling", t.Recycling), ("recyclingCredit", t.RecyclingCredit),
            ("energyRecovery", t.EnergyRecovery), ("heatCredit", t.HeatCredit),
            ("electricityCredit", t.ElectricityCredit), ("disposal", t.Disposal),
        }.Where(x => x.Term is not null).Select(x => (x.Name, x.Term!));
    }

    /// <summary>
    /// Use in equal parts over its years, the end of life at once after the last. A single release within the
    /// years of the rule loses the slope for each year, any other a year of the period for each year.
    /// </summary>
    private Figure Weighted(List<(string, Figure)> atOnce, Figure use, Figure end, int years, string unit,
        string here)
    {
        var (period, slope) = (Rule("period", here), Rule("delay/slope", here));
        var sum = Enumerable.Range(1, years).Aggregate(Amount.Zero, (s, year) => s + period.Value - year);
        var spread = Weight(sum, period.Value * years, "formula.products.footprint.spread", period);
        var single = years >= Rule("delay/from", here).Value && years <= Rule("delay/to", here).Value
            ? Weight(period.Value - slope.Value * years, period.Value, "formula.products.footprint.single",
                period, slope)
            : Weight(period.Value - years, period.Value, "formula.products.footprint.spread", period);
        return Figure.Sum(unit, [.. atOnce,
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
        return Amount.Divide(Amount.From(numerator), Amount.From(denominator), RatioScale);
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

    /// <summary>
    /// Which lines the rules would let go, by the size of their shares: a credit is no small line for being
    /// below zero. Null without the figures.
    /// </summary>
    public static FootprintCutOff? CutOff(FactorLibrary packs, IEnumerable<FootprintLine> all)
    {
        if (Of(packs, "small") is not { } threshold || Of(packs, "covered") is not { } covered) return null;
        var small = all.Where(l => Size(l.Share).Value < threshold.Value).ToList();
        var sum = Figure.Sum("%", [.. small.Select(l => (l.Traced, Size(l.Share)))]);
        return new FootprintCutOff(threshold, small.Count, sum, new Figure(100 - sum.Value, "%",
            new Trace.Formula("formula.products.footprint.left", [new("operand.part", sum)])), covered);
    }

    /// <summary>A figure without its sign.</summary>
    public static Figure Size(Figure figure) => figure.Value.Sign >= 0 ? figure : new Figure(-figure.Value,
        figure.Unit, new Trace.Formula("formula.products.footprint.size", [new("operand.part", figure)]));
}

/// <summary>A part of a life that is stated and not in the books.</summary>
/// <param name="Stage">"landUseChange", "delivery", "use", "endOfLife".</param>
/// <param name="Item">
/// The name of a leg or treatment, the name of a term of the circular formula, else the stage.
/// </param>
/// <param name="PerUnit">kg CO2e per unit made.</param>
/// <param name="Factor">"pack:row" of its factor; null where it has none.</param>
internal sealed record LifePart(string Stage, string Item, Figure PerUnit, string? Factor);
