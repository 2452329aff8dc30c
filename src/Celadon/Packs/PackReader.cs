using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Celadon.Text;

namespace Celadon.Packs;

/// <summary>A pack that was read: the pack when it is clean, and what was found.</summary>
/// <param name="Id">Id of the pack as its folder names it.</param>
/// <param name="Pack">The pack; null when anything was wrong with it.</param>
/// <param name="Findings">What was wrong, by file, row and column.</param>
public sealed record PackReading(string Id, Pack? Pack, ImmutableArray<Finding> Findings);

/// <summary>
/// Reads packs from a source and refuses what does not hold together. A pack is taken whole or not at all.
/// </summary>
public static class PackReader
{
    /// <summary>
    /// Packs this process read without a finding, by id and the hash of all their bytes: the same bytes are
    /// parsed once for as long as anybody holds what came of them.
    /// </summary>
    private static readonly ConcurrentDictionary<(string, string), WeakReference<Pack>> Clean = new();

    /// <summary>Every pack of a source, in order of id.</summary>
    public static ImmutableArray<PackReading> ReadAll(IPackSource source) =>
        [.. source.Packs.Order(StringComparer.Ordinal).Select(id => Read(source, id))];

    /// <summary>What a pack.json says, without a look at the tables; null when it does not fit.</summary>
    public static PackHeader? Header(string id, byte[] json) =>
        PackManifest.Read(json, id, $"{id}/pack.json", new List<Finding>());

    /// <summary>One pack.</summary>
    public static PackReading Read(IPackSource source, string id)
    {
        var findings = new List<Finding>();
        var manifest = $"{id}/pack.json";
        if (source.Read(id, "pack.json") is not { } json)
            return new PackReading(id, null, [Say("packs.noManifest", manifest, ("id", id))]);
        if (PackManifest.Read(json, id, manifest, findings) is not { } header)
            return new PackReading(id, null, [.. findings]);
        var files = new List<(string Name, byte[] Bytes)> { ("pack.json", json) };
        foreach (var table in header.Tables)
        {
            if (source.Read(id, table.File) is { } bytes) files.Add((table.File, bytes));
            else findings.Add(Say("packs.noFile", $"{id}/{table.File}"));
        }
        var sha256 = Packs.Pack.HashOf(files);
        if (Clean.TryGetValue((id, sha256), out var known) && known.TryGetTarget(out var before))
            return new PackReading(id, before with { Lci = Database(before.Header, source) }, []);
        var pack = new Pack { Header = header, Sha256 = sha256, Lci = Database(header, source) };
        foreach (var table in header.Tables)
        {
            if (files.Find(f => f.Name == table.File).Bytes is not { } bytes) continue;
            var file = $"{id}/{table.File}";
            if (Lci.LciTables.IsKind(table.Kind)) CheckHash(table, file, bytes, findings);
            else pack = AddTable(pack, table, file, bytes, findings);
        }
        findings.AddRange(Blends(pack, id));
        if (findings.Count == 0) Clean[(id, sha256)] = new(pack with { Lci = null });
        return new PackReading(id,
            findings.Exists(f => f.Severity == Severity.Error) ? null : pack, [.. findings]);
    }

    /// <summary>
    /// The database of a pack, read from the source again when it is asked for: a question that needs none
    /// neither parses its tables nor holds their bytes. The hashes are checked then too.
    /// </summary>
    private static Lazy<Lci.LciLookup>? Database(PackHeader header, IPackSource source) =>
        header.Tables.Any(t => Lci.LciTables.IsKind(t.Kind))
            ? new(() => new(Lci.LciTables.Read(header, file => source.Read(header.Id, file)))) : null;

