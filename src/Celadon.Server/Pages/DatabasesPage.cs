using System.Text.Json.Nodes;
using Celadon.Packs.Lci;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The life-cycle inventory databases in use, and where one is brought in.</summary>
public sealed class DatabasesPage : Page
{
    /// <summary>Makes the page.</summary>
    public DatabasesPage(PageContext at) : base(at)
    {
        Known = at.Books.Databases;
        Waiting = at.Books.StagedDatabases;
        Table = new Table("databases", at.L("web.database.caption"),
        [
            new("database", at.L("web.database.database")), new("edition", at.L("web.col.edition")),
            new("processes", at.L("web.database.processes"), Align.Number),
            new("flows", at.L("web.database.flows"), Align.Number),
            new("exchanges", at.L("web.database.exchanges"), Align.Number, Secondary: true),
            new("unlinked", at.L("web.database.unlinked"), Align.Number),
            new("categories", at.L("web.database.categories"), Align.Number),
            new("licence", at.L("web.col.licence")),
            new("source", at.L("web.pack.source"), Secondary: true),
        ], [.. Known.Select(Line)]);
    }

    /// <summary>The databases.</summary>
    public IReadOnlyList<KnownDatabase> Known { get; }

    /// <summary>Files looked at and not yet taken into use: who left their page finds them here.</summary>
    public IReadOnlyList<StagedDatabase> Waiting { get; }

    /// <summary>They as a table.</summary>
    public Table Table { get; }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "databases";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(DatabasesView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Table];

    /// <inheritdoc/>
    public override string Title => Known.Count == 0 ? At.L("web.database.none")
        : At.L("web.database.title", ("count", Known.Count),
            ("processes", Known.Sum(k => k.Counts.Processes)));

    private Row Line(KnownDatabase known)
    {
        var header = known.Pack.Header;
        return Row.Of(
            new Words(header.Title.In(At.Text.Language, header.Id),
                At.Link($"/ledger/databases/{header.Id}")) { Key = header.Id, Below = header.Id },
            new Words(header.Edition) { Class = "nb" }, new Plain(known.Counts.Processes),
            new Plain(known.Counts.Flows), new Plain(known.Counts.Exchanges),
            new Plain(known.Counts.WithoutProvider), new Plain(known.Counts.Categories),
            new Words(header.Licence.Name), new Words(header.Source));
    }
}

/// <summary>One database: what it holds, its processes, and what it can be written as.</summary>
public sealed class DatabasePage : Page
{
    private const int PageLength = 50;

    private DatabasePage(PageContext at, KnownDatabase known) : base(at)
    {
        Known = known;
        var words = (at["q"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Found = [.. known.Lookup.Database.Processes
            .Where(p => words.All(w => DatabaseWords.Says(known.Lookup, p, w)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Id, StringComparer.Ordinal)];
        var skip = (int)(at.Number("skip", 0, 1_000_000) ?? 0);
        Processes = TableOf(skip, [.. Found.Skip(skip).Take(PageLength)]);
        Form = Store.Export.Lci.LciExports.Forms.FirstOrDefault(f => f == at["as"]);
        if (Form is { } form)
            Left = Store.Export.Lci.LciExports.Write(known.Lookup.Database, form, Stream.Null, at.Text,
                at.Http.RequestAborted);
    }

    /// <summary>The page of the database in the path, or null.</summary>
    public static DatabasePage? Find(PageContext at) => Of(at) is { } known ? new(at, known) : null;

    /// <summary>The database in the path, or null.</summary>
    internal static KnownDatabase? Of(PageContext at) =>
        at.Books.Database((string)at.Http.Request.RouteValues["database"]!);

    /// <summary>The database.</summary>
    public KnownDatabase Known { get; }

    /// <summary>What its pack says of itself.</summary>
    public Packs.PackHeader Header => Known.Pack.Header;

    /// <summary>Processes whose name, category, reference or place has every word asked for.</summary>
    public IReadOnlyList<LciProcess> Found { get; }

    /// <summary>They as a table.</summary>
    public Table Processes { get; }

    /// <summary>The form it is to be written in, once one was chosen.</summary>
    public string? Form { get; }

    /// <summary>What that form has no place for.</summary>
    public IReadOnlyList<Celadon.Text.Finding> Left { get; } = [];

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "databases";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(DatabaseView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Processes];

    /// <inheritdoc/>
    public override string Title => Header.Title.In(At.Text.Language, Header.Id);

    /// <inheritdoc/>
    public override JsonObject Data => Api.DatabaseApi.Node(Known, At.Text);

    private Table TableOf(int skip, IReadOnlyList<LciProcess> shown) => new("processes",
        At.L("web.database.processes"),
        [
            new("process", At.L("web.database.process")), new("flow", At.L("web.database.reference")),
            new("amount", At.L("web.col.amount"), Align.Number), new("unit", At.L("web.col.unit")),
            new("place", At.L("web.col.place")),
            new("category", At.L("web.database.category"), Secondary: true),
        ], [.. shown.Select(Line)])
    {
        NamesInFiles = true,
        Pager = DatabaseWords.Pager(At, skip, PageLength, Found.Count),
    };

    private Row Line(LciProcess process)
    {
        var (lookup, reference) = (Known.Lookup, DatabaseWords.Reference(process));
        return Row.Of(
            new Words(process.Name, DatabaseWords.Link(At, Header.Id, process.Id)) { Key = process.Id },
            new Words(reference is null ? "" : lookup.Flows[reference.Flow].Name),
            reference is null ? Cell.Empty : DatabaseWords.Number(reference.Amount),
            new Words(reference is null ? "" : lookup.Unit(reference.Unit)?.Name ?? "") { Class = "nb" },
            new Words(DatabaseWords.Place(lookup, process.Location)) { Class = "nb" },
            new Words(process.Category) { Class = "quiet" });
    }
}
