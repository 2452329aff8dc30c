using System.Collections.Immutable;
using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using NodaTime;

namespace Celadon.Tests.Server.Safety;

/// <summary>
/// Puts harm into every text that a workspace can hold: names, notes, ids, facts, files, sheets, reasons.
/// </summary>
internal static class HostileWorkspace
{
    /// <summary>Breaks out of a quoted value and of an element, and would run in either.</summary>
    public const string Harm =
        "\"'><xss-probe onclick=alert(1)></script><img src=x onerror=alert(1)>javascript:alert(1){{7*7}}";

    private static readonly Period September = SiteZone.Get("Europe/London").Month(new YearMonth(2026, 9));

    public static void Fill(Workspace workspace)
    {
        var name = new Name(Harm, Harm);
        workspace.Append("register",
        [
            Register("organisation", new Organisation
                { Id = "o" + Harm, Name = name, Note = Harm, Country = "GB", BaseYear = Harm }),
            Register("site", new Site
            {
                Id = "evil", Country = "GB", Zone = "Europe/London", Organisation = "o" + Harm,
                OperationalControl = true, Name = name, Note = Harm, Region = Harm, SectorCode = Harm,
            }),
            Register("site", new Site
                { Id = "s" + Harm, Country = Harm, Zone = "Europe/London", Name = name }),
            Register("unit", new PlantUnit { Id = "u" + Harm, Site = "evil", Name = name, Kind = Harm }),
            Register("stock", new Stock { Id = "t" + Harm, Site = "evil", Name = name, Resource = Harm }),
            Register("meter", new Meter
            {
                Id = "m" + Harm, Site = "evil", From = "grid:GB", To = "site:evil", Resource = "electricity",
                Unit = "kWh", Name = name, Note = Harm, IntervalMinutes = 30,
            }),
            Register("supplier", new Supplier { Id = "v" + Harm, Name = name, Country = Harm }),
            Register("product", new Product { Id = "p" + Harm, Name = name, Unit = Harm }),
            Register("instrument", new Instrument
            {
                Id = "i" + Harm, Name = name, Kind = InstrumentKind.SupplierRate, Site = "evil",
                Market = "GB", KgCo2ePerKwh = Amount.Parse("0.1"), From = "2026-01", To = "2026-12",
                RetiredFor = Harm,
                Serial = Harm, Quality = [Harm],
            }),
        ], Harm);
        var bytes = Encoding.UTF8.GetBytes($"a,{Harm}\n{Harm},1\n=1+1,{Harm}\n");
        var sha = workspace.Evidence.Put(bytes);
        var batch = workspace.Append("import",
        [
            Bill("electricity", "grid:GB", "1000", "kWh", sha, Facts.Of(("supplier", Harm), (Harm, Harm))),
            Bill("natural-gas", "grid:gas", "500", "m3", sha, Facts.Of(("calorificValue", Harm))),
            Bill(Harm, "supplier:v" + Harm, "7", "kg", sha, Facts.Of(("note", Harm), ("wasteCode", Harm))),
            Bill("steel", "supplier:" + Harm, "9", "kg", sha, Facts.None),
            Bill("diesel", "supplier:v" + Harm, "11", "L", sha, Facts.None, "stock:t" + Harm),
            Bill("waste", "site:evil", "3", "kg", sha, Facts.Of(("treatment", Harm)),
                "waste-handler:" + Harm),
        ], Harm, [new BatchFile(Harm + ".csv", sha, bytes.Length)]);
        var first = batch.Batch + 1;
        workspace.Append("override",
            [new OverrideRecord("entry", $"{first}", "category", Harm, Harm)], Harm);
        workspace.Append("send", [new StatementSentRecord(Harm, sha, Harm, Harm)], Harm);
        workspace.Append("reverse", [new ReversalRecord(first + 2, Harm, sha)], Harm);
        var other = workspace.Evidence.Put(Encoding.UTF8.GetBytes(Harm));
        workspace.Append("import", [], Harm, [new BatchFile(Harm, other, 3)]);
        workspace.Withdraw(other, Harm);
    }

    /// <summary>Files whose every cell, header, sheet and unit means harm.</summary>
    public static IReadOnlyList<(string Name, string Text)> Uploads { get; } =
    [
        (Harm.Replace("/", "", StringComparison.Ordinal) + ".csv",
            $"Time,{Quoted(Harm + " kWh")}\n2026-10-01 00:00,1\n2026-10-01 00:30,{Quoted(Harm)}\n"),
        ("bills.csv", "Supplier,From,To,Resource,Amount,Unit,Start,End," + Quoted(Harm) + "\n"
            + $"{Quoted(Harm)},{Quoted("supplier:" + Harm)},site:evil,{Quoted(Harm)},12,{Quoted(Harm)},"
            + $"2026-08-01,2026-09-01,{Quoted(Harm)}\n"
            + $"x,grid:GB,site:evil,electricity,{Quoted(Harm)},kWh,{Quoted(Harm)},2026-09-01,x\n"
            + $"y,grid:GB,site:evil,electricity,13,kWh,2026-08-01,2026-09-01,{Quoted(Harm)}\n"),
        ("workspace.json", "{\"sites\":[{\"id\":\"" + Harm.Replace("\"", "\\\"", StringComparison.Ordinal)
            + "\"}]}"),
    ];

    private static string Quoted(string text) =>
        $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static RegisterRecord Register(string type, RegisterItem item) =>
        new(type, item.Id, RegisterSet.Write(item));

    private static EntryRecord Bill(string resource, string from, string amount, string unit, string sha,
        Facts facts, string to = "site:evil") =>
        new(new Entry(Node.Parse(from), Node.Parse(to), resource, Amount.Parse(amount), unit, September,
            Basis.Invoiced, new Evidence.FileRow(sha, Harm + ".csv", Harm, 2), facts));
}
