using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Ledger;

/// <summary>The kinds of record in the journal, in their stored numbers.</summary>
public enum RecordKind
{
    /// <summary>
    /// Opens an append: when, by whom, from which files. Every transaction starts with one.
    /// </summary>
    Batch = 0,

    /// <summary>What moved.</summary>
    Entry = 1,

    /// <summary>A version of something that exists.</summary>
    Register = 2,

    /// <summary>Telemetry that arrived, by count and content hash.</summary>
    Readings = 3,

    /// <summary>An entry, a readings batch or a whole batch is taken back.</summary>
    Reversal = 4,

    /// <summary>A month of a site is closed.</summary>
    Closing = 5,

    /// <summary>A derived scope, category or measurement is overridden, with a reason.</summary>
    Override = 6,

    /// <summary>An edition of a pack is taken into use.</summary>
    PackAdopted = 7,

    /// <summary>A file is withdrawn; its hash stays.</summary>
    EvidenceWithdrawn = 8,

    /// <summary>A statement was given to somebody.</summary>
    StatementSent = 9,
}

/// <summary>What a record of the journal says, without its position and hash.</summary>
public abstract record RecordBody
{
    /// <summary>Its kind.</summary>
    [JsonIgnore]
    public RecordKind Kind => this switch
    {
        BatchRecord => RecordKind.Batch,
        EntryRecord => RecordKind.Entry,
        RegisterRecord => RecordKind.Register,
        ReadingsRecord => RecordKind.Readings,
        ReversalRecord => RecordKind.Reversal,
        ClosingRecord => RecordKind.Closing,
        OverrideRecord => RecordKind.Override,
        PackAdoptedRecord => RecordKind.PackAdopted,
        EvidenceWithdrawnRecord => RecordKind.EvidenceWithdrawn,
        StatementSentRecord => RecordKind.StatementSent,
        _ => throw new InvalidOperationException($"{GetType()} is not a kind of record."),
    };
}

/// <summary>A file that came with a batch.</summary>
/// <param name="Name">Its name when received.</param>
/// <param name="Sha256">Lower-case hex of its bytes.</param>
/// <param name="Bytes">Its length.</param>
public sealed record BatchFile(string Name, string Sha256, long Bytes);

/// <summary>Opens an append; the records after it, up to the next one, belong to it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">Id of who did it; the name lives in an erasable table outside the chain.</param>
/// <param name="Purpose">
/// "import", "register", "reverse", "close", "override", "adopt", "withdraw", "send".
/// </param>
/// <param name="Files">The files it came from.</param>
/// <param name="Map">
/// How the files were read (mapping and answers), as canonical JSON; empty when not an import.
/// </param>
/// <param name="Note">What the person wrote beside it.</param>
public sealed record BatchRecord(
    Instant At, string Actor, string Purpose, ImmutableArray<BatchFile> Files, string Map, string Note)
        : RecordBody;

/// <summary>An entry of the ledger.</summary>
public sealed record EntryRecord(Entry Entry) : RecordBody;

/// <summary>A version of something that exists.</summary>
/// <param name="Type">
/// "organisation", "site", "unit", "stock", "meter", "supplier", "product", "instrument", …
/// </param>
/// <param name="Id">Which one.</param>
/// <param name="Json">Its whole state as canonical JSON; empty removes it.</param>
public sealed record RegisterRecord(string Type, string Id, string Json) : RecordBody;

/// <summary>Readings of one meter from one file. The readings themselves lie beside the journal.</summary>
/// <param name="Meter">Id of the meter.</param>
/// <param name="Span">From the first interval's start to the last one's end.</param>
/// <param name="Count">How many readings.</param>
/// <param name="Sum">Their sum in the meter's unit (interval meters) — a check a person can follow.</param>
/// <param name="Scale">The readings are integers × 10^-scale of the meter's unit.</param>
/// <param name="ContentSha256">Hash of the readings in the byte format of docs/ledger.md.</param>
/// <param name="Revision">
/// 0 for first data; higher where a correction was stated. The higher revision counts.
/// </param>
/// <param name="FileSha256">The file they came from; empty when pushed by an instrument.</param>
/// <param name="Sheet">Sheet of a workbook; empty otherwise.</param>
public sealed record ReadingsRecord(
    string Meter, Period Span, long Count, Amount Sum, int Scale, string ContentSha256, int Revision,
    string FileSha256, string Sheet) : RecordBody;

/// <summary>
/// Takes back the record at a position: an entry, a readings batch, an override, or a batch with all in it.
/// </summary>
/// <param name="Target">Position of what is taken back.</param>
/// <param name="Reason">Why.</param>
/// <param name="EvidenceSha256">The file that shows it, or empty.</param>
public sealed record ReversalRecord(long Target, string Reason, string EvidenceSha256) : RecordBody;

/// <summary>A pack edition by its content.</summary>
/// <param name="Id">Id of the pack.</param>
/// <param name="Edition">Its edition.</param>
/// <param name="Sha256">Hash of its files in the order and format of docs/packs.md.</param>
public sealed record PackEdition(string Id, string Edition, string Sha256);

/// <summary>An answer kept at closing: the question, its spec, and the hash of the stored bytes.</summary>
public sealed record KeptAnswer(string Question, string Spec, string Sha256);

/// <summary>
/// A month of a site is closed: entries were posted for its meters just before this record.
/// </summary>
/// <param name="Site">Id of the site.</param>
/// <param name="Month">The local month.</param>
/// <param name="Through">
/// The position up to which records count as closed (the record before this batch).
/// </param>
/// <param name="HeadHash">Head hash at that position.</param>
/// <param name="Packs">The packs in use.</param>
/// <param name="Program">Version of the program.</param>
/// <param name="Answers">The answers kept.</param>
public sealed record ClosingRecord(
    string Site, YearMonth Month, long Through, string HeadHash, ImmutableArray<PackEdition> Packs,
    string Program,
    ImmutableArray<KeptAnswer> Answers) : RecordBody;

/// <summary>Overrides what a rule derived for one entry or for a flow.</summary>
/// <param name="Subject">"entry" or "flow".</param>
/// <param name="Key">The entry's position, or "from|to|resource".</param>
/// <param name="What">"category", "factor", "measurement".</param>
/// <param name="Value">What it shall be: "3.4", a factor id, a basis.</param>
/// <param name="Reason">Why.</param>
public sealed record OverrideRecord(string Subject, string Key, string What, string Value, string Reason)
    : RecordBody;

/// <summary>An edition of a pack is taken into use from here on.</summary>
public sealed record PackAdoptedRecord(PackEdition Pack) : RecordBody;

/// <summary>A file is withdrawn: its bytes are erased, its hash stays, and answers say so.</summary>
public sealed record EvidenceWithdrawnRecord(string Sha256, string Reason) : RecordBody;

/// <summary>A statement was given to somebody.</summary>
/// <param name="What">What was sent: a title or question.</param>
/// <param name="Sha256">Hash of the bytes sent.</param>
/// <param name="To">To whom, by id.</param>
/// <param name="Consent">On which consent.</param>
/// <param name="On">The day it was sent, "2026-09-30"; empty where the batch's time says it.</param>
public sealed record StatementSentRecord(
    string What, string Sha256, string To, string Consent, string On = "") : RecordBody;
