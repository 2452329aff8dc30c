using System.Collections.Immutable;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.JsonLd;

/// <summary>Reads impact categories and methods.</summary>
/// <param name="sets">Sets for normalisation that are files of their own (schema version 1), by id.</param>
internal sealed class JsonMethods(JsonParts parts, JsonProcesses processes, LciLookup lookup,
    IReadOnlyDictionary<string, LciWeighting> sets)
{
    /// <summary>
    /// A category. A factor of a flow that the package does not hold can never meet an exchange: such are
    /// left out and counted. A factor whose unit is not there is an error.
    /// </summary>
    public LciImpactCategory Category(JsonThing thing, JsonOutcome outcome)
    {
        var id = thing.Filled("@id");
        var factors = ImmutableArray.CreateBuilder<LciImpactFactor>();
        var without = 0;
        var book = new FactorBook(lookup);
        foreach (var item in thing.Items("impactFactors"))
        {
            if (item.Ref("flow") is { Length: > 0 } flow && !lookup.Flows.ContainsKey(flow))
            {
                without++;
                continue;
            }
            if (processes.Measured(item, outcome) is not var (known, unit, property)) continue;
            var factor = new LciImpactFactor(known, unit, property, item.Required("value"),
                item.Text("formula"), processes.Place(item, outcome), JsonParts.Spread(item, outcome));
            if (!book.Enter(factor))
                outcome.Findings.Add(item.Say("lci.factorTwice", Severity.Error,
                    ("flow", LciNotes.Shown(lookup.Flows[known].Name))));
            factors.Add(factor);
            outcome.CountLeft("impactFactors", item);
        }
        if (without > 0)
            outcome.Findings.Add(thing.Say("lci.factorFlows", Severity.Info, ("count", without)));
        return new LciImpactCategory
        {
            Id = id,
            Name = thing.Name(),
            Category = parts.Category(thing),
            Unit = thing.Text("refUnit"),
            Direction = thing.Text("direction") switch
            {
                "INPUT" => Direction.Input,
                "OUTPUT" => Direction.Output,
                _ => Direction.None,
            },
            Factors = factors.ToImmutable(),
            Parameters = [.. thing.Items("parameters").Select(p => JsonParts.Parameter(p, id, outcome))],
            Extra = thing.Extra(),
        };
    }

    /// <summary>A method.</summary>
    public LciMethod Method(JsonThing thing, JsonOutcome outcome)
    {
        var categories = ImmutableArray.CreateBuilder<string>();
        foreach (var item in thing.Items("impactCategories"))
        {
            if (lookup.Categories.ContainsKey(item.Id)) categories.Add(item.Id);
            else outcome.Findings.Add(item.Say("lci.dangling", Severity.Error, ("what", "impactCategory"),
                ("id", LciNotes.Shown(item.Id))));
        }
        return new LciMethod
        {
            Id = thing.Filled("@id"),
            Name = thing.Name(),
            Category = parts.Category(thing),
            Categories = categories.ToImmutable(),
            Damages = [.. thing.Items("damageCategories").Select(d => Damage(d, outcome))],
            Weightings = [.. thing.Items("nwSets").Select(item =>
                sets.TryGetValue(item.Id, out var set) ? set : Weighting(item, outcome))],
            Extra = thing.Extra(),
        };
    }

    /// <summary>A damage category, which our own export writes beside the format.</summary>
    private LciDamage Damage(JsonThing thing, JsonOutcome outcome)
    {
        var damage = new LciDamage(thing.Filled("@id"), thing.Name(), thing.Text("refUnit"),
            [.. thing.Items("factors").Select(f => new LciDamageFactor(
                lookup.Categories.ContainsKey(f.Ref("impactCategory")) ? f.Ref("impactCategory")
                    : throw f.Missing("impactCategory"), f.Required("value")))]);
        outcome.CountLeft("damageCategories", thing);
        return damage;
    }

    /// <summary>A set for normalisation and weighting.</summary>
    public static LciWeighting Weighting(JsonThing thing, JsonOutcome outcome)
    {
        var set = new LciWeighting(thing.Filled("@id"), thing.Name(), thing.Text("weightedScoreUnit"),
            [.. Factors("factors", "impactCategory"), .. Factors("damageFactors", "damageCategory")]);
        outcome.CountLeft("nwSets", thing);
        return set;

        IEnumerable<LciWeightingFactor> Factors(string list, string what) => thing.Items(list)
            .Select(f => new LciWeightingFactor(
                f.Ref(what) is { Length: > 0 } id ? id : throw f.Missing(what),
                Reference(f), f.Number("weightingFactor")));

        // Scores are divided by it.
        double? Reference(JsonThing f)
        {
            if (f.Number("normalisationFactor") is not 0) return f.Number("normalisationFactor");
            outcome.Findings.Add(f.Say("lci.normalisationZero", Severity.Info));
            return null;
        }
    }
}
