using Celadon.Ledger;
using Celadon.Packs;
using static Celadon.Tests.Packs.PacksUnderTest;

namespace Celadon.Tests.Packs;

/// <summary>
/// Which lines an entry yields: the worked month of the ledger, and what is asked when a fact is missing.
/// </summary>
public sealed class ScopeRuleTests
{
    [Theory]
    [InlineData("grid", "unit", "natural-gas", "unit-kind=stationary",
        "outside.biogenic outside-of-scopes natural-gas | 1.stationary combustion natural-gas | "
        + "3.3 well-to-tank natural-gas")]
    [InlineData("stock", "unit", "diesel", "unit-kind=mobile",
        "outside.biogenic outside-of-scopes diesel | 1.mobile combustion diesel | 3.3 well-to-tank diesel")]
    [InlineData("supplier", "stock", "diesel", "", "none")]
    [InlineData("unit", "atmosphere", "r-410a", "", "1.fugitive fugitive r-410a")]
    [InlineData("supplier", "unit", "r-410a", "", "none")]
    [InlineData("grid", "site", "electricity", "",
        "2.electricity electricity-generation electricity | 3.3 transmission-loss electricity | "
        + "3.3 transmission-loss-well-to-tank electricity | 3.3 well-to-tank electricity")]
    [InlineData("site", "unit", "electricity", "", "none")]
    [InlineData("grid", "site", "water-supply", "", "3.1 life-cycle water-supply")]
    [InlineData("supplier", "stock", "clay", "payer=us;distance=80 km;vehicle=HGV",
        "3.4 transport freight/hgv | 3.1 life-cycle clay")]
    [InlineData("supplier", "stock", "clay", "distance=80 km;vehicle=HGV",
        "ask payer 3.4|9 | 3.1 life-cycle clay")]
    [InlineData("supplier", "stock", "clay", "payer=us;vehicle=HGV",
        "ask distance 3.4|9 | 3.1 life-cycle clay")]
    [InlineData("supplier", "stock", "clay", "payer=us;distance=80 km",
        "ask vehicle 3.4|9 | 3.1 life-cycle clay")]
    [InlineData("supplier", "stock", "clay", "payer=us;distance=80 km;vehicle=货车",
        "3.4 transport freight/hgv | 3.1 life-cycle clay")]
    [InlineData("supplier", "stock", "clay", "payer=us;distance=80 km;vehicle=HGV;carrier=own",
        "none | 3.1 life-cycle clay")]
    [InlineData("supplier", "stock", "clay", "", "3.1 life-cycle clay")]
    [InlineData("stock", "customer", "ware", "payer=customer;distance=200 km;vehicle=HGV",
        "3.9 transport freight/hgv | none")]
    [InlineData("stock", "customer", "ware", "payer=us;distance=200 km;vehicle=HGV",
        "3.4 transport freight/hgv | none")]
    [InlineData("stock", "customer", "ware", "distance=200 km;vehicle=HGV", "ask payer 3.4|9 | none")]
    [InlineData("unit", "stock", "ware", "", "none")]
    [InlineData("site", "waste-handler", "waste/commercial-and-industrial", "route=landfill",
        "3.5 treatment waste/commercial-and-industrial")]
    [InlineData("site", "waste-handler", "waste/commercial-and-industrial", "", "ask route 3.5")]
    [InlineData("site", "waste-handler", "wastewater", "", "3.5 treatment wastewater")]
    [InlineData("employee-travel", "site", "travel/car", "mode=car;fuel=unknown", "3.7 travel travel/car")]
    [InlineData("employee-travel", "site", "travel", "mode=bus", "3.7 travel travel/bus")]
    [InlineData("employee-travel", "site", "travel", "", "ask mode 3.7")]
    [InlineData("employee-travel", "customer", "travel/rail", "", "3.6 travel travel/rail")]
    [InlineData("employee-travel", "site", "homeworking", "", "3.7 homeworking homeworking")]
    [InlineData("supplier", "site", "equipment", "capitalised=yes", "3.2 life-cycle equipment")]
    [InlineData("supplier", "site", "equipment", "", "ask capitalised 3.1|2")]
    [InlineData("supplier", "site", "insurance", "", "3.1 life-cycle services")]
    [InlineData("supplier", "unit", "machinery", "capitalised=yes", "3.2 life-cycle equipment")]
    [InlineData("grid", "outside-asset", "electricity", "relation=leased-to",
        "3.13 electricity-generation electricity")]
    [InlineData("grid", "outside-asset", "electricity", "", "ask relation 3.8|13|14|15")]
    [InlineData("unit", "atmosphere", "carbon-dioxide", "origin=process",
        "1.process fugitive carbon-dioxide")]
    [InlineData("atmosphere", "soil", "carbon-dioxide", "", "removals.removal fugitive carbon-dioxide")]
    [InlineData("unit", "customer", "carbon-dioxide", "origin=captured",
        "captured.captured fugitive carbon-dioxide")]
    [InlineData("supplier", "stock", "unobtainium", "", "")]
    public void An_entry_yields_its_lines(string from, string to, string resource, string facts,
        string lines) =>
        Assert.Equal(lines, string.Join(" | ", Derive(from, to, resource, facts).Select(Text)));

    [Fact]
    public void A_missing_unit_kind_asks_and_keeps_the_scope()
    {
        var line = Assert.Single(Derive("stock", "unit", "diesel", ""), m => m.Rule.Set == "combustion");
        Assert.Equal((RuleOutcome.Line, "1", "combustion", "unit-kind"),
            (line.Rule.Outcome, line.Rule.Scope, line.Rule.Category, line.Rule.Question));
    }

