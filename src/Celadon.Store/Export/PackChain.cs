using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>
/// The journal's lines in an evidence pack: recomputes the chain by the published format, without the code
/// that wrote it, and holds what the other checks ask for.
/// </summary>
internal sealed class PackChain(string journal, JsonObject manifest)
{
    private readonly Dictionary<long, string[]> _entries = [];

    /// <summary>How many records.</summary>
    public long Records { get; private set; }

    /// <summary>How many of them are entries.</summary>
    public long Entries => _entries.Count;

    /// <summary>How many readings the journal names by count and hash.</summary>
    public long Readings { get; private set; }

    /// <summary>The last hash as recomputed; empty before the check or when nothing could be read.</summary>
    public string Head { get; private set; } = "";

    /// <summary>Hashes of every file that a batch names.</summary>
    public HashSet<string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Hashes of files that were withdrawn.</summary>
    public HashSet<string> Withdrawn { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Recomputes every hash; a record that does not fit is named, and the check goes on from what is stored.
    /// </summary>
    public List<Finding> Check(CancellationToken cancel)
    {
        var findings = new List<Finding>();
        using var lines = new StringReader(journal);
        var workspace = manifest["workspace"]?.ToString() ?? "";
        if (lines.ReadLine() != $"{ChainFormat.Version} {workspace}")
            return [Fail("pack.chainStart", 0)];
        var hash = ChainFormat.Genesis(workspace);
        while (lines.ReadLine() is { } line)
        {
            cancel.ThrowIfCancellationRequested();
            Records++;
            if (line.Length < 66 || line[64] != ' ') return [.. findings, Fail("pack.chainBroken", Records)];
            var (stored, body) = (line[..64], line[65..]);
            var next = SHA256.HashData([.. hash, .. Encoding.UTF8.GetBytes(body)]);
            if (Convert.ToHexStringLower(next) != stored) findings.Add(Fail("pack.chainBroken", Records));
            hash = Convert.FromHexString(stored);
            Take(body);
        }
        Head = Convert.ToHexStringLower(hash);
        if (Records != (long?)manifest["position"] || Head != manifest["head"]?.ToString())
            findings.Add(Fail("pack.chainEnd", Records));
        return findings;
    }

    /// <summary>True when the entry at a position says so.</summary>
    public bool Says(long position, string from, string to, string resource, string amount, string unit,
        string start, string end)
    {
        if (!_entries.TryGetValue(position, out var f)) return false;
        // position, "entry", batch, amount, start, end, row, from, to, resource, unit, …
        return f.Length > 10 && f[3] == amount && f[4] == start && f[5] == end && f[7] == from && f[8] == to
            && f[9] == resource && f[10] == unit;
    }

    private void Take(string body)
    {
        var fields = body.Split('\t');
        if (fields.Length < 4) return;
        switch (fields[1])
        {
            case "entry":
                _entries[long.Parse(fields[0], CultureInfo.InvariantCulture)] = [.. fields.Select(Unescape)];
                break;
            case "batch":
                foreach (var file in Json(fields[3])?["files"]?.AsArray() ?? [])
                    Files.Add(file!["sha256"]!.ToString());
                break;
            case "readings":
                Readings += (long?)Json(fields[3])?["count"] ?? 0;
                break;
            case "evidence-withdrawn":
                Withdrawn.Add(Json(fields[3])?["sha256"]?.ToString() ?? "");
                break;
        }
    }

    private static JsonNode? Json(string field)
    {
        try
        {
            return JsonNode.Parse(Unescape(field));
        }
        catch (JsonException)
        {
            return null; // A line that was changed is named by its hash.
        }
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
            plain.Append(text[i] != '\\' || i + 1 == text.Length ? text[i] : text[++i] switch
            {
                't' => '\t', 'n' => '\n', 'r' => '\r', var other => other,
            });
        return plain.ToString();
    }

    private static Finding Fail(string code, long record) => Finding.Of(code, Severity.Error,
        new Place(File: "journal.txt", Record: record), ("position", record));
}
