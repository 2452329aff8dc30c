using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.Results;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// Processes that would have to run less than nothing. Where nothing is saved anywhere, all amounts that are
/// taken are above zero and so is the demand, a system that gives more than it takes runs forwards throughout
/// (Hawkins and Simon, 1949): one that does not takes more of a product than it makes, and its score, often
/// below zero, is arithmetic only. With credits a process may run backwards rightly, but never the one that
/// is asked for, nor one that takes more of its own product than it gives.
/// </summary>
internal static class AssessBackwards
{
    private const int Named = 3;

    /// <summary>Of the largest number of runs: what is smaller may be rounding.</summary>
    private const double Rounding = 1e-12;

    /// <summary>The warning, where there is one.</summary>
    public static IEnumerable<Finding> Of(AssessFigures figures, Place? place)
    {
        var (system, result) = (figures.System, figures.Result);
        var all = Backwards(system, result).Select(figures.NameOf).ToList();
        if (all.Count > 0)
            yield return Finding.Of("products.assess.backwards", Severity.Warning, place, ("n", all.Count),
                ("names", string.Join("; ", all.Take(Named))));
    }

    private static List<ProcessIndex> Backwards(AssembledSystem system, LcaResult result)
    {
        var a = system.System.Technosphere.Matrix;
        var (own, credits) = (new double[a.Columns], false);
        for (var j = 0; j < a.Columns; j++)
            foreach (var (i, value) in a.Column(j))
            {
                // Waste counts from the side of its treatment, which takes it.
                var given = system.Processes[i].Output.IsInput ? -value : value;
                if (i == j) own[j] += given;
                else credits |= given > 0;
            }
        var least = Rounding * Enumerable.Range(0, a.Columns).Max(j => Math.Abs(result.Supply[j]));
        return [.. Enumerable.Range(0, a.Columns).Where(j => Math.Abs(result.Supply[j]) > least
            && (own[j] < 0 || (result.Supply[j] < 0 && (!credits || j == result.Demanded.Value))))
            .Select(j => new ProcessIndex(j))];
    }
}
