using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Celadon.Lca.Sparse;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// How one loop is condensed in every sample: which coefficient goes where when processes are eliminated from
/// it, row by row (Gaussian elimination looking up; Duff, Erisman and Reid, Direct Methods for Sparse
/// Matrices, 2017, chapter 10). The pattern is found once; the samples fill it in lanes. Eliminated rows come
/// first, from the end of the loop to where the core ends, then the core.
/// </summary>
internal sealed unsafe class LoopPlan : IDisposable
{
    private const int Lanes = BatchKernels.Half;

    private readonly Coefficients _z;
    private readonly List<int> _makeCode = [];
    private readonly List<int> _foldCode = [];
    private readonly List<int> _coreColumns = [];
    private readonly int[][] _kept;
    private readonly int[] _keptAt;
    private readonly Place[] _places;
    private readonly PriorityQueue<int, int> _open = new();
    private readonly List<int> _direct = [];
    private readonly List<int> _taken = [];
    private readonly List<int> _left = [];
    private readonly AlignedBuffer<int>[] _parts;

    private LoopPlan(Stretch loop, Coefficients z)
    {
        (Loop, _z) = (loop, z);
        var size = loop.End - loop.Begin;
        (_kept, _keptAt, _places) = (new int[size][], new int[size], new Place[size]);
        for (var i = loop.End - 1; i >= loop.Kept; i--) Describe(i);
        var starts = new int[CoreRows + 1];
        for (var i = loop.Begin; i < loop.Kept; i++)
        {
            Describe(i);
            starts[i - loop.Begin + 1] = _coreColumns.Count;
        }
        CoreCount = _coreColumns.Count;
        _parts = [Packed(_makeCode), Packed(_foldCode), Packed(BackCode()), AlignedBuffer<int>.From(starts),
            Packed(_coreColumns)];
    }

    /// <summary>Where the loop stands.</summary>
    public Stretch Loop { get; }

    /// <summary>
    /// For each row eight numbers: slots to clear, entries drawn that fill a slot, that add to one, and known
    /// ones; suppliers eliminated before it whose coefficient is a draw, and whose is in a slot; slots kept;
    /// slot of its own use (−1: none). Then slots, (slot, place of z), again, (slot, place of the constant);
    /// for suppliers (place of z), where their rows begin, their lengths and the slots they are added to.
    /// </summary>
    public int* Make => _parts[0].Pointer;

    /// <summary>
    /// For each row: drawn and known coefficients of what is settled before it, coefficients in slots, 1
    /// where it uses itself; then (place of z, column), (place of the constant, column) and columns.
    /// </summary>
    public int* Fold => _parts[1].Pointer;

    /// <summary>For each eliminated row, ascending: where it begins, its length, its columns.</summary>
    public int* Back => _parts[2].Pointer;

    /// <summary>Where the rows of the core begin.</summary>
    public int* CoreStarts => _parts[3].Pointer;

    /// <summary>Columns of the core, times eight.</summary>
    public int* CoreColumns => _parts[4].Pointer;

    /// <summary>Rows of the core.</summary>
    public int CoreRows => Loop.Kept - Loop.Begin;

    /// <summary>Entries of the core.</summary>
    public int CoreCount { get; }

    /// <summary>Entries of the eliminated rows.</summary>
    public int KeptCount { get; private set; }

    /// <summary>Coefficients of eliminated suppliers that are not draws as they are.</summary>
    public int TakenCount { get; private set; }

    /// <summary>Rows that use themselves.</summary>
    public int OwnCount { get; private set; }

    /// <summary>The most slots of a row.</summary>
    public int MostSlots { get; private set; }

    /// <summary>
    /// The place of the row that is taken at a step: eliminated rows from the last on, then the core from its
    /// first on.
    /// </summary>
    public long PlaceOf(int step)
    {
        var eliminated = Loop.End - Loop.Kept;
        return step < eliminated ? Loop.End - 1 - step : Loop.Begin + step - eliminated;
    }

    /// <summary>Finds the pattern of a loop.</summary>
    public static LoopPlan Of(Stretch loop, Coefficients coefficients) => new(loop, coefficients);

