using System.CommandLine;
using System.Text.Json.Nodes;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>Shows the workspace at a glance.</summary>
internal sealed class StatusVerb : Verb
{
    public override string Name => "status";

    public override void Describe(Command command) { }

    public override Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        using var lease = context.Open();
        var status = lease.Workspace.GetStatus();
        if (context.Json) context.Out.WriteLine(Results.Text(Json(status, lease.Workspace.Folder)));
        else Write(context, status, lease.Workspace);
        return Task.FromResult(Done);
    }

    private static void Write(VerbContext context, Status status, Workspace workspace)
    {
        var text = context.Text;
        context.Out.WriteLine(text.Text("cli.status.head", ("folder", workspace.Folder),
            ("position", status.Position),
            ("head", status.Head), ("batches", status.Batches), ("sites", status.Sites),
            ("closings", status.Closings)));
        if (status.IsReadOnly) context.Out.WriteLine(text.Text("cli.status.readOnly"));
        Table.Write(context.Out, [
            [text.Text("cli.status.meter"), text.Text("cli.status.carrier"), text.Text("cli.status.sum"),
                text.Text("cli.status.unit"), text.Text("cli.status.readings"),
                text.Text("cli.status.months"),
                text.Text("cli.status.coverage")],
            .. status.Meters.Select(m => (string[])[m.Meter, m.Resource, Catalogue.Number(m.Sum), m.Unit,
                Catalogue.Number(m.Count), new MonthSpan(m.First, m.Last).ToString(),
                $"{m.CoveragePercent} %"]),
        ], "llrlrll");
        Table.Write(context.Out, [
            [text.Text("cli.status.entriesOf"), text.Text("cli.status.sum"), text.Text("cli.status.unit"),
                text.Text("cli.status.entries")],
            .. status.Entries.Select(e =>
                (string[])[e.Resource, Catalogue.Number(e.Sum), e.Unit, Catalogue.Number(e.Count)]),
        ], "lrlr");
    }

    private static JsonObject Json(Status status, string folder)
    {
        var json = new JsonObject { ["folder"] = folder };
        foreach (var (name, value) in StatusJson.Write(status)) json[name] = value?.DeepClone();
        return json;
    }
}