    [Fact]
    public void Carriage_multiplies_mass_by_distance_and_the_rest_the_amount() =>
        Assert.All(Library.Rules.All, rule =>
        Assert.Equal(rule.Set == "carriage" && rule.Outcome != RuleOutcome.None,
            rule.Quantity == RuleQuantity.MassDistance));

    [Fact]
    public void Nothing_stands_twice_in_one_scope_and_category_for_one_basis() => Assert.All(Library.Rules.All
        .Where(rule => rule.Outcome == RuleOutcome.Line), rule =>
    {
        var kind = rule.Kinds[0];
        var resource = rule.Resource.Length > 0 ? rule.Resource
            : Library.Resources.All.First(r => r.Kind == kind).Id;
        var facts = Facts.From(rule.When.Where(c => !c.Negated).Select(c =>
            KeyValuePair.Create(c.Fact, c.Values.IsEmpty ? "stationary" : c.Values[0].TrimEnd('*'))));
        var lines = Library.Rules.Derive(rule.From[0], rule.To[0], resource, facts)
            .Where(match => match.Rule.Outcome == RuleOutcome.Line)
            .Select(match => (match.Rule.Scope, match.Rule.Category, match.Rule.Basis)).ToList();
        Assert.Equal(lines.Distinct(), lines);
    });

    [Fact]
    public void Every_line_has_a_category_with_its_place_in_ISO_14064() => Assert.All(
        Library.Rules.All.Where(rule => rule.Outcome != RuleOutcome.None).SelectMany(rule =>
            rule.Category.Split('|').Select(category => (rule.Id, rule.Scope, category))), line =>
    {
        var category = Library.Category(line.Scope, line.category);
        Assert.True(category is not null, line.Id);
        Assert.Equal(line.Scope == "outside", category.Iso.Length == 0);
    });

    [Theory]
    [InlineData("1", "fugitive", "1")]
    [InlineData("2", "electricity", "2")]
    [InlineData("3", "1", "4")]
    [InlineData("3", "4", "3")]
    [InlineData("3", "5", "4")]
    [InlineData("3", "7", "3")]
    [InlineData("3", "9", "3")]
    [InlineData("3", "11", "5")]
    [InlineData("3", "15", "5")]
    public void The_crosswalk_to_ISO_14064_is_data(string scope, string category, string iso) =>
        Assert.Equal((iso, FactorStatus.General), (Library.Category(scope, category)!.Iso,
            Library.Category(scope, category)!.Status));

    [Theory]
    [InlineData("payer=us|supplier;distance", "payer=Us;distance=1 km", true)]
    [InlineData("payer=us|supplier;distance", "payer=us", false)]
    [InlineData("!payer", "", true)]
    [InlineData("!payer", "payer=us", false)]
    [InlineData("unit-kind!=mobile", "unit-kind=stationary", true)]
    [InlineData("ewc=10 12*", "ewc=10 12 08", true)]
    [InlineData("ewc=10 12*", "ewc=20 03 01", false)]
    [InlineData("", "", true)]
    public void Conditions_read_facts(string when, string facts, bool holds) =>
        Assert.Equal(holds, RuleCondition.Parse(when)!.Value.All(condition => condition.Holds(Read(facts))));

    [Theory]
    [InlineData("=x")]
    [InlineData("a b=c")]
    [InlineData("payer=")]
    public void A_condition_that_does_not_read_is_refused(string when) =>
        Assert.Null(RuleCondition.Parse(when));

    [Theory]
    [InlineData("freight/hgv", "load=50% laden;vehicle-class=artic over 33t", "artic-over-33t/50-laden",
        null)]
    [InlineData("freight/hgv", "", "all-hgvs/average-laden", "vehicle-class, load")]
    [InlineData("travel/car", "size=large;fuel=petrol", "large/petrol", null)]
    [InlineData("travel/flight", "haul=long-haul;class=business", "long-haul/business/with-rf",
        "radiative-forcing")]
    [InlineData("travel/flight", "", null, null)]
    [InlineData("waste/bricks", "route=Landfill", "landfill", null)]
    [InlineData("electricity", "", null, null)]
    public void Facts_name_the_variant(string resource, string facts, string? variant, string? byDefault) =>
        Assert.Equal((variant, byDefault), Library.Resources.VariantOf(resource, Read(facts)));

    [Theory]
    [InlineData("天然气", "natural-gas")]
    [InlineData("R-32", "hfc-32")]
    [InlineData("r410a", "r-410a")]
    [InlineData("cardboard", "board")]
    [InlineData("kaolin", "china-clay")]
    [InlineData("自来水", "water-supply")]
    public void A_resource_is_found_by_the_names_people_use(string name, string id) =>
        Assert.Equal(id, Library.Resources.Find(name)!.Id);

    private static System.Collections.Immutable.ImmutableArray<RuleMatch> Derive(string from, string to,
        string resource, string facts) =>
        Library.Rules.Derive(Node.Parse(from).Kind, Node.Parse(to).Kind, resource, Read(facts));

    private static Facts Read(string facts) =>
        Facts.Of([.. facts.Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(fact => (fact.Split('=')[0], (string?)fact.Split('=')[1]))]);

    private static string Text(RuleMatch match) => match.Rule.Outcome switch
    {
        RuleOutcome.None => "none",
        RuleOutcome.Question => $"ask {match.Rule.Question} {match.Rule.Scope}.{match.Rule.Category}",
        _ => $"{match.Rule.Scope}.{match.Rule.Category} {Vocabulary.Word(match.Rule.Basis!.Value)} "
            + match.FactorResource,
    };
}
