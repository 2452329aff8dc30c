using System.Text;

namespace Celadon.Tests.House;

/// <summary>A piece of a string literal, as long as no hole interrupts it.</summary>
/// <param name="At">Index of its first character in the source.</param>
/// <param name="End">Index after its last character.</param>
/// <param name="Text">What it says.</param>
/// <param name="BeforeHole">True when a hole of an interpolated string follows.</param>
internal sealed record Literal(int At, int End, string Text, bool BeforeHole);

/// <summary>
/// C# split into code and literals, as far as the house's tests need it: comments and the insides of literals
/// are blanked in <see cref="Code"/>, line for line, and the literals stand apart.
/// </summary>
internal sealed class CSharpSource
{
    private readonly string _text;
    private readonly char[] _code;
    private readonly List<Literal> _literals = [];
    private int _at;

    private CSharpSource(string text)
    {
        _text = text;
        _code = text.ToCharArray();
    }

    /// <summary>The source with comments and the insides of literals as spaces.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The literals in order.</summary>
    public IReadOnlyList<Literal> Literals => _literals;

    /// <summary>Reads a source.</summary>
    public static CSharpSource Read(string text)
    {
        var source = new CSharpSource(text);
        source.ReadCode(inHole: false);
        source.Code = new string(source._code);
        return source;
    }

    private void ReadCode(bool inHole)
    {
        var depth = 0;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (Is("//") || (c == '#' && StartsLine())) BlankTo(_text.IndexOf('\n', _at));
            else if (Is("/*")) BlankTo(_text.IndexOf("*/", _at + 2, StringComparison.Ordinal) + 2);
            else if (c == '\'') ReadCharacter();
            else if ((c is '"' or '$' or '@')
                && OpensString(out var dollars, out var verbatim, out var quotes))
                ReadString(dollars, verbatim, quotes);
            else if (inHole && depth == 0 && c == '}') return;
            else if (inHole && depth == 0 && c == ':') BlankTo(_text.IndexOf('}', _at)); // A format.
            else
            {
                if (c is '(' or '[' or '{') depth++;
                if (c is ')' or ']' or '}') depth--;
                _at++;
            }
        }
    }

    private bool Is(string what) => string.CompareOrdinal(_text, _at, what, 0, what.Length) == 0;

    private bool StartsLine()
    {
        for (var i = _at - 1; i >= 0 && _text[i] != '\n'; i--)
            if (!char.IsWhiteSpace(_text[i])) return false;
        return true;
    }

    private void BlankTo(int end)
    {
        if (end <= _at) end = _text.Length;
        for (; _at < end; _at++)
            if (_code[_at] != '\n') _code[_at] = ' ';
    }

    private void ReadCharacter()
    {
        var end = _text[_at + 1] == '\\' ? _text.IndexOf('\'', _at + 3) : _text.IndexOf('\'', _at + 2);
        _at++;
        BlankTo(end);
        _at++;
    }

    private bool OpensString(out int dollars, out bool verbatim, out int quotes)
    {
        var i = _at;
        (dollars, verbatim, quotes) = (0, false, 0);
        for (; i < _text.Length && _text[i] is '$' or '@'; i++)
            if (_text[i] == '$') dollars++;
            else verbatim = true;
        for (; i < _text.Length && _text[i] == '"'; i++) quotes++;
        if (quotes == 0) return false;
        if (quotes < 3 || verbatim) quotes = 1;
        return true;
    }

    private void ReadString(int dollars, bool verbatim, int quotes)
    {
        _at += dollars + (verbatim ? 1 : 0) + quotes;
        var raw = quotes >= 3;
        var (end, holes) = (new string('"', quotes), new string('{', raw ? Math.Max(dollars, 1) : 1));
        var piece = new StringBuilder();
        var start = _at;
        while (_at < _text.Length)
        {
            if (verbatim && Is("\"\"")) Take(2, "\"");
            else if (Is(end)) break;
            else if (!raw && !verbatim && _text[_at] == '\\') TakeEscape();
            else if (dollars > 0 && !raw && (Is("{{") || Is("}}"))) Take(2, _text[_at].ToString());
            else if (dollars > 0 && Is(holes))
            {
                _literals.Add(new Literal(start, _at, piece.ToString(), BeforeHole: true));
                piece.Clear();
                _at += holes.Length;
                ReadCode(inHole: true);
                _at += holes.Length;
                start = _at;
            }
            else Take(1, _text[_at].ToString());
        }
        _literals.Add(new Literal(start, _at, piece.ToString(), BeforeHole: false));
        _at += quotes;

        void Take(int count, string says)
        {
            piece.Append(says);
            BlankTo(_at + count);
        }

        void TakeEscape()
        {
            var next = _text[_at + 1];
            if (next != 'u')
                Take(2, next switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '0' => "\0", _ => $"{next}" });
            else Take(6, $"{(char)Convert.ToInt32(_text.Substring(_at + 2, 4), 16)}");
        }
    }
}
