using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Cli;

/// <summary>A row of any table of a pack, as its file holds it.</summary>
/// <param name="Table">What the table holds: "factors", "gwp", "bands", …</param>
/// <param name="File">Its file.</param>
/// <param name="Number">Record of the file; the header is 1.</param>
/// <param name="Key">What tells it from the other rows: "AR5/hfc-125".</param>
/// <param name="Cells">Its cells by column, empty ones left out.</param>
internal sealed record PackTableRow(
    string Table, string File, int Number, string Key, ImmutableArray<(string Column, string Value)> Cells)
{
    /// <summary>Its title or name in a language, or nothing.</summary>
    public string NameIn(string language) => Cell($"name_{language}") ?? Cell($"title_{language}") ?? "";

    /// <summary>The value of a column, or null.</summary>
    public string? Cell(string column) => Cells.FirstOrDefault(c => c.Column == column).Value;

    /// <summary>The row as JSON.</summary>
    public JsonObject Json() => new()
    {
        ["table"] = Table,
        ["file"] = File,
        ["row"] = Number,
        ["key"] = Key,
        ["cells"] = new JsonObject(Cells.Select(c => KeyValuePair.Create(c.Column, (JsonNode?)c.Value))),
    };
}

/// <summary>
/// Finds rows in every table of a pack, not in its factors alone: by key, by a part of it, then by name.
/// </summary>
internal static class PackTables
{
    /// <summary>Columns that tell one row from another where there is no id.</summary>
    private static readonly Dictionary<string, string[]> Keys = new(StringComparer.Ordinal)
    {
        ["gwp"] = ["set", "gas", "origin"],
        ["blends"] = ["blend", "component"],
        ["intensity"] = ["code", "year"],
        ["bands"] = ["group", "tier"],
        ["categories"] = ["scope", "category"],
        ["facts"] = ["name"],
        ["related"] = ["resource", "related"],
    };

    /// <summary>
    /// The rows a text names: the one of exactly this key; else those of which a part of the key is the text;
    /// else those whose key or name holds it.
    /// </summary>
    public static IReadOnlyList<PackTableRow> Find(IPackSource source, Pack pack, string text)
    {
        var rows = pack.Header.Tables.SelectMany(table => RowsOf(source, pack, table)).ToList();
        foreach (var fits in (Func<PackTableRow, bool>[])[
            r => r.Key.Equals(text, StringComparison.OrdinalIgnoreCase),
            r => r.Table != "factors"
                && r.Key.Split('/').Contains(text, StringComparer.OrdinalIgnoreCase),
            r => r.Key.Contains(text, StringComparison.OrdinalIgnoreCase),
            r => r.Cells.Any(c => c.Column is "name_en" or "name_zh" or "title_en" or "title_zh"
                && c.Value.Contains(text, StringComparison.OrdinalIgnoreCase))])
        {
            var found = rows.Where(fits).ToList();
            if (found.Count > 0) return found;
        }
        return [];
    }

    private static IEnumerable<PackTableRow> RowsOf(IPackSource source, Pack pack, PackTable table)
    {
        var findings = new List<Finding>();
        if (source.Read(pack.Header.Id, table.File) is not { } bytes
            || PackCsv.Parse(bytes, table.File, findings) is not [var header, .. var records]) yield break;
        var keys = Keys.GetValueOrDefault(table.Kind, [header.Cells[0]]);
        foreach (var record in records)
        {
            var cells = header.Cells.Zip(record.Cells).Where(c => c.Second.Length > 0).ToImmutableArray();
            var key = string.Join('/', keys.Select(k => cells.FirstOrDefault(c => c.First == k).Second)
                .Where(part => part is { Length: > 0 }));
            yield return new PackTableRow(table.Kind, table.File, record.Number, key, cells);
        }
    }
}
