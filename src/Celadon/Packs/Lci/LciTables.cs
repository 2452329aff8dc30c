using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Celadon.Text;

namespace Celadon.Packs.Lci;

/// <summary>
/// Writes a life-cycle inventory database as tables of a pack (kinds "lci-…") and reads it back. Numbers are
/// the shortest decimal text that reads back to the same double.
/// </summary>
public static class LciTables
{
    /// <summary>How the kinds of these tables begin.</summary>
    public const string Prefix = "lci-";

    private const string Uncertainty = "distribution,a,b,c";

    /// <summary>The columns of each kind, in order. docs/packs.md says what they mean.</summary>
    internal static readonly FrozenDictionary<string, string> Columns = new Dictionary<string, string>
    {
        ["lci-unit-groups"] = "id,name,category,default_property,extra",
        ["lci-units"] = "group,id,name,factor,is_reference,synonyms,extra",
        ["lci-flow-properties"] = "id,name,category,unit_group,is_economic,extra",
        ["lci-currencies"] = "id,name,category,code,factor,reference,extra",
        ["lci-locations"] = "id,name,category,code,latitude,longitude,extra",
        ["lci-flows"] = "id,name,category,kind,cas,formula,location,synonyms,extra",
        ["lci-flow-property-factors"] = "flow,property,factor",
        ["lci-processes"] = "id,name,category,location,is_result,reference,allocation,extra",
        ["lci-exchanges"] = "process,id,flow,unit,property,amount,is_input,is_avoided,provider,formula,"
            + Uncertainty + ",location,cost,currency,data_quality,base_uncertainty,extra",
        ["lci-allocation"] = "process,rule,product,exchange,value,formula",
        ["lci-parameters"] = "owner,id,name,value,formula," + Uncertainty + ",extra",
        ["lci-categories"] = "id,name,category,unit,direction,extra",
        ["lci-factors"] = "category,flow,unit,property,value,formula,location," + Uncertainty,
        ["lci-methods"] = "id,name,category,categories,extra",
        ["lci-damages"] = "method,id,name,unit,category,factor",
        ["lci-weighting"] = "method,id,name,unit,category,normalisation,weight",
        ["lci-systems"] = "id,name,category,process,exchange,amount,unit,property,extra",
        ["lci-links"] = "system,process,exchange,provider,flow",
        ["lci-documents"] = "kind,id,name,json",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True for a kind of table that holds part of a database.</summary>
    public static bool IsKind(string kind) => Columns.ContainsKey(kind);

    /// <summary>
    /// The tables of a database, those without rows left out; a large one is divided into several files.
    /// </summary>
    public static IReadOnlyList<(string File, string Kind, int Rows, byte[] Bytes)> Write(
        LciDatabase database) => Write(database, PackCsv.MostBytes / 2);

    /// <summary>The same with files of about so many bytes at most.</summary>
    internal static IReadOnlyList<(string File, string Kind, int Rows, byte[] Bytes)> Write(
        LciDatabase database, int fileBytes) => new LciTableWriter(fileBytes).Write(database);

    /// <summary>The database in a pack's tables.</summary>
    /// <param name="header">The pack; its English title is the name of the database.</param>
    /// <param name="read">Gives the bytes of a table by file name; null when there is none.</param>
    /// <exception cref="RefusedException">
    /// A table is missing, was changed or does not fit; the finding says file, row and column.
    /// </exception>
    public static LciDatabase Read(PackHeader header, Func<string, byte[]?> read)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(read);
        var reader = new LciTableReader(header.Title.En ?? header.Id);
        foreach (var kind in Columns.Keys.Order(StringComparer.Ordinal))
            foreach (var table in header.Tables.Where(t => t.Kind == kind))
                reader.Take(kind, Rows(header, table, read));
        return reader.Build();
    }

    private static TableReader Rows(PackHeader header, PackTable table, Func<string, byte[]?> read)
    {
        var file = $"{header.Id}/{table.File}";
        var bytes = read(table.File) ?? throw Refused("packs.noFile", file);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (sha256 != table.Sha256)
            throw Refused("packs.sha256", file, ("stated", table.Sha256), ("found", sha256));
        var findings = new List<Finding>();
        if (PackCsv.Parse(bytes, file, findings) is not { } records) throw new RefusedException(findings[0]);
        var expected = Columns[table.Kind];
        var found = records.IsEmpty ? "" : string.Join(',', records[0].Cells);
        if (found != expected)
            throw Refused("packs.columns", file, ("expected", expected), ("found", found));
        if (records.Length - 1 != table.Rows)
            throw Refused("packs.rows", file, ("stated", table.Rows), ("found", records.Length - 1));
        return new TableReader(header, file, records);
    }

    private static RefusedException Refused(string code, string file, params (string, object)[] args) =>
        new(Finding.Of(code, Severity.Error, new Place(File: file), [("file", file), .. args]));
}
