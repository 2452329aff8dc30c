using System.Globalization;
using Celadon.Server.Web;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Pages;

/// <summary>One batch with its files and records, and the button that takes it back.</summary>
public sealed class BatchPage : Page
{
    private const int PageLength = 50;

    private BatchPage(PageContext at, BatchInfo batch) : base(at)
    {
        Batch = batch;
        Listing = at.Books.Records(new RecordQuery(Batch: batch.Position, Before: at.Number("before", 1),
            Take: PageLength));
        Records = TableOf();
        Files = FilesOf();
    }

    /// <summary>The page of the batch in the path, or null.</summary>
    public static BatchPage? Find(PageContext at) =>
        at.Books.Batch(long.Parse((string)at.Http.GetRouteValue("position")!,
            CultureInfo.InvariantCulture)) is { } batch
            ? new BatchPage(at, batch) : null;

    /// <summary>The batch.</summary>
    public BatchInfo Batch { get; }

    /// <summary>Of reversals: what they do not bring back by themselves.</summary>
    public IReadOnlyList<Text.Finding> NotBroughtBack => At.Books.NotBroughtBack(Batch.Position);

    /// <summary>Its records.</summary>
    public RecordListing Listing { get; }

    /// <summary>Its records as a table.</summary>
    public Table Records { get; }

    /// <summary>Its files as a table.</summary>
    public Table Files { get; }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "batches";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(BatchView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Records, Files];

    /// <inheritdoc/>
    public override string Title => At.L("web.batch.title", ("batch", Batch.Position),
        ("purpose", At.L($"web.purpose.{Batch.Header.Purpose}")));

    private Table FilesOf() => new("files", At.L("web.batch.files"),
    [
        new("name", At.L("web.col.file")), new("bytes", At.L("web.col.size"), Align.Number),
        new("sha256", "SHA-256"),
    ], [.. Batch.Header.Files.Select(f => Row.Of(
        new Words(f.Name, At.Link($"/ledger/evidence/{f.Sha256}")),
        new Words(Show.Bytes(f.Bytes)) { Key = f.Bytes.ToString(CultureInfo.InvariantCulture) },
        new Words(Show.Hash(f.Sha256)) { Key = f.Sha256, Class = "mono nb" }))]);

    private Table TableOf()
    {
        var names = new Names(At);
        return new Table("records", At.L("web.batch.records"),
        [
            new("what", At.L("web.col.what")), new("kind", At.L("web.col.kind")),
            new("amount", At.L("web.col.amount"), Align.Number), new("unit", At.L("web.col.unit")),
            new("position", At.L("web.col.position"), Align.Number),
        ], [.. Listing.Rows.Select(r =>
        {
            var (says, below) = names.Of(r.Body);
            var entry = (r.Body as Ledger.EntryRecord)?.Entry;
            var position = r.Position.ToString(CultureInfo.InvariantCulture);
            return new Row(
            [
                new Words(says, At.Link($"/ledger/records/{position}")) { Below = below },
                new Words(At.L($"web.kind.{RecordsPage.KindOf(r.Body)}")) { Key = RecordsPage.KindOf(
                    r.Body) },
                entry is null ? Cell.Empty : new Plain(entry.Amount), new Words(Show.Unit(entry?.Unit ?? "")),
                new Words(Text.Catalogue.Number(r.Position)) { Key = position, Class = "faint" },
            ], r.ReversedBy > 0 ? "gone" : null);
        })])
        {
            Pager = new Pager(At.L("web.pager.says", ("shown", Listing.Rows.Count), ("total", Listing.Total)),
                Listing.Next is { } next ? At.Here(("before", next.ToString(CultureInfo.InvariantCulture)))
                    : null,
                At["before"] is null ? null : At.Here(("before", null))),
        };
    }
}
