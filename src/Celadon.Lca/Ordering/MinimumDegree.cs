using Celadon.Lca.Sparse;

namespace Celadon.Lca.Ordering;

/// <summary>
/// An order of elimination with little fill: approximate minimum degree on a symmetric pattern (Amestoy,
/// Davis and Duff, An approximate minimum degree ordering algorithm, SIAM J. Matrix Anal. 17, 1996).
/// The quotient graph holds, for each variable, the elements it belongs to and then its plain neighbours;
/// for each element, its variables. Variables that cannot be told apart are merged and eliminated together.
/// </summary>
internal sealed unsafe class MinimumDegree : IDisposable
{
    private enum Is
    {
        Variable,
        Element,
        Gone,
    }

    /// <summary>Lists of one number a vertex: <see cref="_start"/> to <see cref="_hash"/>.</summary>
    private const int Kept = 13;

    private readonly int _size;
    private readonly AlignedBuffer<int> _kept;
    private readonly int* _start;
    private readonly int* _length;
    private readonly int* _elements;
    private readonly int* _weight;
    private readonly int* _degree;
    private readonly Is* _is;
    private readonly int* _mark;
    private readonly int* _mergedInto;
    private readonly int* _bucket;
    private readonly int* _next;
    private readonly int* _previous;
    private readonly int* _hashHead;
    private readonly int* _hash;
    private readonly List<int> _pivots = [];
    private readonly List<int> _dense = [];
    private AlignedBuffer<int> _room;
    private int* _lists;
    private int _free;
    private int _eliminated;
    private int _least;
    private int _epoch = 2;

