using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>What goes into an evidence pack beside what the books hold.</summary>
/// <param name="Report">Name of the report: "inventory".</param>
/// <param name="Reports">The report as files of their own, by language.</param>
/// <param name="Answers">The answers it is made of, by their names in the report: "a1".</param>
/// <param name="Period">Its months.</param>
/// <param name="Site">Id of its site, or null for all.</param>
/// <param name="Language">Language of the workbook's headings.</param>
public sealed record PackOrder(
    string Report, IReadOnlyList<(string Language, string Html)> Reports,
    IReadOnlyList<(string Name, Asked Asked)> Answers, MonthSpan Period, string? Site, Catalogue Language);

/// <summary>
/// A zip with everything that a report rests on: the report, its answers, the workbook, the entries, the
/// hashed lines of the journal, the evidence, the packs with their licences, and a manifest with the SHA-256
/// of every file. docs/evidence-pack.md holds the format. The same books at the same position give the same
/// bytes.
/// </summary>
public static class EvidencePack
{
    /// <summary>Name of this version of the format.</summary>
    public const string Format = "celadon-evidence-pack/1";

    /// <summary>The file that lists all others.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The same hashes as `sha256sum -c` reads them.</summary>
    public const string Sums = "SHA256SUMS";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a pack.</summary>
    /// <param name="workspace">The books.</param>
    /// <param name="order">What to pack.</param>
    /// <param name="cancel">Stops long work.</param>
    public static byte[] Write(Workspace workspace, PackOrder order, CancellationToken cancel = default)
    {
        var position = order.Answers[0].Asked.Position;
        var files = new SortedDictionary<string, (string Kind, byte[] Bytes)>(StringComparer.Ordinal);
        foreach (var (language, html) in order.Reports)
            files[$"report.{language}.html"] = ("report", Encoding.UTF8.GetBytes(html));
        foreach (var (name, asked) in order.Answers)
            files[$"answers/{name}.json"] = ("answer", Encoding.UTF8.GetBytes(AnswerJson.Write(asked)));
        if (order.Answers.FirstOrDefault(a => a.Asked.Question.Name == "carbon.inventory").Asked
            is { } inventory)
            files["workbook.xlsx"] = ("workbook",
                InventoryWorkbook.Write(workspace, inventory, order.Language, cancel));
        files["entries.csv"] = ("entries", Text(to => BooksExport.Entries(workspace, to, position, cancel)));
        files["entries.json"] = ("entries", Text(to => BooksJson.Entries(workspace, to, position, cancel)));
        files["journal.txt"] = ("journal", Text(to => BooksExport.Journal(workspace, to, position, cancel)));
        AddPacks(workspace, order, files);
        var evidence = AddEvidence(workspace, order, position, files);
        files["README.txt"] = ("readme", Encoding.UTF8.GetBytes(ReadMe(order)));
        var manifest = ManifestOf(workspace, order, files, evidence);
        files[Manifest] = ("manifest", Encoding.UTF8.GetBytes(manifest.ToJsonString(Indented) + "\n"));
        files[Sums] = ("sums", Encoding.UTF8.GetBytes(string.Concat(files.Select(f =>
            $"{Hash(f.Value.Bytes)}  {f.Key}\n"))));
        return Zip(files, cancel);
    }

