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
/// <param name="Wanted">The own statements it asks for; new ones are those no consent covers yet.</param>
/// <param name="CanAnswer">True when it is registered where an answer goes.</param>
public sealed record WaitingRequest(
    ReceivedEvent Event, IReadOnlyList<(string Id, string Product, bool IsNew)> Wanted, bool CanAnswer);

/// <summary>
/// The customers of the exchange: what they ask, what they may have and on what ground, what each was given
/// and when, and what waits to be sent.
/// </summary>
public sealed class CustomersPage : Page
{
    private readonly RegisterSet _registers;
    private readonly IReadOnlyList<Registers.Customer> _customers;

    /// <summary>Makes the page.</summary>
    public CustomersPage(PageContext at) : base(at)
    {
        _registers = at.Books.Registers;
        var footprints = new Footprints(at.Books.Whole);
        var letters = new Correspondence(footprints);
        _customers = [.. _registers.Of<Registers.Customer>()];
        Waiting = [.. letters.Received().Where(e => e.State == EventState.Waiting).Select(e =>
        {
            var allowed = footprints.For(e.Peer).Select(o => o.Statement.Id).ToHashSet();
            return new WaitingRequest(e, e.Type == nameof(PactEventKind.RequestCreated)
                ? [.. letters.Wanted(e).Select(s => (s.Id.ToString(), s.Product, !allowed.Contains(s.Id)))]
                : [], _registers.Find<Peer>(e.Peer) is not null);
        })];
        Consents = [.. _registers.Of<Consent>()];
        var sent = at.Books.Sent().Where(s => _customers.Any(c => c.Id == s.Statement.To)).ToList();
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
    public override IEnumerable<Table> Tables => [Customers, Requests, ConsentTable, Given, Outgoing];

    /// <inheritdoc/>
    public override string Title => Waiting.Count > 0
        ? At.L("exchange.page.waiting", ("count", Waiting.Count))
        : _customers.Count > 0 ? At.L("exchange.page.calm", ("count", _customers.Count))
        : At.L("exchange.page.none");

    /// <summary>True when there is nothing to show.</summary>
    public bool IsEmpty => _customers.Count == 0 && Waiting.Count == 0;

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
                _registers.Find<Peer>(c.Id) is { } peer ? new Words(peer.Address) : new Unknown(),
                new Web.Plain(Amount.From(footprints.For(c.Id).Count)),
                new Web.Plain(Amount.From(own.Count)),
                own.Count == 0 ? Cell.Empty : new Words(Show.Time(own[0].At)) { Class = "nb" });
        })]);

    private Table ConsentsOf() => new("consents", At.L("exchange.page.consents"),
        [
            new("consent", At.L("web.register.consent")), new("customer", At.L("web.register.customer")),
            new("product", At.L("web.register.product")), new("from", At.L("exchange.page.from")),
            new("to", At.L("exchange.page.until")), new("ground", At.L("exchange.page.ground")),
        ], [.. Consents.Select(c => Row.Of(new Words(c.Id), new Words(c.Customer), new Words(c.Product),
            new Words(c.From), new Words(c.To ?? ""), new Words(c.Ground)))]);

    private Table RequestsOf() => new("requests", At.L("exchange.page.requests"),
        [
            new("event", At.L("web.register.received")), new("from", At.L("web.register.customer")),
            new("type", At.L("exchange.page.type")), new("time", At.L("web.col.time")),
            new("about", At.L("web.register.product")), new("comment", At.L("exchange.page.comment")),
        ], [.. Waiting.Select(w => Row.Of(new Words(w.Event.Id), new Words(w.Event.Peer),
            new Words(TypeOf(w.Event.Type)) { Key = w.Event.Type }, new Words(w.Event.At),
            new Words(string.Join(' ', w.Event.About)), new Words(w.Event.Comment ?? "")))]);

    private Table GivenOf(List<(long Position, NodaTime.Instant At, StatementSentRecord Statement)> sent) =>
        new("given", At.L("exchange.page.given"),
        [
            new("position", At.L("web.col.position"), Align.Number), new("time", At.L("web.col.time")),
            new("to", At.L("web.field.to")), new("what", At.L("web.col.what")),
            new("consent", At.L("web.field.consent")), new("sha256", "SHA-256", Secondary: true),
        ], [.. sent.Select(s => Row.Of(
            new Web.Plain(Amount.From(s.Position), At.IsFile ? null
                : At.Link(FormattableString.Invariant($"/ledger/records/{s.Position}"))),
            new Words(Show.Time(s.At)) { Key = s.At.ToString(), Class = "nb" },
            new Words(NameOf(s.Statement.To)) { Key = s.Statement.To },
            new Words(new Names(At).OfStatement(s.Statement.What)) { Key = s.Statement.What },
            new Words(s.Statement.Consent),
            new Words(Show.Hash(s.Statement.Sha256)) { Key = s.Statement.Sha256, Class = "mono nb" }))]);

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
