using Celadon.Store.Import.Reading;

namespace Celadon.Store.Import.Detection;

/// <summary>What the characters of a cell look like, before its column's meaning is known.</summary>
internal enum CellClass : byte { Empty, Text, Number, Date, Clock, Range }

internal static class CellClasses
{
    /// <summary>Looks at one cell. A number that could be a compact date counts as a number.</summary>
    public static CellClass Of(Sheet sheet, int row, int column)
    {
        switch (sheet.Kind(row, column))
        {
            case CellKind.Empty: return CellClass.Empty;
            case CellKind.Number: return CellClass.Number;
            case CellKind.Date: return CellClass.Date;
            case CellKind.Time: return CellClass.Clock;
            case CellKind.Error: return CellClass.Text;
        }
        var text = sheet.Text(row, column).Trim();
        if (text.IsEmpty) return CellClass.Empty;
        if (NumberText.TryPlain(text, '.', out _, out _)) return CellClass.Number;
        if (text.Length > 60 || text.IndexOfAnyInRange('0', '9') < 0 && text.IndexOfAnyInRange('０', '９') < 0)
            return CellClass.Text;
        if (ClockText.TryRead(text, out _, out _)
            || RangeText.TryClocks(text, out _, out _)) return CellClass.Clock;
        if (DateText.TryRead(text, out _)) return CellClass.Date;
        if (RangeText.TryDates(text, out _)) return CellClass.Range;
        return NumberText.TryRead(text, NumberStyle.Point, out _, out _)
            || NumberText.TryRead(text, new NumberStyle(',', true), out _, out _) ? CellClass.Number
            : CellClass.Text;
    }
}
