using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Quantities;

namespace Celadon.Tests.Example;

/// <summary>What stands in no total of the year: every item that the generator names, and no other.</summary>
[Collection("example")]
public sealed class OpenItemTests(ExampleWorks works)
{
    /// <summary>What the generator calls an item, and where the report has it.</summary>
    private static readonly Dictionary<(string Site, string Name), string[]> Places = new()
    {
        [("stoke", "clay")] = ["unknown 3.1 clay life-cycle"],
        [("stoke", "china-clay")] = ["unknown 3.1 china-clay life-cycle"],
        [("stoke", "glaze-frit")] = ["unknown 3.1 glaze-frit life-cycle"],
        [("stoke", "plaster")] = ["unknown 3.1 plaster life-cycle"],
        [("stoke", "press")] = ["unknown 3.2 equipment life-cycle"],
        [("stoke", "insurance")] = ["unknown 3.1 services life-cycle"],
        [("stoke", "lorry, payer not stated")] =
            ["ask payer 3.4|9 china-clay", "ask payer 3.4|9 plaster", "ask payer 3.4|9 ware"],
        [("stoke", "lorry, distance not stated")] = ["ask distance 3.4|9 board"],
        [("stoke", "ceramic waste, open loop")] = ["unknown 3.5 waste/commercial-and-industrial treatment"],
        [("stoke", "ceramic waste, treatment not stated")] =
            ["ask route 3.5 waste/commercial-and-industrial"],
        [("longquan", "natural gas of 2026-03")] = ["unknown 1.stationary natural-gas combustion"],
        [("longquan", "electricity, losses and well to tank")] =
        [
            "unknown 3.3 electricity transmission-loss",
            "unknown 3.3 electricity transmission-loss-well-to-tank",
            "unknown 3.3 electricity well-to-tank",
        ],
        [("longquan", "natural gas, well to tank")] = ["unknown 3.3 natural-gas well-to-tank"],
        [("longquan", "LPG, well to tank")] = ["unknown 3.3 lpg well-to-tank"],
        [("longquan", "diesel, well to tank")] = ["unknown 3.3 diesel well-to-tank"],
        [("longquan", "clay")] = ["unknown 3.1 clay life-cycle"],
        [("longquan", "glaze")] = ["unknown 3.1 glaze life-cycle"],
        [("longquan", "water supply")] = ["unknown 3.1 water-supply life-cycle"],
        [("longquan", "water supply stated in tonnes")] = ["unknown 3.1 water-supply life-cycle"],
        [("longquan", "lorry, we pay")] =
            ["unknown 3.4 clay transport", "unknown 3.4 glaze transport", "unknown 3.4 ware transport"],
        [("longquan", "ceramic waste to bricks")] = ["unknown 3.5 waste/ceramics treatment"],
        [("longquan", "commuting by electric bicycle")] = ["unknown 3.7 travel/e-bike travel"],
        [("longquan", "commuting by car")] = ["unknown 3.7 travel/car travel"],
        [("longquan", "lorry, the customer pays")] = ["unknown 3.9 ware transport"],
    };

    private InventoryReport Year => (InventoryReport)works.Workspace
        .Ask(Questions.Get("carbon.inventory"), Stoke.YearSpec).Answer.Report;

    [Fact]
    public void Every_open_item_of_the_report_is_expected_and_every_expected_one_is_there() => Assert.Equal(
        Expected.Year.Open.Where(o => !IsCoverage(o)).SelectMany(o => Places[(o.Site, o.Name)]
            .Select(place => $"{o.Site}: {place}")).Distinct().Order(StringComparer.Ordinal),
        Items(Year).Select(i => $"{i.Site}: {i.Place}").Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_quantities_are_as_the_papers_say() => Assert.All(
        Expected.Year.Open.Where(o => !IsCoverage(o) && !InTonneKilometres(o)), open =>
    {
        var (amount, unit) = (open.Quantity.Split(' ')[0], Units.Parse(open.Quantity.Split(' ')[1]));
        foreach (var place in Places[(open.Site, open.Name)])
        {
            // Water stands in m3 and, of one month, in tonnes: unlike units are never added.
            var sum = Items(Year).Where(i => i.Site == open.Site && i.Place == place)
                .Select(i => new Quantity(i.Quantity!.Value, Units.Parse(i.Quantity.Unit)))
                .Where(q => q.Unit.ConvertsTo(unit)).Select(q => q.In(unit).Amount).Total();
            Assert.Equal(amount, sum.ToString());
        }
    });

    [Fact]
    public void What_a_lorry_without_a_payer_emits_stands_in_the_questions_and_in_no_total()
    {
        var asked = Year.Questions.Where(q => q.Fact == "payer").Select(q => q.Kgco2e!.Value).Total();
        Assert.Equal("1271.89945", asked.ToString());
        Assert.Contains(Expected.Year.Open, o => o.Reason.Contains("1271.89945", StringComparison.Ordinal));
    }

    [Fact]
    public void The_tonne_kilometres_of_Chinese_roads_are_the_mass_on_the_notes_by_its_distance()
    {
        // A refused carriage keeps the mass as its quantity: its leaves, note by note, give the
        // tonne-kilometres.
        Assert.All(Expected.Year.Open.Where(o => o.Site == "longquan" && InTonneKilometres(o)), open =>
        {
            var items = Year.Unknown.Where(u => u.Site == "longquan" && u.Basis == "transport"
                && $"3.{u.Category}" == open.Category);
            var moved = items.SelectMany(u => Explainer.Leaves(u.Quantity)).Select(leaf =>
            {
                var entry = ((Celadon.Ledger.EntryRecord)works.Workspace.Journal
                    .Range(leaf.Position, leaf.Position, 1).Single().Body).Entry;
                return leaf.Amount * Amount.Parse(entry.Facts["distance"]!.Split(' ')[0]);
            });
            Assert.Equal(open.Quantity.Split(' ')[0], moved.Total().ToString());
        });
    }

    [Fact]
    public void Each_question_says_what_its_answers_would_add()
    {
        var route = Year.Questions.Single(q => q.Fact == "route");
        Assert.Equal(["landfill 1405.43829", "incineration-with-energy-recovery 12.651336"],
            route.Options.Where(o => o.Kgco2e is not null).Select(o => $"{o.Value} {o.Kgco2e!.Value}"));
    }

    /// <summary>
    /// Gas of days on no bill and water of a lost one are no entries: they show in the coverage.
    /// </summary>
    private static bool IsCoverage(ExpectedOpen open) =>
        open.Reason is "no bill covers these days" or "the bill is lost";

    private static bool InTonneKilometres(ExpectedOpen open) =>
        open.Quantity.EndsWith("tkm", StringComparison.Ordinal);

    private static IEnumerable<(string Site, string Place, Figure? Quantity)> Items(InventoryReport report) =>
        report.Unknown
            .Select(u => (u.Site, $"unknown {u.Scope}.{u.Category} {u.Resource} {u.Basis}",
                (Figure?)u.Quantity))
            .Concat(report.Questions.Select(q => (q.Site,
                $"ask {q.Fact} {q.Scope}.{string.Join('|', q.Categories)} {q.Resource}", q.Quantity)));
}
