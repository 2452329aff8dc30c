using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses.Products;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>
/// A whole statement from a footprint of the books: what they do not know is asked for by name and said by
/// options or in a file.
/// </summary>
internal sealed partial class FootprintVerb
{
    private readonly Option<string?> _with = new("--with");
    private readonly Option<string[]> _say = new("--say");
    private readonly Option<bool> _keep = new("--keep");

    private Command State()
    {
        var state = new Command("state");
        foreach (var option in (Option[])[_spec, _rated, _with, _say, _out, _keep]) state.Options.Add(option);
        return state;
    }

    private async Task<int> Stated(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        var facts = Facts(Specs.Read(parsed.GetValue(_with), context));
        var said = (parsed.GetValue(_say) ?? []).Select(s => s.Split('=', 2) is [var name, var value]
            ? (Name: name, Value: value) : throw RefusedException.Of("footprint.state.say", ("said", s)))
            .ToList();
        foreach (var (name, _) in said) facts.Remove(name);
        foreach (var (name, value) in said) StatementFact.Say(facts, name, value);
        using var lease = context.Open();
        var footprints = new Footprints(lease.Workspace);
        var drafted = footprints.Draft(Specs.Read(parsed.GetValue(_spec), context), parsed.GetValue(_rated),
            facts, context.Text, cancel: cancel);
        if (context.Json) Told(context, drafted.Read);
        else foreach (var finding in drafted.Read.Findings) context.Print(finding);
        if (drafted.Read.Statement is not { } statement) return Findings;
        var text = StatementText.Pact(statement, indented: true);
        if (parsed.GetValue(_out) is { } to)
            await File.WriteAllTextAsync(Path.GetFullPath(to, context.Folder), text, cancel);
        else if (!context.Json) context.Out.Write(text);
        if (parsed.GetValue(_keep)) context.Error.WriteLine(context.Text.Text("cli.footprint.recorded",
            ("position", footprints.Keep(drafted).Last)));
        return Done;
    }

    private static JsonObject Facts(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw RefusedException.Of("footprint.state.with");
        }
        catch (JsonException)
        {
            throw RefusedException.Of("footprint.state.with");
        }
    }
}
