using System.Text.Json.Nodes;
using Celadon.Packs.Lci;
using Celadon.Server.Web;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>A database that was read: what it holds, what was found; nothing is recorded yet.</summary>
public sealed class DatabaseImportPage : Page
{
    private const int Shown = 50;

    private DatabaseImportPage(PageContext at, StagedDatabase staged) : base(at)
    {
        Staged = staged;
        at.LabelOf = pointer => FilePlaces.Of(at, pointer);
        if (staged.Reading.Sound is not { } database) return;
        Counts = LciCounts.Of(database);
        var lookup = new LciLookup(database);
        var skip = (int)(at.Number("skip", 0, 1_000_000) ?? 0);
        Processes = new Table("processes", at.L("web.database.processes"),
        [
            new("process", at.L("web.database.process")), new("flow", at.L("web.database.reference")),
            new("amount", at.L("web.col.amount"), Align.Number), new("unit", at.L("web.col.unit")),
            new("place", at.L("web.col.place")),
        ], [.. database.Processes.Skip(skip).Take(Shown).Select(p =>
        {
            var reference = DatabaseWords.Reference(p);
            return Row.Of(new Words(p.Name) { Key = p.Id },
                new Words(reference is null ? "" : lookup.Flows[reference.Flow].Name),
                reference is null ? Cell.Empty : DatabaseWords.Number(reference.Amount),
                new Words(reference is null ? "" : lookup.Unit(reference.Unit)?.Name ?? ""),
                new Words(DatabaseWords.Place(lookup, p.Location)));
        })])
        {
            NamesInFiles = true,
            Pager = DatabaseWords.Pager(at, skip, Shown, database.Processes.Length),
        };
    }

    /// <summary>The page of the staged database in the path, or null.</summary>
    public static DatabaseImportPage? Find(PageContext at) =>
        at.Books.DatabaseBy((string)at.Http.Request.RouteValues["token"]!) is { } staged
            ? new DatabaseImportPage(at, staged) : null;

    /// <summary>What was read.</summary>
    public StagedDatabase Staged { get; }

    /// <summary>True where data sets have errors: what is shown and may be taken is the rest.</summary>
    public bool IsPart => Staged.Reading.Database is null;

    /// <summary>How much it holds; null where it cannot be used.</summary>
    public LciCounts? Counts { get; }

    /// <summary>Its first processes; null where it cannot be used.</summary>
    public Table? Processes { get; }

    /// <summary>Everything found, worst first.</summary>
    public IReadOnlyList<Finding> Findings => [.. Staged.Reading.Findings.OrderByDescending(f => f.Severity)];

    /// <summary>An id that the file's name suggests; empty where it suggests none.</summary>
    public string SuggestedId
    {
        get
        {
            var stem = Path.GetFileNameWithoutExtension(Staged.File).ToLowerInvariant();
            var plain = new string([.. stem.Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]);
            var id = string.Join('-', plain.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            return id.Length > 0 && char.IsAsciiLetterLower(id[0]) ? id[..Math.Min(id.Length, 80)] : "";
        }
    }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "databases";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(DatabaseImportView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Processes is { } table ? [table] : [];

    /// <inheritdoc/>
    public override string Title => Counts is { } counts
        ? At.L(IsPart ? "web.database.readPart" : "web.database.read", ("processes", counts.Processes),
            ("file", Staged.File))
        : At.L("web.database.refused", ("file", Staged.File));

    /// <inheritdoc/>
    public override JsonObject Data => new()
    {
        ["file"] = Staged.File,
        ["sha256"] = Staged.Sha256,
        ["counts"] = Counts is { } counts ? Api.DatabaseApi.Node(counts) : null,
        ["findings"] = new JsonArray([.. Findings.Select(f => Refusal.Json(f, At.Text))]),
    };
}
