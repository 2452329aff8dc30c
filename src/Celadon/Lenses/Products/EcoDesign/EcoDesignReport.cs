using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Packs;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>A criteria sheet and the listed substances of a design.</summary>
/// <param name="Product">The design.</param>
/// <param name="Criteria">Every criterion of the pack, judged.</param>
/// <param name="Counts">How many criteria have each verdict.</param>
/// <param name="Substances">Each listed substance in each part, once a list.</param>
/// <param name="Substitutes">
/// What may stand in for them, each once; a substance names those that concern it by their ids.
/// </param>
public sealed record EcoDesignReport(
    string Product, ImmutableArray<JudgedCriterion> Criteria, ImmutableArray<VerdictCount> Counts,
    ImmutableArray<ListedSubstance> Substances, ImmutableArray<KnownSubstitute> Substitutes);

/// <summary>A criterion with its verdict.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Stage">
/// "materials", "manufacture", "distribution", "use", "durability" or "end-of-life".
/// </param>
/// <param name="Name">What is asked.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Evidence">What shows it.</param>
/// <param name="BySubstances">True when a substance above its limit decided it; it is the evidence.</param>
public sealed record JudgedCriterion(
    string Id, string Stage, Name Name, Verdict Verdict, string? Evidence, bool BySubstances = false);

/// <summary>How many criteria have a verdict.</summary>
public sealed record VerdictCount(Verdict Verdict, int Count);

/// <summary>A substance of a part that stands on a list.</summary>
/// <param name="Part">The part.</param>
/// <param name="Cas">
/// CAS number or id of the group; of several members of a group in one part all of them.
/// </param>
/// <param name="Name">Its name.</param>
/// <param name="List">"eu-rohs", "reach-svhc", "cn-rohs".</param>
/// <param name="Percent">% w/w in the part; null where it is not known.</param>
/// <param name="Limit">% w/w that the list sets; above it the list applies.</param>
/// <param name="Verdict">
/// Pass: at or below the limit. Fail: above it. Suspected: there, and nobody knows how much.
/// </param>
/// <param name="Substitutes">
/// Ids of what may stand in for it; empty where no source is known that names anything.
/// </param>
/// <param name="Source">Where the entry stands.</param>
public sealed record ListedSubstance(
    string Part, string Cas, Name Name, string List, Figure? Percent, Figure Limit, Verdict Verdict,
    ImmutableArray<string> Substitutes, string Source) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal =>
        Percent is null ? ("limit", Limit) : ("percent", Percent);
}

/// <summary>What may stand in for a listed substance in one use. Facts of a source, no advice.</summary>
/// <param name="Id">The row: "substitutes:dehp/pvc/dinch".</param>
/// <param name="For">CAS number or group id of the substance that it stands in for.</param>
/// <param name="ForName">Its name.</param>
/// <param name="Use">The use that the source speaks of; null where it speaks of none.</param>
/// <param name="Name">The substitute.</param>
/// <param name="Cas">Its CAS number; null where it has none.</param>
/// <param name="Standing">What the source says of it; null where it only names it.</param>
/// <param name="Caveat">What it takes, and what is against it.</param>
/// <param name="Listed">
/// The lists that it stands on itself, looked up in the packs in use; empty where on none of them.
/// </param>
/// <param name="Source">Where it stands.</param>
/// <param name="Links">Addresses of the source.</param>
/// <param name="Published">When the source was published; null when not known.</param>
public sealed record KnownSubstitute(
    string Id, string For, Name ForName, Name? Use, Name Name, string? Cas, SubstituteStanding? Standing,
    Name? Caveat, ImmutableArray<string> Listed, string Source, ImmutableArray<string> Links,
    string? Published);
