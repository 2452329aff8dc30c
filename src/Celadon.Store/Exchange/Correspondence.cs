using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Celadon.Ledger;
using Celadon.Lenses.Products;
using Celadon.Registers;
using Celadon.Store.Journal;
using Celadon.Text;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Store;

/// <summary>
/// Events with customers and suppliers. What comes is written down and waits for a person; what goes is
/// written down first, because a person said so, and sent then.
/// </summary>
public sealed partial class Correspondence(Footprints footprints)
{
    private const int MostWaiting = 500, MostAnswers = 100, LongestReason = 500;
    private static readonly Lock Turn = new();
    private readonly PeerSecrets _secrets = new(footprints.Workspace.Folder);

    private Workspace Workspace => footprints.Workspace;

    private Instant Now => Workspace.Now;

    /// <summary>What came, latest last.</summary>
    public IReadOnlyList<ReceivedEvent> Received() => [.. Workspace.Registers().Of<ReceivedEvent>()
        .OrderBy(e => e.At, StringComparer.Ordinal).ThenBy(e => e.Id, StringComparer.Ordinal)];

    /// <summary>What goes or went, latest last.</summary>
    public IReadOnlyList<SentEvent> Sent() => [.. Workspace.Registers().Of<SentEvent>()
        .OrderBy(e => e.Since, StringComparer.Ordinal).ThenBy(e => e.Id, StringComparer.Ordinal)];

    /// <summary>Says where the exchange of a customer or supplier is, and who we are there.</summary>
    /// <param name="id">Id of the customer or supplier.</param>
    /// <param name="address">Where its footprints and events are.</param>
    /// <param name="auth">Where it gives tokens; null for the same address.</param>
    /// <param name="clientId">The client id it gave us.</param>
    /// <param name="secret">The secret it gave us; null to keep the one that is kept.</param>
    /// <exception cref="RefusedException">
    /// exchange.noParty: neither a customer nor a supplier. exchange.peerAddress: no public https address.
    /// exchange.peerClient: the client id or secret is empty, too long or holds what no header can.
    /// exchange.peerSecretAgain: tokens would be asked for elsewhere with the secret that is kept.
    /// </exception>
    public Appended SetPeer(string id, string address, string? auth, string clientId, string? secret)
    {
        var registers = Workspace.Registers();
        if (registers.Find<Customer>(id) is null && registers.Find<Supplier>(id) is null)
            throw RefusedException.Of("exchange.noParty", ("id", id));
        foreach (var given in (string?[])[address, auth ?? address])
            if (PeerAddress.Read(given) is null)
                throw RefusedException.Of("exchange.peerAddress", ("address", given ?? ""));
        // A secret goes to the host it was given for; who changes that says it again.
        var (known, tokens) = (registers.Find<Peer>(id), PeerAddress.Read(auth ?? address)!.Authority);
        if (secret is null && known is not null
            && PeerAddress.Read(known.Auth ?? known.Address)?.Authority != tokens)
            throw RefusedException.Of("exchange.peerSecretAgain", ("host", tokens));
        secret ??= _secrets.Find(id);
        if (!IsClientId(clientId) || !IsShowable(secret))
            throw RefusedException.Of("exchange.peerClient");
        _secrets.Set(id, secret);
        return Workspace.Append("register", [Version("peer", new Peer
            { Id = id, Address = address, Auth = auth, ClientId = clientId })]);
    }

    /// <summary>True for what can be shown as a client id: printable and without a colon.</summary>
    public static bool IsClientId(string text) => IsShowable(text) && !text.Contains(':');

    /// <summary>True when the secret that we show to a peer is here.</summary>
    public bool HasSecret(string id) => _secrets.Find(id) is not null;

    private static bool IsShowable(string? text) =>
        text is { Length: > 0 and <= 400 } && text.All(c => c is >= ' ' and <= '~');

    /// <summary>Forgets where an exchange is, and the secret for it.</summary>
    /// <exception cref="RefusedException">exchange.noPeer.</exception>
    public Appended RemovePeer(string id)
    {
        PeerOf(id);
        _secrets.Set(id, null);
        return Workspace.Append("register", [new RegisterRecord("peer", id, "")]);
    }

