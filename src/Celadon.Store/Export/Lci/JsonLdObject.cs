using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Celadon.Lca.Model;

namespace Celadon.Store.Export.Lci;

/// <summary>
/// Writes one object of openLCA's JSON-LD: what the model says, and what its format once said beside the
/// model. Where both have a field, what was kept beside it stands: the reader kept it because the model
/// could not say all of it.
/// </summary>
internal sealed class JsonLdObject : IDisposable
{
    private static readonly JsonWriterOptions Written =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, JsonElement>? _beside;
    private readonly JsonDocument? _document;

    /// <summary>Begins an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="extra">What goes beside the model, a JSON object; empty for nothing.</param>
    /// <param name="notes">Hears of an extra that is no JSON object.</param>
    public JsonLdObject(Utf8JsonWriter json, string extra, LciNotHeld notes)
    {
        _json = json;
        json.WriteStartObject();
        if (extra.Length == 0) return;
        try
        {
            _document = JsonDocument.Parse(extra);
            if (_document.RootElement.ValueKind == JsonValueKind.Object)
            {
                _beside = _document.RootElement.EnumerateObject().DistinctBy(p => p.Name)
                    .ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
                return;
            }
        }
        catch (JsonException)
        {
            // Said below, as any text that is no object.
        }
        notes.Add("extra");
    }

    /// <summary>Ends the object, with everything that stands beside the model.</summary>
    public void Dispose()
    {
        foreach (var (name, value) in _beside ?? [])
        {
            _json.WritePropertyName(name);
            value.WriteTo(_json);
        }
        _json.WriteEndObject();
        _document?.Dispose();
    }

    /// <summary>How options of JSON are set: text is written as it is, in UTF-8.</summary>
    public static JsonWriterOptions Options => Written;

    /// <summary>A text, unless it is empty.</summary>
    public JsonLdObject Text(string name, string text)
    {
        if (text.Length > 0 && IsFree(name)) _json.WriteString(name, text);
        return this;
    }

    /// <summary>A number, unless there is none.</summary>
    public JsonLdObject Number(string name, double? value)
    {
        if (value is { } number && IsFree(name)) Write(name, number);
        return this;
    }

    /// <summary>A whole number.</summary>
    public JsonLdObject Whole(string name, int value)
    {
        if (IsFree(name)) _json.WriteNumber(name, value);
        return this;
    }

    /// <summary>True, or nothing.</summary>
    public JsonLdObject Flag(string name, bool value)
    {
        if (value && IsFree(name)) _json.WriteBoolean(name, true);
        return this;
    }

    /// <summary>True or false.</summary>
    public JsonLdObject Either(string name, bool value)
    {
        if (IsFree(name)) _json.WriteBoolean(name, value);
        return this;
    }

    /// <summary>A reference, unless its identifier is empty.</summary>
    public JsonLdObject Ref(string name, string type, string id, string title = "")
    {
        if (id.Length > 0 && IsFree(name)) WriteRef(name, type, id, title);
        return this;
    }

    /// <summary>A list, unless it is empty.</summary>
    public JsonLdObject List<T>(string name, IReadOnlyCollection<T> items, Action<T> write)
    {
        if (items.Count == 0 || !IsFree(name)) return this;
        _json.WriteStartArray(name);
        foreach (var item in items) write(item);
        _json.WriteEndArray();
        return this;
    }

    /// <summary>The number of an exchange, as an object of its own; nothing when there is none.</summary>
    public JsonLdObject Exchange(string name, int? number)
    {
        if (number is not { } id || !IsFree(name)) return this;
        _json.WriteStartObject(name);
        _json.WriteNumber("internalId", id);
        _json.WriteEndObject();
        return this;
    }

    /// <summary>An uncertainty; one that the format has no words for is left out and said.</summary>
    public JsonLdObject Spread(Uncertainty spread, LciNotHeld notes)
    {
        const string name = "uncertainty";
        if (!spread.IsUncertain || !IsFree(name)) return this;
        (string Kind, (string, double)[] Numbers)? words = spread.Kind switch
        {
            Distribution.Lognormal => ("LOG_NORMAL_DISTRIBUTION",
                [("geomMean", spread.A), ("geomSd", Geometric(spread.B))]),
            Distribution.Normal => ("NORMAL_DISTRIBUTION", [("mean", spread.A), ("sd", spread.B)]),
            Distribution.Uniform => ("UNIFORM_DISTRIBUTION",
                [("minimum", spread.A), ("maximum", spread.B)]),
            Distribution.Triangular => ("TRIANGLE_DISTRIBUTION",
                [("minimum", spread.A), ("mode", spread.B), ("maximum", spread.C)]),
            _ => null,
        };
        if (words is not var (kind, numbers))
        {
            notes.Add($"uncertainty {Packs.Vocabulary.Word(spread.Kind)}");
            return this;
        }
        _json.WriteStartObject(name);
        _json.WriteString("@type", "Uncertainty");
        _json.WriteString("distributionType", kind);
        foreach (var (field, value) in numbers) Write(field, value);
        _json.WriteEndObject();
        return this;
    }

    /// <summary>
    /// The geometric deviation whose logarithm, as the reader takes it, is the deviation of the logarithm:
    /// the exponential or one of its neighbours.
    /// </summary>
    internal static double Geometric(double sigma)
    {
        var (lower, upper) = (Math.Exp(sigma), Math.Exp(sigma));
        for (var i = 0; i < 8; i++)
        {
            if (Math.Log(lower) == sigma) return lower;
            if (Math.Log(upper) == sigma) return upper;
            (lower, upper) = (Math.BitDecrement(lower), Math.BitIncrement(upper));
        }
        return Math.Exp(sigma);
    }

    private void Write(string name, double value)
    {
        _json.WritePropertyName(name);
        // "R" keeps the sign of a negative zero and the last bit.
        _json.WriteRawValue(value.ToString("R", CultureInfo.InvariantCulture));
    }

    private void WriteRef(string name, string type, string id, string title)
    {
        _json.WriteStartObject(name);
        _json.WriteString("@type", type);
        _json.WriteString("@id", id);
        if (title.Length > 0) _json.WriteString("name", title);
        _json.WriteEndObject();
    }

    private bool IsFree(string name) => _beside?.ContainsKey(name) != true;
}

/// <summary>What a format has no place for, counted by name.</summary>
internal sealed class LciNotHeld
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>True when everything was held.</summary>
    public bool IsEmpty => _counts.Count == 0;

    /// <summary>How many statements.</summary>
    public int Count => _counts.Values.Sum();

    /// <summary>Counts something.</summary>
    public void Add(string what, int count = 1)
    {
        if (count > 0) _counts[what] = _counts.GetValueOrDefault(what) + count;
    }

    /// <summary>"uncertainty pert (3), synonyms (1)".</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (what, count) in _counts)
            text.Append(text.Length == 0 ? "" : ", ").Append(what).Append(
                CultureInfo.InvariantCulture, $" ({count})");
        return text.ToString();
    }
}
