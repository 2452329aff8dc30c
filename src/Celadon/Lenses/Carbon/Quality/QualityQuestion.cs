using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// carbon.quality: the five data quality indicators of the Scope 3 Standard on four levels, and PACT's
/// three, weighted by emissions. A level's number is its score; the score of a line is their mean.
/// </summary>
public sealed class QualityQuestion : Question<QualitySpec, QualityReport>
{
    private const int Scale = 4;
    private const string Prefix = "formula.carbon.quality.";

    private static readonly (string Name, Func<QualityLine, QualityLevel?> Of)[] Indicators =
    [
        ("technology", l => l.Technology), ("time", l => l.Time), ("geography", l => l.Geography),
        ("completeness", l => l.Completeness), ("reliability", l => l.Reliability),
    ];

    /// <inheritdoc/>
    public override string Name => "carbon.quality";

    /// <inheritdoc/>
    public override string Example => """
        {
          "lines": [
            { "name": "Kiln gas", "emissions": "24547.603956 kg CO2e", "technology": "veryGood",
              "time": "veryGood",
              "geography": "veryGood", "completeness": "veryGood", "reliability": "good" },
            { "name": "Commuting", "emissions": "4415.4 kg CO2e", "technology": "fair", "time": "veryGood",
              "geography": "good", "completeness": "fair", "reliability": "fair" }
          ],
          "spread": "ghgProtocol"
        }
        """;

    /// <inheritdoc/>
    protected override QualityReport Compute(
        QualitySpec spec, View? view, FactorLibrary packs, List<Finding> findings, CancellationToken cancel)
    {
        var weighed = Stated.Numbered(spec.Lines, "/lines")
            .Select(l => (Line: l.Item, Weight: Weight(l.Item, l.At), l.At))
            .ToList();
        if (weighed.Count == 0) throw Refuse.At("carbon.noLines", "/lines");
        var total = Figure.Sum("kg CO2e", [.. weighed.Select(w => (w.Line.Name, w.Weight))]);
        if (total.Value.IsZero) throw Refuse.At("carbon.zeroDivisor", "/lines",
            ("name", "operand.emissions"));
        var spreads = QualitySpreads.Of(spec, weighed, total, new FactorSource(packs, findings), findings);
        var lines = weighed.Select((w, i) => Line(w.Line, w.At) with { Spread = spreads.Lines[i] })
            .ToImmutableArray();
        var missing = lines.Where(l => l.Score is null).Select(l => l.Name).ToList();
        if (missing.Count > 0)
            findings.Add(Finding.Of("carbon.quality.missing", Severity.Warning, null,
                ("lines", string.Join(", ", missing))));
        var scored = weighed.Zip(lines, (w, l) => (w.Line.Name, w.Weight, l.Score))
            .Where(x => x.Score is not null)
            .Select(x => (x.Name, x.Weight, x.Score!)).ToList();
        var score = Weighted(scored);
        return new QualityReport(lines,
            [.. Indicators.Select(i => new IndicatorReport(i.Name, Weighted([.. weighed
                .Where(w => i.Of(w.Line) is not null)
                .Select(w => (w.Line.Name, w.Weight, Level(i.Of(w.Line)!.Value, $"{w.At}/{i.Name}")))])))],
            score, Grade(score), Share([.. scored.Select(s => (s.Name, s.Weight))], total),
                Pact(weighed, total))
        {
            Spread = spreads.Total,
        };
    }

    private static Figure Weight(QualityLine line, string at)
    {
        var weight = new Multiplication("formula.stated", at + "/emissions")
            .Times("operand.emissions", line.Emissions.At(at + "/emissions")).In("kg CO2e");
        return weight.Value.Sign >= 0 ? weight
            : throw Refuse.At("carbon.quality.negative", at, ("name", line.Name));
    }

    private static QualityLineReport Line(QualityLine line, string at)
    {
        ImmutableArray<string> missing = [.. Indicators.Where(i => i.Of(line) is null).Select(i => i.Name)];
        if (!missing.IsEmpty) return new QualityLineReport(line.Name, null, null, missing);
        Operand[] levels =
            [.. Indicators.Select(i =>
                new Operand("operand." + i.Name, Level(i.Of(line)!.Value, $"{at}/{i.Name}")))];
        var sum = levels.Aggregate(Amount.Zero, (total, level) => total + level.Figure.Value);
        var score = new Figure(Amount.Divide(sum, levels.Length, Scale), "",
            new Trace.Formula(Prefix + "mean", levels));
        return new QualityLineReport(line.Name, score, Grade(score), missing);
    }

    private static Figure Level(QualityLevel level, string at) => new((int)level, "", new Trace.Given(at));

    private static Figure? Weighted(List<(string Name, Figure Weight, Figure Score)> parts)
    {
        var weights = parts.Aggregate(Amount.Zero, (sum, p) => sum + p.Weight.Value);
        if (weights.IsZero) return null;
        var products = parts.Aggregate(Amount.Zero, (sum, p) => sum + p.Weight.Value * p.Score.Value);
        return new Figure(Amount.Divide(products, weights, Scale), "", new Trace.Formula(Prefix + "weighted",
            [.. parts.SelectMany(p => (Operand[])[new(p.Name, p.Score),
                new("operand.emissions", p.Weight)])]));
    }

    private static Figure Share(List<(string Name, Figure Weight)> parts, Figure total)
    {
        var part = Figure.Sum("kg CO2e", parts);
        return new Figure(Amount.Divide(part.Value * 100, total.Value, Scale), "%",
            new Trace.Formula("formula.carbon.uncertainty.relative",
                [new("operand.part", part), new("operand.emissions", total)]));
    }

    /// <summary>The nearest level; a half goes to the poorer.</summary>
    private static QualityLevel? Grade(Figure? score)
    {
        if (score is null) return null;
        var level = (int)QualityLevel.VeryGood;
        while (level < (int)QualityLevel.Poor && score.Value * 2 >= 2 * level + 1) level++;
        return (QualityLevel)level;
    }

    private static PactReport? Pact(List<(QualityLine Line, Figure Weight, string At)> weighed, Figure total)
    {
        var stated = weighed.Where(w => w.Line.Pact is not null).ToList();
        if (stated.Count == 0) return null;
        return new PactReport(Of("technological", p => p.Technological)!,
            Of("geographical", p => p.Geographical)!,
            Of("temporal", p => p.Temporal)!, Share([.. stated.Select(w => (w.Line.Name, w.Weight))], total));

        Figure Of(string name, Func<PactRatings, Amount> of) => Weighted([.. stated.Select(w =>
        {
            var at = $"{w.At}/pact/{name}";
            var rating = of(w.Line.Pact!);
            if (rating < Amount.One) throw Refuse.At("carbon.quality.rating", at, ("given", rating));
            return (w.Line.Name, w.Weight, new Figure(rating, "", new Trace.Given(at)));
        })]) ?? throw Refuse.At("carbon.zeroDivisor", "/lines", ("name", "operand.emissions"));
    }
}
