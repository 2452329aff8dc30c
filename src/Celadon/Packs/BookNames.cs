using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Packs;

/// <summary>
/// What the books call things that answers and findings name by id: products, components, resources,
/// suppliers. The registers come first, then the catalogue of resources.
/// </summary>
/// <param name="registers">What exists.</param>
/// <param name="library">The packs that name resources.</param>
/// <param name="text">The language.</param>
public sealed class BookNames(RegisterSet registers, FactorLibrary library, Catalogue text)
{
    private readonly Dictionary<string, Name> _components = registers.Of<Component>()
        .Where(c => c.Name is not { En: null, Zh: null }).DistinctBy(c => c.Item)
        .ToDictionary(c => c.Item, c => c.Name, StringComparer.Ordinal);

    /// <summary>A product, a resource or a component of a bill; null where nothing names it.</summary>
    public Name? NameOf(string id) =>
        registers.Find<Product>(id)?.Name is { } known && known is not { En: null, Zh: null } ? known
            : library.Resources.Find(id)?.Name ?? _components.GetValueOrDefault(id);

    /// <summary>The same in the language; the id where nothing names it.</summary>
    public string OfItem(string id) => NameOf(id)?.In(text.Language, id) ?? id;

    /// <summary>
    /// What ids in a finding are called, by the argument they stand in: "product", "supplier", "site",
    /// "plant" for a unit of a site, "criterion" and "criteria" of a design, "items" and "products" for
    /// several with a comma between, "chain" for several with an arrow. Null for anything else.
    /// </summary>
    public string? OfArgument(string argument, string value) => argument switch
    {
        "product" or "resource" => NameOf(value)?.In(text.Language, value),
        "supplier" => registers.Find<Supplier>(value)?.Name.In(text.Language, value),
        "site" => registers.Find<Site>(value)?.Name.In(text.Language, value),
        "plant" => registers.Find<PlantUnit>(value)?.Name.In(text.Language, value),
        "items" or "products" => string.Join(text.Text("names.and"), value.Split(", ").Select(OfItem)),
        "modules" or "indicators" => value.Replace(", ", text.Text("names.and"), StringComparison.Ordinal),
        "criterion" => OfCriterion(value),
        "criteria" => string.Join(text.Text("names.sentences"), value.Split(", ").Select(OfCriterion)),
        "chain" => string.Join(" → ", value.Split(" → ").Select(OfItem)),
        _ => null,
    };

    private string OfCriterion(string id) => library.Packs.SelectMany(p => p.Criteria)
        .FirstOrDefault(c => c.Id == id)?.Name.In(text.Language, id) ?? id;
}
