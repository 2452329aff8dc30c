using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// The circular footprint formula for one material (PEF method: Commission Recommendation (EU) 2021/2279,
/// Annex I, 4.4.8). Every term is one exact product, so that an explanation recomputes it.
/// </summary>
internal sealed class CircularComputation(
    CircularMaterial material, string at, string unit, FactorLibrary packs, List<Finding> findings)
{
    private const string Method = "Commission Recommendation (EU) 2021/2279, Annex I, 4.4.8";
    private const string Rest = "formula.products.circular.rest";
    private const string AllocationRows = "cff/a/";

    /// <summary>The material's terms and their sum.</summary>
    public CircularMaterialReport Report()
    {
        if (material.Mass.Sign < 0) throw Refusal.At("products.circular.mass", at + "/mass",
            ("name", material.Name));
        var stated = material.RecyclingRate is not null || material.EnergyRecoveryRate is not null
            || material.Disposal is not null;
        if (!stated) findings.Add(Finding.Of("products.circular.noEndOfLife", Severity.Warning,
            new Place(Pointer: at), ("name", material.Name)));
        var r1 = Share(material.RecycledContent, "recycledContent");
        var r2 = stated ? Share(Needed(material.RecyclingRate, "recyclingRate"), "recyclingRate") : null;
        var r3 = stated
            ? Share(Needed(material.EnergyRecoveryRate, "energyRecoveryRate"), "energyRecoveryRate") : null;
        var allocation = r1.Value.IsZero && r2?.Value.IsZero != false ? null : Allocation();
        var terms = Terms(r1, r2, r3, allocation);
        return new CircularMaterialReport(material.Name, stated, allocation, terms,
            Figure.Sum(unit, terms.Stated));
    }

    private CircularTerms Terms(Figure r1, Figure? r2, Figure? r3, Figure? a)
    {
        var input = Input(r1, a);
        if (r2 is null || r3 is null)
            return CircularTerms.Of([.. input, null, null, null, null, null, null]);
        var left = new Figure(Amount.One - r2.Value - r3.Value, "",
            new Trace.Formula(Rest, [new("operand.circular.r2", r2), new("operand.circular.r3", r3)]));
        if (left.Value.Sign < 0) throw Refusal.At("products.circular.rates", at, ("name", material.Name));
        var disposal = left.Value.IsZero ? null
            : Term(("operand.circular.left", left), PerKg(material.Disposal, "disposal"));
        return CircularTerms.Of([.. input, .. Recycling(r2, a), .. Energy(r3), disposal]);
    }

    private Figure?[] Input(Figure r1, Figure? a)
    {
        var virgin = PerKg(material.Virgin, "virgin");
        var own = Term(("operand.circular.virginShare", Complement("operand.circular.r1", r1)), virgin);
        if (r1.Value.IsZero) return [own, null, null];
        return [own,
            Term(("operand.circular.r1", r1), ("operand.circular.a", a!),
                PerKg(material.Recycled, "recycled")),
            Term(("operand.circular.r1", r1), Shared(a!), virgin,
                Quality(material.QualityIn, "qualityIn"))];
    }

    private Figure?[] Recycling(Figure r2, Figure? a) => r2.Value.IsZero ? [null, null] :
    [
        Term(Shared(a!), ("operand.circular.r2", r2), PerKg(material.Recycling, "recycling")),
        Term(Minus, Shared(a!), ("operand.circular.r2", r2), PerKg(material.AvoidedVirgin, "avoidedVirgin"),
            Quality(material.QualityOut, "qualityOut")),
    ];

    private Figure?[] Energy(Figure r3)
    {
        if (r3.Value.IsZero) return [null, null, null];
        var b = Share(Needed(material.EnergyAllocation, "energyAllocation"), "energyAllocation");
        var shared = ("operand.circular.notB", Complement("operand.circular.b", b));
        var heating = NotNegative(material.HeatingValue, "heatingValue", "MJ/kg");
        var heat = Share(Needed(material.HeatEfficiency, "heatEfficiency"), "heatEfficiency");
        var power = Share(Needed(material.ElectricityEfficiency, "electricityEfficiency"),
            "electricityEfficiency");
        if (heat.Value + power.Value > Amount.One)
            throw Refusal.At("products.circular.efficiencies", at, ("name", material.Name));
        return [Term(shared, ("operand.circular.r3", r3), PerKg(material.EnergyRecovery, "energyRecovery")),
            Credit(("operand.circular.heatEfficiency", heat), material.AvoidedHeat, "avoidedHeat"),
            Credit(("operand.circular.electricityEfficiency", power), material.AvoidedElectricity,
                "avoidedElectricity")];

        Figure Credit((string, Figure) efficiency, Amount? avoided, string spared) =>
            Term(Minus, shared, ("operand.circular.r3", r3), heating, efficiency,
                Given(avoided, spared, unit + "/MJ"));
    }

    private static (string, Figure) Minus => ("operand.circular.credit",
        new Figure(-Amount.One, "", new Trace.Constant(Method)));

    private static (string, Figure) Shared(Figure a) =>
        ("operand.circular.notA", Complement("operand.circular.a", a));

    private Figure Term(params (string Label, Figure Figure)[] operands) => Figure.Product(unit,
        "formula.products.circular.term",
        [new("operand.circular.mass", new Figure(material.Mass, "kg", new Trace.Given(at + "/mass"))),
            .. operands.Select(o => new Operand(o.Label, o.Figure))]);

    private Figure Allocation()
    {
        if (material.Allocation is not null && material.AllocationFrom is not null)
            throw Refusal.At("products.circular.twoAllocations", at, ("name", material.Name));
        if (material.AllocationFrom is not { } id)
            return Usual(Share(Needed(material.Allocation, "allocation"), "allocation"));
        if (packs.Value(id) is not { Unit: "" } row)
            throw Refusal.At("products.value.unknown", at + "/allocationFrom", ("id", id));
        if (row.Value.Sign < 0 || row.Value > Amount.One) throw OutOfRange(row.Value, "allocationFrom");
        if (row.Status != FactorStatus.Source) findings.Add(Finding.Of("products.value.status", Severity.Info,
            new Place(Pointer: at + "/allocationFrom"), ("id", $"{row.Pack.Id}:{row.Id}"),
            ("value", row.Value), ("source", row.Source)));
        return new Figure(row.Value, "", new Trace.PackRow(row.Pack.Id, row.Id, "value",
            $"{row.Pack.Citation}, {row.Source}"));
    }

    /// <summary>A that lies beyond every value which the packs know is taken, and said.</summary>
    private Figure Usual(Figure a)
    {
        var known = packs.Packs.SelectMany(p => p.Values)
            .Where(v => v.Unit.Length == 0 && v.Id.StartsWith(AllocationRows, StringComparison.Ordinal))
            .Select(v => v.Value).ToList();
        if (known.Count > 0 && (a.Value < known.Min() || a.Value > known.Max()))
            findings.Add(Finding.Of("products.circular.allocation", Severity.Warning,
                new Place(Pointer: at + "/allocation"), ("name", material.Name), ("value", a.Value),
                ("least", known.Min()), ("most", known.Max())));
        return a;
    }

    /// <summary>Recyclate that is worth more than primary material is taken, and said.</summary>
    private (string, Figure) Quality(Amount? value, string name)
    {
        if (value > Amount.One) findings.Add(Finding.Of("products.circular.quality", Severity.Warning,
            new Place(Pointer: $"{at}/{name}"), ("name", material.Name), ("value", value.Value)));
        return NotNegative(value, name, "");
    }

    private static Figure Complement(string label, Figure share) => new(Amount.One - share.Value, "",
        new Trace.Formula(Rest, [new(label, share)]));

    private Figure Share(Amount value, string name) => value.Sign >= 0 && value <= Amount.One
        ? AsGiven(value, name, "")
        : throw OutOfRange(value, name);

    private (string, Figure) NotNegative(Amount? value, string name, string valueUnit) =>
        value is { Sign: < 0 } below ? throw OutOfRange(below, name) : Given(value, name, valueUnit);

    private RefusedException OutOfRange(Amount value, string name) => Refusal.At("products.circular.share",
        $"{at}/{name}", ("name", material.Name), ("parameter", "circular." + name),
        ("value", value));

    private (string, Figure) PerKg(Amount? value, string name) => Given(value, name, unit + "/kg");

    private (string, Figure) Given(Amount? value, string name, string valueUnit) =>
        ("operand.circular." + name, AsGiven(Needed(value, name), name, valueUnit));

    private Figure AsGiven(Amount value, string name, string valueUnit) =>
        new(value, valueUnit, new Trace.Given($"{at}/{name}"));

    private Amount Needed(Amount? value, string name) => value
        ?? throw Refusal.At("products.circular.missing", $"{at}/{name}", ("name", material.Name),
            ("parameter", "circular." + name));
}
