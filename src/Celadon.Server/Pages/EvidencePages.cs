using System.Globalization;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Server.Web;
using Celadon.Store.Import.Reading;
using Celadon.Text;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Pages;

/// <summary>Every file that proves something.</summary>
public sealed class EvidenceListPage : Page
{
    private const int PageLength = 50;

    /// <summary>Makes the page.</summary>
    public EvidenceListPage(PageContext at) : base(at)
    {
        var skip = (int)(at.Number("skip", 0, int.MaxValue / 2) ?? 0);
        Files = at.Books.Evidence(skip, PageLength + 1);
        var more = Files.Count > PageLength;
        Table = new Table("evidence", at.L("web.evidence.caption"),
        [
            new("name", at.L("web.col.file")), new("bytes", at.L("web.col.size"), Align.Number),
            new("received", at.L("web.col.time")),
            new("batch", at.L("web.col.batch"), Align.Number), new("sha256", "SHA-256"),
        ], [.. Files.Take(PageLength).Select(Line)])
        {
            Pager = more || skip > 0
                ? new Pager("", more ? at.Here(("skip", Digits(skip + PageLength))) : null, skip == 0 ? null
                    : at.Here(("skip", null)))
                : null,
        };
    }

    /// <summary>The files, latest first.</summary>
    public IReadOnlyList<EvidenceInfo> Files { get; }

    /// <summary>As a table.</summary>
    public Table Table { get; }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "evidence";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(EvidenceListView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Table];

    /// <inheritdoc/>
    public override string Title => At.L(Files.Count == 0 ? "web.evidence.none" : "web.evidence.title");

    private Row Line(EvidenceInfo file) => new(
    [
        new Words(file.Name, At.Link($"/ledger/evidence/{file.Sha256}"))
            { Below = file.Withdrawn is null ? null
                : At.L("web.evidence.withdrawn", ("reason", file.Withdrawn)) },
        new Words(Show.Bytes(file.Bytes)) { Key = file.Bytes.ToString(CultureInfo.InvariantCulture),
        Class = "nb" },
        new Words(Show.Time(file.Received)) { Key = file.Received.ToString(), Class = "nb" },
        new Plain(file.Batch, At.Link($"/ledger/batches/{Digits(file.Batch)}")),
        new Words(Show.Hash(file.Sha256)) { Key = file.Sha256, Class = "mono nb" },
    ]);

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One file: where it came from, what was read from it, and the lines around a row.</summary>
public sealed class EvidencePage : Page
{
    private const int Around = 12;
    private const int LongestCell = 200;
    private const int MostColumns = 40;

    private EvidencePage(PageContext at, EvidenceInfo file) : base(at)
    {
        File = file;
        Row = (int?)at.Number("row", 1, int.MaxValue - 1000);
        if (SheetOf() is { } sheet) (SheetName, Lines) = (sheet.Name, TableOf(sheet));
        Listing = at.Books.Records(new RecordQuery(Evidence: file.Sha256, Before: at.Number("before", 1),
            Take: 20));
    }

    /// <summary>The page of the file in the path, or null.</summary>
    public static EvidencePage? Find(PageContext at) =>
        at.Books.EvidenceOf((string)at.Http.GetRouteValue("sha256")!) is { } file
            ? new EvidencePage(at, file) : null;

    /// <summary>The file.</summary>
    public EvidenceInfo File { get; }

    /// <summary>The row asked for, from 1, or null.</summary>
    public int? Row { get; }

    /// <summary>The sheet shown; empty for a text file.</summary>
    public string SheetName { get; } = "";

    /// <summary>The sheets of the file.</summary>
    public IReadOnlyList<string> SheetNames { get; private set; } = [];

    /// <summary>Rows of the file around the row asked for; null when nothing can be read from it.</summary>
    public Table? Lines { get; }

    /// <summary>Records that name it.</summary>
    public RecordListing Listing { get; }

    /// <summary>True for a picture: its bytes begin as one, whatever its name says.</summary>
    public bool IsImage => Lines is null && At.Books.EvidenceBytes(File.Sha256) is { } bytes
        && Safety.EvidenceFiles.ImageType(bytes) is not null;

    /// <summary>True while its bytes are kept and the books can be written.</summary>
    public bool CanWithdraw => File.Withdrawn is null && At.Books.Head.Condition != ChainCondition.Damaged;

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "evidence";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(EvidenceView);

    /// <inheritdoc/>
    public override string Title => File.Name;

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Lines is null ? [] : [Lines];

    /// <inheritdoc/>
    public override JsonObject Data => new()
    {
        ["file"] = new JsonObject
        {
            ["sha256"] = File.Sha256,
            ["name"] = File.Name,
            ["bytes"] = File.Bytes,
            ["received"] = File.Received.ToString(),
            ["batch"] = File.Batch,
            ["records"] = Listing.Total,
            ["withdrawn"] = File.Withdrawn,
        },
    };

    /// <summary>Records that name it: position, words, row.</summary>
    public IEnumerable<(long Position, string Says, int Row)> Records
    {
        get
        {
            var names = new Names(At);
            return Listing.Rows.Select(r => (r.Position, names.Of(r.Body).Says,
                (r.Body as EntryRecord)?.Entry.Evidence is Ledger.Evidence.FileRow row ? row.Row : 0));
        }
    }

    private Sheet? SheetOf()
    {
        try
        {
            if (At.Books.EvidenceBytes(File.Sha256) is not { } bytes) return null;
            var sheets = FileReader.Read(new SourceFile(File.Name, bytes)).Sheets;
            SheetNames = [.. sheets.Select(s => s.Name)];
            return sheets.FirstOrDefault(s => s.Name == (At["sheet"] ?? "")) ?? sheets.FirstOrDefault();
        }
        catch (RefusedException)
        {
            // A file that cannot be read is still evidence; it can be downloaded.
            return null;
        }
    }

    private Table TableOf(Sheet sheet)
    {
        var from = (int?)At.Number("from", 1, int.MaxValue - 1000);
        var around = (from ?? Row) is { } row ? Enumerable.Range(0, sheet.RowCount)
            .FirstOrDefault(r => sheet.RowNumber(r) >= row) : 0;
        var first = from is not null ? around : Math.Max(0, around - Around);
        var last = Math.Min(sheet.RowCount, first + 2 * Around + 1);
        var columns = Math.Min(sheet.ColumnCount, MostColumns);
        return new Table("lines", At.L("web.evidence.lines"),
            [new("row", At.L("web.field.row"), Align.Number),
                .. Enumerable.Range(0, columns).Select(c =>
                    new Column(Sheet.ColumnLetter(c), Sheet.ColumnLetter(c)))],
            [.. Enumerable.Range(first, last - first).Select(r => new Row(
                [new Words(Catalogue.Number(sheet.RowNumber(r))) { Class = "faint" },
                    .. Enumerable.Range(0, columns).Select(c => new Words(Short(sheet.Value(r, c))))],
                sheet.RowNumber(r) == Row ? "open" : null))])
        {
            Class = "tight grid",
            Pager = last - first == sheet.RowCount ? null : new Pager(At.L("web.pager.range",
                ("first", first + 1), ("last", last), ("total", sheet.RowCount)),
                last < sheet.RowCount ? Rows(sheet.RowNumber(last)) : null, first > 0 ? Rows(1) : null),
        };
    }

    private string Rows(int from) => At.Here(("from", from.ToString(CultureInfo.InvariantCulture)));

    private static string Short(string text) =>
        text.Length > LongestCell ? text[..LongestCell] + "…" : text;
}
