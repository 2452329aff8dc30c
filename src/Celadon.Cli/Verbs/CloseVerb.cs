using System.CommandLine;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>Closes a month of a site.</summary>
internal sealed class CloseVerb : Verb
{
    private readonly Argument<string> _site = new("site");
    private readonly Argument<string> _month = new("month");
    private readonly Option<string> _note = new("--note") { DefaultValueFactory = _ => "" };

    public override string Name => "close";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_site);
        command.Arguments.Add(_month);
        command.Options.Add(_note);
    }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        var site = parsed.GetValue(_site)!;
        if (!MonthSpan.TryParse(parsed.GetValue(_month), out var span) || span.Count != 1)
            throw RefusedException.Of("close.month", ("month", parsed.GetValue(_month)!));
        using var lease = context.Open();
        var appended = lease.Workspace.Close(site, span.First, Questions.KeptAtClosing(site, span),
            parsed.GetValue(_note)!, cancel);
        context.Out.WriteLine(context.Json
            ? Results.Appended(appended)
            : context.Text.Text("cli.close.done", ("site", site), ("month", span),
                ("position", appended.Last),
                ("head", appended.Head)));
        return Task.FromResult(Done);
    }
}
