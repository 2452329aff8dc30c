using System.Collections.Immutable;
using Celadon.Registers;
using Celadon.Store.Import.Detection;
using Celadon.Store.Import.Reading;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// Under which name a form is remembered: the supplier's where all of a bill file is from one, else the
/// file's name without its numbers.
/// </summary>
internal static class SupplierForms
{
    /// <summary>
    /// A file's name with its numbers blotted out: "stoke-m1-2026-q1" and "-q2" are one form.
    /// </summary>
    public static string FormOf(string stem)
    {
        var form = new System.Text.StringBuilder(stem.Length);
        foreach (var c in stem)
            if (!char.IsAsciiDigit(c)) form.Append(c);
            else if (form.Length == 0 || form[^1] != '#') form.Append('#');
        return form.ToString();
    }

    /// <summary>
    /// The one supplier that the rows, the lines above the table, the map or the title name, as they write
    /// it; null where none or several do.
    /// </summary>
    public static string? SupplierOf(Table table, IReadOnlyList<Column> columns, ImportMap? map,
        RegisterSet registers)
    {
        if (columns.FirstOrDefault(c => c.Role == "supplier") is { } column)
        {
            string? one = null;
            for (var row = table.FirstRow; row < table.Sheet.RowCount; row++)
            {
                var named = table.Sheet.Value(row, column.Index).Trim();
                if (NumberText.IsMissing(named) || named == one) continue;
                if (one is not null) return null;
                one = named;
            }
            if (one is not null) return one;
        }
        if ((map?.Defaults.GetValueOrDefault("supplier")
            ?? table.Preamble.GetValueOrDefault("supplier"))?.Trim() is { Length: > 0 } stated) return stated;
        return registers.Of<Supplier>().SelectMany(s => (string?[])[s.Name.En, s.Name.Zh])
            .FirstOrDefault(name => MeterNames.Names(table.Title, name));
    }

    /// <summary>
    /// The template of an earlier bill of the supplier that this table names, where it has the same columns:
    /// suppliers rename their files. Its answers become those of this form.
    /// </summary>
    public static ImportMap? Find(PlanBuilder plan, SourceFile file, Table table)
    {
        if (!plan.Context.Templates.Any(t => t.Supplier is not null)) return null;
        var supplier = SupplierOf(table, ColumnRoles.Assign(table, null, labelled: false), null,
            plan.Registers);
        var template = supplier is null ? null : plan.Context.Templates.LastOrDefault(t =>
            t.Supplier == supplier && t.Sheet == table.SheetName && t.Columns.Count > 1 && t.Fits(table));
        return template is null ? null : plan.Adopt(template with
        {
            Files = null,
            Answers = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, template.Answers
                .Select(a => KeyValuePair.Create(Rename(a.Key, FormOf(file.Stem)), a.Value))),
        });
    }

    /// <summary>A question's id is what, form, sheet, column; only the form is another.</summary>
    private static string Rename(string id, string form)
    {
        var parts = id.Split('/');
        if (parts.Length > 1) parts[1] = form;
        return string.Join('/', parts);
    }
}
