using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>A system stated in the spec as a database, so that both go one way from here.</summary>
internal static class InlineSystem
{
    /// <summary>The database. A name is its own identifier; each unit measures only itself.</summary>
    public static LciLookup Database(AssessedSystem system)
    {
        Once(system.Flows.Select(f => f.Name), "/system/flows");
        Once(system.Processes.Select(p => p.Name), "/system/processes");
        Once(system.Categories.Select(c => c.Name), "/system/categories");
        var units = system.Flows.Select(f => f.Unit)
            .Concat(system.Processes.SelectMany(p => p.Exchanges.Select(e => e.Unit))).Distinct().ToList();
        var unitOf = system.Flows.ToDictionary(f => f.Name, f => f.Unit, StringComparer.Ordinal);
        return new LciLookup(new LciDatabase
        {
            Name = "",
            UnitGroups = [.. units.Select(u => new LciUnitGroup
            {
                Id = u, Name = u, Units = [new LciUnit(u, u, 1, true, [])],
            })],
            FlowProperties = [.. units.Select(u => new LciFlowProperty { Id = u, Name = u, UnitGroup = u })],
            Flows = [.. system.Flows.Select(f => new LciFlow
            {
                Id = f.Name, Name = f.Name, Kind = Kind(f.Kind), Properties = [new(f.Unit, 1)],
            })],
            Processes = [.. system.Processes.Select(Process)],
            Categories = [.. system.Categories.Select((c, i) => Category(c, i, unitOf))],
        });
    }

    /// <summary>True for a system that a spec states: it alone has no name.</summary>
    public static bool Is(LciLookup lookup) => lookup.Database.Name.Length == 0;

    private static LciProcess Process(AssessedProcess process, int at) => new()
    {
        Id = process.Name,
        Name = process.Name,
        Exchanges = [.. process.Exchanges.Select((e, k) => new LciExchange
        {
            Id = k + 1, Flow = e.Flow, Unit = e.Unit, Property = e.Unit, Amount = e.Amount.ToDouble(),
            IsInput = e.Input, IsAvoided = e.Avoided, Provider = e.Provider ?? "",
            Uncertainty = Drawn(e, process.Name, FormattableString.Invariant(
                $"/system/processes/{at}/exchanges/{k}/uncertainty")),
        })],
        Reference = process.Exchanges.Select((e, k) => (e, k))
            .Where(x => x.e.Flow == process.Reference && !x.e.Avoided).Select(x => (int?)x.k + 1)
            .FirstOrDefault(),
        // Shares are stated or there are none: a system in the spec has no rule of its own.
        Allocation = AllocationRule.Stated,
        AllocationFactors = [.. process.Shares.Select(s => new LciAllocationFactor(AllocationRule.Stated,
            s.Flow, null, s.Share.ToDouble(), ""))],
    };

    private static Uncertainty Drawn(AssessedExchange exchange, string process, string at)
    {
        var drawn = Drawn(exchange.Amount.ToDouble(), exchange.Uncertainty);
        return drawn.IsPossible ? drawn : throw Refusal.At("products.assess.uncertainty", at,
            ("name", AssessNames.Short(process)), ("flow", AssessNames.Short(exchange.Flow)));
    }

    /// <summary>What is not stated is no number.</summary>
    private static Uncertainty Drawn(double amount, AssessedUncertainty? stated) =>
        stated?.Distribution switch
        {
            null => Uncertainty.None,
            AssessedDistribution.Lognormal => Uncertainty.Lognormal(amount, Math.Log(Number(stated.Spread))),
            AssessedDistribution.Normal => Uncertainty.Normal(amount, Number(stated.Spread)),
            AssessedDistribution.Uniform => Uncertainty.Uniform(Number(stated.Least), Number(stated.Most)),
            AssessedDistribution.Triangular =>
                Uncertainty.Triangular(Number(stated.Least), amount, Number(stated.Most)),
            AssessedDistribution.Pert => Uncertainty.Pert(Number(stated.Least), amount, Number(stated.Most)),
            AssessedDistribution.Gamma => About(amount, Uncertainty.Gamma(Number(stated.Shape), 1)),
            AssessedDistribution.Weibull => About(amount, Uncertainty.Weibull(Number(stated.Shape), 1)),
            _ => new(Distribution.DiscreteUniform, Number(stated.Least), Number(stated.Most), 1),
        };

    /// <summary>A shape stretched so that its mean is the amount.</summary>
    private static Uncertainty About(double amount, Uncertainty shape) => shape.Times(amount / shape.Mean);

    private static double Number(Amount? stated) => stated?.ToDouble() ?? double.NaN;

    private static LciImpactCategory Category(AssessedFactors category, int at,
        Dictionary<string, string> unitOf) => new()
    {
        Id = category.Name,
        Name = category.Name,
        Unit = category.Unit,
        Factors = [.. category.Factors.Select((f, k) => unitOf.TryGetValue(f.Flow, out var unit)
            ? new LciImpactFactor(f.Flow, unit, unit, f.Factor.ToDouble(), "", "", default)
            : throw Refusal.At("products.assess.flow",
                FormattableString.Invariant($"/system/categories/{at}/factors/{k}/flow"),
                ("name", category.Name), ("flow", f.Flow)))],
    };

    private static FlowKind Kind(AssessedKind kind) => kind switch
    {
        AssessedKind.Product => FlowKind.Product,
        AssessedKind.Waste => FlowKind.Waste,
        _ => FlowKind.Elementary,
    };

    private static void Once(IEnumerable<string> names, string pointer)
    {
        if (names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Refusal.At("products.assess.twice", pointer, ("name", twice.Key));
    }
}
