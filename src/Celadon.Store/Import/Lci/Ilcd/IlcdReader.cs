using System.Collections.Immutable;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Ilcd;

/// <summary>
/// Reads a database in ILCD: data sets of processes, flows, flow properties, unit groups and impact methods,
/// a file each. What counts and cannot be placed refuses the whole of it.
/// </summary>
public static class IlcdReader
{
    /// <summary>What the format is called in findings.</summary>
    public const string Format = "ILCD";

    /// <summary>True for a file that may be part of such a database, by its first bytes.</summary>
    public static bool Recognises(string name, ReadOnlySpan<byte> beginning) =>
        name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
        && beginning.IndexOf("http://lca.jrc.it/ILCD"u8) >= 0;

    /// <summary>Reads all parts together.</summary>
    /// <param name="name">What the database will be called.</param>
    /// <param name="parts">Its files.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="step">Called after each file.</param>
    /// <param name="cancel">Stops between two files.</param>
    public static LciReading Read(string name, IEnumerable<LciPart> parts, LciLimits? limits = null,
        Action? step = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var notes = new LciNotes(limits ?? LciLimits.Default);
        var work = new Work(notes);
        foreach (var part in parts.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            work.Take(part);
            step?.Invoke();
        }
        var database = work.Build(name);
        if (database.Processes.IsEmpty && database.Categories.IsEmpty && !notes.HasErrors)
            notes.Say(Finding.Of("formats.nothing", Severity.Error, null, ("format", Format)));
        var counts = LciCounts.Of(database);
        if (counts.WithoutProvider > 0)
            notes.Say(Finding.Of("lci.noCandidate", Severity.Info, null, ("count", counts.WithoutProvider),
                ("of", counts.ProductInputs)));
        return notes.Reading(database, Format);
    }

    private sealed class Work(LciNotes notes)
    {
        private readonly IlcdParts _parts = new(notes);
        private readonly Unique<LciUnitGroup> _groups = new(notes);
        private readonly Unique<LciFlowProperty> _properties = new(notes);
        private readonly Unique<LciFlow> _flows = new(notes);
        private readonly List<XmlItem> _processes = [];
        private readonly List<XmlItem> _methods = [];
        private readonly List<XmlItem> _models = [];
        private readonly List<LciDocument> _documents = [];

