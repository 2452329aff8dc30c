using System.Security.Cryptography;
using System.Text;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// Identifiers for what its format only names: UUIDs of version 8 (RFC 9562, 5.8) from the SHA-256 of the
/// names, so that the same names give the same identifier on every machine and in every import.
/// </summary>
internal static class NamedId
{
    /// <summary>The identifier of a path of names; their order and limits count.</summary>
    public static string Of(params ReadOnlySpan<string> names)
    {
        var text = new StringBuilder();
        foreach (var name in names) text.Append(name.Length).Append(':').Append(name);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true).ToString();
    }

    /// <summary>
    /// A name as it is compared: an accent is the same whether it is written with its letter or after it
    /// (Unicode, normalisation form C). What is no text at all stays as it is.
    /// </summary>
    public static string Same(string name)
    {
        if (System.Text.Ascii.IsValid(name)) return name;
        try
        {
            return name.Normalize();
        }
        catch (ArgumentException)
        {
            return name;
        }
    }
}
