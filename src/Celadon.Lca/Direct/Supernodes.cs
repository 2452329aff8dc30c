using Celadon.Lca.Ordering;

namespace Celadon.Lca.Direct;

/// <summary>
/// Neighbouring columns of the factor with (nearly) the same pattern, eliminated together in one dense front
/// (Duff and Reid, The multifrontal solution of unsymmetric sets of linear equations, SIAM J. Sci. Stat.
/// Comput. 5, 1984; relaxed amalgamation after Ashcraft and Grimes 1989: a few zeros for fewer, larger
/// fronts).
/// </summary>
internal sealed class Supernodes
{
    /// <summary>
    /// Operations that are done in the time in which an entry of a large front is cleared, filled, changed
    /// and added to the front above, on the careful side of what was measured (about a hundred).
    /// </summary>
    private const double Traffic = 60;

    /// <summary>Smaller fronts stay in the caches.</summary>
    private const int LeastAbsorbed = 128;

    private readonly List<int> _first = [];
    private readonly List<int> _width = [];
    private readonly List<int> _height = [];
    private readonly List<long> _zeros = [];

    /// <summary>Builds the supernodes of a tree.</summary>
    public static Supernodes Of(EliminationTree tree)
    {
        var work = new Supernodes();
        work.Collect(tree);
        work.Absorb(tree);
        work.FindRows(tree.Pattern.Renumbered(work.Moved));
        return work;
    }

    /// <summary>The column of the tree that stands at each place now.</summary>
    public int[] Moved { get; private set; } = [];

    /// <summary>Number of fronts.</summary>
    public int Count => First.Length;

    /// <summary>First column of each front.</summary>
    public int[] First { get; private set; } = [];

    /// <summary>Columns eliminated in each front.</summary>
    public int[] Width { get; private set; } = [];

    /// <summary>Rows below the eliminated ones, ascending.</summary>
    public int[][] Rows { get; private set; } = [];

    /// <summary>Fronts whose remainder is added to each front, ascending.</summary>
    public int[][] Children { get; private set; } = [];

    /// <summary>
    /// The fronts, each after its children; among siblings first the one that needs most room beyond what it
    /// leaves behind (Liu, On the storage requirement in the out-of-core multifrontal method, ACM TOMS 12,
    /// 1986). Children are listed in that order from then on.
    /// </summary>
    public int[] Sequence()
    {
        var (peak, isChild) = (new long[Count], new bool[Count]);
        long Left(int t) => (long)Rows[t].Length * Rows[t].Length;
        for (var t = 0; t < Count; t++)
        {
            Array.Sort(Children[t], (a, b)
                => (peak[b] - Left(b)).CompareTo(peak[a] - Left(a)) is not 0 and var room
                ? room : a.CompareTo(b));
            var (held, most) = (0L, 0L);
            foreach (var child in Children[t])
            {
                most = Math.Max(most, held + peak[child]);
                held += Left(child);
                isChild[child] = true;
            }
            peak[t] = Math.Max(most, held + Left(t));
        }
        var (order, placed, open) = (new int[Count], 0, new Stack<(int Front, int Next)>());
        for (var root = 0; root < Count; root++)
        {
            if (isChild[root]) continue;
            open.Push((root, 0));
            while (open.TryPop(out var top))
            {
                if (top.Next < Children[top.Front].Length)
                {
                    open.Push((top.Front, top.Next + 1));
                    open.Push((Children[top.Front][top.Next], 0));
                }
                else order[placed++] = top.Front;
            }
        }
        return order;
    }

    /// <summary>The front that eliminates each column.</summary>
    public int[] Of(int columns)
    {
        var owner = new int[columns];
        for (var t = 0; t < Count; t++) owner.AsSpan(First[t], Width[t]).Fill(t);
        return owner;
    }

    private void Collect(EliminationTree tree)
    {
        for (var j = 0; j < tree.Parent.Length; j++)
        {
            if (_first.Count > 0)
            {
                var last = _first[^1] + _width[^1] - 1;
                if (tree.Parent[last] == j && tree.Heights[last] == tree.Heights[j] + 1)
                {
                    _width[^1]++;
                    continue;
                }
                while (MergeLast(tree.Parent)) { }
            }
            _first.Add(j);
            _width.Add(1);
            _height.Add(tree.Heights[j]);
            _zeros.Add(0);
        }
        while (MergeLast(tree.Parent)) { }
    }

