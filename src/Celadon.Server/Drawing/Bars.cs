namespace Celadon.Server.Drawing;

/// <summary>One bar: a name above it, its number at its end.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Value">How long it is.</param>
/// <param name="Shown">Its number as written.</param>
/// <param name="Look">"s1", "s2", "s3".</param>
/// <param name="Estimated">Part of the value that is estimated.</param>
/// <param name="Unknown">True when the value is not known: an open, hatched box that adds nothing.</param>
public sealed record BarItem(
    string Name, double Value, string Shown, string Look, double Estimated = 0, bool Unknown = false)
{
    /// <summary>Where its number is explained, or null.</summary>
    public string? Why { get; init; }
}

/// <summary>Horizontal bars from zero, names above, so that long names stay whole on a phone.</summary>
/// <param name="Items">The bars, in order.</param>
public sealed record Bars(IReadOnlyList<BarItem> Items) : Drawing
{
    private const int RowHeight = 36;
    private const int Thick = 10;

    /// <summary>Letters that fit beside one another on a phone.</summary>
    private const int OnPhone = 54;

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var svg = new Svg(Label, id, Items.Count * RowHeight + 4, width, Margins.None);
        var most = Items.Count == 0 ? 1 : Math.Max(Items.Max(i => i.Value), double.Epsilon);
        for (var i = 0; i < Items.Count; i++)
        {
            var item = Items[i];
            var top = i * RowHeight;
            svg.Named(0, top + 12, item.Name, "say", OnPhone - Svg.WidthOf(item.Shown));
            svg.Text(100, top + 12, item.Shown, item.Unknown ? "" : "strong", anchor: "end",
                why: item.Why);
            svg.Bar(0, top + 18, 100, Thick, "track");
            if (item.Unknown)
            {
                svg.Bar(0, top + 18.5, 8, Thick - 1, "unk");
                continue;
            }
            svg.Bar(0, top + 18, Math.Max(0.2, item.Value / most * 100), Thick, item.Look,
                $"{item.Name}: {item.Shown}");
            if (item.Estimated > 0) svg.Bar(0, top + 18.5, item.Estimated / most * 100, Thick - 1, "est");
        }
        return svg.Done();
    }
}