    /// <summary>A registered exchange, and the secret we show there.</summary>
    /// <exception cref="RefusedException">
    /// exchange.noPeer: it is not registered; exchange.noSecret: its secret is not here.
    /// </exception>
    public (Peer Peer, string Secret) Known(string id) =>
        (PeerOf(id), _secrets.Find(id) ?? throw RefusedException.Of("exchange.noSecret", ("id", id)));

    private Peer PeerOf(string id) => Workspace.Registers().Find<Peer>(id)
        ?? throw RefusedException.Of("exchange.noPeer", ("id", id));

    /// <summary>
    /// Writes down an event that a customer or supplier sent; the same event again writes nothing. One that
    /// says something else under an id that came before is another event.
    /// </summary>
    /// <param name="from">The client id it showed.</param>
    /// <param name="said">What it says.</param>
    /// <param name="utf8">Its bytes.</param>
    /// <returns>
    /// A code of the specification when it is not taken: "BadRequest" for an answer to what we did not ask,
    /// or a request whose answer would go elsewhere; "TooMany" when too much waits, or answers the same.
    /// Empty when it is.
    /// </returns>
    public string Receive(string from, PactEvent said, byte[] utf8)
    {
        lock (Turn)
        {
            var registers = Workspace.Registers();
            var id = IdOf(from, said.Id);
            if (registers.Find<ReceivedEvent>(id) is { } before && !IsSame(before, said))
                id = IdOf(from, $"{said.Id}\n{Encoding.UTF8.GetString((said with { Time = null }).Write())}");
            if (registers.Find<ReceivedEvent>(id) is not null) return "";
            var asked = said.Request is null ? null : registers.Find<SentEvent>(said.Request);
            if (said.Request is not null && (asked?.To != from || asked.Type != "RequestCreated"
                || registers.Find<Supplier>(from) is null)) return "BadRequest";
            if (said.Kind == PactEventKind.RequestCreated && !MayAnswer(from, said.Source))
                return "BadRequest";
            if (registers.Of<ReceivedEvent>().Count(e => e.Peer == from && e.State == EventState.Waiting)
                >= MostWaiting) return "TooMany";
            // Answers are done when they come; they are bounded by what they answer.
            if (said.Request is not null && registers.Of<ReceivedEvent>().Count(e =>
                e.Peer == from && e.Answer == said.Request) >= MostAnswers) return "TooMany";
            var sha256 = Workspace.Evidence.Put(utf8);
            var records = new List<RecordBody>
            {
                Version("received", new ReceivedEvent
                {
                    Id = id, Peer = from, Event = said.Id, Type = said.Kind.ToString(),
                    At = InstantPattern.General.Format(Now), Sha256 = sha256, Comment = said.Comment,
                    Source = said.Kind == PactEventKind.RequestCreated ? said.Source : null,
                    About = About(said), Answer = said.Request,
                    State = said.Request is null ? EventState.Waiting : EventState.Done,
                }),
            };
            var files = new List<BatchFile> { new($"event-{id}.json", sha256, utf8.Length) };
            if (said.Statements.Length > 0)
            {
                var (kept, more, _) = footprints.Taken(from,
                    [.. said.Statements.Select(s => Encoding.UTF8.GetBytes(s))]);
                records.AddRange(kept);
                files.AddRange(more);
            }
            Workspace.Append("register", records, files: files);
            return "";
        }
    }

    private static string IdOf(string from, string what) =>
        $"{from}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..16]}";

    /// <summary>True when what came before says the same; also where its file was withdrawn.</summary>
    private bool IsSame(ReceivedEvent before, PactEvent said) => !Workspace.Evidence.Has(before.Sha256)
        || PactEvent.Read(Workspace.Evidence.Get(before.Sha256)).Event?.SaysAs(said) == true;

    /// <summary>An answer goes to the registered host alone; where there is none yet, it waits.</summary>
    private bool MayAnswer(string from, string source) => PeerAddress.Source(source) is { } to
        && (Workspace.Registers().Find<Peer>(from) is not { } peer
            || PeerAddress.IsSame(to, new Uri(peer.Address)));

    /// <summary>Where the answer to a request goes; it was checked that it may.</summary>
    private static string AddressOf(ReceivedEvent received) =>
        PeerAddress.Source(received.Source!)!.GetLeftPart(UriPartial.Path).TrimEnd('/');

