namespace Celadon.Lca.WhatIf;

/// <summary>
/// Parameters: plain numbers, and formulas over other parameters. A set of the nearer scope (a process) sees
/// the wider one (the system) and may hide its names. Names do not tell capitals from small letters.
/// </summary>
public sealed class ParameterSet
{
    private readonly Dictionary<string, double> _values = new(StringComparer.OrdinalIgnoreCase);

    private ParameterSet()
    {
    }

    /// <summary>The values, formulas worked out.</summary>
    public IReadOnlyDictionary<string, double> Values => _values;

    /// <summary>
    /// Works out all formulas, in whatever order they stand. A number hides a formula of the same name: that
    /// is
    /// how a scenario sets a parameter.
    /// </summary>
    /// <param name="numbers">Plain parameters.</param>
    /// <param name="formulas">Names and formulas.</param>
    /// <param name="wider">Parameters of the wider scope.</param>
    /// <exception cref="FormulaException">A formula cannot be read, a name is unknown, or names go round in a
    /// circle: the circle is named.</exception>
    public static ParameterSet Of(IReadOnlyDictionary<string, double> numbers,
        IReadOnlyDictionary<string, string>? formulas = null, ParameterSet? wider = null)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var set = new ParameterSet();
        if (wider is not null)
            foreach (var (name, value) in wider._values) set._values[name] = value;
        var parsed = (formulas ?? new Dictionary<string, string>())
            .ToDictionary(f => f.Key, f => FormulaParser.Parse(f.Value), StringComparer.OrdinalIgnoreCase);
        foreach (var name in parsed.Keys) set._values.Remove(name);
        foreach (var (name, value) in numbers) set._values[name] = value;
        foreach (var name in parsed.Keys.Order(StringComparer.Ordinal)) set.WorkOut(name, parsed, []);
        return set;
    }

    private void WorkOut(string name, Dictionary<string, Formula> formulas, List<string> path)
    {
        if (_values.ContainsKey(name) || !formulas.TryGetValue(name, out var formula)) return;
        if (path.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new FormulaException(formula.Text, 0, $"a circle: {string.Join(" → ", [.. path, name])}");
        foreach (var used in formula.Names) WorkOut(used, formulas, [.. path, name]);
        _values[name] = formula.Value(_values);
    }
}
