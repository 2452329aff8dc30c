using System.Xml.Linq;
using Celadon.Server.Drawing;

namespace Celadon.Tests.Server;

/// <summary>The drawings of charts: what they show, and that a file of each is well-formed XML.</summary>
public class DrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_column_hatches_its_estimate_and_an_unknown_adds_nothing()
    {
        var file = File(new Columns(
        [
            new StackedColumn("Aug", "A", [new("one", 60, "60 t", "s1", 15), new("two", 40, "40 t", "s2")]),
            new StackedColumn("Sep", "S", [new("one", 100, "100 t", "s1")], true),
        ], "t") { Label = "x" });
        Assert.Equal(["s1", "est", "s2", "s1", "unk"], Bars(file).Select(b => b.Look));
        // 232 px hold 100 t: 60 t are 139.2, of which a quarter is estimated (less its half-pixel edge).
        Assert.Equal(["139.2", "34.3", "92.8", "232", "9"], Bars(file).Select(b => b.Height));
    }

    [Fact]
    public void Steps_of_a_waterfall_begin_where_the_one_before_ended()
    {
        var file = File(new Waterfall(
        [
            new("2025", 100, "100 t", true), new("gas", -70, "−70 t"), new("power", 15, "+15 t"),
            new("2026", 45, "45 t", true),
        ], "axis from") { Label = "x" });
        var bars = Bars(file).Where(b => b.Look is "whole" or "rise" or "fall").ToList();
        Assert.Equal(["whole", "fall", "rise", "whole"], bars.Select(b => b.Look));
        Assert.Equal(["0%", "30%", "30%", "0%"], bars.Select(b => b.X));
        Assert.Equal(["100%", "70%", "15%", "45%"], bars.Select(b => b.Width));
    }

    [Fact]
    public void Places_of_flows_stand_behind_those_that_give_to_them_and_a_circle_ends()
    {
        var notes = new Dictionary<string, (string, string?)>();
        var file = File(new Sankey(
        [
            new("grid", "site", 100, "100"), new("site", "kiln", 60, "60"),
            new("site", "rest", 40, "40", true),
        ], notes) { Label = "x" });
        Assert.Equal(["0%", "49.5%", "99%", "99%"],
            Bars(file).Select(b => b.X).Order(StringComparer.Ordinal));
        Assert.Equal(2, file.Descendants(Svg + "path").Count(p => (string?)p.Attribute("class") == "flow"));
        Assert.Single(file.Descendants(Svg + "path"), p => (string?)p.Attribute("class") == "unk");
        File(new Sankey([new("a", "b", 1, "1"), new("b", "a", 1, "1")], notes) { Label = "x" });
        File(new Sankey([], notes) { Label = "x" });
    }

    /// <summary>0 to 40 over the whole width; the mark at 50 lies beyond it.</summary>
    [Fact]
    public void Numbers_are_marked_where_they_lie_in_a_histogram_and_not_beyond_it()
    {
        var file = File(new Histogram([new(0, 20, 60, "x"), new(20, 40, 30, "x")], "samples", "kg")
        {
            Label = "x", Look = "s2",
            Marks = [new(10, "c1", "mean 10 kg"), new(30, "c3", "high 30 kg"), new(50, "c2", "far 50 kg")],
        });
        Assert.Equal(["s2", "s2"], Bars(file).Select(b => b.Look));
        Assert.Equal([("ln c1", "25%", "mean 10 kg"), ("ln c3", "75%", "high 30 kg")],
            file.Descendants(Svg + "line").Where(l => l.Attribute("class")!.Value.StartsWith("ln c",
                StringComparison.Ordinal)).Select(l => (l.Attribute("class")!.Value,
                    l.Attribute("x1")!.Value, l.Value)));
    }

    /// <summary>Doublings stand one width apart; small numbers by their power of ten.</summary>
    [Fact]
    public void Samples_settle_along_doublings_and_small_numbers_have_their_power()
    {
        var file = File(new Settling([new(1, 2e-9, 2e-9, 2e-9, 2e-9, "one"), new(2, 1e-9, 2e-9, 2e-9, 3e-9,
            "two"), new(4, 1e-9, 2e-9, 2e-9, 4e-9, "four")], "CTUh", "samples") { Label = "x" });
        Assert.Equal([("0%", "one"), ("50%", "two"), ("100%", "four")], file.Descendants(Svg + "circle")
            .Select(c => (c.Attribute("cx")!.Value, c.Value)));
        var texts = file.Descendants(Svg + "text").Select(t => t.Value).ToList();
        Assert.Contains("10⁻⁹ CTUh", texts);
        Assert.Contains("4", texts);
    }

    [Fact]
    public void A_histogram_tells_below_from_above_and_has_zero_where_it_is_near()
    {
        var file = File(new Histogram([new(-20, 0, 30, "x"), new(0, 20, 60, "x"), new(20, 40, 0, "x"),
            new(40, 60, 10, "x")], "samples", "kg") { Label = "x" });
        Assert.Equal(["fall", "rise", "rise"], Bars(file).Select(b => b.Look));
        // 80 kg wide: zero at a quarter; 192 px hold 60 samples.
        Assert.Equal(["0.1%", "25.1%", "75.1%"], Bars(file).Select(b => b.X));
        Assert.Equal(["96", "192", "32"], Bars(file).Select(b => b.Height));
        Assert.Equal("25%", Zero(file));
        Assert.Equal("0%", Zero(File(new Histogram([new(10, 20, 1, "x")], "n", "kg") { Label = "x" })));
        Assert.Null(Zero(File(new Histogram([new(100, 101, 1, "x")], "n", "kg") { Label = "x" })));
        Assert.Equal("50%", Zero(File(new Histogram([new(0, 0, 5, "x")], "n", "kg") { Label = "x" })));
        File(new Histogram([], "n", "kg") { Label = "x" });
    }

    private static string? Zero(XElement file) => (string?)file.Descendants(Svg + "line")
        .SingleOrDefault(l => (string?)l.Attribute("class") == "tick")?.Attribute("x1");

    private static XElement File(Drawing drawing) => XDocument.Parse(drawing.Draw("d", 960)).Root!;

    private static List<(string Look, string X, string Width, string Height)> Bars(XElement file) =>
        [.. file.Descendants(Svg + "rect").Where(r => r.Parent!.Name != Svg + "pattern").Select(r =>
            ((string?)r.Attribute("class") ?? "", (string?)r.Attribute("x") ?? "",
                (string?)r.Attribute("width") ?? "", (string?)r.Attribute("height") ?? ""))
            .Where(r => r.Item1 is not ("paper" or "track" or ""))];
}
