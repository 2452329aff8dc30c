using System.Globalization;
using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Import.Reading;
using NodaTime;

namespace Celadon.Bench;

/// <summary>
/// A works with three years of 15-minute data from fifty meters, 5.3 million readings: a main meter and
/// forty-nine below it, each a CSV file that is imported as a person would, and bills beside them.
/// </summary>
internal static class MeterBooks
{
    public const int Meters = 50;
    private const int Days = 1096;
    private const int Bills = 20_000;
    private static readonly DateTime First = new(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>How many readings there are.</summary>
    public const long Readings = (long)Meters * Days * 96;

    /// <summary>Id of a meter; the first is the main one.</summary>
    public static string Id(int meter) => string.Create(CultureInfo.InvariantCulture, $"M{meter + 1:00}");

    /// <summary>Builds the workspace and returns the seconds its imports took.</summary>
    public static double Build(string folder)
    {
        using var workspace = Workspace.Create(folder, Works.Options, "pages");
        workspace.Append("register", Items().Select(i => (RecordBody)new RegisterRecord(
            RegisterSet.Types.First(t => t.Value == i.GetType()).Key, i.Id, RegisterSet.Write(i))));
        workspace.Append("import", Purchases().Select(e => new EntryRecord(e)));
        var clock = new System.Diagnostics.Stopwatch();
        for (var meter = 0; meter < Meters; meter++)
        {
            SourceFile[] file = [new SourceFile(Id(meter) + ".csv", Encoding.ASCII.GetBytes(Csv(meter)))];
            clock.Start();
            var plan = workspace.Plan(file, [], provedOnly: true);
            var imported = workspace.Commit(file, plan, new ImportChoices());
            clock.Stop();
            if (imported.Readings != Days * 96)
                throw new InvalidOperationException($"{Id(meter)}: {imported.Readings} readings.");
        }
        // As the verb does after an import.
        workspace.SumMonths();
        workspace.Readings.Checkpoint();
        return clock.Elapsed.TotalSeconds;
    }

    private static IEnumerable<RegisterItem> Items() =>
    [
        new Organisation { Id = "works", Name = new("Works"), Country = "GB" },
        new Site
        {
            Id = "stoke", Name = new("Stoke"), Country = "GB", Zone = "Europe/London", Organisation = "works",
            OperationalControl = true,
        },
        .. Enumerable.Range(1, Meters - 1).Select(i => new PlantUnit
        {
            Id = "unit-" + Id(i), Site = "stoke", Kind = "stationary",
        }),
        .. Enumerable.Range(0, Meters).Select(i => new Meter
        {
            Id = Id(i), Site = "stoke", From = i == 0 ? "grid:GB" : "site:stoke",
            To = i == 0 ? "site:stoke" : "unit:unit-" + Id(i), Resource = "electricity", Unit = "kWh",
            Scale = 2, IntervalMinutes = 15,
        }),
    ];

    /// <summary>Base load, a working day's hump, weekends low, seeded noise.</summary>
    private static string Csv(int meter)
    {
        var dice = new Random(meter);
        var text = new StringBuilder("Time (UTC),Meter,Electricity kWh\n");
        var size = meter == 0 ? 40 : 1;
        for (var i = 0; i < Days * 96; i++)
        {
            var at = First.AddMinutes(15 * i);
            var rests = at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || at.Hour is < 6 or >= 22;
            var hundredths = size * ((!rests ? 900 : 250) + dice.Next(120));
            text.Append(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm},{Id(meter)},")
                .Append(CultureInfo.InvariantCulture, $"{hundredths / 100}.{hundredths % 100:00}\n");
        }
        return text.ToString();
    }

    /// <summary>Bills of gas, and movements of materials and waste, over the three years.</summary>
    private static IEnumerable<Entry> Purchases()
    {
        (Node From, Node To, string Resource, string Unit, Facts Facts)[] flows =
        [
            (Node.Parse("supplier:fuels"), Node.Parse("site:stoke"), "diesel", "L", Facts.None),
            (Node.Parse("site:stoke"), Node.Parse("waste-handler:carter"), "waste/commercial-and-industrial",
                "t", Facts.Of(("route", "landfill"))),
            (Node.Parse("employee-travel"), Node.Parse("site:stoke"), "travel/car", "km",
                Facts.Of(("purpose", "commuting"))),
        ];
        var dice = new Random(20261126);
        var start = Instant.FromDateTimeUtc(First);
        for (var i = 0; i < Bills; i++)
        {
            var (from, to, resource, unit, facts) = flows[dice.Next(flows.Length)];
            var at = start + Duration.FromHours(24 * dice.Next(Days - 1));
            yield return new Entry(from, to, resource, Amount.From(dice.Next(1, 100_000), 2), unit,
                new Period(at, at + Duration.FromDays(1)), Basis.Invoiced,
                new Evidence.FileRow(new string('b', 64), "bills.csv", "", i + 2), facts);
        }
    }
}
