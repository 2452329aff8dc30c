using System.Buffers.Binary;
using System.IO.Compression;
using Celadon.Text;

namespace Celadon.Store.Import.Reading;

/// <summary>
/// The parts of a zip or workbook, unpacked within bounds: the number of entries is read before the directory
/// is, and each entry is counted while it unpacks, whatever size it claims.
/// </summary>
internal sealed class PackedParts : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly ReadLimits _limits;
    private readonly string _fileName;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    private PackedParts(string fileName, ZipArchive zip, ReadLimits limits)
    {
        _zip = zip;
        _limits = limits;
        _fileName = fileName;
        foreach (var entry in zip.Entries) _entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'),
            entry);
    }

    /// <summary>Opens the zip.</summary>
    /// <exception cref="RefusedException">Not a zip that can be read, or one beyond the limits.</exception>
    public static PackedParts Open(SourceFile file, ReadLimits limits)
    {
        var entries = DeclaredEntries(file.Bytes.Span);
        if (entries < 0) throw Refuse(file.Name, "import.zip.damaged");
        if (entries > limits.ZipEntries) throw Refuse(file.Name, "import.zip.entries", ("count", entries));
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(new ReadOnlyBytes(file.Bytes), ZipArchiveMode.Read);
            return new PackedParts(file.Name, zip, limits);
        }
        catch (InvalidDataException)
        {
            zip?.Dispose();
            throw Refuse(file.Name, "import.zip.damaged");
        }
    }

    /// <summary>Names of the entries, in their order.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>True when the entry exists.</summary>
    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>The entry as a stream that stops at the bounds, or null when there is none.</summary>
    public Stream? Part(string name)
    {
        if (!_entries.TryGetValue(name, out var entry)) return null;
        var bound = Math.Min(_limits.EntryBytes,
            Math.Max(_limits.ZipRatioFrom, entry.CompressedLength * _limits.ZipRatio));
        try
        {
            return new BoundedStream(entry.Open(), bound,
                () => Refuse(_fileName, "import.zip.ratio", ("entry", name)));
        }
        catch (InvalidDataException)
        {
            throw Refuse(_fileName, "import.zip.damaged");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    /// <summary>The number of entries the end record states, or −1 when there is no end record.</summary>
    private static int DeclaredEntries(ReadOnlySpan<byte> bytes)
    {
        var tail = bytes.Length > 66_000 ? bytes[^66_000..] : bytes;
        var at = tail.LastIndexOf("PK\u0005\u0006"u8);
        return at < 0
            || at + 12 > tail.Length ? -1 : BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 10)..]);
    }

    private static RefusedException Refuse(string file, string code, params (string, object)[] args) =>
        new(Finding.Of(code, Severity.Error, new Place(file), args));

    private sealed class ReadOnlyBytes(ReadOnlyMemory<byte> bytes)
        : MemoryStream(bytes.ToArray(), writable: false);

    /// <summary>Refuses as soon as more comes out than the bound.</summary>
    private sealed class BoundedStream(Stream inner, long bound, Func<RefusedException> refuse) : Stream
    {
        private long _left = bound;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException(); set =>
            throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            int read;
            try
            {
                read = inner.Read(buffer);
            }
            catch (InvalidDataException)
            {
                throw refuse();
            }
            _left -= read;
            return _left < 0 ? throw refuse() : read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
