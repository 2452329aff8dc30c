using System.IO.Compression;
using System.Text;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Tests.Import;

/// <summary>
/// Files that mean harm, or are not what they say: refused with a code, within bounds, beside good ones.
/// </summary>
public sealed class HostileFileTests
{
    private static string Refusal(SourceFile file, ReadLimits? limits = null) =>
        Assert.Throws<RefusedException>(() => FileReader.Read(file, limits)).Finding.Code;

    [Fact]
    public void A_part_that_unpacks_without_end_is_refused_while_it_unpacks()
    {
        var sheet = "<worksheet><sheetData>" + new string(' ', 40 << 20) + "</sheetData></worksheet>";
        Assert.Equal("import.zip.ratio", Refusal(Ugly.Packed("bomb.xlsx", sheet)));
    }

    [Fact]
    public void Entities_are_never_expanded()
    {
        const string sheet = """
            <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1">
            <c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>
            """;
        Assert.Equal("import.workbook.damaged", Refusal(Ugly.Packed("entities.xlsx", sheet)));
    }

    [Theory]
    [InlineData("<c r=\"XFDZZ1\"><v>1</v></c>", "import.sheet.wide")]
    [InlineData("<c r=\"1\"><v>1</v></c>", "import.sheet.wide")]
    public void Columns_beyond_the_bound_are_refused(string cell, string code) => Assert.Equal(code,
        Refusal(
        Ugly.Packed("wide.xlsx",
        $"<worksheet><sheetData><row r=\"1\">{cell}</row></sheetData></worksheet>")));

    [Fact]
    public void Rows_beyond_the_bound_are_refused() => Assert.Equal("import.sheet.large", Refusal(
        Ugly.Packed("deep.xlsx", "<worksheet><sheetData><row r=\"2000000000\"/></sheetData></worksheet>")));

    [Fact]
    public void Ten_million_columns_of_text_are_refused() => Assert.Equal("import.sheet.wide",
        Refusal(new SourceFile("wide.csv", Encoding.ASCII.GetBytes(new string(',', 10_000_000) + "1\n"))));

