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
        var books = Path.Combine(_folder, "books");
        if (empty) Empty.CopyTo(books);
        else (Bills, HostileSha) = Filled.CopyTo(books);
        Workspace = Workspace.Open(books, Options);
        Books = Books.Of(Workspace);
    }

    private static readonly Template<string> Empty = new(folder =>
    {
        using var workspace = Workspace.Create(folder, Options, "sample");
        return folder;
    });

    private static readonly Template<(long Bills, string HostileSha)> Filled = new(folder =>
    {
        using var workspace = Workspace.Create(folder, Options, "sample");
        return Fill(workspace);
    });

    private static WorkspaceOptions Options => new(new Always(Then),
        new PackFolder(Repository.At("packs")), "owner", TimeSpan.FromSeconds(1));

    public Workspace Workspace { get; }

    public Books Books { get; }

    /// <summary>Position of the batch of bills.</summary>
    public long Bills { get; }

    /// <summary>Hash of the file that means harm.</summary>
    public string HostileSha { get; } = "";

    public void Dispose()
    {
        Books.Dispose();
        Workspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static (long, string) Fill(Workspace workspace)
    {
        workspace.Append("register",
        [
            Register("organisation", new Organisation { Id = "potters", Name = new Name("Potters") }),
            Register("site", new Site
            {
                Id = "stoke", Country = "GB", Zone = "Europe/London", Organisation = "potters",
                OperationalControl = true, Name = new Name("Stoke-on-Trent", "特伦特河畔斯托克"),
            }),
        ]);
        var bill = workspace.Evidence.Put("row,amount\n1,=1+1\n2,12000"u8);
        var hostile = workspace.Evidence.Put(HostileBytes);
        var bills = workspace.Append("import",
        [
            Bill("natural-gas", "grid:gas", "12000", "m3", bill, "gas.csv", 3,
                Facts.Of(("calorificValue", "39.5 MJ/m3 gross"), ("volumeCorrection", "1.02264"))),
            Bill("electricity", "grid:GB", "41250", "kWh", bill, "gas.csv", 2,
            Facts.Of(("supplier", "=cmd()"), ("price", "9900 GBP"))),
            Bill("water-supply", "grid:water", "310", "m3", hostile, HostileName, 1, Facts.None),
        ], "September bills", [new BatchFile("gas.csv", bill, 27),
            new BatchFile(HostileName, hostile, HostileBytes.Length)]).Batch;
        return (bills, hostile);
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
