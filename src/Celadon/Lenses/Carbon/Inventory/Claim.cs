using System.Collections.Immutable;
using System.Globalization;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>What one rule says of one activity: it gives a line, or asks.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Resource">Its resource in the catalogue.</param>
/// <param name="Rule">The rule.</param>
/// <param name="FactorResource">Resource of the factor; null where a fact that names it is missing.</param>
/// <param name="Category">The category, after overrides.</param>
/// <param name="Facts">The facts that matter, with what the registers add.</param>
/// <param name="Chosen">A factor chosen by name; null otherwise.</param>
/// <param name="Overrides">Overrides that shaped it.</param>
internal sealed record Claim(
    Activity Activity, Resource Resource, ScopeRule Rule, string? FactorResource, string Category,
    Facts Facts, string? Chosen, ImmutableArray<InventoryOverride> Overrides)
{
    /// <summary>A residual mix chosen by name; null otherwise.</summary>
    public string? ChosenResidual { get; init; }

    /// <summary>True when the claim asks for a fact instead of giving a line.</summary>
    public bool Asks { get; init; }

    /// <summary>
    /// Scope of the report's section: "1", "2", "3", "biogenic", "removals", "captured", "outside".
    /// </summary>
    public string Scope => Rule.Scope == "outside" && Rule.Category == "biogenic" ? "biogenic" : Rule.Scope;

    /// <summary>"2026-09".</summary>
    public static string Text(YearMonth month) =>
        string.Create(CultureInfo.InvariantCulture, $"{month.Year:0000}-{month.Month:00}");

    /// <summary>What the books call the activity: its month and flow.</summary>
    public static string LabelOf(Activity activity) =>
        $"{Text(activity.Month)} {activity.From} → {activity.To}";

    /// <summary>The months of activities, from the first to the last.</summary>
    public static MonthSpan SpanOf(IEnumerable<Activity> activities)
    {
        var months = activities.Select(a => a.Month).ToList();
        return new MonthSpan(months.Min(), months.Max());
    }

    /// <summary>The sum of activities of one unit; one alone is itself.</summary>
    public static Figure SumOf(IReadOnlyList<Activity> activities) => activities.Count == 1
        ? activities[0].Quantity
        : Figure.Sum(activities[0].Unit, [.. activities.Select(a => (LabelOf(a), a.Quantity))]);
}
