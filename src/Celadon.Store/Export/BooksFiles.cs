using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>Everything in the books as files: what, in which form.</summary>
public static class BooksFiles
{
    private const string Statistics = "carbon.statistics";
    private static readonly string[] Kept = ["carbon.inventory", "carbon.disclosure", Statistics];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly (string What, string[] Forms)[] Forms =
    [
        ("entries", ["csv", "json", "parquet"]), ("readings", ["csv", "json", "parquet"]),
        ("registers", ["csv", "json", "parquet"]), ("answers", ["json"]), ("workbook", ["xlsx"]),
        ("journal", ["txt"]), ("everything", ["zip"]),
    ];

    /// <summary>The files: name and what of the books it holds.</summary>
    public static IReadOnlyList<(string File, string What)> All { get; } =
        [.. Forms.SelectMany(f => f.Forms.Select(form => ($"{f.What}.{form}", f.What)))];

    /// <summary>What can be written.</summary>
    public static IEnumerable<string> Whats => Forms.Select(f => f.What);

    /// <summary>The file of what, in the form that an ending names; the first form when none is.</summary>
    /// <exception cref="RefusedException">export.form: there is no such form of it.</exception>
    public static string FileOf(string what, string? ending)
    {
        var forms = Forms.First(f => f.What == what).Forms;
        var form = ending is null ? forms[0] : forms.FirstOrDefault(f =>
            f.Equals(ending, StringComparison.OrdinalIgnoreCase));
        return form is not null ? $"{what}.{form}" : throw RefusedException.Of("export.form",
            ("what", what), ("form", ending ?? ""), ("forms", string.Join(", ", forms)));
    }

    /// <summary>Writes one of the files.</summary>
    /// <param name="workspace">The books.</param>
    /// <param name="file">Its name in <see cref="All"/>.</param>
    /// <param name="text">The language of a workbook's headings.</param>
    /// <param name="to">Where to.</param>
    /// <param name="cancel">Stops long work.</param>
    public static void Write(Workspace workspace, string file, Catalogue text, Stream to,
        CancellationToken cancel = default)
    {
        var what = Path.GetFileNameWithoutExtension(file);
        switch (Path.GetExtension(file))
        {
            case ".parquet":
                ParquetFile.Write(RowsOf(workspace, what, cancel), to, cancel);
                break;
            case ".xlsx":
                to.Write(InventoryWorkbook.Write(workspace, Inventory(workspace, cancel), text, cancel));
                break;
            case ".zip":
                Everything(workspace, text, to, cancel);
                break;
            case ".csv":
                Text(to, true, w => BooksExport.Csv(RowsOf(workspace, what, cancel), w));
                break;
            case ".txt":
                Text(to, false, w => BooksExport.Journal(workspace, w, cancel: cancel));
                break;
            default:
                Text(to, false, w => Json(workspace, what, w, cancel));
                break;
        }
    }

    private static IEnumerable<string[]> RowsOf(Workspace workspace, string what, CancellationToken cancel) =>
        what switch
        {
            "readings" => BooksExport.ReadingRows(workspace, cancel),
            "registers" => BooksExport.RegisterRows(workspace),
            _ => BooksExport.EntryRows(workspace, null, cancel),
        };

    private static void Json(Workspace workspace, string what, TextWriter to, CancellationToken cancel)
    {
        if (what == "readings") BooksJson.Readings(workspace, to, cancel);
        else if (what == "registers") BooksJson.Registers(workspace, to);
        else if (what == "entries") BooksJson.Entries(workspace, to, cancel: cancel);
        else to.Write(Answers(workspace, cancel).ToJsonString(Indented) + "\n");
    }

    private static void Everything(Workspace workspace, Catalogue text, Stream to, CancellationToken cancel)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (file, _) in All.Where(f => f.What != "everything"))
        {
            if (Path.GetExtension(file) == ".xlsx" && workspace.Extent() is null) continue;
            var entry = zip.CreateEntry(file, CompressionLevel.Optimal);
            entry.LastWriteTime = Zips.Always;
            using var stream = entry.Open();
            Write(workspace, file, text, stream, cancel);
        }
    }

    /// <summary>
    /// The answers that were kept at closings, as they were kept, and today's to the questions of statements
    /// over all months of the books; one that is refused says why.
    /// </summary>
    private static JsonObject Answers(Workspace workspace, CancellationToken cancel)
    {
        var kept = new JsonArray();
        foreach (var closing in workspace.State().Closings())
            foreach (var answer in closing.Closing.Answers.Where(a => workspace.Kept.Has(a.Sha256)))
                kept.Add(new JsonObject
                {
                    ["site"] = closing.Closing.Site, ["position"] = closing.Position,
                    ["answer"] = JsonNode.Parse(workspace.Kept.Get(answer.Sha256)),
                });
        var today = new JsonArray();
        foreach (var question in workspace.Extent() is null ? [] : Kept)
        {
            try
            {
                today.Add(JsonNode.Parse(AnswerJson.Write(
                    workspace.Ask(Questions.Get(question), SpecOf(workspace, question), null, cancel))));
            }
            catch (RefusedException refused)
            {
                today.Add(new JsonObject
                {
                    ["question"] = question, ["refused"] = JsonNode.Parse(AnswerJson.Write(refused.Finding)),
                });
            }
        }
        return new JsonObject { ["keptAtClosing"] = kept, ["today"] = today };
    }

    private static Asked Inventory(Workspace workspace, CancellationToken cancel) => workspace.Ask(
        Questions.Get("carbon.inventory"), SpecOf(workspace, "carbon.inventory"), null, cancel);

    /// <summary>
    /// All months that the books hold anything of; nothing assumed beyond what reports allow.
    /// </summary>
    private static string SpecOf(Workspace workspace, string question)
    {
        var spec = new JsonObject { ["period"] = Extent(workspace).ToString() };
        if (question == Statistics) return spec.ToJsonString();
        spec["gwp"] = "AR5";
        spec["allowNearestEdition"] = true;
        spec["allowWiderPlace"] = true;
        return spec.ToJsonString();
    }

    private static Quantities.MonthSpan Extent(Workspace workspace) => workspace.Extent()
        ?? throw RefusedException.Of("export.nothing");

    /// <summary>UTF-8; a spreadsheet takes CSV for UTF-8 by the mark at its beginning.</summary>
    private static void Text(Stream to, bool mark, Action<TextWriter> write)
    {
        using var text = new StreamWriter(to, new UTF8Encoding(mark), leaveOpen: true);
        write(text);
    }
}
