using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using NodaTime;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>What a line was made from.</summary>
/// <param name="Pick">Its factor.</param>
/// <param name="Share">The share that counts; null for all.</param>
/// <param name="Claims">The claims under it.</param>
/// <param name="Moving">
/// Those whose error moves the line: all, but for the market-based method not what an instrument's own amount
/// bounds.
/// </param>
internal sealed record LineParts(
    Pick Pick, Figure? Share, IReadOnlyList<(Claim Claim, Conversion Conversion)> Claims,
    IReadOnlyList<(Claim Claim, Conversion Conversion)> Moving)
{
    /// <summary>
    /// The line's quantity by month where it is not that of its claims: what instruments cover or leave.
    /// </summary>
    public IReadOnlyDictionary<YearMonth, Figure>? Months { get; init; }
}

/// <summary>
/// Gathers claims under one factor into a line: one a site, resource, factor and set of flags. Quantities are
/// added up before the factor multiplies them.
/// </summary>
internal sealed class LineBuilding(
    RegisterSet registers, Boundary boundary, Picking picking,
    HashSet<(string, Node, Node, string)> incomplete)
{
    private readonly Dictionary<Key, Draft> _drafts = [];
    private readonly Dictionary<Pick, string> _flagKeys = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<InventoryLine, LineParts> _parts = new(ReferenceEqualityComparer.Instance);

    /// <summary>What a line was made from; null for one that was not made here.</summary>
    public LineParts? PartsOf(InventoryLine line) => _parts.GetValueOrDefault(line);

    /// <summary>Keeps what a line was made from.</summary>
    public InventoryLine Keep(InventoryLine line, LineParts parts)
    {
        _parts[line] = parts;
        return line;
    }

    /// <summary>What makes a line.</summary>
    private readonly record struct Key(
        bool IsAdjustment, string Scope, string Category, string Kind, string Site, string Resource,
        string Factor, string Flags, string Overrides);

    private sealed class Draft(Pick pick, Claim first)
    {
        public Pick Pick { get; } = pick;
        public Claim First { get; } = first;
        public List<(Claim Claim, Conversion Conversion)> Claims { get; } = [];
    }

    /// <summary>Adds a claim with its factor.</summary>
    public void Add(Claim claim, Resolved resolved)
    {
        var pick = resolved.Pick!;
        var scope = pick.IsOutsideKyoto ? "outside" : claim.Scope;
        var key = new Key(claim.Activity.IsAdjustment, scope, claim.Category, pick.Kind, claim.Activity.Site,
            claim.Resource.Id, pick.Id, FlagsKey(pick),
            claim.Overrides.IsEmpty ? "" : string.Join(';', claim.Overrides.Select(o => o.Position)));
        if (!_drafts.TryGetValue(key, out var draft)) _drafts[key] = draft = new Draft(pick, claim);
        draft.Claims.Add((claim, resolved.Conversion));
    }

    private string FlagsKey(Pick pick)
    {
        if (_flagKeys.TryGetValue(pick, out var known)) return known;
        return _flagKeys[pick] = string.Join(';', pick.Flags.Select(f => $"{f.Code}={f.Taken}"));
    }

    /// <summary>The lines, each with whether it is an adjustment after closing; in order.</summary>
    public IEnumerable<(bool IsAdjustment, InventoryLine Line)> Lines() => _drafts
        .OrderBy(d => d.Key.Scope, StringComparer.Ordinal).ThenBy(d => CategoryRank(d.Key.Category))
        .ThenBy(d => d.Key.Category, StringComparer.Ordinal).ThenBy(d => d.Key.Site, StringComparer.Ordinal)
        .ThenBy(d => d.Key.Resource, StringComparer.Ordinal).ThenBy(d => d.Key.Kind, StringComparer.Ordinal)
        .ThenBy(d => d.Key.Factor, StringComparer.Ordinal).ThenBy(d => d.Key.Flags, StringComparer.Ordinal)
        .ThenBy(d => d.Key.Overrides, StringComparer.Ordinal)
        .Select(d => (d.Key.IsAdjustment, LineOf(d.Key, d.Value)))
        .Where(line => !line.IsAdjustment || !line.Item2.Quantity.Value.IsZero);

    /// <summary>Stationary before mobile before process before fugitive; numbers by size.</summary>
    private static int CategoryRank(string category) => category switch
    {
        "stationary" => 0,
        "mobile" => 1,
        "combustion" => 2,
        "process" => 3,
        "fugitive" => 4,
        "release" => 5,
        _ => int.TryParse(category, System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 6,
    };

    private InventoryLine LineOf(Key key, Draft draft)
    {
        var activities = draft.Claims.Select(c => c.Claim.Activity).ToList();
        boundary.Counts(key.Site, out var share);
        var quantity = Total(draft.Claims.GroupBy(c => (c.Claim.Activity.Unit, c.Conversion))
            .SelectMany(group =>
                Amounts(group.Key.Conversion, [.. group.Select(c => c.Claim)], draft.Pick.Unit)));
        var estimated = Estimated(draft.Claims, draft.Pick);
        var flags = draft.Pick.Flags.Select(f => OfSpan(f, activities)).ToImmutableArray();
        if (draft.First.Rule.Question is { Length: > 0 } asks)
            flags = flags.Add(new InventoryFlag("asks", asks));
        if (estimated is not null) flags = flags.Add(new InventoryFlag("estimated"));
        return Keep(Compose(draft.Pick, quantity, share) with
        {
            Scope = key.Scope,
            Category = key.Category,
            Label = draft.First.Resource.Name,
            Title = draft.First.Rule.Title,
            Rule = draft.First.Rule.Id,
            Site = key.Site,
            Resource = key.Resource,
            Period = Claim.SpanOf(activities),
            Estimated = estimated,
            Flags = flags,
            Basis = activities.Max(a => a.Basis),
            Overrides = draft.First.Overrides,
            Partial = IsPartial(activities),
        }, new LineParts(draft.Pick, share, draft.Claims, draft.Claims));
    }

    /// <summary>A flag of one month speaks for all months of the line.</summary>
    public static InventoryFlag OfSpan(InventoryFlag flag, List<Activity> activities) =>
        flag.Code is "nearest-edition" or "part-of-period" && flag.Wanted?.Length == 7
            ? flag with { Wanted = Claim.SpanOf(activities).ToString() } : flag;

    /// <summary>
    /// A line's figures from a quantity and a factor; what it is of is filled in by the caller.
    /// </summary>
    public static InventoryLine Compose(Pick pick, Figure quantity, Figure? share) => new()
    {
        Scope = "",
        Category = "",
        Kind = pick.Kind,
        Label = pick.Name,
        Title = pick.Name,
        Rule = "",
        Site = "",
        Period = default,
        Resource = "",
        Quantity = quantity,
        Estimated = null,
        Factor = pick.Value,
        Calorific = pick.Calorific == CalorificBasis.None ? null : pick.Calorific,
        FactorId = pick.Id,
        FactorName = pick.Name,
        Pack = pick.Pack,
        Kgco2e = Times(quantity, pick.Value, share, pick.ResultUnit),
        Gases = Pick.Sorted(pick.Gases.Select(gas =>
            KeyValuePair.Create(gas.Key, Times(quantity, gas.Value, share, pick.ResultUnit)))),
        NotSplit = pick.Rest is { } rest ? Times(quantity, rest, share, pick.ResultUnit) : null,
        Basis = Basis.Measured,
        Flags = pick.Flags,
        Candidates = pick.Candidates,
        Overrides = [],
        Partial = false,
    };

    /// <summary>True when a flow under the activities is known only in part.</summary>
    public bool IsPartial(List<Activity> activities) =>
        activities.Exists(a => incomplete.Contains((a.Site, a.From, a.To, a.Resource)));

    /// <summary>The quantity of claims under one conversion in the factor's unit.</summary>
    public Figure QuantityOf(IReadOnlyList<(Claim Claim, Conversion Conversion)> claims, Unit to) =>
        Total(claims.GroupBy(c => (c.Claim.Activity.Unit, c.Conversion))
            .SelectMany(group => Amounts(group.Key.Conversion, [.. group.Select(c => c.Claim)], to)));

    private static Figure Times(Figure quantity, Figure factor, Figure? share, string unit)
    {
        Operand[] operands = [new("operand.quantity", quantity), new("operand.factor", factor)];
        return share is null ? Figure.Product(unit, "formula.quantityTimesFactor", operands)
            : Figure.Product(unit, "formula.inventory.quantityTimesFactorTimesShare",
                [.. operands, new Operand("operand.share", share)]);
    }

    private static Figure Total(IEnumerable<(string Label, Figure Figure)> amounts)
    {
        var parts = amounts.ToList();
        return parts is [var only] ? only.Figure : Figure.Sum(parts[0].Figure.Unit, parts);
    }

    /// <summary>
    /// Amounts of one unit and conversion in the factor's unit: added up first, or, where a conversion must
    /// be rounded, document by document.
    /// </summary>
    private IEnumerable<(string Label, Figure Figure)> Amounts(
        Conversion conversion, IReadOnlyList<Claim> claims, Unit to)
    {
        var activities = claims.Select(c => c.Activity).ToList();
        var product = conversion is Conversion.Carriage { PieceMass: not null }
            && picking.ProductOf(claims[0]) is { } known
            ? (known.Id, registers.PositionOf("product", known.Id)) : ((string, long)?)null;
        if (!conversion.Rounds(Units.Parse(activities[0].Unit), to))
        {
            var label = activities.Count == 1
                ? Claim.LabelOf(activities[0]) : Claim.SpanOf(activities).ToString();
            yield return (label,
                conversion.Apply(Claim.SumOf(activities), to, activities[0].FirstPosition, product));
            yield break;
        }
        foreach (var (position, label, amount) in Documents(activities))
            yield return (label, conversion.Apply(amount, to, position, product));
    }

    /// <summary>What each document says over the months, in order of position.</summary>
    private static IEnumerable<(long Position, string Label, Figure Amount)> Documents(
        List<Activity> activities)
    {
        var parts = activities.SelectMany(a => Parts(a.Quantity, a.FirstPosition).Select(p =>
            (p.Position, Activity: a, p.Figure)));
        foreach (var document in parts.GroupBy(p => p.Position).OrderBy(g => g.Key))
        {
            var figures = document.Select(p => (Claim.LabelOf(p.Activity), p.Figure)).ToList();
            yield return (document.Key, figures[0].Item1,
                figures is [var only] ? only.Figure : Figure.Sum(figures[0].Figure.Unit, figures));
        }
    }

    /// <summary>The documents under a figure: one a position.</summary>
    private static IEnumerable<(long Position, Figure Figure)> Parts(Figure figure, long first)
    {
        if (figure.Trace is Trace.Sum sum)
            return sum.Parts.SelectMany(part => Parts(part.Figure, first));
        if (figure.Trace is not Trace.Rows rows) return [(first, figure)];
        // Found once, when the first document is explained: ten thousand bills must not each read all rows.
        var found = new Lazy<ILookup<long, Leaf>>(() => rows.Leaves().ToLookup(leaf => leaf.Position));
        return rows.Leaves().GroupBy(leaf => leaf.Position).Select(group =>
        {
            var position = group.Key;
            var amount = group.Aggregate(Amount.Zero, (total, leaf) => total + leaf.Contribution);
            return (position, new Figure(amount, figure.Unit,
                new Trace.Rows(rows.Name, group.Count(), () => found.Value[position])));
        });
    }

    /// <summary>The estimated part of claims in the factor's unit; null when nothing is estimated.</summary>
    public static Figure? Estimated(
        IEnumerable<(Claim Claim, Conversion Conversion)> claims, Pick pick)
    {
        var parts = claims.Where(c => !c.Claim.Activity.Estimated.IsZero).Select(c =>
        {
            var activity = c.Claim.Activity;
            var amount = activity.Estimated == activity.Quantity.Value ? activity.Quantity
                : new Figure(activity.Estimated, activity.Unit,
                    new Trace.Formula("formula.inventory.estimatedPart",
                    [new Operand("operand.inventory.amount", activity.Quantity)]));
            var product = c.Conversion is Conversion.Carriage { PieceMass: not null }
                ? (activity.Resource, 0L) : ((string, long)?)null;
            return (Claim.LabelOf(activity),
                c.Conversion.Apply(amount, pick.Unit, activity.FirstPosition, product));
        }).ToList();
        return parts.Count == 0 ? null : Total(parts);
    }
}
