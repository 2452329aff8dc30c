namespace Celadon.Server.Drawing;

/// <summary>A branch of a site: what comes in at the left, what goes on at the right.</summary>
/// <param name="Name">The place at its end.</param>
/// <param name="Says">What flows, by which meter.</param>
/// <param name="Metered">True where a meter counts it; else documents do.</param>
public sealed record Branch(string Name, string Says, bool Metered);

/// <summary>
/// A site as a tree: supplies on the left, the site in the middle, what it passes on to the right. Flows that
/// do not pass the site's own point stand below, straight from one side to the other.
/// </summary>
/// <param name="Site">Name of the site.</param>
/// <param name="In">What comes in.</param>
/// <param name="Out">What it passes on.</param>
/// <param name="Beside">From a stock or a network straight to a unit: both ends.</param>
public sealed record SiteTree(
    string Site, IReadOnlyList<Branch> In, IReadOnlyList<Branch> Out,
    IReadOnlyList<(Branch From, Branch To)> Beside) : Drawing
{
    private const int Step = 44;
    private const int Top = 8;

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var rows = Math.Max(1, Math.Max(In.Count, Out.Count));
        var svg = new Svg(Label, id, Top + (rows + Beside.Count) * Step, width, Margins.None);
        var middle = Top + rows * Step / 2.0;
        var paths = new List<(string, string)>();
        for (var i = 0; i < In.Count; i++)
            paths.Add((Curve(0, Y(i, In.Count, rows), 430, middle), Look(In[i])));
        for (var i = 0; i < Out.Count; i++)
            paths.Add((Curve(1000, Y(i, Out.Count, rows), 570, middle), Look(Out[i])));
        for (var i = 0; i < Beside.Count; i++)
            paths.Add(($"M0 {Svg.N(Below(rows, i))}H1000", Look(Beside[i].To)));
        svg.Paths([.. paths]);
        svg.Bar(43, middle - 16, 14, 32, "track");
        svg.Text(50, middle + 4, Site, "strong", anchor: "middle");
        for (var i = 0; i < In.Count; i++) Write(svg, 0, Y(i, In.Count, rows), In[i], "start");
        for (var i = 0; i < Out.Count; i++) Write(svg, 100, Y(i, Out.Count, rows), Out[i], "end");
        for (var i = 0; i < Beside.Count; i++)
        {
            Write(svg, 0, Below(rows, i), Beside[i].From, "start");
            Write(svg, 100, Below(rows, i), Beside[i].To, "end");
        }
        return svg.Done();
    }

    private static string Look(Branch branch) => branch.Metered ? "ln series" : "ln compare";

    private static double Y(int i, int count, int rows) => Top + (i + 0.5 + (rows - count) / 2.0) * Step;

    private static double Below(int rows, int i) => Top + (rows + i + 0.5) * Step;

    private static void Write(Svg svg, double x, double y, Branch branch, string anchor)
    {
        svg.Text(x, y - 6, branch.Name, "strong halo", anchor: anchor);
        svg.Text(x, y + 15, branch.Says, "halo", anchor: anchor);
    }

    private static string Curve(double x1, double y1, double x2, double y2)
    {
        var turn = (x1 + 2 * x2) / 3;
        return $"M{Svg.N(x1)} {Svg.N(y1)}H{Svg.N((2 * x1 + x2) / 3)}C{Svg.N(turn)} {Svg.N(y1)} "
            + $"{Svg.N(turn)} {Svg.N(y2)} {Svg.N(x2)} {Svg.N(y2)}";
    }
}
