using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Celadon.Bench;

/// <summary>
/// The pages over three years of 15-minute data from fifty meters: time of the server page by page, fifty
/// viewers at once, a cold start, and what our script weighs.
/// </summary>
internal sealed partial class PagesBench : IDisposable
{
    private const int Viewers = 50;
    private const double Every = 5;
    private const double For = 60;

    private static readonly string[] Languages = ["en", "zh"];
    private static readonly string[] Periods = ["2025", "2024", "2025-06", "2025-01/2025-03", "2024-11"];

    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-pages-").FullName;
    private readonly Page _page = new("The pages", "What", "First", "Median", "95 in 100", "Most", "Asked");

    public static async Task<int> Run(string? results)
    {
        using var bench = new PagesBench();
        var folder = Path.Combine(bench._folder, "books");
        var import = MeterBooks.Build(folder);
        bench._page.Say(Page.Invariant($"Books: {MeterBooks.Readings:N0} readings of {MeterBooks.Meters} ") +
            Page.Invariant($"meters, imported from CSV in {import:F1} s ") +
            Page.Invariant($"({MeterBooks.Readings / import:N0} a second: parsed, checked, durable)."));
        await bench.ColdStarts(folder);
        using (var served = Served.Start(folder))
        {
            await served.Enter();
            var pages = await Paths(served);
            foreach (var (name, paths) in pages) await bench.OneByOne(served, name, paths);
            await bench.InBrowser(served, pages);
            await bench.Together(served, [.. pages.SelectMany(p => p.Paths)]);
            bench._page.Say(Page.Invariant($"The server held {served.Megabytes:F0} MB after that."));
        }
        bench.Script();
        const string command = "dotnet run -c Release --project bench/Celadon.Bench -- pages";
        if (results is not null) await File.WriteAllTextAsync(results, bench._page.Text(command));
        return 0;
    }

    /// <summary>The pages asked for, each with what a reader chooses on it.</summary>
    private static async Task<List<(string Name, string[] Paths)>> Paths(Served served)
    {
        string[] Chosen(string path, params string[] more) => [.. Languages.SelectMany(lang =>
            Periods.SelectMany(period => (more.Length == 0 ? [""] : more)
                .Select(m => $"/{lang}{path}?period={Uri.EscapeDataString(period)}{m}")))];
        var pages = new List<(string, string[])>
        {
            ("Today", Chosen("/today")),
            ("Carbon inventory", Chosen("/carbon/inventory")),
            ("Records", Chosen("/ledger/records", "", "&resource=diesel", "&kind=entry&basis=invoiced")),
        };
        var today = await served.Text("/en/today");
        var calendar = EnergyLink().Match(today) is { Success: true } link ? link.Groups[1].Value : null;
        if (calendar is not null)
            pages.Insert(1, ("Energy calendar " + calendar,
                Chosen(calendar, "", "&meter=" + MeterBooks.Id(0), "&meter=" + MeterBooks.Id(7))));
        return pages;
    }

    private async Task ColdStarts(string folder)
    {
        var times = new double[5];
        for (var i = 0; i < times.Length; i++)
        {
            using var served = Served.Start(folder);
            var opened = await served.Enter();
            if (!opened.IsPage) throw new InvalidOperationException($"The first page: {opened.Status}.");
            times[i] = served.SinceStart.Elapsed.TotalSeconds;
        }
        var first = times[0];
        Array.Sort(times);
        _page.Add("cold start: `celadon serve` to the whole first page", Time(first),
            Time(Stopwatches.Median(times)), "–", Time(times[^1]), "< 2 s");
    }

    /// <summary>Each choice first once, when nothing of it is kept, then two hundred drawn ones.</summary>
    private async Task OneByOne(Served served, string name, string[] paths)
    {
        var firsts = new List<double>();
        foreach (var path in paths) firsts.Add((await Whole(served, path)).Seconds);
        var dice = new Random(1);
        var times = new List<double>();
        for (var i = 0; i < 200; i++)
            times.Add((await Whole(served, paths[dice.Next(paths.Length)])).Seconds);
        times.Sort();
        _page.Add(name, Time(firsts.Max()), Time(times[times.Count / 2]), Time(times[times.Count * 95 / 100]),
            Time(times[^1]), "95 in 100 < 200 ms");
    }

