namespace LongquanStoke;

/// <summary>The year of the Stoke works as its papers tell it, month by month from October 2025.</summary>
public static class StokePlan
{
    /// <summary>Ware fired, tenths of a tonne.</summary>
    public static readonly int[] OutputTenths = [104, 109, 71, 96, 102, 111, 94, 101, 90, 76, 95, 98];

    /// <summary>Commuting by car, vehicle-kilometres, from the survey of May 2026.</summary>
    public static readonly int[] CommutingKm =
        [27600, 25200, 20400, 26400, 25200, 27600, 24000, 24000, 26400, 21600, 25200, 26400];

    /// <summary>Water billed in m³; the bill of February is lost.</summary>
    public static readonly int?[] WaterM3 = [322, 335, 241, 308, null, 341, 297, 318, 284, 236, 301, 310];

    /// <summary>Diesel in the tank on the first of each month, litres; nobody dipped on 1 May.</summary>
    public static readonly int?[] DipLitres =
        [1450, 980, 1310, 1640, 1120, 760, 1530, null, 1060, 1390, 1010, 1200];

    /// <summary>Diesel in the tank at the end of the year, litres.</summary>
    public const int LastDipLitres = 900;

    /// <summary>Days on which diesel came, and litres.</summary>
    public static readonly (DateOnly Day, int Litres)[] DieselDeliveries =
    [
        (new(2025, 10, 21), 2000),
        (new(2025, 11, 18), 2000),
        (new(2025, 12, 9), 2000),
        (new(2026, 1, 20), 2000),
        (new(2026, 2, 17), 2000),
        (new(2026, 3, 10), 2500),
        (new(2026, 4, 14), 2000),
        (new(2026, 5, 19), 2000),
        (new(2026, 6, 16), 2000),
        (new(2026, 7, 14), 2000),
        (new(2026, 8, 18), 2000),
        (new(2026, 9, 15), 2000),
    ];

    /// <summary>
    /// Materials: day, stock, resource, amount, unit, who pays the carriage, kilometres, where from.
    /// </summary>
    public static readonly (
        DateOnly Day, string Stock, string Resource, decimal Amount, string Unit, string Payer, int? Km,
        string Supplier)[] Deliveries =
    [
        (new(2025, 10, 14), "clay", "clay", 24m, "t", "us", 80, "churnet-vale-clays"),
        (new(2025, 11, 20), "clay", "china-clay", 26m, "t", "", 430, "tamarside-china-clay"),
        (new(2025, 12, 3), "packaging", "board", 3.8m, "t", "us", 60, "etruria-board"),
        (new(2026, 1, 22), "glaze", "glaze-frit", 3.2m, "t", "us", 6, "burslem-frits"),
        (new(2026, 2, 18), "clay", "clay", 24m, "t", "us", 80, "churnet-vale-clays"),
        (new(2026, 4, 9), "moulds", "plaster", 6m, "t", "", 25, "newark-plaster"),
        (new(2026, 5, 12), "glaze", "glaze-frit", 2800m, "kg", "us", 6, "burslem-frits"),
        (new(2026, 6, 17), "packaging", "board", 4.5m, "t", "us", null, "etruria-board"),
        (new(2026, 9, 8), "clay", "clay", 120m, "t", "us", 80, "churnet-vale-clays"),
    ];

    /// <summary>Ware sent out: day, tonnes, customer, who pays the carriage, kilometres.</summary>
    public static readonly
        (DateOnly Day, decimal Tonnes, string Customer, string Payer, int Km)[] Dispatches =
    [
        (new(2025, 10, 16), 6.0m, "harbour-hotels", "customer", 200),
        (new(2025, 10, 29), 3.9m, "museum-shops", "us", 150),
        (new(2025, 11, 13), 7.2m, "harbour-hotels", "customer", 200),
        (new(2025, 11, 27), 3.4m, "museum-shops", "us", 150),
        (new(2025, 12, 11), 6.4m, "harbour-hotels", "customer", 200),
        (new(2026, 1, 15), 5.1m, "harbour-hotels", "customer", 200),
        (new(2026, 1, 29), 4.0m, "museum-shops", "", 150),
        (new(2026, 2, 19), 9.7m, "harbour-hotels", "customer", 200),
        (new(2026, 3, 12), 6.8m, "harbour-hotels", "customer", 200),
        (new(2026, 3, 26), 4.4m, "museum-shops", "us", 150),
        (new(2026, 4, 16), 8.9m, "harbour-hotels", "customer", 200),
        (new(2026, 5, 14), 6.0m, "harbour-hotels", "customer", 200),
        (new(2026, 5, 28), 3.7m, "museum-shops", "us", 150),
        (new(2026, 6, 18), 9.6m, "harbour-hotels", "customer", 200),
        (new(2026, 7, 23), 7.0m, "harbour-hotels", "customer", 200),
        (new(2026, 8, 13), 5.2m, "harbour-hotels", "customer", 200),
        (new(2026, 8, 27), 3.9m, "museum-shops", "", 150),
        (new(2026, 9, 17), 9.8m, "harbour-hotels", "customer", 200),
    ];

    /// <summary>
    /// Waste transfer notes: day, resource, amount, unit, European Waste Catalogue code, treatment.
    /// </summary>
    public static readonly
        (DateOnly Day, string Resource, decimal Amount, string Unit, string Ewc, string Route)[] Waste =
    [
        (new(2025, 10, 22), Mixed, 3.1m, "t", Sherds, "landfill"),
        (new(2025, 11, 19), Mixed, 3.3m, "t", Sherds, "landfill"),
        (new(2025, 11, 26), "waste/board", 850m, "kg", "15 01 01", "closed-loop"),
        (new(2025, 12, 17), Mixed, 2.2m, "t", Sherds, "landfill"),
        (new(2026, 1, 21), Mixed, 2.9m, "t", Sherds, "landfill"),
        (new(2026, 2, 11), Mixed, 0.6m, "t", "20 03 01", "incineration-with-energy-recovery"),
        (new(2026, 2, 18), Mixed, 3.0m, "t", Sherds, "landfill"),
        (new(2026, 3, 18), Mixed, 2.1m, "t", Sherds, "open-loop"),
        (new(2026, 4, 22), Mixed, 2.8m, "t", Sherds, "landfill"),
        (new(2026, 5, 13), "waste/board", 0.92m, "t", "15 01 01", "closed-loop"),
        (new(2026, 5, 20), Mixed, 3.2m, "t", Sherds, "landfill"),
        (new(2026, 6, 17), Mixed, 2.7m, "t", Sherds, ""),
        (new(2026, 7, 22), Mixed, 2.3m, "t", Sherds, "landfill"),
        (new(2026, 8, 12), Mixed, 0.55m, "t", "20 03 01", "incineration-with-energy-recovery"),
        (new(2026, 8, 19), Mixed, 3.0m, "t", Sherds, "landfill"),
        (new(2026, 9, 16), Mixed, 3.4m, "t", Sherds, "landfill"),
    ];

    private const string Mixed = "waste/commercial-and-industrial";

    /// <summary>Waste ceramics, bricks, tiles and construction products after thermal processing.</summary>
    private const string Sherds = "10 12 08";
}
