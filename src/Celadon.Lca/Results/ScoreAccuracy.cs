using Celadon.Lca.Model;

namespace Celadon.Lca.Results;

/// <summary>
/// How far a score can be trusted, to first order in relative changes of all amounts, exchange by exchange
/// (Skeel, Scaling for numerical stability in Gaussian elimination, J. ACM 26, 1979; Higham, Accuracy and
/// Stability of Numerical Algorithms, 2002, chapter 7): with the intensities λ,
/// |δh| ≤ ε · (|λ|ᵀ(|A||s| + |f|) + |c|ᵀ|B||s|).
/// </summary>
/// <param name="Error">
/// What the score may be wrong by, in its unit: the backward error of the supply and the rounding of amounts
/// to sixteen digits.
/// </param>
/// <param name="Condition">
/// How many times a relative change of all amounts at once may come out in the score; infinite where the
/// score is 0 and its parts are not.
/// </param>
/// <param name="Gross">Size of all that was added up, exchange by exchange: |c|ᵀ|B||s|.</param>
/// <param name="Weakest">The process whose equation lends most to the error.</param>
public sealed record ScoreAccuracy(double Error, double Condition, double Gross, ProcessIndex Weakest)
{
    private const double Rounding = 2.220446049250313e-16;
    private const double Millionth = 1e-6;
    private const int AllDigits = 15;

    /// <summary>Digits of the score that rounding leaves, 0 to 15.</summary>
    public required int Digits { get; init; }

    /// <summary>
    /// True where the error is above a millionth of all that was added up: it is a loop that loses digits,
    /// and not only burdens and credits that cancel.
    /// </summary>
    public bool IsWeak => Gross > 0 && !(Error <= Millionth * Gross);

    /// <summary>The accuracy of one score of a result.</summary>
    internal static ScoreAccuracy Of(LcaResult result, CategoryIndex category)
    {
        var (system, x) = (result.System, result.SupplyOf);
        var lambda = result.Assessment.IntensitiesByProcess(category);
        var (sizes, own) = (system.Paired.Sizes(x, result.RightHandSide), Own(system, category));
        var (sum, gross, most, weakest) = (0.0, 0.0, -1.0, 0);
        for (var j = 0; j < x.Length; j++)
        {
            var (part, released) = (Math.Abs(lambda[j]) * sizes[j], Math.Abs(x[j]) * own[j]);
            sum += part + released;
            gross += released;
            if (part > most) (most, weakest) = (part, j);
        }
        var score = Math.Abs(result.Score(category));
        var error = sum == 0 ? 0 : (Rounding + result.Choice.BackwardError) * sum;
        return new ScoreAccuracy(error, sum == 0 ? 0 : sum / score, gross, new(weakest))
        {
            Digits = DigitsOf(score, error),
        };
    }

    /// <summary>Digits of a number that an error leaves, 0 to 15.</summary>
    public static int DigitsOf(double value, double error) => error == 0 ? AllDigits
        : !(error < Math.Abs(value)) ? 0
        : Math.Clamp((int)Math.Floor(-Math.Log10(error / Math.Abs(value))), 0, AllDigits);

    /// <summary>|c|ᵀ|B| of each process.</summary>
    private static double[] Own(ProductSystem system, CategoryIndex category)
    {
        var (b, factors, own) = (system.Biosphere.Matrix, system.FactorRow(category),
            new double[system.ProcessCount]);
        for (var j = 0; j < own.Length; j++)
            for (var p = b.Starts[j]; p < b.Starts[j + 1]; p++)
                own[j] += Math.Abs(factors[b.RowOf[p]] * b.Values[p]);
        return own;
    }
}
