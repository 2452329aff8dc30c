using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import.Detection;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// A bill of materials as suppliers and planning systems write it: a row a component, with a level column
/// whose rows stand below what they go into, or with a column that names it. Known by its header alone. A row
/// that cannot be read is refused with its place, and so is what hangs below it.
/// </summary>
internal sealed class BillSheet
{
    private const int MostTitleRows = 20, MostColumns = 60, DeepestLevel = 50;

    private readonly PlanBuilder _plan;
    private readonly FileContent _content;
    private readonly Sheet _sheet;
    private readonly int _header;
    private readonly Dictionary<string, int> _columns;
    private readonly BillNames _names;
    private readonly NumberStyle _style;
    private readonly List<(int Row, string Product)> _products = [];
    private int _loaded, _refused;

    private BillSheet(PlanBuilder plan, FileContent content, Sheet sheet, int header,
        Dictionary<string, int> columns)
    {
        (_plan, _content, _sheet, _header, _columns) = (plan, content, sheet, header, columns);
        _names = new BillNames(plan.Registers);
        _style = new NumberStyle(Enumerable.Range(header + 1, sheet.RowCount - header - 1)
            .Any(r => Text(r, "amount") is { } text && text.Contains(',', StringComparison.Ordinal)
                && !text.Contains('.', StringComparison.Ordinal)
                && text.Length - text.LastIndexOf(',') is not 4) ? ',' : '.', true);
    }

