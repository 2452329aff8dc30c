using System.CommandLine;
using System.Text;
using Celadon.Lenses;
using Celadon.Packs;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>Asks a question of the books, or a calculator.</summary>
internal sealed class AskVerb : Verb
{
    private readonly Argument<string> _question = new("question");
    private readonly Option<string?> _in = new("--in");
    private readonly Option<long?> _at = new("--at");

    public override string Name => "ask";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_question);
        command.Options.Add(_in);
        command.Options.Add(_at);
    }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        var question = Questions.Get(parsed.GetValue(_question)!);
        var spec = Specs.Read(parsed.GetValue(_in), context);
        using var lease = context.Open();
        var asked = lease.Workspace.Ask(question, spec, parsed.GetValue(_at), cancel);
        if (context.Json) context.Out.WriteLine(AnswerJson.Write(asked));
        else
        {
            AnswerText.Write(context, asked);
            var library = lease.Workspace.Library();
            var names = new CodeNames(library, context.Text)
            {
                InBooks = new BookNames(lease.Workspace.Registers(), library, context.Text).OfArgument,
            };
            foreach (var finding in asked.Answer.Findings) context.Print(finding, names);
        }
        return Task.FromResult(asked.Answer.Findings.Any(f => f.Severity == Severity.Error) ? Findings
            : Done);
    }
}

/// <summary>Where a spec comes from.</summary>
internal static class Specs
{
    /// <summary>
    /// The text of a spec: a file, "-" for standard input, JSON as it stands, or "{}" when not given.
    /// </summary>
    public static string Read(string? source, VerbContext context)
    {
        if (source is null) return "{}";
        if (source.TrimStart().StartsWith('{')) return source;
        if (source == "-")
        {
            using var reader = new StreamReader(context.Input, Encoding.UTF8, leaveOpen: true);
            return reader.ReadToEnd();
        }
        var path = Path.GetFullPath(source, context.Folder);
        if (!File.Exists(path)) throw RefusedException.Of("file.missing", ("file", source));
        return File.ReadAllText(path);
    }
}
