using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// What a site made: given by its units, or by the site as a whole, to a stock, less what they took back of
/// it; without what was posted after closing. What else comes and goes and could be taken for it is named.
/// </summary>
internal sealed class FootprintMade
{
    private readonly FootprintSpec _spec;
    private readonly View _view;
    private readonly FactorLibrary _packs;
    private readonly List<Activity> _own;
    private readonly List<Finding> _findings = [];
    private readonly HashSet<string> _reused = new(StringComparer.Ordinal);
    private readonly HashSet<string> _usedUp = new(StringComparer.Ordinal);

    public FootprintMade(FootprintSpec spec, View view, FactorLibrary packs, CancellationToken cancel)
    {
        (_spec, _view, _packs) = (spec, view, packs);
        _own = [.. Within(Measurements.Of(view, [spec.Site], cancel)).Where(a => a.Site == spec.Site)];
        var made = _own.Concat(Away(cancel)).Where(a => a.To.Kind == NodeKind.Stock
            && a.From.Kind is NodeKind.Unit or NodeKind.Site && IsHere(a.From));
        Outputs = [.. made.GroupBy(a => a.Resource, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Output(g.Key, [.. g]))
            .OfType<FootprintOutput>()];
        if (Outputs.Count == 0)
            throw Refusal.At("products.footprint.noOutput", "/period", ("site", spec.Site),
                ("period", spec.Period));
        FromElsewhere = [.. _own.Where(IsUsedFromElsewhere)
            .GroupBy(a => (a.Resource, a.Unit)).OrderBy(g => g.Key.Resource, StringComparer.Ordinal)
            .Select(g => new FootprintUnknown(NameOf(g.Key.Resource), null, "", g.Key.Resource,
                Figure.Sum(g.Key.Unit, [.. g.Select(a => (LabelOf(a), a.Quantity))])))];
        SayOfOthers();
    }

    /// <summary>The products, in order of id.</summary>
    public IReadOnlyList<FootprintOutput> Outputs { get; }

    /// <summary>Products of which some went back into the works.</summary>
    public IReadOnlySet<string> Reused => _reused;

    /// <summary>What was made here and all of it used here.</summary>
    public IReadOnlySet<string> UsedUp => _usedUp;

    /// <summary>What came from other sites: in the inventory of none of the lines here.</summary>
    public ImmutableArray<FootprintUnknown> FromElsewhere { get; }

    /// <summary>What a reader must know of it.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>
    /// Of resources whose lines are of what was bought: those of which another amount was used.
    /// </summary>
    public Finding? Stocked(IEnumerable<string> bought)
    {
        var items = new List<string>();
        foreach (var resource in bought.Distinct().Order(StringComparer.Ordinal))
        {
            var moved = _own.Where(a => (_packs.Resources.Find(a.Resource)?.Id ?? a.Resource) == resource)
                .ToList();
            var came = moved.Where(a => a.From.Kind == NodeKind.Supplier && a.To.Kind == NodeKind.Stock)
                .ToList();
            var went = moved.Where(a => a.From.Kind == NodeKind.Stock
                && a.To.Kind is NodeKind.Unit or NodeKind.Site).ToList();
            if (came.Count == 0 || went.Count == 0
                || came.Concat(went).Select(a => a.Unit).Distinct().Skip(1).Any()) continue;
            var (inward, outward) = (Sum(came), Sum(went));
            if (inward != outward) items.Add($"{resource} ({inward} / {outward} {came[0].Unit})");
        }
        return items.Count == 0 ? null : Finding.Of("products.footprint.stocked", Severity.Warning, null,
            ("items", string.Join(", ", items)));
    }

    private IEnumerable<Activity> Within(Measurements measured) =>
        measured.Activities.Where(a => !a.IsAdjustment && _spec.Period.Contains(a.Month));

    /// <summary>What was made here and given to a stock of another site; the books put it there.</summary>
    private IEnumerable<Activity> Away(CancellationToken cancel)
    {
        bool Leaves(Node from, Node to) => to.Kind == NodeKind.Stock
            && from.Kind is NodeKind.Unit or NodeKind.Site && _view.Registers.SiteOf(from)?.Id == _spec.Site
            && _view.Registers.SiteOf(to) is { } other && other.Id != _spec.Site;
        return !_view.Shapes.Any(s => Leaves(s.From, s.To)) ? []
            : Within(Measurements.Of(_view, cancel)).Where(a => Leaves(a.From, a.To));
    }

