using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>Sums of lines.</summary>
internal static class Totals
{
    /// <summary>The total of lines; null when there is none.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="partial">True when something that belongs here has no figure.</param>
    public static InventoryTotal? Of(IReadOnlyList<InventoryLine> lines, bool partial)
    {
        if (lines.Count == 0) return null;
        var gases = lines.SelectMany(line => line.Gases.Keys).Distinct(StringComparer.Ordinal);
        return new InventoryTotal
        {
            Kgco2e = Sum(lines, line => line.Kgco2e)!,
            ByGas = Pick.Sorted(gases.Select(gas =>
                KeyValuePair.Create(gas, Sum(lines, line => line.Gases.GetValueOrDefault(gas))!))),
            NotSplit = Sum(lines, line => line.NotSplit),
            Partial = partial || lines.Any(line => line.Partial),
        };
    }

    /// <summary>Lines with their total.</summary>
    public static InventorySection Section(IEnumerable<InventoryLine> lines, bool partial)
    {
        ImmutableArray<InventoryLine> all = [.. lines];
        return new InventorySection(Of(all, partial), all);
    }

    /// <summary>The sum of lines; null when there is none.</summary>
    public static Figure? Sum(IEnumerable<InventoryLine> lines, Func<InventoryLine, Figure?> figure)
    {
        var parts = lines.Select(line => (Label: LabelOf(line), Figure: figure(line)))
            .Where(part => part.Figure is not null).Select(part => (part.Label, part.Figure!)).ToList();
        return parts.Count == 0 ? null : Figure.Sum(parts[0].Item2.Unit, parts);
    }

    /// <summary>What a line is called in a sum.</summary>
    public static string LabelOf(InventoryLine line) =>
        line.Site.Length == 0 ? $"{line.Resource}, {line.Kind}"
            : $"{line.Site}: {line.Resource}, {line.Kind}";
}
