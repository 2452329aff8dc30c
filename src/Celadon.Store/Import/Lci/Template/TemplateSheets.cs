using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Celadon.Store.Import.Lci.Template;

/// <summary>
/// The sheets of our own template with their columns, in the order they are written. What each means stands
/// in the catalogues ("template.exchanges.amount").
/// </summary>
internal static class TemplateSheets
{
    /// <summary>The sheet that explains the others; nothing is read from it.</summary>
    public const string Columns = "columns";

    private const string Spread = "uncertainty,a,b,c";

    /// <summary>Sheets with their columns.</summary>
    public static readonly ImmutableArray<(string Sheet, ImmutableArray<string> Columns)> All =
    [
        ("units", Names("unit,amount,of,differs")),
        ("flows", Names("id,name,kind,unit,also,category,cas,formula,location,synonyms,description")),
        ("processes", Names("id,name,category,location,kind,allocation,description")),
        ("exchanges", Names("process,number,flow,direction,amount,unit,reference,avoided,provider,formula,"
            + Spread + ",location,cost,currency,quality,basic,description")),
        ("allocation", Names("process,rule,product,exchange,share,formula")),
        ("parameters", Names("owner,name,value,formula," + Spread + ",description")),
        ("categories", Names("id,name,category,unit,direction,methods,description")),
        ("factors", Names("category,flow,value,unit,formula,location," + Spread)),
        ("methods", Names("id,name,category,version,description")),
        ("damages", Names("method,id,name,unit,category,factor")),
        ("weighting", Names("method,id,set,unit,category,normalisation,weight")),
    ];

    /// <summary>The columns of a sheet.</summary>
    public static readonly FrozenDictionary<string, ImmutableArray<string>> Of =
        All.ToFrozenDictionary(s => s.Sheet, s => s.Columns, StringComparer.OrdinalIgnoreCase);

    private static ImmutableArray<string> Names(string list) => [.. list.Split(',')];
}
