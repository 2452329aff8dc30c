using System.Collections.Immutable;
using Celadon.Ledger;

namespace Celadon.Packs;

/// <summary>Derives scope, category and factor basis from who gave what to whom, and the facts.</summary>
public sealed class ScopeRules
{
    private readonly ResourceCatalogue _resources;
    private readonly ImmutableArray<ImmutableArray<ScopeRule>> _sets;

    internal ScopeRules(ImmutableArray<ScopeRule> rules, ResourceCatalogue resources)
    {
        All = rules;
        _resources = resources;
        _sets = [.. rules.GroupBy(rule => rule.Set, StringComparer.Ordinal)
            .OrderBy(set => set.Key, StringComparer.Ordinal)
            .Select(set => set.OrderBy(rule => rule.Order).ToImmutableArray())];
    }

    /// <summary>Every rule.</summary>
    public ImmutableArray<ScopeRule> All { get; }

    /// <summary>
    /// The rules that fit an entry: the first of each set, in order of set. Empty when no rule knows the
    /// movement or
    /// the catalogue does not know the resource. The facts are the document's and, as "unit-kind", the
    /// register's
    /// kind of the unit that burns a fuel.
    /// </summary>
    public ImmutableArray<RuleMatch> Derive(NodeKind from, NodeKind to, string resource, Facts facts)
    {
        if (_resources.Find(resource) is not { } known) return [];
        var matches = ImmutableArray.CreateBuilder<RuleMatch>();
        foreach (var set in _sets)
        {
            var rule = set.FirstOrDefault(r => r.From.Contains(from) && r.To.Contains(to)
                && r.Kinds.Contains(known.Kind) && (r.Resource.Length == 0 || r.Resource == known.Id)
                && r.When.All(condition => condition.Holds(facts)));
            if (rule is not null) matches.Add(new RuleMatch(rule, FactorOf(rule, known, facts)));
        }
        return matches.ToImmutable();
    }

    private string? FactorOf(ScopeRule rule, Resource resource, Facts facts)
    {
        if (rule.Factor.Length == 0) return null;
        var named = rule.Factor.Replace("*", resource.Id, StringComparison.Ordinal);
        var open = named.IndexOf('{', StringComparison.Ordinal);
        if (open < 0) return named;
        var fact = facts[named[(open + 1)..].TrimEnd('}')];
        if (string.IsNullOrWhiteSpace(fact)) return null;
        var prefix = named[..open];
        if (_resources.Find(fact)?.Id is { } byName && byName.StartsWith(prefix, StringComparison.Ordinal))
            return byName;
        return prefix + ResourceCatalogue.Slug(fact);
    }
}
