using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;
using Celadon.Lca.Solving;
using Celadon.Lca.WhatIf;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// products.assess: what an amount of a process weighs, by an adopted life-cycle database or by a small
/// system stated in the spec.
/// </summary>
public sealed class AssessQuestion : Question<AssessSpec, AssessReport>
{
    private const int MostSamples = 10_000;
    private const int MostShown = 100;

    /// <inheritdoc/>
    public override string Name => "products.assess";

    /// <inheritdoc/>
    public override string Example => """
        {
          "process": "stoneware bowls, at kiln", "amount": "100", "unit": "kg",
          "upstream": { },
          "monteCarlo": { "samples": 1000, "seed": 1 },
          "system": {
            "flows": [
              { "name": "stoneware bowls", "unit": "kg", "kind": "product" },
              { "name": "clay", "unit": "kg", "kind": "product" },
              { "name": "glaze", "unit": "kg", "kind": "product" },
              { "name": "heat", "unit": "MJ", "kind": "product" },
              { "name": "electricity", "unit": "kWh", "kind": "product" },
              { "name": "hard coal", "unit": "kg", "kind": "product" },
              { "name": "carbon dioxide", "unit": "kg", "kind": "elementary" },
              { "name": "sulphur dioxide", "unit": "kg", "kind": "elementary" }
            ],
            "processes": [
              { "name": "stoneware bowls, at kiln", "reference": "stoneware bowls", "exchanges": [
                { "flow": "stoneware bowls", "amount": "1", "unit": "kg" },
                { "flow": "clay", "amount": "1.25", "unit": "kg", "input": true },
                { "flow": "glaze", "amount": "0.08", "unit": "kg", "input": true },
                { "flow": "heat", "amount": "9", "unit": "MJ", "input": true,
                  "uncertainty": { "distribution": "lognormal", "spread": "1.15" } },
                { "flow": "electricity", "amount": "0.9", "unit": "kWh", "input": true } ] },
              { "name": "clay pit", "reference": "clay", "exchanges": [
                { "flow": "clay", "amount": "1", "unit": "kg" },
                { "flow": "electricity", "amount": "0.05", "unit": "kWh", "input": true },
                { "flow": "carbon dioxide", "amount": "0.02", "unit": "kg" } ] },
              { "name": "glaze mill", "reference": "glaze", "exchanges": [
                { "flow": "glaze", "amount": "1", "unit": "kg" },
                { "flow": "heat", "amount": "6", "unit": "MJ", "input": true },
                { "flow": "electricity", "amount": "1.2", "unit": "kWh", "input": true },
                { "flow": "carbon dioxide", "amount": "0.3", "unit": "kg" } ] },
              { "name": "gas burner", "reference": "heat", "exchanges": [
                { "flow": "heat", "amount": "1", "unit": "MJ" },
                { "flow": "carbon dioxide", "amount": "0.06", "unit": "kg",
                  "uncertainty": { "distribution": "lognormal", "spread": "1.05" } } ] },
              { "name": "power plant", "reference": "electricity", "exchanges": [
                { "flow": "electricity", "amount": "1", "unit": "kWh" },
                { "flow": "hard coal", "amount": "0.3", "unit": "kg", "input": true },
                { "flow": "carbon dioxide", "amount": "0.7", "unit": "kg",
                  "uncertainty": { "distribution": "lognormal", "spread": "1.2" } },
                { "flow": "sulphur dioxide", "amount": "0.002", "unit": "kg",
                  "uncertainty": { "distribution": "lognormal", "spread": "1.5" } } ] },
              { "name": "coal mine", "reference": "hard coal", "exchanges": [
                { "flow": "hard coal", "amount": "1", "unit": "kg" },
                { "flow": "electricity", "amount": "0.06", "unit": "kWh", "input": true },
                { "flow": "carbon dioxide", "amount": "0.15", "unit": "kg",
                  "uncertainty": { "distribution": "lognormal", "spread": "1.5" } } ] }
            ],
            "categories": [
              { "name": "climate change", "unit": "kg CO2e", "factors": [
                { "flow": "carbon dioxide", "factor": "1" } ] },
              { "name": "sulphur dioxide to air", "unit": "kg", "factors": [
                { "flow": "sulphur dioxide", "factor": "1" } ] }
            ]
          }
        }
        """;

