using System.CommandLine;
using Celadon.Lenses;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>
/// Builds the example workspace, prints the year's account, and serves it; again and again.
/// </summary>
internal sealed class DemoVerb : Verb
{
    private readonly Option<string?> _urls = new("--urls");
    private readonly Option<bool> _noServe = new("--no-serve");

    public override string Name => "demo";

    public override bool RunsAlone => true;

    public override void Describe(Command command)
    {
        command.Options.Add(_urls);
        command.Options.Add(_noServe);
    }

    public override async Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        var folder = Path.GetFullPath(context.Named ?? DefaultFolder(), context.Folder);
        if (ServerLink.Find(folder) is { } running)
            return await running.Forward(["ask", "carbon.inventory", "--in", AccountSpec,
                .. Language(context)], context, cancel);
        using var workspace = Built(context, folder, cancel);
        var asked = workspace.Ask(Questions.Get("carbon.inventory"), AccountSpec, cancel: cancel);
        if (context.Json) await context.Out.WriteLineAsync(AnswerJson.Write(asked));
        else AccountText.Write(context, asked);
        if (!parsed.GetValue(_noServe))
            await ServeVerb.Until(context, workspace, parsed.GetValue(_urls), cancel);
        return Done;
    }

    /// <summary>The example's reporting year.</summary>
    public static string AccountSpec => Questions.Get("carbon.inventory").Example;

    private static string[] Language(VerbContext context) => ["--lang", context.Text.Language];

    /// <summary>
    /// Opens the example workspace, or builds it: in a folder beside first, then moved into place, so that a
    /// demo that was stopped half way starts anew.
    /// </summary>
    private static Workspace Built(VerbContext context, string folder, CancellationToken cancel)
    {
        if (Workspace.IsWorkspace(folder))
            return Workspace.Open(folder, VerbContext.Options(TimeSpan.FromSeconds(5)));
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw RefusedException.Of("demo.folderInUse", ("path", folder));
        context.Error.WriteLine(context.Text.Text("cli.demo.building", ("folder", folder)));
        var beside = folder.TrimEnd(Path.DirectorySeparatorChar) + ".building";
        if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        using (var workspace = Workspace.Create(beside, VerbContext.Options(), "longquan-stoke"))
            Fill(context, workspace, cancel);
        if (Directory.Exists(folder)) Directory.Delete(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.Move(beside, folder);
        return Workspace.Open(folder, VerbContext.Options());
    }

    /// <summary>
    /// Loads the example's inputs as a person would: what exists first, then each folder of files.
    /// </summary>
    private static void Fill(VerbContext context, Workspace workspace, CancellationToken cancel)
    {
        var inputs = Path.Combine(Shipped.Example, "inputs");
        Load(context, workspace, [Path.Combine(inputs, "workspace.json")], cancel);
        foreach (var part in Directory.EnumerateDirectories(inputs).Order(StringComparer.Ordinal))
            Load(context, workspace, [.. Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)], cancel);
        Load(context, workspace, [.. Directory.EnumerateFiles(inputs, "*.csv").Order(StringComparer.Ordinal)],
            cancel);
    }

    private static void Load(VerbContext context, Workspace workspace, string[] paths,
        CancellationToken cancel)
    {
        var files = paths.Select(p => new SourceFile(Path.GetFileName(p), File.ReadAllBytes(p))).ToList();
        var plan = workspace.Plan(files, MapsBeside(paths), provedOnly: true, cancel: cancel);
        var imported = workspace.Commit(files, plan, new ImportChoices(), cancel: cancel);
        context.Error.WriteLine(context.Text.Text("cli.demo.loaded", ("files", files.Count),
            ("entries", imported.Entries), ("readings", imported.Readings),
            ("findings", plan.Findings.Length + imported.Findings.Length)));
    }

    /// <summary>
    /// How the example's suppliers write their files, as a person would have stated it once.
    /// </summary>
    private static System.Collections.Immutable.ImmutableArray<ImportMap> MapsBeside(string[] paths)
    {
        var path = Path.Combine(Shipped.Example, "maps.json");
        return paths.Length > 0 && File.Exists(path) ? ImportMap.Parse(File.ReadAllText(path)) : [];
    }

    private static string DefaultFolder() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.Create),
        "celadon", "demo");
}
