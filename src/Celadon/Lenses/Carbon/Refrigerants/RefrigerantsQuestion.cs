using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// carbon.refrigerants: fugitive emissions of cooling plant by mass balance, simplified balance or loss rates
/// (GHG Protocol, Calculating HFC and PFC Emissions; US EPA, Direct Fugitive Emissions).
/// </summary>
public sealed class RefrigerantsQuestion : Question<RefrigerantsSpec, RefrigerantsReport>
{
    private const string Prefix = "formula.carbon.refrigerants.";

    /// <inheritdoc/>
    public override string Name => "carbon.refrigerants";

    /// <inheritdoc/>
    public override string Example => """
        {
          "gwp": "AR5",
          "lines": [
            { "method": "simplified", "name": "Chiller", "gas": "r-410a", "newCharge": "0 kg",
              "newCapacity": "0 kg",
              "recharge": "4.2 kg", "disposedCapacity": "0 kg", "recovered": "0 kg" }
          ]
        }
        """;

    /// <inheritdoc/>
    protected override RefrigerantsReport Compute(
        RefrigerantsSpec spec, View? view, FactorLibrary packs, List<Finding> findings,
            CancellationToken cancel)
    {
        var factors = new FactorSource(packs, findings);
        var lines = ImmutableArray.CreateBuilder<RefrigerantLineReport>();
        foreach (var (line, at) in Stated.Numbered(spec.Lines, "/lines"))
        {
            var (method, lost) = Lost(line, at);
            if (lost.Value.Sign < 0)
                findings.Add(Finding.Of("carbon.refrigerants.negative", Severity.Warning,
                    new Place(Pointer: at),
                    ("name", line.Name), ("kg", lost.Value)));
            if (line is Screening)
                findings.Add(Finding.Of("carbon.refrigerants.screening", Severity.Info,
                    new Place(Pointer: at),
                    ("name", line.Name)));
            var gwp = Gwp(spec, line, at, factors);
            lines.Add(new RefrigerantLineReport(line.Name, method, lost, gwp,
                Figure.Product("kg CO2e", "formula.carbon.massTimesGwp", new Operand("operand.lost", lost),
                    new Operand("operand.gwp", gwp))));
        }
        if (lines.Count == 0) throw Refuse.At("carbon.noLines", "/lines");
        return new RefrigerantsReport(lines.ToImmutable(),
            Figure.Sum("kg CO2e", [.. lines.Select(l => (l.Name, l.Emissions))]));
    }

    private static (string Method, Figure Lost) Lost(RefrigerantLine line, string at) => line switch
    {
        MassBalance m => ("mass-balance", Balance("massBalance",
            Kg("inventoryDecrease", m.InventoryDecrease, at), Kg("purchases", m.Purchases, at),
            Minus(Kg("sales", m.Sales, at)), Minus(Kg("capacityIncrease", m.CapacityIncrease, at)))),
        SimplifiedBalance s => ("simplified", Balance("simplified",
            Kg("newCharge", s.NewCharge, at), Minus(Kg("newCapacity", s.NewCapacity, at)),
            Kg("recharge", s.Recharge, at), Kg("disposedCapacity", s.DisposedCapacity, at),
            Minus(Kg("recovered", s.Recovered, at)))),
        Screening s => ("screening", ByRates(s, at)),
        _ => throw new InvalidOperationException($"No method for {line.GetType()}."),
    };

    private static Figure ByRates(Screening line, string at)
    {
        Stated.Fraction(line.InstallationLoss, at + "/installationLoss");
        Stated.Fraction(line.Remaining, at + "/remaining");
        var left = Amount.One - Stated.Fraction(line.Recovery, at + "/recovery");
        var notRecovered = new Figure(left, "", new Trace.Formula(Prefix + "notRecovered",
            [new Operand("operand.recovery", line.Recovery.At(at + "/recovery"))]));
        var filling = new Multiplication(Prefix + "filling", at)
            .Times("operand.newCharge", line.NewCharge.At(at + "/newCharge"))
            .Times("operand.installationLoss", line.InstallationLoss.At(at + "/installationLoss")).In("kg");
        var operation = new Multiplication(Prefix + "operation", at)
            .Times("operand.capacity", line.Capacity.At(at + "/capacity"))
            .Times("operand.annualLoss", line.AnnualLoss.At(at + "/annualLoss"))
            .Times("operand.time", line.Time.At(at + "/time")).In("kg");
        var disposal = new Multiplication(Prefix + "disposal", at)
            .Times("operand.disposedCapacity", line.DisposedCapacity.At(at + "/disposedCapacity"))
            .Times("operand.remaining", line.Remaining.At(at + "/remaining"))
            .Times("operand.notRecovered", notRecovered).In("kg");
        return Figure.Sum("kg", [("operand.filling", filling), ("operand.operation", operation),
            ("operand.disposal", disposal)]);
    }

    private static Figure Balance(string formula, params (Operand Operand, int Sign)[] parts) => new(
        parts.Aggregate(Amount.Zero, (sum, part) => sum + part.Operand.Figure.Value * part.Sign), "kg",
        new Trace.Formula(Prefix + formula, [.. parts.Select(p => p.Operand)]));

    private static (Operand Operand, int Sign) Kg(string name, Measure measure, string at) =>
        (new Operand("operand." + name, new Multiplication("formula.stated", $"{at}/{name}")
            .Times("operand." + name, measure.At($"{at}/{name}")).In("kg")), 1);

    private static (Operand Operand, int Sign) Minus((Operand Operand, int Sign) part) =>
        (part.Operand, -part.Sign);

    private static Figure Gwp(RefrigerantsSpec spec, RefrigerantLine line, string at, FactorSource factors)
    {
        var ways = (line.Gas is null ? 0 : 1) + (line.Composition.IsEmpty ? 0 : 1) + (line.Gwp is null ? 0
            : 1);
        if (ways != 1) throw Refuse.At("carbon.refrigerants.gas", at);
        if (line.Gwp is { } stated)
            return new Multiplication("formula.stated", at + "/gwp")
                .Times("operand.gwp", stated.Resolve(factors, at + "/gwp")).In("kg CO2e/kg");
        var set = spec.Gwp ?? throw Refuse.At("carbon.refrigerants.set", "/gwp");
        if (line.Gas is { } gas) return factors.Gwp(gas, set, null, at + "/gas");
        Stated.WholeOf(line.Composition.Select(c => c.Share), at + "/composition");
        return Figure.Sum("kg CO2e/kg", [.. Stated.Numbered(line.Composition, at + "/composition").Select(c =>
            (c.Item.Gas, new Multiplication("formula.carbon.gwpPart", c.At)
                .Times("operand.gwp", factors.Gwp(c.Item.Gas, set, null, c.At + "/gas"))
                .Times("operand.massFraction", c.Item.Share.At(c.At + "/share")).In("kg CO2e/kg")))]);
    }
}
