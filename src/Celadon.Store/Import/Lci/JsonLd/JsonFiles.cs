using System.Text.Json;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.JsonLd;

/// <summary>
/// The files of a package by folder, read side by side with a result that does not show it.
/// </summary>
internal sealed class JsonFiles
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = 64,
        AllowDuplicateProperties = false,
    };

    private readonly Dictionary<string, List<LciPart>> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<object, string> _fileOf = new(ReferenceEqualityComparer.Instance);
    private readonly LciNotes _notes;
    private readonly Action? _step;
    private readonly CancellationToken _cancel;

    public JsonFiles(IEnumerable<LciPart> parts, LciNotes notes, Action? step, CancellationToken cancel)
    {
        (_notes, _step, _cancel) = (notes, step, cancel);
        foreach (var part in parts.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            if (!part.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                notes.NotCarried(Path.GetExtension(part.Name) is { Length: > 0 } kind ? $"*{kind}" : "*");
                continue;
            }
            var folder = FolderOf(part.Name);
            if (!_folders.TryGetValue(folder, out var files)) _folders[folder] = files = [];
            files.Add(part);
        }
    }

    /// <summary>The names of the folders, in order.</summary>
    public IEnumerable<string> Folders => _folders.Keys.Order(StringComparer.Ordinal);

    /// <summary>How many files a folder has.</summary>
    public int Count(string folder) => _folders.TryGetValue(folder, out var files) ? files.Count : 0;

    /// <summary>The file that a thing was read from.</summary>
    public string FileOf(object thing) => _fileOf[thing];

    /// <summary>The folder a file lies in; empty for the root.</summary>
    public static string FolderOf(string name) =>
        name.Split('/') is [.., var folder, _] ? folder : "";

    /// <summary>
    /// Every thing of a folder, in order of file name; a file that cannot be read is an error.
    /// </summary>
    public List<T> Read<T>(string folder, Func<JsonThing, JsonOutcome, T?> read) where T : class
    {
        if (!_folders.TryGetValue(folder, out var files)) return [];
        var results = new (T? Value, JsonOutcome Outcome)[files.Count];
        Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = _cancel }, i =>
        {
            var outcome = new JsonOutcome();
            results[i] = (One(files[i], outcome, read), outcome);
        });
        var all = new List<T>(files.Count);
        foreach (var ((value, outcome), part) in results.Zip(files))
        {
            outcome.Tell(_notes);
            // With one part missing it would score too low: it is left out whole.
            if (value is not null && !outcome.Findings.Exists(f => f.Severity == Severity.Error))
            {
                all.Add(value);
                _fileOf[value] = part.Name;
            }
            _step?.Invoke();
        }
        return all;
    }

    private static T? One<T>(LciPart part, JsonOutcome outcome, Func<JsonThing, JsonOutcome, T?> read)
        where T : class
    {
        try
        {
            using var stream = part.Open();
            using var document = JsonDocument.Parse(stream, Strict);
            var root = new JsonThing(document.RootElement, part.Name, "");
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw root.Wrong("JSON", document.RootElement);
            return read(root, outcome);
        }
        catch (UnusableException problem)
        {
            outcome.Findings.Add(problem.Finding);
        }
        catch (RefusedException problem)
        {
            outcome.Findings.Add(problem.Finding);
        }
        catch (JsonException problem)
        {
            outcome.Findings.Add(Broken(part, (problem.LineNumber ?? 0) + 1,
                (problem.BytePositionInLine ?? 0) + 1));
        }
        // A text with half of a character pair in it parses, but cannot be read.
        catch (Exception problem) when (problem is InvalidOperationException or InvalidDataException
            or EndOfStreamException)
        {
            outcome.Findings.Add(Broken(part, 1, 1));
        }
        return null;
    }

    private static Finding Broken(LciPart part, long line, long column) => Finding.Of("lci.json",
        Severity.Error, new Place(part.Name, Row: (int)Math.Min(line, int.MaxValue)), ("file", part.Name),
        ("line", line), ("column", column));
}
