using Celadon.Ledger;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Bench;

/// <summary>
/// A million entries as a large works would have them in a year: 40 shapes (fuels, materials, waste,
/// production, transfers), two-decimal amounts from a seeded generator, spread over twelve months.
/// </summary>
internal static class Entries
{
    public static readonly Instant YearStart = Instant.FromUtc(2026, 1, 1, 0, 0);

    public static IEnumerable<Entry> Make(int count)
    {
        var evidence = new Evidence.FileRow[20];
        for (var i = 0; i < evidence.Length; i++)
            evidence[i] = new Evidence.FileRow(new string((char)('a' + i % 6), 64), $"ledger-{i}.csv", "", 0);
        var flows = Flows();
        var dice = new Random(20261123);
        for (var i = 0; i < count; i++)
        {
            var (from, to, resource, unit, facts) = flows[dice.Next(flows.Length)];
            var start = YearStart + Duration.FromMinutes(dice.Next(365 * 24 * 60 - 60));
            yield return new Entry(from, to, resource, Amount.From(dice.Next(1, 1_000_000), 2), unit,
                new Period(start, start + Duration.FromMinutes(30)), Basis.Invoiced,
                evidence[i % 20] with { Row = i / 20 + 2 }, facts);
        }
    }

    /// <summary>The same entries as a person's table of activities.</summary>
    public static byte[] Csv(IEnumerable<Entry> entries)
    {
        var text = new System.Text.StringBuilder("start,end,from,to,resource,amount,unit,basis,route\n");
        foreach (var e in entries)
        {
            var day = e.Period.Start.ToDateTimeUtc();
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{day:yyyy-MM-dd},{day:yyyy-MM-dd},{e.From},{e.To},{e.Resource},{e.Amount},{e.Unit},")
                .Append(System.Globalization.CultureInfo.InvariantCulture, $"invoiced,{e.Facts["route"]}\n");
        }
        return System.Text.Encoding.UTF8.GetBytes(text.ToString());
    }

    private static (Node, Node, string, string, Facts)[] Flows()
    {
        var flows = new List<(Node, Node, string, string, Facts)>();
        foreach (var site in (string[])["stoke", "longquan"])
        {
            var stock = Node.Parse($"stock:{site}/diesel");
            flows.Add((Node.Parse("supplier:fuels"), stock, "diesel", "L", Facts.None));
            for (var unit = 0; unit < 6; unit++)
                flows.Add((stock, Node.Parse($"unit:{site}-{unit}"), "diesel", "L", Facts.None));
            foreach (var material in (string[])["clay", "glaze", "plaster", "board"])
                flows.Add((Node.Parse("supplier:materials"), Node.Parse($"stock:{site}/{material}"), material,
                    "t",
                    Facts.None));
            foreach (var route in (string[])["landfill", "closed-loop", "open-loop"])
                flows.Add((Node.Parse($"site:{site}"), Node.Parse("waste-handler:carter"),
                    "waste/commercial-and-industrial", "t", Facts.Of(("route", route))));
            for (var unit = 0; unit < 6; unit++)
                flows.Add((Node.Parse($"unit:{site}-{unit}"), Node.Parse($"stock:{site}/ware"), "ware", "t",
                    Facts.None));
        }
        return [.. flows];
    }
}
