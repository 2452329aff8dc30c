using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The samples of a score in tables: quantiles, and what makes the samples differ.</summary>
internal sealed class AssessSampleTables(AssessPage page, AssessTables tables)
{
    private PageContext At => page.At;

    private Spot Spread => page.Detail["monteCarlo"];

    /// <summary>Mean, deviation and quantiles.</summary>
    public Table Quantiles => new("quantiles", At.L("web.assess.quantiles"),
        [
            new("of", At.L("web.assess.quantile")),
            new("value", At.L("web.assess.in", ("what", At.L("web.assess.score")),
                ("unit", Show.Unit(page.Detail["score"].Unit))), Align.Number),
        ],
        !Spread.Exists ? [] : [.. ((string[])
            ["mean", "standardError", "deviation", "low", "lowerQuarter", "median", "upperQuarter", "high"])
            .Select(q => Row.Of(new Words(At.L($"web.assess.quantile.{q}")) { Key = q },
                tables.Exact(Spread[q])))]);

    /// <summary>The uncertain amounts that make most of the variance.</summary>
    public Table Variance => new("variance", At.L("web.assess.variance"),
        [
            new("amount", At.L("web.assess.variance.of")), new("process", At.L("web.assess.process")),
            new("part", At.L("web.assess.variance.part"), Secondary: true),
            new("share", At.L("web.assess.variance.share"), Align.Number),
            new("rank", At.L("web.assess.variance.rank"), Align.Number),
        ],
        [
            .. Spread["variance"].Items.Select(v => Row.Of(new Words(Called(v))
                {
                    Below = v["provider"].Text is { } by ? At.L("web.assess.variance.by", ("process", by))
                        : null,
                },
                new Words(v["process"].Text ?? ""),
                new Words(At.L(v["part"].Text ?? "")) { Key = v["part"].Text }, Share(v["share"]),
                tables.Exact(v["rank"]))),
            .. Spread["varianceRest"].Value is { IsZero: false }
                ? [Row.Of(new Words(At.L("web.assess.variance.rest")) { Key = "rest" }, Cell.Empty,
                    Cell.Empty, Share(Spread["varianceRest"]), Cell.Empty) with { IsRest = true }]
                : Array.Empty<Row>(),
        ]);

    /// <summary>The flow, or the parameter that several amounts may follow.</summary>
    internal static string Called(Spot share) =>
        share["parameter"].Text ?? share["flow"].Text ?? "";

    private Cell Share(Spot share) => share.Value is not { } percent ? Cell.Empty
        : new Share(percent, Show.Percent(At.Text, Show.Fixed(percent, 1)))
        {
            Why = At.Why(share.Asked, share.Pointer),
        };
}
