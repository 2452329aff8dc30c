using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Packs;
using Celadon.Store;
using Celadon.Store.Declarations;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>Product declarations as ILCD+EPD files: reads one into a spec, writes a spec out.</summary>
internal sealed class DeclarationVerb : Verb
{
    private readonly Command _read = new("read");
    private readonly Command _write = new("write");
    private readonly Argument<string> _file = new("file");
    private readonly Option<string?> _out = new("--out");
    private readonly Option<bool> _draft = new("--draft");

    public override string Name => "declaration";

    public override bool NeedsNoWorkspace => true;

    public override void Describe(Command command)
    {
        foreach (var sub in (Command[])[_read, _write])
        {
            sub.Arguments.Add(_file);
            sub.Options.Add(_out);
            command.Subcommands.Add(sub);
        }
        _write.Options.Add(_draft);
    }

    public override async Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.CommandResult.Command.Subcommands.Count > 0) return Usage;
        var path = parsed.GetValue(_file)!;
        var file = new FileInfo(Path.GetFullPath(path, context.Folder));
        if (!file.Exists) throw RefusedException.Of("file.missing", ("file", path));
        if (file.Length > EpdReader.MostBytes) throw RefusedException.Of("declaration.size",
            ("bytes", file.Length), ("most", EpdReader.MostBytes));
        var bytes = await File.ReadAllBytesAsync(file.FullName, cancel);
        var packs = FactorLibrary.From(
            Shipped.Packs.Packs.Select(id => Workspace.ReadClean(Shipped.Packs, id)));
        return parsed.CommandResult.Command.Name == "read"
            ? await Read(context, EpdReader.Read(file.Name, bytes, packs), parsed.GetValue(_out), cancel)
            : await Write(context, bytes, packs, parsed, cancel);
    }

    private static async Task<int> Read(VerbContext context, EpdReading read, string? to,
        CancellationToken cancel)
    {
        if (read.Spec is { } spec)
            await Put(context, Encoding.UTF8.GetBytes(Results.Text(
                JsonNode.Parse(JsonSerializer.Serialize(spec, Question.Json))!)), to, cancel);
        foreach (var finding in read.Findings) context.Print(finding);
        return read.Spec is null ? Findings : Done;
    }

    /// <summary>
    /// A spec is checked as its question checks it before it is written. With an error it is no declaration
    /// and nothing is written, unless it is asked for as a draft.
    /// </summary>
    private async Task<int> Write(VerbContext context, byte[] bytes, FactorLibrary packs, ParseResult parsed,
        CancellationToken cancel)
    {
        var question = new DeclarationQuestion();
        var spec = (DeclarationSpec)question.ReadSpec(
            Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'));
        var answer = question.Compute(spec, null, packs, cancel);
        var (faulty, draft) = (answer.Findings.Any(f => f.Severity == Severity.Error),
            parsed.GetValue(_draft));
        if (!faulty || draft)
            await Put(context, EpdXml.Write(spec, packs), parsed.GetValue(_out), cancel);
        foreach (var finding in answer.Findings) context.Print(finding);
        if (!faulty) return Done;
        context.Print(draft ? Finding.Of("declaration.write.draft", Severity.Warning, null)
            : Finding.Of("declaration.write.faulty", Severity.Error, null));
        return draft ? Done : Findings;
    }

    private static async Task Put(VerbContext context, byte[] utf8, string? to, CancellationToken cancel)
    {
        if (to is null) context.Out.WriteLine(Encoding.UTF8.GetString(utf8));
        else await File.WriteAllBytesAsync(Path.GetFullPath(to, context.Folder), utf8, cancel);
    }
}
