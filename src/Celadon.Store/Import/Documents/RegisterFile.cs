using System.Text.Json;
using Celadon.Registers;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// Reads a register file: JSON with a list for each type of item ("organisations", "sites", "units",
/// "stocks", "meters", "suppliers", "products", "instruments"), each item as the registers write it.
/// </summary>
internal static class RegisterFile
{
    public static void Plan(PlanBuilder plan, FileContent content)
    {
        var file = content.File;
        var loaded = 0;
        try
        {
            using var json = JsonDocument.Parse(file.Bytes, new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
                MaxDepth = 32,
            });
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("not an object");
            foreach (var list in json.RootElement.EnumerateObject())
            {
                if (list.Name is "format" or "$schema") continue;
                if (TypeOf(list.Name) is not { } type
                    || list.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
                {
                    plan.Add("import.register.type", Severity.Error,
                        new Place(file.Name, Pointer: "/" + list.Name),
                        ("type", list.Name));
                    continue;
                }
                var items =
                    list.Value.ValueKind == JsonValueKind.Array ? [.. list.Value.EnumerateArray()]
                    : new[] { list.Value };
                for (var i = 0; i < items.Length; i++)
                    if (Item(plan, file, type, $"/{list.Name}/{i}", items[i])) loaded++;
            }
        }
        catch (JsonException problem)
        {
            plan.Add("import.json.damaged", Severity.Error, new Place(file.Name),
                ("line", problem.LineNumber + 1 ?? 0));
        }
        plan.Add(new DocumentPlan
        {
            File = file.Name,
            Sha256 = file.Sha256,
            Kind = DocumentKind.Registers,
            Encoding = content.Encoding,
            Rows = new RowCounts(loaded, loaded, 0, 0, 0, 0),
        });
    }

    private static string? TypeOf(string name)
    {
        if (RegisterSet.Types.ContainsKey(name)) return name;
        var single = name.EndsWith('s') ? name[..^1] : name;
        return RegisterSet.Types.ContainsKey(single) ? single : null;
    }

    private static bool Item(PlanBuilder plan, SourceFile file, string type, string pointer, JsonElement json)
    {
        try
        {
            plan.Register(type, RegisterSet.Read(type, json.GetRawText()));
            return true;
        }
        catch (JsonException problem)
        {
            plan.Add("import.register.item", Severity.Error, new Place(file.Name, Pointer: pointer),
                ("type", type),
                ("reason", problem.Path ?? problem.Message));
            return false;
        }
    }
}
