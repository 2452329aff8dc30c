using System.Text.Json;
using System.Text.Json.Serialization;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// A number with its unit as a spec states it: "100000 kWh", "25 %", "1000 kWh gross", or
/// {"value":"100000","unit":"kWh"}.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit; empty for a bare number.</param>
[JsonConverter(typeof(MeasureJson))]
public sealed record Measure(Amount Value, string Unit)
{
    /// <summary>Reads "100000 kWh".</summary>
    /// <exception cref="FormatException">No number, or a unit that cannot be read.</exception>
    public static Measure Parse(string text)
    {
        var trimmed = text.Trim();
        var space = trimmed.IndexOf(' ', StringComparison.Ordinal);
        var number = space < 0 ? trimmed : trimmed[..space];
        if (!Amount.TryParse(number,
            out var value)) throw new FormatException($"'{text}' is not a number with a unit.");
        var unit = space < 0 ? "" : trimmed[(space + 1)..].Trim();
        CompoundUnit.Parse(unit);
        return new Measure(value, unit);
    }

    /// <summary>The figure that the spec states at a pointer.</summary>
    public Figure At(string pointer) => new(Value, Unit, new Trace.Given(pointer));

    /// <summary>"100000 kWh".</summary>
    public override string ToString() => Unit.Length == 0 ? Value.ToString() : $"{Value} {Unit}";
}

/// <summary>A measure is read from its text or from value and unit, and written as value and unit.</summary>
public sealed class MeasureJson : JsonConverter<Measure>
{
    /// <inheritdoc/>
    public override Measure Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            if (reader.TokenType == JsonTokenType.String) return Measure.Parse(reader.GetString()!);
            var (fields, text) = StatedJson.Fields(ref reader, "value", "unit");
            return fields.TryGetValue("value", out var value)
                ? Measure.Parse($"{value} {fields.GetValueOrDefault("unit", "")}")
                : throw new JsonException($"A number needs a value: {text}.");
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Measure value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("value", value.Value.ToString());
        writer.WriteString("unit", value.Unit);
        writer.WriteEndObject();
    }
}

/// <summary>Reads small objects of text and numbers strictly.</summary>
internal static class StatedJson
{
    /// <summary>The fields of an object, each as text; a field of another name is refused.</summary>
    public static (Dictionary<string, string> Fields, string Text) Fields(
        ref Utf8JsonReader reader, params string[] names)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Expected text such as \"100000 kWh\", or an object.");
        using var document = JsonDocument.ParseValue(ref reader);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (!names.Contains(property.Name))
                throw new JsonException($"'{property.Name}' is not one of {string.Join(", ", names)}.");
            fields[property.Name] = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.Number => property.Value.GetRawText(),
                _ => throw new JsonException($"'{property.Name}' must be text or a number."),
            };
        }
        return (fields, document.RootElement.GetRawText());
    }
}

/// <summary>Refusals that point at a place in the spec.</summary>
internal static class Refuse
{
    /// <summary>A refusal at a JSON Pointer into the spec.</summary>
    public static RefusedException At(string code, string pointer,
        params (string Name, object Value)[] args) =>
        new(Finding.Of(code, Severity.Error, new Place(Pointer: pointer), [("where", pointer), .. args]));
}
