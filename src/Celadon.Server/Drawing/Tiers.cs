namespace Celadon.Server.Drawing;

/// <summary>A band of intensity with its name: colour, name and number together.</summary>
/// <param name="From">Lower limit.</param>
/// <param name="To">Upper limit; null for the open one.</param>
/// <param name="Name">Name with its limits.</param>
/// <param name="Look">"low", "middle", "high".</param>
public sealed record Band(double From, double? To, string Name, string Look);

/// <summary>A country's intensity over the years.</summary>
/// <param name="Name">The country.</param>
/// <param name="Note">Its latest number and group.</param>
/// <param name="Points">Year and intensity, in order.</param>
public sealed record TierSeries(string Name, string Note, IReadOnlyList<(int Year, double Value)> Points)
{
    /// <summary>Where its latest number is explained, or null.</summary>
    public string? Why { get; init; }
}

/// <summary>Grid intensity by year against named bands; lines differ in dash as well as in colour.</summary>
/// <param name="Bands">From the lowest up.</param>
/// <param name="Series">At most four.</param>
/// <param name="Unit">Unit of the intensities.</param>
public sealed record Tiers(IReadOnlyList<Band> Bands, IReadOnlyList<TierSeries> Series, string Unit) : Drawing
{
    private const int Tall = 360;
    private const double Top = 28;
    private const double Floor = Tall - 28;

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var points = Series.SelectMany(s => s.Points).ToList();
        if (points.Count == 0) return new Svg(Label, id, Tall, width, Margins.Ends).Done();
        int first = points.Min(p => p.Year), last = Math.Max(first + 1, points.Max(p => p.Year));
        var axis = new Axis(Math.Max(points.Max(p => p.Value), Bands.Max(b => b.From) * 1.2));
        double X(double year) => (year - first) / (last - first) * 100;
        double Y(double value) => Floor - Math.Min(value, axis.Most) / axis.Most * (Floor - Top);
        var svg = new Svg(Label, id, Tall, width, Margins.Ends);
        foreach (var band in Bands)
        {
            var top = Y(band.To ?? axis.Most);
            svg.Bar(0, top, 100, Y(band.From) - top, band.Look);
        }
        svg.YAxis(axis, Y, Unit);
        var every = Math.Max(1, (last - first + 4) / 5);
        for (var year = first; year <= last; year += every)
            svg.Text(X(year), Tall - 8, $"{year}", (year - first) / every % 2 == 1 ? "wider" : "",
                anchor: year == first ? "start" : "middle");
        svg.Paths([.. Series.Select((s, i) => (Path(s, X, Y), $"ln c{i + 1}"))]);
        foreach (var band in Bands)
        {
            var at = Y(band.To ?? axis.Most) + 16;
            svg.Text(Clear(band.Name, at, X, Y), at, band.Name, "say", dx: 8);
        }
        var labels = Spread([.. Series.Select(s => Y(s.Points[^1].Value))]);
        for (var i = 0; i < Series.Count; i++)
        {
            var (year, value) = Series[i].Points[^1];
            svg.Dot(X(year), Y(value), 3.5, $"c{i + 1}f");
            svg.Text(X(year), labels[i] + 1, Series[i].Name, "strong", dx: 10);
            svg.Text(X(year), labels[i] + 16, Series[i].Note, dx: 10, why: Series[i].Why);
        }
        return svg.Done();
    }

    /// <summary>
    /// Where along the band its name stands in nobody's way: the first of some places that no line comes
    /// near, else the left edge. A letter takes about 0.8 % of the width, a Chinese one twice that.
    /// </summary>
    private double Clear(string name, double at, Func<double, double> x, Func<double, double> y)
    {
        var wide = name.Sum(c => c > 0x2E80 ? 1.6 : 0.8) + 1;
        for (var left = 0.0; left + wide <= 100; left += 5)
            if (!Series.Any(s => Touches(s, left, left + wide))) return left;
        return 0;

        bool Touches(TierSeries series, double from, double to)
        {
            for (var i = 1; i < series.Points.Count; i++)
            {
                var (before, after) = (series.Points[i - 1], series.Points[i]);
                if (x(after.Year) < from || x(before.Year) > to) continue;
                var (a, b) = (y(before.Value), y(after.Value));
                if (Math.Max(a, b) > at - 16 && Math.Min(a, b) < at + 8) return true;
            }
            return false;
        }
    }

    private static string Path(TierSeries series, Func<double, double> x, Func<double, double> y) =>
        "M" + string.Join("L", series.Points.Select(p => $"{Svg.N(x(p.Year) * 10)} {Svg.N(y(p.Value))}"));

    /// <summary>Labels at line ends, moved apart where lines end close together.</summary>
    private static double[] Spread(double[] wanted)
    {
        const double Apart = 34;
        var order = Enumerable.Range(0, wanted.Length).OrderBy(i => wanted[i]).ToArray();
        for (var i = 1; i < order.Length; i++)
            wanted[order[i]] = Math.Max(wanted[order[i]], wanted[order[i - 1]] + Apart);
        for (var i = order.Length - 1; i >= 0; i--)
        {
            var limit = i == order.Length - 1 ? Floor - 12 : wanted[order[i + 1]] - Apart;
            wanted[order[i]] = Math.Min(wanted[order[i]], limit);
        }
        return wanted;
    }
}
