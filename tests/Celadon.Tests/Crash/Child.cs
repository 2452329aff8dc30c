using System.Diagnostics;
using System.Text;

namespace Celadon.Tests.Crash;

/// <summary>The built program in a process of its own. What it writes is recorded as it comes.</summary>
internal sealed class Child : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _out = new(), _error = new();

    private Child(Process process) => _process = process;

    /// <summary>Everything it wrote to standard output so far, in whole lines.</summary>
    public string Out
    {
        get
        {
            lock (_out) return _out.ToString();
        }
    }

    /// <summary>The same of standard error.</summary>
    public string Error
    {
        get
        {
            lock (_error) return _error.ToString();
        }
    }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>True when it ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts the program in a folder.</summary>
    public static Child Start(string folder, string[] args, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Celadon.Cli.dll"));
        foreach (var arg in args) start.ArgumentList.Add(arg);
        start.Environment["CELADON_LANG"] = "en";
        start.Environment.Remove("CELADON_WORKSPACE");
        foreach (var (name, value) in variables) start.Environment[name] = value;
        var child = new Child(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => Record(child._out, line.Data);
        child._process.ErrorDataReceived += (_, line) => Record(child._error, line.Data);
        child._process.Start();
        child._process.StandardInput.Close();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits until it ends and all it wrote is recorded.</summary>
    /// <returns>Its exit code; 137 when it was killed.</returns>
    public async Task<int> End()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it as kill -9 does; it may have ended already.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await End();
    }

    /// <summary>Waits until something is so.</summary>
    public async Task Until(Func<bool> condition)
    {
        var since = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.False(HasEnded, $"It ended: {Out}{Error}");
            Assert.True(since.Elapsed < Patience, $"It did not come: {Out}{Error}");
            await Task.Delay(20);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static void Record(StringBuilder to, string? line)
    {
        if (line is null) return;
        lock (to) to.AppendLine(line);
    }
}
