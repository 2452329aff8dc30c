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
        RecordReader.Read(kind, json) ?? ReadStrictly(kind, json);

    /// <summary>Reads any text that fits, and says of one that does not why.</summary>
    internal static RecordBody ReadStrictly(RecordKind kind, string json) =>
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

    /// <summary>Reads an instant.</summary>
    /// <exception cref="JsonException">The text is none.</exception>
    internal static Instant ParseInstant(string text) =>
        ToTheSecond(text) ?? (InstantPattern.ExtendedIso.Parse(text) is { Success: true } r
            ? r.Value : throw new JsonException($"'{text}' is not an instant."));

    /// <summary>
    /// An instant to the second, as nearly all are; null for any other text. Digit by digit: a pattern takes
    /// longer to be made than a start takes to read all its instants.
    /// </summary>
    private static Instant? ToTheSecond(string text)
    {
        if (text.Length != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':'
            || text[16] != ':' || text[19] != 'Z') return null;
        var (year, month, day) = (Digits(0, 4), Digits(5, 2), Digits(8, 2));
        var (hour, minute, second) = (Digits(11, 2), Digits(14, 2), Digits(17, 2));
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60
            ? Instant.FromUtc(year, month, day, hour, minute, second) : null;

        int Digits(int at, int count)
        {
            var value = 0;
            for (var i = at; i < at + count; i++)
            {
                if (!char.IsAsciiDigit(text[i])) return -1;
                value = value * 10 + (text[i] - '0');
            }
            return value;
        }
    }
}