    public void Dispose()
    {
        foreach (var part in _parts) part.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(List<int> code, int first, int second)
    {
        code.Add(first);
        code.Add(second);
    }

    private static AlignedBuffer<int> Packed(List<int> code) =>
        AlignedBuffer<int>.From(CollectionsMarshal.AsSpan(code));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Place At(int j) => ref _places[j - Loop.Begin];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Describe(int i)
    {
        Pattern(i);
        var own = At(i).IsNamed ? _taken.Count + _left.Count : -1;
        for (var t = 0; t < _taken.Count; t++) At(_taken[t]).Slot = t;
        for (var t = 0; t < _left.Count; t++) At(_left[t]).Slot = _taken.Count + t;
        if (own >= 0) At(i).Slot = own;
        var slots = _taken.Count + _left.Count + (own >= 0 ? 1 : 0);
        ToMake(i, own);
        ToFold(i, own);
        foreach (var list in (List<int>[])[_direct, _taken, _left])
            foreach (var j in list) At(j) = default;
        At(i) = default;
        (MostSlots, TakenCount) = (Math.Max(MostSlots, slots), TakenCount + _taken.Count);
        if (own >= 0) OwnCount++;
        if (i < Loop.Kept)
        {
            foreach (var j in _left) _coreColumns.Add(8 * (j - Loop.Begin));
            return;
        }
        (_kept[i - Loop.Begin], _keptAt[i - Loop.Begin]) = ([.. _left], KeptCount);
        KeptCount += _left.Count;
    }

    /// <summary>
    /// Eliminated suppliers in the order of their elimination, those whose coefficient is one draw and
    /// nothing else apart, and what is left once they are gone.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pattern(int i)
    {
        _direct.Clear();
        _taken.Clear();
        _left.Clear();
        for (var q = _z.UncertainStarts[i]; q < _z.UncertainStarts[i + 1]; q++)
            if (Loop.Contains(_z.UncertainColumn[q])) Name(i, _z.UncertainColumn[q], q, false);
        for (var q = _z.FixedStarts[i]; q < _z.FixedStarts[i + 1]; q++)
            if (Loop.Contains(_z.FixedColumn[q])) Name(i, _z.FixedColumn[q], -1, true);
        while (_open.TryDequeue(out var k, out _))
        {
            _taken.Add(k);
            foreach (var j in _kept[k - Loop.Begin]) Name(i, j, -1, true);
        }
        foreach (var k in _taken) if (!At(k).IsChanged) _direct.Add(k);
        _taken.RemoveAll(k => !At(k).IsChanged);
        _left.Sort();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Name(int i, int j, int q, bool isChange)
    {
        ref var place = ref At(j);
        var isNew = !place.IsNamed;
        place = new Place
        {
            IsNamed = true,
            IsChanged = !isNew || isChange,
            Draw = isNew ? q : place.Draw,
            Slot = -1,
        };
        if (!isNew || j == i) return;
        if (j >= Loop.Kept && (j > i || i < Loop.Kept)) _open.Enqueue(j, -j);
        else _left.Add(j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ToMake(int i, int own)
    {
        var code = _makeCode;
        var head = code.Count;
        code.AddRange([0, 0, 0, 0, _direct.Count, _taken.Count, _left.Count, own < 0 ? -1 : own * Lanes]);
        void Clear(int j)
        {
            if (At(j).Draw >= 0) return;
            code.Add(At(j).Slot * Lanes);
            code[head]++;
        }
        foreach (var j in _taken) Clear(j);
        foreach (var j in _left) Clear(j);
        if (own >= 0) Clear(i);
        for (var pass = 1; pass <= 2; pass++)
            for (var q = _z.UncertainStarts[i]; q < _z.UncertainStarts[i + 1]; q++)
            {
                var j = _z.UncertainColumn[q];
                if (!Loop.Contains(j) || At(j).Slot < 0 || (At(j).Draw == q) != (pass == 1)) continue;
                Add(code, At(j).Slot * Lanes, q);
                code[head + pass]++;
            }
        for (var q = _z.FixedStarts[i]; q < _z.FixedStarts[i + 1]; q++)
        {
            if (!Loop.Contains(_z.FixedColumn[q])) continue;
            Add(code, At(_z.FixedColumn[q]).Slot * Lanes, q);
            code[head + 3]++;
        }
        foreach (var k in _direct) Substituted(k, At(k).Draw);
        foreach (var k in _taken) Substituted(k, -1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Substituted(int k, int draw)
    {
        var row = _kept[k - Loop.Begin];
        if (draw >= 0) _makeCode.Add(draw);
        Add(_makeCode, _keptAt[k - Loop.Begin], row.Length);
        foreach (var j in row) _makeCode.Add(At(j).Slot * Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ToFold(int i, int own)
    {
        var code = _foldCode;
        var head = code.Count;
        code.AddRange([0, 0, _taken.Count, own < 0 ? 0 : 1]);
        for (var q = _z.UncertainStarts[i]; q < _z.UncertainStarts[i + 1]; q++)
        {
            var j = _z.UncertainColumn[q];
            if (Loop.Contains(j) && At(j).Slot >= 0) continue;
            Add(code, q, j * Lanes);
            code[head]++;
        }
        for (var q = _z.FixedStarts[i]; q < _z.FixedStarts[i + 1]; q++)
        {
            if (Loop.Contains(_z.FixedColumn[q])) continue;
            Add(code, q, _z.FixedColumn[q] * Lanes);
            code[head + 1]++;
        }
        foreach (var k in _taken) code.Add(k * Lanes);
    }

    private List<int> BackCode()
    {
        var code = new List<int>();
        for (var i = Loop.Kept; i < Loop.End; i++)
        {
            var row = _kept[i - Loop.Begin];
            Add(code, _keptAt[i - Loop.Begin], row.Length);
            foreach (var j in row) code.Add(j * Lanes);
        }
        return code;
    }

    /// <summary>
    /// What a row says of a column: its first draw (−1: none), whether more goes into it, and its slot (−1:
    /// none, it is that draw).
    /// </summary>
    private struct Place
    {
        public bool IsNamed;
        public bool IsChanged;
        public int Draw;
        public int Slot;
    }
}

/// <summary>
/// A stretch of the order of the sweeps: processes that one pass does or a loop, whose core ends before
/// <see cref="Kept"/>.
/// </summary>
internal readonly record struct Stretch(int Begin, int Kept, int End, bool IsLoop)
{
    /// <summary>Whether a position lies in it.</summary>
    public bool Contains(int position) => position >= Begin && position < End;
}
