using Celadon.Ledger;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>Where files are dropped.</summary>
public sealed class ImportPage(PageContext at) : Page(at)
{
    /// <summary>The last few batches.</summary>
    public IReadOnlyList<BatchInfo> Earlier { get; } = at.Books.Batches(null, 6);

    /// <summary>The forms that are read without a question: name, and which files and kind.</summary>
    public IReadOnlyList<(string Name, string Says)> Templates { get; } =
        [.. at.Books.Templates.Select(t => (t.Name ?? t.Files ?? at.L("rooms.import.files"),
            string.Join(" · ", new[] { t.Files, t.Kind }.Where(part => !string.IsNullOrEmpty(part)))))];

    /// <summary>The source whose missing months brought the reader here, and which; else null.</summary>
    public (string Flow, string Months)? For { get; } = Missing(at);

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "import";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(ImportView);

    /// <inheritdoc/>
    public override string Title => At.L("web.import.title");

    private static (string, string)? Missing(PageContext at)
    {
        if (at["for"]?.Split('|') is not [var from, var to, var resource, var point]
            || !Node.TryParse(from, out var giver) || !Node.TryParse(to, out var taker)
            || at.Period is not { } period) return null;
        var source = at.Books.CoverageOf(at.Site, period).Sources.FirstOrDefault(s => s.From == giver
            && s.To == taker && s.Resource == resource && s.Point == point);
        return source is null ? null : (new Names(at).OfSource(source), string.Join(at.L("web.listComma"),
            source.Months.Where(m => m.State is CoverageState.Missing or CoverageState.Partial)
                .Select(m => Show.Month(at.Text, m.Month))));
    }
}
