using Celadon.Packs;

namespace Celadon.Lenses.Products;

/// <summary>Where the numbers of processes and categories stand.</summary>
/// <param name="Process">Of the exchanges of a process, by its identifier.</param>
/// <param name="Factor">Of the factor of a category and a flow, by their identifiers.</param>
internal sealed record AssessSources(Func<string, Trace> Process, Func<string, string, Trace> Factor)
{
    /// <summary>Of a number of a damage category or set, by its identifier and column.</summary>
    public Func<string, string, Trace> Cell { get; init; } = (_, _) => new Trace.Given("/system");

    /// <summary>In a pack.</summary>
    public static AssessSources Of(PackHeader header) => new(
        id => new Trace.PackRow(header.Id, id, "amount", header.Citation),
        (id, _) => new Trace.PackRow(header.Id, id, "value", header.Citation))
    {
        Cell = (id, column) => new Trace.PackRow(header.Id, id, column, header.Citation),
    };

    /// <summary>In the spec.</summary>
    public static AssessSources Of(AssessedSystem system)
    {
        var processes = system.Processes.Select((p, i) => (p.Name, i)).ToDictionary(x => x.Name, x => x.i);
        var categories = system.Categories.Select((c, i) => (c.Name, i)).ToDictionary(x => x.Name, x => x.i);
        return new(
            id => Given("processes", processes[id], "exchanges"),
            (id, _) => Given("categories", categories[id], "factors"));
    }

    private static Trace.Given Given(string list, int at, string part) =>
        new(FormattableString.Invariant($"/system/{list}/{at}/{part}"));
}