    /// <inheritdoc/>
    protected override AssessReport Compute(AssessSpec spec, View? view, FactorLibrary packs,
        List<Finding> findings, CancellationToken cancel)
    {
        CheckNumbers(spec);
        var (lookup, sources) = Asked(spec.Database, spec.System, packs);
        var process = AssessNames.Process(lookup, spec.Process);
        var model = new InventoryModel(lookup, spec.MonteCarlo is not null, packs.Places, spec.Allocation);
        var reference = model.Reference(process)
            ?? throw Refusal.At("products.assess.noReference", "/process",
                ("name", AssessNames.Short(process.Name)));
        var asked = AskedAmount(spec, lookup, reference);
        var method = AssessMethods.Of(spec, lookup, sources, packs, model);
        var set = AssessWeighting.Asked(spec, method);
        var (systems, links) = StoredLinks.Of(lookup, [process], spec.ProductSystem);
        var chain = new SupplyChain(lookup, model, spec.Linking, links);
        return Guarded(lookup, () =>
        {
            var system = SystemAssembler.Assemble(chain.Reached([process], cancel),
                [.. method.Categories.Select(c => c.Model)], LinkPolicy.Stated,
                AssessPlaces.Wider(packs.Places));
            cancel.ThrowIfCancellationRequested();
            using var assessment = new Assessment(system.System, Way(spec.Solver));
            var result = assessment.Solve(system.DemandFor(process.Id, asked.InReference));
            if (result.Scores.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
                throw Refusal.At("products.assess.beyondNumbers", "/process");
            var flow = lookup.Flows[reference.Flow];
            var figures = new AssessFigures(lookup, system, result,
                sources with { Factor = method.Factor }, asked.Amount, spec.Top);
            var samples = Samples(result, spec.MonteCarlo, system, method.Categories.Count, cancel);
            var coProducts = figures.Free(chain);
            var report = Weighted(new AssessReport(spec.Database, process.Id, process.Name, flow.Name,
                asked.Amount, figures.Method(method),
                [.. method.Categories.Select((c, i) => figures.Category(c, new(i), spec.Upstream, samples))],
                figures.CutOff(chain), [.. coProducts.Take(MostShown)], figures.Solver()), method, set,
                samples);
            findings.AddRange(AssessFindings.Of(report, model.Skipped, chain.FaultyElsewhere(cancel),
                coProducts, systems));
            findings.AddRange(AssessBackwards.Of(figures, null));
            findings.AddRange(AssessFindings.Widened(system.Widened, lookup));
            return report;
        });
    }

    /// <summary>The report with damage categories and the set that was asked for.</summary>
    private static AssessReport Weighted(AssessReport report, ResolvedMethod method,
        (LciMethod Method, LciWeighting Set)? set, SimulationResult? samples)
    {
        var after = new AssessWeighting(method, report.Categories.DistinctBy(c => c.Id)
            .ToDictionary(c => c.Id, StringComparer.Ordinal), new AssessedSums(samples,
                method.Categories.Select((c, i) => (c.Id, i)).DistinctBy(c => c.Id)
                    .ToDictionary(c => c.Id, c => new CategoryIndex(c.i), StringComparer.Ordinal)));
        var damages = after.Damages();
        return report with
        {
            Damages = damages,
            Weighting = set is var (own, asked) ? after.By(own, asked, damages) : null,
        };
    }

    private static void CheckNumbers(AssessSpec spec)
    {
        if (spec.Amount.Sign <= 0)
            throw Refusal.At("products.assess.amount", "/amount", ("value", spec.Amount));
        if (spec.Upstream is { } upstream) CheckLimits(upstream);
        CheckShown(spec.Top, spec.MonteCarlo);
    }

    private static void CheckLimits(AssessUpstreamLimits limits)
    {
        if (limits.CutOff.Sign < 0 || limits.CutOff >= Amount.One)
            throw Refusal.At("products.assess.upstreamShare", "/upstream/cutOff", ("value", limits.CutOff));
        (string Name, int Value, int Most)[] counts =
            [("depth", limits.Depth, 50), ("branches", limits.Branches, 500), ("links", limits.Links, 30)];
        foreach (var (name, value, most) in counts)
            if (value < 1 || value > most)
                throw Refusal.At("products.assess.upstream", "/upstream/" + name,
                    ("at", "/upstream/" + name), ("value", value), ("most", most));
    }

    /// <summary>How much is shown and drawn has bounds.</summary>
    internal static void CheckShown(int top, AssessDraws? draws)
    {
        if (top is < 1 or > MostShown)
            throw Refusal.At("products.assess.top", "/top", ("most", MostShown));
        if (draws is { Samples: < 2 or > MostSamples })
            throw Refusal.At("products.assess.samples", "/monteCarlo/samples", ("most", MostSamples));
    }

    /// <summary>
    /// The amount as it was asked for, and in the reference unit of the flow. Without a unit it is in the one
    /// that the process itself speaks of: 1 of a power plant that states 1 kWh is not 1 MJ.
    /// </summary>
    private static (Figure Amount, double InReference) AskedAmount(AssessSpec spec, LciLookup lookup,
        LciExchange made)
    {
        var flow = lookup.Flows[made.Flow];
        var units = lookup.UnitsOf(flow);
        var unit = spec.Unit ?? lookup.StatedUnit(made);
        var factor = unit == lookup.ReferenceUnit(flow) ? 1
            : units.TryGetValue(unit, out var known) ? known
            : throw Refusal.At("products.assess.amountUnit", "/unit", ("unit", AssessNames.Short(unit)),
                ("flow", flow.Name), ("units", string.Join(", ", units.Keys)));
        return (new(spec.Amount, unit, new Trace.Given("/amount")), spec.Amount.ToDouble() * factor);
    }

    /// <summary>The database, or the system in its place.</summary>
    internal static (LciLookup, AssessSources) Asked(string? database, AssessedSystem? inline,
        FactorLibrary packs)
    {
        if (database is null == inline is null)
            throw Refusal.At("products.assess.either", "");
        if (inline is { } system)
            return (InlineSystem.Database(system), AssessSources.Of(system));
        if (packs.Database(database!) is { } lookup)
            return (lookup, AssessSources.Of(packs.Pack(database!)!.Header));
        var there = string.Join(", ", packs.Databases);
        throw there.Length == 0
            ? Refusal.At("products.assess.noDatabases", "/database", ("id", database!))
            : Refusal.At("products.assess.database", "/database", ("id", database!), ("there", there));
    }

    private static SolverKind? Way(AssessSolver asked) => asked switch
    {
        AssessSolver.Chosen => null,
        AssessSolver.Multifrontal => SolverKind.Multifrontal,
        AssessSolver.GilbertPeierls => SolverKind.GilbertPeierls,
        AssessSolver.GaussSeidel => SolverKind.GaussSeidel,
        AssessSolver.Neumann => SolverKind.Neumann,
        _ => SolverKind.Gmres,
    };

    private static SimulationResult? Samples(LcaResult result, AssessDraws? draws,
        AssembledSystem system, int categories, CancellationToken cancel) =>
        draws is null ? null : Simulation.Run(result, new MonteCarloSettings
        {
            Samples = draws.Samples,
            Seed = draws.Seed,
            Driven = system.Driven,
            Shares = draws.KeepShares ? system.Shares : [],
            Categories = [.. Enumerable.Range(0, categories).Select(c => new CategoryIndex(c))],
        }, null, cancel);

    /// <summary>What the engine throws, as a finding that names the process.</summary>
    internal static T Guarded<T>(LciLookup lookup, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ModellingException fault) when (fault.InnerException is FormulaException formula)
        {
            throw RefusedException.Of("products.assess.drawnFormula", ("formula", formula.Formula));
        }
        catch (ModellingException fault)
        {
            throw RefusedException.Of(fault.Fault switch
            {
                ModellingFault.NoReference => "products.assess.noReference",
                ModellingFault.NothingToAllocateBy => "products.assess.allocateBy",
                ModellingFault.SharesDoNotAddUp => "products.assess.shares",
                ModellingFault.ShareBelowZero => "products.assess.shareBelowZero",
                ModellingFault.FactorTwice => "products.assess.factorTwice",
                ModellingFault.DrawnSharesDoNotAddUp => "products.assess.drawnShares",
                ModellingFault.DrawnAmountsGiveNoShares => "products.assess.drawnAmounts",
                ModellingFault.NoSuchProvider => "products.assess.provider",
                _ => "products.assess.unsolvable",
            }, ("name", AssessNames.Of(lookup, fault.Process)),
                ("flow", AssessNames.Flow(lookup, fault.Flow)));
        }
        catch (FormulaException fault)
        {
            throw RefusedException.Of("products.assess.drawnFormula", ("formula", fault.Formula));
        }
        catch (InvalidSystemException fault)
        {
            var first = fault.Faults is [var one, ..] ? one : null;
            throw RefusedException.Of(first?.Kind switch
            {
                FaultKind.Singular or FaultKind.NoProducer => "products.assess.singular",
                FaultKind.OutOfRange => "products.assess.outOfRange",
                _ => "products.assess.unsolvable",
            },
                ("name", first is null ? "" : AssessNames.Of(lookup, first.Name)));
        }
    }
}
