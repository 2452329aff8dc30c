using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Celadon.Quantities;

namespace Celadon.Ledger;

/// <summary>
/// The bytes that the chain hashes, version "celadon-journal/1" (docs/ledger.md holds the specification, so
/// that a stranger can verify a journal without this code). Each record is one line of UTF-8 text, its fields
/// separated by tabs; the hash of a record is SHA-256(hash of the one before ‖ line), and the one before the
/// first is SHA-256("celadon-journal/1 " + workspace id).
/// </summary>
public sealed class ChainFormat
{
    /// <summary>Name of this version of the format.</summary>
    public const string Version = "celadon-journal/1";

    private static readonly string[] KindNames =
    [
        "batch", "entry", "register", "readings", "reversal", "closing", "override", "pack-adopted",
        "evidence-withdrawn", "statement-sent",
    ];

    private const int HashLength = 32;

    private byte[] _line = new byte[4096];
    private int _length;
    private long _day = long.MinValue;
    private readonly byte[] _date = new byte[10];

    /// <summary>The written name of a kind of record.</summary>
    public static string NameOf(RecordKind kind) => KindNames[(int)kind];

    /// <summary>What stands for the hash before the first record.</summary>
    public static byte[] Genesis(string workspaceId) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Version} {workspaceId}"));

    /// <summary>
    /// The fields of an entry that many entries share: from, to, resource, unit, calorific basis (gross, net
    /// or -), basis, facts.
    /// </summary>
    public static byte[] ShapeText(
        Node from, Node to, string resource, string unit, CalorificBasis calorific, Basis basis,
        Facts facts) =>
        Encoding.UTF8
            .GetBytes(string.Join('\t', Escape(from.ToString()), Escape(to.ToString()), Escape(resource),
            Escape(unit), calorific switch
            { CalorificBasis.Gross => "gross", CalorificBasis.Net => "net", _ => "-" },
            NameOf(basis), Escape(facts.Text)));

    /// <summary>
    /// The evidence of an entry without its row: "file", hash, name, sheet; or "meter"; or "stated".
    /// </summary>
    public static byte[] EvidenceText(Evidence evidence) => Encoding.UTF8.GetBytes(evidence switch
    {
        Evidence.FileRow file => $"file\t{file.Sha256}\t{Escape(file.Name)}\t{Escape(file.Sheet)}",
        Evidence.MeterReadings meter => string.Create(CultureInfo.InvariantCulture,
            $"meter\t{Escape(meter.Meter)}\t{meter.Through}"),
        Evidence.StatedBy stated => $"stated\t{Escape(stated.Actor)}",
        _ => throw new ArgumentException("Unknown kind of evidence.", nameof(evidence)),
    });

    /// <summary>The written name of a basis.</summary>
    public static string NameOf(Basis basis) => basis switch
    {
        Basis.Measured => "measured",
        Basis.Invoiced => "invoiced",
        Basis.Calculated => "calculated",
        Basis.Estimated => "estimated",
        _ => "stated",
    };

    /// <summary>
    /// The line of an entry: position, "entry", batch, amount, start, end, row, shape, evidence. Valid until
    /// the next call.
    /// </summary>
    public ReadOnlySpan<byte> EntryLine(
        long position, long batch, long unscaled, int scale, long start, long end, int row,
        ReadOnlySpan<byte> shape, ReadOnlySpan<byte> evidence)
    {
        Need(256 + shape.Length + evidence.Length);
        _length = HashLength;
        Put(position);
        Put("\tentry\t"u8);
        Put(batch);
        Put((byte)'\t');
        PutAmount(unscaled, scale);
        Put((byte)'\t');
        PutInstant(start);
        Put((byte)'\t');
        PutInstant(end);
        Put((byte)'\t');
        Put(row);
        Put((byte)'\t');
        Put(shape);
        Put((byte)'\t');
        Put(evidence);
        return _line.AsSpan(HashLength, _length - HashLength);
    }

    /// <summary>
    /// The line of any other record: position, kind, batch, JSON. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<byte> Line(long position, RecordKind kind, long batch, string json)
    {
        var body = Encoding.UTF8.GetBytes(Escape(json));
        Need(160 + body.Length);
        _length = HashLength;
        Put(position);
        Put((byte)'\t');
        Put(Encoding.ASCII.GetBytes(NameOf(kind)));
        Put((byte)'\t');
        Put(batch);
        Put((byte)'\t');
        Put(body);
        return _line.AsSpan(HashLength, _length - HashLength);
    }

    /// <summary>
    /// hash := SHA-256(hash ‖ the line made last). The line was written behind room for the hash.
    /// </summary>
    public void Next(Span<byte> hash)
    {
        hash.CopyTo(_line);
        SHA256.HashData(_line.AsSpan(0, _length), hash);
    }

    /// <summary>Backslash, tab, line feed and carriage return as \\, \t, \n and \r.</summary>
    public static string Escape(string text) => text.AsSpan().IndexOfAny("\\\t\n\r") < 0 ? text
        : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);

    private void Need(int bytes)
    {
        if (_line.Length < bytes) _line = new byte[bytes * 2];
    }

    private void Put(byte value) => _line[_length++] = value;

    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_line.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Put(long value)
    {
        Utf8Formatter.TryFormat(value, _line.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>The plain decimal, as <see cref="Amount.ToString"/> writes it.</summary>
    private void PutAmount(long unscaled, int scale)
    {
        if (scale == 0)
        {
            Put(unscaled);
            return;
        }
        if (unscaled < 0) Put((byte)'-');
        Span<byte> digits = stackalloc byte[24];
        var magnitude = unscaled < 0 ? (ulong)-(unscaled + 1) + 1 : (ulong)unscaled;
        Utf8Formatter.TryFormat(magnitude, digits, out var count);
        for (var zeros = scale + 1 - count; zeros > 0 && count <= scale; zeros--)
        {
            Put((byte)'0');
            if (zeros == scale + 1 - count) Put((byte)'.');
        }
        if (count > scale)
        {
            Put(digits[..(count - scale)]);
            Put((byte)'.');
            Put(digits[(count - scale)..count]);
        }
        else
        {
            Put(digits[..count]);
        }
    }

    /// <summary>"2026-08-31T23:00:00Z". The date's text is kept, since neighbours share it.</summary>
    private void PutInstant(long seconds)
    {
        var day = Math.DivRem(seconds, 86400, out var second);
        if (second < 0) (day, second) = (day - 1, second + 86400);
        if (day != _day)
        {
            DateOnly.FromDayNumber((int)(day + 719162)).TryFormat(_date, out _, "yyyy-MM-dd",
                CultureInfo.InvariantCulture);
            _day = day;
        }
        Put(_date);
        Put((byte)'T');
        Two(second / 3600, (byte)':');
        Two(second / 60 % 60, (byte)':');
        Two(second % 60, (byte)'Z');
    }

    private void Two(long value, byte then)
    {
        Put((byte)('0' + value / 10));
        Put((byte)('0' + value % 10));
        Put(then);
    }
}
