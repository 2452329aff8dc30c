namespace Celadon.Lca.Ordering;

/// <summary>
/// An order of the processes of a loop in which as little as possible flows backwards: greedy by the ratio of
/// what goes out to what comes in (Eades, Lin and Smyth, A fast and effective heuristic for the feedback arc
/// set problem, Inf. Process. Lett. 47, 1993), then sifting each process to its best place. Gauss-Seidel
/// sweeps in that order need half as many sweeps as in the order a traversal happens to give.
/// </summary>
internal sealed class FeedbackOrder
{
    private const int PowerSteps = 30;
    private const int Buckets = 1024;
    private const int SiftingPasses = 8;

    private readonly int _n;
    private readonly int[] _outStarts;
    private readonly int[] _outArcs;
    private readonly int[] _inStarts;
    private readonly int[] _inArcs;
    private readonly int[] _from;
    private readonly int[] _to;
    private readonly double[] _weight;

    private FeedbackOrder(int n, int[] from, int[] to, double[] coefficient)
    {
        (_n, _from, _to) = (n, from, to);
        (_outStarts, _outArcs) = Group(n, from);
        (_inStarts, _inArcs) = Group(n, to);
        _weight = Balanced(coefficient);
    }

    /// <summary>
    /// Orders vertices so that the weight of arcs pointing backwards is small. An arc says that
    /// <paramref name="from"/> consumes of <paramref name="to"/>; its coefficient is how much.
    /// </summary>
    public static int[] Of(int n, int[] from, int[] to, double[] coefficient)
    {
        var work = new FeedbackOrder(n, from, to, coefficient);
        return work.Sift(work.Greedy());
    }

    /// <summary>The share of the weight that points backwards in an order.</summary>
    internal static double Backward(int n, int[] from, int[] to, double[] coefficient, int[] order)
    {
        var work = new FeedbackOrder(n, from, to, coefficient);
        var at = new int[n];
        for (var k = 0; k < n; k++) at[order[k]] = k;
        var back = 0.0;
        for (var q = 0; q < from.Length; q++) if (at[from[q]] > at[to[q]]) back += work._weight[q];
        return back / work._weight.Sum();
    }

    private static (int[] Starts, int[] Arcs) Group(int n, int[] key)
    {
        var starts = new int[n + 1];
        foreach (var v in key) starts[v + 1]++;
        for (var v = 0; v < n; v++) starts[v + 1] += starts[v];
        var (next, arcs) = (starts.AsSpan(0, n).ToArray(), new int[key.Length]);
        for (var q = 0; q < key.Length; q++) arcs[next[key[q]]++] = q;
        return (starts, arcs);
    }

    /// <summary>
    /// Coefficients between the Perron vectors of their absolute values: a weight that does not depend on the
    /// units that anything is counted in.
    /// </summary>
    private double[] Balanced(double[] coefficient)
    {
        var (right, left) = (new double[_n], new double[_n]);
        Array.Fill(right, 1);
        Array.Fill(left, 1);
        var (r, l) = (new double[_n], new double[_n]);
        for (var step = 0; step < PowerSteps; step++)
        {
            Array.Clear(r);
            Array.Clear(l);
            for (var q = 0; q < _from.Length; q++)
            {
                var z = Math.Abs(coefficient[q]);
                r[_to[q]] += z * right[_from[q]];
                l[_from[q]] += z * left[_to[q]];
            }
            var (largestR, largestL) = (Math.Max(r.Max(), double.Epsilon), Math.Max(l.Max(), double.Epsilon));
            for (var v = 0; v < _n; v++)
                (right[v], left[v]) = ((r[v] / largestR) + 1e-12, (l[v] / largestL) + 1e-12);
        }
        var weight = new double[_from.Length];
        for (var q = 0; q < weight.Length; q++)
            weight[q] = Math.Abs(coefficient[q]) * left[_to[q]] * right[_from[q]];
        return weight;
    }

    private int[] Greedy()
    {
        var (outgoing, incoming) = (new double[_n], new double[_n]);
        for (var q = 0; q < _from.Length; q++)
        {
            outgoing[_from[q]] += _weight[q];
            incoming[_to[q]] += _weight[q];
        }
        var queue = new BucketQueue(_n);
        for (var v = 0; v < _n; v++) queue.Put(v, Key(outgoing[v], incoming[v]));
        var (order, head, tail) = (new int[_n], 0, _n - 1);
        while (head <= tail)
        {
            var (v, first) = queue.TakeMostExtreme();
            if (first) order[head++] = v;
            else order[tail--] = v;
            for (var e = _outStarts[v]; e < _outStarts[v + 1]; e++)
            {
                var (u, w) = (_to[_outArcs[e]], _weight[_outArcs[e]]);
                incoming[u] = Math.Max(0, incoming[u] - w);
                queue.Move(u, Key(outgoing[u], incoming[u]));
            }
            for (var e = _inStarts[v]; e < _inStarts[v + 1]; e++)
            {
                var (u, w) = (_from[_inArcs[e]], _weight[_inArcs[e]]);
                outgoing[u] = Math.Max(0, outgoing[u] - w);
                queue.Move(u, Key(outgoing[u], incoming[u]));
            }
        }
        return order;
    }

