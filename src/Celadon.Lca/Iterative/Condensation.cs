using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Celadon.Lca.Iterative;

/// <summary>
/// Takes processes out of a loop by Gaussian elimination where that adds no entries to the equations,
/// or few: one with a single supplier or a single user in the loop, mostly. What is left is a core of hubs,
/// a fifth of the loop with six tenths of its entries; only the core is swept, the others follow from it in
/// one pass. Exact algebra: on loops that contract every pivot is positive and nothing cancels.
/// </summary>
internal sealed class Condensation
{
    /// <summary>Nothing is eliminated that takes more than this of itself.</summary>
    private const double MostOfItself = 0.9;

    /// <summary>What a process must at least leave of its own product for sweeps to make sense.</summary>
    private const double LeastLeft = 1e-6;

    /// <summary>Eliminations that add more entries than this are left to the sweeps.</summary>
    private const int MostFill = 6;

    private const int NotHere = -1;

    private readonly SweepMatrix _matrix;
    private readonly List<Term>[] _rows;
    private readonly List<int>[] _users;
    private readonly int[] _userCount;
    private readonly double[] _ofItself;
    private readonly bool[] _isOut;
    private readonly int[] _at;
    private readonly List<Term>[] _given;
    private readonly PriorityQueue<int, (long Fill, int Place)> _waiting = new();

    private Condensation(SweepMatrix matrix)
    {
        var n = matrix.Size;
        (_matrix, _rows, _users) = (matrix, new List<Term>[n], new List<int>[n]);
        (_userCount, _ofItself, _at) = (new int[n], new double[n], new int[n]);
        (_isOut, _given) = (new bool[n], new List<Term>[n]);
        Array.Fill(_at, NotHere);
    }

    /// <summary>The same equations with the loops condensed; positions are renumbered.</summary>
    public static SweepMatrix Of(SweepMatrix matrix)
    {
        var work = new Condensation(matrix);
        var (zones, folds, place) = (new List<Zone>(), new List<Fold>(), new int[matrix.Size]);
        for (var k = 0; k < place.Length; k++) place[k] = k;
        foreach (var zone in matrix.Zones)
        {
            if (!zone.IsLoop)
            {
                zones.Add(zone);
                continue;
            }
            var kept = work.Condense(zone, place);
            if (kept > zone.Begin) zones.Add(new Zone(zone.Begin, kept, kept - zone.Begin > 1));
            if (zone.End > kept) zones.Add(new Zone(kept, zone.End, false));
            folds.Add(new Fold(zone.Begin, kept, zone.End));
        }
        return work.Finish(zones, folds, place);
    }

    /// <summary>Condenses one loop; returns the position before which the core ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Condense(Zone zone, int[] place)
    {
        for (var k = zone.Begin; k < zone.End; k++) _users[k] = [];
        for (var k = zone.Begin; k < zone.End; k++)
        {
            _rows[k] = Merged(k);
            _given[k] = [];
            foreach (var term in _rows[k])
                if (zone.Contains(term.Index)) _users[term.Index].Add(k);
        }
        for (var k = zone.Begin; k < zone.End; k++)
        {
            _userCount[k] = _users[k].Count;
            Wait(k);
        }
        var last = zone.End;
        while (_waiting.TryDequeue(out var k, out var known))
        {
            // Only what was true when it was put in counts; what changed since stands there again.
            if (_isOut[k] || known.Fill != Fill(k)) continue;
            Eliminate(k, zone);
            place[k] = --last;
        }
        var next = zone.Begin;
        for (var k = zone.Begin; k < zone.End; k++) if (!_isOut[k]) place[k] = next++;
        return last;
    }

    /// <summary>Each supplier named once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private List<Term> Merged(int k)
    {
        var named = _matrix.Named(k);
        var coefficients = _matrix.Coefficients(k);
        var merged = new List<Term>(named.Length + 2);
        for (var t = 0; t < named.Length; t++)
        {
            var (index, coefficient) = (named[t], coefficients[t]);
            if (_at[index] is not NotHere and var q)
                merged[q] = new Term(index, merged[q].Coefficient + coefficient);
            else
            {
                _at[index] = merged.Count;
                merged.Add(new Term(index, coefficient));
            }
        }
        foreach (var term in merged) _at[term.Index] = NotHere;
        return merged;
    }

    /// <summary>At most by how many entries the equations grow without a process (Markowitz 1957).</summary>
    private long Fill(int k)
    {
        var (users, terms) = ((long)_userCount[k], _rows[k].Count);
        return (users * terms) - users - terms;
    }

    private void Wait(int k)
    {
        if (_isOut[k] || Math.Abs(_ofItself[k]) > MostOfItself || Fill(k) > MostFill) return;
        _waiting.Enqueue(k, (Fill(k), k));
    }

    /// <summary>Puts what a process takes in place of the process, with each of its users.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Eliminate(int k, Zone zone)
    {
        var own = CollectionsMarshal.AsSpan(_rows[k]);
        var gain = 1 / (1 - _ofItself[k]);
        foreach (ref var term in own) term = term with { Coefficient = term.Coefficient * gain };
        foreach (var user in _users[k])
        {
            if (_isOut[user]) continue;
            var taken = Substitute(user, k, own, zone);
            _given[k].Add(new Term(user, taken * gain));
            Wait(user);
        }
        foreach (var term in own)
        {
            if (!zone.Contains(term.Index)) continue;
            _userCount[term.Index]--;
            Wait(term.Index);
        }
        _isOut[k] = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Substitute(int user, int k, ReadOnlySpan<Term> own, Zone zone)
    {
        var row = _rows[user];
        for (var q = 0; q < row.Count; q++) _at[row[q].Index] = q;
        var (hole, taken) = (_at[k], row[_at[k]].Coefficient);
        foreach (var (index, coefficient) in own)
        {
            var more = taken * coefficient;
            if (index == user) _ofItself[user] += more;
            else if (_at[index] is not NotHere and var q)
                row[q] = new Term(index, row[q].Coefficient + more);
            else
            {
                row.Add(new Term(index, more));
                if (!zone.Contains(index)) continue;
                _users[index].Add(user);
                _userCount[index]++;
            }
        }
        foreach (var term in row) _at[term.Index] = NotHere;
        row[hole] = row[^1];
        row.RemoveAt(row.Count - 1);
        return taken;
    }

    private SweepMatrix Finish(List<Zone> zones, List<Fold> folds, int[] place)
    {
        var n = _matrix.Size;
        var old = new int[n];
        for (var k = 0; k < n; k++) old[place[k]] = k;
        var (rows, given, gain, grows) = (new List<Term>[n], new List<Term>[n], new double[n], false);
        for (var k = 0; k < n; k++)
        {
            var from = old[k];
            (rows[k], given[k], gain[k]) = (_rows[from] ?? Merged(from), _given[from] ?? [], 1);
            if (_rows[from] is null) continue;
            var left = 1 - _ofItself[from];
            grows |= !(left >= LeastLeft);
            gain[k] = 1 / left;
            if (_isOut[from]) continue;
            foreach (ref var term in CollectionsMarshal.AsSpan(rows[k]))
                term = term with { Coefficient = term.Coefficient * gain[k] };
        }
        return SweepMatrix.Folded(_matrix, rows, place, [.. zones],
            new Folds([.. folds], given, gain, place, grows));
    }
}
