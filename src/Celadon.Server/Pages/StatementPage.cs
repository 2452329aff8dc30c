using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses.Products;
using Celadon.Registers;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>
/// A statement to customers of a product's footprint, before it is kept: what the books say, what a person
/// said in the fields, and what is still missing. What is asked and said stands in the address.
/// </summary>
public sealed class StatementPage : Page
{
    /// <summary>The path without language.</summary>
    internal const string Place = "/products/footprint/statement";

    /// <summary>What stands before the name of a field in the query.</summary>
    internal const string Prefix = "say-";

    /// <summary>Fields that change with every footprint; the rest of an earlier statement is said again.
    /// </summary>
    private static readonly string[] Fresh =
    [
        "precedingPfIds", "validityPeriodStart", "validityPeriodEnd", "comment", "companyName",
        "productNameCompany", "boundaryProcessesDescription", "allocationRulesDescription",
        "exemptedEmissionsPercent", "exemptedEmissionsDescription", "secondaryEmissionFactorSources",
        "crossSectoralStandards", "verification",
    ];

    private readonly Dictionary<string, string> _said;

    /// <summary>Makes the page.</summary>
    public StatementPage(PageContext at) : base(at)
    {
        Choice = new FootprintChoice(at);
        _said = at.Http.Request.Query.Where(q => q.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(q => (Name: q.Key[Prefix.Length..], Value: q.Value.ToString().Trim()))
            .Where(s => s.Value.Length > 0).ToDictionary(s => s.Name, s => s.Value);
        if (Choice.Site is null || at.Period is not { } period) return;
        try
        {
            var facts = new JsonObject();
            foreach (var (name, value) in _said) StatementFact.Say(facts, name, value);
            Drafted = new Footprints(at.Books.Whole).Draft(Choice.Spec(period), at["product"], facts,
                at.Text, at.Number("at"), at.Http.RequestAborted);
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
        }
    }

    /// <summary>What is asked about the footprint.</summary>
    public FootprintChoice Choice { get; }

    /// <summary>The statement or what is missing; null in an empty workspace or where it was refused.
    /// </summary>
    public Drafted? Drafted { get; }

    /// <summary>Why there is none.</summary>
    public Finding? Refused { get; }

    /// <summary>The statement; null while something is missing.</summary>
    public ProductFootprintStatement? Statement => Drafted?.Read.Statement;

    /// <summary>What a person said of a field, as it was written.</summary>
    public string Said(StatementFact fact) => _said.GetValueOrDefault(fact.Name, "");

    /// <summary>What is wrong with a field or missing, or null.</summary>
    public string? WrongOf(StatementFact fact) =>
        Drafted?.Read.Findings.FirstOrDefault(f => f.Severity == Severity.Error && Is(f, fact)) is { } finding
            ? finding.Code == "footprint.state.ask" ? At.L("statement.needed")
                : At.Codes.Render(finding) : null;

    /// <summary>Findings that no field shows: those of the whole, and what is worth knowing.</summary>
    public IEnumerable<Finding> Others => Drafted is null ? [] : Drafted.Read.Findings
        .Where(f => f.Severity != Severity.Error || !StatementFact.All.Any(fact => Is(f, fact)))
        .OrderByDescending(f => f.Severity);

    /// <summary>How much is still to be said or corrected.</summary>
    public int Missing => Drafted?.Read.Findings.Count(f => f.Severity == Severity.Error) ?? 0;

    /// <summary>What a field is called.</summary>
    public string LabelOf(StatementFact fact) => At.L($"term.statement.{fact.Name}");

    /// <summary>Everything of the question that stays in the address.</summary>
    public IEnumerable<(string Name, string Value)> Asked => At.Http.Request.Query
        .Where(q => !q.Key.StartsWith(Prefix, StringComparison.Ordinal) && q.Key is not ("part" or "table"))
        .SelectMany(q => q.Value.OfType<string>().Select(v => (q.Key, v)));

    /// <summary>
    /// This page with what the latest own statement of this product said, where nothing was said yet; null
    /// where there is none.
    /// </summary>
    public string? Again
    {
        get
        {
            if (Drafted is null || _said.Count > 0) return null;
            var footprints = new Footprints(At.Books.Whole);
            var mine = At.Books.Registers.Of<KeptStatement>().Where(s => s.Note?.StartsWith(
                $"products.footprint {Drafted.Product} @", StringComparison.Ordinal) == true)
                .Select(s => s.Id).ToHashSet();
            var last = footprints.Own().LastOrDefault(s => mine.Contains(s.Id.ToString()));
            if (last is null) return null;
            using var json = JsonDocument.Parse(StatementText.Pact(last));
            var said = StatementFact.All.Where(f => !Fresh.Contains(f.Name))
                .Select(f => (f.Name, Value: Words(f, json.RootElement))).Where(f => f.Value is not null);
            return At.Here([("say-precedingPfIds", last.Id.ToString()),
                .. said.Select(f => (Prefix + f.Name, f.Value))]);
        }
    }

    /// <inheritdoc/>
    public override string Section => "products";

    /// <inheritdoc/>
    public override string Tab => "footprint";

    /// <inheritdoc/>
    public override Type View => typeof(StatementView);

    /// <inheritdoc/>
    public override string Title => Drafted is null
        ? At.L(Refused is null ? "web.footprint.none" : "statement.page.refused")
        : Statement is { } made ? At.L(made.Pcf.UnitCount == 1 ? "statement.page.ready.one"
            : "statement.page.ready", ("product", made.Product), ("value",
            made.Pcf[PcfValue.ExcludingUptake]!.Value), ("count", made.Pcf.UnitCount),
            ("unit", UnitOf(made.Pcf.Unit)))
        : At.L("statement.page.missing", ("product", new Names(At).OfItem(Drafted.Product)),
            ("count", Missing));

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Statement is null ? [] : [Fields];

    /// <inheritdoc/>
    public override JsonObject Data => Drafted is null ? [] : new()
    {
        ["statement"] = Statement is null ? null : JsonNode.Parse(StatementText.Pact(Statement)),
        ["findings"] = new JsonArray([.. Drafted.Read.Findings.Select(f =>
            JsonNode.Parse(AnswerJson.Write(f)))]),
    };

    /// <summary>What a declared unit is called.</summary>
    public string UnitOf(string unit) => At.L("statement.unit." + unit.Replace(' ', '-'));

    /// <summary>What helps to fill a field in, or null.</summary>
    public string? HintOf(StatementFact fact) => At.Text.Has($"term.statement.hint.{fact.Name}")
        ? At.L($"term.statement.hint.{fact.Name}") : null;

    /// <summary>
    /// Every field of the statement as it will be given, with who says it. Its id and time it gets when it is
    /// kept.
    /// </summary>
    public Table Fields
    {
        get
        {
            using var json = JsonDocument.Parse(StatementText.Pact(Statement!));
            var rows = new List<Row>();
            foreach (var (path, value) in Flat(json.RootElement))
            {
                if (path is "id" or "created") continue;
                var name = path.Split('.')[^1];
                rows.Add(Row.Of(new Words(At.L($"term.statement.{name}")) { Key = path }, new Words(value),
                    new Words(At.L(_said.ContainsKey(name) ? "statement.from.said" : "statement.from.books"))
                        { Class = "nb" }, new Words(name) { Class = "mono nb" }));
            }
            return new Table("statement", At.L("statement.fields"),
                [new("field", At.L("statement.field")), new("value", At.L("web.products.value")),
                    new("from", At.L("statement.from")), new("pact", "PACT v3", Secondary: true)], [.. rows]);
        }
    }

    private static bool Is(Finding finding, StatementFact fact) => finding.Place?.Pointer is { } pointer
        && (pointer == fact.Pointer || pointer.StartsWith(fact.Pointer + "/", StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Value)> Flat(JsonElement of)
    {
        foreach (var field in of.EnumerateObject())
            if (field.Name == "pcf")
                foreach (var (name, value) in Flat(field.Value)) yield return ("pcf." + name, value);
            else yield return (field.Name, Said(field.Value));
    }

    private static string Said(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array when value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
            string.Join(' ', value.EnumerateArray().Select(e => e.GetString())),
        _ => value.GetRawText(),
    };

    private static string? Words(StatementFact fact, JsonElement statement) =>
        (fact.InPcf ? statement.GetProperty("pcf") : statement).TryGetProperty(fact.Name, out var value)
            ? Said(value) : null;
}