    /// <summary>True inside the site, and where the registers do not say where it is.</summary>
    private bool IsHere(Node node) => node.IsInside
        && (_view.Registers.SiteOf(node) is not { } site || site.Id == _spec.Site);

    /// <summary>
    /// What another site sent here to be used; goods of the kind that is made here are only kept here.
    /// </summary>
    private bool IsUsedFromElsewhere(Activity a) => IsHere(a.To)
        && _view.Registers.SiteOf(a.From) is { } other && other.Id != _spec.Site
        && (a.To.Kind != NodeKind.Stock || Outputs.All(o => o.Product != a.Resource));

    private FootprintOutput? Output(string resource, List<Activity> made)
    {
        var back = _own.Where(a => a.Resource == resource && a.From.Kind == NodeKind.Stock
            && a.To.Kind is NodeKind.Unit or NodeKind.Site && IsHere(a.From) && IsHere(a.To)).ToList();
        var units = made.Concat(back).Select(a => a.Unit).Distinct().ToList();
        if (units.Count > 1)
            throw Refusal.At("products.footprint.units", "/site", ("product", resource),
                ("units", string.Join(", ", units)));
        var months = made.Select(a => (a.Month, a.From, (LabelOf(a), a.Quantity)))
            .Concat(back.Select(a => (a.Month, a.From, (LabelOf(a), Less(a.Quantity))))).ToList();
        var output = Figure.Sum(units[0], [.. months.Select(m => m.Item3)]);
        if (back.Count > 0) _reused.Add(resource);
        if (output.Value.Sign <= 0 || back.Count > 0) SayOfUse(resource, made, back, output);
        if (output.Value.Sign <= 0) return null;
        var product = _view.Registers.Find<Product>(resource);
        if (product is null)
            _findings.Add(Finding.Of("products.footprint.notRegistered", Severity.Info, null,
                ("product", resource)));
        return new FootprintOutput(resource, NameOf(resource), product, output, months);
    }

    private void SayOfUse(string resource, List<Activity> made, List<Activity> back, Figure output)
    {
        var isUsed = output.Value.Sign <= 0 && back.Count > 0;
        if (isUsed) _usedUp.Add(resource);
        var code = isUsed ? "usedUp" : output.Value.Sign <= 0 ? "notMade" : "reused";
        _findings.Add(Finding.Of("products.footprint." + code, code == "notMade" ? Severity.Warning
            : Severity.Info, null, ("product", resource), ("made", Sum(made)), ("used", Sum(back)),
            ("unit", output.Unit)));
    }

    /// <summary>What leaves without a stock, comes from another site, or comes back.</summary>
    private void SayOfOthers()
    {
        var stocked = Outputs.Select(o => o.Product).Concat(_usedUp).ToHashSet(StringComparer.Ordinal);
        Say("leavesDirectly", Severity.Warning, _own.Where(a => a.From.Kind is NodeKind.Unit or NodeKind.Site
            && a.To.Kind is NodeKind.Customer or NodeKind.Grid && !stocked.Contains(a.Resource)));
        Say("fromElsewhere", Severity.Warning, _own.Where(IsUsedFromElsewhere));
        Say("returned", Severity.Info, _own.Where(a => a.From.Kind == NodeKind.Customer
            && stocked.Contains(a.Resource)));
    }

    private void Say(string code, Severity severity, IEnumerable<Activity> of)
    {
        var items = of.GroupBy(a => (a.Resource, a.Unit)).OrderBy(g => g.Key.Resource, StringComparer.Ordinal)
            .Select(g => $"{g.Key.Resource} ({Sum(g)} {g.Key.Unit})").ToList();
        if (items.Count > 0)
            _findings.Add(Finding.Of("products.footprint." + code, severity, null,
                ("items", string.Join(", ", items))));
    }

    private Name NameOf(string resource) => _view.Registers.Find<Product>(resource)?.Name
        ?? _packs.Resources.Find(resource)?.Name ?? new Name(resource);

    private static Amount Sum(IEnumerable<Activity> of) =>
        of.Aggregate(Amount.Zero, (sum, a) => sum + a.Quantity.Value);

    private static Figure Less(Figure taken) => new(-taken.Value, taken.Unit, new Trace.Formula(
        "formula.products.footprint.takenBack", [new("operand.quantity", taken)]));

    private static string LabelOf(Activity a) =>
        FormattableString.Invariant($"{a.Month.Year:0000}-{a.Month.Month:00} {a.From} → {a.To}");
}
