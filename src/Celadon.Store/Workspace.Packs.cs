using System.Collections.Concurrent;
using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Registers;
using Celadon.Store.Files;
using Celadon.Store.Journal;
using Celadon.Store.Readings;
using Celadon.Text;
using NodaTime;

namespace Celadon.Store;

public sealed partial class Workspace
{
    private const int LibrariesKept = 4;

    private readonly ConcurrentDictionary<string, bool> _databases = new(StringComparer.Ordinal);

    private string EditionsFolder => Path.Combine(Folder, "packs");

    /// <summary>What the packs in use say about the world.</summary>
    public FactorLibrary Library() => LibraryOf([.. Editions(State())]);

    /// <summary>The files of the pack editions in use, from the workspace's own copies.</summary>
    public IPackSource PacksInUse() => new KeptEditions(EditionsFolder, Editions(State()));

    /// <summary>
    /// Takes a pack edition into use: keeps its files by their hash and records it. The edition in use before
    /// stays kept, for the answers that used it.
    /// </summary>
    /// <exception cref="RefusedException">
    /// packs.refused: the pack is not clean; packs.inUse: this very edition is.
    /// </exception>
    public Appended Adopt(IPackSource source, string id)
    {
        var pack = ReadClean(source, id);
        lock (_writing)
        {
            if (Editions(State()).Contains(pack.AsEdition))
                throw RefusedException.Of("packs.inUse", ("id", id), ("edition", pack.Header.Edition));
            KeepEdition(source, pack);
            return Append("adopt", [new PackAdoptedRecord(pack.AsEdition)]);
        }
    }

    /// <summary>Takes every shipped pack into use, in one batch.</summary>
    private void AdoptShipped()
    {
        var packs = _options.Shipped.Packs.Select(id => ReadClean(_options.Shipped, id)).ToList();
        foreach (var pack in packs) KeepEdition(_options.Shipped, pack);
        Append("adopt", packs.Select(pack => new PackAdoptedRecord(pack.AsEdition)));
    }

    /// <summary>A pack of a source; refused with its first finding when it is not clean.</summary>
    public static Pack ReadClean(IPackSource source, string id)
    {
        var reading = PackReader.Read(source, id);
        return reading.Pack
            ?? throw new RefusedException(reading.Findings.FirstOrDefault(f => f.Severity == Severity.Error)
            ?? Finding.Of("packs.refused", Severity.Error, null, ("id", id)));
    }

    private void KeepEdition(IPackSource source, Pack pack)
    {
        foreach (var file in pack.Header.Tables.Select(t => t.File).Append("pack.json"))
        {
            var path = Path.Combine(EditionsFolder, pack.Sha256, file);
            if (!File.Exists(path)) Durable.Write(path, source.Read(pack.Header.Id, file)!);
        }
    }

