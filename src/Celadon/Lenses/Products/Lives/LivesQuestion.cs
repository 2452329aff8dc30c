using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// products.lives: two designs compared on environment, cost and people per unit of service, accumulated over
/// use, reuse and remanufacture.
/// </summary>
public sealed class LivesQuestion : Question<LivesSpec, LivesReport>
{
    /// <summary>Fewest decimals of a burden per unit of service …</summary>
    private const int Scale = 9;

    /// <summary>… and fewest digits: a small burden of much service is not nothing.</summary>
    private const int Digits = 12;

    /// <inheritdoc/>
    public override string Name => "products.lives";

    /// <inheritdoc/>
    public override string Example => """
        {
          "service": "use",
          "designs": [
            { "name": "Paper cup", "lives": [
              { "kind": "use", "service": "1", "burdens": [
                { "indicator": "Energy", "kind": "environment", "amount": "0.546", "unit": "MJ" },
                { "indicator": "Cost", "kind": "cost", "amount": "0.04", "unit": "GBP" },
                { "indicator": "Hours of work", "kind": "social", "amount": "0.0002", "unit": "h",
                  "source": "Example data" },
                { "indicator": "Time lost to accidents at work", "kind": "social", "amount": "0.00036",
                  "unit": "s", "source": "Example data: 0.5 h lost per 1,000 h worked" } ] } ] },
            { "name": "Stoneware mug", "lives": [
              { "kind": "use", "service": "200", "burdens": [
                { "indicator": "Energy", "kind": "environment", "amount": "50.888", "unit": "MJ" },
                { "indicator": "Cost", "kind": "cost", "amount": "9", "unit": "GBP" },
                { "indicator": "Hours of work", "kind": "social", "amount": "1.15", "unit": "h",
                  "source": "Example data" },
                { "indicator": "Time lost to accidents at work", "kind": "social", "amount": "2.07",
                  "unit": "s", "source": "Example data: 0.5 h lost per 1,000 h worked" } ] },
              { "kind": "reuse", "service": "300", "burdens": [
                { "indicator": "Energy", "kind": "environment", "amount": "55.2", "unit": "MJ" },
                { "indicator": "Cost", "kind": "cost", "amount": "6", "unit": "GBP" },
                { "indicator": "Hours of work", "kind": "social", "amount": "1.5", "unit": "h",
                  "source": "Example data" },
                { "indicator": "Time lost to accidents at work", "kind": "social", "amount": "2.7",
                  "unit": "s", "source": "Example data: 0.5 h lost per 1,000 h worked" } ] } ] }
          ]
        }
        """;

