using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>
/// After how many uses a reusable product is better, with what is not known exactly; to three digits, since
/// nobody uses a millionth of a cup. The file has all there are.
/// </summary>
public sealed class BreakEvenPage(PageContext at)
    : ProductAnswerPage(at, "products.breakEven", "breakEven")
{
    private static readonly string[] Numbers = ["saved", "uses", "fewest", "most", "from"];

    /// <inheritdoc/>
    protected override Sentence Found => Sentence.Of(At, "web.products.breakEven.found",
        ("from", Exact(Report["from"], shown: Report["from"].Value is { } uses ? Show.Fixed(uses, 0) : null)),
        ("saved", Exact(Report["saved"], withUnit: true, Shown(Report["saved"]))));

    /// <inheritdoc/>
    protected override IEnumerable<Table> Answered =>
    [
        new("numbers", At.L("web.products.breakEven.caption"),
            [
                new("fact", At.L("web.products.fact")),
                new("value", At.L("web.products.number"), Align.Number),
            ],
            [.. Numbers.Select(n => Row.Of(new Words(At.L($"web.products.breakEven.{n}")) { Key = n },
                Counted(Exact(Report[n], withUnit: true, Shown(Report[n])))))]),
    ];

    /// <summary>Uses are counted in a word, which is of the page's language.</summary>
    private Cell Counted(Cell cell) => cell is Number { Unit: "use" } number
        ? number with { ShownUnit = At.L("web.products.uses", ("n", number.Shown)) } : cell;

    private static string? Shown(Spot spot) =>
        spot.Value is { } value && value.Round(0) != value ? Show.Short(value) : null;
}
