using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.EcoSpold;

/// <summary>
/// Reads a database in EcoSpold 2: dataset files (.spold), with master data and impact methods where they
/// come along. Linked system models keep their links; an undefined one is linked when it is assembled.
/// </summary>
public static class SpoldReader
{
    /// <summary>True for a file that may be part of such a database, by its first bytes.</summary>
    public static bool Recognises(string name, ReadOnlySpan<byte> beginning) =>
        name.EndsWith(".spold", StringComparison.OrdinalIgnoreCase)
        || (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
            && beginning.IndexOf("EcoSpold02"u8) >= 0);

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
        // Master data first: datasets may name a unit by its identifier alone.
        foreach (var part in parts
            .OrderBy(p => !p.Name.Contains("master", StringComparison.OrdinalIgnoreCase))
            .ThenBy(p => p.Name, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            work.Take(part);
            step?.Invoke();
        }
        return notes.Reading(work.Build(name), "EcoSpold 2");
    }

    private sealed class Work
    {
        private readonly LciNotes _notes;
        private readonly UnitBook _units = new("ecospold");
        private readonly FlowBook _flows = new();
        private readonly SpoldMaster _master = new();
        private readonly SpoldActivityReader _reader;
        private readonly SpoldMethods _methods;
        private readonly List<SpoldActivity> _activities = [];

        public Work(LciNotes notes)
        {
            _notes = notes;
            _reader = new(_units, _flows, _master, notes);
            _methods = new(_units, _flows, notes);
        }

        public void Take(LciPart part)
        {
            var isDataset = part.Name.EndsWith(".spold", StringComparison.OrdinalIgnoreCase);
            if (!isDataset && !part.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            {
                _notes.NotCarried(Path.GetExtension(part.Name) is { Length: > 0 } kind ? $"*{kind}" : "*");
                return;
            }
            try
            {
                var root = XmlItem.Read(part, _notes.Limits);
                if (root.Name == "ecoSpold") Contents(root);
                else if (!_master.Take(root)) _notes.NotCarried(root.Name);
                else root.TakeAll();
            }
            catch (UnusableException problem)
            {
                _notes.Say(problem.Finding);
            }
        }

        private void Contents(XmlItem root)
        {
            foreach (var child in root.Children)
            {
                child.Take();
                try
                {
                    switch (child.Name)
                    {
                        case "activityDataset" or "childActivityDataset":
                            _activities.Add(_reader.Read(child));
                            break;
                        case "impactMethod":
                            _methods.Take(child);
                            break;
                        default:
                            _notes.NotCarried(child.Name);
                            child.TakeAll();
                            break;
                    }
                    child.CountLeft(_notes);
                }
                catch (UnusableException problem)
                {
                    _notes.Say(problem.Finding);
                }
            }
        }

        public LciDatabase? Build(string name)
        {
            var linker = new SpoldLinker(_flows, _notes);
            var processes = linker.Processes(_activities);
            if (processes.IsEmpty && !_methods.Methods.Any())
            {
                _notes.Say(Finding.Of("formats.nothing", Severity.Error, null, ("format", "EcoSpold 2")));
                return null;
            }
            if (linker.Links.Unlinked > 0)
                _notes.Say(Finding.Of("formats.unlinked", Severity.Info, null,
                    ("count", linker.Links.Unlinked),
                    ("of", linker.Links.Linked + linker.Links.Unlinked)));
            var groups = _units.Groups().ToList();
            return new LciDatabase
            {
                Name = name,
                UnitGroups = [.. groups.Select(g => g.Group)],
                FlowProperties = [.. groups.Select(g => g.Property)],
                Currencies = [.. _reader.Currencies],
                Locations = [.. _master.Places],
                Flows = [.. _flows.All],
                Processes = processes,
                Categories = [.. _methods.Categories],
                Methods = [.. _methods.Methods],
            };
        }
    }
}
