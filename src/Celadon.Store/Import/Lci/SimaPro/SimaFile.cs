using System.Text;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>A row of a SimaPro file, in the order of its cells.</summary>
internal sealed record SimaRow(IReadOnlyList<string> Cells, string File, int Line)
{
    /// <summary>A cell; empty beyond the last.</summary>
    public string this[int index] => index < Cells.Count ? Cells[index] : "";

    /// <summary>A cell as a name: no sign in it that cannot be seen.</summary>
    /// <exception cref="UnusableException">It holds a control character.</exception>
    public string Name(int index = 0) => LciNotes.Unseen(this[index]) is not { } sign ? this[index]
        : throw new UnusableException(Finding.Of("formats.control", Severity.Error, Place(), ("file", File),
            ("line", Line), ("value", LciNotes.Shown(this[index])), ("sign", sign)));

    /// <summary>True where every cell is empty.</summary>
    public bool IsEmpty => Cells.All(c => c.Length == 0);

    /// <summary>What cannot be used of the row.</summary>
    public UnusableException Wrong(string what, string value) => new(Finding.Of("formats.value",
        Severity.Error, Place(what), ("file", File), ("line", Line), ("what", what),
        ("value", LciNotes.Shown(value))));

    /// <summary>Where findings about it point.</summary>
    public Place Place(string? what = null) => new(File, Row: Line, Column: what);
}

/// <summary>Rows under a heading.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Line">Its line.</param>
/// <param name="Rows">What stands below it.</param>
/// <param name="IsKnown">False for what stands where a heading should and is none.</param>
internal sealed record SimaSection(string Heading, int Line, List<SimaRow> Rows, bool IsKnown = true)
{
    /// <summary>The text of a section that has no columns.</summary>
    public string Text => string.Join('\n', Rows.Select(r => string.Join(' ', r.Cells).Trim()));
}

/// <summary>Everything from a block's name to its "End".</summary>
internal sealed record SimaBlock(string Name, string File, int Line, List<SimaRow> Rows)
{
    /// <summary>
    /// The sections: a heading stands alone, after an empty row or first; it ends at the next empty row. Text
    /// with an empty row inside goes on where no heading follows it. What stands alone where a heading should
    /// and is none of the block is a section that is not known; so is what stands before the first heading.
    /// </summary>
    public List<SimaSection> Sections(IReadOnlySet<string> headings)
    {
        var sections = new List<SimaSection>();
        var isNew = true;
        foreach (var row in Rows)
        {
            var isAlone = row.Cells.Skip(1).All(c => c.Length == 0);
            if (row.IsEmpty) isNew = true;
            else if (isNew && isAlone && headings.Contains(row[0]))
            {
                sections.Add(new(row[0], row.Line, []));
                isNew = false;
            }
            else if (sections.Count == 0
                || (isNew && isAlone && !SimaText.Texts.Contains(sections[^1].Heading)))
            {
                sections.Add(new(row[0], row.Line, isAlone ? [] : [row], IsKnown: false));
                isNew = false;
            }
            else
            {
                sections[^1].Rows.Add(row);
                isNew = false;
            }
        }
        return sections;
    }

    /// <summary>The sections, all of them known.</summary>
    /// <exception cref="UnusableException">Rows stand under a heading that is not known.</exception>
    public List<SimaSection> Known(IReadOnlySet<string> headings)
    {
        var sections = Sections(headings);
        if (sections.Find(s => !s.IsKnown && s.Rows.Count > 0) is { } other)
            throw new UnusableException(Finding.Of("formats.heading", Severity.Error,
                new Place(File, Row: other.Line), ("file", File), ("line", other.Line),
                ("value", LciNotes.Shown(other.Heading)), ("block", LciNotes.Shown(Name))));
        return sections;
    }
}

/// <summary>A SimaPro file: what its header says, and its blocks.</summary>
internal sealed class SimaFile
{
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private readonly bool _hasDecimalComma;

    private SimaFile(bool hasDecimalComma, IReadOnlyList<SimaBlock> blocks) =>
        (_hasDecimalComma, Blocks) = (hasDecimalComma, blocks);

    /// <summary>Its blocks in order.</summary>
    public IReadOnlyList<SimaBlock> Blocks { get; }

    /// <summary>True for the beginning of such a file.</summary>
    public static bool Recognises(ReadOnlySpan<byte> beginning)
    {
        if (Wide(beginning) is { } wide)
            beginning = Encoding.UTF8.GetBytes(wide.GetString(beginning[2..(beginning.Length / 2 * 2)]));
        if (beginning.StartsWith("\uFEFF"u8)) beginning = beginning[3..];
        if (beginning.StartsWith("\""u8)) beginning = beginning[1..];
        return beginning.StartsWith("{SimaPro"u8)
            || (beginning.StartsWith("{"u8) && beginning.IndexOf("{CSV separator:"u8) > 0);
    }

