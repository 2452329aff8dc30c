using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>What comes after the scores, in tables: damage categories, normalisation, weighting.</summary>
internal sealed class AssessAfterTables(AssessPage page, AssessTables tables)
{
    private PageContext At => page.At;

    private Spot Weighting => page.Report["weighting"];

    /// <summary>Damage categories of the method.</summary>
    public Table Damages => new("damages", At.L("web.assess.damages"),
        [
            new("damage", At.L("web.assess.damage")), new("method", At.L("web.assess.method")),
            new("score", At.L("web.assess.score"), Align.Number),
        ],
        [.. page.Report["damages"].Items.Select(d => Row.Of(
            new Words(d["name"].In(At.Text.Language)) { Key = d["id"].Text },
            new Words(d["method"].Text ?? ""), tables.Exact(d["score"], withUnit: true)))]);

    /// <summary>Scores by the set that was asked for; without weights no column of them, and no
    /// total.</summary>
    public Table Weighted
    {
        get
        {
            var weights = Weighting["set"]["weights"].IsTrue;
            IEnumerable<Column> columns =
            [
                new("category", At.L("web.assess.category")),
                new("score", At.L("web.assess.score"), Align.Number),
                new("normalised", At.L("web.assess.normalised"), Align.Number),
                new("weighted", WeightedHead, Align.Number),
            ];
            return new Table("weighting", Caption, [.. columns.Where(c => weights || c.Key != "weighted")],
                [.. Weighting["rows"].Items.Select(r => Row.Of([
                    new Words(r["name"].In(At.Text.Language)) { Key = r["id"].Text },
                    tables.Exact(r["score"], withUnit: true), tables.Exact(r["normalised"]),
                    .. weights ? new[] { tables.Exact(r["weighted"]) } : []]))])
            {
                Total = Weighting["total"].Value is null ? null : Row.Of(
                    new Words(At.L("web.assess.weightedTotal")), Cell.Empty, Cell.Empty,
                    tables.Exact(Weighting["total"])),
            };
        }
    }

    private string Caption => At.L("web.assess.weighting.of", ("set", Weighting["set"]["name"].Text ?? ""),
        ("method", Weighting["set"]["method"].Text ?? ""));

    private string WeightedHead => Weighting["unit"].Text is { Length: > 0 } unit
        ? At.L("web.assess.in", ("what", At.L("web.assess.weighted")), ("unit", Show.Unit(unit)))
        : At.L("web.assess.weighted");
}
