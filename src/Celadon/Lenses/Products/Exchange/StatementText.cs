using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>A statement that was read, or why there is none.</summary>
/// <param name="Statement">The statement; null when an error stands among the findings.</param>
/// <param name="Form">The form that was recognised: "pact", "pact-2", "catena-x".</param>
/// <param name="Findings">What is wrong, and what the model has no place for.</param>
public sealed record StatementRead(
    ProductFootprintStatement? Statement, string Form, ImmutableArray<Finding> Findings);

/// <summary>Reads and writes statements in the forms in which they are exchanged.</summary>
public static class StatementText
{
    /// <summary>The largest statement that is read, in bytes.</summary>
    public const int MostBytes = 1_000_000;

    private const int Deepest = 32;

    /// <summary>The forms that are written.</summary>
    public static ImmutableArray<string> Forms { get; } = ["pact", "catena-x", "aas"];

    /// <summary>Reads a file in whichever form it is. Nothing is thrown for what others wrote.</summary>
    public static StatementRead Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > MostBytes) return Refused("footprint.size", ("bytes", file.Length),
            ("most", MostBytes));
        try
        {
            using var json = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = Deepest });
            return Read(json.RootElement);
        }
        catch (JsonException e)
        {
            return Refused("footprint.notJson", ("reason", e.Message.Split(" LineNumber")[0]));
        }
    }

    /// <summary>Reads a statement in whichever form it is.</summary>
    public static StatementRead Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return Refused("footprint.form");
        var findings = new List<Finding>();
        var form = json.TryGetProperty("companyAndProductInformation", out _) ? "catena-x"
            : json.TryGetProperty("specVersion", out var version) && version.ValueKind == JsonValueKind.String
                && version.GetString()!.StartsWith("2.", StringComparison.Ordinal) ? "pact-2"
            : json.TryGetProperty("pcf", out _) ? "pact" : "";
        if (form.Length == 0) return Refused("footprint.form");
        var fields = new StatementFields(json, "", findings);
        var statement = form switch
        {
            "catena-x" => CatenaXJson.Read(fields),
            "pact-2" => PactEarlier.Read(fields),
            _ => PactJson.Read(fields),
        };
        // What could not be read at all would only be found missing once more.
        if (!findings.Exists(f => f.Severity == Severity.Error))
            findings.AddRange(StatementChecks.Of(statement));
        return new StatementRead(findings.Exists(f => f.Severity == Severity.Error) ? null : statement, form,
            [.. findings]);
    }

    /// <summary>Writes a statement in a form.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="form">One of <see cref="Forms"/>.</param>
    /// <param name="indented">True for a file that a person opens.</param>
    /// <returns>UTF-8, and what the form has no place for.</returns>
    public static (byte[] Utf8, ImmutableArray<Finding> Lost) Write(
        ProductFootprintStatement statement, string form, bool indented)
    {
        var buffer = new MemoryStream();
        var lost = new List<Finding>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n",
        }))
        {
            if (form == "catena-x") CatenaXJson.Write(json, statement, lost);
            else if (form == "aas") AasJson.Write(json, statement, lost);
            else PactJson.Write(json, statement);
        }
        if (indented) buffer.Write("\n"u8);
        return (buffer.ToArray(), [.. lost]);
    }

    /// <summary>The text of a statement as PACT v3.</summary>
    public static string Pact(ProductFootprintStatement statement, bool indented = false) =>
        Encoding.UTF8.GetString(Write(statement, "pact", indented).Utf8);

    private static StatementRead Refused(string code, params (string, object)[] args) =>
        new(null, "", [Finding.Of(code, Severity.Error, null, args)]);
}
