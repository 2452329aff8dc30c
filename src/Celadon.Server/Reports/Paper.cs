using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Celadon.Text;

namespace Celadon.Server.Reports;

/// <summary>
/// Sets a report on paper through a Chromium that is installed: headless, with a profile of its own that is
/// deleted, without network and scripts, and within a bounded time.
/// </summary>
public static class Paper
{
    /// <summary>Names the browser where it does not lie on the path.</summary>
    private const string Setting = "CELADON_CHROMIUM";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome",
        "google-chrome-stable", "microsoft-edge", "chrome.exe", "msedge.exe"];

    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>Path of the browser, or null when there is none.</summary>
    public static string? Browser => Found.Value;

    /// <summary>A report as PDF.</summary>
    /// <exception cref="RefusedException">
    /// report.noBrowser: none is installed; report.paperFailed: it ended without a file or took too long.
    /// </exception>
    public static async Task<byte[]> Print(string html, CancellationToken cancel)
    {
        var browser = Browser ?? throw RefusedException.Of("report.noBrowser");
        var folder = Directory.CreateTempSubdirectory("celadon-paper-").FullName;
        try
        {
            var (page, pdf) = (Path.Combine(folder, "report.html"), Path.Combine(folder, "report.pdf"));
            await File.WriteAllTextAsync(page, html, new UTF8Encoding(false), cancel);
            await Run(browser, folder, pdf, page, cancel);
            return File.Exists(pdf) ? await File.ReadAllBytesAsync(pdf, cancel)
                : throw RefusedException.Of("report.paperFailed", ("browser", browser));
        }
        finally
        {
            Delete(folder);
        }
    }

    private static async Task Run(string browser, string folder, string pdf, string page,
        CancellationToken cancel)
    {
        var start = new ProcessStartInfo(browser)
        {
            RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false,
            WorkingDirectory = folder,
        };
        foreach (var argument in Arguments(folder, pdf, page)) start.ArgumentList.Add(argument);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        using var process = Start(start, browser);
        try
        {
            // What it says goes nowhere, but a full pipe would stop it.
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token),
                process.StandardError.ReadToEndAsync(limit.Token), process.WaitForExitAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw RefusedException.Of("report.paperFailed", ("browser", browser));
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(ProcessStartInfo start, string browser)
    {
        try
        {
            return Process.Start(start)
                ?? throw RefusedException.Of("report.paperFailed", ("browser", browser));
        }
        catch (Win32Exception)
        {
            throw RefusedException.Of("report.paperFailed", ("browser", browser));
        }
    }

    /// <summary>
    /// A file of our own without scripts is all it opens. The browser refuses its own sandbox to the
    /// machine's administrator, so there it is left off.
    /// </summary>
    private static IEnumerable<string> Arguments(string folder, string pdf, string page)
    {
        yield return "--headless";
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess) yield return "--no-sandbox";
        yield return "--user-data-dir=" + Path.Combine(folder, "profile");
        foreach (var plain in (string[])["--disable-gpu", "--disable-extensions", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", "--no-first-run",
            "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer"])
            yield return plain;
        yield return "--print-to-pdf=" + pdf;
        yield return new Uri(page).AbsoluteUri;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } set)
            return File.Exists(set) ? set : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(name => folders.Where(f => f.Length > 0).Select(f => Path.Combine(f, name)))
            .Concat(Places).FirstOrDefault(File.Exists);
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser that is just ending may still hold a file; the system clears its own.
        }
    }
}
