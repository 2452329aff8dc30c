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
    public IEnumerable<(long Position, Entry Entry)> StandingEntries(JournalState state) =>
        Journal.EntriesOf(_ => true, state.Position).Where(e => state.ReversedAt(e.Position) == 0);

    /// <summary>Every entry from or to some places that stands, with its position.</summary>
    private IEnumerable<(long Position, Entry Entry)> StandingEntries(
        JournalState state, HashSet<Node> places) =>
        Journal.EntriesOf(s => places.Contains(s.From) || places.Contains(s.To), state.Position)
            .Where(e => state.ReversedAt(e.Position) == 0);

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
        var standing = StandingEntries(state, stocks).ToList();
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
    /// Finds entries of the books that say the same as new ones. Of the books only what is asked for is kept,
    /// and no entry is made of it: what says the same differs in nothing but where it was read.
    /// </summary>
    private sealed class HeldEntries
    {
        private readonly HashSet<(Evidence, Node, Node, string, Amount, string, Period)> _stated;
        private readonly Dictionary<Key, List<HeldRow>> _held = [];
        private readonly Dictionary<(Node, Node, string, string, CalorificBasis, Basis, Facts), int> _shapes =
            [];
        private readonly IReadOnlyList<Evidence> _proofs;

        private readonly record struct Key(int Shape, long Unscaled, byte Scale, long Start, long End);

        /// <summary>Where an entry of the books was read.</summary>
        private readonly record struct HeldRow(long Position, int Evidence, int Row);

        public HeldEntries(Workspace workspace, ImmutableArray<Entry> entries)
        {
            var state = workspace.State();
            var shapes = workspace.Journal.Shapes();
            for (var i = 0; i < shapes.Count; i++)
                _shapes.TryAdd((shapes[i].From, shapes[i].To, shapes[i].Resource, shapes[i].Unit,
                    shapes[i].Calorific, shapes[i].Basis, shapes[i].Facts), i);
            foreach (var entry in entries)
                if (KeyOf(entry) is { } key) _held.TryAdd(key, []);
            _proofs = workspace.Journal.Proofs();
            _stated = [.. workspace.Journal.EntriesOf(s => IsStated(s.Facts), state.Position)
                .Where(e => state.ReversedAt(e.Position) == 0).Select(e => RowOf(e.Entry))];
            if (_held.Count == 0) return;
            var nothingReversed = state.NothingReversed;
            workspace.Journal.Rows(state.Position, entries.Min(e => e.Period.Start).ToUnixTimeSeconds(),
                entries.Max(e => e.Period.End).ToUnixTimeSeconds(), row =>
                {
                    var key = new Key(row.Shape - 1, row.Unscaled, row.Scale, row.Start, row.End);
                    if (_held.TryGetValue(key, out var rows)
                        && (nothingReversed || state.ReversedAt(row.Position) == 0))
                        rows.Add(new HeldRow(row.Position, row.Evidence, row.Row));
                });
        }

        /// <summary>True for the row of a file that stands with a fact which a person added since.</summary>
        public bool IsStatedSince(Entry entry) => _stated.Count > 0 && _stated.Contains(RowOf(entry));

        private static (Evidence, Node, Node, string, Amount, string, Period) RowOf(Entry entry) =>
            (entry.Evidence, entry.From, entry.To, entry.Resource, entry.Amount, entry.Unit, entry.Period);

        private static bool IsStated(Facts facts) =>
            facts.Text.Contains(Entry.StatedBy, StringComparison.Ordinal)
            && facts[Entry.StatedBy] is not null;

        /// <summary>The position of the first entry that says the same, or null.</summary>
        /// <param name="entry">The new one.</param>
        /// <param name="itself">True when one of them was read at the very same place.</param>
        public long? SameAs(Entry entry, out bool itself)
        {
            itself = false;
            if (KeyOf(entry) is not { } key || _held[key] is not [var first, ..] rows) return null;
            itself = rows.Exists(row => ProofOf(row) == entry.Evidence);
            return first.Position;
        }

        private Evidence ProofOf(HeldRow row) => _proofs[row.Evidence - 1] is Evidence.FileRow file
            ? file with { Row = row.Row } : _proofs[row.Evidence - 1];

        private Key? KeyOf(Entry entry) => _shapes.TryGetValue((entry.From, entry.To, entry.Resource,
            entry.Unit, entry.Calorific, entry.Basis, entry.Facts), out var shape)
            && entry.Amount.TryGetStored(out var unscaled, out var scale)
            ? new Key(shape, unscaled, (byte)scale, entry.Period.Start.ToUnixTimeSeconds(),
                entry.Period.End.ToUnixTimeSeconds()) : null;
    }
}
