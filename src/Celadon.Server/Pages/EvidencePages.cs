using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Server.Web;
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
            new("received", at.L("web.col.time")), new("records", at.L("web.col.records"), Align.Number),
            new("batch", at.L("web.col.batch"), Align.Number), new("sha256", "SHA-256"),
        ], [.. Files.Take(PageLength).Select(Line)])
        {
            Pager = more || skip > 0
                ? new Pager("", more ? at.Here(("skip", Text(skip + PageLength))) : null, skip == 0 ? null : at.Here(("skip", null)))
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
            { Below = file.Withdrawn is null ? null : At.L("web.evidence.withdrawn", ("reason", file.Withdrawn)) },
        new Words(Show.Bytes(file.Bytes)) { Key = file.Bytes.ToString(CultureInfo.InvariantCulture), Class = "nb" },
        new Words(Show.Time(file.Received)) { Key = file.Received.ToString(), Class = "nb" },
        new Plain(file.Records, At.Link("/ledger/records", ("evidence", file.Sha256), ("all", "1"))),
        new Plain(file.Batch, At.Link($"/ledger/batches/{Text(file.Batch)}")),
        new Words(Show.Hash(file.Sha256)) { Key = file.Sha256, Class = "mono" },
    ]);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One file: where it came from, what was read from it, and the lines around a row.</summary>
public sealed class EvidencePage : Page
{
    private const int Around = 12;
    private const int LongestLine = 400;
    private const int MostBytes = 64 * 1024 * 1024;

    private EvidencePage(PageContext at, EvidenceInfo file) : base(at)
    {
        File = file;
        Row = (int?)at.Number("row", 1, int.MaxValue - 1000);
        Lines = LinesOf();
        Listing = at.Books.Records(new RecordQuery(Evidence: file.Sha256, Before: at.Number("before", 1), Take: 20));
    }

    /// <summary>The page of the file in the path, or null.</summary>
    public static EvidencePage? Find(PageContext at) =>
        at.Books.EvidenceOf((string)at.Http.GetRouteValue("sha256")!) is { } file ? new EvidencePage(at, file) : null;

    /// <summary>The file.</summary>
    public EvidenceInfo File { get; }

    /// <summary>The row asked for, from 1, or null.</summary>
    public int? Row { get; }

    /// <summary>Lines of a text file around the row; empty for other files.</summary>
    public IReadOnlyList<(int Number, string Text)> Lines { get; }

    /// <summary>Records that name it.</summary>
    public RecordListing Listing { get; }

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
    public override JsonObject Data => new()
    {
        ["file"] = new JsonObject
        {
            ["sha256"] = File.Sha256, ["name"] = File.Name, ["bytes"] = File.Bytes, ["received"] = File.Received.ToString(),
            ["batch"] = File.Batch, ["records"] = File.Records, ["withdrawn"] = File.Withdrawn,
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

    private (int, string)[] LinesOf()
    {
        if (!IsText(File.Name) || File.Bytes > MostBytes) return [];
        using var stream = At.Books.OpenEvidence(File.Sha256);
        if (stream is null) return [];
        var first = Math.Max(1, (Row ?? 1) - Around);
        using var reader = new StreamReader(stream, new UTF8Encoding(false), true);
        var lines = new List<(int, string)>();
        for (var number = 1; number <= first + 2 * Around && reader.ReadLine() is { } line; number++)
            if (number >= first) lines.Add((number, line.Length > LongestLine ? line[..LongestLine] + "…" : line));
        return [.. lines];
    }

    private static bool IsText(string name) => Path.GetExtension(name).ToLowerInvariant() is ".csv" or ".txt" or ".tsv";
}
