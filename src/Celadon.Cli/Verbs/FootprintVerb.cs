using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Celadon.Lenses.Products;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>Footprint statements as files: checks them and writes them in another form.</summary>
internal sealed class FootprintVerb : Verb
{
    private readonly Command _check = new("check");
    private readonly Command _convert = new("convert");
    private readonly Argument<string> _file = new("file");
    private readonly Option<string> _to = new("--to") { DefaultValueFactory = _ => "pact" };
    private readonly Option<string?> _out = new("--out");

    public override string Name => "footprint";

    public override bool NeedsNoWorkspace => true;

    public override void Describe(Command command)
    {
        _check.Arguments.Add(_file);
        _convert.Arguments.Add(_file);
        _convert.Options.Add(_to);
        _convert.Options.Add(_out);
        command.Subcommands.Add(_check);
        command.Subcommands.Add(_convert);
    }

    public override async Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.CommandResult.Command.Subcommands.Count > 0) return Usage;
        var path = parsed.GetValue(_file)!;
        var file = new FileInfo(Path.GetFullPath(path, context.Folder));
        if (!file.Exists) throw RefusedException.Of("file.missing", ("file", path));
        if (file.Length > StatementText.MostBytes) throw RefusedException.Of("footprint.size",
            ("bytes", file.Length), ("most", StatementText.MostBytes));
        var read = StatementText.Read(await File.ReadAllBytesAsync(file.FullName, cancel));
        var named = read with
        {
            Findings = [.. read.Findings.Select(f => f with
                { Place = (f.Place ?? new Place()) with { File = file.Name } })],
        };
        return parsed.CommandResult.Command.Name == "check" || named.Statement is null
            ? Told(context, named)
            : await Convert(context, named, parsed.GetValue(_to)!, parsed.GetValue(_out), cancel);
    }

    private static int Told(VerbContext context, StatementRead read)
    {
        var statement = read.Statement;
        if (context.Json) context.Out.WriteLine(Results.Text(new JsonObject
        {
            ["form"] = read.Form,
            ["statement"] = statement is null ? null : JsonNode.Parse(StatementText.Pact(statement)),
            ["findings"] =
                new JsonArray([.. read.Findings.Select(f => JsonNode.Parse(AnswerJson.Write(f)))]),
        }));
        else
        {
            if (statement is not null) context.Out.WriteLine(context.Text.Text("cli.footprint.good",
                ("product", statement.Product), ("form", read.Form), ("unit", statement.Pcf.Unit),
                ("count", statement.Pcf.UnitCount), ("value",
                statement.Pcf[PcfValue.ExcludingUptake]!.Value)));
            foreach (var finding in read.Findings) context.Print(finding);
        }
        return statement is null ? Findings : Done;
    }

    private static async Task<int> Convert(
        VerbContext context, StatementRead read, string form, string? to, CancellationToken cancel)
    {
        if (!StatementText.Forms.Contains(form)) throw RefusedException.Of("footprint.to", ("form", form),
            ("forms", string.Join(", ", StatementText.Forms)));
        var (utf8, lost) = StatementText.Write(read.Statement!, form, indented: true);
        if (to is null) context.Out.Write(Encoding.UTF8.GetString(utf8));
        else await File.WriteAllBytesAsync(Path.GetFullPath(to, context.Folder), utf8, cancel);
        foreach (var finding in read.Findings.Concat(lost)) context.Print(finding);
        return Done;
    }
}
