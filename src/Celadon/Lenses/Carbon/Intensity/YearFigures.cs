using System.Globalization;
using Celadon.Ledger;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>Emissions, energy and denominators of one year, stated or from the books.</summary>
internal sealed class YearFigures
{
    private readonly IntensityYear _year;
    private readonly string _at;
    private readonly View? _view;
    private readonly FactorSource _factors;
    private readonly List<Finding> _findings;

    public YearFigures(IntensityYear year, InventoryReport? inventory, string at, View? view,
        FactorSource factors, List<Finding> findings)
    {
        (_year, _at, _view, _factors, _findings) = (year, at, view, factors, findings);
        if (inventory is not null && !year.Emissions.IsEmpty)
            throw Refuse.At("carbon.intensity.twoNumerators", at);
        Emissions = inventory is null ? StatedEmissions() : OfInventory(inventory);
        Energy = EnergyOf(inventory);
    }

    /// <summary>Total emissions; null when there are none.</summary>
    public Figure? Emissions { get; }

    /// <summary>Total energy in kWh; null when none is known.</summary>
    public Figure? Energy { get; }

    /// <summary>
    /// True when the books hold records of every month: a bill that reaches a few days into a year that was
    /// not recorded is no year to compare with. What is missing is said.
    /// </summary>
    public bool IsWhole
    {
        get
        {
            if (Emissions is null || _year.Inventory is not { } inventory) return false;
            var known = Measurements.Of(_view!, inventory.Sites).Activities.Select(a => a.Month).ToHashSet();
            var months = inventory.Period.Months.Count(known.Contains);
            if (months == inventory.Period.Count) return true;
            _findings.RemoveAll(f => f.Place?.Pointer?.StartsWith(_at, StringComparison.Ordinal) == true);
            _findings.Add(Finding.Of("carbon.intensity.priorIncomplete", Severity.Info, null,
                ("period", inventory.Period), ("months", months), ("of", inventory.Period.Count)));
            return false;
        }
    }

    /// <summary>True when a total of the inventory is partial.</summary>
    public bool Partial { get; private set; }

    /// <summary>The denominator of a name with its place in the spec.</summary>
    public (Denominator Item, string At)? Find(string name) => Stated.Numbered(_year.Per, _at + "/per")
        .Where(p => p.Item.Name == name).Select(p => ((Denominator, string)?)p).FirstOrDefault();

    /// <summary>The ratio of this year's emissions; null where the books hold no output.</summary>
    public Figure? Ratio(Denominator per, string at) =>
        per.Output is not null && OutputOf(per.Output) is null ? null
            : IntensityQuestion.Per(Emissions!, Amount(per, at), per, at);

    /// <summary>What a denominator amounts to.</summary>
    public Figure Amount(Denominator per, string at)
    {
        if (per.Amount is { } stated && per.Output is null) return stated.At(at + "/amount");
        if (per.Output is not { } product || per.Amount is not null || _year.Inventory is null)
            throw Refuse.At("carbon.intensity.denominator", at, ("name", per.Name));
        return OutputOf(product) ?? throw Refuse.At("carbon.intensity.noOutput", at, ("product", product),
            ("period", _year.Inventory.Period));
    }

    /// <summary>What units, or a site as a whole, gave to stocks of a product; null for nothing.</summary>
    private Figure? OutputOf(string product)
    {
        var inventory = _year.Inventory!;
        var made = IntensityRatio.Output(_view!, inventory.Sites, inventory.Period)
            .Where(a => a.Resource == product).ToList();
        if (made.Count == 0) return null;
        var units = made.Select(a => a.Unit).Distinct().ToList();
        if (units.Count > 1) throw Refuse.At("carbon.units", _at, ("given", units[1]), ("wanted", units[0]));
        return IntensityRatio.Sum(units[0], made);
    }

