using System.Collections.Immutable;
using System.Text.Json;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// carbon.intensity: emissions and energy per output, area, person or turnover, with the year before (UK
/// SECR: at least one ratio, prior year, energy in kWh). The numerator is stated, or an inventory of the
/// books.
/// </summary>
public sealed class IntensityQuestion : Question<IntensitySpec, IntensityReport>, ITakesAnswers
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
    public ImmutableArray<TakenAnswer> Takes(object spec) =>
        [.. Years((IntensitySpec)spec).Where(y => y.Inventory is not null).Select(y =>
            new TakenAnswer("carbon.inventory", JsonSerializer.Serialize(y.Inventory, Json)))];

    /// <inheritdoc/>
    public Answer Compute(object spec, View? view, FactorLibrary packs, IReadOnlyList<Answer> taken,
        CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var reports = new Queue<InventoryReport>(taken.Select(t => (InventoryReport)t.Report));
        var report = Compute((IntensitySpec)spec, view, packs, findings, reports);
        return new Answer(report, [.. findings]);
    }

    /// <inheritdoc/>
    protected override ViewRequest? Needs(IntensitySpec spec)
    {
        var books = Years(spec).Where(y => y.Inventory is not null).Select(y => y.Inventory!).ToList();
        return books.Count == 0 ? null : new ViewRequest(new MonthSpan(
            books.Min(b => b.Period.First), books.Max(b => b.Period.Last)), []);
    }

    /// <inheritdoc/>
    protected override IntensityReport Compute(
        IntensitySpec spec, View? view, FactorLibrary packs, List<Finding> findings,
        CancellationToken cancel) => Compute(spec, view, packs, findings, new Queue<InventoryReport>());

    private static IntensityReport Compute(
        IntensitySpec spec, View? view, FactorLibrary packs, List<Finding> findings,
        Queue<InventoryReport> taken)
    {
        var factors = new FactorSource(packs, findings);
        InventoryReport? Taken(IntensityYear year) => year.Inventory is null ? null : taken.Dequeue();
        var years = Years(spec);
        var year = new YearFigures(years[0], Taken(years[0]), "/year", view, factors, findings);
        var before = years.Count == 1 ? null
            : new YearFigures(years[1], Taken(years[1]), "/prior", view, factors, findings);
        if (before is not null && spec.Prior is null && !before.IsWhole) before = null;
        var emissions = year.Emissions ?? throw Refuse.At("carbon.noLines", "/year/emissions");
        if (before is not null && before.Emissions is null)
            throw Refuse.At("carbon.noLines", "/prior/emissions");
        var limit = factors.Value("secr/de-minimis", "kWh");
        bool? below = year.Energy is null ? null : year.Energy.Value <= limit.Value;
        if (below == true)
            findings.Add(Finding.Of("carbon.intensity.deMinimis", Severity.Info, null,
                ("kwh", year.Energy!.Value), ("limit", limit.Value)));
        if (before is null) findings.Add(Finding.Of("carbon.intensity.noPrior", Severity.Info, null));
        var ratios = Stated.Numbered(spec.Year.Per, "/year/per")
            .Select(per => Ratio(year, before, emissions, per.Item, per.At)).ToImmutableArray();
        if (ratios.IsEmpty) throw Refuse.At("carbon.noLines", "/year/per");
        return new IntensityReport(emissions, year.Energy, limit, below, ratios)
        {
            Period = years[0].Inventory?.Period,
            PriorEmissions = before?.Emissions,
            PriorEnergy = before?.Energy,
            Partial = year.Partial || before?.Partial == true,
        };
    }

    /// <summary>
    /// The year and the one before, as stated, or from the books the same months one year earlier.
    /// </summary>
    private static List<IntensityYear> Years(IntensitySpec spec)
    {
        if (spec.Prior is { } stated) return [spec.Year, stated];
        if (spec.Year.Inventory is not { } inventory) return [spec.Year];
        var months = inventory.Period;
        var earlier = new MonthSpan(months.First.PlusMonths(-12), months.Last.PlusMonths(-12));
        return [spec.Year, new IntensityYear
        {
            Inventory = inventory with { Period = earlier },
            Scopes = spec.Year.Scopes,
            Per = [.. spec.Year.Per.Where(p => p.Output is not null)],
        }];
    }

    private static RatioReport Ratio(
        YearFigures year, YearFigures? prior, Figure emissions, Denominator per, string at)
    {
        var ratio = Per(emissions, year.Amount(per, at), per, at);
        var before = prior?.Find(per.Name) is { } found ? prior.Ratio(found.Item, found.At) : null;
        if (before is not null && before.Unit != ratio.Unit)
            throw Refuse.At("carbon.units", at, ("given", before.Unit), ("wanted", ratio.Unit));
        return new RatioReport(per.Name, ratio,
            year.Energy is null ? null : Per(year.Energy, year.Amount(per, at), per, at), before,
            before is null || before.Value.IsZero ? null : Change(before, ratio));
    }

    /// <summary>A figure ÷ a denominator.</summary>
    internal static Figure Per(Figure figure, Figure by, Denominator per, string at) => by.Value.Sign <= 0
        ? throw Refuse.At("carbon.zeroDivisor", at + "/amount", ("name", per.Name))
        : IntensityRatio.Of(figure, per.Name, by);

    private static Figure Change(Figure before, Figure after) => new(
        Amount.Divide((after.Value - before.Value) * 100, before.Value, 4), "%", new Trace.Formula(
            Prefix + "change", [new("operand.after", after), new("operand.before", before)]));
}
