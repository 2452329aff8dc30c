using Celadon.Lca.Model;
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

    /// <summary>The values at the stated numbers.</summary>
    public ParameterSet Nominal { get; }

    /// <summary>Whether a formula comes to something else when parameters are drawn.</summary>
    public bool Varies(Formula formula)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return formula.Names.Any(Varies);
    }

    /// <summary>The thirty-two sets of a batch of samples.</summary>
    /// <exception cref="FormulaException">A formula has no value at what was drawn.</exception>
    internal ParameterSet[] Drawn(in Threefry.Key key, Dictionary<ParameterScope, ParameterSet[]> done)
    {
        if (done.TryGetValue(this, out var known)) return known;
        var wider = _wider?.Drawn(key, done);
        var numbers = Enumerable.Range(0, Draws.Lanes)
            .Select(_ => new Dictionary<string, double>(_numbers, StringComparer.OrdinalIgnoreCase))
            .ToArray();
        foreach (var (name, uncertainty) in _uncertain)
        {
            Draws.Draw(key, StreamOf(name), Draws.Parameters.Of(uncertainty, 1), out var a, out var b);
            for (var lane = 0; lane < Draws.Lanes; lane++)
                numbers[lane][name] = lane < 16 ? a[lane] : b[lane - 16];
        }
        return done[this] = [.. numbers.Select((n, lane) =>
            ParameterSet.Of(n, _formulas, wider?[lane]))];
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
