using System.Text.Json;
using System.Text.Json.Serialization;
using Celadon.Quantities;

namespace Celadon.Lenses;

/// <summary>
/// A number of an answer: its value, its unit, and how it came about. JSON shows value and unit; the trace is
/// asked for through explain.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit as text ("kg CO2e", "kWh", "kg/kWh", "%"); empty for a bare number.</param>
/// <param name="Trace">How it came about.</param>
[JsonConverter(typeof(FigureJson))]
public sealed record Figure(Amount Value, string Unit, Trace Trace)
{
    /// <summary>
    /// A number from a floating-point kernel, to 12 significant digits (Monte Carlo, square roots).
    /// </summary>
    public static Figure FromDouble(double value, string unit, Trace trace) =>
        new(Amount.Parse(value.ToString("G12", System.Globalization.CultureInfo.InvariantCulture)), unit,
            trace);

    /// <summary>The sum of figures of one unit, traced as their sum.</summary>
    /// <exception cref="UnlikeUnitsException">The units differ.</exception>
    public static Figure Sum(string unit, IReadOnlyList<(string Label, Figure Figure)> parts)
    {
        var total = Amount.Zero;
        foreach (var (_, part) in parts)
        {
            if (part.Unit != unit) throw new UnlikeUnitsException(part.Unit, unit);
            total += part.Value;
        }
        return new Figure(total, unit, new Trace.Sum([.. parts.Select(p => new Operand(p.Label, p.Figure))]));
    }

    /// <summary>The exact product of a quantity and its multipliers, traced as their product.</summary>
    public static Figure Product(string unit, string formula, params Operand[] operands)
    {
        var product = operands.Aggregate(Amount.One, (value, operand) => value * operand.Figure.Value);
        return new Figure(product, unit, new Trace.Product(formula, operands));
    }

    /// <summary>The quotient of two figures, rounded half to even at a stated scale.</summary>
    public static Figure Quotient(string unit, string formula, Operand dividend, Operand divisor,
        int scale) =>
        new(Amount.Divide(dividend.Figure.Value, divisor.Figure.Value, scale), unit,
            new Trace.Formula(formula, [dividend, divisor]));
}

/// <summary>An operand of a formula: what it is called there, and the figure.</summary>
/// <param name="Label">
/// A text key ("operand.quantity"), or a name in the user's books, shown as it is when the catalogue has no
/// such key.
/// </param>
/// <param name="Figure">The number.</param>
public sealed record Operand(string Label, Figure Figure);

/// <summary>How a figure came about.</summary>
public abstract record Trace
{
    private Trace() { }

    /// <summary>A sum of figures; its leaves are theirs.</summary>
    public sealed record Sum(IReadOnlyList<Operand> Parts) : Trace;

    /// <summary>
    /// An exact product. The first operand is the quantity whose leaves carry the figure; the others multiply
    /// it.
    /// </summary>
    /// <param name="Name">Text key of the formula: "formula.quantityTimesFactor".</param>
    /// <param name="Operands">The quantity first.</param>
    public sealed record Product(string Name, IReadOnlyList<Operand> Operands) : Trace;

    /// <summary>
    /// A quantity given in another unit, rounded once at a scale. Its leaves are those of the quantity,
    /// shared out by largest remainder so that they add up.
    /// </summary>
    public sealed record Converted(string Name, Operand Quantity, IReadOnlyList<Operand> By, int Scale)
        : Trace;

    /// <summary>Any other number: its formula and operands, each explainable in turn.</summary>
    /// <param name="Name">Text key of the formula.</param>
    /// <param name="Operands">The operands in the formula's order.</param>
    public sealed record Formula(string Name, IReadOnlyList<Operand> Operands) : Trace;

    /// <summary>Rows of the books. The leaves are asked for when wanted; they add up to the figure.</summary>
    /// <param name="Name">Text key of what they are: "formula.entries", "formula.readings".</param>
    /// <param name="Count">How many rows.</param>
    /// <param name="Leaves">The rows, in order of position or time.</param>
    public sealed record Rows(string Name, long Count, Func<IEnumerable<Leaf>> Leaves) : Trace;

    /// <summary>A row of a pack.</summary>
    /// <param name="Pack">Id of the pack.</param>
    /// <param name="Row">Id of its row.</param>
    /// <param name="Column">The column the number stands in.</param>
    /// <param name="Citation">Publisher, edition, licence and source, one line.</param>
    public sealed record PackRow(string Pack, string Row, string Column, string Citation) : Trace;

    /// <summary>Stated in the spec, at a JSON Pointer.</summary>
    public sealed record Given(string Pointer) : Trace;

    /// <summary>A fact that a document states.</summary>
    /// <param name="Position">Of the entry.</param>
    /// <param name="Name">Of the fact.</param>
    public sealed record Fact(long Position, string Name) : Trace;

    /// <summary>A field of a register's item.</summary>
    public sealed record Registered(string Type, string Id, string Field, long Position) : Trace;

    /// <summary>
    /// A constant of a definition: the size of a unit, a rule's own number, with its source.
    /// </summary>
    public sealed record Constant(string Source) : Trace;
}

/// <summary>One row of the books under a figure.</summary>
/// <param name="Contribution">What it adds to the figure, in the figure's unit.</param>
/// <param name="Amount">What the row itself says …</param>
/// <param name="Unit">… in its own unit.</param>
/// <param name="Position">Position of its entry or readings record.</param>
/// <param name="Period">Its period.</param>
/// <param name="Meter">The meter, for a reading; null for an entry.</param>
/// <param name="Group">Day or month group, for readings.</param>
public sealed record Leaf(
    Amount Contribution, Amount Amount, string Unit, long Position, Period Period, string? Meter = null,
    string? Group = null);

/// <summary>In JSON a figure is {"value":"…","unit":"…"}.</summary>
public sealed class FigureJson : JsonConverter<Figure>
{
    /// <inheritdoc/>
    public override Figure Read(ref Utf8JsonReader reader, Type typeToConvert,
        JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written, not read.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Figure value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("value", value.Value.ToString());
        writer.WriteString("unit", value.Unit);
        writer.WriteEndObject();
    }
}
