using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// carbon.statistics: yearly energy by carrier and site, in kWh and in tonnes of coal equivalent.
/// </summary>
public sealed class StatisticsQuestion : Question<StatisticsSpec, StatisticsReport>
{
    /// <inheritdoc/>
    public override string Name => "carbon.statistics";

    /// <inheritdoc/>
    public override string Example => """{ "period": "2025-10/2026-09" }""";

    /// <inheritdoc/>
    protected override ViewRequest? Needs(StatisticsSpec spec) =>
        spec.Period is { } period ? new ViewRequest(period, spec.Sites) : null;

    /// <inheritdoc/>
    protected override StatisticsReport Compute(
        StatisticsSpec spec, View? view, FactorLibrary packs, List<Finding> findings,
            CancellationToken cancel)
    {
        if (spec.Period is null == spec.Lines.IsEmpty) throw Refuse.At("carbon.statistics.source", "/period");
        var factors = new FactorSource(packs, findings);
        var uses = spec.Period is null ? EnergyUses.Stated(spec, factors)
            : EnergyUses.Of(view!, spec.Sites, packs, findings, cancel);
        var conversion = new EnergyConversion(factors, findings);
        ImmutableArray<StatisticsRow> rows = [.. uses.Select(conversion.Row)];
        if (rows.IsEmpty) throw Refuse.At("carbon.statistics.nothing", "/period");
        var known = rows.Where(r => r.Tce is not null).Select(r => ($"{r.Carrier}, {r.Site}", r.Tce!))
            .ToList();
        return new StatisticsReport(spec.Period?.ToString(), rows,
            [.. rows.GroupBy(r => r.Carrier).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
                new CarrierReport(g.Key, Kinds(g), g.All(r => r.Tce is not null)
                    ? Figure.Sum("tce", [.. g.Select(r => (r.Site, r.Tce!))]) : null))],
            Kinds(rows), Figure.Sum("tce", known), known.Count == rows.Length);
    }

    private static ImmutableArray<Figure> Kinds(IEnumerable<StatisticsRow> rows) =>
        [.. rows.Where(r => r.Energy is not null).GroupBy(r => r.Energy!.Unit)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Figure.Sum(g.Key, [.. g.Select(r => ($"{r.Carrier}, {r.Site}", r.Energy!))]))];
}
