using System.CommandLine;

namespace Celadon.Cli;

/// <summary>A verb of the command line: its name, its options, and what it does.</summary>
internal abstract class Verb
{
    /// <summary>Exit codes, the same for every verb.</summary>
    public const int Done = 0, Findings = 1, Usage = 2, Refused = 3, Internal = 4;

    /// <summary>Its name: "import".</summary>
    public abstract string Name { get; }

    /// <summary>
    /// True for what cannot run inside a server: it is the server, or makes or copies a workspace.
    /// </summary>
    public virtual bool RunsAlone => false;

    /// <summary>True when it needs no workspace, so that no server need be looked for.</summary>
    public virtual bool NeedsNoWorkspace => false;

    /// <summary>
    /// True when it works in a workspace where there is one, and without where there is none.
    /// </summary>
    public virtual bool DoesWithoutWorkspace => false;

    /// <summary>Adds its arguments and options.</summary>
    public abstract void Describe(Command command);

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public abstract Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel);
}

/// <summary>Every verb, in the order help shows them.</summary>
internal static class VerbList
{
    /// <summary>All verbs, made anew: each belongs to one command line.</summary>
    public static IReadOnlyList<Verb> All =>
    [
        new Verbs.DemoVerb(), new Verbs.InitVerb(), new Verbs.ImportVerb(), new Verbs.CheckVerb(),
        new Verbs.StatusVerb(), new Verbs.AskVerb(), new Verbs.QuestionsVerb(), new Verbs.ExplainVerb(),
        new Verbs.CloseVerb(), new Verbs.ReportVerb(), new Verbs.ServeVerb(), new Verbs.ExportVerb(),
        new Verbs.VerifyVerb(), new Verbs.ReverseVerb(), new Verbs.BackupVerb(), new Verbs.PacksVerb(),
        new Verbs.FootprintVerb(), new Verbs.DeclarationVerb(), new Verbs.DatabaseVerb(),
    ];
}
