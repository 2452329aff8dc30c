using System.Text;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Lci.SimaPro;
using Celadon.Store.Import.Lci.Template;
using Celadon.Text;

namespace Celadon.Tests.Import.Lci;

/// <summary>Damage categories and sets for normalisation and weighting in our own template.</summary>
public sealed class TemplateMethodTests
{
    private static readonly (string Name, string Text)[] Sheets =
    [
        .. TemplateFiles.Tile.Select(f => f.Name == "categories.csv"
            ? (f.Name, "name,unit,methods\nclimate,kg CO2 eq,Method\nsmog,kg NOx eq,Method\n") : f),
        ("methods.csv", "name,category,version,description\nMethod,Europe,1.43,as published\n"),
        ("damages.csv", "method,name,unit,category,factor\nMethod,human health,DALY,climate,1e-6\n"
            + "Method,human health,DALY,smog,2e-5\nMethod,nothing yet,PDF,,\n"),
        ("weighting.csv", "method,set,unit,category,normalisation,weight\nMethod,World 2010,Pt,"
            + "human health,0.025,300\nMethod,World 2010,Pt,smog,,\nMethod,empty,,,,\n"),
    ];

    private static LciReading Read(params LciPart[] parts) => TemplateReader.Read("test", parts);

    private static LciReading With(string from, string to)
    {
        Assert.Contains(Sheets, f => f.Text.Contains(from, StringComparison.Ordinal));
        return Read(TemplateFiles.Parts(Sheets.Select(f => (f.Name,
            f.Text.Replace(from, to, StringComparison.Ordinal)))));
    }

    private static string[] Tables(LciDatabase database) =>
        [.. LciTables.Write(database).Select(t => $"{t.File}\n{Encoding.UTF8.GetString(t.Bytes)}")];

    [Fact]
    public void Sheets_say_what_a_method_does_with_scores()
    {
        var database = Assembled.Clean(Read(TemplateFiles.Parts(Sheets)));
        var method = Assert.Single(database.Methods);
        var ids = database.Categories.ToDictionary(c => c.Name, c => c.Id);
        Assert.Equal(("Europe", """{"description":"as published","version":"1.43"}"""),
            (method.Category, method.Extra));
        Assert.Equal([ids["climate"], ids["smog"]], method.Categories);
        var health = method.Damages[0];
        Assert.Equal([new(ids["climate"], 1e-6), new(ids["smog"], 2e-5)], health.Factors);
        Assert.Equal(("nothing yet", 0), (method.Damages[1].Name, method.Damages[1].Factors.Length));
        Assert.Equal(("World 2010", "Pt"), (method.Weightings[0].Name, method.Weightings[0].Unit));
        Assert.Equal([new(health.Id, 0.025, 300), new(ids["smog"], null, null)],
            method.Weightings[0].Factors);
        Assert.Empty(method.Weightings[1].Factors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void They_come_back_the_same(bool asBook)
    {
        var database = Assembled.Clean(Read(TemplateFiles.Parts(Sheets)));
        var (parts, said) = TemplateFiles.Written(database, asBook);
        Assert.Empty(said);
        Assert.Equal(Tables(database), Tables(Assembled.Clean(Read(parts))));
    }

    /// <summary>A method of SimaPro, out in our template and in again: the same to the last number.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_SimaPro_method_comes_back_whole(bool asBook)
    {
        var sima = Assembled.Clean(SimaReader.Read("test", [SimaMethodTests.Damaged()]));
        var (parts, said) = TemplateFiles.Written(sima, asBook);
        Assert.DoesNotContain(said, f => f.Args["what"].ToString()!.Contains("ersion",
            StringComparison.Ordinal));
        var again = Assembled.Clean(Read(parts));
        static string[] Methods(LciDatabase database) => [.. Tables(database).Where(t =>
            t.StartsWith("methods", StringComparison.Ordinal) || t.StartsWith("damages",
            StringComparison.Ordinal) || t.StartsWith("weighting", StringComparison.Ordinal)
            || t.StartsWith("categories", StringComparison.Ordinal))];
        Assert.Equal(4, Methods(sima).Length);
        Assert.Equal(Methods(sima), Methods(again));
        Assert.Equal(Assembled.Score(sima, "glazed tile", "climate"),
            Assembled.Score(again, "glazed tile", "climate"), 1e-12);
    }

    /// <summary>Two methods of one name are told apart by identifier.</summary>
    [Fact]
    public void Methods_of_one_name_are_written_by_identifier()
    {
        var database = Assembled.Clean(Read(TemplateFiles.Parts(Sheets)));
        var two = database with
        {
            Methods = [database.Methods[0], database.Methods[0] with { Id = "other", Damages = [],
                Weightings = [], Categories = [database.Categories[1].Id] }],
        };
        Assert.Equal(Tables(two), Tables(Assembled.Clean(Read(TemplateFiles.Written(two, false).Parts))));
    }

    /// <summary>A row that does not fit refuses the whole, and its method is no part of the rest.</summary>
    [Theory]
    [InlineData("DALY,smog,2e-5", "DALY,smock,2e-5", "lci.dangling", "damages!D3")]
    [InlineData("DALY,smog,2e-5", "DALY,smog,NaN", "lci.value", "damages!E3")]
    [InlineData("DALY,smog,2e-5", "DALY,climate,2e-5", "lci.value", "damages!D3")]
    [InlineData("DALY,smog,2e-5", "years,smog,2e-5", "lci.value", "damages!C3")]
    [InlineData("DALY,smog,2e-5", "DALY,smog,", "lci.missing", "damages!E3")]
    [InlineData("Method,human health,DALY,smog", "None,human health,DALY,smog", "lci.dangling", "damages!A3")]
    [InlineData("human health,0.025,300", "human health,0,300", "lci.value", "weighting!E2")]
    [InlineData("human health,0.025,300", "human wealth,0.025,300", "lci.dangling", "weighting!D2")]
    [InlineData("human health,0.025,300", "human health,0.025,1e999", "lci.value", "weighting!F2")]
    [InlineData("Pt,smog", "points,smog", "lci.value", "weighting!C3")]
    [InlineData("Pt,smog", "Pt,human health", "lci.value", "weighting!D3")]
    [InlineData("Method,Europe,1.43,as published", "Method,,,\nMethod,,,", "lci.duplicate", "")]
    public void What_does_not_fit_is_refused_with_its_cell(string from, string to, string code, string at)
    {
        var reading = With(from, to);
        Assert.Null(reading.Database);
        var finding = reading.Findings.First(f => f.Severity == Severity.Error);
        Assert.Equal((code, at), (finding.Code, finding.Args.GetValueOrDefault("at", "")));
        Assert.NotNull(finding.Place?.File);
        Assert.Empty(reading.Sound!.Methods);
        Assert.Equal(2, reading.Sound.Categories.Length);
    }
}
