using System.Collections.Immutable;
using System.Text.Json;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// What differs between an inventory that was kept (at closing) and today's: line by line, old and new side
/// by side, with why. Adjustments after closing stand on lines of their own and are no change.
/// </summary>
public static class InventoryChanges
{
    /// <summary>What identifies a line through editions of packs.</summary>
    private readonly record struct Key(
        string Scope, string Category, string Site, string Resource, string Kind);

    private sealed record Line(Figure Kgco2e, Amount Quantity, string Unit, string FactorId, Amount Factor)
    {
        public string FactorText => $"{FactorId} = {Factor}";

        public bool Says(Line? other) => other is not null && Kgco2e.Value == other.Kgco2e.Value
            && (Quantity, Unit, FactorId, Factor)
                == (other.Quantity, other.Unit, other.FactorId, other.Factor);
    }

    /// <summary>Compares a kept answer with today's report, in order of scope and line.</summary>
    /// <param name="closed">The closing's answer, as it was kept and as it would be today.</param>
    /// <returns>The lines that differ; empty when none does.</returns>
    /// <exception cref="RefusedException">inventory.keptUnreadable: the JSON is no inventory.</exception>
    public static ImmutableArray<InventoryChange> Between(KeptAndToday closed)
    {
        var month = Claim.Text(closed.Month);
        var kept = new Trace.Registered("closing", $"{closed.Site}/{month}", "kgco2e", closed.Position);
        var old = KeptLines(closed.KeptJson, kept).ToLookup(l => l.Key, l => l.Line);
        var now = CurrentLines((InventoryReport)closed.Today).ToLookup(l => l.Key, l => l.Line);
        var keys = old.Select(g => g.Key).Union(now.Select(g => g.Key))
            .OrderBy(k => k.Scope, StringComparer.Ordinal).ThenBy(k => k.Category.Length)
            .ThenBy(k => k.Category, StringComparer.Ordinal).ThenBy(k => k.Site, StringComparer.Ordinal)
            .ThenBy(k => k.Resource, StringComparer.Ordinal).ThenBy(k => k.Kind, StringComparer.Ordinal);
        return [.. keys.SelectMany(key => Pair([.. old[key]], [.. now[key]])
            .Where(pair => pair.Old?.Says(pair.New) != true)
            .Select(pair => ChangeOf(month, key, pair.Old, pair.New)))];
    }

    /// <summary>Lines of one key under equal factors first, then in order.</summary>
    private static IEnumerable<(Line? Old, Line? New)> Pair(List<Line> old, List<Line> now)
    {
        foreach (var line in old.ToList())
        {
            if (now.Find(n => n.FactorId == line.FactorId) is not { } same) continue;
            old.Remove(line);
            now.Remove(same);
            yield return (line, same);
        }
        for (var i = 0; i < Math.Max(old.Count, now.Count); i++)
            yield return (old.ElementAtOrDefault(i), now.ElementAtOrDefault(i));
    }

    private static InventoryChange ChangeOf(string month, Key key, Line? old, Line? now)
    {
        Operand[] operands =
        [
            .. now is null ? [] : (Operand[])[new("operand.today", now.Kgco2e)],
            .. old is null ? [] : (Operand[])[new("operand.inventory.asClosed", old.Kgco2e)],
        ];
        var difference = (now?.Kgco2e.Value ?? Amount.Zero) - (old?.Kgco2e.Value ?? Amount.Zero);
        var changed = new Trace.Formula("formula.inventory.changed", operands);
        return new InventoryChange(month, key.Scope, key.Category, key.Site, key.Resource, key.Kind,
            old?.Kgco2e, now?.Kgco2e, new Figure(difference, operands[0].Figure.Unit, changed),
            [.. Reasons(old, now)], old?.FactorText, now?.FactorText);
    }

    private static IEnumerable<InventoryChangeReason> Reasons(Line? old, Line? now)
    {
        if (old is null || now is null)
        {
            yield return old is null ? InventoryChangeReason.NewLine : InventoryChangeReason.Gone;
            yield break;
        }
        var sameFactor = old.FactorId == now.FactorId;
        var sameQuantity = old.Quantity == now.Quantity && old.Unit == now.Unit;
        if (!sameFactor) yield return InventoryChangeReason.OtherFactor;
        if (sameFactor && old.Factor != now.Factor) yield return InventoryChangeReason.FactorValue;
        if (!sameQuantity) yield return InventoryChangeReason.Quantity;
        if (sameFactor && sameQuantity && old.Factor == now.Factor)
            yield return InventoryChangeReason.Program;
    }

    private static IEnumerable<(Key Key, Line Line)> CurrentLines(InventoryReport report)
    {
        var sections = new List<(string Scope, ImmutableArray<InventoryLine> Lines)>
        {
            ("1", report.Scope1.Lines), ("2-location", report.Scope2.Location.Lines),
            ("2-market", report.Scope2.Market.Lines), ("biogenic", report.Biogenic.Lines),
            ("captured", report.Captured.Lines), ("outside", report.OutsideScopes.Lines),
            ("removals", report.Removals.Lines),
        };
        sections.AddRange(report.Scope3.Categories.Select(c => ("3", c.Lines)));
        return sections.SelectMany(s => s.Lines.Select(line => (
            new Key(s.Scope, line.Category, line.Site, line.Resource, line.Kind), new Line(line.Kgco2e,
                line.Quantity.Value, line.Quantity.Unit, line.FactorId, line.Factor.Value))));
    }

    private static IEnumerable<(Key Key, Line Line)> KeptLines(string json, Trace kept)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.TryGetProperty("answer", out var answer)) root = answer;
            var scope2 = root.GetProperty("scope2");
            List<(string Scope, JsonElement Section)> sections =
            [
                ("1", root.GetProperty("scope1")), ("2-location", scope2.GetProperty("location")),
                ("2-market", scope2.GetProperty("market")), ("biogenic", root.GetProperty("biogenic")),
                ("captured", root.GetProperty("captured")), ("outside", root.GetProperty("outsideScopes")),
                ("removals", root.GetProperty("removals")),
            ];
            foreach (var category in root.GetProperty("scope3").GetProperty("categories").EnumerateArray())
                sections.Add(("3", category));
            return [.. sections.SelectMany(s => s.Section.GetProperty("lines").EnumerateArray()
                .Select(line => (KeyOf(s.Scope, line), LineOf(line, kept))))];
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw RefusedException.Of("inventory.keptUnreadable", ("reason", e.Message));
        }
    }

    private static Key KeyOf(string scope, JsonElement line) => new(
        scope, Text(line, "category"), Text(line, "site"), Text(line, "resource"), Text(line, "kind"));

    private static Line LineOf(JsonElement line, Trace kept) => new(
        new Figure(Value(line, "kgco2e"), Text(line.GetProperty("kgco2e"), "unit"), kept),
        Value(line, "quantity"), Text(line.GetProperty("quantity"), "unit"), Text(line, "factorId"),
        Value(line, "factor"));

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? "";

    private static Amount Value(JsonElement line, string name) =>
        Amount.Parse(Text(line.GetProperty(name), "value"));
}