        public void Take(LciPart part)
        {
            if (!part.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            {
                notes.NotCarried(Path.GetExtension(part.Name) is { Length: > 0 } kind ? $"*{kind}" : "*");
                return;
            }
            Try(() => Root(XmlItem.Read(part, notes.Limits)));
        }

        private void Root(XmlItem root)
        {
            switch (root.Name)
            {
                case "unitGroupDataSet": _groups.Add(root, IlcdParts.UnitGroup(root)); break;
                case "flowPropertyDataSet": _properties.Add(root, IlcdParts.Property(root)); break;
                case "flowDataSet": _flows.Add(root, _parts.Flow(root)); break;
                // These refer to all the others: they wait.
                case "processDataSet": _processes.Add(root); return;
                case "LCIAMethodDataSet": _methods.Add(root); return;
                case "lifeCycleModelDataSet": _models.Add(root); return;
                case "sourceDataSet":
                    _documents.Add(IlcdParts.Document(root, "sourceInformation", "sources", "Source"));
                    break;
                case "contactDataSet":
                    _documents.Add(IlcdParts.Document(root, "contactInformation", "actors", "Actor"));
                    break;
                default:
                    notes.NotCarried(LciNotes.Shown(root.Name));
                    return;
            }
            root.CountLeft(notes);
        }

        public LciDatabase Build(string name)
        {
            var database = new LciDatabase
            {
                Name = name,
                UnitGroups = _groups.All,
                FlowProperties = _properties.All,
                Flows = _flows.All,
            };
            CheckBasis(database);
            var lookup = new LciLookup(database);
            var (reader, methods) = (new IlcdProcesses(_parts, lookup, notes),
                new IlcdMethods(_parts, lookup, notes));
            var processes = new Unique<LciProcess>(notes);
            var categories = new Unique<LciImpactCategory>(notes);
            foreach (var root in _processes)
                Try(() =>
                {
                    processes.Add(root, reader.Read(root));
                    root.CountLeft(notes);
                });
            foreach (var root in _methods)
                Try(() =>
                {
                    categories.Add(root, methods.Read(root));
                    root.CountLeft(notes);
                });
            var made = WithProviders(processes.All);
            var systems = new Unique<LciProductSystem>(notes);
            var models = new IlcdModels(made.ToDictionary(p => p.Id, StringComparer.Ordinal), lookup, notes);
            foreach (var root in _models)
                Try(() =>
                {
                    if (models.Read(root) is { } system) systems.Add(root, system);
                    root.CountLeft(notes);
                });
            var wider = Wider(reader.Wider);
            return database with
            {
                Parameters = [.. wider.Values.OrderBy(w => w.At).Select(w => w.Parameter)],
                Systems = systems.All,
                Processes = wider.Count == 0 ? made : [.. made.Select(p => p with
                {
                    Parameters = [.. p.Parameters.Where(x => !wider.TryGetValue(x.Name, out var up)
                        || up.Parameter != x)],
                })],
                Categories = categories.All,
                Methods = [.. methods.Methods],
                Locations = [.. _parts.Places],
                Documents = [.. _documents.DistinctBy(d => (d.Kind, d.Id))],
            };
        }

        /// <summary>
        /// The database's parameters, which every process that uses one has a copy of; one that was changed
        /// in some of them stays a parameter of processes.
        /// </summary>
        private static Dictionary<string, (int At, LciParameter Parameter)> Wider(
            List<(string Process, int At, LciParameter Parameter)> copies) => copies
            .GroupBy(c => c.Parameter.Name, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Select(c => c.Parameter).Distinct().Count() == 1)
            .ToDictionary(g => g.Key, g => (g.First().At, g.First().Parameter),
                StringComparer.OrdinalIgnoreCase);

        /// <summary>
        /// Providers are named by attributes of openLCA alone; those of processes that the package does not
        /// hold are counted.
        /// </summary>
        private ImmutableArray<LciProcess> WithProviders(ImmutableArray<LciProcess> processes)
        {
            var known = processes.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
            var absent = processes.Sum(p => p.Exchanges.Count(e => IsAbsent(e.Provider)));
            notes.NotCarried("exchange@defaultProvider", absent);
            return absent == 0 ? processes : [.. processes.Select(p => p with
            {
                Exchanges = [.. p.Exchanges.Select(e => IsAbsent(e.Provider) ? e with { Provider = "" } : e)],
            })];

            bool IsAbsent(string provider) => provider.Length > 0 && !known.Contains(provider);
        }

        /// <summary>Flow properties without unit group and flows without property measure nothing.</summary>
        private void CheckBasis(LciDatabase database)
        {
            var lookup = new LciLookup(database);
            foreach (var property in database.FlowProperties
                .Where(p => !lookup.Groups.ContainsKey(p.UnitGroup)))
                notes.Say(_properties.RootOf(property.Id).Dangling("unit group", property.UnitGroup).Finding);
            foreach (var flow in database.Flows)
                foreach (var factor in flow.Properties
                    .Where(f => !lookup.Properties.ContainsKey(f.Property)))
                    notes.Say(_flows.RootOf(flow.Id).Dangling("flow property", factor.Property).Finding);
        }

        private void Try(Action read)
        {
            try
            {
                read();
            }
            catch (UnusableException problem)
            {
                notes.Say(problem.Finding);
            }
            catch (RefusedException problem)
            {
                notes.Say(problem.Finding);
            }
        }
    }

    /// <summary>Things by identifier; a second of the same is an error.</summary>
    private sealed class Unique<T>(LciNotes notes) where T : LciEntity
    {
        private readonly Dictionary<string, (T Thing, XmlItem Root)> _byId = new(StringComparer.Ordinal);

        public ImmutableArray<T> All => [.. _byId.Values.Select(v => v.Thing)
            .OrderBy(t => t.Id, StringComparer.Ordinal)];

        public XmlItem RootOf(string id) => _byId[id].Root;

        public void Add(XmlItem root, T thing)
        {
            if (_byId.TryAdd(thing.Id, (thing, root))) return;
            notes.Twice.Add(thing.Id);
            notes.Say(Finding.Of("lci.duplicate", Severity.Error, root.Place,
                ("id", LciNotes.Shown(thing.Id)), ("name", LciNotes.Shown(thing.Name))));
        }
    }
}
