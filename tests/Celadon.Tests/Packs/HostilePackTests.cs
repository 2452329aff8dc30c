using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Tests.Packs;

/// <summary>
/// What is wrong with a pack is said with file, row, column and remedy, and the pack is not used.
/// </summary>
public sealed class HostilePackTests
{
    private const string Header =
        "id,resource,basis,place,variant,name_en,name_zh,group,activity_unit,calorific,result,gases,value,"
        + "co2,ch4,n2o,biogenic,gwp,methane,scope,category,data_year,published,from,to,status,source";

    private const string Unknown =
        "car/unknown,travel/car,travel,GB,average/unknown,Average car,平均轿车,Cars,km,,kgCO2e,co2e,"
        + "0.16725,0.16608,0.00019,0.00098,,AR5,non-fossil,3,6,,,,,source,row 1";

    private const string Battery =
        "car/bev,travel/car,travel,GB,average/battery-electric,Average car,平均轿车,Cars,km,,kgCO2e,co2e,"
        + "0.04047,0.03992,0.00024,0.00031,,AR5,non-fossil,3,6,,,,,source,row 2";

    [Fact]
    public void A_pack_of_ones_own_loads()
    {
        var reading = Read(Table(Unknown, Battery));
        Assert.Equal([], reading.Findings);
        Assert.Equal(["average/unknown", "average/battery-electric"],
            reading.Pack!.Factors.Select(f => f.Variant));
    }

    /// <summary>
    /// A widely copied catalogue lost the column that tells cars apart and sells the battery-electric one as
    /// the
    /// average. Without the variant the two rows have one key: refused, with both rows named.
    /// </summary>
    [Fact]
    public void A_catalogue_that_lost_the_fuel_column_is_refused()
    {
        var lost = Table(Unknown.Replace("average/unknown", "", StringComparison.Ordinal),
            Battery.Replace("average/battery-electric", "", StringComparison.Ordinal));
        var finding = Assert.Single(Read(lost).Findings);
        Assert.Equal(("packs.duplicate", 3, "variant"),
            (finding.Code, finding.Place!.Row, finding.Place.Column));
        Assert.Equal("own/factors.csv, row 3 (car/bev, 0.04047) and row 2 (car/unknown, 0.16725) differ "
            + "only in what the file does not keep.", Catalogue.English.Render(finding));
        Assert.Null(Read(lost).Pack);
    }

    /// <summary>
    /// The same loss over the whole UK edition: every group of rows that collapses is refused.
    /// </summary>
    [Fact]
    public void The_whole_UK_edition_without_its_variants_is_refused()
    {
        var bytes = PacksUnderTest.Folder.Read("uk-desnz-2025", "factors.csv")!;
        var records = Assert.NotNull(PackCsv.Parse(bytes, "factors.csv", []));
        var variant = Array.IndexOf(records[0].Cells, "variant");
        foreach (var record in records.Skip(1)) record.Cells[variant] = "";
        var reading = Read([.. records.Select(record => string.Join(',', record.Cells.Select(Quote)))]);
        Assert.Null(reading.Pack);
        var cars = reading.Findings.Where(f => f.Code == "packs.duplicate"
            && f.Args["id"].StartsWith(
                "business-travel-land/cars-by-size/average-car", StringComparison.Ordinal));
        Assert.NotEmpty(cars);
    }

