using System.Collections.Immutable;
using Celadon.Lenses.Carbon.Inventory;

namespace Celadon.Lenses.Carbon;

/// <summary>The questions of the carbon lens.</summary>
public static class CarbonQuestions
{
    /// <summary>Every question of the lens.</summary>
    public static ImmutableArray<Question> All { get; } =
    [
        new EmissionsQuestion(), new TierQuestion(), new TierHistoryQuestion(), new InventoryQuestion(),
        new CategoryQuestion(), new RefrigerantsQuestion(), new UncertaintyQuestion(), new QualityQuestion(),
        new RecalculateQuestion(), new IntensityQuestion(), new EmbodiedQuestion(), new StatisticsQuestion(),
        new DisclosureQuestion(),
    ];
}
