using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;
using Celadon.Quantities;

namespace Celadon.Store;

/// <summary>
/// Recomputes the formulas of a workbook that this program wrote: products of cells, differences, thousandths
/// and SUMs over a column of the sheet of lines, and compares them with the values that stand in the file.
/// </summary>
/// <param name="workbook">The file.</param>
internal sealed partial class WorkbookArithmetic(byte[] workbook)
{
    private readonly Dictionary<string, Dictionary<string, (Amount Value, string? Formula)>> _sheets =
        Read(workbook);

    /// <summary>How many formulas were recomputed.</summary>
    public long Checked { get; private set; }

    /// <summary>Cells ("sheet1!B2") whose formula gives another value than stands there.</summary>
    public IEnumerable<string> Wrong()
    {
        foreach (var (name, cells) in _sheets)
        {
            foreach (var (at, cell) in cells.Where(c => c.Value.Formula is not null))
            {
                Checked++;
                if (Evaluate(cell.Formula!, cells) != cell.Value) yield return $"{name}!{at}";
            }
        }
    }

    private Amount? Evaluate(string formula, Dictionary<string, (Amount Value, string? Formula)> here)
    {
        Amount Of(string at) => here.TryGetValue(at, out var cell) ? cell.Value : Amount.Zero;
        if (formula == "0") return Amount.Zero;
        if (Range().Match(formula) is { Success: true } sum)
        {
            // The summary's sums reach over the sheet of lines, the second of the workbook.
            var lines = _sheets["sheet2"];
            var (column, first, last) = (sum.Groups[1].Value, int.Parse(sum.Groups[2].Value, null),
                int.Parse(sum.Groups[3].Value, null));
            return Enumerable.Range(first, last - first + 1).Aggregate(Amount.Zero, (total, row) =>
                total + (lines.TryGetValue(FormattableString.Invariant($"{column}{row}"), out var c) ? c.Value
                    : Amount.Zero));
        }
        if (Thousandth().Match(formula) is { Success: true } part)
            return Of(part.Groups[1].Value) * Amount.From(1, 3);
        if (Difference().Match(formula) is { Success: true } less)
            return Of(less.Groups[1].Value) - Of(less.Groups[2].Value);
        return Product().IsMatch(formula)
            ? formula.Split('*').Aggregate(Amount.One, (product, at) => product * Of(at)) : null;
    }

    private static Dictionary<string, Dictionary<string, (Amount, string?)>> Read(byte[] workbook)
    {
        var sheets = new Dictionary<string, Dictionary<string, (Amount, string?)>>(StringComparer.Ordinal);
        using var zip = new ZipArchive(new MemoryStream(workbook));
        foreach (var entry in zip.Entries.Where(e =>
            e.FullName is "xl/worksheets/sheet1.xml" or "xl/worksheets/sheet2.xml"))
        {
            using var xml = XmlReader.Create(entry.Open(), new XmlReaderSettings
            { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true });
            sheets[Path.GetFileNameWithoutExtension(entry.Name)] = Cells(xml);
        }
        return sheets;
    }

    private static Dictionary<string, (Amount, string?)> Cells(XmlReader xml)
    {
        var cells = new Dictionary<string, (Amount, string?)>(StringComparer.Ordinal);
        var (at, formula) = ("", (string?)null);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "c") (at, formula) = (xml.GetAttribute("r") ?? "", null);
            else if (xml.LocalName == "f") formula = xml.ReadString();
            else if (xml.LocalName == "v" && Amount.TryParse(xml.ReadString(), out var value))
                cells[at] = (value, formula);
        }
        return cells;
    }

    [GeneratedRegex("^SUM\\('[^']*'!([A-Z]+)([0-9]+):\\1([0-9]+)\\)$")]
    private static partial Regex Range();

    [GeneratedRegex("^([A-Z]+[0-9]+)/1000$")]
    private static partial Regex Thousandth();

    [GeneratedRegex("^([A-Z]+[0-9]+)-([A-Z]+[0-9]+)$")]
    private static partial Regex Difference();

    [GeneratedRegex(@"^[A-Z]+[0-9]+(\*[A-Z]+[0-9]+)+$")]
    private static partial Regex Product();
}
