using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>carbon.emissions: activity data times emission factors, each gas labelled.</summary>
public sealed class EmissionsQuestion : Question<EmissionsSpec, EmissionsReport>
{
    /// <inheritdoc/>
    public override string Name => "carbon.emissions";

    /// <inheritdoc/>
    public override string Example => """
        {
          "lines": [
            { "name": "United Kingdom", "activity": "100000 kWh",
              "factor": { "pack": "report-2018", "row": "report-2018/electricity/gb" } },
            { "name": "China", "activity": "100000 kWh",
              "factor": { "pack": "report-2018", "row": "report-2018/electricity/cn" } }
          ]
        }
        """;

    /// <inheritdoc/>
    protected override EmissionsReport Compute(
        EmissionsSpec spec, View? view, FactorLibrary packs, List<Finding> findings, CancellationToken cancel)
    {
        var compute = new EmissionsComputation(spec, new FactorSource(packs, findings));
        ImmutableArray<EmissionsLineReport> lines =
            [.. Stated.Numbered(spec.Lines, "/lines").Select(l => compute.Line(l.Item, l.At))];
        if (lines.IsEmpty) throw Refuse.At("carbon.noLines", "/lines");
        ImmutableArray<Figure> totals = [.. lines.SelectMany(Kinds).GroupBy(k => k.Figure.Unit)
            .Select(kind => Figure.Sum(kind.Key, [.. kind]))];
        if (totals.Length > 1)
            findings.Add(Finding.Of("carbon.emissions.kinds", Severity.Warning, null,
                ("units", string.Join(", ", totals.Select(t => t.Unit)))));
        else if (totals[0].Unit.EndsWith(" CO2", StringComparison.Ordinal))
            findings.Add(Finding.Of("carbon.co2Only", Severity.Info, null));
        var biogenic = lines.Where(l => l.Biogenic is not null).Select(l => (l.Name, l.Biogenic!)).ToList();
        return new EmissionsReport(
            lines, totals, biogenic.Count == 0 ? null : Figure.Sum(biogenic[0].Item2.Unit, biogenic));
    }

    private static IEnumerable<(string Name, Figure Figure)> Kinds(EmissionsLineReport line) =>
        line.Emissions is { } emissions ? [(line.Name, emissions)]
            : line.Gases.Select(g => (line.Name, g.Mass!));
}
