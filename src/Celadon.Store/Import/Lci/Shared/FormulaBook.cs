using Celadon.Lca.WhatIf;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// Parameters of one scope with their stated values, and the check of formulas against them. A formula is
/// kept only where it can be read and gives what is stated: an amount that its formula contradicts was worked
/// out elsewhere (an allocated dataset keeps the formulas of the one before allocation), and the amount
/// holds.
/// </summary>
internal sealed class FormulaBook
{
    /// <summary>Longer formulas are not read: nobody writes them, and trees of them are too deep.</summary>
    private const int LongestFormula = 2_000;

    private readonly Dictionary<string, double> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names with their values.</summary>
    public IReadOnlyDictionary<string, double> Values => _values;

    /// <summary>True where a formula that is kept uses the name.</summary>
    public bool IsUsed(string name) => _used.Contains(name);

    /// <summary>Enters a name; false when it is taken by another value, or is no name.</summary>
    public bool Enter(string name, double value)
    {
        if (!IsName(name)) return false;
        return _values.TryAdd(name, value) || Doubles.Agree(_values[name], value);
    }

    /// <summary>
    /// Checks a formula against the stated number. The reason is empty when it holds; "syntax", "name" or
    /// "value" with what was found otherwise.
    /// </summary>
    public (string Reason, string Detail) Check(string text, double stated)
    {
        Formula formula;
        try
        {
            formula = Read(text);
        }
        catch (FormulaException problem)
        {
            return ("syntax", problem.Fault);
        }
        try
        {
            var value = formula.Value(_values);
            if (!Doubles.Agree(value, stated)) return ("value", Doubles.Write(value));
        }
        catch (FormulaException problem)
        {
            return ("name", problem.Fault);
        }
        foreach (var name in formula.Names) _used.Add(name);
        return ("", "");
    }

    private static Formula Read(string text) => text.Length <= LongestFormula ? FormulaParser.Parse(text)
        : throw new FormulaException(text[..40], 0, "too long");

    /// <summary>True for what the formula language takes as a name.</summary>
    public static bool IsName(string name) => name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsLetterOrDigit(c) || c == '_');
}
