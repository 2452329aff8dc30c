using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Lenses.Products;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Cli.Verbs;

/// <summary>
/// Footprint statements: checks files, writes them in another form, keeps them, and says which customer may
/// have which.
/// </summary>
internal sealed partial class FootprintVerb : Verb
{
    private readonly Command _check = new("check");
    private readonly Command _convert = new("convert");
    private readonly Argument<string> _file = new("file");
    private readonly Option<string> _to = new("--to") { DefaultValueFactory = _ => "pact" };
    private readonly Option<string?> _out = new("--out");
    private readonly Command _add = new("add");
    private readonly Option<string?> _supplier = new("--supplier");
    private readonly Command _list = new("list");
    private readonly Command _customer = new("customer");
    private readonly Argument<string> _id = new("id");
    private readonly Option<bool> _remove = new("--remove");
    private readonly Command _consent = new("consent");
    private readonly Argument<string> _product = new("product");
    private readonly Option<string> _from = new("--from") { Required = true };
    private readonly Option<string?> _until = new("--until");
    private readonly Option<string> _ground = new("--ground") { Required = true };
    private readonly Command _revoke = new("revoke");
    private readonly Command _limit = new("limit");
    private readonly Option<string> _last = new("--until") { Required = true };

    public override string Name => "footprint";

    public override bool DoesWithoutWorkspace => true;

    public override void Describe(Command command)
    {
        _check.Arguments.Add(_file);
        _convert.Arguments.Add(_file);
        _convert.Options.Add(_to);
        _convert.Options.Add(_out);
        _add.Arguments.Add(_file);
        _add.Options.Add(_supplier);
        _customer.Arguments.Add(_id);
        _customer.Options.Add(_remove);
        _consent.Arguments.Add(_id);
        _consent.Arguments.Add(_product);
        foreach (var option in (Option[])[_from, _until, _ground]) _consent.Options.Add(option);
        _revoke.Arguments.Add(_id);
        _limit.Arguments.Add(_id);
        _limit.Options.Add(_last);
        foreach (var sub in (Command[])[_check, _convert, State(), Rate(), _add, _list, _customer, _consent,
            _limit, _revoke, .. Partners()]) command.Subcommands.Add(sub);
    }

    public override async Task<int> Run(VerbContext context, ParseResult parsed, CancellationToken cancel)
    {
        var what = parsed.CommandResult.Command.Name;
        if (what is "footprint" or "list") return List(context);
        if (what is "customer" or "consent" or "limit" or "revoke") return Change(context, parsed, what);
        if (what == "state") return await Stated(context, parsed, cancel);
        if (_partners.Exists(c => c.Name == what)) return await Partner(context, parsed, what, cancel);
        var path = parsed.GetValue(_file)!;
        var file = new FileInfo(Path.GetFullPath(path, context.Folder));
        if (!file.Exists) throw RefusedException.Of("file.missing", ("file", path));
        if (file.Length > StatementText.MostBytes) throw RefusedException.Of("footprint.size",
            ("bytes", file.Length), ("most", StatementText.MostBytes));
        var bytes = await File.ReadAllBytesAsync(file.FullName, cancel);
        var read = StatementText.Read(bytes);
        var named = read with
        {
            Findings = [.. read.Findings.Select(f => f with
                { Place = (f.Place ?? new Place()) with { File = file.Name } })],
        };
        if (what == "add" && named.Statement is { } statement)
        {
            using var lease = context.Open();
            new Footprints(lease.Workspace).Add(statement, bytes, file.Name, parsed.GetValue(_supplier));
        }
        if (what == "rate" && named.Statement is { } rated)
            return await Rated(context, parsed, rated, cancel);
        return what != "convert" || named.Statement is null ? Told(context, named)
            : await Convert(context, named, parsed.GetValue(_to)!, parsed.GetValue(_out), cancel);
    }

    private int Change(VerbContext context, ParseResult parsed, string what)
    {
        using var lease = context.Open();
        var footprints = new Footprints(lease.Workspace);
        var id = parsed.GetValue(_id)!;
        if (what == "customer" && !parsed.GetValue(_remove))
        {
            var secret = footprints.SetCustomer(id);
            context.Out.WriteLine(context.Json
                ? Results.Text(new JsonObject { ["clientId"] = id, ["clientSecret"] = secret })
                : context.Text.Text("cli.footprint.secret", ("id", id), ("secret", secret)));
            return Done;
        }
        var appended = what switch
        {
            "customer" => footprints.RemoveCustomer(id),
            "revoke" => footprints.Revoke(id),
            "limit" => footprints.Limit(id, parsed.GetValue(_last)!),
            _ => footprints.Allow(id, parsed.GetValue(_product)!, parsed.GetValue(_from)!,
                parsed.GetValue(_until), parsed.GetValue(_ground)!),
        };
        context.Out.WriteLine(context.Json ? Results.Appended(appended)
            : context.Text.Text("cli.footprint.recorded", ("position", appended.Last)));
        return Done;
    }

