using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// The processes that an asked process reaches, each of their inputs with its provider or with none. What is
/// not reached is not modelled, so that a fault in it cannot stand in the way.
/// </summary>
internal sealed class SupplyChain
{
    private readonly LciLookup _lookup;
    private readonly InventoryModel _model;
    private readonly AssessLinking _linking;
    private readonly Dictionary<(string Process, int Exchange), string> _stored;
    private readonly Dictionary<string, List<(string Column, LciProcess Process)>> _providers =
        new(StringComparer.Ordinal);
    private readonly HashSet<string> _reached = new(StringComparer.Ordinal);

    /// <summary>Indexes who provides what.</summary>
    public SupplyChain(LciLookup lookup, InventoryModel model, AssessLinking linking,
        Dictionary<(string Process, int Exchange), string> stored)
    {
        (_lookup, _model, _linking, _stored) = (lookup, model, linking, stored);
        foreach (var process in lookup.Processes.Values)
            foreach (var (flow, column) in model.Columns(process))
            {
                if (!_providers.TryGetValue(flow, out var all)) _providers[flow] = all = [];
                all.Add((column, process));
            }
        foreach (var all in _providers.Values)
            all.Sort((a, b) => string.CompareOrdinal(a.Column, b.Column));
    }

    /// <summary>How many processes provide a flow.</summary>
    public int Candidates(string flow) => _providers.TryGetValue(flow, out var all) ? all.Count : 0;

    /// <summary>Whether anything is said about the co-products of a process.</summary>
    public bool StatesRule(string process) => _model.StatesRule(_lookup.Processes[process]);

    /// <summary>The processes, in the order in which they are reached from those asked.</summary>
    /// <exception cref="RefusedException">One of them cannot be modelled; the finding names it.</exception>
    public IReadOnlyList<UnitProcess> Reached(IReadOnlyList<LciProcess> asked, CancellationToken cancel)
    {
        var made = new List<UnitProcess>();
        var open = new Queue<LciProcess>(asked.Where(p => _reached.Add(p.Id)));
        while (open.TryDequeue(out var process))
        {
            cancel.ThrowIfCancellationRequested();
            var unit = _model.Process(process);
            var links = unit.Exchanges.Select((e, k) => IsLinked(unit, e)
                ? Provider(process, process.Exchanges[k], e) : null).ToList();
            made.Add(unit with
            {
                Exchanges = [.. unit.Exchanges.Select((e, k) => e with { Provider = links[k]?.Column })],
            });
            foreach (var link in links)
                if (link?.Process is { } next && _reached.Add(next.Id)) open.Enqueue(next);
        }
        return made;
    }

    /// <summary>The processes that are not reached and could not be modelled if they were.</summary>
    public IReadOnlyList<LciProcess> FaultyElsewhere(CancellationToken cancel)
    {
        var faulty = new List<LciProcess>();
        foreach (var process in _lookup.Processes.Values.OrderBy(p => p.Id, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            if (!_reached.Contains(process.Id) && _model.Reference(process) is not null
                && !CanBeModelled(process)) faulty.Add(process);
        }
        return faulty;
    }

    private bool CanBeModelled(LciProcess process)
    {
        try
        {
            Allocation.Divide(_model.Process(process));
            return true;
        }
        catch (Exception fault) when (fault is RefusedException or ModellingException)
        {
            return false;
        }
    }

    /// <summary>Inputs and wastes are; co-products only where each replaces production elsewhere.</summary>
    private static bool IsLinked(UnitProcess process, UnitExchange e) =>
        e.Flow.Kind != FlowKind.Elementary && (!InventoryModel.IsOutput(e)
            || (process.Allocation == AllocationRule.Substitution && e.Flow.Id != process.Reference.Id));

    private (string Column, LciProcess? Process)? Provider(LciProcess process, LciExchange given,
        UnitExchange e)
    {
        var all = _providers.GetValueOrDefault(e.Flow.Id) ?? [];
        var stated = _stored.GetValueOrDefault((process.Id, given.Id), given.Provider);
        if (stated.Length > 0)
        {
            foreach (var (column, maker) in all)
                if (column == stated || maker.Id == stated) return (column, maker);
            // It is not there; the engine says so, with the process and the flow.
            return (stated, null);
        }
        return all switch
        {
            [] => null,
            [var only] => only,
            _ when _linking == AssessLinking.FirstByName => all[0],
            _ when _linking == AssessLinking.SamePlace => Near(all,
                given.Location.Length > 0 ? given.Location : process.Location),
            _ => null,
        };
    }

    private static (string, LciProcess?)? Near(List<(string Column, LciProcess Process)> all, string place)
    {
        var near = all.Where(p => p.Process.Location.Length > 0 && p.Process.Location == place).Take(2)
            .ToList();
        return near is [var only] ? only : null;
    }
}
