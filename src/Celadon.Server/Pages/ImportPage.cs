using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>Where files are dropped.</summary>
public sealed class ImportPage(PageContext at) : Page(at)
{
    /// <summary>The last few batches.</summary>
    public IReadOnlyList<BatchInfo> Earlier { get; } = at.Books.Batches(null, 6);

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
}