    /// <summary>The own statements, the consents, and what each customer was given.</summary>
    private static int List(VerbContext context)
    {
        using var lease = context.Open();
        var (own, registers) = (new Footprints(lease.Workspace).Own(), lease.Workspace.Registers());
        var consents = registers.Of<Consent>().ToList();
        var sent = lease.Workspace.State().Standing<StatementSentRecord>()
            .Where(s => registers.Find<Customer>(s.Body.To) is not null).ToList();
        if (context.Json)
        {
            context.Out.WriteLine(Results.Text(new JsonObject
            {
                ["statements"] = new JsonArray([.. own.Select(s => JsonNode.Parse(StatementText.Pact(s)))]),
                ["received"] = new JsonArray([.. registers.Of<KeptStatement>()
                    .Where(s => s.Supplier is not null).Select(s => JsonNode.Parse(RegisterSet.Write(s)))]),
                ["consents"] = new JsonArray([.. consents.Select(c =>
                    JsonNode.Parse(RegisterSet.Write(c)))]),
                ["sent"] = new JsonArray([.. sent.Select(s => (JsonNode)new JsonObject
                {
                    ["position"] = s.Position, ["what"] = s.Body.What, ["sha256"] = s.Body.Sha256,
                    ["to"] = s.Body.To, ["consent"] = s.Body.Consent,
                })]),
            }));
            return Done;
        }
        Headed(context, ["web.register.statement", "web.register.product", "exchange.list.ids",
            "web.col.state"], own.Select(s => (string[])[$"{s.Id}", s.Product,
            string.Join(' ', s.ProductIds), $"{s.Status}"]), "llll");
        Headed(context, ["web.register.statement", "web.register.product", "web.register.supplier"],
            registers.Of<KeptStatement>().Where(s => s.Supplier is not null)
            .Select(s => (string[])[s.Id, s.Name.In(context.Text.Language, s.Id), s.Supplier!]), "lll");
        Headed(context, ["web.register.consent", "web.register.customer", "web.register.product",
            "web.frame.period", "exchange.page.ground"], consents.Select(c => (string[])[c.Id, c.Customer,
            c.Product, $"{c.From}/{c.To}", c.Ground]), "lllll");
        Headed(context, ["web.col.position", "web.field.to", "web.col.what", "web.field.consent",
            "exchange.list.hash"], sent.Select(s => (string[])[$"{s.Position}", s.Body.To, s.Body.What,
            s.Body.Consent, s.Body.Sha256[..12]]), "rllll");
        return Done;
    }

    private static void Headed(
        VerbContext context, string[] heads, IEnumerable<string[]> rows, string sides) =>
        Table.Write(context.Out, [Array.ConvertAll(heads, h => context.Text.Text(h)), .. rows], sides);

    private static int Told(VerbContext context, StatementRead read)
    {
        var statement = read.Statement;
        if (context.Json) context.Out.WriteLine(Results.Text(new JsonObject
        {
            ["form"] = read.Form,
            ["statement"] = statement is null ? null : JsonNode.Parse(StatementText.Pact(statement)),
            ["findings"] =
                new JsonArray([.. read.Findings.Select(f => JsonNode.Parse(AnswerJson.Write(f)))]),
        }));
        else
        {
            if (statement is not null) context.Out.WriteLine(context.Text.Text("cli.footprint.good",
                ("product", Table.Plain(statement.Product)), ("form", read.Form),
                ("unit", statement.Pcf.Unit),
                ("count", statement.Pcf.UnitCount), ("value",
                statement.Pcf[PcfValue.ExcludingUptake]!.Value)));
            foreach (var finding in read.Findings) context.Print(finding);
        }
        return statement is null ? Findings : Done;
    }

    private static async Task<int> Convert(
        VerbContext context, StatementRead read, string form, string? to, CancellationToken cancel)
    {
        if (!StatementText.Forms.Contains(form)) throw RefusedException.Of("footprint.to", ("form", form),
            ("forms", string.Join(", ", StatementText.Forms)));
        var (utf8, lost) = StatementText.Write(read.Statement!, form, indented: true);
        if (to is null) context.Out.Write(Encoding.UTF8.GetString(utf8));
        else await File.WriteAllBytesAsync(Path.GetFullPath(to, context.Folder), utf8, cancel);
        foreach (var finding in read.Findings.Concat(lost)) context.Print(finding);
        return Done;
    }
}
