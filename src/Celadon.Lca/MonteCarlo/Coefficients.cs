using System.Runtime.CompilerServices;
using Celadon.Lca.Model;
using Celadon.Lca.Sampling;

namespace Celadon.Lca.MonteCarlo;

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
                var isUncertain = technosphere.Of(p).IsUncertain
                    || (groupOf.Count > 0 && groupOf.ContainsKey(p))
                    || (driven.Count > 0 && driven.Technosphere(p) >= 0);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Arrange(List<(int Row, int Column, int Exchange, double Unit)> uncertain,
        List<(int Row, int Column, double Z)> known, ProductSystem system)
    {
        var technosphere = system.Technosphere;
        var drawn = ByRow(uncertain, u => u.Row, UncertainStarts);
        UncertainColumn = Array.ConvertAll(drawn, u => u.Column);
        Source = Array.ConvertAll(drawn, u => (u.Exchange, 1 / u.Unit));
        Draws = Array.ConvertAll(drawn, u => (Streams.Of(system, UncertainPart.Technosphere, u.Exchange),
            technosphere.Of(u.Exchange).IsUncertain
            ? Sampling.Draws.Parameters.Of(technosphere.Of(u.Exchange), u.Unit)
            : Sampling.Draws.Parameters.Exactly(technosphere.Matrix.Values[u.Exchange] * u.Unit)));
        var rest = ByRow(known, k => k.Row, FixedStarts);
        FixedColumn = Array.ConvertAll(rest, k => k.Column);
        Fixed = Array.ConvertAll(rest, k => k.Z);
    }

    /// <summary>Sorts by row, keeping the order within rows; the starts of rows go where they
    /// belong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T[] ByRow<T>(List<T> all, Func<T, int> rowOf, int[] starts)
    {
        foreach (var one in all) starts[rowOf(one) + 1]++;
        for (var i = 0; i + 1 < starts.Length; i++) starts[i + 1] += starts[i];
        var (next, sorted) = (starts.AsSpan(0, starts.Length - 1).ToArray(), new T[all.Count]);
        foreach (var one in all) sorted[next[rowOf(one)]++] = one;
        return sorted;
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