    /// <summary>
    /// A large front that eliminates few columns is mostly memory read and written: it goes into the front
    /// above it, whichever child it is, where that costs fewer operations than the memory's time is worth.
    /// Its columns move to just before those of that front.
    /// </summary>
    private void Absorb(EliminationTree tree)
    {
        var owner = new int[tree.Parent.Length];
        for (var t = 0; t < _first.Count; t++) owner.AsSpan(_first[t], _width[t]).Fill(t);
        var (into, grown) = (new int[_first.Count], new int[_first.Count]);
        for (var t = _first.Count - 1; t >= 0; t--)
        {
            var (width, height, above) = (_width[t], _height[t], tree.Parent[_first[t] + _width[t] - 1]);
            (into[t], grown[t]) = (t, height);
            if (above < 0 || height < LeastAbsorbed) continue;
            var target = into[owner[above]];
            double own = (double)height * height, size = grown[target] + width;
            if (2.0 * width * ((size * size) - own) >= Traffic * own) continue;
            (into[t], grown[target]) = (target, grown[target] + width);
        }
        var next = new int[_first.Count + 1];
        for (var t = 0; t < _first.Count; t++) next[into[t] + 1] += _width[t];
        for (var t = 0; t < _first.Count; t++) next[t + 1] += next[t];
        var fronts = Enumerable.Range(0, _first.Count).Where(t => into[t] == t).ToArray();
        (First, Width) = ([.. fronts.Select(t => next[t])], [.. fronts.Select(t => next[t + 1] - next[t])]);
        Moved = new int[owner.Length];
        for (var j = 0; j < owner.Length; j++) Moved[next[into[owner[j]]]++] = j;
    }

    /// <summary>Merges the last front into the one before it if that is its child and few zeros
    /// arise.</summary>
    private bool MergeLast(int[] parent)
    {
        var b = _first.Count - 1;
        var a = b - 1;
        if (a < 0) return false;
        var above = parent[_first[a] + _width[a] - 1];
        if (above < _first[b] || above >= _first[b] + _width[b]) return false;
        var (width, height) = (_width[a] + _width[b], _width[a] + _height[b]);
        var zeros = _zeros[a] + _zeros[b] + ((long)_width[a] * (_width[a] + _height[b] - _height[a]));
        var share = zeros / ((width * (double)height) - (width * (width - 1.0) / 2));
        if (width > 4 && !(width <= 16 && share < 0.5) && !(width <= 48 && share < 0.15) && share >= 0.05)
            return false;
        (_width[a], _height[a], _zeros[a]) = (width, height, zeros);
        _first.RemoveAt(b);
        _width.RemoveAt(b);
        _height.RemoveAt(b);
        _zeros.RemoveAt(b);
        return true;
    }

    private void FindRows(SymmetricPattern pattern)
    {
        var n = pattern.Starts.Length - 1;
        var (owner, seen, found) = (Of(n), new int[n], new List<int>());
        Array.Fill(seen, -1);
        Rows = new int[Count][];
        var children = new List<int>?[Count];
        for (var t = 0; t < Count; t++)
        {
            found.Clear();
            var last = First[t] + Width[t] - 1;
            void Take(int i)
            {
                if (i <= last || seen[i] == t) return;
                seen[i] = t;
                found.Add(i);
            }
            for (var j = First[t]; j <= last; j++)
                for (var q = pattern.Starts[j]; q < pattern.Starts[j + 1]; q++)
                    Take(pattern.Neighbours[q]);
            foreach (var child in children[t] ?? [])
                foreach (var i in Rows[child]) Take(i);
            found.Sort();
            Rows[t] = [.. found];
            if (found.Count > 0) (children[owner[found[0]]] ??= []).Add(t);
        }
        Children = [.. children.Select(c => c?.ToArray() ?? [])];
    }
}
