using Celadon.Store.Import.Detection;

namespace Celadon.Store.Import.Documents;

/// <summary>Says what a table is, from the roles of its columns; the map's word wins.</summary>
internal static class Recogniser
{
    /// <summary>The kind of a sheet, or null when nothing in it can be loaded.</summary>
    public static DocumentKind? KindOf(SheetJob job)
    {
        var stated = job.Map?.Kind;
        var wide = job.Labels.Count > 0 && job.Labels[0].Kind != LabelKind.Month;
        if (stated == "activity" || stated is null && job.Find("from") is not null
            && job.Find("to") is not null)
            return DocumentKind.Activity;
        if (stated == "output") return DocumentKind.Output;
        if (stated == "meter") return wide ? DocumentKind.MeterWide : DocumentKind.MeterLong;
        if (stated == "bills") return DocumentKind.Bills;
        if (wide && job.Find("time", "start", "month") is not null) return DocumentKind.MeterWide;
        if (job.Labels.Count > 0 && job.Labels[0].Kind == LabelKind.Month) return DocumentKind.Bills;
        if (job.Find("amount", "reading", "present") is null) return null;
        if (IsOutput(job)) return DocumentKind.Output;
        if (job.Find("start") is not null && job.Find("end") is not null || job.Find("month") is not null)
            return DocumentKind.Bills;
        if (job.Find("period") is not null)
            return job.Find("cost", "price") is null
                && job.Sheet.RowCount > 60 ? DocumentKind.MeterLong : DocumentKind.Bills;
        if (job.Find("time", "time-begin", "time-end") is null) return null;
        return IsDeliveries(job) ? DocumentKind.Bills : DocumentKind.MeterLong;
    }

    /// <summary>Plans the sheet as its kind.</summary>
    public static void Plan(SheetJob job, DocumentKind kind)
    {
        switch (kind)
        {
            case DocumentKind.MeterLong: MeterLong.Plan(job); break;
            case DocumentKind.MeterWide: MeterWide.Plan(job); break;
            case DocumentKind.Activity: ActivityTable.Plan(job); break;
            default:
                if (job.Labels.Count > 0 && job.Labels[0].Kind == LabelKind.Month) MonthMatrix.Plan(job,
                    kind);
                else Bills.Plan(job, kind);
                break;
        }
    }

    /// <summary>A product column, or a header or title that speaks of output, and no price.</summary>
    private static bool IsOutput(SheetJob job)
    {
        if (job.Find("cost", "price") is not null) return false;
        if (job.Find("product") is not null) return true;
        foreach (var word in (ReadOnlySpan<string>)["产量", "产出", "output", "production", "产品"])
            if (job.Table.Title.Contains(word, StringComparison.OrdinalIgnoreCase)
                || job.File.Stem.Contains(word, StringComparison.OrdinalIgnoreCase)
                || job.Columns.Any(c =>
                c.Head.Header.Contains(word, StringComparison.OrdinalIgnoreCase))) return true;
        return false;
    }

    /// <summary>
    /// Dates of single events: each row names its resource, a supplier or a document, or has a price.
    /// </summary>
    private static bool IsDeliveries(SheetJob job) =>
        job.Find("resource", "supplier", "invoice", "cost", "price") is not null && job.Find("clock") is null;
}
