using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Celadon.Quantities;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Ledger;

/// <summary>The JSON text in which every record but an entry is stored and hashed.</summary>
public static class RecordJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new InstantJson(), new YearMonthJson(), new PeriodJson() },
    };

    /// <summary>The text of a record.</summary>
    public static string Write(RecordBody body) => body is EntryRecord
        ? throw new ArgumentException("An entry is stored in columns.", nameof(body))
        : JsonSerializer.Serialize(body, body.GetType(), Options);

    /// <summary>Reads the text of a record.</summary>
    /// <exception cref="JsonException">The text does not fit the kind.</exception>
    public static RecordBody Read(RecordKind kind, string json) =>
        (RecordBody)(JsonSerializer.Deserialize(json,
        kind switch
        {
            RecordKind.Batch => typeof(BatchRecord),
            RecordKind.Register => typeof(RegisterRecord),
            RecordKind.Readings => typeof(ReadingsRecord),
            RecordKind.Reversal => typeof(ReversalRecord),
            RecordKind.Closing => typeof(ClosingRecord),
            RecordKind.Override => typeof(OverrideRecord),
            RecordKind.PackAdopted => typeof(PackAdoptedRecord),
            RecordKind.EvidenceWithdrawn => typeof(EvidenceWithdrawnRecord),
            RecordKind.StatementSent => typeof(StatementSentRecord),
            _ => throw new JsonException($"Kind {kind} has no JSON."),
        }, Options) ?? throw new JsonException("An empty record."));

    /// <summary>An instant is "2026-09-30T23:00:00Z".</summary>
    internal sealed class InstantJson : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            ParseInstant(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }

    /// <summary>A month is "2026-09".</summary>
    internal sealed class YearMonthJson : JsonConverter<YearMonth>
    {
        public override YearMonth Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            MonthSpan.Parse(reader.GetString()!).First;

        public override void Write(Utf8JsonWriter writer, YearMonth value, JsonSerializerOptions options) =>
            writer.WriteStringValue(string
                .Create(CultureInfo.InvariantCulture, $"{value.Year:0000}-{value.Month:00}"));
    }

    /// <summary>A period is "start/end".</summary>
    internal sealed class PeriodJson : JsonConverter<Celadon.Quantities.Period>
    {
        public override Celadon.Quantities.Period Read(
            ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var parts = reader.GetString()!.Split('/');
            return new Celadon.Quantities.Period(ParseInstant(parts[0]), ParseInstant(parts[^1]));
        }

        public override void Write(
            Utf8JsonWriter writer, Celadon.Quantities.Period value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    private static Instant ParseInstant(string text) =>
        InstantPattern.ExtendedIso.Parse(text) is { Success: true } r
        ? r.Value : throw new JsonException($"'{text}' is not an instant.");
}
