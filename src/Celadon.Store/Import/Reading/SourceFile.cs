using System.Security.Cryptography;

namespace Celadon.Store.Import.Reading;

/// <summary>A file as it was received: its bytes are the evidence, whatever is read out of them.</summary>
/// <param name="Name">The name the user gave it, without folders.</param>
/// <param name="Bytes">All of its bytes.</param>
public sealed record SourceFile(string Name, ReadOnlyMemory<byte> Bytes)
{
    private string? _sha256;

    /// <summary>Lower-case hex SHA-256 of the bytes.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));

    /// <summary>The name without its extension.</summary>
    public string Stem => Path.GetFileNameWithoutExtension(Name);

    /// <summary>Reads a file from disk.</summary>
    public static SourceFile Open(string path) => new(Path.GetFileName(path), File.ReadAllBytes(path));
}
