using System.Diagnostics;
using Celadon.Store;

/// <summary>
/// Loaded into a child process by the runtime before the program starts (DOTNET_STARTUP_HOOKS): writes down
/// the steps the program passes, and ends it at one of them as kill -9 does. The runtime finds it by this
/// name in no namespace.
/// </summary>
internal static class StartupHook
{
    /// <summary>"evidence-kept#2": the second time that step is passed.</summary>
    public const string StopAt = "CRASH_TEST_STEP";

    /// <summary>A file that every step is added to.</summary>
    public const string TraceTo = "CRASH_TEST_TRACE";

    /// <summary>The variable by which the runtime of a child loads it.</summary>
    public static (string, string) Loaded { get; } =
        ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location);

    public static void Initialize()
    {
        var stop = Environment.GetEnvironmentVariable(StopAt);
        var trace = Environment.GetEnvironmentVariable(TraceTo);
        var passed = new Dictionary<string, int>(StringComparer.Ordinal);
        Steps.Reached = step =>
        {
            // Evidence and readings are written side by side.
            lock (passed)
            {
                var times = passed[step] = passed.GetValueOrDefault(step) + 1;
                if (trace is not null)
                    File.AppendAllText(trace, FormattableString.Invariant($"{step}#{times}\n"));
                if (stop != FormattableString.Invariant($"{step}#{times}")) return;
                Process.GetCurrentProcess().Kill();
                Thread.Sleep(Timeout.Infinite);
            }
        };
    }
}
