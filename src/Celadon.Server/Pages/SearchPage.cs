using Celadon.Registers;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>What the search finds: pages, sites and meters, records, factors.</summary>
public sealed class SearchPage : Page
{
    private const int Most = 8;

    /// <summary>Makes the page.</summary>
    public SearchPage(PageContext at) : base(at)
    {
        var words = at["q"]?.Trim();
        if (string.IsNullOrEmpty(words)) return;
        bool Has(string? text) => text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
        Pages = [.. Sections.All.SelectMany(s => s.Tabs.Select(t => (Name: at.L($"web.tab.{t.Name}"), t.Path))
            .Prepend((Name: at.L($"web.section.{s.Name}"), s.Path))).Where(p => Has(p.Name))
                .DistinctBy(p => p.Path).Take(Most)];
        Things = [.. at.Books.Registers.All.Where(r => Has(r.Item.Id) || Has(r.Item.Name.En)
            || Has(r.Item.Name.Zh))
            .Select(r => (r.Item.Name.In(at.Text.Language, r.Item.Id), at.L($"web.register.{r.Type}"),
                r.Position)).Take(Most)];
        Records = at.Books.Records(new RecordQuery(Kind: "entry", Text: words, Take: Most));
        Factors = PackRows.Find(at.Books.Library, new PackQuery(Text: words, Take: Most));
        if (long.TryParse(words, out var position)) Record = at.Books.Record(position);
    }

    /// <summary>Pages whose name fits.</summary>
    public IReadOnlyList<(string Name, string Path)> Pages { get; } = [];

    /// <summary>Sites, meters, suppliers and the like: name, kind, position of the latest version.</summary>
    public IReadOnlyList<(string Name, string Kind, long Position)> Things { get; } = [];

    /// <summary>Records.</summary>
    public RecordListing? Records { get; }

    /// <summary>Rows of packs.</summary>
    public PackListing? Factors { get; }

    /// <summary>The record whose position was typed.</summary>
    public RecordDetail? Record { get; }

    /// <inheritdoc/>
    public override string Section => "";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(SearchView);

    /// <inheritdoc/>
    public override string Title => At["q"] is { } words ? At.L("web.search.title", ("words", words))
        : At.L("web.search");

    /// <summary>True when nothing was found.</summary>
    public bool IsEmpty => Pages.Count + Things.Count + (Records?.Total ?? 0) + (Factors?.Total ?? 0) == 0
        && Record is null;
}
