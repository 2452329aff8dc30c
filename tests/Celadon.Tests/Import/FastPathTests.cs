using Celadon.Store.Import.Detection;
using Celadon.Store.Import.Reading;

namespace Celadon.Tests.Import;

/// <summary>The ways that make a long file quick give exactly what the plain ways give.</summary>
public sealed class FastPathTests
{
    private static readonly string[] Days =
    [
        "01/10/2018", "2018-01-31", "1-Oct-18", "2025年10月1日", "下午", "2025-10-01 下午", "20251001", "45931",
        "31/02/2018", "", "Mon 1 Oct 2018", "2018-13-01",
    ];

    private static readonly string[] Clocks =
    [
        "00:15", "00:30", "13:15", "01:15", "24:00", "23:59:59", "23:58:01", "12:15 AM", "7:05", "00:60",
        "25:00", "00:15:60", "00:15+08:00", "0:15", "14.30", "", "00:15Z", "aa:bb",
    ];

    /// <summary>Every clock behind every other, for every way of writing the day.</summary>
    [Fact]
    public void Dates_one_below_the_other_read_as_each_alone()
    {
        foreach (var day in Days)
            foreach (var between in (string[])[" ", "T", "  ", ""])
                foreach (var above in Clocks)
                    foreach (var below in Clocks)
                    {
                        var run = new DateRun();
                        run.TryRead(day + between + above, out _);
                        var cell = day + between + below;
                        var alone = DateText.TryRead(cell, out var expected);
                        var read = run.TryRead(cell, out var parts);
                        Assert.Equal(alone, read);
                        if (alone) Assert.Equal(expected, parts);
                    }
    }

    [Fact]
    public void The_ends_of_cells_are_where_a_search_from_each_finds_them()
    {
        const string signs = "a,;\r\n\"0bcdefg";
        var random = new Random(17);
        for (var n = 0; n < 500; n++)
        {
            var text = random.GetItems<char>(signs, random.Next(80));
            var stops = new StopScanner(text, ',');
            for (var at = 0; at <= text.Length; at++)
            {
                var plain = text.AsSpan(at).IndexOfAny(',', '\r', '\n');
                var end = stops.Next(at);
                Assert.Equal(plain < 0 ? text.Length : at + plain, end);
                if (random.Next(2) == 0) at = end;
            }
        }
    }
}
