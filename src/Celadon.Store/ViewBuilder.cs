using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Journal;

namespace Celadon.Store;

/// <summary>
/// Makes the columns of a view from the rows of the journal, with what was taken back applied.
/// </summary>
internal static class ViewBuilder
{
    /// <summary>
    /// The rows with reversals applied: a reversed entry and its reversal both drop out, unless a month it
    /// touches was closed in between; then both stay, the reversal as a row of its own with the amount
    /// negated.
    /// </summary>
    public static EntryColumns Columns(RawEntries rows, FlowShape[] shapes, JournalState state,
        RegisterSet registers)
    {
        if (state.NothingReversed) return Plain(rows);
        var closings = new ClosedMonths(state, registers, shapes);
        var kept = new List<int>(rows.Position.Count);
        var reversals = new List<(int Row, long At)>();
        for (var row = 0; row < rows.Position.Count; row++)
        {
            var at = state.ReversedAt(rows.Position[row]);
            if (at == 0)
            {
                kept.Add(row);
                continue;
            }
            if (!closings.AnyBetween(rows.Shape[row], rows.Start[row], rows.End[row], rows.Position[row], at))
                continue;
            kept.Add(row);
            reversals.Add((row, at));
        }
        return Compose(rows, kept, reversals);
    }

    private static EntryColumns Plain(RawEntries rows) => new()
    {
        Position = [.. rows.Position],
        Shape = [.. rows.Shape],
        Unscaled = [.. rows.Unscaled],
        Scale = [.. rows.Scale],
        Start = [.. rows.Start],
        End = [.. rows.End],
        Reverses = new long[rows.Position.Count],
    };

    private static EntryColumns Compose(RawEntries rows, List<int> kept, List<(int Row, long At)> reversals)
    {
        var all = kept.Select(row => (Row: row, Position: rows.Position[row], Reverses: 0L))
            .Concat(reversals.Select(r => (r.Row, Position: r.At, Reverses: rows.Position[r.Row])))
            .OrderBy(r => r.Position).ThenBy(r => r.Reverses).ToArray();
        return new EntryColumns
        {
            Position = [.. all.Select(r => r.Position)],
            Shape = [.. all.Select(r => rows.Shape[r.Row])],
            Unscaled = [.. all.Select(r => r.Reverses == 0 ? rows.Unscaled[r.Row] : -rows.Unscaled[r.Row])],
            Scale = [.. all.Select(r => rows.Scale[r.Row])],
            Start = [.. all.Select(r => rows.Start[r.Row])],
            End = [.. all.Select(r => rows.End[r.Row])],
            Reverses = [.. all.Select(r => r.Reverses)],
        };
    }

    /// <summary>Which months of which sites were closed where in the journal.</summary>
    private sealed class ClosedMonths
    {
        private readonly Dictionary<string,
            List<(long Start, long End, long Position)>> _bySite = new(StringComparer.Ordinal);
        private readonly string[] _siteOfShape;

        public ClosedMonths(JournalState state, RegisterSet registers, FlowShape[] shapes)
        {
            foreach (var closing in state.Closings())
            {
                if (registers.Find<Site>(closing.Closing.Site) is not { } site) continue;
                var month = SiteZone.Get(site.Zone).Month(closing.Closing.Month);
                if (!_bySite.TryGetValue(site.Id, out var list)) _bySite[site.Id] = list = [];
                list.Add((month.Start.ToUnixTimeSeconds(), month.End.ToUnixTimeSeconds(), closing.Position));
            }
            _siteOfShape = [.. shapes.Select(s =>
                (registers.SiteOf(s.To) ?? registers.SiteOf(s.From))?.Id ?? "")];
        }

        public bool AnyBetween(int shape, long start, long end, long after, long before) =>
            _bySite.TryGetValue(_siteOfShape[shape], out var months)
            && months.Exists(m => start < m.End && end > m.Start && m.Position > after
                && m.Position < before);
    }
}
