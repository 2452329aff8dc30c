using System.CommandLine;
using System.Text.Json.Nodes;
using Celadon.Store;

namespace Celadon.Cli.Verbs;

/// <summary>
/// Writes the books out: entries, readings or registers as CSV, or the journal's hashed lines.
/// </summary>
internal sealed class ExportVerb : Verb
{
    private readonly Argument<string> _what = new("what");
    private readonly Option<string?> _out = new("--out");

    public override string Name => "export";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_what.AcceptOnlyFromAmong("entries", "readings", "registers", "journal"));
        command.Options.Add(_out);
    }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        using var lease = context.Open();
        var path = parsed.GetValue(_out);
        if (path is null)
        {
            Write(lease.Workspace, parsed, context.Out, cancel);
            return Task.FromResult(Done);
        }
        var to = Path.GetFullPath(path, context.Folder);
        using (var file = new StreamWriter(to)) Write(lease.Workspace, parsed, file, cancel);
        if (context.Json) context.Out.WriteLine(Results.Text(new JsonObject { ["file"] = to }));
        return Task.FromResult(Done);
    }

    private void Write(Workspace workspace, ParseResult parsed, TextWriter to, CancellationToken cancel)
    {
        switch (parsed.GetValue(_what))
        {
            case "journal":
                BooksExport.Journal(workspace, to, cancel);
                break;
            case "readings":
                BooksExport.Readings(workspace, to, cancel);
                break;
            case "registers":
                BooksExport.Registers(workspace, to);
                break;
            default:
                BooksExport.Entries(workspace, to, cancel);
                break;
        }
    }
}