    private static ImmutableArray<string> About(PactEvent said) => said.Kind switch
    {
        PactEventKind.RequestCreated => said.Asked.TryGetValue("productId", out var ids) ? ids : [],
        PactEventKind.Published => [.. said.Published.Select(id => id.ToString())],
        _ => [.. said.Statements.Select(s => StatementText.Read(Encoding.UTF8.GetBytes(s)).Statement)
            .OfType<ProductFootprintStatement>().Select(s => s.Id.ToString())],
    };

    /// <summary>The own statements that a request asks for: active ones of the products it names.</summary>
    /// <exception cref="RefusedException">evidence.changed.</exception>
    public IReadOnlyList<ProductFootprintStatement> Wanted(ReceivedEvent request)
    {
        if (request.About.Length == 0 || !Workspace.Evidence.Has(request.Sha256)) return [];
        var said = PactEvent.Read(Workspace.Evidence.Get(request.Sha256)).Event
            ?? throw RefusedException.Of("evidence.changed", ("sha256", request.Sha256));
        var filter = said.Filter();
        return [.. footprints.Own().Where(s => s.Status == StatementStatus.Active && filter.Lets(s))
            .TakeLast(PactEvent.MostStatements)];
    }

    /// <summary>
    /// Gives what a request asks for: allows it from today where no consent does yet, and puts the answer
    /// into the outbox.
    /// </summary>
    /// <exception cref="RefusedException">
    /// exchange.noRequest: none that waits; exchange.noPeer; exchange.source: the answer would go to another
    /// host than the registered one; exchange.nothing: no own statement is what it asks for;
    /// exchange.changed: it is no longer what was seen.
    /// </exception>
    /// <param name="request">Id of the request.</param>
    /// <param name="seen">Ids of the statements that a person saw; null for whatever there is now.</param>
    public Appended Fulfil(string request, IReadOnlyCollection<string>? seen = null)
    {
        lock (Turn)
        {
            var (received, peer) = Waiting(request);
            var wanted = Wanted(received);
            if (seen is not null && !wanted.Select(s => s.Id.ToString()).ToHashSet().SetEquals(seen))
                throw RefusedException.Of("exchange.changed", ("id", request));
            if (wanted.Count == 0) throw RefusedException.Of("exchange.nothing", ("id", request));
            var allowed = footprints.For(received.Peer).Select(o => o.Statement.Id).ToHashSet();
            var products = wanted.Where(s => !allowed.Contains(s.Id))
                .Select(s => s.ProductIds.First(received.About.Contains)).Distinct().ToList();
            var position = Workspace.Journal.Head().Position;
            var said = Made(PactEventKind.RequestFulfilled, peer) with
            {
                Request = received.Event,
                Statements = [.. wanted.Select(s => StatementText.Pact(s))],
            };
            return Put(said, peer, AddressOf(received), [.. wanted.Select(s => s.Id.ToString())],
                [.. products.Select((product, i) => Version("consent", new Consent
                {
                    Id = FormattableString.Invariant($"{received.Peer}-{position}-{i + 1}"),
                    Customer = received.Peer, Product = product,
                    From = LocalDatePattern.Iso.Format(Now.InUtc().Date), Ground = received.Id,
                })), Version("received", received with { State = EventState.Done, Answer = said.Id })]);
        }
    }

    /// <summary>Says no to a request, with the reason.</summary>
    /// <exception cref="RefusedException">
    /// exchange.noRequest, exchange.noPeer, exchange.source; exchange.reason: it is too long.
    /// </exception>
    public Appended Reject(string request, string reason)
    {
        lock (Turn)
        {
            if (reason.Trim().Length > LongestReason) throw RefusedException.Of("exchange.reason");
            var (received, peer) = Waiting(request);
            var said = Made(PactEventKind.RequestRejected, peer) with
            {
                // No more than that: who asks learns nothing about what there is.
                Request = received.Event, ErrorCode = "NotFound",
                Comment = reason.Trim() is { Length: > 0 } why ? why : null,
            };
            return Put(said, peer, AddressOf(received), [],
                [Version("received", received with { State = EventState.Refused, Answer = said.Id })]);
        }
    }

