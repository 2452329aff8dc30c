using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Registers;

/// <summary>
/// A customer that may fetch footprint statements from the exchange. Its id is the client id it shows.
/// </summary>
public sealed record Customer : RegisterItem
{
    /// <summary>
    /// The secret it shows, as iterations, salt and key of PBKDF2 with SHA-256: "100000.salt.key" in
    /// lower-case hex. The secret itself is said once and kept nowhere.
    /// </summary>
    public required string SecretHash { get; init; }
}

/// <summary>A footprint statement that is kept: an own one, or one received from a supplier.</summary>
public sealed record KeptStatement : RegisterItem
{
    /// <summary>Hash of the file, which lies with the evidence.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Id of the supplier it came from; null for an own one.</summary>
    public string? Supplier { get; init; }
}

/// <summary>Which customer may have the statements of which product, from when to when, on what ground.
/// </summary>
public sealed record Consent : RegisterItem
{
    /// <summary>Id of the customer.</summary>
    public required string Customer { get; init; }

    /// <summary>Identifier of the product, a URN that its statements name.</summary>
    public required string Product { get; init; }

    /// <summary>First day, "2026-01-01".</summary>
    public required string From { get; init; }

    /// <summary>Last day; null until it is taken back.</summary>
    public string? To { get; init; }

    /// <summary>What it rests on: a contract, a request, a decision.</summary>
    public required string Ground { get; init; }

    /// <summary>True on a day of it; days are those of UTC.</summary>
    public bool IsInForce(Instant now)
    {
        var today = LocalDatePattern.Iso.Format(now.InUtc().Date);
        return string.CompareOrdinal(From, today) <= 0
            && (To is null || string.CompareOrdinal(today, To) <= 0);
    }
}

/// <summary>
/// Where the exchange of a customer or supplier is, and who we are there. It has the id of the customer or
/// supplier; what we show there as proof is no part of the books.
/// </summary>
public sealed record Peer : RegisterItem
{
    /// <summary>Where its footprints and events are: https, a host name, perhaps a port and a path.</summary>
    public required string Address { get; init; }

    /// <summary>Where it gives tokens; null for the same address.</summary>
    public string? Auth { get; init; }

    /// <summary>The client id that it gave us.</summary>
    public required string ClientId { get; init; }
}

/// <summary>How far something that came or goes has got.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EventState>))]
public enum EventState
{
    /// <summary>Somebody has to do something: a person with what came, the outbox with what goes.</summary>
    [JsonStringEnumMemberName("waiting")] Waiting,

    /// <summary>Answered, or delivered.</summary>
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>Refused by us, or never taken by the other within three days.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>Held back, because the consent it rests on is no longer in force.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,
}

/// <summary>An event that a customer or supplier sent us.</summary>
public sealed record ReceivedEvent : RegisterItem
{
    /// <summary>Who sent it: the client id it showed.</summary>
    public required string Peer { get; init; }

    /// <summary>Id of the event at the sender; the same comes again when the sender was not sure.</summary>
    public required string Event { get; init; }

    /// <summary>"RequestCreated", "RequestFulfilled", "RequestRejected", "Published".</summary>
    public required string Type { get; init; }

    /// <summary>When it came, "2026-10-12T09:14:00Z".</summary>
    public required string At { get; init; }

    /// <summary>Hash of its bytes, which lie with the evidence.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where an answer shall go; null where none is wanted.</summary>
    public string? Source { get; init; }

    /// <summary>Products asked for, or ids of statements that were published or came.</summary>
    public ImmutableArray<string> About { get; init; } = [];

    /// <summary>What the sender wrote beside it.</summary>
    public string? Comment { get; init; }

    /// <summary>How far it has got.</summary>
    public EventState State { get; init; }

    /// <summary>Id of the event by which we answered, or of ours that it answers.</summary>
    public string? Answer { get; init; }
}

/// <summary>An event that goes to a customer or supplier: written here first, sent then.</summary>
public sealed record SentEvent : RegisterItem
{
    /// <summary>To whom.</summary>
    public required string To { get; init; }

    /// <summary>"RequestCreated", "RequestFulfilled", "RequestRejected", "Published".</summary>
    public required string Type { get; init; }

    /// <summary>The address below which it takes events.</summary>
    public required string Address { get; init; }

    /// <summary>Hash of the bytes that are sent, the same at every try; they lie with the answers.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Since when it waits.</summary>
    public required string Since { get; init; }

    /// <summary>Products asked for, or ids of the statements it gives or names.</summary>
    public ImmutableArray<string> About { get; init; } = [];

    /// <summary>How far it has got.</summary>
    public EventState State { get; init; }

    /// <summary>How often it was tried in vain.</summary>
    public int Tries { get; init; }

    /// <summary>Not before this is it tried again.</summary>
    public string? Next { get; init; }

    /// <summary>Code of what went wrong last.</summary>
    public string? Failure { get; init; }
}
