using System.CommandLine;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>Makes a backup into an empty folder at any time.</summary>
internal sealed class BackupVerb : Verb
{
    private readonly Argument<string> _folder = new("folder");

    public override string Name => "backup";

    public override void Describe(Command command) => command.Arguments.Add(_folder);

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        using var lease = context.Open();
        var folder = Path.GetFullPath(parsed.GetValue(_folder)!, context.Folder);
        var left = lease.Workspace.BackupTo(folder);
        if (left.Count > 0) context.Print(Finding.Of("exchange.secretsLeftOut", Severity.Warning, null,
            ("peers", string.Join(", ", left))));
        context.Out.WriteLine(context.Json ? Results.Folder(folder)
            : context.Text.Text("cli.backup.done", ("folder", folder)));
        return Task.FromResult(Done);
    }
}
