using Celadon.Ledger;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Server;

/// <summary>State of one expected record.</summary>
public enum CoverageState
{
    /// <summary>There for the whole month, measured or invoiced.</summary>
    Present,

    /// <summary>There for a part of the month; the rest is unknown.</summary>
    Partial,

    /// <summary>There for the whole month, as an estimate.</summary>
    Estimated,

    /// <summary>Expected and not there: unknown, not zero.</summary>
    Missing,

    /// <summary>Not yet due.</summary>
    Later,
}

/// <summary>A month of a source.</summary>
/// <param name="Month">The local month.</param>
/// <param name="State">What is there.</param>
/// <param name="KnownPercent">Share of the month that measured or invoiced records cover, 0 to 100.</param>
/// <param name="EstimatedPercent">Share that only estimates cover.</param>
public sealed record MonthCoverage(YearMonth Month, CoverageState State, int KnownPercent,
    int EstimatedPercent);

/// <summary>A source of records: a supply with its meter or its bills.</summary>
/// <param name="Site">The site it belongs to, or empty.</param>
/// <param name="From">Who gives.</param>
/// <param name="To">Who takes.</param>
/// <param name="Resource">What.</param>
/// <param name="Point">The meter or supply, where stated; else empty.</param>
/// <param name="Months">One a month of the period.</param>
public sealed record CoverageSource(
    string Site, Node From, Node To, string Resource, string Point, IReadOnlyList<MonthCoverage> Months)
{
    /// <summary>How many are expected by now.</summary>
    public int Expected => Months.Count(m => m.State != CoverageState.Later);

    /// <summary>How many are there for the whole month, measured or invoiced.</summary>
    public int Whole => Months.Count(m => m.State == CoverageState.Present);

    /// <summary>How many are there for a part of the month.</summary>
    public int Partial => Months.Count(m => m.State == CoverageState.Partial);

    /// <summary>How many are estimates.</summary>
    public int Estimated => Months.Count(m => m.State == CoverageState.Estimated);

    /// <summary>How many are expected and not there.</summary>
    public int Missing => Months.Count(m => m.State == CoverageState.Missing);
}

/// <summary>
/// What the books hold of what they should hold. Every total depends on it, so it is on every page. Whole,
/// in part, estimated and missing add up to what is expected: a record that reaches over half of its month
/// is not counted as if it were there.
/// </summary>
/// <param name="Sources">The sources, in order of site and resource.</param>
public sealed record Coverage(IReadOnlyList<CoverageSource> Sources)
{
    /// <summary>Records expected by now.</summary>
    public int Expected => Sources.Sum(s => s.Expected);

    /// <summary>Records there for the whole month, measured or invoiced.</summary>
    public int Whole => Sources.Sum(s => s.Whole);

    /// <summary>Records there for a part of the month.</summary>
    public int Partial => Sources.Sum(s => s.Partial);

    /// <summary>Records that are estimates.</summary>
    public int Estimated => Sources.Sum(s => s.Estimated);

    /// <summary>Records expected and not there.</summary>
    public int Missing => Sources.Sum(s => s.Missing);

    /// <summary>
    /// Share of the expected time that is known or estimated, in percent, months of equal weight, as the
    /// inventory reckons it; rounded down: 99.9 is not 100.
    /// </summary>
    public int? Percent => Expected == 0 ? null : Sources.SelectMany(s => s.Months)
        .Where(m => m.State != CoverageState.Later).Sum(m => m.KnownPercent + m.EstimatedPercent) / Expected;
}

/// <summary>
/// What is there of what is expected, before and after; the sources stand in the same order.
/// </summary>
/// <param name="Period">The months compared.</param>
/// <param name="Before">As it is.</param>
/// <param name="After">As it would be.</param>
public sealed record CoverageChange(MonthSpan Period, Coverage Before, Coverage After)
{
    /// <summary>The sources of which a month changes.</summary>
    public IEnumerable<(CoverageSource Before, CoverageSource After)> Changed =>
        Before.Sources.Zip(After.Sources)
            .Where(pair => !pair.First.Months.SequenceEqual(pair.Second.Months));
}
