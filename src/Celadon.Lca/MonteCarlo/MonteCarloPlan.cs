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
        };
    }

    public LcaResult Nominal { get; }

    public MonteCarloSettings Settings { get; }

    public ReachedSystem Reached { get; }

    public DrivenPlan Driven { get; }

    public Coefficients Coefficients { get; }

    public DrawTable Technosphere { get; }

    public ScorePlan[] Scores { get; }

    public BatchRows Rows { get; }

    /// <summary>Prepares a solved demand.</summary>
    public static MonteCarloPlan Of(LcaResult nominal, MonteCarloSettings settings) =>
        new(nominal, settings, new DrivenPlan(nominal.System, settings));

    private static AlignedBuffer<int> Lanes(int[] columns) =>
        AlignedBuffer<int>.From([.. columns.Select(c => checked(c * BatchKernels.Half))]);

    public void Dispose()
    {
        IDisposable[] parts = [_uncertainStarts, _uncertainColumn, _fixedStarts, _fixedColumn, _fixed,
            _fixedSingle, _weight, Technosphere, .. Scores];
        foreach (var part in parts) part.Dispose();
    }
}

/// <summary>The processes that a demand reaches, in the order of the sweeps, with their scales.</summary>
internal sealed record ReachedSystem(int[] Processes, int[] At, Zone[] Zones, double[] Scale,
    double[] Constants, float[] Weights)
{
    public static ReachedSystem Of(LcaResult nominal, IReadOnlyList<CategoryIndex> categories,
        DrivenPlan driven)
    {
        var paired = nominal.System.Paired;
        var order = nominal.Assessment.SweepOrder;
        var needed = Needed(paired, nominal.RightHandSide);
        var (processes, zones) = (new List<int>(), new List<Zone>());
        foreach (var zone in order.Zones)
        {
            var begin = processes.Count;
            for (var k = zone.Begin; k < zone.End; k++)
                if (needed[order.Order[k]]) processes.Add(order.Order[k]);
            if (processes.Count > begin) zones.Add(new Zone(begin, processes.Count, zone.IsLoop));
        }
        var at = new int[paired.Size];
        Array.Fill(at, -1);
        for (var i = 0; i < processes.Count; i++) at[processes[i]] = i;
        var scale = Scales(paired, nominal, processes);
        var constants = processes.Select((j, i) => nominal.RightHandSide[j] / paired.Diagonal[j] / scale[i]);
        return new ReachedSystem([.. processes], at, [.. zones], scale, [.. constants],
            WeightsOf(nominal, categories, processes, scale, driven));
    }

    private static bool[] Needed(PairedMatrix paired, double[] b)
    {
        var (needed, open) = (new bool[paired.Size], new Stack<int>());
        for (var j = 0; j < b.Length; j++)
            if (b[j] != 0)
            {
                needed[j] = true;
                open.Push(j);
            }
        while (open.TryPop(out var j))
            for (var p = paired.Starts[j]; p < paired.Starts[j + 1]; p++)
            {
                if (needed[paired.RowOf[p]]) continue;
                needed[paired.RowOf[p]] = true;
                open.Push(paired.RowOf[p]);
            }
        return needed;
    }

    /// <summary>
    /// The nominal supply; where burdens and credits cancel in it, the size of what flows through instead.
    /// </summary>
    private static double[] Scales(PairedMatrix paired, LcaResult nominal, List<int> processes)
    {
        var through = new double[paired.Size];
        foreach (var j in processes)
            for (var p = paired.Starts[j]; p < paired.Starts[j + 1]; p++)
                if (paired.RowOf[p] != j)
                    through[paired.RowOf[p]] += Math.Abs(paired.Values[p] * nominal.SupplyOf[j]);
        return [.. processes.Select(j =>
        {
            var gross = (through[j] + Math.Abs(nominal.RightHandSide[j])) / Math.Abs(paired.Diagonal[j]);
            var x = nominal.SupplyOf[j];
            return Math.Abs(x) > 1e-6 * gross ? x : gross > 0 ? gross : 1;
        })];
    }

    /// <summary>
    /// How much a relative error in the supply of each process can matter to any of the scores.
    /// </summary>
    private static float[] WeightsOf(LcaResult nominal, IReadOnlyList<CategoryIndex> categories,
        List<int> processes, double[] scale, DrivenPlan driven)
    {
        var weights = new float[processes.Count];
        foreach (var category in categories)
        {
            var lambda = nominal.Assessment.IntensitiesByProcess(category);
            var direct = Largest(nominal.System, category, driven);
            var gross = Balance.Of(nominal.ProcessContributions(category)).Gross;
            var size = Math.Max(Math.Abs(nominal.Score(category)), 1e-3 * gross);
            if (size == 0) size = processes.Select((j, i) => Math.Abs(direct[j] * scale[i])).Max();
            if (size == 0) continue;
            for (var i = 0; i < weights.Length; i++)
            {
                var j = processes[i];
                var intensity = Math.Max(Math.Abs(lambda[j] * nominal.System.Paired.Diagonal[j]),
                    Math.Abs(direct[j]));
                weights[i] = Math.Max(weights[i], (float)Math.Abs(intensity * scale[i] / size));
            }
        }
        return weights;
    }

    /// <summary>
    /// What each process may itself give to the score, whatever the signs and including amounts that are
    /// nominally zero but drawn.
    /// </summary>
    private static double[] Largest(ProductSystem system, CategoryIndex category, DrivenPlan driven)
    {
        var (b, factors, largest) = (system.Biosphere, system.FactorRow(category),
            new double[system.ProcessCount]);
        for (var j = 0; j < largest.Length; j++)
            for (var p = b.Matrix.Starts[j]; p < b.Matrix.Starts[j + 1]; p++)
                if (factors[b.Matrix.RowOf[p]] is not 0 and var factor)
                    largest[j] += Math.Abs(factor) * (Math.Abs(b.Matrix.Values[p])
                        + (driven.Biosphere(p) is >= 0 and var n ? driven.Largest(n)
                            : Math.Sqrt(b.Of(p).Variance)));
        return largest;
    }
}

