namespace Celadon.Tests.House;

/// <summary>A text file of the repository: its path with forward slashes, and its text.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>The extension with its point, in lower case.</summary>
    public string Extension => System.IO.Path.GetExtension(Path).ToLowerInvariant();

    /// <summary>The lines without their ends.</summary>
    public string[] Lines => Text.Split('\n');

    /// <summary>The number of the line that holds an index, from 1.</summary>
    public int LineOf(int index) => Text.AsSpan(0, index).Count('\n') + 1;
}

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Aside =
        [".git", "artifacts", "bin", "obj", "TestResults", "vendor", ".vs", ".idea",
            "BenchmarkDotNet.Artifacts"];

    private static readonly string[] TextKinds =
    [
        ".cs", ".razor", ".css", ".js", ".md", ".json", ".csproj", ".props", ".targets", ".slnx", ".sql",
        ".csv", ".svg",
        ".html", ".yml", ".editorconfig", ".gitignore", "",
    ];

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Every text file that belongs to us, in order of path; vendored files and build output left out.
    /// </summary>
    public static IReadOnlyList<SourceFile> Files
    { get; } = [.. Walk(Root).OrderBy(f => f.Path, StringComparer.Ordinal)];

    /// <summary>The files of a folder.</summary>
    public static IEnumerable<SourceFile> Under(string folder) =>
        Files.Where(file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>The full path of a file of the repository.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder
            is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Celadon.slnx"))) return folder.FullName;
        throw new InvalidOperationException(
            "These tests run inside the repository: Celadon.slnx was not found above.");
    }

    private static IEnumerable<SourceFile> Walk(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
            if (TextKinds.Contains(Path.GetExtension(path).ToLowerInvariant())
                && !Path.GetFileName(path).EndsWith(
                    ".user", StringComparison.Ordinal) && Path.GetFileName(path) != ".git")
                yield return new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'),
                    File.ReadAllText(path));
        foreach (var sub in Directory.EnumerateDirectories(folder))
            if (!Aside.Contains(Path.GetFileName(sub)))
                foreach (var file in Walk(sub)) yield return file;
    }
}
