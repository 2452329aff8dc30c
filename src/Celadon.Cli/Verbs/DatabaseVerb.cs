using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Server.Api;
using Celadon.Store;
using Celadon.Store.Export.Lci;
using Celadon.Store.Import.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>
/// Life-cycle inventory databases: imports one, lists them, shows processes of one, writes one out.
/// </summary>
internal sealed class DatabaseVerb : Verb
{
    private readonly Command _import = new("import");
    private readonly Command _list = new("list");
    private readonly Command _show = new("show");
    private readonly Command _export = new("export");
    private readonly Command _template = new("template");
    private readonly Argument<string> _file = new("file");
    private readonly Option<string> _id = new("--id") { Required = true };
    private readonly Option<string> _licence = new("--licence") { Required = true };
    private readonly Option<string?> _title = new("--title");
    private readonly Option<string?> _source = new("--source");
    private readonly Option<string?> _edition = new("--edition");
    private readonly Argument<string> _database = new("id");
    private readonly Option<bool> _all = new("--all");
    private readonly Option<bool> _sound = new("--without-faulty");
    private readonly Argument<string> _to = new("file");
    private readonly Option<string?> _as = new("--as");
    private readonly Argument<string?> _text = new("text") { Arity = ArgumentArity.ZeroOrOne };

    public override string Name => "database";

    public override bool DoesWithoutWorkspace => true;

