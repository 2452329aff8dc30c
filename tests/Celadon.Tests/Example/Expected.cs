using System.Text.Json;
using Celadon.Quantities;

namespace Celadon.Tests.Example;

/// <summary>
/// A line of an expected account: what the generator, which shares no code with Celadon, reckons.
/// </summary>
internal sealed record ExpectedLine(
    string Scope, string Category, string Site, string Name, string Quantity, string Unit, string Source,
    string Row,
    string Kg, string Co2, string Ch4, string N2o, string Biogenic, string Flag, string Note)
{
    /// <summary>The category as a report has it: "3.4" is "4".</summary>
    public string ReportCategory =>
        Category.StartsWith("3.", StringComparison.Ordinal) ? Category[2..] : Category;
}

/// <summary>An item that stands in no total.</summary>
internal sealed record ExpectedOpen(
    string Kind, string Category, string Site, string Name, string Quantity, string Reason);

/// <summary>An expected account of the example, as its file has it.</summary>
internal sealed class Expected
{
    private readonly JsonElement _root;

    private Expected(string file)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(ExampleWorks.Source, "expected", file)));
        _root = document.RootElement.Clone();
    }

    public static Expected Year { get; } = new("account.json");

    public static Expected September { get; } = new("september-2026-stoke.json");

    /// <summary>What moved, as the generator put it into the files.</summary>
    public static Expected Truth { get; } = new("truth.json");

    /// <summary>Where a resource went in the year, in the unit of the truth.</summary>
    public IEnumerable<(string From, string To, Amount Total)> FlowsOf(string resource) =>
        _root.GetProperty("flows").EnumerateArray().Where(f => Text(f, "resource") == resource)
        .Select(f => (Text(f, "from"), Text(f, "to"), Amount.Parse(Text(f, "total"))));

    public IEnumerable<ExpectedLine> Lines =>
        _root.GetProperty("lines").EnumerateArray().Select(l => new ExpectedLine(
        Text(l, "scope"), Text(l, "category"), Text(l, "site"), Text(l, "name"), Text(l, "quantity"),
        Text(l, "unit"),
        Text(l, "source"), Text(l, "row"), Text(l, "kgCo2e"), Text(l, "co2"), Text(l, "ch4"), Text(l, "n2o"),
        Text(l, "biogenicKgCo2"), Text(l, "flag"), Text(l, "note")));

    public IEnumerable<ExpectedOpen> Open =>
        _root.GetProperty("open").EnumerateArray().Select(o => new ExpectedOpen(
        Text(o, "kind"), Text(o, "category"), Text(o, "site"), Text(o, "name"), Text(o, "quantity"),
        Text(o, "reason")));

    /// <summary>An amount at a path of names.</summary>
    public string At(params string[] path) =>
        path.Aggregate(_root, (at, name) => at.GetProperty(name)).GetString()!;

    /// <summary>The names and amounts of an object.</summary>
    public IEnumerable<(string Name, string Value)> Pairs(params string[] path) =>
        path.Aggregate(_root, (at, name) => at.GetProperty(name)).EnumerateObject()
            .Select(p => (p.Name, p.Value.GetString()!));

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString()! : "";
}

/// <summary>Amounts in tests.</summary>
internal static class Amounts
{
    public static Amount Total(this IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
