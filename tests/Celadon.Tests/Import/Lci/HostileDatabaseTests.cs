using System.IO.Compression;
using System.Text;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Tests.Import.Lci;

/// <summary>
/// Every format against the same hostile or broken packages: each is refused, or the dataset left out, with
/// the file it is in; nothing hangs and nothing is thrown but a refusal.
/// </summary>
public sealed class HostileDatabaseTests : IDisposable
{
    private const string EntityHead = "<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;&a;\">]>";

    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-hostile-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The whole package of a format.</summary>
    internal static LciPart[] Sound(string format) => format switch
    {
        "jsonld" => JsonLdFiles.Parts(JsonLdFiles.Two),
        "ecospold" => SpoldFiles.Tile(),
        "ilcd" => IlcdFiles.Parts(IlcdFiles.Tile),
        "simapro" => [SimaFiles.Part(SimaFiles.Tile)],
        _ => TemplateFiles.Parts(TemplateFiles.Tile),
    };

    private string Zip(IEnumerable<LciPart> parts, string name = "package.zip")
    {
        var path = Path.Combine(_folder, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var part in parts)
        {
            using var to = zip.CreateEntry(part.Name, CompressionLevel.SmallestSize).Open();
            using var from = part.Open();
            from.CopyTo(to);
        }
        return path;
    }

    /// <summary>What is said first of a package: an error among its findings, or a refusal.</summary>
    private static Finding Said(string path)
    {
        try
        {
            using var package = LciPackage.Open(path);
            return LciFormats.Read("test", package).Findings.First(f => f.Severity == Severity.Error);
        }
        catch (RefusedException refused)
        {
            return refused.Finding;
        }
    }

