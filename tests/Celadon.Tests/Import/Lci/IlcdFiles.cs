using System.Text;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Tests.Import.Lci;

/// <summary>The tile works of <see cref="TileWorks"/> in ILCD, written here.</summary>
internal static class IlcdFiles
{
    /// <summary>A data set of a kind.</summary>
    private static (string Name, string Text) Set(string folder, string id, string kind, string inside) =>
        ($"ILCD/{folder}/{id}.xml", $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <{kind}DataSet xmlns="http://lca.jrc.it/ILCD/{kind}" xmlns:common="http://lca.jrc.it/ILCD/Common">
            {inside}
            <administrativeInformation><publicationAndOwnership>
              <common:dataSetVersion>01.00.000</common:dataSetVersion>
            </publicationAndOwnership></administrativeInformation>
            </{kind}DataSet>
            """);

    private static string Data(string id, string name, string more = "") => $"""
        <dataSetInformation><common:UUID>{id}</common:UUID>
          <common:name xml:lang="en">{name}</common:name>{more}</dataSetInformation>
        """;

    private static string Ref(string element, string id) => $"<{element} refObjectId=\"{id}\"/>";

    private static (string, string) Units(string id, string reference, string other, string factor) => Set(
        "unitgroups", id, "unitGroup", $"""
            <unitGroupInformation>{Data(id, $"Units of {id}")}<quantitativeReference>
              <referenceToReferenceUnit>0</referenceToReferenceUnit></quantitativeReference>
            </unitGroupInformation>
            <units><unit dataSetInternalID="0"><name>{reference}</name><meanValue>1.0</meanValue></unit>
              <unit dataSetInternalID="1"><name>{other}</name><meanValue>{factor}</meanValue></unit></units>
            """);

    private static (string, string) Property(string id, string group) => Set("flowproperties", id,
        "flowProperty", $"""
            <flowPropertiesInformation>{Data(id, id)}<quantitativeReference>
              {Ref("referenceToReferenceUnitGroup", group)}</quantitativeReference>
            </flowPropertiesInformation>
            """);

    private static (string, string) Flow(string id, string type, string property, string also = "") => Set(
        "flows", id, "flow", $"""
            <flowInformation><dataSetInformation><common:UUID>{id}</common:UUID>
              <name><baseName xml:lang="de">{id}-de</baseName><baseName xml:lang="en">{id}</baseName></name>
              <common:synonyms xml:lang="en">one; two</common:synonyms>
              <classificationInformation><common:elementaryFlowCategorization>
                <common:category level="0">Emissions</common:category>
                <common:category level="1">Emissions
                  to air</common:category></common:elementaryFlowCategorization></classificationInformation>
              <CASNumber>000124-38-9</CASNumber></dataSetInformation>
              <quantitativeReference><referenceToReferenceFlowProperty>7</referenceToReferenceFlowProperty>
              </quantitativeReference></flowInformation>
            <modellingAndValidation><LCIMethod><typeOfDataSet>{type}</typeOfDataSet></LCIMethod>
            </modellingAndValidation>
            <flowProperties>{also}<flowProperty dataSetInternalID="7">
              {Ref("referenceToFlowPropertyDataSet", property)}<meanValue>1</meanValue></flowProperty>
            </flowProperties>
            """);

    /// <summary>A process; exchange 0 is its reference.</summary>
    public static (string Name, string Text) Process(string id, string exchanges,
        string relations = "") => Set("processes", id, "process", $"""
            <processInformation><dataSetInformation><common:UUID>{id}</common:UUID>
              <name><baseName xml:lang="en">{id}</baseName><mixAndLocationTypes>at plant</mixAndLocationTypes>
              </name><classificationInformation><common:classification><common:class level="0">Ceramics
              </common:class></common:classification></classificationInformation>
              <common:generalComment xml:lang="en">About {id}</common:generalComment></dataSetInformation>
              <quantitativeReference><referenceToReferenceFlow>0</referenceToReferenceFlow>
              </quantitativeReference>
              <time><common:referenceYear>2024</common:referenceYear></time>
              <geography><locationOfOperationSupplyOrProduction location="GB"/></geography>{relations}
            </processInformation>
            <modellingAndValidation><LCIMethodAndAllocation>
              <typeOfDataSet>Unit process, single operation</typeOfDataSet></LCIMethodAndAllocation>
            </modellingAndValidation>
            <exchanges>{exchanges}</exchanges>
            """);

    /// <summary>An exchange.</summary>
    public static string Exchange(int number, string flow, string side, string amount,
        string more = "") => $"""
        <exchange dataSetInternalID="{number}">{Ref("referenceToFlowDataSet", flow)}
          <exchangeDirection>{side}</exchangeDirection><resultingAmount>{amount}</resultingAmount>{more}
        </exchange>
        """;

    /// <summary>The files of the tile works.</summary>
    public static readonly (string Name, string Text)[] Tile =
    [
        Units("mass-units", "kg", "t", "1000"),
        Units("energy-units", "MJ", "kWh", "3.6"),
        Property("mass", "mass-units"),
        Property("energy", "energy-units"),
        Flow("tile", "Product flow", "mass"),
        Flow("electricity", "Product flow", "energy", """
            <flowProperty dataSetInternalID="0"><referenceToFlowPropertyDataSet refObjectId="mass"/>
            <meanValue>0.1</meanValue></flowProperty>
            """),
        Flow("coal", "Product flow", "mass"),
        Flow("sludge", "Waste flow", "mass"),
        Flow("CO2", "Elementary flow", "mass"),
        Flow("CH4", "Elementary flow", "mass"),
        Process("glazed tile", Exchange(0, "tile", "Output", "1")
            + Exchange(1, "electricity", "Input", "7.2", """
                <uncertaintyDistributionType>log-normal</uncertaintyDistributionType>
                <relativeStandardDeviation95In>1.21</relativeStandardDeviation95In>
                <generalComment xml:lang="en">meter</generalComment>
                """)
            + Exchange(2, "sludge", "Output", "0.1")
            + Exchange(3, "CO2", "Output", "0.5", "<referenceToVariable>gas</referenceToVariable>"
                + "<meanAmount>2</meanAmount>"), """
            <mathematicalRelations><variableParameter name="part"><meanValue>0.125</meanValue>
              </variableParameter><variableParameter name="gas"><formula>part*2</formula>
              <meanValue>0.25</meanValue><comment xml:lang="en">read off</comment></variableParameter>
            </mathematicalRelations>
            """),
        Process("power", Exchange(0, "electricity", "Output", "3.6") + Exchange(1, "coal", "Input", "0.05")
            + Exchange(2, "CO2", "Output", "0.4")),
        Process("mine", Exchange(0, "coal", "Output", "1000") + Exchange(1, "electricity", "Input", "36")
            + Exchange(2, "CO2", "Output", "20")),
        Process("treatment", Exchange(0, "sludge", "Input", "1") + Exchange(1, "CO2", "Output", "0.2")
            + Exchange(2, "CH4", "Output", "0.003")),
        Set("lciamethods", "climate", "LCIAMethod", $"""
            <LCIAMethodInformation>{Data("climate", "climate",
                "<methodology>Method</methodology><impactCategory>Climate change</impactCategory>")}
              <quantitativeReference>{Ref("referenceQuantity", "mass")}</quantitativeReference>
            </LCIAMethodInformation>
            <characterisationFactors>
              <factor>{Ref("referenceToFlowDataSet", "CO2")}<exchangeDirection>Output</exchangeDirection>
                <meanValue>1</meanValue></factor>
              <factor>{Ref("referenceToFlowDataSet", "CH4")}<exchangeDirection>Output</exchangeDirection>
                <meanValue>30</meanValue></factor>
              <factor>{Ref("referenceToFlowDataSet", "elsewhere")}<meanValue>9</meanValue></factor>
            </characterisationFactors>
            """),
        Set("sources", "book", "source", """
            <sourceInformation><dataSetInformation><common:UUID>book</common:UUID>
              <common:shortName xml:lang="en">Book</common:shortName>
              <sourceCitation>A book, 2020</sourceCitation></dataSetInformation></sourceInformation>
            """),
    ];

    /// <summary>The files as parts.</summary>
    public static LciPart[] Parts(params IEnumerable<(string Name, string Text)> files) =>
        [.. files.Select(f => LciPart.Of(f.Name, Encoding.UTF8.GetBytes(f.Text)))];

    /// <summary>The files with a piece of one replaced.</summary>
    public static LciPart[] With(string file, string from, string to)
    {
        Assert.Contains(from, Tile.Single(f => f.Name == $"ILCD/{file}.xml").Text, StringComparison.Ordinal);
        return Parts(Tile.Select(f => f.Name == $"ILCD/{file}.xml"
            ? (f.Name, f.Text.Replace(from, to, StringComparison.Ordinal)) : f));
    }
}
