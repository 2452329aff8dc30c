using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Ledger;

/// <summary>
/// Reads the text of records as <see cref="RecordJson"/> writes it, property after property. Every start
/// reads all of them, and a serializer first has to learn the types. Whatever is not exactly as written is
/// left to the serializer, which alone says what fits and what does not.
/// </summary>
internal static class RecordReader
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The record, or null when its text is in any way not as it is written.</summary>
    public static RecordBody? Read(RecordKind kind, string json)
    {
        try
        {
            var text = new Properties(Utf8.GetBytes(json));
            var body = Read(kind, ref text);
            return text.Ended() ? body : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException
            or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    private static RecordBody? Read(RecordKind kind, ref Properties text) => kind switch
    {
        RecordKind.Batch => new BatchRecord(text.Instant("at"u8), text.Text("actor"u8),
            text.Text("purpose"u8), Files(ref text), text.Text("map"u8), text.Text("note"u8)),
        RecordKind.Register => new RegisterRecord(
            text.Text("type"u8), text.Text("id"u8), text.Text("json"u8)),
        RecordKind.Readings => new ReadingsRecord(text.Text("meter"u8), text.Span("span"u8),
            text.Whole("count"u8), Amount.Parse(text.Text("sum"u8)), (int)text.Whole("scale"u8),
            text.Text("contentSha256"u8), (int)text.Whole("revision"u8), text.Text("fileSha256"u8),
            text.Text("sheet"u8)),
        RecordKind.Reversal => new ReversalRecord(
            text.Whole("target"u8), text.Text("reason"u8), text.Text("evidenceSha256"u8)),
        RecordKind.Override => new OverrideRecord(text.Text("subject"u8), text.Text("key"u8),
            text.Text("what"u8), text.Text("value"u8), text.Text("reason"u8)),
        RecordKind.Closing => new ClosingRecord(text.Text("site"u8),
            MonthSpan.Parse(text.Text("month"u8)).First, text.Whole("through"u8), text.Text("headHash"u8),
            Packs(ref text), text.Text("program"u8), Answers(ref text)),
        RecordKind.PackAdopted => Adopted(ref text),
        _ => null,
    };

    private static PackAdoptedRecord Adopted(ref Properties text)
    {
        text.Open("pack"u8);
        var record = new PackAdoptedRecord(Pack(ref text));
        text.Close();
        return record;
    }

    private static PackEdition Pack(ref Properties text) =>
        new(text.Text("id"u8), text.Text("edition"u8), text.Text("sha256"u8));

    private static ImmutableArray<BatchFile> Files(ref Properties text)
    {
        var files = ImmutableArray.CreateBuilder<BatchFile>();
        for (text.List("files"u8); text.Another();)
        {
            files.Add(new BatchFile(text.Text("name"u8), text.Text("sha256"u8), text.Whole("bytes"u8)));
            text.Close();
        }
        return files.ToImmutable();
    }

    private static ImmutableArray<PackEdition> Packs(ref Properties text)
    {
        var packs = ImmutableArray.CreateBuilder<PackEdition>();
        for (text.List("packs"u8); text.Another();)
        {
            packs.Add(Pack(ref text));
            text.Close();
        }
        return packs.ToImmutable();
    }

    private static ImmutableArray<KeptAnswer> Answers(ref Properties text)
    {
        var answers = ImmutableArray.CreateBuilder<KeptAnswer>();
        for (text.List("answers"u8); text.Another();)
        {
            answers.Add(new KeptAnswer(text.Text("question"u8), text.Text("spec"u8), text.Text("sha256"u8)));
            text.Close();
        }
        return answers.ToImmutable();
    }

    /// <summary>The properties of an object in the order in which they are expected.</summary>
    private ref struct Properties
    {
        private Utf8JsonReader _json;

        public Properties(ReadOnlySpan<byte> json)
        {
            _json = new Utf8JsonReader(json);
            Expect(JsonTokenType.StartObject);
        }

        public string Text(ReadOnlySpan<byte> name)
        {
            Name(name);
            Expect(JsonTokenType.String);
            return _json.GetString()!;
        }

        public long Whole(ReadOnlySpan<byte> name)
        {
            Name(name);
            Expect(JsonTokenType.Number);
            return _json.GetInt64();
        }

        public Instant Instant(ReadOnlySpan<byte> name) => RecordJson.ParseInstant(Text(name));

        public Celadon.Quantities.Period Span(ReadOnlySpan<byte> name) =>
            Text(name).Split('/') is [var start, var end]
                ? new Celadon.Quantities.Period(RecordJson.ParseInstant(start), RecordJson.ParseInstant(end))
                : throw new FormatException();

        /// <summary>Goes into an object.</summary>
        public void Open(ReadOnlySpan<byte> name)
        {
            Name(name);
            Expect(JsonTokenType.StartObject);
        }

        /// <summary>Leaves an object.</summary>
        public void Close() => Expect(JsonTokenType.EndObject);

        /// <summary>Goes into a list of objects.</summary>
        public void List(ReadOnlySpan<byte> name)
        {
            Name(name);
            Expect(JsonTokenType.StartArray);
        }

        /// <summary>Goes into the list's next object, or leaves the list and gives false.</summary>
        public bool Another()
        {
            if (_json.Read() && _json.TokenType == JsonTokenType.EndArray) return false;
            return _json.TokenType == JsonTokenType.StartObject ? true : throw new FormatException();
        }

        /// <summary>True when the object ends here and nothing follows.</summary>
        public bool Ended()
        {
            Expect(JsonTokenType.EndObject);
            return !_json.Read();
        }

        private void Name(ReadOnlySpan<byte> name)
        {
            Expect(JsonTokenType.PropertyName);
            if (!_json.ValueTextEquals(name)) throw new FormatException();
        }

        private void Expect(JsonTokenType token)
        {
            if (!_json.Read() || _json.TokenType != token) throw new FormatException();
        }
    }
}
