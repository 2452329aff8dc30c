using System.CommandLine;

namespace Celadon.Cli.Verbs;

/// <summary>Takes back a record or a whole batch.</summary>
internal sealed class ReverseVerb : Verb
{
    private readonly Argument<long> _position = new("position");
    private readonly Option<string> _reason = new("--reason") { Required = true };

    public override string Name => "reverse";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_position);
        command.Options.Add(_reason);
    }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        using var lease = context.Open();
        var target = parsed.GetValue(_position);
        var appended = lease.Workspace.Reverse(target, parsed.GetValue(_reason)!);
        context.Out.WriteLine(context.Json ? Results.Appended(appended)
            : context.Text.Text("cli.reverse.done", ("target", target), ("position", appended.Last)));
        if (!context.Json)
            foreach (var finding in appended.Findings) context.Print(finding);
        return Task.FromResult(Done);
    }
}
