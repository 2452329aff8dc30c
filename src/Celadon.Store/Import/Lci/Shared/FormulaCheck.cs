using Celadon.Lca.WhatIf;
using Celadon.Packs.Lci;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// Formulas that cannot be worked out, found when a database is read and not when its product is first
/// assessed. The amount beside a formula stands in the database as it was stated.
/// </summary>
internal static class FormulaCheck
{
    /// <summary>What cannot be worked out in the processes of a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="say">
    /// Hears of each: the process, the number of the exchange (null for parameters), the formula, the reason.
    /// </param>
    public static void Processes(LciDatabase database, Action<LciProcess, int?, string, string> say)
    {
        if (!database.Processes.Any(p => p.Parameters.Any(x => x.Formula.Length > 0)
            || p.Exchanges.Any(e => e.Formula.Length > 0))) return;
        ParameterSet? wider = null;
        string? above = null;
        try
        {
            wider = Values(database.Parameters, null);
        }
        catch (FormulaException problem)
        {
            above = problem.Message;
        }
        foreach (var process in database.Processes)
        {
            var formulas = process.Exchanges.Where(e => e.Formula.Length > 0).ToList();
            if (formulas.Count == 0 && process.Parameters.All(p => p.Formula.Length == 0)) continue;
            try
            {
                var own = Values(process.Parameters, wider);
                foreach (var exchange in formulas)
                    if (Fault(exchange.Formula, own) is { } fault)
                        say(process, exchange.Id, exchange.Formula, above ?? fault);
            }
            catch (FormulaException problem)
            {
                say(process, null, process.Parameters.First(p => p.Formula.Length > 0).Formula,
                    problem.Message);
            }
        }
    }

    private static string? Fault(string formula, ParameterSet values)
    {
        try
        {
            return double.IsFinite(FormulaParser.Parse(formula).Value(values.Values)) ? null : "∞";
        }
        catch (FormulaException problem)
        {
            return problem.Message;
        }
    }

    private static ParameterSet Values(IEnumerable<LciParameter> parameters, ParameterSet? wider)
    {
        // As the assessment does: a formula names a parameter without the spaces around its name.
        var all = parameters.Select(p => p with { Name = p.Name.Trim() })
            .DistinctBy(p => p.Name.ToUpperInvariant()).ToList();
        return ParameterSet.Of(all.Where(p => p.Formula.Length == 0).ToDictionary(p => p.Name, p => p.Value),
            all.Where(p => p.Formula.Length > 0).ToDictionary(p => p.Name, p => p.Formula), wider);
    }
}
