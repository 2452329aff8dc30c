using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Lenses.Products;

/// <summary>What an event of PACT v3 says.</summary>
public enum PactEventKind
{
    /// <summary>Somebody asks for footprints.</summary>
    RequestCreated,

    /// <summary>Here they are.</summary>
    RequestFulfilled,

    /// <summary>They are not given, with the reason.</summary>
    RequestRejected,

    /// <summary>There are new ones to fetch.</summary>
    Published,
}

/// <summary>
/// An event of PACT v3, a CloudEvent: "org.wbcsd.pact.ProductFootprint.RequestCreatedEvent.3" and the like.
/// </summary>
public sealed record PactEvent
{
    private const string Prefix = "org.wbcsd.pact.ProductFootprint.", Suffix = "Event.3";
    private const int Deepest = 32, MostValues = 100, LongestValue = 500, LongestComment = 2000;

    /// <summary>The most statements or ids that an event may hold.</summary>
    public const int MostStatements = 100;

    /// <summary>What it says.</summary>
    public required PactEventKind Kind { get; init; }

    /// <summary>Its id: the same when it is sent again.</summary>
    public required string Id { get; init; }

    /// <summary>Who sends it; of a request, where the answer shall go.</summary>
    public required string Source { get; init; }

    /// <summary>When it was made; null when not said.</summary>
    public Instant? Time { get; init; }

    /// <summary>Of a request: the values of each filter.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Asked { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>Of a request: what it is for. Of a refusal: why.</summary>
    public string? Comment { get; init; }

    /// <summary>Of an answer: id of the event that asked.</summary>
    public string? Request { get; init; }

    /// <summary>Of a refusal: a code of the specification.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Of an answer: the statements, each as JSON.</summary>
    public ImmutableArray<string> Statements { get; init; } = [];

    /// <summary>Of a publication: ids of statements.</summary>
    public ImmutableArray<Guid> Published { get; init; } = [];

    /// <summary>The filter of a request.</summary>
    public StatementFilter Filter() =>
        new(name => Asked.TryGetValue(name, out var values) ? values : []);

