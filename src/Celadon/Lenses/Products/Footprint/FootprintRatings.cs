using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// A line of a product to be rated, with the inventory's line where it is one, else with its factor.
/// </summary>
internal sealed record RatedLine(string Stage, FootprintLine Line, InventoryLine? Of, string? Factor = null);

/// <summary>
/// Rates the data behind footprints: as stated, else by what the books know. What is not known stays unrated,
/// and every score says how much of the total it is of.
/// </summary>
internal sealed class FootprintRatings
{
    /// <summary>Decimals of a score.</summary>
    private const int Scale = 4;

    private readonly FootprintQualitySpec _asked;
    private readonly FactorLibrary _packs;
    private readonly Site? _site;
    private readonly MonthSpan _period;
    private readonly Dictionary<string, bool> _covered;
    private readonly string[] _indicators;
    private readonly HashSet<int> _used = [];

    private FootprintRatings(FootprintQualitySpec asked, FootprintSpec spec, View view, FactorLibrary packs,
        InventoryReport inventory)
    {
        (_asked, _packs, _period) = (asked, packs, spec.Period);
        _site = view.Registers.Find<Site>(spec.Site);
        _covered = inventory.Coverage.GroupBy(c => c.Resource, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.All(c => c.Percent == 100), StringComparer.Ordinal);
        _indicators = Of(asked.Scheme);
        Check();
    }

    /// <summary>The ratings that are asked for; null where none are.</summary>
    public static FootprintRatings? Of(FootprintSpec spec, View view, FactorLibrary packs,
        InventoryReport inventory) =>
        spec.Quality is { } asked ? new FootprintRatings(asked, spec, view, packs, inventory) : null;

    /// <summary>The indicators of a scheme.</summary>
    private static string[] Of(FootprintScheme scheme) => scheme switch
    {
        FootprintScheme.Pact => ["technology", "geography", "time"],
        FootprintScheme.Pef => ["technology", "geography", "time", "precision"],
        _ => ["technology", "time", "geography", "completeness", "reliability"],
    };

    private static readonly string[] All =
        ["technology", "geography", "time", "precision", "completeness", "reliability"];

    private string Prefix => _asked.Scheme switch
    {
        FootprintScheme.Pact => "quality/pact/",
        FootprintScheme.Pef => "quality/pef/",
        _ => "quality/ghg-protocol/",
    };

    private void Check()
    {
        if (_asked.FromBooks && _asked.Scheme != FootprintScheme.GhgProtocol)
            throw Refusal.At("products.footprint.fromBooks", "/quality/fromBooks");
        var (best, worst) = (Rule("best") ?? throw Refusal.At("products.footprint.noRule", "/quality/scheme",
            ("id", Prefix + "best")), Rule("worst"));
        for (var i = 0; i < _asked.Ratings.Length; i++)
        {
            var rating = _asked.Ratings[i];
            foreach (var indicator in All)
            {
                if (rating.Of(indicator) is not { } value) continue;
                var at = $"/quality/ratings/{i}/{indicator}";
                if (!_indicators.Contains(indicator))
                    throw Refusal.At("products.footprint.indicator", at);
                if (value < best.Value || (worst is not null && value > worst.Value))
                    throw Refusal.At("products.footprint.rating", at, ("given", value), ("scale",
                        worst is null ? $"≥ {best.Value}" : $"{best.Value} – {worst.Value}"));
            }
        }
    }

    /// <summary>A rating that is of no line is refused: it was meant for one.</summary>
    public void CheckUsed(IEnumerable<string> items)
    {
        for (var i = 0; i < _asked.Ratings.Length; i++)
            if (!_used.Contains(i))
                throw Refusal.At("products.footprint.ratingOf", $"/quality/ratings/{i}/item",
                    ("item", _asked.Ratings[i].Item), ("items", string.Join(", ", items.Distinct())));
    }

    /// <summary>What the reader must know of the figures that the scheme sets.</summary>
    public static IEnumerable<Finding> Findings()
    {
        yield return Finding.Of("products.footprint.qualityScale", Severity.Info,
            new Place(Pointer: "/quality/scheme"));
    }

    /// <summary>The quality of a product's data.</summary>
    /// <param name="product">Id of the product.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="percent">Part and whole as a percentage.</param>
    /// <param name="total">All of them together.</param>
    public FootprintQuality Of(string product, IReadOnlyList<RatedLine> lines,
        Func<Figure, Figure, Figure> percent, Figure total)
    {
        var rated = lines.Select(l => (Line: l, Ratings: RatingsOf(product, l))).ToList();
        // Where credits stand among burdens both count by their size, or a share could exceed the whole.
        var all = lines.Any(l => l.Line.Part.Value.Sign < 0) ? Sizes(lines) : total;
        Figure Sizes(IEnumerable<RatedLine> of) => Figure.Sum(total.Unit,
            [.. of.Select(l => (l.Line.Traced, FootprintRuleValues.Size(l.Line.Part)))]);
        Figure Share(IEnumerable<RatedLine> of) => percent(Sizes(of), all);
        var indicators = _indicators.Select(name =>
        {
            var known = rated
                .Select(r => (r.Line, r.Ratings.FirstOrDefault(x => x.Indicator == name)?.Rating))
                .Where(r => r.Rating is not null).Select(r => (r.Line, r.Rating!)).ToList();
            return new FootprintIndicator(name, Weighted(known), Share(known.Select(k => k.Line)));
        }).ToImmutableArray();
        var whole = rated.Select(r => (r.Line, Score: Mean(r.Ratings))).ToList();
        var scored = whole.Where(w => w.Score is not null).Select(w => (w.Line, w.Score!)).ToList();
        var score = Weighted(scored);
        return new FootprintQuality(_asked.Scheme, indicators, score, LevelOf(score),
            Share(scored.Select(s => s.Line)),
            [.. rated.Zip(whole, (r, w) => new FootprintRatedLine(r.Line.Line.Item, r.Line.Line.Label,
                r.Line.Line.Title, r.Line.Stage, r.Line.Line.Share, r.Ratings, w.Score))
                .OrderByDescending(l => l.Share.Value)]);
    }

