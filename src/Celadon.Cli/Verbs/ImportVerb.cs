using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>
/// Imports files: shows what was read and what it does to the books, then commits it as one batch.
/// </summary>
internal sealed class ImportVerb : Verb
{
    private readonly Argument<string[]> _files = new("files") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _map = new("--map");
    private readonly Option<bool> _dryRun = new("--dry-run");
    private readonly Option<bool> _yes = new("--yes");
    private readonly Option<bool> _again = new("--again");
    private readonly Option<bool> _correct = new("--correct");
    private readonly Option<bool> _templates = new("--templates");
    private readonly Option<string?> _forget = new("--forget");
    private readonly Option<string?> _eraseActor = new("--erase-actor");

    public override string Name => "import";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_files);
        foreach (var option in (Option[])[_map, _dryRun, _yes, _again, _correct, _templates, _forget,
            _eraseActor])
            command.Options.Add(option);
    }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(_templates) || parsed.GetValue(_forget) is not null
            || parsed.GetValue(_eraseActor) is not null)
            return Task.FromResult(Remembered(context, parsed));
        var files = Read(parsed.GetValue(_files)!, context);
        if (files.Count == 0)
        {
            context.Error.WriteLine(context.Text.Text("cli.import.noFiles"));
            return Task.FromResult(Usage);
        }
        var maps = parsed.GetValue(_map) is { } map
            ? ImportMap.Parse(File.ReadAllText(Existing(map, context))) : [];
        using var lease = context.Open();
        var workspace = lease.Workspace;
        var yes = parsed.GetValue(_yes);
        using var line = new ProgressLine(context, TimeProvider.System);
        var plan = workspace.Plan(files, maps, provedOnly: yes, null, line.Tell, cancel);
        line.Clear();
        if (!yes && context.IsTerminal && plan.Questions.Length > 0)
            plan = workspace.Plan(files, maps, provedOnly: false, Ask(context, plan), line.Tell, cancel);
        var choices = new ImportChoices(parsed.GetValue(_again), parsed.GetValue(_correct));
        var fresh = workspace.NewIn(plan, choices, line.Tell, cancel);
        line.Clear();
        if (!context.Json) Show(context, plan, fresh);
        if (parsed.GetValue(_dryRun)) return Task.FromResult(Finish(context, plan, fresh.Findings, null));
        if (!yes && !(context.IsTerminal && Confirmed(context)))
            throw RefusedException.Of("import.notConfirmed");
        var records = 1L + fresh.Registers.Length + fresh.Readings.Length + fresh.Entries.Length;
        var imported = workspace.Commit(files, plan, choices,
            count => line.Tell("progress.recording", Math.Min(count, records), records), cancel);
        line.Clear();
        var exit = Finish(context, plan, imported.Findings, imported);
        if (imported.Readings > 0) Prepare(workspace);
        return Task.FromResult(exit);
    }

    /// <summary>What the first page would have to make of new readings; the import stands already.</summary>
    private static void Prepare(Workspace workspace)
    {
        try
        {
            workspace.SumMonths();
        }
        catch (RefusedException)
        {
            // Whoever asks next is told.
        }
    }

    /// <summary>What is remembered outside the chain: lists templates, forgets one, erases a name.</summary>
    private int Remembered(VerbContext context, ParseResult parsed)
    {
        using var lease = context.Open();
        var (workspace, text) = (lease.Workspace, context.Text);
        if (parsed.GetValue(_eraseActor) is { } id)
        {
            if (!workspace.EraseActorName(id)) throw RefusedException.Of("import.actor.none", ("id", id));
            context.Out.WriteLine(context.Json ? Results.Text(new JsonObject { ["erased"] = id })
                : text.Text("cli.import.erased", ("id", id)));
            return Done;
        }
        if (parsed.GetValue(_forget) is { } name)
        {
            var count = workspace.ForgetTemplate(name);
            if (count == 0) throw RefusedException.Of("import.template.none", ("name", name));
            context.Out.WriteLine(context.Json
                ? Results.Text(new JsonObject { ["forgotten"] = name, ["count"] = count })
                : text.Text("cli.import.forgot", ("count", count), ("name", name)));
            return Done;
        }
        var templates = workspace.ImportTemplates();
        if (context.Json) context.Out.WriteLine(Results.Text(JsonNode.Parse(ImportMap.Write(templates))!));
        else
            Table.Write(context.Out, [
                [text.Text("cli.import.template"), text.Text("cli.import.template.files"),
                    text.Text("cli.import.template.sheet"), text.Text("cli.import.kind"),
                    text.Text("cli.import.template.answers")],
                .. templates.Select(t => (string[])[t.Name ?? "", t.Files ?? "", t.Sheet ?? "", t.Kind ?? "",
                    string.Join(", ", t.Answers.Select(a => $"{a.Key.Split('/')[0]} = {a.Value}"))]),
            ], "lllll");
        return Done;
    }

    private static List<SourceFile> Read(string[] names, VerbContext context)
    {
        var files = new List<SourceFile>();
        foreach (var name in names)
        {
            var path = Path.GetFullPath(name, context.Folder);
            if (Directory.Exists(path))
            {
                foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal))
                    files.Add(Opened(file));
            }
            else files.Add(Opened(Existing(name, context)));
        }
        return files;
    }

    /// <summary>A file in memory; one beyond the limit is refused before it is.</summary>
    private static SourceFile Opened(string path)
    {
        var bytes = new FileInfo(path).Length;
        return bytes <= ReadLimits.Default.FileBytes ? SourceFile.Open(path)
            : throw new RefusedException(Finding.Of("import.file.large", Severity.Error,
                new Place(Path.GetFileName(path)), ("bytes", bytes)));
    }

    private static string Existing(string name, VerbContext context)
    {
        var path = Path.GetFullPath(name, context.Folder);
        return File.Exists(path) ? path : throw RefusedException.Of("file.missing", ("file", name));
    }

    private static void Show(VerbContext context, ImportPlan plan, NewInPlan fresh)
    {
        var text = context.Text;
        Table.Write(context.Out, [
            [text.Text("cli.import.file"), text.Text("cli.import.kind"), text.Text("cli.import.rows"),
                text.Text("cli.import.loaded"), text.Text("cli.import.refused"), text.Text("cli.import.held"),
                text.Text("cli.import.repeats")],
            .. plan.Documents.Select(d => (string[])[
                d.Sheet.Length == 0 ? d.File : $"{d.File} {d.Sheet}",
                text.Text($"web.document.{d.Kind.ToString().ToLowerInvariant()}"),
                $"{d.Rows.Total}", $"{d.Rows.Loaded}", $"{d.Rows.Refused}", $"{d.Rows.Held}",
                $"{d.Rows.Repeats}"]),
        ], "llrrrrr");
        Table.Write(context.Out, [
            [text.Text("cli.status.meter"), text.Text("cli.status.carrier"), text.Text("cli.status.sum"),
                text.Text("cli.status.unit"), text.Text("cli.import.count")],
            .. plan.Totals.Select(t => (string[])[
                t.Meter, t.Resource, Catalogue.Number(t.Amount), t.Unit, $"{t.Count}"]),
        ], "llrlr");
        foreach (var finding in plan.Findings.Concat(fresh.Findings)) context.Print(finding);
        foreach (var question in plan.Questions)
        {
            context.Error.WriteLine("? " + Fill(text, $"question.{question.Code}", question));
            context.Error.WriteLine("  " + Fill(text, $"question.{question.Code}.because", question));
        }
    }

    private static string Fill(Catalogue text, string key, ImportQuestion question) =>
        text.Text(key, [.. question.Args.Select(a => (a.Key, (object)a.Value))]);

    private static ImmutableSortedDictionary<string, string> Ask(VerbContext context, ImportPlan plan)
    {
        var answers = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        using var reader = new StreamReader(context.Input, leaveOpen: true);
        foreach (var question in plan.Questions)
        {
            context.Out.WriteLine(Fill(context.Text, $"question.{question.Code}", question));
            context.Out.WriteLine(Fill(context.Text, $"question.{question.Code}.because", question));
            foreach (var choice in question.Choices)
                context.Out.WriteLine(
                    $"  {choice.Id}  {(choice.Code is { } code ? context.Text.Text(code) : "")}");
            context.Out.Write($"[{question.Proposed}] ");
            var line = reader.ReadLine()?.Trim() ?? "";
            answers[question.Id] = line.Length == 0 ? question.Proposed : line;
        }
        return answers.ToImmutable();
    }

    private static bool Confirmed(VerbContext context)
    {
        context.Out.Write(context.Text.Text("cli.import.confirm"));
        using var reader = new StreamReader(context.Input, leaveOpen: true);
        return reader.ReadLine()?.Trim() is "y" or "Y" or "yes" or "是" or "";
    }

    private static int Finish(VerbContext context, ImportPlan plan, ImmutableArray<Finding> more,
        Imported? imported)
    {
        if (context.Json) context.Out.WriteLine(Results.Text(ImportJson.Write(plan, more, imported)));
        else if (imported is { Appended: { } appended })
            context.Out.WriteLine(context.Text.Text("cli.import.done", ("batch", appended.Batch),
                ("entries", imported.Entries), ("readings", imported.Readings), ("position", appended.Last)));
        else if (imported is not { Names: > 0 })
            context.Out.WriteLine(context.Text.Text(imported is null ? "cli.import.dryRun"
            : plan.HasContent ? "cli.import.nothingNew" : "cli.import.nothing"));
        if (!context.Json && imported is not null)
        {
            if (imported.Records > 0)
                context.Out.WriteLine(context.Text.Text("cli.import.records", ("records", imported.Records)));
            if (imported.Names > 0)
                context.Out.WriteLine(context.Text.Text("cli.import.names", ("count", imported.Names)));
        }
        context.Out.Flush();
        var nothing = !plan.HasContent && !plan.Documents.Any(d => d.Kind == DocumentKind.Evidence);
        return nothing || plan.Findings.Concat(more).Any(f => f.Severity == Severity.Error) ? Findings : Done;
    }
}
