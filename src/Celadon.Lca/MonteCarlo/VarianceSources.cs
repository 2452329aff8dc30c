using Celadon.Lca.Model;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// Carries the sensitivities of matrix entries over to the uncertain numbers behind them: to what is drawn
/// for an entry, which may be one draw for several entries, and to what an entry follows.
/// </summary>
internal sealed class VarianceSources(ProductSystem system, MonteCarloSettings settings)
{
    /// <summary>Derivatives are taken over so many standard deviations to either side.</summary>
    private const double Step = 1e-4;

    private readonly DrivenPlan _driven = new(system, settings);
    private readonly Dictionary<uint, Drawn> _drawn = [];
    private readonly Dictionary<int, double> _sensitivities = [];

    /// <summary>
    /// Shares of a market are scaled to their sum: more of one is less of the others, in their proportion.
    /// </summary>
    public IEnumerable<VarianceShare> InMarkets(IEnumerable<VarianceShare> entries)
    {
        if (settings.Shares.Count == 0) return entries;
        var (all, part) = (entries.ToDictionary(v => v.Entry), system.Technosphere);
        foreach (var group in settings.Shares)
        {
            int[] places = [.. group.Select(n => part.Places.Length == 0 ? n : part.Places[n])];
            var sum = places.Sum(p => part.Matrix.Values[p]);
            if (sum == 0) continue;
            var mean = places.Sum(p => all[p].Sensitivity * part.Matrix.Values[p]) / sum;
            foreach (var p in places) all[p] = all[p] with { Sensitivity = all[p].Sensitivity - mean };
        }
        return all.OrderBy(v => v.Key).Select(v => v.Value);
    }

    /// <summary>Whether an entry has anything uncertain behind it.</summary>
    public bool Counts(UncertainPart part, int entry) => Matrix(part).Of(entry).IsUncertain
        || Driven(part, entry) >= 0 || (part == UncertainPart.Technosphere && settings.Shares.Count > 0);

    /// <summary>Takes an entry with its sensitivity.</summary>
    public void Add(VarianceShare entry)
    {
        var (part, driven) = (Matrix(entry.Part), Driven(entry.Part, entry.Entry));
        if (driven >= 0)
            _sensitivities[driven] = _sensitivities.GetValueOrDefault(driven) + entry.Sensitivity;
        if (!part.Of(entry.Entry).IsUncertain) return;
        var deviation = Math.Sqrt(part.Of(entry.Entry).Variance);
        if (part.Matrix.Values[entry.Entry] < 0) deviation = -deviation;
        Of(Streams.Of(system, entry.Part, entry.Entry)).Add(entry, entry.Sensitivity * deviation);
    }

    /// <summary>What each uncertain number adds.</summary>
    public IEnumerable<VarianceShare> All()
    {
        var parameters = new Dictionary<UncertainParameter, (double Derivative, double Deviation)>();
        foreach (var (source, derivative) in Followed())
        {
            var deviation = Math.Sqrt(source.Uncertainty.Variance);
            // The draw of an output whose amount shares burdens out also stands in the output itself.
            if (source.Parameter is null)
                Of(source.Stream).More(derivative * (source.Nominal < 0 ? -deviation : deviation));
            else parameters[source.Parameter] = (derivative, deviation);
        }
        var number = 0;
        return _drawn.Values.Where(d => d.Entry is not null).Select(d => d.Share())
            .Concat(parameters.Select(x => new VarianceShare(UncertainPart.Parameter, number++, null, null,
                null, x.Value.Derivative, Math.Pow(x.Value.Derivative * x.Value.Deviation, 2), 0)
            {
                Parameter = x.Key,
            }));
    }

    private UncertainMatrix Matrix(UncertainPart part) => part switch
    {
        UncertainPart.Technosphere => system.Technosphere,
        UncertainPart.Biosphere => system.Biosphere,
        _ => system.Factors,
    };

    private int Driven(UncertainPart part, int entry) => part switch
    {
        UncertainPart.Technosphere => _driven.Technosphere(entry),
        UncertainPart.Biosphere => _driven.Biosphere(entry),
        _ => _driven.Factor(entry),
    };

    private Drawn Of(uint stream) => _drawn.TryGetValue(stream, out var known) ? known
        : _drawn[stream] = new Drawn();

    /// <summary>The uncertain numbers that driven entries follow, and how the score goes with each.</summary>
    private IEnumerable<(UncertainSource Source, double Derivative)> Followed()
    {
        var followers = new Dictionary<UncertainSource, List<int>>();
        foreach (var (driven, sensitivity) in _sensitivities.OrderBy(s => s.Key))
            foreach (var source in sensitivity == 0 ? [] : _driven.Amount(driven).Sources)
            {
                if (!followers.TryGetValue(source, out var list)) followers[source] = list = [];
                list.Add(driven);
            }
        var values = new double[2];
        foreach (var (source, list) in followers)
        {
            var step = Step * Math.Sqrt(source.Uncertainty.Variance);
            if (step == 0) continue;
            var (drawing, derivative) = (new NudgedDrawing(source, step), 0.0);
            foreach (var driven in list)
            {
                _driven.Amount(driven).Fill(drawing, _driven.Stream(driven), values);
                derivative += _sensitivities[driven] * (values[1] - values[0]) / (2 * step);
            }
            yield return (source, derivative);
        }
    }

    /// <summary>One draw, with the entries that it stands in.</summary>
    private sealed class Drawn
    {
        private double _effect;
        private double _largest = -1;

        public VarianceShare? Entry { get; private set; }

        public void Add(VarianceShare entry, double effect)
        {
            _effect += effect;
            if (Math.Abs(effect) <= _largest) return;
            (Entry, _largest) = (entry, Math.Abs(effect));
        }

        public void More(double effect) => _effect += effect;

        public VarianceShare Share() => Entry! with { Variance = _effect * _effect };
    }
}
