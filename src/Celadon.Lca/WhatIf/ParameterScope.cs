using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Sampling;

namespace Celadon.Lca.WhatIf;

/// <summary>
/// Parameters some of which are uncertain: of a system, or of a process inside it. What is drawn for one
/// sample holds for every formula that uses the parameter, so that amounts which depend on it vary together.
/// </summary>
public sealed class ParameterScope
{
    /// <summary>Streams of parameters begin above those of exchanges, which have 32 bits.</summary>
    private const ulong FirstStream = 1UL << 32;

    private readonly string _owner;
    private readonly Dictionary<string, double> _numbers;
    private readonly Dictionary<string, string> _formulas;
    private readonly Dictionary<string, Uncertainty> _uncertain;
    private readonly Dictionary<string, bool> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly ParameterScope? _wider;

    /// <summary>Works the formulas out at the stated numbers.</summary>
    /// <param name="owner">
    /// Whose parameters they are. The same owner, name, seed and sample give the same draw in any system.
    /// </param>
    /// <param name="numbers">Plain parameters.</param>
    /// <param name="formulas">Names and formulas.</param>
    /// <param name="uncertain">Uncertainties of plain parameters.</param>
    /// <param name="wider">The scope around; its names are seen unless hidden here.</param>
    /// <exception cref="FormulaException">As for <see cref="ParameterSet.Of"/>.</exception>
    public ParameterScope(string owner, IReadOnlyDictionary<string, double> numbers,
        IReadOnlyDictionary<string, string> formulas, IReadOnlyDictionary<string, Uncertainty> uncertain,
        ParameterScope? wider = null)
    {
        (_owner, _wider) = (owner, wider);
        _numbers = new(numbers, StringComparer.OrdinalIgnoreCase);
        _formulas = new(formulas, StringComparer.OrdinalIgnoreCase);
        _uncertain = new(uncertain.Where(u => u.Value.IsUncertain), StringComparer.OrdinalIgnoreCase);
        Nominal = ParameterSet.Of(_numbers, _formulas, wider?.Nominal);
    }

    /// <summary>Whose parameters they are.</summary>
    public string Owner => _owner;

    /// <summary>The values at the stated numbers.</summary>
    public ParameterSet Nominal { get; }

    /// <summary>Whether a formula comes to something else when parameters are drawn.</summary>
    public bool Varies(Formula formula)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return formula.Names.Any(Varies);
    }

    /// <summary>The uncertain parameters that a formula comes to depend on, in this scope and wider
    /// ones.</summary>
    internal IReadOnlyList<UncertainSource> Uncertain(Formula formula)
    {
        var found = new List<UncertainSource>();
        foreach (var name in formula.Names) Collect(name, found);
        return [.. found.Distinct()];
    }

    /// <summary>The thirty-two sets of a batch of samples.</summary>
    /// <exception cref="FormulaException">A formula has no value at what was drawn.</exception>
    internal ParameterSet[] Drawn(Threefry.Key key, BatchDrawing drawing)
    {
        var wider = _wider is null ? null : drawing.Of(_wider);
        var numbers = Enumerable.Range(0, Draws.Lanes)
            .Select(_ => new Dictionary<string, double>(_numbers, StringComparer.OrdinalIgnoreCase))
            .ToArray();
        var values = new double[Draws.Lanes];
        foreach (var name in _uncertain.Keys)
        {
            Draw(key, name, values);
            for (var lane = 0; lane < Draws.Lanes; lane++) numbers[lane][name] = values[lane];
        }
        return [.. numbers.Select((n, lane) => ParameterSet.Of(n, _formulas, wider?[lane]))];
    }

    /// <summary>Thirty-two draws of an uncertain parameter of this scope.</summary>
    internal void Draw(in Threefry.Key key, string name, Span<double> values)
    {
        Draws.Draw(key, StreamOf(name), Draws.Parameters.Of(_uncertain[name], 1), out var a, out var b);
        for (var lane = 0; lane < Draws.Lanes; lane++) values[lane] = lane < 16 ? a[lane] : b[lane - 16];
    }

    /// <summary>The stated numbers, one of them, here or in a wider scope, with a step added.</summary>
    internal ParameterSet Nudged(UncertainParameter? parameter, double step, Drawing drawing, int number)
    {
        if (parameter is null) return Nominal;
        var wider = _wider is null ? null : drawing.Of(_wider)[number];
        if (!ReferenceEquals(parameter.Scope, this)) return ParameterSet.Of(_numbers, _formulas, wider);
        var numbers = new Dictionary<string, double>(_numbers, StringComparer.OrdinalIgnoreCase);
        numbers[parameter.Name] += step;
        return ParameterSet.Of(numbers, _formulas, wider);
    }

    private void Collect(string name, List<UncertainSource> found)
    {
        if (!Varies(name)) return;
        if (_numbers.TryGetValue(name, out var value))
        {
            // The name as it was declared, however the formula writes it.
            var own = _numbers.Keys.First(k => k.Equals(name, StringComparison.OrdinalIgnoreCase));
            found.Add(new(new(this, own), 0, value, _uncertain[name]));
        }
        else if (_formulas.TryGetValue(name, out var formula))
            foreach (var used in FormulaParser.Parse(formula).Names) Collect(used, found);
        else _wider?.Collect(name, found);
    }

    private bool Varies(string name)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        // Until it is worked out a name counts as certain: circles were refused before.
        _known[name] = false;
        return _known[name] = _numbers.ContainsKey(name) ? _uncertain.ContainsKey(name)
            : _formulas.TryGetValue(name, out var formula)
                ? FormulaParser.Parse(formula).Names.Any(Varies) : _wider?.Varies(name) ?? false;
    }

    /// <summary>A hash of owner and name (Fowler, Noll and Vo, 32 bits, variant 1a).</summary>
    private ulong StreamOf(string name)
    {
        var hash = 2166136261u;
        foreach (var c in $"{_owner}\n{name.ToUpperInvariant()}") hash = (hash ^ c) * 16777619u;
        return FirstStream | hash;
    }
}
