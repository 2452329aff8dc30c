using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.JsonLd;

/// <summary>
/// An object of a JSON-LD file. What is asked for is marked; the rest goes beside the model. Names of schema
/// version 1 are read where those of version 2 are asked for.
/// </summary>
internal sealed class JsonThing(JsonElement json, string file, string at)
{
    private static readonly JsonWriterOptions Written =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The names of version 2 with those that version 1 had for them.</summary>
    private static readonly FrozenDictionary<string, string> Before = new Dictionary<string, string>
    {
        ["isInput"] = "input",
        ["isQuantitativeReference"] = "quantitativeReference",
        ["isAvoidedProduct"] = "avoidedProduct",
        ["isRefUnit"] = "referenceUnit",
        ["isRefFlowProperty"] = "referenceFlowProperty",
        ["refUnit"] = "referenceUnitName",
        ["refProcess"] = "referenceProcess",
        ["refExchange"] = "referenceExchange",
        ["isInputParameter"] = "inputParameter",
        ["refCurrency"] = "referenceCurrency",
        ["isCopyrightProtected"] = "copyright",
        ["isInfrastructureFlow"] = "infrastructureFlow",
        ["isInfrastructureProcess"] = "infrastructureProcess",
        ["dqEntry"] = "pedigreeUncertainty",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> After =
        Before.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal) { "@context", "@type", "@id" };

    /// <summary>The file.</summary>
    public string File => file;

    /// <summary>JSON Pointer of the object inside its file.</summary>
    public string At => at;

    /// <summary>Its identifier; empty when it has none.</summary>
    public string Id => Text("@id");

    /// <summary>Where findings about it point.</summary>
    public Place Place => new(file, Pointer: at.Length == 0 ? "/" : at);

    /// <summary>A field, or null where it is absent or null.</summary>
    public JsonElement? this[string name]
    {
        get
        {
            _taken.Add(name);
            if (json.TryGetProperty(name, out var value))
                return value.ValueKind == JsonValueKind.Null ? null : value;
            if (!Before.TryGetValue(name, out var old) || !json.TryGetProperty(old, out value)) return null;
            _taken.Add(old);
            return value.ValueKind == JsonValueKind.Null ? null : value;
        }
    }

    /// <summary>A text; empty when absent.</summary>
    public string Text(string name) => this[name] is not { } value ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, value);

    /// <summary>A text that must be there.</summary>
    public string Filled(string name) => Text(name) is { Length: > 0 } text ? text : throw Missing(name);

    /// <summary>A name; empty when absent.</summary>
    /// <exception cref="UnusableException">It holds a sign that nobody can see.</exception>
    public string Name() => Text("name") is var name && LciNotes.Unseen(name) is not { } sign ? name
        : throw new UnusableException(Say("lci.control", Severity.Error, ("what", "name"), ("sign", sign)));

    /// <summary>A finite number, or null when absent.</summary>
    public double? Number(string name) => this[name] is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            && double.IsFinite(number) ? number : throw Wrong(name, value);

    /// <summary>A finite number that must be there.</summary>
    public double Required(string name) => Number(name) ?? throw Missing(name);

    /// <summary>A whole number above 0, or null when absent or not above 0.</summary>
    public int? Whole(string name) => this[name] is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number > 0 ? number : null : throw Wrong(name, value);

    /// <summary>True or false; false when absent.</summary>
    public bool Flag(string name) => this[name] is { } value && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, value),
    };

    /// <summary>An object inside, or null when absent.</summary>
    public JsonThing? Inner(string name) => this[name] is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new(value, file, $"{at}/{name}")
        : throw Wrong(name, value);

    /// <summary>The identifier that a reference names; empty when absent.</summary>
    public string Ref(string name) => Inner(name)?.Id ?? "";

    /// <summary>The objects of a list; none when absent.</summary>
    public IEnumerable<JsonThing> Items(string name)
    {
        if (this[name] is not { } list) yield break;
        if (list.ValueKind != JsonValueKind.Array) throw Wrong(name, list);
        var i = 0;
        foreach (var item in list.EnumerateArray())
        {
            var thing = new JsonThing(item, file, $"{at}/{name}/{i++}");
            yield return item.ValueKind == JsonValueKind.Object ? thing : throw thing.Wrong(name, item);
        }
    }

    /// <summary>Texts: a list, or one text parted by ";".</summary>
    public IEnumerable<string> Texts(string name)
    {
        if (this[name] is not { } value) return [];
        var texts = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Split(';', StringSplitOptions.TrimEntries),
            JsonValueKind.Array => [.. value.EnumerateArray().Select(item =>
                item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, item))],
            _ => throw Wrong(name, value),
        };
        return texts.Where(t => t.Length > 0);
    }

    /// <summary>One of the words of a vocabulary.</summary>
    public T Word<T>(string name, params ReadOnlySpan<(string Word, T Value)> words)
    {
        var text = Text(name);
        foreach (var (word, value) in words)
            if (word == text) return value;
        throw text.Length == 0 ? Missing(name) : Wrong(name, this[name]!.Value);
    }

    /// <summary>Makes a field that was asked for go beside the model after all.</summary>
    public void Keep(string name) => _taken.Remove(name);

    /// <summary>The names of the fields that nobody asked for.</summary>
    public IEnumerable<string> Left => json.EnumerateObject().Select(p => p.Name)
        .Where(name => !_taken.Contains(name));

    /// <summary>
    /// What nobody asked for, as a JSON object in the words of version 2; empty when nothing.
    /// </summary>
    public string Extra()
    {
        if (!Left.Any()) return "";
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Written))
        {
            writer.WriteStartObject();
            foreach (var property in json.EnumerateObject())
                if (!_taken.Contains(property.Name)) Write(writer, property);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>The whole object in the words of version 2.</summary>
    /// <param name="category">Path of its category, which version 1 gives as a reference.</param>
    public string Whole(Func<JsonThing, string> category)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Written))
        {
            writer.WriteStartObject();
            foreach (var property in json.EnumerateObject())
            {
                if (property.NameEquals("@context")) continue;
                if (property.NameEquals("category") && property.Value.ValueKind == JsonValueKind.Object)
                    writer.WriteString("category", category(this));
                else Write(writer, property);
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>A field that must be there and is not.</summary>
    public UnusableException Missing(string what) => new(Finding.Of("lci.missing", Severity.Error, Place,
        ("file", file), ("at", Place.Pointer!), ("what", what)));

    /// <summary>A field that does not fit.</summary>
    public UnusableException Wrong(string what, JsonElement value) => new(Finding.Of("lci.value",
        Severity.Error, Place, ("file", file), ("at", Place.Pointer!), ("what", what),
        ("value", LciNotes.Shown(value.GetRawText()))));

    /// <summary>A finding about a reference of the object.</summary>
    public Finding Say(string code, Severity severity, params (string, object)[] args) =>
        Finding.Of(code, severity, Place, [("file", file), ("at", Place.Pointer!), .. args]);

    // Depth is bounded by the parser.
    private static void Write(Utf8JsonWriter writer, JsonProperty property)
    {
        writer.WritePropertyName(After.GetValueOrDefault(property.Name, property.Name));
        if (property.Value.ValueKind != JsonValueKind.Object)
        {
            property.Value.WriteTo(writer);
            return;
        }
        writer.WriteStartObject();
        foreach (var inner in property.Value.EnumerateObject()) Write(writer, inner);
        writer.WriteEndObject();
    }
}
