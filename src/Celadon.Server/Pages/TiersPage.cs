using System.Text.Json.Nodes;
using Celadon.Registers;
using Celadon.Server.Drawing;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>Grid intensities of countries by year against the report's bands.</summary>
public sealed class TiersPage : Page
{
    private const int MostCountries = 4;

    /// <summary>Makes the page.</summary>
    public TiersPage(PageContext at) : base(at)
    {
        Countries = [.. (at["countries"]?.Split(',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            ?? at.Books.Registers.Of<Site>().Select(s => s.Country).Concat(["GB", "CN"]))
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(MostCountries)];
        try
        {
            var spec = new JsonObject
            {
                ["countries"] = new JsonArray(
                [.. Countries.Select(c => (JsonNode)c)])
            };
            Asked = at.Books.Ask("carbon.tierHistory", spec.ToJsonString(), at.Number("at"),
                at.Http.RequestAborted);
            Report = Spot.Of(Asked);
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
        }
    }

    /// <summary>Countries shown, by code.</summary>
    public IReadOnlyList<string> Countries { get; }

    /// <summary>The answer, or null when it was refused.</summary>
    public Asked? Asked { get; }

    /// <summary>Its report.</summary>
    public Spot Report { get; }

    /// <summary>Why there is no answer.</summary>
    public Finding? Refused { get; }

    /// <summary>Countries that can be added, by name.</summary>
    public IEnumerable<(string Code, string Name)> Others => At.Books.Library.Intensity.Rows
        .Where(r => r.IsCountry).DistinctBy(r => r.Code)
            .Select(r => (r.Code, Name: r.Name.In(At.Text.Language, r.Code)))
        .OrderBy(c => c.Name, StringComparer.Create(At.Text.Culture, true));

    /// <inheritdoc/>
    public override string Section => "carbon";

    /// <inheritdoc/>
    public override string Tab => "tiers";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(TiersView);

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => Asked is null ? [] : [History];

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Asked is null ? [] : [Latest];

    /// <inheritdoc/>
    public override JsonObject Data => Asked is null ? []
        : new() { ["answer"] = JsonNode.Parse(AnswerJson.Write(Asked)) };

    /// <inheritdoc/>
    public override string Title => At.L("web.tiers.title");

    /// <summary>The latest year of each country with its band and its last move.</summary>
    public Table Latest => new("latest", At.L("web.tiers.latest"),
    [
        new("country", At.L("web.col.country")), new("year", At.L("web.col.year"), Align.Number),
        new("intensity", "kg CO₂e/kWh", Align.Number), new("band", At.L("web.col.band")),
        new("move", At.L("web.col.move")),
    ], [.. Report["countries"].Items.Select(country =>
    {
        var year = country["years"].Items[^1];
        var moves = country["moves"].Items;
        return Row.Of(new Words(country["name"].In(At.Text.Language)) { Key = country["code"].Text },
            new Words(year["year"].Text ?? ""), year["intensity"].Cell(At),
            new Words(BandOf(year["band"])) { Key = year["band"]["group"].Text },
            new Words(moves.Count == 0 ? At.L("web.tiers.noMove") : MoveOf(moves[^1])));
    })]);

    /// <summary>The series against the bands.</summary>
    public Chart History
    {
        get
        {
            var countries = Report["countries"].Items;
            var series = countries.Select(c =>
            {
                var years = c["years"].Items;
                var last = years[^1];
                return new TierSeries(c["name"].In(At.Text.Language),
                    $"{Show.Brief(last["intensity"].Value!.Value)} · "
                        + At.L("web.tiers.group", ("group", last["band"]["group"].Text ?? "")),
                    [.. years.Select(y => (
                        int.Parse(y["year"].Text!, System.Globalization.CultureInfo.InvariantCulture),
                        y["intensity"].Value!.Value.ToDouble()))])
                {
                    Why = At.Why(last["intensity"].Asked, last["intensity"].Pointer),
                };
            }).ToList();
            var title = countries.SelectMany(c => c["moves"].Items.Select(m => (Country: c, Move: m)))
                .OrderByDescending(m => m.Move["year"].Text, StringComparer.Ordinal)
                .Select(m => At.L("web.tiers.sentence", ("country", m.Country["name"].In(At.Text.Language)),
                    ("move", MoveOf(m.Move))))
                .FirstOrDefault() ?? At.L("web.tiers.still");
            return new Chart("tiers", title, At.L("web.tiers.small",
                ("edition", Report["edition"].Text ?? "")),
                new Drawing.Tiers(Bands(), series, "kg/kWh") { Label = title }, Twin(countries),
                At.L("web.tiers.source"));
        }
    }

    private Band[] Bands()
    {
        var bands = At.Books.Library.Intensity.Bands;
        string[] looks = ["low", "middle", "high"];
        return [.. bands.Select((band, i) => new Band(i == 0 ? 0 : Edge(bands[i - 1].Upper, band.Lower),
            i + 1 < bands.Length ? Edge(band.Upper, bands[i + 1].Lower) : null,
            $"{At.L("web.tiers.group", ("group", band.Group))} · {Limits(band)}",
            looks[Math.Min(i, looks.Length - 1)]))];
    }

    private string Limits(Packs.IntensityBand band) => (band.Lower, band.Upper) switch
    {
        (null, { } upper) => At.L("web.tiers.upTo", ("upper", upper)),
        ({ } lower, null) => At.L("web.tiers.above", ("lower", lower)),
        ({ } lower, { } upper) => At.L("web.tiers.between", ("lower", lower), ("upper", upper)),
        _ => band.Name.In(At.Text.Language, band.Group),
    };

    /// <summary>
    /// Printed bands leave a gap that rounding closes; the drawing puts its edge in the middle.
    /// </summary>
    private static double Edge(Quantities.Amount? upper, Quantities.Amount? lower) =>
        ((upper ?? lower)!.Value.ToDouble() + (lower ?? upper)!.Value.ToDouble()) / 2;

    private Table Twin(IReadOnlyList<Spot> countries)
    {
        var years = countries.SelectMany(c => c["years"].Items.Select(y => y["year"].Text!)).Distinct()
            .Order(StringComparer.Ordinal);
        return new Table("history", At.L("web.tiers.history"), [new("year", At.L("web.col.year")),
            .. countries.Select(c => new Column(c["code"].Text!, c["name"].In(At.Text.Language),
            Align.Number))],
            [.. years.Select(year => new Row([new Words(year), .. countries.Select(c =>
            {
                var item = c["years"].Items.FirstOrDefault(y => y["year"].Text == year);
                return item.Exists ? item["intensity"].Cell(At) : new Unknown();
            })]))])
        {
            Class = "tight",
        };
    }

    private string BandOf(Spot band) =>
        At.L("web.tiers.band", ("group", band["group"].Text ?? ""), ("tier", band["tier"].Text ?? ""),
        ("name", band["name"].In(At.Text.Language)));

    private string MoveOf(Spot move) => At.L(move["down"].IsTrue ? "web.tiers.down" : "web.tiers.up",
        ("year", move["year"].Text ?? ""), ("from", move["from"].Text ?? ""), ("to", move["to"].Text ?? ""));
}
