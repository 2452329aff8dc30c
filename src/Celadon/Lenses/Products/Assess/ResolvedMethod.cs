using Celadon.Lca.Modelling;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>An impact category in the terms of the engine, over flows of the database asked.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Unit of its scores.</param>
/// <param name="Model">Its factors, per reference unit of a flow.</param>
internal sealed record MethodCategory(string Id, Name Name, string Unit, Category Model);

/// <summary>What an inventory is weighed with.</summary>
/// <param name="Id">Id of the pack or database; null for factors in the spec.</param>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Gwp">The set of potentials; null for other methods.</param>
/// <param name="Categories">Its categories, as asked for.</param>
/// <param name="Factor">Where the factor of a category and flow stands.</param>
internal sealed record ResolvedMethod(string? Id, Name? Name, GwpSet? Gwp,
    IReadOnlyList<MethodCategory> Categories, Func<string, string, Trace> Factor)
{
    /// <summary>The methods its categories come from; none for potentials and factors in the
    /// spec.</summary>
    public IReadOnlyList<LciMethod> Methods { get; init; } = [];

    /// <summary>Where a number of a damage category or set stands: its identifier, and the column.</summary>
    public Func<string, string, Trace> Cell { get; init; } = (_, _) => new Trace.Given("/method");

    /// <summary>Whether a flow without factor looks like what the method counts.</summary>
    public Func<LciFlow, bool> IsSuspect { get; init; } = _ => false;

    /// <summary>How a flow is treated, where that must be said; else null.</summary>
    public Func<LciFlow, Name?> Treatment { get; init; } = _ => null;
}
