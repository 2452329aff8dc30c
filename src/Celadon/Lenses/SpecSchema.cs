using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Celadon.Lenses.Carbon;
using Celadon.Quantities;

namespace Celadon.Lenses;

/// <summary>
/// The JSON schema of a spec. What is written as text has no schema of its own in the library, which would
/// print "anything goes" for it; here it says what the text looks like.
/// </summary>
internal static class SpecSchema
{
    private const string Period = @"^\d{4}(-\d{2}(/\d{4}-\d{2})?)?$";
    private const string Decimal = @"^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$";

    /// <summary>Null is allowed only where the spec says so.</summary>
    public static JsonSchemaExporterOptions Options { get; } = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => Of(context.TypeInfo.Type) ?? schema,
    };

    private static JsonObject? Of(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(MonthSpan) => new JsonObject { ["type"] = "string", ["pattern"] = Period },
        var t when t == typeof(Amount) => new JsonObject
        {
            ["type"] = new JsonArray("string", "number"), ["pattern"] = Decimal,
        },
        _ => null,
    };
}
