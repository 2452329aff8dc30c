using System.Collections.Immutable;
using System.Globalization;
using Celadon.Ledger;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// What carbon.intensity and carbon.disclosure share: output that the books hold, and a figure divided by it.
/// </summary>
internal static class IntensityRatio
{
    /// <summary>A figure ÷ what it is divided by, which must not be zero.</summary>
    public static Figure Of(Figure figure, string name, Figure per) => new(
        Multiplication.Quotient(figure.Value, per.Value), $"{figure.Unit}/{per.Unit}",
        new Trace.Formula("formula.carbon.intensity.ratio",
            [new("operand.quantity", figure), new(name, per)]));

    /// <summary>
    /// What units, or a site as a whole, gave to stocks: output as far as the books hold it, without what was
    /// posted after a month was closed.
    /// </summary>
    /// <param name="view">The books.</param>
    /// <param name="sites">Ids of the sites looked at; empty for all.</param>
    /// <param name="period">The months.</param>
    public static IEnumerable<Activity> Output(View view, ImmutableArray<string> sites, MonthSpan period) =>
        Measurements.Of(view, sites).Activities.Where(a => !a.IsAdjustment && a.To.Kind == NodeKind.Stock
            && a.From.Kind is NodeKind.Unit or NodeKind.Site && period.Contains(a.Month));

    /// <summary>The sum of output in one unit, month by month.</summary>
    public static Figure Sum(string unit, IEnumerable<Activity> made) => Figure.Sum(unit, [.. made.Select(a =>
        (string.Create(CultureInfo.InvariantCulture,
            $"{a.Month.Year:0000}-{a.Month.Month:00} {a.From} → {a.To}"), a.Quantity))]);
}
