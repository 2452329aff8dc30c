using Celadon.Quantities;
using Celadon.Store.Import.Detection;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>One sheet on its way into the plan: what was found in it and what became of its rows.</summary>
internal sealed class SheetJob(
    PlanBuilder plan, FileContent content, Table table, Column[] columns, ImportMap? map,
    IReadOnlyList<HeaderLabel> labels)
{
    public PlanBuilder Plan => plan;
    public FileContent Content => content;
    public Table Table => table;
    public Sheet Sheet => table.Sheet;
    public Column[] Columns => columns;
    public ImportMap? Map => map;
    public IReadOnlyList<HeaderLabel> Labels => labels;
    public SourceFile File => table.File;

    /// <summary>What was decided on the way, for the template.</summary>
    public ImportMap Decided { get; set; } = new();

    /// <summary>Answers by which the sheet can be read again exactly as now, whoever gave them.</summary>
    public SortedDictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    private readonly RowFate[] _fates = new RowFate[table.Sheet.RowCount];

    /// <summary>Notes what became of a row; of several cells in one row the best fate counts.</summary>
    public void Mark(int row, RowFate fate)
    {
        if (fate > _fates[row]) _fates[row] = fate;
    }

    public List<CheckResult> Checks { get; } = [];

    public Column? Find(params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
            foreach (var column in columns)
                if (column.Role == role) return column;
        return null;
    }

    /// <summary>In how many cells of a row amounts are looked for.</summary>
    public int AmountCellsARow =>
        labels.Count > 0 ? labels.Count : columns.Count(c => c.Role is "amount" or "reading" or "present");

    public Column[] All(string role) => [.. columns.Where(c => c.Role == role)];

    /// <summary>A default the map states for the whole file, or what stands above the table.</summary>
    public string? Default(string name) =>
        map?.Defaults.GetValueOrDefault(name) ?? table.Preamble.GetValueOrDefault(name);

    /// <summary>
    /// The text of a row's cell in a column, or null when there is no column or nothing in it.
    /// </summary>
    public string? Text(int row, Column? column)
    {
        if (column is null) return null;
        var text = Sheet.Value(row, column.Index);
        return NumberText.IsMissing(text) ? null : text;
    }

    public void Find(string code, Severity severity, int row, int column, params (string, object)[] args) =>
        plan.Add(code, severity, table.At(row, column), args);

    /// <summary>A cell that cannot be read: its row is counted and named.</summary>
    public void Refuse(string code, int row, int column, params (string, object)[] args)
    {
        Mark(row, RowFate.Refused);
        plan.Add(code, Severity.Error, table.At(row, column), args);
    }

    /// <summary>The identity of a question of this sheet, the same for every file of the same form.</summary>
    public string QuestionId(string what, string? column = null) =>
        string.Join('/', new[] { what, SupplierForms.FormOf(table.File.Stem), table.SheetName, column }
            .OfType<string>());

    /// <summary>The place of the sheet as a whole.</summary>
    public Place Place => new(File.Name, table.SheetName);

    /// <summary>Ends the sheet: adds its document, with the columns that were not loaded named.</summary>
    public void Finish(DocumentKind kind)
    {
        var power = columns.Where(c => c.Role == "power").Select(c => c.Head.Header).ToArray();
        if (power.Length > 0)
            plan.Add("import.power.not-loaded", Severity.Warning, Place,
                ("columns", string.Join(", ", power)));
        var notLoaded = columns.Where(c => c.Role is "ignore" or "tax" or "gross-cost" && c.Profile.Filled > 0
            && c.Map is null).Select(c => c.Head.Header).ToArray();
        if (notLoaded.Length > 0)
            plan.Add("import.column.not-loaded", Severity.Info, Place,
                ("columns", string.Join(", ", notLoaded)));
        var total = Sheet.RowCount == 0 ? 0 : Sheet.RowNumber(Sheet.RowCount - 1);
        var stated = columns.Where(c => c.Role != "ignore" && table.HasHeader)
            .DistinctBy(c => c.Head.Header).Select(c => KeyValuePair.Create(c.Head.Header, new ColumnMap
            {
                As = c.Role,
                Unit = c.Unit?.Code,
                Resource = c.Resource,
                Tariff = c.Band,
                Fact = c.Fact,
                Meter = c.Map?.Meter,
                Of = c.Map?.Of,
                Factor = c.Map?.Factor,
                Multiplier = c.Map?.Multiplier,
            }));
        var form = SupplierForms.FormOf(File.Stem);
        var supplier = kind == DocumentKind.Bills
            ? SupplierForms.SupplierOf(table, columns, map, plan.Registers) : null;
        plan.Add(new DocumentPlan
        {
            File = File.Name,
            Sha256 = File.Sha256,
            Sheet = Sheet.Name,
            Kind = kind,
            Encoding = content.Encoding,
            Delimiter = content.Delimiter,
            HeaderRow = table.HasHeader ? Sheet.RowNumber(table.HeaderRow) : 0,
            Columns = [.. columns.Select(c => c.Reading)],
            Checks = [.. Checks],
            Rows = Counts(total),
            Template = Decided with
            {
                Name = supplier ?? form,
                Supplier = supplier,
                Sheet = table.SheetName,
                Files = map?.Files ?? form.Replace('#', '*') + Path.GetExtension(File.Name),
                Kind = kind switch
                {
                    DocumentKind.MeterLong or DocumentKind.MeterWide => "meter",
                    DocumentKind.Bills => "bills",
                    DocumentKind.Output => "output",
                    _ => "activity",
                },
                Defaults = map?.Defaults ?? Decided.Defaults,
                Facts = map?.Facts ?? Decided.Facts,
                Answers = AnswersOfForm(),
                Columns = System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(stated),
            },
        });
    }

    /// <summary>What was answered for files of this form, and what this sheet decided by itself.</summary>
    private System.Collections.Immutable.ImmutableSortedDictionary<string, string> AnswersOfForm()
    {
        var form = SupplierForms.FormOf(table.File.Stem);
        return System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
            plan.Answered.Where(a => a.Key.Split('/') is [_, var of, ..] && of == form)
                .Concat(Answers.Where(a => !plan.Answered.ContainsKey(a.Key))));
    }

    private RowCounts Counts(int total)
    {
        int loaded = 0, refused = 0, held = 0, repeats = 0;
        foreach (var fate in _fates)
        {
            if (fate == RowFate.Loaded) loaded++;
            else if (fate == RowFate.Refused) refused++;
            else if (fate == RowFate.Held) held++;
            else if (fate == RowFate.Repeat) repeats++;
        }
        return new RowCounts(total, loaded, refused, held, repeats,
            total - loaded - refused - held - repeats);
    }
}

/// <summary>What became of a row, from the least to the best.</summary>
internal enum RowFate : byte { Around, Repeat, Refused, Held, Loaded }
