namespace Celadon.Tests.Import.Lci;

/// <summary>
/// One small system that is written in every format. A kilogram of tile takes 7.2 MJ = 2 kWh of electricity,
/// emits 0.5 kg CO2 and gives 0.1 kg sludge away. A kWh takes 0.05 kg coal and emits 0.4 kg CO2; a tonne of
/// coal takes 10 kWh and emits 20 kg CO2; treating a kilogram of sludge emits 0.2 kg CO2 and 3 g CH4, which
/// counts 30-fold here.
/// </summary>
/// <remarks>
/// By hand: e = 0.4 + 0.05 c and c = 0.02 + 0.01 e give e = 0.401 / 0.9995; sludge 0.2 + 0.003 × 30 = 0.29;
/// tile 0.5 + 2 e + 0.1 × 0.29.
/// </remarks>
internal static class TileWorks
{
    public const double Electricity = 0.401 / 0.9995;
    public const double Sludge = 0.29;
    public const double Tile = 0.5 + (2 * Electricity) + (0.1 * Sludge);
}
