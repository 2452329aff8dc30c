using System.Text.Json.Serialization;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>A reusable thing against one that is used once, in one indicator.</summary>
public sealed record BreakEvenSpec
{
    /// <summary>Unit of the indicator: "MJ", "GBP".</summary>
    public required string Unit { get; init; }

    /// <summary>Making the reusable one.</summary>
    public required Amount Reusable { get; init; }

    /// <summary>What is left of it at the end.</summary>
    public Amount Residual { get; init; }

    /// <summary>The single-use one, per use.</summary>
    public required Amount Disposable { get; init; }

    /// <summary>Washing or returning the reusable one, per use.</summary>
    public required Amount Return { get; init; }

    /// <summary>Share of the reusable ones that is lost at each use, 0 to 1.</summary>
    public Amount LossRate { get; init; }

    /// <summary>How far off what is saved per use may be, either way; 0 only where it is exact.</summary>
    public required Amount Uncertainty { get; init; }
}

/// <summary>After how many uses the reusable one has paid for itself.</summary>
/// <param name="Saved">Saved per use.</param>
/// <param name="Uses">The number at which both are equal.</param>
/// <param name="Fewest">The number if each use saves as much more as the uncertainty allows.</param>
/// <param name="Most">The number if each use saves as much less.</param>
/// <param name="From">The first whole number of uses at which the reusable one is better.</param>
public sealed record BreakEvenReport(Figure Saved, Figure Uses, Figure Fewest, Figure Most, Figure From)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("uses", Uses);
}

/// <summary>
/// products.breakEven: n = (R − residual) ÷ (D − w − r); refused where nothing is saved, or where the saving
/// lies within its own uncertainty.
/// </summary>
public sealed class BreakEvenQuestion : Question<BreakEvenSpec, BreakEvenReport>
{
    private const int Scale = 6;
    private const string Use = "use";
    private const string Formula = "formula.products.breakEven.uses";

    /// <inheritdoc/>
    public override string Name => "products.breakEven";

    /// <inheritdoc/>
    public override string Example => """
        { "unit": "MJ", "reusable": "14.088", "disposable": "0.546", "return": "0.184",
          "uncertainty": "0.02" }
        """;

    /// <inheritdoc/>
    protected override BreakEvenReport Compute(BreakEvenSpec spec, View? view, FactorLibrary packs,
        List<Finding> findings, CancellationToken cancel)
    {
        Check(spec);
        var made = new Figure(spec.Reusable - spec.Residual, spec.Unit,
            new Trace.Formula("formula.difference", [new("operand.breakEven.reusable",
                Given(spec.Reusable, spec, "reusable")), new("operand.breakEven.residual",
                Given(spec.Residual, spec, "residual"))]));
        var lost = Figure.Product(spec.Unit, "formula.products.breakEven.lost",
            new("operand.breakEven.reusable", Given(spec.Reusable, spec, "reusable")),
            new("operand.breakEven.lossRate", new Figure(spec.LossRate, "", new Trace.Given("/lossRate"))));
        var saved = new Figure(spec.Disposable - spec.Return - lost.Value, spec.Unit,
            new Trace.Formula("formula.products.breakEven.saved",
            [
                new("operand.breakEven.disposable", Given(spec.Disposable, spec, "disposable")),
                new("operand.breakEven.return", Given(spec.Return, spec, "return")),
                new("operand.breakEven.lost", lost),
            ]));
        if (saved.Value.Sign <= 0) throw Refusal.At("products.breakEven.never", "/disposable",
            ("saved", saved.Value), ("unit", spec.Unit));
        if (saved.Value <= spec.Uncertainty) throw Refusal.At("products.breakEven.uncertain", "/uncertainty",
            ("saved", saved.Value), ("uncertainty", spec.Uncertainty), ("unit", spec.Unit));
        var uses = Uses(made, saved);
        return new BreakEvenReport(saved, uses, Uses(made, Shifted(spec, saved, Amount.One)),
            Uses(made, Shifted(spec, saved, -Amount.One)), First(made, saved, uses));
    }

    private static void Check(BreakEvenSpec spec)
    {
        if (string.IsNullOrWhiteSpace(spec.Unit)) throw Refusal.At("products.circular.unit", "/unit");
        (string Name, Amount Value, bool Fits)[] all =
        [
            ("reusable", spec.Reusable, spec.Reusable.Sign >= 0),
            ("residual", spec.Residual, spec.Residual <= spec.Reusable),
            ("disposable", spec.Disposable, spec.Disposable.Sign >= 0),
            ("return", spec.Return, spec.Return.Sign >= 0),
            ("lossRate", spec.LossRate, spec.LossRate.Sign >= 0 && spec.LossRate <= Amount.One),
            ("uncertainty", spec.Uncertainty, spec.Uncertainty.Sign >= 0),
        ];
        foreach (var (name, value, fits) in all)
            if (!fits) throw Refusal.At("products.breakEven.range", "/" + name, ("at", "/" + name),
                ("value", value));
    }

    private static Figure Given(Amount value, BreakEvenSpec spec, string name) =>
        new(value, spec.Unit, new Trace.Given("/" + name));

    private static Figure Uses(Figure made, Figure saved) => Figure.Quotient(Use, Formula,
        new("operand.breakEven.made", made), new("operand.breakEven.saved", saved), Scale);

    private static Figure Shifted(BreakEvenSpec spec, Figure saved, Amount sign) =>
        new(saved.Value + sign * spec.Uncertainty, saved.Unit,
            new Trace.Formula("formula.products.breakEven.shifted", [new("operand.breakEven.saved", saved),
                new("operand.breakEven.uncertainty", Given(spec.Uncertainty, spec, "uncertainty"))]));

    /// <summary>The whole part of the exact quotient and one more.</summary>
    private static Figure First(Figure made, Figure saved, Figure uses)
    {
        var scale = Math.Max(made.Value.Scale, saved.Value.Scale);
        made.Value.TryGetUnscaled(scale, out var dividend);
        saved.Value.TryGetUnscaled(scale, out var divisor);
        return new Figure(Amount.From((dividend / divisor) + 1), Use,
            new Trace.Formula("formula.products.breakEven.from", [new("operand.breakEven.uses", uses)]));
    }
}
