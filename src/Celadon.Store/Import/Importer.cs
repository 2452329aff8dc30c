using Celadon.Store.Import.Detection;
using Celadon.Store.Import.Documents;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import;

/// <summary>
/// Plans an import: reads files, finds their tables, recognises what they are, and proposes entries, readings
/// and register versions with everything a person should know. Pure: the same files and context give the same
/// plan.
/// </summary>
public static class Importer
{
    /// <summary>
    /// The plan for the files. A file that cannot be read at all is a finding of severity error; the others
    /// are planned all the same.
    /// </summary>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    public static ImportPlan Plan(IReadOnlyList<SourceFile> files, ImportContext context)
    {
        var plan = new PlanBuilder(context);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        // Register files first, so that the meters they bring are known to the readings beside them.
        SourceFile[] opened = [.. plan.Open(files).OrderByDescending(IsJson)];
        for (var i = 0; i < opened.Length; i++)
        {
            var file = opened[i];
            plan.Pace.Open(i + 1, opened.Length, file.Name);
            if (seen.TryGetValue(file.Sha256, out var first))
            {
                plan.Add("import.file.twice", Severity.Info, new Place(file.Name), ("first", first));
                continue;
            }
            seen[file.Sha256] = file.Name;
            plan.Add(file);
            if (ZipFiles.IsZipOfFiles(file, context.Limits)) continue;
            try
            {
                PlanFile(plan, file);
            }
            catch (RefusedException refused)
            {
                plan.Add(refused.Finding);
            }
        }
        return plan.Build();
    }

    private static bool IsJson(SourceFile file) =>
        file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static void PlanFile(PlanBuilder plan, SourceFile file)
    {
        var content = FileReader.Read(file, plan.Context.Limits, plan.Pace);
        foreach (var finding in content.Findings) plan.Add(finding);
        switch (content.Form)
        {
            case FileForm.Json:
                RegisterFile.Plan(plan, content);
                return;
            case FileForm.EvidenceOnly:
                plan.Add(
                    new DocumentPlan
                    {
                        File = file.Name,
                        Sha256 = file.Sha256,
                        Kind = DocumentKind.Evidence
                    });
                return;
        }
        foreach (var sheet in content.Sheets) PlanSheet(plan, content, sheet);
    }

    private static void PlanSheet(PlanBuilder plan, FileContent content, Sheet sheet)
    {
        var file = content.File;
        var map = plan.Context.Maps.FirstOrDefault(m => m.IsFor(file, sheet));
        var place = new Place(file.Name, sheet.Name.Length == 0 ? null : sheet.Name);
        if (sheet.RowCount == 0) return;
        if (sheet.Hidden) plan.Add("import.sheet.hidden", Severity.Info, place);
        if (map?.Kind == "skip")
        {
            plan.Add("import.sheet.skipped", Severity.Info, place);
            return;
        }
        if (map is null && RecordsSheet.TryPlan(plan, content, sheet)) return;
        var table = TableFinder.Find(file, sheet, content.Delimiter, map?.HeaderRow);
        if (table is null)
        {
            Unknown(plan, content, sheet, place);
            return;
        }
        table.Pace = plan.Pace;
        map ??= Remembered(plan, file, sheet, table);
        var labels = table.HasHeader ? HeaderLabels.Find(sheet, table.FirstRow - 1) : [];
        var job =
            new SheetJob(plan, content, table, ColumnRoles.Assign(table, map, labels.Count > 0), map, labels);
        if (Recogniser.KindOf(job) is not { } kind)
        {
            Unknown(plan, content, sheet, place);
            return;
        }
        plan.Pace.Begin(ImportStage.Interpreting, sheet.RowCount - table.FirstRow, job.AmountCellsARow);
        Recogniser.Plan(job, kind);
        plan.Pace.End();
    }

    /// <summary>
    /// The template of an earlier file of the form, else of an earlier bill of the supplier; that it is used
    /// is said, by its name.
    /// </summary>
    private static ImportMap? Remembered(PlanBuilder plan, SourceFile file, Sheet sheet, Table table)
    {
        var template = plan.Context.Templates.FirstOrDefault(t => t.IsFor(file, sheet) && t.Fits(table))
            ?? SupplierForms.Find(plan, file, table);
        if (template is not null)
            plan.Add("import.template.used", Severity.Info,
                new Place(file.Name, sheet.Name.Length == 0 ? null : sheet.Name),
                ("name", template.Name ?? ""), ("answers", template.Answers.IsEmpty ? "–"
                    : string.Join(", ", template.Answers.Select(a => $"{a.Key.Split('/')[0]} = {a.Value}"))));
        return template;
    }

    private static void Unknown(PlanBuilder plan, FileContent content, Sheet sheet, Place place)
    {
        plan.Add("import.sheet.unknown", Severity.Warning, place, ("rows", sheet.RowCount));
        var rows = sheet.RowNumber(sheet.RowCount - 1);
        plan.Add(new DocumentPlan
        {
            File = content.File.Name,
            Sha256 = content.File.Sha256,
            Sheet = sheet.Name,
            Kind = DocumentKind.Unknown,
            Encoding = content.Encoding,
            Delimiter = content.Delimiter,
            Rows = new RowCounts(rows, 0, 0, 0, 0, rows),
        });
    }
}