    [Fact]
    public void A_zip_of_ten_thousand_entries_is_refused_before_it_is_listed()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < 10_000; i++) zip.CreateEntry($"{i}");
        Assert.Equal("import.zip.entries", Refusal(new SourceFile("many.xlsx", stream.ToArray())));
    }

    [Theory]
    [InlineData("", "import.file.empty")]
    [InlineData("PK\u0003\u0004 but no zip", "import.zip.damaged")]
    [InlineData("<html><table><tr><td>1</td></tr></table></html>", "import.file.markup")]
    [InlineData("a,b\n1,\0\0\0\n", "import.file.binary")]
    public void What_is_no_table_is_refused_by_what_it_is(string text, string code) =>
        Assert.Equal(code, Refusal(Ugly.File("bill.xls", text)));

    [Fact]
    public void The_old_binary_workbook_is_refused_with_its_remedy() => Assert.Equal("import.file.xls",
        Refusal(new SourceFile("old.xls", new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 })));

    [Fact]
    public void A_large_file_is_refused_before_it_is_decoded() => Assert.Equal("import.file.large",
        Refusal(Ugly.File("a.csv", "a,b\n1,2\n"), new ReadLimits { FileBytes = 4 }));

    [Fact]
    public void A_bad_file_leaves_the_good_one_beside_it()
    {
        var plan = Ugly.Plan(
        [
            new SourceFile("broken.xlsx", Encoding.ASCII.GetBytes("PK no zip")),
            Ugly.File("bills.csv", "From,To,kWh\n13/01/2025,31/01/2025,1000\n"),
            new SourceFile("meter.jpg", new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }),
        ], Ugly.Stoke);
        Assert.Equal(["1000 kWh"], plan.Amounts());
        Assert.Equal("broken.xlsx", plan.Only("import.zip.damaged").Place!.File);
        Assert.Equal("meter.jpg", plan.Only("import.file.evidence").Place!.File);
        Assert.Equal(3, plan.Files.Length);
    }

    [Fact]
    public void Scripts_and_formulas_in_names_are_text_and_nothing_else()
    {
        var plan = Ugly.Plan("x.csv", """
            start,end,from,to,resource,amount,unit,note
            13/01/2025,13/01/2025,supplier:=cmd|' /C calc'!A0,stock:clay,<script>alert(1)</script>,1,t,=1+1
            """, Ugly.Stoke);
        var entry = Assert.Single(plan.Entries);
        Assert.Equal("=1+1", entry.Facts["note"]);
        Assert.Equal("supplier:=cmd|' /C calc'!A0", entry.From.ToString());
    }

    [Fact]
    public void A_cell_without_end_is_refused_in_text_and_in_a_workbook()
    {
        var large = new string('x', 200_000);
        Assert.Equal("import.cell.long", Refusal(Ugly.File("a.csv", $"a,b\n{large},2\n")));
        Assert.Equal("import.cell.long", Refusal(Ugly.Packed("a.xlsx", $"""
            <worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{large}</t></is></c></row>
            </sheetData></worksheet>
            """)));
    }

    [Theory]
    [InlineData("<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>")]
    [InlineData("<mergeCells><mergeCell ref=\"A1:ZZZZZZZ99999999999\"/><mergeCell ref=\":\"/></mergeCells>")]
    public void A_merge_over_the_whole_sheet_costs_no_more_than_its_cells(string merges)
    {
        var content = FileReader.Read(Ugly.Packed("merged.xlsx", $"""
            <worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>
            <row r="2"><c r="B2"><v>2</v></c></row></sheetData>{merges}</worksheet>
            """));
        Assert.True(content.Sheets[0].RowCount <= 2 && content.Sheets[0].ColumnCount <= 2);
    }

    [Fact]
    public void A_part_that_points_out_of_the_workbook_finds_nothing_there()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (path, text) in ((string, string)[])[
                ("xl/workbook.xml",
                    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"),
                ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"a\" "
                    + "Target=\"../../../../etc/worksheet\"/></Relationships>")])
            {
                using var writer = new StreamWriter(zip.CreateEntry(path).Open());
                writer.Write(text);
            }
        var plan = Ugly.Plan([new SourceFile("out.xlsx", stream.ToArray())]);
        Assert.Empty(plan.Entries);
    }

    [Fact]
    public void Ten_thousand_brackets_are_no_register_file() => Assert.True(
        Ugly.Plan("deep.json", "{\"site\":" + new string('[', 10_000)).Has("import.json.damaged"));

    [Fact]
    public void More_rows_than_are_read_are_refused_before_they_are_held() => Assert.Equal(
        "import.sheet.large", Refusal(Ugly.File("deep.csv", string.Concat(Enumerable.Repeat("1,2\n", 5_000))),
            new ReadLimits { Rows = 4_000 }));

    [Theory]
    [InlineData("<script>alert(1)</script>.csv")]
    [InlineData("=cmd|' /C calc'!A0.csv")]
    [InlineData("../../../etc/passwd.csv")]
    public void A_file_by_any_name_is_only_evidence_by_its_hash(string name)
    {
        var plan = Ugly.Plan(name, "From,To,Electricity (kWh)\n13/01/2025,31/01/2025,1000\n", Ugly.Stoke);
        Assert.Equal(name, Assert.IsType<Celadon.Ledger.Evidence.FileRow>(plan.Entries[0].Evidence).Name);
        Assert.Equal(64, plan.Files[0].Sha256.Length);
    }

    [Fact]
    public void A_zip_bomb_of_many_small_bombs_is_stopped_by_what_they_unpack_to_together()
    {
        var findings = new List<Finding>();
        var zip = ZipFileTests.Zip("bomb.zip",
            [.. Enumerable.Range(0, 40).Select(i => ($"{i}.csv", new byte[3 << 20]))]);
        ZipFiles.Open([zip], new ReadLimits { ZipBytes = 32 << 20 }, findings);
        Assert.Equal("import.zip.large", Assert.Single(findings).Code);
    }

    [Theory]
    [InlineData("""{"format":"celadon-map/2"}""", "import.map.format")]
    [InlineData("""{"headerrow":3}""", "import.map.damaged")]
    [InlineData("""{"columns":""", "import.map.damaged")]
    public void A_map_that_says_something_unknown_is_refused(string map, string code) =>
        Assert.Equal(code, Assert.Throws<RefusedException>(() => ImportMap.Parse(map)).Finding.Code);

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void The_map_of_the_guide_is_a_map(string language)
    {
        var page = File.ReadAllText(House.Repository.At($"docs/guide/{language}/import.md"));
        var json = page.Split("```json\n")[1].Split("```")[0];
        var map = Assert.Single(ImportMap.Parse(json));
        Assert.Equal(("end", "check"), (map.Labels, map.Columns["CO2 (t)"].As));
        Assert.Equal(ImportMap.Write([map]), ImportMap.Write(ImportMap.Parse(ImportMap.Write([map]))));
    }
}
