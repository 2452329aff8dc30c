using Celadon.Server.Drawing;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>Drawings of the energy pages and of the site map, on samples that are reckoned here.</summary>
internal static class PatternCharts
{
    private const int Days = 56, Slots = 24, FirstMorning = 7, LastEvening = 18;

    /// <summary>
    /// Eight weeks by the hour: work on weekdays, a day without readings, an estimated evening.
    /// </summary>
    public static Heatmap Calendar(PageContext at)
    {
        var levels = new byte[Days * Slots];
        for (var day = 0; day < Days; day++)
            for (var slot = 0; slot < Slots; slot++)
                levels[day * Slots + slot] = day == 17 ? HeatCells.Unknown : (byte)LevelOf(day, slot);
        return new Heatmap(new HeatCells(Days, Slots, levels, [new HeatBox(17, 17, 0, Slots - 1)],
            [new HeatBox(30, 30, 18, Slots - 1)]), [(0, Show.MonthName(at.Text, 2)),
                (28, Show.MonthName(at.Text, 3))],
            [.. Enumerable.Range(0, Days).Where(day => day % 7 == 6)], [(24, 1), (17, 2)])
        {
            Label = at.L("patterns.chart.calendar"),
        };
    }

    private static int LevelOf(int day, int slot) => day % 7 >= 5 || slot is < FirstMorning or >= LastEvening
        ? 1 + (day + slot) % 2 : 4 + (day * 5 + slot * 3) % (day == 24 ? 4 : 3);

    /// <summary>The same load by how long it was how high.</summary>
    public static DurationCurve Duration(PageContext at) => new(
        [.. Enumerable.Range(0, 200).Select(i => i < 75 ? 96 - i * 0.4 : 30 - (i - 75) * 0.09)], 1344, 20,
        "kW",
        at.L("web.energy.duration.axis"), [new DurationMark(0, 96, at.L("patterns.mark.peak"), "96 kW"),
            new DurationMark(504, 66, at.L("patterns.mark.half"), "< 66 kW")])
    {
        Label = at.L("patterns.chart.duration"),
    };

    /// <summary>A site with what comes in and what it passes on.</summary>
    public static SiteTree Tree(PageContext at)
    {
        string Name(string key) => at.L($"patterns.name.{key}");
        return new SiteTree(Name("site"), [new Branch(Name("grid"), "M1", true)],
            [new Branch(Name("kiln"), "M2", true), new Branch(Name("press"), "M3", true)],
            [(new Branch(Name("stock"), at.L("patterns.tree.document"), false),
                new Branch(Name("truck"), at.L("patterns.tree.document"), false))])
        {
            Label = at.L("patterns.chart.tree"),
        };
    }
}
