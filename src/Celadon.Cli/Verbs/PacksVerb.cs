using System.CommandLine;
using System.Text.Json.Nodes;
using Celadon.Packs;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>
/// What is known about the world: lists packs, shows a row, verifies a folder of packs, adopts an edition.
/// </summary>
internal sealed class PacksVerb : Verb
{
    private readonly Command _list = new("list");
    private readonly Command _show = new("show");
    private readonly Command _verify = new("verify");
    private readonly Command _adopt = new("adopt");
    private readonly Argument<string> _pack = new("pack");
    private readonly Argument<string?> _row = new("row") { Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _folder = new("folder") { Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string> _from = new("from");

    public override string Name => "packs";

    public override bool DoesWithoutWorkspace => true;

    public override void Describe(Command command)
    {
        _show.Arguments.Add(_pack);
        _show.Arguments.Add(_row);
        _verify.Arguments.Add(_folder);
        _adopt.Arguments.Add(_from);
        foreach (var sub in (Command[])[_list, _show, _verify, _adopt]) command.Subcommands.Add(sub);
    }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel) =>
        Task.FromResult(
        parsed.CommandResult.Command.Name switch
        {
            "show" => Show(context, parsed.GetValue(_pack)!, parsed.GetValue(_row)),
            "verify" => Verify(context, parsed.GetValue(_folder)),
            "adopt" => Adopt(context, parsed.GetValue(_from)!),
            _ => List(context),
        });

    /// <summary>The packs in use in the workspace, or the shipped ones where there is none.</summary>
    private static FactorLibrary LibraryOf(VerbContext context)
    {
        if (!context.HasWorkspace)
            return FactorLibrary
                .From(Shipped.Packs.Packs.Select(id => Workspace.ReadClean(Shipped.Packs, id)));
        using var lease = context.Open();
        return lease.Workspace.Library();
    }

    private static int List(VerbContext context)
    {
        var packs = LibraryOf(context).Packs;
        if (context.Json)
        {
            context.Out.WriteLine(Results.Text(new JsonArray([.. packs.Select(p => (JsonNode)new JsonObject
            {
                ["id"] = p.Header.Id, ["edition"] = p.Header.Edition, ["publisher"] = p.Header.Publisher,
                ["licence"] = p.Header.Licence.Id, ["complete"] = p.Header.Complete, ["sha256"] = p.Sha256,
                ["rows"] = p.Header.Tables.Sum(t => t.Rows),
            })])));
            return Done;
        }
        Table.Write(context.Out, [
            [context.Text.Text("cli.packs.id"), context.Text.Text("cli.packs.edition"),
                context.Text.Text("cli.packs.rows"),
                context.Text.Text("cli.packs.licence"), context.Text.Text("cli.packs.publisher")],
            .. packs.Select(p =>
                (string[])[p.Header.Id, p.Header.Edition, $"{p.Header.Tables.Sum(t => t.Rows)}",
                p.Header.Licence.Id, p.Header.Publisher]),
        ], "llrll");
        return Done;
    }

    private static int Show(VerbContext context, string id, string? row)
    {
        var library = LibraryOf(context);
        var pack = library.Pack(id) ?? throw RefusedException.Of("packs.none", ("id", id));
        var language = context.Text.Language;
        if (row is null && context.Json)
        {
            context.Out.WriteLine(Results.Text(PackJson.Of(pack, language)));
            return Done;
        }
        if (row is null)
        {
            context.Out.WriteLine($"{pack.Header.Title.In(language, id)} ({id} {pack.Header.Edition})");
            context.Out.WriteLine(pack.Header.Citation);
            context.Out.WriteLine(pack.Header.Licence.Attribution);
            if (pack.Header.Completeness.Length > 0) context.Out.WriteLine(pack.Header.Completeness);
            if (pack.Header.Notes.In(language, "") is { Length: > 0 } notes) context.Out.WriteLine(notes);
            foreach (var table in pack.Header.Tables)
                context.Out.WriteLine($"{table.File}  {table.Kind}  {table.Rows}  {table.Sha256}");
            return Done;
        }
        return ShowRow(context, pack, row);
    }

    /// <summary>A row of any table of the pack; several where the text fits several.</summary>
    private static int ShowRow(VerbContext context, Pack pack, string row)
    {
        var found = PackTables.Find(SourceOf(context), pack, row);
        if (found.Count == 0) throw RefusedException.Of("packs.noRow", ("id", pack.Header.Id), ("row", row));
        var (language, factors) = (context.Text.Language, pack.Factors.ToDictionary(f => f.Id));
        if (context.Json)
        {
            context.Out.WriteLine(Results.Text(new JsonArray([.. found.Select(r => (JsonNode)
                (r.Table == "factors" && factors.TryGetValue(r.Key, out var factor)
                    ? PackJson.Of(factor, language) : r.Json()))])));
            return Done;
        }
        foreach (var one in found)
        {
            if (one.Table == "factors" && factors.TryGetValue(one.Key, out var factor))
                Write(context, factor, whole: found.Count == 1);
            else
            {
                var value = one.Cell("value") is { } number ? $"  {number} {one.Cell("unit")}" : "";
                context.Out.WriteLine($"{one.Key}  {one.Table}{value}  {one.NameIn(language)}".TrimEnd());
                if (found.Count > 1) continue;
                foreach (var (column, text) in one.Cells) context.Out.WriteLine($"  {column}  {text}");
                context.Out.WriteLine($"  {one.File}:{one.Number}  {pack.Header.Citation}");
            }
        }
        return Done;
    }

    private static void Write(VerbContext context, Factor factor, bool whole)
    {
        context.Out.WriteLine($"{factor.Id}  {factor.Value} {factor.UnitText}  "
            + factor.Name.In(context.Text.Language, factor.Group));
        if (!whole) return;
        context.Out.WriteLine($"  CO2 {factor.Co2}  CH4 {factor.Ch4}  N2O {factor.N2o}  {factor.Gwp}");
        context.Out.WriteLine($"  {factor.Basis}  {factor.Place}  {factor.Variant}  {factor.Status}");
        context.Out.WriteLine($"  {factor.Citation}");
    }

    private static IPackSource SourceOf(VerbContext context)
    {
        if (!context.HasWorkspace) return Shipped.Packs;
        using var lease = context.Open();
        return lease.Workspace.PacksInUse();
    }

    private static int Verify(VerbContext context, string? folder)
    {
        var source = folder is null ? Shipped.Packs
            : new PackFolder(Path.GetFullPath(folder, context.Folder));
        var readings = PackReader.ReadAll(source);
        if (context.Json)
        {
            context.Out.WriteLine(Results.Text(new JsonArray([.. readings.Select(PackJson.Of)])));
            return readings.All(r => r.Pack is not null) ? Done : Findings;
        }
        foreach (var finding in readings.SelectMany(r => r.Findings)) context.Print(finding);
        foreach (var reading in readings)
            context.Out.WriteLine($"{reading.Id}  " +
                (reading.Pack is { } pack ? pack.Sha256 : context.Text.Text("cli.packs.refused")));
        return readings.All(r => r.Pack is not null) ? Done : Findings;
    }

    private static int Adopt(VerbContext context, string from)
    {
        using var lease = context.Open();
        var path = Path.GetFullPath(from, context.Folder);
        var shipped = Shipped.Packs.Packs.Contains(from) && !Directory.Exists(path);
        var appended = shipped ? lease.Workspace.Adopt(Shipped.Packs, from)
            : lease.Workspace.Adopt(new PackFolder(Path.GetDirectoryName(path)!), Path.GetFileName(path));
        context.Out.WriteLine(context.Json ? Results.Appended(appended)
            : context.Text.Text("cli.packs.adopted", ("id", Path.GetFileName(from)),
                ("position", appended.Last)));
        return Done;
    }
}
