using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import.Detection;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// The plain activity table: start, end (both days included), from, to, resource, amount, unit, basis, then
/// one column a fact. An empty fact is one the document does not state.
/// </summary>
internal static class ActivityTable
{
    private static readonly string[] Core =
        ["start", "end", "from", "to", "resource", "amount", "unit", "basis"];

    public static void Plan(SheetJob job)
    {
        var core = Settle(job);
        var missing =
            new[] { "start", "from", "to", "resource", "amount" }.Where(role => !core.ContainsKey(role)
            && job.Default(role) is null).ToArray();
        if (!core.ContainsKey("unit") && job.Default("unit") is null
            && core.GetValueOrDefault("amount")?.Unit is null)
            missing = [.. missing, "unit"];
        if (missing.Length > 0)
        {
            foreach (var role in missing)
                job.Plan.Add("import.column.missing", Severity.Error, job.Place, ("column", role));
            job.Finish(DocumentKind.Activity);
            return;
        }
        var (rows, totals) = RowFilter.Split(job, core["start"]);
        if (BillPeriods.Read(job, rows) is not { } periods)
        {
            foreach (var row in rows) job.Mark(row, RowFate.Held);
            job.Finish(DocumentKind.Activity);
            return;
        }
        var amount = core["amount"];
        var read = AmountColumn.Read(job, amount.Style, rows, [amount.Index], amount.Unit, Amount.One);
        RowFilter.CheckTotals(job, totals, amount, rows, read.At);
        var sheet = new EntrySheet(job);
        for (var i = 0; i < rows.Length; i++)
        {
            job.Plan.Pace.Check(i);
            if (read.State[i] == CellState.Missing)
                job.Refuse("import.number.missing", rows[i], amount.Index);
            else if (read.State[i] == CellState.Read) AddEntry(job, sheet, core, rows[i], periods, i,
                read.At(i), read.Estimated?[i] == true);
        }
        job.Finish(DocumentKind.Activity);
    }

    /// <summary>One column a core role; every other column with a header states a fact.</summary>
    private static Dictionary<string, Column> Settle(SheetJob job)
    {
        var core = new Dictionary<string, Column>(StringComparer.Ordinal);
        foreach (var column in job.Columns)
        {
            if (column.Role == "time" && !core.ContainsKey("start")
                && column.Profile.MostlyDates) column.Role = "start";
            var exact = Vocabulary.Shared.RoleOf(column.Head.Name) is var (named, strength) && strength > 100
                && named is not null && Core.Contains(named) ? named : null;
            if (exact is not null && !core.ContainsKey(exact)) column.Role = exact;
            if (Core.Contains(column.Role) && core.TryAdd(column.Role, column))
            {
                if (column.Certainty == Certainty.NotLoaded) column.Certainty = Certainty.Matched;
                continue;
            }
            if (column.Map?.As == "ignore" || !job.Table.HasHeader) continue;
            column.Role = "fact";
            column.Certainty = Certainty.Matched;
        }
        return core;
    }

    private static void AddEntry(SheetJob job, EntrySheet sheet, Dictionary<string, Column> core, int row,
        BillPeriods periods, int index, Amount amount, bool estimated)
    {
        string? Cell(string role) =>
            core.TryGetValue(role, out var column) ? job.Text(row, column) ?? job.Default(role)
            : job.Default(role);
        if (!NodeOf(job, core, row, "from", Cell("from"), out var from)) return;
        if (!NodeOf(job, core, row, "to", Cell("to"), out var to)) return;
        var unitText = Cell("unit");
        var unit = core["amount"].Unit;
        if (unitText is not null && !UnitText.TryParse(unitText, out unit) || unit is null)
        {
            job.Refuse("import.unit.unknown", row,
                core.GetValueOrDefault("unit")?.Index ?? core["amount"].Index,
                ("value", unitText ?? ""));
            return;
        }
        if (Cell("resource") is not { } resource)
        {
            job.Refuse("import.resource.missing", row, core.GetValueOrDefault("resource")?.Index ?? -1);
            return;
        }
        if (!amount.TryGetStored(out _, out _))
        {
            job.Refuse("import.number.large", row, core["amount"].Index, ("value", amount));
            return;
        }
        var basisText = Cell("basis");
        var basis = Vocabulary.Shared.BasisOf(basisText);
        if (basisText is not null && basis is null)
        {
            job.Refuse("import.basis.unknown", row, core["basis"].Index, ("value", basisText));
            return;
        }
        var registers = job.Plan.Registers;
        var site = registers.SiteOf(from) ?? registers.SiteOf(to) ?? MeterNames.SiteOf(job);
        var zone = site is not null ? SiteZone.Find(site.Zone)?.Zone : sheet.Zone(null);
        if (periods.In(index, zone) is not { } period) return;
        job.Plan.Entries.Add(new Entry(from, to, ResourceId(resource), amount, unit.Code, period,
            estimated ? Basis.Estimated : basis ?? Basis.Stated, sheet.RowEvidence(row),
            sheet.FactsOf(row), Calorific(job, core["amount"], row)));
        job.Mark(row, RowFate.Loaded);
    }

    private static CalorificBasis Calorific(SheetJob job, Column amount, int row)
    {
        var stated = UnitText.BasisOf(amount.Head.Header);
        if (stated != CalorificBasis.None) return stated;
        var text =
            job.Columns.FirstOrDefault(c => c.Fact == "calorific") is { } column ? job.Text(row, column)
            : null;
        return text is null ? CalorificBasis.None : UnitText.BasisOf(" " + text);
    }

    /// <summary>Our own ids stand as they are; a word people use becomes the id it names.</summary>
    private static string ResourceId(string text) => text.Contains('/', StringComparison.Ordinal)
        ? text : Vocabulary.Shared.ExactResourceOf(text) ?? EntrySheet.Kebab(text);

    private static bool NodeOf(
        SheetJob job, Dictionary<string, Column> core, int row, string role, string? text, out Node node)
    {
        if (Node.TryParse(text, out node)) return true;
        var registers = job.Plan.Registers;
        foreach (var (type, item, _) in registers.All)
        {
            if (text is null || item.Id != text && item.Name.En != text && item.Name.Zh != text) continue;
            if (type is "site" or "unit" or "stock" or "supplier") return Node.TryParse($"{type}:{item.Id}",
                out node);
        }
        job.Refuse("import.node.unknown", row, core.GetValueOrDefault(role)?.Index ?? -1,
            ("value", text ?? ""),
            ("kinds", string.Join(", ", Node.KindNames)));
        return false;
    }
}
