namespace Celadon.Quantities;

/// <summary>
/// By which convention energy is stated as standard coal (GB/T 2589). The two are never added.
/// </summary>
public enum CoalBasis
{
    /// <summary>Equivalent value 当量值: the heat that the energy itself holds.</summary>
    EquivalentValue = 0,

    /// <summary>Equal value 等价值: the heat that was spent to make the energy; it changes by year.</summary>
    EqualValue = 1,
}

/// <summary>An amount of standard coal and the convention it is stated by.</summary>
/// <param name="Tonnes">Tonnes of coal equivalent (tce).</param>
/// <param name="Basis">The convention.</param>
public readonly record struct StandardCoal(Amount Tonnes, CoalBasis Basis)
{
    /// <summary>Adds two amounts of one convention.</summary>
    /// <exception cref="UnlikeCoalBasisException">
    /// One is by equivalent value and the other by equal value.
    /// </exception>
    public static StandardCoal operator +(StandardCoal a, StandardCoal b) => a.Basis == b.Basis
        ? a with { Tonnes = a.Tonnes + b.Tonnes } : throw new UnlikeCoalBasisException(a.Basis, b.Basis);

    /// <summary>"12.29 tce (EquivalentValue)".</summary>
    public override string ToString() => $"{Tonnes} tce ({Basis})";
}

/// <summary>
/// A named conversion into standard coal: a published coefficient, not the ratio of two units. The published
/// 0.1229 kgce/kWh is rounded; 3.6 MJ ÷ 29.3076 MJ/kgce is 0.12283…, which the unit tce gives for heat.
/// </summary>
/// <param name="KilogramsPerUnit">Kilograms of coal equivalent in one of <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit it applies to.</param>
/// <param name="Basis">Equivalent or equal value.</param>
/// <param name="Source">Where the coefficient is published.</param>
public sealed record CoalConversion(Amount KilogramsPerUnit, Unit Unit, CoalBasis Basis, string Source)
{
    /// <summary>Electricity by equivalent value 当量值: 0.1229 kgce/kWh.</summary>
    public static CoalConversion ElectricityEquivalentValue { get; } =
        new(Amount.Parse("0.1229"), Units.Parse("kWh"), CoalBasis.EquivalentValue, "GB/T 2589");

    /// <summary>
    /// Electricity by equal value 等价值: the heat rate of the year's power stations, so it has no standing
    /// default.
    /// </summary>
    /// <param name="kilogramsPerKilowattHour">The year's coefficient, kgce/kWh.</param>
    /// <param name="source">Who published it, for which year.</param>
    public static CoalConversion ElectricityEqualValue(Amount kilogramsPerKilowattHour, string source) =>
        new(kilogramsPerKilowattHour, Units.Parse("kWh"), CoalBasis.EqualValue, source);

    /// <summary>The quantity as standard coal, exactly.</summary>
    /// <exception cref="UnlikeUnitsException">
    /// The quantity does not convert to the coefficient's unit.
    /// </exception>
    /// <exception cref="UnlikeBasisException">The quantity is fuel energy, not electricity.</exception>
    public StandardCoal Of(Quantity quantity)
    {
        if (quantity.Calorific != CalorificBasis.None)
            throw new UnlikeBasisException(quantity.Calorific, CalorificBasis.None);
        return new StandardCoal(quantity.In(Unit).Amount * KilogramsPerUnit * Amount.From(1L, 3), Basis);
    }
}

/// <summary>Standard coal by equivalent value and by equal value were to be added.</summary>
public sealed class UnlikeCoalBasisException(CoalBasis a, CoalBasis b)
    : InvalidOperationException($"Standard coal by {a} and by {b} cannot be added.")
{
    /// <summary>The one convention.</summary>
    public CoalBasis First { get; } = a;

    /// <summary>The other convention.</summary>
    public CoalBasis Second { get; } = b;
}
