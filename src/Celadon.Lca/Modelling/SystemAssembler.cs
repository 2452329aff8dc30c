using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.WhatIf;

namespace Celadon.Lca.Modelling;

/// <summary>What to do where a product has several providers and none is stated.</summary>
public enum LinkPolicy
{
    /// <summary>Cut off and list it: nobody said which.</summary>
    CutOff,

    /// <summary>The provider at the same place, if there is one alone; else cut off.</summary>
    SamePlace,

    /// <summary>The first by identifier.</summary>
    FirstByName,

    /// <summary>Only those that exchanges state; all others are cut off and listed.</summary>
    Stated,
}

/// <summary>An input, or waste, that leads nowhere: its supply chain is missing from every result.</summary>
/// <param name="Process">The process.</param>
/// <param name="Flow">The product or waste.</param>
/// <param name="Amount">How much at the process's own scale.</param>
/// <param name="Candidates">How many providers there are; zero or several.</param>
public sealed record UnlinkedExchange(string Process, string Flow, double Amount, int Candidates);

/// <summary>
/// A factor of another place than the flow's, of a flow that the category tells apart by place.
/// </summary>
/// <param name="Category">The category.</param>
/// <param name="Flow">The elementary flow.</param>
/// <param name="Location">Where it is; null where nobody says.</param>
/// <param name="Taken">The place of the factor; null for the one for anywhere.</param>
public sealed record WidenedFactor(string Category, string Flow, string? Location, string? Taken);

/// <summary>
/// A product system made of unit processes: co-products divided, products linked to providers, elementary
/// flows told apart by side and place, factors looked up. What is cut off is listed.
/// </summary>
public sealed class AssembledSystem
{
    private readonly Dictionary<string, int> _index;

    internal AssembledSystem(ProductSystem system, IReadOnlyList<SingleProcess> processes,
        IReadOnlyList<UnlinkedExchange> unlinked, IReadOnlyList<UnlinkedExchange> free,
        IReadOnlyList<DrivenExchange> driven, IReadOnlyList<IReadOnlyList<int>> shares)
    {
        (System, Processes, Unlinked, FreeCoProducts, Driven) = (system, processes, unlinked, free, driven);
        Shares = shares;
        _index = processes.Select((p, j) => (p.Id, j)).ToDictionary(x => x.Id, x => x.j,
            StringComparer.Ordinal);
    }

    /// <summary>The matrices.</summary>
    public ProductSystem System { get; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<SingleProcess> Processes { get; }

    /// <summary>Inputs and wastes that are cut off.</summary>
    public IReadOnlyList<UnlinkedExchange> Unlinked { get; }

    /// <summary>Co-products that bear nothing because the reference bears all.</summary>
    public IReadOnlyList<UnlinkedExchange> FreeCoProducts { get; }

    /// <summary>Exchanges that follow uncertain parameters, for the settings of samples.</summary>
    public IReadOnlyList<DrivenExchange> Driven { get; }

    /// <summary>
    /// Inputs of one product that a process takes from several providers, of which at least one amount is
    /// uncertain: the shares of a market, for the settings of samples.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Shares { get; }

    /// <summary>Factors that were taken of a wider place, or of anywhere.</summary>
    public IReadOnlyList<WidenedFactor> Widened { get; internal init; } = [];

    /// <summary>The column of a process.</summary>
    public ProcessIndex Process(string id) => new(_index[id]);

    /// <summary>
    /// So much of what a process makes, or, of a treatment, so much waste treated.
    /// </summary>
    public Demand DemandFor(string process, double amount)
    {
        var j = _index[process];
        return new Demand(new(j), Processes[j].Output.IsInput ? -amount : amount);
    }
}

/// <summary>Assembles product systems.</summary>
public sealed class SystemAssembler
{
    private readonly List<SingleProcess> _processes = [];
    private readonly Dictionary<string, List<int>> _providers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<UnlinkedExchange> _unlinked = [];
    private readonly List<UnlinkedExchange> _free = [];
    private readonly List<DrivenExchange> _driven = [];
    private readonly List<IReadOnlyList<int>> _shares = [];
    private readonly List<WidenedFactor> _widened = [];
    private readonly Dictionary<(string Flow, bool IsInput, string? Location), int> _elementary = [];

