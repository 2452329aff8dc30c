using System.Collections.Immutable;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>
/// A product's bill of materials as it is kept, opened to the last assembly, in the columns that the import
/// knows: what is written comes back the same.
/// </summary>
public static class BillWorkbook
{
    /// <summary>Digits that a number of a spreadsheet holds.</summary>
    private const int MostDigits = 15;

    private static readonly (string Column, int Width, Func<Component, string?> Of)[] Parts =
    [
        ("product", 20, c => c.Product), ("component", 24, c => c.Item), ("name_en", 28, c => c.Name.En),
        ("name_zh", 20, c => c.Name.Zh), ("amount", 12, c => c.Amount.ToString()), ("unit", 10, c => c.Unit),
        ("from", 10, c => c.From), ("to", 10, c => c.To), ("factor", 44, c => c.Factor),
        ("process", 30, c => c.Process), ("category", 20, c => c.Category), ("note", 30, c => c.Note),
    ];

    /// <summary>The columns.</summary>
    public static ImmutableArray<string> Columns { get; } = [.. Parts.Select(p => p.Column)];

    /// <summary>The lines, each assembly once, as they are met; empty for no bill.</summary>
    /// <param name="registers">What exists.</param>
    /// <param name="product">Id of the product.</param>
    public static IEnumerable<IReadOnlyList<string>> Rows(RegisterSet registers, string product) =>
        Opened(registers, product).Select(part => (IReadOnlyList<string>)
            [.. Parts.Select(p => p.Of(part) ?? "")]);

    /// <summary>The same as a workbook, with a line above the head that says what a row is.</summary>
    /// <param name="registers">What exists.</param>
    /// <param name="product">Id of the product; one without a bill gives an empty template.</param>
    /// <param name="text">The language of that line.</param>
    public static byte[] Write(RegisterSet registers, string product, Catalogue text) =>
        Sheets.Write([new WorkSheet("bill", [.. Parts.Select(p => p.Width)],
        [
            [SheetCell.Of(text.Text("bill.says"))],
            [.. Columns.Select(c => SheetCell.Of(c, Look.Head))],
            .. Opened(registers, product).Select(part => (IReadOnlyList<SheetCell>)[.. Parts.Select(p =>
                p.Column == "amount" ? AmountOf(part.Amount) : SheetCell.Of(p.Of(part)))]),
        ])]);

    private static SheetCell AmountOf(Amount amount) =>
        amount.ToString().Count(char.IsAsciiDigit) <= MostDigits ? SheetCell.Of(amount)
            : SheetCell.Of(amount.ToString());

    private static List<Component> Opened(RegisterSet registers, string product)
    {
        var bills = new BillsOfMaterials(registers.Of<Component>());
        var (seen, parts) = (new HashSet<string>(StringComparer.Ordinal), new List<Component>());
        var open = new Queue<string>([product]);
        while (open.TryDequeue(out var into))
            foreach (var part in seen.Add(into) ? bills.Of(into) : [])
            {
                parts.Add(part);
                open.Enqueue(part.Item);
            }
        return parts;
    }
}
