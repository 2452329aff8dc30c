using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Store.Export.Lci;

/// <summary>The formats that databases are written in.</summary>
public static class LciExports
{
    /// <summary>Their names; the first is the usual one.</summary>
    public static IReadOnlyList<string> Forms { get; } = ["jsonld"];

    /// <summary>Writes a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="form">One of <see cref="Forms"/>.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="cancel">Stops between two parts.</param>
    /// <returns>What the format could not hold.</returns>
    public static IReadOnlyList<Finding> Write(LciDatabase database, string form, Stream to,
        CancellationToken cancel = default) => form switch
        {
            "jsonld" => JsonLdWriter.Write(database, to, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
        };
}
