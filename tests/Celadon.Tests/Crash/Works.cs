using System.Globalization;
using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Import.Reading;
using NodaTime;

namespace Celadon.Tests.Crash;

/// <summary>Files of one delivery and what they hold, counted when they were made.</summary>
/// <param name="Paths">An activity table and a meter file.</param>
/// <param name="Entries">Rows of the table.</param>
/// <param name="Diesel">Their sum in litres.</param>
/// <param name="Readings">Rows of the meter file.</param>
/// <param name="Electricity">Their sum in kWh.</param>
internal sealed record Delivery(string[] Paths, int Entries, Amount Diesel, int Readings, Amount Electricity)
{
    /// <summary>The files, read.</summary>
    public IReadOnlyList<SourceFile> Files => [.. Paths.Select(SourceFile.Open)];
}

/// <summary>A small works in a folder of its own, which goes away with it.</summary>
internal sealed class Works : IDisposable
{
    /// <summary>No packs: what is tested here needs none.</summary>
    public static WorkspaceOptions Options { get; } =
        new(SystemClock.Instance, new PackFolder(""), "tests", TimeSpan.FromSeconds(30));

    public Works() : this(Options)
    {
    }

    public Works(WorkspaceOptions options, params RegisterItem[] more)
    {
        Root = Directory.CreateTempSubdirectory("celadon-crash-").FullName;
        Folder = Path.Combine(Root, "books");
        using var workspace = Workspace.Create(Folder, options, "works");
        workspace.Append("register", [
            Item("organisation", new Organisation { Id = "works", Name = new("Works"), Country = "GB" }),
            Item("site", new Site
            {
                Id = "stoke", Name = new("Stoke"), Country = "GB", Zone = "Europe/London",
                Organisation = "works",
                OperationalControl = true,
            }),
            Item("meter", new Meter
            {
                Id = "M1", Site = "stoke", From = "grid:GB", To = "site:stoke", Resource = "electricity",
                Unit = "kWh",
                Scale = 2,
            }),
            .. more.Select(item => Item(RegisterSet.Types.Single(t => t.Value == item.GetType()).Key, item)),
        ]);
    }

    /// <summary>A copy of other works as they lie on the disk, open or closed.</summary>
    public Works(Works other) : this(other.Folder)
    {
    }

    /// <summary>A copy of a workspace as it lies on the disk, open or closed.</summary>
    public Works(string workspace)
    {
        Root = Directory.CreateTempSubdirectory("celadon-crash-").FullName;
        Folder = Path.Combine(Root, "books");
        foreach (var file in Directory.EnumerateFiles(workspace, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file) == "lock") continue;
            var target = Path.Combine(Folder, Path.GetRelativePath(workspace, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = File.Create(target);
            source.CopyTo(copy);
        }
    }

    /// <summary>Holds the books and the files.</summary>
    public string Root { get; }

    /// <summary>The workspace.</summary>
    public string Folder { get; }

    /// <summary>Opens the workspace in this process.</summary>
    public Workspace Open() => Workspace.Open(Folder, Options);

    /// <summary>A register record of an item.</summary>
    public static RegisterRecord Item(string type, RegisterItem item) =>
        new(type, item.Id, RegisterSet.Write(item));

    /// <summary>Writes a file beside the books.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Makes a delivery; another number gives other rows and other days.</summary>
    public Delivery Deliver(int number, int rows)
    {
        var random = new Random(number);
        var (table, meter) = (new StringBuilder(), new StringBuilder("Time (UTC),Meter,Electricity kWh\n"));
        var (diesel, electricity) = (0L, 0L);
        table.Append("start,end,from,to,resource,amount,unit,basis,document\n");
        var start = new DateTime(2024, 1, 1).AddDays(number * 150);
        for (var i = 0; i < rows; i++)
        {
            var (litres, kilowattHours) = (random.Next(1, 100_000), random.Next(1, 100_000));
            (diesel, electricity) = (diesel + litres, electricity + kilowattHours);
            table.Append(CultureInfo.InvariantCulture, $"{start.AddDays(i % 100):yyyy-MM-dd},")
                .Append(CultureInfo.InvariantCulture,
                    $"{start.AddDays(i % 100):yyyy-MM-dd},supplier:fuels,site:stoke,")
                .Append(CultureInfo.InvariantCulture,
                    $"diesel,{litres / 100m},litre,invoiced,D{number}-{i}\n");
            meter.Append(CultureInfo.InvariantCulture, $"{start.AddMinutes(30 * i):yyyy-MM-dd HH:mm},M1,")
                .Append(CultureInfo.InvariantCulture, $"{kilowattHours / 100m}\n");
        }
        return new Delivery(
            [Write($"activity-{number}.csv", table.ToString()),
                Write($"meter-{number}.csv", meter.ToString())],
            rows, Amount.From(diesel, 2), rows, Amount.From(electricity, 2));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