    [Theory]
    [InlineData("activity_unit", "furlong", "packs.unit")]
    [InlineData("basis", "guess", "packs.cell")]
    [InlineData("status", "sure", "packs.cell")]
    [InlineData("status", "", "packs.cell")]
    [InlineData("source", "", "packs.empty")]
    [InlineData("result", "lbCO2e", "packs.cell")]
    [InlineData("gases", "some", "packs.cell")]
    [InlineData("value", "0,16725", "packs.cell")]
    [InlineData("value", "1e999999", "packs.cell")]
    [InlineData("value", "NaN", "packs.cell")]
    [InlineData("value", "", "packs.empty")]
    [InlineData("value", "0.2", "packs.sum")]
    [InlineData("ch4", "0.0053", "packs.sum")]
    [InlineData("ch4", "", "packs.empty")]
    [InlineData("gwp", "", "packs.empty")]
    [InlineData("gwp", "AR7", "packs.cell")]
    [InlineData("methane", "cow", "packs.cell")]
    [InlineData("calorific", "higher", "packs.cell")]
    [InlineData("place", "G B", "packs.cell")]
    [InlineData("place", "", "packs.empty")]
    [InlineData("id", "../../etc", "packs.cell")]
    [InlineData("id", "car unknown", "packs.cell")]
    [InlineData("id", "car/bev", "packs.duplicateId")]
    [InlineData("from", "2026-13-01", "packs.cell")]
    [InlineData("name_zh", "", "packs.empty")]
    [InlineData("data_year", "last", "packs.cell")]
    [InlineData("biogenic", "-1", "packs.cell")]
    [InlineData("scope", "4", "packs.cell")]
    public void A_cell_that_does_not_fit_is_named(string column, string value, string code)
    {
        var cells = Unknown.Split(',');
        cells[Array.IndexOf(Header.Split(','), column)] = Quote(value);
        var reading = Read(Table(Battery, string.Join(',', cells)));
        var finding = Assert.Single(reading.Findings);
        Assert.Equal((code, "own/factors.csv", 3), (finding.Code, finding.Place!.File, finding.Place.Row));
        Assert.Equal(code == "packs.sum" ? "value" : column, finding.Place.Column);
        ReadsInBothLanguages(finding);
    }

    [Theory]
    [InlineData("gases=mass", "packs.cell")]
    [InlineData("gases=none", "packs.cell")]
    [InlineData("gases=none;co2=;ch4=;n2o=;methane=;result=kWh", "packs.cell")]
    [InlineData("to=2025-01-01;from=2026-01-01", "packs.cell")]
    public void Cells_that_contradict_each_other_are_named(string changes, string code)
    {
        var cells = Unknown.Split(',');
        foreach (var change in changes.Split(';'))
            cells[Array.IndexOf(Header.Split(','), change.Split('=')[0])] = change.Split('=')[1];
        Assert.Contains(Read(Table(string.Join(',', cells))).Findings, finding => finding.Code == code);
    }

    [Theory]
    [InlineData("\"car", "open-quote")]
    [InlineData("car\"x", "quote-inside")]
    [InlineData("\"car\"x", "after-quote")]
    [InlineData("car\u0001", "control-character")]
    [InlineData("car\rx", "lone-cr")]
    public void CSV_that_is_not_well_formed_is_named(string cell, string reason)
    {
        var finding = Assert.Single(Read(Table(Battery, cell + Unknown["car/unknown".Length..])).Findings,
            f => f.Code == "packs.csv");
        Assert.Equal((3, reason), (finding.Place!.Row, finding.Args["reason"]));
    }