    /// <summary>The files of an edition that was ever in use, by name.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> EditionFiles(PackEdition edition)
    {
        var folder = Path.Combine(EditionsFolder, edition.Sha256);
        return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder)
            .Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)))];
    }

    private static ImmutableArray<PackEdition> Editions(JournalState state) => [.. state.PacksInUse()
        .GroupBy(p => p.Id).Select(g => g.Last())];

    /// <summary>
    /// The packs for a view: those at closing where every month of every site in it was closed with the same
    /// ones, so that a closed year stays as it was closed; else those in use at its position. Databases that
    /// the closing did not know are added to its packs: no figure of a closed month comes from them.
    /// </summary>
    private ImmutableArray<PackEdition> EditionsFor(
        JournalState state, View view, ImmutableArray<string> sites)
    {
        var current = Editions(state);
        if (view.Period is not { } span || view.Closings.Count == 0) return current;
        var sets = new List<ImmutableArray<PackEdition>>();
        foreach (var site in view.Registers.Of<Site>().Where(s => sites.IsEmpty || sites.Contains(s.Id)))
        {
            foreach (var month in span.Months)
            {
                if (view.ClosingOf(site.Id, month) is { } closing) sets.Add(closing.Closing.Packs);
                else if (view.MeterMonths.Any(m => m.Month == month) || view.Entries.Count > 0)
                    return current;
            }
        }
        return sets.Count > 0 && sets.TrueForAll(s => s.SequenceEqual(sets[0]))
            ? [.. sets[0], .. current.Where(e => sets[0].All(s => s.Id != e.Id) && IsDatabase(e))] : current;
    }

    /// <summary>
    /// True for an edition that holds a life-cycle inventory database and nothing else: one with factors or
    /// rules beside it could change what a closed month comes to.
    /// </summary>
    private bool IsDatabase(PackEdition edition) => _databases.GetOrAdd(edition.Sha256, _ =>
        new KeptEditions(EditionsFolder, [edition]).Read(edition.Id, "pack.json") is { } json
        && PackReader.Header(edition.Id, json) is { } header
        && header.Tables.All(t => LciTables.IsKind(t.Kind)));

    /// <summary>The library of some editions, read from the workspace's own copies.</summary>
    public FactorLibrary LibraryOf(ImmutableArray<PackEdition> editions)
    {
        var key = string.Join('|', editions.Select(e => e.Sha256));
        lock (_caching)
        {
            var known = _libraries.FindIndex(l => l.Key == key);
            if (known >= 0) return _libraries[known].Library;
        }
        return _librariesInFlight.Get(key, () =>
        {
            var kept = new KeptEditions(EditionsFolder, editions);
            var library = FactorLibrary.From(Read(kept, editions));
            lock (_caching)
            {
                _libraries.Add((key, library));
                if (_libraries.Count > LibrariesKept) _libraries.RemoveAt(0);
            }
            return library;
        }, CancellationToken.None);
    }

    /// <summary>The packs, read side by side; the first that is refused is what is said.</summary>
    private static Pack[] Read(KeptEditions kept, ImmutableArray<PackEdition> editions)
    {
        var (ids, refused) = (kept.Packs, new RefusedException?[kept.Packs.Count]);
        var packs = new Pack[ids.Count];
        Parallel.For(0, packs.Length, i =>
        {
            try
            {
                packs[i] = Checked(kept, ids[i], editions);
            }
            catch (RefusedException reason)
            {
                refused[i] = reason;
            }
        });
        return refused.FirstOrDefault(r => r is not null) is { } first ? throw first : packs;
    }

    private static Pack Checked(KeptEditions kept, string id, ImmutableArray<PackEdition> editions)
    {
        var pack = ReadClean(kept, id);
        var edition = editions.Single(e => e.Id == id);
        return pack.Sha256 == edition.Sha256 ? pack
            : throw RefusedException.Of("packs.changed", ("id", id), ("edition", edition.Edition));
    }

    private static ReadingMeter ReadingMeterOf(Meter meter, RegisterSet registers) =>
        ReadingMeter.Of(meter, registers);

    /// <summary>
    /// Every kept edition that is not there whole, of those the journal ever took into use.
    /// </summary>
    private IEnumerable<Finding> VerifyEditions(JournalState state)
    {
        foreach (var edition in state.Records.Select(r => r.Body).OfType<PackAdoptedRecord>()
            .Select(r => r.Pack).Distinct())
        {
            var kept = new KeptEditions(EditionsFolder, [edition]);
            if (PackReader.Read(kept, edition.Id).Pack?.Sha256 != edition.Sha256)
                yield return Finding.Of("packs.changed", Severity.Error,
                    new Place(File: Path.Combine("packs", edition.Sha256)), ("id", edition.Id),
                    ("edition", edition.Edition));
        }
    }

    /// <summary>Every reading of a meter that counts now, in order of time.</summary>
    public IEnumerable<ReadingLeaf> AllReadings(Meter meter, RegisterSet registers)
    {
        var spans = State().Standing<ReadingsRecord>().Where(r => r.Body.Meter == meter.Id)
            .Select(r => r.Body.Span).ToList();
        if (spans.Count == 0) yield break;
        var reading = ReadingMeterOf(meter, registers);
        var whole = new Period(spans.Min(s => s.Start), spans.Max(s => s.End));
        foreach (var month in reading.Zone.MonthsOf(whole))
        {
            foreach (var leaf in ReadingsOf(meter, registers, month)) yield return leaf;
        }
    }

    /// <summary>The readings of a meter's month that count now, of all bands, in order of time.</summary>
    public IReadOnlyList<ReadingLeaf> ReadingsOf(Meter meter, RegisterSet registers, YearMonth month)
    {
        var reading = ReadingMeterOf(meter, registers);
        var bands = Readings.MonthsAt([reading], new Quantities.MonthSpan(month, month), long.MaxValue);
        return [.. bands.SelectMany(b => Readings.ReadingsOf(reading, month, b.Band, long.MaxValue))
            .OrderBy(leaf => leaf.Period.Start)];
    }

    /// <summary>The workspace's own copies, by the id of each edition asked for.</summary>
    private sealed class KeptEditions(string folder, ImmutableArray<PackEdition> editions) : IPackSource
    {
        public IReadOnlyList<string> Packs => [.. editions.Select(e => e.Id)];

        public byte[]? Read(string pack, string file)
        {
            var path = Path.Combine(folder, editions.Single(e => e.Id == pack).Sha256,
                Path.GetFileName(file));
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
    }
}
