using System.Text.Encodings.Web;
using System.Text.Json;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>What a statement says in words, from the answer and the registers.</summary>
internal sealed class StatementSentences(StatementBasis from)
{
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string Language => from.Text.Language;

    /// <summary>The organisation of the site; null where the registers name none.</summary>
    public string? Company
    {
        get
        {
            var site = from.Registers.Find<Site>(from.Report.Site);
            var organisation = site?.Organisation is { } id ? from.Registers.Find<Organisation>(id)
                : from.Registers.Of<Organisation>().ToList() is [var only] ? only : null;
            return organisation?.Name.In(Language, "") is { Length: > 0 } name ? name : null;
        }
    }

    /// <summary>What the books call the product.</summary>
    public string Product => from.Product.Name.In(Language, from.Product.Product);

    /// <summary>What is inside the gate and what is not, with the reason for each.</summary>
    public string Boundary
    {
        get
        {
            var text = from.Text;
            var site = from.Registers.Find<Site>(from.Report.Site)?.Name.In(Language, from.Report.Site)
                ?? from.Report.Site;
            var outside = from.Report.Excluded.Select(e => e.Because != "afterTheGate" ? e.Because
                : from.Product.Delivered is null ? e.Because : "betweenSites").Distinct()
                .Select(because => text.Text("web.footprint.excludes",
                    ("what", text.Text($"web.footprint.out.{because}")),
                    ("because", text.Text($"web.footprint.because.{because}")))).ToList();
            return text.Text("web.footprint.boundary", ("site", site), ("period", from.Report.Period),
                ("includes", Joined(from.Product.Stages.Select(s => text.Text(
                    $"web.footprint.in.{s.Stage}")))),
                ("excludes", outside.Count == 0 ? text.Text("web.footprint.excludes.none")
                    : string.Join(text.Text("web.footprint.excludes.join"), outside)));
        }
    }

    /// <summary>By what the products share, and why; one alone bears all.</summary>
    public string Allocation => from.Report.Key is not { } key ? from.Text.Text("web.footprint.alone")
        : from.Text.Text(from.Report.Units.IsEmpty ? "web.footprint.shared" : "web.footprint.shared.units",
            ("key", from.Text.Text($"web.footprint.key.{key.ToString().ToLowerInvariant()}")),
            ("reason", from.Report.Reason ?? ""));

    /// <summary>Names of what has no figure, each once.</summary>
    public string Unknown =>
        Joined(from.Report.Unknown.Select(u => u.Label.In(Language, u.Item)).Distinct());

    /// <summary>What is left out; null where everything has a figure.</summary>
    public string? Exempted => from.Report.Unknown.IsEmpty ? null
        : from.Text.Text("statement.exempted", ("items", Unknown));

    /// <summary>
    /// The packs and databases with factors under the total, with their editions, as JSON; null where there
    /// are none.
    /// </summary>
    public string? Sources
    {
        get
        {
            var packs = new SortedSet<string>(StringComparer.Ordinal);
            Walk(from.Product.Total, packs, new HashSet<Figure>(ReferenceEqualityComparer.Instance));
            var sources = packs.Select(from.Packs.Pack).OfType<Packs.Pack>()
                .Where(p => !p.Factors.IsEmpty || p.Lci is not null)
                .Select(p => p.Header).Select(h => new
                {
                    name = h.Title.In(Language, h.Id), version = h.Edition,
                }).ToList();
            return sources.Count == 0 ? null : JsonSerializer.Serialize(sources, Plain);
        }
    }

    /// <summary>A figure is walked once, however many sums it stands in.</summary>
    private static void Walk(Figure figure, SortedSet<string> packs, HashSet<Figure> seen)
    {
        if (!seen.Add(figure)) return;
        if (figure.Trace is Trace.PackRow row) packs.Add(row.Pack);
        foreach (var operand in Explainer.OperandsOf(figure.Trace)) Walk(operand.Figure, packs, seen);
    }

    private string Joined(IEnumerable<string> words) =>
        string.Join(from.Text.Text("web.listComma"), words);
}
