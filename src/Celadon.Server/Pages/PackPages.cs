using System.Globalization;
using System.Text.Json.Nodes;
using Celadon.Server.Web;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Pages;

/// <summary>The packs in use: what is known about the world, by whom, under which licence.</summary>
public sealed class PacksPage : Page
{
    /// <summary>Makes the page.</summary>
    public PacksPage(PageContext at) : base(at) => Table = new Table("packs", at.L("web.packs.caption"),
    [
        new("pack", at.L("web.col.pack")), new("edition", at.L("web.col.edition")),
        new("publisher", at.L("web.col.publisher")), new("licence", at.L("web.col.licence")),
        new("rows", at.L("web.col.rows"), Align.Number), new("sha256", "SHA-256", Secondary: true),
    ], [.. at.Books.Library.Packs.Select(p => Row.Of(
        new Words(p.Header.Title.In(at.Text.Language, p.Header.Id), at.Link($"/ledger/packs/{p.Header.Id}"))
            { Key = p.Header.Id, Below = p.Header.Id },
        new Words(p.Header.Edition) { Class = "nb" }, new Words(p.Header.Publisher),
        new Words(p.Header.Licence.Name),
        new Plain(RowsOf(p), at.Link("/ledger/factors", ("pack", p.Header.Id))),
        new Words(Show.Hash(p.Sha256)) { Key = p.Sha256, Class = "mono nb" }))]);

    /// <summary>How many rows the tables of a pack hold.</summary>
    internal static int RowsOf(Packs.Pack pack) => pack.Header.Tables.Sum(t => t.Rows);

    /// <summary>The packs as a table.</summary>
    public Table Table { get; }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "packs";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(PacksView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Table];

    /// <inheritdoc/>
    public override string Title => At.L("web.packs.title", ("count", At.Books.Library.Packs.Length),
        ("rows", At.Books.Library.Packs.Sum(RowsOf)));
}

/// <summary>One pack: source, licence, completeness.</summary>
public sealed class PackPage : Page
{
    private PackPage(PageContext at, Packs.Pack pack) : base(at) => Pack = pack;

    /// <summary>The page of the pack in the path, or null.</summary>
    public static PackPage? Find(PageContext at) =>
        at.Books.Library.Pack((string)at.Http.GetRouteValue("pack")!) is { } pack ? new PackPage(at, pack)
            : null;

    /// <summary>The pack.</summary>
    public Packs.Pack Pack { get; }

    /// <summary>What it says of itself.</summary>
    public Packs.PackHeader Header => Pack.Header;

    /// <summary>True where the page of factors lists rows of it.</summary>
    public bool HasNumbers => PackRows.Find(At.Books.Library, new PackQuery(Header.Id, Take: 1)).Total > 0;

    /// <summary>Its public holidays and days worked in exchange; null where it has none.</summary>
    public Table? Days => Pack.Days.IsEmpty ? null : new Table("days", At.L("web.pack.days"),
    [
        new("date", At.L("web.col.day")), new("place", At.L("web.col.place")),
        new("name", At.L("web.col.what")), new("kind", At.L("web.col.kind")),
        new("status", At.L("web.col.status")),
    ], [.. Pack.Days.OrderBy(d => d.Date).ThenBy(d => d.Place, StringComparer.Ordinal).Select(d => Row.Of(
        new Words(Show.Day(At.Text, d.Date)) { Key = d.Date.ToString("uuuu-MM-dd", null), Class = "nb" },
        new Words(At.Text.Has($"web.place.{d.Place}") ? At.L($"web.place.{d.Place}") : d.Place)
            { Key = d.Place },
        new Words(d.Name.In(At.Text.Language, d.Place)),
        new Words(At.L(d.IsWorked ? "web.pack.day.worked" : "web.pack.day.holiday"))
            { Key = d.IsWorked ? "worked" : "holiday" },
        new Words(At.L($"packs.status.{d.Status.ToString().ToLowerInvariant()}")) { Class = "quiet" }))]);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Days is { } days ? [days] : [];

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "packs";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(PackView);

    /// <inheritdoc/>
    public override string Title => Header.Title.In(At.Text.Language, Header.Id);

    /// <inheritdoc/>
    public override JsonObject Data => new()
    {
        ["pack"] = new JsonObject
        {
            ["id"] = Header.Id,
            ["edition"] = Header.Edition,
            ["publisher"] = Header.Publisher,
            ["licence"] = Header.Licence.Id,
            ["attribution"] = Header.Licence.Attribution,
            ["source"] = Header.Source,
            ["completeness"] = Header.Completeness,
            ["sha256"] = Pack.Sha256,
            ["rows"] = PacksPage.RowsOf(Pack),
        },
    };
}

