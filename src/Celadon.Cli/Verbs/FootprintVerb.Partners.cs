using System.CommandLine;
using System.Text.Json.Nodes;
using Celadon.Lenses.Products;
using Celadon.Registers;
using Celadon.Server.Exchange;
using Celadon.Store;
using Celadon.Store.Journal;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>Exchange with partners: where theirs is, what they asked and were answered, what waits.</summary>
internal sealed partial class FootprintVerb
{
    private const int LongestSecretFile = 4096;
    private readonly List<Command> _partners = [];
    private readonly Option<string?> _address = new("--address");
    private readonly Option<string?> _auth = new("--auth");
    private readonly Option<string?> _client = new("--client");
    private readonly Option<string?> _secretFile = new("--secret-file");
    private readonly Option<string> _reason = new("--reason") { DefaultValueFactory = _ => "" };
    private readonly Argument<string[]> _products = new("products");
    private readonly Option<string> _source = new("--source") { Required = true };
    private readonly Option<string?> _comment = new("--comment");
    private readonly Option<string> _of = new("--supplier") { Required = true };
    private readonly Option<string?> _statement = new("--statement");
    private readonly Option<string[]> _filter = new("--filter");

    private List<Command> Partners()
    {
        Add("peer", [_id], [_address, _auth, _client, _secretFile, _remove]);
        Add("requests", [], []);
        Add("fulfil", [_id], []);
        Add("reject", [_id], [_reason]);
        Add("dismiss", [_id], []);
        Add("ask", [_id, _products], [_source, _comment]);
        Add("publish", [_id, _product], []);
        Add("send", [], []);
        Add("fetch", [], [_of, _statement, _filter]);
        Add("factor", [_id], []);
        return _partners;

        void Add(string name, Argument[] arguments, Option[] options)
        {
            var command = new Command(name);
            foreach (var argument in arguments) command.Arguments.Add(argument);
            foreach (var option in options) command.Options.Add(option);
            _partners.Add(command);
        }
    }

    private async Task<int> Partner(
        VerbContext context, ParseResult parsed, string what, CancellationToken cancel)
    {
        using var lease = context.Open();
        var letters = new Correspondence(new Footprints(lease.Workspace));
        if (what == "requests") return Letters(context, letters);
        if (what == "send")
        {
            using var outbox = new Outbox(letters, new PeerWire());
            await outbox.Once(cancel);
            return Letters(context, letters);
        }
        if (what == "fetch") return await Fetch(context, parsed, letters, lease.Workspace, cancel);
        var id = parsed.GetValue(_id)!;
        if (what == "factor") return Factor(context, new Footprints(lease.Workspace), id);
        var appended = what switch
        {
            "fulfil" => letters.Fulfil(id),
            "reject" => letters.Reject(id, parsed.GetValue(_reason)!),
            "dismiss" => letters.Dismiss(id),
            "ask" => letters.Ask(id, parsed.GetValue(_products)!, parsed.GetValue(_source)!,
                parsed.GetValue(_comment)),
            "publish" => letters.Publish(id, parsed.GetValue(_product)!),
            _ => Registered(context, parsed, letters, id),
        };
        context.Out.WriteLine(context.Json ? Results.Appended(appended)
            : context.Text.Text("cli.footprint.recorded", ("position", appended.Last)));
        return Done;
    }

    /// <summary>The secret comes in a file, so that it stands in no list of processes and no history.
    /// </summary>
    private Appended Registered(
        VerbContext context, ParseResult parsed, Correspondence letters, string id)
    {
        if (parsed.GetValue(_remove)) return letters.RemovePeer(id);
        string? secret = null;
        if (parsed.GetValue(_secretFile) is { } path)
        {
            var file = new FileInfo(Path.GetFullPath(path, context.Folder));
            if (!file.Exists) throw RefusedException.Of("file.missing", ("file", path));
            if (file.Length > LongestSecretFile) throw RefusedException.Of("exchange.peerClient");
            secret = File.ReadAllText(file.FullName).Trim();
        }
        return letters.SetPeer(id, parsed.GetValue(_address) ?? "", parsed.GetValue(_auth),
            parsed.GetValue(_client) ?? "", secret);
    }

