using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>
/// An answer as JSON, for CLI, API and the answers kept at closing. The same position, packs and program give
/// the same bytes: no clock, no order that could change.
/// </summary>
public static class AnswerJson
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>The answer with what it was answered from.</summary>
    public static string Write(Asked asked)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("question", asked.Question.Name);
            json.WritePropertyName("spec");
            JsonSerializer.Serialize(json, asked.Spec, asked.Question.SpecType, Question.Json);
            json.WriteNumber("position", asked.Position);
            json.WriteString("head", asked.Head);
            json.WriteString("program", Workspace.Program);
            json.WriteString("timeZones", SiteZone.DatabaseVersion);
            json.WriteStartArray("packs");
            foreach (var pack in asked.Packs)
            {
                json.WriteStartObject();
                json.WriteString("id", pack.Id);
                json.WriteString("edition", pack.Edition);
                json.WriteString("sha256", pack.Sha256);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WritePropertyName("answer");
            JsonSerializer.Serialize(json, asked.Answer.Report, asked.Answer.Report.GetType(), Question.Json);
            json.WriteStartArray("findings");
            foreach (var finding in asked.Answer.Findings) Write(json, finding);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A finding as JSON text.</summary>
    public static string Write(Finding finding)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options with { Indented = false })) Write(json, finding);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A finding: code, severity, place, arguments.</summary>
    public static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("code", finding.Code);
        json.WriteString("severity", finding.Severity switch
        {
            Severity.Info => "info",
            Severity.Warning => "warning",
            _ => "error",
        });
        if (finding.Place is { } place)
        {
            json.WriteStartObject("place");
            if (place.File is { } file) json.WriteString("file", file);
            if (!string.IsNullOrEmpty(place.Sheet)) json.WriteString("sheet", place.Sheet);
            if (place.Row is { } row) json.WriteNumber("row", row);
            if (place.Column is { } column) json.WriteString("column", column);
            if (place.Record is { } record) json.WriteNumber("record", record);
            if (place.Pointer is { } pointer) json.WriteString("pointer", pointer);
            json.WriteEndObject();
        }
        json.WriteStartObject("args");
        foreach (var (name, value) in finding.Args) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
