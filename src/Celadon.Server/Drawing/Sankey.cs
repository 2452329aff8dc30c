namespace Celadon.Server.Drawing;

/// <summary>A flow from one place to another.</summary>
/// <param name="From">Where it comes from.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Value">How much; more than zero.</param>
/// <param name="Shown">What and how much, as written.</param>
/// <param name="IsLoss">True for what is lost or not metered: drawn hatched.</param>
public sealed record SankeyLink(string From, string To, double Value, string Shown, bool IsLoss = false);

/// <summary>
/// Flows as bands whose width is their amount, all in one unit, from left to right. A place stands one column
/// behind the farthest of those that give to it; a flow that leads back is drawn as it is, behind the others.
/// </summary>
/// <param name="Links">The flows.</param>
/// <param name="Notes">
/// What is written under the name of a place, by its name, and where that is explained or null.
/// </param>
public sealed record Sankey(
    IReadOnlyList<SankeyLink> Links, IReadOnlyDictionary<string, (string Text, string? Why)> Notes) : Drawing
{
    private const double Slot = 34;
    private const double Top = 6;
    private const double NodeWidth = 1;

    /// <summary>Letters of a name that a phone has room for, with another across from it.</summary>
    private const int OnPhone = 25;

    /// <summary>Columns whose names fit beside one another on a tablet.</summary>
    private const int MostNamed = 5;

    private sealed class Place(string name)
    {
        public string Name { get; } = name;
        public int Column { get; set; }
        public double In { get; set; }
        public double Out { get; set; }
        public double Y { get; set; }
        public double UsedIn { get; set; }
        public double UsedOut { get; set; }
        public double Most => Math.Max(In, Out);
    }

    /// <inheritdoc/>
    public override string Draw(string id, int? width = null)
    {
        var places = Places();
        if (places.Count == 0) return new Svg(Label, id, 40, width, Margins.None).Done();
        var columns = places.GroupBy(p => p.Column).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
        var most = columns.Max(c => c.Sum(p => p.Most));
        var tall = Math.Max(220, columns.Max(c => c.Count) * Slot * 1.5);
        // Each place keeps room for its two lines of text, however thin its band.
        var scale = columns.Min(c => (tall - c.Count * 10) / Math.Max(c.Sum(p => p.Most), most / 50));
        var byName = places.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var column in columns) Stack(column, byName, scale);
        var height = (int)Math.Ceiling(places.Max(p => p.Y + Math.Max(p.Most * scale, Slot)) + Top);
        var last = Math.Max(1, columns.Count - 1);
        double X(Place place) => place.Column * (100 - NodeWidth) / last;
        var svg = new Svg(Label, id, height, width, Margins.None);
        svg.Paths([.. Links.OrderBy(l => byName[l.To].Y).ThenByDescending(l => l.Value)
            .Select(l => (Band(l, byName, scale, X), l.IsLoss ? "unk" : "flow"))]);
        foreach (var place in places)
        {
            svg.Bar(X(place), place.Y, NodeWidth, Math.Max(1, place.Most * scale), "whole", place.Name);
            var right = place.Column == last && columns.Count > 1;
            var (x, dx, anchor) = right ? (X(place), -6, "end") : (X(place) + NodeWidth, 6, "start");
            // On a phone names from both sides meet: one in between gives way to those at the end.
            var meets = !right && place.Column > 0
                && columns[^1].Exists(other => Math.Abs(other.Y - place.Y) < Slot);
            // Names of many columns meet on anything but a wide screen: every other one gives way.
            var narrow = columns.Count > MostNamed && place.Column > 0 && (last - place.Column) % 2 == 1
                ? " widest" : "";
            if (meets || narrow.Length > 0)
                svg.Text(x, place.Y + 12, place.Name, "strong halo wider" + narrow, dx, anchor);
            else svg.Named(x, place.Y + 12, place.Name, "strong halo", OnPhone, dx, anchor);
            if (Notes.TryGetValue(place.Name, out var note))
                svg.Text(x, place.Y + 27, note.Text, place.Column is 0 || right ? "halo"
                    : "halo wider" + narrow, dx,
                    anchor, note.Why);
        }
        return svg.Done();
    }

    private List<Place> Places()
    {
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        Place Of(string name) =>
            places.TryGetValue(name, out var known) ? known : places[name] = new Place(name);
        foreach (var link in Links)
        {
            Of(link.From).Out += link.Value;
            Of(link.To).In += link.Value;
        }
        var into = Links.Where(l => l.From != l.To)
            .ToLookup(l => l.To, l => l.From, StringComparer.Ordinal);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var place in places.Values) place.Column = ColumnOf(place.Name, into, known, []);
        var used = places.Values.Select(p => p.Column).Distinct().Order().ToList();
        foreach (var place in places.Values) place.Column = used.IndexOf(place.Column);
        return [.. places.Values];
    }

    /// <summary>One behind the farthest giver; what leads back in a circle does not count.</summary>
    private static int ColumnOf(
        string place, ILookup<string, string> into, Dictionary<string, int> known, HashSet<string> way)
    {
        if (known.TryGetValue(place, out var column)) return column;
        if (!way.Add(place)) return -1;
        column = into[place].Select(from => ColumnOf(from, into, known, way) + 1).DefaultIfEmpty().Max();
        way.Remove(place);
        return known[place] = column;
    }

    /// <summary>
    /// Places of a column from the top: the first by size, the others at the height of those that give to
    /// them, so that bands cross as little as they can.
    /// </summary>
    private void Stack(List<Place> column, Dictionary<string, Place> byName, double scale)
    {
        double Wanted(Place place)
        {
            var into = Links.Where(l => l.To == place.Name && byName[l.From].Column < place.Column).ToList();
            return into.Count == 0 ? double.MaxValue : into.Sum(l => l.Value * byName[l.From].Y)
                / into.Sum(l => l.Value);
        }
        var y = Top;
        foreach (var place in column.OrderBy(Wanted).ThenByDescending(p => p.Most))
        {
            place.Y = y;
            y += Math.Max(place.Most * scale, Slot - 10) + 10;
        }
    }

    private static string Band(
        SankeyLink link, Dictionary<string, Place> places, double scale, Func<Place, double> x)
    {
        var (from, to) = (places[link.From], places[link.To]);
        var thick = Math.Max(1, link.Value * scale);
        var (y1, y2) = (from.Y + from.UsedOut, to.Y + to.UsedIn);
        from.UsedOut += link.Value * scale;
        to.UsedIn += link.Value * scale;
        var (x1, x2) = ((x(from) + NodeWidth) * 10, x(to) * 10);
        var middle = Svg.N((x1 + x2) / 2);
        string N(double value) => Svg.N(value);
        return $"M{N(x1)} {N(y1)}C{middle} {N(y1)} {middle} {N(y2)} {N(x2)} {N(y2)}V{N(y2 + thick)}"
            + $"C{middle} {N(y2 + thick)} {middle} {N(y1 + thick)} {N(x1)} {N(y1 + thick)}Z";
    }
}