    private static byte[] Zip(SortedDictionary<string, (string Kind, byte[] Bytes)> files,
        CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, file) in files)
            {
                cancel.ThrowIfCancellationRequested();
                var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
                entry.LastWriteTime = Zips.Always;
                using var stream = entry.Open();
                stream.Write(file.Bytes);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>The editions that the answers used, as the workspace keeps them.</summary>
    private static void AddPacks(Workspace workspace, PackOrder order,
        SortedDictionary<string, (string Kind, byte[] Bytes)> files)
    {
        foreach (var edition in order.Answers.SelectMany(a => a.Asked.Packs).Distinct())
            foreach (var (name, bytes) in workspace.EditionFiles(edition))
                files[$"packs/{edition.Id}/{edition.Sha256[..12]}/{name}"] = ("pack", bytes);
    }

    /// <summary>
    /// The files that entries and readings of the report's months name. What was withdrawn is listed with its
    /// reason, and is not there.
    /// </summary>
    private static List<PackedEvidence> AddEvidence(Workspace workspace, PackOrder order, long position,
        SortedDictionary<string, (string Kind, byte[] Bytes)> files)
    {
        var state = workspace.StateAt(position);
        var registers = Workspace.RegistersOf(state);
        var wanted = EvidenceOf(workspace, state, registers, order).ToHashSet(StringComparer.Ordinal);
        var withdrawn = state.Standing<EvidenceWithdrawnRecord>().GroupBy(w => w.Body.Sha256)
            .ToDictionary(g => g.Key, g => g.Last());
        var all = new List<PackedEvidence>();
        foreach (var (batch, file) in state.Batches.SelectMany(b =>
            ((BatchRecord)b.Body).Files.Select(f => (b.Position, f))).DistinctBy(f => f.f.Sha256)
            .Where(f => wanted.Contains(f.f.Sha256)).OrderBy(f => f.f.Sha256, StringComparer.Ordinal))
        {
            var path = $"evidence/{file.Sha256}{EndingOf(file.Name)}";
            if (workspace.Evidence.Has(file.Sha256))
                files[path] = ("evidence", workspace.Evidence.Get(file.Sha256));
            var taken = withdrawn.TryGetValue(file.Sha256, out var record) ? record : default;
            all.Add(new PackedEvidence(file.Sha256, file.Name, batch, files.ContainsKey(path) ? path : null,
                taken.Body?.Reason, taken.Body is null ? null : taken.Position));
        }
        return all;
    }

    private static IEnumerable<string> EvidenceOf(
        Workspace workspace, JournalState state, RegisterSet registers, PackOrder order)
    {
        var utc = order.Period.In(SiteZone.Get("Etc/UTC"));
        var day = NodaTime.Duration.FromDays(1);
        var around = new Period(utc.Start - day, utc.End + day);
        foreach (var (_, entry) in workspace.StandingEntries(state))
            if (entry.Evidence is Evidence.FileRow file && entry.Period.Overlaps(around)
                && (order.Site is null
                    || (registers.SiteOf(entry.To) ?? registers.SiteOf(entry.From))?.Id == order.Site))
                yield return file.Sha256;
        foreach (var (_, readings) in state.Standing<ReadingsRecord>())
            if (readings.FileSha256.Length > 0 && readings.Span.Overlaps(around)
                && (order.Site is null || registers.Find<Meter>(readings.Meter)?.Site == order.Site))
                yield return readings.FileSha256;
    }

    private static JsonObject ManifestOf(Workspace workspace, PackOrder order,
        SortedDictionary<string, (string Kind, byte[] Bytes)> files, List<PackedEvidence> evidence)
    {
        var first = order.Answers[0].Asked;
        return new JsonObject
        {
            ["format"] = Format,
            ["report"] = order.Report,
            ["period"] = order.Period.ToString(),
            ["site"] = order.Site,
            ["workspace"] = workspace.Journal.WorkspaceId,
            ["position"] = first.Position,
            ["head"] = first.Head,
            ["program"] = Workspace.Program,
            ["answers"] = new JsonArray([.. order.Answers.Select(a => (JsonNode)new JsonObject
            {
                ["name"] = a.Name, ["question"] = a.Asked.Question.Name,
                ["spec"] = JsonNode.Parse(a.Asked.SpecJson),
            })]),
            ["packs"] = new JsonArray([.. order.Answers.SelectMany(a => a.Asked.Packs).Distinct()
                .Select(p => (JsonNode)new JsonObject
                {
                    ["id"] = p.Id, ["edition"] = p.Edition, ["sha256"] = p.Sha256,
                    ["folder"] = $"packs/{p.Id}/{p.Sha256[..12]}",
                })]),
            ["evidence"] = new JsonArray([.. evidence.Select(e => (JsonNode)new JsonObject
            {
                ["sha256"] = e.Sha256, ["name"] = e.Name, ["batch"] = e.Batch, ["file"] = e.Path,
                ["withdrawn"] = e.Withdrawn, ["withdrawnBy"] = e.WithdrawnBy,
            })]),
            ["files"] = new JsonArray([.. files.Select(f => (JsonNode)new JsonObject
            {
                ["path"] = f.Key, ["kind"] = f.Value.Kind, ["bytes"] = f.Value.Bytes.Length,
                ["sha256"] = Hash(f.Value.Bytes),
            })]),
        };
    }

    private static string ReadMe(PackOrder order) => string.Join("\n\n",
        ((Catalogue[])[Catalogue.English, Catalogue.Chinese]).Select(text => text.Text("report.pack.readme",
            ("report", text.Text($"report.{order.Report}.title")), ("period", order.Period)))) + "\n";

    private static byte[] Text(Action<TextWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var to = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true)) write(to);
        return bytes.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The ending of a file's name, where it is a short and plain one.</summary>
    private static string EndingOf(string name)
    {
        var ending = Path.GetExtension(name).ToLowerInvariant();
        return ending.Length is > 1 and <= 6 && ending.AsSpan(1).IndexOfAnyExceptInRange('a', 'z') < 0
            ? ending : ".bin";
    }

    private sealed record PackedEvidence(
        string Sha256, string Name, long Batch, string? Path, string? Withdrawn, long? WithdrawnBy);
}
