using System.Runtime.Intrinsics;
using Celadon.Lca.Sparse;

namespace Celadon.Lca.Iterative;

/// <summary>A coefficient and whom it multiplies, or whom it is given to.</summary>
internal readonly record struct Term(int Index, double Coefficient);

/// <summary>
/// A loop of which only the core is swept: positions from <see cref="Begin"/> to before <see cref="Kept"/>.
/// The others up to <see cref="End"/> stand in the reverse of the order in which they were eliminated, so
/// that each follows from what comes before it.
/// </summary>
internal readonly record struct Fold(int Begin, int Kept, int End);

/// <summary>
/// How the constants of eliminated processes reach those that use them. <see cref="Grows"/> tells of a loop
/// that gives itself all it makes, or more: sweeps have no business there.
/// </summary>
internal sealed unsafe class Folds
{
    private readonly Fold[] _folds;
    private readonly int[] _starts;
    private readonly int[] _to;
    private readonly double[] _coefficient;
    private readonly double[] _gain;

    /// <summary>Packs what each position gives; receivers are named by their old positions.</summary>
    public Folds(Fold[] folds, List<Term>[] given, double[] gain, int[] place, bool grows)
    {
        var count = given.Sum(g => g.Count);
        (_folds, _gain, Grows) = (folds, gain, grows);
        (_starts, _to, _coefficient) = (new int[given.Length + 1], new int[count], new double[count]);
        for (var (k, q) = (0, 0); k < given.Length; k++)
        {
            foreach (var (index, coefficient) in given[k])
                (_to[q], _coefficient[q++]) = (place[index], coefficient);
            _starts[k + 1] = q;
        }
    }

    /// <summary>The loops.</summary>
    public IReadOnlyList<Fold> All => _folds;

    /// <summary>Whether a loop was found not to contract.</summary>
    public bool Grows { get; }

    /// <summary>Replaces the constants of the whole system by those of the condensed one.</summary>
    public void Apply(double[] constants)
    {
        foreach (var fold in _folds)
        {
            for (var k = fold.End - 1; k >= fold.Kept; k--)
                for (var q = _starts[k]; q < _starts[k + 1]; q++)
                    constants[_to[q]] = Math.FusedMultiplyAdd(_coefficient[q], constants[k],
                        constants[_to[q]]);
            for (var k = fold.Begin; k < fold.End; k++) constants[k] *= _gain[k];
        }
    }

    /// <summary>The same for eight vectors at once, one in each lane.</summary>
    public void Apply8(AlignedBuffer<double> constants)
    {
        var c = constants.Pointer;
        foreach (var fold in _folds)
        {
            for (var k = fold.End - 1; k >= fold.Kept; k--)
            {
                var own = Vector512.LoadAligned(c + (8L * k));
                for (var q = _starts[k]; q < _starts[k + 1]; q++)
                {
                    var to = c + (8L * _to[q]);
                    Vector512.StoreAligned(Vector512.FusedMultiplyAdd(Vector512.Create(_coefficient[q]), own,
                        Vector512.LoadAligned(to)), to);
                }
            }
            for (var k = fold.Begin; k < fold.End; k++)
                Vector512.StoreAligned(Vector512.LoadAligned(c + (8L * k)) * _gain[k], c + (8L * k));
        }
    }
}
