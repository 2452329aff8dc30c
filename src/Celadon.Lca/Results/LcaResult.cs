using Celadon.Lca.Model;
using Celadon.Lca.Solving;

namespace Celadon.Lca.Results;

/// <summary>What a demand sets in motion: supply s = A⁻¹f, inventory g = Bs, scores h = Cg.</summary>
public sealed class LcaResult
{
    private readonly Assessment _assessment;

    internal LcaResult(Assessment assessment, double[] rightHandSide, double[] supply, SolverChoice choice)
    {
        (_assessment, RightHandSide, SupplyOf, Choice) = (assessment, rightHandSide, supply, choice);
        InventoryOf = System.Biosphere.Matrix.Times(supply);
        ScoresOf = System.Factors.Matrix.Times(InventoryOf);
    }

    /// <summary>How the supply was found.</summary>
    public SolverChoice Choice { get; }

    /// <summary>The system.</summary>
    public ProductSystem System => _assessment.System;

    internal Assessment Assessment => _assessment;

    internal double[] RightHandSide { get; }

    /// <summary>The column of the first process that is demanded.</summary>
    public ProcessIndex Demanded => new(Array.FindIndex(RightHandSide, b => b != 0));

    internal double[] SupplyOf { get; }

    internal double[] InventoryOf { get; }

    internal double[] ScoresOf { get; }

    /// <summary>How often each process runs, by process.</summary>
    public ReadOnlySpan<double> Supply => SupplyOf;

    /// <summary>Totals of elementary flows.</summary>
    public ReadOnlySpan<double> Inventory => InventoryOf;

    /// <summary>Scores, by category.</summary>
    public ReadOnlySpan<double> Scores => ScoresOf;

    /// <summary>The score in one category.</summary>
    public double Score(CategoryIndex category) => ScoresOf[category.Value];

    /// <summary>How far the score in one category can be trusted.</summary>
    public ScoreAccuracy Accuracy(CategoryIndex category) => ScoreAccuracy.Of(this, category);

    /// <summary>
    /// What each process itself gives to the score; these add up to it. In the order of processes.
    /// </summary>
    public double[] ProcessContributions(CategoryIndex category)
    {
        var direct = System.DirectScores(category);
        for (var j = 0; j < direct.Length; j++) direct[j] *= SupplyOf[j];
        return direct;
    }

    /// <summary>What each elementary flow gives to the score; these add up to it.</summary>
    public double[] FlowContributions(CategoryIndex category)
    {
        var row = System.FactorRow(category);
        for (var e = 0; e < row.Length; e++) row[e] *= InventoryOf[e];
        return row;
    }

    /// <summary>
    /// The demand seen from the outside: each process demanded with its own part, and each of its inputs
    /// with all that lies behind it; these add up to the score.
    /// </summary>
    public IReadOnlyList<FirstTierPart> FirstTier(CategoryIndex category)
    {
        var lambda = _assessment.IntensitiesByProcess(category);
        var direct = System.DirectScores(category);
        var parts = new List<FirstTierPart>();
        var paired = System.Paired;
        for (var j = 0; j < RightHandSide.Length; j++)
        {
            if (RightHandSide[j] == 0) continue;
            var scale = RightHandSide[j] / paired.Diagonal[j];
            parts.Add(new(new(j), null, RightHandSide[j], scale * direct[j]));
            for (var p = paired.Starts[j]; p < paired.Starts[j + 1]; p++)
            {
                var i = paired.RowOf[p];
                if (i == j) continue;
                var amount = -paired.Values[p] * scale;
                parts.Add(new(new(j), new(i), amount, amount * lambda[i]));
            }
        }
        return parts;
    }
}

/// <summary>
/// A part of the score: of the demanded process itself (<see cref="Supplier"/> is null), or of what it takes
/// from a supplier. A negative amount is an output that saves production elsewhere.
/// </summary>
public sealed record FirstTierPart(ProcessIndex Consumer, ProcessIndex? Supplier, double Amount,
    double Score);
