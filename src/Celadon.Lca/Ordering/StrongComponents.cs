namespace Celadon.Lca.Ordering;

/// <summary>
/// The loops of a system: groups of processes that all supply one another, by way of others or directly
/// (Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1, 1972). Suppliers come before
/// their consumers, so that the matrix in this order is block upper triangular.
/// </summary>
internal sealed class StrongComponents
{
    private readonly int[] _starts;
    private readonly int[] _rowOf;
    private readonly int[] _number;
    private readonly int[] _low;
    private readonly int[] _open;
    private readonly int[] _path;
    private readonly int[] _next;
    private int _numbered;
    private int _opened;
    private int _placed;

    private StrongComponents(int size, int[] starts, int[] rowOf)
    {
        (_starts, _rowOf) = (starts, rowOf);
        (_number, _low) = (new int[size], new int[size]);
        (_open, _path, _next) = (new int[size], new int[size], new int[size]);
        Order = new int[size];
        Starts = new int[size + 1];
    }

    /// <summary>Processes, group after group.</summary>
    public int[] Order { get; }

    /// <summary>Where each group begins in <see cref="Order"/>; valid up to <see cref="Count"/>.</summary>
    public int[] Starts { get; private set; }

    /// <summary>Number of groups.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the groups; an entry (i, j) says that j takes from i.</summary>
    public static StrongComponents Of(int size, int[] starts, int[] rowOf)
    {
        var search = new StrongComponents(size, starts, rowOf);
        for (var j = 0; j < size; j++)
            if (search._number[j] == 0) search.Visit(j);
        search.Starts = [.. search.Starts.AsSpan(0, search.Count), size];
        return search;
    }

    /// <summary>Depth first from one process, with a path of our own so that long chains do no
    /// harm.</summary>
    private void Visit(int first)
    {
        var depth = 0;
        Open(first, 0);
        while (depth >= 0)
        {
            var j = _path[depth];
            var down = false;
            for (var p = _next[depth]; p < _starts[j + 1]; p++)
            {
                var i = _rowOf[p];
                if (_number[i] == 0)
                {
                    _next[depth] = p + 1;
                    Open(i, ++depth);
                    down = true;
                    break;
                }
                // A closed group has no low link any more: it is the largest number.
                _low[j] = Math.Min(_low[j], _low[i]);
            }
            if (down) continue;
            if (_low[j] == _number[j]) Close(j);
            depth--;
            if (depth >= 0) _low[_path[depth]] = Math.Min(_low[_path[depth]], _low[j]);
        }
    }

    private void Open(int j, int depth)
    {
        _number[j] = _low[j] = ++_numbered;
        _open[_opened++] = j;
        (_path[depth], _next[depth]) = (j, _starts[j]);
    }

    private void Close(int j)
    {
        Starts[Count++] = _placed;
        int member;
        do
        {
            member = _open[--_opened];
            _low[member] = int.MaxValue;
            Order[_placed++] = member;
        }
        while (member != j);
    }
}
