using Celadon.Lca.WhatIf;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>
/// Reads product stages as processes. An assembly takes materials, other assemblies and processes. A life
/// cycle takes an assembly, processes and other life cycles, and gives what the assembly is made of to a
/// waste scenario, or to the disposal scenario of that assembly. The rows name no amount of waste: it is the
/// mass of the materials, sorted by the waste type of the process that makes them ("Introduction to LCA with
/// SimaPro", PRé 2016, chapter 7). What a disassembly separates and a reuse saves is nowhere stated: such a
/// stage, and one that needs it, is left out whole and said.
/// </summary>
internal sealed class SimaStages(UnitBook units, SimaFlows flows, Func<string, UnitSize> sizes,
    SimaProcesses processes, LciNotes notes)
{
    /// <summary>How far percentages may be from a whole, in percent.</summary>
    private const double Tolerance = 0.1;

    private const string AllTypes = "All waste types";

    private readonly Dictionary<string, List<Stage>> _stages = new(StringComparer.Ordinal);

    /// <summary>A stage; what it makes stands in its head: name; unit; amount; category; comment.</summary>
    private sealed record Stage(string Kind, SimaBlock Block, SimaRow Head, double Amount, SimaScope Scope,
        IReadOnlyList<SimaSection> Sections)
    {
        public List<SimaRow> Rows(string heading) =>
            [.. Sections.Where(s => s.Heading == heading).SelectMany(s => s.Rows)];
    }

    /// <summary>Takes a block.</summary>
    /// <exception cref="UnusableException">It makes nothing, or an amount cannot be worked out.</exception>
    public void Take(SimaFile file, SimaBlock block, ParameterSet wider)
    {
        var sections = block.Known(SimaText.Stage);
        List<SimaRow> Rows(string heading) => [.. sections.Where(s => s.Heading == heading)
            .SelectMany(s => s.Rows)];
        var kind = sections.Find(s => s.Heading == "Category type")?.Text.Trim() ?? "";
        if (Rows("Products") is not [var head, .. var more])
            throw new UnusableException(Finding.Of("formats.noReference", Severity.Error,
                new Place(block.File, Row: block.Line), ("file", block.File),
                ("name", LciNotes.Shown(kind))));
        if (more.Count > 0) throw more[0].Wrong("Products", more[0][0]);
        var scope = SimaScope.Of(file, NamedId.Of("simapro", "stage", kind, head.Name()),
            Rows("Input parameters"), Rows("Calculated parameters"), wider, notes);
        var amount = scope.Amount(head, "amount", head[2]).Value;
        if (amount <= 0) throw head.Wrong("amount", head[2]);
        if (!_stages.TryGetValue(head[0], out var own)) _stages[head[0]] = own = [];
        own.Add(new(kind, block, head, amount, scope, sections));
    }

    /// <summary>The stages as processes; one that cannot be is said and left out.</summary>
    /// <param name="attempt">Runs something and notes what makes a data set unusable.</param>
    public List<SimaProcess> Processes(Action<Action> attempt)
    {
        var made = new List<SimaProcess>();
        foreach (var stage in _stages.Values.SelectMany(s => s)) attempt(() => made.Add(Process(stage)));
        return made;
    }

    private SimaProcess Process(Stage stage)
    {
        var read = new SimaExchanges(units, flows, stage.Scope, notes, processes.Count);
        read.Product(stage.Head, isWaste: false, comment: 4);
        foreach (var heading in (string[])["Assembly", "Materials/assemblies", "Processes",
            "Additional life cycles"])
            foreach (var row in stage.Rows(heading)) read.Linked(row, heading);
        switch (stage.Kind)
        {
            case "assembly":
                break;
            case "life cycle":
                foreach (var row in stage.Rows("Waste/Disposal scenario")) EndOfLife(stage, row, read);
                break;
            case "disposal scenario":
                Disposal(stage, read);
                break;
            default:
                throw Left("formats.stage.kind", stage, stage.Head);
        }
        return new SimaProcess(new LciProcess
        {
            Id = NamedId.Of("simapro", "stage", stage.Kind, stage.Head[0]),
            Name = stage.Head[0],
            Category = stage.Head[3].Replace('\\', '/'),
            Reference = 1,
            Exchanges = [.. read.All],
            Parameters = [.. stage.Scope.Parameters],
            Extra = SimaText.Described(stage.Head[4]),
        }, stage.Block, read.Rows, read.Providers);
    }

    /// <summary>What becomes of the assembly of a life cycle.</summary>
    private void EndOfLife(Stage stage, SimaRow row, SimaExchanges read)
    {
        if (stage.Rows("Assembly") is not [var assembly])
            throw new UnusableException(Finding.Of("formats.missing", Severity.Error, row.Place(),
                ("file", row.File), ("line", row.Line), ("what", "Assembly")));
        var amount = stage.Scope.Amount(assembly, "amount", assembly[2]).Value;
        if (Named(stage, row) is not { } disposal)
        {
            Give(row, row[0], Materials(stage, assembly, []), 1, read);
            return;
        }
        if (disposal.Kind != "disposal scenario") throw Left("formats.stage.kind", stage, disposal.Head);
        if (disposal.Rows("Reference assembly") is not [var treated] || treated[0] != assembly[0])
            throw Left("formats.stage.reference", stage, row);
        var per = disposal.Scope.Amount(treated, "amount", treated[2]).Value;
        if (per <= 0 || sizes(assembly[1]).Over(sizes(treated[1])) is not { } ratio)
            throw treated.Wrong("Reference assembly", treated[2]);
        read.Input(row, disposal.Head[0], disposal.Head[1], amount * ratio / per * disposal.Amount);
    }

    /// <summary>The percentages of the assembly that go to waste scenarios, a whole together.</summary>
    private void Disposal(Stage stage, SimaExchanges read)
    {
        foreach (var heading in (string[])["Disassemblies", "Reuses"])
            if (stage.Rows(heading) is [var row, ..]) throw Left("formats.stage.kind", stage, row);
        var shares = stage.Rows("Waste scenarios");
        if (stage.Rows("Reference assembly") is not [var assembly])
            throw Left("formats.stage.reference", stage, stage.Head);
        var materials = Materials(stage, assembly, []);
        var sum = 0.0;
        foreach (var row in shares)
        {
            if (row[1] != "%") throw row.Wrong("unit", row[1]);
            var (percent, formula) = stage.Scope.Amount(row, "percentage", row[2]);
            if (percent < 0) throw row.Wrong("percentage", row[2]);
            if (formula.Length > 0) notes.NotCarried("Product stage: formula");
            sum += percent;
            Give(row, row[0], materials, percent / 100, read);
        }
        if (Math.Abs(sum - 100) > Tolerance)
            throw stage.Head.Wrong("Waste scenarios", Doubles.Write(sum) + " %");
    }

    /// <summary>Gives a share of materials to a waste scenario, by type where it tells types apart.</summary>
    private void Give(SimaRow row, string scenario, Dictionary<string, double> materials, double share,
        SimaExchanges read)
    {
        var types = processes.Scenarios.GetValueOrDefault(scenario) ?? [];
        foreach (var waste in materials.GroupBy(m => types.Count == 0 ? scenario
            : $"{scenario} · {(types.Contains(m.Key, StringComparer.Ordinal) ? m.Key : AllTypes)}"))
            if (waste.Sum(m => m.Value) * share is > 0 and var mass) read.Given(row, waste.Key, mass);
    }

    /// <summary>Kilograms by waste type that the amount of an assembly in a row is made of.</summary>
    private Dictionary<string, double> Materials(Stage user, SimaRow row, HashSet<string> above)
    {
        if (Named(user, row) is not { Kind: "assembly" } assembly)
            throw Left("formats.stage.reference", user, row);
        if (!above.Add(row[0])) throw Left("formats.stage.circle", user, row);
        var (amount, formula) = user.Scope.Amount(row, "amount", row[2]);
        if (amount < 0) throw row.Wrong("amount", row[2]);
        if (formula.Length > 0) notes.NotCarried("Product stage: formula");
        if (sizes(row[1]).Over(sizes(assembly.Head[1])) is not { } ratio) throw row.Wrong("unit", row[1]);
        var all = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var part in assembly.Rows("Materials/assemblies"))
            foreach (var (type, mass) in Named(assembly, part) is not null
                ? Materials(assembly, part, above) : Material(assembly, part))
                all[type] = all.GetValueOrDefault(type) + (mass * amount * ratio / assembly.Amount);
        above.Remove(row[0]);
        return all;
    }

    private Dictionary<string, double> Material(Stage assembly, SimaRow row)
    {
        if (processes.WasteTypes.GetValueOrDefault(row[0]) is not [var type])
            throw Left(processes.WasteTypes.ContainsKey(row[0]) ? "formats.stage.several"
                : "formats.stage.reference", assembly, row);
        var (amount, formula) = assembly.Scope.Amount(row, "amount", row[2]);
        if (formula.Length > 0) notes.NotCarried("Product stage: formula");
        return sizes(row[1]).Over(sizes("kg")) is { } kilograms
            ? new(StringComparer.Ordinal) { [type] = amount * kilograms }
            : throw Left("formats.stage.mass", assembly, row);
    }

    /// <summary>The stage that a row names; null where none has that name.</summary>
    private Stage? Named(Stage user, SimaRow row) => !_stages.TryGetValue(row[0], out var found) ? null
        : found.Count == 1 && !processes.WasteTypes.ContainsKey(row[0]) ? found[0]
            : throw Left("formats.stage.several", user, row);

    /// <summary>A stage that the format does not say enough about, at the row where that shows.</summary>
    private static UnusableException Left(string code, Stage stage, SimaRow row) => new(Finding.Of(code,
        Severity.Warning, row.Place(), ("file", row.File), ("line", row.Line),
        ("name", LciNotes.Shown(stage.Head[0])), ("other", LciNotes.Shown(row[0])),
        ("kind", LciNotes.Shown(stage.Kind)), ("unit", LciNotes.Shown(row[1]))));
}
