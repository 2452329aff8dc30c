using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.EcoSpold;

/// <summary>What an exchange is to its activity, as input and output groups of EcoSpold 2 say it.</summary>
internal enum SpoldRole
{
    /// <summary>Output group 0.</summary>
    Reference,

    /// <summary>Output group 2.</summary>
    ByProduct,

    /// <summary>Output group 3: waste that is given to a treatment.</summary>
    ForTreatment,

    /// <summary>Input groups 1, 2, 3 and 5.</summary>
    Input,

    /// <summary>Input or output group 4.</summary>
    Elementary,
}

/// <summary>An exchange as it was read; its provider is still the activity that the file names.</summary>
internal sealed record SpoldExchange(LciExchange Exchange, SpoldRole Role, int Line)
{
    /// <summary>Its mathematical relation.</summary>
    public string Relation { get; init; } = "";

    /// <summary>The name it has in relations.</summary>
    public string Variable { get; init; } = "";
}

/// <summary>An activity as it was read.</summary>
internal sealed record SpoldActivity
{
    /// <summary>Its identifier in the package; several datasets may share it, one a product.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The file.</summary>
    public required string File { get; init; }

    /// <summary>Identifier of its location; empty when none.</summary>
    public required string Location { get; init; }

    /// <summary>True for a system that was solved already.</summary>
    public required bool IsResult { get; init; }

    /// <summary>Category path.</summary>
    public required string Category { get; init; }

    /// <summary>What goes beside the model.</summary>
    public required string Extra { get; init; }

    /// <summary>Its exchanges.</summary>
    public required IReadOnlyList<SpoldExchange> Exchanges { get; init; }

    /// <summary>
    /// Names that relations may use, with their values: parameters, variables of properties.
    /// </summary>
    public required IReadOnlyList<LciParameter> Variables { get; init; }

    /// <summary>A place in its file.</summary>
    public Place Place(int line) => new(File, Row: line);

    /// <summary>Those of a role.</summary>
    public IEnumerable<SpoldExchange> Of(SpoldRole role) => Exchanges.Where(e => e.Role == role);
}
