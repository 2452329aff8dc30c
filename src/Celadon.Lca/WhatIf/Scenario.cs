using Celadon.Lca.Model;
using Celadon.Lca.Results;
using Celadon.Lca.Solving;

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
    private const int Refinements = 3;

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
    public static Scenario Between(Assessment assessment, ProductSystem changed) =>
        TryBetween(assessment, changed, int.MaxValue)
            ?? throw new ArgumentException("The two systems do not have the same processes.",
                nameof(changed));

    /// <summary>
    /// The same; null where the processes are not the same, or more of them differ than is worth a solve
    /// each.
    /// </summary>
    public static Scenario? TryBetween(Assessment assessment, ProductSystem changed, int mostRank)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        ArgumentNullException.ThrowIfNull(changed);
        var (before, after) = (assessment.System.Paired, changed.Paired);
        if (!assessment.System.ProducerOf.AsSpan().SequenceEqual(changed.ProducerOf)) return null;
        var byColumn = new SortedDictionary<int, double[]>();
        for (var j = 0; j < before.Size; j++)
        {
            var rowsBefore = before.Column(j);
            var rowsAfter = after.Column(j);
            if (rowsBefore.Rows.SequenceEqual(rowsAfter.Rows)
                && rowsBefore.Values.SequenceEqual(rowsAfter.Values)) continue;
            if (byColumn.Count == mostRank) return null;
            var difference = new double[before.Size];
            for (var p = 0; p < rowsBefore.Rows.Length; p++)
                difference[rowsBefore.Rows[p]] -= rowsBefore.Values[p];
            for (var p = 0; p < rowsAfter.Rows.Length; p++)
                difference[rowsAfter.Rows[p]] += rowsAfter.Values[p];
            byColumn[j] = difference;
        }
        return new Scenario(assessment, changed, byColumn);
    }

    /// <summary>The supply of a demand in the scenario, by process.</summary>
    /// <exception cref="InvalidSystemException">The changed system is singular; a process is
    /// named.</exception>
    public double[] Supply(params ReadOnlySpan<Demand> demands)
    {
        var x = new double[_assessment.System.ProcessCount];
        Correct(_assessment.System.RightHandSide(demands), x);
        return x;
    }

    private void Correct(ReadOnlySpan<double> b, double[] x)
    {
        _assessment.Direct.Solve(b, x);
        var y = Weights(x);
        for (var c = 0; c < y.Length; c++)
            for (var i = 0; i < x.Length; i++) x[i] -= y[c] * _solved[c][i];
    }

    /// <summary>
    /// Supply, inventory and scores of a demand in the scenario, refined on the changed system itself; the
    /// backward error is that of the changed system, and the iterations are the rank.
    /// </summary>
    /// <param name="changed">Keeps what is made for the changed system; that of this scenario.</param>
    /// <param name="demands">The demand.</param>
    /// <exception cref="InvalidSystemException">The changed system is singular; a process is
    /// named.</exception>
    public LcaResult Solve(Assessment changed, params ReadOnlySpan<Demand> demands)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (!ReferenceEquals(changed.System, _changed))
            throw new ArgumentException("It is not the system of this scenario.", nameof(changed));
        var b = _changed.RightHandSide(demands);
        // Nothing differs between the processes: the very solution of the unchanged system, to the last bit.
        if (Rank == 0) return changed.Take(b, _assessment.Solve(demands));
        var x = Supply(demands);
        var error = _changed.Paired.BackwardError(x, b);
        var (residual, step) = (new double[x.Length], new double[x.Length]);
        for (var k = 0; k < Refinements && error > 1e-14; k++)
        {
            _changed.Paired.Residual(x, b, residual);
            Correct(residual, step);
            for (var i = 0; i < x.Length; i++) step[i] += x[i];
            var better = _changed.Paired.BackwardError(step, b);
            if (!(better < error)) break;
            error = better;
            step.CopyTo(x);
        }
        return changed.Take(b, x, SupplyCondition.Checked(_changed, x, b,
            new SolverChoice(SolverKind.LowRank, SolverReason.FewChanges, error, Rank),
            g => changed.Transposed(g).Value));
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
