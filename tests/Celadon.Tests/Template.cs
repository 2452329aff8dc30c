namespace Celadon.Tests;

/// <summary>
/// A folder that is made once in a run and copied for each test that wants one of its own: making a
/// workspace writes and reads every pack, copying it takes a hundredth of that.
/// </summary>
/// <typeparam name="T">What its maker knows of it, such as a secret.</typeparam>
internal sealed class Template<T>(Func<string, T> make)
{
    private readonly Lazy<(string Folder, T Known)> _made = new(() =>
    {
        var root = Directory.CreateTempSubdirectory("celadon-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        var folder = Path.Combine(root, "made");
        return (folder, make(folder));
    });

    /// <summary>Copies it to a folder that is not there yet.</summary>
    public T CopyTo(string folder)
    {
        var (from, known) = _made.Value;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file) == "lock") continue;
            var path = Path.Combine(folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
        return known;
    }
}
