using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>carbon.recalculate: the base-year policy applied to what changed since.</summary>
public sealed class RecalculateQuestion : Question<RecalculateSpec, RecalculateReport>
{
    private const int Scale = 4;
    private const string Unit = "kg CO2e";
    private const string Prefix = "formula.carbon.recalculate.";

    /// <inheritdoc/>
    public override string Name => "carbon.recalculate";

    /// <inheritdoc/>
    public override string Example => """
        {
          "baseYear": "2024-10/2025-09", "threshold": "5 %", "singleTarget": true,
          "reported": [
            { "name": "Scope 1", "emissions": "480000 kg CO2e" },
            { "name": "Scope 2", "emissions": "320000 kg CO2e" }
          ],
          "changes": [
            { "name": "Glaze mill bought", "kind": "acquisition", "line": "Scope 1", "before": "0 kg CO2e",
              "after": "36000 kg CO2e", "existedInBaseYear": true },
            { "name": "Meter read in the wrong unit", "kind": "error", "line": "Scope 2",
              "before": "20000 kg CO2e",
              "after": "12000 kg CO2e" },
            { "name": "Third shift", "kind": "organic", "line": "Scope 1", "before": "0 kg CO2e",
              "after": "90000 kg CO2e" }
          ]
        }
        """;

    /// <inheritdoc/>
    protected override ViewRequest? Needs(RecalculateSpec spec) =>
        spec.Threshold is null ? new ViewRequest(null, []) : null;

    /// <inheritdoc/>
    protected override RecalculateReport Compute(
        RecalculateSpec spec, View? view, FactorLibrary packs, List<Finding> findings,
            CancellationToken cancel)
    {
        var reported = Stated.Numbered(spec.Reported, "/reported")
            .Select(l => (l.Item.Name, Figure: Kg(l.Item.Emissions, l.At + "/emissions"))).ToList();
        if (reported.Count == 0) throw Refuse.At("carbon.noLines", "/reported");
        var total = Figure.Sum(Unit, reported);
        if (total.Value.Sign <= 0) throw Refuse.At("carbon.zeroDivisor", "/reported",
            ("name", "operand.emissions"));
        var changes = Stated.Numbered(spec.Changes, "/changes")
            .Select(c => (c.Item, Report: Change(c.Item, spec, total, reported, c.At))).ToList();
        var counting = changes.Where(c => c.Report.Counts).ToList();
        var sizes = counting.Select(c => (c.Item.Name, new Figure(c.Report.Effect.Value.Abs(), Unit,
            new Trace.Formula(Prefix + "size", [new("operand.effect", c.Report.Effect)])))).ToList();
        var cumulative = Figure.Sum(Unit, sizes);
        var percent = Percent(cumulative, total);
        var threshold = Threshold(spec, view);
        var recalculate = counting.Count > 0 && percent.Value >= threshold.Value;
        if (changes.Exists(c => c.Item.Kind is ChangeKind.Organic or ChangeKind.RealChange))
            findings.Add(Finding.Of("carbon.recalculate.organic", Severity.Info, null,
                ("names", string.Join(", ", changes.Where(c =>
                    c.Item.Kind is ChangeKind.Organic or ChangeKind.RealChange).Select(c => c.Item.Name)))));
        var lines = recalculate ? Restate(reported, counting) : [];
        var restated = recalculate ? Figure.Sum(Unit, [.. lines.Select(l => (l.Name, l.Restated))]) : null;
        return new RecalculateReport(spec.BaseYear, total, threshold, [.. changes.Select(c => c.Report)],
            cumulative,
            percent, recalculate, lines, restated, restated is null ? null : Difference(total, restated));
    }

