using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>What the check of an evidence pack found.</summary>
/// <param name="Report">The report that was packed.</param>
/// <param name="Position">Position of the journal that it speaks for.</param>
/// <param name="Head">Head hash of the chain as recomputed; empty when the journal could not be read.</param>
/// <param name="Checked">What was checked, by code, and how many of each.</param>
/// <param name="Findings">Every place that does not hold; empty when all does.</param>
/// <param name="NotChecked">What no pack can show, and what this one leaves out, as findings to read.</param>
public sealed record PackVerified(
    string Report, long Position, string Head, IReadOnlyList<(string What, long Count)> Checked,
    IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> NotChecked);

/// <summary>
/// Checks an evidence pack with nothing but the pack: no workspace, no network. Each file against the
/// manifest, the chain from its first record, evidence against its hash, packs against the hash the answers
/// name, entries against the journal's lines, sums and products of the inventory, the workbook's formulas,
/// and each number that is printed against its answer.
/// </summary>
public sealed class PackVerifier
{
    private const long LargestFile = 1L << 30;
    private const long LargestPack = 4L << 30;

    private readonly ZipArchive _zip;
    private readonly string _name;
    private readonly JsonObject _manifest;
    private readonly List<Finding> _findings = [];
    private readonly List<Finding> _notChecked = [];
    private readonly List<(string What, long Count)> _checked = [];

    private PackVerifier(ZipArchive zip, string name, JsonObject manifest) =>
        (_zip, _name, _manifest) = (zip, name, manifest);

    /// <summary>Checks a pack.</summary>
    /// <exception cref="RefusedException">
    /// pack.unreadable: no zip, or damaged as a whole; pack.notOurs: no evidence pack, or of a later format.
    /// </exception>
    public static PackVerified Verify(Stream pack, string name, CancellationToken cancel = default)
    {
        try
        {
            using var zip = new ZipArchive(pack, ZipArchiveMode.Read, leaveOpen: true);
            var manifest = zip.GetEntry(EvidencePack.Manifest) is { } entry
                ? JsonNode.Parse(Bytes(entry)) as JsonObject : null;
            if (manifest?["format"]?.ToString() != EvidencePack.Format)
                throw RefusedException.Of("pack.notOurs", ("file", name), ("format", EvidencePack.Format));
            return new PackVerifier(zip, name, manifest).Run(cancel);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or InvalidOperationException
            or KeyNotFoundException or FormatException)
        {
            throw RefusedException.Of("pack.unreadable", ("file", name), ("reason", e.Message));
        }
    }

    private PackVerified Run(CancellationToken cancel)
    {
        if (_zip.Entries.Sum(e => Math.Max(0, e.Length)) > LargestPack)
            throw RefusedException.Of("pack.tooLarge", ("file", _name));
        Files(cancel);
        var journal = Read("journal.txt") is { } bytes ? Encoding.UTF8.GetString(bytes) : "";
        var chain = new PackChain(journal, _manifest);
        _findings.AddRange(chain.Check(cancel));
        Count("chain", chain.Records);
        Entries(chain);
        Evidence(chain);
        Packs();
        Answers();
        Workbook();
        Say("documents", 0);
        if (chain.Readings > 0) Say("readings", chain.Readings);
        return new PackVerified(_manifest["report"]?.ToString() ?? "", (long?)_manifest["position"] ?? 0,
            chain.Head, _checked, _findings, _notChecked);
    }

