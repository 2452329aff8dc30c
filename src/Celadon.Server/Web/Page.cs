using System.Text.Json.Nodes;
using Celadon.Server.Drawing;
using Celadon.Server.Parts;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Web;

/// <summary>
/// A page: what it found, made once from its context, and shown three ways: HTML, JSON and CSV. Nothing on
/// the HTML page that is a number of the books is missing from the JSON.
/// </summary>
public abstract class Page(PageContext at)
{
    /// <summary>What it was made from.</summary>
    public PageContext At { get; } = at;

    /// <summary>The section it belongs to: "today", "ledger", "carbon"; empty for none.</summary>
    public abstract string Section { get; }

    /// <summary>Its tab within the section, or null.</summary>
    public virtual string? Tab => null;

    /// <summary>A sentence that says what the page found.</summary>
    public abstract string Title { get; }

    /// <summary>The same with its numbers as numbers, for the head of the page.</summary>
    public virtual Sentence TitleSentence => Title;

    /// <summary>The component that shows it; takes one parameter, Page.</summary>
    public abstract Type View { get; }

    /// <summary>Its tables; the first is the CSV twin when none is named.</summary>
    public virtual IEnumerable<Table> Tables => [];

    /// <summary>Its charts; their tables are twins too, and each is a file of its own.</summary>
    public virtual IEnumerable<Chart> Charts => [];

    /// <summary>Every table, those of the charts last.</summary>
    public IEnumerable<Table> AllTables => [.. Tables, .. Charts.Select(c => c.Twin)];

    /// <summary>What the JSON twin holds beside the tables.</summary>
    public virtual JsonObject Data => [];

    /// <summary>A script of its own, by its name in /js; null for none. The page works without.</summary>
    public virtual string? Script => null;

    /// <summary>HTTP status.</summary>
    public virtual int Status => StatusCodes.Status200OK;

    /// <summary>Seconds after which the page is asked for again without script; null for never.</summary>
    public virtual int? Refresh => null;

    /// <summary>Where to go instead of showing the page; null to show it.</summary>
    public virtual string? Onward => null;

    /// <summary>True for pages about the whole workspace: no site or period to choose.</summary>
    public virtual bool IsTimeless => false;
}

/// <summary>
/// The sections that work, in order, with their tabs. A section is shown when there is a page behind it.
/// </summary>
public static class Sections
{
    /// <summary>Section, its first page, its tabs.</summary>
    public static IReadOnlyList<(string Name, string Path,
        IReadOnlyList<(string Name, string Path)> Tabs)> All
    { get; } =
    [
        ("today", "/today", []),
        ("ledger", "/ledger/records",
        [
            ("records", "/ledger/records"), ("import", "/ledger/import"), ("reading", "/ledger/reading"),
            ("batches", "/ledger/batches"), ("closing", "/ledger/closing"), ("evidence", "/ledger/evidence"),
            ("map", "/ledger/map"), ("flows", "/ledger/flows"),
            ("factors", "/ledger/factors"), ("packs", "/ledger/packs"),
            ("databases", "/ledger/databases"),
            ("export", "/ledger/export"),
        ]),
        ("energy", "/energy", [("calendar", "/energy"), ("base", "/energy/base")]),
        ("carbon", "/carbon/inventory",
        [
            ("inventory", "/carbon/inventory"), ("change", "/carbon/change"), ("tiers", "/carbon/tiers"),
            ("reports", "/carbon/reports"),
        ]),
        ("products", "/products/footprint",
        [
            ("footprint", "/products/footprint"),
            ("declaration", "/products/declaration"), ("comparison", "/products/comparison"),
            ("compare", "/products/compare"),
            ("circular", "/products/circular"), ("ecodesign", "/products/ecodesign"),
            ("assess", "/products/assess"), ("lives", "/products/lives"),
            ("breakEven", "/products/breakEven"),
            ("customers", "/products/customers"),
        ]),
    ];

    /// <summary>The tabs of a section.</summary>
    public static IReadOnlyList<(string Name, string Path)> TabsOf(string section) =>
        All.FirstOrDefault(s => s.Name == section).Tabs ?? [];
}

/// <summary>The base of components that show a page.</summary>
public abstract class PageView<T> : Part where T : Page
{
    /// <summary>The page.</summary>
    [Microsoft.AspNetCore.Components.Parameter, Microsoft.AspNetCore.Components.EditorRequired]
    public T Page { get; set; } = null!;
}