    private static int Key(double outgoing, double incoming)
    {
        var sum = outgoing + incoming;
        var ratio = sum <= 0 ? 1 : (outgoing - incoming) / sum;
        return (int)((ratio + 1) / 2 * (Buckets - 1));
    }

    /// <summary>Moves each vertex to where it has the least weight pointing backwards, a few times
    /// over.</summary>
    private int[] Sift(int[] order)
    {
        var (place, most) = (new double[_n], 0);
        for (var k = 0; k < _n; k++) place[order[k]] = k;
        for (var v = 0; v < _n; v++)
            most = Math.Max(most, _outStarts[v + 1] - _outStarts[v] + _inStarts[v + 1] - _inStarts[v]);
        var (at, gain, keys) = (new double[most], new double[most], new double[_n]);
        for (var pass = 0; pass < SiftingPasses; pass++)
        {
            var moved = false;
            for (var v = 0; v < _n; v++) moved |= MoveToBest(v, place, at, gain);
            if (!moved) break;
            for (var k = 0; k < _n; k++) order[k] = k;
            place.CopyTo(keys, 0);
            Array.Sort(keys, order);
            for (var k = 0; k < _n; k++) place[order[k]] = k;
        }
        return order;
    }

    private bool MoveToBest(int v, double[] place, double[] at, double[] gain)
    {
        var (count, cost, current) = (0, 0.0, 0.0);
        for (var e = _outStarts[v]; e < _outStarts[v + 1]; e++)
        {
            var q = _outArcs[e];
            (at[count], gain[count++]) = (place[_to[q]], _weight[q]);
            if (place[v] > place[_to[q]]) current += _weight[q];
        }
        for (var e = _inStarts[v]; e < _inStarts[v + 1]; e++)
        {
            var q = _inArcs[e];
            (at[count], gain[count++]) = (place[_from[q]], -_weight[q]);
            cost += _weight[q];
            if (place[_from[q]] > place[v]) current += _weight[q];
        }
        if (count == 0) return false;
        // In front of everyone, all that v supplies flows back; each neighbour passed changes that.
        at.AsSpan(0, count).Sort(gain.AsSpan(0, count));
        var (best, target) = (cost, at[0] - 0.5);
        for (var k = 0; k < count; k++)
        {
            cost += gain[k];
            if (cost >= best - 1e-18) continue;
            (best, target) = (cost, k + 1 < count ? (at[k] + at[k + 1]) / 2 : at[k] + 0.5);
        }
        if (best >= (current * (1 - 1e-9)) - 1e-18) return false;
        place[v] = target;
        return true;
    }

    /// <summary>Vertices by key, with the highest and the lowest at hand.</summary>
    private sealed class BucketQueue
    {
        private const int Absent = -2;

        private readonly int[] _head = new int[Buckets];
        private readonly int[] _next;
        private readonly int[] _previous;
        private readonly int[] _key;
        private int _highest;
        private int _lowest = Buckets - 1;

        public BucketQueue(int n)
        {
            (_next, _previous, _key) = (new int[n], new int[n], new int[n]);
            Array.Fill(_head, -1);
            Array.Fill(_key, Absent);
        }

        public void Put(int v, int key)
        {
            (_key[v], _next[v], _previous[v]) = (key, _head[key], -1);
            if (_head[key] >= 0) _previous[_head[key]] = v;
            _head[key] = v;
            _highest = Math.Max(_highest, key);
            _lowest = Math.Min(_lowest, key);
        }

        public void Move(int v, int key)
        {
            if (_key[v] == Absent || _key[v] == key) return;
            Take(v);
            Put(v, key);
        }

        /// <summary>The vertex whose key is farthest from the middle, and whether it belongs in
        /// front.</summary>
        public (int Vertex, bool First) TakeMostExtreme()
        {
            while (_head[_highest] < 0) _highest--;
            while (_head[_lowest] < 0) _lowest++;
            var first = _highest >= Buckets - 1 - _lowest;
            var v = _head[first ? _highest : _lowest];
            Take(v);
            return (v, first);
        }

        private void Take(int v)
        {
            if (_previous[v] >= 0) _next[_previous[v]] = _next[v];
            else _head[_key[v]] = _next[v];
            if (_next[v] >= 0) _previous[_next[v]] = _previous[v];
            _key[v] = Absent;
        }
    }
}
