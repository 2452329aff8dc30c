using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// carbon.uncertainty: error propagation (approach 1) with correlated numbers, and a seeded simulation
/// (approach 2), after the IPCC 2006 Guidelines, volume 1, chapter 3, and the GHG Protocol's guidance on
/// uncertainty.
/// </summary>
public sealed class UncertaintyQuestion : Question<UncertaintySpec, UncertaintyReport>
{
    private const string Prefix = "formula.carbon.uncertainty.";

    /// <inheritdoc/>
    public override string Name => "carbon.uncertainty";

    /// <inheritdoc/>
    public override string Example => """
        {
          "lines": [
            { "name": "Electricity, Stoke", "activity": { "value": "41198.6 kWh", "uncertainty": "1 %" },
              "factor": { "id": "grid-gb", "value": "0.13096 kg CO2e/kWh", "uncertainty": "5 %" } },
            { "name": "Electricity, warehouse", "activity": { "value": "6200 kWh", "uncertainty": "10 %" },
              "factor": { "id": "grid-gb", "value": "0.13096 kg CO2e/kWh", "uncertainty": "5 %" } },
            { "name": "Kiln gas", "activity": { "value": "134647.6 kWh gross", "uncertainty": "2 %" },
              "factor": { "value": "0.18231 kg CO2e/kWh gross", "uncertainty": "3 %" } },
            { "name": "Commuting", "activity": { "value": "26400 vehicle-km", "uncertainty": "40 %",
              "distribution": "lognormal" },
              "factor": { "value": "0.16725 kg CO2e/vehicle-km", "uncertainty": "20 %",
                "distribution": "lognormal" } }
          ],
          "monteCarlo": { "seed": 2026, "samples": 20000 }
        }
        """;

    /// <inheritdoc/>
    protected override UncertaintyReport Compute(
        UncertaintySpec spec, View? view, FactorLibrary packs, List<Finding> findings,
            CancellationToken cancel)
    {
        var (lines, inputs) = Read(spec, new FactorSource(packs, findings));
        if (lines.Count == 0) throw Refuse.At("carbon.noLines", "/lines");
        var units = lines.Select(l => l.Emissions.Unit).Distinct().ToList();
        if (units.Count != 1) throw Refuse.At("carbon.unlikeGases", "/lines",
            ("units", string.Join(", ", units)));
        var words = new PrecisionWords(packs);
        var total = Figure.Sum(units[0], [.. lines.Select(l => (l.Name, l.Emissions))]);
        var reports = lines.Select((line, i) => new UncertainLineReport(line.Name, line.Emissions,
            OneInterval(line.Emissions, [.. inputs.Where(x => x.Lines.Contains(i))], _ => line.Emissions,
                words)))
            .ToImmutableArray();
        var unknown = lines.Where((_, i) => inputs.Exists(x => x.HalfWidth is null && x.Lines.Contains(i)))
            .ToList();
        if (unknown.Count > 0)
            findings.Add(Finding.Of("carbon.uncertainty.unknown", Severity.Warning, null,
                ("inputs", string.Join(", ", inputs.Where(x => x.HalfWidth is null).Select(x => x.Id)))));
        var approach1 = OneInterval(total, inputs, x => EmissionsOf(x, lines, units[0]), words);
        Advise(inputs, approach1, spec, words, findings);
        return new UncertaintyReport(total, approach1,
            spec.MonteCarlo is { } asked && unknown.Count == 0
                ? new Simulation(asked, lines, inputs, total, cancel).Run(findings) : null,
            reports, Ranked(inputs, lines, units[0]), Share(unknown, total));
    }

