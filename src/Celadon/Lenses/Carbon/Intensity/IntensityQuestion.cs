using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// carbon.intensity: emissions and energy per output, area, person or turnover, with the year before (UK
/// SECR: at least one ratio, prior year, energy in kWh).
/// </summary>
public sealed class IntensityQuestion : Question<IntensitySpec, IntensityReport>
{
    private const string Prefix = "formula.carbon.intensity.";

    /// <inheritdoc/>
    public override string Name => "carbon.intensity";

    /// <inheritdoc/>
    public override string Example => """
        {
          "year": {
            "emissions": [
              { "name": "Scope 1", "emissions": "38568.445956 kg CO2e" },
              { "name": "Scope 2, location-based", "emissions": "5395.368656 kg CO2e" }
            ],
            "energy": [
              { "name": "Electricity", "quantity": "41198.6 kWh" },
              { "name": "Gas", "quantity": "134647.6 kWh gross" }
            ],
            "per": [ { "name": "Ware", "amount": "9.8 t" }, { "name": "Staff", "amount": "58 person" } ]
          },
          "prior": {
            "emissions": [ { "name": "Scope 1 and 2", "emissions": "46200 kg CO2e" } ],
            "per": [ { "name": "Ware", "amount": "9.9 t" } ]
          }
        }
        """;

    /// <inheritdoc/>
    protected override IntensityReport Compute(
        IntensitySpec spec, View? view, FactorLibrary packs, List<Finding> findings, CancellationToken cancel)
    {
        var factors = new FactorSource(packs, findings);
        var (emissions, energy) = Totals(spec.Year, "/year", factors, findings);
        var prior = spec.Prior is null ? null : Totals(spec.Prior, "/prior", factors, findings).Emissions;
        var limit = factors.Value("secr/de-minimis", "kWh");
        bool? below = energy is null ? null : energy.Value <= limit.Value;
        if (below == true)
            findings.Add(Finding.Of("carbon.intensity.deMinimis", Severity.Info, null,
                ("kwh", energy!.Value), ("limit", limit.Value)));
        if (spec.Prior is null) findings.Add(Finding.Of("carbon.intensity.noPrior", Severity.Info, null));
        var ratios = Stated.Numbered(spec.Year.Per, "/year/per").Select(per =>
        {
            var ratio = Per(emissions, per.Item, per.At);
            var index = spec.Prior?.Per.Select(p => p.Name).ToList().IndexOf(per.Item.Name) ?? -1;
            var before = index < 0 ? null
                : Per(prior!, spec.Prior!.Per[index], FormattableString.Invariant($"/prior/per/{index}"));
            if (before is not null && before.Unit != ratio.Unit)
                throw Refuse.At("carbon.units", per.At, ("given", before.Unit), ("wanted", ratio.Unit));
            return new RatioReport(per.Item.Name, ratio, energy is null ? null
                : Per(energy, per.Item, per.At), before,
                before is null || before.Value.IsZero ? null : Change(before, ratio));
        }).ToImmutableArray();
        if (ratios.IsEmpty) throw Refuse.At("carbon.noLines", "/year/per");
        return new IntensityReport(emissions, energy, limit, below, ratios);
    }

    private static (Figure Emissions, Figure? Energy) Totals(
        IntensityYear year, string at, FactorSource factors, List<Finding> findings)
    {
        var emissions = Stated.Numbered(year.Emissions, at + "/emissions").Select(e => (e.Item.Name,
            Figure: new Multiplication("formula.stated", e.At)
                .Times("operand.emissions", e.Item.Emissions.At(e.At + "/emissions")).Emissions())).ToList();
        if (emissions.Count == 0) throw Refuse.At("carbon.noLines", at + "/emissions");
        var units = emissions.Select(e => e.Figure.Unit).Distinct().ToList();
        if (units.Count > 1) throw Refuse.At("carbon.unlikeGases", at, ("units", string.Join(", ", units)));
        var bases = year.Energy.Select(e => CompoundUnit.Parse(e.Quantity.Unit).Calorific).Distinct()
            .ToList();
        if (bases.Contains(CalorificBasis.Gross) && bases.Contains(CalorificBasis.Net))
            findings.Add(Finding.Of("carbon.intensity.mixedBasis", Severity.Warning,
                new Place(Pointer: at + "/energy")));
        var energy = Stated.Numbered(year.Energy, at + "/energy").Select(e => (e.Item.Name,
            Figure: new Multiplication("formula.quantityTimesFactor", e.At)
                .Times("operand.quantity", e.Item.Quantity.At(e.At + "/quantity"))
                .Times("operand.factor", e.Item.Factor?.Resolve(factors, e.At + "/factor")).In("kWh")))
                    .ToList();
        return (Figure.Sum(units[0], emissions), energy.Count == 0 ? null : Figure.Sum("kWh", energy));
    }

    private static Figure Per(Figure figure, Denominator per, string at) => per.Amount.Value.Sign <= 0
        ? throw Refuse.At("carbon.zeroDivisor", at + "/amount", ("name", per.Name))
        : new Figure(Multiplication.Quotient(figure.Value, per.Amount.Value),
            $"{figure.Unit}/{per.Amount.Unit}",
            new Trace.Formula(Prefix + "ratio", [new("operand.quantity", figure),
                new(per.Name, per.Amount.At(at + "/amount"))]));

    private static Figure Change(Figure before, Figure after) => new(
        Amount.Divide((after.Value - before.Value) * 100, before.Value, 4), "%", new Trace.Formula(
            Prefix + "change", [new("operand.after", after), new("operand.before", before)]));
}
