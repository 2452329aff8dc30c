using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Registers;

namespace Celadon.Packs;

/// <summary>What a rule does.</summary>
public enum RuleOutcome
{
    /// <summary>Gives a line of the inventory.</summary>
    Line,

    /// <summary>A fact is missing: asks, and gives no line.</summary>
    Question,

    /// <summary>Says that the entry gives no line of this set, and why.</summary>
    None,
}

/// <summary>What a rule's factor multiplies.</summary>
public enum RuleQuantity
{
    /// <summary>The entry's amount.</summary>
    Amount,

    /// <summary>The entry's mass times the distance its document states: tonne-kilometres.</summary>
    MassDistance,
}

/// <summary>A condition on a fact.</summary>
/// <param name="Fact">Its name.</param>
/// <param name="Negated">True for "!fact" (not stated) and "fact!=value".</param>
/// <param name="Values">
/// The values that fit, "*" at the end for any continuation; empty when stating it is enough.
/// </param>
public sealed record RuleCondition(string Fact, bool Negated, ImmutableArray<string> Values)
{
    /// <summary>
    /// Reads "payer=us|supplier;distance;!vehicle;ewc=10 12*". Null when the text is not of that form.
    /// </summary>
    public static ImmutableArray<RuleCondition>? Parse(string text)
    {
        var conditions = ImmutableArray.CreateBuilder<RuleCondition>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var negated = equals < 0 ? name.StartsWith('!') : name.EndsWith('!');
            name = name.Trim('!');
            ImmutableArray<string> values = equals < 0 ? [] : [.. part[(equals + 1)..].Split('|')];
            if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-')) return null;
            if (equals >= 0 && values.Any(value => value.Length == 0)) return null;
            conditions.Add(new RuleCondition(name, negated, values));
        }
        return conditions.ToImmutable();
    }

    /// <summary>True when the facts fit.</summary>
    public bool Holds(Facts facts)
    {
        var value = facts[Fact];
        if (Values.IsEmpty) return value is { Length: > 0 } != Negated;
        return (value is not null && Values.Any(pattern => Fits(pattern, value.Trim()))) != Negated;
    }

    private static bool Fits(string pattern, string value) => pattern.EndsWith('*')
        ? value.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(value, pattern, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// A rule that derives a line of the inventory from who gave what to whom and the facts. Rules of one set are
/// tried
/// in order and the first that fits decides; an entry may give one line in each of several sets.
/// </summary>
public sealed record ScopeRule
{
    /// <summary>The pack it stands in.</summary>
    public required PackHeader Pack { get; init; }

    /// <summary>"carriage-040".</summary>
    public required string Id { get; init; }

    /// <summary>Its set: "carriage".</summary>
    public required string Set { get; init; }

    /// <summary>Place in its set.</summary>
    public required int Order { get; init; }

    /// <summary>Kinds of node it may come from.</summary>
    public required ImmutableArray<NodeKind> From { get; init; }

    /// <summary>Kinds of node it may go to.</summary>
    public required ImmutableArray<NodeKind> To { get; init; }

    /// <summary>Kinds of resource it holds for.</summary>
    public required ImmutableArray<ResourceKind> Kinds { get; init; }

    /// <summary>The one resource it holds for; empty for all of its kinds.</summary>
    public required string Resource { get; init; }

    /// <summary>Conditions on the facts; all must hold.</summary>
    public required ImmutableArray<RuleCondition> When { get; init; }

    /// <summary>What it does.</summary>
    public required RuleOutcome Outcome { get; init; }

    /// <summary>"1", "2", "3", "outside", "removals", "captured"; empty where it gives no line.</summary>
    public required string Scope { get; init; }

    /// <summary>Category in the scope ("stationary", "4"); "4|9" where a fact must decide.</summary>
    public required string Category { get; init; }

    /// <summary>Basis of the factor; null where it gives no line.</summary>
    public FactorBasis? Basis { get; init; }

    /// <summary>Resource of the factor: "*" is the entry's own; "freight/{vehicle}" takes a fact.</summary>
    public required string Factor { get; init; }

    /// <summary>What the factor multiplies.</summary>
    public required RuleQuantity Quantity { get; init; }

    /// <summary>
    /// False where having no factor means that there is nothing to count (biogenic CO2 of a fossil fuel).
    /// </summary>
    public required bool Required { get; init; }

    /// <summary>
    /// Name of the missing fact that a question asks for; empty when nothing is asked. A line may ask too.
    /// </summary>
    public required string Question { get; init; }

    /// <summary>What the line is called.</summary>
    public required Name Title { get; init; }

    /// <summary>How the rule came to be known.</summary>
    public required FactorStatus Status { get; init; }

    /// <summary>The standard it restates.</summary>
    public required string Source { get; init; }
}

/// <summary>A rule that fits an entry.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="FactorResource">
/// Canonical resource of its factor; null where the rule needs none or a fact is missing.
/// </param>
public sealed record RuleMatch(ScopeRule Rule, string? FactorResource);

/// <summary>A category of the inventory with its place in ISO 14064-1:2018.</summary>
/// <param name="Scope">"1", "2", "3", "outside", "removals", "captured".</param>
/// <param name="Category">"stationary", "4".</param>
/// <param name="Title">Its title.</param>
/// <param name="Iso">Category 1 to 6 of ISO 14064-1; empty outside it.</param>
/// <param name="IsoAlternative">The other category a policy may choose; else empty.</param>
/// <param name="IsoTitle">Title of the ISO category.</param>
/// <param name="Status">How the crosswalk came to be known.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record InventoryCategory(
    string Scope, string Category, Name Title, string Iso, string IsoAlternative, Name IsoTitle,
    FactorStatus Status,
    string Source);

/// <summary>A fact that rules and variants understand.</summary>
/// <param name="Name">"payer".</param>
/// <param name="Values">The values it takes, or an example.</param>
/// <param name="Title">What it means.</param>
public sealed record FactName(string Name, string Values, Name Title);