    private Figure? StatedEmissions()
    {
        var emissions = Stated.Numbered(_year.Emissions, _at + "/emissions").Select(e => (e.Item.Name,
            Figure: new Multiplication("formula.stated", e.At)
                .Times("operand.emissions", e.Item.Emissions.At(e.At + "/emissions")).Emissions())).ToList();
        if (emissions.Count == 0) return null;
        var units = emissions.Select(e => e.Figure.Unit).Distinct().ToList();
        if (units.Count > 1)
            throw Refuse.At("carbon.unlikeGases", _at, ("units", string.Join(", ", units)));
        return Figure.Sum(units[0], emissions);
    }

    private Figure? OfInventory(InventoryReport report)
    {
        var scopes = _year.Scopes;
        if (scopes.IsEmpty) throw Refuse.At("carbon.intensity.scopes", _at + "/scopes", ("given", "–"));
        if (scopes.Contains("2-location") && scopes.Contains("2-market")
            || scopes.Distinct().Count() < scopes.Length
            || scopes.Contains("3") && scopes.Any(s => s.StartsWith("3.", StringComparison.Ordinal)))
            throw Refuse.At("carbon.intensity.countedTwice", _at + "/scopes",
                ("given", string.Join(", ", scopes)));
        var parts = new List<(string, Figure)>();
        foreach (var scope in scopes)
        {
            if (TotalOf(report, scope) is not { } total) continue;
            Partial |= total.Partial;
            parts.Add((scope, total.Kgco2e));
        }
        if (Partial)
            _findings.Add(Finding.Of("carbon.intensity.partial", Severity.Warning, new Place(Pointer: _at),
                ("period", report.Period)));
        return parts.Count == 0 ? null : Figure.Sum(parts[0].Item2.Unit, parts);
    }

    private InventoryTotal? TotalOf(InventoryReport report, string scope) => scope switch
    {
        "1" => report.Scope1.Total,
        "2-location" => report.Scope2.Location.Total,
        "2-market" => report.Scope2.Market.Total,
        "3" => report.Scope3.Total,
        _ when scope.StartsWith("3.", StringComparison.Ordinal) && int.TryParse(scope[2..],
            NumberStyles.None, CultureInfo.InvariantCulture, out var category)
            && category is >= 1 and <= 15 =>
            report.Scope3.Categories.FirstOrDefault(c => c.Category == category)?.Total,
        _ => throw Refuse.At("carbon.intensity.scopes", _at + "/scopes", ("given", scope)),
    };

    private Figure? EnergyOf(InventoryReport? report)
    {
        var carriers = report?.Energy ?? [];
        var known = carriers.Where(e => e.Kwh is not null).ToList();
        var stated = Stated.Numbered(_year.Energy, _at + "/energy").Select(e => (Label: e.Item.Name,
            Figure: new Multiplication("formula.quantityTimesFactor", e.At)
                .Times("operand.quantity", e.Item.Quantity.At(e.At + "/quantity"))
                .Times("operand.factor", e.Item.Factor?.Resolve(_factors, e.At + "/factor")).In("kWh")));
        var all = stated.Concat(known.Select(e => (Label: $"{e.Site}: {e.Carrier}", Figure: e.Kwh!)))
            .ToList();
        var bases = _year.Energy.Select(e => CompoundUnit.Parse(e.Quantity.Unit).Calorific)
            .Concat(known.Select(e => e.Calorific ?? CalorificBasis.None)).Distinct().ToList();
        if (bases.Contains(CalorificBasis.Gross) && bases.Contains(CalorificBasis.Net))
            Warn("mixedBasis");
        var left = carriers.Where(e => e.Kwh is null).Select(e => $"{e.Carrier} ({e.Site})").ToList();
        if (left.Count > 0) Warn("energyPartly", ("carriers", string.Join(", ", left)));
        return all.Count == 0 ? null : Figure.Sum("kWh", [.. all.Select(a => (a.Label, a.Figure))]);
    }

    private void Warn(string code, params (string Name, object Value)[] args) => _findings.Add(Finding.Of(
        $"carbon.intensity.{code}", Severity.Warning, new Place(Pointer: _at + "/energy"), args));
}