    [Fact]
    public void A_byte_that_is_not_UTF_8_is_named()
    {
        var bytes = Encoding.Latin1.GetBytes(Header + "\ncafé");
        Assert.Equal("packs.encoding", Assert.Single(Read(bytes, 1).Findings).Code);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_read()
    {
        var text = "\uFEFF" + string.Join("\r\n", Table(Unknown, Battery)) + "\r\n";
        Assert.NotNull(Read(Encoding.UTF8.GetBytes(text), 2).Pack);
    }

    [Fact]
    public void A_missing_cell_and_a_missing_column_are_named()
    {
        Assert.Equal("packs.cells", Assert.Single(Read(Table(Unknown[..^6])).Findings).Code);
        var narrow = Table(Unknown);
        narrow[0] = Header.Replace(",variant", "", StringComparison.Ordinal);
        Assert.Equal("packs.columns", Assert.Single(Read(narrow).Findings).Code);
    }

    [Fact]
    public void Reading_stops_when_the_whole_file_is_wrong()
    {
        var rows = Enumerable.Range(0, 500)
            .Select(i => Unknown.Replace("AR5", "AR9", StringComparison.Ordinal));
        var findings = Read([Header, .. rows]).Findings;
        Assert.Contains(findings, finding => finding.Code == "packs.more");
        Assert.InRange(findings.Length, 100, 110);
    }

    [Theory]
    [InlineData("\"rows\":2", "\"rows\":3", "packs.rows")]
    [InlineData("\"sha256\":\"", "\"sha256\":\"0", "packs.sha256")]
    [InlineData("celadon-pack/1", "celadon-pack/2", "packs.format")]
    [InlineData("\"id\":\"own\"", "\"id\":\"other\"", "packs.id")]
    [InlineData("\"id\":\"CC0-1.0\",", "", "packs.licence")]
    [InlineData("\"licence\":", "\"license\":", "packs.json")]
    [InlineData("\"publisher\":\"Us\"", "\"publisher\":\"\"", "packs.field")]
    [InlineData("\"source\":\"Ours\",", "", "packs.field")]
    [InlineData("\"kind\":\"factors\"", "\"kind\":\"secrets\"", "packs.field")]
    [InlineData("factors.csv", "../factors.csv", "packs.field")]
    [InlineData("factors.csv", "other.csv", "packs.noFile")]
    [InlineData("reporting-year", "whenever", "packs.field")]
    [InlineData("2026-01-01", "2027-06-01", "packs.field")]
    [InlineData("\"complete\":true", "\"complete\":false", "packs.field")]
    [InlineData("\"complete\":true", "\"complete\":true,\"complete\":false", "packs.json")]
    [InlineData("{\"format\"", "[{\"format\"", "packs.json")]
    [InlineData("\"tables\":[{", "\"tables\":[null,{", "packs.field")]
    public void A_manifest_that_does_not_hold_is_refused(string part, string instead, string code)
    {
        var table = Encoding.UTF8.GetBytes(string.Join('\n', Table(Unknown, Battery)) + "\n");
        var json = Manifest(table, 2);
        Assert.Contains(part, json, StringComparison.Ordinal);
        var reading = Read(table, json.Replace(part, instead, StringComparison.Ordinal));
        Assert.Null(reading.Pack);
        Assert.Equal(code, reading.Findings[0].Code);
        ReadsInBothLanguages(reading.Findings[0]);
    }

    [Fact]
    public void A_changed_byte_shows_in_the_hash()
    {
        var table = Encoding.UTF8.GetBytes(string.Join('\n', Table(Unknown, Battery)) + "\n");
        var json = Manifest(table, 2);
        var before = Read(table, json).Pack!.Sha256;
        Assert.Equal(before, Read(table, json).Pack!.Sha256);
        var other = json.Replace("Ours", "Yours", StringComparison.Ordinal);
        Assert.NotEqual(before, Read(table, other).Pack!.Sha256);
        table[^2]++;
        Assert.Equal("packs.sha256", Read(table, json).Findings[0].Code);
    }

    [Fact]
    public void A_pack_without_a_manifest_is_refused() => Assert.Equal("packs.noManifest",
        Assert.Single(PackReader.Read(new MemoryPacks([]), "own").Findings).Code);

    [Theory]
    [InlineData("gwp", "set,gas,origin,name_en,name_zh,value,published,status,source",
        "AR5,methane,,Methane,甲烷,28,2013,two,table", "packs.cell")]
    [InlineData("gwp", "set,gas,origin,name_en,name_zh,value,published,status,source",
        "AR5,hfc-32,,HFC-32,HFC-32,0,2013,two,table", "packs.cell")]
    [InlineData("blends", "blend,component,fraction,counted,status,source", "r-1,hfc-32,0.4,yes,two,table",
        "packs.blend")]
    [InlineData("resources", "id,kind,name_en,name_zh,unit,variants,aliases,status,source",
        "spirit,ghost,Spirit,酒,L,,,general,us", "packs.cell")]
    [InlineData("rules",
        "id,set,order,from,to,kind,resource,when,outcome,scope,category,basis,factor,quantity,required,"
        + "question,title_en,title_zh,status,source",
        "r-1,s,1,moon,site,fuel,,,line,1,stationary,combustion,*,amount,yes,,A,甲,general,us", "packs.cell")]
    [InlineData("rules",
        "id,set,order,from,to,kind,resource,when,outcome,scope,category,basis,factor,quantity,required,"
        + "question,title_en,title_zh,status,source",
        "r-1,s,1,stock,site,fuel,,a b=,line,1,stationary,combustion,*,amount,yes,,A,甲,general,us",
        "packs.cell")]
    [InlineData("calorific-values",
        "id,resource,variant,property,place,name_en,name_zh,value,numerator,denominator,"
        + "calorific,method,status,source",
        "g,natural-gas,,calorific-value,GB,Gas,气,39.5,MJ,m3,,published,two,us", "packs.cell")]
    public void Other_tables_are_read_as_strictly(string kind, string columns, string row, string code)
    {
        var table = Encoding.UTF8.GetBytes($"{columns}\n{row}\n");
        var json = Manifest(table, 1)
            .Replace("\"kind\":\"factors\"", $"\"kind\":\"{kind}\"", StringComparison.Ordinal);
        var reading = Read(table, json);
        Assert.Null(reading.Pack);
        Assert.Equal(code, reading.Findings[0].Code);
        ReadsInBothLanguages(reading.Findings[0]);
    }

    /// <summary>A page links to the source of a substitute: nothing but an address of the web may stand
    /// there, and no row without a source.</summary>
    [Theory]
    [InlineData("https://a.example/b", "84-69-5", "used", "us", "2026-01", null)]
    [InlineData("https://a.example/b|http://c.example/", "", "assessed", "us", "", null)]
    [InlineData("javascript:alert(1)", "84-69-5", "used", "us", "2026", "packs.cell")]
    [InlineData("https://a.example/|/etc/passwd", "84-69-5", "used", "us", "2026", "packs.cell")]
    [InlineData("https://u:p@a.example/", "84-69-5", "used", "us", "2026", "packs.cell")]
    [InlineData("", "84-69-5", "used", "us", "2026", "packs.empty")]
    [InlineData("https://a.example/b", "84-69-6", "used", "us", "2026", "packs.cell")]
    [InlineData("https://a.example/b", "84-69-5", "good", "us", "2026", "packs.cell")]
    [InlineData("https://a.example/b", "84-69-5", "used", "", "2026", "packs.empty")]
    [InlineData("https://a.example/b", "84-69-5", "used", "us", "lately", "packs.cell")]
    [InlineData("https://a.example/b", "84-69-5", "used", "us", "2026-13", "packs.cell")]
    public void A_substitute_has_a_source_and_an_address(string links, string cas, string standing,
        string source, string published, string? code)
    {
        var table = Encoding.UTF8.GetBytes("id,substance,use_en,use_zh,name_en,name_zh,cas,standing,caveat_en,"
            + "caveat_zh,status,source,links,published\n"
            + $"a/b,84-74-2,Use,用途,Name,名称,{cas},{standing},But,但,one,{source},{links},{published}\n");
        var reading = Read(table, Manifest(table, 1).Replace("\"kind\":\"factors\"",
            "\"kind\":\"substitutes\"", StringComparison.Ordinal));
        Assert.Equal(code, reading.Findings.FirstOrDefault()?.Code);
        Assert.Equal(code is null, reading.Pack is not null);
    }

    private static string[] Table(params string[] rows) => [Header, .. rows];

    private static PackReading Read(string[] lines) =>
        Read(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), lines.Length - 1);

