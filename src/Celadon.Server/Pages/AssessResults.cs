using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>An assessment as one list of numbers.</summary>
internal static class AssessResults
{
    private static readonly string[] Rests = ["restBurdens", "restCredits"];

    private static readonly string[] OfSamples =
        ["mean", "standardError", "deviation", "low", "lowerQuarter", "median", "upperQuarter", "high"];

    /// <summary>Scores of all categories; of the one that is shown what lies behind it.</summary>
    public static Table Of(AssessPage page)
    {
        var at = page.At;
        var list = new ResultTable(at, page.Database, page.MethodSaid);
        string NameOf(Spot spot) => spot.In(at.Text.Language);
        foreach (var category in page.Report["categories"].Items)
            list.Add("scores", NameOf(category["name"]), category["id"].Text, NameOf(category["name"]),
                category["score"]);
        var (detail, name) = (page.Detail, NameOf(page.Detail["name"]));
        foreach (var part in (string[])["processes", "flows", "firstTier"])
        {
            foreach (var item in detail[part]["top"].Items)
                list.Add(part, name, item["id"].Text, item["name"].Text ?? "", item["score"]);
            foreach (var rest in Rests)
                list.Add(part, name, rest, at.L($"web.assess.{rest}",
                    ("n", detail[part]["restCount"].Text ?? "")), detail[part][rest]);
        }
        foreach (var branch in detail["tree"]["branches"].Items)
            list.Add("tree", name, branch["id"].Text, branch["name"].Text ?? "", branch["score"]);
        foreach (var of in OfSamples)
            list.Add("quantiles", name, of, at.L($"web.assess.quantile.{of}"), detail["monteCarlo"][of]);
        foreach (var share in detail["monteCarlo"]["variance"].Items)
            list.Add("variance", name, share["process"].Text, AssessSampleTables.Called(share),
                share["share"]);
        return list.Table;
    }
}
