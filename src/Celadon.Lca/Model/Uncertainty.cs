using System.Runtime.InteropServices;

namespace Celadon.Lca.Model;

/// <summary>The shapes that an uncertain amount may have.</summary>
public enum Distribution
{
    /// <summary>Known exactly.</summary>
    None,

    /// <summary>A: median with its sign, B: standard deviation of the logarithm.</summary>
    Lognormal,

    /// <summary>A: mean, B: standard deviation.</summary>
    Normal,

    /// <summary>A: minimum, B: maximum.</summary>
    Uniform,

    /// <summary>A: minimum, B: mode, C: maximum.</summary>
    Triangular,

    /// <summary>A: minimum, B: mode, C: maximum; a beta shape of weight 4 (Malcolm et al. 1959).</summary>
    Pert,

    /// <summary>A: shape, B: scale, C: where it begins, which is added to every draw.</summary>
    Gamma,

    /// <summary>A and B: the two shapes, C: the value that 1 stands for.</summary>
    Beta,

    /// <summary>A: shape, B: scale.</summary>
    Weibull,

    /// <summary>Whole numbers from A to B, both among them, times C (0 stands for 1).</summary>
    DiscreteUniform,

    /// <summary>
    /// Successes among A trials, each with the probability B; one stands for C (0 stands for 1).
    /// </summary>
    Binomial,
}

