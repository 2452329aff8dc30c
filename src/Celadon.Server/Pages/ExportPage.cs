using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>Everything in the books as files that need no Celadon to be read.</summary>
public sealed class ExportPage(PageContext at) : Page(at)
{
    /// <summary>The files: address, name, what it holds.</summary>
    public IEnumerable<(string Href, string Name, string Says)> Files => Store.BooksFiles.All
        .Select(f => ($"/export/{f.File}?lang={At.Text.Language}", f.File, At.L($"rooms.export.{f.What}")));

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "export";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(ExportView);

    /// <inheritdoc/>
    public override string Title => At.L("rooms.export.title");
}
