using System.CommandLine;
using System.CommandLine.Help;
using Celadon.Text;

namespace Celadon.Cli;

/// <summary>
/// The verbs with their options, described in a language. Each command line gets a tree of its own: inside a
/// server several are read at once, in different languages.
/// </summary>
internal sealed class CommandTree
{
    private readonly Dictionary<Command, (Verb Verb, string Key)> _verbs = [];
    private readonly Catalogue _text;

    /// <summary>Describes every verb.</summary>
    public CommandTree(Catalogue text)
    {
        _text = text;
        // A RootCommand would call itself as the file is called that was started, whatever people type.
        Root = new Command("celadon", text.Text("cli.about"));
        Root.Options.Add(new HelpOption());
        Root.Options.Add(new VersionOption());
        Workspace.Description = text.Text("cli.option.workspace");
        Json.Description = text.Text("cli.option.json");
        Language.Description = text.Text("cli.option.lang");
        foreach (var option in (Option[])[Workspace, Json, Language]) Root.Options.Add(option);
        foreach (var verb in VerbList.All)
        {
            var command = new Command(verb.Name, text.Text($"cli.{verb.Name}.about"));
            verb.Describe(command);
            Register(command, verb, $"cli.{verb.Name}");
            Root.Subcommands.Add(command);
        }
    }

    /// <summary>The root of the tree.</summary>
    public Command Root { get; }

    /// <summary>The option every verb has: which folder is the workspace.</summary>
    public Option<string?> Workspace { get; } = new("--workspace") { Recursive = true };

    /// <summary>The option every verb has: JSON instead of text.</summary>
    public Option<bool> Json { get; } = new("--json") { Recursive = true };

    /// <summary>The option every verb has: language of texts.</summary>
    public Option<string?> Language { get; } = new("--lang") { Recursive = true };

    /// <summary>The verb a command line names; null for help and version, which do their own work.</summary>
    public Verb? VerbOf(ParseResult parsed) =>
        parsed.Action is null or VerbAction ? _verbs.GetValueOrDefault(parsed.CommandResult.Command).Verb
            : null;

    /// <summary>
    /// Describes the arguments and options of what a command line names, before its help is shown. Sub-verbs
    /// share them and call them by words of their own, so that only the one that is asked for can be.
    /// </summary>
    public void Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (!_verbs.TryGetValue(command, out var at)) return;
        foreach (var argument in command.Arguments)
            argument.Description = _text.Text($"{at.Key}.{argument.Name}");
        foreach (var option in command.Options)
            option.Description = _text.Text($"{at.Key}.{option.Name.TrimStart('-')}");
    }

    /// <summary>A verb's own sub-verbs run through it too ("packs show").</summary>
    private void Register(Command command, Verb verb, string key)
    {
        _verbs.Add(command, (verb, key));
        command.Action = new VerbAction();
        foreach (var sub in command.Subcommands)
        {
            sub.Description = _text.Text($"{key}.{sub.Name}.about");
            Register(sub, verb, $"{key}.{sub.Name}");
        }
    }

    /// <summary>Marks a command that is a verb; help and version keep their own actions.</summary>
    private sealed class VerbAction : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult) => Verb.Usage;
    }
}
