using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>A number with its half width.</summary>
/// <param name="Id">Which number: all that bears one id is one number.</param>
/// <param name="Kind">"document", "meter", "range", "factor".</param>
/// <param name="Source">Who states the half width.</param>
/// <param name="HalfWidth">95 %, relative, as a fraction.</param>
internal sealed record UncertainFigure(string Id, string Kind, string Source, Figure HalfWidth);

/// <summary>
/// Who states how well a number is known. Activity data: the document itself, then the accuracy of the meter
/// that measured it, then a range of the spec for its resource, then one for its basis. Factors: a range of
/// the spec by name, then the interval its pack states, then a range of the spec for its pack. Else nobody.
/// </summary>
internal sealed class StatedRanges(
    InventoryRun run, InventoryUncertaintySpec spec, FactorLibrary packs, List<Finding> findings)
{
    private const string Prefix = "formula.inventory.";
    private readonly Dictionary<Activity, UncertainFigure?> _ofActivities =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>The number an activity is, or null when nobody states its uncertainty.</summary>
    public UncertainFigure? OfActivity(Activity activity)
    {
        if (_ofActivities.TryGetValue(activity, out var known)) return known;
        return _ofActivities[activity] =
            OfDocument(activity) ?? OfMeter(activity) ?? OfResource(activity) ?? OfBasis(activity);
    }

    /// <summary>The number a line's factor is, or null when nobody states its uncertainty.</summary>
    public UncertainFigure? OfFactor(InventoryLine line)
    {
        var id = "factor:" + line.FactorId;
        foreach (var (range, at) in Stated.Numbered(spec.Factors, "/uncertainty/factors"))
            if (range.Factor == line.FactorId)
                return new UncertainFigure(id, "factor", range.Source, HalfOf(range.Uncertainty, at));
        if (OfPack(line) is { } stated) return new UncertainFigure(id, "factor", stated.Source, stated.Half);
        foreach (var (range, at) in Stated.Numbered(spec.Factors, "/uncertainty/factors"))
            if (range.Factor is null && range.Pack is not null && range.Pack == line.Pack
                && (range.Kind is null || range.Kind == line.Kind))
                return new UncertainFigure(id, "factor", range.Source, HalfOf(range.Uncertainty, at));
        return null;
    }

    /// <summary>Half of the interval ÷ the value it belongs to.</summary>
    private (string Source, Figure Half)? OfPack(InventoryLine line)
    {
        if (packs.UncertaintyOf(line.FactorId) is not { } stated
            || packs.Factor(line.FactorId) is not { } factor
            || (stated.Gas == "co2" ? factor.Co2 : factor.Value) is not { IsZero: false } value) return null;
        Figure End(string column, Amount amount) => new(amount, "", new Trace.PackRow(
            factor.Pack.Id, factor.Id, column, $"{factor.Pack.Citation}: {stated.Source}"));
        var half = Amount.Divide(stated.Upper - stated.Lower, value * 2, ErrorPropagation.Scale + 2);
        return ($"{factor.Pack.Id}: {stated.Source}", new Figure(half, "", new Trace.Formula(
            Prefix + "halfInterval",
            [new("operand.inventory.upper", End("upper", stated.Upper)),
                new("operand.inventory.lower", End("lower", stated.Lower)),
                new("operand.inventory.value", End(stated.Gas.Length > 0 ? stated.Gas : "value", value))])));
    }

    private UncertainFigure? OfDocument(Activity activity)
    {
        if (activity.Facts[FactNames.Uncertainty] is not { } text) return null;
        try
        {
            var percent = HalfOf(Measure.Parse(text), "");
            return new UncertainFigure($"document:{Flow(activity)}:{Claim.Text(activity.Month)}:{text}",
                "document", text, percent with
                {
                    Trace = new Trace.Fact(activity.FirstPosition, FactNames.Uncertainty),
                });
        }
        catch (Exception e) when (e is FormatException or RefusedException)
        {
            findings.Add(Finding.Of("inventory.uncertaintyUnreadable", Severity.Warning,
                new Place(Record: activity.FirstPosition), ("resource", activity.Resource), ("value", text)));
            return null;
        }
    }

    /// <summary>The accuracy of a meter speaks for what it measured, not for an estimate.</summary>
    private UncertainFigure? OfMeter(Activity activity)
    {
        if (IsEstimated(activity) || activity.Basis is not (Basis.Measured or Basis.Invoiced)
            || activity.Facts[FactNames.Meter] is not { } id
            || run.Registers.Find<Meter>(id) is not { AccuracyPercent: { } percent } meter) return null;
        return new UncertainFigure("meter:" + id, "meter", $"{percent} %", new Figure(
            percent * Amount.From(1, 2), "", new Trace.Registered("meter", meter.Id, "accuracyPercent",
                run.Registers.PositionOf("meter", meter.Id))));
    }

    private UncertainFigure? OfResource(Activity activity)
    {
        foreach (var (range, at) in Stated.Numbered(spec.Activities, "/uncertainty/activities"))
            if ((packs.Resources.Find(activity.Resource)?.Id ?? activity.Resource)
                == (packs.Resources.Find(range.Resource)?.Id ?? range.Resource)
                && (range.Site is null || range.Site == activity.Site))
                return new UncertainFigure($"activity:{activity.Site}:{range.Resource}", "range",
                    range.Source, HalfOf(range.Uncertainty, at));
        return null;
    }

    private UncertainFigure? OfBasis(Activity activity)
    {
        var basis = IsEstimated(activity) ? Basis.Estimated : activity.Basis;
        foreach (var (range, at) in Stated.Numbered(spec.Bases, "/uncertainty/bases"))
            if (range.Basis == basis)
                return new UncertainFigure($"{ChainFormat.NameOf(basis)}:{Flow(activity)}", "range",
                    range.Source, HalfOf(range.Uncertainty, at));
        return null;
    }

    /// <summary>A month with an estimated part is known no better than the estimate.</summary>
    private static bool IsEstimated(Activity activity) =>
        activity.Basis == Basis.Estimated || !activity.Estimated.IsZero;

    private static string Flow(Activity activity) =>
        $"{activity.From}→{activity.To}:{activity.Resource}";

    private static Figure HalfOf(Measure measure, string at)
    {
        var pointer = at.Length > 0 ? at + "/uncertainty" : at;
        var fraction = new Multiplication("formula.share", pointer)
            .Times("operand.uncertainty", measure.At(pointer)).In("");
        return fraction.Value.Sign >= 0 ? fraction with { Trace = new Trace.Given(pointer) }
            : throw Refuse.At("carbon.uncertainty.shape", pointer);
    }
}
