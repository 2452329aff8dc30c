using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>Shares a site's inventory among what it made.</summary>
internal sealed class FootprintComputation(FootprintSpec spec, View view, FactorLibrary packs,
    InventoryReport inventory, IReadOnlyDictionary<ProcessLink, AssessReport> assessed,
    IReadOnlyDictionary<string, CircularFootprintReport> circular, List<Finding> findings)
{
    private const string Unit = "kg CO2e";

    private readonly FootprintBill _bill = new(spec, view, packs, inventory, assessed);
    private readonly FootprintLives _lives = new(spec, view, packs, circular);
    private readonly FootprintRatings? _ratings = FootprintRatings.Of(spec, view, packs, inventory);

    /// <summary>Decimals of a share and of a figure per unit.</summary>
    private const int ShareScale = 6, UnitScale = 12;

    /// <summary>A burden: the line, its scope and category as text, and where it belongs.</summary>
    private sealed record Burden(InventoryLine Line, string Scope, string Stage, string Because);

    /// <summary>The answer.</summary>
    public FootprintReport Report(CancellationToken cancel)
    {
        CheckSite();
        var output = new FootprintMade(spec, view, packs, cancel);
        var made = output.Outputs.ToList();
        findings.AddRange(output.Findings);
        _bill.UsedUp = output.UsedUp;
        _lives.Check(made.Select(m => m.Product));
        var weights = new FootprintWeights(spec, view, made, findings);
        var units = new FootprintUnits(spec, view, packs, inventory, made, weights, cancel);
        var burdens = Lines().Select(Placed).ToList();
        if (burdens.Count == 0)
            throw Refusal.At("products.footprint.noLines", "/period", ("site", spec.Site),
                ("period", spec.Period));
        var inside = burdens.Where(b => b.Stage.Length > 0).ToList();
        var parts = inside.Select(b => units.Parts(b.Line)).ToList();
        var biogenic = inventory.Biogenic.Lines.Select(units.Parts).ToList();
        var delivered = made.Select(m => Delivered(m, burdens)).ToList();
        var products = made.Select((m, i) => Product(m, weights.ShareOf(i), inside,
            [.. parts.Select(p => p[i])], [.. biogenic.Select(p => p[i])], _bill.Of(m), delivered[i],
            [.. burdens.Where(b => IsDelivery(b.Line) && b.Line.Resource == m.Product)
                .Select(b => (b.Line, b.Scope, Traced(b.Line)))]))
            .ToImmutableArray();
        if (_ratings is not null)
        {
            _ratings.CheckUsed(products.SelectMany(p => p.Stages).SelectMany(s => s.Lines)
                .Select(l => l.Item).Concat(made.SelectMany(_lives.Parts).Select(p => p.Item)));
            findings.AddRange(FootprintRatings.Findings());
        }
        var outside = burdens.Where(b => b.Stage.Length == 0 && !IsDelivery(b.Line)).ToList();
        var excluded = outside.Select(b => new FootprintExcluded(b.Line.Label,
            b.Line.Title, b.Scope, b.Because, b.Line.Kgco2e)).ToImmutableArray();
        var unknown = Unknown([.. products.SelectMany(p => p.Components)
            .Where(c => c.Emissions is not null).Select(c => c.Item)], output);
        var gaps = products.SelectMany(p => p.Components).Where(c => c.Counted == "gap").ToList();
        var partial = burdens.Exists(b => b.Line.Partial) || unknown.Length > 0 || gaps.Count > 0
            || !inventory.Questions.IsEmpty;
        findings.AddRange(units.Findings());
        Say(products, unknown, gaps, [.. burdens.Where(b => b.Line.Partial)
            .Select(b => b.Line.Resource)]);
        SayOfBills(products, output.Reused);
        if (output.Stocked(inside.Where(b => b.Stage is "materials" or "inbound")
            .Select(b => b.Line.Resource)) is { } stocked) findings.Add(stocked);
        return new FootprintReport
        {
            Period = spec.Period,
            Site = spec.Site,
            Rules = spec.Rules,
            Gwp = spec.Gwp,
            Electricity = spec.Electricity,
            Key = weights.Key,
            Reason = weights.Reason,
            Units = units.Splits,
            Products = products,
            Excluded = excluded,
            Reconciliation = Reconciled(products, outside),
            Unknown = unknown,
            Partial = partial,
        };
    }

    private void CheckSite()
    {
        if (inventory.Sites.FirstOrDefault(s => s.Site == spec.Site) is not { Included: true })
            throw Refusal.At("products.footprint.siteOutside", "/site", ("site", spec.Site));
        foreach (var (category, i) in spec.Include.Select((c, i) => (c, i)))
            if (!Optional.ContainsKey(category)
                || (spec.Rules == FootprintRules.Pas2050 && category is "3.2" or "3.7"))
                throw Refusal.At("products.footprint.include", $"/include/{i}", ("category", category));
    }

    /// <summary>The lines of the inventory that count, Scope 2 in the view that was asked for.</summary>
    private IEnumerable<InventoryLine> Lines() => inventory.Scope1.Lines
        .Concat((spec.Electricity == FootprintElectricity.Location ? inventory.Scope2.Location
            : inventory.Scope2.Market).Lines)
        .Concat(inventory.Scope3.Categories.SelectMany(c => c.Lines));

    /// <summary>Categories that rules leave out and a spec may take in, with the reason.</summary>
    private static readonly Dictionary<string, string> Optional = new()
    {
        ["3.2"] = "capitalGoods",
        ["3.6"] = "businessTravel",
        ["3.7"] = "commuting",
        ["3.8"] = "leased",
    };

    private Burden Placed(InventoryLine line)
    {
        var scope = line.Scope == "3" ? $"3.{line.Category}" : line.Scope;
        if (Optional.TryGetValue(scope, out var because))
            return spec.Include.Contains(scope) ? new Burden(line, scope, "overheads", "")
                : new Burden(line, scope, "", because);
        var stage = scope switch
        {
            "1" or "2" => "manufacture",
            "3.1" => "materials",
            "3.3" => "upstreamEnergy",
            // Carriage to customers and between sites leaves through the gate, whoever pays for it.
            "3.4" => line.Rule == InboundCarriage ? "inbound" : "",
            "3.5" => "waste",
            _ => "",
        };
        return new Burden(line, scope, stage, stage.Length > 0 ? "" : "afterTheGate");
    }

    /// <summary>The rule of the scope-rules pack for carriage from suppliers.</summary>
    private const string InboundCarriage = "carriage-040";

    /// <summary>The rules for carriage to customers, whoever pays.</summary>
    private static readonly string[] OutboundCarriage = ["carriage-050", "carriage-060"];

    /// <summary>True for a line that is the delivery of a product whose life takes it.</summary>
    private bool IsDelivery(InventoryLine line) =>
        OutboundCarriage.Contains(line.Rule) && _lives.TakesCarriage(line.Resource);

    /// <summary>
    /// Carriage to customers that the inventory holds of a product; null where it is not taken.
    /// </summary>
    private Figure? Delivered(FootprintOutput made, List<Burden> burdens)
    {
        if (!_lives.TakesCarriage(made.Product)) return null;
        var lines = burdens.Where(b => IsDelivery(b.Line) && b.Line.Resource == made.Product).ToList();
        if (lines.Count == 0)
            throw Refusal.At("products.footprint.noDelivery", "/life", ("product", made.Product));
        if (inventory.Unknown.Any(u => u.Resource == made.Product && u.Scope == "3")
            || inventory.Questions.Any(q => q.Resource == made.Product && q.Scope == "3"))
            findings.Add(Finding.Of("products.footprint.deliveryPartly", Severity.Warning, null,
                ("product", made.Product)));
        return Figure.Sum(Unit, [.. lines.Select(l => (Traced(l.Line), l.Line.Kgco2e))]);
    }

    private FootprintProduct Product(FootprintOutput made, Figure? share, List<Burden> burdens,
        List<Figure> parts, List<Figure> biogenic, IReadOnlyList<FootprintComponent> components,
        Figure? delivered, IReadOnlyList<(InventoryLine Line, string Scope, string Traced)> carried)
    {
        var counted = components.Where(c => c.Emissions is not null).ToList();
        var total = Figure.Sum(Unit, [.. burdens.Select((b, i) => (Traced(b.Line), parts[i])),
            .. counted.Select(c => (c.Item, c.Emissions!))]);
        FootprintStage Stage(string stage, IReadOnlyList<FootprintLine> lines)
        {
            var sum = Figure.Sum(Unit, [.. lines.Select(l => (l.Traced, l.Part))]);
            return new FootprintStage(stage, sum, Per(sum, made.Output), Percent(sum, total), [.. lines]);
        }
        var lines = burdens.Select((b, i) => new RatedLine(b.Stage, new FootprintLine(b.Line.Label,
                b.Line.Title, b.Scope, b.Line.Resource, b.Line.Kind, b.Line.Kgco2e, parts[i],
                Percent(parts[i], total))
                { Traced = Traced(b.Line) }, b.Line))
            .Concat(counted.Select(c => new RatedLine("components", new FootprintLine(c.Name, new Name(), "",
                c.Item, "component", c.Emissions!, c.Emissions!, Percent(c.Emissions!, total))
                { Traced = c.Item }, null, c.Counted == "factor" ? c.Source : null))).ToList();
        var stages = lines
            .GroupBy(l => l.Stage).OrderBy(g => Array.IndexOf(Order, g.Key))
            .Select(g => Stage(g.Key, [.. g.Select(l => l.Line)])).ToImmutableArray();
        var perUnit = Per(total, made.Output);
        return new FootprintProduct
        {
            Product = made.Product,
            Name = made.Name,
            Output = made.Output,
            Share = share,
            Total = total,
            PerUnit = perUnit,
            PerPiece = FootprintWeights.PerPiece(made, perUnit, view),
            Stages = stages,
            Components = [.. components.Select(c => c.Emissions is null ? c
                : c with { Share = Percent(c.Emissions, total) })],
            Delivered = delivered,
            Grave = new FootprintWholeLife(packs, _ratings, Percent).Of(_lives.Of(made, perUnit,
                delivered is null ? null : Per(delivered, made.Output)), made, lines, carried,
                _lives.Parts(made)),
            CutOff = FootprintRuleValues.CutOff(packs, stages.SelectMany(s => s.Lines)),
            Quality = _ratings?.Of(made.Product, lines, Percent, total),
            Measured = Measured(burdens, parts, lines, total),
            Biogenic = biogenic.Count == 0 ? null
                : Figure.Sum(biogenic[0].Unit, [.. biogenic.Select(b => ("operand.part", b))]),
        };
    }

    /// <summary>
    /// What rests on measured or invoiced amounts, of all in percent; where credits stand among burdens both
    /// count by their size.
    /// </summary>
    private static Figure Measured(List<Burden> burdens, List<Figure> parts, List<RatedLine> lines,
        Figure total)
    {
        Figure Sizes(IEnumerable<(string, Figure)> of) =>
            Figure.Sum(Unit, [.. of.Select(x => (x.Item1, FootprintRuleValues.Size(x.Item2)))]);
        var measured = Sizes(burdens.Select((b, i) => (b.Line, Part: parts[i])).Where(b =>
            b.Line.Basis is Basis.Measured or Basis.Invoiced && b.Line.Estimated is null)
            .Select(b => (Traced(b.Line), b.Part)));
        return Percent(measured, lines.Exists(l => l.Line.Part.Value.Sign < 0)
            ? Sizes(lines.Select(l => (l.Line.Traced, l.Line.Part))) : total);
    }

    /// <summary>What sums call a line: by ids, which a reader sees as names.</summary>
    private static string Traced(InventoryLine line) => line.Site.Length == 0
        ? line.Resource : $"{line.Site}: {line.Resource}, {line.Kind}";

    private static readonly string[] Order =
        ["materials", "components", "upstreamEnergy", "inbound", "manufacture", "waste", "overheads"];

    private static Figure Per(Figure figure, Figure output) => new(
        Amount.Divide(figure.Value, output.Value, UnitScale), $"{figure.Unit}/{output.Unit}",
        new Trace.Formula("formula.products.footprint.perUnit",
            [new("operand.emissions", figure), new("operand.output", output)]));

    private static Figure Percent(Figure part, Figure whole) => whole.Value.IsZero
        ? new Figure(Amount.Zero, "%", new Trace.Formula("formula.products.footprint.percent",
            [new("operand.part", part), new("operand.whole", whole)]))
        : new Figure(Amount.Divide(part.Value * 100, whole.Value, ShareScale), "%",
            new Trace.Formula("formula.products.footprint.percent",
                [new("operand.part", part), new("operand.whole", whole)]));

    private FootprintReconciliation Reconciled(ImmutableArray<FootprintProduct> products,
        List<Burden> excluded)
    {
        var scopes = new List<(string, Figure)>();
        if (inventory.Scope1.Total is { } one) scopes.Add(("operand.scope1", one.Kgco2e));
        var energy = spec.Electricity == FootprintElectricity.Location ? inventory.Scope2.Location
            : inventory.Scope2.Market;
        if (energy.Total is { } two) scopes.Add(("operand.scope2", two.Kgco2e));
        if (inventory.Scope3.Total is { } three) scopes.Add(("operand.scope3", three.Kgco2e));
        var whole = Figure.Sum(Unit, scopes);
        var inside = Figure.Sum(Unit, [.. products.Select(p => (p.Product, p.Total))]);
        var outside = excluded.Count == 0 ? null
            : Figure.Sum(Unit, [.. excluded.Select(e => (Traced(e.Line), e.Line.Kgco2e))]);
        var counted = products.SelectMany(p => p.Components).Where(c => c.Emissions is not null).ToList();
        var components = counted.Count == 0 ? null
            : Figure.Sum(Unit, [.. counted.Select(c => (c.Item, c.Emissions!))]);
        var carried = products.Where(p => p.Delivered is not null).ToList();
        var delivered = carried.Count == 0 ? null
            : Figure.Sum(Unit, [.. carried.Select(p => (p.Product, p.Delivered!))]);
        var operands = new List<Operand> { new("operand.whole", whole), new("operand.part", inside) };
        if (delivered is not null) operands.Add(new("operand.delivery", delivered));
        if (outside is not null) operands.Add(new("operand.excluded", outside));
        if (components is not null) operands.Add(new("operand.components", components));
        return new FootprintReconciliation(whole, inside, delivered, outside, components, new Figure(
            whole.Value + (components?.Value ?? Amount.Zero) - inside.Value
                - (delivered?.Value ?? Amount.Zero) - (outside?.Value ?? Amount.Zero), Unit,
            new Trace.Formula("formula.products.footprint.difference", operands)));
    }

    /// <summary>What was used without a figure, less what bills of materials count.</summary>
    private ImmutableArray<FootprintUnknown> Unknown(HashSet<string> counted, FootprintMade output) =>
    [
        .. output.FromElsewhere.Where(u => !counted.Contains(u.Item)),
        // What customers send back was made here: it is nothing that was used.
        .. inventory.Unknown.Where(u => !u.Adjustment
                && !(u.From.StartsWith("customer", StringComparison.Ordinal)
                    && output.Outputs.Any(o => o.Product == u.Resource))
                && !(u.Scope == "3" && u.Category == "1" && counted.Contains(u.Resource)))
            .Select(u => (Of: u, Scope: u.Scope == "3" ? $"3.{u.Category}" : u.Scope))
            .Where(u => !Optional.ContainsKey(u.Scope)
                && u.Scope is "" or "1" or "2" or "3.1" or "3.3" or "3.4" or "3.5")
            .Select(u => new FootprintUnknown(u.Of.Label, u.Of.Title, u.Scope, u.Of.Resource, u.Of.Quantity)),
    ];

    private void Say(ImmutableArray<FootprintProduct> products, ImmutableArray<FootprintUnknown> unknown,
        List<FootprintComponent> gaps, IEnumerable<string> partial)
    {
        if (unknown.Length + gaps.Count > 0)
            findings.Add(Finding.Of("products.footprint.atLeast", Severity.Warning, null,
                ("items", string.Join(", ", unknown.Select(u => u.Item).Concat(gaps.Select(g => g.Item))
                    .Distinct()))));
        if (string.Join(", ", partial.Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } partly)
            findings.Add(Finding.Of("products.footprint.partial", Severity.Warning, null, ("items", partly)));
        var open = inventory.Questions.Select(q => q.Resource).Distinct().Order(StringComparer.Ordinal);
        if (!inventory.Questions.IsEmpty)
            findings.Add(Finding.Of("products.footprint.open", Severity.Warning, null,
                ("items", string.Join(", ", open))));
        SayWhereItEnds(products);
        findings.Add(Finding.Of("products.footprint.clauses", Severity.Info, null, ("rules",
            spec.Rules == FootprintRules.Pas2050 ? "PAS 2050:2011" : "ISO 14067:2018")));
    }

    /// <summary>
    /// Which part of a life is in no figure: the gate is the end, or something after it lacks.
    /// </summary>
    private void SayWhereItEnds(ImmutableArray<FootprintProduct> products)
    {
        foreach (var product in products)
        {
            if (product.Grave is not { } grave || grave is { Delivery: null, Use: null, EndOfLife: null })
                findings.Add(Finding.Of("products.footprint.gate", Severity.Info, null,
                    ("product", product.Product)));
            else if (grave is { Use: null, EndOfLife: null })
                findings.Add(Finding.Of("products.footprint.customer", Severity.Info, null,
                    ("product", product.Product)));
            else if (grave.Whole is null)
                findings.Add(Finding.Of(grave.Use is null ? "products.footprint.withoutUse"
                    : "products.footprint.withoutEnd", Severity.Info, null, ("product", product.Product)));
            else if (grave.Delivery is null)
                findings.Add(Finding.Of("products.footprint.withoutDelivery", Severity.Info, null,
                ("product", product.Product)));
            if (product.Grave is { Whole: not null, Uptake: not null, Release: null })
                findings.Add(Finding.Of("products.footprint.uptakeStays", Severity.Warning, null,
                    ("product", product.Product)));
        }
    }

    /// <summary>What a reader of bills must know: what does not count again, what is made here.</summary>
    private void SayOfBills(ImmutableArray<FootprintProduct> products, IReadOnlySet<string> reused)
    {
        var lines = products.SelectMany(p => p.Components).ToList();
        static string Items(IEnumerable<FootprintComponent> of) =>
            string.Join(", ", of.Select(c => c.Item).Distinct());
        var books = lines.Where(c => c.Counted == "books").ToList();
        if (books.Count > 0)
            findings.Add(Finding.Of("products.footprint.inBooks", Severity.Info, null,
                ("items", Items(books))));
        var made = lines.Where(c => products.Any(p => p.Product == c.Item) && !reused.Contains(c.Item))
            .ToList();
        if (made.Count > 0)
            findings.Add(Finding.Of("products.footprint.intermediate", Severity.Warning, null,
                ("items", Items(made))));
        foreach (var product in products.SelectMany(p => p.Components).Where(c => c.Counted == "process")
            .Select(c => c.Source.Split(':', 2)[0]).Distinct().Order(StringComparer.Ordinal))
            findings.Add(Finding.Of("products.footprint.background", Severity.Info, null,
                ("database", product)));
    }
}
