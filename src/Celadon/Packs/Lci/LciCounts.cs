using Celadon.Lca.Modelling;

namespace Celadon.Packs.Lci;

/// <summary>How much a database holds, and how much of it leads nowhere.</summary>
/// <param name="Processes">Processes.</param>
/// <param name="Flows">Flows.</param>
/// <param name="Exchanges">Exchanges of all processes.</param>
/// <param name="ProductInputs">Exchanges that take in a product.</param>
/// <param name="WithoutProvider">
/// Those of them that state no provider and whose flow is the reference of no process: whatever rule links
/// the database, they are cut off.
/// </param>
/// <param name="Categories">Impact categories.</param>
/// <param name="Factors">Their factors.</param>
public sealed record LciCounts(int Processes, int Flows, int Exchanges, int ProductInputs,
    int WithoutProvider, int Categories, int Factors)
{
    /// <summary>Counts a database.</summary>
    public static LciCounts Of(LciDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        var products = database.Flows.Where(f => f.Kind == FlowKind.Product).Select(f => f.Id)
            .ToHashSet(StringComparer.Ordinal);
        var made = database.Processes.SelectMany(p => p.Exchanges.Where(e => e.Id == p.Reference))
            .Select(e => e.Flow).ToHashSet(StringComparer.Ordinal);
        var inputs = database.Processes.SelectMany(p => p.Exchanges)
            .Where(e => e.IsInput && products.Contains(e.Flow)).ToList();
        return new LciCounts(database.Processes.Length, database.Flows.Length,
            database.Processes.Sum(p => p.Exchanges.Length), inputs.Count,
            inputs.Count(e => e.Provider.Length == 0 && !made.Contains(e.Flow)), database.Categories.Length,
            database.Categories.Sum(c => c.Factors.Length));
    }
}
