using System.IO.Compression;
using System.Text.Json;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
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
    /// lci.export.notHeld: what the format has no place for; lci.export.ids: identifiers that openLCA could
    /// not keep and what became of them.
    /// </returns>
    public static IReadOnlyList<Finding> Write(LciDatabase database, Stream to,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(to);
        var (notes, ids) = (new LciNotHeld(), new Identifiers());
        var things = new JsonLdThings(ids.WithShortIds(database), notes);
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
        if (ids.Replaced > 0)
            findings.Add(Finding.Of("lci.export.ids", Severity.Info, null, ("count", ids.Replaced),
                ("most", LongestId)));
        return findings;
    }

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
            if (Folders.Contains(document.Kind) && Identifiers.IsShort(document.Id))
                put($"{document.Kind}/{document.Id}.json", json.RootElement.WriteTo);
            else notes.Add($"documents/{document.Kind}");
        }
    }

    /// <summary>
    /// Identifiers as openLCA can keep them: 36 characters at most that make a file name. Others become
    /// UUIDs made of them, the same in every export.
    /// </summary>
    private sealed class Identifiers
    {
        private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);

        public int Replaced => _replaced.Count;

        public static bool IsShort(string id) => id.Length is > 0 and <= LongestId
            && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && id[0] != '.';

        public LciDatabase WithShortIds(LciDatabase d) => d with
        {
            UnitGroups = [.. d.UnitGroups.Select(g => g with
            {
                Id = Of(g.Id),
                DefaultProperty = Of(g.DefaultProperty),
                Units = [.. g.Units.Select(u => u with { Id = Of(u.Id) })],
            })],
            FlowProperties = [.. d.FlowProperties.Select(p => p with
            {
                Id = Of(p.Id),
                UnitGroup = Of(p.UnitGroup),
            })],
            Currencies = [.. d.Currencies.Select(c => c with { Id = Of(c.Id), Reference = Of(c.Reference) })],
            Locations = [.. d.Locations.Select(l => l with { Id = Of(l.Id) })],
            Flows = [.. d.Flows.Select(f => f with
            {
                Id = Of(f.Id),
                Location = Of(f.Location),
                Properties = [.. f.Properties.Select(p => p with { Property = Of(p.Property) })],
            })],
            Processes = [.. d.Processes.Select(Process)],
            Categories = [.. d.Categories.Select(c => c with
            {
                Id = Of(c.Id),
                Factors = [.. c.Factors.Select(f => f with
                {
                    Flow = Of(f.Flow),
                    Unit = Of(f.Unit),
                    Property = Of(f.Property),
                    Location = Of(f.Location),
                })],
            })],
            Methods = [.. d.Methods.Select(m => m with
            {
                Id = Of(m.Id),
                Categories = [.. m.Categories.Select(Of)],
                Weightings = [.. m.Weightings.Select(w => w with
                {
                    Id = Of(w.Id),
                    Factors = [.. w.Factors.Select(f => f with { Category = Of(f.Category) })],
                })],
            })],
            Parameters = [.. d.Parameters.Select(p => p with { Id = Of(p.Id) })],
            Systems = [.. d.Systems.Select(s => s with
            {
                Id = Of(s.Id),
                Process = Of(s.Process),
                Unit = Of(s.Unit),
                Property = Of(s.Property),
                Links = [.. s.Links.Select(l => l with
                {
                    Process = Of(l.Process),
                    Provider = Of(l.Provider),
                    Flow = Of(l.Flow),
                })],
            })],
        };

        private LciProcess Process(LciProcess p) => p with
        {
            Id = Of(p.Id),
            Location = Of(p.Location),
            Exchanges = [.. p.Exchanges.Select(e => e with
            {
                Flow = Of(e.Flow),
                Unit = Of(e.Unit),
                Property = Of(e.Property),
                Provider = Of(e.Provider),
                Location = Of(e.Location),
                Currency = Of(e.Currency),
            })],
            AllocationFactors = [.. p.AllocationFactors.Select(f => f with { Product = Of(f.Product) })],
        };

        private string Of(string id)
        {
            if (id.Length == 0 || IsShort(id)) return id;
            _replaced.Add(id);
            return NamedId.Of("openlca", "id", id);
        }
    }
}
