using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// Error propagation over the lines of a run (IPCC 2006, volume 1, chapter 3). A number that several lines
/// use (a meter, a factor's row) is one number: what hangs on it is added up first, so that it is wholly
/// correlated with itself and with nothing else.
/// </summary>
internal sealed class Intervals(
    InventoryRun run, InventoryUncertaintySpec spec, FactorLibrary packs, List<Finding> findings)
{
    private readonly StatedRanges _ranges = new(run, spec, packs, findings);
    private readonly PrecisionWords _words = new(packs);
    private readonly List<Line> _lines = [];

    /// <summary>What hangs on each number of a line; what is missing where it is not covered.</summary>
    private sealed record Line(
        string Section, InventoryLine Of, List<(UncertainFigure Number, Figure Emissions)> Parts,
        ImmutableArray<string> Missing);

    /// <summary>The intervals of a report's totals.</summary>
    public InventoryUncertainty Report()
    {
        _lines.AddRange(run.Lines.Where(l => l.Scope is "1" or "2" or "3")
            .Select(l => Of(l, l.Scope == "2" ? "2-location" : l.Scope)));
        _lines.AddRange(run.Market.Select(l => Of(l, "2-market")));
        var location = Over("1", "2-location", "3");
        var open = _lines.Where(l => l.Missing.Length > 0).ToList();
        if (open.Count > 0)
            findings.Add(Finding.Of("inventory.uncertaintyOpen", Severity.Warning, null,
                ("count", open.Count), ("percent", location?.CoveredPercent.Value.Round(1) ?? Amount.Zero)));
        var numbers = Numbers();
        if (numbers.Any(n => n.Percent.Value > _words.Widest))
            findings.Add(Finding.Of("inventory.uncertaintyWide", Severity.Info, null));
        return new InventoryUncertainty
        {
            Scope1 = Over("1"),
            Scope2Location = Over("2-location"),
            Scope2Market = Over("2-market"),
            Scope3 = Over("3"),
            WithLocation = location,
            WithMarket = Over("1", "2-market", "3"),
            Numbers = numbers,
            Open = [.. open.Select(l => new InventoryUncertainLine(l.Section, l.Of.Category, l.Of.Site,
                l.Of.Resource, l.Of.Kind, l.Of.Label, l.Of.FactorId, l.Of.Kgco2e, l.Missing))],
        };
    }

    private Line Of(InventoryLine line, string section)
    {
        var parts = new List<(UncertainFigure, Figure)>();
        // Nothing times anything is nothing: a zero line widens no interval and needs no range.
        if (line.Kgco2e.Value.IsZero) return new Line(section, line, parts, []);
        var missing = ImmutableArray.CreateBuilder<string>();
        var made = run.Building.PartsOf(line);
        var moving = made?.Moving ?? [];
        foreach (var group in moving.GroupBy(c => _ranges.OfActivity(c.Claim.Activity)?.Id ?? ""))
        {
            if (_ranges.OfActivity(group.First().Claim.Activity) is not { } number)
            {
                if (!missing.Contains("activity")) missing.Add("activity");
                continue;
            }
            var whole = group.Count() == made!.Claims.Count && section != "2-market";
            parts.Add((number, whole ? line.Kgco2e : LineBuilding.Compose(made.Pick,
                run.Building.QuantityOf([.. group], made.Pick.Unit), made.Share).Kgco2e));
        }
        if (_ranges.OfFactor(line) is { } factor) parts.Add((factor, line.Kgco2e));
        else missing.Add("factor");
        return new Line(section, line, parts, missing.ToImmutable());
    }

    private InventoryInterval? Over(params string[] sections)
    {
        var all = _lines.Where(l => sections.Contains(l.Section)).ToList();
        var covered = all.Where(l => l.Missing.IsEmpty).ToList();
        if (covered.Count == 0) return null;
        var total = Sum(all);
        var part = Sum(covered);
        if (total.Value.IsZero || part.Value.IsZero) return null;
        var half = ErrorPropagation.HalfWidth(part.Unit, [.. Hanging(covered).Select(h => Contribution(h))]);
        var percent = ErrorPropagation.Relative(half, part, "operand.halfWidth");
        return new InventoryInterval(part, half, percent, _words.Of(percent.Value),
            ErrorPropagation.Relative(part, total, "operand.part"));
    }

    private static Figure Sum(List<Line> lines) => Totals.Sum(lines.Select(l => l.Of), l => l.Kgco2e)!;

    /// <summary>What hangs on each number, added up.</summary>
    private static IEnumerable<(UncertainFigure Number, Figure Emissions)> Hanging(List<Line> lines) => lines
        .SelectMany(l => l.Parts.Select(p => (p.Number, Label: Totals.LabelOf(l.Of), p.Emissions)))
        .GroupBy(p => p.Number.Id).OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => (g.First().Number, g.Count() == 1 ? g.First().Emissions
            : Figure.Sum(g.First().Emissions.Unit, [.. g.Select(p => (p.Label, p.Emissions))])));

    private static Operand Contribution((UncertainFigure Number, Figure Emissions) hanging) =>
        new(hanging.Number.Id, ErrorPropagation.Contribution(hanging.Emissions, hanging.Number.HalfWidth));

    private ImmutableArray<InventoryUncertainNumber> Numbers()
    {
        var covered = _lines.Where(l => l.Section != "2-market" && l.Missing.IsEmpty).ToList();
        var parts = Hanging(covered).Select(h => (h.Number, h.Emissions, Square: Square(h))).ToList();
        var variance = parts.Aggregate(Amount.Zero, (sum, p) => sum + p.Square);
        return [.. parts.OrderByDescending(p => p.Square).ThenBy(p => p.Number.Id, StringComparer.Ordinal)
            .Select(p => new InventoryUncertainNumber(p.Number.Id, p.Number.Kind, p.Number.Source,
                new Figure(p.Number.HalfWidth.Value * 100, "%", p.Number.HalfWidth.Trace), p.Emissions,
                variance.IsZero ? null : ErrorPropagation.VarianceShare(p.Square, variance, p.Emissions)))];
    }

    private static Amount Square((UncertainFigure Number, Figure Emissions) hanging)
    {
        var contribution = hanging.Emissions.Value * hanging.Number.HalfWidth.Value;
        return contribution * contribution;
    }
}
