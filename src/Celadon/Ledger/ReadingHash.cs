using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Celadon.Ledger;

/// <summary>
/// The content hash of a series of readings: SHA-256 over the byte format "celadon-readings/1" of
/// docs/ledger.md. Header: the ASCII text "celadon-readings/1" and a line feed; int32 length and UTF-8 bytes
/// of the meter's id; int32 scale; int64 count. Then each reading in order of start: int64 start (seconds
/// since 1970 UTC), int32 length (seconds, 0 for a counter), int64 amount, one byte quality, int32 length and
/// UTF-8 bytes of the tariff band. All integers are little-endian.
/// </summary>
public sealed class ReadingHash : IDisposable
{
    /// <summary>Name and version of the byte format.</summary>
    public const string Format = "celadon-readings/1";

    private const int FixedBytes = 8 + 4 + 8 + 1 + 4;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _used;

    /// <summary>Begins the hash of a meter's series.</summary>
    public ReadingHash(string meter, int scale, long count)
    {
        var name = Encoding.UTF8.GetBytes(meter);
        Span<byte> number = stackalloc byte[8];
        _hash.AppendData(Encoding.ASCII.GetBytes(Format + "\n"));
        BinaryPrimitives.WriteInt32LittleEndian(number, name.Length);
        _hash.AppendData(number[..4]);
        _hash.AppendData(name);
        BinaryPrimitives.WriteInt32LittleEndian(number, scale);
        _hash.AppendData(number[..4]);
        BinaryPrimitives.WriteInt64LittleEndian(number, count);
        _hash.AppendData(number);
    }

    /// <summary>Adds the next reading; readings come in order of start.</summary>
    public void Add(long start, int length, long unscaled, byte quality, ReadOnlySpan<byte> band)
    {
        if (_used + FixedBytes + band.Length > _buffer.Length) Flush();
        var row = _buffer.AsSpan(_used, FixedBytes);
        BinaryPrimitives.WriteInt64LittleEndian(row, start);
        BinaryPrimitives.WriteInt32LittleEndian(row[8..], length);
        BinaryPrimitives.WriteInt64LittleEndian(row[12..], unscaled);
        row[20] = quality;
        BinaryPrimitives.WriteInt32LittleEndian(row[21..], band.Length);
        _used += FixedBytes;
        if (band.Length > _buffer.Length - _used)
        {
            Flush();
            _hash.AppendData(band);
            return;
        }
        band.CopyTo(_buffer.AsSpan(_used));
        _used += band.Length;
    }

    /// <summary>The hash in lower-case hex.</summary>
    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