    private MinimumDegree(int[] starts, int[] neighbours)
    {
        _size = starts.Length - 1;
        _room = new AlignedBuffer<int>(neighbours.Length + (neighbours.Length / 3) + (2 * _size) + 64);
        _lists = _room.Pointer;
        neighbours.CopyTo(new Span<int>(_lists, neighbours.Length));
        _free = neighbours.Length;
        // Checked once here; indices come from the lists themselves from now on.
        foreach (var i in neighbours)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)i, (uint)_size);
        var pitch = _size + 16;
        _kept = new AlignedBuffer<int>((long)pitch * Kept);
        int* Next(int k) => _kept.Pointer + ((long)pitch * k);
        _start = Next(0);
        _length = Next(1);
        _elements = Next(2);
        _weight = Next(3);
        _degree = Next(4);
        _is = (Is*)Next(5);
        _mark = Next(6);
        _mergedInto = Next(7);
        _bucket = Next(8);
        _next = Next(9);
        _previous = Next(10);
        _hashHead = Next(11);
        _hash = Next(12);
        new Span<int>(_bucket, _size + 1).Fill(-1);
        new Span<int>(_mergedInto, _size).Fill(-1);
        new Span<int>(_hashHead, _size).Fill(-1);
        _least = _size;
        Enter(starts);
    }

    /// <summary>
    /// The vertices in order of elimination. The pattern is symmetric, without its diagonal, each neighbour
    /// named once.
    /// </summary>
    public static int[] Order(int[] starts, int[] neighbours)
    {
        using var work = new MinimumDegree(starts, neighbours);
        while (work._eliminated < work._size) work.Eliminate();
        return work.Unfold(starts);
    }

    /// <summary>
    /// Hubs with more than √n neighbours (electricity, transport) go last without being looked at again: on
    /// systems like these that gives less fill than the usual ten times √n, and costs half the time.
    /// </summary>
    private void Enter(int[] starts)
    {
        var hub = Math.Max(16, (int)Math.Sqrt(_size));
        for (var i = 0; i < _size; i++)
        {
            _start[i] = starts[i];
            _length[i] = _degree[i] = starts[i + 1] - starts[i];
            _weight[i] = 1;
            if (_degree[i] > hub)
            {
                (_weight[i], _is[i]) = (0, Is.Gone);
                _dense.Add(i);
                _eliminated++;
            }
        }
        for (var i = 0; i < _size; i++)
        {
            if (_is[i] == Is.Gone) continue;
            if (_degree[i] > 0) Insert(i, _degree[i]);
            else
            {
                _is[i] = Is.Element;
                _pivots.Add(i);
                _eliminated++;
            }
        }
    }

    private void Eliminate()
    {
        while (_bucket[_least] < 0) _least++;
        var pivot = _bucket[_least];
        Remove(pivot);
        _eliminated += _weight[pivot];
        var (pivotWeight, external) = (_weight[pivot], 0);
        _weight[pivot] = -pivotWeight;
        MakeRoom(pivot);
        var begin = _free;
        external = Gather(pivot);
        var end = _free;
        (_is[pivot], _start[pivot], _length[pivot]) = (Is.Element, begin, end - begin);
        (_elements[pivot], _degree[pivot]) = (0, external);
        _pivots.Add(pivot);
        var largest = CountOutside(begin, end);
        for (var q = begin; q < end; q++)
        {
            var absorbed = Update(_lists[q], pivot);
            pivotWeight += absorbed;
            external -= absorbed;
        }
        NextEpoch(largest + 1);
        for (var q = begin; q < end; q++) MergeTwins(_lists[q]);
        Finish(pivot, begin, end, pivotWeight, external);
    }

    /// <summary>Joins the variables of the pivot and of its elements into one new element.</summary>
    private int Gather(int pivot)
    {
        var (external, elements, from, length) = (0, _elements[pivot], _start[pivot], _length[pivot]);
        for (var k = 0; k <= elements; k++)
        {
            var element = k < elements ? _lists[from + k] : -1;
            var (a, b) = element >= 0 ? (_start[element], _start[element] + _length[element])
                : (from + elements, from + length);
            for (var q = a; q < b; q++)
            {
                var i = _lists[q];
                if (_weight[i] <= 0) continue;
                external += _weight[i];
                _weight[i] = -_weight[i];
                _lists[_free++] = i;
                Remove(i);
            }
            if (element >= 0) Drop(element);
        }
        return external;
    }

    /// <summary>For every element near the pivot: the weight of it that lies outside the new
    /// element.</summary>
    private int CountOutside(int begin, int end)
    {
        var (largest, epoch) = (0, _epoch);
        int* lists = _lists, mark = _mark, degree = _degree;
        for (var q = begin; q < end; q++)
        {
            var i = lists[q];
            var weight = _weight[i];
            int* last = lists + _start[i] + _elements[i];
            for (var k = lists + _start[i]; k < last; k++)
            {
                var element = *k;
                if (mark[element] >= epoch) mark[element] += weight;
                else
                {
                    mark[element] = degree[element] + epoch + weight;
                    largest = Math.Max(largest, degree[element]);
                }
            }
        }
        return largest;
    }

    /// <summary>
    /// Rewrites a variable's list with the new element in front and bounds its degree; returns the weight
    /// absorbed when nothing but the new element is left of it (mass elimination).
    /// </summary>
    private int Update(int i, int pivot)
    {
        int* lists = _lists, mark = _mark, weights = _weight;
        var kind = _is;
        var epoch = _epoch;
        var (from, to) = (_start[i], _start[i]);
        var (elementsEnd, end) = (from + _elements[i], from + _length[i]);
        var (degree, hash) = (0, 0u);
        for (var k = from; k < elementsEnd; k++)
        {
            var element = lists[k];
            if (kind[element] != Is.Element) continue;
            var outside = mark[element] - epoch;
            if (outside > 0)
            {
                degree += outside;
                hash += (uint)element;
                lists[to++] = element;
            }
            else Drop(element);
        }
        var variables = to;
        for (var k = elementsEnd; k < end; k++)
        {
            var j = lists[k];
            if (weights[j] <= 0) continue;
            degree += weights[j];
            hash += (uint)j;
            lists[to++] = j;
        }
        if (degree == 0)
        {
            var weight = -_weight[i];
            _mergedInto[i] = pivot;
            _eliminated += weight;
            Drop(i);
            return weight;
        }
        _degree[i] = Math.Min(_degree[i], degree);
        if (to > variables) _lists[to] = _lists[variables];
        _lists[variables] = variables > from ? _lists[from] : pivot;
        if (variables > from) _lists[from] = pivot;
        _elements[i] = variables - from + 1;
        _length[i] = to - from + 1;
        _hash[i] = (int)((hash + (uint)pivot) % (uint)_size);
        _next[i] = _hashHead[_hash[i]];
        _hashHead[_hash[i]] = i;
        return 0;
    }

    /// <summary>Merges the variables of one hash bucket that have the same neighbours.</summary>
    private void MergeTwins(int member)
    {
        if (_weight[member] == 0) return;
        var i = _hashHead[_hash[member]];
        if (i < 0) return;
        _hashHead[_hash[member]] = -1;
        for (; i >= 0 && _next[i] >= 0; i = _next[i])
        {
            for (var k = _start[i] + 1; k < _start[i] + _length[i]; k++) _mark[_lists[k]] = _epoch;
            var last = i;
            for (var j = _next[i]; j >= 0; j = _next[j])
            {
                if (AreTwins(i, j))
                {
                    _mergedInto[j] = i;
                    _weight[i] += _weight[j];
                    Drop(j);
                    _next[last] = _next[j];
                }
                else last = j;
            }
            NextEpoch(1);
        }
    }

    private bool AreTwins(int i, int j)
    {
        if (_length[j] != _length[i] || _elements[j] != _elements[i]) return false;
        var epoch = _epoch;
        int* mark = _mark, last = _lists + _start[j] + _length[j];
        for (var k = _lists + _start[j] + 1; k < last; k++) if (mark[*k] != epoch) return false;
        return true;
    }

    private void Finish(int pivot, int begin, int end, int pivotWeight, int external)
    {
        var (to, left) = (begin, _size - _eliminated);
        for (var q = begin; q < end; q++)
        {
            var i = _lists[q];
            var weight = -_weight[i];
            if (weight <= 0) continue;
            _weight[i] = weight;
            var degree = Math.Max(0, Math.Min(_degree[i] + external - weight, left - weight));
            _degree[i] = degree;
            Insert(i, degree);
            _lists[to++] = i;
        }
        (_length[pivot], _free) = (to - begin, to);
        (_weight[pivot], _degree[pivot]) = (pivotWeight, external);
        if (_length[pivot] == 0) _is[pivot] = Is.Gone;
    }

    /// <summary>Packs the live lists into a larger array when the new element might not fit.</summary>
    private void MakeRoom(int pivot)
    {
        var needed = _length[pivot];
        for (var k = 0; k < _elements[pivot]; k++) needed += _length[_lists[_start[pivot] + k]];
        if (_free + needed <= _room.Length) return;
        var live = 0L;
        for (var i = 0; i < _size; i++) if (_is[i] != Is.Gone) live += _length[i];
        var packed = new AlignedBuffer<int>(Math.Max(_room.Length,
            checked((int)(live + needed + (live / 3) + _size))));
        var to = 0;
        for (var i = 0; i < _size; i++)
        {
            if (_is[i] == Is.Gone) continue;
            new Span<int>(_lists + _start[i], _length[i]).CopyTo(
                new Span<int>(packed.Pointer + to, _length[i]));
            _start[i] = to;
            to += _length[i];
        }
        _room.Dispose();
        (_room, _free) = (packed, to);
        _lists = packed.Pointer;
    }

    public void Dispose()
    {
        _room.Dispose();
        _kept.Dispose();
    }

    private void Insert(int i, int degree)
    {
        var head = _bucket[degree];
        (_next[i], _previous[i]) = (head, -1);
        if (head >= 0) _previous[head] = i;
        _bucket[degree] = i;
        _least = Math.Min(_least, degree);
    }

    private void Remove(int i)
    {
        var (next, previous) = (_next[i], _previous[i]);
        if (next >= 0) _previous[next] = previous;
        if (previous >= 0) _next[previous] = next;
        else _bucket[_degree[i]] = next;
    }

    private void Drop(int i)
    {
        if (_is[i] == Is.Variable) _weight[i] = 0;
        (_is[i], _length[i], _elements[i]) = (Is.Gone, 0, 0);
    }

    private void NextEpoch(int step)
    {
        _epoch += step;
        if (_epoch <= int.MaxValue - (3 * _size)) return;
        new Span<int>(_mark, _size).Clear();
        _epoch = 2;
    }

    /// <summary>Each pivot followed by what was merged into it; then the hubs, fewest neighbours
    /// first.</summary>
    private int[] Unfold(int[] starts)
    {
        var (child, sibling) = (new int[_size], new int[_size]);
        Array.Fill(child, -1);
        for (var i = _size - 1; i >= 0; i--)
            if (_mergedInto[i] >= 0) (sibling[i], child[_mergedInto[i]]) = (child[_mergedInto[i]], i);
        var (order, placed, open) = (new int[_size], 0, new Stack<int>());
        foreach (var pivot in _pivots)
        {
            open.Push(pivot);
            while (open.TryPop(out var v))
            {
                order[placed++] = v;
                for (var c = child[v]; c >= 0; c = sibling[c]) open.Push(c);
            }
        }
        foreach (var i in _dense.OrderBy(i => starts[i + 1] - starts[i])) order[placed++] = i;
        return order;
    }
}
