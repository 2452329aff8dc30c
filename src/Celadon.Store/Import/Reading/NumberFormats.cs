using System.Globalization;
using System.Xml;

namespace Celadon.Store.Import.Reading;

/// <summary>How a workbook's cell styles show their numbers: as a number, a date, or a time alone.</summary>
internal sealed class NumberFormats
{
    private readonly List<Shown> _styles = [];

    /// <summary>What a number format makes of a number.</summary>
    internal enum Shown : byte { Number, Date, Time }

    /// <summary>How a cell of a style (attribute s) is shown.</summary>
    public Shown Of(int style) => style >= 0 && style < _styles.Count ? _styles[style] : Shown.Number;

    /// <summary>Reads xl/styles.xml.</summary>
    public static NumberFormats Read(XmlReader xml)
    {
        var formats = new NumberFormats();
        var custom = new Dictionary<int, Shown>();
        var inCellFormats = false;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "cellXfs") break;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && Id(xml.GetAttribute("numFmtId")) is { } id)
                custom[id] = Meaning(xml.GetAttribute("formatCode") ?? "");
            else if (xml.LocalName == "cellXfs") inCellFormats = true;
            else if (inCellFormats && xml.LocalName == "xf")
            {
                var number = Id(xml.GetAttribute("numFmtId")) ?? 0;
                formats._styles.Add(custom.TryGetValue(number, out var shown) ? shown : BuiltIn(number));
            }
        }
        return formats;
    }

    private static int? Id(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>
    /// ECMA-376 part 1, 18.8.30: 14 to 17 and 22 dates, 18 to 21 and 45 to 47 times; 27 to 36 and 50 to 58
    /// are dates in East Asian languages, of which 32 to 35, 55 and 56 are read as times there.
    /// </summary>
    private static Shown BuiltIn(int id) => id switch
    {
        >= 14 and <= 17 or 22 => Shown.Date,
        >= 18 and <= 21 or >= 45 and <= 47 or >= 32 and <= 35 => Shown.Time,
        >= 27 and <= 31 or 36 or >= 50 and <= 58 => Shown.Date,
        _ => Shown.Number,
    };

    /// <summary>
    /// Reads a format code: quoted text, escapes and brackets (except [h], [m], [s]) show nothing.
    /// </summary>
    internal static Shown Meaning(string code)
    {
        if (code.StartsWith("General", StringComparison.OrdinalIgnoreCase)) return Shown.Number;
        bool date = false, time = false;
        for (var i = 0; i < code.Length; i++)
        {
            switch (char.ToLowerInvariant(code[i]))
            {
                case '"':
                    i = code.IndexOf('"', i + 1) is >= 0 and var close ? close : code.Length;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '[':
                    time |= i + 1 < code.Length && char.ToLowerInvariant(code[i + 1]) is 'h' or 'm' or 's';
                    i = code.IndexOf(']', i) is >= 0 and var end ? end : code.Length;
                    break;
                case ';':
                    i = code.Length;
                    break;
                case 'y' or 'd':
                    date = true;
                    break;
                case 'h' or 's':
                    time = true;
                    break;
                case 'm':
                    // Minutes stand beside hours or seconds; a lone m is a month.
                    date |= !code.Contains('h', StringComparison.OrdinalIgnoreCase)
                        && !code.Contains('s', StringComparison.OrdinalIgnoreCase);
                    break;
            }
        }
        return date ? Shown.Date : time ? Shown.Time : Shown.Number;
    }
}
