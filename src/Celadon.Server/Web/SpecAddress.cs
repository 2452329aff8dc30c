using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace Celadon.Server.Web;

/// <summary>
/// A spec in an address: as it is while it is short, else deflated ("z." and base64url), since every number
/// of an answer carries it. JSON begins with no such letter, so that neither is taken for the other.
/// </summary>
internal static class SpecAddress
{
    private const string Mark = "z.";
    private const int Short = 1500;
    private const int Most = 1 << 20;

    /// <summary>The spec as it stands in an address, before that is escaped.</summary>
    public static string Packed(string spec)
    {
        if (spec.Length <= Short) return spec;
        using var bytes = new MemoryStream();
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(Encoding.UTF8.GetBytes(spec));
        var packed = Mark + Base64Url.EncodeToString(bytes.ToArray());
        return packed.Length < spec.Length ? packed : spec;
    }

    /// <summary>
    /// The spec that stands in an address. What is no packed spec, or would unpack to more than a spec has,
    /// stays as it is: the question refuses it as no JSON.
    /// </summary>
    public static string Read(string address)
    {
        if (!address.StartsWith(Mark, StringComparison.Ordinal)) return address;
        try
        {
            using var deflate = new DeflateStream(new MemoryStream(
                Base64Url.DecodeFromChars(address.AsSpan(Mark.Length))), CompressionMode.Decompress);
            var bytes = new byte[Most + 1];
            var length = deflate.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > Most ? address : Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception broken) when (broken is FormatException or InvalidDataException)
        {
            return address;
        }
    }
}
