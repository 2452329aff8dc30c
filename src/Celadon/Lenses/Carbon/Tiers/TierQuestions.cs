using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>carbon.tier: intensity to group, tier, colour and name.</summary>
public sealed class TierQuestion : Question<TierSpec, TierReport>
{
    /// <inheritdoc/>
    public override string Name => "carbon.tier";

    /// <inheritdoc/>
    public override string Example => """
        {
          "items": [
            { "name": "United Kingdom 2018, as the report prints it",
              "intensity": { "pack": "report-2018", "row": "report-2018/electricity/gb" } },
            { "name": "China 2018, as the report prints it",
              "intensity": { "pack": "report-2018", "row": "report-2018/electricity/cn" } },
            { "country": "GBR", "year": 2018 },
            { "country": "CHN", "year": 2018 }
          ]
        }
        """;

    /// <inheritdoc/>
    protected override TierReport Compute(
        TierSpec spec, View? view, FactorLibrary packs, List<Finding> findings, CancellationToken cancel)
    {
        var tiers = new Tiers(packs, spec.Edition, findings);
        ImmutableArray<TierItemReport> items =
            [.. Stated.Numbered(spec.Items, "/items").Select(i => tiers.Item(i.Item, i.At))];
        if (items.IsEmpty) throw Refuse.At("carbon.noLines", "/items");
        return new TierReport(items, tiers.Bands, tiers.Decimals);
    }
}

/// <summary>carbon.tierHistory: groups of countries by year and their moves.</summary>
public sealed class TierHistoryQuestion : Question<TierHistorySpec, TierHistoryReport>
{
    /// <inheritdoc/>
    public override string Name => "carbon.tierHistory";

    /// <inheritdoc/>
    public override string Example => """{ "countries": ["GBR", "CHN"], "from": 2000, "to": 2018 }""";

    /// <inheritdoc/>
    protected override TierHistoryReport Compute(
        TierHistorySpec spec, View? view, FactorLibrary packs, List<Finding> findings,
            CancellationToken cancel)
    {
        var tiers = new Tiers(packs, spec.Edition, findings);
        ImmutableArray<TierCountryReport> countries =
            [.. Stated.Numbered(spec.Countries, "/countries").Select(c => tiers.Country(c.Item, spec, c.At))];
        if (countries.IsEmpty) throw Refuse.At("carbon.noLines", "/countries");
        return new TierHistoryReport(countries[0].Years[0].Edition!, countries);
    }
}
