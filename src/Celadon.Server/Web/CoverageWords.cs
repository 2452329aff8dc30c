using System.Globalization;

namespace Celadon.Server.Web;

/// <summary>
/// Coverage in words, the same everywhere: what is whole of what is expected, then what is in part, estimated
/// and missing. The four add up to what is expected; a part that is none is not said.
/// </summary>
internal static class CoverageWords
{
    /// <summary>"10 of 12 records whole · 2 in part".</summary>
    public static string Of(PageContext at, Coverage coverage) => string.Join(" · ",
    [
        at.L("web.coverage.whole", ("whole", coverage.Whole), ("expected", coverage.Expected)),
        .. Rest(at, coverage.Partial, coverage.Estimated, coverage.Missing),
    ]);

    /// <summary>"10 / 12 · 2 in part": the months of one source, for a table.</summary>
    public static Words Cell(PageContext at, CoverageSource source) => new(string.Join(" · ",
    [
        string.Create(CultureInfo.InvariantCulture, $"{source.Whole} / {source.Expected}"),
        .. Rest(at, source.Partial, source.Estimated, source.Missing),
    ])) { Class = "nb" };

    private static IEnumerable<string> Rest(PageContext at, int partial, int estimated, int missing)
    {
        if (partial > 0) yield return at.L("web.coverage.partial", ("count", partial));
        if (estimated > 0) yield return at.L("web.coverage.estimated", ("count", estimated));
        if (missing > 0) yield return at.L("web.coverage.missing", ("count", missing));
    }
}