    private ImmutableArray<FootprintRated> RatingsOf(string product, RatedLine line)
    {
        var stated = _asked.Ratings.Select((r, i) => (Rating: r, i)).Where(r =>
            r.Rating.Item == line.Line.Item
            && (r.Rating.Stage ?? line.Stage) == line.Stage
            && (r.Rating.Product ?? product) == product).ToList();
        if (stated.Count > 1)
            throw Refusal.At("products.footprint.ratedTwice", $"/quality/ratings/{stated[1].i}",
                ("item", line.Line.Item));
        foreach (var (_, i) in stated) _used.Add(i);
        var found = ImmutableArray.CreateBuilder<FootprintRated>();
        foreach (var name in _indicators)
        {
            if (stated is [var one] && one.Rating.Of(name) is { } value)
                found.Add(new FootprintRated(name, new Figure(value, "",
                    new Trace.Given($"/quality/ratings/{one.i}/{name}")), "stated"));
            else if (_asked.FromBooks && (line.Of is { } known ? FromBooks(name, known)
                : name == "time" && line.Factor is { } factor ? AgeOf(factor) : null) is { } figure)
                found.Add(new FootprintRated(name, figure, "books"));
        }
        return found.ToImmutable();
    }

    /// <summary>What the books know of a line; null where they cannot tell.</summary>
    private Figure? FromBooks(string indicator, InventoryLine line) => indicator switch
    {
        "time" => AgeOf(line.FactorId),
        "geography" => _site is not null && line.Flags.All(f => f.Code != "wider-place")
            && _packs.Factor(line.FactorId) is { } row
            && (row.Place == _site.Country || row.Place == _site.Region) ? Known("geography") : null,
        "completeness" => !line.Partial && _covered.GetValueOrDefault(line.Resource)
            ? Known("completeness") : null,
        "reliability" => line.Basis is Basis.Measured or Basis.Invoiced && line.Estimated is null
            ? Known("reliability") : null,
        _ => null,
    };

    private Figure? Known(string indicator) => Rule($"books/{indicator}") is { } rule
        ? new Figure(rule.Value, "", new Trace.Formula($"formula.products.footprint.rated.{indicator}",
            [new("operand.rule", rule)])) : null;

    /// <summary>
    /// Years between the data of the factor and the end of the period, against the bounds of the levels;
    /// older than all of them is the worst.
    /// </summary>
    private Figure? AgeOf(string? factor)
    {
        if (factor is null || _packs.Factor(factor) is not { DataYear: { } year }
            || Rule("worst") is not { } worst)
            return null;
        var age = new Figure(Math.Abs(_period.Last.Year - year), "a",
            new Trace.Constant("constant.products.footprint.dataYear"));
        for (var level = 1; level < worst.Value; level++)
        {
            if (Rule($"time/{level}") is not { } bound) return null;
            if (age.Value < bound.Value) return Aged(level, age, bound);
        }
        return Aged(worst.Value, age, worst);
    }

    private static Figure Aged(Amount level, Figure age, Figure bound) => new(level, "",
        new Trace.Formula("formula.products.footprint.rated.time",
            [new("operand.years", age), new("operand.rule", bound)]));

    private Figure? Mean(ImmutableArray<FootprintRated> ratings) => ratings.Length < _indicators.Length ? null
        : new Figure(Amount.Divide(ratings.Aggregate(Amount.Zero, (sum, r) => sum + r.Rating.Value),
            ratings.Length, Scale), "", new Trace.Formula("formula.products.footprint.mean",
            [.. ratings.Select(r => new Operand($"operand.{r.Indicator}", r.Rating))]));

    /// <summary>Σ rating × emissions ÷ Σ emissions, both by size, so that it stays on the scale.</summary>
    private static Figure? Weighted(List<(RatedLine Line, Figure Rating)> all)
    {
        var parts = all.Select(p => (p.Line, p.Rating, Size: FootprintRuleValues.Size(p.Line.Line.Part)))
            .ToList();
        var weights = parts.Aggregate(Amount.Zero, (sum, p) => sum + p.Size.Value);
        if (weights.Sign <= 0) return null;
        var products = parts.Aggregate(Amount.Zero, (sum, p) => sum + p.Size.Value * p.Rating.Value);
        return new Figure(Amount.Divide(products, weights, Scale), "", new Trace.Formula(
            "formula.products.footprint.quality", [.. parts.SelectMany(p => (Operand[])
                [new(p.Line.Line.Traced, p.Rating), new("operand.emissions", p.Size)])]));
    }

    private static readonly string[] Levels = ["excellent", "veryGood", "good", "fair"];

    /// <summary>The first level whose bound the score does not pass; beyond all of them "poor".</summary>
    private string? LevelOf(Figure? score)
    {
        if (score is null || Rule("level/" + Levels[0]) is null) return null;
        return Levels.FirstOrDefault(l => Rule("level/" + l) is { } bound && score.Value <= bound.Value)
            ?? "poor";
    }

    private Figure? Rule(string id) => FootprintRuleValues.Named(_packs, Prefix + id);
}
