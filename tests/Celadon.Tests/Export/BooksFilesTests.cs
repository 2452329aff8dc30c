using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Celadon.Ledger;
using Celadon.Store;
using Celadon.Tests.Example;
using Celadon.Tests.Server;
using Celadon.Text;
using DuckDB.NET.Data;

namespace Celadon.Tests.Export;

/// <summary>Everything in the books as files, and that the forms say the same.</summary>
[Collection("example")]
public sealed class BooksFilesTests(ExampleWorks works)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Parquet_holds_the_entries_with_exact_amounts()
    {
        var entries = works.Workspace.StandingEntries(works.Workspace.State()).ToList();
        var kilowattHours = entries.Where(e => e.Entry.Unit == "kWh").Select(e => e.Entry.Amount).Total();
        Assert.Equal(($"{entries.Count}", kilowattHours.ToString()), Query(
            Write("entries.parquet"), """
            SELECT count(*) FILTER (reversed_at IS NULL),
                sum(amount) FILTER (unit = 'kWh' AND reversed_at IS NULL)
            """));
    }

    [Fact]
    public void Parquet_holds_every_reading_that_counts()
    {
        var total = works.Workspace.GetStatus().Meters.Single(m => m.Meter == "stoke-m1");
        Assert.Equal(($"{total.Count}", total.Sum.ToString()), Query(Write("readings.parquet"),
            "SELECT count(*) FILTER (meter = 'stoke-m1'), sum(amount) FILTER (meter = 'stoke-m1')"));
    }

    [Fact]
    public void Csv_and_json_say_the_same_of_every_entry()
    {
        var csv = Encoding.UTF8.GetString(Write("entries.csv")).Split('\n')[1..^1];
        using var json = JsonDocument.Parse(Write("entries.json"));
        Assert.Equal(csv.Length, json.RootElement.GetArrayLength());
        foreach (var (line, entry) in csv.Zip(json.RootElement.EnumerateArray()))
        {
            Assert.StartsWith($"{entry.GetProperty("position")},{entry.GetProperty("batch")},", line,
                StringComparison.Ordinal);
            Assert.Contains($",{entry.GetProperty("amount").GetProperty("value").GetString()},", line,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_answers_are_those_of_ask()
    {
        using var json = JsonDocument.Parse(Write("answers.json"));
        var inventory = json.RootElement.GetProperty("today").EnumerateArray().First();
        Assert.Equal("carbon.inventory", inventory.GetProperty("question").GetString());
        // All months of the books hold what the year of the account holds, and a little more of bills.
        Assert.Equal(works.Workspace.Journal.Head().Position, inventory.GetProperty("position").GetInt64());
    }

    [Fact]
    public void Everything_is_one_zip_with_every_file()
    {
        using var zip = new ZipArchive(new MemoryStream(Write("everything.zip")));
        Assert.Equal(BooksFiles.All.Select(f => f.File).Where(f => f != "everything.zip"),
            zip.Entries.Select(e => e.FullName));
        Assert.All(zip.Entries, e => Assert.True(e.Length > 0, e.FullName));
    }

    /// <summary>A fact of a bill reads "=cmd()": it stays text in every form.</summary>
    [Fact]
    public void A_formula_from_a_file_is_defused_where_a_spreadsheet_would_run_it()
    {
        using var sample = new SampleWorkspace();
        sample.Workspace.Append("register", [new RegisterRecord("supplier", "=1+1", """{"id":"=1+1"}""")]);
        var registers = Encoding.UTF8.GetString(Write("registers.csv", sample.Workspace));
        Assert.Contains("\nsupplier,'=1+1,", registers, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", registers, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", Encoding.UTF8.GetString(Write("entries.csv", sample.Workspace)),
            StringComparison.Ordinal);
        using var zip = new ZipArchive(new MemoryStream(Write("workbook.xlsx", sample.Workspace)));
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet5.xml")!.Open());
        Assert.DoesNotContain("<f>", sheet.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_that_there_is_not_is_refused_with_those_there_are()
    {
        var refused = Assert.Throws<RefusedException>(() => BooksFiles.FileOf("readings", "xlsx"));
        Assert.Equal(("export.form", "csv, json, parquet"),
            (refused.Finding.Code, refused.Finding.Args["forms"]));
        Assert.Equal("entries.csv", BooksFiles.FileOf("entries", null));
    }

    [Fact]
    public void Empty_books_give_all_but_the_workbook()
    {
        using var sample = new SampleWorkspace(empty: true);
        using var zip = new ZipArchive(new MemoryStream(Write("everything.zip", sample.Workspace)));
        Assert.DoesNotContain(zip.Entries, e => e.FullName == "workbook.xlsx");
        Assert.Equal("export.nothing", Assert.Throws<RefusedException>(() =>
            Write("workbook.xlsx", sample.Workspace)).Finding.Code);
    }

    private byte[] Write(string file) => Write(file, works.Workspace);

    private static byte[] Write(string file, Workspace workspace)
    {
        using var bytes = new MemoryStream();
        BooksFiles.Write(workspace, file, Catalogue.English, bytes, Cancel);
        return bytes.ToArray();
    }

    /// <summary>Two values of a Parquet file, as text without trailing zeros.</summary>
    private static (string, string) Query(byte[] parquet, string select)
    {
        var path = Path.Combine(Path.GetTempPath(), $"celadon-{Guid.NewGuid():N}.parquet");
        File.WriteAllBytes(path, parquet);
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT a::VARCHAR, b::VARCHAR FROM ({select} FROM '{path}') AS q(a, b)";
            using var reader = command.ExecuteReader();
            Assert.True(reader.Read());
            return (reader.GetString(0), Celadon.Quantities.Amount.Parse(reader.GetString(1)).ToString());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
