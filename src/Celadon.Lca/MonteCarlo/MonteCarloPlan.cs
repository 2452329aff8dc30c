using Celadon.Lca.Direct;
using Celadon.Lca.Iterative;
using Celadon.Lca.Model;
using Celadon.Lca.Results;
using Celadon.Lca.Sampling;
using Celadon.Lca.Sparse;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// A demand made ready for sampling, shared by all threads. Only what the demand reaches is kept, consumers
/// first. Rows are scaled by the nominal supply (y = x ÷ x₀, so that nominally y = 1): starting values are
/// at hand, single precision is safe for any units, and every absolute error is a relative one.
/// </summary>
internal sealed unsafe class MonteCarloPlan : IDisposable
{
    private readonly AlignedBuffer<int> _uncertainStarts;
    private readonly AlignedBuffer<int> _uncertainColumn;
    private readonly AlignedBuffer<int> _fixedStarts;
    private readonly AlignedBuffer<int> _fixedColumn;
    private readonly AlignedBuffer<double> _fixed;
    private readonly AlignedBuffer<float> _fixedSingle;
    private readonly AlignedBuffer<float> _weight;
    private readonly AlignedBuffer<double> _start;

    private MonteCarloPlan(LcaResult nominal, MonteCarloSettings settings, DrivenPlan driven)
    {
        var reached = ReachedSystem.Of(nominal, settings.Categories, driven);
        (Nominal, Settings, Reached, Driven) = (nominal, settings, reached, driven);
        var coefficients = Coefficients.Of(reached, nominal.System, settings, driven);
        Coefficients = coefficients;
        _uncertainStarts = AlignedBuffer<int>.From(coefficients.UncertainStarts);
        _uncertainColumn = Lanes(coefficients.UncertainColumn);
        _fixedStarts = AlignedBuffer<int>.From(coefficients.FixedStarts);
        _fixedColumn = Lanes(coefficients.FixedColumn);
        _fixed = AlignedBuffer<double>.From(coefficients.Fixed);
        _fixedSingle = AlignedBuffer<float>.From([.. coefficients.Fixed.Select(z => (float)z)]);
        _weight = AlignedBuffer<float>.From(reached.Weights);
        Loops = [.. reached.Stretches.Where(s => s.IsLoop).Select(s => LoopPlan.Of(s, coefficients))];
        _start = AlignedBuffer<double>.From(Starts(reached, coefficients));
        Technosphere = new DrawTable(coefficients.Draws);
        Scores = [.. settings.Categories.Select(c => new ScorePlan(nominal, reached, driven, c))];
        Rows = new BatchRows
        {
            UncertainStarts = _uncertainStarts.Pointer,
            UncertainColumn = _uncertainColumn.Pointer,
            FixedStarts = _fixedStarts.Pointer,
            FixedColumn = _fixedColumn.Pointer,
            Fixed = _fixed.Pointer,
            FixedSingle = _fixedSingle.Pointer,
            Weight = _weight.Pointer,
            Start = _start.Pointer,
        };
    }

    public LcaResult Nominal { get; }

    public MonteCarloSettings Settings { get; }

    public ReachedSystem Reached { get; }

    public DrivenPlan Driven { get; }

    public Coefficients Coefficients { get; }

    /// <summary>The loops, in their order.</summary>
    public LoopPlan[] Loops { get; }

    public DrawTable Technosphere { get; }

    public ScorePlan[] Scores { get; }

    public BatchRows Rows { get; }

    /// <summary>Prepares a solved demand.</summary>
    public static MonteCarloPlan Of(LcaResult nominal, MonteCarloSettings settings) =>
        new(nominal, settings, new DrivenPlan(nominal.System, settings));

    /// <summary>What is known of each residual at the nominal supply: c − 1 + Σ of the known z.</summary>
    private static double[] Starts(ReachedSystem reached, Coefficients z)
    {
        var starts = new double[reached.Constants.Length];
        for (var i = 0; i < starts.Length; i++)
        {
            var sum = reached.Constants[i] - 1;
            for (var q = z.FixedStarts[i]; q < z.FixedStarts[i + 1]; q++) sum += z.Fixed[q];
            starts[i] = sum;
        }
        return starts;
    }

    private static AlignedBuffer<int> Lanes(int[] columns) =>
        AlignedBuffer<int>.From([.. columns.Select(c => checked(c * BatchKernels.Half))]);

    public void Dispose()
    {
        IDisposable[] parts = [_uncertainStarts, _uncertainColumn, _fixedStarts, _fixedColumn, _fixed,
            _fixedSingle, _weight, _start, Technosphere, .. Loops, .. Scores];
        foreach (var part in parts) part.Dispose();
    }
}
