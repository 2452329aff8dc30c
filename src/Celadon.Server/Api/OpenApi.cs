using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Server.Web;
using Celadon.Text;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Api;

/// <summary>
/// The OpenAPI 3.1 document, written from the table of doors and the registry of questions: each question has
/// a path of its own with its schema and an example that works on the example works.
/// </summary>
internal static class OpenApi
{
    public static IResult Answer(HttpContext http) => ReadApi.Json(Write(Refusal.LanguageOf(http.Request)));

    /// <summary>The document in a language.</summary>
    public static JsonObject Write(Catalogue text)
    {
        var paths = new JsonObject();
        foreach (var route in ApiRoutes.All)
        {
            if (!route.Path.Contains("{question}", StringComparison.Ordinal))
            {
                Add(paths, route.Path, route.Method, Operation(route, text));
                continue;
            }
            foreach (var question in Questions.All)
                Add(paths, route.Path.Replace("{question}", question.Name, StringComparison.Ordinal),
                    route.Method, Of(question, route, text));
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Celadon", ["version"] = typeof(OpenApi).Assembly.GetName().Version!.ToString(3),
                ["description"] = text.Text("api.about"),
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = Components(text),
        };
    }

    private static void Add(JsonObject paths, string path, string method, JsonObject operation)
    {
        if (paths[path] is not JsonObject item) paths[path] = item = [];
        item[method.ToLowerInvariant()] = operation;
    }

    private static JsonObject Operation(ApiRoute route, Catalogue text)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.Name, ["summary"] = text.Text("api." + route.Name),
            ["parameters"] = new JsonArray([.. Parameters(route, text)]),
            ["responses"] = Responses(new JsonObject
            {
                ["$ref"] = route.IsListing ? "#/components/schemas/Page" : "#/components/schemas/Object",
            }, text, route.IsStream ? "text/event-stream" : "application/json"),
        };
        if (route.TakesFiles)
            operation["responses"]!["202"] = new JsonObject
                { ["description"] = text.Text("api.response.job") };
        if (Body(route) is { } body) operation["requestBody"] = body;
        return operation;
    }

    private static JsonObject Of(Question question, ApiRoute route, Catalogue text) => new()
    {
        ["operationId"] = $"{route.Name}.{question.Name}",
        ["summary"] = text.Text($"question.{question.Name}.title"),
        ["description"] = text.Text($"question.{question.Name}.about"),
        ["parameters"] = new JsonArray([.. Parameters(route, text)]),
        ["requestBody"] = new JsonObject
        {
            ["required"] = true,
            ["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject
                {
                    ["schema"] = Placed(question.Schema, question.Name, route.Name),
                    ["example"] = JsonNode.Parse(question.Example),
                },
            },
        },
        ["responses"] = Responses(new JsonObject { ["$ref"] = "#/components/schemas/Object" }, text),
    };

    /// <summary>
    /// A schema refers to parts of itself from its own root; inside the document that root lies deeper.
    /// </summary>
    private static JsonNode Placed(JsonNode schema, string question, string route)
    {
        var root = $"#/paths/~1api~1{route}~1{question}/post/requestBody/content/application~1json/schema";
        if (schema is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (name == "$ref" && value!.GetValue<string>() is var own && own.StartsWith('#'))
                    members[name] = root + own[1..];
                else if (value is not null) Placed(value, question, route);
            }
        }
        else if (schema is JsonArray items)
            foreach (var item in items)
                if (item is not null) Placed(item, question, route);
        return schema;
    }

    private static IEnumerable<JsonNode> Parameters(ApiRoute route, Catalogue text)
    {
        foreach (var parameter in route.Parameters)
        {
            if (parameter.Name == "question") continue;
            yield return new JsonObject
            {
                ["name"] = parameter.Name, ["in"] = parameter.IsIn(route.Path) ? "path" : "query",
                ["required"] = parameter.Required,
                ["description"] = text.Text("api.parameter." + parameter.Name),
                ["schema"] = Schema(parameter),
            };
        }
        if (route.Writes)
            yield return new JsonObject
            {
                ["name"] = "Idempotency-Key", ["in"] = "header", ["required"] = false,
                ["description"] = text.Text("api.parameter.key"),
                ["schema"] = new JsonObject { ["type"] = "string", ["maxLength"] = 200 },
            };
    }

    private static JsonObject Schema(ApiParameter parameter)
    {
        var schema = new JsonObject { ["type"] = parameter.Type };
        if (parameter.Choices.Length > 0)
            schema["enum"] = new JsonArray([.. parameter.Choices.Select(c => (JsonNode)c)]);
        return schema;
    }

    private static JsonObject? Body(ApiRoute route)
    {
        if (route.TakesFiles)
            return Content("multipart/form-data", new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["files"] = new JsonObject
                    {
                        ["type"] = "array",
                        ["items"] = new JsonObject { ["type"] = "string", ["format"] = "binary" },
                    },
                },
            });
        if (route.Body is not { Length: > 0 } fields) return null;
        var properties = new JsonObject();
        foreach (var field in fields) properties[field.Name] = Schema(field);
        return Content("application/json", new JsonObject
        {
            ["type"] = "object", ["properties"] = properties,
            ["required"] = new JsonArray([.. fields.Where(f => f.Required).Select(f => (JsonNode)f.Name)]),
        });
    }

    private static JsonObject Content(string type, JsonObject schema) => new()
    {
        ["required"] = true,
        ["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = schema } },
    };

    private static JsonObject Responses(JsonObject schema, Catalogue text,
        string type = "application/json") => new()
    {
        ["200"] = new JsonObject
        {
            ["description"] = text.Text("api.response.done"),
            ["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = schema } },
        },
        ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" },
    };

    private static JsonObject Components(Catalogue text) => new()
    {
        ["securitySchemes"] = new JsonObject
        {
            ["token"] = new JsonObject
            {
                ["type"] = "http", ["scheme"] = "bearer", ["description"] = text.Text("api.token"),
            },
        },
        ["responses"] = new JsonObject
        {
            ["Problem"] = new JsonObject
            {
                ["description"] = text.Text("api.response.problem"),
                ["content"] = new JsonObject
                {
                    ["application/problem+json"] = new JsonObject
                        { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } },
                },
            },
        },
        ["schemas"] = JsonNode.Parse(Schemas),
    };

    private const string Schemas = """
        {
          "Object": { "type": "object" },
          "Page": {
            "type": "object", "required": ["items", "next"],
            "properties": {
              "items": { "type": "array", "items": { "type": "object" } },
              "total": { "type": "integer" }, "next": { "type": ["string", "null"] }
            }
          },
          "BookAmount": {
            "type": "object", "required": ["value", "unit"],
            "properties": {
              "value": { "type": "string", "pattern": "^-?\\d+(\\.\\d+)?$" }, "unit": { "type": "string" }
            }
          },
          "Finding": {
            "type": "object", "required": ["code", "severity", "text"],
            "properties": {
              "code": { "type": "string" }, "severity": { "enum": ["info", "warning", "error"] },
              "args": { "type": "object", "additionalProperties": { "type": "string" } },
              "place": { "type": "object" }, "text": { "type": "string" }, "remedy": { "type": "string" }
            }
          },
          "Problem": {
            "type": "object", "required": ["type", "title", "status", "detail", "findings"],
            "properties": {
              "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" },
              "detail": { "type": "string" },
              "findings": { "type": "array", "items": { "$ref": "#/components/schemas/Finding" } }
            }
          }
        }
        """;
}