    /// <summary>The browser alone, over books that are there.</summary>
    public static async Task<int> Look(string folder)
    {
        using var bench = new PagesBench();
        using var served = Served.Start(folder);
        await served.Enter();
        await bench.InBrowser(served, await Paths(served));
        return 0;
    }

    /// <summary>
    /// From the start of the navigation to the frame in which the page stands whole, charts included: each
    /// choice first once, then forty drawn ones, in an installed Chromium.
    /// </summary>
    private async Task InBrowser(Served served, List<(string Name, string[] Paths)> pages)
    {
        using var chrome = await Chrome.Start();
        if (chrome is null)
        {
            _page.Say("No Chromium is installed: completion in the browser was not measured.");
            return;
        }
        await chrome.Open(served.Address);
        foreach (var (name, paths) in pages)
        {
            var firsts = new List<double>();
            foreach (var path in paths) firsts.Add(await chrome.Open(new Uri(served.Address, path)));
            var dice = new Random(1);
            var times = new List<double>();
            for (var i = 0; i < 40; i++)
                times.Add(await chrome.Open(new Uri(served.Address, paths[dice.Next(paths.Length)])));
            times.Sort();
            _page.Add($"{name}, complete in Chromium", Time(firsts.Max()), Time(times[times.Count / 2]),
                Time(times[times.Count * 95 / 100]), Time(times[^1]), "95 in 100 < 1 s");
        }
    }

    private static async Task<Opened> Whole(Served served, string path)
    {
        var opened = await served.Open(path);
        return opened.IsPage ? opened
            : throw new InvalidOperationException($"{path}: {opened.Status}, {opened.Bytes} bytes.");
    }

    /// <summary>Viewers who open a page every five seconds for a minute, begun at drawn instants.</summary>
    private async Task Together(Served served, string[] paths)
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, Viewers).Select(async viewer =>
        {
            var dice = new Random(viewer);
            var seen = new List<Opened>();
            await Task.Delay(TimeSpan.FromSeconds(dice.NextDouble() * Every));
            using var beat = new PeriodicTimer(TimeSpan.FromSeconds(Every));
            for (var i = 0; i < For / Every; i++)
            {
                seen.Add(await served.Open(paths[dice.Next(paths.Length)]));
                await beat.WaitForNextTickAsync();
            }
            return seen;
        }));
        var all = opened.SelectMany(o => o).ToList();
        var times = all.Select(o => o.Seconds).Order().ToList();
        _page.Add(Page.Invariant($"{Viewers} viewers, a page every {Every} s for {For} s: ") +
            Page.Invariant($"{all.Count} pages, {all.Count(o => !o.IsPage)} errors"), "–",
            Time(times[times.Count / 2]), Time(times[times.Count * 95 / 100]), Time(times[^1]), "no errors");
    }

    /// <summary>Our own modules as they go over the wire; what is vendored is not ours.</summary>
    private void Script()
    {
        var source = Works.Repository("src/Celadon.Server/wwwroot");
        if (source is null) return;
        var bytes = Directory.EnumerateFiles(source, "*.js", SearchOption.AllDirectories)
            .Where(f => !f.Contains("vendor", StringComparison.OrdinalIgnoreCase)).Sum(Compressed);
        _page.Add("our own JavaScript, compressed", Page.Invariant($"{bytes / 1024.0:F1} kB"), "–", "–", "–",
            "≤ 40 kB");
    }

    private static long Compressed(string file)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(File.ReadAllBytes(file));
        return packed.Length;
    }

    private static string Time(double seconds) => seconds < 0.95 ? Page.Invariant($"{seconds * 1000:F0} ms")
        : Page.Invariant($"{seconds:F2} s");

    [GeneratedRegex("""href="/en(/energy[a-z/]*)""")]
    private static partial Regex EnergyLink();

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
