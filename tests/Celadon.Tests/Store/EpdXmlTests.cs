using System.Text;
using System.Text.Json;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Store.Declarations;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Text;

namespace Celadon.Tests.Store;

/// <summary>Declarations as ILCD+EPD: there and back, foreign files, hostile files.</summary>
public class EpdXmlTests
{
    private static readonly DeclarationQuestion Question = new();

    [Fact]
    public void A_declaration_comes_back_whole()
    {
        var spec = Example("\"D\": \"-0.15\"", "\"B1\": \"MNR\", \"D\": \"-1.5E-01\"");
        spec = spec with { Verifier = "A. Verifier & Sons <3", Number = "N-1" };
        var read = EpdReader.Read("a.xml", EpdXml.Write(spec, ProjectPacks.Library), ProjectPacks.Library);
        Assert.Equal([], read.Findings.SelectMany(f => f.Args.Values));
        Assert.Equal(Json(spec), Json(read.Spec!));
    }

    [Fact]
    public void A_foreign_file_is_read_and_what_is_assumed_or_left_is_said()
    {
        var read = Read("""
            <p:processDataSet xmlns:p="http://lca.jrc.it/ILCD/Process"
              xmlns:c="http://lca.jrc.it/ILCD/Common" xmlns:e="http://www.iai.kit.edu/EPD/2013">
            <p:processInformation><p:dataSetInformation><p:name><p:baseName xml:lang="de">Ziegel</p:baseName>
              <p:baseName xml:lang="en">Brick</p:baseName></p:name><c:synonyms>block</c:synonyms>
              </p:dataSetInformation>
              <p:quantitativeReference><p:referenceToReferenceFlow>7</p:referenceToReferenceFlow>
              </p:quantitativeReference>
              <p:time><c:referenceYear>2024</c:referenceYear><c:dataSetValidUntil>2029</c:dataSetValidUntil>
              </p:time></p:processInformation>
            <p:exchanges><p:exchange dataSetInternalID="7"><p:referenceToFlowDataSet>
              <c:shortDescription xml:lang="en">Brick, m3</c:shortDescription></p:referenceToFlowDataSet>
              <p:meanAmount>1.0</p:meanAmount></p:exchange></p:exchanges>
            <p:LCIAResults>
              <p:LCIAResult><p:referenceToLCIAMethodDataSet><c:shortDescription xml:lang="en">Abiotic depletion
                (ADPE)</c:shortDescription></p:referenceToLCIAMethodDataSet><c:other>
                <e:amount e:module="A1-A3">1.20E-05</e:amount></c:other></p:LCIAResult>
              <p:LCIAResult><p:referenceToLCIAMethodDataSet><c:shortDescription xml:lang="en">Other
                (XYZ)</c:shortDescription></p:referenceToLCIAMethodDataSet><c:other>
                <e:amount e:module="A1-A3">1</e:amount></c:other></p:LCIAResult>
            </p:LCIAResults></p:processDataSet>
            """);
        Assert.Equal("Brick", read.Spec!.Product);
        Assert.Equal(("2024-01-01", "2029-12-31"), (read.Spec.Issued, read.Spec.ValidUntil));
        Assert.Null(read.Spec.Unit.Mass);
        var row = Assert.Single(read.Spec.Indicators);
        Assert.Equal(("ADP-minerals", "1.20E-05"), (row.Indicator, row.Values["A1-A3"]));
        Assert.Equal(["declaration.read.day", "declaration.read.day", "declaration.read.indicator",
            "declaration.read.unit", "formats.notCarried"], read.Findings.Select(f => f.Code).Order());
    }

    [Fact]
    public void A_unit_of_another_kind_leaves_the_row_out()
    {
        var text = Encoding.UTF8.GetString(EpdXml.Write(Example("x", "x"), ProjectPacks.Library))
            .Replace("1ebf3012-d0db-4de2-aefd-ef30cedb0be1", "93a60a57-a3c8-11da-a746-0800200c9a66",
                StringComparison.Ordinal);
        Assert.Empty(Read(text).Spec!.Indicators);
        Assert.Contains(Read(text).Findings, f => f.Code == "declaration.read.group");
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><processDataSet>&b;</processDataSet>", "formats.xml")]
    [InlineData("<processDataSet>", "formats.xml")]
    [InlineData("<flowDataSet/>", "declaration.read.none")]
    [InlineData("", "formats.xml")]
    public void Hostile_and_other_files_are_refused(string text, string code)
    {
        Assert.Null(Read(text).Spec);
        Assert.Equal(code, Assert.Single(Read(text).Findings).Code);
    }

    [Fact]
    public void What_stands_there_twice_is_taken_once()
    {
        var text = Encoding.UTF8.GetString(EpdXml.Write(Example("\"D\": \"-0.15\"", "\"D\": \"ND\""),
            ProjectPacks.Library));
        foreach (var element in (string[])["own:module", "own:cell", "LCIAResult"])
        {
            var from = text.IndexOf($"<{element} ", StringComparison.Ordinal);
            if (from < 0) from = text.IndexOf($"<{element}>", StringComparison.Ordinal);
            var end = element == "LCIAResult" ? "</LCIAResult>" : "/>";
            var to = text.IndexOf(end, from, StringComparison.Ordinal) + end.Length;
            text = text[..to] + text[from..to] + text[to..];
        }
        Assert.Equal(4, Read(text).Spec!.Indicators.Length);
        Assert.Contains(Read(text).Findings, f => f.Code == "declaration.read.twice");
    }

    /// <summary>Module names that a reader cannot tell apart (a soft hyphen) are two names.</summary>
    [Fact]
    public void Names_that_look_the_same_stay_apart()
    {
        var text = Encoding.UTF8.GetString(EpdXml.Write(Example("x", "x"), ProjectPacks.Library)).Replace(
            "epd:module=\"C1\"", "epd:module=\"A1-A\u00AD3\"", StringComparison.Ordinal);
        var values = Read(text).Spec!.Indicators[0].Values;
        Assert.Equal(("12.40", "0.05"), (values["A1-A3"], values["A1-A\u00AD3"]));
    }

    /// <summary>An amount without a number, and the older word for it: not declared.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("MND")]
    public void An_amount_without_a_number_is_not_declared(string text)
    {
        var file = Encoding.UTF8.GetString(EpdXml.Write(Example("x", "x"), ProjectPacks.Library)).Replace(
            "epd:module=\"C1\">0.05<", $"epd:module=\"C1\">{text}<", StringComparison.Ordinal);
        Assert.Equal("ND", Read(file).Spec!.Indicators[0].Values["C1"]);
    }

    [Fact]
    public void A_control_character_is_not_written() => Assert.Equal("declaration.write.sign",
        Assert.Throws<RefusedException>(() => EpdXml.Write(Example("x", "x") with { Product = "a\u0001" },
            ProjectPacks.Library)).Finding.Code);

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Equal("formats.xml.bounds", Assert.Single(Read(
        string.Concat(Enumerable.Repeat("<processDataSet>", 5000))).Findings).Code);

    private static EpdReading Read(string text) =>
        EpdReader.Read("a.xml", Encoding.UTF8.GetBytes(text), ProjectPacks.Library);

    private static DeclarationSpec Example(string old, string changed) => (DeclarationSpec)Question.ReadSpec(
        Question.Example.Replace(old, changed, StringComparison.Ordinal));

    private static string Json(DeclarationSpec spec) =>
        JsonSerializer.Serialize(spec, Celadon.Lenses.Question.Json);
}