/// <summary>The uncertainty of one amount, in the amount's own unit. A large system has a million.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Uncertainty(Distribution Kind, double A, double B, double C)
{
    /// <summary>Most trials: whole numbers above this have no place in single precision.</summary>
    public const double MostTrials = 16_777_216;

    /// <summary>Known exactly.</summary>
    public static Uncertainty None => default;

    /// <summary>
    /// True where a change of sign has turned the distribution round. What was drawn high is then drawn as
    /// low, so that the draw is the same one with another sign and not its mirror image.
    /// </summary>
    public bool IsTurned { get; private init; }

    /// <summary>What one whole number stands for.</summary>
    internal double Step => C == 0 ? 1 : C;

    /// <summary>True where there is something to draw.</summary>
    public bool IsUncertain => Kind != Distribution.None;

    /// <summary>Lognormal about a median (with its sign); sigma is the deviation of the logarithm.</summary>
    public static Uncertainty Lognormal(double median, double sigma) =>
        new(Distribution.Lognormal, median, sigma, 0);

    /// <summary>Normal.</summary>
    public static Uncertainty Normal(double mean, double deviation) =>
        new(Distribution.Normal, mean, deviation, 0);

    /// <summary>Uniform between two bounds.</summary>
    public static Uncertainty Uniform(double minimum, double maximum) =>
        new(Distribution.Uniform, minimum, maximum, 0);

    /// <summary>Triangular.</summary>
    public static Uncertainty Triangular(double minimum, double mode, double maximum) =>
        new(Distribution.Triangular, minimum, mode, maximum);

    /// <summary>PERT.</summary>
    public static Uncertainty Pert(double minimum, double mode, double maximum) =>
        new(Distribution.Pert, minimum, mode, maximum);

    /// <summary>Gamma, beginning at 0 or somewhere else.</summary>
    public static Uncertainty Gamma(double shape, double scale, double least = 0) =>
        new(Distribution.Gamma, shape, scale, least);

    /// <summary>Beta, stretched from 0..1 to 0..scale.</summary>
    public static Uncertainty Beta(double alpha, double beta, double scale) =>
        new(Distribution.Beta, alpha, beta, scale);

    /// <summary>Weibull.</summary>
    public static Uncertainty Weibull(double shape, double scale) => new(Distribution.Weibull, shape, scale,
        0);

    /// <summary>Whole numbers between two bounds, both included.</summary>
    public static Uncertainty DiscreteUniform(int minimum, int maximum) =>
        new(Distribution.DiscreteUniform, minimum, maximum, 1);

    /// <summary>Successes among so many trials.</summary>
    public static Uncertainty Binomial(int trials, double probability) =>
        new(Distribution.Binomial, trials, probability, 1);

    /// <summary>True when the parameters describe a distribution.</summary>
    public bool IsPossible => double.IsFinite(A) && double.IsFinite(B) && double.IsFinite(C) && Kind switch
    {
        Distribution.None => true,
        Distribution.Lognormal => A != 0 && B >= 0,
        Distribution.Normal => B >= 0,
        Distribution.Uniform => B >= A,
        Distribution.DiscreteUniform => B >= A && A == Math.Floor(A) && B == Math.Floor(B),
        Distribution.Triangular or Distribution.Pert => A <= B && B <= C,
        Distribution.Gamma or Distribution.Weibull => A > 0 && B != 0,
        Distribution.Beta => A > 0 && B > 0 && C != 0,
        Distribution.Binomial => A is >= 1 and <= MostTrials && A == Math.Floor(A) && B is >= 0 and <= 1,
        _ => false,
    };

    /// <summary>
    /// The same uncertainty of an amount in a unit that is so many times smaller; nothing times is certain.
    /// </summary>
    public Uncertainty Times(double k) => Kind switch
    {
        _ when k == 0 => None,
        Distribution.Lognormal => this with { A = A * k },
        Distribution.Normal => new(Kind, A * k, B * Math.Abs(k), 0) { IsTurned = IsTurned != k < 0 },
        Distribution.Gamma => this with { B = B * k, C = C * k },
        Distribution.Weibull => this with { B = B * k },
        Distribution.Beta => this with { C = C * k },
        Distribution.DiscreteUniform or Distribution.Binomial => this with { C = Step * k },
        Distribution.None => this,
        _ when k >= 0 => new(Kind, A * k, B * k, C * k) { IsTurned = IsTurned },
        Distribution.Uniform => new(Kind, B * k, A * k, 0) { IsTurned = !IsTurned },
        _ => new(Kind, C * k, B * k, A * k) { IsTurned = !IsTurned },
    };

    /// <summary>The mean.</summary>
    public double Mean => Kind switch
    {
        Distribution.Lognormal => A * Math.Exp(B * B / 2),
        Distribution.Uniform => (A + B) / 2,
        Distribution.DiscreteUniform => Step * (A + B) / 2,
        Distribution.Triangular => (A + B + C) / 3,
        Distribution.Pert => (A + (4 * B) + C) / 6,
        Distribution.Gamma => C + (A * B),
        Distribution.Binomial => Step * A * B,
        Distribution.Beta => C * A / (A + B),
        Distribution.Weibull => B * GammaFunction(1 + (1 / A)),
        _ => A,
    };

    /// <summary>The variance.</summary>
    public double Variance => Kind switch
    {
        Distribution.Lognormal => A * A * Math.Exp(B * B) * (Math.Exp(B * B) - 1),
        Distribution.Normal => B * B,
        Distribution.Uniform => (B - A) * (B - A) / 12,
        Distribution.DiscreteUniform => Step * Step * (((B - A + 1) * (B - A + 1)) - 1) / 12,
        Distribution.Triangular => ((A * A) + (B * B) + (C * C) - (A * B) - (A * C) - (B * C)) / 18,
        Distribution.Pert => (Mean - A) * (C - Mean) / 7,
        Distribution.Gamma => A * B * B,
        Distribution.Binomial => Step * Step * A * B * (1 - B),
        Distribution.Beta => C * C * A * B / ((A + B) * (A + B) * (A + B + 1)),
        Distribution.Weibull => B * B * (GammaFunction(1 + (2 / A)) - Math.Pow(GammaFunction(1 + (1 / A)),
            2)),
        _ => 0,
    };

    /// <summary>Lanczos' approximation (1964), 15 digits for arguments above one half.</summary>
    private static double GammaFunction(double x)
    {
        double[] c = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
            -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
            1.5056327351493116e-7];
        var sum = c[0];
        for (var i = 1; i < c.Length; i++) sum += c[i] / (x - 1 + i);
        var t = x + 6.5;
        return Math.Sqrt(2 * Math.PI) * Math.Pow(t, x - 0.5) * Math.Exp(-t) * sum;
    }
}
