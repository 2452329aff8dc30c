using System.Globalization;
using Celadon.Server.Web;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>
/// Why a cost is what it is: every document that states a price, its share of the months, and the sum in its
/// own currency. Nothing is converted.
/// </summary>
public sealed class CostsPage : Page
{
    private readonly Names _names;

    /// <summary>Makes the page.</summary>
    public CostsPage(PageContext at) : base(at)
    {
        _names = new Names(at);
        Costs = at.Period is { } period ? at.Books.CostsOf(at.Site, period) : new Costs([]);
        Totals = new Table("totals", at.L("rooms.costs.totals"),
        [
            new("currency", at.L("rooms.costs.currency")), new("sum", at.L("web.total"), Align.Number),
            new("documents", at.L("rooms.costs.documents"), Align.Number),
        ], [.. Costs.Totals.Select(t =>
            Row.Of(new Words(t.Currency), Sum(at, t, Catalogue.Number(t.Sum)), new Plain(t.Count)))])
        { Class = "tight stack" };
        Prices = TableOf();
    }

    /// <summary>The prices.</summary>
    public Costs Costs { get; }

    /// <summary>Sums by currency.</summary>
    public Table Totals { get; }

    /// <summary>Document by document.</summary>
    public Table Prices { get; }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "records";

    /// <inheritdoc/>
    public override Type View => typeof(CostsView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Totals, Prices];

    /// <inheritdoc/>
    public override string Title => $"{TitleSentence}";

    /// <inheritdoc/>
    public override Sentence TitleSentence
    {
        get
        {
            if (Costs.Totals.Count == 0) return At.L("rooms.costs.none");
            // The sums of all currencies stand where the sentence has its one place for them.
            var parts = Sentence.Of(At, "rooms.costs.title", ("sums", Cell.Empty)).Parts;
            var sums = Costs.Totals.SelectMany((t, i) => (Cell[])[new Words(i == 0 ? ""
                : At.L("web.listComma")), Sum(At, t, Say(t))]);
            return new Sentence([.. parts.SelectMany(p => p == Cell.Empty ? sums : [p])]);
        }
    }

    /// <summary>Decimals of a currency, so that prices stand point below point.</summary>
    internal const int Cents = 2;

    /// <summary>A sum as it is written, with the documents that make it.</summary>
    internal static Number Sum(PageContext at, (string Currency, Quantities.Amount Sum, int Count) total,
        string shown) => new(total.Sum, total.Currency, shown,
            at.Link("/why/cost", ("currency", total.Currency)));

    /// <summary>A sum with its currency: "118,204 GBP".</summary>
    internal static string Say((string Currency, Quantities.Amount Sum, int Count) total) =>
        $"{Show.Fixed(total.Sum, 0)} {total.Currency}";

    private Table TableOf() => new("prices", At.L("rooms.costs.caption"),
    [
        new("what", At.L("web.col.what")), new("period", At.L("web.col.period")),
        new("price", At.L("rooms.costs.price"), Align.Number),
        new("share", At.L("rooms.costs.share"), Align.Number), new("currency", At.L("rooms.costs.currency")),
        new("file", At.L("web.col.evidence")),
        new("position", At.L("web.col.position"), Align.Number, Secondary: true),
    ], [.. Costs.Prices.Select(p => new Row(
    [
        new Words(_names.OfResource(p.Entry.Resource), Record(p.Position))
        {
            Below = $"{_names.Of(p.Entry.From)} → {_names.Of(p.Entry.To)}", Mark = p.Entry.Basis,
            Tags = p.Replaced ? [(At.L("rooms.costs.replaced"), null)] : [],
        },
        new Words(Show.Span(At.Text, p.Entry.Period, _names.ZoneOf(p.Entry)))
            { Key = p.Entry.Period.ToString(), Class = "nb" },
        new Plain(p.Price) { Decimals = Cents },
        p.Replaced ? Cell.Empty : new Plain(p.Share) { Decimals = Cents },
        new Words(p.Currency.Length > 0 ? p.Currency : At.L("web.unknown")) { Key = p.Currency },
        File(p.Entry), new Words(Catalogue.Number(p.Position)) { Class = "faint" },
    ], p.Replaced ? "gone" : null))]);

    private Words File(Ledger.Entry entry) => entry.Evidence is Ledger.Evidence.FileRow file
        ? new Words(file.Name, At.Link($"/ledger/evidence/{file.Sha256}",
            ("sheet", file.Sheet), ("row", file.Row.ToString(CultureInfo.InvariantCulture))))
        { Below = At.L("web.place.row", ("row", file.Row)) } : new Words("");

    private string Record(long position) =>
        At.Link($"/ledger/records/{position.ToString(CultureInfo.InvariantCulture)}");
}