    /// <summary>Every file of the manifest with its hash, and no other file.</summary>
    private void Files(CancellationToken cancel)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal) { EvidencePack.Manifest, EvidencePack.Sums };
        foreach (var file in _manifest["files"]!.AsArray())
        {
            cancel.ThrowIfCancellationRequested();
            var path = file!["path"]!.ToString();
            listed.Add(path);
            if (_zip.GetEntry(path) is null) Fail("pack.fileMissing", path);
            else if (Read(path) is not { } bytes || Hash(bytes) != file["sha256"]!.ToString())
                Fail("pack.fileChanged", path);
        }
        foreach (var entry in _zip.Entries.Where(e => !listed.Contains(e.FullName)))
            Fail("pack.fileExtra", entry.FullName);
        Count("files", listed.Count);
    }

    /// <summary>Each line of the entries' JSON says what the journal's line of that position says.</summary>
    private void Entries(PackChain chain)
    {
        if (Read("entries.json") is not { } bytes) return;
        var entries = Parse("entries.json", bytes) as JsonArray ?? [];
        var seen = 0L;
        foreach (var entry in entries)
        {
            seen++;
            var position = (long)entry!["position"]!;
            if (!chain.Says(position, entry["from"]!.ToString(), entry["to"]!.ToString(),
                entry["resource"]!.ToString(), entry["amount"]!["value"]!.ToString(),
                entry["amount"]!["unit"]!.ToString(), entry["start"]!.ToString(), entry["end"]!.ToString()))
                Fail("pack.entryDiffers", "entries.json", record: position);
        }
        if (seen != chain.Entries) Fail("pack.entriesCount", "entries.json", ("count", seen),
            ("expected", chain.Entries));
        Count("entries", seen);
    }

    private void Evidence(PackChain chain)
    {
        long whole = 0, withdrawn = 0;
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in _manifest["evidence"]!.AsArray())
        {
            var sha256 = item!["sha256"]!.ToString();
            named.Add(sha256);
            if (!chain.Files.Contains(sha256)) Fail("pack.evidenceUnknown", sha256);
            if (item["file"]?.ToString() is { } path)
            {
                if (Read(path) is { } bytes && Hash(bytes) == sha256) whole++;
                else Fail("pack.evidenceChanged", path, ("name", item["name"]!.ToString()));
            }
            else if (chain.Withdrawn.Contains(sha256))
            {
                withdrawn++;
                _notChecked.Add(Finding.Of("pack.withdrawn", Severity.Info, null,
                    ("name", item["name"]!.ToString()), ("reason", item["withdrawn"]?.ToString() ?? "")));
            }
            else Fail("pack.evidenceMissing", sha256, ("name", item["name"]!.ToString()));
        }
        Count("evidence", whole);
        if (chain.Files.Count - named.Count is > 0 and var others) Say("otherEvidence", others);
    }

    /// <summary>The packs' files give the hash that the answers name.</summary>
    private void Packs()
    {
        var packs = _manifest["packs"]!.AsArray();
        foreach (var pack in packs)
        {
            var (id, folder) = (pack!["id"]!.ToString(), pack["folder"]!.ToString());
            var read = PackReader.Read(new Packed(this, id, folder), id);
            if (read.Pack?.Sha256 != pack["sha256"]!.ToString()) Fail("pack.packDiffers", folder, ("id", id));
        }
        Count("packs", packs.Count);
    }

    /// <summary>Answers stand at the pack's position; printed numbers are theirs; sums are sums.</summary>
    private void Answers()
    {
        var answers = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var item in _manifest["answers"]!.AsArray())
        {
            var path = $"answers/{item!["name"]}.json";
            if (Read(path) is not { } bytes || Parse(path, bytes) is not { } answer) continue;
            answers[item["name"]!.ToString()] = answer;
            if ((long?)answer["position"] != (long?)_manifest["position"]
                || answer["head"]?.ToString() != _manifest["head"]?.ToString())
                Fail("pack.otherPosition", path);
            if (answer["question"]?.ToString() != "carbon.inventory") continue;
            var sums = new InventoryArithmetic(answer["answer"]!);
            foreach (var pointer in sums.Wrong()) Fail("pack.sumDiffers", path, ("pointer", pointer));
            Count("sums", sums.Checked);
        }
        Count("answers", answers.Count);
        foreach (var report in _zip.Entries.Where(e =>
            e.FullName.StartsWith("report.", StringComparison.Ordinal)))
        {
            if (Read(report.FullName) is not { } html) continue;
            var numbers = PrintedNumbers.Read(Encoding.UTF8.GetString(html)).ToList();
            foreach (var number in numbers.Where(n => !PrintedNumbers.Holds(n,
                answers.GetValueOrDefault(n.Answer)?["answer"])))
                Fail("pack.numberDiffers", report.FullName, ("shown", number.Shown),
                    ("pointer", number.Answer + number.Pointer));
            Count("numbers", numbers.Count);
        }
    }

    private void Workbook()
    {
        if (Read("workbook.xlsx") is not { } bytes) return;
        var formulas = new WorkbookArithmetic(bytes);
        foreach (var cell in formulas.Wrong()) Fail("pack.cellDiffers", "workbook.xlsx", ("cell", cell));
        Count("formulas", formulas.Checked);
    }

    private JsonNode? Parse(string path, byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            Fail("pack.notJson", path);
            return null;
        }
    }

    private byte[]? Read(string path)
    {
        if (_zip.GetEntry(path) is not { } entry) return null;
        try
        {
            return Bytes(entry);
        }
        catch (InvalidDataException)
        {
            // A file whose own bytes cannot be unpacked is named as changed by the check of the manifest.
            return null;
        }
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        if (entry.Length > LargestFile)
            throw new InvalidDataException(entry.FullName);
        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return stream.ReadByte() < 0 ? bytes : throw new InvalidDataException(entry.FullName);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private void Count(string what, long count) => _checked.Add((what, count));

    private void Say(string what, long count) =>
        _notChecked.Add(Finding.Of("pack.notChecked." + what, Severity.Info, null, ("count", count)));

    private void Fail(string code, string file, params (string Name, object Value)[] args) =>
        _findings.Add(Finding.Of(code, Severity.Error, new Place(File: file), [("file", file), .. args]));

    private void Fail(string code, string file, long record) =>
        _findings.Add(Finding.Of(code, Severity.Error, new Place(File: file, Record: record),
            ("file", file), ("position", record)));

    /// <summary>A pack of factors inside the evidence pack.</summary>
    private sealed class Packed(PackVerifier owner, string id, string folder) : IPackSource
    {
        public IReadOnlyList<string> Packs => [id];

        public byte[]? Read(string pack, string file) => owner.Read($"{folder}/{Path.GetFileName(file)}");
    }
}
