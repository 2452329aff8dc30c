using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses;

/// <summary>
/// A report item that stands for one number when it is pointed at as a whole (a line of an inventory).
/// </summary>
public interface IHasPrincipalFigure
{
    /// <summary>The number it stands for, and the name of the property that holds it.</summary>
    (string Property, Figure Figure) Principal { get; }
}

/// <summary>An operand as an explanation shows it.</summary>
/// <param name="Label">Text key or the books' own name.</param>
/// <param name="Figure">The number.</param>
/// <param name="Pointer">Where to ask on.</param>
public sealed record ExplainedOperand(string Label, Figure Figure, string Pointer);

/// <summary>
/// The explanation of one number: its formula and operands, and how many rows of the books stand under it.
/// </summary>
public sealed record Explanation(
    string Pointer, Figure Figure, string Formula, ImmutableArray<ExplainedOperand> Operands, bool IsSummed,
    long LeafCount);

/// <summary>
/// Walks from a JSON Pointer to a figure of a report, and from a figure down to the rows of the books. A
/// pointer may go on below a number: "/scope1/total/kgco2e/@/0" is the first operand of that number.
/// </summary>
public static class Explainer
{
    /// <summary>The figure at a pointer.</summary>
    /// <exception cref="RefusedException">Nothing stands there, or not a number.</exception>
    public static (string Pointer, Figure Figure) Find(object report, string pointer)
    {
        object? at = report;
        var walked = "";
        var parts = pointer.Length == 0 ? [] : pointer.TrimStart('/').Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var name = parts[i].Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (at is not null and not Figure && name == "@") at = Principal(at, ref walked);
            at = at is Figure figure && name == "@" && i + 1 < parts.Length
                ? Operand(figure, parts[++i]) : Step(at, name);
            if (at is null)
                throw RefusedException.Of("explain.nothing", ("pointer", pointer), ("upTo", walked));
            walked += name == "@" ? $"/@/{parts[i]}" : $"/{parts[i]}";
        }
        if (at is not Figure) at = Principal(at, ref walked);
        return at is Figure found ? (walked, found)
            : throw RefusedException.Of("explain.notANumber", ("pointer", pointer));
    }

    /// <summary>The explanation of the figure at a pointer.</summary>
    public static Explanation Explain(object report, string pointer)
    {
        var (at, figure) = Find(report, pointer);
        var operands = OperandsOf(figure.Trace);
        return new Explanation(at, figure, FormulaOf(figure.Trace),
            [.. operands.Select((o, i) => new ExplainedOperand(o.Label, o.Figure, Invariant($"{at}/@/{i}")))],
            IsSummed(figure.Trace), CountLeaves(figure.Trace));
    }

    /// <summary>
    /// The rows of the books under a summed figure, streamed; their contributions add up to it to the last
    /// digit.
    /// </summary>
    public static IEnumerable<Leaf> Leaves(Figure figure) => figure.Trace switch
    {
        Trace.Rows rows => rows.Leaves(),
        Trace.Sum sum => sum.Parts.SelectMany(part => Leaves(part.Figure)),
        Trace.Product product => Scaled(product),
        Trace.Converted converted => Shared(figure, converted),
        _ => [],
    };

    /// <summary>True when the figure is carried by rows of the books.</summary>
    public static bool IsSummed(Trace trace) => trace switch
    {
        Trace.Rows => true,
        Trace.Sum sum => sum.Parts.Count > 0
            && sum.Parts.All(p => p.Figure.Value.IsZero || IsSummed(p.Figure.Trace)),
        Trace.Product product => IsSummed(product.Operands[0].Figure.Trace),
        Trace.Converted converted => IsSummed(converted.Quantity.Figure.Trace),
        _ => false,
    };

    /// <summary>Every figure of a report with its pointer, in the order the report writes them.</summary>
    public static IEnumerable<(string Pointer, Figure Figure)> All(object? report, string pointer = "")
    {
        if (report is null or string) yield break;
        if (report is Figure figure)
        {
            yield return (pointer, figure);
            yield break;
        }
        foreach (var (name, value) in Children(report))
            foreach (var found in All(value, $"{pointer}/{Escape(name)}")) yield return found;
    }

    private static IEnumerable<(string Name, object? Value)> Children(object report)
    {
        if (report is IDictionary map)
        {
            foreach (DictionaryEntry pair in map)
                yield return (Convert.ToString(pair.Key, CultureInfo.InvariantCulture)!, pair.Value);
        }
        else if (report is IEnumerable list)
        {
            var index = 0;
            foreach (var item in list) yield return (index++.ToString(CultureInfo.InvariantCulture), item);
        }
        else if (IsReportType(report.GetType()))
        {
            foreach (var property in Question.Json.GetTypeInfo(report.GetType()).Properties)
                if (property.Get is { } get) yield return (property.Name, get(report));
        }
    }

    private static object? Step(object? at, string name) => at switch
    {
        null or Figure or string => null,
        IDictionary map => map.Keys.Cast<object>()
            .Where(k => Convert.ToString(k, CultureInfo.InvariantCulture) == name).Select(k => map[k])
                .FirstOrDefault(),
        IEnumerable list => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? list.Cast<object?>().ElementAtOrDefault(index) : null,
        _ => Children(at).FirstOrDefault(child => child.Name == name).Value,
    };

    private static Figure? Operand(Figure figure, string index)
    {
        var operands = OperandsOf(figure.Trace);
        return int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            && i < operands.Count
            ? operands[i].Figure : null;
    }

    private static object? Principal(object? at, ref string walked)
    {
        if (at is not IHasPrincipalFigure line) return at;
        walked += "/" + line.Principal.Property;
        return line.Principal.Figure;
    }

    /// <summary>The operands of a trace, in the formula's order.</summary>
    public static IReadOnlyList<Operand> OperandsOf(Trace trace) => trace switch
    {
        Trace.Sum sum => sum.Parts,
        Trace.Product product => product.Operands,
        Trace.Converted converted => [converted.Quantity, .. converted.By],
        Trace.Formula formula => formula.Operands,
        _ => [],
    };

    private static string FormulaOf(Trace trace) => trace switch
    {
        Trace.Sum => "formula.sum",
        Trace.Product product => product.Name,
        Trace.Converted converted => converted.Name,
        Trace.Formula formula => formula.Name,
        Trace.Rows rows => rows.Name,
        Trace.PackRow => "formula.packRow",
        Trace.Given => "formula.given",
        Trace.Fact => "formula.fact",
        Trace.Registered => "formula.registered",
        _ => "formula.constant",
    };

    private static long CountLeaves(Trace trace) => trace switch
    {
        Trace.Rows rows => rows.Count,
        Trace.Sum sum => sum.Parts.Sum(part => CountLeaves(part.Figure.Trace)),
        Trace.Product product => CountLeaves(product.Operands[0].Figure.Trace),
        Trace.Converted converted => CountLeaves(converted.Quantity.Figure.Trace),
        _ => 0,
    };

    private static IEnumerable<Leaf> Scaled(Trace.Product product)
    {
        var by = product.Operands.Skip(1).Aggregate(Amount.One, (value, o) => value * o.Figure.Value);
        return Leaves(product.Operands[0].Figure)
            .Select(leaf => leaf with { Contribution = leaf.Contribution * by });
    }

    /// <summary>
    /// Shares a rounded total out over its rows: two passes, the second hands out by largest remainder.
    /// </summary>
    private static IEnumerable<Leaf> Shared(Figure figure, Trace.Converted converted)
    {
        var leaves = Leaves(converted.Quantity.Figure).ToList();
        if (leaves.Count == 0) return leaves;
        var negative = leaves.Exists(leaf => leaf.Contribution.Sign < 0);
        var scale = Math.Max(converted.Scale, figure.Value.Scale);
        var most = leaves.Max(leaf => leaf.Contribution.Scale);
        var weights = leaves.Select(leaf => leaf.Contribution.TryGetUnscaled(most, out var w) ? w : default)
            .ToList();
        var total = weights.Aggregate(BigInteger.Zero, (sum, w) => sum + w);
        if (total.IsZero) return leaves.Select(leaf => leaf with { Contribution = Amount.Zero });
        var shares = negative ? SharesWithSigns(figure.Value, weights, total, scale)
            : Apportion.ByLargestRemainder(figure.Value, weights, scale);
        return leaves.Select((leaf, i) => leaf with { Contribution = shares[i] });
    }

    /// <summary>With rows of both signs each is rounded, and the last row takes what rounding left.</summary>
    private static Amount[] SharesWithSigns(Amount whole, List<BigInteger> weights, BigInteger total,
        int scale)
    {
        var shares = weights.Select(w => Amount.Divide(whole * Amount.From(w), Amount.From(total), scale))
            .ToArray();
        shares[^1] += whole - shares.Aggregate(Amount.Zero, (sum, share) => sum + share);
        return shares;
    }

    private static bool IsReportType(Type type) =>
        type.Namespace?.StartsWith("Celadon.Lenses", StringComparison.Ordinal) == true && !type.IsEnum;

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
