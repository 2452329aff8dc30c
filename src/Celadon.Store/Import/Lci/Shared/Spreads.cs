using Celadon.Lca.Model;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// Uncertainties as formats state them, checked: null where what is stated cannot be one (a negative
/// variance, a mode outside its bounds), none where there is nothing to draw.
/// </summary>
internal static class Spreads
{
    /// <summary>Lognormal about an amount, with the variance of the logarithm.</summary>
    public static Uncertainty? LognormalOf(double median, double? variance) => variance switch
    {
        null or < 0 => null,
        0 => Uncertainty.None,
        _ when median == 0 || !double.IsFinite(Math.Exp(2 * Math.Sqrt(variance.Value))) => null,
        _ => Uncertainty.Lognormal(median, Math.Sqrt(variance.Value)),
    };

    /// <summary>Normal about an amount.</summary>
    public static Uncertainty? NormalOf(double mean, double? deviation) => deviation switch
    {
        null or < 0 => null,
        0 => Uncertainty.None,
        _ => Uncertainty.Normal(mean, deviation.Value),
    };

    /// <summary>Triangular.</summary>
    public static Uncertainty? TriangularOf(double? least, double? mode, double? most) =>
        least <= mode && mode <= most
            ? least == most ? Uncertainty.None
                : Uncertainty.Triangular(least!.Value, mode!.Value, most!.Value) : null;

    /// <summary>Uniform.</summary>
    public static Uncertainty? UniformOf(double? least, double? most) => least <= most
        ? least == most ? Uncertainty.None : Uncertainty.Uniform(least!.Value, most!.Value) : null;
}