    public override void Describe(Command command)
    {
        _import.Arguments.Add(_file);
        foreach (var option in (Option[])[_id, _licence, _title, _source, _edition, _all, _sound])
            _import.Options.Add(option);
        _show.Arguments.Add(_database);
        _show.Arguments.Add(_text);
        _export.Arguments.Add(_database);
        _export.Arguments.Add(_to);
        _export.Options.Add(_as.AcceptOnlyFromAmong([.. LciExports.Forms]));
        _template.Arguments.Add(_to);
        foreach (var sub in (Command[])[_import, _list, _show, _export, _template])
            command.Subcommands.Add(sub);
    }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel) =>
        Task.FromResult(parsed.CommandResult.Command.Name switch
        {
            "import" => Import(context, parsed, cancel),
            "export" => Export(context, parsed, cancel),
            "template" => Template(context, parsed.GetValue(_to)!),
            "show" => Show(context, parsed.GetValue(_database)!, parsed.GetValue(_text) ?? ""),
            _ => List(context),
        });

    private int Import(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        var path = Path.GetFullPath(parsed.GetValue(_file)!, context.Folder);
        var name = Path.GetFileName(path);
        using var lease = context.Open();
        using var package = LciPackage.Open(path);
        var title = parsed.GetValue(_title) ?? Path.GetFileNameWithoutExtension(name);
        var reading = LciFormats.Read(title, package, cancel: cancel);
        var id = parsed.GetValue(_id)!;
        if (!context.Json) context.PrintByCause(reading.Findings, parsed.GetValue(_all));
        if ((parsed.GetValue(_sound) ? reading.Sound : reading.Database) is not { } database)
        {
            if (context.Json) context.Out.WriteLine(Results.Text(Json(id, reading.Findings)));
            return Findings;
        }
        var appended = lease.Workspace.AdoptDatabase(database, new LciPackWords(id,
            parsed.GetValue(_licence)!, title, parsed.GetValue(_source) ?? name, parsed.GetValue(_edition),
            package.Sha256, LeftOut(context.Text, reading)));
        var counts = LciCounts.Of(database);
        if (context.Json)
        {
            var json = Json(id, reading.Findings);
            json["position"] = appended.Last;
            json["head"] = appended.Head;
            json["counts"] = DatabaseApi.Node(counts);
            context.Out.WriteLine(Results.Text(json));
            return Done;
        }
        context.Out.WriteLine(context.Text.Text("cli.database.imported", ("id", id),
            ("position", appended.Last)));
        Write(context, counts);
        return Done;
    }

    /// <summary>What the pack says of errors that left data sets out; null where none did.</summary>
    private static string? LeftOut(Catalogue text, LciReading reading) =>
        reading.Errors == 0 ? null : text.Text("lci.leftOut", ("count", reading.Errors));

    /// <summary>An import as JSON, with every finding.</summary>
    private static JsonObject Json(string id, IEnumerable<Finding> findings) => new()
    {
        ["id"] = id,
        ["findings"] = new JsonArray([.. findings.Select(f => JsonNode.Parse(AnswerJson.Write(f)))]),
    };

    private int Export(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        var id = parsed.GetValue(_database)!;
        var form = parsed.GetValue(_as) ?? LciExports.FormOf(parsed.GetValue(_to)!);
        var to = Path.GetFullPath(parsed.GetValue(_to)!, context.Folder);
        using var lease = context.Open();
        var database = Database(lease.Workspace, id).Lookup.Database;
        IReadOnlyList<Finding> findings;
        using (var stream = new FileStream(to, FileMode.Create, FileAccess.ReadWrite))
            findings = LciExports.Write(database, form, stream, context.Text, cancel);
        if (context.Json)
        {
            var json = Json(id, findings);
            json["file"] = to;
            context.Out.WriteLine(Results.Text(json));
            return Done;
        }
        context.PrintByCause(findings, all: true);
        context.Out.WriteLine(context.Text.Text("cli.database.exported", ("id", id), ("file", to)));
        return Done;
    }

    /// <summary>Writes the template with its headings and what they mean, nothing filled in.</summary>
    private static int Template(VerbContext context, string file)
    {
        var to = Path.GetFullPath(file, context.Folder);
        using (var stream = new FileStream(to, FileMode.Create, FileAccess.ReadWrite))
            TemplateWriter.Write(new LciDatabase { Name = "" }, LciExports.FormOf(file) == "xlsx", stream,
                context.Text);
        context.Out.WriteLine(context.Json ? Results.Text(new JsonObject { ["file"] = to })
            : context.Text.Text("cli.database.template.written", ("file", to)));
        return Done;
    }

    private static (Pack Pack, LciLookup Lookup) Database(Workspace workspace, string id) =>
        workspace.Library().Pack(id) is { Lci: { } lazy } pack ? (pack, lazy.Value)
            : throw RefusedException.Of("lci.none", ("id", id));

    private static int List(VerbContext context)
    {
        using var lease = context.Open();
        var packs = lease.Workspace.Library().Packs.Where(p => p.Lci is not null).ToList();
        if (context.Json)
        {
            context.Out.WriteLine(Results.Text(new JsonArray([.. packs.Select(p => (JsonNode)new JsonObject
            {
                ["id"] = p.Header.Id, ["edition"] = p.Header.Edition,
                ["title"] = p.Header.Title.In(context.Text.Language, p.Header.Id),
                ["licence"] = p.Header.Licence.Id, ["processes"] = Rows(p, "lci-processes"),
                ["flows"] = Rows(p, "lci-flows"), ["source"] = p.Header.Source,
            })])));
            return Done;
        }
        if (packs.Count == 0) context.Out.WriteLine(context.Text.Text("cli.database.empty"));
        Table.Write(context.Out, [
            [context.Text.Text("cli.database.id"), context.Text.Text("cli.packs.edition"),
                context.Text.Text("cli.database.processes"), context.Text.Text("cli.database.flows"),
                context.Text.Text("cli.packs.licence"), context.Text.Text("cli.database.title")],
            .. packs.Select(p => (string[])[p.Header.Id, p.Header.Edition, $"{Rows(p, "lci-processes")}",
                $"{Rows(p, "lci-flows")}", p.Header.Licence.Id,
                p.Header.Title.In(context.Text.Language, p.Header.Id)]),
        ], "llrrll");
        return Done;
    }

    /// <summary>Rows as pack.json states them: a list parses no table.</summary>
    private static int Rows(Pack pack, string kind) =>
        pack.Header.Tables.Where(t => t.Kind == kind).Sum(t => t.Rows);

    private static int Show(VerbContext context, string id, string text)
    {
        using var lease = context.Open();
        var (pack, lookup) = Database(lease.Workspace, id);
        var found = lookup.Database.Processes
            .Where(p => p.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Id, StringComparer.Ordinal)
            .Select(p => new Row(p, lookup)).ToList();
        var counts = LciCounts.Of(lookup.Database);
        if (context.Json)
        {
            context.Out.WriteLine(Results.Text(new JsonObject
            {
                ["id"] = id, ["edition"] = pack.Header.Edition, ["counts"] = DatabaseApi.Node(counts),
                ["processes"] = new JsonArray([.. found.Select(r => (JsonNode)new JsonObject
                {
                    ["id"] = r.Process.Id, ["name"] = r.Process.Name, ["flow"] = r.Flow,
                    ["amount"] = r.Reference?.Amount, ["unit"] = r.Unit, ["location"] = r.Location,
                })]),
            }));
            return Done;
        }
        context.Out.WriteLine($"{pack.Header.Title.In(context.Text.Language, id)} "
            + $"({id} {pack.Header.Edition})");
        context.Out.WriteLine(pack.Header.Citation);
        if (!pack.Header.Complete) context.Out.WriteLine(pack.Header.Completeness);
        Write(context, counts);
        Table.Write(context.Out, [
            [context.Text.Text("cli.database.process"), context.Text.Text("cli.database.flow"),
                context.Text.Text("cli.database.amount"), context.Text.Text("cli.database.unit"),
                context.Text.Text("cli.database.location")],
            .. found.Select(r => (string[])[r.Process.Name, r.Flow, r.Amount, r.Unit, r.Location]),
        ], "llrll");
        return Done;
    }

    private static void Write(VerbContext context, LciCounts counts) =>
        context.Out.WriteLine(context.Text.Text("cli.database.counts", ("processes", counts.Processes),
            ("flows", counts.Flows), ("exchanges", counts.Exchanges), ("inputs", counts.ProductInputs),
            ("without", counts.WithoutProvider), ("categories", counts.Categories)));

    /// <summary>A process with what it is named after; blanks where it names nothing.</summary>
    private sealed class Row(LciProcess process, LciLookup lookup)
    {
        public LciProcess Process => process;

        public LciExchange? Reference { get; } =
            process.Exchanges.FirstOrDefault(e => e.Id == process.Reference);

        public string Flow => Reference is { } e ? lookup.Flows.GetValueOrDefault(e.Flow)?.Name ?? "" : "";

        public string Amount => Reference?.Amount.ToString("R", CultureInfo.InvariantCulture) ?? "";

        public string Unit => Reference is { } e ? lookup.Unit(e.Unit)?.Name ?? "" : "";

        public string Location => lookup.Locations.GetValueOrDefault(process.Location) is { } place
            ? place.Code.Length > 0 ? place.Code : place.Name : "";
    }
}
