using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Store;
using Celadon.Store.Import.Reading;
using Celadon.Store.Journal;
using NodaTime;

namespace Celadon.Bench;

/// <summary>The books: appending, importing, verifying, and the inventory of a million entries.</summary>
internal sealed class BooksBench : IDisposable
{
    private const int Million = 1_000_000;
    private const string Spec =
        """{"period":"2026","gwp":"AR5","allowNearestEdition":true,"allowWiderPlace":true}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-bench-").FullName;
    private readonly List<Entry> _entries = [.. Entries.Make(Million)];
    private readonly Page _page = new("The books");
    private int _number;

    private static readonly BatchRecord Header =
        new(Instant.FromUtc(2026, 11, 23, 0, 0), "bench", "import", [], "", "");

    public static async Task<int> Run(string? results)
    {
        using var bench = new BooksBench();
        bench._page.Say("Medians with least and most; peers in the same run, in the same process.");
        bench.Append();
        bench.Import();
        bench.Verify();
        await bench.Inventory();
        bench.Steel();
        const string command = "dotnet run -c Release --project bench/Celadon.Bench -- books";
        if (results is not null) await File.WriteAllTextAsync(results, bench._page.Text(command));
        return 0;
    }

    private string Next(string name) => Path.Combine(_folder, $"{name}{_number++}.db");

    private void Append()
    {
        var sync = Stopwatches.Time(5, () => SyncOnce(Next("sync")));
        var ours = Stopwatches.Time(3, () =>
        {
            using var journal = JournalFile.Create(Next("journal"), "bench");
            journal.Append(Header, _ => _entries.Select(e => new EntryRecord(e)));
        });
        var peer = Stopwatches.Time(3, () => PlainSqlite.Insert(Next("plain"), _entries));
        var rate = Million / Stopwatches.Median(ours);
        _page.Add("append 1,000,000 entries, chained, one transaction, synchronous=FULL",
            $"{Page.Seconds(ours)}, {Page.Invariant($"{rate:N0}")} a second",
            $"plain prepared insert {Page.Seconds(peer)}",
            Page.Ratio(ours, peer), "≥ 0.5 ×, ≥ 80,000 a second",
            $"one sync of the disk {Page.Seconds(sync)}; the rest is SQLite's own inserting");
    }

    private static void SyncOnce(string path)
    {
        using var file = new FileStream(path, FileMode.Create);
        file.Write(new byte[4096]);
        file.Flush(flushToDisk: true);
    }

    private void Verify()
    {
        using var journal = JournalFile.Create(Next("verify"), "bench");
        journal.Append(Header, _ => _entries.Select(e => new EntryRecord(e)));
        var lines = journal.Lines().Select(l => Encoding.UTF8.GetBytes(l.Line)).ToList();
        var bytes = lines.Sum(l => (long)l.Length + 32);
        var ours = Stopwatches.Time(3, () =>
        {
            var breaks = new List<Break>();
            journal.VerifyChain(0, ChainFormat.Genesis("bench"), breaks);
            if (breaks.Count > 0) throw new InvalidOperationException("The chain does not hold.");
        });
        var chained = Stopwatches.Time(3, () => Chained(lines));
        var whole = lines.SelectMany(l => l).ToArray();
        var once = Stopwatches.Time(3, () => SHA256.HashData(whole));
        _page.Add(Page.Invariant($"verify the chain of 1,000,000 entries ({bytes / 1e6:F0} MB of lines)"),
            Page.Seconds(ours),
            $"SHA-256 record by record {Page.Seconds(chained)}; over all bytes at once {Page.Seconds(once)}",
            $"{Page.Ratio(ours, chained)}; {Page.Ratio(ours, once)}", "≥ 0.2 × (≤ 5 times SHA-256)",
            "the chain needs one hash a record; reading SQLite's pages goes on beside it");
    }

    private static void Chained(List<byte[]> lines)
    {
        var last = new byte[32];
        var room = new byte[4096];
        foreach (var line in lines)
        {
            last.CopyTo(room, 0);
            line.CopyTo(room, 32);
            SHA256.HashData(room.AsSpan(0, line.Length + 32), last);
        }
    }

    /// <summary>The same entries out of a CSV file: read, checked against the books, kept.</summary>
    private void Import()
    {
        var bytes = Entries.Csv(_entries);
        var workspace = Works.Create(Path.Combine(_folder, "csv"));
        SourceFile[] file = [new SourceFile("ledger.csv", bytes)];
        var clock = Stopwatch.StartNew();
        var plan = workspace.Plan(file, [], provedOnly: true);
        var planned = clock.Elapsed.TotalSeconds;
        var imported = workspace.Commit(file, plan, new ImportChoices());
        var whole = clock.Elapsed.TotalSeconds;
        workspace.Dispose();
        // A few drawn rows say the same as another and are held back, as they should be.
        if (imported.Entries < Million - 1000)
            throw new InvalidOperationException($"{imported.Entries} entries of a million were imported.");
        _page.Add("import 1,000,000 entries from one CSV file " +
            Page.Invariant($"({bytes.Length / 1e6:F0} MB); ") + "parse, check, commit, durable",
            Page.Invariant($"{whole:F2} s, {Million / whole:N0} a second"),
            Page.Invariant($"of it reading and checking {planned:F2} s"), "–", "–", "the append above");
    }

    private async Task Inventory()
    {
        var folder = Path.Combine(_folder, "million");
        using (var workspace = Works.Create(folder))
            workspace.Append("import", _entries.Select(e => new EntryRecord(e)));
        using var duck = new DuckSum(Path.Combine(_folder, "sum.duckdb"), _entries);
        var peer = Stopwatches.Time(5, () => duck.Sum());
        using (var workspace = Workspace.Open(folder, Works.Options))
        {
            var question = Questions.Get("carbon.inventory");
            var first = Stopwatch.StartNew();
            workspace.Ask(question, Spec);
            first.Stop();
            var warm = Stopwatches.Time(7, () => workspace.Ask(question, Spec));
            _page.Add("inventory of 1,000,000 entries, warm", Page.Seconds(warm),
                $"plain DuckDB SQL, the same sums by shape and month {Page.Seconds(peer)}",
                Page.Ratio(warm, peer),
                "≤ 100 ms", "40 MB of columns at memory bandwidth: about 4 ms");
            _page.Add("the same, first time in a process that has the workspace open",
                Page.Invariant($"{first.Elapsed.TotalSeconds:F2} s"), "–", "–", "–",
                "reading the rows out of SQLite");
        }
        var cold = Stopwatches.Time(3, () => ColdAsk(folder));
        _page.Add("the same, cold: `celadon ask` from start to end", Page.Seconds(cold), "–", "–", "≤ 3 s",
            "start of the runtime about 0.1 s; the tail of the chain since the last check");
        foreach (var path in (string[])["/en/today", "/en/carbon/inventory"]) await FirstPage(folder, path);
    }

    /// <summary>The first page of a server that was just started, which has looked at nothing yet.</summary>
    private async Task FirstPage(string folder, string path)
    {
        var (page, whole) = (new double[3], new double[3]);
        for (var i = 0; i < page.Length; i++)
        {
            using var served = Served.Start(folder);
            var key = served.Address.Query;
            var opened = await served.Open(path + key);
            if (!opened.IsPage) throw new InvalidOperationException($"{path}: {opened.Status}.");
            (page[i], whole[i]) = (opened.Seconds, served.SinceStart.Elapsed.TotalSeconds);
        }
        Array.Sort(page);
        Array.Sort(whole);
        _page.Add($"first page at a million entries: `{path}`", Page.Seconds(page),
            $"with the start of the server {Page.Seconds(whole)}", "–", "≤ 2 s",
            "reading the rows out of SQLite once");
    }

    private static void ColdAsk(string folder)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "Celadon.Cli.dll");
        var start = new ProcessStartInfo("dotnet")
        { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])[dll, "ask", "carbon.inventory", "--in", Spec, "--json", "--workspace",
            folder])
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode > 1 || !answer.Contains("kgco2e", StringComparison.Ordinal))
            throw new InvalidOperationException($"ask ended with {process.ExitCode}.");
    }

    private void Steel()
    {
        var path = Works.Shared("data/steel-energy.csv");
        if (path is null)
        {
            Console.WriteLine("steel file not at hand: ../shared/data/steel-energy.csv");
            return;
        }
        var bytes = File.ReadAllBytes(path);
        // Both are let run before they are timed, so that neither is measured while it is being compiled.
        for (var i = 0; i < SteelWarm; i++)
        {
            SteelOnce(bytes);
            DuckSum.AppendReadings(Next("plain") + ".duckdb", Readings);
        }
        var (own, peer) = (new double[SteelRuns], new double[SteelRuns]);
        for (var i = 0; i < SteelRuns; i++)
        {
            own[i] = SteelOnce(bytes);
            peer[i] = DuckSum.AppendReadings(Next("plain") + ".duckdb", Readings);
        }
        Array.Sort(own);
        Array.Sort(peer);
        _page.Add("import the steel file: 35,040 readings; parse, check, commit, durable", Page.Seconds(own),
            $"plain DuckDB appender, rows at hand, durable {Page.Seconds(peer)}",
            Page.Ratio(own, peer), "≥ 0.5 ×",
            "2.7 MB to parse and to keep; two syncs of the disk, one after the other");
    }

    private const int Readings = 35_040;
    private const int SteelWarm = 15;
    private const int SteelRuns = 15;

    private double SteelOnce(byte[] bytes)
    {
        using var workspace = Works.Create(Path.Combine(_folder, $"steel{_number++}"), steel: true);
        SourceFile[] file = [new SourceFile("steel-energy.csv", bytes)];
        GC.Collect();
        var clock = Stopwatch.StartNew();
        var plan = workspace.Plan(file, [], provedOnly: true);
        var imported = workspace.Commit(file, plan, new ImportChoices());
        var seconds = clock.Elapsed.TotalSeconds;
        return imported.Readings == Readings ? seconds
            : throw new InvalidOperationException($"{imported.Readings} readings of the steel file.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
