using System.Collections.Immutable;
using System.Globalization;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Packs;

/// <summary>What factor is wanted.</summary>
/// <param name="Resource">Canonical resource or an alias of it ("electricity", "r-32").</param>
/// <param name="Basis">What part of the chain; it must match, whatever else is allowed.</param>
/// <param name="Place">Where the activity is: a place id or ISO code ("GB", "CN-ZJ").</param>
/// <param name="Activity">The months of the activity.</param>
/// <param name="Reporting">The months of the report.</param>
public sealed record FactorRequest(
    string Resource, FactorBasis Basis, string Place, MonthSpan Activity, MonthSpan Reporting)
{
    /// <summary>Unit of the activity; the factor's own unit must convert to it. Null takes any.</summary>
    public Unit? Unit { get; init; }

    /// <summary>Gross or net where the activity is fuel energy; it must match.</summary>
    public CalorificBasis Calorific { get; init; }

    /// <summary>The variant; null takes it from the facts, else the general row, else the only one.</summary>
    public string? Variant { get; init; }

    /// <summary>What the document states; names the variant (load, route, fuel) and the candidates.</summary>
    public Facts Facts { get; init; } = Facts.None;

    /// <summary>
    /// A factor chosen by name: "pack:row" for one row, or a row id for the edition that applies. Resource,
    /// place
    /// and status are then not asked; basis and unit are.
    /// </summary>
    public string? Chosen { get; init; }

    /// <summary>Takes the nearest edition where none applies; each such choice is flagged.</summary>
    public bool AllowNearestEdition { get; init; }

    /// <summary>Takes a wider place where the own one has no factor; each such choice is flagged.</summary>
    public bool AllowWiderPlace { get; init; }
}

/// <summary>Something a reader must know about a choice.</summary>
public enum SelectionFlagKind
{
    /// <summary>No edition applies; this is the nearest one.</summary>
    NearestEdition,

    /// <summary>The edition covers only part of the activity's months.</summary>
    PartOfPeriod,

    /// <summary>The factor is for a wider place.</summary>
    WiderPlace,

    /// <summary>Chosen by name, not by rule.</summary>
    ChosenByName,

    /// <summary>From one transcription (only ever by name).</summary>
    OneTranscription,

    /// <summary>From general knowledge.</summary>
    GeneralKnowledge,

    /// <summary>The document does not state the variant; the publisher's average stands for it.</summary>
    VariantByDefault,
}

/// <summary>A flag on a choice.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Wanted">What was wanted: the year, the place, the fact.</param>
/// <param name="Taken">What was taken instead: the edition, the place, the variant.</param>
public sealed record SelectionFlag(SelectionFlagKind Kind, string Wanted, string Taken)
{
    /// <summary>Text key: "packs.flag.nearestEdition".</summary>
    public string Code => "packs.flag." + char.ToLowerInvariant(Kind.ToString()[0]) + Kind.ToString()[1..];

    /// <summary>The flag as a finding about a factor.</summary>
    public Finding ToFinding(Factor factor, Place? place = null) => Finding.Of(Code,
        Kind == SelectionFlagKind.VariantByDefault ? Severity.Info : Severity.Warning, place,
        ("factor", factor.Key), ("wanted", Wanted), ("taken", Taken));
}

/// <summary>Why no factor was chosen.</summary>
public enum RefusalReason
{
    /// <summary>No pack has a factor of this basis for the resource.</summary>
    NoFactor,

    /// <summary>There are factors, but none for the activity's unit.</summary>
    Unit,

    /// <summary>
    /// There are factors for the unit, but on the other calorific value or without saying which.
    /// </summary>
    Calorific,

    /// <summary>There are factors, but for other places.</summary>
    Place,

    /// <summary>All there are come from one transcription.</summary>
    OneTranscription,

    /// <summary>The variant is not known, or not the one that was named.</summary>
    Variant,

    /// <summary>No edition applies to the period.</summary>
    Edition,

    /// <summary>No row has the name that was chosen.</summary>
    NoSuchRow,

    /// <summary>The row that was chosen by name has another basis.</summary>
    OtherBasis,
}

/// <summary>Why a candidate is not the answer.</summary>
public enum CandidateReason
{
    /// <summary>Another edition.</summary>
    OtherEdition,

    /// <summary>A wider place.</summary>
    WiderPlace,

    /// <summary>Another place.</summary>
    OtherPlace,

    /// <summary>One transcription: choose it by name.</summary>
    OneTranscription,

    /// <summary>Another variant.</summary>
    OtherVariant,

    /// <summary>Another unit.</summary>
    OtherUnit,

    /// <summary>Another calorific basis.</summary>
    OtherCalorific,

    /// <summary>Another basis: it never stands in.</summary>
    OtherBasis,

    /// <summary>A related resource.</summary>
    RelatedResource,
}

/// <summary>A factor that was near.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="Reason">Why it is not the answer.</param>
/// <param name="Note">For a related resource, what is different.</param>
public sealed record FactorCandidate(Factor Factor, CandidateReason Reason, Name? Note = null);

/// <summary>The answer to a request: a factor with flags, or a refusal with the nearest candidates.</summary>
public abstract record FactorAnswer
{
    private FactorAnswer() { }

    /// <summary>A factor was chosen.</summary>
    /// <param name="Factor">The factor.</param>
    /// <param name="Flags">What a reader must know about the choice.</param>
    public sealed record Found(Factor Factor, ImmutableArray<SelectionFlag> Flags) : FactorAnswer
    {
        /// <summary>True when the choice carries the flag.</summary>
        public bool Has(SelectionFlagKind kind) => Flags.Any(flag => flag.Kind == kind);
    }

    /// <summary>No factor was chosen.</summary>
    /// <param name="Request">What was wanted.</param>
    /// <param name="Reason">Why not.</param>
    /// <param name="Candidates">The nearest ones, best first; at most eight.</param>
    public sealed record Refused(
        FactorRequest Request, RefusalReason Reason, ImmutableArray<FactorCandidate> Candidates)
        : FactorAnswer
    {
        /// <summary>
        /// Text key: "packs.refused.noFactor", "packs.refused.noFactor.near" when candidates are named.
        /// </summary>
        public string Code =>
            "packs.refused." + char.ToLowerInvariant(Reason.ToString()[0]) + Reason.ToString()[1..]
            + (Candidates.IsEmpty ? "" : ".near");

        /// <summary>The refusal as a finding.</summary>
        public Finding ToFinding(Place? place = null) => Finding.Of(Code, Severity.Error, place,
            ("resource", Request.Resource), ("basis", Vocabulary.Word(Request.Basis)),
            ("place", Request.Place),
            ("period", Request.Activity.ToString()), ("unit", UnitText),
            ("chosen", Request.Chosen ?? ""), ("candidates", string.Join("; ", Candidates.Select(Text))));

        private string UnitText => Request.Calorific == CalorificBasis.None ? Request.Unit?.Code ?? "–"
            : string.Create(CultureInfo.InvariantCulture,
                $"{Request.Unit?.Code} {Request.Calorific.ToString().ToLowerInvariant()}");

        private static string Text(FactorCandidate candidate) => candidate.Factor.Key;
    }
}
