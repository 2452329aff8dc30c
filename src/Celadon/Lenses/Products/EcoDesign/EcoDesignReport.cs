using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>A criteria sheet and the listed substances of a design.</summary>
/// <param name="Product">The design.</param>
/// <param name="Criteria">Every criterion of the pack, judged.</param>
/// <param name="Counts">How many criteria have each verdict.</param>
/// <param name="Substances">Each listed substance in each part, once a list.</param>
public sealed record EcoDesignReport(
    string Product, ImmutableArray<JudgedCriterion> Criteria, ImmutableArray<VerdictCount> Counts,
    ImmutableArray<ListedSubstance> Substances);

/// <summary>A criterion with its verdict.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Stage">
/// "materials", "manufacture", "distribution", "use", "durability" or "end-of-life".
/// </param>
/// <param name="Name">What is asked.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Evidence">What shows it.</param>
public sealed record JudgedCriterion(string Id, string Stage, Name Name, Verdict Verdict, string? Evidence);

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
/// <param name="Substitute">What may stand in for it, where a source names something.</param>
/// <param name="Source">Where the entry stands.</param>
public sealed record ListedSubstance(
    string Part, string Cas, Name Name, string List, Figure? Percent, Figure Limit, Verdict Verdict,
    Name? Substitute, string Source) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal =>
        Percent is null ? ("limit", Limit) : ("percent", Percent);
}
