using System.Globalization;

namespace Celadon.Lca.WhatIf;

/// <summary>
/// Reads a formula of numbers, names, + − * / ^, comparisons and a few functions. Nothing else can be said in
/// it: it reads no file, calls no code and ends for every input. Loosest first: comparison, sum, product,
/// sign, power (to the right). Arguments stand between ";" or ",".
/// </summary>
public sealed class FormulaParser
{
    private const int DeepestNesting = 200;
    private static readonly string[] Comparisons = ["<=", ">=", "<>", "==", "<", ">", "="];

    private readonly string _text;
    private int _at;
    private int _depth;

    private FormulaParser(string text) => _text = text;

    /// <summary>Reads a formula.</summary>
    /// <exception cref="FormulaException">With the place that cannot be read.</exception>
    public static Formula Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new FormulaParser(text);
        var root = parser.Comparison();
        // A NUL inside the text is no end of it: what stands after it would be lost.
        return parser.Peek() == '\0' && parser._at >= text.Length ? new Formula(text, root)
            : throw parser.Fault("nothing more was expected");
    }

    private Node Comparison()
    {
        if (++_depth > DeepestNesting) throw Fault("too deeply nested");
        var left = Sum();
        var sign = Comparisons.FirstOrDefault(Take);
        if (sign is not null) left = new Binary(sign == "==" ? "=" : sign, left, Sum());
        _depth--;
        return left;
    }

    private Node Sum()
    {
        var left = Product();
        while (true)
        {
            if (Take("+")) left = new Binary("+", left, Product());
            else if (Take("-")) left = new Binary("-", left, Product());
            else return left;
        }
    }

    private Node Product()
    {
        var left = Signed();
        while (true)
        {
            if (Take("*")) left = new Binary("*", left, Signed());
            else if (Take("/")) left = new Binary("/", left, Signed());
            else return left;
        }
    }

    private Node Signed()
    {
        if (++_depth > DeepestNesting) throw Fault("too deeply nested");
        var node = Take("-") ? new Binary("-", new Number(0), Signed()) : Take("+") ? Signed() : Power();
        _depth--;
        return node;
    }

    private Node Power()
    {
        var left = Primary();
        return Take("^") ? new Binary("^", left, Signed()) : left;
    }

    private Node Primary()
    {
        if (Take("("))
        {
            var inside = Comparison();
            return Take(")") ? inside : throw Fault("\")\" was expected");
        }
        var first = Peek();
        if (char.IsAsciiDigit(first) || first == '.') return ReadNumber();
        if (!char.IsLetter(first) && first != '_') throw Fault("a number or a name was expected");
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
        var name = _text[start.._at];
        if (!Take("(")) return new Name(name, start);
        var arguments = new List<Node>();
        if (!Take(")"))
        {
            do arguments.Add(Comparison());
            while (Take(";") || Take(","));
            if (!Take(")")) throw Fault("\")\" was expected");
        }
        return Call.Of(name, [.. arguments]) ?? throw new FormulaException(_text, start,
            $"no function \"{name}\" with {arguments.Count} arguments");
    }

    private Number ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.')) _at++;
        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            var exponent = _at + 1;
            if (exponent < _text.Length && _text[exponent] is '+' or '-') exponent++;
            if (exponent < _text.Length && char.IsAsciiDigit(_text[exponent])) _at = exponent;
            while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        }
        return double.TryParse(_text.AsSpan(start, _at - start), NumberStyles.Float,
            CultureInfo.InvariantCulture, out var value)
            ? new Number(value) : throw new FormulaException(_text, start, "not a number");
    }

    private char Peek()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private bool Take(string sign)
    {
        Peek();
        if (string.CompareOrdinal(_text, _at, sign, 0, sign.Length) != 0) return false;
        _at += sign.Length;
        return true;
    }

    private FormulaException Fault(string fault) => new(_text, Math.Min(_at, _text.Length), fault);
}
