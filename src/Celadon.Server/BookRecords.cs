using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Server;

/// <summary>Which records.</summary>
/// <param name="Site">Id of a site, or null for all.</param>
/// <param name="Period">Records that touch these months, or null for all.</param>
/// <param name="Kind">"entry", "register", …, or null.</param>
/// <param name="Resource">Resource id, or null.</param>
/// <param name="Basis">How it is known, or null.</param>
/// <param name="Batch">Position of a batch, or null.</param>
/// <param name="Evidence">SHA-256 of a file, or null.</param>
/// <param name="Text">Words that must occur in places, resource, facts or file name, or null.</param>
/// <param name="Before">Records below this position, or null for the latest.</param>
/// <param name="Take">How many.</param>
public sealed record RecordQuery(
    string? Site = null, MonthSpan? Period = null, string? Kind = null, string? Resource = null,
    Basis? Basis = null,
    long? Batch = null, string? Evidence = null, string? Text = null, long? Before = null, int Take = 50);

/// <summary>A record in a listing.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Batch">Position of its batch.</param>
/// <param name="Body">What it says.</param>
/// <param name="ReversedBy">Position of the reversal that takes it back, or 0.</param>
public sealed record RecordRow(long Position, long Batch, RecordBody Body, long ReversedBy);

/// <summary>Records with facets over all that the query selects.</summary>
/// <param name="Rows">The rows, latest first.</param>
/// <param name="Total">How many the query selects.</param>
/// <param name="Facets">Kind, resource, basis.</param>
/// <param name="Next">Cursor of the next page, or null at the end.</param>
public sealed record RecordListing(
    IReadOnlyList<RecordRow> Rows, long Total, IReadOnlyList<Facet> Facets, long? Next);

/// <summary>A record with its history.</summary>
/// <param name="Row">The record.</param>
/// <param name="Hash">Its hash in the chain.</param>
/// <param name="Batch">The batch it came with.</param>
/// <param name="Reversal">What took it back, or null.</param>
/// <param name="Reverses">For a reversal, what it takes back.</param>
/// <param name="Versions">Positions of all versions of the same register item, oldest first.</param>
/// <param name="Withdrawn">True when its evidence was withdrawn.</param>
public sealed record RecordDetail(
    RecordRow Row, string Hash, BatchInfo Batch, RecordRow? Reversal, RecordRow? Reverses,
    ImmutableArray<long> Versions, bool Withdrawn);

/// <summary>A batch: one append with all in it.</summary>
/// <param name="Position">Its position; the records after it up to <paramref name="Last"/> belong to
/// it.</param>
/// <param name="Last">Position of its last record.</param>
/// <param name="Header">When, by whom, for what, from which files.</param>
/// <param name="ActorName">What the actor is called, or their id.</param>
/// <param name="Entries">How many entries.</param>
/// <param name="Readings">How many readings.</param>
/// <param name="ReversedBy">Position of the batch that takes it back, or 0.</param>
/// <param name="CanReverse">True when it can be taken back now.</param>
public sealed record BatchInfo(
    long Position, long Last, BatchRecord Header, string ActorName, long Entries, long Readings,
    long ReversedBy,
    bool CanReverse);

/// <summary>A file that proves something.</summary>
/// <param name="Sha256">Hash of its bytes.</param>
/// <param name="Name">Its name when received.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Received">When.</param>
/// <param name="Batch">Position of the batch it first came with.</param>
/// <param name="Withdrawn">Why it was withdrawn, or null.</param>
public sealed record EvidenceInfo(
    string Sha256, string Name, long Bytes, Instant Received, long Batch, string? Withdrawn);
