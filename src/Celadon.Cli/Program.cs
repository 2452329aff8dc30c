using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using Celadon.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    if (stop.IsCancellationRequested) return; // A second Ctrl-C ends the process at once.
    pressed.Cancel = true;
    stop.Cancel();
};
using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    // End as Ctrl-C does: what runs is finished or undone, and the note beside the workspace goes.
    signal.Cancel = true;
    stop.Cancel();
});
var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .Where(v => v.Key is string name && name.StartsWith("CELADON_", StringComparison.Ordinal))
    .ToDictionary(v => (string)v.Key, v => v.Value as string ?? "", StringComparer.Ordinal);
var context = new VerbContext(Console.Out, Console.Error, Console.OpenStandardInput(),
    Environment.CurrentDirectory,
    IsTerminal: !Console.IsInputRedirected && !Console.IsOutputRedirected, variables, Held: null)
{
    IsLive = !Console.IsErrorRedirected,
};
return await CommandLine.Run(args, context, stop.Token);
