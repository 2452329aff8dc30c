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

    /// <summary>PERT; certain where both ends are the same.</summary>
    public static Uncertainty? PertOf(double? least, double? mode, double? most) =>
        least == most && least != null ? Uncertainty.None
        : least <= mode && mode <= most ? Uncertainty.Pert(least!.Value, mode!.Value, most!.Value) : null;

    /// <summary>Gamma by the absolute values of shape and scale, beginning at a minimum.</summary>
    public static Uncertainty? GammaOf(double? shape, double? scale, double? least) =>
        shape is { } a && a != 0 && scale is { } b && b != 0 && least is { } from
            ? Uncertainty.Gamma(Math.Abs(a), Math.Abs(b), from) : null;

    /// <summary>Successes among whole trials.</summary>
    public static Uncertainty? BinomialOf(double? trials, double? probability) =>
        trials is { } n && probability is { } p
            && new Uncertainty(Distribution.Binomial, n, p, 1) is { IsPossible: true } spread ? spread : null;
}