    /// <inheritdoc/>
    protected override LivesReport Compute(LivesSpec spec, View? view, FactorLibrary packs,
        List<Finding> findings, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(spec.Service)) throw Refusal.At("products.lives.designs", "/service");
        if (spec.Designs.IsDefault || spec.Designs.Length != 2)
            throw Refusal.At("products.lives.designs", "/designs");
        Check(spec.Designs[0], "/designs/0");
        Check(spec.Designs[1], "/designs/1");
        var all = Burdens(spec).GroupBy(b => b.Burden.Indicator, StringComparer.Ordinal).ToList();
        foreach (var indicator in all) CheckAlike(indicator);
        return new LivesReport(spec.Service, spec.Designs[0].Name, spec.Designs[1].Name,
            [.. all.Select(i => Compare(spec, i.First().Burden))]);
    }

    private static IEnumerable<(LifeBurden Burden, string At, int Design)> Burdens(LivesSpec spec) =>
        from d in Enumerable.Range(0, 2)
        from l in Enumerable.Range(0, spec.Designs[d].Lives.Length)
        from b in Enumerable.Range(0, spec.Designs[d].Lives[l].Burdens.Length)
        select (spec.Designs[d].Lives[l].Burdens[b], At(d, l, b), d);

    private static string At(int design, int life, int burden) =>
        FormattableString.Invariant($"/designs/{design}/lives/{life}/burdens/{burden}");

    private static void Check(DesignLives design, string at)
    {
        if (design.Lives.IsDefaultOrEmpty || design.Lives[0].Service.Sign <= 0
            || design.Lives.Any(life => life.Service.Sign < 0 || life.Burdens.IsDefault))
            throw Refusal.At("products.lives.service", at, ("name", design.Name));
        foreach (var (life, i) in design.Lives.Select((life, i) => (life, i)))
        {
            if (life.Kind == LifeKind.EndOfLife && (i < design.Lives.Length - 1 || !life.Service.IsZero))
                throw Refusal.At("products.lives.endOfLife", FormattableString.Invariant($"{at}/lives/{i}"),
                    ("name", design.Name));
            if (life.Burdens.GroupBy(b => b.Indicator, StringComparer.Ordinal).Any(g => g.Count() > 1))
                throw Refusal.At("products.lives.twice", FormattableString.Invariant($"{at}/lives/{i}"),
                    ("name", design.Name));
        }
    }

    /// <summary>One unit and kind everywhere, and stated for every life of both designs.</summary>
    private static void CheckAlike(IGrouping<string, (LifeBurden Burden, string At, int Design)> indicator)
    {
        var (first, at, _) = indicator.First();
        foreach (var (burden, other, _) in indicator)
            if (burden.Unit != first.Unit || burden.Kind != first.Kind)
                throw Refusal.At("products.lives.unlike", other, ("name", indicator.Key),
                    ("first", first.Unit), ("second", burden.Unit));
        if (indicator.Select(b => b.Design).Distinct().Count() < 2)
            throw Refusal.At("products.lives.oneSided", at, ("name", indicator.Key));
    }

    private static ComparedIndicator Compare(LivesSpec spec, LifeBurden indicator)
    {
        var first = SoFar(spec, 0, indicator);
        var second = SoFar(spec, 1, indicator);
        var (before, after) = (first[^1].PerService, second[^1].PerService);
        return new ComparedIndicator(indicator.Indicator, indicator.Kind, first, second,
            new Figure(after.Value - before.Value, after.Unit, new Trace.Formula("formula.difference",
                [new("operand.after", after), new("operand.before", before)])));
    }

    private static ImmutableArray<LifeSoFar> SoFar(LivesSpec spec, int design, LifeBurden indicator)
    {
        var lives = spec.Designs[design].Lives;
        var burdens = new List<(string, Figure)>();
        var services = new List<(string, Figure)>();
        var result = ImmutableArray.CreateBuilder<LifeSoFar>(lives.Length);
        for (var l = 0; l < lives.Length; l++)
        {
            var label = FormattableString.Invariant($"{l + 1}");
            var b = lives[l].Burdens.ToList().FindIndex(x => x.Indicator == indicator.Indicator);
            if (b < 0) throw Refusal.At("products.lives.missing",
                FormattableString.Invariant($"/designs/{design}/lives/{l}/burdens"),
                ("name", indicator.Indicator), ("life", l + 1), ("design", spec.Designs[design].Name));
            burdens.Add((label, new Figure(lives[l].Burdens[b].Amount, indicator.Unit,
                new Trace.Given(At(design, l, b) + "/amount"))));
            services.Add((label, new Figure(lives[l].Service, spec.Service,
                new Trace.Given(FormattableString.Invariant($"/designs/{design}/lives/{l}/service")))));
            var burden = Figure.Sum(indicator.Unit, [.. burdens]);
            var service = Figure.Sum(spec.Service, [.. services]);
            result.Add(new LifeSoFar(lives[l].Kind, burden, service, Figure.Quotient(
                $"{indicator.Unit}/{spec.Service}", "formula.products.lives.perService",
                new("operand.lives.burden", burden), new("operand.lives.service", service),
                Math.Max(Scale, Digits - Amount.WholeDigits(burden.Value, service.Value))),
                string.IsNullOrWhiteSpace(lives[l].Burdens[b].Source) ? null : lives[l].Burdens[b].Source));
        }
        return result.MoveToImmutable();
    }
}
