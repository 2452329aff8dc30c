using Celadon.Ledger;
using Celadon.Store.Import.Detection;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// A sheet of records that no supplier's document brings: overrides with their reasons, files withdrawn,
/// statements sent, and the names of actors. Known by its header alone; a row that cannot be recorded is
/// refused with its place, and the others stand.
/// </summary>
internal sealed class RecordsSheet
{
    private const int MostTitleRows = 20;

    private readonly PlanBuilder _plan;
    private readonly FileContent _content;
    private readonly Sheet _sheet;
    private readonly string _kind;
    private readonly int _header;
    private readonly Dictionary<string, int> _columns;
    private int _loaded, _refused;

    private RecordsSheet(PlanBuilder plan, FileContent content, Sheet sheet, string kind, int header,
        Dictionary<string, int> columns) =>
        (_plan, _content, _sheet, _kind, _header, _columns) = (plan, content, sheet, kind, header, columns);

    /// <summary>Plans the sheet when its header is that of records; false for any other sheet.</summary>
    public static bool TryPlan(PlanBuilder plan, FileContent content, Sheet sheet)
    {
        for (var row = 0; row < Math.Min(sheet.RowCount, MostTitleRows); row++)
            foreach (var (kind, words) in Vocabulary.Shared.Records)
                if (Columns(sheet, row, words) is { } columns && IsHeaderOf(kind, columns))
                {
                    new RecordsSheet(plan, content, sheet, kind, row, columns).Plan();
                    return true;
                }
        return false;
    }

    /// <summary>The columns whose whole header is a word of the kind, by the name of their part.</summary>
    private static Dictionary<string, int>? Columns(Sheet sheet, int row, IReadOnlyDictionary<string, string>
        words)
    {
        Dictionary<string, int>? found = null;
        for (var c = 0; c < Math.Min(sheet.Width(row), 60); c++)
            if (sheet.Text(row, c).Length is > 0 and <= 60
                && words.TryGetValue(Vocabulary.Plain(sheet.Value(row, c)), out var part))
                (found ??= []).TryAdd(part, c);
        return found;
    }

    private static bool IsHeaderOf(string kind, Dictionary<string, int> columns) => kind switch
    {
        "overrides" => Has(columns, "what", "value", "reason") && (columns.ContainsKey("entry")
            || columns.ContainsKey("flow") || Has(columns, "from", "to", "resource")),
        "withdrawn" => Has(columns, "evidence", "reason"),
        "statements" => Has(columns, "statement", "to", "on", "consent"),
        _ => Has(columns, "actor", "name"),
    };

    private static bool Has(Dictionary<string, int> columns, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
            if (!columns.ContainsKey(part)) return false;
        return true;
    }

    private void Plan()
    {
        _plan.Pace.Begin(ImportStage.Interpreting, _sheet.RowCount - _header - 1);
        for (var row = _header + 1; row < _sheet.RowCount; row++)
        {
            _plan.Pace.Step();
            if (_columns.Values.All(c => _sheet.Text(row, c).IsWhiteSpace())) continue;
            if (One(row)) _loaded++;
            else _refused++;
        }
        _plan.Pace.End();
        var total = _sheet.RowNumber(_sheet.RowCount - 1);
        _plan.Add(new DocumentPlan
        {
            File = _content.File.Name,
            Sha256 = _content.File.Sha256,
            Sheet = _sheet.Name,
            Kind = DocumentKind.Records,
            Encoding = _content.Encoding,
            Delimiter = _content.Delimiter,
            HeaderRow = _sheet.RowNumber(_header),
            Rows = new RowCounts(total, _loaded, _refused, 0, 0, total - _loaded - _refused),
        });
    }

    private bool One(int row) => _kind switch
    {
        "overrides" => Override(row),
        "withdrawn" => Withdrawn(row),
        "statements" => Statement(row),
        _ => Actor(row),
    };

    /// <summary>An entry by its position or a flow, what of it, what it shall be, and why.</summary>
    private bool Override(int row)
    {
        if (Required(row, "what") is not { } stated || Required(row, "value") is not { } value
            || Required(row, "reason") is not { } reason) return false;
        if (Vocabulary.Shared.OverrideOf(stated) is not { } what)
            return Refuse("import.record.what", row, "what", stated);
        if (what == "measurement")
        {
            if (MeasurementOf(value) is not { } source)
                return Refuse("import.record.measurement", row, "value", value);
            value = source;
        }
        if (Text(row, "entry") is { } entry)
        {
            if (!long.TryParse(entry, System.Globalization.NumberStyles.None,
                    System.Globalization.CultureInfo.InvariantCulture, out var position)
                || !_plan.Context.Books.IsEntry(position))
                return Refuse("import.record.entry", row, "entry", entry);
            if (what == "measurement") return Refuse("import.record.measurementOfEntry", row, "what", stated);
            _plan.Records.Add(new OverrideRecord("entry", entry, what, value, reason));
            return true;
        }
        if (FlowOf(row) is not { } flow) return false;
        if (what == "measurement" && !IsOpen(row, flow)) return false;
        _plan.Records.Add(new OverrideRecord("flow", flow, what, value, reason));
        return true;
    }

