using System.Buffers.Binary;
using System.Text;

namespace Celadon.Store.Import.Reading;

/// <summary>
/// The central directory of a zip, walked byte by byte before anything trusts it: how many entries it really
/// lists, what they are called, and whether their names are UTF-8.
/// </summary>
internal sealed class ZipDirectory
{
    private const int HeaderBytes = 46;

    private ZipDirectory(List<string> names, bool isUtf8) => (Names, IsUtf8) = (names, isUtf8);

    /// <summary>The names, with slashes forward and none in front.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>False when a name is not UTF-8: Chinese machines name files in GB18030.</summary>
    public bool IsUtf8 { get; }

    /// <summary>True when it holds an entry of this name.</summary>
    public bool Has(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Walks the directory. The count is the number of entries found, or more than <paramref name="most"/>
    /// when there are more; the directory is null when the bytes are no whole zip.
    /// </summary>
    public static (ZipDirectory? Directory, int Count) Read(ReadOnlySpan<byte> bytes, int most)
    {
        var tail = bytes.Length > 66_000 ? bytes[^66_000..] : bytes;
        var at = tail.LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + 22 > tail.Length) return (null, 0);
        int declared = BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 10)..]);
        if (declared > most) return (null, declared);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(tail[(at + 16)..]);
        var names = new List<string>();
        var isUtf8 = true;
        while (offset + HeaderBytes <= bytes.Length
            && bytes[(int)offset..].StartsWith("PK\u0001\u0002"u8))
        {
            if (names.Count == most) return (null, most + 1);
            var header = bytes[(int)offset..];
            int name = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]),
                extra = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]),
                comment = BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
            if (HeaderBytes + name > header.Length) return (null, 0);
            var raw = header.Slice(HeaderBytes, name);
            isUtf8 &= System.Text.Unicode.Utf8.IsValid(raw);
            names.Add(Encoding.UTF8.GetString(raw).Replace('\\', '/').TrimStart('/'));
            offset += HeaderBytes + name + extra + comment;
        }
        return names.Count == declared ? (new ZipDirectory(names, isUtf8), declared) : (null, 0);
    }
}
