using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import;

/// <summary>The name of an actor, kept outside the chain; an empty one erases it.</summary>
/// <param name="Id">Id of the actor, as the journal names them.</param>
/// <param name="Name">Name, with the role in brackets where one is stated.</param>
public sealed record ActorName(string Id, string Name);

/// <summary>The months in which the books hold something of a flow.</summary>
/// <param name="Open">How many of them are open.</param>
/// <param name="Closed">How many of them are closed.</param>
/// <param name="LastClosed">The last closed one as text, "2026-08"; empty when none is.</param>
/// <param name="Closing">Position of its closing, by which it can be opened again; 0 when none is.</param>
public sealed record FlowMonths(int Open, int Closed, string LastClosed, long Closing);

/// <summary>What a records file may refer to.</summary>
/// <param name="IsEntry">True where a position holds an entry that stands.</param>
/// <param name="Listed">Lists the files the journal names whose bytes are kept.</param>
/// <param name="MonthsOf">The months of a flow "from|to|resource".</param>
public sealed record BooksKnown(Func<long, bool> IsEntry, Func<IReadOnlyList<BatchFile>> Listed,
    Func<string, FlowMonths> MonthsOf)
{
    private readonly Lazy<IReadOnlyList<BatchFile>> _files = new(Listed);

    /// <summary>Files the journal names whose bytes are kept.</summary>
    public IReadOnlyList<BatchFile> Files => _files.Value;

    /// <summary>Books that hold nothing.</summary>
    public static BooksKnown Nothing { get; } = new(_ => false, () => [], _ => new FlowMonths(0, 0, "", 0));
}

/// <summary>What is known when files are planned.</summary>
public sealed record ImportContext
{
    /// <summary>What exists in the workspace.</summary>
    public RegisterSet Registers { get; init; } = RegisterSet.Empty;

    /// <summary>What a records file may name.</summary>
    public BooksKnown Books { get; init; } = BooksKnown.Nothing;

    /// <summary>Maps the person gave with the files; the first that fits a sheet is used.</summary>
    public ImmutableArray<ImportMap> Maps { get; init; } = [];

    /// <summary>Templates remembered from earlier imports, used where no map fits.</summary>
    public ImmutableArray<ImportMap> Templates { get; init; } = [];

    /// <summary>Answers to the questions of an earlier plan of the same files.</summary>
    public ImmutableSortedDictionary<string, string> Answers { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// True for --yes: only what is proved is accepted; an open question takes the answer that assumes least
    /// and stands as a to-do. False: the proposed answer is used for the preview.
    /// </summary>
    public bool ProvedOnly { get; init; }

    /// <summary>Bounds on the files.</summary>
    public ReadLimits Limits { get; init; } = ReadLimits.Default;

    /// <summary>Told every few thousand rows how far the reading is; null for nobody.</summary>
    public Action<ImportProgress>? Progress { get; init; }

    /// <summary>Ends the reading with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancel { get; init; }
}

/// <summary>What a file or sheet was recognised as.</summary>
public enum DocumentKind
{
    /// <summary>Readings of one or more meters, a row an interval.</summary>
    MeterLong,

    /// <summary>Readings of a meter, a row a day and a column an interval.</summary>
    MeterWide,

    /// <summary>Bills, or amounts by month.</summary>
    Bills,

    /// <summary>Output of products by month or day.</summary>
    Output,

    /// <summary>
    /// The plain activity table: from, to, resource, amount, unit, start, end, basis, facts.
    /// </summary>
    Activity,

    /// <summary>What exists: workspace.json.</summary>
    Registers,

    /// <summary>Overrides, withdrawals, statements sent, names of actors.</summary>
    Records,

    /// <summary>Kept as evidence; nothing is read from it.</summary>
    Evidence,

    /// <summary>Not recognised; nothing is loaded.</summary>
    Unknown,
}

/// <summary>How sure the reading of a column is.</summary>
public enum Certainty
{
    /// <summary>No other reading fits the data.</summary>
    Proved,

    /// <summary>The map or the person said so.</summary>
    Stated,

    /// <summary>Header or unit match what is known.</summary>
    Matched,

    /// <summary>Not loaded; compared with what is loaded.</summary>
    Check,

    /// <summary>Not loaded.</summary>
    NotLoaded,