    private static void CheckHash(PackTable table, string file, byte[] bytes, List<Finding> findings)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (sha256 != table.Sha256)
            findings.Add(Say("packs.sha256", file, ("stated", table.Sha256), ("found", sha256)));
    }

    /// <summary>
    /// What does not fit between packs: factors and rules that name a resource or place no catalogue holds.
    /// Warnings:
    /// such a row is reachable by its own name only.
    /// </summary>
    public static ImmutableArray<Finding> CheckTogether(FactorLibrary library) =>
    [
        .. from pack in library.Packs
           from factor in pack.Factors
           where factor.Resource.Length > 0 && library.Resources.Find(factor.Resource)?.Id != factor.Resource
           select Unknown("packs.unknownResource", factor, "resource", factor.Resource),
        .. from pack in library.Packs
           from factor in pack.Factors
           where library.Places.Find(factor.Place)?.Id != factor.Place
           select Unknown("packs.unknownPlace", factor, "place", factor.Place),
    ];

    private static Finding Unknown(string code, Factor factor, string column, string value) =>
        Finding.Of(code,
        Severity.Warning, new Place(File: factor.Pack.Id, Row: factor.Row, Column: column),
        ("file", factor.Pack.Id), ("row", factor.Row), ("id", factor.Id), ("value", value));

    private static Pack AddTable(Pack pack, PackTable table, string file, byte[] bytes,
        List<Finding> findings)
    {
        CheckHash(table, file, bytes, findings);
        if (PackCsv.Parse(bytes, file, findings) is not { } records) return pack;
        var expected = Tables.Columns[table.Kind];
        if (records.IsEmpty || !records[0].Cells.SequenceEqual(expected, StringComparer.Ordinal))
        {
            findings.Add(Say("packs.columns", file, ("expected", string.Join(",", expected)),
                ("found", records.IsEmpty ? "" : string.Join(",", records[0].Cells))));
            return pack;
        }
        if (records.Length - 1 != table.Rows)
            findings.Add(Say("packs.rows", file, ("stated", table.Rows), ("found", records.Length - 1)));
        var reader = new TableReader(pack.Header, file, records);
        var before = pack.Factors.Length;
        pack = Tables.Add(pack, table.Kind, reader);
        findings.AddRange(reader.Findings);
        if (table.Kind == "factors")
            findings.AddRange(FactorChecks.Duplicates(file, pack.Factors.Skip(before)));
        else findings.AddRange(SameKey(table.Kind, file, records));
        return pack;
    }

    /// <summary>Two rows of one key in a table of another kind than factors.</summary>
    private static IEnumerable<Finding> SameKey(string kind, string file, ImmutableArray<CsvRecord> records)
    {
        var width = kind switch
        {
            "gwp" or "related" => 3,
            "blends" or "categories" or "days" => 2,
            _ => 1,
        };
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var record in records.Skip(1))
        {
            if (record.Cells.Length < 6) continue;
            var key = kind == "intensity" ? $"{record.Cells[0]} {record.Cells[5]}"
                : string.Join(' ', record.Cells.Take(width));
            if (!seen.TryAdd(key, record.Number))
                yield return Finding.Of("packs.sameKey", Severity.Error,
                    new Place(File: file, Row: record.Number),
                    ("file", file), ("row", record.Number), ("first", seen[key]), ("key", key));
        }
    }

    private static IEnumerable<Finding> Blends(Pack pack, string id) =>
        from blend in pack.Blends.GroupBy(row => row.Blend)
        let sum = blend.Aggregate(Quantities.Amount.Zero, (total, row) => total + row.Fraction)
        where sum != Quantities.Amount.One
        select Say("packs.blend", id, ("blend", blend.Key), ("sum", sum));

    private static Finding Say(string code, string file, params (string, object)[] args) =>
        Finding.Of(code, Severity.Error, new Place(File: file), [("file", file), .. args.Select(Invariant)]);

    private static (string, object) Invariant((string Name, object Value) arg) =>
        (arg.Name, Convert.ToString(arg.Value, CultureInfo.InvariantCulture) ?? "");
}
