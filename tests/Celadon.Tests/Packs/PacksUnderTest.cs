using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Store;

namespace Celadon.Tests.Packs;

/// <summary>The packs of the repository, read once.</summary>
internal static class PacksUnderTest
{
    public static PackFolder Folder { get; } = new(Path.Combine(Root(), "packs"));

    private static readonly Lazy<ImmutableArray<PackReading>> Read = new(() => PackReader.ReadAll(Folder));

    private static readonly Lazy<FactorLibrary> Loaded = new(() =>
        FactorLibrary.From(Read.Value.Where(reading => reading.Pack is not null)
        .Select(reading => reading.Pack!)));

    public static ImmutableArray<PackReading> Readings => Read.Value;

    public static FactorLibrary Library => Loaded.Value;

    /// <summary>A request of September 2026 in Stoke, as the worked month of the ledger asks.</summary>
    public static FactorRequest Stoke(string resource, FactorBasis basis, string unit,
        CalorificBasis calorific = default,
        params (string, string?)[] facts) =>
        new(resource, basis, "GB", MonthSpan.Parse("2026-09"), MonthSpan.Parse("2026-09"))
        {
            Unit = Units.Parse(unit),
            Calorific = calorific,
            Facts = Facts.Of(facts),
            AllowNearestEdition = true,
        };

    public static FactorAnswer.Found Found(FactorAnswer answer) => Assert.IsType<FactorAnswer.Found>(answer);

    public static FactorAnswer.Refused Refused(FactorAnswer answer) =>
        Assert.IsType<FactorAnswer.Refused>(answer);

    /// <summary>
    /// A file of the reference beside the repository; the test is skipped where it is absent.
    /// </summary>
    public static byte[] Reference(string path)
    {
        var file = Path.Combine(Root(), "..", "shared", path);
        if (!File.Exists(file)) Assert.Skip($"skipped: ../shared/{path} not present");
        return File.ReadAllBytes(file);
    }

    /// <summary>A document of the repository.</summary>
    public static string Document(string path) => File.ReadAllText(Path.Combine(Root(), path));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Celadon.slnx")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("No repository root above.");
        return folder;
    }
}

/// <summary>Packs in memory, to spoil one byte at a time.</summary>
internal sealed class MemoryPacks(Dictionary<(string Pack, string File), byte[]> files) : IPackSource
{
    public IReadOnlyList<string> Packs =>
        [.. files.Keys.Select(key => key.Pack).Distinct().Order(StringComparer.Ordinal)];

    public byte[]? Read(string pack, string file) => files.GetValueOrDefault((pack, file));
}
