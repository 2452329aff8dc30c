using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli;

/// <summary>
/// Reads a command line and runs its verb, here or inside the server that has the workspace.
/// </summary>
internal static class CommandLine
{
    private const int TurnsToWait = 120;

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="context">Where to write and what to read.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<int> Run(string[] args, VerbContext context, CancellationToken cancel)
    {
        var text = Catalogue.For(LanguageOf(args, context));
        var tree = new CommandTree(text);
        var parsed = tree.Root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await context.Error.WriteLineAsync(error.Message);
            await context.Error.WriteLineAsync(text.Text("cli.seeHelp"));
            return Verb.Usage;
        }
        if (tree.VerbOf(parsed) is not { } verb)
        {
            tree.Explain(parsed);
            return await parsed.InvokeAsync(Plain(context), cancel);
        }
        context = context with
        {
            Text = text,
            Json = parsed.GetValue(tree.Json),
            Named = parsed.GetValue(tree.Workspace),
        };
        return await Guarded(context, () => Here(verb, args, context, parsed, cancel));
    }

    private static async Task<int> Here(
        Verb verb, string[] args, VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        if (context.Held is not null || verb.NeedsNoWorkspace || verb.RunsAlone
            || (verb.DoesWithoutWorkspace && !context.HasWorkspace))
            return await verb.Run(context, parsed, cancel);
        for (var waited = 0; ; waited++)
        {
            try
            {
                return ServerLink.Find(context.WorkspaceFolder()) is { } server
                    ? await server.Forward(args, context, cancel) : await verb.Run(context, parsed, cancel);
            }
            catch (RefusedException busy) when (busy.Finding.Code == "workspace.busy" && waited < TurnsToWait)
            {
                // Another process has it: a verb that will end, or a server whose note is about to appear.
                await Task.Delay(50, cancel);
            }
        }
    }

    /// <summary>
    /// A refusal is told with its reason and remedy; anything else is our fault, and told as such.
    /// </summary>
    private static async Task<int> Guarded(VerbContext context, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (RefusedException refused)
        {
            return await Refused(context, refused.Finding);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, a folder without permission, a name that is a folder: the person's to mend.
            return await Refused(context, Finding
                .Of("file.failed", Severity.Error, null, ("reason", e.Message)));
        }
        catch (OperationCanceledException)
        {
            await context.Error.WriteLineAsync(context.Text.Text("cli.cancelled"));
            return Verb.Refused;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await context.Error.WriteLineAsync(context.Text.Text("cli.internal", ("reason", e.ToString())));
            return Verb.Internal;
        }
    }

    private static async Task<int> Refused(VerbContext context, Finding finding)
    {
        if (context.Json) await context.Out.WriteLineAsync(Refusal(finding));
        else context.Print(finding);
        return Verb.Refused;
    }

    private static string Refusal(Finding finding)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WritePropertyName("refused");
            AnswerJson.Write(json, finding);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string LanguageOf(string[] args, VerbContext context)
    {
        var at = Array.IndexOf(args, "--lang");
        if (at >= 0 && at + 1 < args.Length) return args[at + 1];
        return context.Variables.GetValueOrDefault("CELADON_LANG") ?? CultureInfo.CurrentUICulture.Name;
    }

    private static InvocationConfiguration Plain(VerbContext context) =>
        new() { Output = context.Out, Error = context.Error, EnableDefaultExceptionHandler = false };
}
