using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server;
using Celadon.Store;
using Celadon.Tests.House;
using NodaTime;

namespace Celadon.Tests.Server;

/// <summary>
/// A small workspace in a folder of its own: Stoke in September 2026 with a gas bill, a water bill and a day
/// of half-hours; and files whose names and bytes mean harm.
/// </summary>
internal sealed class SampleWorkspace : IDisposable
{
    public const string HostileName = "<script>alert(1)</script>.html";

    /// <summary>What a browser would run if it were let.</summary>
    public static readonly byte[] HostileBytes =
        Encoding.UTF8.GetBytes("<html><script>alert(document.cookie)</script></html>");

    private static readonly Instant Then = Instant.FromUtc(2026, 10, 12, 9, 14);
    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-web-").FullName;

    public SampleWorkspace(bool empty = false)
    {
        var packs = new PackFolder(Repository.At("packs"));
        Workspace = Workspace.Create(Path.Combine(_folder, "books"),
            new WorkspaceOptions(new Always(Then), packs, "owner", TimeSpan.FromSeconds(1)), "sample");
        Books = Books.Of(Workspace);
        if (!empty) Fill();
    }

    public Workspace Workspace { get; }

    public Books Books { get; }

    /// <summary>Position of the batch of bills.</summary>
    public long Bills { get; private set; }

    /// <summary>Hash of the file that means harm.</summary>
    public string HostileSha { get; private set; } = "";

    public void Dispose()
    {
        Books.Dispose();
        Workspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Fill()
    {
        Workspace.Append("register",
        [
            Register("organisation", new Organisation { Id = "potters", Name = new Name("Potters") }),
            Register("site", new Site
            {
                Id = "stoke", Country = "GB", Zone = "Europe/London", Organisation = "potters",
                OperationalControl = true, Name = new Name("Stoke-on-Trent", "特伦特河畔斯托克"),
            }),
        ]);
        var bill = Workspace.Evidence.Put("row,amount\n1,=1+1\n2,12000"u8);
        HostileSha = Workspace.Evidence.Put(HostileBytes);
        Bills = Workspace.Append("import",
        [
            Bill("natural-gas", "grid:gas", "12000", "m3", bill, "gas.csv", 3,
                Facts.Of(("calorificValue", "39.5 MJ/m3 gross"), ("volumeCorrection", "1.02264"))),
            Bill("electricity", "grid:GB", "41250", "kWh", bill, "gas.csv", 2,
            Facts.Of(("supplier", "=cmd()"), ("price", "9900 GBP"))),
            Bill("water-supply", "grid:water", "310", "m3", HostileSha, HostileName, 1, Facts.None),
        ], "September bills", [new BatchFile("gas.csv", bill, 27),
            new BatchFile(HostileName, HostileSha, HostileBytes.Length)]).Batch;
    }

    private static RegisterRecord Register(string type, RegisterItem item) =>
        new(type, item.Id, RegisterSet.Write(item));

    private static EntryRecord Bill(
        string resource, string from, string amount, string unit, string sha, string file, int row,
        Facts facts) =>
        new(new Entry(Node.Parse(from), Node.Parse("site:stoke"), resource, Amount.Parse(amount), unit,
            SiteZone.Get("Europe/London").Month(new YearMonth(2026, 9)), Basis.Invoiced,
            new Evidence.FileRow(sha, file, "", row), facts));

    private sealed class Always(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
