using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;

namespace Celadon.Packs;

/// <summary>
/// What part of the chain a factor counts. Factors of different basis never stand in for each other.
/// </summary>
public enum FactorBasis
{
    /// <summary>Burning a fuel, or driving one's own vehicle: direct.</summary>
    Combustion,

    /// <summary>A gas that escapes, by kilogram of the gas.</summary>
    Fugitive,

    /// <summary>Generating grid electricity (Scope 2).</summary>
    ElectricityGeneration,

    /// <summary>Generating heat or steam (Scope 2).</summary>
    HeatGeneration,

    /// <summary>Losses between generator and meter.</summary>
    TransmissionLoss,

    /// <summary>Extracting, refining and bringing the fuel.</summary>
    WellToTank,

    /// <summary>Well to tank of what is lost in transmission.</summary>
    TransmissionLossWellToTank,

    /// <summary>Cradle to gate of a material or of water supply.</summary>
    LifeCycle,

    /// <summary>Treating waste or waste water, by route.</summary>
    Treatment,

    /// <summary>Carriage of goods by others.</summary>
    Transport,

    /// <summary>Travel of employees, and hotel nights.</summary>
    Travel,

    /// <summary>An hour worked at home.</summary>
    Homeworking,

    /// <summary>Energy in kWh, not emissions (UK SECR).</summary>
    EnergyContent,

    /// <summary>Biogenic CO2, which stands outside the scopes.</summary>
    OutsideOfScopes,

    /// <summary>What is left of a grid after all claimed generation (Scope 2, market-based).</summary>
    ResidualMix,
}

/// <summary>How a row came to be known.</summary>
public enum FactorStatus
{
    /// <summary>
    /// Read at the source: the publisher's file, whose hash the pack states where there is one.
    /// </summary>
    Source,

    /// <summary>Two independent transcriptions agree.</summary>
    Two,

    /// <summary>One transcription: used only when chosen by name.</summary>
    One,

    /// <summary>General knowledge: used, and every line that uses it says so.</summary>
    General,
}

/// <summary>What a factor gives.</summary>
public enum FactorResult
{
    /// <summary>kg CO2e.</summary>
    KgCo2e,

    /// <summary>kg CO2 and no other gas.</summary>
    KgCo2,

    /// <summary>kWh of energy, not emissions.</summary>
    KWh,
}

/// <summary>What the gas columns of a factor hold.</summary>
public enum GasColumns
{
    /// <summary>Nothing: the publisher gives no split.</summary>
    None,

    /// <summary>kg CO2e of each gas, GWP already applied; never multiplied by a GWP again.</summary>
    Co2e,

    /// <summary>kg of each gas; a GWP set is applied when the factor is used.</summary>
    Mass,
}

/// <summary>A set of global warming potentials over 100 years.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GwpSet>))]
public enum GwpSet
{
    /// <summary>IPCC Fourth Assessment Report (2007).</summary>
    [JsonStringEnumMemberName("AR4")] Ar4,

    /// <summary>IPCC Fifth Assessment Report (2013), without climate-carbon feedback.</summary>
    [JsonStringEnumMemberName("AR5")] Ar5,

    /// <summary>IPCC Sixth Assessment Report (2021).</summary>
    [JsonStringEnumMemberName("AR6")] Ar6,
}

/// <summary>Which of the two GWP values of methane applies.</summary>
public enum MethaneOrigin
{
    /// <summary>
    /// Without the CO2 it oxidises to: biogenic methane, and combustion factors whose CO2 already carries the
    /// whole carbon of the fuel.
    /// </summary>
    NonFossil,

    /// <summary>With the CO2 it oxidises to: fossil methane that escapes.</summary>
    Fossil,
}

/// <summary>By which date an edition of a pack is chosen.</summary>
public enum AppliesBy
{
    /// <summary>Always applies: it has no date.</summary>
    None,

    /// <summary>By the activity's own period.</summary>
    ActivityPeriod,

    /// <summary>By the calendar year that holds most of the reporting period.</summary>
    ReportingYear,
}

/// <summary>The written form of the closed vocabularies of packs, as the CSV files hold them.</summary>
public static class Vocabulary
{
    private static readonly FrozenDictionary<Type, FrozenDictionary<string, object>> ByText = Build();
    private static readonly FrozenDictionary<object, string> ByValue = ByText.Values
        .SelectMany(words => words).ToFrozenDictionary(word => word.Value, word => word.Key);

    /// <summary>The written words of a vocabulary, in the order of its enumeration.</summary>
    public static IReadOnlyList<string> WordsOf<T>() where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => ByValue[value])];

    /// <summary>The value of a written word.</summary>
    public static bool TryParse<T>([NotNullWhen(true)] string? text, out T value) where T : struct, Enum
    {
        var found = ByText[typeof(T)].TryGetValue(text ?? "", out var boxed);
        value = found ? (T)boxed! : default;
        return found;
    }

    /// <summary>The written word of a value: "well-to-tank".</summary>
    public static string Word<T>(T value) where T : struct, Enum => ByValue[value];

    private static FrozenDictionary<Type, FrozenDictionary<string, object>> Build()
    {
        var all = new Dictionary<Type, FrozenDictionary<string, object>>();
        Add(typeof(FactorBasis), "combustion", "fugitive", "electricity-generation", "heat-generation",
            "transmission-loss",
            "well-to-tank", "transmission-loss-well-to-tank", "life-cycle", "treatment", "transport",
            "travel",
            "homeworking", "energy-content", "outside-of-scopes", "residual-mix");
        Add(typeof(FactorStatus), "source", "two", "one", "general");
        Add(typeof(FactorResult), "kgCO2e", "kgCO2", "kWh");
        Add(typeof(GasColumns), "none", "co2e", "mass");
        Add(typeof(GwpSet), "AR4", "AR5", "AR6");
        Add(typeof(MethaneOrigin), "non-fossil", "fossil");
        Add(typeof(AppliesBy), "none", "activity-period", "reporting-year");
        Add(typeof(ResourceKind), "fuel", "electricity", "heat", "water", "material", "refrigerant",
            "gas", "waste", "freight", "travel", "product");
        Add(typeof(RuleOutcome), "line", "question", "none");
        Add(typeof(RuleQuantity), "amount", "mass-distance");
        Add(typeof(FlowUse), "factor", "suspect", "ignored");
        Add(typeof(SubstituteStanding), "assessed", "used", "rejected");
        Add(typeof(FlowKind), "product", "waste", "elementary");
        Add(typeof(Direction), "none", "input", "output");
        Add(typeof(AllocationRule), "physical", "economic", "causal", "stated", "substitution",
            "reference-bears-all");
        Add(typeof(Distribution), "none", "lognormal", "normal", "uniform", "triangular", "pert",
            "gamma", "beta", "weibull", "discrete-uniform", "binomial");
        return all.ToFrozenDictionary();

        // Without a type parameter of its own: fifteen of these are made at every start.
        void Add(Type type, params string[] words)
        {
            var values = Enum.GetValues(type);
            var byText = new Dictionary<string, object>(StringComparer.Ordinal);
            for (var i = 0; i < Math.Min(words.Length, values.Length); i++)
                byText.Add(words[i], values.GetValue(i)!);
            all.Add(type, byText.ToFrozenDictionary(StringComparer.Ordinal));
        }
    }
}
