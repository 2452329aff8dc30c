using Celadon.Quantities;
using NodaTime;

namespace Celadon.Registers;

/// <summary>
/// A line of a bill of materials: how much of a component goes into one unit of a product. Its id is
/// "product/item"; several lines of one component differ in their months: "product/item@2026-01".
/// </summary>
public sealed record Component : RegisterItem
{
    /// <summary>Id of the product or assembly it goes into.</summary>
    public required string Product { get; init; }

    /// <summary>
    /// What goes in: a resource as the books know it, another product or assembly with a bill of its own, or
    /// a word of one's own.
    /// </summary>
    public required string Item { get; init; }

    /// <summary>How much for one unit of the product, in which the product is counted; above 0.</summary>
    public required Amount Amount { get; init; }

    /// <summary>Unit of the amount.</summary>
    public required string Unit { get; init; }

    /// <summary>First month it holds, "2026-01"; null for since ever.</summary>
    public string? From { get; init; }

    /// <summary>Last month it holds; null for until further notice.</summary>
    public string? To { get; init; }

    /// <summary>"pack:row" of the factor that counts it; null when another way does.</summary>
    public string? Factor { get; init; }

    /// <summary>"database:process" of a life-cycle database in use; by id or exact name.</summary>
    public string? Process { get; init; }

    /// <summary>
    /// Impact category of the database's own methods; null for the potentials of the packs.
    /// </summary>
    public string? Category { get; init; }

    /// <summary>True in a month in which it holds.</summary>
    public bool Holds(YearMonth month) => (From is null || MonthSpan.Parse(From).First <= month)
        && (To is null || MonthSpan.Parse(To).Last >= month);
}

/// <summary>Bills of materials: the components of products.</summary>
public sealed class BillsOfMaterials
{
    private readonly ILookup<string, Component> _of;

    /// <summary>The bills that components make up.</summary>
    public BillsOfMaterials(IEnumerable<Component> components) =>
        _of = components.ToLookup(c => c.Product, StringComparer.Ordinal);

    /// <summary>What goes directly into a product, in order of id.</summary>
    public IEnumerable<Component> Of(string product) => _of[product];

    /// <summary>
    /// The way from a product down to another one, both named; null where there is none. Each product is
    /// visited once, so that bills of any shape end.
    /// </summary>
    public IReadOnlyList<string>? Path(string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ways = new Stack<(string At, string[] Way)>([(from, [from])]);
        while (ways.TryPop(out var next))
        {
            if (next.At == to) return next.Way;
            if (!seen.Add(next.At)) continue;
            foreach (var component in _of[next.At])
                ways.Push((component.Item, [.. next.Way, component.Item]));
        }
        return null;
    }
}
