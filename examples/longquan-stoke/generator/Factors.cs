namespace LongquanStoke;

/// <summary>A published figure and where it stands.</summary>
/// <param name="Value">kg CO2e per unit (kg CO2 where the source gives no more).</param>
/// <param name="Unit">The unit it is per.</param>
/// <param name="Source">Publisher and edition.</param>
/// <param name="Row">The row: the row group of the flat file, or the table.</param>
/// <param name="Flag">Why a reader must be told: another edition than the year's; empty otherwise.</param>
/// <param name="Co2">Share of carbon dioxide, kg CO2e, where the source splits.</param>
/// <param name="Ch4">Share of methane, kg CO2e.</param>
/// <param name="N2o">Share of nitrous oxide, kg CO2e.</param>
/// <param name="Biogenic">kg of biogenic CO2 per unit, outside of scopes.</param>
public sealed record Factor(
    decimal Value, string Unit, string Source, string Row, string Flag = "", decimal? Co2 = null,
    decimal? Ch4 = null, decimal? N2o = null, decimal? Biogenic = null);

/// <summary>
/// The few figures the account needs, carried over by hand. UK: Department for Energy Security and Net Zero,
/// greenhouse gas conversion factors, editions 2026 (revised 31 July 2026) and 2025, Open Government Licence
/// v3.0; the year October 2025 to September 2026 has most of its days in 2026, so 2026 applies and 2025 is
/// flagged. China: Ministry of Ecology and Environment and National Bureau of Statistics, announcement 47 of
/// 2025; its residual figure (0.6096, without traded non-fossil power) is known from one transcription alone
/// and serves only who chooses it by name, so that the rest of a market-based account stands at the grid's
/// average. Fuels in China: IPCC 2006 Guidelines, volume 2, tables 1.2 and 2.3, with GWP-100 of AR5 (methane
/// 28, nitrous oxide 265). Methane takes 28, not the 30 of fossil methane: 30 adds the CO2 that methane
/// becomes, and the CO2 factor of these tables counts all carbon of the fuel as oxidised already.
/// </summary>
public static class Factors
{
    private const string Uk2026 = "uk-desnz 2026", Uk2025 = "uk-desnz 2025", Flag2025 = "edition 2025";
    private const string China2023 = "China grid 2023", FlagChina = "nearest edition: 2023";
    private const string Ipcc = "IPCC 2006, volume 2";

    /// <summary>Global warming potentials over 100 years of the Fifth Assessment Report.</summary>
    public const decimal Ch4Burned = 28m, N2oGwp = 265m;

    /// <summary>Fuels and electricity in the United Kingdom.</summary>
    public static readonly Factor
        Gas = new(0.18231m, "kWh gross", Uk2026, "1_100_1004_6", "", 0.18194m, 0.00028m, 0.00009m),
        GasUpstream = new(0.03021m, "kWh gross", Uk2026, "11_100_1004_6"),
        Diesel = new(2.58354m, "L", Uk2026, "1_101_1011_8", "", 2.55035m, 0.00029m, 0.0329m, 0.14m),
        DieselUpstream = new(0.61101m, "L", Uk2026, "11_101_1011_8"),
        Grid = new(0.13096m, "kWh", Uk2026, "7_400_4000_5", "", 0.12943m, 0.00067m, 0.00086m),
        GridLosses = new(0.01299m, "kWh", Uk2026, "13_402_4000_5"),
        GridUpstream = new(0.03682m, "kWh", Uk2026, "15_917_4000_5"),
        GridUpstreamOfLosses = new(0.00359m, "kWh", Uk2026, "15_918_4000_5");

    /// <summary>
    /// Refrigerants, IPCC AR5 table 8.A.1: R-410A is half HFC-32 (677) and half HFC-125 (3,170).
    /// </summary>
    public static readonly Factor
        R410A = new(1923.5m, "kg", "IPCC AR5", "table 8.A.1, HFC-32 and HFC-125 half each"),
        R32 = new(677m, "kg", "IPCC AR5", "table 8.A.1, HFC-32");

    /// <summary>Goods, carriage, waste and travel by the United Kingdom's factors.</summary>
    public static readonly Factor
        Water = new(0.1913m, "m3", Uk2026, "17_404_4005_1"),
        Board = new(1199.72542m, "t", Uk2025, "19_506_5156_15", Flag2025),
        Hgv = new(0.10163m, "tkm", Uk2025, "27_304_3140_14", Flag2025),
        ContainerShip = new(0.01612m, "tkm", Uk2026, "27_320_3235_14"),
        Landfill = new(520.5327m, "t", Uk2025, "20_507_5313_15", Flag2025),
        Incineration = new(4.68568m, "t", Uk2025, "20_507_5311_15", Flag2025),
        BoardRecycled = new(4.68568m, "t", Uk2025, "20_506_5443_15", Flag2025),
        Rail = new(0.03092m, "pkm", Uk2026, "25_315_3147_11"),
        Taxi = new(0.20806m, "km", Uk2026, "25_313_3141_4"),
        Flight = new(0.11704m, "pkm", Uk2025, "21_316_3170_11", Flag2025),
        Car = new(0.16725m, "km", Uk2025, "25_301_3074_4", Flag2025);

    /// <summary>Electricity in China, kg CO2 only.</summary>
    public static readonly Factor
        ChinaGrid = new(0.5306m, "kWh", China2023, "national", FlagChina, 0.5306m);

    /// <summary>Fuels per MJ of net calorific value.</summary>
    public static readonly Factor
        IpccGas = PerMegajoule("Natural gas", 56100m, 1m, 0.1m),
        IpccLpg = PerMegajoule("Liquefied petroleum gases", 63100m, 1m, 0.1m),
        IpccDiesel = PerMegajoule("Gas/diesel oil", 74100m, 3m, 0.6m);

    /// <summary>Net calorific values of the same guidelines, MJ/kg.</summary>
    public const decimal LpgNet = 47.3m, DieselNet = 43.0m;

    /// <summary>A certificate or contract that conveys zero.</summary>
    public static Factor Zero(string instrument) => new(0m, "kWh", "instrument", instrument);

    /// <summary>A factor from kilograms of each gas per terajoule.</summary>
    private static Factor PerMegajoule(string fuel, decimal co2, decimal ch4, decimal n2o)
    {
        var (carbon, methane, nitrous) =
            (co2 / 1000000m, ch4 * Ch4Burned / 1000000m, n2o * N2oGwp / 1000000m);
        return new Factor(carbon + methane + nitrous, "MJ net", Ipcc, fuel, "", carbon, methane, nitrous);
    }
}
