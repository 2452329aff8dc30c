using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Packs;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Activity data times emission factors (the report's Equation 1 where the activity is electricity).
/// </summary>
public sealed record EmissionsSpec
{
    /// <summary>What is calculated.</summary>
    public required ImmutableArray<EmissionsLine> Lines { get; init; }

    /// <summary>
    /// GWP set of CO2 equivalents: "AR4", "AR5", "AR6". Null leaves factors as published and gases apart.
    /// </summary>
    [JsonConverter(typeof(JsonStringEnumConverter<GwpSet>))]
    public GwpSet? Gwp { get; init; }

    /// <summary>Which GWP methane takes where a line does not come with its own.</summary>
    public MethaneOrigin? Methane { get; init; }

    /// <summary>Unit of mass of the results: "kg", "t", "lb" or "g".</summary>
    public string Mass { get; init; } = "kg";
}

/// <summary>One activity.</summary>
public sealed record EmissionsLine
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Activity data: "100000 kWh", "12000 m3".</summary>
    public required Measure Activity { get; init; }

    /// <summary>
    /// What brings the activity to the factor's unit, each multiplied or divided by as its unit fits:
    /// calorific value "39.5 MJ/m3 gross", density "0.84 kg/L", volume correction "1.02264".
    /// </summary>
    public ImmutableArray<FactorReference> Through { get; init; } = [];

    /// <summary>The emission factor: CO2, CO2e or one gas. Stated or a pack's row.</summary>
    public FactorReference? Factor { get; init; }

    /// <summary>Factors of single gases instead: "54.44 g CO2/scf", "0.00103 g CH4/scf".</summary>
    public ImmutableArray<FactorReference> PerGas { get; init; } = [];

    /// <summary>
    /// Biogenic CO2, which is reported apart: "0.39 kg CO2/kWh". A pack's row brings its own.
    /// </summary>
    public FactorReference? Biogenic { get; init; }
}