    /// <summary>Open: see the question.</summary>
    Asked,
}

/// <summary>How a column is read.</summary>
/// <param name="Header">As the file heads it.</param>
/// <param name="Role">"time", "amount", "check", "ignore", …</param>
/// <param name="Unit">Unit code or date form, empty where neither applies.</param>
/// <param name="Resource">Resource of an amount column, else empty.</param>
/// <param name="First">Its first value.</param>
/// <param name="Certainty">How sure.</param>
/// <param name="Because">Why, as a finding (info) the catalogue renders; null where the header says it
/// all.</param>
public sealed record ColumnReading(
    string Header, string Role, string Unit, string Resource, string First, Certainty Certainty,
    Finding? Because);

/// <summary>What became of the rows of a sheet. The five parts add up to the total.</summary>
/// <param name="Total">Rows of the sheet, blank ones between others included.</param>
/// <param name="Loaded">Rows whose amounts are in the plan.</param>
/// <param name="Refused">Rows that could not be read; each has a finding of severity error.</param>
/// <param name="Held">Rows set aside until a question is settled: duplicates that differ, overlaps.</param>
/// <param name="Repeats">Rows that say again what another row says.</param>
/// <param name="Around">Titles, headers, blank rows, rows without a value, totals and notes.</param>
public sealed record RowCounts(int Total, int Loaded, int Refused, int Held, int Repeats, int Around);

/// <summary>A check column compared with what it should follow from.</summary>
/// <param name="Column">The check column.</param>
/// <param name="Of">The amount column.</param>
/// <param name="Unit">Unit of the check column per unit of the amount: "t/kWh".</param>
/// <param name="FactorLow">Smallest factor that fits every row that agrees; the stated factor where one was
/// given.</param>
/// <param name="FactorHigh">Largest such factor.</param>
/// <param name="Agree">How many rows agree at the column's rounding.</param>
/// <param name="Rows">Row numbers that disagree with every factor in the range.</param>
/// <param name="Sum">Sum of the amount column over those rows.</param>
public sealed record CheckResult(
    string Column, string Of, string Unit, Amount FactorLow, Amount FactorHigh, int Agree,
    ImmutableArray<int> Rows,
    Amount Sum);

/// <summary>A sheet and how it was read.</summary>
public sealed record DocumentPlan
{
    /// <summary>Name of the file.</summary>
    public required string File { get; init; }

    /// <summary>Lower-case hex of its bytes.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Sheet of a workbook; empty otherwise.</summary>
    public string Sheet { get; init; } = "";

    /// <summary>What it was recognised as.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Encoding of a text file.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>Delimiter of a text file, else NUL.</summary>
    public char Delimiter { get; init; }

    /// <summary>Row of the header, from 1; 0 for none.</summary>
    public int HeaderRow { get; init; }

    /// <summary>Its columns.</summary>
    public ImmutableArray<ColumnReading> Columns { get; init; } = [];

    /// <summary>What became of its rows.</summary>
    public RowCounts Rows { get; init; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Check columns.</summary>
    public ImmutableArray<CheckResult> Checks { get; init; } = [];

    /// <summary>Template by which the next file of the same form is read without questions.</summary>
    public ImportMap? Template { get; init; }
}

/// <summary>A possible answer.</summary>
/// <param name="Id">What is stored: "end", "Europe/London".</param>
/// <param name="Code">Catalogue key of its text; null where the id itself is shown.</param>
public sealed record Choice(string Id, string? Code);

/// <summary>
/// Something only a person knows. Its text is the catalogue's "question.CODE" with the arguments, its reason
/// "question.CODE.because". At most three a file are asked; the others are
/// to-dos.
/// </summary>
/// <param name="Id">Stable for the same file and column, so that the answer can be remembered.</param>
/// <param name="Code">"import.date-order", "import.labels", "import.zone", …</param>
/// <param name="Args">Placeholders of its texts.</param>
/// <param name="Place">Where it arises.</param>
/// <param name="Choices">The possible answers; empty where any text may be given.</param>
/// <param name="Proposed">The proposed answer; empty where none can be proposed.</param>
/// <param name="Used">The answer this plan was made with; empty when the rows wait for one.</param>
/// <param name="Rank">Lower is more important.</param>
public sealed record ImportQuestion(
    string Id, string Code, ImmutableSortedDictionary<string, string> Args, Place Place,
    ImmutableArray<Choice> Choices, string Proposed, string Used, int Rank);

/// <summary>
/// Readings of one meter from one sheet, as columns in order of time. Interval i lasts from Start[i] for
/// Length[i] seconds (0 for the state of a counter) and reads Unscaled[i] × 10^-Scale of the meter's unit.
/// </summary>
public sealed class ReadingsDraft
{
    /// <summary>Id of the meter, registered or proposed in the same plan.</summary>
    public required string Meter { get; init; }

