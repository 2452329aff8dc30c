using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Celadon.Lca.Model;

namespace Celadon.Packs.Lci;

/// <summary>Writes the tables of a database, in the order the database lists its things.</summary>
internal sealed class LciTableWriter(int fileBytes)
{
    private readonly List<(string File, string Kind, int Rows, byte[] Bytes)> _tables = [];

    public IReadOnlyList<(string File, string Kind, int Rows, byte[] Bytes)> Write(LciDatabase d)
    {
        Table("lci-unit-groups", d.UnitGroups.Select(g => Row(g, g.DefaultProperty)));
        Table("lci-units", d.UnitGroups.SelectMany(g => g.Units.Select(u => (string[])
            [g.Id, u.Id, u.Name, Number(u.Factor), Flag(u.IsReference), List(u.Synonyms), u.Extra])));
        Table("lci-flow-properties",
            d.FlowProperties.Select(p => Row(p, p.UnitGroup, Flag(p.IsEconomic))));
        Table("lci-currencies", d.Currencies.Select(c => Row(c, c.Code, Number(c.Factor), c.Reference)));
        Table("lci-locations",
            d.Locations.Select(l => Row(l, l.Code, Number(l.Latitude), Number(l.Longitude))));
        Table("lci-flows", d.Flows.Select(f =>
            Row(f, Vocabulary.Word(f.Kind), f.Cas, f.Formula, f.Location, List(f.Synonyms))));
        Table("lci-flow-property-factors", d.Flows.SelectMany(f => f.Properties.Select(p => (string[])
            [f.Id, p.Property, Number(p.Factor)])));
        Processes(d.Processes);
        Table("lci-parameters", d.Parameters.Select(p => Parameter("", p))
            .Concat(d.Processes.SelectMany(o => o.Parameters.Select(p => Parameter(o.Id, p))))
            .Concat(d.Categories.SelectMany(o => o.Parameters.Select(p => Parameter(o.Id, p)))));
        Methods(d);
        Table("lci-systems", d.Systems.Select(s => Row(s, s.Process, Whole(s.Exchange), Number(s.Amount),
            s.Unit, s.Property)));
        Table("lci-links", d.Systems.SelectMany(s => s.Links.Select(l => (string[])
            [s.Id, l.Process, Whole(l.Exchange), l.Provider, l.Flow])));
        Table("lci-documents", d.Documents.Select(x => (string[])[x.Kind, x.Id, x.Name, x.Json]));
        return _tables;
    }

    private void Processes(ImmutableArray<LciProcess> processes)
    {
        Table("lci-processes", processes.Select(p => Row(p, p.Location, Flag(p.IsResult), Whole(p.Reference),
            p.Allocation is { } rule ? Vocabulary.Word(rule) : "")));
        Table("lci-exchanges", processes.SelectMany(p => p.Exchanges.Select(e => (string[])
        [
            p.Id, Whole(e.Id), e.Flow, e.Unit, e.Property, Number(e.Amount), Flag(e.IsInput),
            Flag(e.IsAvoided), e.Provider, e.Formula, .. Spread(e.Uncertainty), e.Location, Number(e.Cost),
            e.Currency, e.DataQuality, Number(e.BaseUncertainty), e.Extra,
        ])));
        Table("lci-allocation", processes.SelectMany(p => p.AllocationFactors.Select(f => (string[])
        [
            p.Id, Vocabulary.Word(f.Rule), f.Product, Whole(f.Exchange), Number(f.Value), f.Formula,
        ])));
    }

    private void Methods(LciDatabase d)
    {
        Table("lci-categories", d.Categories.Select(c => Row(c, c.Unit, Vocabulary.Word(c.Direction))));
        Table("lci-factors", d.Categories.SelectMany(c => c.Factors.Select(f => (string[])
        [
            c.Id, f.Flow, f.Unit, f.Property, Number(f.Value), f.Formula, f.Location,
            .. Spread(f.Uncertainty),
        ])));
        Table("lci-methods", d.Methods.Select(m => Row(m, List(m.Categories))));
        // A damage category or set without factors is a row without category.
        Table("lci-damages", d.Methods.SelectMany(m => m.Damages.SelectMany(x => x.Factors
            .DefaultIfEmpty(new("", 0)).Select(f => (string[])
            [
                m.Id, x.Id, x.Name, x.Unit, f.Category, Number(f.Factor),
            ]))));
        Table("lci-weighting", d.Methods.SelectMany(m => m.Weightings.SelectMany(w => w.Factors
            .DefaultIfEmpty(new("", null, null)).Select(f => (string[])
            [
                m.Id, w.Id, w.Name, w.Unit, f.Category, Number(f.Normalisation), Number(f.Weight),
            ]))));
    }

    private static string[] Row(LciEntity entity, params ReadOnlySpan<string> own) =>
        [entity.Id, entity.Name, entity.Category, .. own, entity.Extra];

    private static string[] Parameter(string owner, LciParameter p) =>
        [owner, p.Id, p.Name, Number(p.Value), p.Formula, .. Spread(p.Uncertainty), p.Extra];

    private static string[] Spread(Uncertainty u) => u.IsUncertain
        ? [Vocabulary.Word(u.Kind), Number(u.A), Number(u.B), Number(u.C)] : ["", "", "", ""];

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Flag(bool value) => value ? "yes" : "no";

    /// <summary>Parted by "|"; a bar or backslash inside has a backslash before it.</summary>
    private static string List(ImmutableArray<string> items) => string.Join('|', items.Select(i =>
        i.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)));

    /// <summary>Writes one table into as many files as its size needs; none when it has no rows.</summary>
    private void Table(string kind, IEnumerable<string[]> rows)
    {
        var name = kind[LciTables.Prefix.Length..];
        var (text, count, files, size) = (new StringBuilder(), 0, 0, 0L);
        void Close()
        {
            if (count == 0) return;
            files++;
            _tables.Add(($"{name}{(files == 1 ? "" : $"-{files}")}.csv", kind, count,
                Encoding.UTF8.GetBytes(text.ToString())));
            (count, size) = (0, 0);
            text.Clear();
        }
        foreach (var row in rows)
        {
            if (count == 0) text.Append(LciTables.Columns[kind]).Append('\n');
            var before = text.Length;
            for (var i = 0; i < row.Length; i++) Cell(i == 0 ? text : text.Append(','), row[i]);
            text.Append('\n');
            count++;
            // Three bytes a character is the most that UTF-8 takes.
            size += 3L * (text.Length - before);
            if (size >= fileBytes) Close();
        }
        Close();
    }

    private static void Cell(StringBuilder text, string cell)
    {
        if (cell.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0
            && cell.AsSpan().IndexOfAny(",\"\u007F") < 0) text.Append(cell);
        else text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
