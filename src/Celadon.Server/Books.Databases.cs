using System.Runtime.CompilerServices;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Reading;
using Celadon.Store.Journal;
using Celadon.Text;

namespace Celadon.Server;

/// <summary>A life-cycle inventory database in use.</summary>
/// <param name="Pack">Its pack: title, edition, licence, source.</param>
/// <param name="Lookup">What it holds, by identifier.</param>
/// <param name="Counts">How much it holds.</param>
public sealed record KnownDatabase(Pack Pack, LciLookup Lookup, LciCounts Counts);

/// <summary>A database that was read and not yet taken into use.</summary>
/// <param name="Token">Its address.</param>
/// <param name="File">Name of the file.</param>
/// <param name="Sha256">Hash of the file.</param>
/// <param name="Reading">The database, or null where it cannot be used, and what was found.</param>
public sealed record StagedDatabase(string Token, string File, string? Sha256, LciReading Reading);

public sealed partial class Books
{
    private const int MostDatabases = 2;
    private static readonly ConditionalWeakTable<LciDatabase, LciCounts> Counted = [];
    private readonly List<StagedDatabase> _databases = [];

    /// <summary>The databases in use, in the order of the packs.</summary>
    public IReadOnlyList<KnownDatabase> Databases =>
        [.. Library.Packs.Where(p => p.Lci is not null).Select(Known)];

    /// <summary>A database by its id, or null.</summary>
    public KnownDatabase? Database(string id) =>
        Library.Pack(id) is { Lci: not null } pack ? Known(pack) : null;

    /// <summary>Reads a database without recording anything; only the last two are kept.</summary>
    public StagedDatabase StageDatabase(SourceFile file, CancellationToken cancel)
    {
        using var package = LciPackage.Of(file.Name, file.Bytes.ToArray());
        var reading = LciFormats.Read(file.Stem, package, cancel: cancel);
        var staged = new StagedDatabase(ServeOptions.NewSecret()[..32], file.Name, package.Sha256, reading);
        lock (_staging)
        {
            _databases.Add(staged);
            if (_databases.Count > MostDatabases) _databases.RemoveAt(0);
        }
        return staged;
    }

    /// <summary>Databases that were read and not yet taken or dropped, the last first.</summary>
    public IReadOnlyList<StagedDatabase> StagedDatabases
    {
        get
        {
            lock (_staging) return [.. Enumerable.Reverse(_databases)];
        }
    }

    /// <summary>A database that was read, or null when it was taken, dropped or pushed out.</summary>
    public StagedDatabase? DatabaseBy(string token)
    {
        lock (_staging) return _databases.Find(s => s.Token == token);
    }

    /// <summary>Takes a database that was read into use.</summary>
    /// <param name="token">Its address.</param>
    /// <param name="words">What its pack says of it.</param>
    /// <param name="withoutFaulty">
    /// True to take what holds together where data sets have errors and are left out.
    /// </param>
    /// <exception cref="RefusedException">
    /// web.importGone: it is no longer staged, or cannot be used; and as for every database.
    /// </exception>
    public Appended AdoptDatabase(string token, LciPackWords words, bool withoutFaulty = false)
    {
        var staged = DatabaseBy(token);
        var database = withoutFaulty ? staged?.Reading.Sound : staged?.Reading.Database;
        if (staged is null || database is null) throw RefusedException.Of("web.importGone");
        var appended = _workspace.AdoptDatabase(database with { Name = words.Title },
            words with { SourceSha256 = staged.Sha256 });
        DropDatabase(token);
        return appended;
    }

    /// <summary>Forgets a database that was read.</summary>
    public void DropDatabase(string token)
    {
        lock (_staging) _databases.RemoveAll(s => s.Token == token);
    }

    /// <summary>Counted once for each edition: counting looks at every exchange.</summary>
    private static KnownDatabase Known(Pack pack) => new(pack, pack.Lci!.Value,
        Counted.GetValue(pack.Lci.Value.Database, LciCounts.Of));
}
