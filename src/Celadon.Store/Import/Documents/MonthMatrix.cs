using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store.Import.Detection;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// A row a resource (or product) and a column a month, as works keep their energy register. A row of totals
/// and a column of totals are checks.
/// </summary>
internal static class MonthMatrix
{
    public static void Plan(SheetJob job, DocumentKind kind)
    {
        var sheet = new EntrySheet(job);
        var label = job.Find("resource", "product", "meter")
            ?? job.Columns.FirstOrDefault(c => c.Profile.MostlyText && c.Role != "unit");
        if (label is null)
        {
            job.Plan.Add("import.column.missing", Severity.Error, job.Place, ("column", "resource"));
            job.Finish(kind);
            return;
        }
        (label.Role, label.Certainty) =
            (kind == DocumentKind.Output ? "product" : "resource", Certainty.Matched);
        var year = BillPeriods.YearIn(job.Table.Title) ?? BillPeriods.YearIn(job.Table.SheetName)
            ?? BillPeriods.YearIn(job.File.Stem);
        var (rows, _) = RowFilter.Split(job, label);
        foreach (var row in rows) PlanRow(job, sheet, label, row, year);
        foreach (var column in job.Columns.Where(c => job.Labels.Any(l => l.Column == c.Index)))
            (column.Role, column.Certainty) = ("amount", Certainty.Matched);
        job.Finish(kind);
    }

    private static void PlanRow(SheetJob job, EntrySheet sheet, Column label, int row, int? year)
    {
        var name = job.Sheet.Value(row, label.Index);
        var (text, inLabel) = UnitText.OfHeader(name);
        var unitText = job.Text(row, job.Find("unit"));
        var unit = UnitText.TryParse(unitText, out var stated) ? stated
            : inLabel ?? (UnitText.TryParse(job.Default("unit"), out var above) ? above : null);
        if (IsMoney(unit)) return;
        if (unit is null)
        {
            job.Refuse("import.unit.unknown", row, job.Find("unit")?.Index ?? label.Index,
                ("value", unitText ?? name));
            return;
        }
        var meter = MeterNames.Registered(job.Plan, name);
        var resource = meter?.Resource ?? Vocabulary.Shared.ResourceOf(text) ?? EntrySheet.Kebab(text);
        var (from, to) = sheet.Ends(meter, resource, job.Default("supplier"));
        var sum = Amount.Zero;
        foreach (var cell in job.Labels)
        {
            var column = job.Columns.First(c => c.Index == cell.Column);
            var read = AmountColumn.Read(job, column.Style, [row], [cell.Column], unit, Amount.One);
            if (read.State[0] != CellState.Read) continue;
            sum += read.At(0);
            if (FirstDay(cell, year) is not { } first)
            {
                job.Refuse("import.date.year", row, cell.Column, ("value", column.Head.Header));
                continue;
            }
            var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
            if (meter is not null) facts["meter"] = meter.Id;
            sheet.AddMapFacts(facts);
            var zone = sheet.Zone(meter);
            job.Plan.Entries.Add(new Entry(from, to, resource, read.At(0), unit.Code, Month(first, zone),
                read.Estimated?[0] == true ? Basis.Estimated
                    : Vocabulary.Shared.BasisOf(job.Map?.Defaults.GetValueOrDefault("basis")) ?? Basis.Stated,
                sheet.RowEvidence(row), Facts.From(facts)));
            job.Mark(row, RowFate.Loaded);
        }
        if (job.Find("total") is { } total
            && NumberText.TryRead(job.Sheet.Text(row, total.Index), total.Style,
            out var claimed, out _) && claimed != sum)
            job.Find("import.check.sum", Severity.Warning, row, total.Index, ("stated", claimed),
            ("sum", sum),
                ("difference", claimed - sum));
    }

    private static bool IsMoney(Unit? unit) =>
        unit?.Dimension.ToString().StartsWith("cur:", StringComparison.Ordinal) == true;

    private static DateOnly? FirstDay(HeaderLabel label, int? year)
    {
        if (label.Value >= 12 * 1900) return new DateOnly(label.Value / 12, label.Value % 12 + 1, 1);
        return year is { } known ? new DateOnly(known, label.Value + 1, 1) : null;
    }

    private static Period Month(DateOnly first, NodaTime.DateTimeZone? zone)
    {
        var month = new NodaTime.YearMonth(first.Year, first.Month);
        return SiteZone.Get(zone?.Id ?? "UTC").Month(month);
    }
}
