using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.WhatIf;

namespace Celadon.Lca.MonteCarlo;

/// <summary>An amount that follows other uncertain numbers, anew for each sample.</summary>
/// <param name="Factor">What its value is multiplied with: unit, share of a co-product, sign.</param>
public abstract record DrivenAmount(double Factor)
{
    /// <summary>A share of a co-product, itself driven, that it is multiplied with; else null.</summary>
    public DrivenAmount? Share { get; init; }

    /// <summary>
    /// An amount drawn from the exchange's own random stream that it is multiplied with: what is shared where
    /// the share alone is driven. Certain for none.
    /// </summary>
    public Uncertainty Drawn { get; init; }

    /// <summary>The stated amount of what is drawn.</summary>
    public double DrawnAmount { get; init; } = 1;

    /// <summary>The same amount times a number.</summary>
    public DrivenAmount Times(double k) => this with { Factor = Factor * k };

    /// <summary>Its values in the cases of a drawing.</summary>
    /// <param name="drawing">What parameters and amounts come to.</param>
    /// <param name="stream">The random stream of the exchange.</param>
    /// <param name="values">Gets the values.</param>
    /// <exception cref="FormulaException">A formula has no value at what was drawn.</exception>
    /// <exception cref="ModellingException">Amounts that were drawn give no shares.</exception>
    internal void Fill(Drawing drawing, uint stream, Span<double> values)
    {
        Own(drawing, values);
        Span<double> more = stackalloc double[drawing.Count];
        Share?.Fill(drawing, stream, more);
        for (var k = 0; k < values.Length; k++) values[k] *= Share is null ? Factor : Factor * more[k];
        if (!Drawn.IsUncertain) return;
        drawing.Amounts(stream, DrawnAmount, Drawn, more);
        for (var k = 0; k < values.Length; k++) values[k] *= more[k];
    }

    /// <summary>The uncertain numbers that it follows; what is drawn from its own stream is not among
    /// them.</summary>
    internal IEnumerable<UncertainSource> Sources =>
        Share is { } share ? OwnSources.Concat(share.Sources).Distinct() : OwnSources;

    /// <summary>The uncertain numbers that it follows by itself.</summary>
    private protected abstract IEnumerable<UncertainSource> OwnSources { get; }

    /// <summary>The values without factor, share and what is drawn.</summary>
    private protected abstract void Own(Drawing drawing, Span<double> values);
}

/// <summary>An amount that a formula over uncertain parameters gives.</summary>
/// <param name="Formula">The formula.</param>
/// <param name="Scope">Where its names are looked up.</param>
/// <param name="Factor">What its value is multiplied with.</param>
public sealed record FormulaAmount(Formula Formula, ParameterScope Scope, double Factor)
    : DrivenAmount(Factor)
{
    private protected override IEnumerable<UncertainSource> OwnSources => Scope.Uncertain(Formula);

    private protected override void Own(Drawing drawing, Span<double> values)
    {
        var sets = drawing.Of(Scope);
        for (var k = 0; k < values.Length; k++) values[k] = Formula.Value(sets[k].Values);
    }
}

/// <summary>
/// A share that a rule by amount or price gives: amount times property or price of one output over the sum of
/// all, with the amounts as they are drawn.
/// </summary>
/// <param name="Process">The process, for what cannot be shared.</param>
/// <param name="Outputs">All outputs.</param>
/// <param name="At">Which of them bears the share.</param>
public sealed record AmountShare(string Process, IReadOnlyList<SharingOutput> Outputs, int At)
    : DrivenAmount(1)
{
    private protected override IEnumerable<UncertainSource> OwnSources =>
        Outputs.SelectMany(o => o.Sources).Distinct();

    private protected override void Own(Drawing drawing, Span<double> values)
    {
        Span<double> sums = stackalloc double[drawing.Count], output = stackalloc double[drawing.Count];
        sums.Clear();
        for (var o = 0; o < Outputs.Count; o++)
        {
            Outputs[o].Fill(drawing, output);
            for (var k = 0; k < sums.Length; k++) sums[k] += output[k];
            if (o == At) output.CopyTo(values);
        }
        for (var k = 0; k < sums.Length; k++)
        {
            values[k] /= sums[k];
            if (!double.IsFinite(values[k]))
                throw new ModellingException(ModellingFault.DrawnAmountsGiveNoShares, Process,
                    Outputs[At].Flow);
        }
    }
}

/// <summary>An output that shares in the burdens of its process.</summary>
/// <param name="Flow">Its flow.</param>
/// <param name="Amount">The stated amount.</param>
/// <param name="By">Property or price of one unit.</param>
/// <param name="Uncertainty">
/// Uncertainty of the amount; drawn only where there is a stream to draw from.
/// </param>
/// <param name="Stream">Its random stream.</param>
/// <param name="Driven">What drives the amount; null where it stands by itself.</param>
public sealed record SharingOutput(string Flow, double Amount, double By, Uncertainty Uncertainty,
    uint? Stream, DrivenAmount? Driven)
{
    /// <summary>Whether its amount is another one in each sample.</summary>
    internal bool Varies => Uncertainty.IsUncertain ? Stream is not null : Driven is not null;

    /// <summary>The uncertain numbers that it follows.</summary>
    internal IEnumerable<UncertainSource> Sources =>
        !Varies ? [] : Uncertainty.IsUncertain ? [new(null, Stream!.Value, Amount, Uncertainty)]
            : Driven!.Sources;

    /// <summary>Amount times property or price.</summary>
    internal void Fill(Drawing drawing, Span<double> values)
    {
        values.Fill(Amount);
        if (Varies && Uncertainty.IsUncertain)
            drawing.Amounts(Stream!.Value, Amount, Uncertainty, values);
        else if (Varies) Driven!.Fill(drawing, Stream ?? 0, values);
        for (var k = 0; k < values.Length; k++) values[k] *= By;
    }
}

/// <summary>An exchange or a factor whose amount is driven.</summary>
/// <param name="Part">Technosphere, biosphere or factors.</param>
/// <param name="Number">Its number there, as given to the builder.</param>
/// <param name="Amount">What drives it.</param>
public sealed record DrivenExchange(UncertainPart Part, int Number, DrivenAmount Amount);
