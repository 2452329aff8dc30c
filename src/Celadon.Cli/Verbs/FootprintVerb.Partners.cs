using System.CommandLine;
using System.Text.Json.Nodes;
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
        var id = parsed.GetValue(_id)!;
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
        Table.Write(context.Out, [.. received.Select(e => (string[])[e.Id, e.At, e.Type,
            State(context, e.State), string.Join(' ', e.About), Printed(e.Comment)])], "llllll");
        Table.Write(context.Out, [.. sent.Select(e => (string[])[e.Id, e.To, e.Type, State(context, e.State),
            $"{e.Tries}", e.Next ?? "", e.Failure ?? ""])], "llllrll");
        return Done;
    }

    private static string State(VerbContext context, EventState state) =>
        context.Text.Text($"exchange.state.{state.ToString().ToLowerInvariant()}");

    /// <summary>What others wrote, without what a terminal would obey.</summary>
    private static string Printed(string? text) =>
        new([.. (text ?? "").Where(c => !char.IsControl(c)).Take(80)]);
}
