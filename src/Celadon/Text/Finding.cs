using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Text;

/// <summary>How much a finding matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Worth knowing; changes nothing.</summary>
    [JsonStringEnumMemberName("info")] Info,

    /// <summary>The answer stands, with this beside it.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>Something was refused or left out.</summary>
    [JsonStringEnumMemberName("error")] Error,
}

/// <summary>
/// Where a finding points: a place in a file, a record of the journal, or a number of an answer.
/// </summary>
/// <param name="File">File name as the user gave it.</param>
/// <param name="Sheet">Sheet of a workbook.</param>
/// <param name="Row">Row, from 1.</param>
/// <param name="Column">Column as the file heads it, or its letter.</param>
/// <param name="Record">Position in the journal.</param>
/// <param name="Pointer">JSON Pointer into an answer or a spec.</param>
public sealed record Place(
    string? File = null, string? Sheet = null, int? Row = null, string? Column = null,
    long? Record = null, string? Pointer = null);

/// <summary>
/// Something a person should know: a code with arguments and a place, never a sentence. The catalogues render
/// it in either language, with its remedy. Arguments are in stored form (plain decimals, ISO instants and
/// dates).
/// </summary>
/// <param name="Code">
/// "import.gap": subject and what was found; its texts stand under "finding.import.gap".
/// </param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Args">The placeholders of its texts.</param>
/// <param name="Place">Where, when it has a place.</param>
public sealed record Finding(
    string Code, Severity Severity, ImmutableSortedDictionary<string, string> Args, Place? Place = null)
{
    /// <summary>A finding with its arguments as pairs.</summary>
    public static Finding Of(string code, Severity severity, Place? place,
        params (string Name, object Value)[] args) =>
        new(code, severity, args.ToImmutableSortedDictionary(
            a => a.Name,
            a => Convert.ToString(a.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
            StringComparer.Ordinal), place);
}

/// <summary>An operation was refused; the finding says what, where and what to do.</summary>
public sealed class RefusedException(Finding finding)
    : Exception(Catalogue.English.Render(finding))
{
    /// <summary>What was refused and why.</summary>
    public Finding Finding { get; } = finding;

    /// <summary>A refusal with its arguments as pairs.</summary>
    public static RefusedException Of(string code, params (string Name, object Value)[] args) =>
        new(Finding.Of(code, Severity.Error, null, args));
}
