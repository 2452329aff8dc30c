using System.Globalization;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>
/// An inventory as a workbook that a verifier can follow: every line is quantity × factor × share as a
/// formula, every total a SUM. The values that stand in the file until it is recalculated are those of the
/// answer, to the last digit.
/// </summary>
public static class InventoryWorkbook
{
    private const int FirstLine = 2;
    private const string KilogramColumn = "L";

    private static readonly string[] Beside = ["biogenic", "removals", "captured", "outside"];

    /// <summary>Writes the workbook of an answer to carbon.inventory.</summary>
    /// <param name="workspace">The books, for the entries.</param>
    /// <param name="asked">The answer.</param>
    /// <param name="text">The language of headings.</param>
    /// <param name="cancel">Stops long work.</param>
    public static byte[] Write(Workspace workspace, Asked asked, Catalogue text,
        CancellationToken cancel = default)
    {
        var report = (InventoryReport)asked.Answer.Report;
        var lines = LinesOf(report).ToList();
        return Sheets.Write(
        [
            new WorkSheet(text.Text("workbook.sheet.summary"), [46, 20, 16, 20, 14],
                Summary(report, lines, text)),
            new WorkSheet(text.Text("workbook.sheet.lines"),
                [12, 14, 30, 26, 16, 18, 18, 10, 18, 18, 8, 20, 40, 18, 12, 12, 40],
                Lines(lines, report, text)),
            new WorkSheet(text.Text("workbook.sheet.unknown"), [10, 10, 30, 16, 18, 18, 10, 60],
                Unknown(report, text, new CodeNames(workspace.Library(), text))),
            new WorkSheet(text.Text("workbook.sheet.packs"), [20, 14, 40, 30, 30, 40, 66],
                Packs(report, text)),
            new WorkSheet(text.Text("workbook.sheet.entries"),
                [10, 24, 24, 20, 16, 8, 22, 22, 12, 30, 12, 8, 50],
                EntryRows.Rows(workspace, asked.Position, text, cancel)),
            new WorkSheet(text.Text("workbook.sheet.about"), [24, 90], About(asked, text)),
        ]);
    }

    private static IEnumerable<(string Section, InventoryLine Line)> LinesOf(InventoryReport report) =>
        report.Scope1.Lines.Select(l => ("1", l))
            .Concat(report.Scope2.Location.Lines.Select(l => ("2-location", l)))
            .Concat(report.Scope2.Market.Lines.Select(l => ("2-market", l)))
            .Concat(report.Scope3.Categories.SelectMany(c => c.Lines).Select(l => ("3", l)))
            .Concat(report.Biogenic.Lines.Select(l => ("biogenic", l)))
            .Concat(report.Removals.Lines.Select(l => ("removals", l)))
            .Concat(report.Captured.Lines.Select(l => ("captured", l)))
            .Concat(report.OutsideScopes.Lines.Select(l => ("outside", l)));

    private static IEnumerable<IReadOnlyList<SheetCell>> Lines(
        List<(string Section, InventoryLine Line)> lines, InventoryReport report, Catalogue text)
    {
        yield return Heads(text, "section", "category", "line", "rule", "site", "period", "quantity", "unit",
            "factor", "factorUnit", "share", "kgco2e", "factorId", "pack", "edition", "basis", "notes");
        var editions = report.Packs.ToDictionary(p => p.Id, p => p.Edition);
        foreach (var ((section, line), i) in lines.Select((l, i) => (l, i)))
        {
            var row = Digits(FirstLine + i);
            var share = ShareOf(line);
            yield return
            [
                SheetCell.Of(section), SheetCell.Of(line.Category),
                SheetCell.Of(line.Label.In(text.Language, line.Resource)),
                SheetCell.Of(line.Title.In(text.Language, line.Rule)), SheetCell.Of(line.Site),
                SheetCell.Of(line.Period.ToString()), SheetCell.Of(line.Quantity.Value),
                SheetCell.Of(line.Quantity.Unit), SheetCell.Of(line.Factor.Value),
                SheetCell.Of(line.Factor.Unit), SheetCell.Of(share ?? Amount.One),
                share is null ? SheetCell.Of(line.Kgco2e.Value)
                    : SheetCell.Of($"G{row}*I{row}*K{row}", line.Kgco2e.Value, Look.Exact),
                SheetCell.Of(line.FactorId), SheetCell.Of(line.Pack ?? ""),
                SheetCell.Of(editions.GetValueOrDefault(line.Pack ?? "", "")),
                SheetCell.Of(ChainFormat.NameOf(line.Basis)),
                SheetCell.Of(string.Join(", ", line.Flags.Select(f => f.Code))),
            ];
        }
    }

    /// <summary>
    /// What multiplies quantity × factor to give the line, 1 for most; null when the line is no such
    /// product.
    /// </summary>
    private static Amount? ShareOf(InventoryLine line)
    {
        if (line.Kgco2e.Trace is not Trace.Product product) return null;
        var share = product.Operands.Skip(2).Aggregate(Amount.One, (value, o) => value * o.Figure.Value);
        return line.Quantity.Value * line.Factor.Value * share == line.Kgco2e.Value ? share : null;
    }

