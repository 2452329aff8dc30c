using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Celadon.Lenses;
using NodaTime.Text;

namespace Celadon.Store;

/// <summary>An explanation as JSON, for CLI and API.</summary>
public static class ExplanationJson
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>The explanation of a number with a page of its rows.</summary>
    public static string Write(Explained explained)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            var (asked, explanation) = (explained.Asked, explained.Explanation);
            json.WriteStartObject();
            json.WriteString("question", asked.Question.Name);
            json.WriteNumber("position", asked.Position);
            json.WriteString("head", asked.Head);
            json.WriteString("number", explanation.Pointer);
            Write(json, explanation.Figure);
            json.WriteString("formula", explanation.Formula);
            Write(json, explanation.Figure.Trace);
            json.WriteStartArray("operands");
            foreach (var operand in explanation.Operands)
            {
                json.WriteStartObject();
                json.WriteString("label", operand.Label);
                Write(json, operand.Figure);
                json.WriteString("number", operand.Pointer);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteBoolean("summed", explanation.IsSummed);
            json.WriteNumber("leafCount", explanation.LeafCount);
            json.WriteNumber("skipped", explained.Skipped);
            json.WriteStartArray("leaves");
            foreach (var leaf in explained.Leaves) Write(json, leaf);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>One row, as a line of its own when rows are streamed.</summary>
    public static string Write(TracedLeaf leaf)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options with { Indented = false })) Write(json, leaf);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Figure figure)
    {
        json.WriteString("value", figure.Value.ToString());
        json.WriteString("unit", figure.Unit);
    }

    /// <summary>What a number without operands rests on: a row of a pack, a fact, the spec.</summary>
    private static void Write(Utf8JsonWriter json, Trace trace)
    {
        switch (trace)
        {
            case Trace.PackRow row:
                json.WriteStartObject("factor");
                json.WriteString("pack", row.Pack);
                json.WriteString("row", row.Row);
                json.WriteString("column", row.Column);
                json.WriteString("citation", row.Citation);
                json.WriteEndObject();
                break;
            case Trace.Given given:
                json.WriteString("given", given.Pointer);
                break;
            case Trace.Fact fact:
                json.WriteStartObject("fact");
                json.WriteNumber("record", fact.Position);
                json.WriteString("name", fact.Name);
                json.WriteEndObject();
                break;
            case Trace.Registered registered:
                json.WriteStartObject("register");
                json.WriteString("type", registered.Type);
                json.WriteString("id", registered.Id);
                json.WriteString("field", registered.Field);
                json.WriteNumber("record", registered.Position);
                json.WriteEndObject();
                break;
            case Trace.Constant constant:
                json.WriteString("constant", constant.Source);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, TracedLeaf leaf)
    {
        json.WriteStartObject();
        json.WriteNumber("record", leaf.Position);
        json.WriteString("kind", leaf.Kind);
        json.WriteString("flow", leaf.Flow);
        json.WriteString("amount", leaf.Amount.ToString());
        json.WriteString("unit", leaf.Unit);
        json.WriteString("contribution", leaf.Contribution.ToString());
        json.WriteString("period", leaf.Period.ToString());
        json.WriteString("basis", leaf.Basis);
        json.WriteString("file", leaf.File);
        if (leaf.Sha256.Length > 0) json.WriteString("sha256", leaf.Sha256);
        if (leaf.Sheet.Length > 0) json.WriteString("sheet", leaf.Sheet);
        if (leaf.Row > 0) json.WriteNumber("row", leaf.Row);
        json.WriteNumber("batch", leaf.Batch);
        json.WriteString("at", InstantPattern.ExtendedIso.Format(leaf.At));
        json.WriteString("actor", leaf.Actor);
        if (leaf.Withdrawn) json.WriteBoolean("withdrawn", true);
        json.WriteEndObject();
    }
}
