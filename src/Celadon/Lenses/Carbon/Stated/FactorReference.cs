using System.Text.Json;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// An emission factor as a spec states it: "0.25 kg CO2/kWh", the same with the source beside it
/// {"value":"0.25","unit":"kg CO2/kWh","source":"…"}, or a row of a pack {"pack":"…","row":"…"}.
/// </summary>
/// <param name="Stated">The number, when the spec states it.</param>
/// <param name="Source">Where it was taken from, when the spec says so.</param>
/// <param name="Pack">Id of a pack …</param>
/// <param name="Row">… and of its row.</param>
[JsonConverter(typeof(FactorReferenceJson))]
public sealed record FactorReference(Measure? Stated, string? Source = null, string? Pack = null,
    string? Row = null)
{
    /// <summary>The factor as a figure: stated at the pointer, or read from the pack's row.</summary>
    /// <exception cref="Celadon.Text.RefusedException">No such pack or row.</exception>
    internal Figure Resolve(FactorSource factors, string pointer) =>
        Stated is not null ? Stated.At(pointer) : factors.Row(Pack!, Row!, pointer);
}

/// <summary>A factor is read from text or from one of the two objects.</summary>
public sealed class FactorReferenceJson : JsonConverter<FactorReference>
{
    /// <inheritdoc/>
    public override FactorReference Read(ref Utf8JsonReader reader, Type typeToConvert,
        JsonSerializerOptions options)
    {
        try
        {
            if (reader.TokenType == JsonTokenType.String)
                return new FactorReference(Measure.Parse(reader.GetString()!));
            var (fields, text) = StatedJson.Fields(ref reader, "value", "unit", "source", "pack", "row");
            if (fields.TryGetValue("pack", out var pack) && fields.TryGetValue("row", out var row)
                && fields.Count == 2)
                return new FactorReference(null, null, pack, row);
            if (!fields.TryGetValue("value", out var value) || fields.ContainsKey("pack")
                || fields.ContainsKey("row"))
                throw new JsonException($"A factor is a value with its unit, or a pack and its row: {text}.");
            return new FactorReference(
                Measure.Parse($"{value} {fields.GetValueOrDefault("unit", "")}"),
                    fields.GetValueOrDefault("source"));
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FactorReference value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Stated is { } stated)
        {
            writer.WriteString("value", stated.Value.ToString());
            writer.WriteString("unit", stated.Unit);
            if (value.Source is not null) writer.WriteString("source", value.Source);
        }
        else
        {
            writer.WriteString("pack", value.Pack);
            writer.WriteString("row", value.Row);
        }
        writer.WriteEndObject();
    }
}
