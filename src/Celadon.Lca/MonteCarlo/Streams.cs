using Celadon.Lca.Model;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// Which random stream an uncertain amount is drawn from. A draw depends on seed, sample and stream alone, so
/// that what has one stream in two systems is drawn alike in both.
/// </summary>
internal static class Streams
{
    /// <summary>The stream stated for an entry, else its number over all three matrices.</summary>
    public static uint Of(ProductSystem system, UncertainPart part, int entry)
    {
        var (matrix, first) = part switch
        {
            UncertainPart.Technosphere => (system.Technosphere, 0),
            UncertainPart.Biosphere => (system.Biosphere, system.Technosphere.Matrix.Count),
            _ => (system.Factors, system.Technosphere.Matrix.Count + system.Biosphere.Matrix.Count),
        };
        return matrix.Streams.Length > 0 ? matrix.Streams[entry] : (uint)(first + entry);
    }
}
