using System.Runtime.InteropServices;

namespace Celadon.Store.Files;

/// <summary>
/// Files that are whole or not there: written beside their place, synced, then moved; the folder is synced
/// too, so that the name survives a power cut.
/// </summary>
public static partial class Durable
{
    /// <summary>How the name of a file ends that is still being written.</summary>
    private const string Unfinished = ".tmp";

    /// <summary>Writes a file so that a crash at any instant leaves the old state or the new.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes) => Write(path, bytes, null);

    /// <summary>The same for a file that its owner alone can read, from the first byte.</summary>
    public static void WriteOwn(string path, ReadOnlySpan<byte> bytes) => Write(path, bytes,
        OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private static void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode? mode)
    {
        var folder = Path.GetDirectoryName(path)!;
        Make(folder);
        var beside = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}{Unfinished}";
        var how = new FileStreamOptions
        { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (mode is not null && !OperatingSystem.IsWindows()) how.UnixCreateMode = mode;
        using (var stream = new FileStream(beside, how))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        Steps.Pass("file-written");
        File.Move(beside, path, overwrite: true);
        Steps.Pass("file-named");
        SyncFolder(folder);
    }

    /// <summary>Makes a folder where there is none, its own name synced in the folder above.</summary>
    private static void Make(string folder)
    {
        if (Directory.Exists(folder)) return;
        var above = Path.GetDirectoryName(folder)!;
        Make(above);
        Directory.CreateDirectory(folder);
        SyncFolder(above);
    }

    /// <summary>Copies a file to a place where there is none, synced when this returns.</summary>
    public static void Copy(string from, string to)
    {
        var folder = Path.GetDirectoryName(to)!;
        Make(folder);
        using (var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        using (var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            source.CopyTo(target);
            target.Flush(flushToDisk: true);
        }
        SyncFolder(folder);
    }

    /// <summary>Takes away what writes that were cut short left beside their place.</summary>
    public static void Sweep(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var left in Directory.EnumerateFiles(folder, "*" + Unfinished, SearchOption.AllDirectories))
            File.Delete(left);
    }

    /// <summary>Syncs a folder's list of names, where the system has such a call.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, 0);
        if (handle < 0) return;
        _ = Sync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
