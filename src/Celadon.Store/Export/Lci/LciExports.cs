using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Store.Export.Lci;

/// <summary>The formats that databases are written in.</summary>
public static class LciExports
{
    /// <summary>Their names; the first is the usual one.</summary>
    public static IReadOnlyList<string> Forms { get; } = ["jsonld", "ilcd", "xlsx", "csv"];

    /// <summary>The form that a file's name asks for: a workbook, else the usual one.</summary>
    public static string FormOf(string file) =>
        file.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? "xlsx" : Forms[0];

    /// <summary>Writes a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="form">One of <see cref="Forms"/>.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="text">The language of what is written for people.</param>
    /// <param name="cancel">Stops between two parts.</param>
    /// <returns>What the format could not hold.</returns>
    public static IReadOnlyList<Finding> Write(LciDatabase database, string form, Stream to,
        Catalogue text, CancellationToken cancel = default) => form switch
        {
            "jsonld" => JsonLdWriter.Write(database, to, cancel),
            "ilcd" => IlcdWriter.Write(database, to, cancel),
            "xlsx" or "csv" => TemplateWriter.Write(database, form == "xlsx", to, text),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
        };
}
