using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Brings a carrier to kWh and to tonnes of coal equivalent (29.3076 GJ, net calorific value; GB/T 2589).
/// Electricity takes the standard's equivalent value 当量值 of 0.1229 kgce/kWh.
/// </summary>
internal sealed class EnergyConversion(FactorSource factors, List<Finding> findings)
{
    /// <summary>A row of the report.</summary>
    public StatisticsRow Row(EnergyCarrierUse use)
    {
        if (EnergyOf(use) is not { } energy)
        {
            findings.Add(Finding.Of("carbon.statistics.noEnergy", Severity.Warning, PlaceOf(use),
                ("carrier", use.Carrier), ("site", use.Site), ("unit", use.Quantity.Unit)));
            return new StatisticsRow(use.Site, use.Carrier, use.Quantity, null, null);
        }
        var tce = TceOf(use, energy);
        if (tce is null)
            findings.Add(Finding.Of("carbon.statistics.noTce", Severity.Warning, PlaceOf(use),
                ("carrier", use.Carrier), ("site", use.Site)));
        return new StatisticsRow(use.Site, use.Carrier, use.Quantity, energy, tce);
    }

    private Figure? EnergyOf(EnergyCarrierUse use)
    {
        var stated = Conversions.Reach("formula.carbon.statistics.energy", use.Pointer, use.Quantity,
            use.Through, "kWh");
        if (CompoundUnit.Parse(use.Quantity.Unit).HoldsEnergy || stated.Gives("kWh"))
            return InKwh(stated, [use.Quantity, .. use.Through]);
        var densities = factors.Packs.PropertiesOf(use.Carrier, "density", use.Place);
        foreach (var value in factors.Packs.PropertiesOf(use.Carrier, "calorific-value", use.Place))
        {
            var calorific = factors.Row(value.Pack.Id, value.Id, use.Pointer);
            foreach (var steps in densities.Select(d =>
                (Figure[])[.. use.Through, factors.Row(d.Pack.Id, d.Id, use.Pointer), calorific])
                .Prepend([.. use.Through, calorific]))
            {
                var reached = Conversions.Reach("formula.carbon.statistics.energy", use.Pointer, use.Quantity,
                    steps, "kWh");
                if (!reached.Gives("kWh")) continue;
                findings.Add(Finding.Of("carbon.statistics.published", Severity.Info, PlaceOf(use),
                    ("carrier", use.Carrier), ("site", use.Site), ("row", $"{value.Pack.Id}:{value.Id}")));
                return InKwh(reached, steps);
            }
        }
        return null;
    }

    /// <summary>kWh with the calorific basis of whatever names one.</summary>
    private static Figure InKwh(Multiplication reached, IEnumerable<Figure> parts) =>
        parts.Select(p => CompoundUnit.Parse(p.Unit).Calorific)
            .FirstOrDefault(c => c != CalorificBasis.None) switch
        {
            CalorificBasis.Gross => reached.In("kWh gross"),
            CalorificBasis.Net => reached.In("kWh net"),
            _ => reached.In("kWh"),
        };

    private static Figure? TceOf(EnergyCarrierUse use, Figure energy)
    {
        var multiplication = new Multiplication("formula.carbon.statistics.tce", use.Pointer)
            .Times("operand.energy", energy);
        if (use.Kind == ResourceKind.Electricity)
        {
            var value = CoalConversion.ElectricityEquivalentValue;
            return multiplication.Times("operand.equivalentValue", new Figure(value.KilogramsPerUnit,
                $"kgce/{value.Unit.Code}", new Trace.Constant(value.Source))).In("tce");
        }
        return use.Kind == ResourceKind.Heat || energy.Unit.EndsWith(" net", StringComparison.Ordinal)
            ? multiplication.In("tce") : null;
    }

    private static Place? PlaceOf(EnergyCarrierUse use) => use.Pointer.Length == 0 ? null
        : new Place(Pointer: use.Pointer);
}
