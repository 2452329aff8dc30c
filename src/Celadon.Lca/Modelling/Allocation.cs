using Celadon.Lca.Model;
using Celadon.Lca.WhatIf;

namespace Celadon.Lca.Modelling;

/// <summary>
/// A process with one output: what matrices are made of. <see cref="Id"/> is the process's own for the
/// reference, and process and flow for a co-product.
/// </summary>
public sealed record SingleProcess(string Id, UnitProcess Source, UnitExchange Output,
    IReadOnlyList<UnitExchange> Exchanges);

/// <summary>Works formulas out and divides processes with co-products.</summary>
public static class Allocation
{
    private const double Tolerance = 1e-9;

    /// <summary>The single processes of a process.</summary>
    /// <exception cref="ModellingException">With the process and the flow that stand in the way.</exception>
    public static IReadOnlyList<SingleProcess> Divide(UnitProcess process, ParameterSet? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(process);
        var evaluated = process with
        {
            Exchanges = [.. process.Exchanges.Select(e => Evaluated(process, e, parameters))],
        };
        var outputs = evaluated.Outputs.ToList();
        if (outputs.Count == 0 || outputs[0].Flow.Id != process.Reference.Id || outputs[0].Amount == 0)
            throw new ModellingException(ModellingFault.NoReference, process.Id, process.Reference.Id);
        var inputs = evaluated.Exchanges.Where(e => !UnitProcess.IsOutput(e)).ToList();
        return process.Allocation switch
        {
            _ when outputs.Count == 1 => [new(process.Id, process, outputs[0], inputs)],
            AllocationRule.ReferenceBearsAll => [new(process.Id, process, outputs[0], inputs)],
            AllocationRule.Substitution => [new(process.Id, process, outputs[0],
                [.. inputs, .. outputs.Skip(1).Select(Replacing)])],
            _ => [.. outputs.Select((output, k) => new SingleProcess(k == 0 ? process.Id
                : $"{process.Id}|{output.Flow.Id}", process, output, Part(evaluated, outputs, output,
                    inputs)))],
        };
    }

    /// <summary>The share of each output.</summary>
    public static IReadOnlyDictionary<string, double> Shares(UnitProcess process)
    {
        ArgumentNullException.ThrowIfNull(process);
        var outputs = process.Outputs.ToList();
        // One product on two lines has no share of its own to look up.
        if (outputs.DistinctBy(e => e.Flow.Id).Count() != outputs.Count)
            throw new ModellingException(ModellingFault.SharesDoNotAddUp, process.Id, process.Reference.Id);
        var shares = process.Allocation switch
        {
            AllocationRule.Physical => Relative(process, outputs, e => e.Property),
            AllocationRule.Economic => Relative(process, outputs, e => e.Price),
            _ => outputs.ToDictionary(e => e.Flow.Id, e => process.Shares.GetValueOrDefault(e.Flow.Id)),
        };
        // Not "> Tolerance": what is no number (prices that add up to 0) is not 1 either.
        if (!(Math.Abs(shares.Values.Sum() - 1) <= Tolerance))
            throw new ModellingException(ModellingFault.SharesDoNotAddUp, process.Id, process.Reference.Id);
        return shares;
    }

    private static Dictionary<string, double> Relative(UnitProcess process, List<UnitExchange> outputs,
        Func<UnitExchange, double?> by)
    {
        var missing = outputs.Find(e => by(e) is null);
        if (missing is not null)
            throw new ModellingException(ModellingFault.NothingToAllocateBy, process.Id, missing.Flow.Id);
        var sum = outputs.Sum(e => e.Amount * by(e)!.Value);
        return outputs.ToDictionary(e => e.Flow.Id, e => e.Amount * by(e)!.Value / sum);
    }

    private static IReadOnlyList<UnitExchange> Part(UnitProcess process, List<UnitExchange> outputs,
        UnitExchange output, List<UnitExchange> inputs)
    {
        var shares = Shares(process);
        double ShareOf(UnitExchange e) => process.Allocation == AllocationRule.Causal
            && process.CausalShares.TryGetValue((output.Flow.Id, e.Flow.Id), out var causal) ? causal
            : shares[output.Flow.Id];
        foreach (var e in inputs.Where(_ => process.Allocation == AllocationRule.Causal))
        {
            var stated = outputs.Where(o => process.CausalShares.ContainsKey((o.Flow.Id,
                e.Flow.Id))).ToList();
            if (stated.Count > 0 && (stated.Count != outputs.Count
                || !(Math.Abs(stated.Sum(o => process.CausalShares[(o.Flow.Id, e.Flow.Id)]) - 1)
                    <= Tolerance)))
                throw new ModellingException(ModellingFault.SharesDoNotAddUp, process.Id, e.Flow.Id);
        }
        return [.. inputs.Select(e => (e, share: ShareOf(e))).Where(x => x.share != 0)
            .Select(x => x.e with
            {
                Amount = x.e.Amount * x.share,
                Uncertainty = x.e.Uncertainty.Times(x.share),
                Driven = x.e.Driven?.Times(x.share),
            })];
    }

    /// <summary>A co-product as something avoided elsewhere.</summary>
    private static UnitExchange Replacing(UnitExchange output) => output with { IsAvoided = true };

    private static UnitExchange Evaluated(UnitProcess process, UnitExchange e, ParameterSet? parameters)
    {
        if (e.Formula is null) return e;
        try
        {
            var scope = process.Parameters ?? parameters ?? ParameterSet.Of(new Dictionary<string, double>());
            return e with { Amount = FormulaParser.Parse(e.Formula).Value(scope.Values), Formula = null };
        }
        catch (FormulaException fault)
        {
            throw new ModellingException(ModellingFault.BadFormula, process.Id, e.Flow.Id, fault);
        }
    }
}
