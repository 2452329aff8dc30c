using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>The entries of the books as rows of a sheet.</summary>
internal static class EntryRows
{
    /// <summary>Every entry that stood at a position.</summary>
    public static IEnumerable<IReadOnlyList<SheetCell>> Rows(Workspace workspace, long position,
        Catalogue text, CancellationToken cancel)
    {
        yield return InventoryWorkbook.Heads(text, "position", "from", "to", "resource", "quantity",
            "unit", "start", "end", "basis", "file", "sheet", "row", "facts");
        var count = 1;
        foreach (var (at, entry) in workspace.StandingEntries(workspace.StateAt(position)))
        {
            cancel.ThrowIfCancellationRequested();
            if (++count > Sheets.MostRows) throw RefusedException.Of("export.tooManyRows");
            var file = entry.Evidence as Evidence.FileRow;
            var span = entry.Period.ToString().Split('/');
            yield return
            [
                SheetCell.Of(Amount.From(at)), SheetCell.Of(entry.From.ToString()),
                SheetCell.Of(entry.To.ToString()), SheetCell.Of(entry.Resource), SheetCell.Of(entry.Amount),
                SheetCell.Of(entry.Unit), SheetCell.Of(span[0]), SheetCell.Of(span[1]),
                SheetCell.Of(ChainFormat.NameOf(entry.Basis)), SheetCell.Of(file?.Name ?? ""),
                SheetCell.Of(file?.Sheet ?? ""),
                file is null ? SheetCell.Of("") : SheetCell.Of(Amount.From(file.Row)),
                SheetCell.Of(entry.Facts.Text),
            ];
        }
    }
}
