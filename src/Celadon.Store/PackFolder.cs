using Celadon.Packs;

namespace Celadon.Store;

/// <summary>Packs in a folder on disk, one sub-folder a pack.</summary>
/// <param name="folder">The folder; one that is not there holds no packs.</param>
public sealed class PackFolder(string folder) : IPackSource
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Packs => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(folder, "pack.json", new EnumerationOptions
            {
                RecurseSubdirectories = true, MaxRecursionDepth = 1,
            })
            .Select(file => Path.GetRelativePath(folder, Path.GetDirectoryName(file)!))
            .Where(name => name != ".").Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public byte[]? Read(string pack, string file)
    {
        if (pack != Path.GetFileName(pack) || file != Path.GetFileName(file) || pack is "." or "..")
            return null;
        var path = Path.Combine(folder, pack, file);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }
}
