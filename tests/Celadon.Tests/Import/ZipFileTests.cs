using System.IO.Compression;
using System.Text;
using Celadon.Quantities;
using Celadon.Store.Import.Reading;

namespace Celadon.Tests.Import;

/// <summary>A zip of files is opened within bounds; what means harm in it is refused by name.</summary>
public sealed class ZipFileTests
{
    private const string Bills = "From,To,Electricity (kWh)\n13/01/2025,31/01/2025,1000\n";

    internal static SourceFile Zip(string name, params (string Path, byte[] Bytes)[] members) =>
        Zip(name, _ => { }, members);

    internal static SourceFile Zip(
        string name, Action<ZipArchiveEntry> touch, params (string Path, byte[] Bytes)[] members)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (path, bytes) in members)
            {
                var entry = zip.CreateEntry(path);
                touch(entry);
                using var writer = entry.Open();
                writer.Write(bytes);
            }
        return new SourceFile(name, stream.ToArray());
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void Each_member_is_a_file_of_the_batch_and_the_evidence_of_its_rows()
    {
        var book = Ugly.Workbook("gas.xlsx",
            [["From", "To", "Volume (m3)"], ["13/01/2025", "31/01/2025", "=500"]]);
        var zip = Zip("2025.zip", ("bills/electricity.csv", Text(Bills)),
            ("bills/gas.xlsx", book.Bytes.ToArray()), ("__MACOSX/._x", [1]), ("bills/", []),
            ("bills/.DS_Store", [1]));
        var plan = Ugly.Plan([zip], Ugly.Stoke);
        Assert.Equal(["1000 kWh", "500 m3"], plan.Amounts());
        Assert.Equal(["2025.zip", "electricity.csv", "gas.xlsx"], plan.Files.Select(f => f.Name));
        Assert.Equal(book.Sha256,
            Assert.IsType<Celadon.Ledger.Evidence.FileRow>(plan.Entries[1].Evidence).Sha256);
        Assert.Equal(3, plan.Evidence([zip]).Count);
        Assert.Equal("2", plan.Only("import.zip.opened").Args["count"]);
    }

    [Fact]
    public void Members_of_one_name_are_told_apart_by_their_folder()
    {
        var plan = Ugly.Plan([Zip("all.zip", ("jan/bills.csv", Text(Bills)),
            ("feb/bills.csv", Text("From,To,Electricity (kWh)\n13/02/2025,28/02/2025,900\n")))], Ugly.Stoke);
        Assert.Equal(["all.zip", "bills.csv", "feb bills.csv"], plan.Files.Select(f => f.Name));
        Assert.Equal(Amount.Parse("1900"), plan.Sum());
    }

    [Fact]
    public void Names_in_Chinese_are_read_whatever_packed_them()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Ugly.Gb18030))
        {
            using var writer = new StreamWriter(zip.CreateEntry("电费/一月.csv").Open());
            writer.Write("月份,用电量(kWh)\n2025年1月,1000\n");
        }
        var bytes = stream.ToArray();
        // What packs GB18030 does not claim UTF-8: bit 11 of the flags in both headers.
        foreach (var (sign, at) in new[] { ("PK\u0003\u0004", 7), ("PK\u0001\u0002", 9) })
            bytes[bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(sign)) + at] &= 0xF7;
        var plan = Ugly.Plan([new SourceFile("bills.zip", bytes)], Ugly.Longquan);
        Assert.Equal("一月.csv", plan.Files[1].Name);
        Assert.Equal(["1000 kWh"], plan.Amounts());
    }

    [Theory]
    [InlineData("../../etc/passwd.csv", "import.zip.path")]
    [InlineData("a/../../b.csv", "import.zip.path")]
    [InlineData("/etc/x.csv", "import.zip.path")]
    [InlineData("C:\\windows\\x.csv", "import.zip.path")]
    [InlineData("a\u0007b.csv", "import.zip.path")]
    public void A_path_that_leads_elsewhere_is_refused_and_the_rest_is_read(string path, string code)
    {
        var plan = Ugly.Plan([Zip("x.zip", (path, Text(Bills)), ("good.csv", Text(Bills)))], Ugly.Stoke);
        Assert.Equal(Celadon.Text.Severity.Error, plan.Only(code).Severity);
        Assert.Equal(["x.zip", "good.csv"], plan.Files.Select(f => f.Name));
    }

    [Fact]
    public void A_link_is_refused()
    {
        var zip = Zip("x.zip", e => e.ExternalAttributes = 0xA1FF << 16, ("bills.csv", Text("/etc/passwd")));
        Assert.True(Ugly.Plan([zip], Ugly.Stoke).Has("import.zip.link"));
    }

    [Fact]
    public void A_zip_in_a_zip_is_refused()
    {
        var inner = Zip("inner.zip", ("bills.csv", Text(Bills)));
        var plan = Ugly.Plan([Zip("x.zip", ("inner.zip", inner.Bytes.ToArray()), ("b.csv", Text(Bills)))],
            Ugly.Stoke);
        Assert.Equal("inner.zip", plan.Only("import.zip.nested").Args["entry"]);
        Assert.Equal(["1000 kWh"], plan.Amounts());
    }

    [Fact]
    public void Too_many_too_large_and_too_well_packed_are_refused_before_they_are_held()
    {
        var limits = new ReadLimits { ZipFiles = 3, ZipBytes = 1_000, ZipRatioFrom = 10_000 };
        Assert.Equal("import.zip.entries",
            Refused([.. Enumerable.Range(0, 4).Select(i => ($"{i}.csv", Text(Bills)))]));
        Assert.Equal("import.zip.large", Refused([("a.csv", new byte[900]), ("b.csv", new byte[900])]));
        limits = limits with { ZipBytes = 1 << 30 };
        Assert.Equal("import.zip.ratio", Refused([("a.csv", new byte[8 << 20])]));

        string Refused((string, byte[])[] members)
        {
            var findings = new List<Celadon.Text.Finding>();
            ZipFiles.Open([Zip("x.zip", members)], limits, findings);
            return Assert.Single(findings).Code;
        }
    }

    [Fact]
    public void A_directory_that_lies_is_refused_and_so_is_a_torn_member()
    {
        var whole = Zip("x.zip", ("a.csv", Text(Bills + new string('1', 4_000))), ("b.csv", Text(Bills)))
            .Bytes.ToArray();
        var fewer = (byte[])whole.Clone();
        // The end record claims one entry where the directory lists two.
        fewer[fewer.AsSpan().LastIndexOf("PK\u0005\u0006"u8) + 10] = 1;
        Assert.True(Ugly.Plan([new SourceFile("x.zip", fewer)], Ugly.Stoke).Has("import.zip.damaged"));
        var torn = (byte[])whole.Clone();
        torn.AsSpan(40, 30).Fill(0xFF);
        var plan = Ugly.Plan([new SourceFile("x.zip", torn)], Ugly.Stoke);
        Assert.True(plan.Has("import.zip.damaged"));
        Assert.Empty(plan.Entries);
    }

    [Theory]
    [InlineData("mimetype")]
    [InlineData("[Content_Types].xml")]
    public void Another_packed_document_is_no_zip_of_files(string part) => Assert.True(Ugly.Plan(
        [Zip("letter.docx", (part, Text("x")), ("content.xml", Text("<x/>")))]).Has("import.file.office"));
}
