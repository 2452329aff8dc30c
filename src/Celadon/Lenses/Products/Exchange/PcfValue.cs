using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Products;

/// <summary>The quantities of a product carbon footprint, each per declared unit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PcfValue>))]
public enum PcfValue
{
    /// <summary>The footprint without the uptake of carbon dioxide by biomass, kg CO2e.</summary>
    ExcludingUptake,

    /// <summary>The footprint with it, kg CO2e.</summary>
    IncludingUptake,

    /// <summary>Greenhouse gases of fossil origin, kg CO2e.</summary>
    Fossil,

    /// <summary>Fossil carbon in the product, kg C.</summary>
    FossilCarbon,

    /// <summary>Biogenic carbon in the product, kg C.</summary>
    BiogenicCarbon,

    /// <summary>Carbon from recycled material in the product, kg C.</summary>
    RecycledCarbon,

    /// <summary>Land use change, kg CO2e.</summary>
    LandUseChange,

    /// <summary>Displaced land use elsewhere, kg CO2e.</summary>
    LandLeakage,

    /// <summary>Fossil part of land management, contained in <see cref="Fossil"/>, kg CO2e.</summary>
    LandFossil,

    /// <summary>Biogenic carbon dioxide of land management, kg CO2e.</summary>
    LandBiogenic,

    /// <summary>Carbon stored in land, at most zero, kg CO2e.</summary>
    LandRemovals,

    /// <summary>Carbon dioxide taken up by the biomass in the product, at most zero, kg CO2e.</summary>
    Uptake,

    /// <summary>Biogenic gases other than carbon dioxide, kg CO2e.</summary>
    BiogenicOther,

    /// <summary>Farm land occupied, m2 a.</summary>
    LandArea,

    /// <summary>Aircraft, kg CO2e.</summary>
    Aircraft,

    /// <summary>Packaging, kg CO2e.</summary>
    Packaging,

    /// <summary>Biogenic carbon in the packaging, kg C.</summary>
    PackagingBiogenicCarbon,

    /// <summary>Outbound logistics, kg CO2e.</summary>
    Outbound,

    /// <summary>Carbon dioxide captured and stored, at most zero, kg CO2e.</summary>
    Captured,

    /// <summary>Carbon dioxide taken from the air by technology, at most zero, kg CO2e.</summary>
    Removed,

    /// <summary>Carbon captured and used in the product, kg C.</summary>
    CapturedCarbon,
}

/// <summary>What is known about a quantity of a footprint.</summary>
/// <param name="Value">Which.</param>
/// <param name="Pact">Its name in PACT v3.</param>
/// <param name="Unit">Its unit, per declared unit.</param>
/// <param name="Sign">1 where it must not be below zero, −1 where not above, 0 where both may be.</param>
/// <param name="Needed">True where a footprint without it is none.</param>
/// <param name="CatenaX">
/// Its place in Catena-X Pcf 9.0.0, "carbonContent/fossilCarbonContent"; empty where that has none.
/// </param>
/// <param name="Earlier">Its name in PACT v2, where that differs; empty where v2 has none.</param>
public sealed record PcfField(
    PcfValue Value, string Pact, string Unit, int Sign, bool Needed, string CatenaX, string Earlier)
{
    private const string Emission = "kg CO2e", Carbon = "kg C";
    private const string Production = "productLifeCycleStagesAndEmissions/productionStage/";

    /// <summary>
    /// All of them, in the order in which they are written. Names and signs: PACT technical specification
    /// v3.0.3; Catena-X io.catenax.pcf 9.0.0; PACT technical specification v2.3.
    /// </summary>
    public static ImmutableArray<PcfField> All { get; } =
    [
        Made(PcfValue.ExcludingUptake, "pcfExcludingBiogenicUptake", 0, "", true),
        Made(PcfValue.IncludingUptake, "pcfIncludingBiogenicUptake", 0, "pCfIncludingBiogenic", true),
        new(PcfValue.FossilCarbon, "fossilCarbonContent", Carbon, 1, true,
            "carbonContent/fossilCarbonContent", "fossilCarbonContent"),
        new(PcfValue.BiogenicCarbon, "biogenicCarbonContent", Carbon, 1, false,
            "carbonContent/biogenicCarbonContent", "biogenicCarbonContent"),
        new(PcfValue.RecycledCarbon, "recycledCarbonContent", Carbon, 1, false,
            "carbonContent/recycledCarbonContent", ""),
        Made(PcfValue.Fossil, "fossilGhgEmissions", 1, "fossilGhgEmissions", true),
        Made(PcfValue.LandUseChange, "landUseChangeGhgEmissions", 1, "dLucGhgEmissions"),
        new(PcfValue.LandLeakage, "landCarbonLeakage", Emission, 1, false, "", "iLucGhgEmissions"),
        new(PcfValue.LandFossil, "landManagementFossilGhgEmissions", Emission, 1, false, "", ""),
        Made(PcfValue.LandBiogenic, "landManagementBiogenicCO2Emissions", 1, ""),
        Made(PcfValue.LandRemovals, "landManagementBiogenicCO2Removals", -1, ""),
        Made(PcfValue.Uptake, "biogenicCO2Uptake", -1, "biogenicCarbonWithdrawal"),
        Made(PcfValue.BiogenicOther, "biogenicNonCO2Emissions", 1, ""),
        new(PcfValue.LandArea, "landAreaOccupation", "m2 a", 1, false, "", ""),
        Made(PcfValue.Aircraft, "aircraftGhgEmissions", 1, "aircraftGhgEmissions"),
        new(PcfValue.Packaging, "packagingGhgEmissions", Emission, 1, false,
            "productLifeCycleStagesAndEmissions/packagingStage/packagingPcfExcludingBiogenicUptake",
            "packagingGhgEmissions"),
        new(PcfValue.PackagingBiogenicCarbon, "packagingBiogenicCarbonContent", Carbon, 1, false,
            "carbonContent/packagingBiogenicCarbonContent", ""),
        new(PcfValue.Outbound, "outboundLogisticsGhgEmissions", Emission, 1, false,
            "productLifeCycleStagesAndEmissions/distributionStage/"
                + "distributionStagePcfExcludingBiogenicUptake", ""),
        new(PcfValue.Captured, "ccsTechnologicalCO2Capture", Emission, -1, false, "", ""),
        new(PcfValue.Removed, "technologicalCO2Removals", Emission, -1, false, "", ""),
        new(PcfValue.CapturedCarbon, "ccuCarbonContent", Carbon, 1, false, "", ""),
    ];

    private static PcfField Made(
        PcfValue value, string pact, int sign, string earlier, bool needed = false) =>
        new(value, pact, Emission, sign, needed, Production + pact, earlier);
}
