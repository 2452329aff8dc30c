using System.Buffers.Binary;

namespace Celadon.Store.Import.Reading;

/// <summary>
/// The check sum of zip entries (ITU-T V.42; ISO/IEC 21320 refers to it), eight bytes at a time. The runtime
/// unpacks an entry and never looks at it.
/// </summary>
internal static class Crc32
{
    private static readonly uint[][] Tables = Make();

    /// <summary>The sum after more bytes; it begins at 0.</summary>
    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        var t = Tables;
        sum = ~sum;
        while (bytes.Length >= 8)
        {
            var low = sum ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            sum = t[7][low & 255] ^ t[6][(low >> 8) & 255] ^ t[5][(low >> 16) & 255] ^ t[4][low >> 24]
                ^ t[3][high & 255] ^ t[2][(high >> 8) & 255] ^ t[1][(high >> 16) & 255] ^ t[0][high >> 24];
            bytes = bytes[8..];
        }
        foreach (var value in bytes) sum = (sum >> 8) ^ t[0][(sum ^ value) & 255];
        return ~sum;
    }

    private static uint[][] Make()
    {
        var tables = new uint[8][];
        for (var k = 0; k < 8; k++)
        {
            tables[k] = new uint[256];
            for (var i = 0; i < 256; i++)
            {
                var sum = k == 0 ? (uint)i : tables[k - 1][i];
                if (k == 0)
                    for (var bit = 0; bit < 8; bit++)
                        sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
                else sum = (sum >> 8) ^ tables[0][sum & 255];
                tables[k][i] = sum;
            }
        }
        return tables;
    }
}
