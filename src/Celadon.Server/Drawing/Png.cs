using System.Buffers.Binary;
using System.IO.Compression;

namespace Celadon.Server.Drawing;

/// <summary>Writes small pictures with a palette (PNG, ISO/IEC 15948): one byte a pixel.</summary>
internal static class Png
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
    {
        var c = (uint)n;
        for (var bit = 0; bit < 8; bit++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        return c;
    })];

    /// <summary>A picture.</summary>
    /// <param name="pixels">Indexes into the palette, row by row.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="palette">Colours as 0xRRGGBB; a negative one is transparent.</param>
    public static byte[] Of(byte[] pixels, int width, IReadOnlyList<int> palette)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> head = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], pixels.Length / width);
        (head[8], head[9]) = (8, 3);
        Chunk(file, "IHDR"u8, head);
        Chunk(file, "PLTE"u8, [.. palette.SelectMany(c =>
            new[] { (byte)(c >> 16 & 255), (byte)(c >> 8 & 255), (byte)(c & 255) })]);
        Chunk(file, "tRNS"u8, [.. palette.Select(c => (byte)(c < 0 ? 0 : 255))]);
        Chunk(file, "IDAT"u8, Packed(pixels, width));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Packed(byte[] pixels, int width)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            for (var at = 0; at < pixels.Length; at += width)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels, at, width);
            }
        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Sum(Sum(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Sum(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes) sum = Table[(sum ^ b) & 255] ^ (sum >> 8);
        return sum;
    }
}
