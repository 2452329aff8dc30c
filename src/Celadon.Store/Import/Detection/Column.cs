using Celadon.Quantities;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import.Detection;

/// <summary>What a sample of a column's cells looks like.</summary>
internal sealed record ColumnProfile(int Filled, int Numbers, int Dates, int Clocks, int Ranges, int Texts,
    bool Months, bool Serials)
{
    private const int Sample = 240;

    public bool MostlyNumbers => Filled > 0 && Numbers * 10 >= Filled * 7;
    public bool MostlyDates => Filled > 0 && Dates * 10 >= Filled * 6;
    public bool MostlyClocks => Filled > 0 && Clocks * 10 >= Filled * 8;
    public bool MostlyRanges => Filled > 0 && Ranges * 10 >= Filled * 6;
    public bool MostlyText => Filled > 0 && Texts * 10 >= Filled * 6;

    public static ColumnProfile Of(Table table, int column, out List<string> values)
    {
        int filled = 0, numbers = 0, dates = 0, clocks = 0, ranges = 0, texts = 0, months = 0, serials = 0;
        values = [];
        var sheet = table.Sheet;
        var rows = sheet.RowCount - table.FirstRow;
        var step = Math.Max(1, rows / Sample);
        for (var r = table.FirstRow; r < sheet.RowCount; r += step)
        {
            var kind = CellClasses.Of(sheet, r, column);
            if (kind == CellClass.Empty) continue;
            var text = sheet.Text(r, column).Trim();
            if (kind == CellClass.Text && (NumberText.IsMissing(text) || IsNote(sheet, r, column))) continue;
            filled++;
            values.Add(text.ToString());
            switch (kind)
            {
                case CellClass.Number: numbers++; break;
                case CellClass.Date: dates++; break;
                case CellClass.Clock: clocks++; break;
                case CellClass.Range: ranges++; break;
                default: texts++; break;
            }
            if (!DateText.TryRead(text, out var date)) continue;
            if (date.Grain == DateGrain.Month) months++;
            else if (kind == CellClass.Number) serials++;
        }
        return new ColumnProfile(filled, numbers, dates, clocks, ranges, texts,
            filled > 0 && months * 10 >= filled * 7, filled > 0 && serials * 10 >= filled * 9);
    }

    /// <summary>Text alone in its row is a remark below the table, and says nothing of its column.</summary>
    private static bool IsNote(Reading.Sheet sheet, int row, int column)
    {
        for (var c = 0; c < sheet.Width(row); c++)
            if (c != column && !sheet.Text(row, c).IsWhiteSpace()) return false;
        return sheet.ColumnCount > 1;
    }
}

/// <summary>A column with the meaning it was given.</summary>
internal sealed class Column
{
    public required TableColumn Head { get; init; }
    public required ColumnProfile Profile { get; init; }
    public required NumberStyle Style { get; init; }
    public required string First { get; init; }

    /// <summary>Role as the guide lists them; "ignore" for a column that is not loaded.</summary>
    public string Role { get; set; } = "ignore";

    public Unit? Unit { get; set; }
    public string? Resource { get; set; }
    public string? Band { get; set; }
    public string? Fact { get; set; }
    public ColumnMap? Map { get; set; }
    public Certainty Certainty { get; set; } = Certainty.NotLoaded;
    public Finding? Because { get; set; }

    public int Index => Head.Index;

    public ColumnReading Reading => new(
        Head.Header, Role, Unit?.Code ?? "", Resource ?? "", First, Certainty, Because);
}

/// <summary>
/// Gives every column its role: what the map says, else what header and content say together.
/// </summary>
internal static class ColumnRoles
{
    public static Column[] Assign(Table table, ImportMap? map, bool labelled)
    {
        var columns = new List<Column>();
        var samples = table.Columns.Select(head => (Head: head,
            Profile: ColumnProfile.Of(table, head.Index, out var values), Values: values)).ToArray();
        // A column of round thousands ("3.960") is read as the columns that prove their mark are written.
        var whole = NumberText.StyleOf(samples.Where(s => s.Profile.MostlyNumbers).SelectMany(s => s.Values),
            table.Delimiter);
        foreach (var (head, profile, values) in samples)
        {
            if (profile.Filled == 0 && !table.HasHeader) continue;
            var own = NumberText.StyleOf(values, table.Delimiter);
            var style =
                map?.Decimal is { Length: 1 } stated ? new NumberStyle(stated[0], true) : own.Proved ? own
                : whole;
            var column = new Column
            {
                Head = head,
                Profile = profile,
                Style = style,
                First = values.Count > 0 ? values[0] : "",
                Unit = head.Unit,
                Map = map?.Of(head),
            };
            Assign(column);
            columns.Add(column);
        }
        Share(columns, labelled);
        return [.. columns];
    }

    private static void Assign(Column column)
    {
        var words = Vocabulary.Shared;
        var name = column.Head.Name;
        var header = column.Head.Header;
        if (column.Map is { } map)
        {
            column.Role = map.As ?? "amount";
            column.Certainty = column.Role == "ignore" ? Certainty.NotLoaded : Certainty.Stated;
            (column.Resource, column.Band, column.Fact) = (map.Resource, map.Tariff, map.Fact);
            if (map.Unit is not null && Units.TryParse(map.Unit, out var unit)) column.Unit = unit;
            if (column.Role is "amount") column.Resource ??= words.ResourceOf(name);
            return;
        }
        var (role, strength) = words.RoleOf(name);
        column.Band = words.BandOf(name);
        column.Resource = words.ResourceOf(name);
        column.Fact = words.FactOf(name);
        column.Role = Decide(column, role, strength, header);
        // What stands behind the slash of a price or of a calorific value is not the column's own unit.
        if (column.Role is "price" or "calorific-value" or "correction" or "multiplier") column.Unit = null;
        column.Certainty = column.Role switch
        {
            "ignore" => Certainty.NotLoaded,
            "check" or "total" => Certainty.Check,
            _ => Certainty.Matched,
        };
    }

