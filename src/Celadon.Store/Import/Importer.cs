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
            var zip = ZipFiles.IsZipOfFiles(file, context.Limits);
            // A large file is hashed while its cells are read.
            var hashing = Task.Run(() => file.Sha256, CancellationToken.None);
            var (content, refused) = zip ? (null, null) : Read(plan, file);
            var sha256 = hashing.GetAwaiter().GetResult();
            if (seen.TryGetValue(sha256, out var first))
            {
                plan.Add("import.file.twice", Severity.Info, new Place(file.Name), ("first", first));
                continue;
            }
            seen[sha256] = file.Name;
            plan.Add(file);
            if (refused is not null) plan.Add(refused.Finding);
            if (content is not null) PlanFile(plan, content);
        }
        return plan.Build();
    }

    private static bool IsJson(SourceFile file) =>
        file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static (FileContent? Content, RefusedException? Refused) Read(PlanBuilder plan, SourceFile file)
    {
        try
        {
            return (FileReader.Read(file, plan.Context.Limits, plan.Pace), null);
        }
        catch (RefusedException refused)
        {
            return (null, refused);
        }
    }

    private static void PlanFile(PlanBuilder plan, FileContent content)
    {
        foreach (var finding in content.Findings) plan.Add(finding);
        try
        {
            PlanForm(plan, content);
        }
        catch (RefusedException refused)
        {
            plan.Add(refused.Finding);
        }
    }

    private static void PlanForm(PlanBuilder plan, FileContent content)
    {
        var file = content.File;
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
        if (map is null && (RecordsSheet.TryPlan(plan, content, sheet)
            || BillSheet.TryPlan(plan, content, sheet))) return;
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
