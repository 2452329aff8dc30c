using System.Text;
using Celadon.Text;

namespace Celadon.Server.Reports;

/// <summary>The forms in which a report is written out, by the ending of a file name.</summary>
public static class ReportOutput
{
    /// <summary>The form of a file's name: "html", "pdf".</summary>
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
    };

    /// <summary>A report in a form.</summary>
    public static async Task<byte[]> Bytes(ReportFile file, string kind, Books books,
        CancellationToken cancel) => kind switch
        {
            "pdf" => await Paper.Print(file.Html, cancel),
            _ => Encoding.UTF8.GetBytes(file.Html),
        };
}
