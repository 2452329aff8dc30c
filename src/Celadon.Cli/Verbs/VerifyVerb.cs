using System.CommandLine;
using System.Text.Json.Nodes;
using Celadon.Store;

namespace Celadon.Cli.Verbs;

/// <summary>
/// Checks the chain, the readings and every kept file; on request reads wrong readings again from the
/// evidence.
/// </summary>
internal sealed class VerifyVerb : Verb
{
    private readonly Option<bool> _repair = new("--repair");

    public override string Name => "verify";

    public override void Describe(Command command) => command.Options.Add(_repair);

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
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

    private static void Write(VerbContext context, Verified verified)
    {
        context.Out.WriteLine(context.Text.Text("cli.verify.done", ("position", verified.Position),
            ("head", verified.Head), ("count", verified.Findings.Count)));
        foreach (var finding in verified.Findings) context.Print(finding);
    }
}
