using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>Fuels that are counted by volume or mass and whose factor stands per energy.</summary>
internal sealed partial class Picking
{
    /// <summary>
    /// A cubic metre of gas is no fixed energy: it needs the calorific value of its document. (A normal cubic
    /// metre does too.) Liquid and solid fuels are counted as they come where their factor allows.
    /// </summary>
    private static bool IsGasVolume(Resource fuel, Unit unit) =>
        unit.ConvertsTo(Nm3) || (unit.ConvertsTo(M3) && fuel.Unit.Equals(M3));

    private Resolved ByEnergy(Claim claim, Unit unit, FactorRequest request)
    {
        if (claim.Facts[FactNames.CalorificValue] is { } text)
        {
            var stated = StatedValue.Parse(text);
            if (stated?.Per is null || !stated.Unit.ConvertsTo(Kwh)
                || stated.Calorific == CalorificBasis.None)
                return Resolved.Refused(Finding.Of("inventory.calorificUnreadable", Severity.Warning, null,
                    ("value", text), ("resource", claim.Resource.Id)));
            return Through(claim, unit, stated, null, request, []);
        }
        if (IsGasVolume(claim.Resource, unit))
            return Resolved.Refused(Finding.Of("inventory.noCalorificValue", Severity.Warning, null,
                ("resource", claim.Resource.Id), ("unit", unit.Code),
                ("month", Claim.Text(claim.Activity.Month))));
        foreach (var basis in (CalorificBasis[])[CalorificBasis.Net, CalorificBasis.Gross])
        {
            var answer = Select(request with { Unit = Kwh, Calorific = basis });
            if (answer is not FactorAnswer.Found { Factor: var factor }
                || Published(claim, factor, basis) is not { } row)
                continue;
            var value = new StatedValue(row.Value, row.Numerator, row.Denominator, basis);
            var trace = new Trace.PackRow(row.Pack.Id, row.Id, "value", $"{row.Pack.Citation}; {row.Source}");
            var flag = new InventoryFlag("default-calorific-value", null, $"{row.Pack.Id}:{row.Id}");
            return Through(claim, unit, value, trace, request, [flag]);
        }
        return Resolved.Nothing;
    }

    /// <summary>
    /// The published calorific value for a factor: its own publisher's, else the nearest place's. Never one
    /// transcription alone.
    /// </summary>
    private FuelProperty? Published(Claim claim, Factor factor, CalorificBasis basis)
    {
        var rows = _packs.PropertiesOf(claim.Resource.Id, "calorific-value", PlaceOf(claim))
            .Where(p => p.Calorific == basis && p.Status != FactorStatus.One
                && (p.Variant == factor.Variant || p.Variant.Length == 0) && !p.Denominator.ConvertsTo(M3))
                .ToList();
        return rows.Find(p => p.Pack.Id == factor.Pack.Id) ?? rows.FirstOrDefault();
    }

    private Resolved Through(
        Claim claim, Unit unit, StatedValue value, Trace? published, FactorRequest request,
        ImmutableArray<InventoryFlag> flags)
    {
        var answer = Select(request with { Unit = Kwh, Calorific = value.Calorific });
        Amount? correction = null;
        StatedValue? density = null;
        Trace? densityPublished = null;
        var per = value.Per!;
        var isVolume = unit.ConvertsTo(M3) || unit.ConvertsTo(Nm3);
        if (isVolume ? !(per.ConvertsTo(M3) || per.ConvertsTo(Nm3) || per.ConvertsTo(Kg))
            : !unit.ConvertsTo(per))
            return Resolved.Refused(Finding.Of("inventory.calorificUnlike", Severity.Warning, null,
                ("unit", unit.Code), ("per", per.Code), ("resource", claim.Resource.Id)));
        if (unit.ConvertsTo(M3) && (per.ConvertsTo(Nm3) || IsGasVolume(claim.Resource, unit)))
        {
            correction = claim.Facts.Number(FactNames.VolumeCorrection);
            if (correction is not { Sign: > 0 })
                return Resolved.Refused(Finding.Of("inventory.noVolumeCorrection", Severity.Warning, null,
                    ("resource", claim.Resource.Id), ("month", Claim.Text(claim.Activity.Month))));
        }
        if (isVolume && per.ConvertsTo(Kg))
        {
            (density, densityPublished) = DensityOf(claim, answer);
            if (density is null)
                return Resolved.Refused(Finding.Of("inventory.noDensity", Severity.Warning, null,
                    ("resource", claim.Resource.Id), ("unit", unit.Code)));
            if (densityPublished is Trace.PackRow row)
                flags = flags.Add(new InventoryFlag("default-density", null, $"{row.Pack}:{row.Row}"));
        }
        return Valued(answer, request,
            new Conversion.Energy(value, published, correction, density, densityPublished), flags);
    }

    /// <summary>
    /// The density that the document states, else a published one of the activity's own place.
    /// </summary>
    private (StatedValue? Density, Trace? Published) DensityOf(Claim claim, FactorAnswer answer)
    {
        if (StatedValue.Of(claim.Facts, FactNames.Density) is { } stated)
            return stated.Per is { } per && stated.Unit.ConvertsTo(Kg)
                && (per.ConvertsTo(M3) || per.ConvertsTo(Nm3))
                ? (stated, null) : (null, null);
        var place = PlaceOf(claim);
        var variant = answer is FactorAnswer.Found found ? found.Factor.Variant : "";
        var row = _packs.PropertiesOf(claim.Resource.Id, "density", place).FirstOrDefault(p =>
            _packs.Places.Covers(p.Place, place) && p.Status != FactorStatus.One
            && (p.Variant == variant || p.Variant.Length == 0));
        return row is null ? (null, null)
            : (new StatedValue(row.Value, row.Numerator, row.Denominator, CalorificBasis.None),
                new Trace.PackRow(row.Pack.Id, row.Id, "value", $"{row.Pack.Citation}; {row.Source}"));
    }
}
