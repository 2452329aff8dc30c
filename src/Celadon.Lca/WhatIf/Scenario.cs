using Celadon.Lca.Model;
using Celadon.Lca.Results;

namespace Celadon.Lca.WhatIf;

/// <summary>A change of one cell of the technosphere: what is added to a process's exchange of a
/// product.</summary>
public readonly record struct ExchangeChange(ProcessIndex Process, ProductIndex Product, double Added)
{
    /// <summary>
    /// Takes what a process takes of one product from another one instead, in the ratio of their units.
    /// </summary>
    public static ExchangeChange[] Swap(ProductSystem system, ProcessIndex process, ProductIndex from,
        ProductIndex to, double ratio = 1)
    {
        ArgumentNullException.ThrowIfNull(system);
        var amount = system.Technosphere.Matrix[from.Value, process.Value];
        return [new(process, from, -amount), new(process, to, amount * ratio)];
    }
}

/// <summary>
/// What if: changed exchanges on the kept factor of the unchanged system, by a low-rank update (Sherman and
/// Morrison 1950; Woodbury, Inverting modified matrices, 1950). The rank is the number of processes changed;
/// each costs one solve, and nothing is factored again.
/// </summary>
public sealed class Scenario
{
    private readonly Assessment _assessment;
    private readonly int[] _columns;
    private readonly double[][] _solved;
    private readonly double[][] _capacitance;
    private readonly ProductSystem _changed;

    private Scenario(Assessment assessment, ProductSystem changed, SortedDictionary<int, double[]> byColumn)
    {
        (_assessment, _changed, _columns) = (assessment, changed, [.. byColumn.Keys]);
        _solved = [.. byColumn.Values.Select(column =>
        {
            var w = new double[column.Length];
            assessment.Direct.Solve(column, w);
            return w;
        })];
        _capacitance = [.. _columns.Select((column, r) =>
            _solved.Select((w, c) => w[column] + (r == c ? 1 : 0)).ToArray())];
    }

    /// <summary>Processes changed.</summary>
    public int Rank => _columns.Length;

    /// <summary>Prepares a scenario.</summary>
    public static Scenario Of(Assessment assessment, params ReadOnlySpan<ExchangeChange> changes)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        var (system, byColumn) = (assessment.System, new SortedDictionary<int, double[]>());
        foreach (var (process, product, added) in changes)
        {
            if (!double.IsFinite(added))
                throw new InvalidSystemException([new ModelFault(FaultKind.NotFinite, process, product,
                    system.Names.Process(process))]);
            if (!byColumn.TryGetValue(process.Value, out var column))
                byColumn[process.Value] = column = new double[system.ProcessCount];
            column[system.ProducerOf[product.Value]] += added;
        }
        return new Scenario(assessment, system, byColumn);
    }

    /// <summary>
    /// The same processes with other amounts, exchanges with nature and factors: other values of parameters.
    /// </summary>
    /// <exception cref="ArgumentException">The processes are not the same.</exception>
    public static Scenario Between(Assessment assessment, ProductSystem changed)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        ArgumentNullException.ThrowIfNull(changed);
        var (before, after) = (assessment.System.Paired, changed.Paired);
        if (!assessment.System.ProducerOf.AsSpan().SequenceEqual(changed.ProducerOf))
            throw new ArgumentException("The two systems do not have the same processes.", nameof(changed));
        var (byColumn, difference) = (new SortedDictionary<int, double[]>(), new double[before.Size]);
        for (var j = 0; j < before.Size; j++)
        {
            for (var p = before.Starts[j]; p < before.Starts[j + 1]; p++)
                difference[before.RowOf[p]] -= before.Values[p];
            for (var p = after.Starts[j]; p < after.Starts[j + 1]; p++)
                difference[after.RowOf[p]] += after.Values[p];
            if (Array.Exists(difference, d => d != 0)) byColumn[j] = (double[])difference.Clone();
            for (var p = before.Starts[j]; p < before.Starts[j + 1]; p++) difference[before.RowOf[p]] = 0;
            for (var p = after.Starts[j]; p < after.Starts[j + 1]; p++) difference[after.RowOf[p]] = 0;
        }
        return new Scenario(assessment, changed, byColumn);
    }

    /// <summary>The supply of a demand in the scenario, by process.</summary>
    /// <exception cref="InvalidSystemException">The changed system is singular; a process is
    /// named.</exception>
    public double[] Supply(params ReadOnlySpan<Demand> demands)
    {
        var (b, x) = (_assessment.System.RightHandSide(demands), new double[_assessment.System.ProcessCount]);
        _assessment.Direct.Solve(b, x);
        var y = Weights(x);
        for (var c = 0; c < y.Length; c++)
            for (var i = 0; i < x.Length; i++) x[i] -= y[c] * _solved[c][i];
        return x;
    }

    /// <summary>The score of a demand in the scenario.</summary>
    public double Score(CategoryIndex category, params ReadOnlySpan<Demand> demands) =>
        Dot(_changed.DirectScores(category), Supply(demands));

    /// <summary>
    /// The same from what the caller keeps: the supply in the unchanged system and the direct scores.
    /// </summary>
    public double Score(ReadOnlySpan<double> supply, ReadOnlySpan<double> directScores)
    {
        var (score, y) = (Dot(directScores, supply), Weights(supply));
        for (var c = 0; c < y.Length; c++) score -= y[c] * Dot(directScores, _solved[c]);
        return score;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The small system (I + VᵀA⁻¹U) y = Vᵀx, by elimination with pivoting.</summary>
    private double[] Weights(ReadOnlySpan<double> x)
    {
        var k = _columns.Length;
        var (m, y) = (new double[k][], new double[k]);
        for (var r = 0; r < k; r++) m[r] = [.. _capacitance[r], x[_columns[r]]];
        for (var c = 0; c < k; c++)
        {
            var best = c;
            for (var r = c + 1; r < k; r++) if (Math.Abs(m[r][c]) > Math.Abs(m[best][c])) best = r;
            (m[c], m[best]) = (m[best], m[c]);
            if (!(Math.Abs(m[c][c]) > 1e-13 * _capacitance[c].Max(v => Math.Max(1, Math.Abs(v)))))
                throw new InvalidSystemException([new ModelFault(FaultKind.Singular, new(_columns[c]), null,
                    _assessment.System.Names.Process(new(_columns[c])))]);
            for (var r = c + 1; r < k; r++)
            {
                var factor = m[r][c] / m[c][c];
                for (var q = c; q <= k; q++) m[r][q] -= factor * m[c][q];
            }
        }
        for (var r = k - 1; r >= 0; r--)
        {
            y[r] = m[r][k];
            for (var q = r + 1; q < k; q++) y[r] -= m[r][q] * y[q];
            y[r] /= m[r][r];
        }
        return y;
    }
}