    /// <summary>What flows, by resource id; empty when it is not known yet.</summary>
    public required string Resource { get; init; }

    /// <summary>Unit code of the amounts.</summary>
    public required string Unit { get; init; }

    /// <summary>Interval or counter.</summary>
    public required MeterReading Kind { get; init; }

    /// <summary>Amounts are integers × 10^-Scale.</summary>
    public required int Scale { get; init; }

    /// <summary>
    /// Start of each interval (or instant of each counter state), seconds since 1970 UTC, rising.
    /// </summary>
    public required long[] Start { get; init; }

    /// <summary>Length of each interval in seconds.</summary>
    public required int[] Length { get; init; }

    /// <summary>The amounts.</summary>
    public required long[] Unscaled { get; init; }

    /// <summary>0 measured, 1 substituted, 2 estimated.</summary>
    public required byte[] Quality { get; init; }

    /// <summary>Row of the file, from 1, of each reading.</summary>
    public required int[] Row { get; init; }

    /// <summary>Tariff band, empty where the meter has none.</summary>
    public string Band { get; init; } = "";

    /// <summary>The file it came from, lower-case hex.</summary>
    public required string FileSha256 { get; init; }

    /// <summary>Sheet of a workbook; empty otherwise.</summary>
    public required string Sheet { get; init; }

    /// <summary>How many readings.</summary>
    public int Count => Start.Length;

    /// <summary>
    /// Sum of the intervals; of a counter, the sum of the differences with roll-overs (see CounterSteps).
    /// </summary>
    public required Amount Sum { get; init; }

    /// <summary>From the first interval's start to the last one's end.</summary>
    public required Period Span { get; init; }
}

/// <summary>Total of a meter or carrier in the plan.</summary>
/// <param name="Meter">Meter id; empty for entries without one.</param>
/// <param name="Resource">What flows.</param>
/// <param name="Amount">How much.</param>
/// <param name="Unit">In which unit.</param>
/// <param name="Count">Readings or entries.</param>
/// <param name="Basis">Basis of the entries; measured for readings.</param>
public sealed record PlanTotal(string Meter, string Resource, Amount Amount, string Unit, int Count,
    Basis Basis);

/// <summary>
/// What an import would write: the dry run. Nothing is written by making it; the store commits it as one
/// batch and completes the effect on the totals.
/// </summary>
public sealed record ImportPlan
{
    /// <summary>The files, in the order given.</summary>
    public required ImmutableArray<BatchFile> Files { get; init; }

    /// <summary>What the zips among the files held: kept as evidence beside them.</summary>
    public ImmutableArray<SourceFile> Members { get; init; } = [];

    /// <summary>The files whose bytes are kept: those the batch names, members of zips included.</summary>
    public IReadOnlyList<SourceFile> Evidence(IReadOnlyList<SourceFile> files)
    {
        var named = Files.Select(f => f.Sha256).ToHashSet(StringComparer.Ordinal);
        return [.. files.Concat(Members).Where(f => named.Contains(f.Sha256))];
    }

    /// <summary>Every sheet and how it was read.</summary>
    public required ImmutableArray<DocumentPlan> Documents { get; init; }

    /// <summary>At most three questions a file, of each file the most important first.</summary>
    public required ImmutableArray<ImportQuestion> Questions { get; init; }

    /// <summary>
    /// Everything a person should know, in order of file and row; errors name rows that were refused.
    /// </summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>Entries to append.</summary>
    public required ImmutableArray<Entry> Entries { get; init; }

    /// <summary>Readings to load.</summary>
    public required ImmutableArray<ReadingsDraft> Readings { get; init; }

    /// <summary>
    /// Register versions to append before the entries: new meters, or the items of a register file.
    /// </summary>
    public required ImmutableArray<RegisterRecord> Registers { get; init; }

    /// <summary>Overrides, withdrawals and statements of a records file.</summary>
    public ImmutableArray<RecordBody> Records { get; init; } = [];

    /// <summary>Names of actors, which never enter the chain.</summary>
    public ImmutableArray<ActorName> Names { get; init; } = [];

    /// <summary>How the files were read, as canonical JSON for the batch record.</summary>
    public required string Map { get; init; }

    /// <summary>Totals by meter and carrier.</summary>
    public required ImmutableArray<PlanTotal> Totals { get; init; }

    /// <summary>True when there is anything to commit.</summary>
    public bool HasContent => !Entries.IsEmpty || !Readings.IsEmpty || !Registers.IsEmpty
        || !Records.IsEmpty || !Names.IsEmpty;
}