    /// <summary>Plans the sheet when its header is that of a bill; false for any other sheet.</summary>
    public static bool TryPlan(PlanBuilder plan, FileContent content, Sheet sheet)
    {
        for (var row = 0; row < Math.Min(sheet.RowCount, MostTitleRows); row++)
        {
            var columns = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var c = 0; c < Math.Min(sheet.Width(row), MostColumns); c++)
                if (sheet.Text(row, c).Length is > 0 and <= 60 && Vocabulary.Shared.BillOf(
                    sheet.Value(row, c)) is { } part) columns.TryAdd(part, c);
            // "Item" alone stands in many tables; with a level column it can only be a bill's.
            if (columns.ContainsKey("level") && columns.Remove("item", out var item))
                columns.TryAdd("component", item);
            if (!columns.ContainsKey("component") || !columns.ContainsKey("amount")
                || !(columns.ContainsKey("level") || columns.ContainsKey("product"))) continue;
            new BillSheet(plan, content, sheet, row, columns).Plan();
            return true;
        }
        return false;
    }

    private void Plan()
    {
        _plan.Pace.Begin(ImportStage.Interpreting, _sheet.RowCount - _header - 1);
        var read = new List<(int Row, string Product, Component Part)>();
        var above = new List<string?>();
        // A column that names what a row goes into says more than the level beside it.
        var levelled = !_columns.ContainsKey("product");
        var top = levelled ? Top() : 0;
        for (var row = _header + 1; row < _sheet.RowCount; row++)
        {
            _plan.Pace.Step();
            if (_columns.Values.All(c => _sheet.Text(row, c).IsWhiteSpace())) continue;
            if (levelled ? Levelled(row, above, top, read) : Flat(row, read)) _loaded++;
            else _refused++;
        }
        _plan.Pace.End();
        foreach (var (row, product) in _products)
            Product(row, product, read.Exists(r => r.Product == product));
        Register(read);
        var total = _sheet.RowNumber(_sheet.RowCount - 1);
        _plan.Add(new DocumentPlan
        {
            File = _content.File.Name,
            Sha256 = _content.File.Sha256,
            Sheet = _sheet.Name,
            Kind = DocumentKind.Registers,
            Encoding = _content.Encoding,
            Delimiter = _content.Delimiter,
            HeaderRow = _sheet.RowNumber(_header),
            Rows = new RowCounts(total, _loaded, _refused, 0, 0, total - _loaded - _refused),
        });
    }

    /// <summary>The level of products: the least there is.</summary>
    private int Top() => Enumerable.Range(_header + 1, _sheet.RowCount - _header - 1)
        .Select(r => LevelOf(Text(r, "level"))).OfType<int>().DefaultIfEmpty(0).Min();

    /// <summary>
    /// A level as it is written: "2", "..2", "1.2.3" (as deep as it has parts); null for anything else.
    /// </summary>
    internal static int? LevelOf(string? text)
    {
        var plain = text?.Trim().TrimStart('.', '-', '+', '>', '*', ' ') ?? "";
        var parts = plain.TrimEnd('.').Split('.');
        if (!parts.All(p => p.Length is > 0 and <= 4 && p.All(char.IsAsciiDigit))) return null;
        var level = parts.Length > 1 ? parts.Length
            : int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
        return level <= DeepestLevel ? level : null;
    }

    private bool Levelled(int row, List<string?> above, int top,
        List<(int, string, Component)> read)
    {
        if (LevelOf(Text(row, "level")) is not { } level)
            return Refuse("import.bill.level", row, "level", Text(row, "level") ?? "");
        var depth = level - top;
        if (depth > above.Count || (depth > 0 && above[depth - 1] is null))
        {
            Deepen(above, depth, null);
            return Refuse("import.bill.noParent", row, "level", Text(row, "level")!);
        }
        if (depth == 0)
        {
            Deepen(above, 0, Text(row, "component") is { } named
                ? _names.Of(named, Text(row, "name")) : null);
            if (above[0] is null) return Refuse("import.bill.missing", row, "component", "");
            _products.Add((row, above[0]!));
            return true;
        }
        var part = Part(row, above[depth - 1]!);
        Deepen(above, depth, part?.Item);
        if (part is null) return false;
        read.Add((row, above[depth - 1]!, part));
        return true;
    }

    private static void Deepen(List<string?> above, int depth, string? item)
    {
        if (depth < above.Count) above.RemoveRange(depth, above.Count - depth);
        while (above.Count < depth) above.Add(null);
        above.Add(item);
    }

    private bool Flat(int row, List<(int, string, Component)> read)
    {
        if (Text(row, "product") is not { } named) return Refuse("import.bill.missing", row, "product", "");
        var product = _names.Of(named, null);
        if (Part(row, product) is not { } part) return false;
        read.Add((row, product, part));
        return true;
    }

    private Component? Part(int row, string product)
    {
        if (Text(row, "component") is not { } named) return None("import.bill.missing", row, "component", "");
        if (Text(row, "amount") is not { } stated) return None("import.bill.missing", row, "amount", "");
        if (!NumberText.TryRead(stated, _style, out var amount, out var marks) || amount.Sign <= 0)
            return None("import.bill.amount", row, "amount", stated);
        var (_, headed) = UnitText.OfHeader(_sheet.Value(_header, _columns["amount"]));
        var written = Text(row, "unit") ?? marks.Unit;
        if (!UnitText.TryParse(written, out var unit) && (unit = written is null ? headed : null) is null)
            return None("import.bill.unit", row, "unit", written ?? "");
        foreach (var month in (ReadOnlySpan<string>)["from", "to"])
            if (Text(row, month) is { } text && !MonthSpan.TryParse(text, out _))
                return None("import.bill.month", row, month, text);
        foreach (var link in (ReadOnlySpan<string>)["factor", "process"])
            if (Text(row, link) is { } text && !text.Contains(':', StringComparison.Ordinal))
                return None("import.bill.link", row, link, text);
        var item = _names.Of(named, Text(row, "name"));
        return new Component
        {
            Id = $"{product}/{item}" + (Text(row, "from") is { } since ? $"@{since}" : ""),
            Product = product,
            Item = item,
            Name = BillNames.NameOf(Text(row, "name") ?? named, item, Text(row, "nameEn"),
                Text(row, "nameZh")),
            Note = Text(row, "note"),
            Amount = amount,
            Unit = unit.Code,
            From = Text(row, "from"),
            To = Text(row, "to"),
            Factor = Text(row, "factor"),
            Process = Text(row, "process"),
            Category = Text(row, "category"),
        };
    }

    /// <summary>
    /// Registers what was read. An assembly that comes again says the same again; a component that stands
    /// twice with other amounts is refused. A file says all of a bill: what it no longer names goes.
    /// </summary>
    private void Register(List<(int Row, string Product, Component Part)> read)
    {
        var bills = new Dictionary<string, Dictionary<string, (int Row, Component Part)>>();
        foreach (var (row, product, part) in read)
        {
            if (!bills.TryGetValue(product, out var bill)) bills[product] = bill = [];
            if (!bill.TryGetValue(part.Id, out var there)) bill[part.Id] = (row, part);
            else if (there.Part != part) Unlike(row, there.Part);
        }
        var before = _plan.Registers.Of<Component>().Where(c => bills.ContainsKey(c.Product)).ToList();
        var kept = _plan.Registers.Of<Component>().Where(c => !bills.ContainsKey(c.Product)).ToList();
        foreach (var (row, part) in bills.Values.SelectMany(b => b.Values).OrderBy(p => p.Row))
        {
            if (new BillsOfMaterials(kept).Path(part.Item, part.Product) is { } back)
            {
                Uncount();
                Refuse("import.bill.cycle", row, "component",
                    string.Join(" → ", back.Prepend(part.Product)));
                continue;
            }
            kept.Add(part);
            _plan.Register("component", part);
        }
        var gone = before.Where(c => c.To is null && !bills[c.Product].ContainsKey(c.Id)).ToList();
        foreach (var part in gone) _plan.Withdraw("component", part.Id);
        if (gone.Count > 0)
            _plan.Add("import.bill.gone", Severity.Warning, Place, ("names", string.Join(", ",
                gone.Select(g => g.Id))));
    }

    private void Unlike(int row, Component there)
    {
        Uncount();
        Refuse("import.bill.differs", row, "amount", $"{there.Amount} {there.Unit}");
    }

    private void Uncount()
    {
        _loaded--;
        _refused++;
    }

    /// <summary>
    /// A product without a component is a component whose product stands nowhere: nothing is guessed.
    /// </summary>
    private void Product(int row, string product, bool hasParts)
    {
        if (!hasParts)
        {
            Uncount();
            Refuse("import.bill.noProduct", row, "level", Text(row, "component") ?? "");
        }
        else if (_plan.Registers.Find<Product>(product) is null)
            _plan.Add("import.bill.product", Severity.Info, At(row, "component"), ("product", product));
    }

    private Place Place => new(_content.File.Name, _sheet.Name.Length == 0 ? null : _sheet.Name);

    private Place At(int row, string part) => Place with
    {
        Row = _sheet.RowNumber(row),
        Column = _columns.TryGetValue(part, out var column) ? _sheet.Value(_header, column) : null,
    };

    private string? Text(int row, string part) => _columns.TryGetValue(part, out var column)
        && _sheet.Value(row, column).Trim() is { Length: > 0 } text && !NumberText.IsMissing(text)
            ? text : null;

    private Component? None(string code, int row, string part, string value)
    {
        Refuse(code, row, part, value);
        return null;
    }

    private bool Refuse(string code, int row, string part, string value)
    {
        _plan.Add(code, Severity.Error, At(row, part), ("value", value), ("column",
            _columns.TryGetValue(part, out var column) ? _sheet.Value(_header, column) : part));
        return false;
    }
}
