using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import;
using Celadon.Text;

namespace Celadon.Store;

public sealed partial class Workspace
{
    /// <summary>Every entry that stands, with its position.</summary>
    public IEnumerable<(long Position, Entry Entry)> StandingEntries(JournalState state)
    {
        const int page = 5000;
        for (long first = 1; first <= state.Position; first += page)
        {
            foreach (var record in Journal.Range(first, first + page - 1, page))
                if (record.Body is EntryRecord { Entry: var entry } && state.ReversedAt(record.Position) == 0)
                    yield return (record.Position, entry);
        }
    }

    /// <summary>
    /// What is burned between stock counts follows from the entries: derived anew when an import brings a
    /// count or a movement of a stock that names its consumer. A derived entry that no longer holds is taken
    /// back.
    /// </summary>
    private NewInPlan WithBalances(NewInPlan fresh, ImportPlan plan)
    {
        var state = State();
        var registers = RegisterSet.From(state.Standing<RegisterRecord>()
            .Concat(plan.Registers.Select(r => (long.MaxValue, r))));
        var stocks = Consumed(registers);
        if (!fresh.Registers.Any(r => r.Type is "stock" or "site")
            && !fresh.Entries.Any(e => stocks.Contains(e.From) || stocks.Contains(e.To))) return fresh;
        var balances = Balances(state, registers, fresh.Entries);
        return fresh with
        {
            Entries = [.. fresh.Entries, .. balances.Entries],
            Findings = [.. fresh.Findings, .. balances.Findings],
            Reversals = balances.Reversals,
        };
    }

    /// <summary>
    /// What derived entries come and go when the books stand as a state says, with entries that are new.
    /// </summary>
    private (ImmutableArray<Entry> Entries, ImmutableArray<ReversalRecord> Reversals,
        ImmutableArray<Finding> Findings)
        Balances(JournalState state, RegisterSet registers, IEnumerable<Entry> fresh)
    {
        var stocks = Consumed(registers);
        if (stocks.Count == 0) return ([], [], []);
        var standing = StandingEntries(state)
            .Where(e => stocks.Contains(e.Entry.From) || stocks.Contains(e.Entry.To)).ToList();
        var derived = standing.Where(e => e.Entry.Facts["rule"] == StockBalance.Rule).ToList();
        var entries = ImmutableArray.CreateBuilder<Entry>();
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var holding = new HashSet<long>();
        foreach (var (stock, period, balance, entry) in StockBalance.Derive(
            [.. standing.Select(s => s.Entry), .. fresh], registers))
        {
            if (entry is null)
                findings.Add(Finding.Of("stock.negative", Severity.Warning, null, ("stock", stock.Id),
                    ("period", period), ("balance", balance)));
            else if (derived.Find(d => d.Entry == entry) is { Position: > 0 } known)
                holding.Add(known.Position);
            else entries.Add(entry);
        }
        return (entries.ToImmutable(), [.. derived.Where(d => !holding.Contains(d.Position))
            .Select(d => new ReversalRecord(d.Position, StockBalance.Rule, ""))], findings.ToImmutable());
    }

    private static HashSet<Node> Consumed(RegisterSet registers) => [.. registers.Of<Stock>()
        .Where(s => s.Consumer is not null).Select(s => new Node(NodeKind.Stock, s.Id))];

    /// <summary>
    /// Finds entries that say the same as new ones, without reading the whole journal into objects.
    /// </summary>
    private sealed class HeldEntries
    {
        private readonly Workspace _workspace;
        private readonly HashSet<(Evidence, Node, Node, string, Amount, string, Period)> _stated;
        private readonly Dictionary<(int Shape, long Unscaled, byte Scale, long Start, long End),
            List<long>> _held = [];
        private readonly Dictionary<(Node, Node, string, string, CalorificBasis, Basis, Facts), int> _shapes =
            [];

        public HeldEntries(Workspace workspace, ImmutableArray<Entry> entries)
        {
            _workspace = workspace;
            var state = workspace.State();
            var (rows, shapes) = workspace.Journal.Entries(state.Position,
                entries.Min(e => e.Period.Start).ToUnixTimeSeconds(),
                entries.Max(e => e.Period.End).ToUnixTimeSeconds(), CancellationToken.None);
            for (var i = 0; i < shapes.Length; i++)
                _shapes[(shapes[i].From, shapes[i].To, shapes[i].Resource, shapes[i].Unit,
                    shapes[i].Calorific,
                    shapes[i].Basis, shapes[i].Facts)] = i;
            var nothingReversed = state.NothingReversed;
            var stated = new List<long>();
            for (var row = 0; row < rows.Position.Count; row++)
            {
                if (!nothingReversed && state.ReversedAt(rows.Position[row]) != 0) continue;
                if (shapes[rows.Shape[row]].Facts[Entry.StatedBy] is not null) stated.Add(rows.Position[row]);
                var key = (rows.Shape[row], rows.Unscaled[row], rows.Scale[row], rows.Start[row],
                    rows.End[row]);
                if (!_held.TryGetValue(key, out var positions)) _held[key] = positions = new List<long>(1);
                positions.Add(rows.Position[row]);
            }
            _stated = stated.Count == 0 ? [] : [.. workspace.Journal.RecordsAt(stated)
                .Select(r => RowOf(((EntryRecord)r.Body).Entry))];
        }

        /// <summary>True for the row of a file that stands with a fact which a person added since.</summary>
        public bool IsStatedSince(Entry entry) => _stated.Count > 0 && _stated.Contains(RowOf(entry));

        private static (Evidence, Node, Node, string, Amount, string, Period) RowOf(Entry entry) =>
            (entry.Evidence, entry.From, entry.To, entry.Resource, entry.Amount, entry.Unit, entry.Period);

        public IEnumerable<(long Position, Entry Entry)> SameAs(Entry entry)
        {
            if (!_shapes.TryGetValue((entry.From, entry.To, entry.Resource, entry.Unit, entry.Calorific,
                entry.Basis,
                    entry.Facts), out var shape)
                        || !entry.Amount.TryGetStored(out var unscaled, out var scale)
                || !_held.TryGetValue((shape, unscaled, (byte)scale, entry.Period.Start.ToUnixTimeSeconds(),
                    entry.Period.End.ToUnixTimeSeconds()), out var positions)) return [];
            return _workspace.Journal.RecordsAt(positions)
                .Select(r => (r.Position, ((EntryRecord)r.Body).Entry));
        }
    }
}
