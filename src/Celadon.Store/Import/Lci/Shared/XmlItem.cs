using System.Text;
using System.Xml;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// An element of a received XML file, by local name. What is asked for is marked, so that in the end what
/// nobody asked for can be counted. Read without recursion and within bounds; document types and entities
/// are refused.
/// </summary>
internal sealed class XmlItem
{
    private static readonly HashSet<string> OfTheFileItself = new(StringComparer.Ordinal)
    {
        "lang", "schemaLocation", "version", "index", "uri", "type", "locations", "schemaVersion",
    };

    private static readonly StringBuilder NoPieces = new();

    private readonly List<(string Name, string Value, bool[] Taken)> _attributes = [];
    private readonly List<XmlItem> _children = [];
    private StringBuilder _pieces = new();
    private bool _taken;

    private XmlItem(string name, string file, int line) => (Name, File, Line) = (name, file, line);

    /// <summary>Local name.</summary>
    public string Name { get; }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Line in the file, from 1.</summary>
    public int Line { get; }

    /// <summary>Text inside the element itself, trimmed.</summary>
    public string Text { get; private set; } = "";

    /// <summary>xml:lang; empty when none.</summary>
    public string Language { get; private set; } = "";

    /// <summary>Where findings about it point.</summary>
    public Place Place => new(File, Row: Line, Column: Name);

    /// <summary>Reads a file.</summary>
    /// <exception cref="UnusableException">It is no XML that may be read; the finding says why.</exception>
    public static XmlItem Read(LciPart part, LciLimits limits)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = limits.FileCharacters,
            MaxCharactersFromEntities = 1024,
            CheckCharacters = true,
        };
        try
        {
            using var stream = part.Open();
            using var reader = XmlReader.Create(stream, settings);
            return Build(reader, part.Name, limits);
        }
        catch (XmlException problem)
        {
            throw new UnusableException(Finding.Of("formats.xml", Severity.Error,
                new Place(part.Name, Row: Math.Max(1, problem.LineNumber)), ("file", part.Name),
                ("line", problem.LineNumber), ("column", problem.LinePosition)));
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException
            or DecoderFallbackException)
        {
            throw new UnusableException(Finding.Of("formats.xml", Severity.Error,
                new Place(part.Name, Row: 1), ("file", part.Name), ("line", 1), ("column", 1)));
        }
    }

    private static XmlItem Build(XmlReader reader, string file, LciLimits limits)
    {
        var info = (IXmlLineInfo)reader;
        var open = new Stack<XmlItem>();
        XmlItem? root = null;
        var count = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var item = new XmlItem(reader.LocalName, file, info.LineNumber);
                    count += 1 + reader.AttributeCount;
                    if (open.Count >= limits.Depth || count > limits.Items) throw TooMuch(item);
                    if (open.TryPeek(out var parent)) parent._children.Add(item);
                    root ??= item;
                    var isEmpty = reader.IsEmptyElement;
                    item.TakeAttributes(reader);
                    if (!isEmpty) open.Push(item);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when open.TryPeek(out var holder):
                    if (++count > limits.Items) throw TooMuch(holder);
                    holder._pieces.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    var closed = open.Pop();
                    closed.Text = closed._pieces.ToString().Trim();
                    closed._pieces = NoPieces;
                    break;
                default:
                    break;
            }
        }
        return root!;
    }

    private static UnusableException TooMuch(XmlItem at) => new(Finding.Of("formats.xml.bounds",
        Severity.Error, at.Place, ("file", at.File), ("line", at.Line)));

    private void TakeAttributes(XmlReader reader)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix == "xmlns" || reader.Name == "xmlns") continue;
            if (reader.Name == "xml:lang") Language = reader.Value;
            else _attributes.Add((reader.LocalName, reader.Value, new bool[1]));
        }
    }

    /// <summary>The first child of that name, or null.</summary>
    public XmlItem? this[string name] => All(name).FirstOrDefault();

    /// <summary>The item at a path of names, or null.</summary>
    public XmlItem? At(params ReadOnlySpan<string> path)
    {
        var item = this;
        foreach (var name in path)
        {
            item = item[name];
            if (item is null) return null;
        }
        return item;
    }

    /// <summary>The children of that name.</summary>
    public IEnumerable<XmlItem> All(string name)
    {
        _taken = true;
        foreach (var child in _children)
            if (child.Name == name)
            {
                child._taken = true;
                yield return child;
            }
    }

    /// <summary>Every child, none of them marked.</summary>
    public IReadOnlyList<XmlItem> Children => _children;

    /// <summary>The value of an attribute; empty when it has none of that name.</summary>
    public string Attribute(string name)
    {
        _taken = true;
        foreach (var (own, value, taken) in _attributes)
        {
            if (own != name) continue;
            taken[0] = true;
            return value.Trim();
        }
        return "";
    }

    /// <summary>Its attributes as they stand, "n=3".</summary>
    public IEnumerable<string> Stated() => _attributes.Select(a => $"{a.Name}={a.Value.Trim()}");

    /// <summary>The text of the first child of that name; empty when none.</summary>
    public string TextOf(string name) => this[name]?.Text ?? "";

    /// <summary>
    /// The text of the children of that name in English, else of the first. All count as read.
    /// </summary>
    public string TextIn(string name, string language = "en")
    {
        var all = All(name).ToList();
        return (all.Find(c => c.Language == language) ?? all.Find(c => c.Language.Length == 0)
            ?? all.FirstOrDefault())?.Text ?? "";
    }

    /// <summary>Marks the item itself as read.</summary>
    public void Take() => _taken = true;

    /// <summary>Marks the item and all below it as read.</summary>
    public void TakeAll()
    {
        var open = new Stack<XmlItem>([this]);
        while (open.TryPop(out var item))
        {
            item._taken = true;
            foreach (var attribute in item._attributes) attribute.Taken[0] = true;
            foreach (var child in item._children) open.Push(child);
        }
    }

    /// <summary>Counts what nobody asked for, by the names of element and parent.</summary>
    public void CountLeft(LciNotes notes)
    {
        var open = new Stack<XmlItem>([this]);
        while (open.TryPop(out var item))
        {
            foreach (var (name, _, taken) in item._attributes)
                if (!taken[0] && !OfTheFileItself.Contains(name)) notes.NotCarried($"{item.Name}@{name}");
            foreach (var child in item._children)
            {
                if (child._taken) open.Push(child);
                else notes.NotCarried($"{item.Name}/{child.Name}");
            }
        }
    }
}
