using System.IO.Compression;
using System.Runtime.InteropServices;
using Celadon.Text;

namespace Celadon.Store.Import.Reading;

/// <summary>
/// The parts of a zip or workbook, unpacked within bounds: the number of entries is read before the directory
/// is, and each entry is counted while it unpacks, whatever size it claims. An entry whose size or check sum
/// is not what the directory says is refused: part of a table would be missing unnoticed.
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
        var (directory, count) = ZipDirectory.Read(file.Bytes.Span, limits.ZipEntries);
        if (count > limits.ZipEntries) throw Refuse(file.Name, "import.zip.entries", ("count", count));
        if (directory is null) throw Refuse(file.Name, "import.zip.damaged");
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(Seekable(file.Bytes), ZipArchiveMode.Read, leaveOpen: false,
                directory.IsUtf8 ? null : TextDecoding.Chinese);
            return new PackedParts(file.Name, zip, limits);
        }
        catch (InvalidDataException)
        {
            zip?.Dispose();
            throw Refuse(file.Name, "import.zip.damaged");
        }
    }

    /// <summary>The entries as the directory lists them.</summary>
    public IReadOnlyList<ZipArchiveEntry> Entries => _zip.Entries;

    /// <summary>True when the entry exists.</summary>
    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>The entry as a stream that stops at the bounds, or null when there is none.</summary>
    public Stream? Part(string name)
    {
        return _entries.TryGetValue(name, out var entry) ? Open(entry, _limits.EntryBytes) : null;
    }

    /// <summary>An entry as a stream that stops at a bound, or sooner where it unpacks too well.</summary>
    public Stream Open(ZipArchiveEntry entry, long most)
    {
        var bound = Math.Min(most, Math.Max(_limits.ZipRatioFrom, entry.CompressedLength * _limits.ZipRatio));
        try
        {
            return new BoundedStream(entry.Open(), bound, () => Refuse(
                _fileName, bound == most ? "import.zip.large" : "import.zip.ratio",
                ("entry", entry.FullName), ("bytes", bound)),
                () => Refuse(_fileName, "import.zip.damaged"),
                (bytes, sum) => bytes == entry.Length && sum == entry.Crc32 ? null
                    : Refuse(_fileName, "import.zip.entry", ("entry", entry.FullName)));
        }
        catch (InvalidDataException)
        {
            throw Refuse(_fileName, "import.zip.damaged");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static RefusedException Refuse(string file, string code, params (string, object)[] args) =>
        new(Finding.Of(code, Severity.Error, new Place(file), args));

    /// <summary>The bytes as a stream, without a copy of them where they are an array.</summary>
    private static MemoryStream Seekable(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    /// <summary>Refuses as soon as more comes out than the bound.</summary>
    private sealed class BoundedStream(
        Stream inner, long bound, Func<RefusedException> refuse, Func<RefusedException> damaged,
        Func<long, uint, RefusedException?> end) : Stream
    {
        private long _read;
        private uint _sum;

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
            catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
            {
                throw damaged();
            }
            _read += read;
            if (_read > bound) throw refuse();
            _sum = Crc32.Add(_sum, buffer[..read]);
            return read == 0 && buffer.Length > 0 && end(_read, _sum) is { } wrong ? throw wrong : read;
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
