using System.Collections.Immutable;
using Celadon.Lca.Modelling;
using Celadon.Lca.WhatIf;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>
/// Reads SimaPro's CSV: processes and methods in blocks, parted by the sign that the header names. An input
/// is provided by the process that makes the product of its name.
/// </summary>
public static class SimaReader
{
    /// <summary>What the format is called in findings.</summary>
    public const string Format = "SimaPro CSV";

    /// <summary>True for a file that may be part of such a database, by its first bytes.</summary>
    public static bool Recognises(ReadOnlySpan<byte> beginning) => SimaFile.Recognises(beginning);

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
        var files = new List<SimaFile>();
        foreach (var part in parts.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            // What is no table is not of the format: a licence, a picture.
            if (Path.GetExtension(part.Name).ToLowerInvariant() is not (".csv" or ".tsv" or ".txt" or ""))
            {
                notes.NotCarried(LciNotes.Shown(part.Name));
                continue;
            }
            try
            {
                files.Add(SimaFile.Read(part, notes));
            }
            catch (UnusableException problem)
            {
                notes.Say(problem.Finding);
            }
            catch (RefusedException problem)
            {
                notes.Say(problem.Finding);
            }
            step?.Invoke();
        }
        var database = new Work(notes).Build(name, files);
        return notes.Reading(database, Format);
    }

    private sealed class Work
    {
        private static readonly HashSet<string> Global = new(StringComparer.Ordinal)
        {
            "Database Input parameters", "Project Input parameters", "Database Calculated parameters",
            "Project Calculated parameters",
        };

        private readonly LciNotes _notes;
        private readonly SimaUnits _sizes;
        private readonly UnitBook _units;
        private readonly FlowBook _book = new();
        private readonly SimaFlows _flows;
        private readonly SimaMethods _methods;
        private int _linked;
        private int _unlinked;

        public Work(LciNotes notes)
        {
            _notes = notes;
            _sizes = new(notes);
            _units = new("simapro", _sizes.Of);
            _flows = new(_book);
            _methods = new(_units, _flows, _book, notes);
        }

        public LciDatabase? Build(string name, List<SimaFile> files)
        {
            foreach (var (file, block) in Blocks(files, "Units")) _sizes.Take(file, block);
            foreach (var list in SimaText.Short)
                foreach (var (_, block) in Blocks(files, list.Key)) _flows.List(list.Value, block);
            Wastes(files);
            var (parameters, wider) = Parameters(files);
            var reader = new SimaProcesses(_units, _flows, _notes);
            var read = new List<SimaProcess>();
            foreach (var (file, block) in Blocks(files, "Process"))
                Try(() => read.AddRange(reader.Read(file, block, wider)));
            var stages = new SimaStages(_units, _flows, _sizes.Of, reader, _notes);
            foreach (var (file, block) in Blocks(files, "Product stage"))
                Try(() => stages.Take(file, block, wider));
            read.AddRange(stages.Processes(Try));
            foreach (var (file, block) in Blocks(files, "Method")) Try(() => _methods.Take(file, block));
            foreach (var block in files.SelectMany(f => f.Blocks).Where(b => b.Name is not ("Process"
                or "Product stage" or "Method" or "Units" or "Quantities") && !Global.Contains(b.Name)
                && !SimaText.Short.ContainsKey(b.Name))) _notes.NotCarried(LciNotes.Shown(block.Name));
            _book.Settle();
            var processes = Processes(read);
            if (processes.IsEmpty && _methods.Methods.Count == 0)
            {
                _notes.Say(Finding.Of("formats.nothing", Severity.Error, null, ("format", Format)));
                return null;
            }
            if (_unlinked > 0)
                _notes.Say(Finding.Of("formats.unlinked", Severity.Info, null, ("count", _unlinked),
                    ("of", _linked + _unlinked)));
            var groups = _units.Groups().ToList();
            return new LciDatabase
            {
                Name = name,
                UnitGroups = [.. groups.Select(g => g.Group)],
                FlowProperties = [.. groups.Select(g => g.Property)],
                Flows = [.. _book.All],
                Processes = processes,
                Categories = [.. _methods.Categories()],
                Methods = [.. _methods.Methods.DistinctBy(m => m.Id)],
                Parameters = parameters,
            };
        }

        private static IEnumerable<(SimaFile File, SimaBlock Block)> Blocks(List<SimaFile> files,
            string name) => files.SelectMany(f => f.Blocks.Where(b => b.Name == name).Select(b => (f, b)));

        private void Try(Action read)
        {
            try
            {
                read();
            }
            catch (UnusableException problem)
            {
                _notes.Say(problem.Finding);
            }
        }

        /// <summary>
        /// Wastes are what treatments take, and what is only ever given to a treatment that is not here.
        /// </summary>
        private void Wastes(List<SimaFile> files)
        {
            var made = new HashSet<string>(StringComparer.Ordinal);
            var given = new HashSet<string>(StringComparer.Ordinal);
            foreach (var section in Blocks(files, "Process")
                .SelectMany(b => b.Block.Sections(SimaText.Process)))
                foreach (var row in section.Rows)
                {
                    if (section.Heading is "Waste treatment" or "Waste scenario") _flows.IsWaste(row[0]);
                    else if (section.Heading is "Waste to treatment" or "Separated waste"
                        or "Remaining waste") given.Add(row[0]);
                    else if (section.Heading == "Products" || SimaText.Linked.Contains(section.Heading))
                        made.Add(row[0]);
                }
            foreach (var section in Blocks(files, "Product stage")
                .SelectMany(b => b.Block.Sections(SimaText.Stage)))
                foreach (var row in section.Rows)
                {
                    if (section.Heading is "Waste scenarios" or "Waste/Disposal scenario") given.Add(row[0]);
                    else if (section.Heading is "Products" or "Materials/assemblies" or "Processes")
                        made.Add(row[0]);
                }
            foreach (var waste in given.Except(made)) _flows.IsWaste(waste);
        }

        private (ImmutableArray<LciParameter> Parameters, ParameterSet Values) Parameters(
            List<SimaFile> files)
        {
            var none = ParameterSet.Of(new Dictionary<string, double>());
            var blocks = files.SelectMany(f => f.Blocks.Where(b => Global.Contains(b.Name))
                .Select(b => (File: f, Block: b))).ToList();
            if (blocks.Count == 0) return ([], none);
            IEnumerable<SimaRow> Rows(string kind) => blocks
                .Where(b => b.Block.Name.EndsWith(kind, StringComparison.Ordinal))
                .SelectMany(b => b.Block.Rows).Where(r => !r.IsEmpty);
            try
            {
                var scope = SimaScope.Of(blocks[0].File, "", Rows("Input parameters"),
                    Rows("Calculated parameters"), null, _notes);
                return ([.. scope.Parameters], scope.Values);
            }
            catch (UnusableException problem)
            {
                _notes.Say(problem.Finding);
                return ([], none);
            }
        }

        private ImmutableArray<LciProcess> Processes(List<SimaProcess> read)
        {
            var sound = new List<SimaProcess>();
            var seen = new Dictionary<string, SimaBlock>(StringComparer.Ordinal);
            foreach (var process in read)
            {
                if (!seen.TryAdd(process.Process.Id, process.Block))
                {
                    _notes.Twice.Add(process.Process.Id);
                    _notes.Say(Finding.Of("formats.duplicate", Severity.Error,
                        new Place(process.Block.File, Row: process.Block.Line),
                        ("file", process.Block.File), ("id", LciNotes.Shown(process.Process.Name)),
                        ("first", $"{seen[process.Process.Id].File}:{seen[process.Process.Id].Line}")));
                }
                else if (process.Process.Exchanges.Select((e, i) => _book.Fault(e, process.Rows[i].Place()))
                    .FirstOrDefault(f => f is not null) is { } fault) _notes.Say(fault);
                else sound.Add(process);
            }
            // Of two that make one product none is chosen.
            var makers = sound.SelectMany(p => p.Process.Exchanges.Where((_, i) =>
                    p.Providers[i].Length == 0 && _book.Find(p.Process.Exchanges[i].Flow)!.Kind
                        != FlowKind.Elementary).Select(e => (e.Flow, p.Process.Id)))
                .GroupBy(m => m.Flow).Where(g => g.Count() == 1)
                .ToDictionary(g => g.Key, g => g.First().Id, StringComparer.Ordinal);
            return [.. sound.Select(p => p.Process with
            {
                Exchanges = [.. p.Process.Exchanges.Select((e, i) => p.Providers[i].Length == 0 ? e
                    : e with { Provider = Linked(makers.GetValueOrDefault(e.Flow, "")) })],
            })];
        }

        private string Linked(string provider)
        {
            if (provider.Length == 0) _unlinked++;
            else _linked++;
            return provider;
        }
    }
}
