using Celadon.Lca.Model;
using Celadon.Lca.Sampling;
using Celadon.Lca.WhatIf;

namespace Celadon.Lca.MonteCarlo;

/// <summary>Exchanges and factors that parameters drive: where they stand, their values in a batch.</summary>
internal sealed class DrivenPlan
{
    private readonly DrivenAmount[] _amounts;
    private readonly uint[] _streams;
    private readonly Dictionary<int, int> _technosphere = [];
    private readonly Dictionary<int, int> _biosphere = [];
    private readonly Dictionary<int, int> _factors = [];
    private readonly double[] _largest;

    /// <summary>Finds the entries; draws one batch to see how large the amounts may be.</summary>
    public DrivenPlan(ProductSystem system, MonteCarloSettings settings)
    {
        _amounts = [.. settings.Driven.Select(d => d.Amount)];
        _streams = new uint[_amounts.Length];
        for (var n = 0; n < settings.Driven.Count; n++)
        {
            var driven = settings.Driven[n];
            var (matrix, entries) = driven.Part switch
            {
                UncertainPart.Technosphere => (system.Technosphere, _technosphere),
                UncertainPart.Biosphere => (system.Biosphere, _biosphere),
                _ => (system.Factors, _factors),
            };
            var entry = matrix.Places.Length == 0 ? driven.Number : matrix.Places[driven.Number];
            (entries[entry], _streams[n]) = (n, Streams.Of(system, driven.Part, entry));
        }
        _largest = new double[_amounts.Length];
        if (_amounts.Length == 0) return;
        var first = new double[_amounts.Length * Draws.Lanes];
        Fill(Draws.KeyOf(settings.Seed, 0), first);
        for (var n = 0; n < first.Length; n++)
            _largest[n / Draws.Lanes] = Math.Max(_largest[n / Draws.Lanes], Math.Abs(first[n]));
    }

    /// <summary>How many there are.</summary>
    public int Count => _amounts.Length;

    /// <summary>The driven amount of an entry of the technosphere; −1 where it is not driven.</summary>
    public int Technosphere(int entry) =>
        _technosphere.Count == 0 ? -1 : _technosphere.GetValueOrDefault(entry, -1);

    /// <summary>The driven amount of an entry of the biosphere; −1 where it is not driven.</summary>
    public int Biosphere(int entry) =>
        _biosphere.Count == 0 ? -1 : _biosphere.GetValueOrDefault(entry, -1);

    /// <summary>The driven amount of an entry of the factors; −1 where it is not driven.</summary>
    public int Factor(int entry) =>
        _factors.Count == 0 ? -1 : _factors.GetValueOrDefault(entry, -1);

    /// <summary>A driven amount.</summary>
    public DrivenAmount Amount(int driven) => _amounts[driven];

    /// <summary>The random stream of the exchange that it drives.</summary>
    public uint Stream(int driven) => _streams[driven];

    /// <summary>The largest of its first thirty-two values, by size.</summary>
    public double Largest(int driven) => _largest[driven];

    /// <summary>Thirty-two values of each, one after the other.</summary>
    /// <exception cref="FormulaException">A formula has no value at what was drawn.</exception>
    public void Fill(in Threefry.Key key, Span<double> values)
    {
        var drawing = new BatchDrawing(key);
        for (var n = 0; n < _amounts.Length; n++)
            _amounts[n].Fill(drawing, _streams[n], values.Slice(n * Draws.Lanes, Draws.Lanes));
    }
}
