using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Packs.Lci;
using Celadon.Quantities;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Text;
using CsCheck;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Which change of an alternative gives which part of its difference.</summary>
public sealed class CompareSplitTests
{
    private const string Cheaper = """{ "process": "a", "flow": "p2", "to": "c" }""";
    private const string Half = """{ "process": "a", "flow": "p2", "amount": "1", "unit": "kg" }""";

    /// <summary>
    /// a takes 2 of b at 3: 6. From c at 1: 2. One of b: 3. One of c: 1, so −5 = −4 − 3 + 2.
    /// </summary>
    [Fact]
    public void Changes_are_split_one_at_a_time()
    {
        var split = Split(Two(), $$""", "suppliers": [{{Cheaper}}], "amounts": [{{Half}}]""");
        Assert.Equal(("6", "0", "2"), (Text(split.Without), Text(split.Choice), Text(split.Interaction)));
        Assert.Equal([("supplier", "process a", "p2", "process c", "-4"),
            ("amount", "process a", "p2", null, "-3")],
            split.Parts.Select(p => (p.Kind, p.Process, p.What, p.To, Text(p.Alone!))));
        Assert.Equal("1 kg", $"{split.Parts[1].Stated!.Value} {split.Parts[1].Stated!.Unit}");
    }

    /// <summary>Two emissions of one process are changed: nothing acts on anything else.</summary>
    [Fact]
    public void What_adds_up_has_no_interaction()
    {
        var split = Split(Of(Process("a", "out 1 p1", "in 2 p2", "in 1 p3"),
            Process("b", "out 1 p2", "out 3 e"), Process("c", "out 1 p3", "out 1 e")), """
            , "amounts": [{ "process": "a", "flow": "p2", "amount": "1", "unit": "kg" },
              { "process": "a", "flow": "p3", "amount": "5", "unit": "kg" }]
            """);
        Assert.Equal(["-3", "4"], split.Parts.Select(p => Text(p.Alone!)));
        Assert.True(split.Interaction.Value.IsZero);
    }

    /// <summary>b alone is 3 and a 6, a choice of −3; with an emission of 1 instead another −2.</summary>
    [Fact]
    public void Another_process_is_a_part_of_its_own()
    {
        var split = ((CompareReport)Ask(Two(), """
            { "name": "now", "process": "a" },
            { "name": "otherwise", "process": "b", "amounts": [
              { "process": "b", "flow": "e", "amount": "1", "unit": "kg" }] }
            """).Report).Categories[0].Differences[0].Changes!;
        Assert.Equal(("3", "-3", "0"), (Text(split.Without), Text(split.Choice), Text(split.Interaction)));
        Assert.Equal("-2", Text(split.Parts.Single().Alone!));
    }

    /// <summary>
    /// The amount of what c brings is stated of c, which brings nothing by itself: a change that needs
    /// another has no part of its own.
    /// </summary>
    [Fact]
    public void What_cannot_be_made_alone_is_in_the_interaction()
    {
        var answer = Ask(Two(), $$"""
            { "name": "now", "process": "a" }, { "name": "otherwise", "process": "a"
            , "suppliers": [{{Cheaper}}], "amounts": [
              { "process": "a", "flow": "p3", "from": "c", "amount": "1", "unit": "kg" }] }
            """);
        var split = ((CompareReport)answer.Report).Categories[0].Differences[0].Changes!;
        Assert.Null(split.Parts[1].Alone);
        Assert.Equal((null, "products.compare.exchange", 1),
            (split.Parts[0].Because, split.Parts[1].Because, split.Inseparable));
        var said = Assert.Single(answer.Findings, f => f.Code == "products.compare.inseparable");
        Assert.Equal(("otherwise", "p3"), (said.Args["name"], said.Args["items"]));
        Assert.NotNull(Catalogue.English.Remedy(said));
        Assert.NotNull(Catalogue.Chinese.Remedy(said));
        Assert.Equal(("-4", "-1"), (Text(split.Parts[0].Alone!), Text(split.Interaction)));
    }

