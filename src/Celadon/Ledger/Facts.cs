using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Celadon.Quantities;

namespace Celadon.Ledger;

/// <summary>
/// What a document states beside the amount: payer of carriage, mode, distance, calorific value, price with
/// its currency, waste code. Never a verdict. Names and values are text; a value with a unit is written "39.5
/// MJ/m3". The canonical text is a JSON object with its names in ordinal order and no white space.
/// </summary>
public sealed class Facts : IEquatable<Facts>
{
    /// <summary>A document that states nothing more.</summary>
    public static readonly Facts None = new(ImmutableSortedDictionary<string, string>.Empty);

    private static readonly JsonWriterOptions Compact =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private ImmutableSortedDictionary<string, string>? _values;

    private Facts(ImmutableSortedDictionary<string, string> values) : this(Write(values)) => _values = values;

    private Facts(string text) => Text = text;

    /// <summary>The stated values by name.</summary>
    public ImmutableSortedDictionary<string, string> Values => _values ??= Read(Text);

    /// <summary>The canonical text that is stored and hashed; "{}" when nothing is stated.</summary>
    public string Text { get; }

    /// <summary>The value of a name, or null when the document does not state it.</summary>
    public string? this[string name] => Values.GetValueOrDefault(name);

    /// <summary>Facts from pairs; pairs without a value are left out.</summary>
    public static Facts Of(params (string Name, string? Value)[] facts) =>
        From(facts.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!)));

    /// <summary>Facts from pairs.</summary>
    public static Facts From(IEnumerable<KeyValuePair<string, string>> facts)
    {
        var values = facts.ToImmutableSortedDictionary(StringComparer.Ordinal);
        return values.IsEmpty ? None : new Facts(values);
    }

    /// <summary>Reads the canonical text (or any JSON object of strings).</summary>
    /// <exception cref="JsonException">Not an object of strings.</exception>
    public static Facts Parse(string text) => text == "{}" ? None : From(Read(text));

    /// <summary>
    /// Facts by their canonical text as it was stored. The text is looked at and kept as it is, since its
    /// bytes are hashed; its values are read when they are first asked for.
    /// </summary>
    /// <exception cref="JsonException">Not an object of strings.</exception>
    public static Facts Stored(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("{}"u8)) return None;
        var json = new Utf8JsonReader(text);
        while (json.Read())
            if (json.CurrentDepth > 1 || json.TokenType is not (JsonTokenType.StartObject
                or JsonTokenType.EndObject or JsonTokenType.PropertyName or JsonTokenType.String)
                || json is { CurrentDepth: 0, TokenType: JsonTokenType.String })
                throw new JsonException("Facts are a JSON object of strings.");
        return new Facts(Encoding.UTF8.GetString(text));
    }

    /// <summary>The same facts and one more.</summary>
    public Facts With(string name, string value) => new(Values.SetItem(name, value));

    /// <summary>
    /// The value of a name as a bare number ("1.02264"), or null when it is absent or not a number.
    /// </summary>
    public Amount? Number(string name) =>
        this[name] is { } text && Amount.TryParse(text.Split(' ')[0], out var amount) ? amount : null;

    /// <inheritdoc/>
    public bool Equals(Facts? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Facts);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical text.</summary>
    public override string ToString() => Text;

    private static ImmutableSortedDictionary<string, string> Read(string text) =>
        (JsonSerializer.Deserialize<Dictionary<string, string>>(text)
            ?? throw new JsonException("Facts are a JSON object of strings."))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static string Write(ImmutableSortedDictionary<string, string> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            foreach (var (name, value) in values) json.WriteString(name, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
