using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Server;

/// <summary>
/// What the pages and the API need from a workspace, and nothing else. Every method answers at one position and may
/// be called from several requests at once.
/// </summary>
public abstract class Books
{
    /// <summary>Where the journal stands now.</summary>
    public abstract Head Head { get; }

    /// <summary>What exists now.</summary>
    public abstract RegisterSet Registers { get; }

    /// <summary>First and last month that any record touches; null for an empty workspace.</summary>
    public abstract MonthSpan? Extent { get; }

    /// <summary>The packs in use, in order of id.</summary>
    public abstract IReadOnlyList<PackInUse> Packs { get; }

    /// <summary>What a resource is called, or null when no pack names it.</summary>
    public abstract Name? ResourceName(string resource);

    /// <summary>Every question that can be asked.</summary>
    public abstract IReadOnlyList<Question> Questions { get; }

    /// <summary>Asks a question of the books.</summary>
    /// <param name="question">"carbon.inventory".</param>
    /// <param name="spec">Its spec as JSON.</param>
    /// <param name="at">A position, or null for now.</param>
    /// <param name="cancel">Stops long work.</param>
    /// <exception cref="RefusedException">No such question, a spec that does not fit, or no answer.</exception>
    public abstract Asked Ask(string question, string spec, long? at, CancellationToken cancel);

    /// <summary>Where rows of the books under a number came from.</summary>
    public abstract IReadOnlyList<LeafOrigin> OriginsOf(IReadOnlyList<Leaf> leaves);

    /// <summary>How much of what is expected is there.</summary>
    public abstract Coverage CoverageOf(string? site, MonthSpan period);

    /// <summary>Records of the journal, latest first.</summary>
    public abstract RecordListing Records(RecordQuery query);

    /// <summary>One record with its history, or null.</summary>
    public abstract RecordDetail? Record(long position);

    /// <summary>Batches, latest first, from a position downwards.</summary>
    public abstract IReadOnlyList<BatchInfo> Batches(long? before, int take);

    /// <summary>One batch, or null.</summary>
    public abstract BatchInfo? Batch(long position);

    /// <summary>Takes back everything in a batch; returns the position of the batch that does so.</summary>
    /// <exception cref="RefusedException">No such batch, reversed already, or in a closed month.</exception>
    public abstract long Reverse(long batch, string reason, string actor);

    /// <summary>The files that prove something, latest first.</summary>
    public abstract IReadOnlyList<EvidenceInfo> Evidence(int skip, int take);

    /// <summary>One file, or null when its hash is not known.</summary>
    public abstract EvidenceInfo? EvidenceOf(string sha256);

    /// <summary>The bytes of a file; null when it was withdrawn.</summary>
    public abstract Stream? OpenEvidence(string sha256);

    /// <summary>Rows of the packs that say something, by text and filter.</summary>
    public abstract PackListing PackRows(PackQuery query);

    /// <summary>
    /// Stores files and reads them without recording anything: what they are, what is wrong with them, what they
    /// would change. The preview is asked for again by its token until it is committed or dropped.
    /// </summary>
    /// <exception cref="RefusedException">Nothing can be read.</exception>
    public abstract ImportPreview Stage(IReadOnlyList<UploadedFile> files, CancellationToken cancel);

    /// <summary>A staged import, or null when it was committed, dropped or is too old.</summary>
    public abstract ImportPreview? Staged(string token);

    /// <summary>Reads a staged import again with answers to its questions.</summary>
    public abstract ImportPreview Answer(
        string token, IReadOnlyDictionary<string, string> answers, CancellationToken cancel);

    /// <summary>Records a staged import as one batch; returns the batch's position.</summary>
    /// <exception cref="RefusedException">It is gone, or the books moved on and it would do something else now.</exception>
    public abstract long Commit(string token, string actor, CancellationToken cancel);

    /// <summary>Forgets a staged import.</summary>
    public abstract void Drop(string token);
}

/// <summary>Where the journal stands.</summary>
/// <param name="Position">The last record; 0 when there is none.</param>
/// <param name="Hash">Its hash, lower-case hex.</param>
/// <param name="Condition">What is known of the chain.</param>
/// <param name="Findings">What is wrong with the workspace, when anything is.</param>
public sealed record Head(long Position, string Hash, ChainCondition Condition, IReadOnlyList<Finding> Findings);

/// <summary>What is known of the chain.</summary>
public enum ChainCondition
{
    /// <summary>Verified from the first record to the last.</summary>
    Whole,

    /// <summary>The tail is verified, the rest is being checked.</summary>
    Checking,

    /// <summary>Something does not fit; the workspace is open for reading only.</summary>
    Damaged,
}

/// <summary>An answer as it was asked for.</summary>
/// <param name="Question">"carbon.inventory".</param>
/// <param name="Spec">The spec as it was read, canonical JSON.</param>
/// <param name="Position">The position it was answered at; 0 for a calculator.</param>
/// <param name="Answer">Typed report and findings.</param>
/// <param name="Envelope">What the API returns: the report with position, head, packs and program beside it.</param>
public sealed record Asked(string Question, string Spec, long Position, Answer Answer, JsonObject Envelope)
{
    /// <summary>The report as the API writes it.</summary>
    public JsonNode Report => Envelope["report"]!;
}

/// <summary>A pack in use.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Edition">Its edition.</param>
/// <param name="Title">What it is.</param>
/// <param name="Publisher">Who published it.</param>
/// <param name="Licence">Name of its licence.</param>
/// <param name="Attribution">What its licence wants said.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Completeness">How much of the source it holds; empty when all.</param>
/// <param name="Sha256">Hash of its files.</param>
/// <param name="Rows">How many rows.</param>
public sealed record PackInUse(
    string Id, string Edition, Name Title, string Publisher, string Licence, string Attribution, string Source,
    string Completeness, string Sha256, int Rows);

/// <summary>Which pack rows.</summary>
/// <param name="Pack">Id of the pack, or null for all.</param>
/// <param name="Text">Words that must occur, or null.</param>
/// <param name="Resource">Resource id, or null.</param>
/// <param name="Basis">"combustion", "life-cycle", …, or null.</param>
/// <param name="Place">"GB", "CN", or null.</param>
/// <param name="Row">Id of one row, or null.</param>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to give.</param>
public sealed record PackQuery(
    string? Pack = null, string? Text = null, string? Resource = null, string? Basis = null, string? Place = null,
    string? Row = null, int Skip = 0, int Take = 50);

/// <summary>A row of a pack.</summary>
/// <param name="Pack">Id of the pack.</param>
/// <param name="Id">Id of the row.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Resource">Resource id, or empty.</param>
/// <param name="Basis">What the number counts.</param>
/// <param name="Place">Where it holds, or empty.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit: "kg CO2e/kWh".</param>
/// <param name="Status">How the row was read.</param>
/// <param name="Fields">Everything the row says, in the order of its columns.</param>
public sealed record PackRowInfo(
    string Pack, string Id, Name Name, string Resource, string Basis, string Place, Amount Value, string Unit,
    string Status, IReadOnlyList<(string Name, string Value)> Fields);

/// <summary>Pack rows with their facets.</summary>
public sealed record PackListing(IReadOnlyList<PackRowInfo> Rows, int Total, IReadOnlyList<Facet> Facets);

/// <summary>A way to narrow a listing.</summary>
/// <param name="Name">"resource", "basis", "kind".</param>
/// <param name="Values">Its values with how many rows have each, most first.</param>
public sealed record Facet(string Name, IReadOnlyList<(string Value, long Count)> Values);
