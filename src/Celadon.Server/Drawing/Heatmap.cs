using System.Globalization;

namespace Celadon.Server.Drawing;

/// <summary>A rectangle of cells: days and steps, both ends included.</summary>
/// <param name="FirstDay">First day.</param>
/// <param name="LastDay">Last day.</param>
/// <param name="FirstSlot">First step.</param>
/// <param name="LastSlot">Last step.</param>
public sealed record HeatBox(int FirstDay, int LastDay, int FirstSlot, int LastSlot);

/// <summary>What a heatmap shows, made once from an answer: days × steps by the clock.</summary>
/// <param name="Days">How many days.</param>
/// <param name="Slots">How many steps a day.</param>
/// <param name="Levels">
/// Day by day, the level of each step 0 to 7; <see cref="Unknown"/> or <see cref="Absent"/>.
/// </param>
/// <param name="Unknowns">Where nothing is known.</param>
/// <param name="Estimates">Where readings are estimated.</param>
public sealed record HeatCells(
    int Days, int Slots, byte[] Levels, IReadOnlyList<HeatBox> Unknowns, IReadOnlyList<HeatBox> Estimates)
{
    /// <summary>Level of a step of which nothing is known.</summary>
    public const byte Unknown = 8;

    /// <summary>Level of a step that the day does not have: the hour that the clocks leave out.</summary>
    public const byte Absent = 9;

    private static readonly int[] Light =
    [
        0xEEF3EC, 0xDAE8DE, 0xBBD6C8, 0x93BDA9, 0x659F89, 0x3B816C, 0x1D604F, 0x0C3A2F, 0xFAFCFA, -1,
    ];

    private static readonly int[] Dark =
    [
        0x17211E, 0x1B2F29, 0x21453A, 0x2B604F, 0x3F8069, 0x64A48B, 0x98C9B4, 0xD8EFE4, 0x17201D, -1,
    ];

    /// <summary>The cells as a picture of one pixel each, days to the right, as a data address.</summary>
    /// <param name="dark">For a dark page.</param>
    public string Picture(bool dark) => _pictures[dark ? 1 : 0] ??= Draw(dark ? Dark : Light);

    private readonly string?[] _pictures = new string?[2];

    private string Draw(int[] palette)
    {
        var pixels = new byte[Days * Slots];
        for (var day = 0; day < Days; day++)
            for (var slot = 0; slot < Slots; slot++) pixels[slot * Days + day] = Levels[day * Slots + slot];
        return "data:image/png;base64," + Convert.ToBase64String(Png.Of(pixels, Days, palette));
    }
}

/// <summary>
/// A calendar of load: days run right, hours run down, one cell an interval. Unknown is hatched in slate,
/// estimated in amber; numbered flags are explained beneath.
/// </summary>
/// <param name="Cells">What is drawn.</param>
/// <param name="Months">Day on which each month begins, and its name.</param>
/// <param name="Ticks">Days marked by a tick: Sundays.</param>
/// <param name="Flags">Day and number.</param>
public sealed record Heatmap(
    HeatCells Cells, IReadOnlyList<(int Day, string Name)> Months, IReadOnlyList<int> Ticks,
    IReadOnlyList<(int Day, int Number)> Flags) : Drawing
{
    private const int Grid = 384;
    private const double Top = 28;

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var svg = new Svg(Label, id, (int)Top + Grid + 32, width, Margins.Axis);
        svg.Picture(Cells.Picture(false), Top, Grid, width is null ? "pixels lit" : "pixels");
        if (width is null) svg.Picture(Cells.Picture(true), Top, Grid, "pixels unlit");
        foreach (var box in Cells.Unknowns) Box(svg, box, "unk");
        foreach (var box in Cells.Estimates) Box(svg, box, "est");
        for (var hour = 0; hour <= 24; hour += 6)
            svg.Text(0, Top + Grid * hour / 24.0 + (hour == 0 ? 10 : hour == 24 ? 0 : 4),
                hour.ToString("00", CultureInfo.InvariantCulture), dx: -8, anchor: "end");
        foreach (var (day, name) in Months)
        {
            if (day > 0) svg.Line(X(day), Top, X(day), Top + Grid, "edge");
            svg.Text(X(day), Top + Grid + 26, name, Months.Count > 7 ? "month" : "");
        }
        foreach (var day in Ticks)
            svg.Line(X(day + 0.5), Top + Grid + 4, X(day + 0.5), Top + Grid + 9, "axis");
        foreach (var (day, number) in Flags)
        {
            svg.Line(X(day + 0.5), Top - 10, X(day + 0.5), Top, "tick");
            svg.Text(X(day + 0.5), Top - 14, number.ToString(CultureInfo.InvariantCulture), "strong",
                anchor: "middle");
        }
        return svg.Done();
    }

    private double X(double day) => day * 100 / Cells.Days;

    private void Box(Svg svg, HeatBox box, string look)
    {
        double Y(int slot) => Top + Grid * slot / (double)Cells.Slots;
        svg.Bar(X(box.FirstDay), Y(box.FirstSlot), X(box.LastDay + 1) - X(box.FirstDay),
            Y(box.LastSlot + 1) - Y(box.FirstSlot), look);
    }
}