    private async Task<int> Fetch(VerbContext context, ParseResult parsed, Correspondence letters,
        Workspace workspace, CancellationToken cancel)
    {
        using var wire = new PeerWire();
        var fetch = new FootprintFetch(new Footprints(workspace), letters, wire);
        var supplier = parsed.GetValue(_of)!;
        var filters = (parsed.GetValue(_filter) ?? []).Select(f => f.Split('=', 2) is [var name, var value]
            && StatementFilter.Names.Contains(name) ? (name, value)
            : throw RefusedException.Of("footprint.filter", ("filter", f),
                ("names", string.Join(", ", StatementFilter.Names)))).ToList();
        var fetched = parsed.GetValue(_statement) is not { } text
            ? await fetch.List(supplier, filters, cancel)
            : Guid.TryParseExact(text, "D", out var id) ? await fetch.One(supplier, id, cancel)
            : throw RefusedException.Of("footprint.uuid", ("field", "--statement"), ("value", text));
        context.Out.WriteLine(context.Json
            ? Results.Text(new JsonObject
            {
                ["found"] = fetched.Found, ["new"] = fetched.New,
                ["findings"] =
                    new JsonArray([.. fetched.Findings.Select(f => JsonNode.Parse(AnswerJson.Write(f)))]),
            })
            : context.Text.Text("cli.footprint.fetched", ("found", fetched.Found), ("new", fetched.New)));
        if (!context.Json) foreach (var finding in fetched.Findings) context.Print(finding);
        return fetched.Findings.Any(f => f.Severity == Severity.Error) ? Findings : Done;
    }

    /// <summary>A kept statement as a factor for a spec of carbon.category.</summary>
    private static int Factor(VerbContext context, Footprints footprints, string id)
    {
        var statement = footprints.Find(id) ?? throw RefusedException.Of("footprint.unknown", ("id", id));
        var factor = StatementFactor.Of(statement)
            ?? throw RefusedException.Of("footprint.noFactor", ("unit", statement.Pcf.Unit));
        var now = footprints.Workspace.Now;
        if (statement.Status == StatementStatus.Deprecated || now < statement.CountsFrom
            || now > statement.CountsUntil)
            context.Print(Finding.Of("footprint.notValid", Severity.Warning, null, ("id", id),
                ("from", statement.CountsFrom), ("until", statement.CountsUntil)));
        context.Out.WriteLine(factor.ToSpec());
        return Done;
    }

    /// <summary>What came, and what goes or went.</summary>
    private static int Letters(VerbContext context, Correspondence letters)
    {
        var (received, sent) = (letters.Received(), letters.Sent());
        if (context.Json)
        {
            context.Out.WriteLine(Results.Text(new JsonObject
            {
                ["received"] = new JsonArray([.. received.Select(e =>
                    JsonNode.Parse(RegisterSet.Write(e)))]),
                ["sent"] = new JsonArray([.. sent.Select(e => JsonNode.Parse(RegisterSet.Write(e)))]),
            }));
            return Done;
        }
        Headed(context, ["web.register.received", "web.col.time", "exchange.page.type", "web.col.state",
            "exchange.list.about", "exchange.page.comment"], received.Select(e => (string[])[e.Id, e.At,
            e.Type, State(context, e.State), string.Join(' ', e.About), Short(e.Comment)]), "llllll");
        Headed(context, ["web.register.outgoing", "web.field.to", "exchange.page.type", "web.col.state",
            "exchange.page.tries", "exchange.page.next", "exchange.list.failure"],
            sent.Select(e => (string[])[e.Id, e.To, e.Type, State(context, e.State), $"{e.Tries}",
            e.Next ?? "", e.Failure ?? ""]), "llllrll");
        return Done;
    }

    private static string State(VerbContext context, EventState state) =>
        context.Text.Text($"exchange.state.{state.ToString().ToLowerInvariant()}");

    private static string Short(string? text) => text is { Length: > 80 } ? text[..80] : text ?? "";
}
