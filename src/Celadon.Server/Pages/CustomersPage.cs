using Celadon.Ledger;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server.Web;
using Celadon.Store;
using NodaTime.Text;

namespace Celadon.Server.Pages;

/// <summary>A request that waits, with what an answer would give.</summary>
/// <param name="Event">What came.</param>
/// <param name="About">What it is about, in words, each with its identifier.</param>
/// <param name="Wanted">The own statements it asks for; new ones are those no consent covers yet.</param>
/// <param name="CanAnswer">True when it is registered where an answer goes.</param>
public sealed record WaitingRequest(ReceivedEvent Event, IReadOnlyList<(string? Name, string Id)> About,
    IReadOnlyList<(string Id, string Product, bool IsNew)> Wanted, bool CanAnswer);

/// <summary>
/// The customers of the exchange: what they ask, what they may have and on what ground, what each was given
/// and when, what waits to be sent, and the own statements there are.
/// </summary>
public sealed partial class CustomersPage : Page
{
    private readonly RegisterSet _registers;
    private readonly OwnStatements _own;
    private readonly IReadOnlyList<Registers.Customer> _customers;

    /// <summary>Makes the page.</summary>
    /// <param name="at">What it is made from.</param>
    /// <param name="tried">A form of it that was refused, to be shown again; null for none.</param>
    public CustomersPage(PageContext at, Attempt? tried = null) : base(at)
    {
        _tried = tried;
        _registers = at.Books.Registers;
        var footprints = new Footprints(at.Books.Whole);
        var letters = new Correspondence(footprints);
        _own = new OwnStatements(at, footprints.Own(), NameOf);
        _customers = [.. _registers.Of<Registers.Customer>()];
        Partners = [.. _registers.Of<Peer>().Select(p => (p, letters.HasSecret(p.Id)))];
        Waiting = [.. letters.Received().Where(e => e.State == EventState.Waiting).Select(e =>
        {
            var allowed = footprints.For(e.Peer).Select(o => o.Statement.Id).ToHashSet();
            return new WaitingRequest(e, [.. e.About.Select(id => (ProductOf(id), id))],
                e.Type == nameof(PactEventKind.RequestCreated)
                ? [.. letters.Wanted(e).Select(s => (s.Id.ToString(), s.Product, !allowed.Contains(s.Id)))]
                : [], _registers.Find<Peer>(e.Peer) is not null);
        })];
        Consents = [.. _registers.Of<Consent>()];
        var all = at.Books.Sent();
        var sent = all.Where(s => _customers.Any(c => c.Id == s.Statement.To)).ToList();
        Statements = _own.Table(all);
        Customers = CustomersOf(footprints, sent);
        ConsentTable = ConsentsOf();
        Requests = RequestsOf();
        Given = GivenOf(sent);
        Outgoing = OutgoingOf(letters);
    }

    /// <summary>What waits for an answer, oldest first.</summary>
    public IReadOnlyList<WaitingRequest> Waiting { get; }

    /// <summary>Who may have what.</summary>
    public IReadOnlyList<Consent> Consents { get; }

    /// <summary>The customers, each with its consents, those in force first.</summary>
    public IEnumerable<(string Id, IReadOnlyList<Consent> Consents)> Cards => _customers.Select(c => (c.Id,
        (IReadOnlyList<Consent>)[.. Consents.Where(o => o.Customer == c.Id).OrderByDescending(IsInForce)
            .ThenBy(o => o.From, StringComparer.Ordinal)]));

    /// <summary>The products that a consent can be about, by name.</summary>
    public IEnumerable<(string Urn, string Label)> Products =>
        _own.Products.Select(p => (p.Urn, _own.LabelOf(p.Urn)));

    /// <summary>The own statements.</summary>
    public Table Statements { get; }

    /// <summary>Today by UTC, as forms write a day.</summary>
    public string Today => LocalDatePattern.Iso.Format(At.Books.Whole.Now.InUtc().Date);

    /// <summary>The customers.</summary>
    public Table Customers { get; }

    /// <summary>The consents.</summary>
    public Table ConsentTable { get; }

    /// <summary>The requests that wait.</summary>
    public Table Requests { get; }

    /// <summary>What each was given.</summary>
    public Table Given { get; }

    /// <summary>What goes or went.</summary>
    public Table Outgoing { get; }

    /// <inheritdoc/>
    public override string Section => "products";

