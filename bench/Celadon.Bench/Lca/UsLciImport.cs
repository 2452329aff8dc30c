using System.IO.Compression;
using System.Security.Cryptography;
using Celadon.Packs.Lci;
using Celadon.Store;
using Celadon.Store.Import.Lci;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Bench.Lca;

/// <summary>
/// The US Life Cycle Inventory as published, taken into a workspace the way the product does it: package
/// opened within bounds and hashed, read and checked, linked, written as a pack and adopted.
/// </summary>
internal static class UsLciImport
{
    private const string Name = "uslci-jsonld-v1.zip";

    /// <summary>Adds its rows, or returns a note when the package is not beside the repository.</summary>
    public static string? Measure(Page page)
    {
        if (Works.Shared("data/" + Name) is not { } path) return $"US LCI: {Name} is not here.";
        var folder = Directory.CreateTempSubdirectory("celadon-uslci-").FullName;
        try
        {
            var (run, counts, read) = (0, new LciCounts(0, 0, 0, 0, 0, 0, 0), double.NaN);
            void Import()
            {
                using var workspace = Workspace.Create(Path.Combine(folder, $"{run++}"), Works.Options,
                    "bench");
                var clock = System.Diagnostics.Stopwatch.StartNew();
                using var package = LciPackage.Open(path);
                var database = LciFormats.Read("US LCI", package).Database
                    ?? throw new InvalidDataException("The US LCI was refused.");
                read = clock.Elapsed.TotalSeconds;
                workspace.AdoptDatabase(database, new LciPackWords("uslci", "CC0-1.0", "US LCI", "NREL", null,
                    package.Sha256));
                counts = LciCounts.Of(database);
            }
            var first = Stopwatches.Time(1, Import);
            var times = Stopwatches.Time(5, Import);
            var bytes = Stopwatches.Time(5, () => Unpack(path));
            page.Add("US LCI package: opened, read, checked, taken into a workspace", Page.Seconds(times),
                "–", "–", "≤ 3 s",
                Page.Invariant($"the same bytes hashed and unpacked: {Page.Seconds(bytes)}"));
            page.Add("the same for the first time in a process", Page.Seconds(first), "–", "–", "≤ 3 s",
                Page.Invariant($"{counts.Processes:N0} processes, {counts.Exchanges:N0} exchanges; ")
                + Page.Invariant($"opened and read alone {read * 1000:F0} ms in the last run"));
            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What no import can do without: SHA-256 of the file, and every entry unpacked.</summary>
    private static void Unpack(string path)
    {
        var bytes = File.ReadAllBytes(path);
        SHA256.HashData(bytes);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var room = new byte[1 << 16];
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            while (stream.Read(room) > 0) { }
        }
    }
}
