using Celadon.Packs.Lci;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// What of a database holds together: whatever refers to something that is not there goes whole, for a
/// process with one amount missing would score too low, and a category with one factor missing too.
/// </summary>
internal static class SoundPart
{
    /// <summary>The part, and how many inputs named a provider that is no part of it.</summary>
    /// <param name="database">All that was read.</param>
    /// <param name="twice">Identifiers that stand twice, of which none is chosen.</param>
    public static (LciDatabase Part, int Cut) Of(LciDatabase database, HashSet<string> twice)
    {
        bool IsOne(LciEntity thing) => !twice.Contains(thing.Id);
        database = database with
        {
            UnitGroups = [.. database.UnitGroups.Where(IsOne)],
            FlowProperties = [.. database.FlowProperties.Where(IsOne)],
            Flows = [.. database.Flows.Where(IsOne)],
            Processes = [.. database.Processes.Where(IsOne)],
            Categories = [.. database.Categories.Where(IsOne)],
        };
        return Whole(database);
    }

    private static (LciDatabase Part, int Cut) Whole(LciDatabase database)
    {
        var groups = database.UnitGroups.Select(g => g.Id).ToHashSet(StringComparer.Ordinal);
        var properties = database.FlowProperties.Where(p => groups.Contains(p.UnitGroup)).ToList();
        var known = properties.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var part = database with
        {
            FlowProperties = [.. properties],
            Flows = [.. database.Flows.Where(f => f.Properties.All(p => known.Contains(p.Property)))],
        };
        var lookup = new LciLookup(part);
        var processes = part.Processes.Where(p => Holds(p, lookup)).ToList();
        var kept = processes.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        bool IsCut(LciExchange e) => e.Provider.Length > 0 && !kept.Contains(e.Provider);
        var cut = processes.Sum(p => p.Exchanges.Count(IsCut));
        part = part with
        {
            Processes = [.. processes.Select(p => p.Exchanges.Any(IsCut) ? p with
            {
                Exchanges = [.. p.Exchanges.Select(e => IsCut(e) ? e with { Provider = "" } : e)],
            } : p)],
            Categories = [.. part.Categories.Where(c =>
                c.Factors.All(f => IsMeasured(lookup, f.Flow, f.Unit, f.Property)))],
            Systems = [.. part.Systems.Where(s => s.ProcessesOf().All(kept.Contains))],
        };
        return (part with { Methods = Methods(part) }, cut);
    }

    private static bool Holds(LciProcess process, LciLookup lookup) =>
        process.Exchanges.All(e => IsMeasured(lookup, e.Flow, e.Unit, e.Property))
        && (process.Reference is not { } reference || process.Exchanges.Any(e => e.Id == reference));

    private static bool IsMeasured(LciLookup lookup, string flow, string unit, string property) =>
        lookup.Flows.TryGetValue(flow, out var found)
        && lookup.ToReference(found, unit, property) is not null;

    /// <summary>Methods with the categories that are left.</summary>
    private static System.Collections.Immutable.ImmutableArray<LciMethod> Methods(LciDatabase part)
    {
        var categories = part.Categories.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return [.. part.Methods.Select(m =>
        {
            // A damage with one category missing would score too low.
            var damages = m.Damages.Where(d => d.Factors.All(f => categories.Contains(f.Category))).ToList();
            var weighted = categories.Concat(damages.Select(d => d.Id)).ToHashSet(StringComparer.Ordinal);
            return m with
            {
                Categories = [.. m.Categories.Where(categories.Contains)],
                Damages = [.. damages],
                Weightings = [.. m.Weightings.Select(w => w with
                {
                    Factors = [.. w.Factors.Where(f => weighted.Contains(f.Category))],
                })],
            };
        }).Where(m => m.Categories.Length > 0)];
    }
}
