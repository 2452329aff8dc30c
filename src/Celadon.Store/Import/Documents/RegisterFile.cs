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
        var read = new List<(string Type, RegisterItem Item)>();
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
                    if (Item(plan, file, type, $"/{list.Name}/{i}", items[i]) is { } item)
                        read.Add((type, item));
            }
        }
        catch (JsonException problem)
        {
            plan.Add("import.json.damaged", Severity.Error, new Place(file.Name),
                ("line", problem.LineNumber + 1 ?? 0));
        }
        var loaded = read.Count(item => IsPlaced(plan, file, item.Type, item.Item));
        plan.Add(new DocumentPlan
        {
            File = file.Name,
            Sha256 = file.Sha256,
            Kind = DocumentKind.Registers,
            Encoding = content.Encoding,
            Rows = new RowCounts(loaded, loaded, 0, 0, 0, 0),
        });
    }

    /// <summary>
    /// True when the site of an item is registered, in its file or before it; else it is not loaded.
    /// </summary>
    private static bool IsPlaced(PlanBuilder plan, SourceFile file, string type, RegisterItem item)
    {
        var site = item switch
        {
            PlantUnit unit => unit.Site,
            Stock stock => stock.Site,
            Meter meter => meter.Site,
            _ => "",
        };
        if (site.Length == 0 || plan.Registers.Find<Site>(site) is not null) return true;
        plan.Unregister(type, item.Id);
        plan.Add("import.register.site", Severity.Error, new Place(file.Name), ("type", type),
            ("id", item.Id),
            ("site", site));
        return false;
    }

    private static string? TypeOf(string name)
    {
        var single = RegisterSet.Types.ContainsKey(name) || !name.EndsWith('s') ? name : name[..^1];
        return RegisterSet.Types.ContainsKey(single) && !RegisterSet.OfExchange.Contains(single)
            ? single : null;
    }

    private static RegisterItem? Item(PlanBuilder plan, SourceFile file, string type, string pointer,
        JsonElement json)
    {
        try
        {
            var item = RegisterSet.Read(type, json.GetRawText());
            if (RegisterValues.Wrong(item) is var (member, value))
            {
                plan.Add("import.register.value", Severity.Error, new Place(file.Name, Pointer: pointer),
                    ("type", type), ("id", item.Id), ("member", member), ("value", value));
                return null;
            }
            plan.Register(type, item);
            return item;
        }
        catch (JsonException problem)
        {
            plan.Add("import.register.item", Severity.Error, new Place(file.Name, Pointer: pointer),
                ("type", type),
                ("reason", problem.Path ?? problem.Message));
            return null;
        }
    }
}
