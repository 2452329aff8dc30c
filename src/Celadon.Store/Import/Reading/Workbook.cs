using System.Globalization;
using System.Text;
using System.Xml;
using Celadon.Text;

namespace Celadon.Store.Import.Reading;

/// <summary>
/// Reads a workbook (ECMA-376, transitional or strict) straight from its parts, because the books need the
/// decimal text of each number as the file stores it. No document type, no external part, no macro is ever
/// touched.
/// </summary>
internal sealed class Workbook : IDisposable
{
    private readonly SourceFile _file;
    private readonly ReadLimits _limits;
    private readonly PackedParts _parts;
    private readonly ImportPace _pace;
    private string[] _strings = [];
    private NumberFormats _formats = new();
    private bool _from1904;

    private Workbook(SourceFile file, ReadLimits limits, ImportPace pace, PackedParts parts)
    {
        _pace = pace;
        _file = file;
        _limits = limits;
        _parts = parts;
    }

    /// <summary>All worksheets, hidden ones too.</summary>
    /// <exception cref="RefusedException">The workbook is damaged or beyond the limits.</exception>
    public static List<Sheet> Read(SourceFile file, ReadLimits limits, List<Finding> findings,
        ImportPace pace)
    {
        using var book = new Workbook(file, limits, pace, PackedParts.Open(file, limits));
        try
        {
            return book.Sheets(findings);
        }
        catch (XmlException problem)
        {
            throw new RefusedException(
                Finding.Of("import.workbook.damaged", Severity.Error, new Place(file.Name),
                ("line", problem.LineNumber)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();

    private List<Sheet> Sheets(List<Finding> findings)
    {
        if (!_parts.Has("xl/workbook.xml")) throw Refuse("import.file.office");
        var targets = Targets();
        var listed = new List<(string Name, string Part, bool Hidden)>();
        using (var xml = Xml("xl/workbook.xml"))
        {
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element) continue;
                if (xml.LocalName == "workbookPr") _from1904 = xml.GetAttribute("date1904") is "1" or "true";
                if (xml.LocalName != "sheet") continue;
                var (name, state) = (xml.GetAttribute("name") ?? "", xml.GetAttribute("state"));
                if (targets.TryGetValue(RelationOf(xml), out var part) && part.Contains("worksheet",
                    StringComparison.OrdinalIgnoreCase)) listed.Add(
                    (name, part, state is "hidden" or "veryHidden"));
            }
        }
        if (listed.Count > _limits.Sheets) throw Refuse("import.workbook.sheets", ("count", listed.Count));
        if (_parts.Has("xl/sharedStrings.xml")) _strings = SharedStrings();
        if (_parts.Has("xl/styles.xml"))
        {
            using var xml = Xml("xl/styles.xml");
            _formats = NumberFormats.Read(xml);
        }
        var sheets = new List<Sheet>();
        foreach (var (name, part, hidden) in listed)
        {
            if (!_parts.Has(part)) throw Refuse("import.workbook.damaged", ("line", 0));
            using var xml = Xml(part);
            sheets.Add(new Worksheet(_file.Name, name, _limits, _strings, _formats, _from1904, findings)
                .Read(xml, hidden, _pace));
        }
        return sheets;
    }

    private static string RelationOf(XmlReader xml)
    {
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (xml.LocalName != "id" || xml.NamespaceURI.Length == 0) continue;
            var id = xml.Value;
            xml.MoveToElement();
            return id;
        }
        xml.MoveToElement();
        return "";
    }

    /// <summary>Parts by relationship id, as names inside the zip.</summary>
    private Dictionary<string, string> Targets()
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        using var xml = Xml("xl/_rels/workbook.xml.rels");
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship") continue;
            if (xml.GetAttribute("TargetMode") == "External") continue;
            var target = xml.GetAttribute("Target") ?? "";
            targets[xml.GetAttribute("Id") ?? ""] = target.StartsWith('/') ? target[1..] : "xl/" + target;
        }
        return targets;
    }

    private string[] SharedStrings()
    {
        var strings = new List<string>();
        var text = new StringBuilder();
        using var xml = Xml("xl/sharedStrings.xml");
        var phonetic = false;
        while (xml.Read())
        {
            if (xml.LocalName == "rPh") phonetic = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            else if (xml.LocalName == "si" && xml.NodeType == XmlNodeType.Element)
            {
                text.Clear();
                if (xml.IsEmptyElement) strings.Add("");
            }
            else if (xml.LocalName == "si") strings.Add(text.ToString());
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace
                or XmlNodeType.Whitespace && !phonetic) text.Append(xml.Value);
            _pace.Check(strings.Count);
            if (strings.Count > _limits.Cells) throw Refuse("import.sheet.large", ("count", strings.Count));
        }
        return [.. strings];
    }

    private XmlReader Xml(string part) => XmlReader.Create(
        _parts.Part(part) ?? throw Refuse("import.workbook.damaged", ("line", 0)),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CloseInput = true,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = _limits.EntryBytes,
        });

    private RefusedException Refuse(string code, params (string, object)[] args) =>
        new(Finding.Of(code, Severity.Error, new Place(_file.Name), args.Length == 0 ? [] : args));

    /// <summary>Number of a decimal attribute, or −1.</summary>
    internal static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