    /// <summary>A package with a piece of every file that has it replaced.</summary>
    internal static LciPart[] Spoiled(string format, string from, string to)
    {
        var changed = 0;
        var parts = Sound(format).Select(part =>
        {
            using var stream = part.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var text = Encoding.Latin1.GetString(bytes.ToArray());
            var (a, b) = (Latin(from), Latin(to));
            var at = changed > 0 ? -1 : text.IndexOf(a, StringComparison.Ordinal);
            if (at < 0) return part;
            changed++;
            return LciPart.Of(part.Name, Encoding.Latin1.GetBytes(text[..at] + b + text[(at + a.Length)..]));
        }).ToArray();
        Assert.Equal(1, changed);
        return parts;
    }

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("jsonld")]
    [InlineData("ecospold")]
    [InlineData("ilcd")]
    [InlineData("simapro")]
    [InlineData("template")]
    public void A_sound_package_is_read_from_a_zip(string format)
    {
        using var package = LciPackage.Open(Zip(Sound(format)));
        Assert.NotNull(Assembled.Clean(LciFormats.Read("test", package)));
    }

    /// <summary>
    /// One file of the package unpacks to a thousand times its size: it stops at the bound.
    /// </summary>
    [Theory]
    [InlineData("jsonld", "processes/zzz.json")]
    [InlineData("ecospold", "zzz.spold")]
    [InlineData("ilcd", "ILCD/processes/zzz.xml")]
    [InlineData("simapro", "zzz.csv")]
    [InlineData("template", "units.csv")]
    public void A_bomb_is_refused(string format, string name)
    {
        var bomb = LciPart.Of(name, Encoding.ASCII.GetBytes(new string(' ', 24 << 20)));
        var said = Said(Zip([.. Sound(format).Where(p => p.Name != name), bomb]));
        Assert.Equal("import.zip.ratio", said.Code);
        Assert.Equal(name, said.Args["entry"]);
    }

    [Fact]
    public void A_workbook_that_is_a_bomb_or_has_entities_is_refused()
    {
        var book = TemplateFiles.Written(Assembled.Clean(Celadon.Store.Import.Lci.Template.TemplateReader
            .Read("test", Sound("template"))), asBook: true).Parts[0];
        byte[] With(Func<string, string> sheet)
        {
            using var bytes = new MemoryStream();
            using (var from = book.Open()) from.CopyTo(bytes);
            using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
            {
                var entry = zip.GetEntry("xl/worksheets/sheet1.xml")!;
                string text;
                using (var reader = new StreamReader(entry.Open())) text = reader.ReadToEnd();
                entry.Delete();
                using var writer = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml",
                    CompressionLevel.SmallestSize).Open());
                writer.Write(sheet(text));
            }
            return bytes.ToArray();
        }
        foreach (var sheet in (Func<string, string>[])[t => t + new string(' ', 24 << 20),
            t => t.Replace("<worksheet", EntityHead + "<worksheet", StringComparison.Ordinal)])
        {
            var path = Path.Combine(_folder, "book.xlsx");
            File.WriteAllBytes(path, With(sheet));
            var said = Said(path);
            Assert.Contains(said.Code, (string[])["import.zip.ratio", "import.workbook.damaged"]);
            Assert.Equal("book.xlsx", said.Place!.File);
        }
    }

    [Theory]
    [InlineData("ecospold", "<ecoSpold")]
    [InlineData("ilcd", "<processDataSet")]
    public void Document_types_and_entities_are_refused(string format, string from)
    {
        var said = Said(Zip(Spoiled(format, from, EntityHead + from)));
        Assert.Equal("formats.xml", said.Code);
        Assert.NotNull(said.Place!.File);
    }

    [Theory]
    [InlineData("jsonld", "processes/deep.json", "{\"a\":", "lci.json")]
    [InlineData("ecospold", "deep.spold", "<a>", "formats.xml.bounds")]
    [InlineData("ilcd", "ILCD/processes/deep.xml", "<a>", "formats.xml.bounds")]
    public void Depth_is_refused(string format, string name, string piece, string code)
    {
        var deep = LciPart.Of(name, Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Repeat(piece, 100_000))));
        var said = Said(Zip([.. Sound(format), deep]));
        Assert.Equal((code, name), (said.Code, said.Place!.File));
    }

    /// <summary>
    /// References that lead nowhere, units of something else, two things of one identifier, definitions that
    /// go round in a circle: said with the file.
    /// </summary>
    [Theory]
    [InlineData("jsonld", "\"flow\":{\"@id\":\"power\"}", "\"flow\":{\"@id\":\"none\"}", "lci.dangling")]
    [InlineData("jsonld", "\"unit\":{\"@id\":\"MJ\"}", "\"unit\":{\"@id\":\"kg\"}", "lci.measure")]
    [InlineData("jsonld", "\"@id\":\"grid\",\"name\":\"Grid\"", "\"@id\":\"kiln\",\"name\":\"Grid\"",
        "lci.duplicate")]
    [InlineData("ecospold", "<unitName xml:lang=\"en\">MJ<", "<unitName xml:lang=\"en\">m3<", "formats.unit")]
    [InlineData("ecospold", "activity id=\"power-act\"", "activity id=\"\"", "formats.missing")]
    [InlineData("ilcd", "refObjectId=\"coal\"", "refObjectId=\"none\"", "lci.dangling")]
    [InlineData("ilcd", "<common:UUID>power<", "<common:UUID>mine<", "lci.duplicate")]
    [InlineData("ilcd", "<name>kWh</name><meanValue>3.6<", "<name>kWh</name><meanValue>-1<", "lci.value")]
    [InlineData("simapro", "electricity;MJ;7,2", "electricity;m3;7,2", "formats.unit")]
    [InlineData("simapro", "Process identifier\npower", "Process identifier\ntile", "formats.duplicate")]
    [InlineData("simapro", "gas;gas_m3 * wide", "gas;gas * wide", "formats.value")]
    [InlineData("simapro", "ton;Mass;1000;kg", "ton;Mass;1;kg", "lci.unitDiffers")]
    [InlineData("template", "power,coal,input", "power,none,input", "lci.dangling")]
    [InlineData("template", "electricity,input,7.2,MJ", "electricity,input,7.2,m3", "lci.measure")]
    [InlineData("template", "coal mine,GB", "power,GB", "lci.duplicate")]
    [InlineData("template", "pallet,480,kg", "pallet,2,crate\ncrate,2,pallet", "lci.template.cycle")]
    public void What_is_broken_is_said_with_its_place(string format, string from, string to, string code)
    {
        var said = Said(Zip(Spoiled(format, from, to)));
        Assert.Equal(code, said.Code);
        Assert.False(string.IsNullOrEmpty(said.Place?.File), "it has no place");
    }

    /// <summary>
    /// One rule for every format: an error refuses the whole, and what holds together without the data sets
    /// that have errors is a part that may be taken; of two things of one identifier none is.
    /// </summary>
    [Theory]
    [InlineData("jsonld", "\"flow\":{\"@id\":\"power\"}", "\"flow\":{\"@id\":\"none\"}", 1)]
    [InlineData("jsonld", "\"unit\":{\"@id\":\"MJ\"}", "\"unit\":{\"@id\":\"kg\"}", 1)]
    [InlineData("ecospold", "<unitName xml:lang=\"en\">MJ<", "<unitName xml:lang=\"en\">m3<", 1)]
    [InlineData("ilcd", "refObjectId=\"coal\"", "refObjectId=\"none\"", 1)]
    [InlineData("ilcd", "<common:UUID>power<", "<common:UUID>mine<", 2)]
    [InlineData("simapro", "electricity;MJ;7,2", "electricity;m3;7,2", 1)]
    [InlineData("simapro", "Process identifier\npower", "Process identifier\ntile", 2)]
    [InlineData("template", "power,coal,input", "power,none,input", 1)]
    [InlineData("template", "electricity,input,7.2,MJ", "electricity,input,7.2,m3", 1)]
    [InlineData("template", "coal mine,GB,,", "coal mine,GB,,\npower,GB,,", 1)]
    public void An_error_refuses_the_whole_and_the_rest_may_be_taken(string format, string from, string to,
        int leftOut)
    {
        using var package = LciPackage.Open(Zip(Sound(format), "whole.zip"));
        var whole = Assembled.Clean(LciFormats.Read("test", package));
        using var spoiled = LciPackage.Open(Zip(Spoiled(format, from, to), "spoiled.zip"));
        var reading = LciFormats.Read("test", spoiled);
        Assert.Null(reading.Database);
        var sound = Assert.IsType<LciDatabase>(reading.Sound);
        Assert.Equal(whole.Processes.Length - leftOut, sound.Processes.Length);
        var kept = sound.Processes.Select(p => p.Id).ToHashSet();
        Assert.All(sound.Processes.SelectMany(p => p.Exchanges), e =>
            Assert.True(e.Provider.Length == 0 || kept.Contains(e.Provider)));
        Assert.Equal($"{sound.Processes.Length}",
            reading.Findings.Single(f => f.Code == "lci.sound").Args["processes"]);
    }

    /// <summary>Nothing of it can be told to be right: no part may be taken.</summary>
    [Theory]
    [InlineData("jsonld", "\"schemaVersion\":2", "\"schemaVersion\":9")]
    [InlineData("template", "pallet,480,kg", "pallet,2,crate\ncrate,2,pallet")]
    [InlineData("template", "power,coal,input", "pwoer,coal,input")]
    [InlineData("template", "climate,CH4,30", "climte,CH4,30")]
    public void Of_what_concerns_everything_no_part_is_sound(string format, string from, string to)
    {
        using var spoiled = LciPackage.Open(Zip(Spoiled(format, from, to)));
        var reading = LciFormats.Read("test", spoiled);
        Assert.Null(reading.Database);
        Assert.Null(reading.Sound);
    }

    /// <summary>A provider that is not there is cut, said, and no reason to refuse the rest.</summary>
    [Theory]
    [InlineData("jsonld", "\"@type\":\"Process\",\"@id\":\"grid\"", "\"@type\":\"Process\",\"@id\":\"none\"",
        "lci.provider.none")]
    [InlineData("ecospold", "activityLinkId=\"coal-act\"", "activityLinkId=\"none\"", "formats.provider.none")]
    [InlineData("template", "coal,input,0.05,kg,,coal mine", "coal,input,0.05,kg,,none", "lci.provider.none")]
    public void A_provider_that_is_not_there_is_cut(string format, string from, string to, string code)
    {
        using var package = LciPackage.Open(Zip(Spoiled(format, from, to)));
        var reading = LciFormats.Read("test", package);
        Assert.NotNull(reading.Database);
        Assert.Contains(reading.Findings, f => f.Code == code && f.Place?.File is not null);
    }

    /// <summary>Categories of version 1 that name each other as parent end the path.</summary>
    [Fact]
    public void Categories_in_a_circle_end()
    {
        using var package = LciPackage.Open(Zip([.. JsonLdFiles.With("flows/tile.json", "\"name\":\"tile\"",
            "\"name\":\"tile\",\"category\":{\"@id\":\"a\"}"), .. JsonLdFiles.Parts([
            ("categories/a.json", """{"@id":"a","name":"A","category":{"@id":"b"}}"""),
            ("categories/b.json", """{"@id":"b","name":"B","category":{"@id":"a"}}""")])]));
        Assert.Equal("B/A", Assembled.Clean(LciFormats.Read("test", package)).Flows
            .Single(f => f.Id == "tile").Category);
    }

    /// <summary>Names that lead out of the folder are only names.</summary>
    [Fact]
    public void Names_that_lead_elsewhere_open_nothing()
    {
        using var package = LciPackage.Open(Zip([.. Sound("jsonld"),
            LciPart.Of("../../processes/evil.json", "{}"u8.ToArray())]));
        var reading = LciFormats.Read("test", package);
        Assert.Equal("lci.missing", reading.Findings.First(f => f.Severity == Severity.Error).Code);
    }

    [Theory]
    [InlineData("nothing.zip")]
    [InlineData("text.txt")]
    public void Neither_database_nor_zip_is_said(string name)
    {
        var path = Path.Combine(_folder, name);
        if (name.EndsWith("zip", StringComparison.Ordinal)) Zip([LciPart.Of("readme.md", "x"u8.ToArray())],
            name);
        else File.WriteAllText(path, "no database");
        Assert.Equal("lci.format", Said(path).Code);
    }

    [Fact]
    public void A_link_in_a_folder_is_refused_and_not_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links wants a privilege on Windows.");
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "linked", "flows")).Parent!.FullName;
        File.WriteAllText(Path.Combine(_folder, "outside.json"), "{}");
        File.CreateSymbolicLink(Path.Combine(folder, "flows", "a.json"),
            Path.Combine(_folder, "outside.json"));
        var refused = Assert.Throws<RefusedException>(() => LciPackage.Open(folder)).Finding;
        Assert.Equal(("lci.folderLink", "flows/a.json"), (refused.Code, refused.Place?.File));
        File.Delete(Path.Combine(folder, "flows", "a.json"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "round"), folder);
        refused = Assert.Throws<RefusedException>(() => LciPackage.Open(folder)).Finding;
        Assert.Equal(("lci.folderLink", "round"), (refused.Code, refused.Place?.File));
    }
}
