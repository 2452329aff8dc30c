using System.Collections.Immutable;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.JsonLd;

/// <summary>
/// Reads a database in openLCA's JSON-LD, schema versions 1 and 2: a folder for each type with a file for
/// each thing. The result does not depend on the order of the files.
/// </summary>
public static class JsonLdReader
{
    /// <summary>What the format is called in findings.</summary>
    public const string Format = "openLCA JSON-LD";

    /// <summary>Categories of version 1 above each other that make a path.</summary>
    private const int DeepestCategory = 50;

    private static readonly string[] Model =
    [
        "", "categories", "unit_groups", "flow_properties", "currencies", "locations", "flows", "processes",
        "lcia_categories", "lcia_methods", "nw_sets", "parameters", "product_systems",
    ];

    private static readonly string[] Beside =
    [
        "actors", "dq_systems", "epds", "projects", "results", "social_indicators", "sources",
    ];

    /// <summary>True for a file that may be part of such a database, by its name.</summary>
    public static bool Recognises(string name) =>
        name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        && JsonFiles.FolderOf(name) is "processes" or "flows" or "lcia_categories" or "unit_groups";

    /// <summary>Reads all parts together.</summary>
    /// <param name="name">What the database will be called.</param>
    /// <param name="parts">Its files.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="step">Called after each file.</param>
    /// <param name="cancel">Stops between two files.</param>
    /// <returns>
    /// The database, or null with an error where anything that counts could not be placed.
    /// </returns>
    public static LciReading Read(string name, IEnumerable<LciPart> parts, LciLimits? limits = null,
        Action? step = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var notes = new LciNotes(limits ?? LciLimits.Default);
        var files = new JsonFiles(parts, notes, step, cancel);
        CheckVersion(files, notes);
        var known = !notes.HasErrors;
        foreach (var folder in files.Folders.Except(Model).Except(Beside))
            notes.NotCarried($"{folder}/", files.Count(folder));
        var database = Database(name, files, notes);
        if (database.Processes.IsEmpty && database.Categories.IsEmpty)
            notes.Say(Finding.Of("formats.nothing", Severity.Error, null, ("format", Format)));
        var counts = LciCounts.Of(database);
        if (counts.WithoutProvider > 0)
            notes.Say(Finding.Of("lci.noCandidate", Severity.Info, null, ("count", counts.WithoutProvider),
                ("of", counts.ProductInputs)));
        // Of a version that is not known nothing can be told to be right.
        return notes.Reading(known ? database : null, Format);
    }

    private static void CheckVersion(JsonFiles files, LciNotes notes) => files.Read("", (thing, outcome) =>
    {
        if (thing.Whole("schemaVersion") is > 2 and var version)
            outcome.Findings.Add(thing.Say("lci.version", Severity.Error, ("version", version)));
        return thing;
    });

    private static LciDatabase Database(string name, JsonFiles files, LciNotes notes)
    {
        var parts = new JsonParts(Paths(files));
        var database = new LciDatabase
        {
            Name = name,
            UnitGroups = All(files, "unit_groups", parts.UnitGroup, notes),
            FlowProperties = All(files, "flow_properties", parts.Property, notes),
            Currencies = All(files, "currencies", parts.Currency, notes),
            Locations = All(files, "locations", parts.Location, notes),
            Flows = All(files, "flows", parts.Flow, notes),
            Parameters = Parameters(files, notes),
        };
        var lookup = new LciLookup(database);
        CheckBasis(database, lookup, notes);
        var processes = new JsonProcesses(parts, lookup,
            database.Currencies.Select(c => c.Id).ToHashSet(StringComparer.Ordinal));
        var read = files.Read("processes", processes.Read);
        var systems = new JsonSystems(parts, read.DistinctBy(p => p.Process.Id)
            .ToDictionary(p => p.Process.Id, StringComparer.Ordinal), lookup);
        database = database with
        {
            Processes = Unique(read.Select(p => (systems.WithProviders(p, notes), p.File)), notes),
        };
        var fileOf = read.DistinctBy(p => p.Process.Id).ToDictionary(p => p.Process.Id, p => p.File,
            StringComparer.Ordinal);
        FormulaCheck.Processes(database, (process, number, formula, reason) => notes.Say(Finding.Of(
            "lci.formula", Severity.Warning, new Place(fileOf[process.Id], Pointer: number is null
                ? "/parameters" : $"/exchanges/{process.Exchanges.TakeWhile(e => e.Id != number).Count()}"),
            ("file", fileOf[process.Id]), ("at", number is null ? "/parameters" : $"internalId {number}"),
            ("formula", LciNotes.Shown(formula)), ("reason", LciNotes.Shown(reason)),
            ("name", LciNotes.Shown(process.Name)))));
        var made = files.Read("product_systems", (thing, outcome) =>
            Tuple.Create(systems.System(thing, outcome), Document("product_systems", thing, parts)));
        return WithMethods(database, files, parts, processes, notes) with
        {
            Systems = Unique(made.Where(s => s.Item1 is not null)
                .Select(s => (s.Item1!, files.FileOf(s))), notes),
            // A system that could not be used stays as it came.
            Documents = [.. Beside.SelectMany(folder =>
                    files.Read(folder, (thing, _) => Document(folder, thing, parts))),
                .. made.Where(s => s.Item1 is null).Select(s => s.Item2)],
        };
    }

