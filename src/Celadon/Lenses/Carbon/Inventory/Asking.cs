using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>Questions: a missing fact, its possible answers, and what each would add.</summary>
internal sealed class Asking(InventoryRun run, Deriving deriving, FactorLibrary packs)
{
    /// <summary>The questions of claims that ask, one for the same thing, in order.</summary>
    public ImmutableArray<InventoryOpenQuestion> Of(IEnumerable<Claim> claims) => [.. claims
        .Where(c => !c.Activity.IsAdjustment)
        .GroupBy(c => (c.Activity.Site, Rule: c.Rule.Id, c.Resource.Id, c.Activity.Unit, Facts: c.Facts.Text,
            From: c.Activity.From.Kind, To: c.Activity.To.Kind))
        .OrderBy(g => g.Key.Site, StringComparer.Ordinal).ThenBy(g => g.Key.Rule, StringComparer.Ordinal)
        .ThenBy(g => g.Key.Id, StringComparer.Ordinal).ThenBy(g => g.Key.Facts, StringComparer.Ordinal)
        .ThenBy(g => g.Key.Unit, StringComparer.Ordinal).ThenBy(g => g.Key.From).ThenBy(g => g.Key.To)
        .Select(g => ItemOf([.. g]))];

    private InventoryOpenQuestion ItemOf(List<Claim> claims)
    {
        var first = claims[0];
        var activities = claims.Select(c => c.Activity).ToList();
        return new InventoryOpenQuestion
        {
            Fact = first.Rule.Question,
            Title = first.Rule.Title,
            Scope = first.Scope,
            Categories = [.. first.Rule.Category.Split('|')],
            Label = first.Resource.Name,
            Site = first.Activity.Site,
            Period = Claim.SpanOf(activities),
            From = UnknownGathering.Names(activities.Select(a => a.From)),
            To = UnknownGathering.Names(activities.Select(a => a.To)),
            Resource = first.Resource.Id,
            Quantity = Claim.SumOf(activities),
            Kgco2e = first.FactorResource is null ? null : FigureOf(claims),
            Options = [.. ValuesOf(first.Rule.Question).Select(value => OptionOf(claims, value))
                .OfType<InventoryOption>()],
        };
    }

    /// <summary>
    /// The values that the vocabulary lists for a fact; none where it only gives an example.
    /// </summary>
    private IEnumerable<string> ValuesOf(string fact)
    {
        var text = packs.Packs.SelectMany(p => p.FactNames).FirstOrDefault(f => f.Name == fact)?.Values ?? "";
        return text.Contains('|', StringComparison.Ordinal)
            ? text.Split('|').Where(value => value is not ("" or "…" or "unknown")) : [];
    }

    /// <summary>What an answer leads to; null where it would only ask again.</summary>
    private InventoryOption? OptionOf(List<Claim> claims, string value)
    {
        var fact = claims[0].Rule.Question;
        var answered = claims.Select(c => deriving.With(c, fact, value)).OfType<Claim>().ToList();
        if (answered.Count == 0) return new InventoryOption(value, "", "", null);
        var first = answered[0];
        if (first.Asks && first.Rule.Question == fact) return null;
        return new InventoryOption(value, first.Scope, first.Category,
            first.Asks || first.FactorResource is null ? null : FigureOf(answered));
    }

    /// <summary>What claims would give as lines; null where a factor is missing.</summary>
    private Figure? FigureOf(List<Claim> claims)
    {
        var parts = new List<(string Label, Figure Figure)>();
        foreach (var group in claims.Select(c => (Claim: c, Resolved: run.Picking.Of(c)))
            .GroupBy(c => c.Resolved.Pick?.Id))
        {
            if (group.First().Resolved.Pick is not { } pick) return null;
            run.Boundary.Counts(claims[0].Activity.Site, out var share);
            var quantity = run.Building.QuantityOf(
                [.. group.Select(c => (c.Claim, c.Resolved.Conversion))], pick.Unit);
            parts.Add((pick.Id, LineBuilding.Compose(pick, quantity, share).Kgco2e));
        }
        return parts is [var only] ? only.Figure : Figure.Sum(parts[0].Figure.Unit, parts);
    }
}
