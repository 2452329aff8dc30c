using System.Text;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Tests.Import.Lci;

/// <summary>The tile works of <see cref="TileWorks"/> in SimaPro's CSV, written here.</summary>
internal static class SimaFiles
{
    private const string Header = """
        {SimaPro 9.6.0.1}
        {processes}
        {Project: Tiles}
        {CSV Format version: 9.0.0}
        {CSV separator: Semicolon}
        {Decimal separator: ,}
        """;

    /// <summary>A process block.</summary>
    public static string Process(string id, string sections) => $"""

        Process

        Category type
        material

        Process identifier
        {id}

        Type
        Unit process

        {sections}

        End

        """;

    /// <summary>The file as text, semicolons and decimal commas in it.</summary>
    public static readonly string Tile = Header + "\n"
        + Process("tile", """
            Process name
            Röhren und Fliesen

            Comment
            "first line

            second line"

            Time period
            2020-2024

            Record
            somebody

            Products
            glazed tile;kg;1;100;not defined;Ceramics\Tiles;made here

            Materials/fuels

            Electricity/heat
            electricity;MJ;7,2;Lognormal;1,21;0;0;meter

            Emissions to air
            CO2;;kg;gas*2;Undefined;0;0;0;

            Waste to treatment
            sludge;g;100;Undefined;0;0;0;

            Input parameters
            gas_m3;0,125;Normal;0,02;0;0;No;read off

            Calculated parameters
            gas;gas_m3 * wide;
            """)
        + Process("power", """
            Products
            electricity;kWh;1;100;not defined;Energy;

            Materials/fuels
            coal;kg;0,05;Undefined;0;0;0;

            Emissions to air
            CO2;high. pop.;kg;0,4;Uniform;0;0,3;0,5;
            """)
        + Process("coal", """
            Products
            coal;ton;1;100;not defined;Energy;

            Electricity/heat
            electricity;kWh;10;Undefined;0;0;0;

            Emissions to air
            CO2;;kg;20;Triangle;0;10;30;
            """)
        + Process("sludge", """
            Waste treatment
            sludge;kg;1;All waste types;Waste;taken here

            Emissions to air
            CO2;;kg;0,2;Undefined;0;0;0;
            CH4;;g;3;Undefined;0;0;0;
            """)
        + """

        Units
        kg;Mass;1;kg
        g;Mass;0,001;kg
        ton;Mass;1000;kg
        MJ;Energy;1;MJ
        kWh;Energy;3,6;MJ
        crate;Mass;1,2E1;kg

        End

        Airborne emissions
        CO2;kg;000124-38-9;

        End

        Database Calculated parameters
        wide;1+1;

        End

        Method

        Name
        Method

        Comment
        for the test

        Weighting unit
        Pt

        Impact category
        climate;kg CO2 eq

        Substances
        Air;(unspecified);CO2;000124-38-9;1;kg
        Air;(unspecified);CH4;;30;kg
        Air;high. pop.;CO2;;1;kg

        Normalization-Weighting set
        World

        Normalization
        climate;0,5

        Weighting
        climate;3

        End
        """;

    /// <summary>The file as bytes, in Windows-1252 as the program writes it.</summary>
    public static LciPart Part(string text, string name = "tiles.csv") =>
        LciPart.Of(name, CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text));

    /// <summary>The file with a piece of it replaced.</summary>
    public static LciPart With(string from, string to)
    {
        Assert.Contains(from, Tile, StringComparison.Ordinal);
        var at = Tile.IndexOf(from, StringComparison.Ordinal);
        return Part(Tile[..at] + to + Tile[(at + from.Length)..]);
    }
}
