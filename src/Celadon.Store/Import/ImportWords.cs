using Celadon.Text;

namespace Celadon.Store.Import;

/// <summary>How far an import is, in words.</summary>
public static class ImportWords
{
    /// <summary>"File 2 of 3: m1.csv · 12,400 of 35,040 rows read".</summary>
    public static string Of(Catalogue text, ImportProgress progress)
    {
        var stage = "progress." + progress.Stage.ToString().ToLowerInvariant();
        var rows = progress.Total > 0
            ? text.Text(stage, ("count", progress.Rows), ("total", progress.Total))
            : text.Text("progress.rows", ("count", progress.Rows));
        return progress is { Files: > 1, File: > 0 } ? text.Text("progress.file", ("file", progress.File),
            ("files", progress.Files), ("name", progress.Name)) + " · " + rows : rows;
    }
}
