namespace Celadon.Lca.WhatIf;

/// <summary>A formula that was read.</summary>
public sealed class Formula
{
    private static readonly Dictionary<string, double> Constants =
        new(StringComparer.OrdinalIgnoreCase) { ["pi"] = Math.PI, ["e"] = Math.E };

    private readonly Node _root;

    internal Formula(string text, Node root)
    {
        (Text, _root) = (text, root);
        var names = new List<string>();
        root.Collect(names);
        Names = [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The names it uses, parameters and constants (pi, e) alike.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The value with these parameters; a parameter may hide a constant.</summary>
    /// <exception cref="FormulaException">A name is unknown, or the value is no finite number.</exception>
    public double Value(IReadOnlyDictionary<string, double> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var result = _root.Value(name => parameters.TryGetValue(name.Word, out var value)
            || Constants.TryGetValue(name.Word, out value) ? value
            : throw new FormulaException(Text, name.At, $"no parameter \"{name.Word}\""));
        return double.IsFinite(result) ? result : throw new FormulaException(Text, 0, "no finite value");
    }
}

/// <summary>A part of a formula.</summary>
internal abstract record Node(params Node[] Parts)
{
    public abstract double Value(Func<Name, double> look);

    public virtual void Collect(List<string> names)
    {
        foreach (var part in Parts) part.Collect(names);
    }
}

internal sealed record Number(double Amount) : Node
{
    public override double Value(Func<Name, double> look) => Amount;
}

internal sealed record Name(string Word, int At) : Node
{
    public override double Value(Func<Name, double> look) => look(this);

    public override void Collect(List<string> names) => names.Add(Word);
}

internal sealed record Binary(string Sign, Node Left, Node Right) : Node(Left, Right)
{
    public override double Value(Func<Name, double> look)
    {
        var (a, b) = (Left.Value(look), Right.Value(look));
        return Sign switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "^" => Math.Pow(a, b),
            "<" => a < b ? 1 : 0,
            ">" => a > b ? 1 : 0,
            "<=" => a <= b ? 1 : 0,
            ">=" => a >= b ? 1 : 0,
            "=" => a == b ? 1 : 0,
            _ => a != b ? 1 : 0,
        };
    }
}

/// <summary>Works out only the branch that counts, so that the other may be impossible.</summary>
internal sealed record Choice(Node Condition, Node Then, Node Else) : Node(Condition, Then, Else)
{
    public override double Value(Func<Name, double> look) =>
        Condition.Value(look) != 0 ? Then.Value(look) : Else.Value(look);
}

internal sealed record Call(Func<double[], double> Function, Node[] Arguments) : Node(Arguments)
{
    /// <summary>A function by name and number of arguments, or null.</summary>
    public static Node? Of(string name, Node[] arguments) => (name.ToUpperInvariant(),
        arguments.Length) switch
    {
        ("IF", 3) => new Choice(arguments[0], arguments[1], arguments[2]),
        ("MIN", > 0) => new Call(a => a.Min(), arguments),
        ("MAX", > 0) => new Call(a => a.Max(), arguments),
        ("SUM", > 0) => new Call(a => a.Sum(), arguments),
        ("ABS", 1) => new Call(a => Math.Abs(a[0]), arguments),
        ("SQRT", 1) => new Call(a => Math.Sqrt(a[0]), arguments),
        ("EXP", 1) => new Call(a => Math.Exp(a[0]), arguments),
        ("LN", 1) => new Call(a => Math.Log(a[0]), arguments),
        ("LOG10", 1) => new Call(a => Math.Log10(a[0]), arguments),
        ("ROUND", 1) => new Call(a => Math.Round(a[0], MidpointRounding.ToEven), arguments),
        ("FLOOR", 1) => new Call(a => Math.Floor(a[0]), arguments),
        ("CEIL", 1) => new Call(a => Math.Ceiling(a[0]), arguments),
        ("AND", > 0) => new Call(a => a.All(v => v != 0) ? 1 : 0, arguments),
        ("OR", > 0) => new Call(a => a.Any(v => v != 0) ? 1 : 0, arguments),
        ("NOT", 1) => new Call(a => a[0] == 0 ? 1 : 0, arguments),
        _ => null,
    };

    public override double Value(Func<Name, double> look) =>
        Function([.. Arguments.Select(a => a.Value(look))]);
}
