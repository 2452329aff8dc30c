using System.Text.Encodings.Web;
using System.Text.Json;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Store;

/// <summary>The books as JSON: arrays of objects, amounts as plain decimal text with their unit.</summary>
public static class BooksJson
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>Every entry up to a position (now when null), and whether it was taken back.</summary>
    public static void Entries(Workspace workspace, TextWriter to, long? at = null,
        CancellationToken cancel = default) => Array(to, json =>
        {
            var state = at is { } position ? workspace.StateAt(position) : workspace.State();
            foreach (var record in BooksExport.EntriesOf(workspace, state, cancel))
            {
                var e = ((EntryRecord)record.Body).Entry;
                json.WriteStartObject();
                json.WriteNumber("position", record.Position);
                json.WriteNumber("batch", record.Batch);
                json.WriteString("from", e.From.ToString());
                json.WriteString("to", e.To.ToString());
                json.WriteString("resource", e.Resource);
                Amount(json, e.Amount, e.Unit);
                if (e.Calorific != CalorificBasis.None)
                    json.WriteString("calorific", e.Calorific.ToString().ToLowerInvariant());
                Period(json, e.Period);
                json.WriteString("basis", ChainFormat.NameOf(e.Basis));
                Evidence(json, e.Evidence);
                json.WriteStartObject("facts");
                foreach (var (name, value) in e.Facts.Values) json.WriteString(name, value);
                json.WriteEndObject();
                if (state.ReversedAt(record.Position) is > 0 and var reversed)
                    json.WriteNumber("reversedAt", reversed);
                json.WriteEndObject();
                Spill(json);
            }
        });

    /// <summary>Every reading that counts now.</summary>
    public static void Readings(Workspace workspace, TextWriter to, CancellationToken cancel = default) =>
        Array(to, json =>
        {
            var registers = workspace.Registers();
            foreach (var meter in registers.Of<Meter>())
            {
                foreach (var reading in workspace.AllReadings(meter, registers))
                {
                    cancel.ThrowIfCancellationRequested();
                    json.WriteStartObject();
                    json.WriteString("meter", meter.Id);
                    Period(json, reading.Period);
                    Amount(json, reading.Amount, meter.Unit);
                    json.WriteString("quality",
                        ((ReadingQuality)reading.Quality).ToString().ToLowerInvariant());
                    json.WriteNumber("batch", reading.Batch);
                    json.WriteEndObject();
                    Spill(json);
                }
            }
        });

    /// <summary>Everything that exists.</summary>
    public static void Registers(Workspace workspace, TextWriter to) => Array(to, json =>
    {
        foreach (var (type, item, position) in workspace.Registers().All)
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("id", item.Id);
            json.WriteNumber("position", position);
            json.WritePropertyName("item");
            json.WriteRawValue(RegisterSet.Write(item));
            json.WriteEndObject();
        }
    });

    private static void Array(TextWriter to, Action<Utf8JsonWriter> items)
    {
        using var stream = new TextStream(to);
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartArray();
            items(json);
            json.WriteEndArray();
        }
        to.Write('\n');
    }

    /// <summary>A listing of millions never stands in memory.</summary>
    private static void Spill(Utf8JsonWriter json)
    {
        if (json.BytesPending > 1 << 16) json.Flush();
    }

    private static void Amount(Utf8JsonWriter json, Amount amount, string unit)
    {
        json.WriteStartObject("amount");
        json.WriteString("value", amount.ToString());
        json.WriteString("unit", unit);
        json.WriteEndObject();
    }

    private static void Period(Utf8JsonWriter json, Quantities.Period period)
    {
        var parts = period.ToString().Split('/');
        json.WriteString("start", parts[0]);
        json.WriteString("end", parts[1]);
    }

    private static void Evidence(Utf8JsonWriter json, Evidence evidence)
    {
        json.WriteStartObject("evidence");
        if (evidence is Evidence.FileRow file)
        {
            json.WriteString("sha256", file.Sha256);
            json.WriteString("file", file.Name);
            if (file.Sheet.Length > 0) json.WriteString("sheet", file.Sheet);
            json.WriteNumber("row", file.Row);
        }
        else if (evidence is Evidence.MeterReadings meter)
        {
            json.WriteString("meter", meter.Meter);
            json.WriteNumber("through", meter.Through);
        }
        else if (evidence is Evidence.StatedBy stated)
        {
            json.WriteString("statedBy", stated.Actor);
        }
        json.WriteEndObject();
    }

    /// <summary>Bytes of UTF-8 as text, whole characters at a time.</summary>
    private sealed class TextStream(TextWriter to) : Stream
    {
        private readonly System.Text.Decoder _decoder = System.Text.Encoding.UTF8.GetDecoder();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) =>
            Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var characters = new char[_decoder.GetCharCount(buffer, flush: false)];
            to.Write(characters, 0, _decoder.GetChars(buffer, characters, flush: false));
        }
    }
}
