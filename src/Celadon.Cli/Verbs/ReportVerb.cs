using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Server;
using Celadon.Server.Reports;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>
/// Writes a report as a file: HTML or PDF; and records on request that it was sent. Without a name it lists
/// the reports and what was sent.
/// </summary>
internal sealed class ReportVerb : Verb
{
    private readonly Argument<string?> _name = new("name") { Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _in = new("--in");
    private readonly Option<string?> _out = new("--out");
    private readonly Option<string?> _to = new("--sent-to");
    private readonly Option<string?> _consent = new("--consent");

    public override string Name => "report";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_name);
        foreach (var option in (Option[])[_in, _out, _to, _consent]) command.Options.Add(option);
    }

    public override async Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        using var lease = context.Open();
        using var books = Books.Of(lease.Workspace);
        if (parsed.GetValue(_name) is not { } name) return List(context, books);
        var order = OrderOf(name, context, Specs.Read(parsed.GetValue(_in), context));
        var file = await ReportFile.Write(books, order, cancel)
            ?? throw RefusedException.Of("report.noSuch", ("name", name),
                ("names", string.Join(", ", ReportPage.Kinds.Select(k => k.Name))));
        if (file.Page.Answers.All.Count == 0)
            throw new RefusedException(file.Page.Answers.Refused is [var why, ..] ? why
                : Finding.Of("report.nothing", Severity.Error, null, ("name", name)));
        if (parsed.GetValue(_out) is not { } path)
        {
            if (parsed.GetValue(_to) is not null) throw RefusedException.Of("report.sentNoFile");
            context.Out.Write(context.Json ? file.Page.Data.ToJsonString(Indented) + "\n" : file.Html);
            return Done;
        }
        var to = Path.GetFullPath(path, context.Folder);
        var bytes = await ReportOutput.Bytes(file, ReportOutput.KindOf(to), books, cancel);
        await File.WriteAllBytesAsync(to, bytes, cancel);
        Tell(context, books, file, to, bytes, parsed);
        return Done;
    }

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private void Tell(VerbContext context, Books books, ReportFile file, string to, byte[] bytes,
        ParseResult parsed)
    {
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        long? sent = parsed.GetValue(_to) is { } receiver
            ? books.Send(file.Name, bytes, receiver, parsed.GetValue(_consent) ?? "").Last : null;
        if (context.Json)
        {
            context.Out.WriteLine(Results.Text(new JsonObject
            {
                ["file"] = to, ["sha256"] = sha256, ["position"] = file.Page.Answers.All[0].Position,
                ["numbers"] = file.Cited.Count, ["sentRecord"] = sent,
            }));
            return;
        }
        context.Out.WriteLine(context.Text.Text("cli.report.done", ("file", to), ("sha256", sha256),
            ("count", file.Cited.Count)));
        if (sent is { } position)
            context.Out.WriteLine(context.Text.Text("cli.report.sent", ("position", position)));
    }

    private static int List(VerbContext context, Books books)
    {
        var sent = books.Sent();
        if (context.Json)
        {
            context.Out.WriteLine(Results.Text(new JsonObject
            {
                ["reports"] = new JsonArray([.. ReportPage.Kinds.Select(k => (JsonNode)new JsonObject
                {
                    ["name"] = k.Name, ["title"] = context.Text.Text($"report.{k.Name}.title"),
                })]),
                ["sent"] = new JsonArray([.. sent.Select(s => (JsonNode)new JsonObject
                {
                    ["position"] = s.Position, ["at"] = s.At.ToString(), ["what"] = s.Statement.What,
                    ["sha256"] = s.Statement.Sha256, ["to"] = s.Statement.To,
                    ["consent"] = s.Statement.Consent,
                })]),
            }));
            return Done;
        }
        Table.Write(context.Out, [.. ReportPage.Kinds.Select(k => (string[])[k.Name,
            context.Text.Text($"report.{k.Name}.title"),
            context.Text.Text($"report.{k.Name}.about")])], "lll");
        if (sent.Count == 0) return Done;
        context.Out.WriteLine(context.Text.Text("report.sent"));
        Table.Write(context.Out, [Array.ConvertAll((string[])["web.col.position", "web.col.time",
            "web.col.what", "web.field.to", "exchange.list.hash"], h => context.Text.Text(h)),
            .. sent.Select(s => (string[])[$"{s.Position}",
            $"{s.At:uuuu-MM-dd}", s.Statement.What, s.Statement.To, s.Statement.Sha256[..12]])], "rllll");
        return Done;
    }

    /// <summary>
    /// What a report is made for: {"period":"2025-10/2026-09","site":"stoke","gwp":"AR5","at":345}.
    /// </summary>
    private static ReportOrder OrderOf(string name, VerbContext context, string spec)
    {
        try
        {
            var read = JsonSerializer.Deserialize<ReportSpec>(spec, Question.Json) ?? new ReportSpec();
            return new ReportOrder(name, context.Text.Language, read.Period?.ToString(), read.Site,
                read.Gwp?.ToString().ToUpperInvariant(), read.At);
        }
        catch (JsonException e)
        {
            throw RefusedException.Of("report.spec", ("name", name),
                ("reason", $"{e.Path ?? "$"}: {e.Message.Split(" Path:")[0]}"));
        }
    }

    /// <summary>The spec of a report.</summary>
    private sealed record ReportSpec
    {
        public Quantities.MonthSpan? Period { get; init; }

        public string? Site { get; init; }

        public Packs.GwpSet? Gwp { get; init; }

        public long? At { get; init; }
    }
}
