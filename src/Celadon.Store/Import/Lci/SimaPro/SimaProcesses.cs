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

    /// <summary>Reads a block: a process, or a waste scenario, which is one a waste type.</summary>
    /// <exception cref="UnusableException">With what stands in the way.</exception>
    public IReadOnlyList<SimaProcess> Read(SimaFile file, SimaBlock block, ParameterSet wider)
    {
        var sections = block.Sections(SimaText.Process);
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
            var read = new Exchanges(units, flows, scope, notes, Count);
            foreach (var row in Rows("Products")) read.Product(row, isWaste: false);
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

    private void Count(SimaRow row)
    {
        if (++_exchanges > notes.Limits.Exchanges)
            throw new UnusableException(Finding.Of("formats.tooMany", Severity.Error, row.Place(),
                ("most", notes.Limits.Exchanges)));
    }

    /// <summary>The stated shares of several products, which must come to a whole.</summary>
    private static ImmutableArray<LciAllocationFactor> Shares(SimaFile file, List<SimaRow> products,
        SimaScope scope, IReadOnlyList<LciExchange> exchanges)
    {
        if (products.Count < 2) return [];
        var percents = products.Select(r => scope.Amount(r, "allocation", r[3]).Value).ToList();
        var sum = percents.Sum();
        if (Math.Abs(sum - 100) > ShareTolerance || percents.Exists(p => p < 0))
            throw products[0].Wrong("allocation",
                string.Join(" + ", products.Select(r => file.Pointed(r[3]))));
        return [.. percents.Select((p, i) => new LciAllocationFactor(AllocationRule.Stated,
            exchanges[i].Flow, null, p / sum, ""))];
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

    /// <summary>The exchanges of one process.</summary>
    private sealed class Exchanges(UnitBook units, SimaFlows flows, SimaScope scope, LciNotes notes,
        Action<SimaRow> count)
    {
        private readonly List<LciExchange> _all = [];

        public IReadOnlyList<LciExchange> All => _all;

        public List<SimaRow> Rows { get; } = [];

        public List<string> Providers { get; } = [];

        /// <summary>name; unit; amount; …</summary>
        public void Product(SimaRow row, bool isWaste)
        {
            var unit = Unit(row, 1);
            var (amount, formula) = scope.Amount(row, "amount", row[2]);
            if (amount == 0 || (amount < 0 && !isWaste)) throw row.Wrong("amount", row[2]);
            // A treatment of −1 is one whose waste was counted as an output: it takes 1.
            if (amount < 0) (amount, formula) = (-amount, formula.Length == 0 ? "" : $"-({formula})");
            Add(row, flows.Product(row[0], unit, isMaker: true), unit, amount, formula, isInput: isWaste,
                comment: row[isWaste ? 5 : 6]);
        }

        /// <summary>
        /// The waste that a scenario takes, and what of it goes to which treatment, in the unit of the
        /// scenario.
        /// </summary>
        public void Scenario(SimaScenario.Part part)
        {
            var unit = Unit(part.Head, 1);
            var (amount, formula) = scope.Amount(part.Head, "amount", part.Head[2]);
            if (amount <= 0) throw part.Head.Wrong("amount", part.Head[2]);
            if (formula.Length > 0) notes.NotCarried("Waste scenario: formula");
            flows.IsWaste(part.Name);
            Add(part.Head, flows.Product(part.Name, unit, isMaker: true), unit, amount, "", isInput: true,
                comment: part.Head[5]);
            var shares = part.Shares(row =>
            {
                var (percent, text) = scope.Amount(row, "percentage", row[2]);
                if (text.Length > 0) notes.NotCarried("Waste scenario: formula");
                return percent;
            });
            foreach (var (row, share) in shares)
            {
                var flow = flows.Product(row[0], unit, isMaker: false);
                Add(row, flow, unit, amount * share, "", isInput: flow.Kind == FlowKind.Product,
                    comment: row[3], provider: row[0]);
            }
        }

        /// <summary>name; unit; amount; distribution and its numbers; comment.</summary>
        public void Linked(SimaRow row, string heading)
        {
            var unit = Unit(row, 1);
            var (amount, formula) = scope.Amount(row, "amount", row[2]);
            var flow = flows.Product(row[0], unit, isMaker: false);
            var isAvoided = heading == "Avoided products";
            Add(row, flow, unit, amount, formula, isInput: flow.Kind == FlowKind.Product, comment: row[7],
                provider: row[0], at: 3, isAvoided);
        }

        /// <summary>name; subcompartment; unit; amount; distribution and its numbers; comment.</summary>
        public void Elementary(SimaRow row, string compartment)
        {
            var unit = Unit(row, 2);
            var (amount, formula) = scope.Amount(row, "amount", row[3]);
            Add(row, flows.Elementary(compartment, row[1], row[0], unit), unit, amount, formula,
                isInput: compartment == "Resources", comment: row[8], at: 4);
        }

        private void Add(SimaRow row, LciFlow flow, UnitBook.Entry unit, double amount, string formula,
            bool isInput, string comment, string provider = "", int at = -1, bool isAvoided = false)
        {
            count(row);
            _all.Add(new LciExchange
            {
                Id = _all.Count + 1,
                Flow = flow.Id,
                Unit = unit.Id,
                Property = unit.Property,
                Amount = amount,
                IsInput = isInput,
                IsAvoided = isAvoided,
                Formula = formula,
                Uncertainty = at < 0 ? default : scope.Spread(row, at, amount),
                Extra = SimaText.Described(comment),
            });
            Rows.Add(row);
            Providers.Add(provider);
            // Beyond the comment: the platform's identifier of the substance.
            if (at == 4 && row[9].Length > 0) notes.NotCarried("PlatformId");
        }

        private UnitBook.Entry Unit(SimaRow row, int at) => row[at].Length > 0 ? units.Of(row[at])
            : throw new UnusableException(Finding.Of("formats.missing", Severity.Error, row.Place(),
                ("file", row.File), ("line", row.Line), ("what", "unit")));
    }
}