    private SystemAssembler()
    {
    }

    /// <summary>Where a place lies; the default knows no wider places.</summary>
    public Func<string, string?> Containing { get; init; } = _ => null;

    /// <summary>What to do where several providers could be meant.</summary>
    public LinkPolicy Policy { get; init; }

    /// <summary>Assembles processes and a method.</summary>
    /// <exception cref="ModellingException">A process cannot be modelled.</exception>
    /// <exception cref="InvalidSystemException">The matrices cannot be solved.</exception>
    public static AssembledSystem Assemble(IEnumerable<UnitProcess> processes, IReadOnlyList<Category> method,
        LinkPolicy policy = LinkPolicy.CutOff, Func<string, string?>? containing = null,
        ParameterSet? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(processes);
        ArgumentNullException.ThrowIfNull(method);
        var work = new SystemAssembler { Policy = policy, Containing = containing ?? (_ => null) };
        foreach (var process in processes)
            foreach (var single in Allocation.Divide(process, parameters)) work.Enter(single);
        return work.Build(method);
    }

    private void Enter(SingleProcess process)
    {
        if (!_index.TryAdd(process.Id, _processes.Count))
            throw new ModellingException(ModellingFault.SameName, process.Id, process.Output.Flow.Id);
        if (!_providers.TryGetValue(process.Output.Flow.Id, out var providers))
            _providers[process.Output.Flow.Id] = providers = [];
        providers.Add(_processes.Count);
        _processes.Add(process);
        if (process.Source.Allocation == AllocationRule.ReferenceBearsAll)
            _free.AddRange(process.Source.Outputs.Skip(1)
                .Select(e => new UnlinkedExchange(process.Id, e.Flow.Id, e.Amount, 0)));
    }

    private AssembledSystem Build(IReadOnlyList<Category> method)
    {
        foreach (var process in _processes)
            foreach (var e in process.Exchanges.Where(e => e.Flow.Kind == FlowKind.Elementary))
                _elementary.TryAdd((e.Flow.Id, e.IsInput, PlaceOf(process, e)), _elementary.Count);
        string[] rows = [.. _elementary.OrderBy(x => x.Value).Select(x => x.Key.Flow)];
        var names = new SystemNames(j => _processes[j.Value].Id, i => _processes[i.Value].Output.Flow.Id,
            e => rows[e.Value], c => method[c.Value].Id);
        var builder = new ProductSystemBuilder(_processes.Count, _processes.Count, _elementary.Count,
            method.Count,
            names);
        for (var j = 0; j < _processes.Count; j++) AddColumn(builder, j);
        for (var c = 0; c < method.Count; c++) AddFactors(builder, new(c), method[c]);
        return new AssembledSystem(builder.Build(), _processes, _unlinked, _free, _driven, _shares)
        {
            Widened = _widened,
        };
    }

