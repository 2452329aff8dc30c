namespace LongquanStoke;

/// <summary>The year of the Longquan works as its papers tell it, month by month from October 2025.</summary>
public static class LongquanPlan
{
    /// <summary>Ware fired, tenths of a tonne.</summary>
    public static readonly int[] OutputTenths = [62, 68, 65, 59, 24, 66, 70, 69, 64, 56, 59, 67];

    /// <summary>Ware fired, pieces.</summary>
    public static readonly int[] OutputPieces =
        [10330, 11340, 10830, 9840, 4010, 11020, 11650, 11480, 10690, 9310, 9860, 11170];

    /// <summary>
    /// Natural gas, Nm³, and its net calorific value in MJ/Nm³; the bill of March does not state it.
    /// </summary>
    public static readonly (int Volume, decimal? Calorific)[] Gas =
    [
        (6180, 35.8m), (6742, 35.8m), (6515, 35.9m), (5988, 35.9m), (2466, 36.1m), (6604, null),
        (6930, 36.1m), (6851, 35.7m), (6377, 35.7m), (5642, 35.8m), (5917, 35.8m), (6688, 36.0m),
    ];

    /// <summary>Water, m³.</summary>
    public static readonly int[] WaterM3 = [186, 198, 190, 174, 81, 195, 203, 207, 196, 182, 188, 199];

    /// <summary>How far the bill lies from the main meter, in hundredths of a percent.</summary>
    public static readonly int[] BillOff = [4, -3, 6, 5, 9, -4, 3, 7, -2, 5, 4, 6];
}
