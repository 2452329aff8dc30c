using Celadon.Lca.Modelling;
using Celadon.Lca.Results;
using Celadon.Lca.WhatIf;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Tests.Import.Lci;

/// <summary>Scores of a database that was read, by the engine: what every format must agree on.</summary>
internal static class Assembled
{
    /// <summary>The database of a reading without errors.</summary>
    public static LciDatabase Clean(LciReading reading)
    {
        Assert.Empty(reading.Findings.Where(f => f.Severity == Severity.Error)
            .Select(Catalogue.English.Render));
        return Assert.IsType<LciDatabase>(reading.Database);
    }

    /// <summary>
    /// The score of a category for an amount of what a process makes or treats, in its unit.
    /// </summary>
    public static double Score(LciDatabase database, string process, string category, double amount = 1)
    {
        var system = Of(database);
        using var assessment = new Assessment(system.System);
        var named = database.Processes.Single(p => p.Name == process);
        var reference = named.Exchanges.Single(e => e.Id == named.Reference);
        var lookup = new LciLookup(database);
        var factor = lookup.ToReference(lookup.Flows[reference.Flow], reference.Unit, reference.Property);
        var c = database.Categories.Select((x, i) => (x, i)).Single(x => x.x.Name == category).i;
        return assessment.Solve(system.DemandFor(named.Id, amount * factor!.Value)).Score(new(c));
    }

    /// <summary>The system of all processes; of several providers none is chosen unless told.</summary>
    public static AssembledSystem Of(LciDatabase database, LinkPolicy policy = LinkPolicy.CutOff)
    {
        var lookup = new LciLookup(database);
        return SystemAssembler.Assemble(database.Processes.Select(p => Process(p, lookup)),
            [.. database.Categories.Select(c => new Category(c.Id, [.. c.Factors.Select(f =>
                new RegionalFactor(f.Flow, f.Location.Length == 0 ? null : f.Location, f.Value
                    / lookup.ToReference(lookup.Flows[f.Flow], f.Unit, f.Property)!.Value))])
            { Direction = c.Direction })], policy);
    }

    private static UnitProcess Process(LciProcess process, LciLookup lookup)
    {
        var wider = ParameterSet.Of(Numbers(lookup.Database.Parameters),
            Formulas(lookup.Database.Parameters));
        var own = ParameterSet.Of(Numbers(process.Parameters), Formulas(process.Parameters), wider);
        var shares = process.AllocationFactors.Where(f => f.Exchange is null)
            .ToDictionary(f => f.Product, f => f.Value);
        return new UnitProcess(process.Id,
            Flow(lookup.Flows[process.Exchanges.Single(e => e.Id == process.Reference).Flow]),
            [.. process.Exchanges.Select(e => Exchange(e, lookup))])
        {
            Location = process.Location.Length == 0 ? null : process.Location,
            Allocation = shares.Count > 0 ? AllocationRule.Stated : AllocationRule.ReferenceBearsAll,
            Shares = shares,
            Parameters = own,
        };
    }

    private static UnitExchange Exchange(LciExchange e, LciLookup lookup)
    {
        var flow = lookup.Flows[e.Flow];
        var factor = lookup.ToReference(flow, e.Unit, e.Property)!.Value;
        return new UnitExchange(Flow(flow), e.Amount * factor, e.IsInput)
        {
            IsAvoided = e.IsAvoided,
            Provider = e.Provider.Length == 0 ? null : e.Provider,
            Formula = e.Formula.Length == 0 ? null : $"({e.Formula})*{factor:R}",
            Uncertainty = e.Uncertainty.Times(factor),
        };
    }

    private static Flow Flow(LciFlow flow) => new(flow.Id, flow.Kind);

    private static Dictionary<string, double> Numbers(IEnumerable<LciParameter> parameters) =>
        parameters.Where(p => p.Formula.Length == 0).ToDictionary(p => p.Name, p => p.Value);

    private static Dictionary<string, string> Formulas(IEnumerable<LciParameter> parameters) =>
        parameters.Where(p => p.Formula.Length > 0).ToDictionary(p => p.Name, p => p.Formula);
}
