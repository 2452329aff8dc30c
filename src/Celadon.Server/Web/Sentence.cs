namespace Celadon.Server.Web;

/// <summary>A sentence with numbers in it; each number leads to its explanation.</summary>
/// <param name="Parts">Words and numbers in order.</param>
public sealed record Sentence(IReadOnlyList<Cell> Parts)
{
    private const char Hole = '\uE000';

    /// <summary>Nothing.</summary>
    public static Sentence None { get; } = new([]);

    /// <summary>Words alone.</summary>
    public static implicit operator Sentence(string words) => Of(words);

    /// <summary>Words alone.</summary>
    public static Sentence Of(string words) => new([new Words(words)]);

    /// <summary>A text of the catalogue whose arguments may be cells.</summary>
    public static Sentence Of(PageContext at, string key, params (string Name, object Value)[] args)
    {
        var cells = new List<Cell>();
        var text = at.L(key, [.. args.Select(a =>
        {
            if (a.Value is not Cell cell) return a;
            cells.Add(cell);
            return (a.Name, (object)$"{Hole}{(char)('0' + cells.Count - 1)}");
        })]);
        var parts = new List<Cell>();
        foreach (var (piece, i) in text.Split(Hole).Select((piece, i) => (piece, i)))
        {
            if (i > 0) parts.Add(cells[piece[0] - '0']);
            var words = i > 0 ? piece[1..] : piece;
            if (words.Length > 0) parts.Add(new Words(words));
        }
        return new Sentence(parts);
    }

    /// <summary>The sentence as plain text, for titles and terminals.</summary>
    public override string ToString() => string.Concat(Parts.Select(p => p switch
    {
        Words words => words.Text,
        Number number => number.ShownUnit is null ? number.Shown
            : $"{number.Shown} {Show.Unit(number.ShownUnit)}",
        _ => p.Stored,
    }));
}
