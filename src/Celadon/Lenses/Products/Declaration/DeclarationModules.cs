using System.Collections.Immutable;

namespace Celadon.Lenses.Products;

/// <summary>The modules of EN 15804+A2, 6.2, in order.</summary>
internal static class DeclarationModules
{
    /// <summary>The production stage as one.</summary>
    public const string Production = "A1-A3";

    /// <summary>Beyond the system: reuse, recovery, recycling.</summary>
    public const string Beyond = "D";

    /// <summary>A number is stated.</summary>
    public const string Declared = "X";

    /// <summary>Not declared.</summary>
    public const string NotDeclared = "ND";

    /// <summary>Not relevant for this product.</summary>
    public const string NotRelevant = "MNR";

    /// <summary>The parts of the production stage.</summary>
    public static ImmutableArray<string> ProductionParts { get; } = ["A1", "A2", "A3"];

    /// <summary>The end of life.</summary>
    public static ImmutableArray<string> EndOfLife { get; } = ["C1", "C2", "C3", "C4"];

    /// <summary>Every column there may be, in order.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        .. ProductionParts, Production, "A4", "A5", "B1", "B2", "B3", "B4", "B5", "B6", "B7", .. EndOfLife,
        Beyond,
    ];

    /// <summary>The columns of a declaration: production in parts, or as one where it is stated so.</summary>
    public static ImmutableArray<string> Columns(IReadOnlySet<string> stated) => [.. All.Where(module =>
        module == Production ? stated.Contains(Production)
            : !ProductionParts.Contains(module) || stated.Contains(module) || !stated.Contains(Production))];

    /// <summary>True for the modules of the use stage.</summary>
    public static bool IsUse(string module) => module[0] == 'B';
}