    /// <summary>Reads an event; nothing is thrown for what others wrote.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <returns>
    /// The event, or null and the code of the specification: "NotImplemented" for a kind that there is not,
    /// "BadRequest" for everything else.
    /// </returns>
    public static (PactEvent? Event, string Code) Read(ReadOnlyMemory<byte> utf8)
    {
        const string bad = "BadRequest";
        try
        {
            using var json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Deepest });
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Said(root, "type") is not { } type
                || Said(root, "specversion") != "1.0") return (null, bad);
            if (!type.StartsWith(Prefix, StringComparison.Ordinal)
                || !type.EndsWith(Suffix, StringComparison.Ordinal)
                || !Enum.GetNames<PactEventKind>().Contains(type[Prefix.Length..^Suffix.Length]))
                return (null, "NotImplemented");
            var kind = Enum.Parse<PactEventKind>(type[Prefix.Length..^Suffix.Length]);
            if (Said(root, "id") is not { Length: > 0 and <= 200 } id || id.Any(char.IsControl)
                || Said(root, "source") is not { Length: > 0 and <= 500 } source
                || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
                return (null, bad);
            var time = OffsetDateTimePattern.Rfc3339.Parse(Said(root, "time") ?? "");
            var read = WithData(new PactEvent
            {
                Kind = kind, Id = id, Source = source,
                Time = time.Success ? time.Value.ToInstant() : null,
            }, data);
            return read is null ? (null, bad) : (read, "");
        }
        catch (JsonException)
        {
            return (null, bad);
        }
        catch (InvalidOperationException)
        {
            // A text that is no Unicode.
            return (null, bad);
        }
    }

    private static PactEvent? WithData(PactEvent read, JsonElement data)
    {
        if (read.Kind == PactEventKind.Published)
        {
            if (Texts(data, "pfIds") is not { Length: > 0 and <= MostStatements } ids) return null;
            var published = ids.Select(id => Guid.TryParseExact(id, "D", out var guid) ? guid : Guid.Empty)
                .ToImmutableArray();
            return published.Contains(Guid.Empty) ? null : read with { Published = published };
        }
        if (read.Kind == PactEventKind.RequestCreated) return WithFilters(read, data);
        if (Said(data, "requestEventId") is not { Length: > 0 and <= 200 } request) return null;
        read = read with { Request = request };
        if (read.Kind == PactEventKind.RequestRejected)
            return data.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && Said(error, "code") is { Length: <= 100 } code
                ? read with { ErrorCode = code, Comment = Short(Said(error, "message")) } : null;
        return data.TryGetProperty("pfs", out var pfs) && pfs.ValueKind == JsonValueKind.Array
            && pfs.GetArrayLength() is > 0 and <= MostStatements
            ? read with { Statements = [.. pfs.EnumerateArray().Select(p => p.GetRawText())] } : null;
    }

    private static PactEvent? WithFilters(PactEvent read, JsonElement data)
    {
        var asked = read.Asked.ToBuilder();
        // The second version asked by a fragment of a footprint, and the PACT conformance service goes on to.
        var fragment = data.TryGetProperty("pf", out var pf) && pf.ValueKind == JsonValueKind.Object ? pf
            : default;
        foreach (var name in StatementFilter.Names)
        {
            var (at, field) = data.TryGetProperty(name, out _) ? (data, name) : (fragment, name + "s");
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(field, out _)) continue;
            if (Texts(at, field) is not { Length: <= MostValues } values
                || values.Any(v => v.Length > LongestValue)) return null;
            asked[name] = values;
        }
        var made = read with { Asked = asked.ToImmutable(), Comment = Short(Said(data, "comment")) };
        return made.Filter().IsReadable ? made : null;
    }

    private static string? Said(JsonElement from, string name) =>
        from.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString() : null;

    private static string? Short(string? text) =>
        text is { Length: > LongestComment } ? text[..LongestComment] : text;

    /// <summary>A list of texts, or one text; null when it is neither.</summary>
    private static ImmutableArray<string>? Texts(JsonElement from, string name) =>
        !from.TryGetProperty(name, out var found) ? null
            : found.ValueKind == JsonValueKind.String ? [found.GetString()!]
            : found.ValueKind == JsonValueKind.Array
                && found.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
                ? [.. found.EnumerateArray().Select(e => e.GetString()!)] : null;

    /// <summary>True when another event says the same, whenever it says so.</summary>
    public bool SaysAs(PactEvent other) =>
        (this with { Time = null }).Write().AsSpan().SequenceEqual((other with { Time = null }).Write());

    /// <summary>The bytes of the event.</summary>
    public byte[] Write()
    {
        var buffer = new MemoryStream();
        using (var to = new Utf8JsonWriter(buffer, new JsonWriterOptions
        { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            to.WriteStartObject();
            to.WriteString("type", $"{Prefix}{Kind}{Suffix}");
            to.WriteString("specversion", "1.0");
            to.WriteString("id", Id);
            to.WriteString("source", Source);
            PactJson.Time(to, "time", Time);
            to.WriteStartObject("data");
            WriteData(to);
            to.WriteEndObject();
            to.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private void WriteData(Utf8JsonWriter to)
    {
        PactJson.Said(to, "requestEventId", Request);
        foreach (var (name, values) in Asked) PactJson.Texts(to, name, values);
        PactJson.Texts(to, "pfIds", [.. Published.Select(id => id.ToString())]);
        if (Statements.Length > 0)
        {
            to.WriteStartArray("pfs");
            foreach (var statement in Statements) to.WriteRawValue(statement);
            to.WriteEndArray();
        }
        if (ErrorCode is null)
        {
            PactJson.Said(to, "comment", Comment);
            return;
        }
        to.WriteStartObject("error");
        to.WriteString("code", ErrorCode);
        to.WriteString("message", Comment ?? ErrorCode);
        to.WriteEndObject();
    }
}
