using System.Diagnostics.CodeAnalysis;

namespace Celadon.Ledger;

/// <summary>The closed set of places that things come from and go to.</summary>
public enum NodeKind
{
    /// <summary>Who sells to the organisation.</summary>
    Supplier,

    /// <summary>
    /// A public network: electricity by country ("grid:GB"), "grid:gas", "grid:water", "grid:heat".
    /// </summary>
    Grid,

    /// <summary>A site of the organisation.</summary>
    Site,

    /// <summary>A line, boiler, vehicle pool or building inside a site.</summary>
    Unit,

    /// <summary>A store inside a site: a tank, the clay bay, finished ware.</summary>
    Stock,

    /// <summary>Who buys from the organisation.</summary>
    Customer,

    /// <summary>The air.</summary>
    Atmosphere,

    /// <summary>Surface water or sewer outfall.</summary>
    Water,

    /// <summary>The ground.</summary>
    Soil,

    /// <summary>Who takes waste away.</summary>
    WasteHandler,

    /// <summary>Travel of employees, commuting and on business.</summary>
    EmployeeTravel,

    /// <summary>
    /// An asset outside the organisation's boundary: leased out, a franchise, an investment.
    /// </summary>
    OutsideAsset,
}

/// <summary>
/// One place that things come from or go to, written "kind:id" ("site:stoke", "unit:kiln"), or the kind alone
/// where there is only one ("atmosphere"). A unit or stock names its site in the register, or before a slash
/// ("stock:stoke/diesel").
/// </summary>
/// <param name="Kind">Which of the closed kinds.</param>
/// <param name="Id">Which one; empty for the air, water and soil at large.</param>
public readonly record struct Node(NodeKind Kind, string Id)
{
    private static readonly string[] Names =
    [
        "supplier", "grid", "site", "unit", "stock", "customer", "atmosphere", "water", "soil",
        "waste-handler",
        "employee-travel", "outside-asset",
    ];

    /// <summary>The written kinds, in the order of <see cref="NodeKind"/>.</summary>
    public static IReadOnlyList<string> KindNames => Names;

    /// <summary>The written kind: "waste-handler".</summary>
    public string KindName => Names[(int)Kind];

    /// <summary>True for a place inside the organisation's fence: site, unit or stock.</summary>
    public bool IsInside => Kind is NodeKind.Site or NodeKind.Unit or NodeKind.Stock;

    /// <summary>Reads "kind:id" or "kind".</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Node node)
    {
        node = default;
        if (text is null) return false;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var kind = Array.IndexOf(Names, (colon < 0 ? text : text[..colon]).Trim());
        if (kind < 0) return false;
        var id = colon < 0 ? "" : text[(colon + 1)..].Trim();
        if (id.Length > 200 || id.AsSpan().IndexOfAny('\t', '\n', '\r') >= 0) return false;
        node = new Node((NodeKind)kind, id);
        return true;
    }

    /// <summary>Reads "kind:id" or "kind".</summary>
    /// <exception cref="FormatException">The kind is not one of the closed set.</exception>
    public static Node Parse(string text) => TryParse(text, out var node)
        ? node : throw new FormatException($"'{text}' is not a place; kinds are {string.Join(", ", Names)}.");

    /// <summary>"kind:id".</summary>
    public override string ToString() => string.IsNullOrEmpty(Id) ? KindName : $"{KindName}:{Id}";
}
