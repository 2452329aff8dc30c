using System.Globalization;
using System.Net;
using System.Text;

namespace Celadon.Server.Drawing;

/// <summary>
/// Writes a drawing. On a page it is as wide as its column: places along x are percentages of the plot area,
/// so text is 12 px at any width and no script is needed. As a file it has a width and carries its own
/// colours. Looks come from classes alone, since the policy allows no style in the page.
/// </summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();
    private readonly bool _isFile;
    private bool _leads;

    /// <summary>Begins a drawing.</summary>
    /// <param name="label">What it shows, for people who cannot see it.</param>
    /// <param name="id">Unique in the page.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="width">Width in pixels for a file; null on a page.</param>
    /// <param name="margins">What stands beside the plot area.</param>
    public Svg(string label, string id, int height, int? width, Margins margins)
    {
        // Ids of the books' own things come along; here they stand in attributes and addresses as they are.
        Id = string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
        Height = height;
        _isFile = width is not null;
        if (width is { } w)
        {
            _text.Append(I($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{height}\">"));
            _text.Append("<style>").Append(Palette.Standalone)
                .Append("</style><rect width=\"100%\" height=\"100%\" class=\"paper\"/>");
            _text.Append(I($"<svg role=\"img\" aria-label=\"{E(label)}\" x=\"{margins.Left}\" "));
            _text.Append(I(
                $"width=\"{w - margins.Left - margins.Right}\" height=\"{height}\" overflow=\"visible\">"));
        }
        else
        {
            _text.Append(I($"<svg role=\"img\" aria-label=\"{E(label)}\" class=\"{margins.Class}\""));
            _text.Append(I($" height=\"{height}\">"));
        }
        _text.Append("<defs>");
        Hatch("est", "M-1 7L7 -1M-1 1L1 -1M5 7L7 5");
        Hatch("unk", "M-1 -1L7 7M5 -1L7 1M-1 5L1 7");
        _text.Append("</defs>");
    }

    /// <summary>Id of the drawing; its hatches are "ID-est" and "ID-unk".</summary>
    public string Id { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>How wide a text is, in letters: those of Chinese are two wide.</summary>
    public static int WidthOf(string text) => text.Sum(c => c >= 0x2E80 ? 2 : 1);

    /// <summary>
    /// A name; where it is wider than so many letters a phone shows its beginning, and the table the whole.
    /// </summary>
    public Svg Named(double x, double y, string name, string look, int letters, double dx = 0,
        string anchor = "start")
    {
        if (WidthOf(name) <= letters) return Text(x, y, name, look, dx, anchor);
        var (kept, wide) = (0, 1);
        while (wide + WidthOf(name[kept..(kept + 1)]) <= letters) wide += WidthOf(name[kept..++kept]);
        return Text(x, y, name, look + " wider", dx, anchor)
            .Text(x, y, name[..kept].TrimEnd() + "…", look + " narrower", dx, anchor);
    }

    /// <summary>A bar; x and width in percent, y and height in pixels.</summary>
    public Svg Bar(double x, double y, double width, double height, string look, string? title = null)
    {
        if (height <= 0 || width <= 0) return this;
        _text.Append(I(
            $"<rect x=\"{P(x)}\" y=\"{N(y)}\" width=\"{P(width)}\" height=\"{N(height)}\" {Look(look)}"));
        _text.Append(title is null ? "/>" : $"><title>{E(title)}</title></rect>");
        return this;
    }

    /// <summary>A line; x in percent, y in pixels.</summary>
    public Svg Line(double x1, double y1, double x2, double y2, string look, string? title = null)
    {
        _text.Append(I(
            $"<line x1=\"{P(x1)}\" y1=\"{N(y1)}\" x2=\"{P(x2)}\" y2=\"{N(y2)}\" class=\"{look}\""))
            .Append(title is null ? "/>" : $"><title>{E(title)}</title></line>");
        return this;
    }

    /// <summary>
    /// Text; x in percent, moved by <paramref name="dx"/> pixels. A number with <paramref name="why"/> leads
    /// there on a page; in a file of its own it would lead nowhere.
    /// </summary>
    public Svg Text(double x, double y, string text, string look = "", double dx = 0, string anchor = "start",
        string? why = null)
    {
        var classes = look.Length > 0 ? $" class=\"{look}\"" : "";
        var shift = dx == 0 ? "" : $" dx=\"{N(dx)}\"";
        var at = anchor == "start" ? "" : $" text-anchor=\"{anchor}\"";
        var (open, close) = why is null || _isFile ? ("", "")
            : ($"<a class=\"n{Room(look)}\" href=\"{E(why)}\">", "</a>");
        _leads |= open.Length > 0;
        _text.Append(open).Append(I(
            $"<text x=\"{P(x)}\" y=\"{N(y)}\"{shift}{at}{classes}>{E(text)}</text>")).Append(close);
        return this;
    }

    /// <summary>Where a text is hidden for want of room, its link is too.</summary>
    private static string Room(string look) => look.Contains("wider", StringComparison.Ordinal)
        ? look.Contains("widest", StringComparison.Ordinal) ? " wider widest" : " wider"
        : look.Contains("narrower", StringComparison.Ordinal) ? " narrower" : "";

    /// <summary>A dot; x in percent.</summary>
    public Svg Dot(double x, double y, double radius, string look, string? title = null)
    {
        _text.Append(I($"<circle cx=\"{P(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" class=\"{look}\""))
            .Append(title is null ? "/>" : $"><title>{E(title)}</title></circle>");
        return this;
    }

    /// <summary>
    /// Paths over the whole plot area, given in thousandths of its width and in pixels of height.
    /// </summary>
    public Svg Paths(params (string Path, string Look)[] paths)
    {
        _text.Append(I(
            $"<svg viewBox=\"0 0 1000 {Height}\" width=\"100%\" height=\"{Height}\" preserveAspectRatio=\"none\">"));
        foreach (var (path, look) in paths)
            _text.Append(I($"<path d=\"{path}\" {Look(look)} vector-effect=\"non-scaling-stroke\"/>"));
        _text.Append("</svg>");
        return this;
    }

    /// <summary>A picture over the whole width, stretched without smoothing.</summary>
    public Svg Picture(string address, double y, double height, string look)
    {
        _text.Append(I(
            $"<image href=\"{address}\" x=\"0\" y=\"{N(y)}\" width=\"100%\" height=\"{N(height)}\" "))
            .Append(I($"preserveAspectRatio=\"none\" class=\"{look}\"/>"));
        return this;
    }

    /// <summary>
    /// Horizontal hairlines with their numbers left of the area, and the unit above the highest.
    /// </summary>
    public Svg YAxis(Axis axis, Func<double, double> y, string unit)
    {
        foreach (var tick in axis.Ticks)
        {
            var at = Math.Round(y(tick)) + 0.5;
            Line(0, at, 100, at, tick == 0 ? "axis" : "grid");
            Text(0, at + 3.5, axis.Label(tick), dx: -8, anchor: "end");
        }
        return Text(0, y(axis.Ticks[^1]) - 12, unit, dx: -8, anchor: unit.Length > 4 ? "start" : "end");
    }

    /// <summary>
    /// The finished drawing. With links in it it is a group: what is an image hides its parts from readers.
    /// </summary>
    public string Done()
    {
        if (_leads) _text.Replace("role=\"img\"", "role=\"group\"");
        return _text + (_isFile ? "</svg></svg>" : "</svg>");
    }

    /// <summary>A number for a path.</summary>
    public static string N(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private static string P(double value) => Math.Round(value, 3).ToString(CultureInfo.InvariantCulture)
        + "%";

    private string Look(string look) => look switch
    {
        "est" => $"class=\"est\" fill=\"url(#{Id}-est)\"",
        "unk" => $"class=\"unk\" fill=\"url(#{Id}-unk)\"",
        _ => $"class=\"{look}\"",
    };

    private void Hatch(string name, string lines) => _text.Append(I(
        $"<pattern id=\"{Id}-{name}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"))
        .Append(I($"<rect width=\"6\" height=\"6\" class=\"h-{name}\"/>"))
        .Append(I($"<path d=\"{lines}\" class=\"l-{name}\"/></pattern>"));

    private static string E(string text) => WebUtility.HtmlEncode(text);

    private static string I(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// What stands beside the plot area, in pixels; a page takes it from the class in parts.css.
/// </summary>
internal sealed record Margins(string Class, int Left, int Right)
{
    /// <summary>Nothing.</summary>
    public static Margins None { get; } = new("area none", 0, 0);

    /// <summary>Numbers of an axis at the left.</summary>
    public static Margins Axis { get; } = new("area", 44, 8);

    /// <summary>An axis at the left, names of lines at the right.</summary>
    public static Margins Ends { get; } = new("area ends", 44, 132);
}
