using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Tests.House;
using NodaTime;
using SourceFile = Celadon.Store.Import.Reading.SourceFile;

[assembly: AssemblyFixture(typeof(Celadon.Tests.Example.ExampleWorks))]

namespace Celadon.Tests.Example;

/// <summary>
/// The example works as the demo builds them: the shipped packs, the registers, each folder of files, the
/// table of everything else. Built once, on first use, into a folder that tests copy when they write.
/// </summary>
public sealed class ExampleWorks : IDisposable
{
    /// <summary>Where the example lies in the repository.</summary>
    public static readonly string Source = Repository.At("examples/longquan-stoke");

    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-example-").FullName;
    private readonly Lazy<ExampleBooks> _shared;
    private readonly Lazy<string> _built;
    private int _copies;

    public ExampleWorks()
    {
        _built = new Lazy<string>(() =>
        {
            using var books = Begin("built");
            foreach (var paths in Parts()) books.Load(paths);
            return books.Workspace.Folder;
        });
        _shared = new Lazy<ExampleBooks>(Copy);
    }

    /// <summary>The built books as they lie on the disk, closed: to be copied.</summary>
    public string Folder => _built.Value;

    /// <summary>The books for tests that only read.</summary>
    public Workspace Workspace => _shared.Value.Workspace;

    /// <summary>The files in the order in which the demo loads them.</summary>
    public static IEnumerable<string[]> Parts()
    {
        var inputs = Path.Combine(Source, "inputs");
        yield return [Path.Combine(inputs, "workspace.json")];
        foreach (var part in Directory.EnumerateDirectories(inputs).Order(StringComparer.Ordinal))
            yield return [.. Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)];
        yield return [.. Directory.EnumerateFiles(inputs, "*.csv").Order(StringComparer.Ordinal)];
    }

    /// <summary>A workspace of the example's name that holds the packs and nothing else.</summary>
    public ExampleBooks Begin(string name)
    {
        var clock = new SetClock(Instant.FromUtc(2026, 10, 5, 9, 0));
        return new ExampleBooks(
            Workspace.Create(Path.Combine(_folder, name), Options(clock), "longquan-stoke"), clock);
    }

    /// <summary>A copy of the built example to write into.</summary>
    public ExampleBooks Copy()
    {
        var folder = Path.Combine(_folder, $"copy-{Interlocked.Increment(ref _copies)}");
        foreach (var file in Directory.EnumerateFiles(_built.Value, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(folder, Path.GetRelativePath(_built.Value, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
        var clock = new SetClock(Instant.FromUtc(2026, 10, 5, 9, 0));
        return new ExampleBooks(Workspace.Open(folder, Options(clock)), clock);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_shared.IsValueCreated) _shared.Value.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static WorkspaceOptions Options(IClock clock) =>
        new(clock, new PackFolder(Repository.At("packs")), "tester", TimeSpan.Zero);
}

/// <summary>A clock that a test sets.</summary>
public sealed class SetClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}

/// <summary>A workspace of the example that a test may write into.</summary>
public sealed class ExampleBooks(Workspace workspace, SetClock clock) : IDisposable
{
    public Workspace Workspace { get; } = workspace;

    /// <summary>The position of the last record.</summary>
    public long Head => Workspace.Journal.Head().Position;

    /// <summary>The day on which what follows is recorded, at 9 in the morning, UTC.</summary>
    public void On(int year, int month, int day) => clock.Now = Instant.FromUtc(year, month, day, 9, 0);

    /// <summary>Imports files as the demo does, taking only what is proved.</summary>
    public Imported Load(params string[] paths) => Load(new ImportChoices(), paths);

    /// <summary>Imports files with choices.</summary>
    public Imported Load(ImportChoices choices, params string[] paths)
    {
        var files = paths.Select(SourceFile.Open).ToList();
        return Workspace.Commit(files, Workspace.Plan(files, [], provedOnly: true), choices);
    }

    /// <summary>Asks for an inventory.</summary>
    public Asked Ask(string spec, long? at = null) =>
        Workspace.Ask(Questions.Get("carbon.inventory"), spec, at);

    /// <summary>Closes September 2026 of a site as the close verb does.</summary>
    public long Close(string site) => Workspace.Close(site, Stoke.September.First,
        Questions.KeptAtClosing(site, Stoke.September)).Last;

    public void Dispose() => Workspace.Dispose();
}

/// <summary>Specs and short ways that the tests of the example share.</summary>
internal static class Stoke
{
    public static readonly Celadon.Quantities.MonthSpan September =
        Celadon.Quantities.MonthSpan.Parse("2026-09");

    public const string SeptemberSpec =
        """{"period":"2026-09","sites":["stoke"],"gwp":"AR5","allowNearestEdition":true}""";

    /// <summary>The spec of the year's account, as the demo asks it.</summary>
    public static string YearSpec => Questions.Get("carbon.inventory").Example;

    public static InventoryReport Report(this Asked asked) => (InventoryReport)asked.Answer.Report;

    /// <summary>The number at a pointer.</summary>
    public static string At(this Asked asked, string pointer) =>
        Explainer.Find(asked.Answer.Report, pointer).Figure.Value.ToString();

    /// <summary>Every line of the scopes and beside them; the market-based ones too.</summary>
    public static IEnumerable<(string Section, InventoryLine Line)> Lines(this InventoryReport report) =>
        report.Scope1.Lines.Select(l => ("1", l))
            .Concat(report.Scope2.Location.Lines.Select(l => ("2-location", l)))
            .Concat(report.Scope2.Market.Lines.Select(l => ("2-market", l)))
            .Concat(report.Scope3.Categories.SelectMany(c => c.Lines).Select(l => ("3", l)));
}
