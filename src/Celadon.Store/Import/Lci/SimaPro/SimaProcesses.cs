using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Celadon.Lca.Modelling;
using Celadon.Lca.WhatIf;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>A process as it was read; providers are still names of products.</summary>
internal sealed record SimaProcess(LciProcess Process, SimaBlock Block, IReadOnlyList<SimaRow> Rows,
    IReadOnlyList<string> Providers);

/// <summary>
/// Reads processes. One with an amount that cannot be worked out is left out whole, and said.
/// </summary>
internal sealed class SimaProcesses(UnitBook units, SimaFlows flows, LciNotes notes)
{
    private const double ShareTolerance = 0.1;

    private int _exchanges;

    /// <summary>The waste types that a waste scenario tells apart, by what the scenario is called.</summary>
    public Dictionary<string, IReadOnlyList<string>> Scenarios { get; } = new(StringComparer.Ordinal);

    /// <summary>What kind of waste a product becomes, by its name; one a process that makes it.</summary>
    public Dictionary<string, List<string>> WasteTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a block: a process, or a waste scenario, which is one a waste type.</summary>
    /// <exception cref="UnusableException">With what stands in the way.</exception>
    public IReadOnlyList<SimaProcess> Read(SimaFile file, SimaBlock block, ParameterSet wider)
    {
        var sections = block.Known(SimaText.Process);
        List<SimaRow> Rows(string heading) => [.. sections.Where(s => s.Heading == heading)
            .SelectMany(s => s.Rows)];
        string Text(string heading) => sections.Find(s => s.Heading == heading)?.Text.Trim() ?? "";
        var made = Rows("Products").Concat(Rows("Waste treatment")).Concat(Rows("Waste scenario")).ToList();
        if (made.Count == 0)
            throw new UnusableException(Finding.Of("formats.noReference", Severity.Error,
                new Place(block.File, Row: block.Line), ("file", block.File),
                ("name", LciNotes.Shown(Text("Process name")))));
        var identifier = Text("Process identifier") is { Length: > 0 } own ? own : made[0][0];
        var extra = Extra(sections, Text("Comment"));
        if (Rows("Waste scenario").Count == 0)
        {
            foreach (var heading in (string[])["Separated waste", "Remaining waste"])
                notes.NotCarried(heading, Rows(heading).Count);
            return [One(NamedId.Of("simapro", "process", identifier), made[0][0], null)];
        }
        var scenario = new SimaScenario(made, Rows("Separated waste"), Rows("Remaining waste"));
        Scenarios[made[0].Name()] = scenario.Types;
        if (scenario.Types.Count > 0)
            notes.Say(Finding.Of("formats.wasteTypes", Severity.Info, made[0].Place(),
                ("name", LciNotes.Shown(made[0][0])), ("count", scenario.Types.Count + 1)));
        return [.. scenario.Parts.Select(part => One(part.IsAlone
            ? NamedId.Of("simapro", "process", identifier)
            : NamedId.Of("simapro", "process", identifier, part.Type), part.Name, part))];

        SimaProcess One(string id, string name, SimaScenario.Part? part)
        {
            var scope = SimaScope.Of(file, id, Rows("Input parameters"), Rows("Calculated parameters"),
                wider, notes);
            var read = new SimaExchanges(units, flows, scope, notes, Count);
            foreach (var row in Rows("Products"))
            {
                read.Product(row, isWaste: false);
                if (!WasteTypes.TryGetValue(row[0], out var types)) WasteTypes[row[0]] = types = [];
                types.Add(row[4]);
            }
            foreach (var row in Rows("Waste treatment")) read.Product(row, isWaste: true);
            if (part is not null) read.Scenario(part);
            foreach (var section in sections)
            {
                if (SimaText.Linked.Contains(section.Heading))
                    foreach (var row in section.Rows) read.Linked(row, section.Heading);
                else if (SimaText.Compartments.TryGetValue(section.Heading, out var compartment))
                    foreach (var row in section.Rows) read.Elementary(row, compartment);
            }
            var shares = Shares(file, Rows("Products"), scope, read.All);
            return new SimaProcess(new LciProcess
            {
                Id = id,
                Name = name,
                Category = made[0][Rows("Products").Count > 0 ? 5 : 4].Replace('\\', '/'),
                IsResult = Text("Type") == "System",
                Reference = 1,
                Exchanges = [.. read.All],
                Allocation = shares.IsEmpty ? null : AllocationRule.Stated,
                AllocationFactors = shares,
                Parameters = [.. scope.Parameters],
                Extra = extra,
            }, block, read.Rows, read.Providers);
        }
    }

    /// <summary>Counts an exchange.</summary>
    /// <exception cref="UnusableException">There are too many.</exception>
    public void Count(SimaRow row)
    {
        if (++_exchanges > notes.Limits.Exchanges)
            throw new UnusableException(Finding.Of("formats.tooMany", Severity.Error, row.Place(),
                ("most", notes.Limits.Exchanges)));
    }

    /// <summary>The stated shares of several products, which must come to a whole.</summary>
    private static ImmutableArray<LciAllocationFactor> Shares(SimaFile file, List<SimaRow> products,
        SimaScope scope, IReadOnlyList<LciExchange> exchanges)
    {
        if (products.Count < 2)
            return products is not [var one] || one[3].Trim().Length == 0
                || Math.Abs(scope.Amount(one, "allocation", one[3]).Value - 100) <= ShareTolerance ? []
                : throw one.Wrong("allocation", one[3]);
        var stated = products.Select(r => scope.Amount(r, "allocation", r[3])).ToList();
        var percents = stated.Select(s => s.Value).ToList();
        var sum = percents.Sum();
        if (Math.Abs(sum - 100) > ShareTolerance || percents.Exists(p => p < 0))
            throw products[0].Wrong("allocation",
                string.Join(" + ", products.Select(r => file.Pointed(r[3]))));
        var texts = stated.Select(s => s.Formula.Length > 0 ? $"({s.Formula})" : Doubles.Write(s.Value))
            .ToList();
        // Where one changes with a parameter, the others keep their part of what is left to a whole.
        var whole = stated.TrueForAll(s => s.Formula.Length == 0) ? "" : string.Join('+', texts);
        return [.. percents.Select((p, i) => new LciAllocationFactor(AllocationRule.Stated,
            exchanges[i].Flow, null, p / sum, whole.Length == 0 ? "" : $"{texts[i]}/({whole})"))];
    }

    private string Extra(List<SimaSection> sections, string comment)
    {
        var documentation = new JsonObject();
        foreach (var section in sections)
        {
            var text = section.Text.Trim();
            if (text.Length == 0 || !SimaText.Documentation.TryGetValue(section.Heading, out var to)
                || to == "-") continue;
            if (to.Length == 0) notes.NotCarried(section.Heading);
            else documentation.With(to, text);
        }
        return new JsonObject().With("description", comment).With("processDocumentation", documentation)
            .Written();
    }
}
