using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>A product whose materials come from and go to recycling, for one indicator.</summary>
public sealed record CircularFootprintSpec
{
    /// <summary>What the product is.</summary>
    public required string Product { get; init; }

    /// <summary>Unit of the indicator that every factor is stated in: "kg CO2e".</summary>
    public required string Unit { get; init; }

    /// <summary>The product's materials.</summary>
    public required ImmutableArray<CircularMaterial> Materials { get; init; }
}

/// <summary>
/// One material with the parameters of the formula. The symbols are those of the PEF method, Annex I, 4.4.8.
/// What a term needs must be stated; what no term needs may be left out. Where neither recycling rate, energy
/// recovery rate nor disposal is stated, the end of life is left out and said to be.
/// </summary>
public sealed record CircularMaterial
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Mass in the product, kg.</summary>
    public required Amount Mass { get; init; }

    /// <summary>A: share of burdens and credits that stays with the user of recyclate, 0 to 1.</summary>
    public Amount? Allocation { get; init; }

    /// <summary>A by name instead: id of a value in a pack, "cff/a/balanced".</summary>
    public string? AllocationFrom { get; init; }

    /// <summary>B: allocation of energy recovery, 0 to 1; needed where R3 is above 0.</summary>
    public Amount? EnergyAllocation { get; init; }

    /// <summary>R1: share of recycled material in the input, 0 to 1.</summary>
    public required Amount RecycledContent { get; init; }

    /// <summary>R2: share of the material recycled after use, 0 to 1.</summary>
    public Amount? RecyclingRate { get; init; }

    /// <summary>R3: share of the material burned for energy after use, 0 to 1.</summary>
    public Amount? EnergyRecoveryRate { get; init; }

    /// <summary>Q_Sin/Q_P: quality of the recyclate that goes in, against the primary material.</summary>
    public Amount? QualityIn { get; init; }

    /// <summary>Q_Sout/Q_P: quality of the recyclate that comes out, against the primary material.</summary>
    public Amount? QualityOut { get; init; }

    /// <summary>E_V: virgin material, indicator's unit per kg.</summary>
    public required Amount Virgin { get; init; }

    /// <summary>E_rec: making the recycled material that goes in, per kg.</summary>
    public Amount? Recycled { get; init; }

    /// <summary>E_recEoL: recycling after use, per kg.</summary>
    public Amount? Recycling { get; init; }

    /// <summary>E*_V: virgin material that the recyclate stands in for after use, per kg.</summary>
    public Amount? AvoidedVirgin { get; init; }

    /// <summary>E_ER: the energy recovery itself, per kg.</summary>
    public Amount? EnergyRecovery { get; init; }

    /// <summary>LHV: lower heating value, MJ/kg.</summary>
    public Amount? HeatingValue { get; init; }

    /// <summary>X_ER,heat: share of the heating value that is delivered as heat, 0 to 1.</summary>
    public Amount? HeatEfficiency { get; init; }

    /// <summary>X_ER,elec: share of the heating value that is delivered as electricity, 0 to 1.</summary>
    public Amount? ElectricityEfficiency { get; init; }

    /// <summary>E_SE,heat: the heat that is spared, indicator's unit per MJ.</summary>
    public Amount? AvoidedHeat { get; init; }

    /// <summary>E_SE,elec: the electricity that is spared, indicator's unit per MJ.</summary>
    public Amount? AvoidedElectricity { get; init; }

    /// <summary>E_D: disposal of what is neither recycled nor burned for energy, per kg.</summary>
    public Amount? Disposal { get; init; }
}
