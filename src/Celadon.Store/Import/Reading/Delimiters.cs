namespace Celadon.Store.Import.Reading;

/// <summary>
/// Finds the sign that separates the cells of a text file: the one that occurs equally often in each line.
/// </summary>
internal static class Delimiters
{
    /// <summary>
    /// In order of trust where two are equally regular: a file with semicolons and commas is a semicolon file
    /// with decimal commas, never the other way round.
    /// </summary>
    private static readonly char[] Candidates = ['\t', ';', '|', '，', ','];

    private const int SampleLines = 400;

    /// <summary>
    /// The delimiter, and where the content begins: spreadsheet programs may state it in a first line
    /// "sep=;".
    /// </summary>
    public static (char Delimiter, int Start) Find(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("sep=") && text.Length > 4)
        {
            var end = text.IndexOfAny('\r', '\n');
            if (end == 5) return (text[4], text[5..].StartsWith("\r\n") ? 7 : 6);
        }
        var best = ',';
        var bestScore = 0.0;
        foreach (var candidate in Candidates)
        {
            var score = Score(text, candidate);
            if (score > bestScore + 0.1) (best, bestScore) = (candidate, score);
        }
        return (best, 0);
    }

    /// <summary>Share of the lines that hold the most frequent number of this sign (one or more).</summary>
    private static double Score(ReadOnlySpan<char> text, char candidate)
    {
        var counts = new Dictionary<int, int>();
        var lines = 0;
        var count = 0;
        var quoted = false;
        var blank = true;
        foreach (var c in text)
        {
            if (c == '"') quoted = !quoted;
            else if (c is '\n' or '\r' && !quoted)
            {
                if (!blank)
                {
                    counts[count] = counts.GetValueOrDefault(count) + 1;
                    if (++lines == SampleLines) break;
                }
                (count, blank) = (0, true);
                continue;
            }
            else if (c == candidate && !quoted) count++;
            if (!char.IsWhiteSpace(c)) blank = false;
        }
        if (!blank)
        {
            counts[count] = counts.GetValueOrDefault(count) + 1;
            lines++;
        }
        counts.Remove(0);
        return lines == 0 || counts.Count == 0 ? 0 : counts.Values.Max() / (double)lines;
    }
}
