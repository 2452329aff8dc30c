using System.Globalization;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>Everything that was ever appended, batch by batch.</summary>
public sealed class BatchesPage : Page
{
    private const int PageLength = 50;

    /// <summary>Makes the page.</summary>
    public BatchesPage(PageContext at) : base(at)
    {
        Batches = at.Books.Batches(at.Number("before", 1), PageLength + 1);
        Table = TableOf();
    }

    /// <summary>The batches, latest first.</summary>
    public IReadOnlyList<BatchInfo> Batches { get; }

    /// <summary>As a table.</summary>
    public Table Table { get; }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "batches";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(BatchesView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Table];

    /// <inheritdoc/>
    public override string Title => $"{TitleSentence}";

    /// <inheritdoc/>
    public override Sentence TitleSentence => Batches.Count == 0 ? At.L("web.batches.none")
        : Sentence.Of(At, "web.batches.title",
            ("time", new Words(Show.Time(Batches[0].Header.At)) { Class = "nb" }));

    private Table TableOf()
    {
        Column[] columns =
        [
            new("batch", At.L("web.col.batch"), Align.Number), new("purpose", At.L("web.col.purpose")),
            new("time", At.L("web.col.time")), new("actor", At.L("web.col.actor")),
            new("files", At.L("web.col.files")),
            new("entries", At.L("web.col.entries"), Align.Number),
            new("readings", At.L("web.col.readings"), Align.Number),
            new("state", At.L("web.col.state")),
        ];
        var more = Batches.Count > PageLength;
        return new Table("batches", At.L("web.batches.caption"), columns,
            [.. Batches.Take(PageLength).Select(Line)])
        {
            Pager = more || At["before"] is not null
                ? new Pager("", more ? At.Here(("before", Number(Batches[PageLength - 1].Position))) : null,
                    At["before"] is null ? null : At.Here(("before", null)))
                : null,
        };
    }

    private Row Line(BatchInfo batch) => new(
    [
        new Words(Text.Catalogue.Number(batch.Position), At.Link($"/ledger/batches/{Number(batch.Position)}"))
            { Key = Number(batch.Position) },
        new Words(At.L($"web.purpose.{batch.Header.Purpose}")) { Key = batch.Header.Purpose,
        Below = Note(batch) },
        new Words(Show.Time(batch.Header.At)) { Key = batch.Header.At.ToString(), Class = "nb" },
        new Words(batch.ActorName) { Key = batch.Header.Actor },
        new Words(string.Join(", ", batch.Header.Files.Take(3).Select(f => f.Name))
            + (batch.Header.Files.Length > 3 ? " …" : "")),
        new Plain(batch.Entries), new Plain(batch.Readings),
        batch.ReversedBy > 0 ? new State(Verdict.Outside, At.L("web.batch.reversed")) : Cell.Empty,
    ], batch.ReversedBy > 0 ? "gone" : null);

    private static string? Note(BatchInfo batch) => batch.Header.Note.Length > 0 ? batch.Header.Note : null;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
