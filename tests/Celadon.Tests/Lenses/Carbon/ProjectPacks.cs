using Celadon.Packs;
using Celadon.Store;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>The packs of the repository, loaded once.</summary>
internal static class ProjectPacks
{
    private static readonly Lazy<FactorLibrary> Loaded = new(() =>
    {
        var read = PackReader.ReadAll(new PackFolder(Asking.Beside("../../../../packs")));
        foreach (var pack in read) Assert.True(pack.Pack is not null,
            $"{pack.Id}: {string.Join("; ", pack.Findings)}");
        return FactorLibrary.From(read.Select(r => r.Pack!));
    });

    /// <summary>The library.</summary>
    public static FactorLibrary Library => Loaded.Value;
}