    /// <summary>
    /// What was measured is as closed in a closed month: the choice holds for open ones, and where none is,
    /// it would hold nowhere.
    /// </summary>
    private bool IsOpen(int row, string flow)
    {
        var months = _plan.Context.Books.MonthsOf(flow);
        if (months.Closed == 0) return true;
        var (code, severity) = months.Open == 0 ? ("import.record.measurementClosed", Severity.Error)
            : ("import.record.measurementOpenOnly", Severity.Info);
        _plan.Add(code, severity, PlaceOf(row, "what"), ("flow", flow), ("closed", months.Closed),
            ("month", months.LastClosed), ("closing", months.Closing));
        return months.Open > 0;
    }

    /// <summary>What may be chosen to count: the meter's readings, or documents of one basis.</summary>
    private static string? MeasurementOf(string value) =>
        value.Equals("meter", StringComparison.OrdinalIgnoreCase) ? "meter"
        : Vocabulary.Shared.BasisOf(value)?.ToString().ToLowerInvariant();

    /// <summary>"from|to|resource", from one column or from three; null when refused.</summary>
    private string? FlowOf(int row)
    {
        var stated = Text(row, "flow");
        string[] parts = stated is not null
            ? stated.Split('|', StringSplitOptions.TrimEntries)
            : [Text(row, "from") ?? "", Text(row, "to") ?? "", Text(row, "resource") ?? ""];
        if (parts is [var from, var to, { Length: > 0 } resource] && Node.TryParse(from, out var source)
            && Node.TryParse(to, out var sink)) return $"{source}|{sink}|{resource}";
        Refuse("import.record.flow", row, stated is null ? "from" : "flow",
            stated ?? string.Join('|', parts));
        return null;
    }

    private bool Withdrawn(int row)
    {
        if (Required(row, "evidence") is not { } named || Required(row, "reason") is not { } reason)
            return false;
        if (EvidenceOf(row, named) is not { } sha256) return false;
        if (sha256 == _content.File.Sha256) return Refuse("import.record.evidence", row, "evidence", named);
        _plan.Records.Add(new EvidenceWithdrawnRecord(sha256, reason));
        return true;
    }

    private bool Statement(int row)
    {
        if (Required(row, "statement") is not { } what || Required(row, "to") is not { } to
            || Required(row, "on") is not { } on || Required(row, "consent") is not { } consent) return false;
        if (!DateText.TryRead(on, out var date) || date.Known is null || date.Grain == DateGrain.Month)
            return Refuse("import.record.date", row, "on", on);
        var sha256 = "";
        if (Text(row, "evidence") is { } named)
        {
            if (EvidenceOf(row, named) is not { } found) return false;
            sha256 = found;
        }
        var day = WallTime.Format(date.At(date.Known.Value) / WallTime.Day * WallTime.Day);
        _plan.Records.Add(new StatementSentRecord(what, sha256, to, consent, day));
        return true;
    }

    /// <summary>A name stands outside the chain; an empty one erases it.</summary>
    private bool Actor(int row)
    {
        if (Required(row, "actor") is not { } id) return false;
        var (name, role) = (Text(row, "name"), Text(row, "role"));
        _plan.Forget(_content.File);
        _plan.Names.Add(new ActorName(id, name is null ? "" : role is null ? name : $"{name} ({role})"));
        return true;
    }

    /// <summary>The hash of a kept file, named by its hash or by its name; null when refused.</summary>
    private string? EvidenceOf(int row, string named)
    {
        var files = _plan.Context.Books.Files.Where(f => f.Sha256.Equals(named,
                StringComparison.OrdinalIgnoreCase) || f.Name == named)
            .Select(f => f.Sha256).Distinct().ToArray();
        if (files is [var only]) return only;
        Refuse(files.Length == 0 ? "import.record.evidence" : "import.record.evidenceSeveral", row,
            "evidence", named);
        return null;
    }

    private string? Text(int row, string part) => _columns.TryGetValue(part, out var column)
        && _sheet.Value(row, column) is { Length: > 0 } text ? text : null;

    private string? Required(int row, string part)
    {
        if (Text(row, part) is { } text) return text;
        Refuse("import.record.missing", row, part, "");
        return null;
    }

    private bool Refuse(string code, int row, string part, string value)
    {
        var place = PlaceOf(row, part);
        _plan.Add(code, Severity.Error, place, ("value", value), ("column", place.Column ?? part));
        return false;
    }

    private Place PlaceOf(int row, string part) => new(_content.File.Name,
        _sheet.Name.Length == 0 ? null : _sheet.Name, _sheet.RowNumber(row),
        _columns.TryGetValue(part, out var column) ? _sheet.Value(_header, column) : null);
}