    private static string Decide(Column column, string? role, int strength, string header)
    {
        var profile = column.Profile;
        if (profile.Filled == 0) return role ?? "ignore";
        if (profile.MostlyRanges) return "period";
        if (profile.MostlyDates && !profile.MostlyNumbers) return DateRole(role, profile);
        // 45931 or 20251001 below "Start date".
        if (profile.Serials && role is "time" or "time-begin" or "time-end" or "start" or "end")
            return DateRole(role, profile);
        if (profile.MostlyClocks) return role is "time-begin" or "time-end" ? "clock" : "clock";
        if (role is "month"
            && (profile.Months || profile.MostlyDates || profile.MostlyNumbers)) return "month";
        if (role is "year" or "days" or "period-number" && profile.MostlyNumbers) return role;
        if (profile.MostlyText)
        {
            if (column.Fact is not null && strength < 100) return "fact";
            return role is "amount" && IsUnits(column) ? "unit" : TextRole(role, column);
        }
        return profile.MostlyNumbers ? NumberRole(column, role, strength, header) : role ?? "ignore";
    }

    private static string DateRole(string? role, ColumnProfile profile)
    {
        if (role is "start" or "from") return "start";
        if (role is "end" or "to") return "end";
        if (role is "time-begin" or "time-end" or "ignore" or "invoice") return role;
        return profile.Months || role == "month" ? "month" : role == "period" ? "period" : "time";
    }

    private static string TextRole(string? role, Column column) => role switch
    {
        "unit" or "meter" or "resource" or "estimated" or "supplier" or "invoice" or "product" or "from"
            or "to"
            or "basis" or "site" or "currency" or "ignore" => role,
        _ => column.Fact is not null ? "fact" : "ignore",
    };

    private static string NumberRole(Column column, string? role, int strength, string header)
    {
        if (role is "meter" or "invoice" && column.Unit is null) return role;
        if (IsPerUnit(header)) return "price";
        var currency = column.Unit is { } unit
            && unit.Dimension.ToString().StartsWith("cur:", StringComparison.Ordinal);
        if (currency) return role is "price" or "tax" or "gross-cost" ? role : "cost";
        if (role is "check" && column.Unit?.Dimension.ToString() != "Q") return "check";
        if (role is "previous" or "present" or "multiplier" or "calorific-value" or "correction" or "price"
            or "tax"
            or "gross-cost" || role is "cost" && column.Unit is null) return role;
        if (role is "reading") return "reading";
        if (role is "ignore" && (strength > 100 || column.Unit is null)) return "ignore";
        if (column.Fact is not null && column.Unit is null) return "fact";
        if (column.Unit is { } measure)
        {
            if (measure.Dimension.ToString() is "L2 M T-3" or "S")
                return role is "ignore" ? "ignore" : "power";
            return role is "total" ? "total" : "amount";
        }
        if (role is "total" or "power") return role;
        return role is "amount" || column.Band is not null
            || column.Resource is not null ? "amount" : "ignore";
    }

    private static bool IsPerUnit(string header) =>
        header.Contains("/kWh", StringComparison.OrdinalIgnoreCase)
        || header.Contains("per kWh", StringComparison.OrdinalIgnoreCase)
        || header.Contains("元/", StringComparison.Ordinal) || header.Contains("£/", StringComparison.Ordinal)
        || header.Contains("p/", StringComparison.Ordinal)
        && !header.Contains("up/", StringComparison.Ordinal);

    private static bool IsUnits(Column column) => UnitText.TryParse(column.First, out _);

    /// <summary>What only several columns tell together.</summary>
    private static void Share(List<Column> columns, bool labelled)
    {
        // A total beside nothing else that measures is the amount.
        if (!labelled && !columns.Exists(c => c.Role == "amount"))
            foreach (var column in columns.Where(c => c.Role == "total")) SetAmount(column);
        // One unnamed column of numbers beside a time is the amount.
        if (!columns.Exists(c => c.Role is "amount" or "reading" or "present")
            && columns.Where(c => c.Role == "ignore" && c.Profile.MostlyNumbers && c.Map is null
                && Vocabulary.Shared.RoleOf(c.Head.Name).Strength == 0).ToArray() is [var only]
            && columns.Exists(c => c.Role is "time" or "month" or "start" or "clock")) SetAmount(only);
        // Power beside times and no energy is what there is to load: the interval makes it energy.
        if (!columns.Exists(c => c.Role is "amount" or "reading" or "present")
            && columns.Exists(c => c.Role is "time" or "time-begin" or "time-end" or "period" or "clock"))
            foreach (var column in columns.Where(c => c.Role == "power"
                && c.Unit?.Dimension.ToString() is null or "L2 M T-3")) SetAmount(column);
        // "from" and "to" that hold dates were made start and end; two times are the ends of a period.
        var times = columns.Where(c => c.Role == "time").ToArray();
        if (times.Length == 1 && columns.Exists(c => c.Role == "end")
            && !columns.Exists(c => c.Role == "start"))
            times[0].Role = "start";
        else if (times.Length == 1 && columns.Exists(c => c.Role == "start")
            && columns.Exists(c => c.Role == "end"))
            times[0].Role = "ignore";
    }

    private static void SetAmount(Column column)
    {
        column.Role = "amount";
        column.Certainty = Certainty.Matched;
    }
}
