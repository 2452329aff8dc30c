namespace Celadon.Lca.Model;

/// <summary>A column of the technosphere: an activity run at some scale.</summary>
public readonly record struct ProcessIndex(int Value);

/// <summary>A row of the technosphere: a product, a service, or waste to be treated.</summary>
public readonly record struct ProductIndex(int Value);

/// <summary>A row of the biosphere: what passes between the economy and nature.</summary>
public readonly record struct ElementaryFlowIndex(int Value);

/// <summary>A row of the characterisation: an impact category.</summary>
public readonly record struct CategoryIndex(int Value);

/// <summary>How much of a product is asked for, in the product's unit.</summary>
public readonly record struct Demand(ProductIndex Product, double Amount);

/// <summary>The names of things, asked for only when something must be said about them.</summary>
public sealed record SystemNames(
    Func<ProcessIndex, string> Process,
    Func<ProductIndex, string> Product,
    Func<ElementaryFlowIndex, string> ElementaryFlow,
    Func<CategoryIndex, string> Category)
{
    /// <summary>Numbers in place of names.</summary>
    public static SystemNames Numbers { get; } = new(i => $"#{i.Value}", i => $"#{i.Value}", i
        => $"#{i.Value}",
        i => $"#{i.Value}");
}