/// <summary>Every factor and value of the packs, to be narrowed by facet and words.</summary>
public sealed class FactorsPage : Page
{
    /// <summary>The parameters that narrow the listing.</summary>
    internal static readonly string[] Filters = ["pack", "resource", "basis", "place", "q"];

    private const int PageLength = 50;

    /// <summary>Makes the page.</summary>
    public FactorsPage(PageContext at) : base(at)
    {
        var skip = (int)(at.Number("skip", 0, 1_000_000) ?? 0);
        Listing = PackRows.Find(at.Books.Library, new PackQuery(
            at["pack"], at["q"], at["resource"], at["basis"], at["place"], at["row"], skip, PageLength));
        Factors = TableOf(skip);
    }

    /// <summary>What the query selects.</summary>
    public PackListing Listing { get; }

    /// <summary>The rows as a table.</summary>
    public Table Factors { get; }

    /// <summary>The one row that was asked for, or null.</summary>
    public PackRowInfo? Single => At["row"] is not null && Listing.Rows.Count == 1 ? Listing.Rows[0] : null;

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "factors";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(FactorsView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Factors];

    /// <inheritdoc/>
    public override string Title => Single is { } row ? row.Name.In(At.Text.Language, row.Id)
        : At.L("web.factors.title", ("count", Listing.Total));

    /// <summary>What narrows the listing now: name and value, and the page without it.</summary>
    public IEnumerable<(string Name, string Value, string Without)> Chosen =>
        Filters.Where(f => At[f] is not null)
        .Select(f => (f, ValueName(f, At[f]!), At.Here((f, null), ("skip", null))));

    /// <summary>Text key of a facet: what a factor counts is no evidence.</summary>
    internal static string NameOf(string facet) => facet == "basis" ? "web.col.counts" : $"web.facet.{facet}";

    /// <summary>A value of a facet in words.</summary>
    public string ValueName(string facet, string value) => facet switch
    {
        "pack" => At.Books.Library.Pack(value)?.Header.Title.In(At.Text.Language, value) ?? value,
        "resource" => At.Books.ResourceName(value)?.In(At.Text.Language, value) ?? value,
        "basis" => At.Text.Has($"web.factorBasis.{value}") ? At.L($"web.factorBasis.{value}") : value,
        "place" => At.Codes.OfPlace(value),
        _ => value,
    };

    private Table TableOf(int skip) => new("factors", At.L("web.factors.caption"),
    [
        new("name", At.L("web.col.factor")), new("basis", At.L("web.col.counts")),
        new("place", At.L("web.col.place")),
        new("value", At.L("web.col.value"), Align.Number), new("unit", At.L("web.col.unit")),
        new("status", At.L("web.col.status"), Secondary: true),
        new("pack", At.L("web.col.pack"), Secondary: true),
    ], [.. Listing.Rows.Select(Line)])
    {
        Pager = new Pager(
            At.L("web.pager.range", ("first", Listing.Total == 0 ? 0 : skip + 1),
            ("last", skip + Listing.Rows.Count),
                ("total", Listing.Total)),
            skip + Listing.Rows.Count < Listing.Total ? At.Here(("skip", Text(skip + PageLength))) : null,
            skip == 0 ? null : At.Here(("skip", null))),
    };

    private Row Line(PackRowInfo row) => Row.Of(
        new Words(row.Name.In(At.Text.Language, row.Id),
        At.Link("/ledger/factors", ("pack", row.Pack.Id), ("row", row.Id)))
        { Key = row.Id, Below = row.Id },
        new Words(ValueName("basis", row.Basis)) { Key = row.Basis, Class = "nb" },
        new Words(ValueName("place", row.Place)) { Key = row.Place, Class = "nb" },
        row.Value is { } value ? new Plain(value)
            : new Words(At.L("web.factors.byGas")) { Key = "", Class = "quiet" },
        new Words(Show.Unit(row.Unit)) { Key = row.Unit, Class = "nb" },
        new Words(row.Status.Length > 0 ? At.L($"packs.status.{row.Status}") : "") { Key = row.Status },
        new Words(row.Pack.Id, At.Link($"/ledger/packs/{row.Pack.Id}")) { Class = "nb" });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
