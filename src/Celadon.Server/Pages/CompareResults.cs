using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>A comparison as one list of numbers.</summary>
internal static class CompareResults
{
    private static readonly string[] OfSamples =
        ["mean", "median", "deviation", "low", "high", "firstLower", "secondLower", "equal"];

    /// <summary>Every category's scores and differences; of the one that is shown what makes them.</summary>
    public static Table Of(ComparePage page)
    {
        var at = page.At;
        var list = new ResultTable(at, page.Database, page.MethodSaid);
        foreach (var category in page.Report["categories"].Items)
        {
            var name = category["name"].In(at.Text.Language);
            foreach (var score in category["scores"].Items)
                list.Add("scores", name, category["id"].Text, score["alternative"].Text ?? "",
                    score["score"]);
            foreach (var pair in category["differences"].Items)
            {
                list.Add("difference", name, category["id"].Text, pair["second"].Text ?? "",
                    pair["difference"]);
                foreach (var of in OfSamples)
                    list.Add("quantiles", name, of, pair["second"].Text ?? "", pair["monteCarlo"][of]);
            }
        }
        foreach (var part in page.Pair["processes"]["top"].Items)
            list.Add("differences", page.CategoryName, part["id"].Text, part["name"].Text ?? "",
                part["difference"]);
        foreach (var rest in (string[])["restMore", "restLess"])
            list.Add("differences", page.CategoryName, rest, at.L(rest == "restMore" ? "web.compare.more"
                : "web.compare.less"), page.Pair["processes"][rest]);
        return list.Table;
    }
}
