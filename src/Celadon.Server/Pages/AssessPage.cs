using System.Globalization;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Server.Drawing;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>
/// The score of a process of an adopted life-cycle database: found by words, asked by amount and method,
/// shown by what gives to it. Without a database it shows the question's example, and says so.
/// </summary>
public sealed class AssessPage : Page, IHasWorkbook
{
    /// <summary>The question behind the page.</summary>
    public const string Question = "products.assess";

    private const int MostFound = 40;

    private readonly AssessTables _tables;
    private readonly AssessCharts? _charts;

    /// <summary>Makes the page.</summary>
    public AssessPage(PageContext at) : base(at)
    {
        var library = at.Books.Library;
        Databases = [.. library.Databases.Select(id => library.Pack(id)!.Header)];
        Database = Databases.FirstOrDefault(d => d.Id == at["db"])
            ?? (Databases.Count > 0 ? Databases[0] : null);
        if (Database is { } header && library.Database(header.Id) is { } lookup)
        {
            Lookup = lookup;
            Process = lookup.Processes.GetValueOrDefault(at["process"] ?? "");
            Methods = [.. MethodChoices.Of(header, library)];
            Method = at["method"] ?? (Methods.Count > 0 ? Methods[0] : "own");
            Sets = [.. SetsOf(library)];
            Found = Process is null ? [.. Search(lookup, at["words"] ?? "").Take(MostFound + 1)] : [];
        }
        IsExample = Database is null;
        at.LabelOf = LabelOf;
        Spec = SpecOf();
        if (Spec is not null) Ask();
        _tables = new AssessTables(this);
        _charts = Detail.Exists ? new AssessCharts(this, _tables) : null;
    }

    /// <summary>The databases in use.</summary>
    public IReadOnlyList<PackHeader> Databases { get; }

    /// <summary>The one that is asked; null where there is none.</summary>
    public PackHeader? Database { get; }

    /// <summary>Its contents.</summary>
    public LciLookup? Lookup { get; }

    /// <summary>The process that is asked for; null until one is chosen.</summary>
    public LciProcess? Process { get; }

    /// <summary>Processes whose name fits the words, one more than are shown where there are more.</summary>
    public IReadOnlyList<LciProcess> Found { get; } = [];

    /// <summary>True when more processes fit than are shown.</summary>
    public bool IsCut => Found.Count > MostFound;

    /// <summary>Ways to weigh the inventory: "own", "pack:ID:SET", "db:ID".</summary>
    public IReadOnlyList<string> Methods { get; } = [];

    /// <summary>The one that is taken.</summary>
    public string Method { get; } = "";

    /// <summary>Sets for normalisation and weighting of the way that is taken, with their method.</summary>
    public IReadOnlyList<(LciMethod Method, LciWeighting Set)> Sets { get; } = [];

    /// <summary>
    /// The set that is asked for, as the address has it; empty for none, and where the method has no sets.
    /// </summary>
    public string Set => Sets.Count > 0 ? At["set"] ?? "" : "";

    /// <summary>True when there is no database, and the example is shown.</summary>
    public bool IsExample { get; }

    /// <summary>What is asked; null until a process is chosen.</summary>
    public JsonObject? Spec { get; }

    /// <summary>The answer over all categories, or null.</summary>
    public Asked? Asked { get; private set; }

    /// <summary>Its report.</summary>
    public Spot Report { get; private set; }

    /// <summary>The category that is shown in full, with its supply chain and samples.</summary>
    public Spot Detail { get; private set; }

    /// <summary>Why there is no answer.</summary>
    public Finding? Refused { get; private set; }

    /// <summary>Amount asked for, as it was typed.</summary>
    public string Amount => At["amount"] ?? "1";

    /// <summary>How far the supply chain is followed, as the address has it.</summary>
    public UpstreamLimits Limits => field ??= new UpstreamLimits(At);

    /// <summary>Number of samples as it was typed; "0" for none.</summary>
    public string Samples => At["samples"]?.Trim() ?? "0";

