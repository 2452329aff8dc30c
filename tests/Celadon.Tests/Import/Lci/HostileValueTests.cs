using System.Text;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Tests.Import.Lci;

/// <summary>
/// Values that cannot be, things that are ambiguous, files that are cut or in another encoding: each is said
/// with its place and a remedy in both languages; nothing is taken that says something else than the file.
/// </summary>
public sealed class HostileValueTests
{
    private static LciReading Read(IEnumerable<LciPart> parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(bytes,
            System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
            foreach (var part in parts)
            {
                using var to = zip.CreateEntry(part.Name).Open();
                using var from = part.Open();
                from.CopyTo(to);
            }
        using var package = LciPackage.Of("package.zip", bytes.ToArray());
        var reading = LciFormats.Read("test", package);
        Assert.All(reading.Findings, Told);
        return reading;
    }

    /// <summary>Every error has a place, and a remedy in either language.</summary>
    private static void Told(Finding finding)
    {
        if (finding.Severity == Severity.Error && finding.Code != "formats.nothing")
            Assert.False(string.IsNullOrEmpty(finding.Place?.File), $"{finding.Code} has no place");
        foreach (var text in (Catalogue[])[Catalogue.English, Catalogue.Chinese])
        {
            Assert.NotEmpty(text.Render(finding));
            Assert.NotEmpty(text.Text($"finding.{finding.Code}.remedy"));
        }
    }

    [Theory]
    [InlineData("jsonld", "\"amount\":2,", "\"amount\":0,", "lci.value")]
    [InlineData("jsonld", "\"internalId\":5", "\"internalId\":4", "lci.value")]
    [InlineData("jsonld", "{\"@id\":\"en\"},\"conversionFactor\":1,\"isRefFlowProperty\":true}",
        "{\"@id\":\"en\"},\"conversionFactor\":1,\"isRefFlowProperty\":true},"
        + "{\"flowProperty\":{\"@id\":\"en\"},\"conversionFactor\":2}", "lci.value")]
    [InlineData("jsonld", "{\"flow\":{\"@id\":\"elsewhere\"},\"value\":9}",
        "{\"flow\":{\"@id\":\"co2\"},\"value\":9}", "lci.factorTwice")]
    [InlineData("jsonld", "\"name\":\"Kiln\"", "\"name\":\"Kiln\\u0000\"", "lci.control")]
    [InlineData("jsonld", "\"amount\":7.2", "\"amount\":7.2,\"amount\":3", "lci.json")]
    [InlineData("jsonld", "\"parameters\":[", "\"parameters\":[{\"name\":\"GAS\",\"isInputParameter\":true,"
        + "\"value\":1},", "lci.value")]
    [InlineData("ilcd", "<resultingAmount>1<", "<resultingAmount>0<", "lci.value")]
    [InlineData("template", "glazed tile,physical,tile,,1", "glazed tile,physical,tile,,1.5", "lci.value")]
    [InlineData("template", "tile,output,1,", "tile,output,0,", "lci.value")]
    [InlineData("template", "climate,CH4,30", "climate,CH4,30\nclimate,CH4,31", "lci.factorTwice")]
    [InlineData("template", "coal mine,GB", "coal\u0001mine,GB", "lci.control")]
    [InlineData("template", "treatment,CH4,output,3,g,,,,,,", "treatment,CH4,output,3", "lci.template.cut")]
    [InlineData("simapro", "glazed tile;kg;1;100;", "glazed tile;kg;1;90;", "formats.value")]
    public void What_is_ambiguous_or_impossible_is_refused(string format, string from, string to, string code)
    {
        var reading = Read(HostileDatabaseTests.Spoiled(format, from, to));
        Assert.Equal(code, reading.Findings.First(f => f.Severity == Severity.Error).Code);
        Assert.Null(reading.Database);
    }

    public static TheoryData<string, string> Numbers
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var format in (string[])["jsonld", "ecospold", "ilcd", "simapro", "template"])
                foreach (var number in (string[])["NaN", "INF", "Infinity", "-Infinity", "1e999", "", "0x1",
                    "1_0", "1 000", "--1", "1e", "1.0.0", "١"])
                    // Amounts of SimaPro may be formulas, where two signs are one; no such digit there.
                    if (format != "simapro" || number is not ("١" or "--1")) all.Add(format, number);
            return all;
        }
    }

    /// <summary>An amount that is no finite number in the format's own writing.</summary>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void What_is_no_number_is_refused_with_its_place(string format, string number)
    {
        var (from, to) = format switch
        {
            "jsonld" => ("\"amount\":7.2,", $"\"amount\":{number},"),
            "ecospold" => ("amount=\"0.05\"", $"amount=\"{number}\""),
            "ilcd" => ("<resultingAmount>0.05<", $"<resultingAmount>{number}<"),
            "simapro" => ("coal;kg;0,05", $"coal;kg;{number}"),
            _ => ("coal,input,0.05", $"coal,input,{number}"),
        };
        var reading = Read(HostileDatabaseTests.Spoiled(format, from, to));
        Assert.Null(reading.Database);
        Assert.Contains(reading.Findings.First(f => f.Severity == Severity.Error).Code,
            (string[])["lci.value", "lci.missing", "lci.json", "formats.value"]);
    }

    /// <summary>
    /// Every file of every format empty, cut, with NULs behind it, as a zip, or in UTF-16: no exception,
    /// every error with its place. A file of JSON or XML that is cut is never taken.
    /// </summary>
    [Theory]
    [InlineData("jsonld")]
    [InlineData("ecospold")]
    [InlineData("ilcd")]
    [InlineData("simapro")]
    [InlineData("template")]
    public void Files_that_are_cut_or_of_another_kind_are_said(string format)
    {
        var sound = HostileDatabaseTests.Sound(format);
        for (var i = 0; i < sound.Length; i++)
        {
            var bytes = Bytes(sound[i]);
            LciReading With(byte[] made)
            {
                try
                {
                    return Read(sound.Select((p, k) => k == i ? LciPart.Of(p.Name, made) : p));
                }
                catch (RefusedException refused)
                {
                    return new(null, [refused.Finding], null);
                }
            }
            if (format is "jsonld" or "ecospold" or "ilcd")
                foreach (var part in (int[])[0, bytes.Length / 3, bytes.Length / 2, bytes.Length - 3])
                    Assert.Null(With(bytes[..part]).Database);
            With([]);
            With(bytes[..(bytes.Length / 2)]);
            With([.. bytes, 0, 0]);
            With([.. "PK\u0003\u0004"u8, .. bytes]);
            With([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes))]);
            With([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Encoding.UTF8.GetString(bytes))]);
            Assert.NotNull(With([0xEF, 0xBB, 0xBF, .. bytes]).Findings);
        }
    }

    private static byte[] Bytes(LciPart part)
    {
        using var from = part.Open();
        using var bytes = new MemoryStream();
        from.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>A formula that cannot be worked out is said when it is read, with its place.</summary>
    [Theory]
    [InlineData("jsonld", "gas * 2000", "none * 2")]
    [InlineData("jsonld", "gas * 2000", "gas * (")]
    [InlineData("jsonld", "gas * 2000", "gas / 0")]
    [InlineData("jsonld", "\"isInputParameter\":true,\"value\":0.4",
        "\"isInputParameter\":false,\"formula\":\"gas+1\",\"value\":0.4")]
    [InlineData("template", "gas*2", "nothing*2")]
    [InlineData("template", "glazed tile,gas,0.25,", "glazed tile,gas,,gas+1")]
    public void A_formula_that_cannot_be_worked_out_is_said(string format, string from, string to)
    {
        var reading = Read(HostileDatabaseTests.Spoiled(format, from, to));
        Assert.NotNull(reading.Database);
        var said = Assert.Single(reading.Findings, f => f.Code == "lci.formula");
        Assert.NotNull(said.Place?.File);
        Assert.Equal(format == "jsonld" ? "Kiln" : "glazed tile", said.Args["name"]);
    }

    [Fact]
    public void A_normalisation_of_0_is_none()
    {
        var reading = Read(HostileDatabaseTests.Spoiled("jsonld", "\"normalisationFactor\":0.5",
            "\"normalisationFactor\":0"));
        Assert.Null(Assembled.Clean(reading).Methods[0].Weightings[0].Factors[0].Normalisation);
        Assert.Contains(reading.Findings, f => f.Code == "lci.normalisationZero");
    }

    /// <summary>A factor that does not fit takes its category along; of two methods of one none is.</summary>
    [Theory]
    [InlineData("CH4", 30, "m3", "formats.unit")]
    [InlineData("CO2", 30, "kg", "formats.factor")]
    [InlineData("CH4", double.PositiveInfinity, "kg", "formats.factor")]
    public void A_category_of_EcoSpold_with_a_factor_that_does_not_fit_goes_whole(string flow, double factor,
        string unit, string code)
    {
        var parts = SpoldFiles.Tile()[..^1];
        var reading = Read([.. parts, SpoldFiles.Method(("CO2", 1, "kg"), (flow, factor, unit))]);
        var finding = reading.Findings.First(f => f.Severity == Severity.Error);
        Assert.Equal((code, "method.xml"), (finding.Code, finding.Place!.File));
        Assert.Empty(reading.Sound!.Categories);
        var method = SpoldFiles.Method(("CO2", 1, "kg"));
        var two = Read([.. parts, method, LciPart.Of("second.xml", Bytes(method))]);
        finding = two.Findings.First(f => f.Severity == Severity.Error);
        Assert.Equal(("formats.duplicate", "second.xml"), (finding.Code, finding.Place!.File));
        Assert.Empty(two.Sound!.Categories);
    }

    [Fact]
    public void Two_parameters_of_the_whole_of_one_name_are_refused()
    {
        var reading = Read([.. HostileDatabaseTests.Sound("jsonld"), .. JsonLdFiles.Parts([
            ("parameters/h.json", """{"@id":"h","name":"WIDE","isInputParameter":true,"value":3}""")])]);
        Assert.Equal("lci.duplicate", reading.Findings.First(f => f.Severity == Severity.Error).Code);
        Assert.Empty(reading.Sound!.Parameters);
    }

    /// <summary>An accent behind its letter (NFD) or in it (NFC): the same name.</summary>
    [Fact]
    public void Names_are_the_same_however_accents_are_written()
    {
        const string composed = "\u00E9lectricit\u00E9";
        const string apart = "e\u0301lectricite\u0301";
        var parts = TemplateFiles.Parts(TemplateFiles.Tile.Select(f => (f.Name, f.Text.Replace("electricity",
            f.Name == "flows.csv" ? composed : apart, StringComparison.Ordinal))));
        Assert.Equal(TileWorks.Tile, Assembled.Score(Assembled.Clean(Read(parts)), "glazed tile", "climate"),
            1e-12);
        var sima = SimaFiles.Tile.Replace("electricity;kWh;1;", composed + ";kWh;1;",
            StringComparison.Ordinal).Replace("\nelectricity;", "\n" + apart + ";", StringComparison.Ordinal);
        Assert.Equal(TileWorks.Tile, Assembled.Score(Assembled.Clean(Read([LciPart.Of("a.csv",
            Encoding.UTF8.GetBytes(sima))])), "glazed tile", "climate"), 1e-12);
        var two = Read(TemplateFiles.Parts(TemplateFiles.Tile.Select(f => (f.Name, f.Text.Replace(
            "electricity,,kWh,,,", $"{composed},,kWh,,,\n{apart},,kWh,,,x",
            StringComparison.Ordinal).Replace("electricity", composed, StringComparison.Ordinal)))));
        Assert.Equal("lci.template.several", two.Findings.First(f => f.Severity == Severity.Error).Code);
    }

    /// <summary>
    /// A directory of a zip that lies about an entry, its size or its check sum: what would come out is not
    /// what was packed.
    /// </summary>
    [Theory]
    [InlineData(16, 1u)]
    [InlineData(24, 20u)]
    [InlineData(24, 100_000u)]
    public void An_entry_that_is_not_what_the_zip_says_is_refused(int at, uint value)
    {
        foreach (var (format, name) in ((string, string)[])[("template", "exchanges.csv"),
            ("jsonld", "processes/kiln.json"), ("simapro", "tiles.csv")])
        {
            using var bytes = new MemoryStream();
            using (var zip = new System.IO.Compression.ZipArchive(bytes,
                System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
                foreach (var part in HostileDatabaseTests.Sound(format))
                {
                    using var to = zip.CreateEntry(part.Name).Open();
                    to.Write(Bytes(part));
                }
            var all = bytes.ToArray();
            var header = all.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name)) - 46;
            Assert.True(all.AsSpan(header).StartsWith("PK\u0001\u0002"u8));
            BitConverter.TryWriteBytes(all.AsSpan(header + at), value);
            Finding said;
            try
            {
                using var package = LciPackage.Of("lies.zip", all);
                var reading = LciFormats.Read("test", package);
                Assert.Null(reading.Database);
                said = reading.Findings.First(f => f.Severity == Severity.Error);
            }
            catch (RefusedException refused)
            {
                said = refused.Finding;
            }
            Assert.Contains(said.Code, (string[])["import.zip.entry", "import.zip.damaged"]);
            Told(said);
        }
    }

    /// <summary>Known answers: the check value of CRC-32, and that of nothing.</summary>
    [Fact]
    public void The_check_sum_is_that_of_the_standard()
    {
        Assert.Equal(0xCBF43926u, Celadon.Store.Import.Reading.Crc32.Add(0, "123456789"u8));
        Assert.Equal(0u, Celadon.Store.Import.Reading.Crc32.Add(0, []));
        Assert.Equal(0xCBF43926u, Celadon.Store.Import.Reading.Crc32.Add(
            Celadon.Store.Import.Reading.Crc32.Add(0, "1234"u8), "56789"u8));
    }
}