    /// <summary>The parameters of the whole; of two of one name none is chosen.</summary>
    private static ImmutableArray<LciParameter> Parameters(JsonFiles files, LciNotes notes)
    {
        var all = files.Read("parameters", (thing, outcome) => JsonParts.Parameter(thing, "", outcome));
        var names = all.ToLookup(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var second in all.Where(p => names[p.Name].Count() > 1 && names[p.Name].First() != p))
            notes.Say(Finding.Of("lci.duplicate", Severity.Error, new Place(files.FileOf(second),
                Pointer: "/name"), ("id", LciNotes.Shown(second.Id)), ("name", LciNotes.Shown(second.Name))));
        return [.. all.Where(p => names[p.Name].Count() == 1)];
    }

    private static LciDatabase WithMethods(LciDatabase database, JsonFiles files, JsonParts parts,
        JsonProcesses processes, LciNotes notes)
    {
        var sets = files.Read("nw_sets", JsonMethods.Weighting).DistinctBy(s => s.Id)
            .ToDictionary(s => s.Id, StringComparer.Ordinal);
        JsonMethods Of(LciDatabase known) => new(parts, processes, new LciLookup(known), sets);
        database = database with
        {
            Categories = All(files, "lcia_categories", Of(database).Category, notes),
        };
        return database with { Methods = All(files, "lcia_methods", Of(database).Method, notes) };
    }

    private static LciDocument Document(string folder, JsonThing thing, JsonParts parts) =>
        new(folder, thing.Filled("@id"), thing.Name(), thing.Whole(parts.Category));

    /// <summary>Flow properties without unit group and flows without property measure nothing.</summary>
    private static void CheckBasis(LciDatabase database, LciLookup lookup, LciNotes notes)
    {
        void Say(string folder, string id, string what, string missing) => notes.Say(Finding.Of(
            "lci.dangling", Severity.Error, new Place($"{folder}/{id}.json", Pointer: $"/{what}"),
            ("file", $"{folder}/{id}.json"), ("at", $"/{what}"), ("what", what),
            ("id", LciNotes.Shown(missing))));
        foreach (var property in database.FlowProperties.Where(p => !lookup.Groups.ContainsKey(p.UnitGroup)))
            Say("flow_properties", property.Id, "unitGroup", property.UnitGroup);
        foreach (var flow in database.Flows)
            foreach (var factor in flow.Properties.Where(f => !lookup.Properties.ContainsKey(f.Property)))
                Say("flows", flow.Id, "flowProperty", factor.Property);
    }

    private static ImmutableArray<T> All<T>(JsonFiles files, string folder,
        Func<JsonThing, JsonOutcome, T?> read, LciNotes notes) where T : LciEntity =>
        Unique(files.Read(folder, read).Select(t => (t, files.FileOf(t))), notes);

    private static ImmutableArray<T> Unique<T>(IEnumerable<(T Thing, string File)> items, LciNotes notes)
        where T : LciEntity
    {
        var (seen, kept) = (new HashSet<string>(StringComparer.Ordinal), ImmutableArray.CreateBuilder<T>());
        foreach (var (item, file) in items)
        {
            if (seen.Add(item.Id)) kept.Add(item);
            else
            {
                notes.Twice.Add(item.Id);
                notes.Say(Finding.Of("lci.duplicate", Severity.Error, new Place(file, Pointer: "/@id"),
                    ("id", LciNotes.Shown(item.Id)), ("name", LciNotes.Shown(item.Name))));
            }
        }
        return kept.ToImmutable();
    }

    /// <summary>Paths of the categories of version 1, each an entity that names the one above it.</summary>
    private static Dictionary<string, string> Paths(JsonFiles files)
    {
        var all = files.Read("categories", (thing, _) =>
                Tuple.Create(thing.Filled("@id"), thing.Name(), thing.Ref("category")))
            .DistinctBy(c => c.Item1).ToDictionary(c => c.Item1, StringComparer.Ordinal);
        return all.Keys.ToDictionary(id => id, id =>
        {
            var (names, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
            for (var at = id; names.Count < DeepestCategory && seen.Add(at)
                && all.TryGetValue(at, out var one);
                at = one.Item3)
                names.Insert(0, one.Item2);
            return string.Join('/', names);
        }, StringComparer.Ordinal);
    }
}
