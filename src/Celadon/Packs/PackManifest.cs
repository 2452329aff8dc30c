using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Celadon.Registers;
using Celadon.Text;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Packs;

/// <summary>Reads pack.json: strict, every field named that is missing or does not fit.</summary>
internal sealed class PackManifest
{
    /// <summary>The format this program reads.</summary>
    public const string Format = "celadon-pack/1";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    private readonly string _file;
    private readonly ICollection<Finding> _findings;
    private bool _fits = true;

    private PackManifest(string file, ICollection<Finding> findings)
    {
        _file = file;
        _findings = findings;
    }

    /// <summary>The header, or null with findings.</summary>
    public static PackHeader? Read(byte[] json, string folder, string file, ICollection<Finding> findings)
    {
        var manifest = new PackManifest(file, findings);
        try
        {
            var written = JsonSerializer.Deserialize<Written>(json, Json) ?? throw new JsonException("null");
            return manifest.Header(written, folder);
        }
        catch (JsonException e)
        {
            manifest.Say("packs.json", ("reason", $"{e.Path ?? "$"}: {e.Message.Split(" Path:")[0]}"));
            return null;
        }
    }

    private PackHeader? Header(Written written, string folder)
    {
        if (written.Format != Format)
            Say("packs.format", ("value", written.Format ?? ""), ("expected", Format));
        if (written.Id != folder) Say("packs.id", ("value", written.Id ?? ""), ("folder", folder));
        var licence = new Licence(written.Licence?.Id ?? "", written.Licence?.Name ?? "",
            written.Licence?.Url ?? "",
            written.Licence?.Attribution ?? "");
        if (licence.Id.Length == 0 || licence.Name.Length == 0) Say("packs.licence");
        var header = new PackHeader
        {
            Id = written.Id ?? "",
            Edition = Filled(written.Edition, "edition"),
            Title = new Name(Filled(written.Title?.En, "title.en"), Filled(written.Title?.Zh, "title.zh")),
            Publisher = Filled(written.Publisher, "publisher"),
            Published = written.Published ?? "",
            Licence = licence,
            Source = Filled(written.Source, "source"),
            SourceSha256 = written.SourceSha256,
            Complete = written.Complete ?? Missing<bool>("complete"),
            Completeness = written.Completeness ?? "",
            Applies = Applies(written.Applies),
            Notes = written.Notes ?? new Name(),
            Tables = TablesOf(written.Tables),
        };
        if (written.Complete == false) Filled(written.Completeness, "completeness");
        return _fits ? header : null;
    }

    private PackApplies Applies(WrittenApplies? written)
    {
        if (!Vocabulary.TryParse<AppliesBy>(written?.By, out var by))
            Say("packs.field", ("field", "applies.by"),
                ("expected", string.Join(" | ", Vocabulary.WordsOf<AppliesBy>())));
        var from = Day(written?.From, "applies.from");
        var to = Day(written?.To, "applies.to");
        if (to <= from) Say("packs.field", ("field", "applies.to"), ("expected", "> applies.from"));
        if (by == AppliesBy.ReportingYear && (from is null || to is null))
            Say("packs.field", ("field", "applies.from, applies.to"), ("expected", "2026-01-01"));
        return new PackApplies(by, from, to);
    }

    private ImmutableArray<PackTable> TablesOf(WrittenTable?[]? written)
    {
        if (written is not { Length: > 0 }) Say("packs.field", ("field", "tables"), ("expected", "[…]"));
        var tables = ImmutableArray.CreateBuilder<PackTable>();
        foreach (var stated in written ?? [])
        {
            var table = stated ?? new WrittenTable(null, null, null, null);
            var file = table.File ?? "";
            // A name only: no folder, so that nothing outside the pack is ever read.
            if (!IsFileName(file))
                Say("packs.field", ("field", "tables.file"), ("expected", "name.csv"));
            else if (tables.Any(t => t.File == file))
                Say("packs.field", ("field", "tables.file"), ("expected", file + " ×1"));
            if (!Tables.Columns.ContainsKey(table.Kind ?? ""))
                Say("packs.field", ("field", $"tables.kind {table.Kind}"),
                    ("expected", string.Join(" | ", Tables.Columns.Keys.Order(StringComparer.Ordinal))));
            tables.Add(new PackTable(file, table.Kind ?? "", table.Rows ?? Missing<int>("tables.rows"),
                Filled(table.Sha256, "tables.sha256")));
        }
        return tables.ToImmutable();
    }

    private static bool IsFileName(string file) => file.EndsWith(".csv", StringComparison.Ordinal)
        && !file.Contains("..", StringComparison.Ordinal)
        && file.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private LocalDate? Day(string? text, string field)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } day) return day.Value;
        Say("packs.field", ("field", field), ("expected", "2026-01-01"));
        return null;
    }

    private string Filled(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text)) Say("packs.field", ("field", field), ("expected", "…"));
        return text ?? "";
    }

    private T Missing<T>(string field) where T : struct
    {
        Say("packs.field", ("field", field), ("expected", typeof(T) == typeof(bool) ? "true | false" : "0"));
        return default;
    }

    private void Say(string code, params (string, object)[] args)
    {
        _fits = false;
        _findings.Add(Finding.Of(code, Severity.Error, new Place(File: _file), [("file", _file), .. args]));
    }

    private sealed record Written(
        string? Format, string? Id, string? Edition, Name? Title, string? Publisher, string? Published,
        WrittenLicence? Licence, string? Source, string? SourceSha256, bool? Complete, string? Completeness,
        WrittenApplies? Applies, Name? Notes, WrittenTable?[]? Tables);

    private sealed record WrittenLicence(string? Id, string? Name, string? Url, string? Attribution);

    private sealed record WrittenApplies(string? By, string? From, string? To);

    private sealed record WrittenTable(string? File, string? Kind, int? Rows, string? Sha256);
}
