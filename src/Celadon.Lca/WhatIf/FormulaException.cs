namespace Celadon.Lca.WhatIf;

/// <summary>A formula that cannot be read or worked out, and where.</summary>
public sealed class FormulaException : Exception
{
    public FormulaException() => (Formula, Fault) = ("", "");

    public FormulaException(string message) : base(message) => (Formula, Fault) = ("", message);

    public FormulaException(string message, Exception inner) : base(message, inner) =>
        (Formula, Fault) = ("", message);

    public FormulaException(string formula, int position, string fault)
        : base($"{fault} at {position + 1} of \"{formula}\"") =>
        (Formula, Position, Fault) = (formula, position, fault);

    /// <summary>The formula.</summary>
    public string Formula { get; }

    /// <summary>Where in it, from zero.</summary>
    public int Position { get; }

    /// <summary>What is wrong, for the developer.</summary>
    public string Fault { get; }
}
