using System.Collections.Immutable;

namespace Celadon.Lenses.Products;

/// <summary>The questions of the products lens.</summary>
public static class ProductsQuestions
{
    /// <summary>Every question of the lens.</summary>
    public static ImmutableArray<Question> All { get; } =
    [
        new AssessQuestion(),
        new CircularFootprintQuestion(),
        new CompareQuestion(),
        new DeclarationQuestion(),
        new DeclarationComparisonQuestion(),
        new EcoDesignQuestion(),
        new FootprintQuestion(),
        new LivesQuestion(),
        new BreakEvenQuestion(),
    ];
}
