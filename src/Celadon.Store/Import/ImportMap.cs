using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Celadon.Quantities;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import;

/// <summary>
/// How to read files of one supplier: what a person states in a --map file, and what is remembered as a
/// template after an import. Everything left out is detected. JSON, format "celadon-map/1"; described in
/// docs/guide/en/import.md.
/// </summary>
public sealed record ImportMap
{
    /// <summary>Always "celadon-map/1".</summary>
    public string Format { get; init; } = FormatName;

    /// <summary>Name of the template: the supplier or logger.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The one supplier whose bills it was made from; null for none or several. Files of another name that
    /// name this supplier and have the columns are read by it too.
    /// </summary>
    public string? Supplier { get; init; }

    /// <summary>File names it is for, with * and ?; null for every file.</summary>
    public string? Files { get; init; }

    /// <summary>Sheet it is for; null for every sheet.</summary>
    public string? Sheet { get; init; }

    /// <summary>"meter", "bills", "output", "activity" or "skip"; null to recognise.</summary>
    public string? Kind { get; init; }

    /// <summary>Row of the header, from 1.</summary>
    public int? HeaderRow { get; init; }

    /// <summary>"YMD", "DMY" or "MDY".</summary>
    public string? DateOrder { get; init; }

    /// <summary>"." or ",".</summary>
    public string? Decimal { get; init; }

    /// <summary>"begin" or "end": which end of its interval a time names.</summary>
    public string? Labels { get; init; }

    /// <summary>IANA zone ("Europe/London"), "UTC", or an offset ("+08:00").</summary>
    public string? Zone { get; init; }

    /// <summary>
    /// "local" (clock time with summer time) or "standard" (the zone's winter time all year).
    /// </summary>
    public string? Clock { get; init; }

    /// <summary>Length of an interval in minutes.</summary>
    public int? IntervalMinutes { get; init; }

    /// <summary>
    /// What holds for the whole file: meter, from, to, resource, unit, site, supplier, currency, calorific,
    /// basis.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Defaults { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Facts added to every entry.</summary>
    public ImmutableSortedDictionary<string, string> Facts { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Columns by header (or by letter).</summary>
    public ImmutableSortedDictionary<string, ColumnMap> Columns { get; init; } =
        ImmutableSortedDictionary<string, ColumnMap>.Empty;

    /// <summary>Answers to questions by id, so that they are not asked again.</summary>
    public ImmutableSortedDictionary<string, string> Answers { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The name of this format.</summary>
    public const string FormatName = "celadon-map/1";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads a map file: one map, or an array of them.</summary>
    /// <exception cref="RefusedException">Not JSON, another format, or a member that does not
    /// exist.</exception>
    public static ImmutableArray<ImportMap> Parse(string text)
    {
        try
        {
            var maps = text.AsSpan().TrimStart().StartsWith("[")
                ? JsonSerializer.Deserialize<ImmutableArray<ImportMap>>(text, Json)
                : [JsonSerializer.Deserialize<ImportMap>(text, Json)!];
            foreach (var map in maps)
                if (map.Format != FormatName) throw RefusedException.Of("import.map.format",
                    ("format", map.Format));
            return maps;
        }
        catch (JsonException problem)
        {
            throw RefusedException.Of("import.map.damaged", ("line", problem.LineNumber + 1 ?? 0),
                ("member", problem.Path ?? ""));
        }
    }

    /// <summary>The canonical JSON, as the journal keeps it with the batch.</summary>
    public static string Write(IReadOnlyList<ImportMap> maps) => JsonSerializer.Serialize(maps, Json);

    /// <summary>True when the map is for this sheet of this file.</summary>
    internal bool IsFor(SourceFile file, Sheet sheet) =>
        (Files is null || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(Files, file.Name))
        && (Sheet is null || Sheet == sheet.Name);

    /// <summary>
    /// True when the sheet has every column the map names: files of one name may still change their form.
    /// </summary>
    internal bool Fits(Detection.Table table) => Columns.Keys.All(name =>
        table.Columns.Any(c => c.Header == name || c.Name == name
        || Reading.Sheet.ColumnLetter(c.Index) == name));

    /// <summary>
    /// What the map says of a column, by its header, its name without the unit, or its letter.
    /// </summary>
    internal ColumnMap? Of(Detection.TableColumn column)
    {
        if (Columns.TryGetValue(column.Header, out var map)
            || Columns.TryGetValue(column.Name, out map)) return map;
        return Columns.GetValueOrDefault(Reading.Sheet.ColumnLetter(column.Index));
    }
}

/// <summary>What a map says of one column.</summary>
public sealed record ColumnMap
{
    /// <summary>
    /// The role: "time", "start", "end", "period", "month", "amount", "reading", "unit", "meter", "resource",
    /// "cost", "price", "estimated", "calorific-value", "correction", "check", "fact", "ignore" and the
    /// others of the guide.
    /// </summary>
    public string? As { get; init; }

    /// <summary>Meter of an amount column.</summary>
    public string? Meter { get; init; }

    /// <summary>Resource of an amount column.</summary>
    public string? Resource { get; init; }

    /// <summary>Unit where the header does not carry it, or instead of what it carries.</summary>
    public string? Unit { get; init; }

    /// <summary>Tariff band of an amount column.</summary>
    public string? Tariff { get; init; }

    /// <summary>For a check: the amount column it follows from.</summary>
    public string? Of { get; init; }

    /// <summary>For a check: its value is the amount times this factor, in the check's unit.</summary>
    public Amount? Factor { get; init; }

    /// <summary>For a fact: its name.</summary>
    public string? Fact { get; init; }

    /// <summary>For an amount: a number it is multiplied with (current-transformer ratio).</summary>
    public Amount? Multiplier { get; init; }
}