    /// <summary>Units of the process's reference flow.</summary>
    public IReadOnlyList<string> Units => Process is { } process && Lookup is { } lookup
        && process.Exchanges.FirstOrDefault(e => e.Id == process.Reference) is { } reference
        && lookup.Flows.TryGetValue(reference.Flow, out var flow) ? [.. lookup.UnitsOf(flow).Keys] : [];

    /// <summary>The unit that is asked for; without one that in which the process speaks of itself.</summary>
    public string Unit => At["unit"] ?? (Process is { } process && Lookup is { } lookup
        && DatabaseWords.Reference(process) is { } made ? lookup.StatedUnit(made) : "");

    /// <summary>Which provider is taken where several could be meant.</summary>
    public string Linking => At["linking"] is "samePlace" or "firstByName" ? At["linking"]! : "cutOff";

    /// <inheritdoc/>
    public override string Section => "products";

    /// <inheritdoc/>
    public override string Tab => "assess";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(AssessView);

    /// <inheritdoc/>
    public override string Title => TitleSentence.ToString();

    /// <inheritdoc/>
    public override Sentence TitleSentence => Detail.Exists
        ? Sentence.Of(At, "web.assess.title", ("amount", Report["amount"].Said(At)),
            ("process", Report["process"].Text ?? ""), ("score", _tables.Said(Detail["score"])))
        : At.L($"question.{Question}.title");

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Asked is null ? []
        : [.. _tables.All, .. Detail.Exists ? [AssessResults.Of(this)] : Array.Empty<Table>()];

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Value)> About => Asked is not { } asked || !Detail.Exists ? []
        : [.. ResultTable.AboutOf(At, Title, asked, Database, MethodSaid),
            (At.L("web.about.category"), Detail["name"].In(At.Text.Language))];

    /// <summary>The name of the method that is taken.</summary>
    public string MethodSaid => IsExample ? At.L("web.assess.source.example") : MethodName(Method);

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => _charts?.All ?? [];

    /// <inheritdoc/>
    public override JsonObject Data => Asked is null ? []
        : new() { ["answer"] = JsonNode.Parse(AnswerJson.Write(Asked)) };

    /// <summary>The lines of the tree, a parent before its branches.</summary>
    public IReadOnlyList<Spot> Branches => field ??= Detail["tree"]["branches"].Items;

    /// <summary>For each line of the tree the lines under it.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Under => field ??=
        [.. Branches.Select((_, i) => Enumerable.Range(0, Branches.Count).Where(k =>
            Branches[k]["parent"].Text == i.ToString(CultureInfo.InvariantCulture)).ToList())];

    /// <summary>A number in its own unit with its explanation.</summary>
    public Cell Exact(Spot spot, bool withUnit = false) => _tables.Exact(spot, withUnit);

    /// <summary>A residual by its power of ten.</summary>
    public Cell Residual(Spot spot) => Exact(spot) is Number { Value.IsZero: false } number
        ? number with
        {
            Shown = At.L("web.compare.residual.below", ("power", Show.PowerAbove(number.Value))),
        }
        : Exact(spot);

    /// <summary>The page of a process of the database, or null.</summary>
    public string? LinkTo(string? process) => _tables.LinkTo(process);

    /// <summary>A table by its name, or null.</summary>
    public Table? Named(string id) => Tables.FirstOrDefault(t => t.Id == id);

    /// <summary>A chart by its name, or null.</summary>
    public Chart? Chart(string id) => Charts.FirstOrDefault(c => c.Id == id);

    /// <summary>The name of a way to weigh the inventory.</summary>
    public string MethodName(string method) => MethodChoices.Name(At, method);

    /// <summary>Which year the set states, what its numbers are and what they are not for.</summary>
    public string SaysOfSet
    {
        get
        {
            var (set, left) = (Report["weighting"]["set"], Report["weighting"]["leftOut"].Items);
            var year = set["year"].Text is { } stated ? At.L("web.assess.set.year", ("year", stated))
                : At.L("web.assess.set.noYear");
            var what = At.L(set["weights"].IsTrue ? "web.assess.weighting.says"
                : "web.assess.normalised.says");
            return left.Count == 0 ? $"{year} {what}" : $"{year} {what} " + At.L("web.assess.set.leftOut",
                ("names", string.Join("; ", left.Select(l => l.Text))));
        }
    }

    /// <summary>A pack's title in the page's language.</summary>
    public string TitleOf(string pack) => MethodChoices.Title(At, pack);

    /// <summary>Where a process is, as its database writes it; empty where it does not say.</summary>
    public string PlaceOf(LciProcess process) => DatabaseWords.Place(Lookup!, process.Location);

    /// <summary>The path of a flow's category; null where there is none.</summary>
    public string? CompartmentOf(string flow) => Lookup?.Flows.GetValueOrDefault(flow)?.Category;

    /// <summary>The field that a place in the spec comes from, as the page calls it.</summary>
    private string? LabelOf(string pointer) => pointer switch
    {
        "/amount" => At.L("web.assess.amount"),
        "/unit" => At.L("web.assess.unit"),
        "/process" => At.L("web.assess.process"),
        "/database" => At.L("web.assess.database"),
        "/method" or "/method/pack" or "/method/database" or "/method/gwp" => At.L("web.assess.method"),
        "/weighting" => At.L("web.assess.set"),
        _ => UpstreamLimits.LabelOf(At, pointer) ?? CompareForm.LabelOfDraws(At, pointer),
    };

    private static IEnumerable<LciProcess> Search(LciLookup lookup, string words)
    {
        var all = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lookup.Processes.Values.Where(p => Array.TrueForAll(all,
                w => DatabaseWords.Says(lookup, p, w)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Id, StringComparer.Ordinal);
    }

    private IEnumerable<(LciMethod, LciWeighting)> SetsOf(FactorLibrary library)
    {
        var of = Method.Split(':') is ["db", var id] ? library.Database(id) : Method == "own" ? Lookup : null;
        return of?.Database.Methods.SelectMany(m => m.Weightings.Select(w => (m, w))) ?? [];
    }

    /// <summary>
    /// What the address asks, as it stands there: a unit, a method or a number of samples that cannot be is
    /// refused by the question. None is left out in silence.
    /// </summary>
    private JsonObject? SpecOf()
    {
        if (IsExample) return (JsonObject)JsonNode.Parse(ExampleWords.In(At.Text,
            Questions.Get(Question).Example))!;
        var isElsewhere = At["db"] is { } db && db != Database!.Id;
        if (At["process"] is not { } named && !isElsewhere) return null;
        var spec = new JsonObject
        {
            ["database"] = At["db"] ?? Database!.Id,
            ["process"] = At["process"] ?? "",
            ["amount"] = Amount,
        };
        if (At["unit"] is { } unit) spec["unit"] = unit;
        if (Linking != "cutOff") spec["linking"] = Linking;
        if (At["allocation"] == "referenceBearsAll") spec["allocation"] = "referenceBearsAll";
        if (MethodChoices.Spec(Method) is { } method) spec["method"] = method;
        if (Set.Length > 0) spec["weighting"] = Set;
        return spec;
    }

    /// <summary>All categories by their scores; the chosen one again with what lies behind it.</summary>
    private void Ask()
    {
        try
        {
            Asked = Answer(Spec!);
            Report = Spot.Of(Asked);
            var categories = Report["categories"].Items;
            var chosen = categories.FirstOrDefault(c => c["id"].Text == At["category"]);
            if (!chosen.Exists && categories.Count > 0) chosen = categories[0];
            var spec = (JsonObject)Spec!.DeepClone();
            spec.Remove("weighting");
            spec["categories"] = new JsonArray(chosen["id"].Text);
            spec["upstream"] = Limits.Spec(AssessCharts.MostLinks);
            if (Samples is not ("" or "0"))
                spec["monteCarlo"] = CompareForm.Draws(At, Samples);
            Detail = Spot.Of(Answer(spec))["categories"].Items[0];
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
        }
    }

    private Asked Answer(JsonObject spec) => At.Books.Ask(Question, spec.ToJsonString(), At.Number("at"),
        At.Http.RequestAborted);
}
