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
public sealed class AssessPage : Page
{
    /// <summary>The question behind the page.</summary>
    public const string Question = "products.assess";

    private const int MostFound = 40;
    private const int MostSamples = 10_000;

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
            Methods = [.. MethodsOf(header, library)];
            Method = Methods.Contains(at["method"]) ? at["method"]! : Methods.Count > 0 ? Methods[0] : "";
            Found = Process is null ? [.. Search(lookup, at["words"] ?? "").Take(MostFound + 1)] : [];
        }
        IsExample = Database is null;
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

    /// <summary>Number of samples; 0 for none.</summary>
    public long Samples => At.Number("samples", 0, MostSamples) ?? 0;

    /// <summary>Units of the process's reference flow.</summary>
    public IReadOnlyList<string> Units => Process is { } process && Lookup is { } lookup
        && process.Exchanges.FirstOrDefault(e => e.Id == process.Reference) is { } reference
        && lookup.Flows.TryGetValue(reference.Flow, out var flow) ? [.. lookup.UnitsOf(flow).Keys] : [];

    /// <summary>The unit that is asked for.</summary>
    public string Unit => Units.Contains(At["unit"]) ? At["unit"]! : Report["amount"].Unit;

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
    public override IEnumerable<Table> Tables => Asked is null ? [] : _tables.All;

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

    /// <summary>A table by its name, or null.</summary>
    public Table? Named(string id) => Tables.FirstOrDefault(t => t.Id == id);

    /// <summary>A chart by its name, or null.</summary>
    public Chart? Chart(string id) => Charts.FirstOrDefault(c => c.Id == id);

    /// <summary>The name of a way to weigh the inventory.</summary>
    public string MethodName(string method) => method.Split(':') switch
    {
        ["pack", var id, var set] => At.L("web.assess.method.gwp", ("set", set),
            ("pack", TitleOf(id))),
        ["db", var id] => At.L("web.assess.method.other", ("database", TitleOf(id))),
        _ => At.L("web.assess.method.own"),
    };

    /// <summary>A pack's title in the page's language.</summary>
    public string TitleOf(string pack) =>
        At.Books.Library.Pack(pack)?.Header.Title.In(At.Text.Language, pack) ?? pack;

    /// <summary>Where a process is, as its database writes it; empty where it does not say.</summary>
    public string PlaceOf(LciProcess process) =>
        !Lookup!.Locations.TryGetValue(process.Location, out var place) ? ""
        : place.Code.Length > 0 ? place.Code : place.Name;

    /// <summary>The path of a flow's category; null where there is none.</summary>
    public string? CompartmentOf(string flow) => Lookup?.Flows.GetValueOrDefault(flow)?.Category;

    private static IEnumerable<LciProcess> Search(LciLookup lookup, string words)
    {
        var all = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lookup.Processes.Values.Where(p => Array.TrueForAll(all, w =>
                p.Name.Contains(w, StringComparison.OrdinalIgnoreCase)
                || p.Id.StartsWith(w, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Id, StringComparer.Ordinal);
    }

    private static IEnumerable<string> MethodsOf(PackHeader database, FactorLibrary library)
    {
        static bool HasMethods(PackHeader pack) => pack.Tables.Any(t => t.Kind == "lci-factors");
        if (HasMethods(database)) yield return "own";
        foreach (var pack in library.Packs.Where(p => !p.Characterisations.IsEmpty))
            foreach (var set in Enum.GetValues<GwpSet>().Reverse())
                yield return $"pack:{pack.Header.Id}:{Vocabulary.Word(set)}";
        foreach (var other in library.Packs.Where(p => p.Lci is not null && p.Header.Id != database.Id
            && HasMethods(p.Header))) yield return $"db:{other.Header.Id}";
    }

    private JsonObject? SpecOf()
    {
        if (IsExample) return (JsonObject)JsonNode.Parse(Questions.Get(Question).Example)!;
        if (Process is not { } process) return null;
        var spec = new JsonObject
        {
            ["database"] = Database!.Id,
            ["process"] = process.Id,
            ["amount"] = Amount,
        };
        if (At["unit"] is { } unit && Units.Contains(unit)) spec["unit"] = unit;
        if (Linking != "cutOff") spec["linking"] = Linking;
        if (At["allocation"] == "referenceBearsAll") spec["allocation"] = "referenceBearsAll";
        switch (Method.Split(':'))
        {
            case ["pack", var id, var set]:
                spec["method"] = new JsonObject { ["pack"] = id, ["gwp"] = set };
                break;
            case ["db", var id]:
                spec["method"] = new JsonObject { ["database"] = id };
                break;
        }
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
            spec["categories"] = new JsonArray(chosen["id"].Text);
            spec["upstream"] = new JsonObject { ["links"] = AssessCharts.MostLinks };
            if (Samples >= 2) spec["monteCarlo"] = new JsonObject { ["samples"] = Samples };
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