    /// <summary>1 of what b brings, from c at 2 for 1: 2 of c, which emits 1 each.</summary>
    [Fact]
    public void An_amount_of_what_is_replaced_goes_by_the_ratio()
    {
        var answer = Ask(Two(), $$"""
            { "name": "now", "process": "a" }, { "name": "otherwise", "process": "a", "suppliers": [
              { "process": "a", "flow": "p2", "to": "c", "ratio": "2" }], "amounts": [{{Half}}] }
            """);
        Assert.Equal("2", Text(((CompareReport)answer.Report).Categories[0].Scores[1].Score));
    }

    [Fact]
    public void Nothing_is_split_where_nothing_changes_or_too_much()
    {
        Assert.Null(((CompareReport)Ask(Two(), """
            { "name": "now", "process": "a" }, { "name": "otherwise", "process": "b" }
            """).Report).Categories[0].Differences[0].Changes);
        var many = Ask(Two(), $$"""
            { "name": "now", "process": "a" }, { "name": "otherwise", "process": "a", "amounts": [
              {{string.Join(", ", Enumerable.Repeat(Half, 13))}}] }
            """);
        Assert.Null(((CompareReport)many.Report).Categories[0].Differences[0].Changes);
        var said = Assert.Single(many.Findings, f => f.Code == "products.compare.notSplit");
        Assert.NotNull(Catalogue.English.Remedy(said));
        Assert.NotNull(Catalogue.Chinese.Remedy(said));
    }

    /// <summary>Whatever is stated, the parts are the difference to the last digit.</summary>
    [Fact]
    public void The_parts_add_up_to_the_difference() =>
        Gen.Select(Gen.Int[1, 999], Gen.Int[1, 999], Gen.Int[1, 999]).Sample((taken, loop, emitted) =>
        {
            var database = Of(Process("a", "out 1 p1", "in 2 p2", "out 0.7 e"),
                Process("b", "out 1 p2", "in 0.1 p1", "out 3 e"), Process("c", "out 1 p3", "out 1 e"));
            var answer = Ask(database, $$"""
                { "name": "now", "process": "a" }, { "name": "otherwise", "process": "a",
                  "suppliers": [{{Cheaper}}], "amounts": [
                  { "process": "a", "flow": "p2", "amount": "{{Amount.From(taken, 3)}}", "unit": "kg" },
                  { "process": "b", "flow": "p1", "amount": "{{Amount.From(loop, 4)}}", "unit": "kg" },
                  { "process": "a", "flow": "e", "amount": "{{Amount.From(emitted, 2)}}", "unit": "kg" }] }
                """);
            var difference = ((CompareReport)answer.Report).Categories[0].Differences[0];
            var split = difference.Changes!;
            Assert.Equal(difference.Difference.Value, split.Parts.Aggregate(
                split.Choice.Value + split.Interaction.Value, (sum, p) => sum + p.Alone!.Value));
            Assert.All(Explainer.All(answer.Report), f => Assert.Equal(f.Figure,
                Explainer.Explain(answer.Report, f.Pointer).Figure));
        }, iter: 20);

    private static LciDatabase Two() => Of(Process("a", "out 1 p1", "in 2 p2"),
        Process("b", "out 1 p2", "out 3 e"), Process("c", "out 1 p3", "out 1 e"));

    private static ComparedChanges Split(LciDatabase database, string changes) =>
        ((CompareReport)Ask(database, $$"""
            { "name": "now", "process": "a" }, { "name": "otherwise", "process": "a"{{changes}} }
            """).Report).Categories[0].Differences[0].Changes!;

    private static Answer Ask(LciDatabase database, string alternatives) =>
        Asking.Ask(new CompareQuestion(), $$"""
            { "database": "small", "functionalUnit": { "what": "work", "amount": "1", "unit": "kg" },
              "alternatives": [{{alternatives}}] }
            """, Library(database));

    private static string Text(Figure figure) => $"{figure.Value}";
}
