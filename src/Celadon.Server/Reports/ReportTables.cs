using Celadon.Server.Web;

namespace Celadon.Server.Reports;

/// <summary>Tables and sentences that several reports share.</summary>
internal static class ReportTables
{
    /// <summary>The categories of Scope 3 with lines, heaviest first.</summary>
    public static IEnumerable<Spot> Heaviest(Spot account) => account["scope3"]["categories"].Items
        .OrderByDescending(c => c["total"]["kgco2e"].Value ?? 0);

    /// <summary>All fifteen categories of Scope 3, those without a line too.</summary>
    public static IEnumerable<(int Category, string Title, Spot? Lines)> Categories(PageContext at,
        Spot account)
    {
        var known = account["scope3"]["categories"].Items.ToDictionary(c => c["category"].Text ?? "");
        foreach (var category in Enumerable.Range(1, 15))
        {
            var number = category.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var title = at.Books.Library.Category("3", number)?.Title.In(at.Text.Language, number) ?? number;
            yield return (category, title, known.TryGetValue(number, out var lines) ? lines : null);
        }
    }

    /// <summary>What a short table of Scope 3 does not show.</summary>
    public static IEnumerable<Sentence> Further(PageContext at, Spot account, int shown)
    {
        var total = account["scope3"]["total"];
        if (!total["kgco2e"].Exists) yield break;
        var more = account["scope3"]["categories"].Items.Count - shown;
        yield return more > 0
            ? Sentence.Of(at, "report.site.further", ("count", more),
                ("total", total["kgco2e"].Cell(at, true)))
            : Sentence.Of(at, "report.site.scope3", ("total", total["kgco2e"].Cell(at, true)));
    }

    /// <summary>A share in percent, one decimal.</summary>
    public static Cell Percent(PageContext at, Spot percent) => percent.Cell(at) is Number number
        ? number with { Shown = Show.Percent(at.Text, Show.Fixed(number.Value, 1)) } : new Unknown();

    /// <summary>A table as it stands in a file: no link leads to a page that is not there.</summary>
    public static Table Plain(Table table) => table with
    {
        Columns = [.. table.Columns.Select(c => c with { Sort = null })],
        Rows = [.. table.Rows.Select(Plain)],
        Total = table.Total is { } total ? Plain(total) : null,
        Pager = null,
    };

    private static Row Plain(Row row) => row with
    {
        Cells = [.. row.Cells.Select(c => c switch
        {
            Words words => words with
            {
                Href = null, Tags = [.. words.Tags.Select(t => (t.Text, (string?)null))],
            },
            Web.Plain plain => plain with { Href = null },
            _ => c,
        })],
    };
}
