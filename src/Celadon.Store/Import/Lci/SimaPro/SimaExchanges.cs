using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>The exchanges of one process or product stage.</summary>
internal sealed class SimaExchanges(UnitBook units, SimaFlows flows, SimaScope scope, LciNotes notes,
    Action<SimaRow> count)
{
    private readonly List<LciExchange> _all = [];

    public IReadOnlyList<LciExchange> All => _all;

    public List<SimaRow> Rows { get; } = [];

    public List<string> Providers { get; } = [];

    /// <summary>name; unit; amount; …</summary>
    public void Product(SimaRow row, bool isWaste, int comment = 6)
    {
        var unit = Unit(row, 1);
        var (amount, formula) = scope.Amount(row, "amount", row[2]);
        if (amount == 0 || (amount < 0 && !isWaste)) throw row.Wrong("amount", row[2]);
        // A treatment of −1 is one whose waste was counted as an output: it takes 1.
        if (amount < 0) (amount, formula) = (-amount, formula.Length == 0 ? "" : $"-({formula})");
        Add(row, flows.Product(row[0], unit, isMaker: true), unit, amount, formula, isInput: isWaste,
            comment: row[isWaste ? 5 : comment]);
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
        flows.IsWaste(part.Name);
        Add(part.Head, flows.Product(part.Name, unit, isMaker: true), unit, amount, formula, isInput: true,
            comment: part.Head[5]);
        var whole = formula.Length > 0 ? formula : Doubles.Write(amount);
        foreach (var share in part.Shares(row => scope.Amount(row, "percentage", row[2])))
        {
            var flow = flows.Product(share.Row[0], unit, isMaker: false);
            Add(share.Row, flow, unit, amount * share.Value, formula.Length + share.Formula.Length == 0 ? ""
                : $"({whole})*{(share.Formula.Length > 0 ? share.Formula : Doubles.Write(share.Value))}",
                isInput: flow.Kind == FlowKind.Product, comment: share.Row[3], provider: share.Row[0]);
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

    /// <summary>Waste that was worked out, in kilograms, with the scenario that takes it.</summary>
    public void Given(SimaRow row, string waste, double amount)
    {
        var unit = units.Of("kg");
        var flow = flows.Product(waste, unit, isMaker: false);
        Add(row, flow, unit, amount, "", isInput: flow.Kind == FlowKind.Product, comment: row[7],
            provider: waste);
    }

    /// <summary>An input whose amount was worked out.</summary>
    public void Input(SimaRow row, string product, string unit, double amount)
    {
        var own = units.Of(unit);
        Add(row, flows.Product(product, own, isMaker: false), own, amount, "", isInput: true,
            comment: row[7], provider: product);
    }

    private void Add(SimaRow row, LciFlow flow, UnitBook.Entry unit, double amount, string formula,
        bool isInput, string comment, string provider = "", int at = -1, bool isAvoided = false)
    {
        count(row);
        row.Name();
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
