using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Celadon.Lca.Direct;
using Celadon.Lca.Iterative;
using Celadon.Lca.Model;
using Celadon.Lca.Sampling;
using Celadon.Lca.Sparse;
using F = System.Runtime.Intrinsics.Vector512<float>;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// One thread's room for thirty-two samples at a time, and how they are solved: the residual in double
/// precision, its correction by sweeps in single precision, again until every lane's own residual is small
/// enough (iterative refinement; Wilkinson 1963). The number of sweeps follows the worst lane. Lanes that do
/// not come down are factored and solved exactly.
/// </summary>
internal sealed unsafe class Batch : IDisposable
{
    private const int Half = BatchKernels.Half;
    private const int MostRounds = 8;
    private const int MostSweeps = 60;

    private readonly MonteCarloPlan _plan;
    private readonly int _rows;
    private readonly AlignedBuffer<float>[] _z;
    private readonly AlignedBuffer<double>[] _y;
    private readonly AlignedBuffer<double>[] _residual;
    private readonly AlignedBuffer<float> _correction;
    private readonly AlignedBuffer<double> _factors;
    private readonly AlignedBuffer<double> _driven;
    private readonly LoopRoom[] _loops;
    private DirectSolver? _near;
    private DirectSolver? _exact;

    public Batch(MonteCarloPlan plan)
    {
        _plan = plan;
        _rows = plan.Reached.Processes.Length;
        _z = [new(Half * (long)plan.Technosphere.Count), new(Half * (long)plan.Technosphere.Count)];
        _y = [new(Half * (long)_rows), new(Half * (long)_rows)];
        _residual = [new(Half * (long)_rows), new(Half * (long)_rows)];
        _correction = new(Half * (long)_rows);
        _loops = [.. plan.Loops.Select(l => new LoopRoom(l, plan.Reached.Weights))];
        _factors = new(plan.Scores.Max(s => s.FactorRoom));
        _driven = new(Draws.Lanes * (long)plan.Driven.Count);
        Scores = new double[plan.Scores.Length * Draws.Lanes];
    }

    /// <summary>Scores of the last batch: for each category, thirty-two samples.</summary>
    public double[] Scores { get; }

    /// <summary>Sweeps over cores of loops done so far, of eight samples each.</summary>
    public long Sweeps { get; private set; }

    /// <summary>Residual passes in double precision so far.</summary>
    public long Rounds { get; private set; }

    /// <summary>Lanes solved by factorisation so far.</summary>
    public int ExactLanes { get; private set; }

    /// <summary>The largest weighted residual of any lane so far.</summary>
    public float WorstResidual { get; private set; }

    /// <summary>Bytes outside the managed heap.</summary>
    public long Bytes => _z.Sum(z => z.Bytes) + _y.Sum(y => y.Bytes) + _residual.Sum(r => r.Bytes)
        + _loops.Sum(l => l.Bytes) + _correction.Bytes + _factors.Bytes + _driven.Bytes;

    /// <summary>Draws, solves and scores one batch.</summary>
    public void Run(long number)
    {
        var key = Draws.KeyOf(_plan.Settings.Seed, number);
        BatchKernels.Sample(_plan.Technosphere, key, _plan.Rows, _rows, _z[0].Pointer, _z[1].Pointer,
            _residual[0].Pointer, _residual[1].Pointer);
        if (_plan.Driven.Count > 0) Drive(key);
        for (var half = 0; half < 2; half++)
        {
            KeepShares(_z[half].Pointer);
            Solve(half);
        }
        fixed (double* scores = Scores)
            for (var c = 0; c < _plan.Scores.Length; c++)
                _plan.Scores[c].Score(key, _y[0].Pointer, _y[1].Pointer, _factors.Pointer, _driven.Pointer,
                    scores + ((long)c * Draws.Lanes));
    }

    /// <summary>The amounts of one lane's technosphere, as the exchanges stand in the system.</summary>
    public double[] Amounts(int lane)
    {
        var amounts = (double[])_plan.Nominal.System.Technosphere.Matrix.Values.Clone();
        var z = _z[lane / Half].Pointer + (lane % Half);
        var source = _plan.Coefficients.Source;
        for (var q = 0; q < source.Length; q++)
            amounts[source[q].Exchange] = z[(long)Half * q] * source[q].Amount;
        return amounts;
    }

    /// <summary>The supply of one lane, by process.</summary>
    public double[] Supply(int lane)
    {
        var x = new double[_plan.Nominal.System.ProcessCount];
        var y = _y[lane / Half].Pointer + (lane % Half);
        for (var i = 0; i < _rows; i++)
            x[_plan.Reached.Processes[i]] = y[(long)Half * i] * _plan.Reached.Scale[i];
        return x;
    }

    public void Dispose()
    {
        IDisposable[] parts = [.. _z, .. _y, .. _residual, _correction, _factors, _driven,
            .. _loops];
        foreach (var part in parts) part.Dispose();
        _near?.Dispose();
        _exact?.Dispose();
    }

