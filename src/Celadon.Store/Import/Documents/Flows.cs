using Celadon.Registers;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// Where a resource comes from when a document does not name the giver: piped things come from a network.
/// </summary>
internal static class Flows
{
    /// <summary>
    /// "grid:GB" for electricity at a British site, "grid:gas", "grid:water", "grid:heat", else "supplier".
    /// </summary>
    public static string SourceOf(string? resource, Site? site) => resource switch
    {
        "electricity" => site is null ? "grid" : "grid:" + site.Country,
        "natural-gas" => "grid:gas",
        "water-supply" => "grid:water",
        "heat" or "steam" => "grid:heat",
        _ => "supplier",
    };

    /// <summary>True for what arrives through a pipe or a wire and is used as it comes.</summary>
    public static bool IsPiped(string resource) => SourceOf(resource, null) != "supplier";
}
