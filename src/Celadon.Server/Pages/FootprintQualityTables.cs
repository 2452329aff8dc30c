using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The quality of a footprint's data in tables: the indicators, then the lines.</summary>
internal static class FootprintQualityTables
{
    /// <summary>The tables; empty ones where no rating was asked for.</summary>
    public static IEnumerable<Table> Of(PageContext at, Spot product)
    {
        var name = product["name"].In(at.Text.Language);
        var quality = product["quality"];
        var indicators = quality.Exists ? quality["indicators"].Items : [];
        yield return new Table("quality", at.L("web.footprint.quality", ("product", name)),
        [
            new("indicator", at.L("web.footprint.quality.indicator")),
            new("score", at.L("web.footprint.quality.score"), Align.Number),
            new("rated", at.L("web.footprint.quality.rated")),
        ], [.. indicators.Select(i => Row.Of(new Words(NameOf(at, i["name"].Text)) { Key = i["name"].Text },
            Score(at, i["score"]), FootprintTables.Share(at, i["share"])))])
        {
            Total = quality.Exists ? Row.Of(new Words(at.L("web.footprint.quality.all")),
                Score(at, quality["score"]), FootprintTables.Share(at, quality["share"])) : null,
        };
        yield return new Table("quality-lines", at.L("web.footprint.quality.lines", ("product", name)),
        [
            new("line", at.L("web.col.line")), new("stage", at.L("web.footprint.stage")),
            new("share", at.L("web.col.share")),
            .. indicators.Select(i => new Column(i["name"].Text!, NameOf(at, i["name"].Text), Align.Number)),
            new("mean", at.L("web.footprint.quality.mean"), Align.Number),
        ], [.. (quality.Exists ? quality["lines"].Items : []).Select(line => new Row(
        [
            FootprintTables.Named(at, line), new Words(at.L($"web.footprint.stage.{line["stage"].Text}")),
            FootprintTables.Share(at, line["share"]),
            .. indicators.Select(i => Rated(at, line["ratings"].Items
                .FirstOrDefault(r => r["indicator"].Text == i["name"].Text))),
            Score(at, line["score"]),
        ]))]);
    }

    /// <summary>A score as it is; a dash for none.</summary>
    public static Cell Score(PageContext at, Spot spot) => spot.Value is not { } value
        ? new Words("–") { Class = "quiet" }
        : new Number(value, "", Show.Fixed(value, 2), at.Why(spot.Asked, spot.Pointer));

    private static Cell Rated(PageContext at, Spot rated) => !rated.Exists
        ? new Words("–") { Class = "quiet" }
        : Score(at, rated["rating"]);

    private static string NameOf(PageContext at, string? indicator) =>
        at.L($"web.footprint.quality.{indicator}");
}
