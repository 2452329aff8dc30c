using System.CommandLine;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>Lists what is missing, differs or waits for an answer.</summary>
internal sealed class CheckVerb : Verb
{
    private readonly Option<string?> _period = new("--period");

    public override string Name => "check";

    public override void Describe(Command command) => command.Options.Add(_period);

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        using var lease = context.Open();
        var workspace = lease.Workspace;
        var given = parsed.GetValue(_period);
        var span = default(MonthSpan);
        if (given is not null && !MonthSpan.TryParse(given, out span))
            throw RefusedException.Of("check.period", ("period", given));
        var findings = workspace.Health.ToList();
        if ((given is null ? workspace.Extent() : span) is { } period)
            findings.AddRange(Measurements.Of(
                workspace.ViewAt(period, workspace.Journal.Head().Position, cancel), cancel).Findings);
        if (context.Json)
            context.Out.WriteLine(Results
                .Text(new JsonArray([.. findings.Select(f => JsonNode.Parse(AnswerJson.Write(f)))])));
        else
        {
            foreach (var finding in findings) context.Print(finding);
            context.Out.WriteLine(context.Text.Text("cli.check.done", ("count", findings.Count)));
        }
        return Task.FromResult(findings.Exists(f => f.Severity == Severity.Error) ? Findings : Done);
    }
}