    /// <inheritdoc/>
    public override string Tab => "customers";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(CustomersView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables =>
        [Customers, Requests, ConsentTable, Given, Outgoing, Statements];

    /// <inheritdoc/>
    public override string Title => Waiting.Count > 0
        ? At.L("exchange.page.waiting", ("count", Waiting.Count))
        : _customers.Count > 0 ? At.L("exchange.page.calm", ("count", _customers.Count))
        : At.L("exchange.page.none");

    /// <summary>True when there is nothing to show.</summary>
    public bool IsEmpty => _customers.Count == 0 && Waiting.Count == 0;

    /// <summary>What a product is called, or a statement by its product; null when neither is here.</summary>
    public string? ProductOf(string id) => _own.NameOf(id)
        ?? _registers.Find<KeptStatement>(id)?.Name.In(At.Text.Language, id);

    /// <summary>True when statements can be fetched from it.</summary>
    public bool IsSupplier(string id) => _registers.Find<Supplier>(id) is not null;

    /// <summary>True when it is registered where a customer's exchange is.</summary>
    public bool IsReachable(string id) => _registers.Find<Peer>(id) is not null;

    /// <summary>What a customer or supplier is called.</summary>
    public string NameOf(string id) =>
        (_registers.Find<Registers.Customer>(id)?.Name ?? _registers.Find<Supplier>(id)?.Name)
            ?.In(At.Text.Language, id) ?? id;

    /// <summary>True on a day of the consent.</summary>
    public bool IsInForce(Consent consent) => consent.IsInForce(At.Books.Whole.Now);

    /// <summary>When something came, as the page writes it.</summary>
    public static string TimeOf(string instant) => Show.Time(InstantPattern.General.Parse(instant).Value);

    private Table CustomersOf(Footprints footprints,
        List<(long Position, NodaTime.Instant At, StatementSentRecord Statement)> sent) =>
        new("customers", At.L("exchange.page.customers"),
        [
            new("customer", At.L("web.register.customer")), new("address", At.L("exchange.page.address")),
            new("may", At.L("exchange.page.may"), Align.Number),
            new("given", At.L("exchange.page.givenCount"), Align.Number),
            new("last", At.L("exchange.page.last")),
        ], [.. _customers.Select(c =>
        {
            var own = sent.Where(s => s.Statement.To == c.Id).ToList();
            return Row.Of(new Words(NameOf(c.Id)) { Key = c.Id },
                _registers.Find<Peer>(c.Id) is { } peer ? new Words(peer.Address)
                    : new Words(At.L("exchange.page.noAddress")) { Key = "" },
                new Web.Plain(Amount.From(footprints.For(c.Id).Count)),
                new Web.Plain(Amount.From(own.Count)),
                own.Count == 0 ? Cell.Empty : new Words(Show.Time(own[0].At)) { Class = "nb" });
        })]);

    private Table ConsentsOf() => new("consents", At.L("exchange.page.consents"),
        [
            new("consent", At.L("web.register.consent")), new("customer", At.L("web.register.customer")),
            new("product", At.L("web.register.product")), new("from", At.L("exchange.page.from")),
            new("to", At.L("exchange.page.until")), new("ground", At.L("exchange.page.ground")),
        ], [.. Consents.Select(c => Row.Of(new Words(c.Id),
            new Words(NameOf(c.Customer)) { Key = c.Customer }, new Words(ProductOf(c.Product) ?? c.Product)
            { Key = c.Product }, new Words(c.From), new Words(c.To ?? ""), new Words(c.Ground)))]);

    private Table RequestsOf() => new("requests", At.L("exchange.page.requests"),
        [
            new("event", At.L("web.register.received")), new("from", At.L("web.register.customer")),
            new("type", At.L("exchange.page.type")), new("time", At.L("web.col.time")),
            new("about", At.L("web.register.product")), new("comment", At.L("exchange.page.comment")),
        ], [.. Waiting.Select(w => Row.Of(new Words(w.Event.Id), new Words(w.Event.Peer),
            new Words(TypeOf(w.Event.Type)) { Key = w.Event.Type }, new Words(w.Event.At),
            new Words(string.Join(At.L("names.and"), w.About.Select(a => a.Name ?? a.Id)))
                { Key = string.Join(' ', w.Event.About) }, new Words(w.Event.Comment ?? "")))]);

    private Table GivenOf(List<(long Position, NodaTime.Instant At, StatementSentRecord Statement)> sent)
    {
        var names = new Names(At);
        return new Table("given", At.L("exchange.page.given"),
        [
            new("position", At.L("web.col.position"), Align.Number), new("time", At.L("web.col.time")),
            new("to", At.L("web.field.to")), new("what", At.L("web.col.what")),
            new("consent", At.L("web.field.consent")), new("sha256", "SHA-256", Secondary: true),
        ], [.. sent.Select(s => Row.Of(
            new Web.Plain(Amount.From(s.Position), At.IsFile ? null
                : At.Link(FormattableString.Invariant($"/ledger/records/{s.Position}"))),
            new Words(Show.Time(s.At)) { Key = s.At.ToString(), Class = "nb" },
            new Words(NameOf(s.Statement.To)) { Key = s.Statement.To },
            new Words(names.OfStatement(s.Statement.What)) { Key = s.Statement.What },
            new Words(s.Statement.Consent),
            new Words(Show.Hash(s.Statement.Sha256)) { Key = s.Statement.Sha256, Class = "mono nb" }))]);
    }

    private Table OutgoingOf(Correspondence letters) => new("outgoing", At.L("exchange.page.outgoing"),
        [
            new("time", At.L("web.col.time")), new("to", At.L("web.field.to")),
            new("type", At.L("exchange.page.type")), new("state", At.L("web.col.state")),
            new("tries", At.L("exchange.page.tries"), Align.Number),
            new("next", At.L("exchange.page.next")), new("event", At.L("web.register.outgoing"),
                Secondary: true),
        ], [.. letters.Sent().Reverse().Select(e => Row.Of(
            new Words(TimeOf(e.Since)) { Key = e.Since, Class = "nb" },
            new Words(NameOf(e.To)) { Key = e.To }, new Words(TypeOf(e.Type)) { Key = e.Type },
            new State(e.State switch
            {
                EventState.Done => Web.Verdict.Pass, EventState.Waiting => Web.Verdict.Cannot,
                EventState.Stopped => Web.Verdict.Outside, _ => Web.Verdict.Fail,
            }, At.L($"exchange.state.{e.State.ToString().ToLowerInvariant()}")),
            new Web.Plain(Amount.From(e.Tries)),
            e.Next is null ? Cell.Empty : new Words(TimeOf(e.Next)) { Key = e.Next, Class = "nb" },
            new Words(e.Id) { Class = "mono" }))]);

    /// <summary>What a kind of event is called.</summary>
    public string TypeOf(string type) => At.L($"exchange.type.{type}");
}
