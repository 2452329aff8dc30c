using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli;

/// <summary>Reads a command line and runs its verb, here or inside the server that has the workspace.</summary>
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
        var root = Describe(text, out var verbs);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await context.Error.WriteLineAsync(error.Message);
            await context.Error.WriteLineAsync(text.Text("cli.seeHelp"));
            return Verb.Usage;
        }
        if (!verbs.TryGetValue(parsed.CommandResult.Command, out var verb))
            return await parsed.InvokeAsync(Plain(context), cancel);
        if (parsed.Action is { } action and not VerbAction) return await parsed.InvokeAsync(Plain(context), cancel);
        context = context with
        {
            Text = text,
            Json = parsed.GetValue(VerbContext.JsonOption),
            Named = parsed.GetValue(VerbContext.WorkspaceOption),
        };
        return await Guarded(context, () => Here(verb, args, context, parsed, cancel));
    }

    private static async Task<int> Here(
        Verb verb, string[] args, VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        if (context.Held is not null || verb.NeedsNoWorkspace || verb.RunsAlone)
            return await verb.Run(context, parsed, cancel);
        for (var waited = 0; ; waited++)
        {
            if (ServerLink.Find(context.WorkspaceFolder()) is { } server)
                return await server.Forward(args, context, cancel);
            try
            {
                return await verb.Run(context, parsed, cancel);
            }
            catch (RefusedException busy) when (busy.Finding.Code == "workspace.busy" && waited < TurnsToWait)
            {
                // Another process has it: a verb that will end, or a server whose note is about to appear.
            }
        }
    }

    /// <summary>A refusal is told with its reason and remedy; anything else is our fault, and told as such.</summary>
    private static async Task<int> Guarded(VerbContext context, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (RefusedException refused)
        {
            if (context.Json) await context.Out.WriteLineAsync(Refusal(refused.Finding));
            else context.Print(refused.Finding);
            return Verb.Refused;
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

    /// <summary>The verbs with their options, described in a language.</summary>
    public static RootCommand Describe(Catalogue text, out Dictionary<Command, Verb> verbs)
    {
        var root = new RootCommand(text.Text("cli.about"));
        VerbContext.WorkspaceOption.Description = text.Text("cli.option.workspace");
        VerbContext.JsonOption.Description = text.Text("cli.option.json");
        VerbContext.LanguageOption.Description = text.Text("cli.option.lang");
        root.Options.Add(VerbContext.WorkspaceOption);
        root.Options.Add(VerbContext.JsonOption);
        root.Options.Add(VerbContext.LanguageOption);
        verbs = [];
        foreach (var verb in VerbList.All)
        {
            var command = new Command(verb.Name, text.Text($"cli.{verb.Name}.about"));
            verb.Describe(command);
            Explain(command, $"cli.{verb.Name}", text);
            Register(command, verb, verbs);
            root.Subcommands.Add(command);
        }
        return root;
    }

    /// <summary>A verb's own sub-verbs run through it too ("packs show").</summary>
    private static void Register(Command command, Verb verb, Dictionary<Command, Verb> verbs)
    {
        verbs.Add(command, verb);
        command.Action = new VerbAction();
        foreach (var sub in command.Subcommands) Register(sub, verb, verbs);
    }

    private static void Explain(Command command, string key, Catalogue text)
    {
        foreach (var argument in command.Arguments) argument.Description = text.Text($"{key}.{argument.Name}");
        foreach (var option in command.Options) option.Description = text.Text($"{key}.{option.Name.TrimStart('-')}");
        foreach (var sub in command.Subcommands)
        {
            sub.Description = text.Text($"{key}.{sub.Name}.about");
            Explain(sub, $"{key}.{sub.Name}", text);
        }
    }

    private static string LanguageOf(string[] args, VerbContext context)
    {
        var at = Array.IndexOf(args, "--lang");
        if (at >= 0 && at + 1 < args.Length) return args[at + 1];
        return context.Variables.GetValueOrDefault("CELADON_LANG") ?? CultureInfo.CurrentUICulture.Name;
    }

    private static InvocationConfiguration Plain(VerbContext context) =>
        new() { Output = context.Out, Error = context.Error, EnableDefaultExceptionHandler = false };

    /// <summary>Marks a command that is a verb; help and version keep their own actions.</summary>
    private sealed class VerbAction : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult) => Verb.Usage;
    }
}
