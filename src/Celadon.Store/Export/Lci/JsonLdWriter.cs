using System.IO.Compression;
using System.Text.Json;
using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Store.Export.Lci;

/// <summary>
/// Writes a database as a zip of openLCA's JSON-LD, schema version 2: what the reader of that format read
/// comes back the same. What the format cannot hold is said by name.
/// </summary>
public static class JsonLdWriter
{
    private const int LongestId = 36;

    private static readonly HashSet<string> Folders = new(StringComparer.Ordinal)
    {
        "actors", "dq_systems", "epds", "product_systems", "projects", "results", "social_indicators",
        "sources",
    };

    /// <summary>Writes a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="to">Where the zip goes.</param>
    /// <param name="cancel">Stops between two files.</param>
    /// <returns>
    /// lci.export.notHeld: what the format has no place for; lci.export.extended: what stands in fields of
    /// our own; lci.export.ids: identifiers that openLCA could not keep and what became of them.
    /// </returns>
    public static IReadOnlyList<Finding> Write(LciDatabase database, Stream to,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(to);
        var (notes, beside) = (new LciNotHeld(), new LciNotHeld());
        var ids = new LciIdentifiers("openlca", IsShort);
        var things = new JsonLdThings(ids.Within(database), notes, beside);
        using (var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Put(string name, Action<Utf8JsonWriter> write)
            {
                cancel.ThrowIfCancellationRequested();
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = Zips.Always;
                using var stream = entry.Open();
                using var json = new Utf8JsonWriter(stream, JsonLdObject.Options);
                write(json);
            }
            Put("openlca.json", json =>
            {
                json.WriteStartObject();
                json.WriteNumber("schemaVersion", 2);
                json.WriteEndObject();
            });
            foreach (var (folder, id, write) in things.All()) Put($"{folder}/{id}.json", write);
            foreach (var document in database.Documents) Document(document, Put, notes);
        }
        var findings = new List<Finding>();
        if (!notes.IsEmpty)
            findings.Add(Finding.Of("lci.export.notHeld", Severity.Warning, null,
                ("format", "openLCA JSON-LD"), ("count", notes.Count), ("what", notes.ToString())));
        if (!beside.IsEmpty)
            findings.Add(Finding.Of("lci.export.extended", Severity.Info, null,
                ("format", "openLCA JSON-LD"), ("count", beside.Count), ("what", beside.ToString())));
        if (ids.Replaced > 0)
            findings.Add(Finding.Of("lci.export.ids", Severity.Info, null, ("count", ids.Replaced),
                ("most", LongestId)));
        return findings;
    }

    /// <summary>True for 36 characters at most that make a file name: what openLCA can keep.</summary>
    private static bool IsShort(string id) => id.Length is > 0 and <= LongestId
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && id[0] != '.';

    private static void Document(LciDocument document, Action<string, Action<Utf8JsonWriter>> put,
        LciNotHeld notes)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(document.Json);
        }
        catch (JsonException)
        {
            notes.Add($"documents/{document.Kind}");
            return;
        }
        using (json)
        {
            if (Folders.Contains(document.Kind) && IsShort(document.Id))
                put($"{document.Kind}/{document.Id}.json", json.RootElement.WriteTo);
            else notes.Add($"documents/{document.Kind}");
        }
    }
}
