using System.Text;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Tests.Import.Lci;

/// <summary>Small databases in EcoSpold 2, written here.</summary>
internal static class SpoldFiles
{
    private const string Head = """<?xml version="1.0" encoding="utf-8"?><ecoSpold """
        + """xmlns="http://www.EcoInvent.org/EcoSpold02">""";

    /// <summary>A dataset file.</summary>
    public static LciPart Activity(string id, string name, string exchanges, string more = "",
        string type = "1") =>
        Part($"{id}.spold", $"""
            {Head}
            <activityDataset>
              <activityDescription>
                <activity id="{id}" activityNameId="n-{id}" type="{type}" specialActivityType="0">
                  <activityName xml:lang="en">{name}</activityName>
                  <generalComment><text xml:lang="en" index="0">About {name}</text></generalComment>
                </activity>
                <classification><classificationSystem xml:lang="en">ISIC rev.4</classificationSystem>
                  <classificationValue xml:lang="en">2392:Clay materials</classificationValue>
                </classification>
                <geography geographyId="place-GB"><shortname xml:lang="en">GB</shortname></geography>
                <timePeriod startDate="2024-01-01" endDate="2026-12-31"/>
              </activityDescription>
              <flowData>
            {exchanges}
            {more}
              </flowData>
              <administrativeInformation><fileAttributes majorRelease="3" minorRelease="1"/>
              </administrativeInformation>
            </activityDataset>
            </ecoSpold>
            """);

    /// <summary>A product or waste.</summary>
    public static string Product(string flow, string amount, string unit, string group, string link = "",
        string inside = "", string attributes = "") => $"""
            <intermediateExchange id="x" intermediateExchangeId="{flow}" amount="{amount}"
              {(link.Length > 0 ? $"activityLinkId=\"{link}\"" : "")} {attributes}>
              <name xml:lang="en">{flow}</name><unitName xml:lang="en">{unit}</unitName>{inside}
              <{group[..^1]}Group>{group[^1]}</{group[..^1]}Group>
            </intermediateExchange>
            """;

    /// <summary>An elementary flow to air.</summary>
    public static string ToAir(string flow, string amount, string unit = "kg", string inside = "",
        string attributes = "") => $"""
            <elementaryExchange id="x" elementaryExchangeId="{flow}" amount="{amount}" {attributes}>
              <name xml:lang="en">{flow}</name><unitName xml:lang="en">{unit}</unitName>
              <compartment><compartment xml:lang="en">air</compartment>
                <subcompartment xml:lang="en">unspecified</subcompartment></compartment>{inside}
              <outputGroup>4</outputGroup>
            </elementaryExchange>
            """;

    /// <summary>A method with one category "climate".</summary>
    public static LciPart Method(params (string Flow, double Factor, string Unit)[] factors) =>
        Part("method.xml", Head + """<impactMethod id="m1"><name xml:lang="en">Method</name>"""
            + "<category id=\"c1\"><name>climate</name>"
            + "<indicator id=\"i1\"><name></name><unitName>kg CO2 eq</unitName>"
            + string.Concat(factors.Select(f =>
                $"<factor elementaryExchangeId=\"{f.Flow}\" amount=\"{f.Factor:R}\">"
                + $"<exchangeName>{f.Flow}</exchangeName><unitName>{f.Unit}</unitName></factor>"))
            + "</indicator></category></impactMethod></ecoSpold>");

    /// <summary>The tile works of <see cref="TileWorks"/>.</summary>
    public static LciPart[] Tile() =>
    [
        Activity("tile-act", "glazed tile", Product("tile", "1", "kg", "output0")
            + Product("electricity", "7.2", "MJ", "input5", "power-act")
            + Product("sludge", "-0.1", "kg", "input5", "sludge-act") + ToAir("CO2", "0.5")),
        Activity("power-act", "electricity", Product("electricity", "1", "kWh", "output0")
            + Product("coal", "0.05", "kg", "input5", "coal-act") + ToAir("CO2", "0.4")),
        Activity("coal-act", "coal", Product("coal", "1", "metric ton", "output0")
            + Product("electricity", "10", "kWh", "input5", "power-act") + ToAir("CO2", "20")),
        Activity("sludge-act", "sludge treatment", Product("sludge", "-1", "kg", "output0")
            + ToAir("CO2", "0.2") + ToAir("CH4", "3", "g")),
        Method(("CO2", 1, "kg"), ("CH4", 30, "kg")),
    ];

    private static LciPart Part(string name, string text) => LciPart.Of(name, Encoding.UTF8.GetBytes(text));
}
