using System.Runtime.InteropServices;

namespace Celadon.Lca.Sparse;

/// <summary>
/// Zeroed memory outside the managed heap that begins on a cache line, so that a 64-byte vector never splits
/// over two lines. It is freed when disposed or, at the latest, when collected.
/// </summary>
internal sealed unsafe class AlignedBuffer<T> : IDisposable where T : unmanaged
{
    private const int LineBytes = 64;

    /// <summary>Room for a number of elements, and a vector beyond the end for tails.</summary>
    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Bytes = (length * sizeof(T)) + (4 * LineBytes);
        Length = length;
        Pointer = (T*)NativeMemory.AlignedAlloc((nuint)Bytes, LineBytes);
        NativeMemory.Clear(Pointer, (nuint)Bytes);
        GC.AddMemoryPressure(Bytes);
    }

    ~AlignedBuffer() => Free();

    /// <summary>The first element.</summary>
    public T* Pointer { get; private set; }

    /// <summary>Elements asked for.</summary>
    public long Length { get; }

    /// <summary>Bytes taken.</summary>
    public long Bytes { get; }

    /// <summary>Copies from managed memory.</summary>
    public static AlignedBuffer<T> From(ReadOnlySpan<T> source)
    {
        var buffer = new AlignedBuffer<T>(source.Length);
        source.CopyTo(new Span<T>(buffer.Pointer, source.Length));
        return buffer;
    }

    /// <summary>Sets every element to zero.</summary>
    public void Clear() => NativeMemory.Clear(Pointer, (nuint)Bytes);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Pointer is null) return;
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
        GC.RemoveMemoryPressure(Bytes);
    }
}
