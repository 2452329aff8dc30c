using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;

/// <summary>
/// The worked month of docs/ledger.md: September 2026 at Stoke, from its documents to its records. Every step
/// can be left out, changed or put in another order.
/// </summary>
internal sealed class StokeSeptember
{
    public const string First = "2026-09-01", Last = "2026-09-30", Month = "2026-09";

    public StokeSeptember()
    {
        Books.Add(
            new Organisation
            {
                Id = "stoke-ceramics",
                Country = "GB",
                Consolidation = Consolidation.OperationalControl,
            },
            new Site
            {
                Id = "stoke",
                Organisation = "stoke-ceramics",
                Name = new Name("Stoke works"),
                Country = "GB",
                Region = "GB-STE",
                Zone = "Europe/London",
                OperationalControl = true,
                FinancialControl = true,
                EquityShare = Amount.Parse("0.75"),
            },
            Unit("kiln", "stationary"), Unit("press", "process"), Unit("compressors", "process"),
            Unit("offices", "building"), Unit("canteen", "building"), Unit("forklifts", "mobile"),
            Unit("chiller", "cooling"),
            new Stock { Id = "diesel", Site = "stoke", Resource = "diesel", Consumer = "unit:forklifts" },
            new Stock { Id = "clay", Site = "stoke" },
            new Stock { Id = "ware", Site = "stoke", Resource = "ware" },
            Meter("m1", "grid:GB", "site:stoke"), Meter("kiln", "site:stoke", "unit:kiln"),
            Meter("press", "site:stoke", "unit:press"),
            Meter("compressors", "site:stoke", "unit:compressors"),
            Meter("offices", "site:stoke", "unit:offices"), Meter("canteen", "site:stoke", "unit:canteen"));
    }

    public Books Books { get; } = new();

    /// <summary>Position of the gas bill.</summary>
    public long GasBill { get; private set; }

    /// <summary>The certificate of row 13.</summary>
    public static Instrument Certificate => new()
    {
        Id = "certificate-2026",
        Kind = InstrumentKind.Certificate,
        Site = "stoke",
        Market = "GB",
        Vintage = 2026,
        Mwh = 20,
        KgCo2ePerKwh = 0,
        From = "2026-01",
        To = "2026-12",
        RetiredFor = "stoke",
        Serial = "ST-2026-000001 to 000020",
        Quality =
            ["conveys-emission-rate", "sole-claim", "tracked-and-retired", "vintage-close", "same-market"],
    };

    /// <summary>The documents of the month, in the order of the table.</summary>
    public IReadOnlyList<Action> Documents =>
    [
        () => Books.Readings("m1", Month, "41198.60"), SubMeters, ElectricityBill, () => Gas("12000"), Diesel,
        () => Refrigerant("4.2"), () => Clay("us"), () => Waste("landfill"),
        () => Entry("unit:kiln", "stock:ware", "ware", "9.8", "t", Basis.Measured),
        () => Dispatch("customer"), Commuting,
        () => Entry("grid:water", "site:stoke", "water-supply", "310", "m3", Basis.Invoiced),
        () => Books.Add(Certificate),
    ];

    /// <summary>The whole month as the table has it.</summary>
    public static StokeSeptember Whole()
    {
        var month = new StokeSeptember();
        foreach (var document in month.Documents) document();
        return month;
    }

    public void SubMeters()
    {
        foreach (var (meter, sum) in ((string, string)[])[("kiln", "24010.20"), ("press", "8300.40"),
            ("compressors", "5120.00"), ("offices", "2000.00"), ("canteen", "905.00")])
            Books.Readings(meter, Month, sum);
    }

    public void ElectricityBill() =>
        Entry("grid:GB", "site:stoke", "electricity", "41250", "kWh", Basis.Invoiced,
            ("price", "9900.00 GBP"), ("meter", "m1"));

    public void Gas(string volume, string? calorific = "39.5 MJ/m3 gross", string? correction = "1.02264") =>
        GasBill = Entry("grid:gas", "unit:kiln", "natural-gas", volume, "m3", Basis.Invoiced,
            ("calorificValue", calorific), ("volumeCorrection", correction), ("price", "6900.00 GBP"));

    public void Diesel()
    {
        Entry("stock:diesel", "stock:diesel", "diesel", "1200", "L", Basis.Measured);
        Entry("supplier:fuels", "stock:diesel", "diesel", "2000", "L", Basis.Invoiced,
            ("blend", "average-biofuel-blend"));
        Entry("stock:diesel", "stock:diesel", "diesel", "900", "L", Basis.Measured);
        Entry("stock:diesel", "unit:forklifts", "diesel", "2300", "L", Basis.Calculated,
            ("blend", "average-biofuel-blend"));
    }

    public void Refrigerant(string mass)
    {
        Entry("supplier:cooling", "unit:chiller", "r-410a", mass, "kg", Basis.Stated,
            ("method", "recharge replaces loss"));
        Entry("unit:chiller", "atmosphere", "r-410a", mass, "kg", Basis.Stated,
            ("method", "recharge replaces loss"));
    }

    public void Clay(string? payer) =>
        Entry("supplier:clays", "stock:clay", "clay", "120", "t", Basis.Invoiced,
        ("payer", payer), ("distance", "80 km"), ("vehicle", "HGV"), ("load", "unknown"));

    public void Waste(string? route) =>
        Entry("site:stoke", "waste-handler:recovery", "waste/commercial-and-industrial",
        "3.4", "t", Basis.Invoiced, ("ewc", "10 12 08"), ("route", route), ("wetted", "no"));

    public void Dispatch(string payer) =>
        Entry("stock:ware", "customer:hotels", "ware", "9.8", "t", Basis.Invoiced,
        ("payer", payer), ("distance", "200 km"), ("vehicle", "HGV"));

    public void Commuting() =>
        Entry("employee-travel", "site:stoke", "travel/car", "26400", "km", Basis.Estimated,
        ("purpose", "commuting"), ("mode", "car"), ("fuel", "unknown"));

    public long Entry(
        string from, string to, string resource, string amount, string unit, Basis basis,
        params (string Name, string? Value)[] facts) =>
        Books.Entry(from, to, resource, amount, unit, First, Last, basis, facts: facts);

    private static PlantUnit Unit(string id, string kind) => new() { Id = id, Site = "stoke", Kind = kind };

    private static Meter Meter(string id, string from, string to) => new()
    {
        Id = id,
        Site = "stoke",
        From = from,
        To = to,
        Resource = "electricity",
        Unit = "kWh",
        Scale = 2,
        Reading = MeterReading.Interval,
        IntervalMinutes = 30,
        AccuracyPercent = 1,
    };
}
