using System.Buffers.Binary;
using System.Text;

namespace LongquanStoke;

/// <summary>
/// A ZIP archive with stored entries and one fixed time. Written by hand because a compressor may give other
/// bytes on another machine or in another release; a workbook of a bill is small enough without one.
/// </summary>
public static class Zip
{
    private const ushort Midnight1980 = 0x0021; // 1 January 1980, the first day the format knows

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    /// <summary>The bytes of an archive.</summary>
    public static byte[] Write(IReadOnlyList<(string Name, string Text)> entries)
    {
        using var archive = new MemoryStream();
        using var directory = new MemoryStream();
        foreach (var (name, text) in entries)
        {
            var data = Encoding.UTF8.GetBytes(text);
            var at = (uint)archive.Position;
            archive.Write(Header(0x04034b50, [], name, data, []));
            archive.Write(Encoding.ASCII.GetBytes(name));
            archive.Write(data);
            var tail = new byte[14];
            BinaryPrimitives.WriteUInt32LittleEndian(tail.AsSpan(10), at);
            directory.Write(Header(0x02014b50, [20, 0], name, data, tail));
            directory.Write(Encoding.ASCII.GetBytes(name));
        }
        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)entries.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)archive.Position);
        archive.Write(directory.ToArray());
        archive.Write(end);
        return archive.ToArray();
    }

    /// <summary>
    /// The fields that a local header and a directory entry share, between what is theirs alone.
    /// </summary>
    private static byte[] Header(uint signature, byte[] madeBy, string name, byte[] data, byte[] tail)
    {
        var shared = new byte[26];
        BinaryPrimitives.WriteUInt16LittleEndian(shared, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(shared.AsSpan(8), Midnight1980);
        BinaryPrimitives.WriteUInt32LittleEndian(shared.AsSpan(10), Crc(data));
        BinaryPrimitives.WriteUInt32LittleEndian(shared.AsSpan(14), (uint)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(shared.AsSpan(18), (uint)data.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(shared.AsSpan(22), (ushort)name.Length);
        var start = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(start, signature);
        return [.. start, .. madeBy, .. shared, .. tail];
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data) crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint CrcOf(int index)
    {
        var crc = (uint)index;
        for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        return crc;
    }
}
