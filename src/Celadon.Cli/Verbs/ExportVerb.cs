using System.CommandLine;
using System.Text.Json.Nodes;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>
/// Writes the books out: entries, readings, registers, answers, the workbook, the journal's hashed lines, or
/// all of it, as CSV, JSON, Parquet or Excel. The ending of the file chooses the form.
/// </summary>
internal sealed class ExportVerb : Verb
{
    private readonly Argument<string> _what = new("what");
    private readonly Option<string?> _out = new("--out");
    private readonly Option<string?> _form = new("--form");

    public override string Name => "export";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_what.AcceptOnlyFromAmong([.. BooksFiles.Whats]));
        command.Options.Add(_out);
        command.Options.Add(_form);
    }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        using var lease = context.Open();
        var (what, path) = (parsed.GetValue(_what)!, parsed.GetValue(_out));
        var ending = parsed.GetValue(_form)
            ?? (Path.GetExtension(path) is { Length: > 1 } given ? given[1..] : null);
        var file = BooksFiles.FileOf(what, ending);
        if (path is null)
        {
            if (Path.GetExtension(file) is not (".csv" or ".json" or ".txt"))
                throw RefusedException.Of("export.needsFile", ("what", what));
            using var text = new MemoryStream();
            BooksFiles.Write(lease.Workspace, file, context.Text, text, cancel);
            text.Position = 0;
            using var reader = new StreamReader(text);
            context.Out.Write(reader.ReadToEnd());
            return Task.FromResult(Done);
        }
        var to = Path.GetFullPath(path, context.Folder);
        using (var stream = new FileStream(to, FileMode.Create, FileAccess.ReadWrite))
            BooksFiles.Write(lease.Workspace, file, context.Text, stream, cancel);
        if (context.Json) context.Out.WriteLine(Results.Text(new JsonObject { ["file"] = to }));
        return Task.FromResult(Done);
    }
}
