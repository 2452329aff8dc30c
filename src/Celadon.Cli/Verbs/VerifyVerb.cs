using System.CommandLine;
using System.Text.Json.Nodes;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>
/// Checks the chain, the readings and every kept file; on request reads wrong readings again from the
/// evidence.
/// </summary>
internal sealed class VerifyVerb : Verb
{
    private readonly Argument<string?> _pack = new("pack") { Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _repair = new("--repair");

    public override string Name => "verify";

    public override bool DoesWithoutWorkspace => true;

    public override void Describe(Command command)
    {
        command.Arguments.Add(_pack);
        command.Options.Add(_repair);
    }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(_pack) is { } pack) return Task.FromResult(Pack(context, pack, cancel));
        using var lease = context.Open();
        var verified = lease.Workspace.Verify(cancel: cancel);
        if (parsed.GetValue(_repair) && verified.Findings.Any(f => Workspace.CanRepair(f.Code)))
        {
            if (!context.Json) Write(context, verified);
            lease.Workspace.RepairReadings();
            verified = lease.Workspace.Verify(cancel: cancel);
        }
        if (context.Json)
        {
            context.Out.WriteLine(Results.Text(new JsonObject
            {
                ["position"] = verified.Position,
                ["head"] = verified.Head,
                ["findings"] =
                    new JsonArray([.. verified.Findings.Select(f => JsonNode.Parse(AnswerJson.Write(f)))]),
            }));
        }
        else Write(context, verified);
        return Task.FromResult(verified.Findings.Count == 0 ? Done : Findings);
    }

    /// <summary>Checks an evidence pack by itself; no workspace is opened.</summary>
    private static int Pack(VerbContext context, string path, CancellationToken cancel)
    {
        var file = Path.GetFullPath(path, context.Folder);
        if (!File.Exists(file)) throw RefusedException.Of("file.missing", ("file", path));
        using var stream = File.OpenRead(file);
        var verified = PackVerifier.Verify(stream, Path.GetFileName(file), cancel);
        if (context.Json)
        {
            JsonArray All(IEnumerable<Finding> findings) =>
                new([.. findings.Select(f => JsonNode.Parse(AnswerJson.Write(f)))]);
            context.Out.WriteLine(Results.Text(new JsonObject
            {
                ["report"] = verified.Report,
                ["position"] = verified.Position,
                ["head"] = verified.Head,
                ["checked"] = new JsonObject(verified.Checked.GroupBy(c => c.What).Select(g =>
                    KeyValuePair.Create(g.Key, (JsonNode?)g.Sum(c => c.Count)))),
                ["findings"] = All(verified.Findings),
                ["notChecked"] = All(verified.NotChecked),
            }));
            return verified.Findings.Count == 0 ? Done : Findings;
        }
        context.Out.WriteLine(context.Text.Text("cli.packed", ("file", Path.GetFileName(file)),
            ("position", verified.Position), ("head", verified.Head), ("count", verified.Findings.Count)));
        Table.Write(context.Out, [.. verified.Checked.GroupBy(c => c.What).Select(g => (string[])
            [context.Text.Text($"cli.packed.{g.Key}"), $"{g.Sum(c => c.Count)}"])], "lr");
        foreach (var finding in verified.Findings.Concat(verified.NotChecked)) context.Print(finding);
        return verified.Findings.Count == 0 ? Done : Findings;
    }

    private static void Write(VerbContext context, Verified verified)
    {
        context.Out.WriteLine(context.Text.Text("cli.verify.done", ("position", verified.Position),
            ("head", verified.Head), ("count", verified.Findings.Count)));
        foreach (var finding in verified.Findings) context.Print(finding);
    }
}