/// <summary>
/// The coefficients z_ij = −a_ij/a_ii · x₀_j/x₀_i row by row, uncertain ones and known ones apart.
/// </summary>
internal sealed class Coefficients
{
    private Coefficients(int rows) => (UncertainStarts, FixedStarts) = (new int[rows + 1], new int[rows + 1]);

    public int[] UncertainStarts { get; }

    public int[] UncertainColumn { get; private set; } = [];

    public int[] FixedStarts { get; }

    public int[] FixedColumn { get; private set; } = [];

    public double[] Fixed { get; private set; } = [];

    /// <summary>What to draw for each uncertain coefficient.</summary>
    public (uint Stream, Draws.Parameters Parameters)[] Draws { get; private set; } = [];

    /// <summary>The exchange of each uncertain coefficient, and the amount that one unit of it stands
    /// for.</summary>
    public (int Exchange, double Amount)[] Source { get; private set; } = [];

    /// <summary>
    /// The driven amount that each uncertain coefficient follows; −1 where it is drawn by itself.
    /// </summary>
    public int[] Driven { get; private set; } = [];

    /// <summary>Groups of coefficients that are shares: their places, and the nominal sum of
    /// amounts.</summary>
    public (int[] Places, double Sum)[] Shares { get; private set; } = [];

    public static Coefficients Of(ReachedSystem reached, ProductSystem system, MonteCarloSettings settings,
        DrivenPlan driven)
    {
        var (paired, technosphere) = (system.Paired, system.Technosphere);
        var made = new Coefficients(reached.Processes.Length);
        var groupOf = Groups(technosphere, settings);
        var uncertain = new List<(int Row, int Column, int Exchange, double Unit)>();
        var known = new List<(int Row, int Column, double Z)>();
        for (var t = 0; t < reached.Processes.Length; t++)
        {
            var j = reached.Processes[t];
            for (var p = paired.Starts[j]; p < paired.Starts[j + 1]; p++)
            {
                var i = paired.RowOf[p];
                var row = reached.At[i];
                var unit = -reached.Scale[t] / (paired.Diagonal[i] * reached.Scale[row]);
                var isUncertain = technosphere.Of(p).IsUncertain || groupOf.ContainsKey(p)
                    || driven.Technosphere(p) >= 0;
                if (isUncertain) uncertain.Add((row, t, p, unit));
                // The diagonal is nominal; what a draw of an own exchange differs by is a loop on itself.
                if (i == j && isUncertain) known.Add((row, t, -unit * technosphere.Matrix.Values[p]));
                if (i != j && !isUncertain) known.Add((row, t, unit * technosphere.Matrix.Values[p]));
            }
        }
        made.Arrange(uncertain, known, system);
        made.Driven = [.. made.Source.Select(s => driven.Technosphere(s.Exchange))];
        made.Shares = made.SharesOf(groupOf, technosphere.Matrix.Values);
        return made;
    }

    private void Arrange(List<(int Row, int Column, int Exchange, double Unit)> uncertain,
        List<(int Row, int Column, double Z)> known, ProductSystem system)
    {
        var technosphere = system.Technosphere;
        var drawn = uncertain.OrderBy(u => u.Row).ToArray();
        foreach (var u in drawn) UncertainStarts[u.Row + 1]++;
        for (var i = 0; i + 1 < UncertainStarts.Length; i++) UncertainStarts[i + 1] += UncertainStarts[i];
        UncertainColumn = [.. drawn.Select(u => u.Column)];
        Source = [.. drawn.Select(u => (u.Exchange, 1 / u.Unit))];
        Draws = [.. drawn.Select(u => (Streams.Of(system, UncertainPart.Technosphere, u.Exchange),
            technosphere.Of(u.Exchange).IsUncertain
            ? Sampling.Draws.Parameters.Of(technosphere.Of(u.Exchange), u.Unit)
            : Sampling.Draws.Parameters.Exactly(technosphere.Matrix.Values[u.Exchange] * u.Unit)))];
        var rest = known.OrderBy(k => k.Row).ToArray();
        foreach (var k in rest) FixedStarts[k.Row + 1]++;
        for (var i = 0; i + 1 < FixedStarts.Length; i++) FixedStarts[i + 1] += FixedStarts[i];
        FixedColumn = [.. rest.Select(k => k.Column)];
        Fixed = [.. rest.Select(k => k.Z)];
    }

    private static Dictionary<int, int> Groups(UncertainMatrix technosphere, MonteCarloSettings settings)
    {
        var groupOf = new Dictionary<int, int>();
        for (var g = 0; g < settings.Shares.Count; g++)
            foreach (var exchange in settings.Shares[g])
                groupOf[technosphere.Places.Length == 0 ? exchange : technosphere.Places[exchange]] = g;
        return groupOf;
    }

    private (int[], double)[] SharesOf(Dictionary<int, int> groupOf, double[] amounts) =>
        [.. Source.Select((s, q) => (s.Exchange, q)).Where(x => groupOf.ContainsKey(x.Exchange))
            .GroupBy(x => groupOf[x.Exchange]).OrderBy(g => g.Key)
            .Select(g => (g.Select(x => x.q).ToArray(), g.Sum(x => amounts[x.Exchange])))];
}
