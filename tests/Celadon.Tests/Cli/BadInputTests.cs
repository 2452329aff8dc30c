using System.IO.Compression;
using System.Text;
using Celadon.Tests.Crash;
using Celadon.Tests.Import;

namespace Celadon.Tests.Cli;

/// <summary>Files that cannot be loaded are refused by name and reason, and leave no trace.</summary>
public sealed class BadInputTests : IClassFixture<BadInputTests.Books>
{
    private const string GoodTable = "start,end,from,to,resource,amount,unit,basis\n"
        + "2026-03-01,2026-03-31,supplier:fuels,site:stoke,diesel,120.5,litre,invoiced\n";

    private readonly Works _works;

    public BadInputTests(Books books) => _works = books.Works;

    public static TheoryData<string> Kinds => [.. Files.Keys];

    private static Dictionary<string, Func<byte[]>> Files { get; } = new()
    {
        ["empty.csv"] = () => [],
        ["blank.csv"] = () => Text("  \n\n \n"),
        ["garbage.csv"] = () => Garbage(5000),
        ["garbage.xlsx"] = () => [.. "PK\x3\x4"u8, .. Garbage(5000)],
        ["cut.xlsx"] = () => Ugly.Workbook("cut.xlsx", [["Date", "kWh"], ["2026-01-01", "=5"]]).Bytes
            .ToArray()[..200],
        ["old.xls"] = () => [0xD0, 0xCF, 0x11, 0xE0, .. Garbage(100)],
        ["page.csv"] = () => Text("<html><body>Not found</body></html>"),
        ["zeros.csv"] = () => new byte[10_000],
        ["prose.csv"] = () => Text("Dear all,\nplease find nothing attached.\nYours\n"),
        ["header-only.csv"] = () => Text("start,end,from,to,resource,amount,unit,basis\n"),
        ["one-long-line.csv"] = () => Text(new string('x', 20_000_000)),
        ["one-long-cell.csv"] = () => Text("start,amount\n2026-01-01,\"" + new string('9', 5_000_000)),
        ["many-columns.csv"] = () => Text(string.Join(',', Enumerable.Range(0, 100_000)) + "\n"),
        ["bomb.xlsx"] = () => Bomb("xl/worksheets/sheet1.xml", 64_000_000),
        ["entities.xlsx"] = () => Ugly
            .Packed("entities.xlsx", "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
            + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">"
            + "<c t=\"inlineStr\"><is><t>&b;</t></is></c></row></sheetData></worksheet>").Bytes.ToArray(),
        ["deep.json"] = () => Text(new string('[', 100_000)),
        ["broken.json"] = () => Text("{\"sites\":[{\"id\":"),
        ["strange.json"] = () => Text("{\"planets\":[{\"id\":\"mars\"}]}"),
        ["zone.json"] = () => Text("""{"sites":[{"id":"x","country":"GB","zone":"Mars/Olympus"}]}"""),
        ["meter.json"] = () => Text("""{"meters":[{"id":"x","site":"nowhere","from":"grid:GB","to":"site:stoke","resource":"electricity","unit":"kWh"}]}"""),
        ["node.json"] = () => Text("""{"meters":[{"id":"x","site":"stoke","from":"gird:GB","to":"site:stoke","resource":"electricity","unit":"kWh"}]}"""),
        ["unit.json"] = () => Text("""{"meters":[{"id":"x","site":"stoke","from":"grid:GB","to":"site:stoke","resource":"electricity","unit":"kWz"}]}"""),
        ["scale.json"] = () => Text("""{"meters":[{"id":"x","site":"stoke","from":"grid:GB","to":"site:stoke","resource":"electricity","unit":"kWh","scale":99}]}"""),
        ["consumer.json"] = () => Text("""{"stocks":[{"id":"x","site":"stoke","resource":"diesel","consumer":"forklifts"}]}"""),
        ["noid.json"] = () => Text("""{"sites":[{"id":"","country":"GB","zone":"Europe/London"}]}"""),
        ["amounts.csv"] = () => Text(GoodTable.Replace("120.5", "a lot", StringComparison.Ordinal)),
        ["nodes.csv"] = () => Text(GoodTable.Replace("site:stoke", "planet:mars", StringComparison.Ordinal)),
        ["units.csv"] = () => Text(GoodTable.Replace("litre", "furlong", StringComparison.Ordinal)),
        ["digits.csv"] = () =>
            Text(GoodTable.Replace("120.5", new string('9', 40), StringComparison.Ordinal)),
        ["decimals.csv"] = () =>
            Text(GoodTable.Replace("120.5", "0." + new string('1', 30), StringComparison.Ordinal)),
        ["dates.csv"] = () => Text(GoodTable.Replace("2026-03-31", "2026-13-45", StringComparison.Ordinal)),
        ["backwards.csv"] = () =>
            Text(GoodTable.Replace("2026-03-31", "2026-01-31", StringComparison.Ordinal)),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_bad_file_is_refused_with_its_name_and_nothing_is_written(string name)
    {
        var path = Path.Combine(_works.Root, name);
        await File.WriteAllBytesAsync(path, Files[name](), TestContext.Current.CancellationToken);
        var before = Trace();
        var ran = await Terminal.Run(_works.Folder, "import", path, "--yes");
        Assert.True(ran.Exit is 1 or 3, $"exit {ran.Exit}\n{ran.Out}\n{ran.Error}");
        Assert.Contains(name, ran.Error, StringComparison.Ordinal);
        Assert.Matches(@"(error|warning): .*\[[a-z]+\.[A-Za-z.-]+\]", ran.Error);
        Assert.Contains("→", ran.Error, StringComparison.Ordinal);
        Assert.Equal(before, Trace());
        File.Delete(path);
    }

    [Fact]
    public async Task The_good_file_beside_bad_ones_is_loaded_and_the_bad_ones_are_named()
    {
        using var works = new Works(_works);
        var good = works.Write("good.csv", GoodTable);
        var bad = works.Write("page.csv", "<html></html>");
        var mixed = works.Write("mixed.csv", GoodTable.Replace("120.5", "7", StringComparison.Ordinal)
            + "2026-04-01,2026-04-30,supplier:fuels,site:stoke,diesel,??,litre,invoiced\n");
        var ran = (await Terminal.Run(works.Folder, "import", good, bad, mixed, "--yes")).Ends(1);
        Assert.Contains("page.csv", ran.Error, StringComparison.Ordinal);
        Assert.Matches(@"mixed\.csv row 3", ran.Error);
        Assert.Contains("2 entries", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_loaded_unless_it_is_confirmed()
    {
        using var works = new Works(_works);
        var good = works.Write("good.csv", GoodTable);
        using (var workspace = works.Open()) Assert.Empty(workspace.StandingEntries(workspace.State()));
        Assert.Equal("import.notConfirmed",
            (await Terminal.Run(works.Folder, "import", good, "--json")).Ends(3).Refused);
        (await Terminal.Run(works.Folder, "y\n", ["import", good])).Ends(3);
        var dry = (await Terminal.Run(works.Folder, "import", good, "--dry-run", "--json")).Ends(0);
        Assert.Equal(1, dry.Json.GetProperty("entries").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, dry.Json.GetProperty("batch").ValueKind);
        using (var workspace = works.Open()) Assert.Empty(workspace.StandingEntries(workspace.State()));
        (await Terminal.Run(works.Folder, "import", good, "--yes")).Ends(0);
        using (var workspace = works.Open()) Assert.Single(workspace.StandingEntries(workspace.State()));
    }

    [Fact]
    public async Task A_scanned_bill_is_kept_as_evidence_once()
    {
        using var works = new Works(_works);
        var scan = works.Write("bill.pdf", "%PDF-1.7 a scan");
        Assert.Matches("Batch [0-9]+:",
            (await Terminal.Run(works.Folder, "import", scan, "--yes")).Ends(0).Out);
        Assert.DoesNotMatch("Batch [0-9]+:",
            (await Terminal.Run(works.Folder, "import", scan, "--yes")).Ends(0).Out);
        using var workspace = works.Open();
        Assert.True(workspace.Evidence.Has(Celadon.Store.Import.Reading.SourceFile.Open(scan).Sha256));
        Assert.Empty(workspace.Verify().Findings);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"format":"celadon-map/99"}""")]
    [InlineData("""{"format":"celadon-map/1","colour":"green"}""")]
    public async Task A_map_that_is_none_is_refused(string map)
    {
        using var works = new Works(_works);
        var good = works.Write("good.csv", GoodTable);
        (await Terminal.Run(works.Folder, "import", good, "--yes", "--map", works.Write("map.json", map)))
            .Ends(3);
        using var workspace = works.Open();
        Assert.Empty(workspace.StandingEntries(workspace.State()));
    }

    private string Trace()
    {
        using var workspace = _works.Open();
        return workspace.GetStatus().Head + string.Join('\n', Directory.EnumerateFiles(
            _works.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Garbage(int length)
    {
        var bytes = new byte[length];
        new Random(3).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A workbook of a few hundred kilobytes that unpacks to many megabytes.</summary>
    private static byte[] Bomb(string part, int bytes)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in ((string, string)[])[
                ("xl/workbook.xml",
                    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S1\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"),
                ("xl/_rels/workbook.xml.rels",
                    "<Relationships><Relationship Id=\"a\" Type=\"worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>")])
            {
                using var writer = new StreamWriter(zip.CreateEntry(path).Open());
                writer.Write(text);
            }
            using var sheet = zip.CreateEntry(part, CompressionLevel.Fastest).Open();
            sheet.Write("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"u8);
            var spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)' ');
            for (var written = 0; written < bytes; written += spaces.Length) sheet.Write(spaces);
        }
        return stream.ToArray();
    }

    /// <summary>Books of one site that no test here may change.</summary>
    public sealed class Books : IDisposable
    {
        internal Works Works { get; } = new();

        public void Dispose() => Works.Dispose();
    }
}