    private void AddColumn(ProductSystemBuilder builder, int j)
    {
        var process = _processes[j];
        Follow(UncertainPart.Technosphere, builder.TechnosphereCount, process.Output,
            process.Output.IsInput ? -1 : 1);
        builder.Exchange(new(j), new(j), Signed(process.Output), process.Output.Uncertainty.Times(
            process.Output.IsInput ? -1 : 1), process.Output.Stream);
        var taken = new List<(string Flow, int Number, bool IsUncertain)>();
        foreach (var e in process.Exchanges)
        {
            if (e.Flow.Kind == FlowKind.Elementary)
            {
                Follow(UncertainPart.Biosphere, builder.BiosphereCount, e, 1);
                builder.Emit(new(j), new(_elementary[(e.Flow.Id, e.IsInput, PlaceOf(process, e))]), e.Amount,
                    e.Uncertainty, e.Stream);
                continue;
            }
            if (Provider(process, e) is not { } provider) continue;
            var sign = Sign(e);
            if (e.Flow.Kind == FlowKind.Product && e.IsInput && !e.IsAvoided)
                taken.Add((e.Flow.Id, builder.TechnosphereCount,
                    e.Uncertainty.IsUncertain || e.Driven is not null));
            Follow(UncertainPart.Technosphere, builder.TechnosphereCount, e, sign);
            builder.Exchange(new(j), new(provider), sign * e.Amount, e.Uncertainty.Times(sign), e.Stream);
        }
        _shares.AddRange(taken.GroupBy(t => t.Flow).Where(g => g.Count() > 1 && g.Any(t => t.IsUncertain))
            .Select(g => g.Select(t => t.Number).ToList()));
    }

    private void Follow(UncertainPart part, int number, UnitExchange e, int sign)
    {
        if (e.Driven is { } driven && (driven.Drawn.IsUncertain || !e.Uncertainty.IsUncertain))
            _driven.Add(new DrivenExchange(part, number, driven.Times(sign)));
    }

    /// <summary>
    /// Outputs are positive and inputs negative. What is avoided is a credit whichever side it was written
    /// on:
    /// a product more, or waste less.
    /// </summary>
    private static int Sign(UnitExchange e) => e.IsAvoided ? e.Flow.Kind == FlowKind.Waste ? -1 : 1
        : e.IsInput ? -1 : 1;

    private static double Signed(UnitExchange e) => e.IsInput ? -e.Amount : e.Amount;

    private int? Provider(SingleProcess process, UnitExchange e)
    {
        var all = _providers.GetValueOrDefault(e.Flow.Id) ?? [];
        if (e.Provider is not null)
        {
            var named = all.Where(j => _processes[j].Id == e.Provider
                || _processes[j].Source.Id == e.Provider).Take(1).ToList();
            return named.Count == 1 ? named[0]
                : throw new ModellingException(ModellingFault.NoSuchProvider, process.Id, e.Flow.Id);
        }
        if (all.Count == 1 && Policy != LinkPolicy.Stated) return all[0];
        if (all.Count > 1 && Policy == LinkPolicy.FirstByName)
            return all.MinBy(j => _processes[j].Id, StringComparer.Ordinal);
        if (all.Count > 1 && Policy == LinkPolicy.SamePlace)
        {
            var near = all.Where(j => _processes[j].Source.Location is { } place
                && place == (e.Location ?? process.Source.Location)).ToList();
            if (near.Count == 1) return near[0];
        }
        if (e.Amount != 0) _unlinked.Add(new(process.Id, e.Flow.Id, e.Amount, all.Count));
        return null;
    }

    private void AddFactors(ProductSystemBuilder builder, CategoryIndex category, Category given)
    {
        var lookup = new FactorLookup(given, Containing);
        foreach (var ((flow, isInput, location), row) in _elementary)
        {
            if (lookup.Find(flow, location) is not { } factor) continue;
            if (lookup.IsRegional(flow) && (location is null || factor.Location != location))
                _widened.Add(new WidenedFactor(given.Id, flow, location, factor.Location));
            var sign = (given.Direction, isInput) is (Direction.Input, false) or (Direction.Output, true)
                ? -1 : 1;
            if (factor.Driven is { } driven && !factor.Uncertainty.IsUncertain)
                _driven.Add(new DrivenExchange(UncertainPart.Factor, builder.FactorCount,
                    driven.Times(sign)));
            builder.Factor(category, new(row), sign * factor.Factor, factor.Uncertainty.Times(sign),
                factor.Stream);
        }
    }

    private static string? PlaceOf(SingleProcess process, UnitExchange e)
        => e.Location ?? process.Source.Location;
}