    /// <summary>Takes note of an event that wants no answer, or asks for what we do not answer.</summary>
    /// <exception cref="RefusedException">exchange.noRequest.</exception>
    public Appended Dismiss(string received)
    {
        lock (Turn)
            return Workspace.Registers().Find<ReceivedEvent>(received) is { State: EventState.Waiting } it
                ? Workspace.Append("register", [Version("received", it with { State = EventState.Done })])
                : throw RefusedException.Of("exchange.noRequest", ("id", received));
    }

    /// <summary>Asks a supplier for the footprints of products.</summary>
    /// <param name="supplier">Id of the supplier.</param>
    /// <param name="products">The products, URNs.</param>
    /// <param name="source">Where our exchange takes the answer.</param>
    /// <param name="comment">What it is for, or null.</param>
    /// <exception cref="RefusedException">
    /// footprint.supplier; exchange.noPeer; exchange.peerAddress: the source is no public https address;
    /// exchange.unspecific: no product is named; exchange.reason: the comment is too long.
    /// </exception>
    public Appended Ask(string supplier, IReadOnlyList<string> products, string source, string? comment)
    {
        if (Workspace.Registers().Find<Supplier>(supplier) is null)
            throw RefusedException.Of("footprint.supplier", ("supplier", supplier));
        if (products.Count is 0 or > 100) throw RefusedException.Of("exchange.unspecific");
        if (comment?.Length > LongestReason) throw RefusedException.Of("exchange.reason");
        if (PeerAddress.Read(source) is null)
            throw RefusedException.Of("exchange.peerAddress", ("address", source));
        var (peer, _) = Known(supplier);
        var said = Made(PactEventKind.RequestCreated, peer) with
        {
            Source = source, Comment = comment, Asked = ImmutableSortedDictionary
                .Create<string, ImmutableArray<string>>(StringComparer.Ordinal)
                .Add("productId", [.. products]),
        };
        return Put(said, peer, peer.Address, [.. products], []);
    }

    /// <summary>Tells a customer that there are statements of a product to fetch.</summary>
    /// <exception cref="RefusedException">
    /// exchange.noPeer; footprint.noProduct: no consent in force lets it have an active one.
    /// </exception>
    public Appended Publish(string customer, string product)
    {
        var (peer, _) = Known(customer);
        var offered = footprints.For(customer).Where(o => o.Statement.Status == StatementStatus.Active
            && o.Statement.ProductIds.Contains(product)).TakeLast(PactEvent.MostStatements).ToList();
        if (offered.Count == 0) throw RefusedException.Of("footprint.noProduct", ("product", product));
        var said = Made(PactEventKind.Published, peer) with
        { Published = [.. offered.Select(o => o.Statement.Id)] };
        return Put(said, peer, peer.Address, [.. offered.Select(o => o.Statement.Id.ToString())], []);
    }

    private (ReceivedEvent, Peer) Waiting(string request)
    {
        if (Workspace.Registers().Find<ReceivedEvent>(request) is not
            { State: EventState.Waiting, Type: "RequestCreated" } received)
            throw RefusedException.Of("exchange.noRequest", ("id", request));
        var (peer, _) = Known(received.Peer);
        return MayAnswer(received.Peer, received.Source ?? "") ? (received, peer)
            : throw RefusedException.Of("exchange.source", ("source", received.Source ?? ""),
                ("address", peer.Address));
    }

    private PactEvent Made(PactEventKind kind, Peer to) => new()
    {
        Kind = kind, Id = Guid.NewGuid().ToString(), Time = Now,
        Source = $"urn:celadon:{Workspace.Journal.WorkspaceId}:{to.Id}",
    };

    /// <summary>Into the outbox, with the records that belong to it, in one batch.</summary>
    private Appended Put(PactEvent said, Peer to, string address, ImmutableArray<string> about,
        ImmutableArray<RegisterRecord> with) => Workspace.Append("register", [.. with,
            Version("outgoing", new SentEvent
            {
                Id = said.Id, To = to.Id, Type = said.Kind.ToString(), Address = address,
                Sha256 = Workspace.Kept.Put(said.Write()), Since = InstantPattern.General.Format(Now),
                About = about,
            })]);

    private static RegisterRecord Version(string type, RegisterItem item) =>
        new(type, item.Id, RegisterSet.Write(item));
}