    private static PackReading Read(byte[] table, int rows) => Read(table, Manifest(table, rows));

    private static PackReading Read(byte[] table, string json) => PackReader.Read(new MemoryPacks(new()
    {
        [("own", "pack.json")] = Encoding.UTF8.GetBytes(json),
        [("own", "factors.csv")] = table,
    }), "own");

    private static string Manifest(byte[] table, int rows) =>
        """
        {"format":"celadon-pack/1","id":"own","edition":"2026","title":{"en":"Own","zh":"自有"},
        "publisher":"Us","published":"2026",
        "licence":{"id":"CC0-1.0","name":"CC0","url":"","attribution":""},
        "source":"Ours","complete":true,
        "applies":{"by":"reporting-year","from":"2026-01-01","to":"2027-01-01"},
        "tables":[{"file":"factors.csv","kind":"factors","rows":ROWS,"sha256":"HASH"}]}
        """.Replace("ROWS", rows.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("HASH", Convert.ToHexStringLower(SHA256.HashData(table)), StringComparison.Ordinal);

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void ReadsInBothLanguages(Finding finding) => Assert.All(
        [Catalogue.English, Catalogue.Chinese], catalogue =>
        {
            Assert.DoesNotContain("{", catalogue.Render(finding), StringComparison.Ordinal);
            Assert.NotEqual(finding.Code, catalogue.Render(finding));
            Assert.NotNull(catalogue.Remedy(finding));
        });
}