    private static ChangeReport Change(
        BaseChange change, RecalculateSpec spec, Figure total, List<(string Name, Figure Figure)> reported,
            string at)
    {
        if (change.Kind != ChangeKind.CategoryAdded && !reported.Exists(r => r.Name == change.Line))
            throw Refuse.At("carbon.recalculate.line", at + "/line", ("line", change.Line));
        var (counts, reason) = Counts(change, spec, at);
        var effect = Difference(Kg(change.Before, at + "/before"), Kg(change.After, at + "/after"));
        return new ChangeReport(change.Name, change.Kind, counts, "carbon.recalculate.reason." + reason,
            effect,
            Percent(effect, total));
    }

    /// <summary>
    /// Scope 3 Standard, section 9.3 with tables 9.4 and 9.5; Corporate Standard, chapter 5.
    /// </summary>
    private static (bool Counts, string Reason) Counts(BaseChange change, RecalculateSpec spec, string at) =>
        change.Kind switch
        {
            ChangeKind.Merger or ChangeKind.Acquisition or ChangeKind.Divestment =>
                (change.ExistedInBaseYear ?? throw Missing(at, "existedInBaseYear"))
                    ? (true, "structural") : (false, "notInBaseYear"),
            ChangeKind.Outsourcing or ChangeKind.Insourcing =>
                (change.PreviouslyReported ?? throw Missing(at, "previouslyReported")) && spec.SingleTarget
                    ? (false, "movedBetweenScopes") : (true, "structural"),
            ChangeKind.Method or ChangeKind.Factor => (true, "method"),
            ChangeKind.Error => (true, "error"),
            ChangeKind.CategoryAdded => spec.SingleTarget ? (true, "added") : (false, "separateTargets"),
            ChangeKind.ActivityAdded => (true, "added"),
            _ => (false, "organic"),
        };

    private static ImmutableArray<RestatedLine> Restate(
        List<(string Name, Figure Figure)> reported, List<(BaseChange Item, ChangeReport Report)> changes)
    {
        var names = reported.Select(r => r.Name).Concat(changes.Select(c => c.Item.Line)).Distinct();
        return
        [
            .. names.Select(name =>
            {
                var before = reported.Find(r => r.Name == name).Figure
                    ?? new Figure(Amount.Zero, Unit, new Trace.Sum([]));
                var after = Figure.Sum(Unit, [("operand.reported", before),
                    .. changes.Where(c => c.Item.Line == name).Select(c => (c.Item.Name, c.Report.Effect))]);
                return new RestatedLine(name, before, after, Difference(before, after));
            }),
        ];
    }

    private static Figure Threshold(RecalculateSpec spec, View? view)
    {
        if (spec.Threshold is { } stated)
            return new Figure(Stated.Fraction(stated, "/threshold") * 100, "%",
                new Trace.Given("/threshold"));
        var organisation = view?.Registers.Of<Organisation>()
            .FirstOrDefault(o => o.RecalculationThresholdPercent is not null)
            ?? throw Refuse.At("carbon.recalculate.threshold", "/threshold");
        return new Figure(organisation.RecalculationThresholdPercent!.Value, "%",
            new Trace.Registered("organisation",
            organisation.Id, "recalculationThresholdPercent",
                view.Registers.PositionOf("organisation", organisation.Id)));
    }

    private static Figure Kg(Measure measure, string at) =>
        new Multiplication("formula.stated", at).Times("operand.emissions", measure.At(at)).In(Unit);

    private static Figure Difference(Figure before, Figure after) => new(after.Value - before.Value, Unit,
        new Trace.Formula("formula.difference",
            [new("operand.after", after), new("operand.before", before)]));

    private static Figure Percent(Figure part, Figure total) =>
        new(Amount.Divide(part.Value * 100, total.Value, Scale), "%", new Trace.Formula(
            "formula.carbon.uncertainty.relative",
                [new("operand.part", part), new("operand.emissions", total)]));

    private static RefusedException Missing(string at, string fact) =>
        Refuse.At("carbon.recalculate.fact", $"{at}/{fact}", ("fact", fact));
}
