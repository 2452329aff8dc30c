using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Celadon.Quantities;
using Celadon.Text;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// An object of a received statement that is read field by field: what does not fit becomes a finding with
/// its place, what nobody asked for is kept. Names are known by their path from the object.
/// </summary>
internal sealed partial class StatementFields(JsonElement from, string at, List<Finding> findings)
{
    private readonly HashSet<string> _read = [];

    /// <summary>What is wrong so far.</summary>
    public List<Finding> Findings { get; } = findings;

    /// <summary>An object inside; empty when it is missing.</summary>
    public StatementFields Inside(string name, bool needed = false)
    {
        var found = Find(name);
        if (found is { ValueKind: JsonValueKind.Object } inner)
            return new StatementFields(inner, $"{at}/{name}", Findings);
        if (found is not null) Wrong("footprint.text", name, found.Value);
        else if (needed) Missing(name);
        return new StatementFields(default, $"{at}/{name}", Findings);
    }

    /// <summary>The first object of a list; the others are said to be lost.</summary>
    public StatementFields First(string name)
    {
        var found = Find(name);
        if (found is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
            return Inside(name);
        if (list.GetArrayLength() > 1) Lost($"{name}/1");
        return list[0].ValueKind == JsonValueKind.Object
            ? new StatementFields(list[0], $"{at}/{name}/0", Findings) : Inside(name);
    }

    /// <summary>A text; null when it is missing.</summary>
    public string? Text(string name)
    {
        if (Find(name) is not { } found) return null;
        if (found.ValueKind == JsonValueKind.String) return found.GetString();
        Wrong("footprint.text", name, found);
        return null;
    }

    /// <summary>A text that must be there.</summary>
    public string NeededText(string name)
    {
        if (Find(name) is null) Missing(name);
        return Text(name) ?? "";
    }

    /// <summary>A plain decimal: as a text without exponent, or as a number where the form has numbers.
    /// </summary>
    public Amount? Decimal(string name, bool numbers)
    {
        if (Find(name) is not { } found) return null;
        var text = found.ValueKind == JsonValueKind.String ? found.GetString()! : found.GetRawText();
        var fits = found.ValueKind switch
        {
            JsonValueKind.String => Plain().IsMatch(text),
            JsonValueKind.Number => numbers,
            _ => false,
        };
        if (fits && Amount.TryParse(text, out var amount)) return amount;
        Wrong("footprint.decimal", name, found);
        return null;
    }

    /// <summary>A plain decimal that must be there.</summary>
    public Amount NeededDecimal(string name, bool numbers)
    {
        if (Find(name) is null) Missing(name);
        return Decimal(name, numbers) ?? Amount.Zero;
    }

    /// <summary>A truth value; null when it is missing.</summary>
    public bool? Flag(string name)
    {
        if (Find(name) is not { } found) return null;
        if (found.ValueKind is JsonValueKind.True or JsonValueKind.False) return found.GetBoolean();
        Wrong("footprint.text", name, found);
        return null;
    }

    /// <summary>A time by RFC 3339 in any offset.</summary>
    public Instant? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        if (OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true } time)
            return time.Value.ToInstant();
        Findings.Add(Finding.Of("footprint.date", Severity.Error, new Place(Pointer: $"{at}/{name}"),
            ("field", $"{at}/{name}"), ("value", Short(text))));
        return null;
    }

    /// <summary>A time that must be there.</summary>
    public Instant NeededTime(string name)
    {
        if (Find(name) is null) Missing(name);
        return Time(name) ?? default;
    }

    /// <summary>A UUID that must be there.</summary>
    public Guid NeededId(string name)
    {
        var text = NeededText(name);
        if (Guid.TryParseExact(text, "D", out var id)) return id;
        if (text.Length > 0) WrongText("footprint.uuid", name, text);
        return Guid.Empty;
    }

    /// <summary>A list of texts; empty when it is missing.</summary>
    public ImmutableArray<string> Texts(string name)
    {
        if (Find(name) is not { } found) return [];
        if (found.ValueKind == JsonValueKind.Array
            && found.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String))
            return [.. found.EnumerateArray().Select(e => e.GetString()!)];
        Wrong("footprint.text", name, found);
        return [];
    }

    /// <summary>A list of UUIDs; empty when it is missing.</summary>
    public ImmutableArray<Guid> Ids(string name)
    {
        var ids = ImmutableArray.CreateBuilder<Guid>();
        foreach (var text in Texts(name))
            if (Guid.TryParseExact(text, "D", out var id)) ids.Add(id);
            else WrongText("footprint.uuid", name, text);
        return ids.ToImmutable();
    }

    /// <summary>A list or an object that has something in it, as JSON; null when it is missing.</summary>
    public string? Structure(string name)
    {
        if (Find(name) is not { } found) return null;
        if (found.ValueKind == JsonValueKind.Object ? found.EnumerateObject().Any()
            : found.ValueKind == JsonValueKind.Array && found.GetArrayLength() > 0
                && found.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Object))
            return found.GetRawText();
        Wrong("footprint.text", name, found);
        return null;
    }

    /// <summary>Every field that was not asked for, as JSON.</summary>
    public ImmutableSortedDictionary<string, string> Rest() => from.ValueKind != JsonValueKind.Object
        ? ImmutableSortedDictionary<string, string>.Empty
        : from.EnumerateObject().Where(p => !_read.Contains(p.Name))
            .GroupBy(p => p.Name, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                g => g.Key, g => g.Last().Value.GetRawText(), StringComparer.Ordinal);

    /// <summary>Says that a field has no place in the model.</summary>
    public void Lost(string name) => Findings.Add(Finding.Of("footprint.lost", Severity.Warning,
        new Place(Pointer: $"{at}/{name}"), ("field", $"{at}/{name}")));

    /// <summary>Says that a field is missing.</summary>
    public void Missing(string name) => Findings.Add(Finding.Of("footprint.missing", Severity.Error,
        new Place(Pointer: $"{at}/{name}"), ("field", $"{at}/{name}")));

    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var found)
            && found.ValueKind != JsonValueKind.Null ? found : null;
    }

    private void Wrong(string code, string name, JsonElement found) =>
        WrongText(code, name, found.GetRawText());

    private void WrongText(string code, string name, string value) => Findings.Add(Finding.Of(code,
        Severity.Error, new Place(Pointer: $"{at}/{name}"), ("field", $"{at}/{name}"),
        ("value", Short(value))));

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    /// <summary>The form of a decimal on the wire: no exponent, no grouping.</summary>
    [GeneratedRegex(@"\A[+-]?[0-9]{1,200}(\.[0-9]{1,190})?\z")]
    private static partial Regex Plain();
}
