using Celadon.Packs;
using Celadon.Store;

namespace Celadon.Cli;

/// <summary>What came with the program, beside its executable.</summary>
internal static class Shipped
{
    /// <summary>The packs.</summary>
    public static IPackSource Packs
    { get; } = new PackFolder(Path.Combine(AppContext.BaseDirectory, "packs"));

    /// <summary>The example works.</summary>
    public static string Example { get; } =
        Path.Combine(AppContext.BaseDirectory, "examples", "longquan-stoke");
}
