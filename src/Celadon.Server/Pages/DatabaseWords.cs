using System.Globalization;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Quantities;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>What pages of databases show: doubles as cells, references as names with their links.</summary>
internal static class DatabaseWords
{
    private const double Largest = 1e15, Smallest = 1e-9;

    /// <summary>The shortest text that reads back to a number.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number of a database; very large and small ones keep their power of ten.</summary>
    public static Cell Number(double value) => value == 0 || Math.Abs(value) is >= Smallest and < Largest
        && Amount.TryParse(Plainly(value), out _)
        ? new Plain(Amount.Parse(Plainly(value))) : new Words(Text(value)) { Class = "nb" };

    private static string Plainly(double value) => Text(value).Contains('E', StringComparison.Ordinal)
        ? ((decimal)value).ToString(CultureInfo.InvariantCulture) : Text(value);

    /// <summary>An uncertainty in words; empty where an amount is certain.</summary>
    public static string Spread(PageContext at, Uncertainty u) => !u.IsUncertain ? ""
        : at.L($"web.database.spread.{Vocabulary.Word(u.Kind)}", ("a", Text(u.A)), ("b", Text(u.B)),
            ("c", Text(u.C)));

    /// <summary>The page of a process.</summary>
    public static string Link(PageContext at, string database, string process) =>
        at.Link($"/ledger/databases/{database}/process", ("id", process));

    /// <summary>The code of a place, else its name.</summary>
    public static string Place(LciLookup lookup, string id) =>
        !lookup.Locations.TryGetValue(id, out var place) ? ""
            : place.Code.Length > 0 ? place.Code : place.Name;

    /// <summary>The exchange that a process is named after, or null.</summary>
    public static LciExchange? Reference(LciProcess process) =>
        process.Exchanges.FirstOrDefault(e => e.Id == process.Reference);

    /// <summary>
    /// Whether a word stands in a process's name, category, reference flow or place, or begins its id.
    /// </summary>
    public static bool Says(LciLookup lookup, LciProcess process, string word) =>
        process.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || process.Category.Contains(word, StringComparison.OrdinalIgnoreCase)
        || process.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        || (lookup.Locations.TryGetValue(process.Location, out var place)
            && (place.Code.Equals(word, StringComparison.OrdinalIgnoreCase)
                || place.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
        || (Reference(process) is { } e
            && lookup.Flows[e.Flow].Name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Which processes make or treat each flow as their reference.</summary>
    public static ILookup<string, LciProcess> Makers(LciDatabase database) => database.Processes
        .Select(p => (Process: p, Reference: Reference(p))).Where(p => p.Reference is not null)
        .ToLookup(p => p.Reference!.Flow, p => p.Process, StringComparer.Ordinal);

    /// <summary>True for what takes a product in or gives a waste away: it wants a provider.</summary>
    public static bool WantsProvider(LciFlow flow, LciExchange e) => e.IsAvoided || (flow.Kind, e.IsInput)
        is (FlowKind.Product, true) or (FlowKind.Waste, false);

    /// <summary>Which rows of all are shown, and where the next are.</summary>
    public static Pager Pager(PageContext at, int skip, int length, int total)
    {
        var last = Math.Min(skip + length, total);
        return new Pager(at.L("web.pager.range", ("first", skip < total ? skip + 1 : 0),
            ("last", skip < total ? last : 0), ("total", total)),
            last < total ? at.Here(("skip", Text(skip + length))) : null,
            skip == 0 ? null : at.Here(("skip", null)));
    }
}