    private static IEnumerable<IReadOnlyList<SheetCell>> Summary(
        InventoryReport report, List<(string Section, InventoryLine Line)> lines, Catalogue text)
    {
        yield return Heads(text, "total", "kgco2e", "tonnes", "answered", "difference");
        var sheet = $"'{text.Text("workbook.sheet.lines")}'!{KilogramColumn}";
        var row = 1;
        IReadOnlyList<SheetCell> Total(string name, string formula, Amount value, Look look)
        {
            row++;
            return
            [
                SheetCell.Of(name, look == Look.Total ? Look.Head : Look.Plain),
                SheetCell.Of(formula, value, look == Look.Total ? Look.Total : Look.Exact),
                SheetCell.Of($"B{Digits(row)}/1000", value * Amount.From(1, 3), Look.TwoDecimals),
                SheetCell.Of(value), SheetCell.Of($"B{Digits(row)}-D{Digits(row)}", Amount.Zero, Look.Exact),
            ];
        }
        foreach (var (section, key, total) in Sections(report))
        {
            if (total is null) continue;
            yield return Total(text.Text(key), Sum(lines, sheet, l => l.Section == section),
                total.Kgco2e.Value, Look.Total);
            if (section != "3") continue;
            foreach (var category in report.Scope3.Categories)
                yield return Total($"3.{Digits(category.Category)} {category.Title.In(text.Language, "")}",
                    Sum(lines, sheet, l => l.Section == "3" && l.Line.Category == Digits(category.Category)),
                    category.Total.Kgco2e.Value, Look.Exact);
        }
    }

    private static IEnumerable<(string Section, string Key, InventoryTotal? Total)> Sections(
        InventoryReport report) =>
    [
        ("1", "account.scope1", report.Scope1.Total),
        ("2-location", "account.scope2Location", report.Scope2.Location.Total),
        ("2-market", "account.scope2Market", report.Scope2.Market.Total),
        ("3", "account.scope3", report.Scope3.Total),
        (Beside[0], "account.biogenic", report.Biogenic.Total),
        (Beside[1], "workbook.removals", report.Removals.Total),
        (Beside[2], "workbook.captured", report.Captured.Total),
        (Beside[3], "workbook.outside", report.OutsideScopes.Total),
    ];

    /// <summary>SUM over the rows of some lines; they stand together.</summary>
    private static string Sum(List<(string Section, InventoryLine Line)> lines, string sheet,
        Func<(string Section, InventoryLine Line), bool> belongs)
    {
        var rows = lines.Select((l, i) => (l, i)).Where(x => belongs(x.l))
            .Select(x => x.i + FirstLine).ToList();
        return rows.Count == 0 ? "0" : $"SUM({sheet}{Digits(rows[0])}:{KilogramColumn}{Digits(rows[^1])})";
    }

    private static IEnumerable<IReadOnlyList<SheetCell>> Unknown(
        InventoryReport report, Catalogue text, CodeNames names)
    {
        yield return Heads(text, "section", "category", "line", "site", "period", "quantity", "unit",
            "reason");
        foreach (var item in report.Unknown)
            yield return
            [
                SheetCell.Of(item.Scope), SheetCell.Of(item.Category),
                SheetCell.Of(item.Label.In(text.Language, item.Resource)), SheetCell.Of(item.Site),
                SheetCell.Of(item.Period.ToString()), SheetCell.Of(item.Quantity.Value),
                SheetCell.Of(item.Quantity.Unit), SheetCell.Of(names.Render(item.Reason)),
            ];
    }

    private static IEnumerable<IReadOnlyList<SheetCell>> Packs(InventoryReport report, Catalogue text)
    {
        yield return Heads(text, "pack", "edition", "title", "publisher", "licence", "attribution", "sha256");
        foreach (var pack in report.Packs)
            yield return
            [
                SheetCell.Of(pack.Id), SheetCell.Of(pack.Edition),
                SheetCell.Of(pack.Title.In(text.Language, pack.Id)), SheetCell.Of(pack.Publisher),
                SheetCell.Of(pack.Licence), SheetCell.Of(pack.Attribution), SheetCell.Of(pack.Sha256),
            ];
    }

    private static IEnumerable<IReadOnlyList<SheetCell>> About(Asked asked, Catalogue text)
    {
        (string Key, string Value)[] rows =
        [
            ("question", asked.Question.Name), ("spec", asked.SpecJson),
            ("position", asked.Position.ToString(CultureInfo.InvariantCulture)), ("head", asked.Head),
            ("program", Workspace.Program), ("formulas", text.Text("workbook.about.formulas.says")),
        ];
        return rows.Select(r => (IReadOnlyList<SheetCell>)
            [SheetCell.Of(text.Text($"workbook.about.{r.Key}"), Look.Head), SheetCell.Of(r.Value)]);
    }

    /// <summary>A row of headings.</summary>
    internal static IReadOnlyList<SheetCell> Heads(Catalogue text, params string[] names) =>
        [.. names.Select(n => SheetCell.Of(text.Text($"workbook.col.{n}"), Look.Head))];

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
