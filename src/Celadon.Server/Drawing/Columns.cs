namespace Celadon.Server.Drawing;

/// <summary>A part of a column, from the bottom up.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How high it is.</param>
/// <param name="Shown">Its number as written.</param>
/// <param name="Look">"s1", "s2", "s3".</param>
/// <param name="Estimated">Of the value, what is estimated.</param>
public sealed record ColumnPart(string Name, double Value, string Shown, string Look, double Estimated = 0);

/// <summary>A column.</summary>
/// <param name="Name">What stands under it, in full.</param>
/// <param name="Short">The same for a narrow place.</param>
/// <param name="Parts">Its parts, the lowest first.</param>
/// <param name="Unknown">True when something that belongs here has no figure: an open box on top.</param>
public sealed record StackedColumn(
    string Name, string Short, IReadOnlyList<ColumnPart> Parts, bool Unknown = false);

/// <summary>
/// Stacked columns from zero. The estimated part of each is hatched; what is not known is an open, hatched
/// box on top, which adds nothing to the height that the axis measures.
/// </summary>
/// <param name="Items">The columns, in order.</param>
/// <param name="Unit">Unit of the axis.</param>
public sealed record Columns(IReadOnlyList<StackedColumn> Items, string Unit) : Drawing
{
    private const int Tall = 300;
    private const double Top = 44;
    private const double Floor = Tall - 24;
    private const double UnknownTall = 9;

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var axis = new Axis(Items.Count == 0 ? 1 : Items.Max(c => c.Parts.Sum(p => Math.Max(0, p.Value))));
        double Y(double value) => Floor - value / axis.Most * (Floor - Top);
        var svg = new Svg(Label, id, Tall, width, Margins.Axis).YAxis(axis, Y, Unit);
        var step = 100.0 / Math.Max(1, Items.Count);
        var thick = Math.Min(step * 0.64, 12);
        for (var i = 0; i < Items.Count; i++)
        {
            var (left, height) = (i * step + (step - thick) / 2, 0.0);
            foreach (var part in Items[i].Parts.Where(p => p.Value > 0))
            {
                var (top, tall) = (Y(height + part.Value), part.Value / axis.Most * (Floor - Top));
                svg.Bar(left, top, thick, tall, part.Look, $"{Items[i].Name}, {part.Name}: {part.Shown}");
                if (part.Estimated > 0)
                    svg.Bar(left, top + 0.5, thick, Math.Min(tall, part.Estimated / part.Value * tall) - 0.5,
                        "est");
                height += part.Value;
            }
            if (Items[i].Unknown) svg.Bar(left, Y(height) - UnknownTall - 2, thick, UnknownTall, "unk");
            var every = Items.Count > 12 && i % 2 == 1;
            svg.Text(left + thick / 2, Tall - 6, Items[i].Short, every ? "wider" : "", anchor: "middle");
        }
        return svg.Done();
    }
}