    /// <summary>UTF-16 where the first bytes say so, as spreadsheet programs save text; else null.</summary>
    private static Encoding? Wide(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xFE, ..] ? Encoding.Unicode
        : bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode : null;

    /// <summary>
    /// Reads a file: UTF-16 where its first bytes say so, UTF-8 where it is valid, else Windows-1252 as the
    /// program writes.
    /// </summary>
    /// <exception cref="UnusableException">Its header does not say how it is separated.</exception>
    /// <exception cref="RefusedException">It is beyond the bounds.</exception>
    public static SimaFile Read(LciPart part, LciNotes notes)
    {
        using var stream = part.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        if (!Recognises(bytes[..Math.Min(bytes.Length, 1024)]))
            throw new UnusableException(Finding.Of("formats.foreign", Severity.Error, new Place(part.Name),
                ("file", part.Name), ("format", SimaReader.Format)));
        var wide = Wide(bytes);
        if (wide is not null) bytes = bytes[2..];
        else if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var text = (wide ?? (System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Western))
            .GetString(bytes);
        var header = text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Trim(' ', '"', ';', ',', '\t'))
            .TakeWhile(l => l.StartsWith('{')).ToList();
        string Of(string name) => header.Find(h => h.StartsWith($"{{{name}:", StringComparison.Ordinal))
            is { } line ? line[(name.Length + 2)..].Trim('}', ' ') : "";
        char separator = Of("CSV separator").ToUpperInvariant() switch
        {
            "SEMICOLON" or ";" => ';',
            "COMMA" or "," => ',',
            "TAB" => '\t',
            { Length: > 0 } => throw new UnusableException(Finding.Of("formats.value", Severity.Error,
                new Place(part.Name, Row: 1), ("file", part.Name), ("line", 1), ("what", "CSV separator"),
                ("value", LciNotes.Shown(Of("CSV separator"))))),
            _ => throw new UnusableException(Finding.Of("formats.missing", Severity.Error,
                new Place(part.Name, Row: 1), ("file", part.Name), ("line", 1), ("what", "CSV separator"))),
        };
        var findings = new List<Finding>();
        var sheet = DelimitedText.Read(part.Name, text.ToCharArray(), separator, 0, ReadLimits.Default,
            findings, ImportPace.Unheard);
        foreach (var finding in findings) notes.Say(finding);
        return new SimaFile(Of("Decimal separator") == ",", [.. Parted(sheet, part.Name, notes)]);
    }

    /// <summary>
    /// The blocks. One that has no end is left out, and the next begins where its name stands alone after an
    /// empty row: else two processes would be read as one.
    /// </summary>
    private static IEnumerable<SimaBlock> Parted(Sheet sheet, string file, LciNotes notes)
    {
        SimaBlock? open = null;
        void Unended() => notes.Say(Finding.Of("formats.missing", Severity.Error,
            new Place(file, Row: open!.Line), ("file", file), ("line", open.Line),
            ("what", $"{LciNotes.Shown(open.Name)}: End")));
        for (var i = 0; i < sheet.RowCount; i++)
        {
            var cells = new string[sheet.Width(i)];
            // A line break inside a text is a delete character there.
            for (var c = 0; c < cells.Length; c++) cells[c] = sheet.Value(i, c).Replace('\u007F', '\n');
            var row = new SimaRow(cells, file, sheet.RowNumber(i));
            if (open is null)
            {
                if (!row.IsEmpty && !row[0].StartsWith('{')) open = new(row[0], file, row.Line, []);
            }
            else if (row[0] == "End" && row.Cells.Skip(1).All(c => c.Length == 0))
            {
                yield return open;
                open = null;
            }
            else if (SimaText.Begins.Contains(row[0])
                && row.Cells.Skip(1).All(c => c.Length == 0) && open.Rows is [.., { IsEmpty: true }])
            {
                Unended();
                open = new(row[0], file, row.Line, []);
            }
            else open.Rows.Add(row);
        }
        if (open is not null) Unended();
    }

    /// <summary>A number or formula with a point, whatever the file's decimal sign is.</summary>
    public string Pointed(string text)
    {
        text = text.Trim();
        if (!_hasDecimalComma || !text.Contains(',', StringComparison.Ordinal)) return text;
        var signs = text.ToCharArray();
        for (var i = 1; i + 1 < signs.Length; i++)
            if (signs[i] == ',' && char.IsAsciiDigit(signs[i - 1]) && char.IsAsciiDigit(signs[i + 1]))
                signs[i] = '.';
        return new string(signs);
    }

    /// <summary>A plain number, or null.</summary>
    public double? Number(string text) => Doubles.Parse(Pointed(text));
}
