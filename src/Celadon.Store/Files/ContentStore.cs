using System.Security.Cryptography;
using Celadon.Text;

namespace Celadon.Store.Files;

/// <summary>
/// Files kept by the SHA-256 of their bytes: evidence as it was received, and answers kept at closing. A name
/// says what must lie behind it, so that a changed file shows.
/// </summary>
public sealed class ContentStore(string folder)
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>
    /// Keeps bytes and returns their lower-case hex name. Bytes that are kept whole are not written again; a
    /// kept file that was changed is put right.
    /// </summary>
    public string Put(ReadOnlySpan<byte> bytes)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Put(name, bytes);
        return name;
    }

    /// <summary>Keeps bytes whose name was computed already.</summary>
    public void Put(string sha256, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(sha256);
        if (!File.Exists(path) || HashOf(path) != sha256) Durable.Write(path, bytes);
    }

    /// <summary>True when bytes of that name are kept.</summary>
    public bool Has(string sha256) => IsName(sha256) && File.Exists(PathOf(sha256));

    /// <summary>The bytes of a name.</summary>
    /// <exception cref="RefusedException">Not kept, or not the bytes the name says.</exception>
    public byte[] Get(string sha256)
    {
        if (!Has(sha256)) throw RefusedException.Of("evidence.missing", ("sha256", sha256));
        var bytes = File.ReadAllBytes(PathOf(sha256));
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != sha256)
            throw RefusedException.Of("evidence.changed", ("sha256", sha256));
        return bytes;
    }

    /// <summary>Erases bytes that were withdrawn.</summary>
    public void Erase(string sha256)
    {
        if (Has(sha256)) File.Delete(PathOf(sha256));
    }

    /// <summary>Every name kept whose bytes are no longer what the name says.</summary>
    public IEnumerable<string> Changed(CancellationToken cancel = default)
    {
        if (!Directory.Exists(Folder)) yield break;
        foreach (var path in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            var name = Path.GetFileName(path);
            if (!IsName(name)) continue;
            if (HashOf(path) != name) yield return name;
        }
    }

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private string PathOf(string sha256) => Path.Combine(Folder, sha256[..2], sha256);

    private static bool IsName(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