    /// <summary>Works the driven amounts out and puts those of the technosphere into their lanes.</summary>
    private void Drive(in Threefry.Key key)
    {
        _plan.Driven.Fill(key, new Span<double>(_driven.Pointer, Draws.Lanes * _plan.Driven.Count));
        var (driven, source) = (_plan.Coefficients.Driven, _plan.Coefficients.Source);
        for (var q = 0; q < driven.Length; q++)
            for (var lane = 0; lane < Draws.Lanes && driven[q] >= 0; lane++)
                _z[lane / Half].Pointer[((long)Half * q) + (lane % Half)] =
                    (float)(_driven.Pointer[((long)Draws.Lanes * driven[q]) + lane] / source[q].Amount);
    }

    private void Solve(int half)
    {
        float* z = _z[half].Pointer, e = _correction.Pointer;
        double* y = _y[half].Pointer, r = _residual[half].Pointer;
        var goal = Vector512.Create((float)_plan.Settings.Tolerance);
        F error = Start(half), lost = default;
        Refine(z, r, e, error, goal, true, ref lost);
        BatchKernels.Begin(y, e, _rows);
        for (var round = 1; round < MostRounds; round++)
        {
            error = BatchKernels.Residual(_plan.Rows, _rows, z, e, r);
            Rounds++;
            if (AllDone(error, goal, lost) || round == MostRounds - 1) break;
            Refine(z, r, e, error, goal, false, ref lost);
            BatchKernels.Correct(y, e, _rows);
        }
        for (var lane = 0; lane < Half; lane++)
        {
            if (error.GetElement(lane) <= (float)_plan.Settings.Tolerance
                && lost.AsInt32().GetElement(lane) == 0)
                WorstResidual = Math.Max(WorstResidual, error.GetElement(lane));
            else SolveExactly(half, lane);
        }
    }

    /// <summary>
    /// Residuals at the nominal supply: those of the draws, unless what was drawn has been changed since.
    /// </summary>
    private F Start(int half)
    {
        var r = _residual[half].Pointer;
        if (_plan.Driven.Count > 0 || _plan.Coefficients.Shares.Length > 0)
            BatchKernels.Start(_plan.Rows, _rows, _z[half].Pointer, r);
        Rounds++;
        return BatchKernels.Weighted(_plan.Rows, _rows, r);
    }

    /// <summary>
    /// Sweeps until the correction settles to a share of the residual that single precision can still tell,
    /// or to the goal. A lane that grows beyond all bounds is lost, and the others go on without it.
    /// </summary>
    private void Refine(float* z, double* r, float* e, F error, F goal, bool isFirst, ref F lost)
    {
        // The next sweep would change a fifth of what the last one did: twice the goal is near enough.
        var enough = Vector512.Max(error * Vector512.Create(1e-5f), goal * Vector512.Create(2f));
        var next = 0;
        foreach (var stretch in _plan.Reached.Stretches)
        {
            if (!stretch.IsLoop)
            {
                BatchKernels.Pass(_plan.Rows, stretch, z, r, e, ref lost);
                continue;
            }
            var loop = _loops[next++];
            if (isFirst) loop.Condense(z, _plan.Rows.FixedSingle, r, e, ref lost);
            else loop.Fold(z, _plan.Rows.FixedSingle, r, e);
            Sweeps += loop.Sweep(enough, ref lost, MostSweeps);
            loop.Unfold(e);
        }
    }

    private static bool AllDone(F value, F goal, F lost) => Vector512.EqualsAll(
        (Vector512.LessThanOrEqual(value, goal) | lost).AsInt32(), Vector512<int>.AllBitsSet);

    /// <summary>Scales the shares of each market so that their sum is what it is nominally.</summary>
    private void KeepShares(float* z)
    {
        foreach (var (places, sum) in _plan.Coefficients.Shares)
            for (var lane = 0; lane < Half; lane++)
            {
                var drawn = 0.0;
                foreach (var q in places)
                    drawn += z[((long)Half * q) + lane] * _plan.Coefficients.Source[q].Amount;
                if (drawn == 0) continue;
                foreach (var q in places)
                    z[((long)Half * q) + lane] = (float)(z[((long)Half * q) + lane] * (sum / drawn));
            }
    }

    /// <summary>
    /// GMRES with the factor of the nominal system, which costs a few solves; if that does not come down
    /// either, a factor of the sample itself.
    /// </summary>
    private void SolveExactly(int half, int lane)
    {
        ExactLanes++;
        var (system, b) = (_plan.Nominal.System, _plan.Nominal.RightHandSide);
        var amounts = Amounts((half * Half) + lane);
        if (_near is null)
        {
            _near = _plan.Nominal.Assessment.Direct.Twin();
            _near.Factor();
        }
        var x = Gmres.Solve(_near, system.Paired.With(amounts), b)?.Supply ?? Factored(amounts, b);
        var y = _y[half].Pointer + lane;
        for (var i = 0; i < _rows; i++)
            y[(long)Half * i] = x[_plan.Reached.Processes[i]] / _plan.Reached.Scale[i];
    }

    private double[] Factored(double[] amounts, double[] b)
    {
        var x = new double[b.Length];
        _exact ??= _plan.Nominal.Assessment.Direct.Twin();
        _exact.Factor(amounts);
        if (_exact.SolveRefined(b, x) <= DirectSolver.Tolerance) return x;
        var (system, most) = (_plan.Nominal.System, 0);
        for (var j = 0; j < x.Length; j++) if (!(Math.Abs(x[j]) <= Math.Abs(x[most]))) most = j;
        throw new InvalidSystemException([new ModelFault(FaultKind.Singular, new(most), null,
            system.Names.Process(new(most)))]);
    }
}