    private static (List<(string Name, Figure Emissions)> Lines, List<UncertainInput> Inputs) Read(
        UncertaintySpec spec, FactorSource factors)
    {
        var lines = new List<(string, Figure)>();
        var inputs = new List<UncertainInput>();
        foreach (var (line, at) in Stated.Numbered(spec.Lines, "/lines"))
        {
            var activity = Use(line.Activity, at + "/activity", lines.Count);
            var product = new Multiplication("formula.quantityTimesFactor", at)
                .Times("operand.quantity", activity);
            foreach (var (conversion, place) in Stated.Numbered(line.Conversions, at + "/conversions"))
                product.Times("operand.conversion", Use(conversion, place, lines.Count));
            var factor = Use(line.Factor, at + "/factor", lines.Count);
            lines.Add((line.Name, product.Times("operand.factor", factor).Emissions()));
        }
        return (lines, inputs);

        Figure Use(UncertainNumber number, string at, int line)
        {
            var figure = number.Value.Resolve(factors, at + "/value");
            var id = number.Id ?? (number.Value.Row is { } row ? $"{number.Value.Pack}:{row}" : at);
            var input = inputs.Find(x => x.Id == id);
            if (input is null) inputs.Add(input = new UncertainInput(id, number, figure, at));
            input.UseIn(line, number, figure, at);
            return figure;
        }
    }

    /// <summary>
    /// Half width √Σ(emissions that hang on a number × its relative half width)². For one line this is the
    /// product rule √(Ua² + Uf²); a number of several lines counts with their sum, so that they are wholly
    /// correlated.
    /// </summary>
    private static Interval? OneInterval(
        Figure total, List<UncertainInput> inputs, Func<UncertainInput, Figure> emissions,
            PrecisionWords words)
    {
        if (inputs.Exists(x => x.HalfWidth is null) || total.Value.IsZero) return null;
        var half = ErrorPropagation.HalfWidth(total.Unit,
            [.. inputs.Select(x => new Operand(x.Id, Contribution(x, emissions(x))))]);
        var percent = ErrorPropagation.Relative(half, total, "operand.halfWidth");
        return new Interval(half, percent, words.Of(percent.Value));
    }

    private static Figure Contribution(UncertainInput input, Figure emissions) =>
        ErrorPropagation.Contribution(emissions,
            new Figure(input.HalfWidth!.Value, "", new Trace.Given(input.Id)));

    private static Figure EmissionsOf(
        UncertainInput input, List<(string Name, Figure Emissions)> lines, string unit) =>
        Figure.Sum(unit, [.. input.Lines.Distinct().Select(i => (lines[i].Name, lines[i].Emissions))]);

    private static ImmutableArray<InputReport> Ranked(
        List<UncertainInput> inputs, List<(string Name, Figure Emissions)> lines, string unit)
    {
        var known = inputs.TrueForAll(x => x.HalfWidth is not null);
        var squares = inputs.Select(x => EmissionsOf(x, lines, unit)).Zip(inputs, (e, x) =>
            (Input: x, Emissions: e, Square: known ? Contribution(x, e) is var c ? c.Value * c.Value : default
                : default))
            .ToList();
        var variance = squares.Aggregate(Amount.Zero, (sum, s) => sum + s.Square);
        return
        [
            .. squares.OrderByDescending(s => s.Square).ThenBy(s => s.Input.Id, StringComparer.Ordinal)
                .Select(s =>
                new InputReport(s.Input.Id, s.Emissions, s.Input.HalfWidth is not { } half ? null
                    : new Figure(half * 100, "%", new Trace.Given(s.Input.Id)),
                    !known || variance.IsZero ? null
                        : ErrorPropagation.VarianceShare(s.Square, variance, s.Emissions))),
        ];
    }

    private static Figure Share(List<(string Name, Figure Emissions)> unknown, Figure total)
    {
        var part = Figure.Sum(total.Unit, unknown);
        return total.Value.IsZero ? new Figure(Amount.Zero, "%", new Trace.Formula(Prefix + "relative", []))
            : ErrorPropagation.Relative(part, total, "operand.part");
    }

    private static void Advise(
        List<UncertainInput> inputs, Interval? approach1, UncertaintySpec spec, PrecisionWords words,
        List<Finding> findings)
    {
        var skewed = inputs.Exists(x => x.Distribution is Distribution.Lognormal or Distribution.Triangular);
        var wide = inputs.Exists(x => x.HalfWidth * 100 > words.Widest);
        if (approach1 is not null && spec.MonteCarlo is null && (skewed || wide))
            findings.Add(Finding.Of("carbon.uncertainty.approach2", Severity.Info, null));
    }
}
