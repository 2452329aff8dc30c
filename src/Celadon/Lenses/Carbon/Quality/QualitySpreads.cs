using System.Collections.Immutable;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Spread of emissions by the quality of their data: factor = exp √(Σ ln² of the indicators' factors + ln²
/// of the basic uncertainty), after the pedigree matrix. Of a sum of independent lines
/// ln² = Σ (share × ln)². The factors stand in a pack.
/// </summary>
internal sealed class QualitySpreads
{
    private const string Prefix = "formula.carbon.quality.";
    private static readonly string[] Indicators =
        ["reliability", "completeness", "time", "geography", "technology"];

    private QualitySpreads(ImmutableArray<QualitySpread?> lines, QualitySpread? total) =>
        (Lines, Total) = (lines, total);

    /// <summary>One a line; null where its indicators are not stated.</summary>
    public ImmutableArray<QualitySpread?> Lines { get; }

    /// <summary>Of the sum of the lines that have one.</summary>
    public QualitySpread? Total { get; }

    /// <summary>The spreads that a spec asks for.</summary>
    /// <exception cref="RefusedException">
    /// carbon.quality.pedigree: a score outside 1 to 5. carbon.quality.basic: a basic uncertainty below 1.
    /// </exception>
    public static QualitySpreads Of(QualitySpec spec,
        List<(QualityLine Line, Figure Weight, string At)> lines, Figure total, FactorSource values,
        List<Finding> findings)
    {
        if (spec.Spread is not { } table)
            return new QualitySpreads([.. lines.Select(_ => (QualitySpread?)null)], null);
        var factors = lines.Select(l => FactorOf(l.Line, l.At, table, values)).ToList();
        var spreads = lines.Zip(factors, (l, f) => f is null ? null
            : Spread(l.Weight, f, total, l.Line.Basic is not null)).ToImmutableArray();
        var open = lines.Where((_, i) => factors[i] is null).Select(l => l.Line.Name).ToList();
        if (open.Count > 0)
            findings.Add(Finding.Of("carbon.quality.noSpread", Severity.Warning, null,
                ("lines", string.Join(", ", open))));
        var known = spreads.Zip(lines, (s, l) => (Spread: s, l.Line)).Where(x => x.Spread is not null)
            .ToList();
        var bare = known.Where(x => x.Line.Basic is null).Select(x => x.Line.Name).ToList();
        if (bare.Count > 0)
            findings.Add(Finding.Of("carbon.quality.noBasic", Severity.Info, null,
                ("lines", string.Join(", ", bare))));
        return new QualitySpreads(spreads, known.Count == 0 ? null : Sum(known, total));
    }

    private static Figure? FactorOf(QualityLine line, string at, PedigreeTable table, FactorSource values)
    {
        var scores = table == PedigreeTable.GhgProtocol
            ? new int?[] { (int?)line.Reliability, (int?)line.Completeness, (int?)line.Time,
                (int?)line.Geography, (int?)line.Technology }
            : [line.Pedigree?.Reliability, line.Pedigree?.Completeness, line.Pedigree?.Time,
                line.Pedigree?.Geography, line.Pedigree?.Technology];
        if (line.Basic is { } stated && stated < Amount.One)
            throw Refuse.At("carbon.quality.basic", at + "/basic", ("given", stated));
        if (Array.Exists(scores, s => s is null)) return null;
        var name = table == PedigreeTable.GhgProtocol ? "ghg-protocol" : "ecoinvent";
        var operands = Indicators.Zip(scores, (indicator, score) => score is >= 1 and <= 5
            ? new Operand("operand." + indicator, values.Value($"pedigree/{name}/{indicator}/{score}", ""))
            : throw Refuse.At("carbon.quality.pedigree", $"{at}/pedigree/{indicator}", ("given", score!)))
            .ToList();
        if (line.Basic is { } basic)
            operands.Add(new Operand("operand.basic", new Figure(basic, "", new Trace.Given(at + "/basic"))));
        var square = operands.Sum(o => Square(Log(o.Figure)));
        return Figure.FromDouble(PortableMath.Exp(Math.Sqrt(square)), "",
            new Trace.Formula(Prefix + "spread", operands));
    }

    private static QualitySpread Sum(List<(QualitySpread? Spread, QualityLine Line)> known, Figure total)
    {
        var sum = Figure.Sum("kg CO2e", [.. known.Select(x => (x.Line.Name, x.Spread!.Emissions))]);
        var whole = sum.Value.ToDouble();
        var square = whole == 0 ? 0 : known.Sum(x =>
            Square(x.Spread!.Emissions.Value.ToDouble() / whole * Log(x.Spread.Factor)));
        var factor = Figure.FromDouble(PortableMath.Exp(Math.Sqrt(square)), "",
            new Trace.Formula(Prefix + "spreadOfSum", [.. known.SelectMany(x => (Operand[])[
                new(x.Line.Name, x.Spread!.Factor), new("operand.emissions", x.Spread.Emissions)])]));
        return Spread(sum, factor, total, known.TrueForAll(x => x.Line.Basic is not null));
    }

    private static QualitySpread Spread(Figure emissions, Figure factor, Figure total, bool basic)
    {
        var (value, times) = (emissions.Value.ToDouble(), factor.Value.ToDouble());
        Operand[] from = [new("operand.emissions", emissions), new("operand.spread", factor)];
        return new QualitySpread(emissions, factor,
            Figure.FromDouble(value / times, "kg CO2e", new Trace.Formula(Prefix + "spreadLow", from)),
            Figure.FromDouble(value * times, "kg CO2e", new Trace.Formula(Prefix + "spreadHigh", from)),
            ErrorPropagation.Relative(emissions, total, "operand.part"), basic);
    }

    private static double Log(Figure factor) => PortableMath.Log(factor.Value.ToDouble());

    private static double Square(double x) => x * x;
}
