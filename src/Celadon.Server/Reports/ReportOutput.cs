using System.Text;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Reports;

/// <summary>The forms in which a report is written out, by the ending of a file name.</summary>
public static class ReportOutput
{
    /// <summary>The form of a file's name: "html", "pdf", "xlsx", "zip".</summary>
    /// <exception cref="RefusedException">report.kind: none of them.</exception>
    public static string KindOf(string path)
    {
        var ending = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        return Types.ContainsKey(ending) ? ending
            : throw RefusedException.Of("report.kind", ("file", Path.GetFileName(path)),
                ("kinds", string.Join(", ", Types.Keys.Order().Select(k => "." + k))));
    }

    /// <summary>Media types by form.</summary>
    public static IReadOnlyDictionary<string, string> Types { get; } = new Dictionary<string, string>
    {
        ["html"] = "text/html", ["pdf"] = "application/pdf",
        ["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ["zip"] = "application/zip",
    };

    /// <summary>A report in a form.</summary>
    public static async Task<byte[]> Bytes(ReportFile file, string kind, Books books,
        CancellationToken cancel) => kind switch
        {
            "pdf" => await Paper.Print(file.Html, cancel),
            "xlsx" => InventoryWorkbook.Write(books.Whole, InventoryOf(file), file.Page.At.Text, cancel),
            "zip" => await Pack(file, books, cancel),
            _ => Encoding.UTF8.GetBytes(file.Html),
        };

    private static Asked InventoryOf(ReportFile file) => file.Page.Answers.All
        .FirstOrDefault(a => a.Question.Name == "carbon.inventory")
        ?? throw RefusedException.Of("report.nothing", ("name", file.Page.Name));

    /// <summary>The report in both languages with everything it rests on.</summary>
    private static async Task<byte[]> Pack(ReportFile file, Books books, CancellationToken cancel)
    {
        _ = InventoryOf(file);
        var page = file.Page;
        var other = page.At.Text.Language == "en" ? "zh" : "en";
        var translated = await ReportFile.Write(books, file.Order with { Language = other }, cancel);
        return EvidencePack.Write(books.Whole, new PackOrder(page.Name,
            [.. new[] { (page.At.Text.Language, file.Html), (other, translated!.Html) }.Order()],
            [.. page.Answers.All.Select(a => (page.Answers.NameOf(a), a))], page.At.Period!.Value,
            page.At.Site, page.At.Text), cancel);
    }
}
