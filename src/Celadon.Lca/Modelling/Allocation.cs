using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Sampling;
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
        CheckDistinct(process, outputs);
        var shares = process.Allocation switch
        {
            AllocationRule.Physical => Relative(process, outputs, e => e.Property),
            AllocationRule.Economic => Relative(process, outputs, e => e.Price),
            _ => outputs.ToDictionary(e => e.Flow.Id, e => process.Shares.GetValueOrDefault(e.Flow.Id)),
        };
        // Not "> Tolerance": what is no number (prices that add up to 0) is not 1 either.
        if (!(Math.Abs(shares.Values.Sum() - 1) <= Tolerance))
            throw new ModellingException(ModellingFault.SharesDoNotAddUp, process.Id, process.Reference.Id);
        foreach (var (product, share) in shares)
            if (share < 0) throw new ModellingException(ModellingFault.ShareBelowZero, process.Id, product);
        return shares;
    }

    /// <summary>One product on two lines has no share of its own to look up.</summary>
    private static void CheckDistinct(UnitProcess process, List<UnitExchange> outputs)
    {
        if (outputs.DistinctBy(e => e.Flow.Id).Count() != outputs.Count)
            throw new ModellingException(ModellingFault.SharesDoNotAddUp, process.Id, process.Reference.Id);
    }

    /// <summary>
    /// The shares that hold where no share of a single exchange does; null where causal allocation states
    /// every exchange by itself, as databases do.
    /// </summary>
    private static IReadOnlyDictionary<string, double>? Common(UnitProcess process,
        List<UnitExchange> outputs)
    {
        if (process.Allocation != AllocationRule.Causal || process.Shares.Count > 0) return Shares(process);
        CheckDistinct(process, outputs);
        return null;
    }

    private static double? Causal(UnitProcess process, UnitExchange output, UnitExchange e) =>
        process.Allocation == AllocationRule.Causal
            && process.CausalShares.TryGetValue((output.Flow.Id, LineOf(e)), out var share) ? share : null;

    private static string LineOf(UnitExchange e) => e.Line ?? e.Flow.Id;

    /// <summary>
    /// Shares of a single exchange are stated for all co-products and add up to one, or for none where common
    /// ones hold.
    /// </summary>
    private static void CheckCausal(UnitProcess process, List<UnitExchange> outputs, UnitExchange e,
        bool hasCommon)
    {
        var stated = outputs.Select(o => Causal(process, o, e)).ToList();
        if (stated.TrueForAll(s => s is null) && (hasCommon || (e.Amount == 0 && e.Driven is null))) return;
        if (stated.Exists(s => s is null) || !(Math.Abs(stated.Sum(s => s!.Value) - 1) <= Tolerance))
            throw new ModellingException(ModellingFault.SharesDoNotAddUp, process.Id, e.Flow.Id);
        if (stated.Exists(s => s < 0))
            throw new ModellingException(ModellingFault.ShareBelowZero, process.Id, e.Flow.Id);
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
        var common = Common(process, outputs);
        var byAmount = ByAmount(process, outputs, output);
        if (ReferenceEquals(output, outputs[0]))
        {
            if (process.Allocation == AllocationRule.Causal)
                foreach (var e in inputs) CheckCausal(process, outputs, e, common is not null);
            CheckDrawn(process, outputs, inputs);
        }
        double ShareOf(UnitExchange e) => Causal(process, output, e) ?? common?[output.Flow.Id] ?? 0;
        return [.. inputs.Select(e => (e, share: ShareOf(e), driven: DrivenShare(e)))
            .Where(x => x.share != 0 || x.driven is not null)
            .Select(x => x.e with
            {
                Amount = x.e.Amount * x.share,
                Uncertainty = x.share == 0 ? Uncertainty.None : x.e.Uncertainty.Times(x.share),
                Driven = Shared(x.e, x.share, x.driven),
            })];

        DrivenAmount? DrivenShare(UnitExchange e) => byAmount ?? Allocation.DrivenShare(process, output, e);
    }

    /// <summary>
    /// What a rule by amount or price gives to an output where amounts of outputs vary; else null. Prices and
    /// properties are those of one unit and stand still.
    /// </summary>
    private static AmountShare? ByAmount(UnitProcess process, List<UnitExchange> outputs, UnitExchange output)
    {
        if (process.Allocation is not (AllocationRule.Physical or AllocationRule.Economic)) return null;
        SharingOutput[] all = [.. outputs.Select(e => new SharingOutput(e.Flow.Id, e.Amount,
            (process.Allocation == AllocationRule.Physical ? e.Property : e.Price) ?? 0, e.Uncertainty,
            e.Stream, e.Driven))];
        return Array.Exists(all, o => o.Varies)
            ? new AmountShare(process.Id, all, outputs.FindIndex(e => ReferenceEquals(e, output))) : null;
    }

    /// <summary>What drives the share of a co-product in an exchange; null where it is known.</summary>
    private static DrivenAmount? DrivenShare(UnitProcess process, UnitExchange output, UnitExchange e) =>
        Causal(process, output, e) is not null
            ? process.DrivenCausalShares.GetValueOrDefault((output.Flow.Id, LineOf(e)))
            : process.DrivenShares.GetValueOrDefault(output.Flow.Id);

    /// <summary>The share of an exchange where the amount, the share or both follow parameters.</summary>
    private static DrivenAmount? Shared(UnitExchange e, double share, DrivenAmount? by) =>
        by is null ? e.Driven?.Times(share)
        : e.Uncertainty.IsUncertain ? by with { Drawn = e.Uncertainty, DrawnAmount = e.Amount }
        : e.Driven is { } driven ? driven with { Share = by } : by.Times(e.Amount);

    /// <summary>
    /// Shares that follow parameters must add up to one whatever is drawn, or burdens would appear and
    /// vanish: looked at in thirty-two draws.
    /// </summary>
    private static void CheckDrawn(UnitProcess process, List<UnitExchange> outputs, List<UnitExchange> inputs)
    {
        if (process.DrivenShares.Count + process.DrivenCausalShares.Count == 0) return;
        var drawing = new BatchDrawing(Draws.KeyOf(1, 0));
        var values = new double[Draws.Lanes];
        foreach (var e in inputs)
        {
            var sums = new double[Draws.Lanes];
            foreach (var output in outputs)
            {
                if (DrivenShare(process, output, e) is { } driven) Fill(driven);
                else Array.Fill(values, Causal(process, output, e)
                    ?? process.Shares.GetValueOrDefault(output.Flow.Id));
                for (var lane = 0; lane < sums.Length; lane++) sums[lane] += values[lane];
            }
            if (sums.Any(sum => !(Math.Abs(sum - 1) <= Tolerance)))
                throw new ModellingException(ModellingFault.DrawnSharesDoNotAddUp, process.Id, e.Flow.Id);
        }

        void Fill(DrivenAmount driven)
        {
            try
            {
                driven.Fill(drawing, 0, values);
            }
            catch (FormulaException fault)
            {
                throw new ModellingException(ModellingFault.BadFormula, process.Id, process.Reference.Id,
                    fault);
            }
        }
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
